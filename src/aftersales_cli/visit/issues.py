"""What customers brought up at visits, across visits: what was said of it since, whether it is solved (R38, R41)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher

from aftersales_cli.places import Place
from aftersales_cli.records.folding import folded
from aftersales_cli.records.values import Action
from aftersales_cli.records.visits import Visit
from aftersales_cli.visit.hearing import heard, is_mute, only

_SPLIT = re.compile(r"[;；\r\n]+")
_NUMBER = re.compile(r"\s*(?:\(?\d{1,2}[.、)）]\s*)")
_HEAD = re.compile(r"[:：]")
SHORTEST = 2  # letters that tell one issue from another
ENOUGH = 3  # characters in a row that make a measure one for an issue
LATIN = "\u2e80"  # where Chinese characters begin


@dataclass(frozen=True, slots=True)
class Wording:
    """Which words say that an issue is solved; `still_open` are words that take that back, such as 未 or 待.

    `for_good` are denials that take nothing back. An entry that is one of `nothing` says that nothing was left, one of
    `no_issue` that nothing was brought up; one with a word of `untold` in it, that the customer was told nothing.
    """

    solved: tuple[str, ...] = ()
    still_open: tuple[str, ...] = ()
    for_good: tuple[str, ...] = ()
    nothing: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    no_issue: tuple[str, ...] = ()

    def is_solved(self, text: str) -> bool:
        """Whether a sentence says so."""
        _, open_, solved = heard(text, self.for_good, self.still_open, self.solved)
        return solved and not open_

    def is_unclear(self, text: str) -> bool:
        """Whether a sentence says neither that it is solved nor that it is not."""
        return not any(heard(text, self.for_good, self.still_open, self.solved)[1:])

    def is_issue(self, text: str) -> bool:
        """Whether an entry of 客户反映问题 brings something up."""
        return not (is_mute(text) or only(text, self.no_issue))

    def is_word(self, text: str) -> bool:
        """Whether an entry of 上次问题解决情况, without what it names, tells the customer something."""
        return not (is_mute(text) or only(text, self.nothing) or heard(text, self.untold)[0])

    def tells(self, cell: str | None) -> bool:
        """Whether any entry of 上次问题解决情况 does."""
        return any(self.is_word(_tail(entry)) for entry in entries_of(cell))


NO_WORDS = Wording()
"""Understands nothing: no card is in force."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What one visit's record says of an issue."""

    visit_no: str
    day: date
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Issue:
    """The `number`-th issue that a visit raised; `action` is the last measure taken on for it.

    `progress` is oldest first.
    """

    visit: Visit
    number: int
    text: str
    action: Action | None = None
    progress: tuple[Progress, ...] = ()
    solved_on: date | None = None

    @property
    def reference(self) -> str:
        """By which a record may name it: `ZF20260312001/2`."""
        return f"{self.visit.visit_no}/{self.number}"

    @property
    def raised_on(self) -> date:
        """The day of its visit."""
        return self.visit.date

    @property
    def place(self) -> Place:
        """Where it was written down."""
        return self.visit.place("issues")

    @property
    def last_word(self) -> date:
        """The day on which something was said of it last."""
        return self.progress[-1].day if self.progress else self.raised_on

    def open_before(self, day: date) -> bool:
        """Whether it was still open when that day began."""
        return self.solved_on is None or self.solved_on >= day


@dataclass(frozen=True, slots=True)
class Stray:
    """An entry of 上次问题解决情况 that belongs to no issue that any earlier visit raised, or to nobody knows which."""

    visit: Visit
    text: str
    unknown: bool = True


@dataclass(frozen=True)
class Told:
    """The issues of one customer in the order they came up, and what of the records could not be placed."""

    issues: tuple[Issue, ...] = ()
    strays: tuple[Stray, ...] = ()


def told(visits: Sequence[Visit], wording: Wording) -> Told:
    """Go through a customer's visits by day."""
    ledger = _Ledger(wording)
    for visit in sorted(visits, key=lambda each: (each.date, each.visit_no)):
        ledger.answered(visit)
        ledger.raised(visit)
    return Told(tuple(one.issue() for one in ledger.notes), tuple(ledger.strays))


@dataclass
class _Note:
    """One issue while its story is put together."""

    visit: Visit
    number: int
    text: str
    action: Action | None
    wording: Wording
    progress: list[Progress] = field(default_factory=list)
    solved_on: date | None = None

    def say(self, visit: Visit, text: str, place: Place) -> None:
        self.progress.append(Progress(visit.visit_no, visit.date, text, place))
        self.action = _action(visit, self.text) or self.action  # a later visit may set a measure's day anew
        solved = self.wording.is_solved(text)
        self.solved_on = (self.solved_on or visit.date) if solved else None

    def issue(self) -> Issue:
        return Issue(self.visit, self.number, self.text, self.action, tuple(self.progress), self.solved_on)

    def named(self, head: str) -> bool:
        """Whether a head of an entry means this one: its reference, or words of it."""
        written, own = folded(head), folded(self.text)
        if written == folded(f"{self.visit.visit_no}/{self.number}"):
            return True
        return len(written) >= SHORTEST and (written in own or own in written)


@dataclass
class _Ledger:
    wording: Wording
    notes: list[_Note] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)

    def raised(self, visit: Visit) -> None:
        """The issues of a visit with the progress beside them, in the same order (R41)."""
        for number, text in enumerate(visit.issues, start=1):
            if not self.wording.is_issue(text):
                continue
            note = _Note(visit, number, text, _action(visit, text), self.wording)
            if number <= len(visit.progress) and self.wording.is_word(visit.progress[number - 1]):
                note.say(visit, visit.progress[number - 1], visit.place("progress"))
            self.notes.append(note)

    def answered(self, visit: Visit) -> None:
        """What a visit says of earlier issues (R38)."""
        entries = [e for e in entries_of(visit.previous_issues) if not only(e, self.wording.nothing)]
        open_ = [note for note in self.notes if note.solved_on is None]
        last = [note for note in self.notes if note.visit is self.notes[-1].visit] if self.notes else []
        rest = [entry for entry in entries if not self._placed(visit, entry, last)]
        if not rest:
            return
        waiting = [note for note in (open_ or last) if not _said_by(note, visit)]
        if len(rest) == len(entries) and self._in_order(visit, rest, waiting):
            return
        strays = [entry for entry in rest if self.wording.is_word(_tail(entry))]
        self.strays += [Stray(visit, entry, unknown=not waiting or _has_head(entry)) for entry in strays]

    def _placed(self, visit: Visit, entry: str, last: Sequence[_Note]) -> bool:
        """An entry that names its issue, such as `电路抖动：已解决` or `1：已解决`."""
        head, *tail = _HEAD.split(entry, maxsplit=1)
        if tail and head.strip().isdigit():
            named = [note for note in last if note.number == int(head)]
        else:
            named = [note for note in self.notes if note.named(head if tail else entry)]
        said = tail[0].strip() if tail else entry
        for note in named[-1:]:
            if self.wording.is_word(said):
                note.say(visit, said, visit.place("previous_issues"))
        return bool(named)

    def _in_order(self, visit: Visit, entries: Sequence[str], waiting: Sequence[_Note]) -> bool:
        """Entries that name nothing: one speaks of all, as many as there are issues speak of them in order."""
        if any(map(_has_head, entries)) or not waiting or len(entries) not in (1, len(waiting)):
            return False
        for number, note in enumerate(waiting):
            entry = entries[0] if len(entries) == 1 else entries[number]
            if self.wording.is_word(entry):
                note.say(visit, entry, visit.place("previous_issues"))
        return True


def entries_of(cell: str | None) -> list[str]:
    """The entries of one cell, without the numbers people put before them."""
    return [found for part in _SPLIT.split(cell or "") if (found := _NUMBER.sub("", part, count=1).strip())]


def _tail(entry: str) -> str:
    """What an entry says, without the issue it names."""
    return _HEAD.split(entry, maxsplit=1)[-1].strip()


def _has_head(entry: str) -> bool:
    return bool(_HEAD.search(entry))


def _said_by(note: _Note, visit: Visit) -> bool:
    return any(each.visit_no == visit.visit_no for each in note.progress)


def _action(visit: Visit, text: str) -> Action | None:
    """The measure taken on for an issue: the one that has most of its words in a row, if any has enough of them."""
    own = folded(text)
    found = [(_shared(own, folded(action.text)), action) for action in visit.actions]
    most, action = max(found, key=lambda pair: pair[0], default=(0, None))
    return action if most >= min(len(own), ENOUGH) else None


def _shared(one: str, other: str) -> float:
    """The longest run of characters both have; a Latin letter counts as a third of a Chinese one."""
    match = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return sum(1 if character > LATIN else 1 / 3 for character in one[match.a : match.a + match.size])


def of_visit(issues: Sequence[Issue], visit: Visit) -> Iterator[Issue]:
    """Those that this visit raised."""
    return (issue for issue in issues if issue.visit.visit_no == visit.visit_no)


def due_for_answer(issues: Sequence[Issue], visit: Visit) -> tuple[Issue, ...]:
    """What has to be explained at this visit: all that the visit before it raised, and what was still open (R38).

    What the last visit with issues raised and solved at once is explained once: the first visit after it that speaks
    of it does.
    """
    here = (visit.date, visit.visit_no)
    earlier = [i for i in issues if (i.visit.date, i.visit.visit_no) < here]
    last = earlier[-1].visit.visit_no if earlier else None
    return tuple(
        i for i in earlier if i.open_before(visit.date) or (i.visit.visit_no == last and not _explained(i, here))
    )


def _explained(issue: Issue, before: tuple[date, str]) -> bool:
    """Whether a visit after the issue's own, and before this one, told of it."""
    return any(p.visit_no != issue.visit.visit_no and (p.day, p.visit_no) < before for p in issue.progress)
