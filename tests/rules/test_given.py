"""What a rule reads is remembered with the clause that set it."""

from datetime import date
from pathlib import Path

import pytest

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.records.values import Lead, LeadUnit
from aftersales_cli.rules.given import Given
from tests.rules import toy

TEN = Lead(10, LeadUnit.DAYS)


@pytest.fixture
def given(tmp_path: Path) -> Given:
    return toy.book(toy.lay(tmp_path, card=toy.CARD)).given("LAD-1", on=date(2021, 5, 1), province=None)


def test_nothing_is_used_until_it_is_read(given: Given) -> None:
    assert given.used == ()


def test_a_number_is_remembered_once_with_unit_and_clause(given: Given) -> None:
    assert given.lead("keep") == TEN
    given.lead("keep")
    assert [(u.name, u.value, u.unit, u.clause.source) for u in given.used] == [("keep", 10, "days", "HOUSE")]


@pytest.mark.parametrize(
    ("contract", "expected"),
    [
        pytest.param(None, [TEN], id="no contract"),
        pytest.param(Lead(9, LeadUnit.DAYS), [TEN], id="less: the book's"),
        pytest.param(TEN, [TEN], id="the same: the book's"),
        pytest.param(Lead(11, LeadUnit.DAYS), [TEN, Lead(11, LeadUnit.DAYS)], id="more: both"),
        pytest.param(Lead(1, LeadUnit.HOURS), [TEN, Lead(1, LeadUnit.HOURS)], id="another unit: both"),
    ],
)
def test_a_contract_stands_beside_the_book_where_it_may_ask_more(
    given: Given, contract: Lead | None, expected: list[Lead]
) -> None:
    assert list(given.leads("keep", contract)) == expected
    assert [u.clause.source for u in given.used] == ["HOUSE", "contract"][: len(expected)]


def test_the_contracts_of_two_customers_are_both_remembered(given: Given) -> None:
    given.leads("keep", Lead(11, LeadUnit.DAYS))
    given.leads("keep", Lead(12, LeadUnit.DAYS))
    assert [used.value for used in given.used] == [10, 11, 12]


def test_a_contract_is_left_out_where_the_card_gives_it_no_say(tmp_path: Path) -> None:
    book = toy.book(toy.lay(tmp_path, card=toy.CARD.replace(", contract_may: raise", "")))
    given = book.given("LAD-1", on=date(2021, 5, 1), province=None)
    assert given.leads("keep", Lead(99, LeadUnit.DAYS)) == (TEN,)


def test_reading_what_the_card_does_not_have_stops_and_names_the_card(given: Given) -> None:
    with pytest.raises(Stop, match=r"LAD-1.yaml: its rule reads a parameter “grace”") as stop:
        given.number("grace")
    assert stop.value.code is Exit.SETTINGS


def test_reading_a_parameter_as_another_unit_stops(given: Given) -> None:
    with pytest.raises(Stop, match="not as lead"):
        given.number("keep")
