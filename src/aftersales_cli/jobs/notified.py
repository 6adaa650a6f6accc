"""What a `cutover notify` says: an item per customer, the accounting, and why nothing went to some."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from aftersales_cli.cutover.notices import Fate, Standing
from aftersales_cli.cutover.task import Task
from aftersales_cli.cutover.telling import Message
from aftersales_cli.files.shelf import Arranged
from aftersales_cli.jobs.notify_account import Account, Became, HeldBack
from aftersales_cli.places import Place, Problem, Severity
from aftersales_cli.register.customers import Customers, recipients
from aftersales_cli.words import Say

Item = dict[str, object]


def summary(account: Account, *, dry_run: bool) -> Item:
    """The contract's accounting and not_seen, and every circuit that no customer was told of, with the reason."""
    return {
        "accounting": account.accounting(),
        "not_seen": account.not_seen,
        "exempt": _whys(account, Fate.EXEMPT),
        "held": _whys(account, Fate.HELD),
        "department": _whys(account, Fate.DEPARTMENT),
        "dry_run": dry_run,
    }


def _whys(account: Account, fate: Fate) -> Sequence[Item]:
    return Arranged(account.of(fate), _why)


def _why(one: Became) -> Item:
    return {
        "task_no": one.task_no,
        "circuit_code": one.circuit_code,
        "customer_code": one.customer_code,
        "why": one.why,
    }


def told(message: Message, names: Sequence[str], held: Iterable[HeldBack]) -> Item:
    """The item of a customer, or the department, that has a message; `names` of its files, relative to the folder."""
    tasks = [
        {
            "notice_id": notice.notice_id,
            "task_no": notice.task.name,
            "change": notice.change,
            "sequence": notice.sequence,
            "circuit_codes": notice.circuits or (notice.last.circuit_codes if notice.last else ()),
            "late": notice.late,
        }
        for notice in message.notices
    ]
    return {
        "customer_code": message.code,
        "customer_name": message.name,
        "change": message.change,
        "tasks": [*tasks, *map(_entry, held)],
        "recipients": message.recipients,
        "files": names,
        "state": "rendered",
    }


def held(entries: Sequence[HeldBack], customers: Customers) -> Item:
    """The item of a customer that is told nothing, because what would be told is held, or stands as it was."""
    code = entries[0].customer_code
    customer = customers.by_code(code)
    return {
        "customer_code": customer.code if customer else code,
        "customer_name": customer.name if customer else None,
        "change": None,  # what is held is not compared (D12)
        "tasks": [_entry(entry) for entry in entries],
        "recipients": recipients(customer) if customer else (),
        "files": (),
        "state": "held",
    }


def _entry(held: HeldBack) -> Item:
    return {
        "notice_id": held.notice_id,
        "task_no": held.task,
        "change": None,
        "sequence": held.sequence,
        "circuit_codes": held.circuit_codes,
        "held": held.why,
    }


def attributions(tasks: Sequence[Task]) -> Iterator[Problem]:
    """Circuits that went to a customer by the row's name alone (D6): a mistyped code would go the same way."""
    for task in tasks:
        for pair in task.pairs:
            if pair.owner.caution is not None:
                place = pair.row.place("circuit_code")
                yield Problem(pair.owner.caution, place, "circuit_code", pair.circuit_code, severity=Severity.CAUTION)


def nobody_there() -> Problem:
    """The caution where the department is told, and is not on record (D6)."""
    says = Say("no department with the role 政企客户部 can be reached; its notice has no recipient")
    hint = Say("add it to a departments table with its e-mail or telephone, and name that table under “inputs:”")
    return Problem(says, hint=hint, severity=Severity.CAUTION)


def stands(standing: Iterable[Standing]) -> Iterator[Problem]:
    """A caution for each notice that this run could neither confirm nor take back (D12)."""
    for each in standing:
        who = each.last.customer_name or Say("the department")
        says = Say("{task}, {who}: {why}", task=each.task.name, who=who, why=each.why)
        place: Place | None = each.task.place
        yield Problem(says, place, severity=Severity.CAUTION)
