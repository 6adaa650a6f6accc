"""What holds of `cutover notify` whatever the files say."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftersales_cli.files.confined import Confined
from aftersales_cli.jobs.foreseen import foreseen
from aftersales_cli.jobs.notify import Outcome
from aftersales_cli.jobs.report import Report
from tests.jobs.world import (
    TASK,
    World,
    accounting,
    changes,
    circuit,
    customer,
    cut,
    fates,
    json,
)

SECOND = "BD2011SHJH000002"


CODES = ("X1", "Y1", "X2", "X3", "Z1", "")
NAMES = ("", "甲公司", "乙公司", "无名公司")
rows = st.builds(
    lambda code, task, name, interruption, status, window, reason: cut(
        code, task, 客户名称=name, 中断类型=interruption, 状态=status, 割接时间=window, 割接原因分类=reason
    ),
    st.sampled_from(CODES),
    st.sampled_from((TASK, SECOND, "")),
    st.sampled_from(NAMES),
    st.sampled_from(("中断: 30分钟", "中断: 30分钟", "瞬断", "不中断", "30")),
    st.sampled_from(("", "", "取消", "计划")),
    st.sampled_from(("20110608 00:00:00/20110608 06:00:00",) * 4 + ("20110526 00:00:00/20110526 06:00:00",)),
    st.sampled_from(("外力施工",) * 5 + ("扩容",)),
)
worlds = st.fixed_dictionaries(
    {
        "cutovers": st.lists(rows, min_size=1, max_size=6),
        "circuits": st.lists(
            st.builds(circuit, st.sampled_from(("X1", "Y1", "X2", "X3")), st.sampled_from(("K1", "K2", "K9", ""))),
            min_size=1,
            max_size=5,
        ),
        "customers": st.lists(
            st.builds(
                lambda code, phone: customer(code, {"K1": "甲公司", "K2": "乙公司"}[code], 联系电话=phone),
                st.sampled_from(("K1", "K2")),
                st.sampled_from(("021-1234", "021-1234", "")),
            ),
            min_size=1,
            max_size=2,
        ),
    }
)


def check_balanced(world: World, report: Report) -> None:
    """Every row of the files has part in a fate, each circuit of a task in exactly one."""
    accounting(report)
    outcome = report.view
    assert isinstance(outcome, Outcome)
    pairs = [(one.task, one.circuit_code) for one in outcome.account.became]
    assert len(pairs) == len(set(pairs))
    judged = foreseen(world.desk()).judged
    lines = sorted(row.place().line or 0 for one in judged for row in one.task.rows)
    assert lines == list(range(2, len(world.cutovers) + 2))
    assert {name for name, _ in pairs} == {one.task.name for one in judged}
    listed = {str(each["circuit_code"]) for each in json(report)["summary"]["held"]}
    assert {str(code) for name, code in pairs if (name[-1], code) in fates(report)} >= listed


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=worlds, second=worlds)
def test_whatever_the_files_hold_the_accounting_balances_and_a_second_run_is_unchanged(
    tmp_path_factory: pytest.TempPathFactory, reader: Confined, first: dict[str, Any], second: dict[str, Any]
) -> None:
    world = World(tmp_path_factory.mktemp("law"), reader, **first)
    for tables in (first, second):
        world.cutovers, world.circuits = tables["cutovers"], tables["circuits"]
        world.customers = tables["customers"]
        report = world.notify()
        check_balanced(world, report)
        told = changes(report)

        again = world.notify()
        check_balanced(world, again)
        assert {change for change, _ in changes(again).values()} <= {"unchanged"}
        stays = {key: number for key, (change, number) in told.items() if key in changes(again)}
        assert {key: number for key, (_, number) in changes(again).items() if key in stays} == stays
        sequences = [(notice.notice_id, notice.sequence) for notice in world.issued()]
        assert len(sequences) == len(set(sequences))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tables=worlds, order=st.randoms(use_true_random=False))
def test_permuted_rows_give_the_same_notices(
    tmp_path_factory: pytest.TempPathFactory, reader: Confined, tables: dict[str, Any], order: Any
) -> None:
    world = World(tmp_path_factory.mktemp("order"), reader, **tables)
    first = seen(world.notify(dry_run=True))
    for table in (world.cutovers, world.circuits, world.customers):
        order.shuffle(table)

    assert seen(world.notify(dry_run=True)) == first


def seen(report: Report) -> object:
    """What is told to whom, and the fate of each circuit; what is held, or has no number, carries its line instead."""
    outcome = report.view
    assert isinstance(outcome, Outcome)
    told = [each for each in json(report)["items"] if each["state"] != "held"]
    for each in told:
        each["tasks"] = [task for task in each["tasks"] if task["change"] is not None]
    fated = {(one.task_no, one.circuit_code, one.fate) for one in outcome.account.became if one.task_no}
    return told, fated


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tables=worlds)
def test_no_customer_ever_reads_of_a_circuit_that_may_be_anothers(
    tmp_path_factory: pytest.TempPathFactory, reader: Confined, tables: dict[str, Any]
) -> None:
    world = World(tmp_path_factory.mktemp("leak"), reader, **tables)
    report = world.notify()
    owned = {(row["电路代号"], row["客户编码"]) for row in world.circuits}
    known = {code for code, owner in owned if owner}
    names = {"K1": "甲公司", "K2": "乙公司"}
    by_name = {(row["电路代号"], row["客户名称"]) for row in world.cutovers}
    for each in json(report)["items"]:
        code = each["customer_code"]
        if code is None or each["state"] == "held":
            continue
        for told in (task for task in each["tasks"] if task["change"] is not None):
            for circuit_code in told["circuit_codes"]:
                assert (circuit_code, code) in owned or circuit_code not in known
                assert (circuit_code, code) in owned or (circuit_code, names[code]) in by_name
