"""The work of `rules`: what the book says, whether it holds, and how its cases are decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from aftersales_cli import library
from aftersales_cli.complaint import rules as complaint_rules
from aftersales_cli.cutover import rules as cutover_rules
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.feedback import rules as feedback_rules
from aftersales_cli.jobs.report import Report
from aftersales_cli.records.tables import TABLES
from aftersales_cli.rules import audit
from aftersales_cli.rules.book import Book, load_book
from aftersales_cli.rules.card import Card, Edition
from aftersales_cli.rules.cases import Bench, Tried, find_case
from aftersales_cli.rules.decision import Used
from aftersales_cli.rules.parameter import Parameter
from aftersales_cli.rules.reading import nearest
from aftersales_cli.visit import chain_rules as visit_chain_rules
from aftersales_cli.visit import company
from aftersales_cli.visit import during_rules as visit_during_rules
from aftersales_cli.visit import plan_rules as visit_plan_rules
from aftersales_cli.visit import record_rules as visit_record_rules
from aftersales_cli.words import Say, language
from aftersales_cli.workdays import of_workspace
from aftersales_cli.workspace import Workspace

REGISTERED = (
    cutover_rules,
    complaint_rules,
    feedback_rules,
    visit_chain_rules,
    visit_during_rules,
    visit_record_rules,
    company,
    visit_plan_rules,
)
"""The rooms whose functions judge: importing one registers its rules."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One card as people see it in the list: what is in force on the day asked for, None where nothing is."""

    card: Card
    values: tuple[Used, ...] | None


@dataclass(frozen=True, slots=True)
class Shown:
    """One card as people see it alone on the day `on`: its editions with whose they are (None: the group's)."""

    card: Card
    on: date
    values: tuple[Used, ...] | None
    editions: tuple[tuple[str | None, Edition], ...]


def book_of(workspace: Workspace) -> Book:
    """The built-in rule book with the workspace's own over it."""
    own = [workspace.rulebook] if workspace.rulebook else []
    return load_book([library.content("rulebook"), *own])


def bench_of(workspace: Workspace) -> Bench:
    """The workspace's book with the tools its rules name."""
    book = book_of(workspace)
    tools = {"workdays": of_workspace(workspace), "vocabularies": book.vocabularies, "book": book}
    return Bench(book, tools, TABLES)


def list_rules(workspace: Workspace, as_of: datetime, province: str | None) -> Report:
    """Every card with the numbers in force on the day of the run."""
    book = book_of(workspace)
    listed = [Listed(card, _in_force(book, card, as_of.date(), province)) for card in book.cards.values()]
    items = [_card(one.card) | {"values": one.values} for one in listed]
    summary = {"cards": len(items), "fingerprint": book.fingerprint()}
    return Report("rules list", as_of, book.named(province), summary=summary, items=items, view=listed)


def show(workspace: Workspace, as_of: datetime, province: str | None, rule: str, on: date | None) -> Report:
    """One card: its editions with their clauses, who may bend what, and the numbers in force on `on` (else as-of)."""
    book = book_of(workspace)
    card = _asked_for(book, rule)
    day = on or as_of.date()
    shown = Shown(card, day, _in_force(book, card, day, province), _editions(book, card))
    item = _card(card) | {
        "note": _said(card.note) if card.note else None,
        "on": day,
        "values": shown.values,
        "parameters": [_parameter(parameter) for parameter in card.parameters.values()],
        "editions": [_edition(owner, edition) for owner, edition in shown.editions],
        "file": card.file,
    }
    return Report("rules show", as_of, book.named(province), items=[item], view=shown)


def check(workspace: Workspace, as_of: datetime) -> Report:
    """Audit the book and run every case; exit 78 where it does not hold."""
    bench = bench_of(workspace)
    found = audit.audit(bench)
    items = [
        {"rule": rule, "cases": len(tried), "passed": sum(one.passed for one in tried)}
        for rule, tried in found.tried.items()
    ]
    summary: dict[str, object] = {
        "holds": not found.faults,
        "cards": len(bench.book.cards),
        "cases": sum(len(tried) for tried in found.tried.values()),
        "provinces": list(bench.book.provinces),
        "fingerprint": bench.book.fingerprint(),
    }
    code = Exit.SETTINGS if found.faults else Exit.DONE
    return Report("rules check", as_of, None, exit=code, summary=summary, items=items, problems=found.faults)


def explain(workspace: Workspace, as_of: datetime, rule: str, wanted: str | None) -> Report:
    """How one case of a rule is decided, or all: sentence, evidence, the clause of every number; 78 where one fails."""
    bench = bench_of(workspace)
    cases = bench.cases(_asked_for(bench.book, rule).id)
    chosen = cases if wanted is None else (find_case(cases, wanted),)
    tried = [bench.tried(case) for case in chosen]
    code = Exit.DONE if all(one.passed for one in tried) else Exit.SETTINGS
    return Report("rules explain", as_of, None, exit=code, items=[_tried(one) for one in tried], view=tried)


def _asked_for(book: Book, rule: str) -> Card:
    """The card of an id that somebody typed, in upper or lower case; `Stop` 2 with the nearest id for any other."""
    if rule.upper() not in book.cards:
        message = Say("the rule book has no card {rule}", rule=rule)
        raise Stop(message, hint=nearest(rule.upper(), list(book.cards)), code=Exit.USAGE)
    return book.card(rule.upper())


def _in_force(book: Book, card: Card, day: date, province: str | None) -> tuple[Used, ...] | None:
    given = book.given_or_none(card.id, on=day, province=province)
    if given is None:
        return None
    for name in card.parameters:
        given.value(name)
    return given.used


def _editions(book: Book, card: Card) -> tuple[tuple[str | None, Edition], ...]:
    own = [(name, edition) for name, p in book.provinces.items() for edition in p.editions.get(card.id, ())]
    return (*((None, edition) for edition in card.editions), *own)


def _card(card: Card) -> dict[str, object]:
    return {
        "rule": card.id,
        "title": _said(card.title),
        "requirement": card.requirement,
        "judged_on": card.judged_on,
        "on_breach": card.on_breach,
        "on_needs_a_person": card.on_needs_a_person,
    }


def _parameter(parameter: Parameter) -> dict[str, object]:
    return {
        "name": parameter.name,
        "unit": parameter.unit,
        "province_may": parameter.province_may,
        "contract_may": parameter.contract_may,
        "sample": parameter.sample,
    }


def _edition(owner: str | None, edition: Edition) -> dict[str, object]:
    values = {name: setting.value for name, setting in edition.settings.items()}
    return {"from": edition.start, "province": owner, "clause": edition.clause, "values": values}


def _tried(one: Tried) -> dict[str, object]:
    case = one.case
    return {
        "rule": case.rule,
        "number": case.number,
        "about": case.about,
        "case": case.name,
        "province": case.province,
        "cells": case.cells,
        "expected": case.expected,
        "passed": one.passed,
        "decision": one.decision,
        "source": case.place,
    }


def _said(both: Mapping[str, str]) -> str:
    return both[language()]
