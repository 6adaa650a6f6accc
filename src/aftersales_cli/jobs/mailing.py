"""Who sends, who receives, and one message's mails: one body, under the headers of each recipient."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aftersales_cli.cutover.telling import Message
from aftersales_cli.documents.mail import Envelope
from aftersales_cli.documents.mailbox import Mailbox, UnfitError, addressed, identified
from aftersales_cli.documents.order import Refusal
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.places import Problem
from aftersales_cli.records import cells
from aftersales_cli.records.columns import Refused
from aftersales_cli.records.folding import folded
from aftersales_cli.words import Say
from aftersales_cli.workspace import SETTINGS, Workspace

KIND = "cutover-notice"
NO_SENDER = Say(
    "calendar files (.ics) and mails (.eml) need a sender's address, so there are none; "
    "write it into {file}: “email:” under “sender:”, or “from:” under “mail:”",
    file=SETTINGS,
)


@dataclass(frozen=True, slots=True)
class Post:
    """How a desk signs its mails: who sends, who reads along, and the domain that makes its numbers unique."""

    sender: Mailbox
    domain: str
    cc: tuple[Mailbox, ...] = ()


@dataclass(frozen=True, slots=True)
class Addressees:
    """Whom a message's mails go to; the fields of the record that names and addresses stand in."""

    mailboxes: tuple[Mailbox, ...] = ()
    name_field: str = "name"
    address_field: str = "email"


def post(workspace: Workspace) -> Post | None:
    """`mail.from`, else `sender.email`, as the sender; None where both are empty. `Stop` 78 for what is no address."""
    address = (workspace.mail.get("from") or workspace.sender.get("email") or "").strip()
    if not address:
        return None
    name = workspace.sender.get("unit") or workspace.sender.get("name") or ""
    domain = workspace.mail.get("domain") or address.rpartition("@")[2]
    try:
        identified("domain", "0", domain)
        cc = cells.emails(said) if (said := workspace.mail.get("cc")) else ()
        return Post(
            addressed("From", Mailbox(name, address)), domain, tuple(addressed("Cc", Mailbox("", a)) for a in cc)
        )
    except UnfitError as error:
        raise _refused(error.message, error.hint) from error
    except Refused as error:
        raise _refused(Say("“{found}” under “cc:” is no list of addresses", found=said), error.accepted) from error


def _refused(message: Say, hint: Say | None) -> Stop:
    return Stop(Say("{file}: {message}", file=SETTINGS, message=message), hint=hint, code=Exit.SETTINGS)


def addressees(message: Message) -> Addressees:
    """The addresses of the contact (all of them), else the manager's; the department's; none of who has only phones.

    Several addresses of one person's record may be several people's, so they are called by the customer's name.
    """
    customer, department = message.customer, message.department
    if customer is None:
        return _called(department.name, department.email, "name", "email") if department else Addressees()
    name_field = "contact" if customer.contact_email else "manager"
    address_field, addresses = f"{name_field}_email", customer.contact_email or customer.manager_email
    person = getattr(customer, name_field)
    if person is None or len(addresses) > 1:
        return _called(customer.name, addresses, "name", address_field)
    return _called(person, addresses, name_field, address_field)


def _called(name: str, addresses: Sequence[str], name_field: str, address_field: str) -> Addressees:
    return Addressees(tuple(Mailbox(name, address) for address in addresses), name_field, address_field)


def envelopes(message: Message, sign: Post, date: datetime) -> tuple[Envelope, ...]:
    """The envelope of each addressee's mail, in their order; the subject is the template's."""
    return tuple(
        Envelope(
            sender=sign.sender,
            to=(person,),
            subject="",
            date=date,
            key=message_key(message, person.address),
            domain=sign.domain,
            cc=sign.cc,
        )
        for person in addressees(message).mailboxes
    )


def message_key(message: Message, address: str) -> str:
    """32 hexadecimal digits from what is told to whom (reliability.md §6): never from time, row, file or wording."""
    told = sorted(f"{folded(notice.task.name)}\x1e{notice.sequence}" for notice in message.to_render)
    key = "\x1f".join([KIND, folded(message.code or ""), address.casefold(), *told])
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def unmailable(message: Message) -> tuple[Problem, ...]:
    """What a run that writes would say of a message's names and addresses."""
    try:
        for person in addressees(message).mailboxes:
            addressed("To", person)
    except UnfitError as error:
        return (unfit(message, error),)
    return ()


def unfit(message: Message, error: UnfitError | Refusal) -> Problem:
    """What keeps a message from being mailed, at the cell it comes from; all else of the message goes on."""
    to, record = addressees(message), message.customer or message.department
    found = {person.name: to.name_field for person in to.mailboxes}
    found |= {person.address: to.address_field for person in to.mailboxes}
    field = found.get(error.found)
    return Problem(
        error.message,
        record.place(field) if record is not None and field else None,
        field or error.field,
        error.found,
        error.hint,
        held=(f"mail to customer {message.code}" if message.code else "mail to the department",),
    )
