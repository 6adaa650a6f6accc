"""A word of the rule book's lists inside a sentence."""

from __future__ import annotations

import pytest

from aftersales_cli.records.vocabulary import Term, Vocabulary
from aftersales_cli.words import Say

LEVELS = Vocabulary("warning_levels", (Term("橙", ("橙色",), "Orange"), Term("灰")))


@pytest.mark.parametrize(
    ("word", "english"),
    [
        pytest.param("橙", "Orange", id="listed"),
        pytest.param("橙色", "Orange", id="another spelling"),
        pytest.param("灰", "灰", id="without English"),
        pytest.param("紫", "紫", id="not listed"),
    ],
)
def test_an_english_sentence_has_the_word_s_english_and_a_chinese_one_the_word(word: str, english: str) -> None:
    said = Say("a warning of level {level} is in force", level=LEVELS.worded(word))
    assert said.to("en") == f"a warning of level {english} is in force"
    assert word in said.to("zh")


def test_two_sentences_of_the_same_word_are_equal() -> None:
    assert LEVELS.worded("橙") == LEVELS.worded("橙")
    assert LEVELS.worded("橙") != LEVELS.worded("灰")
