"""What is recorded of a case: once, and again only where something else is said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from aftersales_cli.feedback.happening import Asked, asked_of_unit
from aftersales_cli.feedback.memory import by_case, completed, remembered
from aftersales_cli.records.events import Happened
from aftersales_cli.records.feedback import Feedback
from aftersales_cli.records.values import FeedbackKind, Instant, Outcome
from tests.cutover.samples import at, day
from tests.feedback.samples import case, new_of, objection, request, row, run

REASON = {"outcome": Outcome.NOT_MET, "unit_reason": "设备须更换"}

pieces = some.builds(
    row,
    kind=some.sampled_from(FeedbackKind),
    text=some.none() | some.text(min_size=1),
    outcome=some.none() | some.sampled_from(Outcome),
    unit_reason=some.none() | some.just("设备须更换"),
    replied_at=some.none() | some.just(Instant(at("2011-05-30T09:30"))) | some.just(day("2011-05-30")),
    level=some.none() | some.just("二级"),
    start=some.none() | some.just(day("2011-06-08")),
    end=some.none() | some.just(Instant(at("2011-06-09T12:00:30"))),
    circuit_codes=some.lists(some.sampled_from(["X1", "Y1"]), unique=True).map(tuple),
)


@given(said=pieces, letters=some.booleans(), reachable=some.booleans())
def test_a_second_run_over_the_same_piece_records_nothing(said: Feedback, letters: bool, reachable: bool) -> None:
    first = case(said)
    again = case(said, *run(first, letters=letters, reachable=reachable))

    assert new_of(again, letters=letters, reachable=reachable) == ()


@given(said=pieces)
def test_the_ledger_alone_gives_the_piece_back(said: Feedback) -> None:
    """An outcome 处理中 decides nothing, so that it is not kept."""
    known = remembered(run(case(said)))

    assert known == (replace(said, outcome=None) if said.outcome is Outcome.OPEN else said)


@given(said=pieces)
def test_an_empty_cell_takes_nothing_back(said: Feedback) -> None:
    bare = Feedback(
        feedback_no=said.feedback_no, customer_code=said.customer_code, received_at=said.received_at, kind=said.kind
    )

    assert completed(bare, said) == said


def test_events_are_found_by_the_folded_number() -> None:
    events = run(case(row("f1")))

    assert set(by_case(events)) == set(by_case(run(case(row("Ｆ1")))))


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        pytest.param(row(), Asked.EXPLAIN, id="R4: a question is explained"),
        pytest.param(row(replied_at=day("2011-05-30")), None, id="it is answered already"),
        pytest.param(objection(), Asked.DECIDE, id="can it be moved?"),
        pytest.param(objection(outcome=Outcome.NOT_MET), Asked.REASON, id="R5: why not?"),
        pytest.param(objection(**REASON), None, id="the reason is there"),
        pytest.param(objection(outcome=Outcome.MET), None, id="the wish was met"),
        pytest.param(request(), None, id="a request goes to others"),
    ],
)
def test_the_initiating_unit_is_asked_for_what_is_missing(said: Feedback, asked: Asked | None) -> None:
    assert asked_of_unit(case(said)) is asked


def test_the_letter_comes_before_the_work_or_not_at_all() -> None:
    """R5."""
    before, after = case(objection(**REASON)), case(objection(**REASON), now="2011-06-08T00:00")

    assert Happened.LETTER_WRITTEN in [new.event for new in new_of(before)]
    assert Happened.LETTER_WRITTEN not in [new.event for new in new_of(after)]


def test_a_letter_in_word_can_be_asked_for_afterwards() -> None:
    written = case(objection(**REASON), *run(case(objection(**REASON))))

    assert [new.event for new in new_of(written, letters=True)] == [Happened.LETTER_WRITTEN]


def test_another_reason_is_another_letter() -> None:
    events = run(case(objection(**REASON)))
    other = case(objection(outcome=Outcome.NOT_MET, unit_reason="光缆须迁移"), *events)

    assert [new.event for new in new_of(other)] == [Happened.REASON_GIVEN, Happened.LETTER_WRITTEN]


def test_a_request_that_changes_is_forwarded_again() -> None:
    """R6: the approval departments go by what the customer wants now."""
    events = run(case(request()))
    changed = case(request(level="一级"), *events)

    assert [new.event for new in new_of(changed)] == [Happened.CHANGED, Happened.FORWARDED]


@pytest.mark.parametrize(
    ("said", "reachable", "now"),
    [
        pytest.param(request(outcome=Outcome.NOT_MET), True, "2011-05-30T10:00", id="it was refused"),
        pytest.param(request(), False, "2011-05-30T10:00", id="nobody would receive it"),
        pytest.param(request(), True, "2011-06-09T00:00", id="the period is over"),
    ],
)
def test_a_request_is_not_forwarded_in_vain(said: Feedback, reachable: bool, now: str) -> None:
    assert Happened.FORWARDED not in [new.event for new in new_of(case(said, now=now), reachable=reachable)]
