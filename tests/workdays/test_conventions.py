"""The conventions of counting stand in the rule book, each with its clause."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from aftersales_cli import library
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.workdays import Conventions, MonthDay, of_workspace, read_conventions
from aftersales_cli.workspace import Workspace

SHIPPED = (library.content("rulebook") / "workdays.yaml").read_text(encoding="utf-8")


def test_december_is_open_from_the_29th_by_decision_1(conventions: Conventions) -> None:
    assert conventions.unsettled_from == MonthDay(12, 29)
    assert conventions.unsettled_clause.source == "D1"
    assert {"en", "zh"} == set(conventions.unsettled_clause.text)


def test_no_year_that_comes_with_the_program_lacks_its_certain_days_of_rest(
    conventions: Conventions, tmp_path: Path
) -> None:
    for year, known in of_workspace(Workspace(tmp_path)).years.items():
        assert {day.of(year) for day in conventions.every_year_rests_on} <= known.holidays


def test_the_days_of_rest_by_law_are_six_and_tomb_sweeping_day(conventions: Conventions) -> None:
    """The State Council's order as revised in 2024: in force since 2025."""
    days = {f"{day:%m-%d}" for day in conventions.rests_by_law.of(2027)}
    assert days == {"01-01", "04-05", "05-01", "05-02", "10-01", "10-02", "10-03"}


@pytest.mark.parametrize("year", [2025, 2026])
def test_published_years_rest_on_the_days_of_the_law(conventions: Conventions, year: int, tmp_path: Path) -> None:
    assert conventions.rests_by_law.of(year) <= of_workspace(Workspace(tmp_path)).years[year].holidays


@pytest.mark.parametrize("year", range(2027, 2041))
def test_tomb_sweeping_day_is_on_the_fourth_or_fifth_of_april_as_the_sun_has_it(
    conventions: Conventions, year: int
) -> None:
    """The rule of thumb for this century: 4.81 and 0.2422 a year, without the leap days."""
    day = int(year % 100 * 0.2422 + 4.81) - year % 100 // 4
    assert [found for found in conventions.rests_by_law.of(year) if found.month == 4] == [date(year, 4, day)]


def test_a_calendar_without_the_second_of_may_is_not_cut_off(conventions: Conventions) -> None:
    """It has been a day of rest since 2025 only: 2018 and others worked on it."""
    assert MonthDay(5, 2) not in conventions.every_year_rests_on


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        pytest.param("day: 12-29", "day: 11-29", "a day of December", id="not in December"),
        pytest.param("day: 12-29", "day: 12-32", "“12-32” is no day of the year", id="no such day"),
        pytest.param("day: 12-29", "day: 29", "“29” is no day of the year", id="no month"),
        pytest.param("[01-01,", "[02-29,", "“02-29” is no day of the year", id="not every year has it"),
        pytest.param("  day: 12-29\n", "", "missing: day", id="day missing"),
        pytest.param("unsettled_from:", "unsetled_from:", "unknown key “unsetled_from”", id="unknown key"),
        pytest.param("2027-04-05,", "2027-04-31,", "“2027-04-31” is no day", id="no Tomb-Sweeping Day"),
        pytest.param("  tomb_sweeping:", "  tombs:", "unknown key “tombs”", id="unknown day of the law"),
        pytest.param("      zh:", "      fr:", "unknown key “fr”", id="unknown language"),
    ],
)
def test_a_conventions_file_that_does_not_hold_is_refused(tmp_path: Path, old: str, new: str, says: str) -> None:
    (tmp_path / "workdays.yaml").write_text(SHIPPED.replace(old, new), encoding="utf-8")
    with pytest.raises(Stop) as caught:
        read_conventions(tmp_path)
    assert says in str(caught.value)
    assert caught.value.code is Exit.SETTINGS


def test_a_missing_conventions_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Stop, match=r"workdays\.yaml cannot be read") as caught:
        read_conventions(tmp_path)
    assert caught.value.code is Exit.SETTINGS


def test_a_workspace_counts_by_its_own_rule_book_and_calendars(tmp_path: Path) -> None:
    """Its rule book says the 25th; its calendar holds 2027; a hidden file that the pattern meets is passed over."""
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "workdays.yaml").write_text(SHIPPED.replace("12-29", "12-25"), encoding="utf-8")
    (tmp_path / "calendar").mkdir()
    content = "year: 2027\nholidays: [2027-01-01, 2027-05-01, 2027-10-01]\n"
    (tmp_path / "calendar" / "2027.yaml").write_text(content, encoding="utf-8")
    (tmp_path / "calendar" / ".DS_Store").write_bytes(b"\0\xff")
    days = of_workspace(Workspace(tmp_path, rulebook=tmp_path / "book", calendar=("calendar/*",)))
    assert days.unsettled_from == MonthDay(12, 25)
    assert 2027 in days.published_years


def test_a_workspace_without_conventions_of_its_own_counts_by_the_shipped_ones(tmp_path: Path) -> None:
    assert of_workspace(Workspace(tmp_path, rulebook=tmp_path)).unsettled_from == MonthDay(12, 29)
