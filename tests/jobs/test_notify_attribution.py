"""D6: whose circuit it is, and what the department is told in the customers' place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aftersales_cli.errors import Exit
from aftersales_cli.jobs.notify import Wishes, notify
from tests.jobs.world import (
    TASK,
    World,
    changes,
    circuit,
    customer,
    cut,
    errors,
    fates,
    item,
    why,
)

LATER = "2011-05-28T09:00"


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


def test_a_blank_workspace_has_nothing_due_and_nothing_wrong(world: World) -> None:
    world.patterns |= {table: (f"elsewhere/{table}*.csv",) for table in world.tables()}
    report = world.notify()

    assert (report.exit, report.problems) == (Exit.DONE, ())


def test_assurances_looked_for_in_vain_are_said(world: World) -> None:
    world.patterns["assurances"] = ("elsewhere/assurances*.csv",)
    report = world.notify()

    assert (report.exit, [str(p.severity) for p in report.problems]) == (Exit.DONE, ["caution"])


def test_a_workspace_without_an_inventory_tells_the_department(world: World) -> None:
    """R3 itself: there is no customer data, so the information goes to the department."""
    world.write()
    desk = world.desk()
    inputs = {"cutovers": ("cutovers.csv",), "departments": ("departments.csv",)}
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


@pytest.mark.parametrize("lost", ["the customer", "the circuit", "the contact"])
def test_the_department_is_not_told_what_the_customer_knows_already(world: World, lost: str) -> None:
    """A file may only be missing (D12): nobody hears twice, and a person looks. What is new goes to the department."""
    world.cutovers = [cut("X1"), cut("X2")]
    world.notify()
    match lost:
        case "the customer":
            world.customers = world.customers[:1]
        case "the circuit":
            world.circuits = world.circuits[:2]
        case _:
            world.customers[1]["联系电话"] = ""
    again = world.notify()
    assert changes(again) == {("1", "K1"): ("unchanged", 0)}
    assert fates(again) == {("1", "X1"): "notified", ("1", "X2"): "held"}
    assert again.exit in (Exit.RULE, Exit.PARTLY)

    for row in world.cutovers:
        row["割接时间"] = "20110609 00:00:00/20110609 06:00:00"
    assert fates(world.notify()) == {("1", "X1"): "notified", ("1", "X2"): "department"}


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
    assert report.exit is Exit.RULE  # nobody will read it: a person is needed


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


@pytest.mark.parametrize("cell", ["X1；X2", "X1;X2", "X1、X2", "X1\nX2"])
def test_several_circuits_in_one_cell_are_a_row_each(world: World, cell: str) -> None:
    """Contract §4: lists in one cell; carrier systems export tasks so, and nobody may be lost by it."""
    world.cutovers = [cut(cell)]
    report = world.notify()

    assert fates(report) == {("1", "X1"): "notified", ("1", "X2"): "notified"}
    assert changes(report) == {("1", "K1"): ("new", 0), ("1", "K2"): ("new", 0)}


def test_a_department_that_nobody_can_reach_needs_a_person(world: World) -> None:
    world.departments = None
    world.cutovers = [cut("Z9")]
    report = world.notify()

    assert fates(report) == {("1", "Z9"): "department"}
    assert report.exit is Exit.RULE


def test_an_attribution_by_name_is_said_at_its_cell(world: World) -> None:
    world.cutovers = [cut("Z9", 客户名称="甲公司")]
    report = world.notify()

    assert fates(report) == {("1", "Z9"): "notified"}
    (said,) = [p for p in report.problems if "attributed by name" in p.message.to("en")]
    assert (str(said.severity), said.field, said.held) == ("caution", "circuit_code", ())
