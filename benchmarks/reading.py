"""A workbook of 100,000 × 12 cells as validated records, beside two readers that merely iterate it.

The bar: at least 2 × as fast as openpyxl (read-only), at most 4 × as slow as python-calamine. Ours is `read_table`:
the workbook is opened in the confined child, its values are sent over, parsed and bound, each record knowing its row.
The child is running already, as it is in a run; the other two read in this process. The data is invented and the same
each time: cutovers, twelve columns, every cell filled.
"""

from __future__ import annotations

import argparse
import gc
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook

from aftersales_cli import library
from aftersales_cli.files.confined import Confined
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.rules.book import load_book
from aftersales_cli.tables.limits import Limits
from aftersales_cli.tables.reading import OPENER, Input, read_table

LEAST, MOST = 2.0, 4.0
ROWS = 100_000
HEADINGS = (
    *("割接任务号", "割接时间", "中断类型", "割接省", "割接原因分类", "电路代号"),
    *("客户名称", "割接资源", "影响范围", "发布时间", "填报时间", "状态"),
)


def main() -> int:
    """Print the table; 1 where a bar is crossed."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--scale", type=float, default=0.2, help="of the 100,000 rows (default: 0.2)")
    arguments.add_argument("--runs", type=int, default=3, help="of each, interleaved (default: 3)")
    given = arguments.parse_args()
    rows = int(ROWS * given.scale)
    with tempfile.TemporaryDirectory() as folder, Confined(preload=(OPENER,)) as child:
        path = Path(folder) / "cutovers.xlsx"
        generate(path, rows)
        readers: dict[str, Callable[[], int]] = {
            "python-calamine, iterated": lambda: iterated_by_calamine(path),
            "openpyxl read-only, iterated": lambda: iterated_by_openpyxl(path),
            "aftersales, validated records": lambda: recorded(path, child, rows),
        }
        times: dict[str, list[float]] = {name: [] for name in readers}
        for _ in range(given.runs):
            for name, read in readers.items():
                gc.collect()
                began = perf_counter()
                assert read() == rows + (0 if name.startswith("aftersales") else 1)
                times[name].append(perf_counter() - began)
    return shown({name: median(taken) for name, taken in times.items()}, rows, given.runs)


def generate(path: Path, rows: int) -> None:
    """Twelve columns, all filled, as a carrier's system exports them."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("割接")
    sheet.write_row(0, 0, HEADINGS)
    for n in range(rows):
        day, hour = 1 + n % 28, n % 6
        sheet.write_row(n + 1, 0, [
            f"JT2026SHJH{n:06}", f"202606{day:02} {hour:02}:00:00/202606{day:02} 06:30:00", f"中断: {10 + n % 50}分钟",
            "上海", "外力施工", f"沪京30N{n:06}NP", f"示例客户{n % 5000:04}有限公司", f"OTN-{n:06}/1",
            f"第{n % 99}段光缆", "2026-05-20 09:00:00", "2026-05-18 17:30:00", "计划",
        ])  # fmt: skip
    book.close()


def iterated_by_calamine(path: Path) -> int:
    """Rows seen."""
    return sum(1 for _ in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())


def iterated_by_openpyxl(path: Path) -> int:
    """Rows seen."""
    book = openpyxl.load_workbook(path, read_only=True)
    seen = sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))
    book.close()
    return seen


def recorded(path: Path, child: Confined, rows: int) -> int:
    """Records made."""
    words = load_book([library.content("rulebook")]).vocabularies
    limits = Limits(rows=rows + 10)
    found = read_table(
        [Input("cutovers", path.name, path)], Cutover.TABLE, confined=child, vocabularies=words, limits=limits
    )
    return len(found.records)


def shown(seconds: dict[str, float], rows: int, runs: int) -> int:
    """The table; 1 where a bar is crossed."""
    calamine, openpyxls, ours = seconds.values()
    load = os.getloadavg()[0]
    print(
        f"{rows} × {len(HEADINGS)} cells, medians of {runs} interleaved runs, load {load:.1f} on {os.cpu_count()} cores"
    )
    for name, taken in seconds.items():
        print(
            f"{name:<32}{taken:8.2f} s{taken / calamine:8.2f} × calamine{openpyxls / taken:8.2f} × as fast as openpyxl"
        )
    return int(openpyxls < LEAST * ours or ours > MOST * calamine)


if __name__ == "__main__":
    raise SystemExit(main())
