"""`aftersales cutover feedback`: the command, and what people see of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from aftersales_cli.cli import options, session
from aftersales_cli.cli.output import leave, table, unbroken
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.words import Counted, Say, _, language, shown

if TYPE_CHECKING:
    from rich.console import RenderableType

    from aftersales_cli.feedback.affected import Affected
    from aftersales_cli.jobs.feedback_report import Standing
    from aftersales_cli.jobs.report import Report

SHOWN = 200
CELLS = {
    "number": "feedback_no", "kind": "kind", "received": "received_at", "text": "text", "outcome": "outcome",
    "reason": "unit_reason", "replied": "replied_at", "level": "level", "start": "start", "end": "end",
}  # fmt: skip
"""The options that say something of one piece, with the table's keys for them."""


def _cell(name: str, metavar: str, help_: str) -> object:
    return typer.Option(f"--{name}", metavar=metavar, help=help_)


def command(
    context: typer.Context,
    task: Annotated[
        list[str] | None, typer.Option("--task", metavar="NO", help=_("of this task; alone: only its cases"))
    ] = None,
    customer: Annotated[
        list[str] | None, typer.Option("--customer", metavar="CODE", help=_("of this customer; alone: only its cases"))
    ] = None,
    number: Annotated[str | None, _cell("no", "NO", _("the number of the piece that the options give"))] = None,
    kind: Annotated[str | None, _cell("kind", "WORD", _("疑问, 改期要求 or 重保要求: one piece by options"))] = None,
    received: Annotated[str | None, _cell("received", "WHEN", _("when the customer said it"))] = None,
    text: Annotated[str | None, _cell("text", "TEXT", _("what the customer said"))] = None,
    outcome: Annotated[str | None, _cell("outcome", "WORD", _("满足, 不能满足 or 处理中"))] = None,
    reason: Annotated[str | None, _cell("reason", "TEXT", _("the initiating unit's reason"))] = None,
    replied: Annotated[str | None, _cell("replied", "WHEN", _("when the customer was answered"))] = None,
    level: Annotated[str | None, _cell("level", "WORD", _("of the protection asked for"))] = None,
    start: Annotated[str | None, _cell("start", "WHEN", _("when the protection begins"))] = None,
    end: Annotated[str | None, _cell("end", "WHEN", _("when the protection ends"))] = None,
    circuit: Annotated[
        list[str] | None,
        typer.Option("--circuit", metavar="CODE", help=_("to be protected; repeatable (default: all)")),
    ] = None,
    letters: Annotated[
        bool, typer.Option("--letters", help=_("the letter with the reason on paper (.docx), too"))
    ] = False,
    feedback: options.Feedback = None,
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
    """`cutover feedback`."""
    from pathlib import Path

    from aftersales_cli.jobs import feedback as job

    given = session.given(context.params)
    one = _one({key: context.params.get(option) for option, key in CELLS.items()}, task, customer, circuit)
    if one and feedback:
        raise Stop(Say("--feedback FILE and one piece by options do not go together"), code=Exit.USAGE)
    wishes = job.Wishes(
        one=one,
        tasks=() if one else task or (),
        customers=() if one else customer or (),
        letters=letters,
        dry_run=dry_run,
        output=Path(out).absolute() if out else None,
        wait=wait,
    )
    leave(job.feedback(session.desk(given), wishes), told, json=json)


def _one(
    said: dict[str, str | None], tasks: list[str] | None, customers: list[str] | None, circuits: list[str] | None
) -> dict[str, str]:
    """The cells of the piece that the options give; none where they only choose what is shown."""
    found = {key: text for key, text in said.items() if text is not None}
    if not found:
        if circuits:
            raise Stop(Say("--circuit needs --kind 重保要求"), code=Exit.USAGE)
        return {}
    for option, names in (("--task", tasks), ("--customer", customers)):
        if names and len(names) > 1:
            raise Stop(Say("one piece of feedback has one {option}", option=option), code=Exit.USAGE)
    found |= {"task_no": tasks[0]} if tasks else {}
    found |= {"customer_code": customers[0]} if customers else {}
    return found | ({"circuit_codes": ";".join(circuits)} if circuits else {})


def told(report: Report) -> Iterator[RenderableType]:
    """A row per case that is not closed, then what is owed and what each request touches, then the counts."""
    from aftersales_cli.feedback.case import State

    standing: tuple[Standing, ...] = report.view  # type: ignore[assignment]
    live = [one for one in standing if one.case.state is not State.CLOSED or one.new]
    rows = table(_("no."), _("kind"), _("customer"), _("task"), _("in charge"), _("due"), _("state"))
    for one in live[:SHOWN]:
        owner = one.case.owner.name if one.case.owner else "–"
        customer = f"{one.case.customer.code}\n{one.case.customer.name}"
        rows.add_row(one.case.number, _kind(one), customer, one.case.row.task_no or "–", owner, _due(one), _state(one))
    if live:
        yield unbroken(rows, 3, 0)
    if len(live) > SHOWN:
        yield str(Say("… and {n} more; --json lists all", n=len(live) - SHOWN))
    for one in live[:SHOWN]:
        yield from _open(one)
        yield from (_touched(one, each) for each in one.affected)
        yield from (str(Say("{no}: written {file}", no=one.case.number, file=file.name)) for file in one.files)
    yield _counts(report)


def _counts(report: Report) -> str:
    counts = {key: report.summary[key] for key in ("owed", "overdue")}
    cases, recorded = report.summary["cases"], report.summary["recorded"]
    assert isinstance(cases, int)
    assert isinstance(recorded, int)
    return str(Say("{cases}: something is owed in {owed}, {overdue} overdue; {recorded}",
                   cases=Counted("{n} case", "{n} cases", n=cases),
                   recorded=Counted("{n} event recorded", "{n} events recorded", n=recorded),
                   **counts))  # fmt: skip


def _kind(one: Standing) -> str:
    from aftersales_cli.records.values import FeedbackKind

    return {
        FeedbackKind.QUESTION: _("question"),
        FeedbackKind.OBJECTION: _("objection"),
        FeedbackKind.ASSURANCE: _("request for protection"),
    }[one.case.kind]


def _state(one: Standing) -> str:
    from aftersales_cli.feedback.case import State

    return {
        State.OPEN: _("open"),
        State.ANSWERED: _("answered"),
        State.CANNOT_BE_MET: _("cannot be met"),
        State.FORWARDED: _("forwarded"),
        State.CLOSED: _("closed"),
    }[one.case.state]


def _due(one: Standing) -> str:
    if not one.owed or one.due is None:
        return "–"
    due = shown(one.due.due, language()).replace(" ", "\n")
    return "\n".join([due, _("overdue")]) if one.overdue else due


def _open(one: Standing) -> Iterator[str]:
    """What is not met, in the words of the decision."""
    if not one.owed:
        return
    from aftersales_cli.rules.decision import Verdict

    for decision in one.decisions:
        if decision.verdict is not Verdict.MET:
            title = f"{decision.rule} {decision.title.get(language(), '')}"
            says = Say("{title}: {says}", title=title, says=decision.says)
            yield f"{one.case.number}  {says}"


def _touched(one: Standing, each: Affected) -> str:
    """A task that a request for protection touches, with what the rules say."""
    circuits = [pair.circuit_code for pair in each.pairs if pair.circuit_code]
    says = [Say("{rule}: {says}", rule=d.rule, says=d.says) for d in each.decisions]
    values = {"no": one.case.number, "task": each.task.name, "circuits": circuits}
    if not says:
        return str(Say("{no} touches {task} ({circuits})", **values))
    return str(Say("{no} touches {task} ({circuits}): {says}", says=says, **values))
