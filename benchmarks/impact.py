"""The impact of a night's cutovers on a nation's circuits, beside the bare DuckDB query doing the same joins.

The bar: at most 1.5 × the bare query, at most 1.5 GB. The bare query compares texts as they stand, and so misses every
circuit that is spelt another way; the query that folds (capitals, blanks, hyphens) is shown beside it. Neither counts
lines, looks for broken rows, or attributes. The full size is 10 million circuits, 80 million hops and 50,000 cutover
rows (`--scale 1`); the default is a twentieth of it. The data is made anew for each run and deleted.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

import duckdb

MOST, MOST_GB = 1.5, 1.5
CIRCUITS, ROWS, CUSTOMERS = 10_000_000, 50_000, 2_000
SETTINGS = "SET threads = 2; SET memory_limit = '1GB'; SET preserve_insertion_order = {order};"
CITY = "['北京', '上海', '广州', '深圳', '成都', '武汉', '西安', '南京'][1 + (hash({n}) % 8)::INTEGER]"
CODE = f"{CITY.format(n='i')} || {CITY.format(n='i + 7')} || '30N' || lpad(i::VARCHAR, 8, '0') || 'NP'"
RESOURCE = "'OTN-' || lpad((hash({seed}) % {resources})::VARCHAR, 7, '0') || '/' || (1 + hash({seed} + 1) % 8)"
OURS = """\
import json, resource, sys
from datetime import datetime
from pathlib import Path
from aftersales_cli.jobs import desk, impact
from aftersales_cli.records.values import BEIJING
from aftersales_cli.workspace import Workspace
if __name__ == "__main__":
    folder, kind = Path(sys.argv[1]), sys.argv[2]
    files = {"circuits": f"circuits.{kind}", "routes": f"routes.{kind}", "cutovers": "cutovers.csv",
             "customers": "customers.csv"}
    here = Workspace(folder, inputs={table: (name,) for table, name in files.items()})
    found = impact.impact(desk.Desk(here, datetime(2026, 6, 1, tzinfo=BEIJING)), impact.Wishes())
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(json.dumps({"pairs": len(found.items), "summary": dict(found.summary), "gb": sum(peaks) / 1e6,
                      "errors": [str(p.message) for p in found.problems if p.severity == "error"][:3]}))
"""
BARE = """\
import json, resource, sys
import duckdb
connection = duckdb.connect(":memory:")
for statement in sys.argv[1].split(";"):
    connection.execute(statement)
found = connection.execute(sys.argv[2]).fetchall()
print(json.dumps({"pairs": len(found), "gb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6}))
"""
QUERY = """\
WITH t AS MATERIALIZED (FROM read_csv('{folder}/cutovers.csv', header = true, all_varchar = true)),
hit AS MATERIALIZED (
    SELECT t.割接任务号 AS task, any_value(r.circuit_code) AS circuit, {circuit_r} AS k, list(r.resource) AS via,
           bool_or(r.path = '主用') AS working, bool_or(r.path = '备用') AS protecting
    FROM {routes} r JOIN t ON {resource_r} = {resource_t} GROUP BY ALL),
spare AS MATERIALIZED (
    SELECT {circuit_r} AS k, bool_or(r.path = '备用') AS protected
    FROM {routes} r WHERE {circuit_r} IN (SELECT k FROM hit) GROUP BY ALL),
pair AS (
    SELECT task, circuit, hit.k, via,
           CASE WHEN working AND (protecting OR NOT protected) THEN 'outage' WHEN working THEN 'momentary'
                ELSE 'reduced_redundancy' END AS impact
    FROM hit JOIN spare ON spare.k = hit.k
    UNION ALL
    SELECT 割接任务号, 电路代号, {circuit_t}, NULL,
           CASE WHEN 中断类型 LIKE '中断%' THEN 'outage' WHEN 中断类型 LIKE '瞬断%' THEN 'momentary' ELSE 'none' END
    FROM t WHERE 电路代号 IS NOT NULL)
SELECT task, circuit, impact, via, c.customer_code, n.name
FROM pair LEFT JOIN {circuits} c ON {circuit_c} = pair.k
LEFT JOIN read_csv('{folder}/customers.csv', header = true, all_varchar = true) n ON n.code = c.customer_code
"""
COLUMNS = {"circuit_r": "r.circuit_code", "circuit_c": "c.circuit_code", "circuit_t": "t.电路代号",
           "resource_r": "r.resource", "resource_t": "t.割接资源"}  # fmt: skip


def main() -> int:
    """Print the table; 1 where a bar is crossed."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--scale", type=float, default=0.05, help="of the full size (default: 0.05)")
    arguments.add_argument("--runs", type=int, default=3, help="of each, interleaved (default: 3)")
    arguments.add_argument("--folder", help="where the data is made (default: the system's temporary folder)")
    arguments.add_argument("--generate", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.generate:
        generate(Path(given.generate), int(CIRCUITS * given.scale), int(ROWS * given.scale))
        return 0
    with tempfile.TemporaryDirectory(dir=given.folder) as made:
        folder = Path(made)
        # in a process of its own: a child's peak is never below what its parent held when it was started
        subprocess.run([sys.executable, __file__, "--scale", str(given.scale), "--generate", made], check=True)
        return max(shown(kind, folder, given.runs) for kind in ("parquet", "csv"))


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
    """One table for one kind of file; 1 where a bar is crossed."""
    commands = {
        "the bare query": [BARE, SETTINGS.format(order="false"), query(kind, folder, "{}")],
        "the same, folding codes": [
            BARE, SETTINGS.format(order="false"), query(kind, folder, "replace(replace(upper({}), ' ', ''), '-', '')"),
        ],
        "aftersales cutover impact": [OURS, str(folder), kind],
    }  # fmt: skip
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    said: dict[str, dict[str, object]] = {}
    for _ in range(runs):
        for name, (script, *given) in commands.items():
            taken, said[name] = timed(folder, script, given)
            seconds[name].append(taken)
    bare = median(seconds["the bare query"])
    print(f"\n{kind}: medians of {runs} interleaved runs, two threads")
    for name, times in seconds.items():
        took, found = median(times), said[name]
        said_of_it = f"{found['cpu']:8.1f} s cpu{found['gb']:8.2f} GB  {found['pairs']} (task, circuit)"
        print(f"{name:<28}{took:8.2f} s{took / bare:8.2f} ×{said_of_it}")
    ours = said["aftersales cutover impact"]
    print(ours.get("summary"), ours.get("errors"))
    gigabytes = ours["gb"]
    assert isinstance(gigabytes, float)
    return int(median(seconds["aftersales cutover impact"]) > MOST * bare or gigabytes > MOST_GB)


def query(kind: str, folder: Path, fold: str) -> str:
    """The query in SQL alone, its keys compared as `fold` makes them."""
    tables = {}
    for table in ("circuits", "routes"):
        path = f"'{folder}/{table}.{kind}'"
        tables[table] = path if kind == "parquet" else f"read_csv({path}, header = true, all_varchar = true)"
    return QUERY.format(folder=folder, **tables, **{name: fold.format(column) for name, column in COLUMNS.items()})


def timed(folder: Path, script: str, given: Sequence[str]) -> tuple[float, dict[str, object]]:
    """Seconds of a whole process; what it printed, and the processor's seconds, which a busy machine leaves alone."""
    path = folder / "script.py"
    path.write_text(script, "utf-8")
    before = os.times()
    began = perf_counter()
    done = subprocess.run(
        [sys.executable, str(path), *given], env=os.environ | {"PYTHONUTF8": "1"}, capture_output=True, check=False
    )
    taken = perf_counter() - began
    if done.returncode:
        raise SystemExit(done.stderr.decode("utf-8", "replace"))
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return taken, json.loads(done.stdout) | {"cpu": used}


if __name__ == "__main__":
    raise SystemExit(main())
