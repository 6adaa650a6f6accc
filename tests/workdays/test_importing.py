"""A calendar file gives a year or says, with its place, why it does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.workdays import Conventions, Year, load, read_year
from tests.workdays.years import days_of

OURS = """\
year: 2027
source: 通知 1
holidays: [2027-01-01, 2027-01-02, 2027-05-01, 2027-10-01]
workdays:
- 2027-01-03
- 2026-12-27
"""
RESTS = {"2027-01-01": True, "2027-05-01": True, "2027-10-01": True}


Read = Callable[..., Year]


def holiday_cn(year: int, days: dict[str, bool], **more: object) -> str:
    """As the public repository publishes a year."""
    entries = [{"name": "假日", "date": day, "isOffDay": off} for day, off in days.items()]
    head = {"$schema": "schema.json", "year": year, "papers": ["https://example.invalid/notice"]}
    return json.dumps({**head, "days": entries, **more}, ensure_ascii=False, indent=2)


@pytest.fixture
def read(tmp_path: Path, conventions: Conventions) -> Read:
    def reading(content: str | bytes, name: str = "2027.yaml") -> Year:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_year(path, conventions, bad=Exit.BAD_INPUT, missing=Exit.NO_INPUT)

    return reading


def refused(read: Read, content: str | bytes, name: str = "2027.yaml") -> Stop:
    with pytest.raises(Stop) as caught:
        read(content, name)
    return caught.value


def test_our_yaml(read: Read, tmp_path: Path) -> None:
    expected = Year(
        2027,
        frozenset([*days_of(2027, "01-01…01-02"), *days_of(2027, "05-01"), *days_of(2027, "10-01")]),
        frozenset([date(2027, 1, 3), date(2026, 12, 27)]),
        str(tmp_path / "2027.yaml"),
        "通知 1",
    )
    assert expected == read(OURS)


def test_the_public_json(read: Read) -> None:
    found = read(holiday_cn(2027, {**RESTS, "2027-02-20": False, "2026-12-31": True}), "2027.json")
    assert found.holidays == {date.fromisoformat(day) for day in (*RESTS, "2026-12-31")}
    assert found.workdays == {date(2027, 2, 20)}
    assert found.notice == "https://example.invalid/notice"


def test_a_byte_order_mark_and_any_name_are_taken(read: Read) -> None:
    """The kind is told by the content."""
    assert read(b"\xef\xbb\xbf" + OURS.encode(), "notice.txt").year == 2027
    assert read(b"\xef\xbb\xbf" + holiday_cn(2027, RESTS).encode(), "notice.txt").year == 2027


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(holiday_cn(2027, {}), id="the public file before the notice"),
        pytest.param("year: 2027\nholidays: []\nworkdays: []\n", id="ours, with empty lists"),
        pytest.param("year: 2027\nholidays:\n", id="ours, with nothing behind the key"),
        pytest.param("year: 2027\n", id="ours, with the year alone"),
    ],
)
def test_an_empty_year_is_an_unpublished_year(read: Read, content: str) -> None:
    stop = refused(read, content)
    assert "the calendar of 2027 is empty: the year is not published yet" in str(stop)
    assert stop.code is Exit.BAD_INPUT


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(OURS.replace("2027-10-01", "2027-10-02"), "no rest on 2027-10-01", id="cut off"),
        pytest.param(
            OURS.replace("2027-01-03", "2027-01-02"), "both a holiday and a working day: 2027-01-02", id="both"
        ),
        pytest.param(
            OURS.replace("2027-01-03", "2026-11-29"), "line 5: 2026-11-29 is not of 2027", id="november before"
        ),
        pytest.param(OURS.replace("2027-01-03", "2028-01-01"), "2028-01-01 is not of 2027", id="the year after"),
        pytest.param(OURS.replace("2027-01-03", "2027-02-29"), "“2027-02-29” is no day", id="no such day"),
        pytest.param(OURS.replace("2027-01-03", "20270103"), "“20270103” is no day", id="another spelling"),
        pytest.param(OURS.replace("2027-01-03", "{}"), "a text is expected", id="a mapping for a day"),
        pytest.param(OURS.replace("year: 2027", "year: next"), "line 1: “next” is no year", id="no year"),
        pytest.param(OURS.replace("year: 2027\n", ""), "missing: year", id="year missing"),
        pytest.param(OURS.replace("holidays:", "hollidays:"), "line 3: unknown key “hollidays”", id="unknown key"),
        pytest.param(OURS + "year: 2027\n", "“year” stands twice: lines 1 and 7", id="duplicate key"),
        pytest.param("- 2027-01-01\n", "a mapping is expected", id="a list"),
        pytest.param("", "the file is empty", id="empty file"),
        pytest.param("年".encode("gbk"), "not UTF-8", id="GBK"),
        pytest.param("#" * 1_000_001, "larger than 1000000 bytes", id="too large"),
        pytest.param('{"year": 2027, ', "this is not JSON", id="JSON cut off"),
        pytest.param("[" * 100_000, "nested deeper", id="YAML too deep"),
        pytest.param('{"year":' * 50_000, "nested too deeply", id="JSON too deep"),
        pytest.param('{"year": 2027, "year": 2028, "days": []}', "a key stands twice: year", id="JSON key twice"),
        pytest.param('{"year": 1' + "0" * 5000 + "}", "is no year", id="a number of 5001 digits"),
        pytest.param('{"year": 2027, "days": [{"isOffDay": true}]}', "missing: date", id="day without date"),
        pytest.param('{"year": 2027, "days": [{"date": "2027-01-01"}]}', "missing: isOffDay", id="neither off nor on"),
        pytest.param(
            '{"year": 2027, "days": [{"date": "2027-01-01", "isOffDay": 1}]}', "neither true nor false", id="off: 1"
        ),
        pytest.param('{"year": 2027, "days": {}}', "a list is expected", id="days no list"),
    ],
)
def test_a_file_that_does_not_hold_is_refused_with_its_place(read: Read, content: str | bytes, says: str) -> None:
    stop = refused(read, content)
    assert says in str(stop)
    assert "2027.yaml" in str(stop)
    assert stop.code is Exit.BAD_INPUT


def test_an_unknown_key_names_the_nearest(read: Read) -> None:
    assert str(refused(read, OURS.replace("holidays:", "hollidays:")).hint) == "did you mean “holidays”?"


def test_a_missing_file_is_missing_input(tmp_path: Path, conventions: Conventions) -> None:
    with pytest.raises(Stop, match="cannot be read") as caught:
        read_year(tmp_path / "2027.yaml", conventions, bad=Exit.BAD_INPUT, missing=Exit.NO_INPUT)
    assert caught.value.code is Exit.NO_INPUT


def test_a_calendar_of_the_workspace_that_does_not_hold_is_a_setting_that_does_not_hold(
    tmp_path: Path, conventions: Conventions
) -> None:
    with pytest.raises(Stop) as caught:
        load([tmp_path / "2027.yaml"], conventions)
    assert caught.value.code is Exit.SETTINGS


def test_an_imported_year_replaces_the_one_of_the_program_and_is_named(
    tmp_path: Path, conventions: Conventions
) -> None:
    path = tmp_path / "2026.yaml"
    path.write_text("year: 2026\nholidays: [2026-01-01, 2026-05-01, 2026-10-01]\n", encoding="utf-8")
    days = load([path], conventions)
    assert days.years[2026].source == str(path)
    assert days.is_workday(date(2026, 2, 17)) is True


def test_two_files_for_one_year_are_refused(tmp_path: Path, conventions: Conventions) -> None:
    paths = [tmp_path / "a.yaml", tmp_path / "b.yaml"]
    for path in paths:
        path.write_text(OURS, encoding="utf-8")
    with pytest.raises(Stop, match=r"two calendar files hold 2027: .*a\.yaml, .*b\.yaml") as caught:
        load(paths, conventions)
    assert caught.value.code is Exit.SETTINGS
