"""Words of cells are found by list, in order, and not inside other words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_cli.visit.hearing import clauses, heard, is_mute, nothing_but, only, until

NEGATIONS = ("未…核", "没…核", "下次", "not", "no")
FINE = ("没有变", "未发现")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("未核对", True, id="as it stands"),
        pytest.param("未与客户核对", True, id="over a gap of three"),
        pytest.param("未 与 客 户 核对", True, id="with spaces"),
        pytest.param("未去客户现场核对", False, id="over a gap of five"),
        pytest.param("未到场，已核对", False, id="not over a comma"),
        pytest.param("未来核对", False, id="the future is no denial"),
        pytest.param("未来得及核对", True, id="no time is one"),
        pytest.param("Not today", True, id="a Latin word"),
        pytest.param("another note", False, id="not within another word"),
        pytest.param("ＮＯＴ", True, id="in full width"),
    ],
)
def test_a_word_is_found(text: str, expected: bool) -> None:
    assert heard(text, NEGATIONS) == (expected,)


def test_what_one_list_has_found_is_gone_for_the_next() -> None:
    assert heard("没有变化", FINE, ("没有",)) == (True, False)
    assert heard("没有变化", ("没有",), FINE) == (True, False)
    assert heard("没有变化，没有人", FINE, ("没有",)) == (True, True)


def test_an_empty_list_finds_nothing() -> None:
    assert heard("未核对", ()) == (False,)


@pytest.mark.parametrize(
    ("text", "expected"), [("无。", True), (" 无 ", True), ("No.", True), ("无变化", False), ("Ｎ／Ａ", True)]
)
def test_only_asks_for_the_whole_cell(text: str, expected: bool) -> None:
    assert only(text, ("无", "no", "n/a")) is expected


@pytest.mark.parametrize(("text", "expected"), [("-", True), ("……", True), ("/", True), ("?", True), ("7", False)])
def test_a_cell_without_a_letter_is_mute(text: str, expected: bool) -> None:
    assert is_mute(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("核对中", True, id="at the end of the text"),
        pytest.param("核对中，明天给结果", True, id="at the end of a clause"),
        pytest.param("核对中发现电话有误", False, id="not before other words"),
    ],
)
def test_a_word_may_ask_for_the_end_of_its_clause(text: str, expected: bool) -> None:
    assert heard(text, ("核对中$",)) == (expected,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("待定", True, id="one of the words"),
        pytest.param("责任人：待定", True, id="two of them"),
        pytest.param("-", True, id="a dash"),
        pytest.param("示例甲（待定）", False, id="somebody beside them"),
        pytest.param("无锡分公司", False, id="a name that begins with one"),
        pytest.param("Li Na", False, id="a Latin name"),
    ],
)
def test_nothing_but_words_of_the_list_is_said(text: str, expected: bool) -> None:
    assert nothing_but(text, ("无", "待定", "责任人", "na")) is expected


def test_clauses_end_at_commas_and_stops() -> None:
    assert clauses("无变化，但新增；-。OK!") == ["无变化", "但新增", "ok"]


def test_until_is_what_stands_before_the_first_word() -> None:
    assert (until("已核对电话没核对地址", NEGATIONS), until("已核对", NEGATIONS)) == ("已核对电话", "已核对")


@given(st.text(alphabet="未没核对有变化下次 ,，。noNOT/-", max_size=30))
def test_any_text_can_be_heard(text: str) -> None:
    """A list twice finds nothing the second time, and what is found alone is found first in line."""
    first, second = heard(text, NEGATIONS, NEGATIONS)
    assert (first, second) == (heard(text, NEGATIONS)[0], False)
