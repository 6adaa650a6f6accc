"""`cutover receipt`: what can be true is recorded once, what cannot is refused at its cell, contradictions are kept."""

from __future__ import annotations

from datetime import datetime

import openpyxl
import pytest

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.jobs.desk import Given
from aftersales_cli.jobs.receipt import Wishes, is_reply, receipt
from aftersales_cli.records.events import Delivered
from aftersales_cli.records.values import BEIJING, Instant
from tests.jobs.receiving import DELIVERED_AT, LATER, cautions, kept, received, refused, row, stands
from tests.jobs.world import EARLY, TASK, World, customer, cut, json

MOVED = "20110609 00:00:00/20110609 06:00:00"


@pytest.fixture
def told(world: World) -> World:
    """甲公司 was told of the task on 27 May at nine, of X1 and Y1; it has an address."""
    world.customers = [customer("K1", "甲公司", 联系邮箱="noc@k1.example"), customer("K2", "乙公司")]
    world.cutovers = [cut("X1"), cut("Y1")]
    world.notify(EARLY)
    return world


def counts(report: object) -> tuple[object, ...]:
    summary = report.summary  # type: ignore[attr-defined]  # a Report
    return tuple(summary[key] for key in ("recorded", "unchanged", "refused", "not_yet"))


def test_a_receipt_is_recorded_with_when_how_and_by_whom(told: World) -> None:
    """D3: delivery needs a receipt."""
    report = received(told, row())

    (one,) = kept(told)
    notice = told.issued()[0]
    assert one == Delivered(
        notice.notice_id, 0, TASK, "K1", Instant(DELIVERED_AT), "电话", "张三", (), "receipts.csv › 2",
        datetime(2011, 5, 27, 15, tzinfo=BEIJING),
    )  # fmt: skip
    assert (report.exit, counts(report)) == (Exit.DONE, (1, 0, 0, 0))


def test_the_same_receipt_again_is_no_second_record(told: World) -> None:
    received(told, row())
    again = received(told, row(), row(电路代号="Y1; X1"), as_of="2011-05-28T09:00")

    assert (len(kept(told)), counts(again), again.exit) == (1, (0, 2, 0, 0), Exit.DONE)
    assert [item["change"] for item in json(again)["items"]] == ["unchanged", "unchanged"]


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        pytest.param({"送达时间": "2011-05-26 23:59"}, "delivered_at", id="before publication"),
        pytest.param({"送达时间": "2011-05-27 08:59"}, "delivered_at", id="a minute before publication"),
        pytest.param({"送达时间": "2011-05-27 15:01"}, "delivered_at", id="in a minute"),
        pytest.param({"通知编号": "abcdefabcdef"}, "notice_id", id="a notice the ledger has not"),
        pytest.param({"客户编码": "K2"}, "customer_code", id="a customer who was not told"),
        pytest.param({"版次": "1"}, "sequence", id="a version nobody has issued"),
        pytest.param({"电路代号": "X1; X2"}, "circuit_codes", id="a circuit the notice does not name"),
        pytest.param({"确认人": ""}, "confirmed_by", id="nobody confirmed it"),
        pytest.param({"送达时间": "25:00"}, "delivered_at", id="no time"),
    ],
)
def test_the_impossible_is_refused_at_its_cell_and_the_rest_recorded(
    told: World, cells: dict[str, str], field: str
) -> None:
    report = received(told, row(**cells), row("2011-05-27 11:00"))
    assert (refused(report), report.exit, len(kept(told))) == ([(field, 2)], Exit.PARTLY, 1)
    assert (report.summary["recorded"], report.summary["refused"]) == (1, 1)


@pytest.mark.parametrize("at", ["2011-05-27 09:00", "2011-05-27", "2011-05-27 15:00"])
def test_publication_now_and_a_day_that_holds_both_are_possible(told: World, at: str) -> None:
    report = received(told, row(at))
    assert (report.exit, report.summary["recorded"]) == (Exit.DONE, 1)


def test_a_publication_that_a_cell_says_counts_from_its_own_time(world: World) -> None:
    """D3: the customer had it before the ledger knew of it."""
    world.cutovers = [cut(发布时间="2011-05-20 08:00")]
    world.notify(EARLY)
    assert refused(received(world, row("2011-05-20 07:59"), row("2011-05-20 08:00"))) == [("delivered_at", 2)]


def test_not_delivered_is_a_fact_too(told: World) -> None:
    received(told, row("未送达"))
    assert [(one.delivered_at, one.sequence) for one in kept(told)] == [(None, 0)]


@pytest.mark.parametrize(
    ("second", "contradict"),
    [
        pytest.param(row("2011-05-27 12:00"), True, id="two times"),
        pytest.param(row("未送达"), True, id="delivered and not"),
        pytest.param(row("2011-05-27"), False, id="the day of that time"),
        pytest.param(row(确认人="李四"), False, id="two who confirm one time"),
    ],
)
def test_contradicting_receipts_are_both_kept_and_said(told: World, second: dict[str, str], contradict: bool) -> None:
    received(told, row())
    report = received(told, second)
    assert len(kept(told)) == 2
    assert (report.exit, len(cautions(report))) == ((Exit.RULE, 1) if contradict else (Exit.DONE, 0))


def test_receipts_of_different_circuits_do_not_contradict(told: World) -> None:
    report = received(told, row(电路代号="X1"), row("2011-05-27 12:00", 电路代号="Y1"))
    assert (report.exit, [one.circuit_codes for one in kept(told)]) == (Exit.DONE, [("X1",), ("Y1",)])


def test_a_receipt_of_an_older_version_is_recorded_with_a_caution(told: World) -> None:
    told.cutovers = [cut("X1", 割接时间=MOVED, 状态="改期"), cut("Y1", 割接时间=MOVED, 状态="改期")]
    told.notify("2011-05-28T09:00")
    report = received(told, row(版次="0"), as_of="2011-05-28T15:00")

    assert [one.sequence for one in kept(told)] == [0]
    assert cautions(report) == [
        f"甲公司 confirms version 0 of {TASK}; version 1 of 2011-05-28 09:00 is not confirmed by that"
    ]


def test_a_receipt_without_a_version_is_of_the_one_that_was_out_then(told: World) -> None:
    told.cutovers = [cut("X1", 割接时间=MOVED, 状态="改期"), cut("Y1", 割接时间=MOVED, 状态="改期")]
    told.notify("2011-05-28T09:00")
    received(told, row("2011-05-27 10:30"), row("2011-05-28 10:30"), as_of="2011-05-28T15:00")
    assert [one.sequence for one in kept(told)] == [0, 1]


def test_delivered_after_the_window_had_begun_is_recorded_and_said(told: World) -> None:
    report = received(told, row("2011-06-08 00:00"), as_of="2011-06-08T09:00")
    assert (len(kept(told)), cautions(report)) == (1, ["delivered only after the window had begun (2011-06-08 00:00)"])


def test_the_list_that_notify_wrote_is_read_as_it_was_filled_in(told: World) -> None:
    """Rows nobody has filled in yet are no errors, and neither is the column with the name."""
    told.cutovers = [cut("X1"), cut("Y1"), cut("X2", "BD2011SHJH000002")]
    told.notify("2011-05-27T09:30")
    path = next((told.root / "out").glob("*0930*/回执登记表.xlsx"))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    before = receipt(told.desk(LATER, Given({"receipts": (str(path),)})), Wishes())
    headings = [cell.value for cell in sheet[1]]
    for heading, value in {"送达时间": "2011-05-27 10:30", "送达方式": "电话", "确认人": "张三"}.items():
        sheet.cell(2, headings.index(heading) + 1).value = value
    book.save(path)
    after = receipt(told.desk(LATER, Given({"receipts": (str(path),)})), Wishes())

    assert (counts(before), before.problems, before.exit) == ((0, 0, 0, 1), (), Exit.DONE)
    assert (counts(after), after.problems, after.exit) == ((1, 0, 0, 0), (), Exit.DONE)
    assert [(one.task_no, one.source) for one in kept(told)] == [("BD2011SHJH000002", "回执登记表.xlsx › 送达回执 › 2")]


def test_half_a_row_is_a_problem(told: World) -> None:
    report = received(told, row(送达时间=""), row(确认人="", 送达方式=""))
    assert {field for field, _ in refused(report)} == {"delivered_at", "channel", "confirmed_by"}


def test_a_dry_run_says_and_records_nothing(told: World) -> None:
    report = received(told, row(), dry_run=True)
    assert (report.summary["recorded"], report.summary["dry_run"], kept(told)) == (1, True, ())


def test_one_receipt_by_options_is_read_as_a_row_is(told: World) -> None:
    cells = {"task_no": TASK.lower(), "customer_code": "k1", "delivered_at": "2011-05-27T10:30", "channel": "电话",
             "confirmed_by": "张三", "circuit_codes": "x1"}  # fmt: skip
    receipt(told.desk(LATER), Wishes(one=cells))
    assert [(one.task_no, one.customer_code, one.circuit_codes, one.source) for one in kept(told)] == [
        (TASK, "K1", ("X1",), "")
    ]
    with pytest.raises(Stop, match="--delivered-at") as stopped:
        receipt(told.desk(LATER), Wishes(one=cells | {"delivered_at": "soon"}))
    assert stopped.value.code is Exit.USAGE


def test_without_any_receipts_to_read_there_is_nothing_to_do(told: World) -> None:
    with pytest.raises(Stop) as stopped:
        receipt(told.desk(LATER), Wishes())
    assert stopped.value.code is Exit.NO_INPUT


@pytest.mark.parametrize(("name", "is_one"), [("a.ICS", True), ("b.eml", True), ("c.xlsx", False), ("-", False)])
def test_calendars_and_mails_are_replies_all_else_is_a_table(name: str, is_one: bool) -> None:
    assert is_reply(name) is is_one


def test_files_of_the_workspace_are_read_where_none_is_named(told: World) -> None:
    (told.root / "receipts.csv").write_text(
        "割接任务号,客户编码,送达时间,送达方式,确认人\n" + ",".join(row().values()), "utf-8"
    )
    told.patterns = {"receipts": ("receipts.csv",)}
    assert receipt(told.desk(LATER), Wishes()).summary["recorded"] == 1


def test_that_the_ledger_has_no_such_task_is_said_again_the_next_time(world: World) -> None:
    """A mistyped number must not vanish: the list is read again and again."""
    received(world, row())
    again = received(world, row())
    assert (counts(again), cautions(again)) == ((0, 1, 0, 0), [f"the ledger has no notice of the task {TASK}"])


def test_a_receipt_of_a_task_that_the_ledger_has_not_is_evidence_by_itself(world: World) -> None:
    """D4: it went out in another way. The number may be mistyped: that is said once."""
    rows = row(), row("2011-05-27 11:00", whom="K2")
    report = received(world, *rows)
    assert (refused(report), report.exit, counts(report)) == ([], Exit.DONE, (2, 0, 0, 0))
    assert cautions(report) == [f"the ledger has no notice of the task {TASK}"]
    assert [(one.notice_id, one.customer_code) for one in kept(world)] == [("", "K1"), ("", "K2")]
    assert [(item["notice_id"], item["decisions"]) for item in json(report)["items"]] == [(None, []), (None, [])]
    assert counts(received(world, *rows)) == (0, 2, 0, 0)


def test_it_confirms_no_notice_that_is_issued_later(world: World) -> None:
    received(world, row("2011-05-26 10:00"), as_of="2011-05-26T15:00")
    world.notify(EARLY)
    assert stands(world).summary["rendered"] == len(world.issued())


def test_a_task_mistyped_is_asked_for_with_the_one_it_looks_like(told: World) -> None:
    report = received(told, row(task="BD2011SHJH00001"))
    hints = [p.hint.to("en") for p in report.problems if p.hint]
    assert hints == [f"is it {TASK}?"]


def test_the_future_is_refused_whatever_the_task(world: World) -> None:
    assert refused(received(world, row("2011-05-28 10:00"))) == [("delivered_at", 2)]


def test_what_options_say_wrongly_holds_the_task_not_a_line(told: World) -> None:
    cells = {"task_no": TASK, "customer_code": "K2", "delivered_at": "2011-05-27T10:30", "channel": "电话",
             "confirmed_by": "张三"}  # fmt: skip
    (problem,) = receipt(told.desk(LATER), Wishes(one=cells)).problems
    assert (problem.place, problem.held) == (None, (f"task {TASK}",))


def test_a_contradiction_names_the_day_where_no_file_said_it(told: World) -> None:
    cells = {"task_no": TASK, "customer_code": "K1", "delivered_at": "2011-05-27T10:30", "channel": "电话",
             "confirmed_by": "张三"}  # fmt: skip
    receipt(told.desk(LATER), Wishes(one=cells))
    report = receipt(told.desk(LATER), Wishes(one=cells | {"delivered_at": "未送达"}))
    assert cautions(report)[0].endswith("by 张三 (2011-05-27); both are kept, which is right?")
