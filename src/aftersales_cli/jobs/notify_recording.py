"""What a notifying run leaves beside its documents: items of the report, the desk's two lists, what the ledger gets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from aftersales_cli.cutover.history import History
from aftersales_cli.cutover.holding import Judged
from aftersales_cli.cutover.notices import Notice, Plan, interruptions, met_by
from aftersales_cli.cutover.telling import Message
from aftersales_cli.documents.cleaning import Cut
from aftersales_cli.files.shelf import Arranged, Joined, Shelf
from aftersales_cli.jobs import notified
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.desk_lists import RECEIPTS, RESULTS, Results, receipts, receipts_list
from aftersales_cli.jobs.evidence_kept import Keeper
from aftersales_cli.jobs.inputs import Inputs
from aftersales_cli.jobs.notify_account import Account
from aftersales_cli.jobs.writing_notices import Folder, Written, not_whole
from aftersales_cli.places import Problem
from aftersales_cli.records.columns import Broken
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.events import Change, Issued
from aftersales_cli.records.folding import folded


class Recording:
    """Takes tasks as they are decided, then messages as they are written; all of it set aside where it is much."""

    def __init__(self, desk: Desk, inputs: Inputs, history: History) -> None:
        self._desk = desk
        self._results = Results(history, inputs.placed)
        self._receipts: Shelf[list[str]] = Shelf()
        self._behind: dict[str, Mapping[str, tuple[str, ...]]] = {}
        self.keeper = Keeper(desk)
        self.issued: Shelf[Issued] = Shelf()

    def decided(self, one: Judged, plan: Plan) -> None:
        """Take a task."""
        self._results.take(one.task, plan)
        self.keeper.take(one, plan)
        self._behind[one.task.name] = self._files_behind(one.task.rows)

    def written(self, message: Message, written: Written) -> None:
        """Take a message whose documents are written."""
        self._receipts.extend(receipts(message))
        self.issued.extend(self._issued(message, notice, written) for notice in message.to_render)

    def lists(self, folder: Folder) -> list[Problem]:
        """Write the desk's two lists; a caution for each text that no cell can hold."""
        cut: list[Cut] = []
        folder.write(RECEIPTS, receipts_list(self._receipts, self._desk.book.vocabularies["channels"].words))
        folder.write(RESULTS, self._results.list(cut))
        return [not_whole(RESULTS, each) for each in cut]

    def _issued(self, message: Message, notice: Notice, written: Written) -> Issued:
        cancelled = notice.last if notice.change is Change.CANCEL else None
        window = notice.task.window.known
        return Issued(
            notice_id=notice.notice_id,
            task_no=notice.task.name,
            customer_code=message.code,
            customer_name=message.name,
            sequence=notice.sequence,
            change=notice.change,
            issued_at=self._desk.as_of,
            published_at=notice.published_at,
            published_said=notice.published_said,
            window_start=cancelled.window_start if cancelled else window.start,
            window_end=cancelled.window_end if cancelled else window.end,
            interruption=cancelled.interruption if cancelled else interruptions(notice.pairs),
            province=cancelled.province if cancelled else notice.task.province.known,
            reason=cancelled.reason if cancelled else notice.task.reason.known,
            circuit_codes=cancelled.circuit_codes if cancelled else notice.circuits,
            collisions=cancelled.collisions if cancelled else met_by(notice.pairs),
            recipients=message.recipients,
            inputs=self._behind[notice.task.name],
            files=written.names,
            despite=dict(notice.despite),
        )

    def _files_behind(self, rows: Sequence[Cutover | Broken]) -> dict[str, tuple[str, ...]]:
        """The files its notices stand on: its rows, the inventory, and the routes where its work is on resources."""
        tables = ["circuits"] + (["routes"] if any(row.value("resources") for row in rows) else [])
        files = {table: tuple(source.name for source in self._desk.inputs(table)) for table in tables}
        return {"cutovers": tuple(dict.fromkeys(row.source.file for row in rows))} | files


@dataclass
class Items:
    """The report's items: one per customer by code, the department's last; and the files, whose folder comes later."""

    account: Account
    inputs: Inputs
    problems: list[Problem] = field(default_factory=list)
    unreached: bool = False
    nobody_there: bool = False
    _items: Shelf[notified.Item] = field(default_factory=Shelf)
    _keys: list[tuple[bool, str]] = field(default_factory=list)
    _files: Shelf[str] = field(default_factory=Shelf)

    def add(self, message: Message, written: Written) -> None:
        """Take a message, written or not."""
        key = folded(message.code) if message.code is not None else None
        held = self.account.held_of(key) if key is not None else ()
        self.problems += written.problems
        self.unreached |= bool(message.to_render) and not message.recipients
        self.nobody_there |= message.code is None and not message.recipients
        self._files.extend(written.names)
        self._put(key, notified.told(message, written.names, held))

    def complete(self) -> None:
        """Add the customers of whom something is held and who have no message."""
        known = {key for _, key in self._keys}
        for code in self.account.customers_held():
            if code not in known:
                self._put(code, notified.held(self.account.held_of(code), self.inputs.ownership.customers))

    def _put(self, key: str | None, item: notified.Item) -> None:
        self._keys.append((key is None, key or ""))
        self._items.append(item)

    def inside(self, folder: Path) -> Sequence[notified.Item]:
        """The items, their files in this folder."""

        def placed(item: notified.Item) -> notified.Item:
            names = item["files"]
            assert isinstance(names, tuple)
            return {**item, "files": [folder / name for name in names]}

        return Arranged(self._items, placed, order=sorted(range(len(self._keys)), key=self._keys.__getitem__))

    def files(self, folder: Path) -> Sequence[Path]:
        """All documents of the customers, and what lies at the top of the run folder, for the desk."""
        return Joined(Arranged(self._files, lambda name: folder / name), [folder / RECEIPTS, folder / RESULTS])
