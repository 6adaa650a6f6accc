"""What the ledger says was told before: notices by task and customer, in the order they were issued."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from aftersales_cli.files.shelf import Shelf
from aftersales_cli.records.events import Change, Issued
from aftersales_cli.records.folding import folded

Told = tuple[Issued, ...]


class History:
    """The notices of completed runs. Task numbers and customer codes are compared folded (D10).

    `aside`: they are set aside on the disk where they are many.
    """

    def __init__(self, issued: Iterable[Issued] = (), *, aside: bool = False) -> None:
        self._issued: Shelf[Issued] | list[Issued] = Shelf() if aside else []
        self._tasks: dict[str, dict[str | None, tuple[int, ...]]] = {}
        for number, notice in enumerate(issued):
            self._issued.append(notice)
            customers = self._tasks.setdefault(folded(notice.task_no), {})
            key = _key(notice.customer_code)
            customers[key] = (*customers.get(key, ()), number)

    def of(self, task_no: str | None, code: str | None) -> Told:
        """The notices of one task to one customer (None: the department)."""
        return self._told(self._tasks.get(folded(task_no or ""), {}).get(_key(code), ()))

    def of_task(self, task_no: str | None) -> Mapping[str | None, Told]:
        """The notices of one task by folded customer code."""
        return {key: self._told(numbers) for key, numbers in self._tasks.get(folded(task_no or ""), {}).items()}

    def knows(self, task_no: str | None) -> bool:
        """Whether anybody was ever told of a task."""
        return folded(task_no or "") in self._tasks

    def last(self, task_no: str | None, code: str | None) -> Issued | None:
        """The last notice of one task to one customer, where it was no cancel: what the customer reckons with."""
        told = self.of(task_no, code)
        return told[-1] if told and told[-1].change is not Change.CANCEL else None

    def notices(self) -> Iterator[Issued]:
        """All of them, those of one task to one customer together and in order."""
        for customers in self._tasks.values():
            for numbers in customers.values():
                yield from self._told(numbers)

    def standing(self) -> Iterator[Issued]:
        """The last notice of every task to every customer, where it was no cancel."""
        for customers in self._tasks.values():
            last = (self._issued[numbers[-1]] for numbers in customers.values())
            yield from (notice for notice in last if notice.change is not Change.CANCEL)

    def _told(self, numbers: tuple[int, ...]) -> Told:
        return tuple(self._issued[number] for number in numbers)


def since_cancel(told: Told) -> Told:
    """The notices after the last cancel: what the customer still believes."""
    cancels = [n for n, notice in enumerate(told) if notice.change is Change.CANCEL]
    return told[cancels[-1] + 1 :] if cancels else told


def _key(code: str | None) -> str | None:
    return None if code is None else folded(code)
