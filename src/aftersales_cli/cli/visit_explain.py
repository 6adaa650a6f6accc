"""What people see of `visit plan --explain` and `visit due --explain`: every decision down to cell and clause."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from aftersales_cli.cli.cutover_views import decision_lines
from aftersales_cli.cli.visit_due import later, pressing
from aftersales_cli.cli.visit_kinds import kind_word
from aftersales_cli.jobs.report import Report
from aftersales_cli.jobs.visit_due import reason
from aftersales_cli.jobs.visit_plan_explain import Explained, cell
from aftersales_cli.jobs.visit_plan_report import Outcome
from aftersales_cli.visit.obligations import Obligation
from aftersales_cli.visit.plan import Appointment
from aftersales_cli.words import Say, _, language, shown

if TYPE_CHECKING:
    from rich.console import RenderableType

SHOWN = 60


def planned(report: Report) -> Iterator[RenderableType]:
    """Each customer's visits with slot and engineer, what could not be placed, and what the cards say of its year."""
    outcome = report.view
    assert isinstance(outcome, Outcome)
    for one in outcome.explained[:SHOWN]:
        yield ""
        yield f"{one.customer.code} {one.customer.name}"
        yield from _year(one)
        for decision in one.decisions:
            yield from decision_lines(decision)
    more = len(outcome.explained) - SHOWN
    if more > 0:
        yield str(Say("… and {n} more; --json lists all", n=more))


def _year(one: Explained) -> Iterator[str]:
    for visit in one.visits:
        slot = visit.wanted.slot
        yield "  " + str(Say("{day}, in its slot {first}…{last}: {engineer}, {role}",
                             day=visit.day, first=slot.start, last=slot.end, engineer=visit.by.person.label,
                             role=visit.by.role.say())) + _at(visit)  # fmt: skip
        if visit.moved_from is not None:
            yield "    " + str(Say("before, it was planned for {day}", day=visit.moved_from))
    for past in one.past:
        slot = past.wanted.slot
        if past.made is not None:
            yield "  " + str(Say("made on {day}, before this plan, for its slot {first}…{last}",
                                 day=past.made, first=slot.start, last=slot.end))  # fmt: skip
        else:
            yield "  " + str(Say("not planned: its slot {first}…{last} was over before there was a plan",
                                 first=slot.start, last=slot.end))  # fmt: skip
    for open_ in one.unplaced:
        slot = open_.wanted.slot
        yield "  " + str(Say("not placed in its slot {first}…{last}: {why}",
                             first=slot.start, last=slot.end, why=open_.because))  # fmt: skip


def _at(visit: Appointment) -> str:
    place = cell(visit)
    return f"   [{place}]" if place else ""


def owed(report: Report) -> Iterator[RenderableType]:
    """Each visit that is owed: what, where, by when; then every reason with its decision."""
    found: tuple[Obligation, ...] = report.view  # type: ignore[assignment]
    for one in found:
        mark = pressing(one)
        due = shown(one.due_by, language()) + (f" ({mark})" if mark else "")
        yield ""
        yield f"{one.customer.code} {one.customer.name} — {kind_word(one.kind)} {one.where.text} — {due}"
        if one.theirs is not None:
            yield "  " + str(Say("owed by {province}", province=one.theirs))
        for because in (one.because, *one.others):
            if because.decision is None:
                yield ""
                yield f"  {reason(because)}"
            else:
                yield from decision_lines(because.decision)
        if one.led is not None:
            yield from decision_lines(one.led)
    if not found:
        yield _("no visit is due")
    yield from later(report)
