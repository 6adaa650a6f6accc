"""One customer's notices as events: calendar files, which are the invitations of its mails."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from aftersales_cli.cutover import impact
from aftersales_cli.cutover.notices import Notice
from aftersales_cli.cutover.telling import Message
from aftersales_cli.cutover.views import View, impacts, promised
from aftersales_cli.documents.calendar import CalendarNotice, Circuit, Impact, Status
from aftersales_cli.documents.mailbox import identified
from aftersales_cli.documents.order import Event
from aftersales_cli.files.names import LONGEST_PART, safe_name
from aftersales_cli.jobs.mailing import Post, addressees
from aftersales_cli.records.events import Change

IMPACTS = {
    impact.Impact.OUTAGE: Impact.OUTAGE,
    impact.Impact.MOMENTARY: Impact.DEGRADED,
    impact.Impact.REDUCED_REDUNDANCY: Impact.REDUCED_REDUNDANCY,
    impact.Impact.NONE: Impact.NO_IMPACT,
    impact.Impact.UNKNOWN: Impact.OUTAGE,  # the safe side
}


def events(message: Message, view: View, post: Post, now: datetime) -> tuple[Event, ...]:
    """A calendar file per notice, in their order; the department gets none: it has to ask, not to attend."""
    tasks = view["tasks"]
    assert isinstance(tasks, Sequence)
    template = "cutover/event.en.txt.j2" if message.language == "en" else "cutover/event.txt.j2"
    return tuple(
        _event(message, notice, template, told, post, now)
        for notice, told in zip(message.to_render if message.customer else (), tasks, strict=False)
    )


def _event(message: Message, notice: Notice, template: str, told: View, post: Post, now: datetime) -> Event:
    said = promised(notice)
    file = safe_name(f"{now:%Y%m%d}-{notice.task.name}-calendar-{notice.notice_id}.ics", limit=LONGEST_PART)
    meant = CalendarNotice(
        uid=identified("UID", notice.notice_id, post.domain),
        sequence=notice.sequence,
        stamp=now,
        start=said.start,
        end=said.end,
        provider=post.domain,
        account=message.code or "",
        maintenance_id=notice.task.name,
        circuits=tuple(Circuit(code, IMPACTS[impact]) for code, impact in impacts(notice)),
        status=Status.CANCELLED if notice.change is Change.CANCEL else Status.CONFIRMED,
        summary="",  # the template's, as is the description
        organizer=post.sender,
        attendees=addressees(message).mailboxes,
    )
    return Event(file, template, told, meant)
