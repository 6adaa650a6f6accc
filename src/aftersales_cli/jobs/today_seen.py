"""What the lines of the day are made from, and the questions that several sources ask of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from aftersales_cli.cutover.ahead import latest_day, latest_moment
from aftersales_cli.cutover.task import Task, Telling
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.foreseen import Foreseen
from aftersales_cli.jobs.judging import TIMELY
from aftersales_cli.jobs.today_line import DAY, Commands, Line, Urgency, end_of, option
from aftersales_cli.places import Known, Place, Problem
from aftersales_cli.records.values import BEIJING, Lead, LeadUnit
from aftersales_cli.rules.decision import Decision, Used, Verdict
from aftersales_cli.words import Counted, Say, language

if TYPE_CHECKING:
    from aftersales_cli.jobs.visit_due import Found

WEEK = timedelta(weeks=1)
NAMED = 3
LEADS = "notice"
"""The parameter that holds the lead time, in each card of `TIMELY`."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a task has to be published: `due`, from `moment` on it is late; `because` of the rule that asks for most."""

    moment: datetime
    due: date | datetime
    because: Say

    @classmethod
    def at(cls, due: date | datetime, because: Say) -> Deadline:
        """At the end of a day, or at an instant."""
        return cls(end_of(due), due, because)


@dataclass(frozen=True)
class Seen:
    """Everything that was read and judged for the day. Further capabilities add what they read."""

    desk: Desk
    cutovers: Foreseen
    problems: tuple[Problem, ...]
    commands: Commands
    visits: Found | None = None

    @property
    def now(self) -> datetime:
        """The moment of the run."""
        return self.desk.as_of

    @cached_property
    def tonight(self) -> datetime:
        """The end of today."""
        return datetime.combine(self.now.date() + DAY, time(), BEIJING)

    @cached_property
    def horizon(self) -> datetime:
        """Until when what comes is shown."""
        return self.tonight + WEEK

    def soon(self, moment: datetime) -> bool:
        """Whether something has begun, or begins before anybody is at the desk again."""
        return moment <= self.tonight or self.last_chance(moment)

    def last_chance(self, moment: datetime) -> bool:
        """Whether today is the day to do what has to be done before `moment`: no working day is left but today."""
        last = (moment - timedelta(microseconds=1)).date()
        return self.desk.workdays.clear_days_between(self.now.date(), last + DAY).possible == 0

    def urgency(self, moment: datetime, *, otherwise: Urgency) -> Urgency:
        """Overdue or of today by the moment before which it has to be done, else `otherwise`."""
        if moment <= self.now:
            return Urgency.OVERDUE
        return Urgency.TODAY if self.soon(moment) else otherwise

    def deadline(self, task: Task, tellings: Sequence[Telling] = ()) -> Deadline:
        """By when these customers of a task (all, where none are named) have to be told; needs a readable window.

        As the rules judge it, each customer's contract included. Where a rule cannot say whether it is late already,
        it is due today. Without a rule that asks for a lead time, before the window begins.
        """
        asked = replace(task, tellings=tuple(tellings)) if tellings else task
        book, tools = self.desk.book, self.desk.tools
        decisions = [book.judge(rule, asked, tools, self.desk.province) for rule in TIMELY]
        found = [self._by(used, decision, task) for decision in decisions
                 if decision.verdict is not Verdict.NOT_APPLICABLE
                 for used in decision.values if used.name == LEADS]  # fmt: skip
        return min(found, key=lambda one: one.moment, default=self.beginning(task))

    def beginning(self, task: Task) -> Deadline:
        """The beginning of the window: nobody can be told ahead after it."""
        window = task.window
        return Deadline.at(
            window.known.start, Say("CUT-05: it has to be published before it begins{place}", place=at(window.place))
        )

    def _by(self, used: Used, decision: Decision, task: Task) -> Deadline:
        assert isinstance(used.value, int)
        lead, start, workdays = Lead(used.value, LeadUnit(used.unit)), task.window.known.start, self.desk.workdays
        because, moment = cited(decision, task.window.place), latest_moment(lead, start, workdays)
        if moment <= self.now and decision.verdict is not Verdict.BREACHED:
            return Deadline(self.tonight, self.now.date(), because)
        latest = latest_day(lead, start, workdays)
        due = moment if lead.unit is LeadUnit.HOURS else latest.certainly_by or latest.possibly_by
        return Deadline(moment, due, because)

    def check(self, task: Task) -> str:
        """The command that explains all about a task."""
        named = (task.task_no,) if task.task_no else ()
        return self.commands.reading("cutover", "check", *_after_dashes(named), "--explain")

    def notify(self, task_no: str) -> str:
        """The command that tells a task's customers."""
        return self.commands.reading("cutover", "notify", *option("--task", task_no))

    def settle(
        self, what: Say, because: Say, command: str, deadline: Deadline | None, begins: datetime | None = None
    ) -> Line:
        """A line for a person, pressing as its deadline does."""
        if deadline is None:
            return Line(what, because, command, begins=begins)
        urgency = self.urgency(deadline.moment, otherwise=Urgency.PERSON)
        return Line(what, because, command, deadline.due, urgency, begins)


def _after_dashes(names: Sequence[str]) -> tuple[str, ...]:
    """Task numbers as arguments, by option where one looks like an option."""
    return tuple(word for name in names for word in (option("--task", name) if name.startswith("-") else (name,)))


def cited(decision: Decision, place: Place | None = None) -> Say:
    """A decision with its rule, the clause, and the cell it rests on (the missing one or the first, unless given)."""
    places = [unknown.place for unknown in decision.missing if unknown.place]
    places += [evidence.place for evidence in decision.evidence if evidence.place]
    where = at(place or next(iter(places), None))
    if decision.clause is None:
        return Say("{rule}: {says}{place}", rule=decision.rule, says=decision.says, place=where)
    article = decision.clause.article.get(language(), "")
    return Say("{rule} ({source} {article}): {says}{place}",
               rule=decision.rule, source=decision.clause.source, article=article, says=decision.says,
               place=where)  # fmt: skip


def at(place: Place | None) -> Say | str:
    """` [cutovers.xlsx › 割接 › D2 (割接时间)]`, or nothing."""
    return Say(" [{place}]", place=str(place)) if place else ""


def some(names: Iterable[str]) -> object:
    """A few names as they are; of many the first, and how many there are."""
    found = list(dict.fromkeys(names))
    if len(found) <= NAMED:
        return found
    return Say("{names} and {n} more", names=found[: NAMED - 1], n=len(found) - NAMED + 1)


def customers(names: Iterable[str | None]) -> object:
    """Customers by name, or how many where they are many; None among them is the department."""
    found = list(names)
    direct = [name for name in found if name is not None]
    said: object = direct
    if len(direct) > NAMED:
        said = Counted("{n} customer", "{n} customers", n=len(direct))
    if None not in found:
        return said
    return Say("{customers} and the department", customers=said) if direct else Say("the department")


def untold(task: Task) -> list[Telling]:
    """Those the task has to be told to who have not been, as far as is known."""
    return [told for told in task.tellings if told.publication.as_if or not isinstance(told.publication.at, Known)]
