"""Lines of `today` for what the records of visits still ask for, and for briefs that nobody has made."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from aftersales_cli.jobs import visit_brief, visit_export, visit_plan
from aftersales_cli.jobs.today import Wishes, today
from aftersales_cli.jobs.today_line import Line
from tests.jobs.visiting import customer, visit
from tests.jobs.world import World, text

NOW = "2026-03-20T09:00"


@pytest.fixture
def desk(world: World) -> World:
    """A desk in Shanghai with no cutovers to speak of; its visits are added by `told`."""
    world.settings["province"] = "上海"
    world.customers = [customer("K1", "甲公司")]
    return world


def given(world: World, *visits: dict[str, str]) -> None:
    """Write the visits."""
    (world.root / "visits.csv").write_text(text(list(visits)), encoding="utf-8")
    world.patterns["visits"] = ("visits.csv",)
    world.write()


def lines(world: World, word: str, as_of: str = NOW) -> list[Line]:
    """The lines whose command is this one's of the group `visit`."""
    view = today(world.desk(as_of), Wishes()).view
    assert isinstance(view, tuple)
    return [line for line in view if f"aftersales visit {word}" in line.command]


def crisis(**cells: str) -> dict[str, str]:
    return visit("V1", "2026-03-02", 走访类型="危机", **cells)


@pytest.mark.parametrize(("as_of", "reminded"), [("2026-03-16T09:00", 0), ("2026-03-17T09:00", 1)])
def test_an_issue_is_reminded_of_once_ten_working_days_are_over(desk: World, as_of: str, reminded: int) -> None:
    """R41: raised on Monday 2 March 2026, so the next word is due on Monday the 16th."""
    given(desk, visit("V1", "2026-03-02", 客户反映问题="电路抖动"))
    assert len(lines(desk, "issues", as_of)) == reminded


def test_a_reminder_names_who_has_the_issues_in_hand_and_the_cell(desk: World) -> None:
    issues, measure = "电路抖动；故障后没有说明", "处理电路抖动|示例乙|2026-03-10"
    given(desk, visit("V1", "2026-03-02", 客户反映问题=issues, 优化与整改措施=measure))
    first, second = lines(desk, "issues")
    assert first.what.to("en") == "remind 示例乙: 甲公司 has to hear what became of 电路抖动"
    assert second.what.to("en") == "remind 示例甲: 甲公司 has to hear what became of 故障后没有说明"
    assert (first.urgency.value, first.due, second.due) == ("overdue", date(2026, 3, 10), date(2026, 3, 16))
    because = first.because.to("en")
    assert because.startswith("VIS-11 (TB-2.3.4 after the visit, 2): its measure was due 2026-03-10: 处理电路抖动")
    assert "visits.csv › line 2 (客户反映问题)" in because


def test_a_solved_issue_is_nobody_s_reminder(desk: World) -> None:
    given(desk, visit("V1", "2026-03-02", 客户反映问题="电路抖动", 处理进展="已解决"))
    assert lines(desk, "issues") == []


@pytest.mark.parametrize(
    ("as_of", "urgency"),
    [("2026-03-20T09:00", "coming"), ("2026-03-25T09:00", "today"), ("2026-03-26T09:00", "overdue")],
)
def test_a_crisis_visit_is_followed_up_when_its_measures_are_over(desk: World, as_of: str, urgency: str) -> None:
    """R26: the last measure is due on 25 March 2026."""
    given(desk, crisis(优化与整改措施="换板卡|示例乙|2026-03-20;复测|示例乙|2026-03-25"))
    (line,) = lines(desk, "report", as_of)
    assert (line.urgency.value, line.due) == (urgency, date(2026, 3, 25))
    assert line.what.to("en") == "tell 甲公司 what became of the measures of the crisis visit V1"
    assert line.because.to("en").startswith("VIS-10")


def test_a_later_visit_that_tells_what_became_of_them_is_the_follow_up(desk: World) -> None:
    given(desk, crisis(优化与整改措施="换板卡|示例乙|2026-03-10"), visit("V2", "2026-03-12", 走访类型="回访"))
    assert lines(desk, "report") == []


@pytest.mark.parametrize(
    "measure",
    [
        pytest.param("换板卡|示例乙", id="no day"),
        pytest.param("换板卡||2026-03-25", id="no owner"),
        pytest.param("换板卡|待定|2026-03-25", id="an owner to be decided"),
        pytest.param("换板卡|责任人待定|2026-03-25", id="the same in more words"),
    ],
)
def test_measures_without_an_owner_or_a_day_cannot_be_followed(desk: World, measure: str) -> None:
    given(desk, crisis(优化与整改措施=measure))
    (line,) = lines(desk, "report")
    assert (line.urgency.value, line.due) == ("needs_a_person", None)
    assert line.what.to("en") == "give each measure of the crisis visit V1 to 甲公司 an owner and a day"


def test_a_routine_visit_needs_no_follow_up(desk: World) -> None:
    given(desk, visit("V1", "2026-03-02", 优化与整改措施="换板卡|示例乙|2026-03-10"))
    assert lines(desk, "report") == []


@pytest.mark.parametrize(
    ("as_of", "urgency"),
    [("2026-03-06T09:00", "coming"), ("2026-03-09T09:00", "today"), ("2026-03-10T09:00", "overdue")],
)
def test_the_group_system_is_owed_the_record_within_five_working_days(desk: World, as_of: str, urgency: str) -> None:
    """R40: a visit of Monday 2 March 2026 to a customer of the group's level."""
    desk.customers = [customer("K1", "甲公司", 客户级别="集团级")]
    given(desk, visit("V1", "2026-03-02"))
    (line,) = lines(desk, "export", as_of)
    assert (line.urgency.value, line.due) == (urgency, date(2026, 3, 9))
    assert line.what.to("en") == "enter the record of V1 into the group's system"


def test_overdue_records_are_one_line_by_the_earliest(desk: World) -> None:
    desk.customers = [customer("K1", "甲公司", 客户级别="集团级")]
    given(desk, visit("V2", "2026-03-03"), visit("V1", "2026-03-02"))
    (line,) = lines(desk, "export")
    assert (line.what.to("en"), line.due) == (
        "enter the records of V1, V2 into the group's system", date(2026, 3, 9),
    )  # fmt: skip


def test_a_record_in_the_workbook_waits_for_somebody_to_confirm_it(desk: World) -> None:
    desk.customers = [customer("K1", "甲公司", 客户级别="集团级")]
    given(desk, visit("V1", "2026-03-02"))
    visit_export.export(desk.desk(NOW), visit_export.Wishes())
    assert lines(desk, "export") == []
    (line,) = lines(desk, "record")
    assert line.what.to("en") == "confirm that the record of V1 is in the group's system (已录入集团系统)"
    given(desk, visit("V1", "2026-03-02", 已录入集团系统="是"))
    assert lines(desk, "record") == []


def test_records_of_other_customers_stay_here(desk: World) -> None:
    given(desk, visit("V1", "2026-03-02"))
    assert lines(desk, "export") == []


def test_a_customer_with_a_circuit_across_domains_is_reminded_of_as_it_is_exported(desk: World) -> None:
    """R40: one function decides for the rule, the workbook and this line."""
    desk.circuits = [{"电路代号": "X1", "客户编码": "K1", "是否跨域": "是"}]
    given(desk, visit("V1", "2026-03-02"))
    (line,) = lines(desk, "export")
    assert line.what.to("en") == "enter the record of V1 into the group's system"
    report = visit_export.export(desk.desk(NOW), visit_export.Wishes(dry_run=True))
    assert [item["visit_no"] for item in report.items] == ["V1"]


def test_of_several_records_a_line_speaks_of_several(desk: World) -> None:
    desk.customers = [customer("K1", "甲公司", 客户级别="集团级")]
    given(desk, visit("V1", "2026-03-02"), visit("V2", "2026-03-03"))
    visit_export.export(desk.desk(NOW), visit_export.Wishes())
    (line,) = lines(desk, "record")
    assert line.what.to("en") == "confirm that the records of V1, V2 are in the group's system (已录入集团系统)"


def test_of_one_customer_whose_circuits_may_cross_a_line_speaks_of_one(desk: World) -> None:
    desk.circuits = [{"电路代号": "X1", "客户编码": "K1", "是否跨域": "也许"}]
    given(desk, visit("V1", "2026-03-02"), visit("V2", "2026-03-03"))
    (line,) = lines(desk, "export")
    assert line.what.to("en") == (
        "find out whether 甲公司 has circuits across domains (是否跨域): its records may be owed"
    )


def test_whether_a_circuit_crosses_is_asked_once_for_all_where_nobody_knows(desk: World) -> None:
    desk.customers = [customer("K1", "甲公司"), customer("K2", "乙公司")]
    desk.circuits = [{"电路代号": f"X{n}", "客户编码": f"K{n}", "是否跨域": "也许"} for n in (1, 2)]
    given(desk, visit("V1", "2026-03-02"), visit("V2", "2026-03-02", 客户编码="K2"))
    (line,) = lines(desk, "export")
    assert (line.urgency.value, line.due) == ("needs_a_person", None)
    assert line.what.to("en") == (
        "find out whether 甲公司, 乙公司 have circuits across domains (是否跨域): their records may be owed"
    )


def planned(world: World) -> date:
    """The day of the first visit that the plan of 2026 has for K1."""
    world.write()
    report = visit_plan.plan(world.desk("2026-01-04T09:00"), visit_plan.Wishes(2026))
    day = report.items[0]["date"]
    assert isinstance(day, date)
    return day


def test_a_planned_visit_is_prepared_in_the_week_before_it(desk: World) -> None:
    """R28: nobody has made a brief; once one is made, the line is gone, and on the day after the visit's, too."""
    day = planned(desk)
    before, after = day - timedelta(days=1), day + timedelta(days=1)
    (line,) = lines(desk, "brief", f"{before}T09:00")
    assert (line.due, line.command) == (day, "aftersales visit brief K1")
    assert line.what.to("en") == f"prepare the visit to 甲公司 on {day} (示例甲)"
    assert lines(desk, "brief", f"{after}T09:00") == []
    visit_brief.brief(desk.desk(f"{before}T10:00"), visit_brief.Wishes("K1"))
    assert lines(desk, "brief", f"{before}T11:00") == []


def test_a_brief_of_another_customer_or_of_an_earlier_visit_does_not_count() -> None:
    made = (("2026-03-02", "K1"), ("2026-03-05", "K12"), ("2026-03-06", "K2-2"))
    assert visit_brief.was_briefed(made, "K1", date(2026, 3, 1))
    assert not visit_brief.was_briefed(made, "K1", date(2026, 3, 3))
    assert visit_brief.was_briefed(made, "k2", date(2026, 3, 6))
