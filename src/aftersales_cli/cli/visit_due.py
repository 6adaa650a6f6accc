"""`aftersales visit due`: the command, and what people see of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from aftersales_cli.cli import options, session
from aftersales_cli.cli.output import leave, table
from aftersales_cli.cli.visit_kinds import kind_word
from aftersales_cli.words import Counted, Say, _, language, shown

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from aftersales_cli.jobs.report import Report
    from aftersales_cli.visit.obligations import Obligation

SHOWN = 200


def command(
    context: typer.Context,
    customer: Annotated[
        list[str] | None, typer.Option("--customer", metavar="CODE", help=_("only this customer's; repeatable"))
    ] = None,
    days: Annotated[
        int | None,
        typer.Option("--days", metavar="N", min=0, help=_("so many days ahead (default: 31; all with --customer)")),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help=_("tell the whole story of each decision"))] = False,
    customers: options.Customers = None,
    warnings: options.Warnings = None,
    crises: options.Crises = None,
    visits: options.Visits = None,
    engineers: options.Engineers = None,
    departments: options.Departments = None,
    encoding: options.Encoding = None,
    json: options.Json = False,
) -> None:
    """`visit due`."""
    from aftersales_cli.jobs import visit_due as job

    del customers, warnings, crises, visits, engineers, departments, encoding
    desk = session.desk(session.given(context.params))
    report = job.due(desk, job.Wishes(tuple(customer or ()), days))
    if explain:
        from aftersales_cli.cli.visit_explain import owed

        leave(report, owed, json=json)
    leave(report, told, json=json)


def told(report: Report) -> Iterator[RenderableType]:
    """A row per visit that is owed, ours first; then the counts."""
    owed: tuple[Obligation, ...] = report.view  # type: ignore[assignment]
    rows = table(_("due"), _("customer"), _("visit"), _("because"))
    rows.columns[0].no_wrap = True
    for one in owed[:SHOWN]:
        rows.add_row(_due(one), f"{one.customer.code}\n{one.customer.name}", _visit(one), _because(one))
    if owed:
        yield rows
    else:
        yield _("no visit is due")
    yield from _counts(report, len(owed))


def _counts(report: Report, listed: int) -> Iterator[str]:
    """What the table leaves out, the counts, and how many come later."""
    if listed > SHOWN:
        yield str(Say("… and {n} more; --json lists all", n=listed - SHOWN))
    due, customers = report.summary["due"], report.summary["customers"]
    assert isinstance(due, int)
    assert isinstance(customers, int)
    values = {key: report.summary[key] for key in ("overdue", "open", "theirs")}
    values["visits"] = Counted("{n} visit is owed", "{n} visits are owed", n=due)
    values["customers"] = Counted("{n} customer", "{n} customers", n=customers)
    says = Say("{visits} to {customers}, {overdue} overdue; {theirs} by other provinces", **values)
    if values["open"]:
        says = Say("{visits} to {customers}, {overdue} overdue, {open} of which nobody can say; "
                   "{theirs} by other provinces", **values)  # fmt: skip
    yield str(says)
    yield from later(report)


def later(report: Report) -> Iterator[str]:
    """How many more are owed beyond the last day that is shown."""
    n = report.summary["later"]
    if isinstance(n, int) and n:
        yield str(Counted("{n} more comes after {day}; --days N looks further ahead",
                          "{n} more come after {day}; --days N looks further ahead",
                          n=n, day=report.summary["until"]))  # fmt: skip


def _due(one: Obligation) -> Text:
    from rich.text import Text

    day = one.due_by.isoformat()
    mark = pressing(one)
    style = ("bold red" if one.theirs is None else "red") if one.overdue else ""
    return Text(f"{day}\n{mark}" if mark else day, style=style)


def pressing(one: Obligation) -> str:
    """What stands beside the day: overdue, or what is open about it; empty where it is simply to come."""
    if one.overdue:
        return _("overdue")
    if one.or_later:
        return _("or later")
    return _("cannot be said") if one.overdue is None else ""


def _visit(one: Obligation) -> str:
    """Kind, place, who goes, who leads."""
    lines = [f"{kind_word(one.kind)} {one.where.text}", *_several(one)]
    if one.on_site:
        lines.append(_("on site"))
    if one.leader:
        lines.append(str(Say("led by {rank} or higher", rank=one.leader)))
    if one.theirs:
        lines.append(str(Say("owed by {province}", province=one.theirs)))
    elif one.engineer:
        lines.append(one.engineer)
    return "\n".join(lines)


def _several(one: Obligation) -> Iterator[str]:
    """How many visits one line is for, where it is for more than one."""
    if len(one.visits) > 1:
        yield str(Counted("{n} visit, {overdue} overdue", "{n} visits, {overdue} overdue",
                          n=len(one.visits), overdue=one.visits.count(True)))  # fmt: skip


def _because(one: Obligation) -> str:
    from aftersales_cli.jobs.visit_due import reason

    asked = shown(one.asked_by, language())
    lines = [reason(one.because).to(language())]
    if asked and one.because.decision is not None:  # what was agreed names its visit, what is planned has no number
        lines[0] = f"{asked}: {lines[0]}"
    return "\n".join([*lines, *(reason(each).to(language()) for each in one.others)])
