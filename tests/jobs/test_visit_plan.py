"""`visit plan` from files to folder: what is written, remembered, marked provisional, and left as it stands."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

import icalendar
import openpyxl
import pytest

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.jobs.desk import Given
from aftersales_cli.jobs.report import Report
from aftersales_cli.jobs.visit_plan import Wishes, plan
from aftersales_cli.jobs.visit_plan_report import Outcome
from aftersales_cli.ledger import open_ledger
from aftersales_cli.records.events import PlannedVisit
from aftersales_cli.words import use
from tests.jobs.world import World, customer, cut, json, text

JANUARY, DECEMBER = "2026-01-04T09:00", "2026-12-20T09:00"
CUSTOMERS = [
    customer("K1", "甲公司", 客户级别="集团级", 首席客户工程师="示例甲"),
    customer("K2", "乙公司", 客户级别="省级", 首席客户工程师="示例甲"),
    customer("K3", "丙公司", 客户级别="地市级"),
]
ENGINEERS = [
    {"姓名": "示例甲", "省份": "上海", "每周走访数": "5", "联系邮箱": "a@carrier.example"},
    {"姓名": "示例乙", "省份": "上海"},
]
NEW_YEAR = """\
year: 2027
holidays: [2027-01-01, {days}2027-05-01, 2027-10-01]
"""


@pytest.fixture
def desk(world: World) -> World:
    """Three customers, two engineers, no cutovers of the world's own."""
    world.customers, world.cutovers, world.departments = CUSTOMERS, [], None
    world.gone = {"cutovers", "circuits"}
    world.patterns = {"engineers": ("engineers.csv",), "cutovers": (), "circuits": ()}
    (world.root / "engineers.csv").write_text(text(ENGINEERS), "utf-8")
    return world


def run(world: World, year: int = 2026, as_of: str = JANUARY, given: Given | None = None, **wishes: Any) -> Report:
    """Write the tables and plan."""
    world.write()
    return plan(world.desk(as_of, given), Wishes(year, **wishes))


def days(report: Report, code: str) -> list[str]:
    """The days one customer is visited, as scripts get them."""
    return [item["date"] for item in json(report)["items"] if item["customer_code"] == code]


def remembered(world: World, year: int) -> tuple[PlannedVisit, ...]:
    """The plan in the ledger."""
    with open_ledger("sqlite:///ledger.sqlite3", root=world.root, create=False, read_only=True) as ledger:
        return ledger.planned_visits(year)


def folders(world: World) -> list[str]:
    """The run folders."""
    out = world.root / "out"
    return sorted(path.name for path in out.iterdir()) if out.exists() else []


def written(report: Report, suffix: str) -> bytes:
    """The one file of a kind."""
    (path,) = [path for path in report.files if path.suffix == suffix]
    return path.read_bytes()


def sheets(report: Report) -> Mapping[str, list[list[Any]]]:
    """The workbook's sheets by name, as rows."""
    book = openpyxl.load_workbook(io.BytesIO(written(report, ".xlsx")))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def test_every_customer_gets_its_visits_and_the_items_are_the_contracts(desk: World) -> None:
    report = run(desk)
    assert report.exit is Exit.DONE
    assert [len(days(report, code)) for code in ("K1", "K2", "K3")] == [6, 2, 1]
    item = next(item for item in json(report)["items"] if item["customer_code"] == "K1")
    wanted = {"customer_code", "date", "kind", "place", "engineer", "content", "slot", "file_with_group"}
    assert wanted <= set(item)
    assert (item["kind"], item["place"], item["engineer"], item["file_with_group"]) == ("例行", "上海", "示例甲", True)
    assert item["slot"] == {"from": "2026-01-01", "to": "2026-02-28"}
    assert "核对客户资料" in item["content"]


def test_the_summary_has_each_engineers_busiest_week(desk: World) -> None:
    peaks = json(run(desk))["summary"]["peaks"]
    assert [(each["engineer"], each["peak"]) for each in peaks] == [("示例乙", 1), ("示例甲", 1)]
    assert sum(sum(each["weeks"].values()) for each in peaks) == 9
    year, week = peaks[1]["week"].split("-W")
    assert peaks[1]["weeks"][f"{year}-W{week}"] == 1


def test_a_customer_without_an_engineer_is_given_one_and_it_is_said(desk: World) -> None:
    report = run(desk)
    assert {i["engineer"] for i in json(report)["items"] if i["customer_code"] == "K3"} == {"示例乙"}
    assert "1 customer has no engineer of its own; the place's least loaded goes" in map(str, report.notes)


def test_the_plan_is_remembered_and_the_same_plan_is_not_written_twice(desk: World) -> None:
    first, second = run(desk), run(desk, as_of="2026-01-04T10:00")
    assert [visit.day.isoformat() for visit in remembered(desk, 2026)] == [i["date"] for i in json(first)["items"]]
    assert folders(desk) == ["2026-01-04T0900-visit-plan-2026"]
    assert (second.files, json(second)["items"]) == ([], json(first)["items"])


def test_a_dry_run_touches_nothing(desk: World) -> None:
    report = run(desk, dry_run=True)
    assert len(json(report)["items"]) == 9
    assert (folders(desk), (desk.root / "ledger.sqlite3").exists()) == ([], False)


def test_a_part_is_written_and_not_remembered(desk: World) -> None:
    report = run(desk, customers=("k2",))
    assert {i["customer_code"] for i in json(report)["items"]} == {"K2"}
    assert remembered(desk, 2026) == ()
    assert [path.suffix for path in report.files] == [".xlsx", ".html", ".ics"]
    assert days(report, "K2") == days(run(desk), "K2")


def test_only_one_engineers_visits(desk: World) -> None:
    report = run(desk, engineers=("示例乙",))
    assert {i["customer_code"] for i in json(report)["items"]} == {"K3"}


@pytest.mark.parametrize(
    "wish", [pytest.param({"customers": ("K9",)}, id="customer"), pytest.param({"engineers": ("张某",)}, id="engineer")]
)
def test_nobody_of_that_name_is_wrong_usage(desk: World, wish: dict[str, Any]) -> None:
    with pytest.raises(Stop, match="the plan knows nobody") as stop:
        run(desk, **wish)
    assert stop.value.code is Exit.USAGE


def test_a_year_that_is_over_is_not_planned(desk: World) -> None:
    with pytest.raises(Stop, match="the year 2025 is over"):
        run(desk, 2025)


def test_an_unpublished_year_is_provisional_in_every_document(desk: World) -> None:
    use("zh")
    try:
        report = run(desk, 2027, DECEMBER)
        found = sheets(report)
    finally:
        use("en")
    assert report.exit is Exit.RULE
    assert report.summary["provisional"] is True
    assert set(found) == {"走访计划", "按工程师", "集团备案", "全年日历"}
    assert all(any("暂定稿" in str(cell) for row in rows for cell in row) for rows in found.values())
    assert '<tr class="mark"><th colspan="2">暂定稿 · 2027年'.encode() in written(report, ".html")  # on every page
    calendars = [icalendar.Calendar.from_ical(p.read_bytes()) for p in report.files if p.suffix == ".ics"]
    events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    assert len(events) == 9
    assert {str(event["status"]) for event in events} == {"TENTATIVE"}
    assert all("暂定" in str(event["summary"]) for event in events)


def publish(world: World, *rests: date) -> None:
    """Import the calendar of 2027 with these holidays more."""
    folder = world.root / "calendar"
    folder.mkdir(exist_ok=True)
    days = "".join(f"{day}, " for day in rests)
    (folder / "2027.yaml").write_text(NEW_YEAR.format(days=days), "utf-8")
    world.settings["calendar"] = ("calendar/*",)


def test_when_the_calendar_comes_only_visits_that_must_move_do(desk: World) -> None:
    first = run(desk, 2027, DECEMBER)
    gone = days(first, "K1")[2]
    publish(desk, date.fromisoformat(gone))
    second = run(desk, 2027, "2026-12-21T09:00")
    assert second.exit is Exit.DONE
    moved = [i for i in json(second)["items"] if i["moved_from"]]
    assert [(i["customer_code"], i["moved_from"]) for i in moved] == [("K1", gone)]
    assert abs((date.fromisoformat(moved[0]["date"]) - date.fromisoformat(gone)).days) <= 7
    stayed = [(i["customer_code"], i["date"]) for i in json(second)["items"] if not i["moved_from"]]
    assert set(stayed) < {(i["customer_code"], i["date"]) for i in json(first)["items"]}
    outcome = second.view
    assert isinstance(outcome, Outcome)
    assert [visit.sequence for visit in outcome.moved] == [1]
    assert {visit.provisional for visit in remembered(desk, 2027)} == {False}


def test_when_the_calendar_changes_nothing_the_documents_are_written_without_the_mark(desk: World) -> None:
    first = run(desk, 2027, DECEMBER)
    publish(desk)
    second = run(desk, 2027, "2026-12-21T09:00")
    assert [i["date"] for i in json(second)["items"]] == [i["date"] for i in json(first)["items"]]
    assert b"rovisional:" not in written(second, ".html")
    assert len(folders(desk)) == 2


def test_no_visit_during_an_assurance_or_after_a_night_of_works_on_a_circuit_of_the_customer(desk: World) -> None:
    first = run(desk, dry_run=True)
    day = days(first, "K2")[0]
    desk.patterns, desk.gone = {"engineers": ("engineers.csv",)}, set()
    desk.assurances = [{"客户编码": "k1", "重保级别": "二级", "开始时间": "2026-01-05", "结束时间": "2026-02-20"}]
    desk.cutovers = [
        cut("X2", 割接时间=f"{day.replace('-', '')} 00:00:00/{day.replace('-', '')} 06:00:00", 割接省="上海")
    ]
    second = run(desk)
    assert day not in days(second, "K2")
    assert days(second, "K1")[0] > "2026-02-20"


def test_the_workbook_has_each_visit_by_day_by_engineer_and_for_the_group(desk: World) -> None:
    use("zh")
    try:
        found = sheets(run(desk))
    finally:
        use("en")
    planned = [row for row in found["走访计划"] if isinstance(row[0], int)]
    assert [row[1].date().isoformat() for row in planned] == sorted(row[1].date().isoformat() for row in planned)
    assert len(planned) == 9
    theirs = {row[0]: (row[4], str(row[5]).count("日")) for row in found["按工程师"] if row[0] in {"K1", "K2", "K3"}}
    assert theirs == {"K1": (6, 6), "K2": (2, 2), "K3": (1, 1)}
    filed = [row for row in found["集团备案"] if isinstance(row[0], int)]
    assert [(row[1], row[7], str(row[8]).count("日")) for row in filed] == [("K1", 6, 6)]
    assert any("走访内容（集团级）：核对客户资料" in str(row[0]) for row in found["集团备案"])
    calendar = {row[0]: row[-1] for row in found["全年日历"] if row[0] in {"K1", "K2", "K3"}}
    assert calendar == {"K1": 6, "K2": 2, "K3": 1}


def test_a_calendar_has_whole_days_under_ids_that_stay(desk: World) -> None:
    report = run(desk)
    path = next(path for path in report.files if path.name.endswith("示例甲.ics"))
    events = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert [event.decoded("dtstart").isoformat() for event in events] == sorted(days(report, "K1") + days(report, "K2"))
    assert len({str(event["uid"]) for event in events}) == 8
    assert {str(event["status"]) for event in events} == {"CONFIRMED"}


def test_the_year_view_fetches_nothing(desk: World) -> None:
    page = written(run(desk), ".html").decode()
    assert "http" not in page.replace("http-equiv", "")
    assert page.count("<circle cx=") >= 9
    assert "甲公司" in page


def test_an_english_plan_says_levels_and_provinces_in_english_and_counts_as_english_does(desk: World) -> None:
    """K3 has one visit; of one nobody says 1 visits."""
    report = run(desk)
    page, book = written(report, ".html").decode(), sheets(report)
    assert "Group level · 上海" not in page
    assert "Group level · Shanghai" in page
    assert "1 visit · 1 customer ·" in page
    assert any("3 customers, 9 visits, 2 engineers" in str(row[0]) for row in book["Plan"])
    assert {row[5] for row in book["Plan"] if isinstance(row[0], int)} == {
        "Group level", "Provincial level", "City level"
    }  # fmt: skip
    sections = [str(row[0]) for row in book["By engineer"] if "busiest" in str(row[0])]
    assert sorted(text.split(" · ")[1] for text in sections) == ["1 visit", "8 visits"]


def test_an_engineer_who_makes_no_visits_is_said_to_make_none(desk: World) -> None:
    rows = [{**ENGINEERS[0], "每周走访数": "0"}, ENGINEERS[1]]
    (desk.root / "engineers.csv").write_text(text(rows), "utf-8")
    left = json(run(desk))["summary"]["not_placed"]
    assert {one["because"] for one in left} == {"示例甲 makes no visits: 0 a week are possible"}


def test_the_same_inputs_give_the_same_bytes(desk: World) -> None:
    first = run(desk, customers=("K1", "K2", "K3"))
    second = run(desk, customers=("K1", "K2", "K3"))
    assert [path.read_bytes() for path in first.files] == [path.read_bytes() for path in second.files]
    assert first.files != second.files


def test_what_finds_no_room_is_told_and_ends_with_one(desk: World) -> None:
    desk.customers = [
        customer(f"K{n}", f"公司{n}", 客户级别="集团级", 客户服务等级="金", 首席客户工程师="示例丙") for n in range(9)
    ]
    (desk.root / "engineers.csv").write_text(text([{"姓名": "示例丙", "省份": "上海", "每周走访数": "1"}]), "utf-8")
    report = run(desk)
    assert report.exit is Exit.RULE
    left = json(report)["summary"]["not_placed"]
    assert len(left) + len(report.items) == 9 * 12
    assert all("示例丙 has" in each["because"] and each["customer_code"] for each in left)
    assert json(report)["summary"]["peaks"][0]["peak"] == 1


def test_without_engineers_the_chief_goes_all_the_same(desk: World) -> None:
    (desk.root / "engineers.csv").unlink()
    desk.patterns.pop("engineers")
    report = run(desk)
    assert {i["engineer"] for i in json(report)["items"]} == {"示例甲"}
    assert [each["because"] for each in json(report)["summary"]["not_placed"]] == ["there is no engineer at 上海"]
    assert any("示例甲 is not in the table of engineers" in str(problem.message) for problem in report.problems)


def test_a_broken_customer_is_held_and_the_others_are_planned(desk: World) -> None:
    desk.customers = [*CUSTOMERS, customer("K4", "")]
    report = run(desk)
    assert report.exit is Exit.PARTLY
    assert len(report.items) == 9


def test_without_customers_nothing_can_be_done(desk: World) -> None:
    desk.gone.add("customers")
    with pytest.raises(Stop) as stop:
        run(desk)
    assert stop.value.code is Exit.NO_INPUT


def explained(world: World, **wishes: Any) -> dict[str, Any]:
    """The decisions on K1's plan by rule, as scripts get them."""
    report = json(run(world, explain=True, customers=("K1",), **wishes))
    decisions = next(item["decisions"] for item in report["items"])
    return {decision["rule"]: decision for decision in decisions}


def test_explaining_judges_a_customers_plan_by_every_card_and_writes_nothing(desk: World) -> None:
    found = explained(desk)
    assert {rule: decision["verdict"] for rule, decision in found.items()} == dict.fromkeys(
        ("PLN-1", "PLN-2", "PLN-3", "PLN-4", "PLN-5"), "met"
    )
    assert not (desk.root / "ledger.sqlite3").exists()
    assert folders(desk) == []


def test_an_explanation_goes_down_to_the_cell_and_the_clause(desk: World) -> None:
    found = explained(desk)
    level, engineer = found["PLN-1"]["evidence"][0], found["PLN-3"]["evidence"][0]
    assert (level["value"], level["source"]["file"], level["source"]["line"]) == ("集团级", "customers.csv", 2)
    assert (engineer["value"], engineer["source"]["file"], engineer["source"]["line"]) == (5, "engineers.csv", 2)
    assert all(value["clause"]["text"] for value in found["PLN-4"]["values"])


def test_an_explanation_names_the_assurance_that_keeps_a_customer_in_peace(desk: World) -> None:
    period = {"客户编码": "K1", "重保级别": "二级", "重保开始时间": "2026-01-01", "重保结束时间": "2026-02-20"}
    (desk.root / "assurances.csv").write_text(text([period]), "utf-8")
    desk.patterns["assurances"] = ("assurances.csv",)
    (evidence,) = explained(desk)["PLN-5"]["evidence"]
    assert (evidence["field"], evidence["source"]["file"]) == ("assurance", "assurances.csv")


def test_a_customer_that_cannot_be_placed_is_explained_too(desk: World) -> None:
    period = {"客户编码": "K1", "重保级别": "二级", "重保开始时间": "2026-01-01", "重保结束时间": "2026-02-28"}
    (desk.root / "assurances.csv").write_text(text([period]), "utf-8")
    desk.patterns["assurances"] = ("assurances.csv",)
    (one,) = json(run(desk, explain=True))["summary"]["not_placed"]
    frequency = next(decision for decision in one["decisions"] if decision["rule"] == "PLN-1")
    assert (one["customer_code"], frequency["verdict"], frequency["says"]) == (
        "K1", "breached", "5 of 6 visits planned",
    )  # fmt: skip


def test_without_explaining_the_items_have_no_decisions(desk: World) -> None:
    assert all("decisions" not in item for item in json(run(desk, dry_run=True))["items"])


LATER = "2026-01-04T10:00"


def identities(world: World) -> list[tuple[object, ...]]:
    """Who visits whom on which day, as the ledger has it."""
    return [(v.customer_code, v.day, v.engineer, v.sequence, v.number, v.of) for v in remembered(world, 2026)]


def said(report: Report) -> str:
    """All problems in one text."""
    return "\n".join(str(problem.message) for problem in report.problems)


def test_a_held_customers_visits_stand_as_planned_before(desk: World) -> None:
    run(desk)
    before = identities(desk)
    desk.customers = [customer("K1", "甲公司", 客户级别="", 首席客户工程师="示例甲"), *CUSTOMERS[1:],
                      customer("K4", "丁公司", 客户级别="省级", 首席客户工程师="示例甲")]  # fmt: skip
    report = run(desk, as_of=LATER)
    assert report.exit is Exit.PARTLY
    assert [each for each in identities(desk) if each[0] != "K4"] == before
    assert [each[0] for each in identities(desk)].count("K4") == 2
    assert "6 visits of 1 customer stand as planned before, for a row could not be read: K1" in said(report)
    assert json(report)["summary"]["standing"] == 6
    assert days(report, "K1") == []


def test_after_mending_a_held_customer_keeps_its_days(desk: World) -> None:
    first = run(desk)
    whole, desk.customers = desk.customers, [customer("K1", "甲公司", 客户级别=""), *CUSTOMERS[1:]]
    assert run(desk, as_of=LATER).files == []
    desk.customers = whole
    again = run(desk, as_of="2026-01-04T11:00")
    assert json(again)["items"] == json(first)["items"]
    assert (again.files, json(again)["summary"]["changed"]) == ([], 0)


def test_standing_visits_take_up_their_engineers_weeks(desk: World) -> None:
    (desk.root / "engineers.csv").write_text(text([ENGINEERS[0] | {"每周走访数": "1"}]), "utf-8")
    run(desk)
    others = [customer(f"L{n}", f"{n}号公司", 客户级别="集团级", 首席客户工程师="示例甲") for n in range(7)]
    desk.customers = [customer("K1", "甲公司", 客户级别=""), *CUSTOMERS[1:], *others]
    run(desk, as_of=LATER)
    weeks = [v.day.isocalendar()[:2] for v in remembered(desk, 2026) if v.engineer == "示例甲"]
    assert len(weeks) > 9
    assert len(weeks) == len(set(weeks))


def test_the_visits_of_an_engineer_whose_row_is_held_stand_as_planned_before(desk: World) -> None:
    run(desk)
    before = identities(desk)
    (desk.root / "engineers.csv").write_text(text([ENGINEERS[0], ENGINEERS[1] | {"每周走访数": "多"}]), "utf-8")
    report = run(desk, as_of=LATER)
    assert identities(desk) == before
    assert {i["engineer"] for i in json(report)["items"] if i["customer_code"] == "K3"} == {"示例乙"}
    assert "1 visit of 1 customer stands as planned before" in said(report)


@pytest.mark.parametrize("pattern", [pytest.param("engineers.csv", id="path"), pytest.param("engin*.csv", id="glob")])
def test_without_the_engineers_file_the_plan_is_shown_and_not_recorded(desk: World, pattern: str) -> None:
    desk.patterns["engineers"] = (pattern,)
    first = run(desk)
    before, ledger = identities(desk), (desk.root / "ledger.sqlite3").read_bytes()
    (desk.root / "engineers.csv").unlink()
    desk.customers = [*CUSTOMERS, customer("K4", "丁公司", 客户级别="省级", 首席客户工程师="示例甲")]
    report = run(desk, as_of=LATER)
    assert report.exit is Exit.PARTLY
    assert (identities(desk), (desk.root / "ledger.sqlite3").read_bytes(), report.files) == (before, ledger, [])
    assert "not read whole: the plan is shown, and not recorded" in said(report)
    assert "the plan was not recorded, and no file was written" in map(str, report.notes)
    assert days(report, "K3") == days(first, "K3")


@pytest.mark.parametrize("broken", [pytest.param(None, id="missing"), pytest.param(b"\x00\xff\x00", id="broken")])
def test_with_a_customers_file_unread_the_plan_is_shown_and_not_recorded(desk: World, broken: bytes | None) -> None:
    second = desk.root / "more.csv"
    second.write_text(text([customer("M1", "子公司", 客户级别="省级", 首席客户工程师="示例甲")]), "utf-8")
    desk.patterns["customers"] = ("customers.csv", "more.csv")
    run(desk)
    before = identities(desk)
    second.unlink() if broken is None else second.write_bytes(broken)
    report = run(desk, as_of=LATER)
    assert (report.exit, identities(desk), report.files) == (Exit.PARTLY, before, [])
    assert len(folders(desk)) == 1
    assert "2 visits of 1 customer stand as planned before, for a row could not be read: M1" in said(report)


def test_an_unread_file_leaves_no_ledger_behind(desk: World) -> None:
    desk.patterns["customers"] = ("customers.csv", "more.csv")
    report = run(desk)
    assert (report.exit, len(report.items), report.files) == (Exit.PARTLY, 9, [])
    assert not (desk.root / "ledger.sqlite3").exists()


def test_a_customer_gone_from_a_whole_table_is_forgotten(desk: World) -> None:
    run(desk)
    before = [v for v in remembered(desk, 2026) if v.customer_code == "K1"]
    desk.customers = CUSTOMERS[1:]
    report = run(desk, as_of=LATER)
    assert {v.customer_code for v in remembered(desk, 2026)} == {"K2", "K3"}
    gone = [{"customer_code": "K1", "date": v.day.isoformat(), "engineer": "示例甲"} for v in before]
    assert json(report)["summary"]["taken_out"] == gone
    assert calendar(report, "示例甲", "CANCELLED") == {(f"visit-2026-K1-{n}-6@aftersales", 1) for n in range(1, 7)}
    assert calendar(report, "示例乙", "CANCELLED") == set()


def calendar(report: Report, engineer: str, status: str) -> set[tuple[str, int]]:
    """The entries of one engineer's calendar with this status: id and sequence."""
    path = next(path for path in report.files if path.name.endswith(f"{engineer}.ics"))
    events = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    return {(str(event["uid"]), int(str(event["sequence"]))) for event in events if event["status"] == status}


def test_a_visit_handed_over_is_cancelled_in_the_calendar_it_was_in(desk: World) -> None:
    run(desk)
    desk.customers = [*CUSTOMERS[:2], customer("K3", "丙公司", 客户级别="地市级", 首席客户工程师="示例甲")]
    report = run(desk, as_of=LATER)
    entry = ("visit-2026-K3-1-1@aftersales", 1)
    assert calendar(report, "示例乙", "CANCELLED") == {entry}
    assert entry in calendar(report, "示例甲", "CONFIRMED")
    assert json(report)["summary"]["taken_out"] == []


def test_a_held_customers_entries_are_not_cancelled(desk: World) -> None:
    run(desk)
    desk.customers = [customer("K1", "甲公司", 客户级别=""), CUSTOMERS[1],
                      customer("K3", "丙公司", 客户级别="地市级", 首席客户工程师="示例甲")]  # fmt: skip
    report = run(desk, as_of=LATER)
    assert calendar(report, "示例甲", "CANCELLED") == set()
    assert json(report)["summary"]["taken_out"] == []


def test_visits_that_are_over_are_not_taken_out(desk: World) -> None:
    run(desk)
    desk.customers = CUSTOMERS[1:]
    report = run(desk, as_of="2026-07-01T09:00", dry_run=True)
    assert [each["customer_code"] for each in json(report)["summary"]["taken_out"]] == ["K1"] * 3


def test_a_part_cancels_only_its_own(desk: World) -> None:
    run(desk)
    desk.customers = [CUSTOMERS[1], customer("K3", "丙公司", 客户级别="地市级", 首席客户工程师="示例甲")]
    report = run(desk, as_of=LATER, customers=("K3",))
    assert [path.name for path in report.files if path.suffix == ".ics"] == ["2026-示例甲.ics", "2026-示例乙.ics"]
    assert calendar(report, "示例甲", "CANCELLED") == set()


def visit(number: str, code: str, day: str, kind: str = "例行") -> dict[str, str]:
    """One row of visits."""
    return {"走访编号": number, "客户编码": code, "走访类型": kind, "走访日期": day, "走访地": "上海"}


JUNE = "2026-06-15T09:00"


def test_a_first_plan_in_the_middle_of_the_year_counts_what_is_past(desk: World) -> None:
    """K1 has six slots, K2 two; two are over, and nobody has written down a visit."""
    report = run(desk, as_of=JUNE)
    assert (report.exit, json(report)["summary"]["not_placed"]) == (Exit.DONE, [])
    past = json(report)["summary"]["past"]
    assert [(one["customer_code"], one["slot"]["to"], one["made_on"]) for one in past] == [
        ("K1", "2026-02-28", None), ("K1", "2026-04-30", None),
    ]  # fmt: skip
    assert [str(note) for note in report.notes if "over before" in str(note)] == [
        "2 visits are not planned: their slots were over before there was a plan, and no record says they were made"
    ]


def test_visits_of_the_table_and_of_the_ledger_are_not_planned_again(desk: World) -> None:
    rows = [visit("Z1", "k1", "2026-02-03"), visit("Z2", "K1", "2026-05-06"), visit("Z3", "K2", "2026-03-09", "危机"),
            visit("Z4", "K3", "2026-07-01"), visit("Z5", "K2", "2025-11-03")]  # fmt: skip
    (desk.root / "visits.csv").write_text(text(rows), "utf-8")
    desk.patterns["visits"] = ("visits.csv",)
    report = run(desk, as_of=JUNE)
    made = [(one["customer_code"], one["made_on"]) for one in json(report)["summary"]["past"]]
    assert made == [("K1", "2026-02-03"), ("K1", None), ("K1", "2026-05-06")]
    assert [len(days(report, code)) for code in ("K1", "K2", "K3")] == [3, 2, 1]
    assert "2 visits were made before this plan and are not planned again" in map(str, report.notes)
    rows_ = [row for row in sheets(report)["Before this plan"] if row[0] == "K1"]
    assert [str(row[6])[:10] for row in rows_] == ["2026-02-03", "no record", "2026-05-06"]


def test_the_next_plan_of_the_year_leaves_the_past_as_it_is(desk: World) -> None:
    first, second = run(desk, as_of=JUNE), run(desk, as_of="2026-07-10T09:00")
    assert (second.files, json(second)["items"]) == ([], json(first)["items"])
    assert json(second)["summary"]["past"] == json(first)["summary"]["past"]


def test_explaining_says_what_is_past(desk: World) -> None:
    (desk.root / "visits.csv").write_text(text([visit("Z1", "K1", "2026-02-03")]), "utf-8")
    desk.patterns["visits"] = ("visits.csv",)
    outcome = run(desk, as_of=JUNE, explain=True, customers=("K1",)).view
    assert isinstance(outcome, Outcome)
    (one,) = outcome.explained
    assert [past.made for past in one.past] == [date(2026, 2, 3), None]
    assert next(str(decision.says) for decision in one.decisions if decision.rule == "PLN-1") == "5 of 6 visits planned"


def test_an_engineer_who_stands_twice_is_planned_once_and_said(desk: World) -> None:
    rows = [*ENGINEERS, {"姓名": "示例甲", "省份": "上海市", "每周走访数": "2", "联系邮箱": "a@carrier.example"}]
    (desk.root / "engineers.csv").write_text(text(rows), "utf-8")
    report = run(desk)
    assert report.exit is Exit.DONE
    assert "示例甲 at 上海: 2 visits a week here, 5 in engineers.csv › line 2; the smaller number counts" in said(
        report
    )
    assert {each["visits_per_week"] for each in json(report)["summary"]["peaks"] if each["engineer"] == "示例甲"} == {2}


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        pytest.param(
            "重点",
            "did you mean 重点管控, which is 一级管控? Write that, or add “重点” to {file} of the rule book",
            id="the beginning of a spelling",
        ),
        pytest.param(
            "VIP",
            "write one of 一级管控, 二级管控, 三级管控, or add “VIP” to {file} of the rule book",
            id="a word of its own",
        ),
    ],
)  # fmt: skip
def test_a_control_level_that_is_not_listed_is_said_in_words(desk: World, word: str, hint: str) -> None:
    desk.customers = [customer("K1", "甲公司", 客户级别="省级", 客户管控级别=word),
                      customer("K2", "乙公司", 客户级别="省级", 客户管控级别=word)]  # fmt: skip
    (problem,) = [problem for problem in run(desk).problems if problem.field == "control_level"]
    lowest = f"“{word}” is not in the list of 客户管控级别; it counts as the lowest, 三级管控"
    assert str(problem.message) == f"{lowest}; 2 cells have it, also customers.csv › line 3"
    assert str(problem.hint) == hint.format(file="vocabulary/control_levels.yaml")


def test_two_control_levels_of_no_list_are_both_said(desk: World) -> None:
    desk.customers = [customer("K1", "甲公司", 客户级别="省级", 客户管控级别="重要"),
                      customer("K2", "乙公司", 客户级别="省级", 客户管控级别="VIP")]  # fmt: skip
    assert [problem.found for problem in run(desk).problems if problem.field == "control_level"] == ["重要", "VIP"]


def test_a_word_in_many_cells_is_said_once_with_their_number_and_some_of_their_places(desk: World) -> None:
    """Reading says it of the first cell only; the plan's sentence takes the place of that."""
    desk.customers = [customer(f"K{n}", f"{n}公司", 客户级别="区县级") for n in range(1, 7)]
    (problem,) = [problem for problem in run(desk, dry_run=True).problems if problem.field == "level"]
    assert str(problem.place) == "customers.csv › line 2 (客户级别)"
    assert str(problem.message) == (
        "“区县级” is not in the list of 客户级别; it counts as the lowest, 地市级; 6 cells have it, also "
        "customers.csv › line 3, customers.csv › line 4, customers.csv › line 5, …"
    )


def test_a_word_in_one_cell_is_said_without_counting(desk: World) -> None:
    desk.customers = [customer("K1", "甲公司", 客户级别="区县级"), customer("K2", "乙公司", 客户级别="省级")]
    (problem,) = [problem for problem in run(desk, dry_run=True).problems if problem.field == "level"]
    assert str(problem.message) == "“区县级” is not in the list of 客户级别; it counts as the lowest, 地市级"


def test_explaining_says_what_an_unknown_word_counts_as_and_holds_nothing(desk: World) -> None:
    desk.customers = [customer("K1", "甲公司", 客户级别="区县级", 客户服务等级="钻石", 客户管控级别="VIP")]
    found = explained(desk)
    level = "“区县级” is not in the list of 客户级别; it counts as the lowest, 地市级"
    grade = "“钻石” is not in the list of 客户服务等级; it counts as the lowest, 标准"
    control = "“VIP” is not in the list of 客户管控级别; it counts as the lowest, 三级管控"
    assert {rule: (found[rule]["verdict"], found[rule]["cautions"]) for rule in ("PLN-1", "PLN-2", "PLN-4")} == {
        "PLN-1": ("met", [level, grade, control]),
        "PLN-2": ("met", [level]),
        "PLN-4": ("not_applicable", [level]),
    }


def test_explaining_has_no_caution_for_words_of_the_lists(desk: World) -> None:
    assert [found["cautions"] for found in explained(desk).values()] == [[]] * 5


@pytest.mark.parametrize(
    ("language", "sheet", "marked"),
    [
        pytest.param("zh", "走访计划", "周日（补班）", id="in Chinese"),
        pytest.param("en", "Plan", "Sun (working)", id="in English"),
    ],
)
def test_a_visit_on_a_sunday_that_is_worked_says_so_in_one_line(
    desk: World, language: str, sheet: str, marked: str
) -> None:
    """4 January 2026 is a Sunday that is worked; every other day of the plan is a plain day of the week."""
    desk.customers = [customer(f"K{n}", f"{n}公司", 客户级别="集团级", 首席客户工程师="示例甲") for n in range(1, 30)]
    use(language)
    try:
        report = run(desk)
    finally:
        use("en")
    made_up = {date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9), date(2026, 9, 20),
               date(2026, 10, 10)}  # fmt: skip
    rows = [row for row in sheets(report)[sheet] if isinstance(row[0], int)]
    worked = {row[1].date(): row[2] for row in rows if row[1].weekday() > 4}
    assert worked.keys() <= made_up
    assert worked[date(2026, 1, 4)] == marked
    plain = {row[2] for row in rows if row[1].weekday() < 5}
    assert len(plain) == 5
    assert not any(("补班" in text or "working" in text) for text in plain)
    width = openpyxl.load_workbook(io.BytesIO(written(report, ".xlsx")))[sheet].column_dimensions["C"].width
    assert width > sum(2 if letter > "\u2e7f" else 1 for letter in marked)


OWN = """\
province: {name}
title: {{en: {name}, zh: {name}}}
editions:
  PLN-1:
  - from: 2024-01-01
    clause: {{source: own, article: {{en: one, zh: 一}}, text: {{en: fewer, zh: 少}}}}
    visits_by_level: {{集团级: 4, 省清单级: 4, 省级: 2, 地市级: 1}}
"""


def test_a_workspace_without_a_province_hears_that_the_provinces_own_numbers_do_not_count(desk: World) -> None:
    folder = desk.root / "book" / "provinces"
    folder.mkdir(parents=True)
    (folder / "上海.yaml").write_text(OWN.format(name="上海"), "utf-8")
    desk.settings["rulebook"] = desk.root / "book"
    sentence = "aftersales.yaml names no province: the group's numbers count, not those of 上海"
    assert sentence in map(str, run(desk, dry_run=True).notes)
    desk.settings["province"] = "上海"
    report = run(desk, dry_run=True)
    assert sentence not in map(str, report.notes)
    assert len(days(report, "K1")) == 4


def test_explaining_names_the_cell_of_an_engineer_who_makes_no_visits(desk: World) -> None:
    (desk.root / "engineers.csv").write_text(text([{**ENGINEERS[0], "每周走访数": "0"}, ENGINEERS[1]]), "utf-8")
    outcome = run(desk, explain=True, customers=("K1",)).view
    assert isinstance(outcome, Outcome)
    (one,) = outcome.explained
    assert [decision.rule for decision in one.decisions] == ["PLN-1", "PLN-2", "PLN-3", "PLN-4", "PLN-5"]
    (cell,) = one.decisions[2].evidence
    assert (str(cell.place), str(cell.value)) == ("engineers.csv › line 2 (每周走访数)", "0")


def test_a_column_that_the_table_lacks_is_no_evidence(desk: World) -> None:
    """The world's customers have no 客户管控级别."""
    fields = [evidence["field"] for evidence in explained(desk)["PLN-1"]["evidence"]]
    assert "control_level" not in fields
