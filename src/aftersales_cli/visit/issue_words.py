"""The words by which records of visits are understood, from the cards VIS-06 and VIS-11 (R38, R41)."""

from __future__ import annotations

from datetime import date

from aftersales_cli.rules.book import Book
from aftersales_cli.visit.issues import Wording

TELLING, FOLLOWING = "VIS-06", "VIS-11"


def wording_of(book: Book, day: date, province: str | None) -> Wording:
    """The words in force on that day; none where no edition is."""
    telling = book.given_or_none(TELLING, on=day, province=province)
    following = book.given_or_none(FOLLOWING, on=day, province=province)
    return Wording(
        solved=following.words("solved") if following else (),
        still_open=following.words("still_open") if following else (),
        for_good=following.words("for_good") if following else (),
        nothing=telling.words("nothing") if telling else (),
        untold=telling.words("untold") if telling else (),
        no_issue=following.words("no_issue") if following else (),
    )
