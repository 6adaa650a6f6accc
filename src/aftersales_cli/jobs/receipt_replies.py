"""Customers' calendar replies as receipts: found by our event's UID, believed only from a recipient."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aftersales_cli.documents.foreign_replies import OPENER
from aftersales_cli.files.confined import Confined, ConfinedError
from aftersales_cli.jobs.mail_parts import Opened
from aftersales_cli.jobs.receipt_ledger import Recorder, Taken
from aftersales_cli.jobs.today_line import Commands, option
from aftersales_cli.places import Place, Problem, Severity, shortened
from aftersales_cli.records.columns import Source
from aftersales_cli.records.events import Issued, Reply
from aftersales_cli.records.receipts import Receipt
from aftersales_cli.records.values import BEIJING, Instant
from aftersales_cli.tables.limits import Limits
from aftersales_cli.tables.unreadable import Unreadable, sentence
from aftersales_cli.words import Say

SUFFIXES = (".ics", ".ical", ".icalendar", ".eml")
CHANNEL = "邮件"
"""The channel of a reply, in the words of the receipts table."""
REPLIES = {reply.name: reply for reply in Reply}


@dataclass(frozen=True, slots=True)
class Answered:
    """One attendee's answer to one of our notices; `senders` are who the mail is from, None for a calendar file."""

    place: Place
    notice: Issued
    sequence: int
    address: str
    name: str
    reply: Reply
    at: datetime
    senders: tuple[str, ...] | None

    @property
    def who(self) -> str:
        """`李四 <li@example.cn>`."""
        return f"{self.name} <{self.address}>" if self.name and self.name != self.address else self.address

    @property
    def receipt(self) -> Receipt:
        """The answer as a row of receipts."""
        source = Source(self.place.file, self.place.sheet, None, self.place.line)
        return Receipt(
            task_no=self.notice.task_no,
            customer_code=self.notice.customer_code or "",
            delivered_at=Instant(self.at),
            channel=CHANNEL,
            confirmed_by=self.who,
            notice_id=self.notice.notice_id,
            sequence=self.sequence,
            source=source,
        )


@dataclass
class Replies(Opened):
    """What the files gave. `unsure` counts answers that are not taken without a person."""

    taken: list[Taken] = field(default_factory=list)
    unsure: int = 0
    refused: int = 0


def take_replies(
    files: Sequence[str], encoding: str | None, confined: Confined, limits: Limits, recorder: Recorder
) -> Replies:
    """Read every file in the child and take the replies in it. Nothing is raised for what is wrong in one."""
    found = Replies()
    for name in dict.fromkeys(files):
        try:
            answer = confined.call(f"{OPENER}:open_replies", str(Path(name).absolute()), encoding, limits.plain())
        except ConfinedError as error:
            answer = {"unreadable": Unreadable(error.reason).plain()}
        for place, event in found.events(name, answer):
            _take(found, _answered(place, event, answer, recorder), recorder)
    return found


def _take(found: Replies, answered: Answered | list[Problem], recorder: Recorder) -> None:
    if isinstance(answered, Answered):
        _weigh(found, answered, recorder)
    else:
        found.problems += answered
        found.refused += 1


def _answered(
    file: Place, event: Mapping[str, Any], mail: Mapping[str, Any], recorder: Recorder
) -> Answered | list[Problem]:
    place = Place(file.file, file.sheet, line=event["line"])
    if event["troubles"]:
        return list(_troubles(place, event["troubles"]))
    if event["method"] != "REPLY":
        return [_refused(place, Say("this is no reply: its METHOD is {method}", method=event["method"] or None),
                         _NO_REPLY.get(event["method"]))]  # fmt: skip
    notice = recorder.notice(event["uid"].partition("@")[0])
    if notice is None or notice.customer_code is None:
        return [_refused(place, Say("the ledger has no notice of this event (UID {uid})", uid=shortened(event["uid"])),
                         Say("is it a reply to a meeting, or to another desk's notice?"))]  # fmt: skip
    if len(event["attendees"]) != 1:
        return [_refused(place, Say("a reply has one attendee, this has {n}", n=len(event["attendees"])))]
    address, name, partstat, line = event["attendees"][0]
    place = Place(file.file, file.sheet, line=line)
    stamp = event["stamp"] or mail["date"]
    if partstat not in REPLIES or stamp is None:
        says = Say("the reply does not say when it was made")
        if partstat not in REPLIES:
            says = Say("the answer “{word}” is neither accepted, declined nor tentative", word=shortened(partstat))
        return [_refused(place, says)]
    senders = None if mail["from"] is None else tuple(mail["from"])
    at = stamp.replace(tzinfo=UTC).astimezone(BEIJING)
    return Answered(place, notice, event["sequence"], address, name, REPLIES[partstat], at, senders)


_NO_REPLY = {
    "COUNTER": Say(
        "the customer proposes another time: register it with “aftersales cutover feedback --kind 改期要求”"
    ),
    "REQUEST": Say("this is an invitation; name the reply the customer has sent"),
}


def _refused(place: Place, message: Say, hint: Say | None = None) -> Problem:
    return Problem(message, place, hint=hint, held=(f"line {place.line}",))


def _troubles(place: Place, troubles: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    for each in troubles:
        hint = sentence(each["hint"]) if each["hint"] else None
        where = Place(place.file, place.sheet, line=each["line"])
        yield Problem(sentence(each["message"]), where, each["field"], None, hint, (f"line {each['line']}",))


def _weigh(found: Replies, answered: Answered, recorder: Recorder) -> None:
    doubt = _doubt(answered, recorder)
    if doubt is not None:
        found.unsure += 1
        hint = Say("ask the customer; if it is so: {command}", command=_command(answered))
        found.problems.append(Problem(doubt, answered.place, "ATTENDEE", shortened(answered.who), hint,
                                      severity=Severity.CAUTION))  # fmt: skip
        return
    taken = recorder.take(answered.receipt, answered.reply)
    if isinstance(taken, Taken):
        found.taken.append(taken)
    else:
        found.problems.append(taken)
        found.refused += 1


def _doubt(answered: Answered, recorder: Recorder) -> Say | None:
    """Why the answer is not taken as the customer's: anybody can write such a file."""
    notice, address = answered.notice, answered.address.casefold()
    told = recorder.told(notice.task_no, notice.customer_code)
    known = {recipient.casefold() for each in told for recipient in each.recipients}
    values = {"who": answered.who, "task": notice.task_no, "customer": notice.customer_name}
    if address not in known:
        return Say("{who} answers for {customer} and was not told of {task}: not taken as a confirmation", **values)
    if answered.senders is not None and address not in {sender.casefold() for sender in answered.senders}:
        return Say("{who} answers for {customer}, but the mail is from {senders}: not taken as a confirmation",
                   **values, senders=[shortened(sender) for sender in answered.senders])  # fmt: skip
    return None


def _command(answered: Answered) -> str:
    notice = answered.notice
    return Commands().plain(
        "cutover", "receipt", *option("--task", notice.task_no), *option("--customer", notice.customer_code or ""),
        "--delivered-at", f"{answered.at:%Y-%m-%dT%H:%M}", *option("--channel", CHANNEL), "--confirmed-by", "NAME",
    )  # fmt: skip
