"""What people see of `aftersales cutover reschedule`: the windows, what binds them, why there are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from aftersales_cli.cli.cutover_views import decision_lines, verdict_words
from aftersales_cli.cli.output import table
from aftersales_cli.cutover.binds import Bind
from aftersales_cli.cutover.rescheduling import Candidate, Search
from aftersales_cli.cutover.task import Task
from aftersales_cli.jobs.check import verdict_of
from aftersales_cli.jobs.report import Report
from aftersales_cli.jobs.reschedule_report import Rescheduled
from aftersales_cli.records.values import Window
from aftersales_cli.rules.decision import Decision, Verdict
from aftersales_cli.words import Counted, Say, _, language, shown

if TYPE_CHECKING:
    from rich.console import RenderableType

NAMED = 3


def proposed(report: Report) -> Iterator[RenderableType]:
    """What stands against the window it has now, a row per window that can be had, and why there is none."""
    seen = _seen(report)
    yield from _present(seen)
    search = seen.search
    if search is None:
        return
    yield from _table(report, search)
    if not search.proposals:
        yield from _none(seen.present.task, search)
    else:
        for proposal in search.proposals:
            yield from _cautions(proposal.candidate)
        if search.last and search.last.binds:
            yield str(Say("no further window until {last}", last=search.last.window.start.date()))


def explained(report: Report) -> Iterator[RenderableType]:
    """The same, then every impossible day with what binds it, then each decision on each proposal."""
    yield from proposed(report)
    search = _seen(report).search
    if search is None:
        return
    if search.proposals:
        yield from _stretches(search)
    for proposal in search.proposals:
        yield ""
        yield _window(proposal.candidate.window)
        for decision in proposal.candidate.judged.decisions:
            yield from decision_lines(decision)


def _seen(report: Report) -> Rescheduled:
    assert isinstance(report.view, Rescheduled)
    return report.view


def _present(seen: Rescheduled) -> Iterator[str]:
    present, window = seen.present, seen.present.task.window.value
    told = Say("{task} now: {window}: {verdict}", task=present.task.name,
               window=_window(window) if window else None, verdict=verdict_words(verdict_of(present)))  # fmt: skip
    yield str(told)
    for decision in present.decisions:
        if _worth_saying(decision):
            yield f"  {_title(decision, present.task)}"


def _worth_saying(decision: Decision) -> bool:
    """Not met, and not merely because a cell cannot be read: that is told as a problem."""
    if decision.verdict is Verdict.NEEDS_A_PERSON:
        return not decision.missing or not all(missing.unread for missing in decision.missing)
    return decision.verdict is Verdict.BREACHED


def _title(decision: Decision, task: Task) -> Say:
    title = f"{decision.rule} {decision.title.get(language(), '')}"
    return Say("{title}: {says}", title=title, says=_says(decision, task))


def _says(decision: Decision, task: Task) -> Say:
    """What the decision says; of circuits that other tasks cut as well only how many, for they may be hundreds."""
    met = [pair for pair in task.pairs if pair.collides]
    if decision.rule != "CUT-11" or len(met) <= NAMED:
        return decision.says
    tasks = dict.fromkeys(number for pair in met for number in pair.collides)
    return Counted("together with {tasks} it cuts both paths of {n} circuit",
                   "together with {tasks} it cuts both paths of {n} circuits",
                   n=len(met), tasks=list(tasks))  # fmt: skip


def _table(report: Report, search: Search) -> Iterator[RenderableType]:
    rows = table("#", _("window"), _("publish by"), _("verdict"), _("not a day earlier because"))
    rows.columns[1].no_wrap = True
    for number, (item, proposal) in enumerate(zip(report.items, search.proposals, strict=True), 1):
        day = shown(item["publish_by"] or item["certainly_by"], language())
        why = "\n".join(_binds(proposal.before)) if proposal.before else ""
        verdict = verdict_words(Verdict(str(item["verdict"])))
        rows.add_row(str(number), _window(proposal.candidate.window), day, verdict, why)
    if search.proposals:
        yield rows


def _none(task: Task, search: Search) -> Iterator[str]:
    """Why nothing can be proposed."""
    for decision in search.standing:
        yield str(Say("no other window mends this: {what}", what=_title(decision, task)))
    if search.standing:
        return
    if search.last is None and search.ended is None:
        yield str(Say("no day was looked at: none of them lies ahead"))
    if search.last is not None:
        yield str(Say("no window can be proposed until {last}:", last=search.last.window.start.date()))
    yield from _stretches(search)
    if search.ended is not None:
        yield str(Say("{what}; --until DAY looks further", what=_title(search.ended, task)))


def _stretches(search: Search) -> Iterator[str]:
    """Days on end that fail by the same, with the sentence of the last of them."""
    groups: list[list[Candidate]] = []
    for one in search.rejected:
        if groups and _together(groups[-1][-1], one):
            groups[-1].append(one)
        else:
            groups.append([one])
    for group in groups:
        first, last = group[0].window.start.date(), group[-1].window.start.date()
        days = first if first == last else Say("{first} to {last}", first=first, last=last)
        yield "  " + str(Say("{days}: {why}", days=days, why="; ".join(_binds(group[-1]))))


def _together(one: Candidate, next_: Candidate) -> bool:
    apart = (next_.window.start.date() - one.window.start.date()).days
    return apart == 1 and [bind.key for bind in one.binds] == [bind.key for bind in next_.binds]


def _binds(candidate: Candidate) -> list[str]:
    """What makes a window impossible, and of notice whose it is."""
    return [_bind(bind, candidate.judged.task) for bind in candidate.binds]


def _bind(bind: Bind, task: Task) -> str:
    says = str(Say("{rule}: {says}", rule=bind.decision.rule, says=_says(bind.decision, task)))
    names: Sequence[object] = [c.name if c else Say("the department") for c in bind.customers]
    if not names:
        return says
    whom = Say("{names} and {n} more", names=names[:NAMED], n=len(names) - NAMED) if len(names) > NAMED else names
    return str(Say("{says} ({whom})", says=says, whom=whom))


def _cautions(candidate: Candidate) -> Iterator[str]:
    for decision in candidate.judged.decisions:
        for caution in decision.cautions:
            day = candidate.window.start.date()
            yield str(Say("{day}: {rule}: {says}", day=day, rule=decision.rule, says=caution))


def _window(window: Window) -> str:
    """`2026-06-15 00:00 – 06:00`, with both days where it passes midnight."""
    same = window.start.date() == window.end.date()
    return f"{window.start:%Y-%m-%d %H:%M} – {window.end:{'%H:%M' if same else '%Y-%m-%d %H:%M'}}"
