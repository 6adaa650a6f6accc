"""A year's visits for 20,000 customers and 600 engineers, beside a min-cost flow in OR-Tools on the same instance.

The bar: placing takes at most a fifth of the time, and no engineer's busiest week is busier. Both are given the same
instance (the days on which each visit may be made, assurances taken out; which days make a week) and solve engineer by
engineer, since visits of different engineers have nothing to do with each other. The baseline is the usual formulation:
an arc from each visit to each of its days, from each day to its week, and from each week one arc per visit to the sink,
each dearer by one than the one before; such a flow of least cost also has the lightest busiest week. Its arcs are added
in bulk, as numpy arrays. Reading, naming engineers and documents are in neither. `--weeks` also times a thriftier flow
that leaves the days open, for which the bar does not hold.

OR-Tools comes with `pip install -e '.[bench]'`; `--alone` does without.
The instance is invented from a seed.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from time import process_time
from typing import Any

from aftersales_cli import library
from aftersales_cli.visit.days import DAY, YearDays, days_of
from aftersales_cli.visit.handing import NOWHERE
from aftersales_cli.visit.placing import Placed, place
from aftersales_cli.visit.slots import slots
from aftersales_cli.visit.spreading import Caller, spread
from aftersales_cli.workdays.conventions import read_conventions
from aftersales_cli.workdays.opening import built_in

YEAR, LEAST, TOWNS = 2026, 5.0, 4
OFTEN = {1: 55, 2: 25, 3: 4, 4: 9, 6: 5, 12: 2}
"""Of a hundred customers, how many are visited how often."""


@dataclass(frozen=True)
class Task:
    """One engineer's visits: the days and weeks each may be made in, and its town."""

    days: tuple[int, ...]
    weeks: tuple[int, ...]
    towns: tuple[int, ...]


def main() -> int:
    """Print the table; 1 where a bar is crossed."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--scale", type=float, default=0.1, help="of 20,000 customers (default: 0.1; the bar: 1)")
    arguments.add_argument("--runs", type=int, default=3, help="of each, in turns (default: 3)")
    arguments.add_argument("--weeks", action="store_true", help="also the flow that leaves the days open")
    arguments.add_argument("--alone", action="store_true", help="measure only ours")
    given = arguments.parse_args()
    conventions = read_conventions(library.content("rulebook"))
    days = days_of(YEAR, built_in(conventions), conventions.every_year_rests_on, date(YEAR, 1, 1))
    tasks = generated(days, round(20_000 * given.scale), max(1, round(600 * given.scale)))
    print(f"{sum(len(t.weeks) for t in tasks)} visits, {len(tasks)} engineers")
    ours: list[float] = []
    theirs: list[float] = []
    thrifty: list[float] = []
    for _ in range(given.runs):
        took, peaks = timed(lambda: [placed(task, days) for task in tasks])
        ours.append(took)
        if given.alone:
            continue
        took, least = timed(lambda: [flow(task.days, days) for task in tasks])
        theirs.append(took)
        if any(a > b for a, b in zip(peaks, least, strict=True)):
            print("an engineer's busiest week is busier than the flow's")
            return 1
        if given.weeks:
            thrifty.append(timed(lambda: [flow_of_weeks(task.weeks, len(days.weeks)) for task in tasks])[0])
    print(f"ours                  {median(ours):7.3f} s   busiest week {max(peaks)}, all peaks together {sum(peaks)}")
    if given.alone:
        return 0
    print(f"min-cost flow         {median(theirs):7.3f} s   busiest week {max(least)}, all peaks together {sum(least)}")
    if thrifty:
        print(f"flow without days     {median(thrifty):7.3f} s   {median(thrifty) / median(ours):.1f} × ours")
    ratio = median(theirs) / median(ours)
    print(f"{ratio:.1f} × as fast; the bar is {LEAST:.0f} ×")
    return int(ratio < LEAST)


def timed(work: Any) -> tuple[float, Any]:
    """The seconds of the processor it takes, and what it gives."""
    begun = process_time()
    found = work()
    return process_time() - begun, found


def generated(days: YearDays, customers: int, engineers: int) -> list[Task]:
    """Customers of invented frequency, every twentieth with an assurance of two weeks to two months."""
    chance = random.Random(20260101)
    found: list[tuple[list[int], list[int]]] = [([], []) for _ in range(engineers)]
    for _ in range(customers):
        masks, towns = found[chance.randrange(engineers)]
        town, (often,) = chance.randrange(TOWNS), chance.choices(list(OFTEN), list(OFTEN.values()))
        free = -1
        if chance.random() < 0.05:
            start = date(YEAR, 1, 1) + timedelta(days=chance.randrange(300))
            free = ~days.mask(start, start + chance.randrange(14, 60) * DAY)
        for slot in slots(days.year, often):
            mask = days.mask(slot.start, slot.end) & free
            if mask:
                masks.append(mask)
                towns.append(town)
    return [Task(tuple(m), tuple(map(days.weeks_in, m)), tuple(t)) for m, t in found]


def placed(task: Task, days: YearDays) -> int:
    """Ours: weeks, then days; the visits of the busiest week."""
    worked = [mask.bit_count() for mask in days.in_week]
    found: Placed = place(task.weeks, worked, 99, task.towns)
    by_week: dict[int, list[Caller]] = {}
    for visit, week in enumerate(found.weeks):
        assert week != NOWHERE
        by_week.setdefault(week, []).append(Caller(visit, task.towns[visit], task.days[visit]))
    for week, callers in by_week.items():
        first = days.in_week[week] & -days.in_week[week]
        bits = range(first.bit_length() - 1, days.in_week[week].bit_length())
        assert len(spread(callers, bits, week)) == len(callers)
    return found.peak


def flow(masks: Sequence[int], days: YearDays) -> int:
    """The baseline: one min-cost flow from visits by days and weeks; the visits of the busiest week."""
    import numpy as np

    visits, worked, weeks = len(masks), len(days.days), len(days.weeks)
    free = np.array([[mask >> day & 1 for day in range(worked)] for mask in masks], dtype=bool)
    visit, day = np.nonzero(free)
    by_week = np.array(days.week_of, dtype=np.int64) + visits + worked
    every = np.arange(worked, dtype=np.int64) + visits
    used = _solved(visits + worked + weeks, visits, visits + worked, weeks, (visit, day + visits), (every, by_week))
    return int(np.bincount(np.array(days.week_of)[day[used]], minlength=weeks).max())


def flow_of_weeks(masks: Sequence[int], weeks: int) -> int:
    """The same without days: from visits to weeks."""
    import numpy as np

    visits = len(masks)
    visit, week = np.nonzero(np.array([[mask >> each & 1 for each in range(weeks)] for mask in masks], dtype=bool))
    used = _solved(visits + weeks, visits, visits, weeks, (visit, week + visits))
    return int(np.bincount(week[used], minlength=weeks).max())


def _solved(sink: int, visits: int, first_week: int, weeks: int, choices: Any, between: Any = None) -> Any:
    """Which of the choices the flow takes; `between` are arcs without bounds, weeks are joined to the sink."""
    import numpy as np
    from ortools.graph.python import min_cost_flow

    def ones(arcs: Any) -> Any:
        return np.ones(len(arcs[0]), dtype=np.int64)

    solver = min_cost_flow.SimpleMinCostFlow()
    add = solver.add_arcs_with_capacity_and_unit_cost
    taken = add(*choices, ones(choices), ones(choices) * 0)
    if between is not None:
        add(*between, ones(between) * visits, ones(between) * 0)
    most = -(-visits // 10) + 5
    tails = np.repeat(np.arange(weeks, dtype=np.int64), most) + first_week
    last = (tails, np.full(len(tails), sink, dtype=np.int64))
    add(*last, ones(last), np.tile(np.arange(1, most + 1, dtype=np.int64), weeks))
    solver.set_nodes_supplies(np.array([*range(visits), sink]), np.array([*[1] * visits, -visits]))
    if solver.solve() != solver.OPTIMAL:
        raise RuntimeError("the flow found no way")
    return solver.flows(taken).astype(bool)


if __name__ == "__main__":
    raise SystemExit(main())
