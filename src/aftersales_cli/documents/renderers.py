"""Two children in which templates run, under limits: what explodes or never ends there costs the command, not more."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn, Self, TypeVar

from aftersales_cli.documents.carrying import unpacked, unpacked_stop
from aftersales_cli.documents.cleaning import Cut
from aftersales_cli.documents.order import Made, Order, Refusal
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.confined import Confined, ConfinedError, Confines, OutOfMemory, TookTooLong
from aftersales_cli.words import Say

T = TypeVar("T")
Ordered = tuple[T, Order]

CONFINES = Confines(memory=600_000_000, cpu=20, wall=60.0, answer=200_000_000)
CHILDREN = 2
BATCH = 16  # orders in one call: a call takes as long as a small order
HEAVY = 400  # rows of forms in one call
_RENDERING = "aftersales_cli.documents.rendering"
_runs = count(1)


class RenderingFault(Exception):  # noqa: N818 - our own fault, for the log; its text is the child's traceback
    """Something in aftersales itself went wrong while a document was made."""


class Renderers:
    """The children, as a context. They are given plain values and the template folders, and give back bytes."""

    def __init__(self, confines: Confines = CONFINES) -> None:
        self._confines = confines
        self._children = [Confined(confines, preload=(_RENDERING,)) for _ in range(CHILDREN)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for child in self._children:
            child.close()

    def start(self) -> None:
        """Begin to start the first child: what few orders need. The second is started for a second batch."""
        self._children[0].start()

    def made(self, folders: Sequence[Path], orders: Iterable[Ordered[T]]) -> Generator[tuple[T, Made], None, None]:
        """Each order's files, in the order given, each beside what the order came with; a few are held at a time.

        Which child made it makes no difference. `Stop` 78 for what does not hold in a template, and for one that
        takes too long or too much; `RenderingFault` for ours.
        """
        run, named = next(_runs), tuple(map(str, folders))
        waiting: deque[tuple[Confined, list[Ordered[T]]]] = deque()
        try:
            for number, batch in enumerate(_batches(orders)):
                child = self._children[number % CHILDREN]
                ready = self._taken(*waiting.popleft()) if len(waiting) == CHILDREN else []
                waiting.append((child, batch))  # before it writes what is ready: no child waits for the disk
                self._asked(child, run, named, batch)
                yield from ready
            while waiting:
                yield from self._taken(*waiting.popleft())
        finally:
            for child, _ in waiting:
                child.close()

    def _asked(self, child: Confined, run: int, folders: tuple[str, ...], batch: list[Ordered[T]]) -> None:
        try:
            child.ask(f"{_RENDERING}:render", run, folders, [order for _, order in batch])
        except ConfinedError as error:
            self._gave_up(error, batch)

    def _taken(self, child: Confined, batch: list[Ordered[T]]) -> list[tuple[T, Made]]:
        try:
            answers = child.answer()
        except ConfinedError as error:
            self._gave_up(error, batch)
        return [(whose, _made(answer)) for (whose, _), answer in zip(batch, answers, strict=False)]

    def _gave_up(self, error: ConfinedError, batch: list[Ordered[T]]) -> NoReturn:
        """A template took the child down in one single step, so that only the templates at work can be named."""
        named = tuple(dict.fromkeys(name for _, order in batch for name in order.templates))
        match error:
            case OutOfMemory():
                message = Say("one of these templates needs more memory than is allowed: {templates}", templates=named)
            case TookTooLong():
                seconds = self._confines.cpu
                message = Say("one of these templates takes longer than {seconds} seconds: {templates}",
                              seconds=seconds, templates=named)  # fmt: skip
            case _:
                message = Say("one of these templates brings the renderer down: {templates}", templates=named)
        hint = Say("look for loops and long texts in the templates of your own; those shipped do well without")
        raise Stop(message, hint=hint, code=Exit.SETTINGS) from error


def _made(answer: dict[str, Any]) -> Made:
    if "stop" in answer:
        raise unpacked_stop(answer["stop"])
    if "fault" in answer:
        raise RenderingFault(answer["fault"])
    refusal = None
    if answer["refusal"] is not None:
        field, found, message, hint = answer["refusal"]
        refusal = Refusal(field, found, unpacked(message), unpacked(hint))
    cut = tuple((name, Cut(sheet, cell, left_out)) for name, sheet, cell, left_out in answer["cut"])
    return Made(tuple(answer["files"]), refusal, cut)


def _batches(orders: Iterable[Ordered[T]]) -> Iterator[list[Ordered[T]]]:
    """Some orders at a time; a long one stands alone, so that the limits of a call are those of one recipient."""
    batch: list[Ordered[T]] = []
    rows = 0
    for whose, order in orders:
        own = order.view.get("rows")
        size = len(own) if isinstance(own, Sequence) else 0
        if batch and (len(batch) == BATCH or rows + size > HEAVY):
            yield batch
            batch, rows = [], 0
        batch.append((whose, order))
        rows += size
    if batch:
        yield batch
