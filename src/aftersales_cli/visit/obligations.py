"""All visits that are owed as of a day: planned, agreed, asked for by warnings and crises; overdue first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from aftersales_cli.places import Place
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.folding import folded
from aftersales_cli.records.values import Manner, VisitKind
from aftersales_cli.records.visits import Visit
from aftersales_cli.records.vocabulary import Vocabulary
from aftersales_cli.rules.decision import Decision
from aftersales_cli.visit.leading import highest
from aftersales_cli.visit.whereabouts import Whereabouts
from aftersales_cli.words import Say

PLAN = "R19"
"""What a visit of the year's plan is owed by."""


@dataclass(frozen=True, slots=True)
class Because:
    """Why one visit is owed: requirement or rule, sentence, cell; and the rule's decision where there is one."""

    rule: str
    says: Say
    place: Place | None = None
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Obligation:
    """One visit that is owed. `due_by` is the last day that is early enough.

    `overdue` is None where a calendar that is not published, or visits that could not be read, leave it open. `theirs`
    names the province that owes it, where that is not the desk's. `leader` is the least rank that has to lead it (R25).
    `others` are further reasons for the same visit. `asked_by` are the numbers of warnings, crises, plans or visits it
    comes from. `planned` is the day the year's plan has for it, within a slot that ends later. `led` is what VIS-03
    says of the leader. `or_later`: only a calendar that is not published can tell whether it is due later (D2).
    `begins` is the first day of a slot of the plan that has not begun. `visits` has an entry for each visit that has to
    be made to settle it, whether that one is overdue.
    """

    customer: Customer
    kind: VisitKind
    where: Whereabouts
    due_by: date
    because: Because
    overdue: bool | None = False
    on_site: bool = False
    theirs: str | None = None
    leader: str | None = None
    engineer: str | None = None
    asked_by: tuple[str, ...] = ()
    others: tuple[Because, ...] = ()
    planned: date | None = None
    led: Decision | None = None
    or_later: bool = False
    begins: date | None = None
    visits: tuple[bool | None, ...] = ()

    @property
    def meant_for(self) -> date:
        """The day somebody is to go: as planned, but no later than it is due."""
        return min(self.planned or self.due_by, self.due_by)


@dataclass(frozen=True, slots=True)
class Planned:
    """One visit of the year's plan (R19): on `day`, and in any case from the first to the last day of its slot.

    Without a `day` it could not be placed, and `why` says what stood in the way: it is owed all the same.
    """

    customer_code: str
    day: date | None
    first: date
    last: date
    where: str | None = None
    engineer: str | None = None
    place: Place | None = None
    why: Say | None = None


def merged(owed: Iterable[Obligation], ranks: Vocabulary, today: date) -> Iterator[Obligation]:
    """One visit serves all chains of a customer at one place: the most pressing one speaks, the others stand beside.

    The highest leader any of them asks for leads it. What the plan wants of one customer stands together, too, though
    each slot of it is a visit of its own: `visits` has them. A slot that has not begun stands alone.
    """
    found: dict[tuple[str, VisitKind, Whereabouts, date | None], list[Obligation]] = {}
    for each in owed:
        found.setdefault((folded(each.customer.code), each.kind, each.where, each.begins), []).append(each)
    for same in found.values():
        first, *others = in_order(same)
        leader = highest((each.leader for each in same), ranks)
        yield replace(
            first,
            on_site=any(each.on_site for each in same),
            leader=leader,
            led=next((each.led for each in (first, *others) if leader and each.leader == leader), None),
            planned=min((each.planned for each in same if each.planned), default=None),
            engineer=next((each.engineer for each in (first, *others) if each.engineer), None),
            asked_by=tuple(dict.fromkeys(number for each in (first, *others) for number in each.asked_by)),
            others=tuple(each.because for each in others),
            visits=_to_make(first, same, today),
        )


def _to_make(first: Obligation, same: Iterable[Obligation], today: date) -> tuple[bool | None, ...]:
    """The visits that settle all of these: one, and one more for each further slot that this year's plan has open.

    What earlier years left open is settled by the first of them (decision 0018).
    """
    slots = [each for each in in_order(same) if each.because.rule == PLAN and each.due_by.year >= today.year]
    return (first.overdue, *(each.overdue for each in slots[1:]))


def in_order(owed: Iterable[Obligation]) -> list[Obligation]:
    """Overdue first, ours before theirs, then by the day, the customer and the place."""
    return sorted(owed, key=lambda o: (not o.overdue, o.theirs is not None, o.due_by, o.customer.code, o.where.text))


def unmade(planned: Sequence[Planned], visits: Iterable[Visit], now: datetime) -> tuple[Planned, ...]:
    """The planned visits of one customer that nobody has made yet, by slot.

    Each routine visit makes one of its year's that is still open: the slot its day lies in, else the first to end of
    those that were over. What a year leaves open stays owed until the first routine visit of a later year (decision
    0018).
    """
    days = sorted(v.date for v in visits if v.kind is VisitKind.ROUTINE and v.date <= now.date())
    years: dict[int, list[Planned]] = {}
    for each in sorted(planned, key=lambda each: (each.last, each.first)):
        years.setdefault(each.last.year, []).append(each)
    return tuple(each for year, open_ in years.items() for each in _left(year, open_, days))


def _left(year: int, planned: Sequence[Planned], days: Sequence[date]) -> Sequence[Planned]:
    """What the visits of these days left open of one year's plan."""
    if days and days[-1].year > year:
        return ()
    open_ = list(planned)
    for day in (day for day in days if day.year == year):
        begun = [each for each in open_ if each.first <= day]
        done = next((each for each in begun if day <= each.last), next(iter(begun), None))
        if done is not None:
            open_.remove(done)
    return open_


def promised(visit: Visit) -> date | None:
    """The day agreed on for the next visit (R42); None where none is, or where it is not after the visit itself."""
    return visit.next_on if visit.next_on is not None and visit.next_on > visit.date else None


def agreed(visits: Iterable[Visit]) -> Visit | None:
    """The visit to a customer whose promise of the next is still to be kept (R42); None where none is.

    The last promise replaces those before it, and holds until somebody goes on that day or later: on site, or in the
    manner that was agreed on.
    """
    made = list(visits)
    last = max((v for v in made if promised(v)), key=lambda each: (each.date, each.visit_no), default=None)
    return None if last is None or any(_keeps(each, last) for each in made) else last


def _keeps(visit: Visit, promise: Visit) -> bool:
    """Whether a visit is the one that another promised."""
    day = promised(promise)
    as_agreed = visit.manner is not None and visit.manner == promise.next_manner
    return day is not None and visit.date >= day and (visit.manner is Manner.ON_SITE or as_agreed)
