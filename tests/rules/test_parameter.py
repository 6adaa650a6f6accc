"""Units, comparing, and what a province may put in place of the group's value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_cli.files.yaml_text import Text, YamlError
from aftersales_cli.records.values import Lead, LeadUnit
from aftersales_cli.records.vocabulary import Term, Vocabulary
from aftersales_cli.rules.parameter import May, Parameter, Unit, Value, lead

LEVELS = Vocabulary("levels", (Term("high", ("top",)), Term("middle"), Term("low")))


def node(text: str) -> Text:
    return Text("card.yaml", 3, 1, text)


def days(n: int) -> Lead:
    return Lead(n, LeadUnit.WORKING_DAYS)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param("6 working days", Lead(6, LeadUnit.WORKING_DAYS), id="working days"),
        pytest.param("1 working day", Lead(1, LeadUnit.WORKING_DAYS), id="one"),
        pytest.param("14 days", Lead(14, LeadUnit.DAYS), id="calendar days"),
        pytest.param("72 hours", Lead(72, LeadUnit.HOURS), id="hours"),
        pytest.param("6个工作日", Lead(6, LeadUnit.WORKING_DAYS), id="Chinese"),
    ],
)
def test_a_lead_time_says_its_unit(written: str, expected: Lead) -> None:
    assert lead(node(written)) == expected


@pytest.mark.parametrize("written", ["6", "six days", "6 weeks", "-1 days"])
def test_what_is_no_lead_time_is_refused_with_its_line(written: str) -> None:
    with pytest.raises(YamlError, match=r"no lead time; write 6 working days") as error:
        lead(node(written))
    assert error.value.line == 3


@pytest.mark.parametrize(
    ("unit", "written", "expected"),
    [
        pytest.param(Unit.NUMBER, "12", 12, id="number"),
        pytest.param(Unit.MINUTES, "5", 5, id="minutes"),
        pytest.param(Unit.YES_NO, "true", True, id="yes"),
        pytest.param(Unit.YES_NO, "false", False, id="no"),
        pytest.param(Unit.WORD, "anything", "anything", id="a free word"),
        pytest.param(Unit.LEVEL, "top", "high", id="a level by its other spelling"),
    ],
)
def test_a_value_is_read_by_its_unit(unit: Unit, written: str, expected: Value) -> None:
    parameter = Parameter("p", unit, vocabulary=LEVELS if unit is Unit.LEVEL else None)
    assert parameter.read(node(written)) == expected


@pytest.mark.parametrize(
    ("unit", "written"),
    [(Unit.NUMBER, "1.5"), (Unit.MINUTES, "five"), (Unit.DAYS, "-1"), (Unit.YES_NO, "no"), (Unit.LEVEL, "lowest")],
)
def test_a_value_of_another_unit_is_refused(unit: Unit, written: str) -> None:
    parameter = Parameter("p", unit, vocabulary=LEVELS if unit is Unit.LEVEL else None)
    with pytest.raises(YamlError):
        parameter.read(node(written))


def test_an_unlisted_level_is_answered_with_the_nearest() -> None:
    with pytest.raises(YamlError) as error:
        Parameter("p", Unit.LEVEL, vocabulary=LEVELS).read(node("hihg"))
    assert str(error.value.hint) == "did you mean “high”?"


@pytest.mark.parametrize(
    ("may", "province", "group", "expected"),
    [
        pytest.param(May.RAISE, days(8), days(6), True, id="raised"),
        pytest.param(May.RAISE, days(6), days(6), True, id="raised by nothing"),
        pytest.param(May.RAISE, days(5), days(6), False, id="lowered where only raising is allowed"),
        pytest.param(May.RAISE, Lead(99, LeadUnit.DAYS), days(6), False, id="another unit cannot be compared"),
        pytest.param(May.LOWER, days(5), days(6), True, id="lowered"),
        pytest.param(May.LOWER, days(7), days(6), False, id="raised where only lowering is allowed"),
        pytest.param(May.REPLACE, Lead(1, LeadUnit.HOURS), days(6), True, id="replaced by anything"),
        pytest.param(May.NOTHING, days(6), days(6), False, id="nothing, not even the same"),
    ],
)
def test_a_province_bends_a_value_only_as_the_card_lets_it(
    may: May, province: Lead, group: Lead, expected: bool
) -> None:
    assert Parameter("p", Unit.LEAD, may).lets(province, group) is expected


def test_a_level_is_raised_towards_the_top_of_its_list() -> None:
    parameter = Parameter("p", Unit.LEVEL, May.RAISE, vocabulary=LEVELS)
    assert [parameter.lets(level, "middle") for level in ("high", "middle", "low")] == [True, True, False]


@given(st.sampled_from(May), st.integers(0, 99), st.integers(0, 99))
def test_what_is_stricter_is_always_allowed_and_never_both_ways(may: May, one: int, other: int) -> None:
    parameter = Parameter("p", Unit.NUMBER, may)
    if parameter.stricter(one, other):
        assert parameter.lets(one, other)
        assert not parameter.stricter(other, one)
    if may in (May.RAISE, May.LOWER):
        assert parameter.lets(one, other) is not parameter.stricter(other, one)
