"""What workbook, page and calendars of a plan say: everybody's visits, who has none and why, and what was not read."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import icalendar
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_cli.jobs.report import Report
from aftersales_cli.jobs.visit_plan_documents import uid_of
from aftersales_cli.words import use
from tests.jobs.planned import Planning, client, days, engineer, entries, outcome
from tests.jobs.world import World

NEW_YEAR, LATER = "2026-01-01", "2026-01-02"
STANDS = "stands as before: row could not be read"
HELD = client("K1", "集团级") | {"总部所在地": ""}


@pytest.fixture
def desk(world: World) -> Planning:
    """One customer of group level and one of a province, both visited by 示例甲."""
    return Planning(world, [client("K1", "集团级"), client("K2")])


def content(report: Report, suffix: str) -> bytes:
    """The one file of a kind."""
    (path,) = [path for path in report.files if path.suffix == suffix]
    return path.read_bytes()


def sheets(report: Report) -> Mapping[str, list[list[Any]]]:
    """The rows of each sheet, by its name."""
    book = openpyxl.load_workbook(io.BytesIO(content(report, ".xlsx")))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def row(report: Report, sheet: str, code: str) -> dict[str, Any]:
    """The one row of a customer by its headings."""
    rows = sheets(report)[sheet]
    headings = next(each for each in rows if "Code" in each)
    (found,) = [each for each in rows if code in each]
    return dict(zip(headings, found, strict=True))


def appointments(report: Report) -> dict[str, Any]:
    """The entries of all calendars by their id."""
    events = (event for path in report.files if path.suffix == ".ics"
              for event in icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT"))  # fmt: skip
    return {str(event["uid"]): event for event in events}


NAMESAKES = (
    engineer("示例甲", "1", 联系邮箱="a@c.example"), engineer("示例甲", "3", 联系邮箱="b@c.example"),
)  # fmt: skip


def test_every_visit_of_namesakes_is_in_a_calendar(desk: Planning) -> None:
    desk.engineers = NAMESAKES
    desk.customers = [client("K1", "集团级") | {"首席客户工程师邮箱": "b@c.example"}, client("K2", chief=None)]
    report = desk.plan(NEW_YEAR)
    assert len(entries(report)) == 8
    assert sorted(day for _, day, _, _ in entries(report)) == sorted(days(report, "K1") + days(report, "K2"))
    people = {visit.customer.code: visit.by.person.label for visit in outcome(report).plan.visits}
    assert people == {"K1": "示例甲（上海 b）", "K2": "示例甲（上海 a）"}


def test_the_second_of_two_chiefs_of_one_name_is_said_with_the_cell(desk: Planning) -> None:
    """D10: nothing tells which of them is meant."""
    desk.engineers = NAMESAKES
    (problem,) = [problem for problem in desk.plan(NEW_YEAR).problems if problem.field == "chief_engineer"]
    assert str(problem.message) == (
        "nothing tells which engineer of this name is meant by K1, K2: 示例甲（上海 a） goes, and not 示例甲（上海 b）"
    )
    assert problem.place is not None
    assert problem.place.heading == "首席客户工程师"


def test_a_customer_whose_row_could_not_be_read_is_in_every_document(desk: Planning) -> None:
    first = desk.plan(NEW_YEAR)
    before = days(first, "K1")
    desk.customers = [HELD, client("K2"), client("K4")]
    report = desk.plan(LATER)
    found = sheets(report)
    for name in ("Plan", "By engineer", "Filing copy", "Year calendar"):
        rows = [[str(cell) for cell in each if cell] for each in found[name]]
        assert any("6 visits of 1 customer stand as planned before" in cell for each in rows for cell in each), name
        assert all(any(STANDS in cell for cell in each) for each in rows if "K1" in each), name
    planned = [each for each in found["Plan"] if "K1" in each]
    assert [f"{each[1]:%Y-%m-%d}" for each in planned] == before
    assert (row(report, "Filing copy", "K1")["Visits a year"], row(report, "Year calendar", "K1")["Visits"]) == (6, 6)
    page = content(report, ".html").decode()
    assert "as before: row not read" in page
    assert "6 visits of 1 customer stand as planned before" in page
    known = appointments(report)
    theirs = [known[f"visit-2026-K1-{n}-6@aftersales"] for n in range(1, 7)]
    assert [f"{event.decoded('dtstart')}" for event in theirs] == before
    assert {(int(event["sequence"]), str(event["status"])) for event in theirs} == {(0, "CONFIRMED")}
    assert all("Stands as before: the customer's row could not be read" in event["description"] for event in theirs)
    assert "Stands as before" not in known["visit-2026-K4-1-2@aftersales"]["description"]


def test_what_a_held_row_still_tells_is_in_the_documents(desk: Planning) -> None:
    desk.plan(NEW_YEAR)
    desk.customers = [HELD, client("K4")]
    filed = row(desk.plan(LATER), "Filing copy", "K1")
    assert (filed["Customer"], filed["Level"], filed["Place"]) == ("K1公司", "Group level", "Shanghai")


def test_what_was_left_open_for_a_held_customer_stays_in_the_filing_copy(desk: Planning) -> None:
    desk.customers = [client("K1", "集团级", chief=None, 总部所在地="乙港"), client("K2")]
    desk.plan(NEW_YEAR)
    desk.customers = [client("K1", "集团级", chief=None, 总部所在地=""), client("K2"), client("K4")]
    filed = row(desk.plan(LATER), "Filing copy", "K1")
    assert filed["Days"] == f"{STANDS}\n– (there is no engineer at 乙港)"


def test_a_part_shows_only_its_own_of_what_stands(desk: Planning) -> None:
    desk.plan(NEW_YEAR)
    desk.customers = [HELD, client("K2"), client("K4")]
    report = desk.plan(LATER, customers=("K4",))
    assert not any("K1" in each for rows in sheets(report).values() for each in rows)


def test_a_customer_without_a_day_is_in_the_filing_copy_with_the_reason(desk: Planning) -> None:
    """R20, R21: the list, how often, what about."""
    desk.customers = [client("K1", "集团级", chief=None, 总部所在地="乙港"), client("K2")]
    report = desk.plan(NEW_YEAR)
    filed = row(report, "Filing copy", "K1")
    assert (filed["Visits a year"], filed["Days"], filed["Engineer"]) == (6, "– (there is no engineer at 乙港)", "–")
    notes = [str(each[0]) for each in sheets(report)["Filing copy"]]
    assert any(note.startswith("Content (Group level): ") for note in notes)
    assert "· 1 customer, 0 visits, 0 engineers ·" in notes[1]
    year = row(report, "Year calendar", "K1")
    assert [year[str(n)] for n in (1, 2, 3)] == ["–", None, "–"]
    assert (year["Visits"], year["Remark"]) == (0, "– (there is no engineer at 乙港)")


def test_of_a_customer_with_some_days_the_filing_copy_has_the_slots_of_the_others(desk: Planning) -> None:
    desk.assurances = [{"客户编码": "K1", "重保级别": "二级", "开始时间": "2026-03-01", "结束时间": "2026-05-01"}]
    lines = row(desk.plan(NEW_YEAR), "Filing copy", "K1")["Days"].split("\n")
    assert len(lines) == 3
    assert lines[-1].startswith("– (03-01 … 04-30: no working day of its slot is free: ")


def test_a_year_without_open_visits_has_no_remarks(desk: Planning) -> None:
    assert "Remark" not in next(each for each in sheets(desk.plan(NEW_YEAR))["Year calendar"] if "Code" in each)


def test_a_slot_that_was_over_is_in_the_filing_copy(desk: Planning) -> None:
    desk.visits = [{"走访编号": "Z1", "客户编码": "K1", "走访类型": "例行", "走访日期": "2026-01-20", "走访地": "上海"}]
    lines = row(desk.plan("2026-05-01"), "Filing copy", "K1")["Days"].split("\n")
    assert lines[-2:] == ["made before this plan: 01-20", "– (03-01 … 04-30: over before this plan)"]


def test_an_engineer_ticks_off_each_day_on_paper(desk: Planning) -> None:
    report = desk.plan(NEW_YEAR)
    ticked = row(report, "By engineer", "K2")["Days (tick when done)"]
    assert ticked == ", ".join(f"\u25a1{day[5:]}" for day in days(report, "K2")).replace("-", "\u2011")
    assert "\u25a1" not in row(report, "Filing copy", "K1")["Days"]


def test_codes_that_are_written_alike_in_files_have_entries_of_their_own(desk: Planning) -> None:
    desk.customers = [client("A/1"), client("A_1")]
    found = [uid for uid, _, _, _ in entries(desk.plan(NEW_YEAR))]
    assert len(set(found)) == 4
    assert {"visit-2026-A_1-1-2@aftersales", "visit-2026-A_1-2-2@aftersales"} < set(found)


@given(st.text(min_size=1, max_size=8), st.text(min_size=1, max_size=8))
def test_two_codes_never_share_an_entry(one: str, other: str) -> None:
    assert (uid_of(2026, one, 1, 2) == uid_of(2026, other, 1, 2)) == (one == other)


def test_an_engineer_whose_row_could_not_be_read_is_not_said_to_be_missing(desk: Planning) -> None:
    desk.engineers = [engineer("示例甲", "2.5"), engineer("示例乙")]
    report = desk.plan(NEW_YEAR)
    said = [str(problem.message) for problem in report.problems]
    assert "no row of 示例甲 in the table of engineers could be read; 5 visits a week are assumed" in said
    assert not any("is not in the table" in message for message in said)
    assert any("示例甲 (their row could not be read) · " in str(each[0]) for each in sheets(report)["By engineer"])
    page = content(report, ".html").decode()
    assert ("their row could not be read" in page, "not in the table of engineers" in page) == (True, False)


def test_somebody_without_a_row_is_said_to_be_missing(desk: Planning) -> None:
    desk.engineers = [engineer("示例乙")]
    report = desk.plan(NEW_YEAR)
    said = [str(problem.message) for problem in report.problems]
    assert said == ["示例甲 is not in the table of engineers; 5 visits a week are assumed"]
    assert "not in the table of engineers" in content(report, ".html").decode()


def test_a_whole_number_with_a_point_is_read_as_other_programs_write_it(desk: Planning) -> None:
    desk.engineers = [engineer("示例甲", "2.0"), engineer("示例乙")]
    report = desk.plan(NEW_YEAR)
    assert {person.capacity for person in outcome(report).plan.loads} == {2}


def test_the_documents_are_chinese_where_the_talk_is(desk: Planning) -> None:
    use("zh")
    try:
        desk.customers = [client("K1", "集团级", chief=None, 总部所在地="乙港"), client("K2")]
        desk.plan(NEW_YEAR)
        desk.customers = [*desk.customers[:1], client("K2") | {"总部所在地": ""}, client("K4")]
        found = sheets(desk.plan(LATER))
    finally:
        use("en")
    assert any(str(cell).startswith("–（") for each in found["集团备案"] for cell in each)
    assert any("照旧：客户表中的行未能读出" in str(cell) for each in found["走访计划"] for cell in each)
    assert any("□" in str(cell) for each in found["按工程师"] for cell in each)
