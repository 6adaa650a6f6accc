"""VIS-04, 05, 06 and 13: what a record must say of the visit itself (R31–R38)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aftersales_cli.places import Fact, Known, Unknown
from aftersales_cli.records.values import Action
from aftersales_cli.records.visits import Visit
from aftersales_cli.rules.decision import Finding
from aftersales_cli.rules.given import Given
from aftersales_cli.rules.rule import rule
from aftersales_cli.visit.case import VisitCase
from aftersales_cli.visit.hearing import clauses, heard, is_mute, nothing_but, only, until
from aftersales_cli.visit.issues import due_for_answer
from aftersales_cli.words import Say

DURING = ("VIS-04", "VIS-05", "VIS-06", "VIS-13")
HANDBOOK = "一户一案手册"
"""Has no column of its own: it is one of the 提交材料 (R36)."""
AIMS = {
    "业务生存性": "R33", "使用与维护情况展示": "R34", "客户网管绩效材料": "R35", HANDBOOK: "R36",
    "业务与网络部门矛盾": "R37",
}  # fmt: skip
"""The requirement behind each aim of a visit that VIS-13 may ask for, by the heading of its column."""


@rule("VIS-04")
def data_checked(visit: VisitCase, given: Given) -> Finding:
    """The customer's data are checked with the customer (R31); what is only meant to be, a person judges."""
    said = spoken(visit, "data_check")
    text = said.known
    if only(text, given.words("not_done")):
        return Finding.of(False, Say("the customer's data were not checked"), said)
    lists = [given.words(name) for name in ("no_denial", "open", "denial", "wrong", "done")]
    parts = [_checked(clause, *lists) for clause in clauses(text)]
    done, denied, left = (any(each) for each in zip(*parts, strict=True))
    if done and denied:
        return _unclear(Say("“{text}” says both that data were checked and that they were not", text=text), said)
    if denied and not left:
        return Finding.of(False, Say("the customer's data were not checked"), said)
    if done and not left:
        return Finding.of(True, Say("the customer's data were checked"), said)
    return _unclear(Say("“{text}” does not say whether the customer's data were checked", text=text), said)


def _checked(
    clause: str, no_denial: Sequence[str], open_: Sequence[str], denial: Sequence[str], wrong: Sequence[str],
    done: Sequence[str],
) -> tuple[bool, bool, bool]:  # fmt: skip
    """Whether a clause says that data were checked, that they were not, or leaves it open.

    What is denied stands behind the denial: 一致 in 下次核对一致 says nothing, 已核 in 已核对电话没核对地址 does.
    """
    well, left, denied = heard(clause, no_denial, open_, denial)
    _wrong, found = heard(until(clause, denial) if denied else clause, wrong, done)
    return well or found, denied, left


@rule("VIS-05")
def changes_acted_on(visit: VisitCase, given: Given) -> Finding:
    """Whatever the customer changes in its usage has a measure, and every measure an owner (R32)."""
    said = spoken(visit, "usage_changes")
    if only(said.known, given.words("nothing")):
        return Finding.of(True, Say("nothing has changed"), said)
    lists = [given.words(name) for name in ("unchanged", "unasked", "doubt", "changed")]
    parts = [heard(clause, *lists) for clause in clauses(said.known)]
    if all(each == (True, False, False, False) for each in parts):
        return Finding.of(True, Say("nothing has changed"), said)
    if all(each == (False, True, False, False) for each in parts):
        return Finding.of(False, Say("nobody asked what changes in the customer's usage"), said)
    actions, nobody = visit.row.fact("actions"), given.words("nobody")
    nobodys = [action.text for action in visit.row.actions if not owned(action, nobody)]
    changed = any(each == (False, False, False, True) for each in parts)
    if not changed and (nobodys or not visit.row.actions):
        text = Say("nobody can tell whether “{text}” is a change; no measure is noted", text=said.known)
        if nobodys:
            text = Say("nobody can tell whether “{text}” is a change", text=said.known)
        return _unclear(text, said, actions)
    if not visit.row.actions:
        return Finding.of(False, Say("the usage changes, and no measure is noted"), said, actions)
    if nobodys:
        return Finding.of(False, Say("nobody owns: {actions}", actions=nobodys), said, actions)
    if any(unasked or (doubt and not changed) for _same, unasked, doubt, _ in parts):
        return _unclear(Say("nobody can tell whether “{text}” is a change", text=said.known), said, actions)
    return Finding.of(True, Say("measures are noted, each with an owner"), said, actions)


@rule("VIS-06")
def earlier_issues_answered(visit: VisitCase, given: Given) -> Finding:
    """The customer is told how what it brought up at the last visit was solved (R38)."""
    given.words("nothing"), given.words("untold")  # by which `visit.issues` were told
    asked = due_for_answer(visit.issues, visit.row)
    if not asked:
        return Finding.not_applicable(Say("no earlier visit raised anything that is open"))
    said = visit.row.fact("previous_issues")
    raised: Fact[tuple[str, ...]] = Known("issues", tuple(i.text for i in asked), asked[-1].place)
    if isinstance(said, Unknown) or is_mute(said.known):
        text = Say("nothing is said of what was brought up before: {issues}", issues=[i.text for i in asked])
        return Finding.of(None, text, said, raised, missing=[] if isinstance(said, Unknown) else [mute(said)])
    silent = [i.text for i in asked if not any(p.visit_no == visit.number for p in i.progress)]
    if silent:
        return Finding.of(False, Say("nothing is said of: {issues}", issues=silent), said, raised)
    return Finding.of(True, Say("all that was brought up before is spoken of"), said, raised)


@rule("VIS-13")
def aims_met(visit: VisitCase, given: Given) -> Finding:
    """Survivability is spoken of, use and maintenance are shown (R33, R34); R35 to R37 are mentioned where missing."""
    kind, manner = visit.row.fact("kind"), visit.row.fact("manner")
    if kind.known not in given.words("kinds"):
        return Finding.not_applicable(Say("a visit of this kind has other aims"), kind)
    if isinstance(manner, Known) and manner.known not in given.words("manners"):
        return Finding.not_applicable(Say("nothing can be shown in this manner"), manner)
    nothing = given.words("nothing")
    lists = given.words("denial"), given.words("open"), given.words("done")
    facts = [(name, _aim(visit, name)) for name in given.words("asked") if name in AIMS]
    empty = [(name, fact) for name, fact in facts if isinstance(fact, Unknown) or only(fact.known, nothing)]
    answers = {name: _shown(fact.known, *lists) for name, fact in facts if (name, fact) not in empty}
    undone = [(name, fact) for name, fact in facts if answers.get(name, True) is False]
    unclear = [(name, fact) for name, fact in facts if answers.get(name, True) is None]
    hints = list(_hints(visit, given))
    every = [fact for _name, fact in facts]
    if undone:
        return Finding.of(False, Say("not done: {aims}", aims=_cited(undone)), *every, cautions=hints)
    if empty:
        says = Say("not in the record: {aims}", aims=_cited(empty))
        return Finding.of(None, says, *every, cautions=hints, missing=_left(empty))
    if unclear:
        says = Say("nobody can tell whether it was done: {aims}", aims=_cited(unclear))
        return Finding.of(None, says, *every, cautions=hints, missing=_left(unclear))
    return Finding.of(True, Say("all that is asked for is in the record"), *every, cautions=hints)


def _shown(text: str, denial: Sequence[str], open_: Sequence[str], done: Sequence[str]) -> bool | None:
    """Whether a cell says that it was done; None where a person has to say.

    A clause that neither denies nor leaves it open tells something of the customer; beside one that does, only a word
    of `done` makes it sure.
    """
    parts = [heard(clause, denial, open_, done) for clause in clauses(text)]
    plain = [sure for denied, left, sure in parts if not (denied or left)]
    if len(plain) == len(parts):
        return True
    if any(denied for denied, _left, _sure in parts):
        return None if plain or any(left for _denied, left, _sure in parts) else False
    return True if any(plain) else None


def _left(aims: Sequence[tuple[str, Fact[str]]]) -> list[Unknown]:
    """What a person has to fill in or make clear."""
    return [fact if isinstance(fact, Unknown) else mute(fact) for _name, fact in aims]


def _hints(visit: VisitCase, given: Given) -> list[Say]:
    """What would have fitted perhaps and is not in the record; never a breach."""
    words = given.words("nothing"), given.words("handbook")
    absent = [(name, None) for name in given.words("fitting") if name in AIMS and not _there(visit, name, *words)]
    return [Say("where it fits, also: {aims}", aims=_cited(absent))] if absent else []


def _there(visit: VisitCase, name: str, nothing: Sequence[str], handbook: Sequence[str]) -> bool:
    if name == HANDBOOK:
        return any(heard(each, handbook)[0] for each in visit.row.materials)
    fact = _aim(visit, name)
    return isinstance(fact, Known) and not only(fact.known, nothing)


def _aim(visit: VisitCase, name: str) -> Fact[str]:
    return spoken(visit, next(column.key for column in Visit.TABLE.columns if column.heading == name))


def _cited(aims: Sequence[tuple[str, object]]) -> list[str]:
    return [f"{name} ({AIMS[name]})" for name, _fact in aims]


def spoken(visit: VisitCase, field: str) -> Fact[str]:
    """What a cell says; `Unknown` where it is empty or holds no letter, such as `-`."""
    fact: Fact[str] = visit.row.fact(field)
    return mute(fact) if isinstance(fact, Known) and is_mute(fact.known) else fact


def mute(fact: Known[str]) -> Unknown:
    """A cell that says nothing, as unknown."""
    return Unknown(fact.field, Say("“{text}” says nothing", text=fact.known), fact.place)


def owned(action: Action, nobody: Sequence[str]) -> bool:
    """Whether a measure names somebody; an owner of nothing but words of `nobody`, such as 责任人待定, is none."""
    return action.owner is not None and not nothing_but(action.owner, nobody)


def _unclear(says: Say, said: Fact[Any], *facts: Fact[Any]) -> Finding:
    """For a person: the cell is there and can be understood in more than one way."""
    return Finding.of(None, says, said, *facts, missing=[Unknown(said.field, says, said.place)])
