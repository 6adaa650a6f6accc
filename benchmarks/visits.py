"""A year's visits for 20,000 customers and 600 engineers, beside min-cost flows in OR-Tools on the same instance.

The bar: placing takes at most a fifth of the time of the flow by day, and no engineer's busiest week is busier. All
are given the same instance in the form they like best (masks, or numpy arrays, of the days and weeks in which a visit
may be made, assurances taken out), solve engineer by engineer, since visits of different engineers have nothing to do
with each other, and answer with a day for each visit. Reading, naming engineers and documents are in none of them.

- *Flow by day* is the whole problem as one flow: an arc from each visit to each of its days, from each day to its week,
  and from each week one arc per visit to the sink, each dearer by one than the one before. The cheapest flow has the
  lightest busiest week, and the others as even as they can be.
- *Flow by week* leaves the days out, and lays them with our own spreading afterwards.
- *Merged*: visits that may be made on the same days are one node. One must see that they are interchangeable.
- *Least*: each week has one arc, for as many visits as the year has on average, or one more as long as there is no way.
  Only the busiest week counts: some weeks are filled to that limit, and others left empty.

All arcs are added in bulk. OR-Tools comes with `pip install -e '.[bench]'`; `--alone` does without.
The instance is invented from a seed.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from statistics import median
from time import perf_counter, process_time
from typing import Any

from aftersales_cli import library
from aftersales_cli.visit.days import DAY, YearDays, days_of
from aftersales_cli.visit.placing import place
from aftersales_cli.visit.slots import slots
from aftersales_cli.visit.spreading import spread
from aftersales_cli.workdays.conventions import read_conventions
from aftersales_cli.workdays.opening import built_in

YEAR, LEAST, TOWNS, CAPACITY = 2026, 5.0, 4, 99
OFTEN = {1: 55, 2: 25, 3: 4, 4: 9, 6: 5, 12: 2}
"""Of a hundred customers, how many are visited how often."""


@dataclass
class Task:
    """One engineer's visits: the days and weeks each may be made in, and its town; `on` and `within` are arrays."""

    days: tuple[int, ...]
    weeks: tuple[int, ...]
    towns: tuple[int, ...]
    on: Any = None
    within: Any = None


Days = Sequence[int]
Way = Callable[[Task, YearDays], Days]


def main() -> int:
    """Print the table; 1 where the bar is crossed."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--scale", type=float, default=0.1, help="of 20,000 customers (default: 0.1; the bar: 1)")
    arguments.add_argument("--runs", type=int, default=5, help="of each, in turns (default: 5)")
    arguments.add_argument("--alone", action="store_true", help="measure only ours")
    given = arguments.parse_args()
    conventions = read_conventions(library.content("rulebook"))
    days = days_of(YEAR, built_in(conventions), conventions.rests_by_law.of(YEAR), date(YEAR, 1, 1))
    tasks = generated(days, round(20_000 * given.scale), max(1, round(600 * given.scale)))
    ways: dict[str, Way] = {"ours": placed}
    if not given.alone:
        ways |= FLOWS
        for task in tasks:
            task.on, task.within = _array(task.days, len(days.days)), _array(task.weeks, len(days.weeks))
    print(f"{sum(len(t.weeks) for t in tasks)} visits, {len(tasks)} engineers; medians of {given.runs} runs in turns")
    return measured(ways, tasks, days, given.runs)


def measured(ways: dict[str, Way], tasks: Sequence[Task], days: YearDays, runs: int) -> int:
    """Time every way as often, in turns, and compare what they found."""
    cpu: dict[str, list[float]] = {name: [] for name in ways}
    wall: dict[str, list[float]] = {name: [] for name in ways}
    found: dict[str, list[Days]] = {}
    for way in ways.values():
        way(tasks[0], days)  # imports are not timed
    for _ in range(runs):
        for name, way in ways.items():
            begun, since = process_time(), perf_counter()
            found[name] = [way(task, days) for task in tasks]
            cpu[name].append(process_time() - begun)
            wall[name].append(perf_counter() - since)
    peaks = {name: [peak(*each, days) for each in zip(tasks, plans, strict=True)] for name, plans in found.items()}
    print(f"{'':15}   cpu s  wall s  × ours  all peaks  weeks at the peak  towns in weeks")
    ratios = {name: median(a / b for a, b in zip(cpu[name], cpu["ours"], strict=True)) for name in ways}
    for name in ways:
        full = sum(at_peak(each, days) for each in found[name])
        towns = sum(towns_in_weeks(*each, days) for each in zip(tasks, found[name], strict=True))
        print(f"{name:15} {median(cpu[name]):7.3f} {median(wall[name]):7.3f} {ratios[name]:7.1f} "
              f"{sum(peaks[name]):10} {full:18} {towns:15}")  # fmt: skip
    if any(ours > theirs for name in ways for ours, theirs in zip(peaks["ours"], peaks[name], strict=True)):
        print("an engineer's busiest week is busier than a flow's")
        return 1
    if "flow by day" not in ways:
        return 0
    print(f"{ratios['flow by day']:.1f} × as fast as the flow by day; the bar is {LEAST:.0f} ×")
    return int(ratios["flow by day"] < LEAST)


def peak(task: Task, found: Days, days: YearDays) -> int:
    """The visits of the busiest week; every visit has one of its days."""
    assert all(mask >> day & 1 for mask, day in zip(task.days, found, strict=True))
    return max(Counter(days.week_of[day] for day in found).values(), default=0)


def at_peak(found: Days, days: YearDays) -> int:
    """How many weeks are as busy as the busiest: the fewer, the more even."""
    loads = list(Counter(days.week_of[day] for day in found).values())
    return loads.count(max(loads, default=0))


def towns_in_weeks(task: Task, found: Days, days: YearDays) -> int:
    """How often a week leads to a town: the fewer, the more visits share a journey."""
    return len({(days.week_of[day], town) for day, town in zip(found, task.towns, strict=True)})


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


def placed(task: Task, days: YearDays) -> Days:
    """Ours: weeks, then days."""
    worked = [mask.bit_count() for mask in days.in_week]
    weeks = place(task.weeks, worked, CAPACITY, task.towns).weeks
    return spread(weeks, task.days, task.towns, days.in_week)


def by_day(task: Task, days: YearDays, *, merged: bool = False) -> Days:
    """Visits to days to weeks, all in one flow."""
    return _chosen(task.on, _kinds(task.days, merged), len(days.weeks), days.week_of)


def by_week(task: Task, days: YearDays, *, merged: bool = False, least: bool = False) -> Days:
    """Visits to weeks; then the days."""
    weeks = _chosen(task.within, _kinds(task.weeks, merged), len(days.weeks), None, least)
    return spread(weeks, task.days, task.towns, days.in_week)


def _kinds(masks: Sequence[int], merged: bool) -> list[int]:
    """A number for each visit; merged, the same for those that are alike."""
    numbers: dict[int, int] = {}
    return [numbers.setdefault(mask, len(numbers)) for mask in masks] if merged else list(range(len(masks)))


def _chosen(free: Any, kinds: list[int], weeks: int, week_of: Sequence[int] | None, least: bool = False) -> list[int]:
    """The day of each visit, or its week where no days are given."""
    import numpy as np

    visits, width = free.shape
    kind = np.array(kinds)
    supplies = np.bincount(kind)
    example = np.zeros(len(supplies), dtype=np.int64)
    example[kind] = np.arange(visits)
    of, choice = np.nonzero(free[example])
    between, first = None, len(supplies)
    if week_of is not None:
        first += width
        between = np.arange(width) + len(supplies), np.array(week_of) + first, np.full(width, visits)
    limit, used = -(-visits // weeks), None
    while used is None:
        last = _limited(limit, first, weeks) if least else _dearer(limit + 1, first, weeks)
        used, limit = _solved(supplies, (of, choice + len(supplies)), between, last), limit + 1
    found = np.empty(visits, dtype=np.int64)
    found[np.argsort(kind, kind="stable")] = np.repeat(choice, used)
    return list(found.tolist())


FLOWS: dict[str, Way] = {
    "flow by day": by_day,
    "by day, merged": partial(by_day, merged=True),
    "flow by week": by_week,
    "by week, merged": partial(by_week, merged=True),
    "by week, least": partial(by_week, merged=True, least=True),
}


def _array(masks: Sequence[int], width: int) -> Any:
    """A row of truth values for each mask."""
    import numpy as np

    length = -(-width // 8)
    rows = np.frombuffer(b"".join(mask.to_bytes(length, "little") for mask in masks), dtype=np.uint8)
    return np.unpackbits(rows.reshape(len(masks), length), axis=1, bitorder="little")[:, :width].astype(bool)


def _dearer(most: int, first: int, weeks: int) -> Any:
    """Arcs for so many visits from each week to the sink behind the weeks, each dearer by one than the one before."""
    import numpy as np

    tails = np.repeat(np.arange(weeks) + first, most)
    costs = np.tile(np.arange(1, most + 1), weeks)
    return tails, np.full(len(tails), first + weeks), np.ones(len(tails), dtype=np.int64), costs


def _limited(most: int, first: int, weeks: int) -> Any:
    """One arc for so many visits from each week to the sink behind the weeks, all at the same cost."""
    import numpy as np

    sink = np.full(weeks, first + weeks)
    return np.arange(weeks) + first, sink, np.full(weeks, most), np.zeros(weeks, dtype=np.int64)


def _solved(supplies: Any, choices: Any, between: Any, last: Any) -> Any:
    """How much flows over each of the choices; None where there is no way. The nodes with supplies come first."""
    import numpy as np
    from ortools.graph.python import min_cost_flow

    solver = min_cost_flow.SimpleMinCostFlow()
    add = solver.add_arcs_with_capacity_and_unit_cost
    free = np.zeros(len(choices[0]), dtype=np.int64)
    taken = add(*choices, supplies[choices[0]], free)
    if between is not None:
        add(*between, np.zeros(len(between[0]), dtype=np.int64))
    add(*last)
    solver.set_nodes_supplies(np.append(np.arange(len(supplies)), last[1][0]), np.append(supplies, -supplies.sum()))
    return solver.flows(taken) if solver.solve() == solver.OPTIMAL else None


if __name__ == "__main__":
    raise SystemExit(main())
