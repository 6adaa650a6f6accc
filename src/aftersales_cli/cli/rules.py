"""`aftersales rules`: the rule book's cards, whether the book holds, and how its cases are decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from aftersales_cli.cli import output
from aftersales_cli.cli.options import Json
from aftersales_cli.cli.session import Session, instant
from aftersales_cli.jobs import rules as job
from aftersales_cli.jobs.report import Report
from aftersales_cli.rules.card import Edition
from aftersales_cli.rules.cases import Tried
from aftersales_cli.rules.decision import Clause, Decision, Evidence, Used
from aftersales_cli.words import Counted, Say, _, language, shown

if TYPE_CHECKING:
    from rich.console import RenderableType

app = typer.Typer()

Id = Annotated[str, typer.Argument(metavar="ID", help=_("a rule's id, such as CUT-04"))]


@app.command("list", help=_("every card, with the numbers in force"))
def list_(json: Json = False) -> None:
    """List the cards."""
    session = Session()
    output.leave(job.list_rules(session.workspace, session.as_of, session.province), _list, json=json)


@app.command("show", help=_("one card: clauses, editions, who may bend what"))
def show(
    rule: Id,
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help=_("the numbers in force on that day"))] = None,
    json: Json = False,
) -> None:
    """Show one card."""
    session = Session()
    day = instant(on, option="--on").date() if on else None
    output.leave(job.show(session.workspace, session.as_of, session.province, rule, day), _show, json=json)


@app.command("check", help=_("audit the book and run all its cases"))
def check(json: Json = False) -> None:
    """Audit the book."""
    session = Session()
    output.leave(job.check(session.workspace, session.as_of), _check, json=json)


@app.command("explain", help=_("how the cases of a rule are decided"))
def explain(
    rule: Id,
    case: Annotated[str | None, typer.Option("--case", metavar="N", help=_("one case, by number or name"))] = None,
    json: Json = False,
) -> None:
    """Explain cases."""
    session = Session()
    output.leave(job.explain(session.workspace, session.as_of, rule, case), _explain, json=json)


def _list(report: Report) -> Iterator[RenderableType]:
    table = output.table(_("rule"), _("title"), _("requirement"), _("in force"), _("on breach"), _("needs a person"))
    assert isinstance(report.view, list)
    for one in report.view:
        card, values = one.card, one.values
        force = _("not yet") if values is None else "\n".join(map(value_line, values))
        effects = (_effect(card.on_breach), _effect(card.on_needs_a_person))
        table.add_row(card.id, card.title[language()], ", ".join(card.requirement), force, *effects)
    yield table


def _effect(effect: str) -> str:
    return {"tell": _("tell"), "hold": _("hold")}[effect]


def _show(report: Report) -> Iterator[RenderableType]:
    view = report.view
    assert isinstance(view, job.Shown)
    card = view.card
    yield f"{card.id}  {card.title[language()]}"
    if card.note:
        yield card.note[language()]
    yield ""
    yield str(Say("requirement: {requirement}", requirement=card.requirement))
    yield str(Say("judged on: {attribute}", attribute=card.judged_on))
    effects = {"breach": _effect(card.on_breach), "open": _effect(card.on_needs_a_person)}
    yield str(Say("on breach: {breach}; when it needs a person: {open}", **effects))
    for parameter in card.parameters.values():
        yield _bending(parameter.name, parameter.province_may, parameter.contract_may, sample=parameter.sample)
    for owner, edition in view.editions:
        yield ""
        yield from _edition(owner, edition)
    if view.values is None:
        yield ""
        yield str(Say("on {day} no edition is in force", day=view.on))
    elif card.parameters:
        yield ""
        yield str(Say("in force: {values}", values=list(map(value_line, view.values))))
    yield str(Say("file: {file}", file=card.file))


def _bending(name: str, province: str, contract: str, *, sample: bool) -> str:
    may = {
        "nothing": Say("not change it"),
        "raise": Say("raise it"),
        "lower": Say("lower it"),
        "replace": Say("replace it"),
    }
    line = Say(
        "{name}: a province may {province}, a contract may {contract}",
        name=name,
        province=may[province],
        contract=may[contract],
    )
    return str(Say("{line} (a sample value)", line=line) if sample else line)


def _edition(owner: str | None, edition: Edition) -> Iterator[RenderableType]:
    whose = Say("{province}'s", province=owner) if owner else Say("the group's")
    values = [f"{name} {shown(setting.value, language())}" for name, setting in edition.settings.items()]
    yield str(
        Say("from {day} ({whose}): {values}", day=edition.start, whose=whose, values=values or [Say("no numbers")])
    )
    yield indented(clause_line(edition.clause))


def _check(report: Report) -> Iterator[str]:
    summary = report.summary
    if summary["holds"]:
        cards, cases = summary["cards"], summary["cases"]
        yield str(Say("the rule book holds: {cards} cards, {cases} cases", cards=cards, cases=cases))
    else:
        n = len(report.problems)
        yield str(Counted("the rule book does not hold: {n} fault", "the rule book does not hold: {n} faults", n=n))


def _explain(report: Report) -> Iterator[RenderableType]:
    assert isinstance(report.view, list)
    for one in report.view:
        yield from _tried(one)
        yield ""


def _tried(one: Tried) -> Iterator[RenderableType]:
    case = one.case
    yield " · ".join(filter(None, (f"{case.rule} #{case.number}", case.province, case.about, case.name)))
    if not one.passed:
        yield indented(str(Say("this case fails: expected {expected}", expected=case.expected)))
    yield from map(indented, decision_lines(one.decision))


def indented(line: str) -> RenderableType:
    """A line under the one before it; it stays indented where it is folded."""
    from rich.padding import Padding
    from rich.text import Text

    return Padding(Text(line), (0, 0, 0, 2), expand=False)


def decision_lines(decision: Decision) -> Iterator[str]:
    """A decision as a person reads it: verdict and sentence, the cells it rests on, each number with its clause."""
    verdicts = {
        "met": _("met"),
        "breached": _("breached"),
        "needs_a_person": _("needs a person"),
        "not_applicable": _("not applicable"),
    }
    yield str(Say("{verdict}: {says}", verdict=verdicts[decision.verdict], says=decision.says))
    yield from (str(Say("caution: {caution}", caution=caution)) for caution in decision.cautions)
    yield from (str(Say("missing: {why}", why=unknown.why)) for unknown in decision.missing)
    yield from map(_evidence, decision.evidence)
    for used in decision.values:
        yield str(Say("number: {value}; {clause}", value=value_line(used), clause=clause_line(used.clause)))
    if decision.clause and not decision.values:
        yield str(Say("clause: {clause}", clause=clause_line(decision.clause)))


def _evidence(evidence: Evidence) -> str:
    value = shown(evidence.value, language())
    line = Say("rests on: {field} = {value}", field=evidence.field, value=value)
    return f"{line} ({evidence.place})" if evidence.place else str(line)


def value_line(used: Used) -> str:
    """`notice = 6 working days`."""
    return f"{used.name} = {shown(used.amount, language())}"


def clause_line(clause: Clause) -> str:
    """`TB-2.3.3, answer rule 5: what it says`."""
    text = clause.text[language()]
    return str(
        Say("{source}, {article}: {text}", source=clause.source, article=clause.article.get(language(), ""), text=text)
    )
