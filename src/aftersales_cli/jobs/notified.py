"""What a `cutover notify` says of its plan: an item per customer, the accounting, and why nothing went to some."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from aftersales_cli.cutover.notices import Fate, Plan, notice_id
from aftersales_cli.cutover.task import Task
from aftersales_cli.cutover.telling import Message
from aftersales_cli.jobs.writing_notices import Written
from aftersales_cli.places import Place, Problem, Severity
from aftersales_cli.records.folding import folded
from aftersales_cli.register.customers import Customers, recipients
from aftersales_cli.words import Say

Item = dict[str, object]


def summary(plan: Plan, *, dry_run: bool) -> Item:
    """The contract's accounting and not_seen, and every circuit that no customer was told of, with the reason."""
    return {
        "accounting": plan.accounting(),
        "not_seen": plan.not_seen,
        "exempt": _whys(plan, Fate.EXEMPT),
        "held": _whys(plan, Fate.HELD),
        "department": _whys(plan, Fate.DEPARTMENT),
        "dry_run": dry_run,
    }


def _whys(plan: Plan, fate: Fate) -> list[Item]:
    return [
        {"task_no": f.task.task_no, "circuit_code": f.pair.circuit_code, "customer_code": f.pair.owner.customer_code,
         "why": f.why}
        for f in plan.fates
        if f.fate is fate
    ]  # fmt: skip


def items(
    plan: Plan, messages: Sequence[Message], written: Mapping[str | None, Written], customers: Customers
) -> list[Item]:
    """One per customer, the department's after them; customers of whom something is held or stands are listed too."""
    told = {None if m.code is None else folded(m.code): _told(m, written.get(m.code)) for m in messages}
    for code, held in _held(plan):
        item = told.get(folded(code)) or told.setdefault(folded(code), _nothing(code, customers))
        tasks = item["tasks"]
        assert isinstance(tasks, list)
        tasks.append(held)
    return [told[key] for key in sorted(told, key=lambda key: (key is None, key or ""))]


def _told(message: Message, written: Written | None) -> Item:
    return {
        "customer_code": message.code,
        "customer_name": message.name,
        "change": message.change,
        "tasks": [
            {
                "notice_id": notice.notice_id,
                "task_no": notice.task.name,
                "change": notice.change,
                "sequence": notice.sequence,
                "circuit_codes": notice.circuits or (notice.last.circuit_codes if notice.last else ()),
                "late": notice.late,
            }
            for notice in message.notices
        ],
        "recipients": message.recipients,
        "files": written.paths if written else (),
        "state": "rendered",
    }


def _nothing(code: str, customers: Customers) -> Item:
    customer = customers.by_code(code)
    return {
        "customer_code": customer.code if customer else code,
        "customer_name": customer.name if customer else None,
        "change": None,  # what is held is not compared (D12)
        "tasks": [],
        "recipients": recipients(customer) if customer else (),
        "files": (),
        "state": "held",
    }


def _held(plan: Plan) -> list[tuple[str, Item]]:
    """By customer, one entry per task: what is held, and what stands because it could not be compared."""
    found: dict[tuple[str, str], tuple[str, Item]] = {}
    for fated in (fated for fated in plan.fates if fated.fate is Fate.HELD):
        for code in fated.pair.owner.codes:
            fresh = (code, _entry(fated.task.name, code, fated.why))
            _, entry = found.setdefault((fated.task.name, folded(code)), fresh)
            circuits = entry["circuit_codes"]
            assert isinstance(circuits, list)
            circuits += [fated.pair.circuit_code] if fated.pair.circuit_code else []
    for standing in plan.standing:
        last, whom = standing.last, standing.last.customer_code
        if whom is not None:
            entry = _entry(standing.task.name, whom, standing.why)
            stands = entry | {"circuit_codes": list(last.circuit_codes), "sequence": last.sequence}
            found.setdefault((standing.task.name, folded(whom)), (whom, stands))
    return list(found.values())


def _entry(task_no: str, code: str, why: Say | None) -> Item:
    return {
        "notice_id": notice_id(task_no, code),
        "task_no": task_no,
        "change": None,
        "sequence": None,
        "circuit_codes": [],
        "held": why,
    }


def attributions(tasks: Sequence[Task]) -> Iterator[Problem]:
    """Circuits that went to a customer by the row's name alone (D6): a mistyped code would go the same way."""
    for task in tasks:
        for pair in task.pairs:
            if pair.owner.caution is not None:
                place = pair.row.place("circuit_code")
                yield Problem(pair.owner.caution, place, "circuit_code", pair.circuit_code, severity=Severity.CAUTION)


def cautions(plan: Plan, messages: Sequence[Message], sender: Mapping[str, str]) -> Iterator[Problem]:
    """What a person should know though nothing is held for it (D6, D12)."""
    if any(message.to_render for message in messages) and not (sender.get("unit") and sender.get("phone")):
        says = Say("the notices do not say who sends them and whom to call")
        hint = Say("fill in unit and phone under “sender:” in aftersales.yaml")
        yield Problem(says, hint=hint, severity=Severity.CAUTION)
    if any(message.code is None and not message.recipients for message in messages):
        says = Say("no department with the role 政企客户部 can be reached; its notice has no recipient")
        hint = Say("add it to a departments table with its e-mail or telephone, and name that table under “inputs:”")
        yield Problem(says, hint=hint, severity=Severity.CAUTION)
    for standing in plan.standing:
        who = standing.last.customer_name or Say("the department")
        says = Say("{task}, {who}: {why}", task=standing.task.name, who=who, why=standing.why)
        place: Place | None = standing.task.place
        yield Problem(says, place, severity=Severity.CAUTION)
