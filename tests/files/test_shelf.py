"""A shelf is a list that does not stay in memory."""

from __future__ import annotations

import errno
import gc
import warnings
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.shelf import Arranged, Joined, Shelf, ascending

things = st.lists(st.one_of(st.text(), st.integers(), st.tuples(st.text(), st.binary())))


@given(things=things, room=st.integers(0, 5))
def test_it_has_what_was_put_there_in_that_order_however_little_room_it_has(things: list[object], room: int) -> None:
    shelf = Shelf(things, room=room)

    assert (list(shelf), len(shelf)) == (things, len(things))
    assert [shelf[place] for place in range(-len(things), len(things))] == things + things
    assert list(shelf[1:3]) == things[1:3]


def test_it_tells_where_a_thing_was_put() -> None:
    shelf: Shelf[str] = Shelf(room=1)

    assert [shelf.append(word) for word in "abc"] == [0, 1, 2]


def test_what_is_over_the_room_is_made_anew_each_time() -> None:
    here, there = ["held"], ["set aside"]
    shelf = Shelf([here, there], room=1)

    assert shelf[0] is here
    assert shelf[1] == there
    assert shelf[1] is not there


def test_one_heavy_thing_takes_the_room_of_many() -> None:
    light, heavy = ["1"], ["1", "2", "3"]

    assert Shelf([light, light, light], room=3, weigh=len)[2] is light
    assert Shelf([heavy, light], room=3, weigh=len)[1] is not light


def test_a_place_that_is_not_there_is_an_index_error() -> None:
    with pytest.raises(IndexError):
        Shelf("ab", room=1)[2]


def test_a_full_disk_is_said_with_the_folder_that_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(BytesIO):
        def write(self, data: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryFile", lambda **_: Full())
    shelf = Shelf("ab", room=1)

    with pytest.raises(Stop, match="No space left") as stopped:
        shelf[1]
    assert stopped.value.code is Exit.NOT_WRITTEN


def test_a_file_that_a_full_disk_does_not_let_close_is_given_up_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(BytesIO):
        def close(self) -> None:
            super().close()
            raise OSError(errno.ENOSPC, "No space left on device")

    unraisable: list[object] = []
    monkeypatch.setattr("sys.unraisablehook", unraisable.append)
    monkeypatch.setattr("tempfile.TemporaryFile", lambda **_: Full())
    shelf = Shelf("ab", room=1)
    del shelf
    gc.collect()

    assert [each for each in unraisable if "Shelf" in repr(getattr(each, "object", each))] == []


def test_its_file_is_closed_when_nobody_has_it_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    file = BytesIO()
    monkeypatch.setattr("tempfile.TemporaryFile", lambda **_: file)
    shelf = Shelf("abc", room=1)
    assert not file.closed

    del shelf
    gc.collect()

    assert file.closed


def test_its_file_is_closed_before_python_has_to_warn_of_it() -> None:
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always", ResourceWarning)
        shelf = Shelf("abc", room=1)
        del shelf
        gc.collect()

    assert [str(each.message) for each in warned] == []


@given(words=st.lists(st.text(max_size=3)), at_once=st.integers(1, 4), room=st.integers(0, 4))
def test_sorted_a_part_at_a_time_they_come_in_order(words: list[str], at_once: int, room: int) -> None:
    assert list(ascending(Shelf(words, room=room), at_once=at_once)) == sorted(words)


def test_things_are_shown_in_another_order_and_form_only_when_asked_for() -> None:
    asked: list[int] = []

    def shown(number: int) -> str:
        asked.append(number)
        return str(number)

    found = Arranged([10, 20, 30], shown, order=[2, 0])
    assert (len(found), asked) == (2, [])
    assert (found[0], found[1:], asked) == ("30", ["10"], [30, 10])


def test_two_sequences_are_one() -> None:
    both = Joined([1, 2], (3,))

    assert (list(both), len(both), both[2], both[-3], both[1:]) == ([1, 2, 3], 3, 3, 1, [2, 3])
    with pytest.raises(IndexError):
        both[3]
