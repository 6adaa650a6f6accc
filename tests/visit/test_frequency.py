"""How often, by the shipped book and by one that a province has bent."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from aftersales_cli import library
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.rules.book import Numbers, load_book
from aftersales_cli.visit.frequency import Numbered
from tests.visit.plans import numbers

DAY = date(2026, 1, 1)


def bent(folder: Path, change: Callable[[str], str]) -> Numbered:
    """The numbers of a workspace whose PLN-1 was changed."""
    card = (library.content("rulebook") / "visit" / "PLN-1.yaml").read_text("utf-8")
    folder.mkdir()
    (folder / "PLN-1.yaml").write_text(change(card), "utf-8")
    return Numbered.of(Numbers(load_book([library.content("rulebook"), folder]), None), DAY)


@pytest.mark.parametrize(
    ("level", "grade", "control", "visits"),
    [
        pytest.param("集团级", None, None, 6, id="a group customer"),
        pytest.param("集团级", "金牌", None, 12, id="gold by another spelling"),
        pytest.param("省清单", "AA", "二级", 4, id="silver and second control take no step"),
        pytest.param("省级", "金", "一级管控", 4, id="two steps"),
        pytest.param("集团级", "金", "一级管控", 12, id="the ladder ends"),
        pytest.param("特殊级", "钻石", "特管", 1, id="unknown words are the lowest"),
    ],
)
def test_visits_of_a_year(level: str, grade: str | None, control: str | None, visits: int) -> None:
    assert numbers().frequency.visits(level, grade, control) == visits


@pytest.mark.parametrize(
    ("filed", "expected"),
    [
        pytest.param({"集团级", "省清单级"}, False, id="the lowest stays here"),
        pytest.param({"集团级", "地市级"}, True, id="the lowest is filed"),
    ],
)
def test_an_unknown_level_is_filed_as_the_lowest_is(filed: set[str], expected: bool) -> None:
    assert replace(numbers(), filed=frozenset(filed)).is_filed("区县级") is expected


def test_a_book_that_says_no_visit_means_one(tmp_path: Path) -> None:
    own = bent(tmp_path / "own", lambda card: card.replace("地市级: 1", "地市级: 0"))
    assert own.frequency.visits("地市级", None, None) == 1


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda card: card.replace("集团级: 6", "集团级: 5"), id="five visits"),
        pytest.param(lambda card: card.replace('"6", "12"]', '"6", "8"]'), id="a rung of eight"),
        pytest.param(lambda card: card.replace('"6", "12"]', '"6", "monthly"]'), id="a rung in words"),
    ],
)
def test_numbers_without_equal_runs_of_months_are_refused(tmp_path: Path, change: Callable[[str], str]) -> None:
    with pytest.raises(Stop, match="no equal runs of months") as stop:
        bent(tmp_path / "own", change)
    assert stop.value.code is Exit.SETTINGS


def test_a_table_that_leaves_out_a_word_does_not_hold(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="“地市级” is missing here"):
        bent(tmp_path / "own", lambda card: re.sub(r", 地市级: 1\}", "}", card))


def test_a_province_has_a_table_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "own" / "provinces"
    folder.mkdir(parents=True)
    (folder / "广东.yaml").write_text(
        """
province: 广东
title: {zh: 样例, en: sample}
sample: true
editions:
  PLN-1:
  - from: 2026-01-01
    clause: {source: sample, article: {zh: 样例, en: sample}, text: {zh: 样例, en: sample}}
    visits_by_level: {集团级: 12, 省清单级: 6, 省级: 4, 地市级: 2}
""",
        "utf-8",
    )
    own = Numbered.of(Numbers(load_book([library.content("rulebook"), tmp_path / "own"]), "广东"), DAY)
    assert [own.frequency.visits(level, None, None) for level in ("集团级", "地市级")] == [12, 2]
