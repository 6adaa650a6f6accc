"""The two lists a run leaves for the desk itself: receipts to fill in, and the input rows with what became of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from aftersales_cli.cutover.history import History, since_cancel
from aftersales_cli.cutover.notices import Fate, Fated, Notice, Plan, names
from aftersales_cli.cutover.task import Task
from aftersales_cli.cutover.telling import Message
from aftersales_cli.documents.cleaning import LONGEST_CELL, Cut
from aftersales_cli.documents.lists import Column, table_workbook
from aftersales_cli.files.shelf import Arranged, Shelf
from aftersales_cli.records.columns import Broken, Source
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.events import Change
from aftersales_cli.records.folding import folded, folded_circuit
from aftersales_cli.records.values import Instant
from aftersales_cli.words import Say

RECEIPTS, RESULTS = "回执登记表.xlsx", "发布结果.xlsx"
BECAME = {
    Fate.NOTIFIED: "已通知",
    Fate.DEPARTMENT: "已转政企客户部",
    Fate.EXEMPT: "免通知",
    Fate.HELD: "扣下",
}

Row = Cutover | Broken


def receipts_list(rows: Sequence[Sequence[str]], channels: Sequence[str]) -> bytes:
    """The notices that went to customers, as `receipts` has them, in the receipts table's columns; the desk fills in
    the tinted."""
    columns = (
        Column("割接任务号"),
        Column("客户编码"),
        Column("客户名称"),
        Column("送达时间", to_fill_in=True),
        Column("送达方式", tuple(channels), to_fill_in=True),
        Column("确认人", to_fill_in=True),
        Column("notice_id"),
        Column("sequence"),
        Column("电路代号"),
    )
    return table_workbook("送达回执", columns, rows)


def receipts(message: Message) -> Iterator[list[str]]:
    """A row for each new notice of a customer; none for the department's."""
    for notice in message.to_render if message.customer else ():
        codes = "; ".join(notice.circuits or (notice.last.circuit_codes if notice.last else ()))
        circuits = codes if len(codes) <= LONGEST_CELL else ""  # blank means all of the notice; half a list would not
        id_, number = notice.notice_id, str(notice.sequence)
        yield [notice.task.name, message.code or "", message.name, "", "", "", id_, number, circuits]


class Results:
    """The rows this run decided on, as they were read, with 发布时间 where someone was told, and 通知情况.

    They are taken task by task; the list has them as they stand in the files, which `placed` tells.
    """

    def __init__(self, history: History, placed: Callable[[Source], tuple[object, ...]]) -> None:
        self._history, self._placed = history, placed
        self._lines: Shelf[list[str]] = Shelf()
        self._places: list[tuple[object, ...]] = []

    def take(self, task: Task, plan: Plan) -> None:
        """The rows of one task."""
        results = _Results(plan, self._history)
        for row in task.rows:
            line = results.line(row)
            if line is not None:
                self._places.append(self._placed(row.source))
                self._lines.append(line)

    def list(self, cut: list[Cut]) -> bytes:
        """The workbook; `cut` gets what no cell can hold."""
        columns = [*(Column(column.heading) for column in Cutover.TABLE.columns), Column("通知情况")]
        order = sorted(range(len(self._places)), key=self._places.__getitem__)
        return table_workbook("割接发布结果", columns, Arranged(self._lines, order=order), cut)


@dataclass(frozen=True, slots=True)
class _Counted:
    """A publication that counts for a row, and whether a cell said it."""

    at: datetime
    said: bool


class _Results:
    """What became of each row of a task: by the row itself, or by its circuit where another row speaks for the pair."""

    def __init__(self, plan: Plan, history: History) -> None:
        self._history = history
        self._notices = {(n.task.name, _key(n.customer.code if n.customer else None)): n for n in plan.notices}
        self._fates: dict[int, list[Fated]] = {}
        for fated in plan.fates:
            for row in fated.pair.rows:
                self._fates.setdefault(id(row), []).append(fated)
        self._others = {_place(f.task.name, f.pair.circuit_code): f for f in plan.fates if f.pair.circuit_code}

    def line(self, row: Row) -> list[str] | None:
        """The row of the list; None for a row this run did not decide on."""
        fates = self._fates.get(id(row)) or self._by_circuit(row)
        if not fates:
            return None
        cells = {column.key: _as_read(row, column.key) for column in Cutover.TABLE.columns}
        counted = max(filter(None, map(self._counted, fates)), key=lambda found: found.at, default=None)
        cells["published_at"] = _published(row, counted) or cells["published_at"]
        return [*cells.values(), "；".join(dict.fromkeys(map(_became, fates)))]

    def _by_circuit(self, row: Row) -> list[Fated]:
        task, circuit = row.fact("task_no").value, row.fact("circuit_code").value
        found = self._others.get(_place(task, circuit)) if task and circuit else None
        return [found] if found else []

    def _counted(self, fated: Fated) -> _Counted | None:
        told = self._told(fated)
        if told is not None and not fated.pair.cancelled and told.change is not Change.CANCEL:
            return _Counted(told.published_at, told.published_said)
        if told is not None and told.last is not None:
            return _Counted(told.last.published_at, told.last.published_said)
        return self._before(fated)

    def _told(self, fated: Fated) -> Notice | None:
        """The notice of this run that speaks of the pair."""
        match fated.fate:
            case Fate.NOTIFIED:
                return self._notices.get((fated.task.name, _key(fated.pair.owner.customer_code)))
            case Fate.DEPARTMENT:
                return self._notices.get((fated.task.name, None))
            case _:
                return None

    def _before(self, fated: Fated) -> _Counted | None:
        """The publication of an earlier run that still stands for this window."""
        window = fated.task.window.value
        if window is None:
            return None
        told = [self._history.of(fated.task.task_no, code) for code in (*fated.pair.owner.codes, None)]
        stands = [notice for notices in told for notice in since_cancel(notices) if names(notice, fated.pair)]
        same = [n for n in stands if (n.window_start, n.window_end) == (window.start, window.end)]
        return _Counted(same[-1].published_at, same[-1].published_said) if same else None


def _key(code: str | None) -> str | None:
    return None if code is None else folded(code)


def _place(task_no: str, circuit: str) -> tuple[str, str]:
    return folded(task_no), folded_circuit(circuit)


def _published(row: Row, counted: _Counted | None) -> str | None:
    """What 发布时间 is to say; None where the cell stays as it is: what a person wrote and what counts is one thing."""
    cell = row.fact("published_at").value
    if counted is None or (isinstance(cell, Instant) and counted.said):
        return None
    return str(Instant(counted.at))


def _became(fated: Fated) -> str:
    why = fated.why if fated.fate in (Fate.EXEMPT, Fate.HELD) else None
    return f"{BECAME[fated.fate]}：{_chinese(why)}" if why else BECAME[fated.fate]


def _chinese(why: Say) -> str:
    """The desk's lists are in Chinese, as their headings are, whatever the language of the talk."""
    return why.to("zh")


def _as_read(row: Row, field: str) -> str:
    """The cell in the form its column takes again; one that could not be read as it was found."""
    if isinstance(row, Broken) and field in row.problems:
        return row.problems[field].found or ""
    value = row.values.get(field) if isinstance(row, Broken) else getattr(row, field)
    return "; ".join(_texts(value))


def _texts(value: object) -> Iterator[str]:
    match value:
        case None:
            return
        case tuple():
            for part in value:
                yield from _texts(part)
        case Enum():
            yield str(value.value)
        case _:
            yield str(value)
