"""Rows → tasks: one per number, one pair per circuit, one telling per customer."""

from __future__ import annotations

import pytest

from aftersales_cli.cutover.impact import Impact
from aftersales_cli.places import Known, Unknown
from aftersales_cli.records.values import Category, Instant, Interruption, Interrupts, Lead, LeadUnit, Status
from tests.cutover.samples import at, customer, gatherer, issued, row, task

MOMENTARY = Interruption(Interrupts.MOMENTARILY)
NONE = Interruption(Interrupts.NO)


def test_rows_of_one_number_are_one_task_however_it_is_spelled() -> None:
    tasks = gatherer().tasks([row("X1"), row("X2", task_no="ＢＤ2011ＳＨＪＨ000001"), row("X1", task_no="T2")])

    assert [(one.name, [pair.circuit_code for pair in one.pairs]) for one in tasks] == [
        ("BD2011SHJH000001", ["X1", "X2"]),
        ("T2", ["X1"]),
    ]


def test_rows_without_a_circuit_are_one_pair_that_says_the_worst() -> None:
    made = task(row(None, interruption=NONE), row("X1"), row(None), row(None, interruption=MOMENTARY))

    assert [(pair.circuit_code, len(pair.rows), pair.impact) for pair in made.pairs] == [
        (None, 3, Impact.OUTAGE),
        ("X1", 1, Impact.OUTAGE),
    ]


def test_a_cancelled_row_says_nothing_beside_one_that_goes_on() -> None:
    made = task(row(None, status=Status.CANCELLED), row(None, interruption=NONE))

    assert [(pair.cancelled, pair.impact) for pair in made.pairs] == [(False, Impact.NONE)]


def test_the_category_comes_from_the_cell_and_else_from_the_number() -> None:
    assert task(row(category=Category.EMERGENCY)).category.value is Category.EMERGENCY
    assert task(row()).category.value is Category.PLANNED
    assert isinstance(task(row(task_no="割接-7")).category, Unknown)


@pytest.mark.parametrize("turned", [False, True])
def test_of_several_actual_times_the_widest_count_in_any_order(turned: bool) -> None:
    rows = [
        row("X1", actual_start=Instant(at("2011-06-08T01:00")), actual_end=Instant(at("2011-06-08T05:00"))),
        row("X2", actual_start=Instant(at("2011-06-08T00:30")), actual_end=Instant(at("2011-06-08T06:30"))),
        row("Y1"),
    ]
    made = task(*(reversed(rows) if turned else rows))

    assert (made.start, made.end) == (at("2011-06-08T00:30"), at("2011-06-08T06:30"))


def test_each_customer_is_told_and_the_department_for_each_it_stands_for() -> None:
    silent = customer("K2", "乙公司", contact_phone=None, notice=Lead(14, LeadUnit.DAYS))
    made = task(row("X1"), row("X2"), row("Z1"), customers=(customer(), silent))

    told = [(t.code, t.customer.code if t.customer else None) for t in made.tellings]
    assert told == [("K1", "K1"), (None, "K2"), (None, None)]


def test_each_customer_has_its_own_publication() -> None:
    made = task(row("X1"), row("X2"), *(), now=at("2011-05-29T09:00"))
    assert [t.publication.as_if for t in made.tellings] == [True, True]

    told = gatherer(issued("k1"), now=at("2011-05-29T09:00")).task([row("X1"), row("X2")])
    assert [t.publication.as_if for t in told.tellings] == [False, True]


def test_deviating_rows_are_problems_on_their_cells() -> None:
    made = task(row("X1"), row("X2", line=3, province="广东"), row("Y1", line=4, reason="机房搬迁"))

    assert [(p.field, p.place.line if p.place else None) for p in made.problems] == [("province", 3), ("reason", 4)]
    assert made.broken


def test_the_circuit_is_spelled_as_the_inventory_does() -> None:
    made = task(row("x- 1"))

    assert [pair.circuit_code for pair in made.pairs] == ["X1"]
    assert isinstance(made.pairs[0].row.fact("circuit_code"), Known)
