"""The edition in force decides, the decision says which clause set each number, and nothing is assumed."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.places import Known, Place
from aftersales_cli.records.values import BEIJING, Instant
from aftersales_cli.rules.book import SAMPLE, Book
from aftersales_cli.rules.decision import Decision, Evidence, Verdict
from tests.rules import toy

TOOLS = {"grace": 0, "unused": object()}
WORDS = """\
title: {zh: 省, en: provinces}
note: invented
columns: [letters]
terms:
- {word: 上海, aliases: [上海市], letters: SH}
- {word: 江苏}
"""


def lay(folder: Path, **files: str) -> Path:
    toy.lay(folder, **({"card": toy.CARD, "province": toy.PROVINCE} | files))
    (folder / "vocabulary").mkdir(exist_ok=True)
    (folder / "vocabulary" / "provinces.yaml").write_text(WORDS, "utf-8")
    return folder


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return toy.book(lay(tmp_path))


def judged(book: Book, lent: date | None, back: date | None, province: str | None = None) -> Decision:
    return book.judge("LAD-1", toy.lent(lent, back), TOOLS, province)


@pytest.mark.parametrize(
    ("lent", "kept", "verdict", "clause"),
    [
        pytest.param(date(2021, 12, 31), 10, Verdict.MET, "HOUSE", id="the last day of the first edition"),
        pytest.param(date(2021, 12, 31), 11, Verdict.BREACHED, "HOUSE", id="too long under it"),
        pytest.param(date(2022, 1, 1), 7, Verdict.MET, "HOUSE-2", id="the first day of the second"),
        pytest.param(date(2022, 1, 1), 8, Verdict.BREACHED, "HOUSE-2", id="too long under that"),
    ],
)
def test_the_edition_of_the_day_judges_and_is_cited(
    book: Book, lent: date, kept: int, verdict: Verdict, clause: str
) -> None:
    decision = judged(book, lent, date.fromordinal(lent.toordinal() + kept))
    assert decision.verdict is verdict
    assert decision.judged_on == lent
    assert [used.clause.source for used in decision.values] == [clause]
    assert decision.clause is not None
    assert decision.clause.source == clause


def test_before_the_first_edition_the_rule_does_not_apply_and_says_so(book: Book) -> None:
    decision = judged(book, date(2019, 12, 31), date(2020, 5, 1))
    assert decision.verdict is Verdict.NOT_APPLICABLE
    assert str(decision.says) == "no edition of LAD-1 was in force on 2019-12-31"
    assert decision.clause is None


def test_an_unknown_day_needs_a_person_and_is_named(book: Book) -> None:
    decision = judged(book, None, date(2022, 1, 1))
    assert decision.verdict is Verdict.NEEDS_A_PERSON
    assert [unknown.field for unknown in decision.missing] == ["lent_on"]
    assert decision.judged_on is None


def test_a_fact_that_the_rule_reads_and_nobody_knows_needs_a_person(book: Book) -> None:
    decision = judged(book, date(2022, 1, 1), None)
    assert decision.verdict is Verdict.NEEDS_A_PERSON
    assert [unknown.field for unknown in decision.missing] == ["back_on"]
    assert decision.evidence == (Evidence("back_on", None),)
    assert [used.name for used in decision.values] == ["keep"]


def test_only_the_verdicts_that_the_card_names_hold_back(book: Book) -> None:
    breached, unknown, met = (
        judged(book, date(2022, 1, 1), back) for back in (date(2023, 1, 1), None, date(2022, 1, 2))
    )
    assert [breached.holds, unknown.holds, met.holds] == [False, True, False]


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(date(2022, 1, 1), id="a day"),
        pytest.param(Known("lent_on", date(2022, 1, 1)), id="a fact of a day"),
        pytest.param(Known("lent_on", datetime(2022, 1, 1, 23, tzinfo=BEIJING)), id="a fact of a moment"),
        pytest.param(Instant(datetime(2022, 1, 1, 23, tzinfo=BEIJING)), id="an instant"),
    ],
)
def test_the_day_may_be_said_in_any_of_these_ways(tmp_path: Path, said: object) -> None:
    book = toy.book(lay(tmp_path, card=toy.CARD.replace("judged_on: lent_on", "judged_on: counted_from")))

    @dataclass(frozen=True)
    class Counted(toy.Lending):
        """A lending with one more fact."""

        counted_from: object = None

    lending = Counted(Known("lent_on", date(2022, 1, 1)), Known("back_on", date(2022, 1, 2)), counted_from=said)
    assert book.judge("LAD-1", lending, TOOLS, None).judged_on == date(2022, 1, 1)


def test_a_card_judged_on_what_nothing_has_stops(tmp_path: Path) -> None:
    book = toy.book(lay(tmp_path, card=toy.CARD.replace("judged_on: lent_on", "judged_on: lent")))
    with pytest.raises(Stop, match="nothing here has a “lent”") as stop:
        judged(book, date(2022, 1, 1), None)
    assert stop.value.code is Exit.SETTINGS


def test_evidence_keeps_the_place_of_its_cell(book: Book) -> None:
    place = Place("loans.xlsx", "Sheet1", 7, "C")
    lending = toy.Lending(Known("lent_on", date(2022, 1, 1)), Known("back_on", date(2022, 1, 2), place))
    assert book.judge("LAD-1", lending, TOOLS, None).evidence == (Evidence("back_on", date(2022, 1, 2), place),)


# provinces


def test_a_province_sets_its_number_with_its_own_clause_and_leaves_the_edition_the_group_s(book: Book) -> None:
    decision = judged(book, date(2021, 1, 1), date(2021, 1, 7), "上海")
    assert decision.verdict is Verdict.BREACHED
    assert [(used.value, used.clause.source) for used in decision.values] == [(5, "LOCAL")]
    assert decision.clause is not None
    assert decision.clause.source == "HOUSE"


def test_before_the_province_s_first_day_the_group_s_number_stands(book: Book) -> None:
    decision = judged(book, date(2020, 12, 31), date(2021, 1, 7), "上海")
    assert [(used.value, used.clause.source) for used in decision.values] == [(10, "HOUSE")]
    assert decision.cautions == ()


def test_a_sample_edition_is_never_used_without_saying_so(book: Book, tmp_path: Path) -> None:
    real = toy.book(lay(tmp_path / "real", province=toy.PROVINCE.replace("sample: true\n", "")))
    days = date(2021, 1, 1), date(2021, 1, 2)
    assert judged(book, *days, "上海").cautions == (SAMPLE,)
    assert judged(real, *days, "上海").cautions == ()


def test_a_province_is_known_by_its_other_names(book: Book) -> None:
    assert judged(book, date(2021, 1, 1), date(2021, 1, 2), "上海市").values[0].value == 5


def test_a_province_that_is_not_in_the_list_is_wrong_usage(book: Book) -> None:
    with pytest.raises(Stop, match="上山") as stop:
        book.named("上山")
    assert stop.value.code is Exit.USAGE


def test_the_other_province_s_stricter_number_is_known_with_its_clause(book: Book) -> None:
    day = date(2021, 5, 1)
    assert [(u.value, u.clause.source) for u in book.stricter("LAD-1", day, None, "上海")] == [(5, "LOCAL")]
    assert book.stricter("LAD-1", day, "上海", None) == ()
    assert book.stricter("LAD-1", day, "上海", "上海") == ()
    assert book.stricter("LAD-1", date(2019, 1, 1), None, "上海") == ()


OUT_OF_BOUNDS = toy.PROVINCE.replace("keep: 5 days", "keep: 8 days")


def test_a_province_out_of_bounds_is_refused_with_line_and_both_values(tmp_path: Path) -> None:
    """8 days lower the group's 10 of 2021, and exceed its 7 from 2022 on."""
    book = toy.book(lay(tmp_path, province=OUT_OF_BOUNDS))
    assert judged(book, date(2021, 12, 31), date(2022, 1, 1), "上海").values[0].value == 8
    with pytest.raises(Stop, match=r"上海.yaml, line 8: LAD-1: a province may lower “keep”; .* 7 days from 2022-01-01"):
        judged(book, date(2022, 1, 1), date(2022, 1, 2), "上海")


def test_a_province_out_of_bounds_does_not_stop_the_others(tmp_path: Path) -> None:
    book = toy.book(lay(tmp_path, province=OUT_OF_BOUNDS))
    assert judged(book, date(2022, 1, 1), date(2022, 1, 2)).verdict is Verdict.MET
    assert book.stricter("LAD-1", date(2022, 1, 1), None, "上海") == ()


def test_a_province_may_leave_a_number_before_it_would_leave_the_bounds(tmp_path: Path) -> None:
    later = OUT_OF_BOUNDS + "  - from: 2022-01-01\n    clause: {source: LOCAL-2, article: '1', text: over}\n"
    book = toy.book(lay(tmp_path, province=later))
    assert judged(book, date(2022, 1, 1), date(2022, 1, 2), "上海").values[0].clause.source == "HOUSE-2"


def test_a_province_cannot_write_editions_of_a_card_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(Stop, match=r"line 5: there is no card “LAD-2”") as stop:
        toy.book(lay(tmp_path, province=toy.PROVINCE.replace("LAD-1", "LAD-2")))
    assert str(stop.value.hint) == "did you mean “LAD-1”?"


# cards


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        pytest.param("on_breach: tell", "on_braech: tell", "line 5: unknown key “on_braech”", id="a misspelt key"),
        pytest.param("on_breach: tell", "on_breach: shout", "line 5: “shout” is not known here", id="an effect"),
        pytest.param("on_breach: tell\n", "", "line 1: “on_breach” is missing here", id="a missing key"),
        pytest.param("unit: lead", "unit: leed", "line 8: “leed” is not known here", id="a unit"),
        pytest.param("unit: lead", "unit: word", "line 8: a value of unit “word” cannot be raised or", id="no order"),
        pytest.param("contract_may: raise", "contract_may: lower", "a contract can only raise", id="a contract"),
        pytest.param("keep: 7 days", "keep: soon", "line 15: “soon” is no lead time", id="a value"),
        pytest.param("  keep: 7 days\n", "", "line 13: “keep” is missing here", id="an edition without its number"),
        pytest.param("  keep: 7", "  keeps: 7", "line 15: unknown key “keeps”", id="a parameter nobody declared"),
        pytest.param("2022-01-01", "2022-13-01", "line 13: “2022-13-01” is no day", id="a day"),
        pytest.param("2022-01-01", "2020-01-01", "line 13: editions stand in order", id="two editions of one day"),
        pytest.param("en: ten days", "de: zehn", "line 11: unknown key “de”", id="a language"),
        pytest.param("id: LAD-1", "id: LAD-9", "line 1: the file is called LAD-1.yaml, its card LAD-9", id="its name"),
        pytest.param("title: {", "title: {en: again, ", "line 2: the key “en” stands twice", id="broken YAML"),
    ],
)
def test_a_card_that_does_not_hold_stops_with_file_and_line(
    tmp_path: Path, right: str, wrong: str, message: str
) -> None:
    assert right in toy.CARD
    with pytest.raises(Stop) as stop:
        toy.book(toy.lay(tmp_path, card=toy.CARD.replace(right, wrong)))
    assert f"LAD-1.yaml, {message}" in str(stop.value) or message in str(stop.value)
    assert stop.value.code is Exit.SETTINGS


def test_an_unknown_key_is_answered_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(Stop) as stop:
        toy.book(toy.lay(tmp_path, card=toy.CARD.replace("on_breach", "on_braech")))
    assert str(stop.value.hint) == "did you mean “on_breach”?"


# folders


def test_a_later_folder_takes_the_place_of_a_card_whole(tmp_path: Path) -> None:
    own = toy.lay(tmp_path / "own", card=toy.CARD.replace("keep: 10 days", "keep: 3 days"))
    book = toy.book(lay(tmp_path / "built-in"), own)
    assert judged(book, date(2021, 5, 1), date(2021, 5, 5)).values[0].value == 3


def test_a_later_province_takes_the_place_of_an_earlier_one_and_of_its_cases(tmp_path: Path) -> None:
    built_in = lay(tmp_path / "built-in", province_cases=toy.PROVINCE_CASES)
    own = toy.lay(tmp_path / "own", province=toy.PROVINCE.replace("5 days", "4 days"))
    book = toy.book(built_in, own)
    assert judged(book, date(2021, 5, 1), date(2021, 5, 5), "上海").values[0].value == 4
    assert ("上海", "LAD-1") in toy.book(built_in).shelf.cases
    assert ("上海", "LAD-1") not in book.shelf.cases


def test_two_cards_of_one_name_in_one_folder_stop(tmp_path: Path) -> None:
    lay(tmp_path)
    (tmp_path / "LAD-1.yaml").write_text(toy.CARD, "utf-8")
    with pytest.raises(Stop, match="two cards of one name"):
        toy.book(tmp_path)


def test_a_folder_that_is_not_there_stops(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="there is no rule book in"):
        toy.book(tmp_path / "nowhere")


def test_the_fingerprint_follows_what_decides_and_nothing_else(tmp_path: Path) -> None:
    first = toy.book(lay(tmp_path / "a")).fingerprint()
    with_cases = toy.book(lay(tmp_path / "b", cases=toy.CASES)).fingerprint()
    (tmp_path / "c").mkdir()
    windows = lay(tmp_path / "c")
    card = windows / "ladders" / "LAD-1.yaml"
    card.write_bytes(card.read_bytes().replace(b"\n", b"\r\n"))
    assert first == with_cases == toy.book(windows).fingerprint()
    assert first != toy.book(lay(tmp_path / "d", card=toy.CARD.replace("tell", "hold"))).fingerprint()


# word lists


def test_a_word_list_keeps_order_spellings_and_further_columns(book: Book) -> None:
    words = book.vocabularies["provinces"]
    assert words.words == ("上海", "江苏")
    term = words.term("上海市")
    assert term is not None
    assert term.more == {"letters": "SH"}


def test_one_spelling_for_two_words_is_refused(tmp_path: Path) -> None:
    words = "title: x\nnote: x\nterms:\n- {word: a, aliases: [c]}\n- {word: b, aliases: [C]}\n"
    with pytest.raises(Stop, match="line 5: “C” stands for a already"):
        toy.book(toy.lay(tmp_path, words=words))
