"""What the ledger says was told before: notices by task and customer, in the order they were issued."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from aftersales_cli.records.events import Change, Issued
from aftersales_cli.records.folding import folded

Told = tuple[Issued, ...]


class History:
    """The notices of completed runs. Task numbers and customer codes are compared folded (D10)."""

    def __init__(self, issued: Iterable[Issued] = ()) -> None:
        self._tasks: dict[str, dict[str | None, Told]] = {}
        for notice in issued:
            customers = self._tasks.setdefault(folded(notice.task_no), {})
            key = _key(notice.customer_code)
            customers[key] = (*customers.get(key, ()), notice)

    def of(self, task_no: str | None, code: str | None) -> Told:
        """The notices of one task to one customer (None: the department)."""
        return self.of_task(task_no).get(_key(code), ())

    def of_task(self, task_no: str | None) -> Mapping[str | None, Told]:
        """The notices of one task by folded customer code."""
        return self._tasks.get(folded(task_no or ""), {})

    def last(self, task_no: str | None, code: str | None) -> Issued | None:
        """The last notice of one task to one customer, where it was no cancel: what the customer reckons with."""
        told = self.of(task_no, code)
        return told[-1] if told and told[-1].change is not Change.CANCEL else None

    def notices(self) -> Iterator[Issued]:
        """All of them, those of one task to one customer together and in order."""
        for customers in self._tasks.values():
            for told in customers.values():
                yield from told

    def standing(self) -> Iterable[Issued]:
        """The last notice of every task to every customer, where it was no cancel."""
        for customers in self._tasks.values():
            yield from (told[-1] for told in customers.values() if told[-1].change is not Change.CANCEL)


def since_cancel(told: Told) -> Told:
    """The notices after the last cancel: what the customer still believes."""
    cancels = [n for n, notice in enumerate(told) if notice.change is Change.CANCEL]
    return told[cancels[-1] + 1 :] if cancels else told


def _key(code: str | None) -> str | None:
    return None if code is None else folded(code)
