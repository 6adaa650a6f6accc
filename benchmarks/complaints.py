"""Answers to complaints, with all evidence, beside a pandas script that gives the same answers without any.

The bars, at the full size of 100,000 complaints, 20,000 cutovers and 500,000 circuits (`--scale 1`; the default is a
twentieth): at most 4 × the script in seconds of the processor, as whole processes from the files to the answers; at
most 1 GB; and twice the cutovers change the time per complaint by less than 10 %.

Ours reads and checks every cell, gathers tasks, and answers each complaint with its nine facts, their cells and places,
and the eight decisions with their clauses, all looked at. The script (`merging.py` beside this file) is one that a good
user would write: merged by circuit, filtered by time, one function applied to each row. Both are given the same files,
run in turns, and their answers and the rules they cite are compared and must be equal. The time per complaint is the
processor's, of matching and answering alone; with twice the cutovers the complaints stay the same.

The data is invented, made anew for each scale in a cache folder outside the repository.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple

MOST, MOST_GB, MOST_CHANGE, FULL = 4.0, 1.0, 0.10, 1.0
COMPLAINTS, CUTOVERS, CIRCUITS, CUSTOMERS, PERIODS = 100_000, 20_000, 500_000, 5_000, 40
A_TASK = 3
"""Circuits of a cutover."""
AS_OF = datetime.fromisoformat("2026-11-30T09:00+08:00")
FIRST = datetime.fromisoformat("2026-02-02")
NIGHTS = 280
SCRIPT = Path(__file__).with_name("merging.py")


def main() -> int:
    """Print the table; 1 where a bar is crossed or an answer differs."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--scale", type=float, default=0.05, help="of the full size (default: 0.05)")
    arguments.add_argument("--runs", type=int, default=3, help="of each, interleaved (default: 3)")
    arguments.add_argument("--folder", type=Path, default=Path.home() / ".cache" / "aftersales-benchmarks",
                           help="where the data is made (default: %(default)s)")  # fmt: skip
    arguments.add_argument("--ours", type=Path, help=argparse.SUPPRESS)
    arguments.add_argument("--cutovers", action="append", default=[], help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.ours:
        answered(given.ours, given.cutovers)
        return 0
    folder = given.folder / f"complaints-{given.scale:g}"
    if not (folder / "complaints.csv").exists():
        folder.mkdir(parents=True, exist_ok=True)
        generate(folder, given.scale)
    ours = [sys.executable, __file__, "--ours", str(folder), "--cutovers", "cutovers.csv"]
    commands = {"ours": ours, "twice": [*ours, "--cutovers", "more.csv"],
                "script": [sys.executable, str(SCRIPT), str(folder)]}  # fmt: skip
    took: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(given.runs):
        for name in ("ours", "script", "twice"):
            took[name].append(timed(commands[name]))
            if name == "script":
                differing = compared(folder)
    return shown(given.scale, took, differing)


# the data


def generate(folder: Path, scale: float) -> None:
    """All tables; every fact is now and then unknown, and every answer occurs."""
    rng = Random(f"complaints {scale}")
    circuits = [(f"沪京30N{n:06}NP", f"K{n % CUSTOMERS:05}") for n in range(int(CIRCUITS * scale))]
    written(folder / "circuits.csv", ("电路代号", "客户编码"), circuits)
    people = [(f"K{n:05}", f"示例客户{n:05}有限公司", "省级", "上海", f"021-{50000000 + n}") for n in range(CUSTOMERS)]
    written(folder / "customers.csv", ("客户编码", "客户名称", "客户级别", "总部所在地", "联系电话"), people)
    headings = ("割接任务号", "割接类别", "割接时间", "中断类型", "割接省", "割接原因分类", "电路代号", "填报时间",
                "发布时间", "实际开始时间", "实际结束时间")  # fmt: skip
    tasks = [task(rng, n, rng.sample(circuits, A_TASK)) for n in range(int(2 * CUTOVERS * scale))]
    half = len(tasks) // 2
    written(folder / "cutovers.csv", headings, (row for one in tasks[:half] for row in one.rows()))
    written(folder / "more.csv", headings, (row for one in tasks[half:] for row in one.rows()))
    written(folder / "receipts.csv", ("割接任务号", "客户编码", "送达时间", "送达方式", "确认人"),
            (row for one in tasks[:half] for row in delivered(rng, one)))  # fmt: skip
    starts = (FIRST + timedelta(days=rng.randrange(NIGHTS)) for _ in range(PERIODS))
    written(folder / "assurances.csv", ("客户编码", "重保级别", "重保开始时间", "重保结束时间"),
            (period(rng, start) for start in starts))  # fmt: skip
    asked = (complaint(rng, n, rng.choice(tasks[:half]), circuits) for n in range(int(COMPLAINTS * scale)))
    written(folder / "complaints.csv", ("申告编号", "客户编码", "电路代号", "申告时间", "中断开始时间", "恢复时间",
                                        "查实原因", "割接任务号"), asked)  # fmt: skip


class Task(NamedTuple):
    """One cutover of the data: its cells, its circuits with their owners, when it was published and worked at."""

    cells: tuple[str, ...]
    circuits: list[tuple[str, str]]
    start: datetime
    end: datetime
    times: tuple[str, ...]

    def rows(self) -> Iterator[tuple[str, ...]]:
        """A row for each circuit."""
        return ((*self.cells, code, *self.times) for code, _ in self.circuits)


def task(rng: Random, n: int, circuits: list[tuple[str, str]]) -> Task:
    """A night's work of four hours."""
    start = FIRST + timedelta(days=rng.randrange(NIGHTS))
    end = start + timedelta(hours=4)
    category = rng.choices(("计划", "临时", "紧急"), (90, 7, 3))[0]
    letters = {"计划": "JH", "临时": "LS", "紧急": "JJ"}[category]
    kind = rng.choices(("中断: 30分钟", "瞬断: 小于5分钟", "不中断"), (80, 10, 10))[0]
    published = start - timedelta(days=rng.choice((3, 12, 14, 16, 20, 25)), hours=rng.randrange(-17, -8))
    filed = published - timedelta(days=1)
    began, ended = start + timedelta(minutes=rng.randrange(30)), start + timedelta(minutes=rng.randrange(60, 260))
    times = (
        *(rng.choices((moment(filed), "", "未填报"), (80, 17, 3))[0],),
        *(rng.choices((moment(published), "", "未发布"), (93, 5, 2))[0],),
        *((moment(began), moment(ended)) if rng.random() < 0.8 else ("", "")),
    )
    window = f"{start:%Y%m%d %H:%M:%S}/{end:%Y%m%d %H:%M:%S}"
    cells = (f"BD2026SH{letters}{n:06}", category, window, kind, "上海", "外力施工")
    return Task(cells, circuits, start, end, times)


def delivered(rng: Random, one: Task) -> Iterator[tuple[str, ...]]:
    """Receipts of most of its customers: in time, late, refused, or both."""
    for owner in dict.fromkeys(owner for _, owner in one.circuits):
        at = moment(one.start + timedelta(hours=rng.choice((-200, -150, -100, -30, 2))))
        said = rng.choices(([at], [], ["未送达"], [at, "未送达"]), (86, 7, 5, 2))[0]
        yield from ((one.cells[0], owner, cell, "电话", "示例") for cell in said)


def period(rng: Random, start: datetime) -> tuple[str, ...]:
    """Nine days under assurance."""
    level = rng.choice(("特级", "一级", "二级", "三级"))
    return f"K{rng.randrange(CUSTOMERS):05}", level, moment(start), moment(start + timedelta(days=9))


def complaint(rng: Random, n: int, about: Task, circuits: list[tuple[str, str]]) -> tuple[str, ...]:
    """A complaint about a cutover, or in one case of twenty about a circuit that none may have touched."""
    code, owner = rng.choice(circuits if rng.random() < 0.05 else about.circuits)
    began = about.start + timedelta(minutes=rng.randrange(-20, 200))
    restored = began + timedelta(minutes=rng.randrange(5, 90))
    reported = began + timedelta(minutes=rng.randrange(5, 400))
    cause = rng.choices(("割接", "其他", "", "未查实", "未填报割接"), (86, 6, 3, 3, 2))[0]
    number = about.cells[0] if (code, owner) in about.circuits and cause == "割接" and rng.random() < 0.2 else ""
    back = rng.choices((moment(restored), "", "未恢复"), (92, 5, 3))[0]
    begins = moment(began) if rng.random() < 0.95 else ""
    return f"S{n:06}", owner, code, moment(reported), begins, back, cause, number


def moment(at: datetime) -> str:
    """As cells have it."""
    return f"{at:%Y-%m-%d %H:%M}"


def written(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """One table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headings, *rows])


# ours


def answered(folder: Path, cutovers: Sequence[str]) -> None:
    """Answer the complaints of a folder into `ours.csv`; on stderr the peak and the seconds of the answers alone."""
    from aftersales_cli.complaint.answering import Answered, answer_all
    from aftersales_cli.complaint.answering import Desk as Answers
    from aftersales_cli.complaint.received import Receipts
    from aftersales_cli.cutover.gathering import Gatherer
    from aftersales_cli.files.garbage import no_collection
    from aftersales_cli.jobs.desk import Desk, Given
    from aftersales_cli.jobs.inputs import read_inputs
    from aftersales_cli.records.complaints import Complaint
    from aftersales_cli.records.receipts import Receipt
    from aftersales_cli.workspace import Workspace

    names = {"circuits": ("circuits.csv",), "customers": ("customers.csv",), "assurances": ("assurances.csv",),
             "receipts": ("receipts.csv",), "complaints": ("complaints.csv",), "cutovers": tuple(cutovers)}  # fmt: skip
    files = {table: tuple(str(folder / name) for name in each) for table, each in names.items()}
    desk = Desk(Workspace(root=folder), AS_OF, given=Given(files))
    with no_collection():  # as the jobs do: all of it is kept
        inputs = read_inputs(desk)
        with desk.reader() as confined:
            complaints = desk.read(Complaint.TABLE, confined)
            receipts = desk.read(Receipt.TABLE, confined)
        gatherer = Gatherer(AS_OF, inputs.ownership, desk.book.vocabularies, inputs.protections)
        tasks = gatherer.tasks(inputs.rows)
        received = Receipts(receipts.records, receipts.broken)
    ground = Answers(desk.book, desk.workdays, desk.book.vocabularies, inputs.ownership, AS_OF, receipts=received)
    count = evidence = 0
    began = process_time()
    with no_collection(), (folder / "ours.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(("申告编号", "答复", "口径"))
        for one in answer_all(complaints.records, tasks, ground):
            if not count:  # from here on: the index of the cutovers has been made
                began = process_time()
            count += 1
            assert isinstance(one, Answered), one.problem.message
            evidence += sum(len(fact.evidence) for fact in one.facts.values()) + len(one.decisions) + len(one.missing)
            out.writerow((one.complaint.complaint_no, one.answer, one.primary))
    print("answers", process_time() - began, count, evidence, file=sys.stderr)
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print("peak", sum(peaks) / 1e6, file=sys.stderr)


# both


class Run(NamedTuple):
    """One process: seconds by the clock and of the processor, GB, and of ours the processor's for the answers."""

    wall: float
    cpu: float
    peak: float
    answers: float
    answered: int


def timed(command: Sequence[str]) -> Run:
    """One whole process with its children."""
    before, began = os.times(), perf_counter()
    done = subprocess.run(command, env=os.environ | {"PYTHONUTF8": "1"}, stderr=subprocess.PIPE, text=True, check=False)
    wall, after = perf_counter() - began, os.times()
    if done.returncode:
        raise SystemExit(done.stderr)
    said = {line.split()[0]: line.split()[1:] for line in done.stderr.splitlines() if line.strip()}
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    answers = said.get("answers", ["0", "0"])
    return Run(wall, cpu, float(said["peak"][0]), float(answers[0]), int(answers[1]))


def compared(folder: Path) -> list[tuple[object, ...]]:
    """Complaints that the two answer otherwise."""
    ours, theirs = ({row[0]: tuple(row[1:]) for row in rows(folder / name)} for name in ("ours.csv", "theirs.csv"))
    return [(number, ours.get(number), theirs.get(number))
            for number in ours.keys() | theirs.keys() if ours.get(number) != theirs.get(number)]  # fmt: skip


def rows(path: Path) -> list[list[str]]:
    """All rows of a table, its headings among them."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def shown(scale: float, took: dict[str, list[Run]], differing: list[tuple[object, ...]]) -> int:
    """The table; 1 where a bar is crossed."""
    runs, count = len(took["ours"]), took["ours"][0].answered
    print(f"{count} complaints, medians of {runs} interleaved runs, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} "
          "cores")  # fmt: skip
    wall, cpu = (median(o[n] / s[n] for o, s in zip(took["ours"], took["script"], strict=True)) for n in (0, 1))
    for name, heading in {"ours": "ours, all evidence", "script": "the pandas script, no evidence"}.items():
        each = took[name]
        figures = [median(run[n] for run in each) for n in range(3)]
        print(f"{heading:<32}{figures[0]:8.2f} s{figures[1]:8.2f} s cpu{max(run.peak for run in each):8.2f} GB")
    print(f"{'ratio':<32}{wall:8.2f} × {cpu:8.2f} × of the processor")
    one, two = (min(run.answers / (run.answered - 1) for run in took[name]) for name in ("ours", "twice"))
    change = two / one - 1
    print(f"a complaint: {one * 1e6:.0f} µs of the processor; with twice the cutovers {two * 1e6:.0f} ({change:+.1%})")
    print(f"answers: {differing[:4]} differ ({len(differing)})" if differing else "the answers are equal")
    peak = max(run.peak for run in took["ours"])
    crossed = cpu > MOST or peak > MOST_GB or abs(change) >= MOST_CHANGE
    return int(bool(differing) or (scale >= FULL and crossed))


if __name__ == "__main__":
    raise SystemExit(main())
