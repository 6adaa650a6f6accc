"""The tables of complaints, receipts and feedback: what their cells hold, and by which headings they are found."""

from __future__ import annotations

from typing import Any

import pytest

from aftersales_cli.records import amounts, milestones, one_of
from aftersales_cli.records.columns import Parse, Refused, Table
from aftersales_cli.records.complaints import Complaint
from aftersales_cli.records.feedback import Feedback
from aftersales_cli.records.receipts import Receipt
from aftersales_cli.records.tables import TABLES
from aftersales_cli.records.values import Cause, ComplaintKind, FeedbackKind, Outcome, Word
from aftersales_cli.tables.forms import form


@pytest.mark.parametrize(
    ("parse", "cell", "expected"),
    [
        pytest.param(milestones.delivered, "未送达", Word.NOT_DELIVERED, id="not delivered"),
        pytest.param(milestones.restored, " 未恢复 ", Word.NOT_RESTORED, id="not restored"),
        pytest.param(milestones.restored, "not restored", Word.NOT_RESTORED, id="not restored, in English"),
        pytest.param(one_of.cause, "割接", Cause.CUTOVER, id="a cutover"),
        pytest.param(one_of.cause, "其它", Cause.OTHER, id="another spelling of another cause"),
        pytest.param(one_of.cause, "未查实", Cause.NOT_VERIFIED, id="not verified"),
        pytest.param(one_of.cause, "未填报割接", Cause.UNFILED_CUTOVER, id="a cutover nobody filed"),
        pytest.param(one_of.complaint_kind, "投诉", ComplaintKind.GRIEVANCE, id="a grievance"),
        pytest.param(one_of.feedback_kind, "改期要求", FeedbackKind.OBJECTION, id="an objection"),
        pytest.param(one_of.outcome, "不能满足", Outcome.NOT_MET, id="cannot be met"),
        pytest.param(amounts.count, 1.0, 1, id="a number cell"),
        pytest.param(amounts.count, "０", 0, id="a full-width digit"),
    ],
)
def test_a_cell_holds(parse: Parse, cell: Any, expected: object) -> None:
    assert parse(cell) == expected


@pytest.mark.parametrize(
    ("parse", "cell", "hint"),
    [
        pytest.param(milestones.delivered, "已送达", "未送达", id="delivered, but when?"),
        pytest.param(milestones.restored, "02:25", "未恢复", id="a time without a date"),
        pytest.param(one_of.cause, "割了", "割接, 其他, 未查实, 未填报割接", id="an unknown cause"),
        pytest.param(amounts.count, "一", "a whole number", id="a number in words"),
        pytest.param(amounts.count, "-1", "a whole number", id="a negative number"),
    ],
)
def test_a_cell_is_refused_with_what_would_be_right(parse: Parse, cell: Any, hint: str) -> None:
    with pytest.raises(Refused, match=hint):
        parse(cell)


@pytest.mark.parametrize("word", list(Cause))
def test_every_cause_is_read_back(word: Cause) -> None:
    assert one_of.cause(word.value) is word


REQUIRED = [
    pytest.param(Complaint.TABLE, ["complaint_no", "circuit_code", "reported_at"], id="complaints"),
    pytest.param(Receipt.TABLE, ["task_no", "customer_code", "delivered_at", "channel", "confirmed_by"], id="receipts"),
    pytest.param(Feedback.TABLE, ["feedback_no", "customer_code", "received_at", "kind"], id="feedback"),
]


@pytest.mark.parametrize(("table", "expected"), REQUIRED)
def test_what_must_be_filled_in(table: Table[Any], expected: list[str]) -> None:
    """Contract §4."""
    assert [column.key for column in table.columns if column.required] == expected


@pytest.mark.parametrize("table", [Complaint.TABLE, Receipt.TABLE, Feedback.TABLE], ids=lambda table: str(table.key))
def test_the_table_is_known_and_has_a_form(table: Table[Any]) -> None:
    assert TABLES[table.key] is table
    assert form(table, {}).startswith(b"PK")


def test_the_prefilled_list_of_receipts_is_read_by_its_columns() -> None:
    """回执登记表.xlsx is written with these headings."""
    headings = ("割接任务号", "客户编码", "送达时间", "送达方式", "确认人", "notice_id", "sequence", "电路代号")
    known = {name for column in Receipt.TABLE.columns for name in (column.heading, column.key, *column.aliases)}
    assert set(headings) <= known
