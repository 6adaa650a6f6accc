"""Notices and their receipts as rows of the ledger, and back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping

from aftersales_cli.records.events import Change, Delivered, Issued, Reply
from aftersales_cli.records.values import Instant


def notice_row(run_id: int, notice: Issued) -> dict[str, Any]:
    """The columns of one notice; its `run` is given by the run it is recorded with."""
    return {
        "run_id": run_id,
        "notice_id": notice.notice_id,
        "task_no": notice.task_no,
        "customer_code": notice.customer_code,
        "customer_name": notice.customer_name,
        "sequence": notice.sequence,
        "change": notice.change.value,
        "issued_at": notice.issued_at,
        "published_at": notice.published_at,
        "published_said": int(notice.published_said),
        "window_start": notice.window_start,
        "window_end": notice.window_end,
        "interruption": notice.interruption,
        "province": notice.province,
        "reason": notice.reason,
        "circuit_codes": list(notice.circuit_codes),
        "recipients": list(notice.recipients),
        "inputs": {table: list(files) for table, files in notice.inputs.items()},
        "files": list(notice.files),
        "despite": dict(notice.despite),
        "collisions": {circuit: list(tasks) for circuit, tasks in notice.collisions.items()},
    }


def issued(row: RowMapping) -> Issued:
    """A row of notices; `run` is the run's id as text."""
    return Issued(
        notice_id=row["notice_id"],
        task_no=row["task_no"],
        customer_code=row["customer_code"],
        customer_name=row["customer_name"],
        sequence=row["sequence"],
        change=Change(row["change"]),
        issued_at=row["issued_at"],
        published_at=row["published_at"],
        published_said=bool(row["published_said"]),
        window_start=row["window_start"],
        window_end=row["window_end"],
        interruption=row["interruption"],
        province=row["province"],
        reason=row["reason"],
        circuit_codes=tuple(row["circuit_codes"]),
        recipients=tuple(row["recipients"]),
        inputs={table: tuple(files) for table, files in row["inputs"].items()},
        files=tuple(row["files"]),
        despite=row["despite"],
        collisions={circuit: tuple(tasks) for circuit, tasks in row["collisions"].items()},
        run=str(row["run_id"]),
    )


def delivery_row(delivery: Delivered) -> dict[str, Any]:
    """The columns of one receipt."""
    at = delivery.delivered_at
    return {
        "recorded_at": delivery.recorded_at,
        "notice_id": delivery.notice_id,
        "sequence": delivery.sequence,
        "task_no": delivery.task_no,
        "customer_code": delivery.customer_code,
        "delivered_at": at.at if at else None,
        "whole_day": int(at.whole_day) if at else 0,
        "channel": delivery.channel,
        "confirmed_by": delivery.confirmed_by,
        "circuit_codes": list(delivery.circuit_codes),
        "reply": delivery.reply.value if delivery.reply else None,
        "source": delivery.source,
    }


def delivered(row: RowMapping) -> Delivered:
    """A row of deliveries."""
    at = row["delivered_at"]
    return Delivered(
        notice_id=row["notice_id"],
        sequence=row["sequence"],
        task_no=row["task_no"],
        customer_code=row["customer_code"],
        delivered_at=Instant(at, whole_day=bool(row["whole_day"])) if at else None,
        channel=row["channel"],
        confirmed_by=row["confirmed_by"],
        circuit_codes=tuple(row["circuit_codes"]),
        source=row["source"],
        recorded_at=row["recorded_at"],
        reply=Reply(row["reply"]) if row["reply"] else None,
    )
