"""Things set aside while a run goes on: the first in memory, the others in a file that nobody else can open."""

from __future__ import annotations

import pickle
import tempfile
from abc import ABC, abstractmethod
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from heapq import merge
from typing import IO, Any, TypeVar, cast, overload

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.words import Say

T = TypeVar("T")
U = TypeVar("U")

_BLOCK = 1 << 15  # bytes read or written at a time
ROOM = 5_000
"""How much is kept in memory, by weight; a nation's night has a hundred times as many rows."""


class Places(Sequence[T], ABC):
    """What the sequences of this file share: a thing is made when its place is asked for."""

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        if isinstance(place, slice):
            return [self._at(each) for each in range(*place.indices(len(self)))]
        found = place + len(self) if place < 0 else place
        if not 0 <= found < len(self):
            raise IndexError(place)
        return self._at(found)

    def __iter__(self) -> Iterator[T]:
        return (self._at(place) for place in range(len(self)))

    @abstractmethod
    def _at(self, place: int) -> T:
        """The thing at a place that there is."""


class Shelf(Places[T]):
    """A sequence that only grows. What goes over `room` is pickled into an unnamed file and made anew each time.

    So a thing taken from it is equal to what was put there, but need not be the same object. `weigh` says how much of
    the room one takes (a task: its rows).
    """

    def __init__(
        self, things: Iterable[T] = (), *, room: int | None = None, weigh: Callable[[T], int] | None = None
    ) -> None:
        self._file: IO[bytes] | None = None
        self._held: list[T] = []
        self._left = ROOM if room is None else room
        self._weigh = weigh
        self._offsets = array("Q", [0])
        self._written = 0
        self._waiting: list[bytes] = []
        self._block: tuple[int, bytes] = (0, b"")
        self.extend(things)

    def append(self, thing: T) -> int:
        """Put a thing at the end; gives its place."""
        if self._file is None:
            self._left -= 1 if self._weigh is None else self._weigh(thing)
            if self._left >= 0:
                self._held.append(thing)
                return len(self._held) - 1
            self._file = tempfile.TemporaryFile(prefix="aftersales-")  # noqa: SIM115 - it lives as long as the shelf
        data = pickle.dumps(thing, protocol=5)
        self._waiting.append(data)
        self._offsets.append(self._offsets[-1] + len(data))
        if self._offsets[-1] - self._written > _BLOCK:
            self._write(self._file)
        return len(self) - 1

    def extend(self, things: Iterable[T]) -> None:
        """Put them at the end, one after the other."""
        for thing in things:
            self.append(thing)

    def __del__(self) -> None:
        if self._file is not None:
            with suppress(OSError):  # a full disk has been said; what waited for it is not wanted any more
                self._file.close()

    def __len__(self) -> int:
        return len(self._held) + len(self._offsets) - 1

    def _at(self, place: int) -> T:
        if place < len(self._held):
            return self._held[place]
        number = place - len(self._held)
        start, end = self._offsets[number], self._offsets[number + 1]
        assert self._file is not None
        if end > self._written:
            self._write(self._file)
        begin, block = self._block
        if not begin <= start <= end <= begin + len(block):
            self._file.seek(start)
            begin, block = self._block = start, self._file.read(max(_BLOCK, end - start))
        thing: T = pickle.loads(memoryview(block)[start - begin : end - begin])  # noqa: S301 - our own
        return thing

    def _write(self, file: IO[bytes]) -> None:
        try:
            file.seek(self._written)
            file.write(b"".join(self._waiting))
            file.flush()
        except OSError as error:
            why, folder = error.strerror or str(error), tempfile.gettempdir()
            message = Say("what this run sets aside cannot be written to {folder}: {why}", folder=folder, why=why)
            hint = Say("free space there, or name another folder in the environment variable TMPDIR (Windows: TEMP)")
            raise Stop(message, hint=hint, code=Exit.NOT_WRITTEN) from error
        self._waiting.clear()
        self._written = self._offsets[-1]


class Arranged(Places[U]):
    """The things of another sequence, each as `shown` makes it when it is asked for; in an `order` of its own."""

    def __init__(
        self,
        things: Sequence[Any],
        shown: Callable[[Any], U] = lambda thing: thing,
        *,
        order: Sequence[int] | None = None,
    ) -> None:
        self._things, self._shown = things, shown
        self._order = range(len(things)) if order is None else order

    def __len__(self) -> int:
        return len(self._order)

    def _at(self, place: int) -> U:
        return self._shown(self._things[self._order[place]])


class Joined(Places[U]):
    """Two sequences as one."""

    def __init__(self, first: Sequence[U], second: Sequence[U]) -> None:
        self._first, self._second = first, second

    def __len__(self) -> int:
        return len(self._first) + len(self._second)

    def _at(self, place: int) -> U:
        return self._first[place] if place < len(self._first) else self._second[place - len(self._first)]


def ascending(things: Shelf[T], *, at_once: int = ROOM) -> Iterator[T]:
    """All of them in order, `at_once` in memory at a time: parts of them sorted, and the parts merged."""
    starts = range(0, len(things), at_once)
    parts = [range(start, min(start + at_once, len(things))) for start in starts]
    orders = [array("Q", sorted(part, key=lambda place: cast("Any", things[place]))) for part in parts]
    return merge(*(Arranged(things, order=order) for order in orders))
