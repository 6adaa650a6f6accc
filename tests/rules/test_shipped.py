"""The rule book that comes with the program holds, and its word lists are what the facts say."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from aftersales_cli import library
from aftersales_cli.jobs.rules import bench_of
from aftersales_cli.rules.audit import Audit, audit
from aftersales_cli.rules.book import Book
from aftersales_cli.rules.cases import Bench
from aftersales_cli.workspace import Workspace


@pytest.fixture(scope="module")
def bench() -> Bench:
    return bench_of(Workspace(root=Path()))


@pytest.fixture(scope="module")
def book(bench: Bench) -> Book:
    return bench.book


@pytest.fixture(scope="module")
def audited(bench: Bench) -> Iterator[Audit]:
    yield audit(bench)


def test_the_shipped_book_holds(audited: Audit) -> None:
    assert [f"{fault.place}: {fault.message}" for fault in audited.faults] == []


def test_every_rule_of_the_contract_that_stands_here_has_a_card(book: Book) -> None:
    expected = [f"ANS-{n}" for n in range(7)] + [f"ASR-{n}" for n in (1, 2, 3)] + [f"CUT-{n:02}" for n in range(1, 12)]
    expected += [*(f"FBK-{n}" for n in (1, 2, 3)), "MOV-1", "REC-1"]
    expected += [*(f"VIS-{n:02}" for n in range(1, 14)), *(f"PLN-{n}" for n in range(1, 6)), "BRF-1"]
    assert sorted(book.cards) == sorted(expected)


def test_only_the_form_the_reason_and_assurance_hold_notices_back(book: Book) -> None:
    """D11: a late notice is better than none."""
    holding = {card.id for card in book.cards.values() if "hold" in (card.on_breach, card.on_needs_a_person)}
    assert holding == {"CUT-01", "CUT-02", "ASR-1"}


def test_every_clause_is_in_both_languages(book: Book) -> None:
    """`both` lets one text stand for two; the shipped book does not use that."""
    clauses = [edition.clause for card in book.cards.values() for edition in card.editions]
    clauses += [e.clause for p in book.provinces.values() for editions in p.editions.values() for e in editions]
    assert [clause for clause in clauses if clause.text["zh"] == clause.text["en"]] == []


def test_the_eleven_reasons_are_the_textbook_s_in_its_order(book: Book) -> None:
    """R17."""
    expected = (
        "外力施工 自然灾害 系统还原 故障隐患处理 机房整治 机房搬迁 光线路保护维护 "
        "为联通引接 其他运营商割接 电路还原 系统优化升级"
    )
    assert list(book.vocabularies["reasons"].words) == expected.split()


def test_the_thirty_four_provinces_have_letters_of_their_own(book: Book) -> None:
    letters = [term.more.get("letters") for term in book.vocabularies["provinces"].terms]
    known = [pair for pair in letters if pair]
    assert (len(known), len(set(known)), letters.count(None)) == (34, 34, 1)


def test_every_word_has_its_english(book: Book) -> None:
    missing = [(v.name, term.word) for v in book.vocabularies.values() for term in v.terms if not term.english]
    assert missing == []


@pytest.mark.parametrize("name", ["上海市", "广西壮族自治区", "黑龙江省", "香港特别行政区"])
def test_provinces_are_known_with_their_full_names(book: Book, name: str) -> None:
    assert book.vocabularies["provinces"].term(name) is not None


def test_the_assurance_levels_stand_highest_first(book: Book) -> None:
    assert book.vocabularies["assurance_levels"].words == ("特级", "一级", "二级", "三级")


def test_the_sample_province_says_that_it_is_one(book: Book) -> None:
    sample = book.provinces["示例省"]
    assert sample.sample
    assert "样例" in sample.title["zh"]
    assert "ample" in sample.title["en"]


def test_the_sample_does_not_touch_the_textbook_s_year(book: Book) -> None:
    given = book.given("CUT-04", on=date(2011, 6, 8), province="示例省")
    assert (given.lead("notice").amount, given.rests_on_a_sample) == (6, False)


def test_the_book_is_found_where_the_program_says() -> None:
    assert (library.content("rulebook") / "cutover" / "CUT-04.yaml").is_file()
