"""Who has to lead a visit: by the level of the warning, or as a crisis, and by what the customer demands (R25)."""

from __future__ import annotations

from collections.abc import Iterable

from aftersales_cli.records.vocabulary import Vocabulary
from aftersales_cli.rules.given import Given
from aftersales_cli.visit.warned import Alarm

RULE = "VIS-03"
RANKS = "leader_ranks"


def leader(alarm: Alarm | None, given: Given, ranks: Vocabulary) -> str | None:
    """The least rank that has to lead a visit because of this alarm; None where nobody asks for one.

    Without an alarm a crisis visit is led as in a crisis.
    """
    by_level = dict(zip(given.words("levels"), given.words("leaders"), strict=False))
    crisis = given.word("crisis")
    book = crisis if alarm is None or alarm.level is None else by_level.get(alarm.level)
    demanded = ranks.term(alarm.demanded_rank) if alarm and alarm.demanded_rank else None
    return highest((book, demanded.word if demanded else None), ranks)


def highest(words: Iterable[str | None], ranks: Vocabulary) -> str | None:
    """The highest of several ranks; words the list does not have are passed over."""
    known = [(rank, word) for word in words if word and (rank := ranks.rank(word)) is not None]
    return min(known)[1] if known else None
