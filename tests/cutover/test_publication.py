"""D3: the cell, the ledger, or this very run."""

from __future__ import annotations

from typing import Any

import pytest

from aftersales_cli.cutover.publication import publication, said_by
from aftersales_cli.places import Fact, Known, Unknown
from aftersales_cli.records.events import Change, Issued
from aftersales_cli.records.values import Instant, Window, Word
from aftersales_cli.words import Say
from tests.cutover.samples import NIGHT, NOW, at, day, issued

EMPTY: Fact[Any] = Unknown("published_at", Say("empty"))
UNREAD: Fact[Any] = Unknown("published_at", Say("?"), unread=True)
NO: Fact[Any] = Known("published_at", Word.NOT_PUBLISHED)
WINDOW: Fact[Window] = Known("window", NIGHT)
AFTER = at("2011-06-09T09:00")
MOVED: dict[str, Any] = {"window_start": at("2011-06-10T00:00"), "window_end": at("2011-06-10T06:00")}


def cell(moment: Instant | str) -> Fact[Any]:
    return Known("published_at", moment if isinstance(moment, Instant) else Instant(at(moment)))


def when(found: Fact[Any]) -> object:
    return found.value.at if isinstance(found, Known) else None


@pytest.mark.parametrize(
    ("said", "now", "expected"),
    [
        pytest.param(cell("2011-05-20T10:00"), NOW, (at("2011-05-20T10:00"), False, False), id="a time is a time"),
        pytest.param(EMPTY, NOW, (NOW, True, False), id="empty, not begun: as if published now"),
        pytest.param(NO, NOW, (NOW, True, False), id="未发布, not begun: as if published now"),
        pytest.param(UNREAD, NOW, (None, False, False), id="unreadable stays unknown"),
        pytest.param(EMPTY, AFTER, (None, False, False), id="empty, begun: unknown"),
        pytest.param(NO, AFTER, (None, False, True), id="未发布, begun: never"),
        pytest.param(EMPTY, NIGHT.start, (None, False, False), id="at the very minute it has begun"),
    ],
)
def test_without_a_ledger_the_file_is_the_evidence(said: Fact[Any], now: object, expected: object) -> None:
    found = publication(said, WINDOW, now, (), ["X1"])  # type: ignore[arg-type]  # a datetime in every case

    assert (when(found.at), found.as_if, found.never) == expected


@pytest.mark.parametrize(
    ("said", "told", "expected", "cautions"),
    [
        pytest.param(NO, [issued()], NOW, 0, id="the ledger outweighs 未发布"),
        pytest.param(EMPTY, [issued()], NOW, 0, id="and an empty cell"),
        pytest.param(cell("2011-05-27T15:00"), [issued()], at("2011-05-27T15:00"), 0, id="hours apart: the cell"),
        pytest.param(cell(day("2011-05-27")), [issued()], at("2011-05-27T00:00"), 0, id="the same day: the cell"),
        pytest.param(cell("2011-05-20T10:00"), [issued()], NOW, 1, id="the ledger is later"),
        pytest.param(cell("2011-05-28T09:00"), [issued()], at("2011-05-28T09:00"), 1, id="a day later: the cell"),
        pytest.param(
            EMPTY,
            [issued(), issued(published_at=AFTER, change=Change.UPDATE, sequence=1)],
            NOW,
            0,
            id="the first notice with this window counts",
        ),
    ],
)
def test_the_ledger_counts_beside_the_file(
    said: Fact[Any], told: list[Issued], expected: object, cautions: int
) -> None:
    for now in (at("2011-05-29T09:00"), AFTER):
        found = publication(said, WINDOW, now, tuple(told), ["X1"])
        assert (when(found.at), found.as_if, 1 if found.caution else 0) == (expected, False, cautions)


def test_a_window_not_announced_yet_counts_from_now_whatever_the_cell_says() -> None:
    now = at("2011-05-29T09:00")
    found = publication(cell("2011-05-20T10:00"), WINDOW, now, (issued(**MOVED),), ["X1"])

    assert (when(found.at), found.as_if, found.caution is not None) == (now, True, True)


def test_a_cancel_in_between_takes_the_first_publication_away() -> None:
    now = at("2011-05-29T09:00")
    told = (issued(), issued(change=Change.CANCEL, sequence=1))

    assert publication(EMPTY, WINDOW, now, told, ["X1"]).as_if
    assert publication(EMPTY, WINDOW, AFTER, told, ["X1"]).never


def test_a_circuit_not_told_yet_counts_from_now_and_one_told_from_then() -> None:
    now = at("2011-05-29T09:00")

    assert when(publication(EMPTY, WINDOW, now, (issued(),), ["X1", "Y1"]).at) == now
    assert when(publication(EMPTY, WINDOW, now, (issued(),), ["X-1"]).at) == NOW


def test_a_circuit_told_by_an_update_counts_from_that() -> None:
    later = at("2011-05-28T09:00")
    update = issued(circuit_codes=("X1", "Y1"), published_at=later, change=Change.UPDATE, sequence=1)

    assert when(publication(EMPTY, WINDOW, AFTER, (issued(), update), ["X1", "Y1"]).at) == later


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param([EMPTY, cell("2011-05-20T10:00")], at("2011-05-20T10:00"), id="one filled cell speaks for all"),
        pytest.param([cell("2011-05-20T10:00"), cell("2011-05-21T10:00")], at("2011-05-21T10:00"), id="the latest"),
        pytest.param([NO, cell("2011-05-20T10:00")], at("2011-05-20T10:00"), id="a time beside a word"),
        pytest.param([cell("2011-05-20T10:00"), UNREAD], None, id="what cannot be read may be later"),
    ],
)
def test_rows_say_one_publication_together(cells: list[Fact[Any]], expected: object) -> None:
    assert when(said_by(cells, "published_at")) == expected


def test_a_word_is_kept_where_no_row_says_a_time() -> None:
    assert said_by([EMPTY, NO], "published_at").value is Word.NOT_PUBLISHED
