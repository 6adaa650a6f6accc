"""A plan made again in the year: what is past, missed, open or standing is not lost, whatever the tables say now."""

from __future__ import annotations

import io
from itertools import pairwise

import openpyxl
import pytest

from aftersales_cli.errors import Exit
from aftersales_cli.jobs.visit_plan import Wishes, plan
from tests.jobs.planned import Planning, assured, client, days, engineer, entries, outcome, told, went
from tests.jobs.world import Row, World, hop, json, text

NEW_YEAR = "2026-01-01"
SPRING = assured("K1", "2026-03-01", "2026-05-01")


@pytest.fixture
def desk(world: World) -> Planning:
    """One customer of group level and one of a province, both visited by 示例甲."""
    return Planning(world, [client("K1", "集团级"), client("K2")])


def test_a_visit_that_has_no_day_any_more_is_remembered_as_open_with_its_slot_and_why(desk: Planning) -> None:
    first = desk.plan(NEW_YEAR)
    desk.assurances = [SPRING]
    desk.plan("2026-02-10")
    (left,) = desk.known().open
    assert (left.customer_code, left.number, left.of, left.engineer) == ("K1", 2, 6, "示例甲")
    assert (str(left.slot_from), str(left.slot_to)) == ("2026-03-01", "2026-04-30")
    assert str(left.was) == days(first, "K1")[1]
    assert str(left.because).startswith("no working day of its slot is free: assurance from 2026-03-01")
    assert left.because.to("zh") != left.because.to("en")


def test_a_visit_that_cannot_be_placed_any_more_is_no_small_difference(desk: Planning) -> None:
    first = desk.plan(NEW_YEAR)
    desk.assurances = [SPRING]
    second = desk.plan("2026-02-10")
    assert "1 differs from the plan before: 1 cannot be placed any more" in told(second)
    (left,) = json(second)["summary"]["not_placed"]
    assert left["planned_before"] == days(first, "K1")[1]


def test_an_open_visit_stays_open_for_the_same_reason_when_its_slot_is_over(desk: Planning) -> None:
    desk.plan(NEW_YEAR)
    desk.assurances = [SPRING]
    desk.plan("2026-02-10")
    desk.customers = [*desk.customers, client("K3")]
    desk.plan("2026-06-01")
    (left,) = desk.known().open
    assert (str(left.slot_to), str(left.because)[:18]) == ("2026-04-30", "no working day of ")


def test_an_open_visit_that_was_made_all_the_same_is_open_no_more(desk: Planning) -> None:
    desk.plan(NEW_YEAR)
    desk.assurances, desk.visits = [SPRING], [went("K1", "2026-03-20")]
    report = desk.plan("2026-06-01")
    assert json(report)["summary"]["not_placed"] == []
    assert desk.known().open == ()


def test_when_the_assurance_is_called_off_the_visit_gets_its_day_back(desk: Planning) -> None:
    first = desk.plan(NEW_YEAR)
    desk.assurances = [SPRING]
    desk.plan("2026-02-10")
    desk.assurances = []
    third = desk.plan("2026-02-11")
    assert days(third, "K1") == days(first, "K1")
    assert desk.known().open == ()


def test_the_past_of_a_customer_that_is_gone_stays_in_the_ledger(desk: Planning) -> None:
    first = desk.plan(NEW_YEAR)
    desk.customers = [client("K2")]
    report = desk.plan("2026-07-02")
    past = [day for day in days(first, "K1") if day < "2026-07-02"]
    assert len(past) == 3
    assert desk.remembered("K1") == past
    out = json(report)["summary"]["taken_out"]
    assert [(one["customer_code"], one["date"]) for one in out] == [("K1", day) for day in days(first, "K1")[3:]]
    assert [one["date"] for one in json(report)["summary"]["over"]] == past
    assert any(str(note).startswith("3 visits whose days are over are in the plan no more") for note in report.notes)


def test_a_customer_that_comes_back_has_its_past_and_the_days_it_had(desk: Planning) -> None:
    first, whole = desk.plan(NEW_YEAR), desk.customers
    desk.customers = [client("K2")]
    desk.plan("2026-07-02")
    desk.customers = whole
    third = desk.plan("2026-07-03")
    assert days(third, "K1") == days(first, "K1")
    assert json(third)["summary"]["not_placed"] == []


def test_the_days_of_others_do_not_move_for_a_customer_that_comes_back(world: World) -> None:
    """示例甲 makes one visit a week; the week that K1 had is K9's now."""
    desk = Planning(world, [client("K1", "集团级", 客户服务等级="金")], [engineer("示例甲", "1")])
    desk.plan(NEW_YEAR)
    desk.customers = [client("K9", "集团级", 客户服务等级="金")]
    second = desk.plan("2026-01-05")
    desk.customers = [*desk.customers, client("K1", "集团级", 客户服务等级="金")]
    third = desk.plan("2026-01-06")
    assert days(third, "K9") == days(second, "K9")
    assert len(days(third, "K1")) == 12


def test_the_engineer_of_the_visits_to_come_goes_on_with_them(world: World) -> None:
    """示例甲 is away for a month: whoever took over keeps what nobody has to move."""
    staff = [engineer("示例甲"), engineer("示例乙")]
    desk = Planning(world, [client(f"K{n}", "省清单级", None) for n in range(4)], staff)
    desk.plan(NEW_YEAR)
    desk.engineers = staff[1:]
    second = desk.plan("2026-04-10")
    desk.engineers = staff
    third = desk.plan("2026-05-10")
    assert json(third)["items"] == json(second)["items"]
    assert (json(third)["summary"]["changed"], third.files) == (0, [])


def test_a_past_visit_keeps_the_role_it_was_given_by(world: World) -> None:
    staff = [engineer("示例甲"), engineer("示例乙")]
    desk = Planning(world, [client("K1", "省清单级", None)], staff)
    first = desk.plan(NEW_YEAR)
    gone = json(first)["items"][0]["engineer"]
    desk.engineers = [row for row in staff if row["姓名"] != gone]
    report = desk.plan("2026-04-10")
    past, *_ = json(report)["items"]
    assert (past["engineer"], past["role"]) == (gone, "就近安排")
    assert not any("is not in the table" in str(problem.message) for problem in report.problems)  # nor asked to go


def test_a_calendar_entry_that_comes_back_is_numbered_above_its_cancellation(desk: Planning) -> None:
    first, whole = desk.plan(NEW_YEAR), desk.customers
    runs = [first]
    for on, customers in (("2026-01-02", [client("K2")]), ("2026-01-03", whole), ("2026-01-04", [client("K2")])):
        desk.customers = customers
        runs.append(desk.plan(on))
    told_ = [{uid: (number, status) for uid, _, number, status in entries(run)} for run in runs]
    (uid,) = [uid for uid, day, *_ in entries(first) if day == days(first, "K1")[5]]
    assert [entry[uid] for entry in told_] == [
        (0, "CONFIRMED"), (1, "CANCELLED"), (2, "CONFIRMED"), (3, "CANCELLED"),
    ]  # fmt: skip


def test_an_entry_never_has_a_lower_number_than_before_through_changes_of_level(desk: Planning) -> None:
    highest: dict[str, int] = {}
    for on, level in pairwise([NEW_YEAR, "集团级", "2026-02-02", "省级", "2026-02-03", "集团级", "2026-03-10", "省级"]):
        if not on.startswith("2026"):
            continue
        desk.customers = [client("K1", level)]
        for uid, _, number, _ in entries(desk.plan(on)):
            assert number >= highest.get(uid, 0)
            highest[uid] = number
    assert max(highest.values()) >= 2


def test_fewer_visits_in_mid_year_leave_one_to_come_in_a_slot_where_nobody_was(desk: Planning) -> None:
    first = desk.plan(NEW_YEAR)
    desk.customers = [client("K1"), client("K2")]
    report = desk.plan("2026-03-05")
    had = days(first, "K1")
    assert days(report, "K1") == [had[1], had[3]]
    assert [str(visit.day) for visit in desk.known().superseded] == had[:1]
    assert "3 differ from the plan before: 3 were taken out" in told(report)


def test_fewer_visits_in_mid_year_leave_none_where_somebody_was_there(desk: Planning) -> None:
    first = desk.plan(NEW_YEAR)
    had = days(first, "K1")
    desk.customers, desk.visits = [client("K1"), client("K2")], [went("K1", had[0])]
    assert days(desk.plan("2026-03-05"), "K1") == [had[0], had[3]]


def test_a_level_that_is_raised_again_brings_back_every_visit(desk: Planning) -> None:
    first, whole = desk.plan(NEW_YEAR), desk.customers
    desk.customers = [client("K1"), client("K2")]
    desk.plan("2026-03-05")
    desk.customers = whole
    assert days(desk.plan("2026-03-06"), "K1") == days(first, "K1")
    assert desk.known().superseded == ()


def test_where_nobody_can_be_placed_the_plan_is_written_and_remembered_all_the_same(desk: Planning) -> None:
    desk.plan(NEW_YEAR)
    desk.engineers = [engineer("示例丙", "0")]
    desk.customers = [client("K1", "集团级", None)]
    report = desk.plan("2026-01-10")
    assert (report.exit, len(report.items)) == (Exit.RULE, 0)
    assert {path.suffix for path in report.files} == {".xlsx", ".html", ".ics"}
    assert {status for *_, status in entries(report)} == {"CANCELLED"}
    assert len(desk.known().open) == 6
    again = desk.plan("2026-01-10T10:00")
    assert (again.files, "nobody to visit" in " ".join(map(str, again.notes))) == ([], False)


def test_a_week_of_two_years_has_room_for_its_engineer_once(world: World) -> None:
    """Week 1 of 2026 has days of both years; 示例甲 makes one visit a week, and is out already."""
    desk = Planning(world, [client(f"K{n}", "集团级", 客户服务等级="金") for n in range(5)], [engineer("示例甲", "1")])
    desk.plan("2025-01-01", 2025)
    desk.plan("2025-12-20", 2026)
    both = [*desk.known(2025).visits, *desk.known(2026).visits]
    weeks = [visit.day.isocalendar()[:2] for visit in both]
    assert (2026, 1) in weeks
    assert len(weeks) == len(set(weeks))


CAUTION = "not read whole: 重保"


def test_a_plan_without_the_assurances_says_so_in_every_document_and_ends_with_three(desk: Planning) -> None:
    desk.assurances = bytes(64)
    report = desk.plan(NEW_YEAR)
    assert report.exit is Exit.PARTLY
    assert any(str(problem.message).startswith(CAUTION) for problem in report.problems)
    for path in report.files:
        content = path.read_bytes()
        if path.suffix == ".xlsx":
            sheets = openpyxl.load_workbook(io.BytesIO(content))
            assert all(any(CAUTION in str(cell.value) for row in sheet for cell in row) for sheet in sheets)
        else:
            assert CAUTION in content.decode().replace("\r\n ", "")


def test_once_the_assurances_are_read_the_same_plan_is_written_without_the_caution(desk: Planning) -> None:
    """Nothing moves, but the documents before warned of what is known now."""
    desk.assurances = bytes(64)
    first = desk.plan(NEW_YEAR)
    assert {visit.unread for visit in desk.known().visits} == {("assurances",)}
    desk.assurances = [assured("K1", "2027-03-01", "2027-05-01")]
    second = desk.plan("2026-01-02")
    assert (second.exit, json(second)["items"]) == (Exit.DONE, json(first)["items"])
    assert second.files
    assert outcome(second).plan.cautions == ()
    assert desk.plan("2026-01-03").files == []


def test_what_stands_is_not_moved_for_want_of_the_assurances(desk: Planning) -> None:
    desk.assurances = [assured("K1", "2026-01-20", "2026-02-10")]
    first = desk.plan(NEW_YEAR)
    desk.assurances, desk.customers = bytes(64), [*desk.customers, client("K3")]
    second = desk.plan("2026-01-02")
    assert days(second, "K1") == days(first, "K1")
    assert len(days(second, "K3")) == 2


@pytest.mark.parametrize(
    ("rows", "gap"),
    [
        pytest.param([assured("K1", "2026-03-01", "2026-05-01") | {"重保级别": "？"}], False, id="level unknown"),
        pytest.param([assured("K1", "2026-03-01", "不详")], True, id="end unknown"),
        pytest.param([assured("", "2026-03-01", "2026-05-01")], True, id="customer unknown"),
    ],
)
def test_a_row_is_a_gap_only_where_it_does_not_tell_whom_and_when(
    desk: Planning, rows: list[dict[str, str]], gap: bool
) -> None:
    desk.assurances = rows
    assert bool(outcome(desk.plan(NEW_YEAR, dry_run=True)).plan.cautions) == gap


@pytest.mark.parametrize("table", [pytest.param(t, id=t) for t in ("cutovers", "circuits", "routes")])
def test_without_the_works_of_a_night_nobody_knows_all_days_either(world: World, table: str) -> None:
    world.patterns["engineers"] = ("engineers.csv",)
    (world.root / "engineers.csv").write_text(text([engineer("示例甲")]), "utf-8")
    world.customers, world.routes, world.raw = [client("K1")], [hop("X1", "光缆1")], {table: bytes(64)}
    world.write()
    report = plan(world.desk("2026-01-01T09:00"), Wishes(2026, dry_run=True))
    assert len(outcome(report).plan.cautions) == 1
    assert report.exit is Exit.PARTLY


def test_what_cannot_be_placed_is_not_open_where_somebody_was_there_already(desk: Planning) -> None:
    first = desk.plan(NEW_YEAR)
    desk.assurances, desk.visits = [assured("K1", "2026-03-20", "2026-05-01")], [went("K1", "2026-03-18")]
    report = desk.plan("2026-03-20")
    assert (json(report)["summary"]["not_placed"], desk.known().open) == ([], ())
    assert ("K1", days(first, "K1")[1]) in [
        (one["customer_code"], one["date"]) for one in json(report)["summary"]["taken_out"]
    ]


def test_a_plan_that_differs_in_what_is_open_only_is_recorded(desk: Planning) -> None:
    desk.plan(NEW_YEAR)
    desk.customers = [*desk.customers, client("K3", "地市级", None, 总部所在地="拉萨")]
    report = desk.plan("2026-01-02")
    assert json(report)["summary"]["changed"] == 0
    assert [left.customer_code for left in desk.known().open] == ["K3"]


def suzhou(code: str, level: str, chief: str | None = None) -> Row:
    """A customer in Suzhou."""
    return client(code, level, chief, 总部所在地="苏州")


def of_jiangsu(name: str, city: str) -> Row:
    """An engineer of a city in Jiangsu."""
    return engineer(name, 省份="江苏", 城市=city)


def test_a_namesake_who_comes_in_another_city_takes_no_visit_from_anybody(world: World) -> None:
    """The plan before has 示例李; now they are called 示例李（苏州）, and are who they were."""
    staff = [of_jiangsu("示例李", "苏州"), of_jiangsu("示例赵", "苏州")]
    desk = Planning(world, [suzhou("A1", "省清单级"), suzhou("A2", "省级"), suzhou("A3", "地市级")], staff)
    first = desk.plan("2026-01-05")
    desk.customers = [*desk.customers, suzhou("A0", "集团级")]
    desk.engineers = [*staff, of_jiangsu("示例李", "无锡")]
    second = desk.plan("2026-01-06")
    now = {"示例李": "示例李（苏州）"}
    before = [(i["customer_code"], i["date"], now.get(i["engineer"], i["engineer"])) for i in json(first)["items"]]
    after = [(i["customer_code"], i["date"], i["engineer"]) for i in json(second)["items"]]
    assert [one for one in after if one[0] != "A0"] == before
    assert json(second)["summary"]["changed"] == 6


@pytest.mark.parametrize("comes", [pytest.param(True, id="comes"), pytest.param(False, id="leaves")])
def test_where_a_namesake_only_comes_or_leaves_the_new_label_stands_and_nothing_is_cancelled(
    world: World, comes: bool
) -> None:
    alone, both = [of_jiangsu("示例张", "苏州")], [of_jiangsu("示例张", "苏州"), of_jiangsu("示例张", "无锡")]
    desk = Planning(world, [suzhou("A1", "省级", "示例张")], alone if comes else both)
    first = desk.plan("2026-01-05")
    desk.engineers = both if comes else alone
    second = desk.plan("2026-01-06")
    assert json(second)["summary"]["changed"] == 0
    assert entries(second) == entries(first)
    label = "示例张（苏州）" if comes else "示例张"
    assert {item["engineer"] for item in json(second)["items"]} == {label}
    assert {visit.engineer for visit in desk.known().visits} == {label}
    assert desk.plan("2026-01-07").files == []


def test_whoever_takes_over_from_a_namesake_that_left_is_somebody_else(world: World) -> None:
    staff = [of_jiangsu("示例张", "苏州"), of_jiangsu("示例张", "无锡")]
    desk = Planning(world, [suzhou("A1", "省级", "示例张")], staff)
    first = desk.plan("2026-01-05")
    desk.engineers = staff[1:]
    second = desk.plan("2026-01-06")
    assert json(second)["summary"]["changed"] == len(json(first)["items"])
    assert "CANCELLED" in {status for _uid, _day, _sequence, status in entries(second)}


def test_a_code_that_is_spelt_otherwise_keeps_its_entries_in_every_calendar(desk: Planning) -> None:
    first = desk.plan(NEW_YEAR)
    desk.customers = [client("K1", "集团级"), client("k2")]
    second = desk.plan("2026-01-02")
    assert (json(second)["summary"]["changed"], second.files) == (0, [])
    desk.customers = [client("K1", "集团级"), client("k2"), client("K3")]
    third = [entry for entry in entries(desk.plan("2026-01-03")) if "-K3-" not in entry[0]]
    assert [(uid, status) for uid, _day, _sequence, status in third] == [
        (uid, status) for uid, _day, _sequence, status in entries(first)
    ]
    assert {visit.customer_code for visit in desk.known().visits} == {"K1", "K2", "K3"}
