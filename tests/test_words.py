"""Sentences are values: the same one can be said in either language, compared, and nested."""

from datetime import date, datetime

import pytest

from aftersales_cli.records.values import Category
from aftersales_cli.words import Counted, Say, Told, shown


def test_a_sentence_told_once_is_said_as_it_was_in_each_language() -> None:
    told = Told({"en": "nobody is there", "zh": "没有人"})
    assert (told.to("en"), told.to("zh")) == ("nobody is there", "没有人")
    assert Say("{why}!", why=told).to("zh") == "没有人!"


def test_a_sentence_is_filled_when_it_is_shown() -> None:
    assert Say("{a} of {b}", a=5, b="x").to("en") == "5 of x"


def test_a_sentence_inside_another_is_put_into_the_same_language() -> None:
    assert Say("{inner}!", inner=Say("{n} left", n=2)).to("en") == "2 left!"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        pytest.param(None, "–", id="nothing is a dash"),
        pytest.param(date(2011, 6, 8), "2011-06-08", id="a day"),
        pytest.param(datetime(2011, 6, 8, 6, 0), "2011-06-08 06:00", id="an instant to the minute"),  # noqa: DTZ001
        pytest.param(datetime(2011, 6, 8, 6, 0, 1), "2011-06-08 06:00:01", id="seconds where there are any"),  # noqa: DTZ001
        pytest.param(Category.PLANNED, "计划", id="a word of the files"),
        pytest.param(["a", "b"], "a, b", id="a list"),
        pytest.param(3, "3", id="a number"),
    ],
)
def test_values_stand_in_sentences_in_one_form(value: object, said: str) -> None:
    assert shown(value, "en") == said


def test_a_list_is_joined_the_chinese_way_in_chinese() -> None:
    assert shown(("甲", "乙"), "zh") == "甲、乙"


def test_english_counts_one_and_many() -> None:
    assert Counted("{n} day", "{n} days", n=1).to("en") == "1 day"
    assert Counted("{n} day", "{n} days", n=2).to("en") == "2 days"


def test_sentences_with_the_same_words_and_values_are_equal() -> None:
    assert Say("{a}", a=1) == Say("{a}", a=1)
    assert Say("{a}", a=1) != Say("{a}", a=2)
    assert hash(Say("{a}", a=1)) == hash(Say("{a}", a=1))


def test_braces_in_a_value_stay_as_they_are() -> None:
    assert Say("{a}", a="{b}").to("zh") == "{b}"
