"""`visit due`: what is owed, by when, because of which clause and cell (R19–R25, R42, D2, D7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.confined import Confined
from aftersales_cli.files.writing import RunFolder
from aftersales_cli.jobs.report import Report
from aftersales_cli.jobs.visit_due import Wishes, due
from aftersales_cli.jobs.visit_plan_inputs import TABLES
from aftersales_cli.jobs.visit_record import Wishes as Recording
from aftersales_cli.jobs.visit_record import record
from aftersales_cli.jobs.writing_run import run_row
from aftersales_cli.records.events import Kept, OpenVisit, PlannedVisit
from aftersales_cli.words import Say
from tests.jobs.visiting import Office, crisis, customer, held, rows, visit, warning


@pytest.fixture
def office(tmp_path: Path, reader: Confined) -> Office:
    return Office(tmp_path, reader)


def test_nothing_is_due_where_nobody_is_warned(office: Office) -> None:
    report = office.due()
    assert (report.exit, report.items) == (Exit.DONE, [])


def test_a_new_warning_is_seen_on_site_within_two_working_days(office: Office) -> None:
    """R24, D2: issued on Monday 2 March 2026, due on Wednesday."""
    office.warnings = [warning()]
    assert rows(office.due("2026-03-04T18:00")) == [("危机", "上海", "2026-03-04", False)]
    late = office.due("2026-03-05T08:00")
    assert rows(late) == [("危机", "上海", "2026-03-04", True)]
    assert late.exit is Exit.RULE


def test_the_reason_names_rule_clause_and_cell(office: Office) -> None:
    office.warnings = [warning()]
    because = office.due().items[0]["because"]
    assert because.to("en") == (  # type: ignore[attr-defined]
        "VIS-02 (TB-2.3.4 visits to warned customers, 2): no visit on site yet; it was due 2026-03-04 "
        "[warnings.csv › line 2 (发布时间)]"
    )


def test_after_the_first_visit_the_next_is_due_in_thirty_one_days(office: Office) -> None:
    """D7: the visit of R24 is the first of the chain."""
    office.warnings, office.visits = [warning()], [visit("V1", "2026-03-03")]
    assert rows(office.due()) == [("危机", "上海", "2026-04-03", False)]


def test_a_telephone_call_is_no_visit(office: Office) -> None:
    office.warnings, office.visits = [warning()], [visit("V1", "2026-03-03", 走访方式="电话")]
    assert rows(office.due()) == [("危机", "上海", "2026-03-04", True)]


@pytest.mark.parametrize("cells", [{"解除时间": "2026-03-19 12:00"}, {"有效期至": "2026-03-19"}, {"预警级别": "黄"}],
                         ids=["lifted", "expired", "yellow"])  # fmt: skip
def test_a_warning_that_is_over_or_lower_asks_for_nothing(office: Office, cells: dict[str, str]) -> None:
    office.warnings = [warning(**cells)]
    assert rows(office.due()) == []


def test_other_provinces_obligations_are_listed_as_theirs(office: Office) -> None:
    """D7: a task for the group system, not ours; nothing of ours is overdue."""
    office.warnings, office.visits = [warning(责任省市="深圳")], [visit("V1", "2026-03-03")]
    report = office.due()
    assert [(i["place"], i["theirs"], i["overdue"]) for i in report.items] == [
        ("深圳", "广东", True), ("上海", None, False),
    ]  # fmt: skip
    assert (report.exit, report.summary["theirs"]) == (Exit.DONE, 1)


def test_a_desk_without_a_province_owes_them_all(office: Office) -> None:
    office.province, office.warnings = None, [warning(责任省市="深圳")]
    report = office.due()
    assert [i["theirs"] for i in report.items] == [None, None]
    assert any("the visits in all of 上海, 广东 count as ours" in note.to("en") for note in report.notes)


def test_one_visit_serves_a_warning_and_a_crisis_at_the_same_place(office: Office) -> None:
    """R25: the highest rank that level or customer ask for leads it."""
    office.warnings, office.crises = [warning()], [crisis(客户要求级别="集团领导")]
    (item,) = office.due().items
    assert (item["asked_by"], item["leader_rank"], item["due_by"]) == (("W1", "C1"), "集团领导", date(2026, 3, 4))
    assert len(item["others"]) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(("level", "rank"), [("红", "省公司领导"), ("橙", "省网运部领导")])
def test_the_level_says_who_leads(office: Office, level: str, rank: str) -> None:
    office.warnings = [warning(预警级别=level)]
    assert office.due().items[0]["leader_rank"] == rank


def test_a_branch_that_a_measure_names_joins(office: Office) -> None:
    """R23."""
    office.province, office.crises = "江苏", [crisis(干预措施="江苏配合走访")]
    ours = [i for i in office.due().items if i["theirs"] is None]
    assert [(i["place"], str(i["due_by"]), i["on_site"]) for i in ours] == [("江苏", "2026-03-30", False)]


def test_what_was_agreed_with_the_customer_is_owed_until_the_next_visit(office: Office) -> None:
    """R42."""
    office.visits = [visit("V1", "2026-02-02", 下次走访日期="2026-03-10")]
    assert rows(office.due()) == [("回访", "上海", "2026-03-10", True)]
    office.visits.append(visit("V2", "2026-03-12"))
    assert rows(office.due()) == []


def test_a_call_in_between_does_not_lose_what_was_promised(office: Office) -> None:
    """R42."""
    office.visits = [visit("A1", "2026-02-02", 下次走访日期="2026-04-10"), visit("A2", "2026-03-12", 走访方式="电话")]
    assert rows(office.due()) == [("回访", "上海", "2026-04-10", False)]


@pytest.mark.parametrize("day", [pytest.param("2025-02-02", id="before"), pytest.param("2026-02-02", id="same day")])
def test_a_day_agreed_on_that_is_not_after_its_visit_is_said_and_owes_nothing(office: Office, day: str) -> None:
    office.visits = [visit("V1", "2026-02-02", 下次走访日期=day)]
    report = office.due()
    assert (rows(report), [p.field for p in report.problems]) == ([], ["next_on"])


def test_an_unpublished_calendar_leaves_it_open(office: Office) -> None:
    """D2: issued 2026-12-31, due no earlier than 2027-01-02; in between only the calendar can tell."""
    office.warnings = [warning(发布时间="2026-12-31 10:00", 有效期至="2027-06-30")]
    assert rows(office.due("2027-01-02T09:00")) == [("危机", "上海", "2027-01-02", False)]
    report = office.due("2027-01-05T09:00")
    assert rows(report) == [("危机", "上海", "2027-01-02", None)]
    assert (report.exit, report.summary["open"]) == (Exit.RULE, 1)


def test_a_planned_visit_is_owed_from_the_beginning_of_its_slot(office: Office) -> None:
    """R19: the plan is the ledger's."""
    plan(office, planned(1, date(2026, 1, 1), date(2026, 2, 28)),
         planned(2, date(2026, 7, 1), date(2026, 12, 31)))  # fmt: skip
    assert rows(office.due()) == [("例行", "上海", "2026-02-28", True)]
    office.visits = [visit("V1", "2026-03-03")]
    assert rows(office.due()) == []


def planned(number: int, first: date, last: date) -> PlannedVisit:
    """One of two visits to K1, on the first day of its slot."""
    return PlannedVisit(2026, "K1", number, 2, first, "上海", "示例甲", first, last)


def plan(office: Office, *planned: PlannedVisit, left: tuple[OpenVisit, ...] = ()) -> None:
    """Put a plan into the ledger, as `visit plan` does; `left` are those it found no day for."""
    desk = office.desk()
    with desk.ledger(write=True) as ledger, RunFolder(office.root / "out", "plan") as folder:
        folder.write("plan.txt", b"-")
        ledger.issue(folder, run_row(desk, "visit plan", TABLES), (), Kept(planned=planned, open_visits=left))


def later(number: int, year: int, first: date, last: date, day: date) -> PlannedVisit:
    return PlannedVisit(year, "K1", number, 2, day, "上海", "示例甲", first, last)


def test_a_visit_missed_in_december_is_overdue_in_january_until_somebody_goes(office: Office) -> None:
    """R19, decision 0018; whether the new year is planned or not."""
    plan(office, planned(2, date(2026, 7, 1), date(2026, 12, 31)))
    missed = ("例行", "上海", "2026-12-31", True)
    assert rows(office.due("2027-01-02T09:00")) == [missed]
    plan(office, later(1, 2027, date(2027, 1, 1), date(2027, 6, 30), date(2027, 1, 11)))
    report = office.due("2027-01-02T09:00")
    assert rows(report) == [missed]
    assert len(report.items[0]["others"]) == 1  # type: ignore[arg-type]
    office.visits = [visit("V1", "2027-01-04")]
    assert rows(office.due("2027-01-05T09:00")) == []


def shown(office: Office, days: int | None, *customers: str) -> tuple[list[str], object]:
    """The days of what is shown on 20 March 2026, and how many are left for later."""
    report = due(office.desk(), Wishes(customers, days))
    return [str(item["due_by"]) for item in report.items], report.summary["later"]


AGREED = {"K1": "2026-03-10", "K2": "2026-04-20", "K3": "2026-04-21"}


@pytest.mark.parametrize(
    ("days", "number"),
    [
        pytest.param(0, 1, id="what is overdue is always shown"),
        pytest.param(30, 1, id="a day too few"),
        pytest.param(None, 2, id="a month where nobody says how far"),
        pytest.param(32, 3, id="as far as is asked for"),
        pytest.param(10**9, 3, id="beyond the calendar"),
    ],
)
def test_overdue_visits_and_those_of_the_coming_days_are_shown_and_the_rest_counted(
    office: Office, days: int | None, number: int
) -> None:
    office.customers = [customer(code, f"{code}公司") for code in AGREED]
    office.visits = [visit(f"V{code}", "2026-02-02", 客户编码=code, 下次走访日期=on) for code, on in AGREED.items()]
    assert shown(office, days) == ([*AGREED.values()][:number], 3 - number)


def test_all_of_a_customer_that_is_named_is_shown(office: Office) -> None:
    office.visits = [visit("V1", "2026-02-02", 下次走访日期="2027-03-10")]
    assert shown(office, None) == ([], 1)
    assert shown(office, None, "K1") == (["2027-03-10"], 0)
    assert shown(office, 7, "K1") == ([], 1)


def test_a_planned_visit_is_shown_when_its_day_comes_though_its_slot_ends_later(office: Office) -> None:
    half = date(2026, 1, 1), date(2026, 6, 30)
    plan(office, later(1, 2026, *half, date(2026, 4, 20)))
    assert shown(office, 30) == ([], 1)
    assert shown(office, 31) == (["2026-06-30"], 0)


def test_who_has_to_lead_is_a_decision_of_its_own_with_its_cell_and_its_numbers(office: Office) -> None:
    """R25."""
    office.warnings = [warning()]
    decisions = office.due().items[0]["decisions"]
    assert isinstance(decisions, list)
    led = decisions[-1]
    assert (led.rule, led.verdict) == ("VIS-03", "not_applicable")
    assert led.says.to("en") == "no visit yet; it has to be led by Head of the province's network operations or higher"
    assert [str(each.place) for each in led.evidence] == ["warnings.csv › line 2 (预警级别)"]
    assert [used.name for used in led.values] == ["levels", "leaders", "crisis"]


def test_only_one_customer_s_on_request(office: Office) -> None:
    office.warnings = [warning(), warning("W2", 客户编码="K2")]
    assert [i["customer_code"] for i in office.due("2026-03-20T09:00", "k2").items] == ["K2"]


def test_a_customer_nobody_knows_is_no_customer_without_visits(office: Office) -> None:
    with pytest.raises(Stop) as stop:
        office.due("2026-03-20T09:00", "K1", "NOPE")
    assert (stop.value.code, stop.value.message.to("en")) == (Exit.USAGE, "there is no customer NOPE")


def test_a_customer_named_by_its_name_is_told_its_code(office: Office) -> None:
    with pytest.raises(Stop) as stop:
        office.due("2026-03-20T09:00", "乙公司")
    assert stop.value.hint is not None
    assert stop.value.hint.to("en") == "did you mean K2?"


def test_a_customer_whose_row_is_held_is_known(office: Office) -> None:
    office.customers.append(customer("K3", ""))
    assert office.due("2026-03-20T09:00", "k3").exit is Exit.PARTLY


def test_no_code_is_unknown_where_a_row_of_the_customers_has_none(office: Office) -> None:
    office.customers.append(customer("", "丙公司"))
    assert office.due("2026-03-20T09:00", "K3").exit is Exit.PARTLY


def test_what_cannot_be_true_is_named_by_its_cell_and_the_rest_goes_on(office: Office) -> None:
    office.warnings = [warning(), warning("W2", 客户编码="K9"), warning("W3", 预警级别="紫"),
                       warning("W4", 发布时间="2026-03-21 08:00"), warning("W5", 有效期至="2026-03-01")]  # fmt: skip
    office.crises = [crisis("C2", 客户编码="K9"), crisis("C3", 关闭日期="2026-03-01")]
    office.visits = [
        visit("V1", "2026-03-21"),
        visit("V2", "2026-03-03", 客户编码="K9"),
        visit("V3", "2026-03-03", 走访方式="飞"),
    ]
    report = office.due()
    assert sorted(held(report), key=str) == sorted([
        ("customer_code", ("warning W2",)), ("level", ("warning W3",)), ("issued_at", ("warning W4",)),
        ("valid_until", ("warning W5",)), ("customer_code", ("crisis C2",)), ("closed_on", ("crisis C3",)),
        ("date", ("visit V1",)), ("customer_code", ("visit V2",)), ("manner", ("visit V3",)),
    ], key=str)  # fmt: skip
    assert rows(report) == [("危机", "上海", "2026-03-04", None)]  # V1 or V3 may have been in time
    assert report.exit is Exit.PARTLY


HELD = [
    pytest.param({"走访方式": "飞"}, None, id="its manner cannot be read"),
    pytest.param({"走访日期": "2026-13-45"}, None, id="its day cannot be read"),
    pytest.param({"走访日期": "2026-03-21"}, None, id="its day cannot be true"),
    pytest.param({"客户编码": ""}, None, id="it may be anybody's"),
    pytest.param({"走访方式": "飞", "走访日期": "2026-01-03"}, True, id="it was before all that asks for it"),
    pytest.param({"走访方式": "飞", "客户编码": "K2"}, True, id="it is another customer's"),
]


@pytest.mark.parametrize(("cells", "overdue"), HELD)
def test_nobody_is_called_late_where_the_visit_may_be_a_row_that_is_held(
    office: Office, cells: dict[str, str], overdue: bool | None
) -> None:
    """R22, R24: a person has to look; the row is named."""
    office.warnings, office.visits = [warning()], [visit("V1", "2026-03-03", **cells)]
    (item,) = office.due().items
    decision = item["decisions"][0]  # type: ignore[index]
    assert item["overdue"] is overdue
    assert decision.verdict == ("breached" if overdue else "needs_a_person")
    assert ("visit V1 is held" in decision.says.to("en")) is (overdue is None)


def test_what_was_agreed_and_planned_is_open_too_where_a_visit_is_held(office: Office) -> None:
    """R19, R42."""
    plan(office, planned(1, date(2026, 1, 1), date(2026, 2, 28)))
    office.visits = [visit("V0", "2025-12-02", 下次走访日期="2026-02-10"), visit("V1", "2026-02-10", 走访方式="飞")]
    (item,) = office.due().items
    assert (item["overdue"], len(item["others"])) == (None, 1)  # type: ignore[arg-type]
    assert "visit V1 is held" in item["because"].to("en")  # type: ignore[attr-defined]
    office.visits.pop()
    assert [i["overdue"] for i in office.due().items] == [True]


def test_a_held_row_of_a_visit_that_the_ledger_has_leaves_nothing_open(office: Office) -> None:
    office.visits = [visit("V1", "2026-03-03")]
    record(office.desk(), Recording())
    office.warnings, office.visits = [warning()], [visit("V1", "2026-03-03", 走访方式="飞")]
    assert rows(office.due("2026-04-20T09:00")) == [("危机", "上海", "2026-04-03", True)]


def test_a_held_row_with_the_number_of_somebody_else_s_visit_leaves_it_open(office: Office) -> None:
    office.visits = [visit("V1", "2026-03-03", 客户编码="K2")]
    record(office.desk(), Recording())
    office.warnings, office.visits = [warning()], [visit("V1", "2026-03-03")]
    assert rows(office.due()) == [("危机", "上海", "2026-03-04", None)]


def test_nobody_is_called_late_where_a_file_of_visits_cannot_be_read(office: Office) -> None:
    office.warnings, office.visits = [warning()], [visit("V1", "2026-03-03")]
    desk = office.desk()
    (office.root / "visits.csv").write_bytes(b"")
    (item,) = due(desk, Wishes()).items
    assert item["overdue"] is None


def test_a_rank_nobody_knows_and_a_place_of_no_province_are_cautions(office: Office) -> None:
    office.crises = [crisis(客户要求级别="老总", 责任省市="拉萨", 干预措施="")]
    report = office.due()
    assert [p.field for p in report.problems] == ["demanded_rank", "responsible_place"]
    assert report.exit is not Exit.PARTLY
    assert {i["place"] for i in report.items} == {"上海", "拉萨"}


def test_without_customers_it_stops(office: Office) -> None:
    office.customers = []
    with pytest.raises(Stop) as stop:
        office.due()
    assert stop.value.code is Exit.NO_INPUT


def test_the_local_engineer_of_the_place_goes(office: Office) -> None:
    office.customers = [customer("K1", "甲公司", 各省接应客户工程师="广东:示例丙")]
    office.province, office.warnings = "广东", [warning(责任省市="广东")]
    assert {i["place"]: i["engineer"] for i in office.due().items} == {"上海": "示例甲", "广东": "示例丙"}


def test_the_local_engineer_of_a_province_goes_to_its_cities(office: Office) -> None:
    """深圳 is of 广东 by the table of engineers: the same reading as of the year's plan."""
    office.customers = [customer("K1", "甲公司", 各省接应客户工程师="广东省:示例丙")]
    office.province, office.warnings = "广东", [warning(责任省市="深圳")]
    assert {i["place"]: i["engineer"] for i in office.due().items} == {"上海": "示例甲", "深圳": "示例丙"}


PROVINCE = """
province: 上海
title: {zh: 测试, en: a test}
editions:
  VIS-01:
  - from: 2020-01-01
    clause: {source: test, article: {zh: 一, en: '1'}, text: {zh: 每 DAYS 天一次, en: every DAYS days}}
    interval: DAYS
"""


def with_interval(office: Office, days: int) -> None:
    """The desk's province with a number of its own for VIS-01."""
    folder = office.root / "rulebook" / "provinces"
    folder.mkdir(parents=True)
    (folder / "上海.yaml").write_text(PROVINCE.replace("DAYS", str(days)), encoding="utf-8")
    office.settings = {"rulebook": office.root / "rulebook"}
    office.warnings, office.visits = [warning()], [visit("V1", "2026-03-03")]


def test_a_province_may_want_its_visits_more_often(office: Office) -> None:
    """R22: monthly or more often."""
    with_interval(office, 20)
    assert rows(office.due()) == [("危机", "上海", "2026-03-23", False)]


def test_a_province_may_not_want_them_less_often(office: Office) -> None:
    with_interval(office, 40)
    with pytest.raises(Stop) as stop:
        office.due()
    assert stop.value.code is Exit.SETTINGS


SLOTS = [(date(2026, month, 1), date(2026, month, last)) for month, last in enumerate((31, 28, 31, 30, 31), start=1)]
"""The months from January to May."""


def test_a_line_of_several_planned_visits_says_how_many_and_they_are_counted_as_visits(office: Office) -> None:
    """January and February were missed, March is running: three visits to one customer, in one line."""
    plan(office, *(planned(n, *slot) for n, slot in enumerate(SLOTS[:3], start=1)))
    report = office.due()
    (item,) = report.items
    assert (item["visits"], item["visits_overdue"], len(item["others"])) == (3, 2, 2)  # type: ignore[arg-type]
    assert {key: report.summary[key] for key in ("due", "customers", "overdue")} == {
        "due": 3, "customers": 1, "overdue": 2,
    }  # fmt: skip


def test_what_earlier_years_left_open_is_one_visit_and_makes_the_slot_of_this_year_too(office: Office) -> None:
    """Decision 0018: the first visit of the year settles both."""
    plan(office, *(later(n, 2025, date(2025, n, 1), date(2025, n, 20), date(2025, n, 2)) for n in (1, 2, 3)))
    assert (office.due().summary["due"], office.due().summary["overdue"]) == (1, 1)
    plan(office, planned(1, *SLOTS[2]))
    assert (office.due().summary["due"], office.due().summary["overdue"]) == (1, 1)
    plan(office, planned(1, *SLOTS[1]), planned(2, *SLOTS[2]))
    assert (office.due().summary["due"], office.due().summary["overdue"]) == (2, 1)


def test_one_visit_is_owed_where_what_was_agreed_is_planned_too(office: Office) -> None:
    plan(office, planned(1, *SLOTS[2]))
    office.visits = [visit("V0", "2026-02-20", 下次走访日期="2026-03-10")]
    report = office.due()
    assert (rows(report), report.summary["due"]) == ([("例行", "上海", "2026-03-10", True)], 1)


def test_the_planned_visits_of_the_coming_days_are_shown_before_their_slots_begin(office: Office) -> None:
    """On 20 March the visit of 1 April stands in the list of the coming month, as a line of its own."""
    plan(office, *(planned(n, *slot) for n, slot in enumerate(SLOTS[2:], start=1)))
    assert shown(office, 11) == (["2026-03-31"], 2)
    assert shown(office, 12) == (["2026-03-31", "2026-04-30"], 1)
    assert shown(office, None, "K1") == (["2026-03-31", "2026-04-30", "2026-05-31"], 0)
    assert [item["overdue"] for item in office.due("2026-03-20T09:00", "K1").items] == [False, False, False]


@pytest.mark.parametrize(
    ("agreed", "expected"),
    [
        pytest.param("2026-04-08", [("例行", "2026-04-08")], id="in the coming slot"),
        pytest.param("2026-03-25", [("回访", "2026-03-25"), ("例行", "2026-04-30")], id="before it"),
    ],
)
def test_what_was_agreed_serves_the_coming_slot_only_on_its_days(
    office: Office, agreed: str, expected: list[tuple[str, str]]
) -> None:
    plan(office, planned(1, *SLOTS[3]))
    office.visits = [visit("V0", "2026-03-02", 下次走访日期=agreed)]
    assert [(kind, due) for kind, _place, due, _overdue in rows(office.due())] == expected


@pytest.mark.parametrize(
    ("issued", "by"),
    [
        pytest.param("2026-03-02 17:59", "2026-03-04", id="before the end of the working day"),
        pytest.param("2026-03-02 18:01", "2026-03-04", id="after it"),
        pytest.param("2026-03-02 24:00", "2026-03-05", id="at midnight, which is Tuesday's"),
        pytest.param("2026-03-07 10:00", "2026-03-10", id="on a Saturday"),
        pytest.param("2026-02-28 10:00", "2026-03-03", id="on a Saturday that is worked"),
        pytest.param("2026-02-17 10:00", "2026-02-25", id="in the spring festival"),
    ],
)
def test_two_working_days_are_counted_from_the_day_of_the_issue_by_the_calendar(
    office: Office, issued: str, by: str
) -> None:
    """D2: the day of issue is not counted, nor is its hour; rest days are passed over."""
    office.warnings = [warning(发布时间=issued)]
    assert rows(office.due(f"{by}T23:59"))[0][2:] == (by, False)


def test_a_raised_level_is_a_new_warning_where_it_is_issued_anew(office: Office) -> None:
    """Issued again, R24 asks for a visit again; a row whose level is changed in place wants another leader only."""
    office.visits = [visit("V1", "2026-03-03")]
    office.warnings = [warning(预警级别="红")]
    (item,) = office.due().items
    assert (str(item["due_by"]), item["leader_rank"]) == ("2026-04-03", "省公司领导")
    office.warnings = [warning(), warning("W2", 预警级别="红", 发布时间="2026-03-18 10:00")]
    (item,) = office.due().items
    assert (str(item["due_by"]), item["leader_rank"], item["asked_by"]) == ("2026-03-20", "省公司领导", ("W2", "W1"))


@pytest.mark.parametrize(
    ("cells", "owed"),
    [
        pytest.param({"解除时间": "2026-03-20 08:59"}, 0, id="lifted a minute ago"),
        pytest.param({"解除时间": "2026-03-20 09:01"}, 1, id="to be lifted in a minute"),
        pytest.param({"有效期至": "2026-03-20"}, 1, id="valid until the end of today"),
        pytest.param({"有效期至": "2026-03-19"}, 0, id="valid until yesterday"),
    ],
)
def test_a_warning_asks_until_the_moment_it_ends(office: Office, cells: dict[str, str], owed: int) -> None:
    office.warnings = [warning(**cells)]
    assert len(office.due().items) == owed


def test_a_crisis_without_a_responsible_place_is_the_headquarters(office: Office) -> None:
    office.crises = [crisis()]
    assert [item["place"] for item in office.due().items] == ["上海"]


@pytest.mark.parametrize(
    ("responsible", "measure", "joins"),
    [
        pytest.param("深圳", "广州分公司配合走访", ["广东广州"], id="another city of the responsible province"),
        pytest.param("广东", "深圳分公司配合走访", ["广东深圳"], id="one city of it"),
        pytest.param("深圳", "广东配合走访", [], id="the province of the responsible city"),
        pytest.param("深圳", "深圳上门走访", [], id="the responsible place itself"),
    ],
)
def test_a_branch_joins_unless_a_visit_there_is_owed_already(
    office: Office, responsible: str, measure: str, joins: list[str]
) -> None:
    """R23."""
    office.engineers.append({"姓名": "示例戊", "省份": "广东", "城市": "广州"})
    office.crises = [crisis(责任省市=responsible, 干预措施=measure)]
    assert [item["place"] for item in office.due().items if not item["on_site"]] == joins


def test_a_branch_that_nobody_can_place_is_said(office: Office) -> None:
    """R23: 深圳 is a city of the engineers', 拉萨 nobody's."""
    office.crises = [crisis(干预措施="请深圳、拉萨分公司配合走访")]
    (problem,) = (p for p in office.due().problems if p.field == "measures")
    assert problem.message.to("en") == "nobody can tell which branch “拉萨分公司配合走访” calls in (R23)"
    assert str(problem.place) == "crises.csv › line 2 (干预措施)"


@pytest.mark.parametrize("measure", ["上门走访", "江苏、浙江配合走访", "上门致歉；制定整改方案"])
def test_a_measure_that_is_clear_needs_no_word(office: Office, measure: str) -> None:
    office.crises = [crisis(干预措施=measure)]
    assert [p for p in office.due().problems if p.field == "measures"] == []


UNSAID = [
    pytest.param({"走访地": ""}, None, id="nobody says where"),
    pytest.param({"走访方式": ""}, None, id="nobody says how"),
    pytest.param({"走访地": "", "走访方式": ""}, None, id="neither"),
    pytest.param({"走访地": "", "走访方式": "电话"}, True, id="a call, wherever"),
    pytest.param({"走访地": "广东", "走访方式": ""}, True, id="elsewhere, however"),
]


@pytest.mark.parametrize(("cells", "overdue"), UNSAID)
def test_nobody_is_called_late_where_the_visit_may_be_one_that_does_not_say_where_or_how(
    office: Office, cells: dict[str, str], overdue: bool | None
) -> None:
    """R22, R24, D3: an empty cell is unknown. A second row fills the columns."""
    office.warnings, office.visits = (
        [warning()],
        [visit("V1", "2026-03-03", **cells), visit("V2", "2026-03-03", 客户编码="K2")],
    )
    (item,) = office.due().items
    assert item["overdue"] is overdue
    assert ("there may have been one: visit V1 has no 走访" in item["because"].to("en")) is (overdue is None)  # type: ignore[attr-defined]


def test_a_held_visit_before_the_last_one_leaves_nothing_open(office: Office) -> None:
    """D7: the next is due 31 days after the last that was read, whatever was before it."""
    office.warnings = [warning()]
    office.visits = [visit("V1", "2026-03-03", 走访方式="飞"), visit("V2", "2026-03-10")]
    assert rows(office.due("2026-04-20T09:00")) == [("危机", "上海", "2026-04-10", True)]
    office.visits[0]["走访日期"] = "2026-03-11"
    assert rows(office.due("2026-04-20T09:00")) == [("危机", "上海", "2026-04-10", None)]


@pytest.mark.parametrize(
    ("table", "heading", "follows"),
    [
        pytest.param("warnings", "责任省市", "only the headquarters are asked", id="where a warning comes from"),
        pytest.param("visits", "下次走访日期", "nobody knows what was agreed on", id="what was agreed"),
        pytest.param("visits", "走访方式", "no visit counts as one on site", id="how visits were made"),
    ],
)
def test_a_column_that_is_not_there_is_said_once_for_its_file(
    office: Office, table: str, heading: str, follows: str
) -> None:
    said = {"责任省市": "上海", "已采取措施": ""}
    office.warnings = [warning(**said), warning("W2", **said)]
    office.visits = [visit("V1", "2026-03-03", 下次走访日期=""), visit("V2", "2026-03-04", 下次走访日期="")]
    assert office.due().problems == ()
    for row in getattr(office, table):
        del row[heading]
    (problem,) = office.due().problems
    assert problem.message.to("en").startswith(f"there is no column {heading}: {follows}")
    assert str(problem.place) == f"{table}.csv"


def unmatched(office: Office, table: str) -> Report:
    """What is owed where the pattern of a table finds no file."""
    desk = office.desk()
    workspace = replace(desk.workspace, inputs={**desk.workspace.inputs, table: (f"{table}/*.csv",)})
    return due(replace(desk, workspace=workspace), Wishes())


@pytest.mark.parametrize("table", ["warnings", "crises"])
def test_a_pattern_of_warnings_that_finds_no_file_is_a_fault(office: Office, table: str) -> None:
    """Nobody shall think that nothing is owed."""
    report = unmatched(office, table)
    assert (report.exit, [p.held for p in report.problems]) == (Exit.PARTLY, [(table,)])


def test_where_no_file_of_visits_is_found_what_is_owed_stands_and_nobody_is_called_late(office: Office) -> None:
    office.warnings = [warning()]
    report = unmatched(office, "visits")
    assert (rows(report), report.exit) == ([("危机", "上海", "2026-03-04", None)], Exit.RULE)


def test_where_the_ledger_has_the_visits_an_empty_folder_of_them_leaves_nothing_open(office: Office) -> None:
    office.visits = [visit("V1", "2026-03-01")]
    record(office.desk(), Recording())
    office.warnings, office.visits = [warning()], []
    assert rows(unmatched(office, "visits")) == [("危机", "上海", "2026-03-04", True)]


def test_planned_visits_to_a_customer_no_row_has_are_said(office: Office) -> None:
    """Decision 0018: they are not listed."""
    plan(office, planned(1, *SLOTS[2]))
    office.customers.pop(0)
    report = office.due()
    assert (rows(report), [p.severity for p in report.problems]) == ([], ["caution"])
    assert report.problems[0].message.to("en").endswith("the customers have no code K1")


@pytest.mark.parametrize(
    ("mine", "where"),
    [
        pytest.param(customer("K1", ""), "上海", id="its name is empty"),
        pytest.param(customer("K1", "甲公司", 总部所在地=""), "?", id="its headquarters are empty"),
    ],
)
def test_what_a_warning_asks_for_stands_though_the_customer_s_row_is_held(
    office: Office, mine: dict[str, str], where: str
) -> None:
    office.customers[0] = mine
    office.warnings = [warning(责任省市="")]
    report = office.due()
    assert rows(report) == [("危机", where, "2026-03-04", True)]
    assert {p.severity for p in report.problems} == {"error", "caution"}
    assert report.exit is Exit.PARTLY


def test_planned_visits_stand_where_the_customer_s_row_is_held_or_may_be_lost(office: Office) -> None:
    """Another row of the file cannot be read, so nobody knows whether K1 has left or its row was lost."""
    plan(office, planned(1, *SLOTS[2]))
    office.customers = [customer("K8", ""), customer("K9", "九公司")]
    report = office.due("2026-03-20T09:00", "K1")
    assert [(item["customer_code"], str(item["planned_on"])) for item in report.items] == [("K1", "2026-03-01")]
    assert report.exit is Exit.PARTLY


def test_a_visit_the_plan_has_no_day_for_is_owed_all_the_same(office: Office) -> None:
    """R19: said as of the slot's first day, overdue when it ends, made by a visit in it."""
    why = Say("no day left")
    left = OpenVisit(2026, "K1", 1, 2, "上海", None, *SLOTS[2], why)
    plan(office, left=(left,))
    (item,) = office.due().items
    said = (item["due_by"], item["planned_on"], item["overdue"], item["engineer"])
    assert said == (SLOTS[2][1], None, False, "示例甲")
    assert "no day left" in item["because"].to("en")  # type: ignore[attr-defined]
    assert rows(office.due("2026-04-01T09:00")) == [("例行", "上海", "2026-03-31", True)]
    office.visits = [visit("V1", "2026-03-18")]
    assert rows(office.due()) == []


def test_each_slot_without_a_day_is_a_visit_of_its_own(office: Office) -> None:
    """In one line with the others that are open."""
    why = Say("no day left")
    left = tuple(OpenVisit(2026, "K1", n, 3, "上海", None, *slot, why) for n, slot in enumerate(SLOTS[:3], start=1))
    plan(office, left=left)
    (item,) = office.due().items
    assert (item["visits"], item["visits_overdue"]) == (3, 2)


def test_a_crisis_and_the_plan_call_one_engineer_the_same(office: Office) -> None:
    """The plan before has the name; since then a namesake has come in another city."""
    office.engineers = [
        {"姓名": "示例甲", "省份": "上海", "城市": ""},
        {"姓名": "示例甲", "省份": "广东", "城市": "深圳"},
    ]
    office.crises = [crisis(客户编码="K2")]
    plan(office, planned(1, date(2026, 1, 1), date(2026, 6, 30)))
    who = [(item["customer_code"], item["engineer"]) for item in office.due().items]
    assert sorted(who) == [("K1", "示例甲（上海）"), ("K2", "示例甲（上海）")]
