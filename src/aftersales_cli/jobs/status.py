"""`cutover status`: from the ledger, who was told what, who has confirmed it, and who should have by now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.report import Report, exit_for
from aftersales_cli.jobs.status_standing import Standing, State, standings
from aftersales_cli.records.events import Change, Delivered
from aftersales_cli.records.folding import folded
from aftersales_cli.records.values import Instant
from aftersales_cli.words import Say

Item = dict[str, object]
CHANGES = (Change.CANCEL, Change.UPDATE, Change.NEW)
"""From the strongest (contract section 5)."""


@dataclass(frozen=True)
class Wishes:
    """Which notices are shown: of these tasks, to these customers, only overdue ones; all where none is named."""

    numbers: Sequence[str] = ()
    customers: Sequence[str] = ()
    overdue: bool = False


@dataclass(frozen=True)
class Outcome:
    """What people are shown: everything asked for; `named` tells that they asked for some by name."""

    standings: tuple[Standing, ...]
    named: bool


def status(desk: Desk, wishes: Wishes) -> Report:
    """Read a snapshot of the ledger; takes no lock, reads no input. `Stop` 2 for a task or customer it has not."""
    with desk.ledger(write=False) as ledger:
        everything = standings(desk, ledger.issued(), ledger.deliveries())
        folders = {str(run.run_id): run.folder for run in ledger.runs()}
    found = _asked(everything, wishes)
    shown = [one for one in found if one.overdue or not wishes.overdue]
    return Report(
        command="cutover status",
        as_of=desk.as_of,
        province=desk.province,
        exit=exit_for(rule=any(one.overdue for one in found)),
        summary=_summary(found),
        items=_items(shown, folders),
        notes=[] if everything else [Say("the ledger has no notices; “aftersales cutover notify” writes them")],
        view=Outcome(tuple(shown), bool(wishes.numbers or wishes.customers)),
    )


def _asked(everything: Sequence[Standing], wishes: Wishes) -> list[Standing]:
    tasks = _known("--task", wishes.numbers, {one.notice.task_no for one in everything})
    codes = _known("--customer", wishes.customers, {one.notice.customer_code or "" for one in everything})
    return [
        one
        for one in everything
        if (not tasks or folded(one.notice.task_no) in tasks)
        and (not codes or folded(one.notice.customer_code or "") in codes)
    ]


def _known(option: str, wanted: Sequence[str], known: Iterable[str]) -> set[str]:
    names = {folded(name): name for name in known}
    for name in wanted:
        if folded(name) not in names:
            near = get_close_matches(name, sorted(names.values()), n=3)
            hint = Say("did you mean {near}?", near=near) if near else None
            message = Say("{option}: the ledger has no notice of “{name}”", option=option, name=name)
            raise Stop(message, hint=hint or Say("“aftersales ledger list” shows what there is"), code=Exit.USAGE)
    return {folded(name) for name in wanted}


def _summary(found: Sequence[Standing]) -> Item:
    states = [one.state for one in found]
    return {
        "customers": len({one.notice.customer_code for one in found if one.notice.customer_code is not None}),
        "notices": len(found),
        **{state.value: states.count(state) for state in State},
        "overdue": sum(one.overdue for one in found),
        "objections": sum(len(one.objections) for one in found),
        "contradicting": sum(one.contradicting for one in found),
    }


def _items(shown: Sequence[Standing], folders: Mapping[str, Path]) -> list[Item]:
    """One per customer by code, the department's last; delivered, where all of its tasks are, by the last receipt."""
    groups: dict[str | None, list[Standing]] = {}
    for one in shown:
        code = one.notice.customer_code
        groups.setdefault(None if code is None else folded(code), []).append(one)
    ordered = sorted(groups.items(), key=lambda group: (group[0] is None, group[0] or ""))
    return [_item(found, folders) for _, found in ordered]


def _item(found: Sequence[Standing], folders: Mapping[str, Path]) -> Item:
    last = max(found, key=lambda one: one.notice.issued_at).notice
    delivered = sorted((one.delivered for one in found if one.delivered is not None), key=_at)
    latest = delivered[-1] if len(delivered) == len(found) else None
    changes = {one.notice.change for one in found}
    files = [folders[one.notice.run] / name for one in found for name in one.notice.files]
    return {
        "customer_code": last.customer_code,
        "customer_name": last.customer_name,
        "change": next((change for change in CHANGES if change in changes), Change.UNCHANGED),
        "tasks": [_task(one) for one in found],
        "recipients": last.recipients,
        "files": list(dict.fromkeys(files)),
        "state": next(state for state in State if any(one.state is state for one in found)),
        "delivered_at": when(latest) if latest else None,
        "confirmed_by": latest.confirmed_by if latest else None,
        "overdue": any(one.overdue for one in found),
    }


def _task(one: Standing) -> Item:
    notice, delivered = one.notice, one.delivered
    return {
        "notice_id": notice.notice_id,
        "task_no": notice.task_no,
        "change": notice.change,
        "sequence": notice.sequence,
        "circuit_codes": notice.circuit_codes,
        "window": {"from": notice.window_start, "to": notice.window_end},
        "issued_at": notice.issued_at,
        "state": one.state,
        "delivered_at": when(delivered) if delivered else None,
        "channel": delivered.channel if delivered else None,
        "confirmed_by": delivered.confirmed_by if delivered else None,
        "confirmed_sequence": one.confirmed_sequence,
        "due": one.due.certain if one.due else None,
        "overdue_since": one.overdue_since,
        "receipts": [receipt_item(each) for each in one.said],
        "objections": [receipt_item(each) for each in one.objections],
        "contradicting": one.contradicting,
        "decisions": [one.decision] if one.decision else [],
    }


def receipt_item(said: Delivered) -> Item:
    """One receipt as scripts get it."""
    return {
        "sequence": said.sequence,
        "delivered": said.delivered_at is not None,
        "delivered_at": when(said),
        "channel": said.channel,
        "confirmed_by": said.confirmed_by,
        "circuit_codes": said.circuit_codes,
        "reply": said.reply,
        "source": said.source,
        "recorded_at": said.recorded_at,
    }


def _at(said: Delivered) -> Instant:
    assert said.delivered_at is not None
    return said.delivered_at


def when(said: Delivered) -> date | datetime | None:
    """When it was delivered: a day where nobody said the hour, None where it was not."""
    at = said.delivered_at
    return None if at is None else at.day if at.whole_day else at.at
