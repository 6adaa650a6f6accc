"""What people see of `aftersales cutover …`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from aftersales_cli.cli.output import table, unbroken
from aftersales_cli.cutover.holding import Judged, worth_saying
from aftersales_cli.cutover.impact import Impact
from aftersales_cli.cutover.notices import Fate, Notice
from aftersales_cli.jobs.check import verdict_of
from aftersales_cli.jobs.notify import Outcome
from aftersales_cli.jobs.notify_account import Became
from aftersales_cli.jobs.report import Report
from aftersales_cli.places import Place
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.events import Change
from aftersales_cli.rules.decision import Clause, Decision, Verdict
from aftersales_cli.words import Counted, Say, _, language, shown

if TYPE_CHECKING:
    from rich.console import RenderableType

SHOWN = 200


def notified(report: Report) -> Iterator[RenderableType]:
    """A row per notice, the accounting, and everything that was not told to a customer, with the reason."""
    outcome = report.view
    assert isinstance(outcome, Outcome)
    rows = table(_("customer"), _("change"), _("task"), _("window"), _("circuits"))
    notices = ((message, notice) for message in outcome.messages for notice in message.notices)
    for message, notice in islice(notices, SHOWN):
        code = message.code or _("department")
        whom = f"{code} {message.name}"
        rows.add_row(whom, _change(notice), notice.task.name, _window(notice), _circuits(notice))
    if rows.row_count:
        yield unbroken(rows, 2, 4, 3)
    if outcome.messages.notices > SHOWN:
        yield str(Say("… and {n} more; --json lists all", n=outcome.messages.notices - SHOWN))
    yield from _others(outcome)
    accounting = outcome.account.accounting()
    circuits = Counted("{n} circuit", "{n} circuits", n=accounting["circuits"])
    yield str(
        Say(
            "{circuits} = {notified} notified + {department} department + {exempt} exempt + {held} held",
            **{**accounting, "circuits": circuits},
        )
    )


def _others(outcome: Outcome) -> Iterator[RenderableType]:
    headings = {Fate.DEPARTMENT: _("through the department"), Fate.EXEMPT: _("exempt"), Fate.HELD: _("held")}
    for fate, heading in headings.items():
        found = outcome.account.of(fate)
        if not found:
            continue
        rows = table(_("task"), _("circuit"), _("why"), title=f"{heading} ({len(found)})")
        for line in _together(found) if fate is Fate.EXEMPT else [_one(became) for became in found[:SHOWN]]:
            rows.add_row(*line)
        yield unbroken(rows, 0, 1)
    if outcome.account.not_seen:
        yield str(Say("not seen in this run, and left as told: {tasks}", tasks=outcome.account.not_seen))
    yield from _late(outcome)


def _one(became: Became) -> tuple[str, str, str]:
    return became.task, became.circuit_code or "–", str(became.why or "")


def _together(found: Sequence[Became]) -> list[tuple[str, str, str]]:
    """Exempt circuits of one task for one reason in a line; --json has each."""
    groups: dict[tuple[str, str], list[str]] = {}
    for became in found:
        task, circuit, why = _one(became)
        groups.setdefault((task, why), []).append(circuit)
    return [
        (task, circuits[0] if len(circuits) == 1 else str(Counted("{n} circuit", "{n} circuits", n=len(circuits))), why)
        for (task, why), circuits in groups.items()
    ]


def _late(outcome: Outcome) -> Iterator[str]:
    if outcome.messages.late:
        yield str(Say("told too late, and marked so: {tasks}", tasks=sorted(outcome.messages.late)))
    for rule, tasks in outcome.account.open_rules.items():
        yield str(Say("{rule} is not met by {tasks}; “aftersales cutover check” tells why", rule=rule, tasks=tasks))


def _change(notice: Notice) -> str:
    words = {
        Change.NEW: _("new"),
        Change.UPDATE: _("update"),
        Change.CANCEL: _("cancel"),
        Change.UNCHANGED: _("unchanged"),
    }
    if notice.change is Change.UNCHANGED and notice.last is not None and notice.last.change is Change.CANCEL:
        return _("cancelled")
    return words[notice.change] + (" !" if notice.late and notice.change is not Change.UNCHANGED else "")


def _window(notice: Notice) -> str:
    window = notice.task.window.known
    if window.start.date() == window.end.date():
        return f"{window.start:%Y-%m-%d}\n{window.start:%H:%M} – {window.end:%H:%M}"
    return f"{window.start:%Y-%m-%d %H:%M} –\n{window.end:%Y-%m-%d %H:%M}"


def _circuits(notice: Notice) -> str:
    codes = notice.circuits or (notice.last.circuit_codes if notice.last else ())
    return "\n".join(codes[:3]) + (f"\n… {len(codes)}" if len(codes) > 3 else "")


def checked(report: Report) -> Iterator[RenderableType]:
    """A row per task: its verdict, and each rule that is not met."""
    assert isinstance(report.view, tuple)
    judged: tuple[Judged, ...] = report.view
    rows = table(_("task"), _("verdict"), _("what"))
    for one in judged:
        rows.add_row(one.task.name, _verdict(one), "\n".join(_sentences(one)))
    if judged:
        yield unbroken(rows, 0)
    counts = {key: report.summary[key] for key in ("met", "breached", "held")}
    tasks, unsure = report.summary["tasks"], report.summary["needs_a_person"]
    assert isinstance(tasks, int)
    assert isinstance(unsure, int)
    yield str(
        Say(
            "{tasks}: {met} met, {breached} breached, {unsure}; {held} held",
            tasks=Counted("{n} task", "{n} tasks", n=tasks),
            unsure=Counted("{n} needs a person", "{n} need a person", n=unsure),
            **counts,
        )
    )


def _verdict(judged: Judged) -> str:
    marks = [_("cancelled")] if judged.task.cancelled else []
    marks += [_("held")] if judged.held else []
    return "\n".join([verdict_words(verdict_of(judged)), *marks])


def verdict_words(verdict: Verdict) -> str:
    """The verdict in the language of the talk."""
    return {
        Verdict.MET: _("met"),
        Verdict.BREACHED: _("breached"),
        Verdict.NEEDS_A_PERSON: _("needs a person"),
        Verdict.NOT_APPLICABLE: _("not applicable"),
    }[verdict]


def _sentences(judged: Judged) -> Iterator[str]:
    for decision in judged.decisions:
        if worth_saying(decision):
            title = f"{decision.rule} {decision.title.get(language(), '')}"
            yield str(Say("{title}: {says}", title=title, says=decision.says))
        for caution in decision.cautions:
            yield str(Say("{rule}: {says}", rule=decision.rule, says=caution))
    said = {d.rule for d in judged.decisions if worth_saying(d)}
    yield from (str(reason) for reason in judged.reasons if _rule_of(reason) not in said)


def _rule_of(reason: Say) -> object:
    """The rule that holds, where a rule does."""
    return reason.values.get("rule")


def explained(report: Report) -> Iterator[RenderableType]:
    """The whole story: every decision with its sentence, evidence cells, and the clause of every number."""
    assert isinstance(report.view, tuple)
    judged: tuple[Judged, ...] = report.view
    for one in judged:
        yield ""
        yield f"{one.task.name} — {verdict_words(verdict_of(one))}"
        if one.held:
            yield "  " + str(Say("held: {reasons}", reasons=one.reasons))
        for decision in one.decisions:
            yield from decision_lines(decision)


def _where(place: Place | None) -> str:
    return f"   [{replace(place, heading=None)}]" if place else ""


def _named(field: str, place: Place | None) -> str:
    """The heading of the cell; where no cell says it, the field's own word."""
    if place is not None and place.heading:
        return place.heading
    headings = {column.key: column.heading for column in Cutover.TABLE.columns}
    return headings.get(field, field) if language() == "zh" else field


def _clause(clause: Clause) -> Say:
    return Say("{clause}: {text}", clause=clause.cited(language()), text=clause.text.get(language(), ""))


def decision_lines(decision: Decision) -> Iterator[str]:
    """One decision for a person: what, on which cells, by which clause."""
    yield ""
    title = f"{decision.rule} {decision.title.get(language(), '')}"
    yield "  " + str(Say("{title}: {verdict}", title=title, verdict=verdict_words(decision.verdict)))
    yield f"    {decision.says}"
    for evidence in decision.evidence:
        told = Say("{name}: {value}", name=_named(evidence.field, evidence.place), value=evidence.value)
        yield f"    · {told}" + _where(evidence.place)
    for missing in decision.missing:
        name = _named(missing.field, missing.place)
        yield "    " + str(Say("missing: {field}: {why}", field=name, why=missing.why))
    for used in decision.values:
        yield f"    § {used.name} = {shown(used.amount, language())} — {_clause(used.clause)}"
    if not decision.values and decision.clause is not None:
        yield f"    § {_clause(decision.clause)}"
    for caution in decision.cautions:
        yield f"    ! {caution}"


def touched(report: Report) -> Iterator[RenderableType]:
    """A row per circuit of each task: whose, how badly, over what, and with which other task."""
    rows = table(_("task"), _("circuit"), _("customer"), _("impact"), _("over"), _("with"))
    words = {
        Impact.OUTAGE: _("outage"),
        Impact.MOMENTARY: _("momentary"),
        Impact.REDUCED_REDUNDANCY: _("reduced redundancy"),
        Impact.NONE: _("none"),
        Impact.UNKNOWN: _("unknown"),
    }
    for item in report.items[:SHOWN]:
        lists = [shown(item[key], language()) if item[key] else "" for key in ("via", "with")]
        texts = [shown(item[key], language()) for key in ("task_no", "circuit_code", "customer_code")]
        rows.add_row(*texts, words[Impact(str(item["impact"]))], *lists)
    if report.items:
        yield unbroken(rows, 0, 1, 2)
    if len(report.items) > SHOWN:
        yield str(Say("… and {n} more; --json lists all", n=len(report.items) - SHOWN))
    counts = report.summary
    circuits = Counted("{n} circuit", "{n} circuits", n=int(str(counts["circuits"])))
    tasks = Counted("{n} task", "{n} tasks", n=int(str(counts["tasks"])))
    said = Say("{circuits} of {tasks}; cut by two tasks together: {n}", circuits=circuits, tasks=tasks,
               n=counts["collisions"])  # fmt: skip
    yield str(said)
