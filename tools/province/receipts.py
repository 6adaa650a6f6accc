"""送达回执: what was delivered of the finished work's notices, and some receipts that cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from tools.province import complaints as asking
from tools.province import finished
from tools.province.chance import chance
from tools.province.model import Circuit, Complaint, Receipt, Task
from tools.province.service import Said

REFUSED = "未送达"
CHANNELS = ("电话", "邮件", "短信", "上门", "传真")
PEOPLE = ("值班客户工程师", "客户经理", "客户网络主管", "客户值班员")


def make(
    seed: int, circuits: tuple[Circuit, ...], done: tuple[Task, ...], complaints: tuple[Complaint, ...]
) -> tuple[Receipt, ...]:
    """Each names its circuit, for a customer may have several in one night's work."""
    rng = chance(seed, "receipts")
    owners = {circuit.code: circuit.customer for circuit in circuits}
    wanted = {asked.about: asked.receipt for asked in asking.ASKED}
    said = {one.circuit: wanted.get(one.about, asking.NO_RECEIPT) for one in complaints if one.about in wanted}
    rows = [row for task in done for row in _of_task(rng, task, owners, said)]
    rng.shuffle(rows)
    return (*rows, *_impossible(done, owners))


def _of_task(rng: Random, task: Task, owners: dict[str, str], said: dict[str, str]) -> Iterator[Receipt]:
    for circuit in task.circuits:
        for delivered in _times(rng, task, said.get(circuit, asking.DELIVERED)):
            yield Receipt(task.number, owners[circuit], circuit, delivered, rng.choice(CHANNELS), rng.choice(PEOPLE))


def _times(rng: Random, task: Task, kind: str) -> tuple[Said, ...]:
    told = task.published if isinstance(task.published, datetime) else task.start - timedelta(days=12)
    in_time = told + timedelta(minutes=rng.randrange(15, 300, 5))
    late = task.start + timedelta(minutes=rng.randrange(20, 60))
    said: dict[str, tuple[Said, ...]] = {
        asking.DELIVERED: (in_time,),
        asking.REFUSED: (REFUSED,),
        asking.TOO_LATE: (late,),
        asking.BOTH: (in_time, REFUSED),
    }
    return said.get(kind, ())


def _impossible(done: tuple[Task, ...], owners: dict[str, str]) -> Iterator[Receipt]:
    """Before anything was published, of a task there is not, in the future; of work that nobody complains of."""
    work = next(task for task in done if task.about == finished.CALLED_OFF)
    circuit = work.circuits[-1]
    first = Receipt(
        work.number, owners[circuit], circuit, datetime.fromisoformat("2026-04-02T10:00"), "电话", "客户经理"
    )
    yield first
    yield Receipt(
        "BD2026GZJH000999", owners[circuit], "", datetime.fromisoformat("2026-05-18T15:00"), "邮件", "客户经理"
    )
    yield Receipt(work.number, owners[circuit], circuit, datetime.fromisoformat("2026-07-01T09:00"), "短信", "客户经理")
