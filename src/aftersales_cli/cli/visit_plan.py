"""`aftersales visit plan`: the command, and what people see of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from aftersales_cli.cli import options, session
from aftersales_cli.cli.output import leave, table
from aftersales_cli.words import Counted, Say, _

if TYPE_CHECKING:
    from rich.console import RenderableType

    from aftersales_cli.jobs.report import Report
    from aftersales_cli.jobs.visit_plan_report import Outcome
    from aftersales_cli.records.events import PlannedVisit
    from aftersales_cli.visit.plan import Appointment, Plan, Unplaced

SHOWN = 60


def command(
    context: typer.Context,
    year: Annotated[int, typer.Option("--year", metavar="YEAR", min=2000, max=2100, help=_("the year to plan"))],
    customer: Annotated[
        list[str] | None, typer.Option("--customer", metavar="CODE", help=_("only this customer; repeatable"))
    ] = None,
    engineer: Annotated[
        list[str] | None, typer.Option("--engineer", metavar="NAME", help=_("only this engineer's visits; repeatable"))
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help=_("tell why: every visit with its slot and rules; nothing is written"))
    ] = False,
    customers: options.Customers = None,
    engineers: options.Engineers = None,
    assurances: options.Assurances = None,
    cutovers: options.Cutovers = None,
    circuits: options.Circuits = None,
    routes: options.Routes = None,
    visits: options.Visits = None,
    encoding: options.Encoding = None,
    out: options.Output = None,
    dry_run: options.DryRun = False,
    wait: options.Wait = 10,
    json: options.Json = False,
) -> None:
    """`visit plan`."""
    from pathlib import Path

    from aftersales_cli.jobs import visit_plan as job

    del customers, engineers, assurances, cutovers, circuits, routes, visits, encoding
    wishes = job.Wishes(
        year=year,
        customers=tuple(customer or ()),
        engineers=tuple(engineer or ()),
        dry_run=dry_run,
        output=Path(out).absolute() if out else None,
        wait=wait,
        explain=explain,
    )
    report = job.plan(session.desk(session.given(context.params)), wishes)
    if explain:
        from aftersales_cli.cli.visit_explain import planned

        leave(report, planned, json=json)
    leave(report, told, json=json)


def told(report: Report) -> Iterator[RenderableType]:
    """Each engineer's year in a line; what changed since the plan before; what could not be placed; the counts."""
    from aftersales_cli.jobs.visit_plan_report import Outcome

    outcome = report.view
    assert isinstance(outcome, Outcome)
    if outcome.plan.loads:
        yield from _engineers(outcome.plan)
    if outcome.replanned and (outcome.moved or outcome.plan.lost):
        yield from _changes(outcome.moved, outcome.plan.lost)
    if outcome.taken_out:
        yield from _taken_out(outcome.taken_out)
    if outcome.plan.unplaced:
        yield from _open(outcome.plan)
    counts = report.summary
    visits, people = counts["visits"], len(outcome.plan.loads)
    assert isinstance(visits, int)
    planned = Counted("{n} visit", "{n} visits", n=visits)
    by = Counted("{n} engineer", "{n} engineers", n=people)
    to = Counted("{n} customer", "{n} customers", n=len({visit.customer.code for visit in outcome.plan.visits}))
    open_ = len(outcome.plan.unplaced)
    yield str(Say("{visits} to {customers} by {engineers}; {open} could not be placed",
                  visits=planned, customers=to, engineers=by, open=open_))  # fmt: skip
    if outcome.replanned:
        yield str(_differ(outcome))


def _differ(outcome: Outcome) -> Say:
    """How many visits are not as they were, and of how many there is nothing more to see in the plan."""
    moved, out, lost = len(outcome.moved), len(outcome.taken_out), len(outcome.plan.lost)
    n = moved + out + lost
    all_ = Counted("{n} differs from the plan before", "{n} differ from the plan before", n=n)
    if n == moved:
        return all_
    how = [Counted("{n} is new, or on another day, or somebody else's",
                   "{n} are new, or on another day, or somebody else's", n=moved),
           Counted("{n} was taken out", "{n} were taken out", n=out),
           Counted("{n} cannot be placed any more", "{n} cannot be placed any more", n=lost)]  # fmt: skip
    return Say("{all}: {how}", all=all_, how=[each for each in how if each.values["n"]])


def _engineers(plan: Plan) -> Iterator[RenderableType]:
    rows = table(_("engineer"), _("place"), _("visits"), _("busiest week"), _("visits per week"))
    for person, weeks in list(plan.loads.items())[:SHOWN]:
        most = max(weeks.values())
        monday = min(week for week, load in weeks.items() if load == most)
        busiest = str(Say("{load} from {monday}", load=most, monday=monday))
        rows.add_row(person.label, person.place, str(sum(weeks.values())), busiest, str(person.capacity))
    yield rows
    yield from _more(len(plan.loads))


def _changes(moved: tuple[Appointment, ...], lost: tuple[Unplaced, ...]) -> Iterator[RenderableType]:
    rows = table(_("customer"), _("name"), _("was"), _("now"), _("engineer"), title=_("changed"))
    for visit in moved[:SHOWN]:
        before = visit.wanted.before
        was = f"{before.day} {before.engineer}" if before else _("new in the plan")
        rows.add_row(visit.customer.code, visit.customer.name, was, visit.day.isoformat(), visit.by.person.label)
    for one in lost[: max(SHOWN - len(moved), 0)]:
        customer, before = one.wanted.customer, one.wanted.before
        was = f"{before.day} {before.engineer}" if before else ""
        rows.add_row(customer.code, customer.name, was, "–", one.person.label if one.person else "–")
    yield rows
    yield from _more(len(moved) + len(lost))


def _taken_out(visits: tuple[PlannedVisit, ...]) -> Iterator[RenderableType]:
    rows = table(_("customer"), _("was"), _("engineer"), title=_("taken out"))
    for visit in visits[:SHOWN]:
        rows.add_row(visit.customer_code, visit.day.isoformat(), visit.engineer)
    yield rows
    yield from _more(len(visits))


def _open(plan: Plan) -> Iterator[RenderableType]:
    """A row for each customer and reason, with all slots it holds for."""
    rows = table(_("customer"), _("name"), _("slot"), _("why"), title=_("could not be placed"))
    for (code, why), same in groupby(plan.unplaced[:SHOWN], lambda one: (one.wanted.customer.code, str(one.because))):
        found = [one.wanted for one in same]
        spans = (f"{wanted.slot.start:%m-%d}…{wanted.slot.end:%m-%d}" for wanted in found)
        rows.add_row(code, found[0].customer.name, "\n".join(spans), why)
    yield rows
    yield from _more(len(plan.unplaced))


def _more(count: int) -> Iterator[str]:
    if count > SHOWN:
        yield str(Say("… and {n} more; --json lists all", n=count - SHOWN))
