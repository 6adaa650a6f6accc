"""A request for protection counts as an assurance as soon as it is there (R6, R7)."""

from __future__ import annotations

import pytest

from aftersales_cli.feedback.checking import foreign
from aftersales_cli.feedback.protecting import Wanted, wanted
from aftersales_cli.places import Problem
from aftersales_cli.records.columns import Broken, Source
from aftersales_cli.records.feedback import Feedback
from aftersales_cli.records.values import FeedbackKind, Instant, Outcome
from aftersales_cli.words import Say
from tests.cutover.samples import at, day, gatherer
from tests.feedback.samples import NOW, objection, request, row


def asked(*rows: Feedback, broken: tuple[Broken, ...] = ()) -> Wanted:
    ownership = gatherer().ownership
    return wanted(rows, broken, NOW, lambda each: tuple(foreign(each, ownership)))


def test_level_period_and_circuits_are_the_customer_s() -> None:
    said = request(circuit_codes=("X1",))
    (found,) = asked(said).rows

    assert (found.customer_code, found.level, found.circuit_codes) == ("K1", "二级", ("X1",))
    assert (found.start, found.end, found.requested_at) == (day("2011-06-08"), day("2011-06-08"), said.received_at)
    assert found.source == said.source


def test_a_refused_request_and_other_feedback_protect_nothing() -> None:
    assert asked(request(outcome=Outcome.NOT_MET), row(), objection()) == Wanted()


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        pytest.param(request(level=None), ["level"], id="without a level"),
        pytest.param(request(start=None, end=None), ["start", "end"], id="without a period"),
        pytest.param(request(end=day("2011-06-07")), ["end"], id="it ends before it starts"),
        pytest.param(request(received_at=Instant(at("2011-05-30T10:01"))), ["received_at"], id="from the future"),
        pytest.param(request(circuit_codes=("X1", "X2")), ["circuit_codes"], id="another customer's circuit"),
    ],
)
def test_one_that_does_not_hold_may_touch_any_circuit_of_its_customer(said: Feedback, fields: list[str]) -> None:
    found = asked(said)

    assert (found.rows, [problem.field for problem in found.problems]) == ((), fields)
    assert [row.value("customer_code") for row in found.unusable] == ["K1"]
    assert [row.value("circuit_codes") for row in found.unusable] == [None]


@pytest.mark.parametrize(
    ("values", "may"),
    [
        pytest.param({"kind": FeedbackKind.ASSURANCE}, True, id="a request"),
        pytest.param({}, True, id="nobody can read what it is"),
        pytest.param({"kind": FeedbackKind.QUESTION}, False, id="a question"),
        pytest.param({"kind": FeedbackKind.ASSURANCE, "outcome": Outcome.NOT_MET}, False, id="refused"),
    ],
)
def test_a_broken_row_counts_where_it_may_ask(values: dict[str, object], may: bool) -> None:
    wrong = {"received_at": Problem(Say("no time"))}
    found = asked(broken=(Broken({"customer_code": "K1"} | values, wrong, Source("feedback.csv", line=3)),))

    assert bool(found.unusable) is may
