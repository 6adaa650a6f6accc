"""`visit record | report | issues | export --explain`: every decision on a record down to cell and clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from aftersales_cli.cli.cutover_views import decision_lines
from aftersales_cli.cli.visit_kinds import kind_word
from aftersales_cli.cli.visit_report import counted
from aftersales_cli.words import Say, _

if TYPE_CHECKING:
    from rich.console import RenderableType

    from aftersales_cli.jobs.report import Report
    from aftersales_cli.jobs.visit_export import Exported
    from aftersales_cli.jobs.visit_issues import Standing
    from aftersales_cli.jobs.visit_record import Recorded
    from aftersales_cli.jobs.visit_report import Reported
    from aftersales_cli.rules.decision import Decision
    from aftersales_cli.visit.case import VisitCase

SHOWN = 60
WORDS = 6


def judged(report: Report) -> Iterator[RenderableType]:
    """Each visit of `record` or `report` with all that the rules say of it, what lacks something first."""
    from aftersales_cli.jobs.visit_record_cases import owed

    found: tuple[Recorded | Reported, ...] = report.view  # type: ignore[assignment]
    for one in sorted(found, key=lambda one: not owed(one.decisions))[:SHOWN]:
        yield from _visit(one.case, one.decisions)
    yield from _more(len(found))
    yield from map(str, report.files)


def exported(report: Report) -> Iterator[RenderableType]:
    """Each record that is uploaded, with why."""
    found: tuple[Exported, ...] = report.view  # type: ignore[assignment]
    for one in found[:SHOWN]:
        yield from _visit(one.upload.case, (one.decision,))
    yield from _more(len(found))
    yield from map(str, report.files)


def issues(report: Report) -> Iterator[RenderableType]:
    """Each issue with the cells it stands on, and the rule by which it is followed."""
    found: tuple[Standing, ...] = report.view  # type: ignore[assignment]
    for one in found[:SHOWN]:
        issue = one.issue
        yield ""
        yield f"{issue.reference} {one.customer.name}: {issue.text}"
        yield "  " + str(Say("brought up {day} [{place}]", day=issue.raised_on, place=str(issue.place)))
        for said in issue.progress:
            yield "  " + str(Say("{day}: {text} [{place}]", day=said.day, text=said.text, place=str(said.place)))
        if one.issue.solved_on is not None:
            yield "  " + str(Say("solved {day}", day=one.issue.solved_on))
        if one.remind is not None:
            yield f"  {one.remind}"
        if one.decision is not None:
            yield from decision_lines(_short(one.decision))
    yield from _more(len(found))
    yield counted(report)


def _visit(case: VisitCase, decisions: Iterable[Decision]) -> Iterator[str]:
    yield ""
    yield f"{case.number} {case.row.date} {kind_word(case.row.kind)} — {case.customer.code} {case.customer.name}"
    told = False
    for decision in decisions:
        told = True
        yield from decision_lines(_short(decision))
    if not told:
        yield "  " + _("no rule speaks of it")


def _short(decision: Decision) -> Decision:
    """With long lists of words cut: `rules show` and --json have them whole."""
    values = (
        replace(used, value=(*used.value[:WORDS], "…"))
        if isinstance(used.value, tuple) and len(used.value) > WORDS
        else used
        for used in decision.values
    )
    return replace(decision, values=tuple(values))


def _more(n: int) -> Iterator[str]:
    if n > SHOWN:
        yield str(Say("… and {n} more; --json lists all", n=n - SHOWN))
