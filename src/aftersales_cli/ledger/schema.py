"""The ledger's tables as queries see them. `migrations.py` makes them; a test holds the two together."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, Dialect, ForeignKey, Integer, LargeBinary, MetaData, Table, Text, TypeDecorator

from aftersales_cli.records.values import BEIJING


class Moment(TypeDecorator[datetime]):
    """An instant: ISO 8601 in UTC in the database (D9), Beijing time outside. It sorts as text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """UTC, to the microsecond; a time without a zone is our error."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Beijing time."""
        del dialect
        return None if value is None else datetime.fromisoformat(value).astimezone(BEIJING)


class Listed(TypeDecorator[Any]):
    """Texts in lists and mappings, as JSON text: they are kept and shown, never asked for."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        """ASCII only: a file name of a POSIX system need not be valid Unicode."""
        del dialect
        return json.dumps(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Lists for tuples."""
        del dialect
        return json.loads(value or "null")


metadata = MetaData()

versions = Table(
    "versions",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("made_by", Text, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("run_id", Integer, primary_key=True),
    Column("command", Text, nullable=False),
    Column("as_of", Moment, nullable=False),
    Column("run_at", Moment, nullable=False),
    Column("output", Text, nullable=False),
    Column("temporary", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("manifest_sha256", Text, nullable=False),
    Column("rulebook", Text, nullable=False),
    Column("province", Text),
    Column("version", Text, nullable=False),
    Column("inputs", Listed, nullable=False),
    Column("calendar", Text),
)

notices = Table(
    "notices",
    metadata,
    Column("notice_no", Integer, primary_key=True),
    Column("run_id", ForeignKey("runs.run_id"), nullable=False),
    Column("notice_id", Text, nullable=False),
    Column("task_no", Text, nullable=False),
    Column("customer_code", Text),
    Column("customer_name", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("change", Text, nullable=False),
    Column("issued_at", Moment, nullable=False),
    Column("published_at", Moment, nullable=False),
    Column("published_said", Integer, nullable=False),
    Column("window_start", Moment, nullable=False),
    Column("window_end", Moment, nullable=False),
    Column("interruption", Text, nullable=False),
    Column("province", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("circuit_codes", Listed, nullable=False),
    Column("recipients", Listed, nullable=False),
    Column("inputs", Listed, nullable=False),
    Column("files", Listed, nullable=False),
    Column("despite", Listed, nullable=False),
    Column("collisions", Listed, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("event_no", Integer, primary_key=True),
    Column("run_id", ForeignKey("runs.run_id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("final_name", Text),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("delivery_no", Integer, primary_key=True),
    Column("recorded_at", Moment, nullable=False),
    Column("notice_id", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("task_no", Text, nullable=False),
    Column("customer_code", Text, nullable=False),
    Column("delivered_at", Moment),
    Column("whole_day", Integer, nullable=False),
    Column("channel", Text, nullable=False),
    Column("confirmed_by", Text, nullable=False),
    Column("circuit_codes", Listed, nullable=False),
    Column("reply", Text),
    Column("source", Text, nullable=False),
)

judgements = Table(
    "judgements",
    metadata,
    Column("judgement_no", Integer, primary_key=True),
    Column("run_id", ForeignKey("runs.run_id"), nullable=False),
    Column("task_no", Text, nullable=False),
    Column("said", Text, nullable=False),
)

papers = Table(
    "papers",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

case_events = Table(
    "case_events",
    metadata,
    Column("case_event_no", Integer, primary_key=True),
    Column("run_id", ForeignKey("runs.run_id")),
    Column("feedback_no", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("customer_code", Text, nullable=False),
    Column("task_no", Text),
    Column("event", Text, nullable=False),
    Column("happened_at", Moment, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("said", Listed, nullable=False),
    Column("files", Listed, nullable=False),
)

answers = Table(
    "answers",
    metadata,
    Column("answer_no", Integer, primary_key=True),
    Column("run_id", ForeignKey("runs.run_id"), nullable=False),
    Column("complaint_no", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("primary_rule", Text),
    Column("task_no", Text),
    Column("customer_code", Text),
    Column("circuit_code", Text, nullable=False),
    Column("answered_at", Moment, nullable=False),
    Column("letter", Text),
    Column("sheet", Text, nullable=False),
    Column("decisions", Listed, nullable=False),
    Column("despite", Listed, nullable=False),
    Column("files", Listed, nullable=False),
)

visits = Table(
    "visits",
    metadata,
    Column("record_no", Integer, primary_key=True),
    Column("run_id", ForeignKey("runs.run_id")),
    Column("visit_no", Text, nullable=False),
    Column("customer_code", Text, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("said", Listed, nullable=False),
    Column("source", Text, nullable=False),
)

visit_exports = Table(
    "visit_exports",
    metadata,
    Column("export_no", Integer, primary_key=True),
    Column("run_id", ForeignKey("runs.run_id"), nullable=False),
    Column("visit_no", Text, nullable=False),
    Column("customer_code", Text, nullable=False),
    Column("exported_at", Moment, nullable=False),
    Column("content", Text, nullable=False),
    Column("again", Integer, nullable=False),
)

planned_visits = Table(
    "planned_visits",
    metadata,
    Column("planned_no", Integer, primary_key=True),
    Column("run_id", ForeignKey("runs.run_id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("customer_code", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("out_of", Integer, nullable=False),
    Column("day", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("engineer", Text, nullable=False),
    Column("slot_from", Text, nullable=False),
    Column("slot_to", Text, nullable=False),
    Column("content", Listed, nullable=False),
    Column("filed", Integer, nullable=False),
    Column("provisional", Integer, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("role", Text),
    Column("unread", Listed, nullable=False),
    Column("superseded", Integer, nullable=False),
)

plans = Table(
    "plans",
    metadata,
    Column("plan_no", Integer, primary_key=True),
    Column("run_id", ForeignKey("runs.run_id"), nullable=False),
    Column("year", Integer, nullable=False),
)

open_visits = Table(
    "open_visits",
    metadata,
    Column("open_no", Integer, primary_key=True),
    Column("run_id", ForeignKey("runs.run_id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("customer_code", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("out_of", Integer, nullable=False),
    Column("place", Text, nullable=False),
    Column("engineer", Text),
    Column("slot_from", Text, nullable=False),
    Column("slot_to", Text, nullable=False),
    Column("because", Listed, nullable=False),
    Column("was", Text),
    Column("unread", Listed, nullable=False),
)
