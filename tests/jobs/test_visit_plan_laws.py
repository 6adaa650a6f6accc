"""What holds however a desk's tables change between one plan of a year and the next."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from aftersales_cli.files.confined import Confined
from aftersales_cli.jobs.report import Report
from aftersales_cli.records.events import YearsPlan
from aftersales_cli.visit.slots import Slot, slots
from tests.jobs.planned import Planning, assured, client, engineer, entries, outcome, went
from tests.jobs.world import Row, World

VISITS = {"集团级": 6, "省清单级": 4, "省级": 2, "地市级": 1}
"""The sample book's numbers."""
MONTHS = ("2026-01-02", "2026-02-25", "2026-04-15", "2026-07-03", "2026-08-20", "2026-11-05")


@dataclass(frozen=True)
class Step:
    """What a desk's tables say on one day: the level of each customer there is, who there is, assurances, visits."""

    levels: dict[str, tuple[str, bool]]
    staff: dict[str, str]
    assured: tuple[tuple[str, int, int], ...]
    went: frozenset[tuple[str, int]]


codes = st.sampled_from(["K1", "K2", "K3"])
steps = st.builds(
    Step,
    st.dictionaries(codes, st.tuples(st.sampled_from(list(VISITS)), st.booleans()), min_size=1),
    st.dictionaries(st.sampled_from(["示例甲", "示例乙"]), st.sampled_from(["", "1", "0"]), min_size=1),
    st.lists(st.tuples(codes, st.integers(1, 10), st.integers(1, 2)), max_size=2).map(tuple),
    st.frozensets(st.tuples(codes, st.integers(1, 12)), max_size=2),
)


courses = st.lists(st.tuples(st.sampled_from(MONTHS), steps), min_size=2, max_size=3, unique_by=lambda each: each[0])
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
"""Without shrinking, which takes minutes."""


def tables(step: Step, before: frozenset[tuple[str, int]], on: str) -> dict[str, Any]:
    """The step as rows; visits once made stay made."""
    rows: list[Row] = [went(code, day) for code, month in sorted(before | step.went)
                       if (day := f"2026-{month:02}-10") < on]  # fmt: skip
    return {
        "customers": [client(code, level, "示例甲" if chief else None)
                      for code, (level, chief) in sorted(step.levels.items())],
        "engineers": [engineer(name, visits) for name, visits in sorted(step.staff.items())],
        "assurances": [assured(c, f"2026-{first:02}-01", f"2026-{first + long:02}-01")
                       for c, first, long in step.assured],
        "visits": rows or [went("K9", "2026-01-01")],
    }  # fmt: skip


@given(courses)
@settings(max_examples=25, deadline=None, phases=PHASES)
def test_a_new_plan_loses_nothing(reader: Confined, course: list[tuple[str, Step]]) -> None:
    with tempfile.TemporaryDirectory() as root:
        desk = Planning(World(Path(root), reader), [])
        made: frozenset[tuple[str, int]] = frozenset()
        numbers: dict[tuple[str, str], int] = {}
        known = YearsPlan()
        for day, step in sorted(course, key=lambda each: each[0]):
            for table, rows in tables(step, made, day).items():
                setattr(desk, table, rows)
            made |= step.went
            report = desk.plan(day)
            now = desk.known()
            nothing_past_is_lost(known, now, day)
            every_slot_is_accounted_for(step, report, now)
            numbers_never_fall(numbers, report)
            assert desk.plan(f"{day}T10:00").files == []  # a second run changes nothing
            assert desk.known() == now
            known = now


def nothing_past_is_lost(before: YearsPlan, now: YearsPlan, on: str) -> None:
    """Each visit whose day is over is still known, on that day and with that engineer."""

    def over(plan: YearsPlan) -> set[tuple[str, date, str]]:
        visits = (*plan.visits, *plan.superseded)
        return {(v.customer_code, v.day, v.engineer) for v in visits if str(v.day) < on}

    assert over(before) <= over(now)


def every_slot_is_accounted_for(step: Step, report: Report, now: YearsPlan) -> None:
    """Each slot of each customer once: planned, open with why, or past; and the ledger has the first two."""
    plan = outcome(report).plan
    for code, (level, _) in step.levels.items():
        wanted = sorted(slots(2026, VISITS[level]))
        planned = [visit.wanted.slot for visit in plan.visits if visit.customer.code == code]
        left = [one for one in plan.unplaced if one.wanted.customer.code == code]
        past = [one for one in plan.past if one.wanted.customer.code == code]
        assert sorted([*planned, *(u.wanted.slot for u in left), *(p.wanted.slot for p in past)]) == wanted
        assert all(str(one.because) for one in left)
        assert all(one.made or one.wanted.slot.end < plan.days.since for one in past)
        assert kept(now.visits, code) == sorted(planned)
        assert kept(now.open, code) == sorted(one.wanted.slot for one in left)


def kept(rows: Iterable[Any], code: str) -> list[Slot]:
    """The slots of a customer's rows in the ledger."""
    return sorted(Slot(row.slot_from, row.slot_to) for row in rows if row.customer_code == code)


def numbers_never_fall(highest: dict[tuple[str, str], int], report: Report) -> None:
    """No entry has a lower number than it ever had in any calendar, and none comes back to one at its cancellation's.

    Handed over, it has one number in both calendars: cancelled in the one, confirmed in the other.
    """
    found: dict[tuple[str, str], int] = {}
    for name, uid, number, status in by_calendar(report):
        assert number >= max(highest.get((name, uid), 0), highest.get(("", uid), 0)), uid
        for where, least in ((name, number + (status == "CANCELLED")), ("", number)):
            found[where, uid] = max(found.get((where, uid), 0), least)
    highest.update(found)


def by_calendar(report: Report) -> Iterator[tuple[str, str, int, str]]:
    """The entries of each calendar: its name, id, sequence, status."""
    for path in report.files:
        if path.suffix == ".ics":
            for uid, _, number, status in entries(replace(report, files=[path])):
                yield path.name, uid, number, status
