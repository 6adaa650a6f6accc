"""D5, D6, D11 and reliability §1: what is held, what goes to the department, and that the rest goes out."""

from __future__ import annotations

import pytest

from aftersales_cli.errors import Exit, Stop
from tests.jobs.world import (
    TASK,
    World,
    accounting,
    assured,
    changes,
    circuit,
    customer,
    cut,
    errors,
    fates,
    item,
    json,
    why,
)

SECOND = "BD2011SHJH000002"
LATER = "2011-05-28T09:00"


# Whose circuit it is (D6)


def test_the_inventory_comes_before_the_name_and_a_strange_name_is_only_said(world: World) -> None:
    world.cutovers = [cut("X1", 客户名称="甲公司上海分公司")]
    report = world.notify()

    assert fates(report) == {("1", "X1"): "notified"}
    assert changes(report) == {("1", "K1"): ("new", 0)}


def test_a_circuit_the_inventory_has_not_goes_by_the_name_where_that_names_one_customer(world: World) -> None:
    world.cutovers = [cut("Z1", 客户名称="甲 公司"), cut("X2")]

    assert changes(world.notify()) == {("1", "K1"): ("new", 0), ("1", "K2"): ("new", 0)}


def test_a_name_that_two_customers_bear_is_held_with_a_problem_on_the_cell(world: World) -> None:
    world.customers.append(customer("K4", "甲公司"))
    world.cutovers = [cut("Z1", 客户名称="甲公司"), cut("X2")]
    report = world.notify()

    assert fates(report) == {("1", "Z1"): "held", ("1", "X2"): "notified"}
    assert errors(report) == [("customer_name", 2, (f"circuit Z1 of task {TASK}",))]
    assert {item(report, code)["state"] for code in ("K1", "K4")} == {"held"}


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(customer("K4", "甲公司", 联系邮箱="no address"), id="one with the same name cannot be read"),
        pytest.param(customer("K4", "", 联系邮箱="no address"), id="one whose name cannot be read"),
    ],
)
def test_a_name_may_be_another_customers_who_could_not_be_read(world: World, broken: dict[str, str]) -> None:
    world.customers.append(broken)
    world.cutovers = [cut("Z1", 客户名称="甲公司")]

    assert fates(world.notify()) == {("1", "Z1"): "held"}


def test_what_nobody_knows_goes_to_the_department_with_the_impact_range(world: World) -> None:
    world.cutovers = [cut("Z1", 影响范围="浦东张江机房")]
    report = world.notify()

    assert fates(report) == {("1", "Z1"): "department"}
    told = item(report, None)
    assert (told["change"], told["recipients"]) == ("new", ["desk@carrier.example"])
    letter = next(path for path in report.files if path.suffix == ".html").read_text()
    assert "浦东张江机房" in letter
    assert "割接信息转告" in letter


@pytest.mark.parametrize(
    "table", [pytest.param("customers", id="a customer's row"), pytest.param("circuits", id="a circuit's row")]
)
def test_a_broken_row_is_not_we_do_not_know(world: World, table: str) -> None:
    bad = {"customers": customer("K9", ""), "circuits": circuit("Z9", "")}
    world.tables()[table].append(bad[table])
    world.cutovers = [cut("Z1"), cut("X2")]
    report = world.notify()

    assert fates(report) == {("1", "Z1"): "held", ("1", "X2"): "notified"}
    assert report.exit is Exit.PARTLY


@pytest.mark.parametrize("table", ["customers", "circuits"])
def test_an_unreadable_file_holds_what_can_no_longer_be_attributed(world: World, table: str) -> None:
    world.gone.add(table)
    world.cutovers = [cut("X1"), cut("Z1", "BD2011SHJH000002", 电路代号="")]
    report = world.notify()

    assert set(fates(report).values()) == {"held"}
    assert (report.exit, list(report.files)) == (Exit.PARTLY, [])


@pytest.mark.parametrize("table", ["customers", "circuits"])
def test_a_pattern_that_finds_no_file_is_an_input_that_was_not_read(world: World, table: str) -> None:
    world.patterns[table] = (f"elsewhere/{table}*.csv",)
    report = world.notify()

    assert fates(report) == {("1", "X1"): "held"}
    assert report.exit is Exit.PARTLY
    assert any("matches" in str(p.message) for p in report.problems)


def test_a_workspace_without_an_inventory_tells_the_department(world: World) -> None:
    """R3 itself: there is no customer data, so the information goes to the department."""
    world.write()
    desk = world.desk()
    inputs = {"cutovers": ("cutovers.csv",), "departments": ("departments.csv",)}
    from dataclasses import replace

    from aftersales_cli.jobs.notify import Wishes, notify

    report = notify(replace(desk, workspace=replace(desk.workspace, inputs=inputs)), Wishes())
    assert fates(report) == {("1", "X1"): "department"}
    assert report.exit is Exit.DONE


def test_circuit_and_name_of_two_customers_hold_the_circuit(world: World) -> None:
    world.cutovers = [cut("X1", 客户名称="乙公司"), cut("Y1"), cut("X2")]
    report = world.notify()

    assert fates(report) == {("1", "X1"): "held", ("1", "Y1"): "notified", ("1", "X2"): "notified"}
    assert errors(report) == [("customer_name", 2, (f"circuit X1 of task {TASK}",))]
    assert item(report, "K1")["tasks"][0]["circuit_codes"] == ["Y1"]


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(circuit("X1", "K2"), id="a good row"),
        pytest.param(circuit("X-1", "K2", 合同到期="never"), id="a row that is broken for another cell's sake"),
    ],
)
def test_a_circuit_with_two_owners_is_held_for_both(world: World, second: dict[str, str]) -> None:
    world.circuits.append(second)
    report = world.notify()

    assert fates(report) == {("1", "X1"): "held"}
    assert [item(report, code)["state"] for code in ("K1", "K2")] == ["held", "held"]


def test_an_owner_in_another_case_is_the_same_owner(world: World) -> None:
    world.circuits.append(circuit("X1", "k1"))

    assert changes(world.notify()) == {("1", "K1"): ("new", 0)}


def test_a_second_row_of_a_circuit_can_bring_the_conflict(world: World) -> None:
    world.cutovers = [cut("X1", 客户名称="甲公司"), cut("X1", 客户名称="乙公司")]

    assert fates(world.notify()) == {("1", "X1"): "held"}


def test_two_rows_that_name_two_customers_for_an_unknown_circuit_are_held(world: World) -> None:
    world.cutovers = [cut("Z1", 客户名称="甲公司"), cut("Z1", 客户名称="乙公司")]

    assert fates(world.notify()) == {("1", "Z1"): "held"}


def test_a_customer_code_that_no_customer_has_goes_to_the_department_with_a_problem(world: World) -> None:
    world.circuits.append(circuit("X9", "K9"))
    world.cutovers = [cut("X9"), cut("X1")]
    report = world.notify()

    assert fates(report) == {("1", "X9"): "department", ("1", "X1"): "notified"}
    assert errors(report) == [("circuit_code", 2, ())]
    assert report.exit is Exit.PARTLY


def test_a_bad_customer_row_holds_that_customer_and_no_other(world: World) -> None:
    world.customers[0]["联系邮箱"] = "no address"
    world.cutovers = [cut("X1"), cut("X2")]
    report = world.notify()

    assert fates(report) == {("1", "X1"): "held", ("1", "X2"): "notified"}
    assert item(report, "K1")["state"] == "held"


def test_a_customer_who_cannot_be_reached_is_told_through_the_department(world: World) -> None:
    world.customers[0]["联系电话"] = ""
    report = world.notify()

    assert fates(report) == {("1", "X1"): "department"}
    assert [str(p.severity) for p in report.problems] == ["caution"]
    letter = next(path for path in report.files if path.suffix == ".html").read_text()
    assert "甲公司" in letter


def test_who_is_told_through_the_department_keeps_the_lead_time_of_the_contract(world: World) -> None:
    world.customers[0] |= {"联系电话": "", "约定提前量": "14天"}

    assert world.notify().exit is Exit.RULE


@pytest.mark.parametrize(
    "departments",
    [
        pytest.param(None, id="no table"),
        pytest.param([{"部门名称": "网运部", "角色": "网运部", "联系邮箱": "n@carrier.example"}], id="another role"),
        pytest.param([{"部门名称": "政企部", "角色": "政企客户部"}], id="without address"),
    ],
)
def test_without_a_department_on_record_its_notice_is_written_all_the_same(
    world: World, departments: list[dict[str, str]] | None
) -> None:
    world.departments = departments
    world.cutovers = [cut("Z1"), cut("X1")]
    report = world.notify()

    assert fates(report) == {("1", "Z1"): "department", ("1", "X1"): "notified"}
    assert (item(report, None)["recipients"], len(item(report, None)["files"])) == ([], 3)
    assert [str(p.severity) for p in report.problems] == ["caution"]
    assert report.exit is Exit.DONE


def test_a_task_without_a_circuit_is_one_pair_of_all_its_rows(world: World) -> None:
    world.cutovers = [
        cut("", 割接资源="光缆7", 影响范围="浦东", 客户名称="甲公司"),
        cut("", 割接资源="光缆8", 影响范围="浦西"),
        cut("", "BD2011SHJH000002", 割接资源="光缆9", 中断类型="不中断"),
    ]
    report = world.notify()

    assert fates(report) == {("1", None): "department", ("2", None): "exempt"}
    letter = next(path for path in report.files if path.suffix == ".html").read_text()
    assert all(place in letter for place in ("浦东", "浦西"))
    assert changes(world.notify(LATER))["1", None] == ("unchanged", 0)


def test_a_row_without_a_circuit_beside_rows_with_one_is_a_pair_of_its_own(world: World) -> None:
    world.cutovers = [cut("X1"), cut("", 割接资源="光缆7")]

    assert fates(world.notify()) == {("1", "X1"): "notified", ("1", None): "department"}


def test_work_that_interrupts_nothing_is_exempt_unless_the_desk_wants_it_told(world: World) -> None:
    world.cutovers = [cut("X1", 中断类型="不中断")]
    assert why(world.notify(), "exempt") == ["declared as not interrupting"]

    world.settings["tell_not_interrupting"] = True
    assert fates(world.notify(LATER)) == {("1", "X1"): "notified"}


# Rows that cannot be used (D12, reliability §1)


@pytest.mark.parametrize(
    ("column", "field", "second"),
    [
        pytest.param("割接时间", "window", "20110609 00:00:00/20110609 06:00:00", id="window"),
        pytest.param("割接省", "province", "广东", id="province"),
        pytest.param("割接原因分类", "reason", "机房搬迁", id="reason"),
        pytest.param("割接类别", "category", "紧急", id="category"),
    ],
)
def test_rows_of_a_task_that_do_not_agree_hold_it_with_a_problem_on_the_deviating_cell(
    world: World, column: str, field: str, second: str
) -> None:
    world.cutovers = [cut("X1", 割接类别="计划"), cut("X2", 割接类别="计划") | {column: second}, cut("X3", SECOND)]
    report = world.notify()

    assert fates(report) == {("1", "X1"): "held", ("1", "X2"): "held", ("2", "X3"): "notified"}
    assert errors(report) == [(field, 3, (f"task {TASK}",))]
    assert report.exit is Exit.PARTLY


def test_two_spellings_of_one_value_agree(world: World) -> None:
    world.cutovers = [cut("X1", 割接省="上海市"), cut("X2", 割接时间="2011-06-08 00:00-06:00")]

    assert accounting(world.notify())["notified"] == 2


def test_the_same_circuit_twice_counts_once(world: World) -> None:
    world.cutovers = [cut("X1"), cut("X-1")]

    assert accounting(world.notify()) == {"circuits": 1, "notified": 1, "department": 0, "exempt": 0, "held": 0}


@pytest.mark.parametrize(
    "cells",
    [pytest.param({"中断类型": "中断: 60分钟"}, id="interruption"), pytest.param({"状态": "取消"}, id="status")],
)
def test_the_same_circuit_twice_and_different_holds_the_task(world: World, cells: dict[str, str]) -> None:
    world.cutovers = [cut("X1"), cut("X1", **cells), cut("X2")]
    report = world.notify()

    assert set(fates(report).values()) == {"held"}
    assert errors(report) == [("circuit_code", 3, (f"task {TASK}",))]


def test_a_bad_row_holds_its_task_for_all_customers_and_no_other_task(world: World) -> None:
    world.cutovers = [cut("X1", 中断类型="30"), cut("X2"), cut("X3", SECOND)]
    report = world.notify()

    assert fates(report) == {("1", "X1"): "held", ("1", "X2"): "held", ("2", "X3"): "notified"}
    assert (item(report, "K1")["state"], item(report, "K2")["state"]) == ("held", "held")


def test_a_row_without_a_number_is_held_and_counted(world: World) -> None:
    world.cutovers = [cut("X1", ""), cut("X2")]
    report = world.notify()

    assert accounting(report) == {"circuits": 2, "notified": 1, "department": 0, "exempt": 0, "held": 1}
    assert report.exit is Exit.PARTLY


def test_a_held_customer_is_listed_once_per_task_with_all_circuits(world: World) -> None:
    world.cutovers = [cut("X1", 割接原因分类="扩容"), cut("Y1", 割接原因分类="扩容"), cut("X2", SECOND)]
    held = item(world.notify(), "K1")

    assert (held["state"], held["change"], held["files"]) == ("held", None, [])
    assert [(task["task_no"], task["circuit_codes"]) for task in held["tasks"]] == [(TASK, ["X1", "Y1"])]
    assert held["tasks"][0]["held"].startswith("CUT-02")


def test_a_reason_outside_the_list_holds_and_can_be_released(world: World) -> None:
    world.cutovers = [cut("X1", 割接原因分类="扩容")]
    assert fates(world.notify()) == {("1", "X1"): "held"}

    assert fates(world.notify(released={"CUT-02": "the unit insists"})) == {("1", "X1"): "notified"}


def test_a_bad_row_cannot_be_released(world: World) -> None:
    world.cutovers = [cut("X1", 中断类型="")]

    assert fates(world.notify(released={"CUT-01": "we are in a hurry"})) == {("1", "X1"): "held"}


def test_late_work_is_told_and_marked(world: World) -> None:
    report = world.notify("2011-06-06T09:00")

    assert (report.exit, fates(report)) == (Exit.RULE, {("1", "X1"): "notified"})
    assert item(report, "K1")["tasks"][0]["late"] is True
    letter = next(path for path in report.files if path.suffix == ".html").read_text()
    assert "致歉" in letter


def test_under_72_hours_is_late_for_temporary_work_too(world: World) -> None:
    world.cutovers = [cut("X1", 割接类别="临时")]

    assert item(world.notify("2011-06-06T09:00"), "K1")["tasks"][0]["late"] is True


def test_late_is_marked_only_for_the_customer_it_is_late_for(world: World) -> None:
    world.customers[0]["约定提前量"] = "14天"
    world.cutovers = [cut("X1"), cut("X2")]
    report = world.notify()

    assert [item(report, code)["tasks"][0]["late"] for code in ("K1", "K2")] == [True, False]
    assert report.exit is Exit.RULE


# Assurance (D5)


def test_a_protected_circuit_holds_the_task_for_all_customers(world: World) -> None:
    world.assurances = [assured("K1")]
    world.cutovers = [cut("X1"), cut("X2"), cut("X3", SECOND)]
    report = world.notify()

    assert fates(report) == {("1", "X1"): "held", ("1", "X2"): "held", ("2", "X3"): "notified"}
    assert report.exit is Exit.RULE


def test_a_release_is_recorded_with_the_notices_it_released_and_no_others(world: World) -> None:
    world.assurances = [assured("K1")]
    world.cutovers = [cut("X1"), cut("X2"), cut("X3", SECOND)]
    world.notify(released={"asr-1": "agreed with the customer"})

    despite = {(notice.task_no, notice.customer_code): dict(notice.despite) for notice in world.issued()}
    released = {"ASR-1": "agreed with the customer"}
    assert despite == {(TASK, "K1"): released, (TASK, "K2"): released, (SECOND, "K3"): {}}


def test_a_rule_that_does_not_exist_cannot_be_released(world: World) -> None:
    with pytest.raises(Stop) as stopped:
        world.notify(released={"ASR1": "a slip"})

    assert stopped.value.code is Exit.USAGE


def test_a_cancel_goes_out_though_the_circuit_is_protected_now(world: World) -> None:
    world.notify()
    world.assurances = [assured("K1")]
    world.cutovers = [cut("X1", 状态="取消")]

    assert changes(world.notify(LATER)) == {("1", "K1"): ("cancel", 1)}


@pytest.mark.parametrize(
    ("cells", "held"),
    [
        pytest.param({"割接类别": "紧急"}, False, id="an emergency goes on"),
        pytest.param({"割接类别": "临时"}, False, id="temporary work goes on"),
        pytest.param({"割接时间": "20110708 00:00:00/20110708 06:00:00"}, False, id="another time"),
    ],
)
def test_what_assurance_does_not_stop(world: World, cells: dict[str, str], held: bool) -> None:
    world.assurances = [assured("K1")]
    world.cutovers = [cut("X1", **cells)]

    assert ("held" in fates(world.notify()).values()) is held


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param({"重保级别": "五级"}, id="level"),
        pytest.param({"开始时间": "soon"}, id="start"),
        pytest.param({"每日重保时段": "nights"}, id="hours"),
        pytest.param({"开始时间": "2011-06-30", "结束时间": "2011-06-01"}, id="it runs backwards"),
    ],
)
def test_a_bad_assurance_row_holds_planned_work_that_touches_its_customer(world: World, bad: dict[str, str]) -> None:
    world.assurances = [assured("K1") | bad]
    world.cutovers = [cut("X1"), cut("X2", SECOND), cut("Y1", "BD2011SHJH000003", 割接类别="紧急")]
    report = world.notify()

    assert fates(report) == {("1", "X1"): "held", ("2", "X2"): "notified", ("3", "Y1"): "notified"}
    assert report.exit is Exit.PARTLY


def test_a_bad_assurance_row_that_names_no_customer_touches_all(world: World) -> None:
    world.assurances = [assured("")]
    world.cutovers = [cut("X1"), cut("X2", SECOND)]

    assert set(fates(world.notify()).values()) == {"held"}


def test_a_bad_assurance_row_that_names_the_circuit_touches_its_task(world: World) -> None:
    world.assurances = [assured("K9", "五级", 重保电路="X1")]

    assert fates(world.notify()) == {("1", "X1"): "held"}


def test_unreadable_assurances_hold_every_planned_task(world: World) -> None:
    world.assurances = [assured("K1")]
    world.gone.add("assurances")
    world.cutovers = [cut("X1"), cut("X2", SECOND), cut("X3", "BD2011SHJH000003", 割接类别="紧急")]

    assert fates(world.notify()) == {("1", "X1"): "held", ("2", "X2"): "held", ("3", "X3"): "notified"}


def test_a_circuit_whose_owner_a_broken_file_hides_may_be_protected(world: World) -> None:
    world.circuits = [circuit("X2", "K2"), circuit("X1", "")]
    world.assurances = [assured("K1")]
    world.cutovers = [cut("X1"), cut("X2")]

    assert set(fates(world.notify()).values()) == {"held"}


def test_problems_are_written_with_file_sheet_row_and_column(world: World) -> None:
    world.cutovers = [cut("X1", 客户名称="乙公司")]
    (problem,) = json(world.notify())["problems"]

    assert problem["source"] == {"file": "cutovers.csv", "sheet": None, "row": None, "column": "G", "line": 2}
    assert (problem["field"], problem["found"], problem["severity"]) == ("customer_name", "乙公司", "error")
    assert set(problem) == {"source", "field", "found", "message", "hint", "held", "severity"}
