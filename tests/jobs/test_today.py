"""`today`: each kind of line from the files that cause it, its day, its urgency, and the command it proposes."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from aftersales_cli.errors import Exit
from aftersales_cli.jobs.report import Report
from aftersales_cli.jobs.today import Wishes, today
from aftersales_cli.jobs.today_line import Commands, Line
from tests.jobs.receiving import confirm
from tests.jobs.world import SENDER, TASK, World, assured, changes, customer, cut, json

SECOND = "BD2011SHJH000002"
NOTIFY = f"aftersales cutover notify --task {TASK}"
CHECK = f"aftersales cutover check {TASK} --explain"
NEXT_YEAR = "20270107 00:00:00/20270107 06:00:00"


def run(world: World, as_of: str, **wishes: Any) -> Report:
    world.write()
    return today(world.desk(as_of), Wishes(**wishes))


def lines(report: Report) -> tuple[Line, ...]:
    assert isinstance(report.view, tuple)
    return report.view


def told(report: Report) -> list[tuple[str, str]]:
    """Urgency and sentence of each line."""
    return [(line.urgency.value, line.what.to("en")) for line in lines(report)]


def only(report: Report) -> Line:
    (line,) = lines(report)
    return line


@pytest.mark.parametrize(
    ("as_of", "urgency", "says"),
    [
        pytest.param("2011-05-25T09:00", "coming", f"publish {TASK} to 甲公司;", id="days before"),
        pytest.param("2011-05-27T09:00", "today", f"publish {TASK} to 甲公司 today, the last working day", id="friday"),
        pytest.param("2011-05-29T23:59", "today", f"publish {TASK} to 甲公司 today;", id="last day"),
        pytest.param("2011-05-30T00:00", "overdue", f"tell 甲公司 of {TASK} at once: it is late", id="a day late"),
    ],
)
def test_a_task_presses_as_its_latest_publication_day_comes_near(
    world: World, as_of: str, urgency: str, says: str
) -> None:
    """D1: the work of 8 June 2011 has to be published by Sunday 29 May."""
    line = only(run(world, as_of))
    assert (line.urgency.value, line.due, line.command) == (urgency, date(2011, 5, 29), NOTIFY)
    assert line.what.to("en").startswith(says)
    assert line.because.to("en").startswith("CUT-04 (TB-2.3.3 answer rule 5): if published today:")
    assert "cutovers.csv › line 2 (割接时间)" in line.because.to("en")


@pytest.mark.parametrize(
    ("as_of", "code"),
    [
        pytest.param("2011-05-25T09:00", Exit.DONE, id="only what comes"),
        pytest.param("2011-05-29T09:00", Exit.RULE, id="today"),
        pytest.param("2011-05-30T09:00", Exit.RULE, id="late"),
    ],
)
def test_the_exit_is_1_as_soon_as_somebody_has_to_act(world: World, as_of: str, code: Exit) -> None:
    assert run(world, as_of).exit is code


def test_what_is_due_after_a_week_is_counted_and_not_listed(world: World) -> None:
    report = run(world, "2011-05-20T09:00")
    assert (lines(report), report.summary["later"], report.exit) == ((), 1, Exit.DONE)


def test_the_customer_with_the_longest_contract_is_late_and_the_others_are_not(world: World) -> None:
    world.cutovers = [cut("X1"), cut("X2")]
    world.customers = [customer("K1", "甲公司"), customer("K2", "乙公司", 约定提前量="10个工作日")]
    late, due = lines(run(world, "2011-05-29T09:00"))
    assert (late.overdue, late.due, "乙公司" in late.what.to("en")) == (True, date(2011, 5, 23), True)
    assert (due.overdue, due.due, "甲公司" in due.what.to("en")) == (False, date(2011, 5, 29), True)


def test_customers_are_named_or_counted_and_the_department_beside_them(world: World) -> None:
    world.cutovers = [cut("X1"), cut("N1")]
    assert told(run(world, "2011-05-25T09:00")) == [
        ("coming", f"publish {TASK} to 甲公司 and the department; the window begins 2011-06-08 00:00")
    ]
    world.customers = [customer(f"K{n}", f"客户{n}") for n in range(1, 5)]
    world.circuits = [{"电路代号": f"X{n}", "客户编码": f"K{n}"} for n in range(1, 5)]
    world.cutovers = [cut(f"X{n}") for n in range(1, 5)]
    assert only(run(world, "2011-05-25T09:00")).what.to("en").startswith(f"publish {TASK} to 4 customers;")


def test_temporary_work_is_due_at_an_instant_by_the_statutory_hours(world: World) -> None:
    world.cutovers = [cut(割接类别="临时")]
    line = only(run(world, "2011-06-04T09:00"))
    assert line.due == datetime.fromisoformat("2011-06-05T00:00+08:00")
    assert (line.urgency.value, line.because.to("en").startswith("CUT-06")) == ("today", True)


def test_an_emergency_is_due_before_it_begins(world: World) -> None:
    world.cutovers = [cut(割接类别="紧急")]
    line = only(run(world, "2011-06-07T22:00"))
    assert (line.urgency.value, line.due) == ("today", datetime.fromisoformat("2011-06-08T00:00+08:00"))
    assert line.because.to("en").startswith("CUT-05")


def test_what_was_told_needs_nothing(world: World) -> None:
    world.notify("2011-05-27T09:00")
    confirm(world)
    report = run(world, "2011-06-03T09:00")
    assert (lines(report), report.exit) == ((), Exit.DONE)


def test_every_task_with_a_line_to_publish_is_one_that_a_dry_run_would_tell(world: World) -> None:
    world.cutovers = [cut("X1"), cut("X2", SECOND), cut("X3", "BD2011SHJH000003", 割接类别="紧急")]
    world.notify("2011-05-27T09:00", numbers=[SECOND])
    foreseen = changes(world.notify("2011-05-30T09:00", dry_run=True))
    found = run(world, "2011-05-30T09:00")
    new = {task for (task, _), (change, _) in foreseen.items() if change == "new"}
    listed = {line.command[-1] for line in lines(found)}
    assert (listed, found.summary["later"]) == ({"1"}, 1)
    assert new == {"1", "3"}


def test_a_customer_who_reckons_with_what_is_no_longer_so_is_told_at_once(world: World) -> None:
    world.cutovers = [cut("X1"), cut("X2")]
    world.notify("2011-05-27T09:00")
    world.cutovers = [cut("X1", 中断类型="瞬断"), cut("X2", 状态="取消")]
    report = run(world, "2011-05-28T09:00")
    assert told(report) == [("today", f"tell 甲公司, 乙公司 what has changed in {TASK}")]
    line = only(report)
    assert (line.due, line.command) == (datetime.fromisoformat("2011-06-08T00:00+08:00"), NOTIFY)
    assert line.because.to("en") == (
        "D12: the notice of 2011-05-27 09:00 is no longer true [cutovers.csv › line 3 (状态)]"
    )


def test_a_cancelled_task_is_told_to_those_who_expect_it(world: World) -> None:
    world.notify("2011-05-27T09:00")
    world.cutovers = [cut(状态="取消")]
    assert told(run(world, "2011-05-28T09:00")) == [("today", f"tell 甲公司 that {TASK} will not touch them")]


def test_a_move_is_due_before_the_window_that_was_told(world: World) -> None:
    """The new window leaves weeks; the customer would prepare for the old one."""
    world.notify("2011-05-27T09:00")
    confirm(world)
    world.cutovers = [cut(割接时间="20110720 00:00:00/20110720 06:00:00", 状态="改期")]
    line = only(run(world, "2011-06-07T09:00"))
    assert (line.urgency.value, line.due) == ("today", datetime.fromisoformat("2011-06-08T00:00+08:00"))
    assert line.because.to("en").startswith("D12: the notice of 2011-05-27 09:00 still says 2011-06-08 00:00")


def test_work_that_goes_on_untold_is_a_call_and_past_work_is_nothing(world: World) -> None:
    line = only(run(world, "2011-06-08T02:00"))
    assert (line.overdue, line.command) == (True, CHECK)
    assert line.what.to("en") == f"call 甲公司: {TASK} began 2011-06-08 00:00, and they were not told"
    assert line.because.to("en").startswith("CUT-05")
    assert lines(run(world, "2011-06-08T06:00")) == ()


def test_a_publication_said_by_the_file_wants_its_notices_written(world: World) -> None:
    world.cutovers = [cut(发布时间="2011-05-20 10:00")]
    line = only(run(world, "2011-06-03T09:00"))
    assert (line.urgency.value, line.what.to("en")) == (
        "coming",
        f"write the notices of {TASK} for 甲公司: the ledger has none",
    )
    assert line.because.to("en") == (
        "D3: the file says it was published 2011-05-20 10:00 [cutovers.csv › line 2 (发布时间)]"
    )


def test_a_broken_row_holds_its_task_with_place_and_remedy(world: World) -> None:
    world.cutovers = [cut(中断类型="30")]
    report = run(world, "2011-05-27T09:00")
    held, data = lines(report)
    assert held.what.to("en").startswith(f"mend what holds {TASK}, or nobody hears of it: write 中断: 30分钟")
    assert held.because.to("en") == "“30” cannot be read as 中断类型 [cutovers.csv › line 2 (中断类型)]"
    assert (held.due, held.urgency.value, held.command) == (date(2011, 5, 29), "today", CHECK)
    assert data.what.to("en") == "mend 1 thing in cutovers.csv"
    assert report.exit is Exit.PARTLY


def test_a_held_task_is_overdue_once_its_day_has_passed(world: World) -> None:
    world.cutovers = [cut(中断类型="30")]
    held, _ = lines(run(world, "2011-06-01T09:00"))
    assert (held.overdue, held.due) == (True, date(2011, 5, 29))


def test_an_assurance_holds_with_its_rule_and_clause(world: World) -> None:
    world.assurances = [assured()]
    report = run(world, "2011-05-25T09:00")
    held = only(report)
    assert held.because.to("en").startswith(
        "ASR-1 (TB-2.3.3 customer feedback, key protection): planned work must stop"
    )
    assert (held.urgency.value, report.exit) == ("needs_a_person", Exit.RULE)


def test_held_circuits_are_named_with_what_to_mend(world: World) -> None:
    world.cutovers = [cut("X1"), cut("X2", 客户名称="丙公司")]
    report = run(world, "2011-05-27T09:00")
    found = [line for line in lines(report) if "holds" in line.what.to("en")]
    assert [line.what.to("en") for line in found] == [
        f"mend what holds X2 of {TASK}: mend the name or the circuit code"
    ]
    assert found[0].because.to("en").startswith("D6: circuit X2 belongs to K2 乙公司")
    assert "cutovers.csv › line 3 (客户名称)" in found[0].because.to("en")


def test_a_held_circuit_is_due_by_its_own_customers_contract(world: World) -> None:
    """The customer of the task's other circuit was told long ago, and has the longer contract."""
    world.cutovers = [cut("X1"), cut("X2", 客户名称="丙公司")]
    world.customers[0]["约定提前量"] = "10个工作日"
    world.notify("2011-05-20T09:00")
    held = next(line for line in lines(run(world, "2011-05-25T09:00")) if "holds" in line.what.to("en"))
    assert (held.due, held.urgency.value) == (date(2011, 5, 29), "needs_a_person")


def test_a_circuit_held_while_the_work_goes_on_is_overdue(world: World) -> None:
    world.cutovers = [cut("X2", 客户名称="丙公司")]
    held, _ = lines(run(world, "2011-06-08T02:00"))
    assert (held.overdue, held.due) == (True, datetime.fromisoformat("2011-06-08T00:00+08:00"))


def test_many_circuits_held_for_one_reason_are_one_line(world: World) -> None:
    world.cutovers = [cut(f"N{n}") for n in range(9)]
    world.raw["circuits"] = "电路代号,客户编码\nX1,\n".encode()
    (line,) = [line for line in lines(run(world, "2011-05-27T09:00")) if "holds" in line.what.to("en")]
    assert f"mend what holds N0, N1 and 7 more of {TASK}" in line.what.to("en")


def test_customers_without_contact_are_named_once_with_their_row(world: World) -> None:
    world.cutovers = [cut("X1"), cut("X1", SECOND)]
    world.customers[0]["联系电话"] = ""
    (line,) = [line for line in lines(run(world, "2011-05-25T09:00")) if line.due is None]
    assert line.what.to("en") == "see that K1 甲公司 can be told directly: fill in 联系电话 or 联系邮箱"
    assert line.because.to("en") == (
        "R3: customer K1 has neither a phone nor an e-mail on record; "
        f"the department is told of {TASK}, {SECOND} in its place [customers.csv › line 2 (联系电话)]"
    )
    assert (line.command, line.urgency.value) == ("aftersales cutover notify --customer K1", "needs_a_person")


def test_a_department_nobody_can_reach_is_a_line(world: World) -> None:
    world.cutovers, world.departments = [cut("N1")], None
    (line,) = [line for line in lines(run(world, "2011-05-25T09:00")) if line.due is None]
    assert line.command == "aftersales forms departments"
    assert line.because.to("en") == f"R3: it has to be told of {TASK}, and nobody would receive it"


def test_a_year_without_calendar_is_asked_for_by_its_number(world: World) -> None:
    """D1: published in time whatever the year brings, so that nothing presses."""
    world.cutovers = [cut(割接时间=NEXT_YEAR), cut("X2", SECOND, 割接时间=NEXT_YEAR)]
    report = run(world, "2026-12-01T09:00")
    (line,) = [line for line in lines(report) if "calendar" in line.what.to("en")]
    assert line.what.to("en") == "bring in the calendar of 2027: 2 tasks reach into it"
    assert (line.command, line.urgency.value) == ("aftersales calendar import 2027.json", "coming")
    assert line.because.to("en").startswith(
        f"D1: its days count 0 to 1 until it is published; {TASK} begins 2027-01-07"
    )


def test_a_verdict_that_waits_for_a_calendar_presses(world: World) -> None:
    world.cutovers = [cut(割接时间=NEXT_YEAR)]
    report = run(world, "2026-12-28T09:00")
    publish, calendar = lines(report)
    assert publish.what.to("en").startswith(f"publish {TASK} to 甲公司 today")
    assert (publish.due, publish.overdue) == (date(2026, 12, 28), False)
    assert calendar.because.to("en").startswith("CUT-04 (TB-2.3.3 answer rule 5): if published today: 0 to 9")
    assert (calendar.urgency.value, report.exit) == ("today", Exit.RULE)


def test_a_task_that_no_file_names_stands_and_is_shown(world: World) -> None:
    world.notify("2011-05-27T09:00")
    confirm(world)
    world.cutovers = [cut("X2", SECOND, 割接时间="20110720 00:00:00/20110720 06:00:00")]
    report = run(world, "2011-06-01T09:00")
    line = only(report)
    assert line.what.to("en") == (
        f"find out what became of {TASK}: no file names it, and 甲公司 reckon with 2011-06-08 00:00"
    )
    assert line.because.to("en").startswith("D12: told 2011-05-27 09:00 from cutovers.csv")
    assert line.command == f"aftersales ledger list --task {TASK}"
    assert (line.urgency.value, report.exit) == ("coming", Exit.DONE)


def test_a_notice_that_cannot_be_compared_is_for_a_person(world: World) -> None:
    world.notify("2011-05-27T09:00")
    world.cutovers = [cut(割接时间="20110601 00:00:00/20110601 06:00:00")]
    found = told(run(world, "2011-06-01T02:00"))
    assert ("needs_a_person", f"settle what 甲公司 has to expect of {TASK}: the last notice stands") in found


def test_what_is_wrong_is_told_by_file_with_how_much_and_where_first(world: World) -> None:
    world.cutovers = [cut(), cut("X2", SECOND, 割接时间="soon"), cut("X3", "BD2011SHJH000003", 中断类型="30")]
    world.customers.append(customer("K4", "丁公司", 客户级别=""))
    report = run(world, "2011-05-25T09:00")
    mend = [line for line in lines(report) if line.what.to("en").startswith("mend") and line.due is None]
    assert [line.what.to("en") for line in mend if "things" in line.what.to("en")] == ["mend 2 things in cutovers.csv"]
    assert "mend 1 thing in customers.csv" in [line.what.to("en") for line in mend]
    first = next(line for line in mend if "things" in line.what.to("en"))
    assert first.because.to("en").startswith("the first: “soon”")
    assert "cutovers.csv › line 3 (割接时间)" in first.because.to("en")
    assert report.exit is Exit.PARTLY


def test_what_presses_comes_first_then_what_a_person_settles_then_what_comes(world: World) -> None:
    world.cutovers = [
        cut("X1", "BD2011SHJH000003", 割接时间="20110610 00:00:00/20110610 06:00:00"),
        cut("X1", SECOND, 割接时间="20110609 00:00:00/20110609 06:00:00"),
        cut("N1", "BD2011SHJH000004", 割接时间="20110720 00:00:00/20110720 06:00:00"),
        cut("X1", TASK),
    ]
    world.departments = None
    found = lines(run(world, "2011-05-30T09:00"))
    assert [(line.overdue, line.due) for line in found] == [
        (True, date(2011, 5, 29)),
        (False, date(2011, 5, 30)),
        (False, None),
        (False, date(2011, 5, 31)),
    ]


def test_the_work_of_tonight_stands_before_what_is_overdue_for_longer(world: World) -> None:
    """The desk of Monday 30 May 2011: BD…2 begins at midnight, BD…1 (8 June) should have been told by the 29th."""
    world.cutovers = [cut("X1"), cut("X1", SECOND, 割接类别="紧急", 割接时间="20110531 00:00:00/20110531 06:00:00")]
    tonight, late = lines(run(world, "2011-05-30T09:00"))
    assert (SECOND in tonight.what.to("en"), tonight.overdue) == (True, False)
    assert (TASK in late.what.to("en"), late.overdue) == (True, True)


def test_where_several_tasks_wait_one_command_tells_all(world: World) -> None:
    """One by one, a customer of both would get two messages."""
    world.cutovers = [cut("X1"), cut("Y1", SECOND)]
    assert [note.to("en") for note in run(world, "2011-05-29T09:00").notes] == [
        "“aftersales cutover notify” tells everybody at once, one message per customer"
    ]
    world.cutovers = [cut("X1")]
    assert run(world, "2011-05-29T09:00").notes == []


def test_an_item_has_the_contracts_keys(world: World) -> None:
    (item,) = json(run(world, "2011-05-30T09:00"))["items"]
    assert list(item) == ["what", "due", "because", "command", "overdue"]
    assert (item["due"], item["overdue"], item["command"]) == ("2011-05-29", True, NOTIFY)


def test_it_writes_nothing_and_takes_no_lock(world: World) -> None:
    world.write()
    before = sorted(world.root.rglob("*"))
    today(world.desk("2011-05-30T09:00"), Wishes())
    assert sorted(world.root.rglob("*")) == before


def test_the_page_holds_every_line_and_nothing_from_outside(world: World, tmp_path: Path) -> None:
    world.customers[0]["客户名称"] = "甲<b>公司"
    page = tmp_path / "today.html"
    report = run(world, "2011-05-30T09:00", html=page)
    text = page.read_text("utf-8")
    assert report.files == [page]
    assert "甲&lt;b&gt;公司" in text
    assert (NOTIFY in text, "2011-05-29" in text, SENDER["unit"] in text) == (True, True, True)
    assert not any(word in text for word in ("http://", "https://", "src=", "<script", "@import", "url("))


def test_a_rehearsed_page_is_not_written(world: World, tmp_path: Path) -> None:
    report = run(world, "2011-05-30T09:00", html=tmp_path / "today.html", dry_run=True)
    assert (report.files, (tmp_path / "today.html").exists()) == ([], False)


def test_a_page_for_a_day_without_work_says_so(world: World, tmp_path: Path) -> None:
    run(world, "2011-07-01T09:00", html=tmp_path / "today.html")
    assert "Nothing has to be done today." in (tmp_path / "today.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("number", "command"),
    [
        pytest.param("JT1", "aftersales cutover notify --task JT1", id="plain"),
        pytest.param("割接 1", 'aftersales cutover notify --task "割接 1"', id="with a space"),
        pytest.param("-x", "aftersales cutover notify --task=-x", id="like an option"),
        pytest.param("a;rm *", "aftersales cutover notify --task 'a;rm *'", id="hostile"),
        pytest.param("a'$(b)", """aftersales cutover notify --task 'a'"'"'$(b)'""", id="hostile quotes"),
    ],
)
def test_a_command_can_be_pasted_whatever_the_task_is_called(number: str, command: str) -> None:
    from aftersales_cli.jobs.today_line import option

    assert Commands().plain("cutover", "notify", *option("--task", number)) == command


def test_a_command_repeats_the_options_and_inputs_of_the_run(world: World) -> None:
    commands = Commands(("-w", "/desk of mine"), ("--cutovers", "a.csv"))
    line = only(run(world, "2011-05-30T09:00", commands=commands))
    assert line.command == f'aftersales -w "/desk of mine" cutover notify --task {TASK} --cutovers a.csv'
