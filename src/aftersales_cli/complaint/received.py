"""The receipts of a run by task and customer, those that cannot be read among them."""

from __future__ import annotations

from collections.abc import Iterable

from aftersales_cli.records.columns import Broken
from aftersales_cli.records.folding import folded
from aftersales_cli.records.receipts import Receipt


class Receipts:
    """Task numbers and customer codes are compared folded (D10); `complete` is False where a file gave no rows.

    A broken row that does not say whose it is may be anybody's.
    """

    def __init__(
        self, receipts: Iterable[Receipt] = (), broken: Iterable[Broken] = (), *, complete: bool = True
    ) -> None:
        self.complete = complete
        self._found: dict[tuple[str | None, str | None], list[Receipt | Broken]] = {}
        rows: list[Receipt | Broken] = [*receipts, *broken]
        for row in rows:
            self._found.setdefault((_key(row.value("task_no")), _key(row.value("customer_code"))), []).append(row)
        self._anybodys = any(None in key for key in self._found)

    def of(self, task_no: str | None, customer_code: str | None) -> tuple[Receipt | Broken, ...]:
        """Those of one task and customer, in order, then broken ones that may be; none where either is unknown."""
        if task_no is None or customer_code is None:
            return ()
        task, customer = folded(task_no), folded(customer_code)
        if not self._anybodys:
            return tuple(self._found.get((task, customer), ()))
        keys = ((task, customer), (None, customer), (task, None), (None, None))
        return tuple(row for key in keys for row in self._found.get(key, ()))


def _key(code: str | None) -> str | None:
    return None if code is None else folded(code)
