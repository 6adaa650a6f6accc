"""A run's notices until their customers' turn comes: gathered task by task, told customer by customer."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from aftersales_cli.cutover.notices import Notice, bare
from aftersales_cli.cutover.telling import Message, message
from aftersales_cli.files.shelf import Shelf
from aftersales_cli.records.departments import Department
from aftersales_cli.records.events import Change

_NONE = -1


class ByCustomer:
    """One message per customer, by code, the department's last; made anew each time they are gone through.

    `news` says whether any of them has something new to tell, `late` which tasks are told of too late.
    """

    def __init__(self, department: Department | None) -> None:
        self.news = False
        self.late: set[str] = set()
        self._department = department
        self._notices: Shelf[Notice] = Shelf()
        self._last: dict[str | None, int] = {}
        self._before = array("q")  # of each notice, the one of its customer that came before it

    def add(self, notice: Notice) -> None:
        """Take a notice of a task."""
        code = notice.customer.code if notice.customer else None
        self._before.append(self._last.get(code, _NONE))
        self._last[code] = self._notices.append(bare(notice))
        if notice.change is not Change.UNCHANGED:
            self.news = True
            self.late |= {notice.task.name} if notice.late else set()

    @property
    def notices(self) -> int:
        """How many there are."""
        return len(self._notices)

    def __iter__(self) -> Iterator[Message]:
        for code in sorted(self._last, key=lambda code: (code is None, code or "")):
            yield message(self._of(code), self._department)

    def _of(self, code: str | None) -> list[Notice]:
        found, place = [], self._last[code]
        while place != _NONE:
            found.append(self._notices[place])
            place = self._before[place]
        return found[::-1]
