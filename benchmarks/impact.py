"""The impact of a night's cutovers on a nation's circuits, beside a bare DuckDB query that gives the same answer.

The bar: `aftersales cutover impact --json > file`, as a whole command, takes at most 1.5 × the bare query, and 1.5 GB
(the peaks of the command and of its children together).

The bare query is one SQL statement that a good user would write: tasks joined with hops by resource, the paths of what
is hit, the declared impact where it is worse, two tasks at the same time that cut both paths, the inventory's owner and
the customer's name, written as JSON. Codes and resources are compared as the product compares them: capitals, blanks,
full-width letters and, in circuit codes, hyphens do not count. Shown beside it: the query without full width, and the
query that compares cells as they stand, which misses every circuit that is spelt another way. None of them counts
lines, looks for broken rows or says where something stood. The answers are compared.

The full size is 10 million circuits, 80 million hops and 50,000 cutover rows (`--scale 1`); the default is a fiftieth.
The data is made once for each scale, in a cache folder outside the repository.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

import duckdb

MOST, MOST_GB = 1.5, 1.5
CIRCUITS, ROWS, CUSTOMERS = 10_000_000, 50_000, 2_000
SETTINGS = "SET threads = 2; SET memory_limit = '1GB'; SET preserve_insertion_order = {order};"
CITY = "['北京', '上海', '广州', '深圳', '成都', '武汉', '西安', '南京'][1 + (hash({n}) % 8)::INTEGER]"
CODE = f"{CITY.format(n='i')} || {CITY.format(n='i + 7')} || '30N' || lpad(i::VARCHAR, 8, '0') || 'NP'"
RESOURCE = "'OTN-' || lpad((hash({seed}) % {resources})::VARCHAR, 7, '0') || '/' || (1 + hash({seed} + 1) % 8)"
OURS = """\
import resource, sys
from aftersales_cli.cli.main import run
try:
    run()
finally:
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print("peak", sum(peaks) / 1e6, file=sys.stderr)
"""
BARE = """\
import resource, sys
import duckdb
connection = duckdb.connect(":memory:")
for statement in sys.argv[1].split(";"):
    connection.execute(statement)
connection.execute("COPY (" + sys.argv[2] + ") TO '" + sys.argv[3] + "' (FORMAT json, ARRAY true)")
print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, file=sys.stderr)
"""
WIDE = "".join(map(chr, range(0xFF01, 0xFF5F))) + "\u3000"
NARROW = ("".join(map(chr, range(0x21, 0x7F))) + " ").replace("'", "''")
NARROWED = f"CASE WHEN regexp_matches(#, '[！-～　]') THEN translate(#, '{WIDE}', '{NARROW}') ELSE # END"
BLANKLESS = "replace(upper(#), ' ', '')"
FOLDS = {  # of circuit codes and of resources; # is the column
    "cells as they stand": ("#", "#"),
    "capitals, blanks, hyphens": (f"replace({BLANKLESS}, '-', '')", BLANKLESS),
    "and full width (the bar)": (f"replace({BLANKLESS}, '-', '')".replace("#", NARROWED),
                                 BLANKLESS.replace("#", NARROWED)),
}  # fmt: skip
BAR, PRODUCT = "and full width (the bar)", "aftersales cutover impact"
QUERY = """\
WITH t AS MATERIALIZED (
    SELECT 割接任务号 AS task, 电路代号 AS circuit, {circuit_t} AS k, {resource_t} AS over,
           CASE WHEN 中断类型 LIKE '中断%' THEN 4 WHEN 中断类型 LIKE '瞬断%' THEN 2 ELSE 0 END AS declared,
           strptime(split_part(割接时间, '/', 1), '%Y%m%d %H:%M:%S') AS starts,
           strptime(split_part(割接时间, '/', 2), '%Y%m%d %H:%M:%S') AS ends
    FROM read_csv('{folder}/cutovers.csv', header = true, all_varchar = true)),
w AS (SELECT task, any_value(starts) AS starts, any_value(ends) AS ends FROM t GROUP BY task),
hit AS MATERIALIZED (
    SELECT task, {circuit_r} AS k, any_value(r.circuit_code) AS circuit, list(DISTINCT r.resource) AS via,
           bool_or(r.path = '主用') AS working, bool_or(r.path = '备用') AS protecting
    FROM {routes} r JOIN (SELECT DISTINCT task, over FROM t WHERE over IS NOT NULL) ON {resource_r} = over
    GROUP BY ALL),
has AS MATERIALIZED (
    SELECT {circuit_r} AS k, bool_or(r.path = '主用') AS working, bool_or(r.path = '备用') AS protecting
    FROM {routes} r WHERE {circuit_r} IN (SELECT k FROM hit) GROUP BY ALL),
computed AS (
    SELECT task, k, circuit, via,
           CASE WHEN hit.working AND (hit.protecting OR NOT has.protecting) THEN 4 WHEN hit.working THEN 2
                WHEN has.working THEN 1 ELSE 3 END AS rank
    FROM hit JOIN has USING (k)),
listed AS (
    SELECT task, k, any_value(circuit) AS circuit, max(declared) AS rank FROM t WHERE k IS NOT NULL GROUP BY ALL),
met AS (
    SELECT a.task, a.k, list(DISTINCT b.task) AS others
    FROM hit a JOIN hit b USING (k) JOIN w wa ON wa.task = a.task JOIN w wb ON wb.task = b.task
    WHERE a.task <> b.task AND a.working <> a.protecting AND b.working <> b.protecting AND a.working <> b.working
      AND wa.starts < wb.ends AND wb.starts < wa.ends
    GROUP BY ALL),
pair AS (
    SELECT task, k, coalesce(listed.circuit, computed.circuit) AS circuit, via,
           greatest(listed.rank, computed.rank) AS rank
    FROM listed FULL JOIN computed USING (task, k))
SELECT task AS task_no, coalesce(c.circuit_code, circuit) AS circuit_code, customer_code, n.name AS customer_name,
       CASE WHEN others IS NOT NULL THEN 'outage'
            ELSE ['none', 'reduced_redundancy', 'momentary', 'unknown', 'outage'][rank + 1] END AS impact,
       via, others AS "with"
FROM pair LEFT JOIN met USING (task, k) LEFT JOIN {circuits} c ON {circuit_c} = pair.k
LEFT JOIN read_csv('{folder}/customers.csv', header = true, all_varchar = true) n ON n.code = c.customer_code
"""
COLUMNS = {"circuit_r": "r.circuit_code", "circuit_c": "c.circuit_code", "circuit_t": "电路代号",
           "resource_r": "r.resource", "resource_t": "割接资源"}  # fmt: skip


class Run(NamedTuple):
    """One run: seconds of wall time and of processor time (which a busy machine leaves alone), GB, and its items."""

    wall: float
    cpu: float
    peak: float
    found: set[tuple[object, ...]]


def main() -> int:
    """Print the table; 1 where a bar is crossed."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--scale", type=float, default=0.02, help="of the full size (default: 0.02)")
    arguments.add_argument("--runs", type=int, default=3, help="of each, interleaved (default: 3)")
    arguments.add_argument("--folder", type=Path, default=Path.home() / ".cache" / "aftersales-benchmarks",
                           help="where the data is made (default: %(default)s)")  # fmt: skip
    arguments.add_argument("--kind", choices=("parquet", "csv"), action="append", help="only this kind of file")
    arguments.add_argument("--generate", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.generate:
        generate(Path(given.generate), int(CIRCUITS * given.scale), int(ROWS * given.scale))
        return 0
    folder = given.folder / f"impact-{given.scale:g}"
    if not (folder / "customers.csv").exists() or not (folder / "cutovers.csv").exists():
        folder.mkdir(parents=True, exist_ok=True)
        # in a process of its own: a child's peak is never below what its parent held when it was started
        command = [sys.executable, __file__, "--scale", str(given.scale), "--generate", str(folder)]
        subprocess.run(command, check=True)
    return max(shown(kind, folder, given.runs) for kind in given.kind or ("parquet", "csv"))


def generate(folder: Path, circuits: int, rows: int) -> None:
    """Circuits, eight hops each (every fifth without a protecting path), cutovers and customers; always the same."""
    connection = duckdb.connect(":memory:")
    connection.execute(SETTINGS.format(order="true").replace("1GB", "6GB"))
    resource = RESOURCE.format(seed="i * 8 + h", resources=max(1, circuits // 4))
    made = {
        "circuits": f"SELECT {CODE} AS circuit_code, 'K' || (hash(i) % {CUSTOMERS})::VARCHAR AS customer_code, "
        f"'2M' AS rate FROM range({circuits}) t(i)",
        "routes": f"SELECT {CODE} AS circuit_code, if(h < 4 OR i % 5 = 0, '主用', '备用') AS path, 1 + h % 4 AS seq, "
        f"{resource} AS resource FROM (SELECT i, unnest(range(8)) AS h FROM range({circuits}) t(i))",
    }
    for name, query in made.items():
        connection.execute(f"COPY ({query}) TO '{folder}/{name}.parquet' (FORMAT parquet)")
        connection.execute(f"COPY (FROM '{folder}/{name}.parquet') TO '{folder}/{name}.csv' (HEADER)")
    connection.execute(
        f"COPY (SELECT 'K' || i AS code, '客户' || i AS name, '省级' AS level, '上海' AS headquarters, "
        f"'021-' || (50000000 + i) AS contact_phone FROM range({CUSTOMERS}) t(i)) TO '{folder}/customers.csv' (HEADER)"
    )
    chosen = f"SELECT i AS n, (hash(i + 1000003) % {circuits})::BIGINT AS i FROM range({rows}) t(i)"
    day = "TIMESTAMP '2026-06-08' + to_hours((n // 10 % 96)::INTEGER"
    connection.execute(
        f"COPY (SELECT 'JT2026SHJH' || lpad((n // 10)::VARCHAR, 6, '0') AS 割接任务号, "
        f"strftime({day}), '%Y%m%d %H:00:00') || '/' || strftime({day} + 4), '%Y%m%d %H:00:00') AS 割接时间, "
        f"'中断: 30分钟' AS 中断类型, '上海' AS 割接省, '外力施工' AS 割接原因分类, "
        f"if(n % 2 = 0, {CODE}, NULL) AS 电路代号, "
        f"if(n % 2 = 1, {resource.replace('i * 8 + h', 'i * 8 + 3')}, NULL) AS 割接资源 "
        f"FROM ({chosen})) TO '{folder}/cutovers.csv' (HEADER)"
    )


def shown(kind: str, folder: Path, runs: int) -> int:
    """One table for one kind of file; 1 where a bar is crossed or the answers differ."""
    settings = SETTINGS.format(order="false")
    inputs = {"circuits": f"circuits.{kind}", "routes": f"routes.{kind}", "cutovers": "cutovers.csv",
              "customers": "customers.csv"}  # fmt: skip
    files = [word for table, name in inputs.items() for word in (f"--{table}", str(folder / name))]
    answer = str(folder / "bare.json")
    commands = {name: [BARE, settings, query(kind, folder, *folds), answer] for name, folds in FOLDS.items()}
    commands[PRODUCT] = [OURS, "--as-of", "2026-06-01T09:00", "cutover", "impact", "--json", *files]
    took: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, (script, *given) in commands.items():
            took[name].append(timed(folder, script, given))
    wall = {name: median(run.wall for run in each) for name, each in took.items()}
    print(f"\n{kind}: medians of {runs} interleaved runs, two threads")
    for name, each in took.items():
        ratio, cpu = wall[name] / wall[BAR], median(run.cpu for run in each)
        print(
            f"{name:<28}{wall[name]:8.2f} s{ratio:8.2f} ×{cpu:8.1f} s cpu{each[0].peak:8.2f} GB  {len(each[0].found)}"
        )
    ours, bare = took[PRODUCT][0], took[BAR][0]
    agree = ours.found == bare.found
    print("the answers agree" if agree else f"the answers differ: {list(ours.found ^ bare.found)[:4]}")
    return int(not agree or wall[PRODUCT] > MOST * wall[BAR] or ours.peak > MOST_GB)


def query(kind: str, folder: Path, circuit: str, resource: str) -> str:
    """The query in SQL alone, its keys compared as the two folds make them."""
    tables = {}
    for table in ("circuits", "routes"):
        path = f"'{folder}/{table}.{kind}'"
        tables[table] = path if kind == "parquet" else f"read_csv({path}, header = true, all_varchar = true)"
    keys = {name: (circuit if "circuit" in name else resource).replace("#", column) for name, column in COLUMNS.items()}
    return QUERY.format(folder=folder, **tables, **keys)


def timed(folder: Path, script: str, given: Sequence[str]) -> Run:
    """One whole process, what it prints going to a file."""
    path, printed = folder / "script.py", folder / "printed.json"
    path.write_text(script, "utf-8")
    before = os.times()
    began = perf_counter()
    with printed.open("wb") as out:
        done = subprocess.run(
            [sys.executable, str(path), *given],
            env=os.environ | {"PYTHONUTF8": "1"}, stdout=out, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    taken = perf_counter() - began
    after = os.times()
    said = done.stderr.decode("utf-8", "replace")
    if done.returncode not in {0, 1} or "peak" not in said:
        raise SystemExit(said)
    used = after.children_user + after.children_system - before.children_user - before.children_system
    answer = json.loads(printed.read_text("utf-8") or Path(given[-1]).read_text("utf-8"))
    items = answer["items"] if isinstance(answer, dict) else answer
    return Run(taken, used, float(said.rsplit("peak", 1)[1]), set(map(_comparable, items)))


def _comparable(item: Mapping[str, Any]) -> tuple[object, ...]:
    plain = (item[key] for key in ("task_no", "circuit_code", "customer_code", "customer_name", "impact"))
    return (*plain, *(tuple(sorted(item[key] or ())) for key in ("via", "with")))


if __name__ == "__main__":
    raise SystemExit(main())
