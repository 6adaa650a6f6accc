"""Which visits' records the group system has to be given, and what stands in its upload workbook (R40)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from aftersales_cli.places import Fact, Unknown
from aftersales_cli.records.events import VisitExported
from aftersales_cli.visit.case import VisitCase
from aftersales_cli.visit.group_wide import concern
from aftersales_cli.visit.memory import FIELDS, said

ENTERED = "in_group_system"
"""Says how far the record has come; it is no part of what is uploaded."""


@dataclass(frozen=True)
class Upload:
    """One record to be uploaded; `again` where an earlier upload said something else of the visit.

    `because` is the cell by which it is owed: the customer's level, 是否跨省, or a circuit's 是否跨域.
    """

    case: VisitCase
    content: str
    again: bool
    because: Fact[Any]

    @property
    def exported(self) -> VisitExported:
        """What the ledger remembers of it."""
        row = self.case.row
        return VisitExported(row.visit_no, row.customer_code, self.content, self.again, self.case.now)


def upload(case: VisitCase, levels: Sequence[str]) -> Upload | None:
    """The record, where its customer is one of VIS-08's and the group system has not been given just this."""
    now, before = content(case), case.exported
    found = concern(case.customer, case.crossing, levels)
    if not found.asked:
        return None
    (because,) = found.facts
    if before is not None:
        return Upload(case, now, True, because) if before.content != now else None
    return None if case.row.in_group_system else Upload(case, now, False, because)


def to_ask(case: VisitCase, levels: Sequence[str]) -> Unknown | None:
    """Why nobody knows whether the record is owed, so that VIS-08 needs a person; None: known, or entered already."""
    found = concern(case.customer, case.crossing, levels)
    return found.missing[0] if found.asked is None and not case.row.in_group_system else None


def content(case: VisitCase) -> str:
    """The fingerprint of what is uploaded of a visit."""
    told = {field: value for field, value in said(case.row).items() if field != ENTERED}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def upload_view(uploads: Sequence[Upload], province: str | None, now: datetime) -> dict[str, object]:
    """What the workbook's template is given: one of `rows` per record, every field of the visits table as text."""
    rows = [
        {field: cell(one.case.row.value(field)) for field in FIELDS}
        | {
            "operation": "修改" if one.again else "新增",
            "customer_name": one.case.customer.name,
            "customer_level": one.case.customer.level,
            "cross_province": cell(one.case.customer.cross_province),
            "cross_domain": cell(one.case.crossing.value),
            "entered_by": province or "",
        }
        for one in uploads
    ]
    return {"rows": rows, "exported_on": now.date().isoformat(), "province": province or ""}


def cell(value: object) -> str:
    """A value as the input form has it, so that an upload reads back as it was."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case date():
            return value.isoformat()
        case Enum():
            return str(value.value)
        case tuple():
            return "；".join(map(cell, value))
    return str(value)
