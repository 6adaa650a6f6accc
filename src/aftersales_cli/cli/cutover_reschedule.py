"""`aftersales cutover reschedule --task NO`: the command, and what people see of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from aftersales_cli.cli import options, session
from aftersales_cli.cli.output import leave, table
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.jobs.report import Report
from aftersales_cli.words import Say, _, language, shown

if TYPE_CHECKING:
    from datetime import date

    from rich.console import RenderableType

    from aftersales_cli.cutover.binds import Bind
    from aftersales_cli.cutover.rescheduling import Candidate, Search
    from aftersales_cli.cutover.task import Task
    from aftersales_cli.jobs.reschedule_report import Rescheduled
    from aftersales_cli.records.values import DailyHours, Window
    from aftersales_cli.rules.decision import Decision

NAMED = 3


def command(
    context: typer.Context,
    task: Annotated[str, typer.Option("--task", metavar="NO", help=_("the task to move"))],
    first: Annotated[str | None, typer.Option("--from", metavar="DAY", help=_("no earlier than this day"))] = None,
    last: Annotated[
        str | None, typer.Option("--until", metavar="DAY", help=_("no later than this day (default: as the book says)"))
    ] = None,
    hours: Annotated[
        str | None, typer.Option("--hours", metavar="FROM-TO", help=_("such as 00:00-06:00 (default: its hours now)"))
    ] = None,
    count: Annotated[int, typer.Option("--count", metavar="N", min=1, help=_("so many windows"))] = 3,
    explain: Annotated[
        bool, typer.Option("--explain", help=_("why each earlier day is impossible, and the story of each decision"))
    ] = False,
    writing: Annotated[bool, typer.Option("--write", help=_("write its rows in the first of these windows"))] = False,
    pick: Annotated[
        int | None, typer.Option("--pick", metavar="N", min=1, help=_("in the window of this number instead"))
    ] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="FILE", help=_("write them to this workbook"))] = None,
    cutovers: options.Cutovers = None,
    customers: options.Customers = None,
    circuits: options.Circuits = None,
    routes: options.Routes = None,
    assurances: options.Assurances = None,
    departments: options.Departments = None,
    encoding: options.Encoding = None,
    out: options.Output = None,
    dry_run: options.DryRun = False,
    wait: options.Wait = 10,
    json: options.Json = False,
) -> None:
    """`cutover reschedule`."""
    from pathlib import Path

    from aftersales_cli.jobs import reschedule as job

    given = session.given(context.params)
    wishes = job.Wishes(
        task_no=task,
        first=_day(first, "--from"),
        last=_day(last, "--until"),
        hours=_hours(hours),
        count=count,
        pick=pick,
        write=bool(writing or to or out),
        output=Path(out).absolute() if out else None,
        to=Path(to).absolute() if to else None,
        dry_run=dry_run,
        wait=wait,
    )
    leave(job.reschedule(session.desk(given), wishes), explained if explain else proposed, json=json)


def _day(text: str | None, option: str) -> date | None:
    return session.instant(text, option=option).date() if text else None


def _hours(text: str | None) -> DailyHours | None:
    from aftersales_cli.records.cells import daily_hours
    from aftersales_cli.records.columns import Refused

    try:
        return daily_hours(text) if text else None
    except Refused as refused:
        message = Say("{option}: “{text}” are no hours", option="--hours", text=text)
        raise Stop(message, hint=refused.accepted, code=Exit.USAGE) from refused


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
    from aftersales_cli.cli.cutover_views import decision_lines

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
    from aftersales_cli.jobs.reschedule_report import Rescheduled

    assert isinstance(report.view, Rescheduled)
    return report.view


def _present(seen: Rescheduled) -> Iterator[str]:
    from aftersales_cli.cli.cutover_views import verdict_words
    from aftersales_cli.jobs.check import verdict_of

    present, window = seen.present, seen.present.task.window.value
    told = Say("{task} now: {window}: {verdict}", task=present.task.name,
               window=_window(window) if window else None, verdict=verdict_words(verdict_of(present)))  # fmt: skip
    yield str(told)
    for decision in present.decisions:
        if _worth_saying(decision):
            yield f"  {_title(decision, present.task)}"


def _worth_saying(decision: Decision) -> bool:
    """Not met, and not merely because a cell cannot be read: that is told as a problem."""
    from aftersales_cli.rules.decision import Verdict

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
    return Say("together with {tasks} it cuts both paths of {n} circuits", tasks=list(tasks), n=len(met))


def _table(report: Report, search: Search) -> Iterator[RenderableType]:
    from aftersales_cli.cli.cutover_views import verdict_words
    from aftersales_cli.rules.decision import Verdict

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
        yield str(Say("  {days}: {why}", days=days, why="; ".join(_binds(group[-1]))))


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
