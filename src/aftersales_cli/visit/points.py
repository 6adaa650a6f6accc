"""What the records point to before a visit: likely problems, from which proposals are drafted (R28, R33, R39)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from aftersales_cli.records.faults import Fault
from aftersales_cli.records.folding import folded_circuit
from aftersales_cli.visit.history import History, Protection
from aftersales_cli.visit.interruptions import Since
from aftersales_cli.words import Counted, Say


def points(history: History, since: Since) -> Iterator[Say]:
    """One sentence each, the most pressing first; nothing where nothing was found."""
    yield from _of_faults(history, since)
    yield from _of_survival(history, since)
    yield from _of_follow_up(history)


def _of_faults(history: History, since: Since) -> Iterator[Say]:
    within = [each for each in history.interruptions if since.touches(each)]
    for each in within:
        if each.outage is not None and each.outage.open:
            start = each.outage.start
            yield Say("{number}: {circuit} has no restoration on record since {start}: say how it stands",
                      number=each.number, circuit=each.row.circuit_code, start=start)  # fmt: skip
    faults = [each.row for each in within if isinstance(each.row, Fault)]
    names = {folded_circuit(row.circuit_code): row.circuit_code for row in reversed(faults)}
    for key, n in Counter(folded_circuit(row.circuit_code) for row in faults).most_common():
        if n > 1:
            yield Say("{circuit} failed {n} times: look for a common cause", circuit=names[key], n=n)
    for each, opened in history.premature:
        if since.touches(each):
            yield Say("{number}: {circuit} failed before it was opened on {day}: one of the two days is wrong",
                      number=each.number, circuit=each.row.circuit_code, day=opened)  # fmt: skip
    unexplained = [row.fault_no for row in faults if not row.cause]
    if unexplained:
        yield Say("no cause is on record for {faults}", faults=unexplained)
    recovered = [row.fault_no for row in faults if row.self_recovered]
    if recovered:
        yield Say("{faults} went away without anybody doing anything: they may come back", faults=recovered)


def _of_survival(history: History, since: Since) -> Iterator[Say]:
    failed = {each.circuit for each in history.interruptions if since.touches(each)}
    bare = [c for c in history.circuits if history.protection(c) is Protection.UNPROTECTED]
    hit = [c.circuit_code for c in bare if folded_circuit(c.circuit_code) in failed]
    if hit:
        yield Say("interrupted, and without a protecting route: {circuits}", circuits=hit)
    others = len(bare) - len(hit)
    if others and hit:
        yield Counted(
            "{n} more circuit has no protecting route", "{n} more circuits have no protecting route", n=others
        )
    elif others:
        yield Counted("{n} circuit has no protecting route", "{n} circuits have no protecting route", n=others)
    unknown = [c for c in history.circuits if history.protection(c) is Protection.UNKNOWN]
    if unknown and history.has("routes"):
        yield Counted("of {n} circuit no route is on record", "of {n} circuits no route is on record", n=len(unknown))
    coming = [each for each in history.planned if each.start >= history.now and not each.cancelled]
    untold = [each.task_no for each in coming if each.told_at is None]
    if untold:
        yield Say("cutovers are coming of which the customer has had no notice: {tasks}", tasks=untold)


def _of_follow_up(history: History) -> Iterator[Say]:
    hazards = [each.inspection_no for each in history.inspections if each.closed_on is None]
    if hazards:
        yield Say("inspection findings are open: {findings}", findings=hazards)
    today = history.now.date()
    done = {(each.visit.visit_no, each.action) for each in history.issues if each.solved_on is not None}
    late = [action.text for visit in history.visits for action in visit.actions
            if action.due and action.due < today and (visit.visit_no, action) not in done]  # fmt: skip
    if late:
        yield Say("measures whose day has passed; say what became of them: {measures}", measures=late)
    silent = [issue.text for issue in history.issues if not issue.progress and issue.solved_on is None]
    if silent:
        yield Say("issues the customer raised without any progress on record: {issues}", issues=silent)
    ended = [c.circuit_code for c in history.circuits if c.contract_end and c.contract_end < today]
    if ended:
        yield Say("the contract on record has ended: {circuits}", circuits=ended)
