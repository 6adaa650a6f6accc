"""A year shown, the n-th working day, a year brought in."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.jobs.calendar import YearView, add, show
from aftersales_cli.jobs.calendar_import import bring_in
from aftersales_cli.jobs.report import Report
from aftersales_cli.records.values import BEIJING
from aftersales_cli.settings import load
from aftersales_cli.workdays import of_workspace
from aftersales_cli.workspace import Workspace
from tests.workdays.test_importing import OURS, RESTS, holiday_cn

AS_OF = datetime(2026, 11, 20, 9, tzinfo=BEIJING)


@pytest.fixture
def bare(tmp_path: Path) -> Workspace:
    """No workspace at all: what a session makes of a folder without settings."""
    return Workspace(tmp_path)


@pytest.fixture
def desk(tmp_path: Path) -> Workspace:
    """A workspace that reads every calendar in its folder."""
    return workspace(tmp_path, "calendar: calendar/*\n")


def workspace(root: Path, settings: str) -> Workspace:
    (root / "aftersales.yaml").write_text(f"language: en\n{settings}", encoding="utf-8")
    return load(root)


def source(folder: Path, content: str, name: str = "notice.json") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def notes(report: Report) -> list[str]:
    return [note.to("en") for note in report.notes]


def test_a_published_year_is_shown_month_by_month(bare: Workspace) -> None:
    report = show(bare, AS_OF, 2025)
    view = report.view
    assert isinstance(view, YearView)
    assert [month.worked.certain for month in view.months] == [19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23]
    assert [str(run.say()) for run in view.months[0].holidays] == ["01-01", "01-28…01-31"]
    assert view.months[0].made_up == (date(2025, 1, 26),)
    assert report.items[0]["working_days"] == {"certain": 248, "possible": 248}
    assert report.exit is Exit.DONE


def test_a_weekend_inside_a_holiday_belongs_to_it(bare: Workspace) -> None:
    """2011-06-04 to 06-06: not every source names the Sunday between."""
    view = show(bare, AS_OF, 2011).view
    assert isinstance(view, YearView)
    assert [str(run.say()) for run in view.months[5].holidays] == ["06-04…06-06"]


def test_a_year_whose_end_is_open_says_so(bare: Workspace) -> None:
    report = show(bare, AS_OF, 2026)
    assert report.items[0]["working_days"] == {"certain": 245, "possible": 248}
    assert report.items[0]["unsettled"] == [date(2026, 12, day) for day in (29, 30, 31)]
    assert notes(report) == [
        "12-29…12-31 are not settled yet (D1): the calendar of 2027 is not published; import it",
    ]


def test_an_unpublished_year_needs_a_person(bare: Workspace) -> None:
    report = show(bare, AS_OF, 2027)
    assert (report.exit, report.items[0]["published"]) == (Exit.RULE, False)
    assert str(report.view) == "the calendar of 2027 is not published; import it"


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        pytest.param("2026-02-13", 2, date(2026, 2, 24), id="after, across the spring festival"),
        pytest.param("2026-10-08", -1, date(2026, 9, 30), id="before"),
        pytest.param("2026-10-03", 0, date(2026, 10, 3), id="the day itself, worked or not"),
    ],
)
def test_the_nth_working_day(bare: Workspace, day: str, n: int, expected: date) -> None:
    report = add(bare, AS_OF, date.fromisoformat(day), n)
    (item,) = report.items
    assert (expected, expected, expected) == (item["day"], item["no_earlier_than"], item["no_later_than"])
    assert (report.exit, item["unpublished"], report.notes) == (Exit.DONE, (), [])


@pytest.mark.parametrize(
    ("day", "n", "earliest", "latest", "says"),
    [
        pytest.param(
            "2026-12-31", 2, date(2027, 1, 2), None, "no earlier than 2027-01-02 (Sat)", id="after: only a lower end"
        ),
        pytest.param(
            "2027-01-08",
            -6,
            date(2026, 12, 21),
            date(2027, 1, 2),
            "between 2026-12-21 (Mon) and 2027-01-02 (Sat)",
            id="before: both ends",
        ),
        pytest.param(
            "2027-01-02",
            -1,
            date(2026, 12, 28),
            date(2027, 1, 1),
            "between 2026-12-28 (Mon) and 2027-01-01 (Fri)",
            id="the open day is the neighbour",
        ),
    ],
)
def test_an_unpublished_year_leaves_the_nth_working_day_open(
    bare: Workspace, day: str, n: int, earliest: date, latest: date | None, says: str
) -> None:
    report = add(bare, AS_OF, date.fromisoformat(day), n)
    (item,) = report.items
    assert (None, earliest, latest) == (item["day"], item["no_earlier_than"], item["no_later_than"])
    assert item["unpublished"] == (2027,)
    assert str(report.view) == says
    assert report.exit is Exit.RULE


def test_the_ends_of_time_are_open_not_errors(bare: Workspace) -> None:
    assert add(bare, AS_OF, date.max, 1).exit is Exit.RULE
    assert add(bare, AS_OF, date.min, -1).exit is Exit.RULE


@pytest.mark.parametrize(
    "content", [pytest.param(OURS, id="our yaml"), pytest.param(holiday_cn(2027, RESTS), id="the public json")]
)
def test_an_imported_year_is_read_by_the_workspace_from_then_on(desk: Workspace, content: str) -> None:
    file = source(desk.root, content)
    report = bring_in(desk, AS_OF, file)
    assert report.files == [desk.root / "calendar" / "2027.yaml"]
    assert report.items[0]["change"] == "new"
    days = of_workspace(desk)
    assert days.years[2027].source == str(desk.root / "calendar" / "2027.yaml")
    assert days.is_workday(date(2027, 1, 1)) is False
    assert add(desk, AS_OF, date(2026, 12, 31), 2).exit is Exit.DONE


def test_what_is_written_holds_the_same_year(desk: Workspace) -> None:
    """Made-up days, the December before, and a source with quotes and line breaks survive."""
    content = OURS.replace("source: 通知 1", 'source: "国办 \\"1\\": a\\nb"')
    report = bring_in(desk, AS_OF, source(desk.root, content, "notice.yaml"))
    found = of_workspace(desk).years[2027]
    assert found.notice == '国办 "1": a b'
    assert sorted(found.holidays) == report.items[0]["holidays"]
    assert sorted(found.workdays) == report.items[0]["workdays"] == [date(2026, 12, 27), date(2027, 1, 3)]


def test_importing_twice_changes_nothing(desk: Workspace) -> None:
    file = source(desk.root, OURS, "notice.yaml")
    bring_in(desk, AS_OF, file)
    again = bring_in(desk, AS_OF, file)
    assert (again.items[0]["change"], list(again.files)) == ("unchanged", [])


def test_an_amended_notice_replaces_the_year_and_names_the_days_that_change(desk: Workspace) -> None:
    bring_in(desk, AS_OF, source(desk.root, OURS, "notice.yaml"))
    amended = OURS.replace("2027-01-03", "2027-01-09").replace("2027-01-02,", "2027-01-04,")
    report = bring_in(desk, AS_OF, source(desk.root, amended, "notice.yaml"))
    assert report.items[0]["change"] == "update"
    assert notes(report) == [
        "counted as rest before, working days now: 2027-01-09 (Sat)",
        "counted as working days before, rest now: 2027-01-03 (Sun), 2027-01-04 (Mon)",
    ]
    assert of_workspace(desk).is_workday(date(2027, 1, 9)) is True


def test_a_december_day_that_was_settled_and_changes_is_named(desk: Workspace) -> None:
    report = bring_in(desk, AS_OF, source(desk.root, OURS, "notice.yaml"))
    assert report.items[0]["amends"] == (date(2026, 12, 27),)
    assert notes(report) == ["counted as rest before, working days now: 2026-12-27 (Sun)"]


def test_a_dry_run_touches_nothing(desk: Workspace) -> None:
    file = source(desk.root, OURS, "notice.yaml")
    before = sorted(desk.root.rglob("*"))
    report = bring_in(desk, AS_OF, file, dry_run=True)
    assert sorted(desk.root.rglob("*")) == before
    assert list(report.files) == []
    assert str(report.view).startswith("the calendar of 2027 would be written to ")


def test_settings_without_a_calendar_key_are_left_alone_and_the_line_is_named(tmp_path: Path) -> None:
    desk = workspace(tmp_path, "")
    settings = (tmp_path / "aftersales.yaml").read_bytes()
    report = bring_in(desk, AS_OF, source(tmp_path, holiday_cn(2027, RESTS)))
    assert report.files == [tmp_path / "calendar" / "2027.yaml"]
    assert notes(report) == ["add the line “calendar: calendar/*” to aftersales.yaml: the year is not read before"]
    assert (tmp_path / "aftersales.yaml").read_bytes() == settings


@pytest.mark.parametrize(
    ("setting", "where", "advice"),
    [
        pytest.param("calendar: years/*.yaml", "years/2027.yaml", [], id="a pattern in another folder"),
        pytest.param(
            "calendar: years/*.json",
            "years/2027.yaml",
            ["add years/2027.yaml to “calendar” in aftersales.yaml: it is not read before"],
            id="a pattern that does not fit",
        ),
        pytest.param("calendar: years/2027.yaml", "years/2027.yaml", [], id="the very file"),
    ],
)
def test_a_year_goes_where_the_settings_look(tmp_path: Path, setting: str, where: str, advice: list[str]) -> None:
    report = bring_in(workspace(tmp_path, setting), AS_OF, source(tmp_path, holiday_cn(2027, RESTS)))
    assert report.files == [tmp_path / where]
    assert notes(report) == advice


def test_a_file_that_is_read_already_stays_as_it_is(desk: Workspace) -> None:
    (desk.root / "calendar").mkdir()
    file = source(desk.root / "calendar", holiday_cn(2027, RESTS))
    report = bring_in(desk, AS_OF, file)
    assert (report.items[0]["change"], report.items[0]["file"]) == ("unchanged", file)
    assert list((desk.root / "calendar").iterdir()) == [file]


def test_a_year_that_another_file_holds_is_refused(desk: Workspace) -> None:
    """Else the next command would find two files for one year."""
    (desk.root / "calendar").mkdir()
    source(desk.root / "calendar", holiday_cn(2027, RESTS), "mine.json")
    with pytest.raises(Stop, match=r"mine\.json holds 2027 already") as caught:
        bring_in(desk, AS_OF, source(desk.root, OURS, "notice.yaml"))
    assert caught.value.code is Exit.SETTINGS
    assert not (desk.root / "calendar" / "2027.yaml").exists()


def test_an_empty_year_is_refused_as_unpublished(desk: Workspace) -> None:
    with pytest.raises(Stop, match="the calendar of 2027 is empty: the year is not published yet") as caught:
        bring_in(desk, AS_OF, source(desk.root, holiday_cn(2027, {})))
    assert caught.value.code is Exit.BAD_INPUT


def test_a_missing_file_is_missing_input(desk: Workspace) -> None:
    with pytest.raises(Stop, match="cannot be read") as caught:
        bring_in(desk, AS_OF, desk.root / "nothing.json")
    assert caught.value.code is Exit.NO_INPUT


def test_without_a_workspace_a_folder_is_needed(bare: Workspace) -> None:
    file = source(bare.root, OURS, "notice.yaml")
    with pytest.raises(Stop, match="no workspace here") as caught:
        bring_in(bare, AS_OF, file)
    assert caught.value.code is Exit.USAGE
    report = bring_in(bare, AS_OF, file, output=bare.root / "there")
    assert report.files == [bare.root / "there" / "2027.yaml"]


def test_a_folder_that_cannot_be_made_stops_with_74(bare: Workspace) -> None:
    file = source(bare.root, OURS, "notice.yaml")
    with pytest.raises(Stop, match="cannot be written") as caught:
        bring_in(bare, AS_OF, file, output=file / "below a file")
    assert caught.value.code is Exit.NOT_WRITTEN


def test_a_broken_file_in_the_years_place_is_repaired_by_importing(desk: Workspace) -> None:
    (desk.root / "calendar").mkdir()
    source(desk.root / "calendar", "year: 2027\n", "2027.yaml")
    report = bring_in(desk, AS_OF, source(desk.root, OURS, "notice.yaml"))
    assert report.items[0]["change"] == "update"
    assert 2027 in of_workspace(desk).published_years
