"""A year's visits for 20,000 customers and 600 engineers, beside a min-cost flow in OR-Tools on the same instance.

The bar: placing takes at most a fifth of the time, and no engineer's busiest week is busier. Both are given the same
masks (the weeks in which each visit may be made, assurances taken out) and solve engineer by engineer, since visits of
different engineers have nothing to do with each other. The baseline is the usual formulation: an arc from each visit to
each of its weeks, and from each week one arc per visit to the sink, each dearer by one than the one before; such a flow
of least cost also has the lightest busiest week. Its arcs are added in bulk, as numpy arrays. Reading, naming engineers
and documents are in neither; ours also chooses the days, the flow only the weeks.

OR-Tools is no dependency of the project: install `ortools` into any folder and put it on PYTHONPATH, or give `--alone`.
The instance is invented from a seed.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from time import perf_counter
from typing import Any

from aftersales_cli import library
from aftersales_cli.visit.days import DAY, YearDays, days_of
from aftersales_cli.visit.placing import NOWHERE, Placed, place
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
    arguments.add_argument("--alone", action="store_true", help="measure only ours")
    given = arguments.parse_args()
    conventions = read_conventions(library.content("rulebook"))
    days = days_of(YEAR, built_in(conventions), conventions.every_year_rests_on, date(YEAR, 1, 1))
    tasks = generated(days, round(20_000 * given.scale), max(1, round(600 * given.scale)))
    print(f"{sum(len(t.weeks) for t in tasks)} visits, {len(tasks)} engineers")
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(given.runs):
        took, peaks = timed(lambda: [placed(task, days) for task in tasks])
        ours.append(took)
        if not given.alone:
            took, least = timed(lambda: [flow(task.weeks, len(days.weeks)) for task in tasks])
            theirs.append(took)
            if any(a > b for a, b in zip(peaks, least, strict=True)):
                print("an engineer's busiest week is busier than the flow's")
                return 1
    print(f"ours, weeks and days  {median(ours):7.3f} s   busiest week {max(peaks)}, all peaks together {sum(peaks)}")
    if given.alone:
        return 0
    print(f"min-cost flow, weeks  {median(theirs):7.3f} s   busiest week {max(least)}, all peaks together {sum(least)}")
    ratio = median(theirs) / median(ours)
    print(f"{ratio:.1f} × as fast; the bar is {LEAST:.0f} ×")
    return int(ratio < LEAST)


def timed(work: Any) -> tuple[float, Any]:
    """The seconds it takes, and what it gives."""
    begun = perf_counter()
    found = work()
    return perf_counter() - begun, found


def generated(days: YearDays, customers: int, engineers: int) -> list[Task]:
    """Customers of invented frequency, every twentieth with an assurance of two weeks to two months."""
    chance = random.Random(20260101)  # noqa: S311 - no secret
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


def flow(masks: Sequence[int], weeks: int) -> int:
    """The baseline: one min-cost flow; the visits of the busiest week."""
    import numpy as np
    from ortools.graph.python import min_cost_flow

    visits = len(masks)
    pairs = [(visit, week) for visit, mask in enumerate(masks) for week in range(weeks) if mask >> week & 1]
    most = -(-visits // 10) + 5
    to_week = np.array(pairs, dtype=np.int64)
    sink = visits + weeks
    solver = min_cost_flow.SimpleMinCostFlow()
    one = np.ones(len(pairs), dtype=np.int64)
    arcs = solver.add_arcs_with_capacity_and_unit_cost(to_week[:, 0], to_week[:, 1] + visits, one, one * 0)
    tails = np.repeat(np.arange(weeks, dtype=np.int64), most) + visits
    prices = np.tile(np.arange(1, most + 1, dtype=np.int64), weeks)
    ones = np.ones(len(tails), dtype=np.int64)
    solver.add_arcs_with_capacity_and_unit_cost(tails, ones * sink, ones, prices)
    supply = np.append(np.append(np.ones(visits, dtype=np.int64), np.zeros(weeks, dtype=np.int64)), -visits)
    solver.set_nodes_supplies(np.arange(sink + 1, dtype=np.int64), supply)
    if solver.solve() != solver.OPTIMAL:
        raise RuntimeError("the flow found no way")
    used = solver.flows(arcs).astype(bool)
    return int(np.bincount(to_week[used, 1], minlength=weeks).max())


if __name__ == "__main__":
    raise SystemExit(main())
