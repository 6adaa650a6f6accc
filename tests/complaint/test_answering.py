"""Complaints of one evening: matched, answered, held; what is cited, missing and said beside."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from aftersales_cli.complaint.answer import Answer
from aftersales_cli.complaint.answering import Answered, Held, answer_all
from aftersales_cli.complaint.measures import Measure
from aftersales_cli.complaint.promise import promise
from aftersales_cli.complaint.timing import within
from aftersales_cli.cutover.impact import Hop, Routes
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.records.assurances import Assurance
from aftersales_cli.records.events import Change
from aftersales_cli.records.routes import Path
from aftersales_cli.records.values import Instant, Lead, LeadUnit
from tests.complaint.world import COMPLAINT, CUTOVER, RECEIPT, TASK, World, bench, told, world
from tests.cutover.samples import at, customer

FAULT, PLAN, PERSON, NO = (
    Answer.NETWORK_FAULT, Answer.PLANNED_CUTOVER, Answer.NEEDS_A_PERSON, Answer.NOT_A_CUTOVER,
)  # fmt: skip
OTHER = "BD2011SHJH000002"
ASSURED = Assurance(
    customer_code="K2", level="二级", start=Instant(at("2011-06-08T00:00")), end=Instant(at("2011-06-09T00:00"))
)


def test_a_good_evening_is_answered_as_a_planned_cutover() -> None:
    found = world().answered()
    assert (found.answer, found.primary, found.rules, found.task_no) == (PLAN, "ANS-3", ("ANS-3",), TASK)
    assert (found.missing, found.cautions, found.forbidden) == ((), (), ())


def test_every_answer_rule_is_decided_with_its_clause() -> None:
    found = world().answered()
    assert [d.rule for d in found.decisions] == [
        "ANS-6", "ANS-5", "ASR-2", "ANS-1", "ANS-4", "ANS-2", "ANS-3", "ANS-0",
    ]  # fmt: skip
    assert all(d.clause for d in found.decisions)


def test_a_decision_cites_the_cells_and_the_numbers_it_rests_on() -> None:
    cited = next(d for d in world().answered().decisions if d.rule == "ANS-3")
    numbers = {used.name: used.amount for used in cited.values}
    assert numbers["notice"] == Lead(6, LeadUnit.WORKING_DAYS)
    assert {"afterwards", "delivered_ahead", "announced_binds"} <= numbers.keys()
    places = {evidence.field: str(evidence.place) for evidence in cited.evidence if evidence.place}
    assert places["published_at"] == "cutovers.csv › line 2 (published_at)"
    assert places["delivered_at"] == "receipts.csv › line 2 (delivered_at)"


def test_a_cell_that_several_facts_rest_on_is_listed_once() -> None:
    """Of work nobody filed both V and F rest on 查实原因, and all else on 割接任务号."""
    found = world(complaint={"cause": "未填报割接"}).answered()
    fields = {decision.rule: [each.field for each in decision.evidence] for decision in found.decisions}
    assert (fields["ANS-6"], sorted(fields["ANS-0"])) == (["cause"], ["cause", "task_no"])


@pytest.mark.parametrize(
    ("given", "answer", "primary"),
    [
        pytest.param({"complaint": {"cause": "其他"}}, NO, None, id="another cause"),
        pytest.param({"complaint": {"cause": ""}}, PERSON, None, id="not verified"),
        pytest.param({"cutover": {"published_at": "2011-06-01"}}, FAULT, "ANS-5", id="published late"),
        pytest.param({"cutover": {"published_at": "未发布"}}, FAULT, "ANS-6", id="never published"),
        pytest.param({"cutover": {"filed_at": "未填报"}}, FAULT, "ANS-6", id="never filed"),
        pytest.param({"cutover": {"status": "取消"}}, FAULT, "ANS-6", id="cancelled, and done all the same"),
        pytest.param({"cutover": {"interruption": "不中断"}}, FAULT, "ANS-1", id="declared as interrupting nobody"),
        pytest.param({"cutover": {"interruption": "瞬断"}}, PLAN, "ANS-3", id="a momentary one is an interruption"),
        pytest.param({"receipt": {"delivered_at": "未送达"}}, FAULT, "ANS-4", id="not delivered"),
        pytest.param({"receipt": None}, PERSON, None, id="no receipt"),
        pytest.param(
            {"complaint": {"restored_at": "2011-06-08 07:00"}, "cutover": {"actual_end": "2011-06-08 07:00"}},
            FAULT,
            "ANS-2",
            id="the overrun reached the customer",
        ),
        pytest.param(
            {"complaint": {"restored_at": "2011-06-08 07:00"}, "cutover": {"actual_end": "2011-06-08 05:00"}},
            FAULT,
            "ANS-0",
            id="restored late although the works ended in time",
        ),
        pytest.param({"cutover": {"category": "紧急"}}, PERSON, None, id="an emergency: the book is silent"),
        pytest.param(
            {"cutover": {"category": "紧急"}, "assurances": (replace(ASSURED, customer_code="K1"),)},
            FAULT,
            "ASR-2",
            id="an emergency under assurance",
        ),
    ],
)
def test_the_book_from_cells(given: dict[str, Any], answer: Answer, primary: str | None) -> None:
    found = world(**given).answered()
    assert (found.answer, found.primary) == (answer, primary)


def test_the_assurance_of_another_customer_makes_it_a_fault_for_all() -> None:
    """P is a fact of the cutover."""
    rows = (CUTOVER | {"category": "临时"}, CUTOVER | {"category": "临时", "circuit_code": "X2"})
    found = World(cutovers=rows, assurances=(ASSURED,)).answered()
    assert (found.answer, found.primary) == (FAULT, "ASR-2")


def test_planned_work_that_had_to_stop_is_answered_with_a_caution_and_needs_a_release() -> None:
    found = world(assurances=(replace(ASSURED, customer_code="K1"),)).answered()
    assert (found.answer, found.forbidden) == (PLAN, ("ASR-1",))
    assert [str(c).startswith("ASR-1: planned work must stop") for c in found.cautions] == [True]


# ---- matching


def test_a_cutover_nobody_filed_is_answered_without_one() -> None:
    found = World(complaints=(COMPLAINT | {"cause": "未填报割接"},), cutovers=(), receipts=()).answered()
    assert (found.answer, found.primary, found.task) == (FAULT, "ANS-6", None)


def test_a_cutover_of_which_there_is_no_row_asks_which_once() -> None:
    found = World(cutovers=(), receipts=()).answered()
    assert (found.answer, [u.field for u in found.missing]) == (PERSON, ["task_no"])
    assert "write 未填报割接" in str(found.missing[0].why)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param({}, TASK, id="within the window"),
        pytest.param(
            {"began_at": "2011-06-07 20:00", "restored_at": "2011-06-08 00:00"}, TASK, id="to its first minute"
        ),
        pytest.param(
            {"began_at": "2011-06-07 20:00", "restored_at": "2011-06-07 23:59"}, None, id="over before it began"
        ),
        pytest.param(
            {"began_at": "2011-06-09 06:00", "restored_at": "2011-06-09 07:00"}, TASK, id="24 hours after its end"
        ),
        pytest.param({"began_at": "2011-06-09 06:01", "restored_at": "2011-06-09 07:00"}, None, id="a minute later"),
        pytest.param({"began_at": "", "restored_at": ""}, TASK, id="only the report is known"),
        pytest.param(
            {"began_at": "", "restored_at": "", "reported_at": "2011-06-10 09:00"}, None, id="reported too late"
        ),
        pytest.param(
            {"began_at": "2011-06-08 02:00", "restored_at": "", "reported_at": "2011-06-10 09:00"},
            TASK,
            id="not restored lasts until the report",
        ),
        pytest.param(
            {"began_at": "", "restored_at": "2011-06-08 03:00", "reported_at": "2011-06-10 09:00"},
            TASK,
            id="restored in it, reported two days later",
        ),
        pytest.param({"circuit_code": "x-1"}, TASK, id="the circuit spelt otherwise"),
        pytest.param({"circuit_code": "Y1"}, None, id="another circuit"),
    ],
)
def test_a_complaint_without_a_number_finds_its_cutover(cells: dict[str, str], expected: str | None) -> None:
    assert world(complaint=cells).answered().task_no == expected


def test_actual_times_widen_the_hours() -> None:
    cells = {"began_at": "2011-06-09 09:00", "restored_at": "2011-06-09 10:00"}
    assert world(complaint=cells, cutover={"actual_end": "2011-06-08 09:00"}).answered().task_no == TASK


def test_several_candidates_are_all_listed_for_a_person() -> None:
    rows = (CUTOVER, CUTOVER | {"task_no": OTHER})
    found = World(cutovers=rows).answered()
    assert (found.answer, found.candidates, found.task) == (PERSON, (TASK, OTHER), None)
    assert [unknown.field for unknown in found.missing] == ["task_no"]


def test_a_number_settles_which() -> None:
    rows = (CUTOVER, CUTOVER | {"task_no": OTHER})
    found = World(complaints=(COMPLAINT | {"task_no": TASK},), cutovers=rows).answered()
    assert (found.answer, found.task_no) == (PLAN, TASK)


def test_a_number_elsewhere_in_time_beside_one_that_fits_is_not_believed() -> None:
    rows = (CUTOVER, CUTOVER | {"task_no": OTHER, "window": "20110615 00:00-06:00"})
    found = World(complaints=(COMPLAINT | {"task_no": OTHER},), cutovers=rows).answered()
    assert (found.answer, found.candidates) == (PERSON, (OTHER, TASK))


def test_a_circuit_is_found_by_the_resources_it_runs_over() -> None:
    routes = Routes({"otn-01": [Hop("X1", Path.WORKING, "OTN-01")]}, {"x1": frozenset({Path.WORKING})})
    found = world(cutover={"circuit_code": "", "resources": "OTN-01"}, routes=routes).answered()
    assert (found.answer, found.task_no) == (PLAN, TASK)


def test_a_cutover_called_unfiled_beside_one_that_was_filed_is_said() -> None:
    found = world(complaint={"cause": "未填报割接"}).answered()
    assert (found.answer, found.primary, found.task_no, len(found.cautions)) == (FAULT, "ANS-6", None, 1)


def test_a_task_number_beside_unfiled_is_judged_with_a_caution() -> None:
    found = world(complaint={"cause": "未填报割接", "task_no": TASK}).answered()
    assert (found.answer, found.primary, found.task_no) == (FAULT, "ANS-6", TASK)
    assert [str(caution) for caution in found.cautions] == ["a task number stands beside 未填报割接"]


# ---- problems: held, and the rest is answered


@pytest.mark.parametrize(
    ("cells", "field", "message"),
    [
        pytest.param(
            {"restored_at": "2011-06-08 01:00"},
            "restored_at",
            "the interruption ends 2011-06-08 01:00, before it begins 2011-06-08 02:00",
            id="ends before it begins",
        ),
        pytest.param(
            {"customer_code": "K2"}, "customer_code", "circuit X1 is K1's, not K2's", id="another customer's circuit"
        ),
        pytest.param(
            {"circuit_code": "Y1", "task_no": TASK},
            "task_no",
            f"task {TASK} does not touch circuit Y1",
            id="a task that does not touch it",
        ),
        pytest.param(
            {"task_no": OTHER}, "task_no", f"no cutover row has the task number {OTHER}", id="a number no row has"
        ),
    ],
)
def test_a_complaint_is_held_for_a_cell(cells: dict[str, str], field: str, message: str) -> None:
    problem = world(complaint=cells).problem()
    assert (problem.field, str(problem.message), problem.held) == (field, message, ("complaint S1",))
    assert problem.place is not None
    assert problem.place.line == 2


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param({"cause": "割了"}, id="an unknown cause"),
        pytest.param({"began_at": "02:00"}, id="a time without a date"),
        pytest.param({"restored_at": "02:25"}, id="a restoration without a date"),
        pytest.param({"reported_at": ""}, id="never reported"),
    ],
)
def test_a_row_that_cannot_be_read_is_left_to_the_reader_and_the_rest_is_answered(cells: dict[str, str]) -> None:
    good = COMPLAINT | {"complaint_no": "S2"}
    found = World(complaints=(COMPLAINT | cells, good)).answers()
    assert [(one.complaint.complaint_no, isinstance(one, Answered)) for one in found] == [("S2", True)]


def test_one_that_is_held_does_not_stop_the_next() -> None:
    bad = COMPLAINT | {"customer_code": "K2"}
    found = World(complaints=(bad, COMPLAINT | {"complaint_no": "S2"})).answers()
    assert [type(one) for one in found] == [Held, Answered]


# ---- what was promised counts


def test_the_ledger_outweighs_a_file_that_was_changed_afterwards() -> None:
    changed = {"window": "20110608 00:00-02:00", "interruption": "不中断", "published_at": "2011-06-07"}
    found = world(cutover=changed, told=(told(),)).answered()
    assert (found.answer, len(found.cautions)) == (PLAN, 3)


def test_a_notice_after_the_work_began_promises_nothing() -> None:
    later = told(sequence=1, issued_at=at("2011-06-08T03:00"), window_end=at("2011-06-08T01:00"))
    assert world(told=(told(), later)).answered().answer is PLAN


def test_publication_is_that_of_the_first_notice_with_this_window_and_circuit() -> None:
    first = told(circuit_codes=("Y1",))
    second = told(
        sequence=1, circuit_codes=("X1", "Y1"), issued_at=at("2011-06-03T09:00"), published_at=at("2011-06-03T09:00")
    )
    found = world(
        cutover={"published_at": ""}, told=(first, second), receipt={"delivered_at": "2011-06-03 10:00"}
    ).answered()
    assert (found.answer, found.primary) == (FAULT, "ANS-5")


def test_a_receipt_of_the_notice_before_the_window_was_moved_proves_nothing() -> None:
    moved = told(sequence=1, issued_at=at("2011-05-26T09:00"), published_at=at("2011-05-26T09:00"))
    before = told(window_start=at("2011-06-15T00:00"), window_end=at("2011-06-15T06:00"))
    found = world(told=(before, moved)).answered()
    assert (found.facts["D"].value, found.answer) == (None, PERSON)


def test_a_last_notice_that_was_a_cancel_is_no_publication() -> None:
    cancel = told(sequence=1, change=Change.CANCEL, issued_at=at("2011-06-05T09:00"))
    found = world(told=(told(), cancel)).answered()
    assert (found.answer, found.primary) == (FAULT, "ANS-6")


def test_a_customer_told_through_the_department_is_told_by_its_notice() -> None:
    unreachable = customer(contact_phone=None)
    found = world(customers=(unreachable,), told=(told(None),), receipt=None).answered()
    assert found.facts["D"].value is None


def test_rows_of_another_customer_say_nothing_of_this_one_s_publication() -> None:
    rows = (CUTOVER | {"published_at": ""}, CUTOVER | {"circuit_code": "X2"})
    assert World(cutovers=rows).answered().facts["L"].value is None


# ---- cautions, and what does not turn the answer


@pytest.mark.parametrize(
    ("given", "caution"),
    [
        pytest.param(
            {"complaint": {"restored_at": "2011-06-08 03:35"}},
            "announced 中断: 30分钟, lasted 95 minutes",
            id="longer than announced",
        ),
        pytest.param(
            {"receipt": {"delivered_at": "2011-06-07 10:00"}}, "delivered less than 72 hours ahead", id="72 hours"
        ),
        pytest.param(
            {"customers": (customer(notice=Lead(20, LeadUnit.WORKING_DAYS)),)},
            "the customer's contract asks for 20 working days, which was not kept",
            id="contract",
        ),
        pytest.param(
            {"cutover": {"filed_at": "2011-05-26 10:00"}}, "it was filed after it was published", id="filed later"
        ),
        pytest.param(
            {"complaint": {"reported_at": "2011-06-08 01:50"}},
            "it was reported 2011-06-08 01:50, before it began 2011-06-08 02:00",
            id="reported before it began",
        ),
    ],
)
def test_a_caution_is_said_and_changes_nothing(given: dict[str, Any], caution: str) -> None:
    found = world(**given).answered()
    assert (found.answer, [str(said) for said in found.cautions]) == (PLAN, [caution])


def test_receipts_that_could_not_be_read_leave_delivery_open() -> None:
    assert world(whole=False).answered().answer is PERSON


@pytest.mark.parametrize(
    ("receipts", "expected"),
    [
        pytest.param(
            (RECEIPT, RECEIPT | {"delivered_at": ""}), True, id="a blank one beside a good one may be a second one"
        ),
        pytest.param(
            (RECEIPT, RECEIPT | {"delivered_at": "昨天"}), None, id="one that cannot be read may say otherwise"
        ),
        pytest.param(
            (RECEIPT | {"delivered_at": "未送达"}, RECEIPT | {"delivered_at": ""}), None, id="so may a blank one"
        ),
    ],
)
def test_a_broken_receipt(receipts: tuple[dict[str, str], ...], expected: bool | None) -> None:
    assert World(receipts=receipts).answered().facts["D"].value is expected


def test_a_receipt_older_than_the_publication_proves_nothing() -> None:
    early = RECEIPT | {"delivered_at": "2011-05-01 10:00"}
    assert World(receipts=(early,)).answered().facts["D"].value is None
    assert World(receipts=(early, RECEIPT)).answered().facts["D"].value is True


def test_rows_that_do_not_agree_on_the_window_leave_it_to_a_person() -> None:
    rows = (CUTOVER, CUTOVER | {"circuit_code": "X2", "window": "20110608 00:00-02:00"})
    assert World(cutovers=rows).answered().answer is PERSON


def test_a_card_cannot_change_what_a_rule_answers() -> None:
    book = bench().book
    cards = dict(book.cards) | {"ANS-1": replace(book.cards["ANS-1"], answer="planned_cutover")}
    desk: Any = type("Desk", (), {"book": replace(book, cards=cards)})()
    with pytest.raises(Stop) as stopped:
        list(answer_all([], [], desk))
    assert stopped.value.code is Exit.SETTINGS


def test_the_announced_minutes_bind_where_the_book_says_so() -> None:
    """R of D4: a parameter switches the test from the window to the minutes announced."""
    case = world(complaint={"restored_at": "2011-06-08 03:35"}).answered().case
    binds = Measure(value=True)
    assert (within(case, promise(case), binds).value, within(case, promise(case), Measure(value=False)).value) == (
        False,
        True,
    )
