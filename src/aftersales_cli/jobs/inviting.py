"""One customer's notices as calendar files, and as the invitations of its mails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from aftersales_cli.cutover import task
from aftersales_cli.cutover.notices import Notice
from aftersales_cli.cutover.telling import Message
from aftersales_cli.cutover.views import View, impacts, promised
from aftersales_cli.documents.calendar import CalendarNotice, Circuit, Impact, Status, calendar_file
from aftersales_cli.documents.mail import Invitation
from aftersales_cli.documents.mailbox import identified
from aftersales_cli.documents.templates import Templates
from aftersales_cli.documents.titled import titled
from aftersales_cli.files.names import LONGEST_PART, safe_name
from aftersales_cli.jobs.mailing import Post, addressees
from aftersales_cli.records.events import Change

IMPACTS = {
    task.Impact.OUTAGE: Impact.OUTAGE,
    task.Impact.MOMENTARY: Impact.DEGRADED,
    task.Impact.REDUCED_REDUNDANCY: Impact.REDUCED_REDUNDANCY,
    task.Impact.NONE: Impact.NO_IMPACT,
    task.Impact.UNKNOWN: Impact.OUTAGE,  # the safe side
}


def invitations(
    message: Message, view: Mapping[str, object], post: Post, templates: Templates, now: datetime
) -> tuple[Invitation, ...]:
    """A calendar file per notice, in their order; the department gets none: it has to ask, not to attend.

    `UnfitError` for a name or address that may not stand in one.
    """
    tasks = view["tasks"]
    assert isinstance(tasks, Sequence)
    return tuple(
        _invitation(message, notice, _wording(message, {**view, "task": told}, templates), post, now)
        for notice, told in zip(message.to_render if message.customer else (), tasks, strict=False)
    )


def _wording(message: Message, view: View, templates: Templates) -> tuple[str, str]:
    name = "cutover/event.en.txt.j2" if message.language == "en" else "cutover/event.txt.j2"
    return titled(templates.text(name, view), name)


def _invitation(message: Message, notice: Notice, wording: tuple[str, str], post: Post, now: datetime) -> Invitation:
    said, (summary, description) = promised(notice), wording
    event = CalendarNotice(
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
        summary=summary,
        organizer=post.sender,
        attendees=addressees(message).mailboxes,
        description=description,
    )
    name = safe_name(f"{now:%Y%m%d}-{notice.task.name}-calendar-{notice.notice_id}.ics", limit=LONGEST_PART)
    return Invitation(name, calendar_file(event), event.method)
