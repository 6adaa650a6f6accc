"""The calendar's fingerprint: of the days that decide a count, and of nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from aftersales_cli.workdays.calendar import Workdays
from aftersales_cli.workdays.conventions import MonthDay
from aftersales_cli.workdays.year import Year

USUAL = MonthDay(12, 29)
YEAR = Year(2011, frozenset({date(2011, 6, 6), date(2011, 1, 1)}), frozenset({date(2011, 10, 8)}), "a.yaml")


def fingerprint(*years: Year, unsettled: MonthDay = USUAL) -> str:
    return Workdays({year.year: year for year in years}, unsettled).fingerprint()


def test_where_a_year_was_read_does_not_count() -> None:
    assert fingerprint(YEAR) == fingerprint(replace(YEAR, source="b.json", notice="国办发明电"))


def test_every_day_and_every_year_and_the_convention_count() -> None:
    another = Year(2012, frozenset({date(2012, 1, 1)}), frozenset(), "c.yaml")
    found = [
        fingerprint(YEAR),
        fingerprint(replace(YEAR, holidays=YEAR.holidays - {date(2011, 6, 6)})),
        fingerprint(replace(YEAR, holidays=frozenset(), workdays=YEAR.holidays)),
        fingerprint(replace(YEAR, workdays=frozenset())),
        fingerprint(YEAR, another),
        fingerprint(YEAR, unsettled=MonthDay(12, 30)),
    ]

    assert len(set(found)) == len(found)
