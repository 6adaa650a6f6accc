"""The tables of visits, engineers, faults, warnings, crises and inspections: cells and headings."""

from __future__ import annotations

import datetime
from datetime import date
from typing import Any

import pytest

from aftersales_cli.records import amounts, cells, one_of
from aftersales_cli.records.columns import Broken, Parse, Refused, Row, Source, Table
from aftersales_cli.records.crises import Crisis
from aftersales_cli.records.engineers import Engineer
from aftersales_cli.records.faults import Fault
from aftersales_cli.records.inspections import Inspection
from aftersales_cli.records.tables import TABLES
from aftersales_cli.records.values import Action, CrisisForm, Manner, VisitKind, Word
from aftersales_cli.records.visits import Visit
from aftersales_cli.records.warnings import CustomerWarning
from aftersales_cli.settings import TABLES as KNOWN_TO_SETTINGS
from aftersales_cli.tables.binding import bind_row

NEW = (Engineer, Visit, Fault, Inspection, CustomerWarning, Crisis)


@pytest.mark.parametrize(
    ("parse", "cell", "expected"),
    [
        pytest.param(one_of.visit_kind, "例行走访", VisitKind.ROUTINE, id="a routine visit"),
        pytest.param(one_of.visit_kind, "事后回访", VisitKind.FOLLOW_UP, id="a follow-up"),
        pytest.param(one_of.manner, "上门", Manner.ON_SITE, id="on site"),
        pytest.param(one_of.crisis_form, "投诉", CrisisForm.COMPLAINT, id="a complaint"),
        pytest.param(amounts.minutes, "3小时", 180, id="hours"),
        pytest.param(amounts.minutes, "1小时30分", 90, id="hours and minutes"),
        pytest.param(amounts.minutes, "95", 95, id="a bare number counts minutes"),
        pytest.param(amounts.minutes, 25.0, 25, id="a number cell"),
        pytest.param(amounts.minutes, "1.5小时", 90, id="half hours"),
        pytest.param(amounts.minutes, datetime.timedelta(hours=3), 180, id="a spreadsheet's length of time"),
        pytest.param(cells.names, "示例甲、示例乙；示例甲", ("示例甲", "示例乙"), id="people, each once"),
        pytest.param(cells.sentences, "光缆、接头都要查；已约时间", ("光缆、接头都要查", "已约时间"), id="sentences"),
        pytest.param(cells.actions, "换光模块", (Action("换光模块"),), id="a measure nobody has taken on"),
        pytest.param(
            cells.actions,
            "换光模块|示例甲|2026-03-31; 核对路由｜示例乙",
            (Action("换光模块", "示例甲", date(2026, 3, 31)), Action("核对路由", "示例乙")),
            id="measures with owner and day",
        ),
    ],
)
def test_a_cell_holds(parse: Parse, cell: Any, expected: object) -> None:
    assert parse(cell) == expected


@pytest.mark.parametrize(
    ("parse", "cell", "hint"),
    [
        pytest.param(one_of.visit_kind, "拜访", "例行, 危机, 回访", id="no kind of visit"),
        pytest.param(one_of.manner, "邮件", "上门, 电话, 会议", id="no way to visit"),
        pytest.param(one_of.crisis_form, "天气", "网络故障, 客户投诉, 重大隐患", id="no form of a crisis"),
        pytest.param(amounts.minutes, "很久", "95分钟", id="no length of time"),
        pytest.param(cells.actions, "|示例甲|2026-03-31", "负责人", id="a measure without words"),
        pytest.param(cells.actions, "换光模块|示例甲|月底", "2026-03-31", id="a day in words"),
        pytest.param(cells.actions, "a|b|2026-03-31|d", "负责人", id="too many parts"),
    ],
)
def test_a_cell_is_refused_with_what_would_be_right(parse: Parse, cell: Any, hint: str) -> None:
    with pytest.raises(Refused, match=hint):
        parse(cell)


@pytest.mark.parametrize(
    "action", [Action("换光模块"), Action("核对", None, date(2026, 3, 31)), Action("查", "示例甲")]
)
def test_an_action_is_written_as_it_is_read(action: Action) -> None:
    assert cells.actions(str(action)) == (action,)


@pytest.mark.parametrize("record", NEW, ids=lambda record: record.TABLE.key)
def test_every_table_is_registered_and_settings_know_it(record: type[Row]) -> None:
    assert TABLES[record.TABLE.key] is record.TABLE
    assert record.TABLE.key in KNOWN_TO_SETTINGS


@pytest.mark.parametrize("record", NEW, ids=lambda record: record.TABLE.key)
def test_no_two_columns_share_a_spelling(record: type[Row]) -> None:
    said = [word for c in record.TABLE.columns for word in {c.key, c.heading, c.english.casefold(), *c.aliases}]
    assert len(said) == len(set(said))


def bound(table: Table[Any], **row: Any) -> Any:
    """One row bound as it would stand in a file."""
    return bind_row(table, row, {}, Source("x.yaml", line=1))


def test_a_visit_says_where_it_was_under_the_contracts_key() -> None:
    visit = bound(Visit.TABLE, visit_no="ZF1", customer_code="K1", kind="例行", date="2026-03-12", place="上海")
    assert (visit.place_visited, visit.kind, visit.date) == ("上海", VisitKind.ROUTINE, date(2026, 3, 12))


def test_a_fault_may_still_last() -> None:
    fault = bound(Fault.TABLE, fault_no="F1", circuit_code="C1", began_at="2026-05-17 09:12", restored_at="未恢复")
    assert fault.restored_at is Word.NOT_RESTORED


def test_a_warning_names_its_places() -> None:
    row = bound(
        CustomerWarning.TABLE,
        warning_no="W1",
        customer_code="K1",
        level="橙",
        issued_at="2026-02-13",
        responsible_place="上海、广东",
    )
    assert row.responsible_place == ("上海", "广东")


def test_a_crisis_without_a_form_is_no_crisis() -> None:
    row = bound(Crisis.TABLE, crisis_no="X1", customer_code="K1", occurred_at="2026-02-13", form="")
    assert isinstance(row, Broken)
    assert set(row.problems) == {"form"}
