"""Filling in an empty cell never turns one definite answer into the other (D4), whatever the other cells say.

Some empty cells say something: the book gives them a meaning (a publication with no filing time counts as filed
then; the task number says the category; no state is 'goes on'; a receipt without circuits is of all; a row without
circuits or resources adds none). To fill one in is to contradict it; that may take the planned-cutover answer away, and
never brings it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from aftersales_cli.complaint.answer import Answer
from aftersales_cli.complaint.answering import Answered
from aftersales_cli.records.assurances import Assurance
from aftersales_cli.records.events import Change
from aftersales_cli.records.values import Instant
from tests.complaint.world import COMPLAINT, CUTOVER, RECEIPT, World, told
from tests.cutover.samples import at

FAULT, PLAN = Answer.NETWORK_FAULT, Answer.PLANNED_CUTOVER
OTHER = "BD2011SHJH000002"
BEGUN = (
    "2011-06-01 00:00",
    "2011-06-07 23:00",
    "2011-06-08 00:00",
    "2011-06-08 01:00",
    "2011-05-20 09:00",
    "2011-06-08",
)
ENDED = ("2011-06-08 02:25", "2011-06-08 05:59", "2011-06-08 06:30", "2011-06-09 01:00", "2011-06-08")
TOLD = ("2011-05-20 09:00", "2011-05-25 09:00", "2011-06-02 09:00", "2011-06-08 00:30", "2011-06-08")
POOL: dict[str, dict[str, tuple[str, ...]]] = {
    "complaints": {
        "customer_code": ("K1", "K2", "K9"),
        "began_at": (*BEGUN, "2011-06-08 02:00"),
        "restored_at": (*ENDED, "未恢复"),
        "cause": ("割接", "其他", "未查实", "未填报割接"),
        "task_no": ("BD2011SHJH000001", OTHER, "BD2011SHJH000009"),
    },
    "cutovers": {
        "category": ("计划", "临时", "紧急"),
        "window": ("20110608 00:00-06:00", "20110608 01:00-02:10", "20110615 00:00-06:00"),
        "interruption": ("中断: 30分钟", "不中断"),
        "circuit_code": ("X1", "Y1", "X2"),
        "customer_name": ("甲公司", "乙公司"),
        "filed_at": (*TOLD, "未填报"),
        "published_at": (*TOLD, "未发布"),
        "actual_start": BEGUN,
        "actual_end": ENDED,
        "status": ("取消", "完成"),
    },
    "receipts": {
        "delivered_at": (*TOLD, "未送达"),
        "customer_code": ("K1", "K2"),
        "circuit_codes": ("X1", "X2"),
        "notice_id": ("N1", "N9"),
        "sequence": ("0", "1"),
    },
}
MEANT = {("cutovers", name) for name in ("category", "circuit_code", "filed_at", "status")}
MEANT |= {("receipts", name) for name in ("circuit_codes", "notice_id", "sequence")}
"""Cells that say something when they are empty."""

NIGHT_AFTER: dict[str, Any] = {
    "window_start": at("2011-06-15T00:00"),
    "window_end": at("2011-06-15T06:00"),
    "sequence": 1,
}
NOTICES = {
    "an empty ledger": (),
    "told": (told(),),
    "told late": (told(issued_at=at("2011-06-03T09:00"), published_at=at("2011-06-03T09:00")),),
    "another was told": (told("K2", circuit_codes=("X2",)),),
    "the department was told": (told(None),),
    "moved to a later night": (told(), told(**NIGHT_AFTER, issued_at=at("2011-06-05T09:00"))),
    "moved after it had begun": (told(), told(**NIGHT_AFTER, issued_at=at("2011-06-09T09:00"))),
    "brought forward": (told(**NIGHT_AFTER), told(sequence=2, issued_at=at("2011-05-26T09:00"))),
    "taken back": (told(), told(sequence=1, change=Change.CANCEL, issued_at=at("2011-06-05T09:00"))),
    "not of this circuit": (told(circuit_codes=("Y1",)),),
    "told that nothing will happen": (told(interruption="不中断"),),
}
ASSURED = Assurance(
    customer_code="K1", level="二级", start=Instant(at("2011-06-08T00:00")), end=Instant(at("2011-06-09T00:00"))
)
ROWS: dict[str, list[dict[str, str]]] = {
    "complaints": [COMPLAINT],
    "cutovers": [
        CUTOVER,
        CUTOVER | {"circuit_code": "Y1"},
        CUTOVER | {"task_no": OTHER, "window": "20110615 00:00-06:00"},
    ],
    "receipts": [RECEIPT, RECEIPT | {"delivered_at": "2011-05-26 10:00"}],
}
SPOTS = [(table, n, cell) for table, rows in ROWS.items() for n in range(len(rows)) for cell in POOL[table]]


@st.composite
def worlds(draw: st.DrawFn) -> tuple[World, tuple[str, int, str], str]:
    """A good evening with some cells emptied or changed; an empty cell of it, and what is filled in there."""
    rows = {table: [dict(row) for row in draw(st.sampled_from([given[:1], given]))] for table, given in ROWS.items()}
    spots = [(t, n, c) for t, n, c in SPOTS if n < len(rows[t])]
    for table, n, cell in draw(st.lists(st.sampled_from(spots), max_size=5)):
        rows[table][n][cell] = draw(st.sampled_from(("", *POOL[table][cell])))
    empty = [(t, n, c) for t, n, c in spots if not rows[t][n][c]]
    spot = draw(st.sampled_from(empty or spots))
    rows[spot[0]][spot[1]][spot[2]] = ""
    world = World(
        **{table: tuple(found) for table, found in rows.items()},  # type: ignore[arg-type]  # the three tables
        told=NOTICES[draw(st.sampled_from(sorted(NOTICES)))],
        assurances=draw(st.sampled_from(((), (ASSURED,)))),
        owners=draw(st.sampled_from(({"X1": "K1", "Y1": "K1", "X2": "K2"}, {"X2": "K2"}))),
    )
    return world, spot, draw(st.sampled_from(POOL[spot[0]][spot[2]]))


def filled(world: World, spot: tuple[str, int, str], text: str) -> World:
    table, n, cell = spot
    rows: list[dict[str, str]] = [dict(row) for row in getattr(world, table)]
    rows[n][cell] = text
    changed: dict[str, Any] = {table: tuple(rows)}
    return replace(world, **changed)


@settings(max_examples=300, deadline=None)
@given(worlds())
def test_filling_in_an_empty_cell_never_turns_one_definite_answer_into_the_other(
    drawn: tuple[World, tuple[str, int, str], str],
) -> None:
    world, spot, text = drawn
    before, after = world.answers(), filled(world, spot, text).answers()
    assume(before and isinstance(before[0], Answered) and before[0].definite and after)
    assert isinstance(before[0], Answered)
    if not isinstance(after[0], Answered) or not after[0].definite:
        return  # it needs a person now, or the cell has a problem
    assert (before[0].answer, after[0].answer) != (FAULT, PLAN)
    if (spot[0], spot[2]) not in MEANT:
        assert before[0].answer is after[0].answer


def test_every_cell_of_a_good_evening_filled_with_anything() -> None:
    """The same, cell by cell, for the answer planned cutover: the worlds above reach every answer."""
    whole = World(cutovers=(CUTOVER,), receipts=(RECEIPT,))
    found: dict[tuple[str, str, str], set[Answer]] = {}
    for table, n, cell in [spot for spot in SPOTS if spot[1] == 0]:
        for text in POOL[table][cell]:
            answers = filled(whole, (table, n, cell), text).answers()
            found[table, cell, text] = {one.answer for one in answers if isinstance(one, Answered)}
    assert set().union(*found.values()) == set(Answer)


CORNERS = [
    pytest.param(
        {"filed_at": "2011-06-08 00:30"}, "2011-06-08 01:00", id="filed after the window began, before the work"
    ),
    pytest.param(
        {"published_at": "2011-05-25 09:00"}, "2011-05-20 09:00", id="begun before a publication in good time"
    ),
]


@pytest.mark.parametrize(("cutover", "actual"), CORNERS)
def test_an_actual_start_that_would_turn_the_answer_needs_a_person(cutover: dict[str, str], actual: str) -> None:
    before = World(cutovers=(CUTOVER | cutover,)).answered()
    after = World(cutovers=(CUTOVER | cutover | {"actual_start": actual},)).answered()
    assert (before.definite, after.answer) == (True, Answer.NEEDS_A_PERSON)
    assert [unknown.field for unknown in after.missing] == ["actual_start"]
