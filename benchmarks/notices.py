"""Notices for a night's customers beside a good user's script: form, letter, short message, .ics, .eml, and a ledger.

The bar: 10,000 customers at least 4 × as fast as the script (aim: 8 ×); 100,000 within 400 MB, children included. The
script is in `script.py` beside this file, one process as a user's would be, and is timed on a sample (`--sample`), its
own start taken off, then scaled. Both are given the same tables and the same templates; of the sample's customers form
cells, letters, short messages, calendar properties and mail parts are compared, and must be equal. What only we do
(rules, accounting, read-back of mails and calendars, manifest, flush to the disk) is in our time.

Memory is the resident size of the process and all its children, added up every 50 ms, so that pages they share count
more than once; Linux only. The data is invented, made anew for each run, and deleted.
"""

from __future__ import annotations

import argparse
import csv
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from time import perf_counter, sleep

import icalendar
import openpyxl

LEAST, MOST_MB, FULL = 4.0, 400, 10_000
AS_OF = "2026-06-01T09:00"
TASK_ROWS = 100
OURS = "from aftersales_cli.cli.main import run; run()"
SCRIPT = Path(__file__).with_name("script.py")
SETTINGS = """\
province: 上海
language: zh
sender: {unit: 示例网运部, name: 值班, phone: 021-10000, email: desk@carrier.example}
inputs: {cutovers: cutovers.csv, customers: customers.csv, circuits: circuits.csv}
"""


def main() -> int:
    """Print the table; 1 where a bar is crossed or a document differs."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--customers", type=int, default=1000, help="of the run (default: 1000; the bar: 10000)")
    arguments.add_argument("--sample", type=int, default=100, help="that the script is timed on (default: 100)")
    arguments.add_argument("--runs", type=int, default=1, help="of each, interleaved (default: 1)")
    arguments.add_argument("--alone", action="store_true", help="measure only ours: for 100000 customers")
    arguments.add_argument("--folder", help="where the data is made (default: the system's temporary folder)")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as made:
        folder = Path(made)
        generate(folder, given.customers)
        ours: list[Taken] = []
        theirs: list[Taken] = []
        again: list[Taken] = []
        for _ in range(given.runs):
            ours.append(timed(folder, [sys.executable, "-c", OURS, "-q", "--as-of", AS_OF, "cutover", "notify"]))
            if not given.alone:
                theirs.append(scripted(folder, given, "each"))
                again.append(scripted(folder, given, "reused"))
        return shown(given, ours, theirs, again) | (0 if given.alone else compared(folder, given.sample))


def generate(folder: Path, customers: int) -> None:
    """A circuit for each customer, three for every fifth; a hundred rows to a task."""
    folder.joinpath("aftersales.yaml").write_text(SETTINGS, "utf-8")
    heads = {
        "customers": ["客户编码", "客户名称", "客户级别", "总部所在地", "售后联系人", "联系电话", "联系邮箱"],
        "circuits": ["电路代号", "客户编码", "速率"],
        "cutovers": ["割接任务号", "割接时间", "中断类型", "割接省", "割接原因分类", "电路代号"],
    }
    people = [(f"K{i:06}", f"示例客户{i:06}有限公司", "省级", "上海", f"联系人{i:06}", f"021-{50000000 + i}",
               f"noc{i}@customer{i}.example") for i in range(customers)]  # fmt: skip
    lines = [(f"沪京30N{i:06}{part}NP", f"K{i:06}", "2M") for i in range(customers)
             for part in ("ABC" if i % 5 == 0 else "A")]  # fmt: skip
    rows = [(f"BD2026SHJH{n // TASK_ROWS:06}", f"20260615 {n // TASK_ROWS % 6:02}:00:00/20260615 06:30:00",
             f"中断: {10 + n // TASK_ROWS % 5 * 10}分钟", "上海", "外力施工", code)
            for n, (code, _, _) in enumerate(lines)]  # fmt: skip
    for name, content in (("customers", people), ("circuits", lines), ("cutovers", rows)):
        with folder.joinpath(f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([heads[name], *content])


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds by the clock and of the processor, and the peak in MB, of a process and its children."""

    seconds: float
    cpu: float
    peak: float


def scripted(folder: Path, given: argparse.Namespace, forms: str) -> Taken:
    """What the script takes for all customers, from what it takes for the sample and for none."""
    command = [sys.executable, str(SCRIPT), AS_OF, forms]
    nothing = timed(folder, [*command, "0"])
    sample = timed(folder, [*command, str(given.sample)])
    times = given.customers / given.sample
    seconds = nothing.seconds + (sample.seconds - nothing.seconds) * times
    return Taken(seconds, nothing.cpu + (sample.cpu - nothing.cpu) * times, sample.peak)


def timed(folder: Path, command: Sequence[str]) -> Taken:
    """What a whole process takes; what an earlier one left is taken away before."""
    for old in ("theirs", "theirs.sqlite3") if str(SCRIPT) in command else ("out", "ledger.sqlite3"):
        subprocess.run(["rm", "-rf", str(folder / old)], check=True)
    before, began = os.times(), perf_counter()
    with subprocess.Popen(command, cwd=folder, env=os.environ | {"PYTHONUTF8": "1"}, stdout=subprocess.DEVNULL) as done:
        peak = 0.0
        while done.poll() is None:
            peak = max(peak, sum(resident(one) for one in family(done.pid)))
            sleep(0.05)
    if done.returncode:
        raise SystemExit(f"{command} ended with {done.returncode}")
    seconds, after = perf_counter() - began, os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Taken(seconds, used, peak)


def family(process: int) -> Iterator[int]:
    """A process and its children's children."""
    yield process
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from family(int(child))


def resident(process: int) -> float:
    """Resident megabytes; 0 where it has ended."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except (OSError, IndexError):
        return 0.0


def shown(given: argparse.Namespace, ours: list[Taken], theirs: list[Taken], again: list[Taken]) -> int:
    """The table; 1 where a bar is crossed."""
    load = os.getloadavg()[0]
    print(f"{given.customers} customers, medians of {given.runs}, load {load:.1f} on {os.cpu_count()} cores")
    mine, crossed = middle(ours), False
    rows = {"aftersales cutover notify": ours, "the script, its form opened for each": theirs, "… opened once": again}
    for name, found in rows.items():
        if not found:
            continue
        one = middle(found)
        ratios = f"{one.seconds / mine.seconds:6.1f} × by the clock{one.cpu / mine.cpu:6.1f} × of the processor"
        figures = f"{one.seconds:8.1f} s{one.cpu:8.1f} s cpu{given.customers / one.seconds:7.0f} /s{one.peak:6.0f} MB"
        print(f"{name:<38}{figures}{ratios}")
        crossed |= given.customers >= FULL and found is theirs and one.seconds < LEAST * mine.seconds
    return int(crossed or (given.customers >= FULL and mine.peak > MOST_MB))


def middle(found: list[Taken]) -> Taken:
    """The median by the clock."""
    return sorted(found, key=lambda one: one.seconds)[len(found) // 2]


def compared(folder: Path, sample: int) -> int:
    """Say what differs between the sample's documents and ours; 1 where something does."""
    (run,) = folder.joinpath("out").iterdir()
    differing = []
    for own in sorted(folder.joinpath("theirs").iterdir())[:sample]:
        pairs = ((path, run / own.name / path.name) for path in sorted(own.iterdir()))
        differing += [f"{path.name}: {what}" for path, other in pairs for what in differences(path, other)]
    print(f"documents of {sample} customers compared:", differing[:5] or "equal")
    return int(bool(differing))


def differences(theirs: Path, ours: Path) -> Iterator[str]:
    """Where two documents of one name say something else."""
    if not ours.exists():
        yield "not among ours"
        return
    says = {".xlsx": cells, ".ics": properties, ".eml": parts}.get(theirs.suffix, Path.read_text)
    if says(theirs) != says(ours):
        yield f"{says(theirs)!r:.600} and {says(ours)!r:.600}"


def cells(path: Path) -> object:
    """All values of a form, and its merged cells."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    values = [(cell.coordinate, cell.value) for row in sheet for cell in row if cell.value not in (None, "")]
    return sheet.title, values, sorted(map(str, sheet.merged_cells.ranges))


def properties(data: Path | bytes) -> object:
    """All properties of a calendar's event, and its method."""
    calendar = icalendar.Calendar.from_ical(data if isinstance(data, bytes) else data.read_bytes())
    (event,) = calendar.events
    said = []
    for name, value in event.property_items(recursive=False):
        text = value if isinstance(value, bytes) else value.to_ical()  # type: ignore[attr-defined]
        said.append((name, text.decode().replace("\\", ""), sorted(getattr(value, "params", {}).items())))
    return str(calendar["METHOD"]), sorted(said)


def parts(path: Path) -> object:
    """Subject, people, and each part of a mail with its text; of forms the name."""
    mail = message_from_bytes(path.read_bytes(), policy=default)
    said: list[object] = [str(mail[name]) for name in ("From", "To", "Subject")]
    for part in mail.walk():
        if part.get_content_type() == "text/calendar":
            said.append(properties(part.get_payload(decode=True)))  # type: ignore[arg-type]
        elif part.get_content_maintype() == "text":
            said.append((part.get_content_type(), str(part.get_content()).replace("\r\n", "\n").rstrip("\n")))
        elif not part.is_multipart():
            said.append((part.get_content_type(), part.get_filename()))
    return said


if __name__ == "__main__":
    raise SystemExit(main())
