"""The script that complaint answers are measured against: pandas, merged and applied, the answer and nothing beside it.

Written as a good user would: tables read as text, times and dates parsed by column, complaints merged with cutovers by
circuit and filtered by time, receipts merged in, working days counted by numpy, then one function applied to each row,
its answer remembered for equal facts. No cells, no clauses, no sentences, no ledger, one spelling of everything.
"""

from __future__ import annotations

import resource
import sys
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

HOLIDAYS = [
    *pd.date_range("2026-01-01", "2026-01-03"), *pd.date_range("2026-02-15", "2026-02-23"),
    *pd.date_range("2026-04-04", "2026-04-06"), *pd.date_range("2026-05-01", "2026-05-05"),
    *pd.date_range("2026-06-19", "2026-06-21"), *pd.date_range("2026-09-25", "2026-09-27"),
    *pd.date_range("2026-10-01", "2026-10-07"),
]  # fmt: skip
MADE_UP = ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]
AFTER = pd.Timedelta(hours=24)
DAYS = 6
COVERED = ("特级", "一级", "二级")
Settled = tuple[str, tuple[str, ...]]
RULES = ("ANS-6", "ANS-5", "ASR-2", "ANS-1", "ANS-4", "ANS-2")


@cache
def answer(facts: tuple[bool | str | None, ...]) -> tuple[str, str]:
    """The answer and the rule to cite; where facts are unknown, if every way of filling them in gives the same."""
    ways = product(*(
        (fact,) if fact is not None else ("计划", "临时", "紧急") if n == 1 else (True, False)
        for n, fact in enumerate(facts)
    ))  # fmt: skip
    found = [settled(*way) for way in ways]
    answers = {one for one, _ in found}
    if len(answers) > 1 or answers == {"needs_a_person"}:
        certain = [rule for rule in (*RULES, "ANS-3", "ANS-0") if all(rule in rules for _, rules in found)]
        return "needs_a_person", certain[0] if certain else ""
    certain = [rule for rule in (*RULES, "ANS-3", "ANS-0") if all(rule in rules for _, rules in found)]
    (one,) = answers
    return one, certain[0] if certain else "ANS-0" if one == "network_fault" else ""


def settled(v: Any, k: Any, i: Any, f: Any, l: Any, d: Any, o: Any, r: Any, p: Any) -> Settled:  # noqa: E741
    """The answer of facts that are all known, with the rules that hold."""
    if not v:
        return "not_a_cutover", ()
    planned, told = k == "计划", k == "计划" and i
    held = (not f, not l, p, planned and not i, told and not d, told and o and not r)
    rules = tuple(rule for rule, holds in zip(RULES, held, strict=True) if holds)
    if rules:
        return "network_fault", rules
    if told and d and r:
        return "planned_cutover", ("ANS-3",)
    return ("network_fault", ("ANS-0",)) if planned else ("needs_a_person", ())


def main() -> None:
    """Answer the complaints of a folder into `theirs.csv`."""
    folder = Path(sys.argv[1])
    complaints = read(folder / "complaints.csv", "申告时间", "中断开始时间", "恢复时间")
    cutovers = read(folder / "cutovers.csv", "填报时间", "发布时间", "实际开始时间", "实际结束时间")
    owners = pd.read_csv(folder / "circuits.csv", dtype=str).set_index("电路代号")["客户编码"]
    window = cutovers["割接时间"].str.split("/", n=1, expand=True)
    cutovers["start"] = pd.to_datetime(window[0], format="%Y%m%d %H:%M:%S")
    cutovers["end"] = pd.to_datetime(window[1], format="%Y%m%d %H:%M:%S")
    cutovers["客户编码"] = cutovers["电路代号"].map(owners)
    cutovers["protected"] = protected(folder, cutovers)
    matched = matching(complaints, cutovers).merge(receipts(folder), on=["割接任务号", "客户编码"], how="left")
    calendar = np.busdaycalendar(holidays=[d.date() for d in HOLIDAYS if str(d.date()) not in MADE_UP])
    known = matched["发布时间"].notna() & matched["start"].notna()
    first = matched.loc[known, "发布时间"].dt.normalize().to_numpy("datetime64[D]") + np.timedelta64(1, "D")
    last = matched.loc[known, "start"].dt.normalize().to_numpy("datetime64[D]")
    clear = np.busday_count(first, last, busdaycal=calendar).astype(float)
    for day in np.array(MADE_UP, "datetime64[D]"):  # they are Saturdays and Sundays that are worked
        clear += (first <= day) & (day < last)
    matched.loc[known, "clear"] = clear
    said = matched.apply(judged, axis=1, result_type="expand")
    matched["答复"], matched["口径"] = said[0], said[1]
    matched[["申告编号", "答复", "口径"]].to_csv(folder / "theirs.csv", index=False)
    print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, file=sys.stderr)


def read(path: Path, *moments: str) -> pd.DataFrame:
    """A table as text, its moments beside their words (未送达 and its like)."""
    table = pd.read_csv(path, dtype=str)
    for moment in moments:
        table[f"{moment}?"] = table[moment]
        table[moment] = pd.to_datetime(table[moment], format="%Y-%m-%d %H:%M", errors="coerce")
    return table


def protected(folder: Path, cutovers: pd.DataFrame) -> pd.Series:
    """Which rows belong to a task that touches a circuit of a customer under assurance."""
    periods = pd.read_csv(folder / "assurances.csv", dtype=str)
    periods = periods[periods["重保级别"].isin(COVERED)]
    met = cutovers[["割接任务号", "客户编码", "start", "end", "实际开始时间", "实际结束时间"]].merge(
        periods, on="客户编码"
    )
    met["start"] = met["实际开始时间"].fillna(met["start"])
    met["end"] = met["实际结束时间"].fillna(met["end"])
    met = met[(met["start"] < pd.to_datetime(met["重保结束时间"])) & (pd.to_datetime(met["重保开始时间"]) < met["end"])]
    return cutovers["割接任务号"].isin(set(met["割接任务号"]))


def matching(complaints: pd.DataFrame, cutovers: pd.DataFrame) -> pd.DataFrame:
    """Each complaint with its one cutover, by the number or by circuit and time; `candidates` counts them."""
    began = complaints["中断开始时间"].fillna(complaints["申告时间"])
    until = complaints["恢复时间"].fillna(complaints[["申告时间", "中断开始时间"]].max(axis=1))
    complaints = complaints.assign(begins=began.where(began < until, until), until=until)
    both = complaints.merge(cutovers, on="电路代号", suffixes=("", " 割接"))
    named = both["割接任务号"].notna()
    starts, ends = both[["start", "实际开始时间"]].min(axis=1), both[["end", "实际结束时间"]].max(axis=1)
    near = (both["begins"] - AFTER <= ends) & (starts <= both["until"])
    found = both[(named & (both["割接任务号"] == both["割接任务号 割接"])) | (~named & near)]
    found = found[~(found["查实原因"].eq("其他") & found["割接任务号"].isna())]
    count = found.groupby("申告编号").size()
    one = found[found["申告编号"].map(count) == 1]
    columns = [c for c in one.columns if c not in complaints.columns]
    matched = complaints.merge(one[["申告编号", *columns]], on="申告编号", how="left")
    matched["割接任务号"] = matched["割接任务号 割接"]
    return matched


def receipts(folder: Path) -> pd.DataFrame:
    """The earliest delivery to each customer of each task, and whether one says 未送达."""
    table = read(folder / "receipts.csv", "送达时间")
    table["refused"] = table["送达时间?"] == "未送达"
    return (
        table.groupby(["割接任务号", "客户编码"])
        .agg(delivered=("送达时间", "min"), refused=("refused", "max"))
        .reset_index()
    )


def judged(row: pd.Series) -> tuple[str, str]:
    """One complaint's answer: its facts, then the table of answers."""
    cause = row["查实原因"]
    v = {"割接": True, "未填报割接": True, "其他": False}.get(cause)
    if cause == "未填报割接":
        return answer((True, None, None, False, None, None, None, None, None))
    if pd.isna(row["start"]):
        return answer((v, None, None, None, None, None, None, None, None))
    k, start, end = row["割接类别"], row["start"], row["end"]
    filed, published, before = row["填报时间"], row["发布时间"], row["实际开始时间"]
    f: bool | None
    begun = before if pd.notna(before) else start
    if row["发布时间?"] == "未发布" or row["填报时间?"] == "未填报":
        f = False
    elif pd.isna(published):
        f = False if pd.notna(filed) and filed >= begun else None
    else:
        f = published < begun and (pd.isna(filed) or filed < begun)
    early = False if row["发布时间?"] == "未发布" else None if pd.isna(published) else row["clear"] >= DAYS
    refused, delivered = row["refused"], row["delivered"]
    if refused is True:
        d = None if pd.notna(delivered) else False
    else:
        d = None if pd.isna(delivered) else delivered <= start
    done = row["实际结束时间"]
    o = None if pd.isna(done) else done > end or (pd.notna(before) and done - before > end - start)
    began, restored = row["中断开始时间"], row["恢复时间"]
    ended = (False if row["申告时间"] > end else None) if row["恢复时间?"] == "未恢复" else (
        None if pd.isna(restored) else restored <= end
    )  # fmt: skip
    since = None if pd.isna(began) else began >= start
    r = False if False in (since, ended) else None if None in (since, ended) else True
    i = not str(row["中断类型"]).startswith("不中断")
    p = bool(row["protected"]) and k != "计划"
    return answer((v, k, i, f, None if early is None else bool(early), d, o, r, p))


if __name__ == "__main__":
    main()
