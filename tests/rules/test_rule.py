"""A rule declares itself once, with the tools it names."""

import pytest

from aftersales_cli.rules.decision import Finding
from aftersales_cli.rules.given import Given
from aftersales_cli.rules.rule import Rule, rule
from aftersales_cli.words import Say


def test_keyword_only_parameters_are_the_rule_s_tools() -> None:
    found: dict[str, Rule] = {}

    @rule("X-1", into=found)
    def judges(subject: object, given: Given, *, calendar: object, words: object) -> Finding:
        return Finding.of(True, Say("fine"))

    assert found["X-1"].tools == ("calendar", "words")
    assert found["X-1"].pick({"calendar": 1, "words": 2, "other": 3}) == {"calendar": 1, "words": 2}


def test_a_second_function_for_one_id_is_a_mistake_of_the_program() -> None:
    found: dict[str, Rule] = {}
    rule("X-1", into=found)(lambda subject, given: Finding.of(True, Say("fine")))
    with pytest.raises(ValueError, match="X-1"):
        rule("X-1", into=found)(lambda subject, given: Finding.of(True, Say("fine")))
