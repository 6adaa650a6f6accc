"""By when a cutover has to be published (R13, D1), and by when the statute wants users told (facts §5)."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from aftersales_cli import library
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.jobs.deadline import deadline, lines
from aftersales_cli.jobs.report import Report
from aftersales_cli.records.values import BEIJING, LeadUnit
from aftersales_cli.rules.book import Book, load_book
from aftersales_cli.workdays import Workdays, built_in, read_conventions

AS_OF = datetime(2026, 9, 1, 9, tzinfo=BEIJING)


@pytest.fixture(scope="module")
def book() -> Book:
    return load_book([library.content("rulebook")])


@pytest.fixture(scope="module")
def workdays() -> Workdays:
    return built_in(read_conventions(library.content("rulebook")))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


def notes(report: Report) -> list[str]:
    return [note.to("en") for note in report.notes]


def test_the_first_textbook_row(book: Book, workdays: Workdays) -> None:
    report = deadline(at("2011-06-08"), book, workdays, AS_OF)
    (item,) = report.items
    expected = {
        "publish_by": date(2011, 5, 29),
        "certainly_by": date(2011, 5, 29),
        "required": 6,
        "unit": LeadUnit.WORKING_DAYS,
        "statutory_by": at("2011-06-05"),
    }
    assert expected == {key: item[key] for key in expected}
    assert report.exit is Exit.DONE


def test_the_sentences_say_what_lies_between_and_cite_each_clause(book: Book, workdays: Workdays) -> None:
    first, second, third = lines(deadline(at("2011-06-08"), book, workdays, AS_OF), "en")
    assert first == (
        "publish by 2011-05-29 (Sun): 6 working days and 3 days of rest (06-04…06-06) "
        "lie between that day and 2011-06-08 (Wed)"
    )
    assert second.startswith("needed: 6 clear working days (CUT-04: TB-2.3.3, answer rule 5: ")
    assert third.startswith("by law: users told by 2011-06-05 (Sun), 00:00 (CUT-06: 电信服务规范 (2005)")


def test_each_number_carries_its_clause(book: Book, workdays: Workdays) -> None:
    (item,) = deadline(at("2011-06-08"), book, workdays, AS_OF).items
    values = item["values"]
    assert isinstance(values, list)
    assert [(used.value, used.unit, used.clause.source) for used in values] == [
        (6, "working days", "TB-2.3.3"),
        (72, "hours", "电信服务规范 (2005)"),
    ]


def test_a_day_that_an_unpublished_year_decides_is_not_named(book: Book, workdays: Workdays) -> None:
    """D1; exit 1, because a person has to bring the calendar."""
    report = deadline(at("2027-01-08"), book, workdays, AS_OF)
    (item,) = report.items
    assert (item["publish_by"], item["certainly_by"], item["unpublished"]) == (None, date(2026, 12, 20), (2027,))
    assert report.exit is Exit.RULE
    assert "the calendar of 2027 is not published; import it" in next(lines(report, "en"))


def test_where_the_calendar_begins_later_no_day_is_certainly_early_enough(book: Book, workdays: Workdays) -> None:
    (item,) = deadline(at("2011-06-08"), book, workdays, AS_OF, days=4000).items
    assert (item["publish_by"], item["certainly_by"]) == (None, None)
    assert "no day is certainly early enough" in str(item["says"])


def test_days_on_the_command_line_take_the_place_of_the_book(book: Book, workdays: Workdays) -> None:
    report = deadline(at("2026-03-13"), book, workdays, AS_OF, days=2)
    (item,) = report.items
    assert (item["publish_by"], item["required"], item["unit"]) == (date(2026, 3, 10), 2, LeadUnit.WORKING_DAYS)
    assert "needed: 2 clear working days, as --days says" in list(lines(report, "en"))


def test_the_provinces_edition_counts_and_a_sample_is_called_one(book: Book, workdays: Workdays) -> None:
    report = deadline(at("2026-10-09"), book, workdays, AS_OF, province="示例省")
    assert report.items[0]["publish_by"] == date(2026, 9, 20)
    assert any("only a sample" in note for note in notes(report))


def test_the_book_of_the_day_of_the_work_decides(book: Book, workdays: Workdays) -> None:
    """The sample province asks for more from 2026 on; in 2025 the group's book is all there is."""
    report = deadline(at("2025-12-10"), book, workdays, AS_OF, province="示例省")
    assert report.items[0]["required"] == 6
    assert notes(report) == []


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        pytest.param("2026-09-21T23:59", [], id="the day is still to come"),
        pytest.param("2026-09-22T00:00", ["that is today"], id="today"),
        pytest.param("2026-09-23T00:00", ["that day has passed: published now, it is late"], id="passed"),
        pytest.param("2026-10-10T00:00", [], id="the work is over: a question about the past"),
    ],
)
def test_a_day_that_has_come_or_gone_is_said(book: Book, workdays: Workdays, as_of: str, expected: list[str]) -> None:
    assert expected == notes(deadline(at("2026-10-09"), book, workdays, at(as_of)))


@pytest.mark.parametrize(
    ("lead", "publish_by", "says"),
    [
        pytest.param("14 days", date(2026, 9, 24), "lie between that day and 2026-10-09 (Fri)", id="clear days"),
        pytest.param("72 hours", date(2026, 10, 6), "publish by 2026-10-06 (Tue), 01:00", id="hours"),
    ],
)
def test_a_book_may_count_days_or_hours(
    tmp_path: Path, workdays: Workdays, lead: str, publish_by: date, says: str
) -> None:
    """Facts §7: carriers elsewhere promise 14 calendar days, or hours."""
    card = (library.content("rulebook") / "cutover" / "CUT-04.yaml").read_text(encoding="utf-8")
    (tmp_path / "cutover").mkdir()
    (tmp_path / "cutover" / "CUT-04.yaml").write_text(card.replace("6 working days", lead), encoding="utf-8")
    (tmp_path / "provinces").mkdir()
    (tmp_path / "provinces" / "上海.yaml").write_text(
        "province: 上海\ntitle: 上海\neditions:\n  CUT-04:\n"
        "  - {from: 2026-01-01, clause: {source: S, article: A, text: T}, notice: LEAD}\n".replace("LEAD", lead),
        encoding="utf-8",
    )
    book = load_book([library.content("rulebook"), tmp_path])
    report = deadline(at("2026-10-09T01:00"), book, workdays, AS_OF)
    assert report.items[0]["publish_by"] == publish_by
    assert says in next(lines(report, "en"))


def test_before_the_first_edition_there_is_no_answer(book: Book, workdays: Workdays) -> None:
    with pytest.raises(Stop, match="no edition of CUT-04 was in force on 2009-06-01"):
        deadline(at("2009-06-01"), book, workdays, AS_OF)
