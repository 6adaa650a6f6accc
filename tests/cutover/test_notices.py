"""Identity and content of notices, and the accounting."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aftersales_cli.cutover.history import History, since_cancel
from aftersales_cli.cutover.notices import content, interruptions, issued_content, issued_interruptions, notice_id
from aftersales_cli.records.events import Change
from aftersales_cli.records.values import Interruption, Interrupts
from tests.cutover.samples import TASK, issued, row, task


def test_a_notice_is_known_by_task_and_customer_only() -> None:
    assert notice_id(TASK, "K1") == notice_id(TASK.lower(), "ｋ１")
    assert len({notice_id(TASK, "K1"), notice_id(TASK, "K2"), notice_id(TASK, None), notice_id("T2", "K1")}) == 4


def test_what_was_issued_is_the_same_as_what_the_rows_say_now() -> None:
    made = task(row("X1"))

    assert content(made.pairs, made) == issued_content(issued())
    assert content(made.pairs, made) != issued_content(issued(circuit_codes=("X1", "Y1")))


FORMS = st.one_of(
    st.builds(Interruption, st.just(Interrupts.YES), st.integers(1, 600)),
    st.sampled_from([Interruption(Interrupts.MOMENTARILY), Interruption(Interrupts.MOMENTARILY, 5, True)]),
    st.just(Interruption(Interrupts.NO)),
)
CODES = st.text("AB 1/-", min_size=1, max_size=4).map(str.strip).filter(lambda code: code.strip("-") != "")


@given(st.dictionaries(CODES, FORMS, min_size=1, max_size=4))
def test_the_interruption_of_each_circuit_is_found_again_in_the_ledgers_text(told: dict[str, Interruption]) -> None:
    pairs = [pair for code, form in told.items() for pair in task(row(code, interruption=form), owners={}).pairs]
    codes = tuple(pair.circuit_code or "" for pair in pairs)
    again = issued_interruptions(issued(interruption=interruptions(pairs), circuit_codes=codes))

    assert dict(again) == {code: str(form) for code, form in told.items()}


def test_one_form_for_all_circuits_is_said_once() -> None:
    assert interruptions(task(row("X1"), row("Y1")).pairs) == "中断: 30分钟"


def test_the_ledgers_notices_are_found_in_any_spelling() -> None:
    history = History([issued("K1"), issued(None)])

    assert len(history.of(TASK.lower(), "ｋ１")) == 1
    assert len(history.of(TASK, None)) == 1
    assert history.of(None, "K1") == ()


def test_what_stands_are_the_last_notices_that_are_no_cancel() -> None:
    told = [issued("K1"), issued("K2"), issued("K2", change=Change.CANCEL, sequence=1)]

    assert [notice.customer_code for notice in History(told).standing()] == ["K1"]
    assert since_cancel((*told, issued(sequence=2))) == (issued(sequence=2),)
