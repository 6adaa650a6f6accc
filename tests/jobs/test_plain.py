"""Values in the contract's JSON form: in one language, or in both and chosen later."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from aftersales_cli.jobs.plain import in_language, plain
from aftersales_cli.places import Place, Problem, Unknown
from aftersales_cli.records.values import BEIJING, Instant, Lead, LeadUnit, Window
from aftersales_cli.rules.decision import Clause, Decision, Evidence, Used, Verdict
from aftersales_cli.words import Say

AT = datetime(2011, 6, 8, tzinfo=BEIJING)
CLAUSE = Clause("TB-2.3.3", {"zh": "口径 5", "en": "rule 5"}, {"zh": "六日", "en": "six days"})
DECISION = Decision(
    "CUT-04",
    {"zh": "按时", "en": "in good time"},
    Verdict.MET,
    Say("yes"),
    date(2011, 6, 8),
    (Used("notice", Lead(6, LeadUnit.WORKING_DAYS), "working days", CLAUSE),),
    (Evidence("window", Window(AT, AT), Place("a.csv", line=2)), Evidence("filed_at", Instant(AT, whole_day=True))),
    (Unknown("published_at", Say("no")),),
    (Say("yes"),),
)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_kept_in_both_languages_reads_in_each_as_if_said_in_it(language: str) -> None:
    said = [DECISION, Problem(Say("yes"), hint=Say("no")), {"a": (1, True, None, "x")}]
    kept = plain(said, None)

    decisions = plain(DECISION, language)
    chosen = in_language(kept, language)
    # a lead time in the contract is its English form; kept for people it is in words
    words = Lead(6, LeadUnit.WORKING_DAYS).say().to(language)
    assert chosen[0]["values"][0].pop("value") == words
    assert decisions["values"][0].pop("value") == "6 working days"
    assert chosen == [decisions, *plain(said[1:], language)]


def test_a_decision_has_the_keys_of_the_contract() -> None:
    said = plain(DECISION, "en")

    assert list(said) == [
        *("rule", "title", "verdict", "says", "judged_on"),
        *("values", "evidence", "missing", "cautions"),
    ]
    assert said["evidence"][1] == {"field": "filed_at", "value": "2011-06-08", "source": None}


def test_an_absent_part_of_a_place_is_null() -> None:
    """A row of YAML has a line and no column."""
    assert plain(Place("a.yaml", column="", line=2), "en") == {
        "file": "a.yaml",
        "sheet": None,
        "row": None,
        "column": None,
        "line": 2,
    }
