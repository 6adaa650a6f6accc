"""`visit due`: what is owed, by when, because of which clause and cell (R19–R25, R42, D2, D7)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.confined import Confined
from aftersales_cli.files.writing import RunFolder
from aftersales_cli.jobs.visit_due import Wishes, due
from aftersales_cli.jobs.visit_record import Wishes as Recording
from aftersales_cli.jobs.visit_record import record, run_row
from aftersales_cli.records.events import Kept, PlannedVisit
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
    assert [i["theirs"] for i in office.due().items] == [None, None]


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


def plan(office: Office, *planned: PlannedVisit) -> None:
    """Put a plan into the ledger, as `visit plan` does."""
    desk = office.desk()
    with desk.ledger(write=True) as ledger, RunFolder(office.root / "out", "plan") as folder:
        folder.write("plan.txt", b"-")
        ledger.issue(folder, run_row(desk, "visit plan"), (), Kept(planned=planned))


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
    office.crises = [crisis(客户要求级别="老总", 责任省市="拉萨")]
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
