"""A finding's verdict from a three-valued answer."""

import pytest

from aftersales_cli.places import Known, Unknown
from aftersales_cli.rules.decision import Clause, Evidence, Finding, Verdict
from aftersales_cli.words import Say

SAYS = Say("so")
KNOWN, UNKNOWN = Known("a", 1), Unknown("b", Say("empty"))


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [(True, Verdict.MET), (False, Verdict.BREACHED), (None, Verdict.NEEDS_A_PERSON)],
)
def test_yes_no_and_unknown_are_the_three_verdicts(answer: bool | None, verdict: Verdict) -> None:
    assert Finding.of(answer, SAYS).verdict is verdict


def test_every_fact_is_evidence_known_or_not() -> None:
    assert Finding.of(True, SAYS, KNOWN, UNKNOWN).evidence == (Evidence("a", 1), Evidence("b", None))


def test_an_open_answer_misses_the_facts_that_are_unknown() -> None:
    assert Finding.of(None, SAYS, KNOWN, UNKNOWN).missing == (UNKNOWN,)


def test_a_definite_answer_misses_nothing() -> None:
    assert Finding.of(True, SAYS, KNOWN, UNKNOWN).missing == ()


def test_what_is_missing_can_be_named_instead() -> None:
    other = Unknown("c", Say("why"))
    assert Finding.of(None, SAYS, UNKNOWN, missing=[other]).missing == (other,)


@pytest.mark.parametrize(
    ("source", "article", "cited"),
    [
        ("TB-2.3.3", "answer rule 5", "TB-2.3.3 answer rule 5"),
        ("sample", "a sample value; the textbook sets none", "a sample value; the textbook sets none"),
        ("TB-2.3.3", "", "TB-2.3.3"),
        ("sample", "", "sample"),
    ],
    ids=["a clause", "a sample says so once", "without an article", "a sample without one"],
)
def test_a_clause_is_cited_with_its_source(source: str, article: str, cited: str) -> None:
    assert Clause(source, {"en": article}, {"en": "text"}).cited("en") == cited
