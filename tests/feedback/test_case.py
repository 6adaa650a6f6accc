"""How far a case has come, and who is in charge of it."""

from __future__ import annotations

from typing import Any

import pytest

from aftersales_cli.feedback.case import Engineer, State, engineer
from aftersales_cli.records.events import Happened
from aftersales_cli.records.values import FeedbackKind, Instant, Outcome
from tests.cutover.samples import at, customer
from tests.feedback.samples import case, request, row, run

LATER = Instant(at("2011-05-30T09:30"))
QUESTION, OBJECTION, ASSURANCE = FeedbackKind.QUESTION, FeedbackKind.OBJECTION, FeedbackKind.ASSURANCE


@pytest.mark.parametrize(
    ("kind", "given", "state"),
    [
        pytest.param(QUESTION, {}, State.OPEN, id="question, nothing yet"),
        pytest.param(QUESTION, {"replied_at": LATER}, State.ANSWERED, id="question, answered"),
        pytest.param(QUESTION, {"replied_at": LATER, "outcome": Outcome.OPEN}, State.ANSWERED, id="not yet settled"),
        pytest.param(QUESTION, {"replied_at": LATER, "outcome": Outcome.MET}, State.CLOSED, id="question, settled"),
        pytest.param(OBJECTION, {"outcome": Outcome.MET}, State.OPEN, id="objection met, nobody told the customer"),
        pytest.param(OBJECTION, {"outcome": Outcome.NOT_MET}, State.CANNOT_BE_MET, id="objection refused"),
        pytest.param(
            OBJECTION,
            {"outcome": Outcome.NOT_MET, "replied_at": LATER},
            State.CANNOT_BE_MET,
            id="R5: answered without a reason, it stays open",
        ),
        pytest.param(
            OBJECTION,
            {"outcome": Outcome.NOT_MET, "replied_at": LATER, "unit_reason": "设备须更换"},
            State.CLOSED,
            id="refused with a reason, and answered",
        ),
        pytest.param(ASSURANCE, {}, State.OPEN, id="request, not forwarded"),
    ],
)
def test_the_state_follows_from_what_is_said(kind: FeedbackKind, given: dict[str, Any], state: State) -> None:
    assert case(row(kind=kind, **given)).state is state


def test_a_request_is_forwarded_by_what_the_ledger_recorded() -> None:
    before = case(request())
    after = case(request(), *run(before))

    assert (before.state, after.state) == (State.OPEN, State.FORWARDED)
    assert after.forwarded is not None
    assert after.forwarded.event is Happened.FORWARDED


@pytest.mark.parametrize(
    ("given", "province", "found"),
    [
        pytest.param({"chief_engineer": "王一", "manager": "李二"}, "上海", ("王一", "chief_engineer"), id="the chief"),
        pytest.param(
            {"local_engineers": (("广东", "赵三"), ("上海", "钱四")), "manager": "李二"},
            "上海",
            ("钱四", "local_engineer"),
            id="the desk's province's",
        ),
        pytest.param(
            {"local_engineers": (("广东", "赵三"),), "manager": "李二"}, "上海", ("李二", "manager"), id="manager"
        ),
        pytest.param({}, None, None, id="nobody is named"),
    ],
)
def test_somebody_is_in_charge(given: dict[str, Any], province: str | None, found: tuple[str, str] | None) -> None:
    who = engineer(customer(**given), province)

    assert (None if who is None else (who.name, who.role)) == found


def test_the_manager_comes_with_a_telephone() -> None:
    assert engineer(customer(manager="李二", manager_phone="021-1"), None) == Engineer("李二", "manager", "021-1")
