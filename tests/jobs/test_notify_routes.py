"""Work given by resources: whom routes find, what is exempt, what two tasks do together, what broken routes hold."""

from __future__ import annotations

from typing import Any

import pytest

from aftersales_cli.errors import Exit
from tests.jobs.world import TASK, World, accounting, assured, changes, cut, errors, fates, hop, json, why

OTHER = "BD2011SHJH000002"
PROTECTED = [hop("X1", "OTN-1"), hop("X1", "OTN-2", "备用")]


def on(*resources: str, task: str = TASK, **cells: str) -> dict[str, str]:
    """A row that names resources and no circuit."""
    return cut("", task, 割接资源="；".join(resources), **cells)


def messages(report: Any, code: str | None) -> list[str]:
    return [str(p.message) for p in report.problems if code is None or p.field == code]


def test_customers_are_found_by_the_resources_of_the_work(world: World) -> None:
    world.cutovers = [on("OTN-1")]
    world.routes = [hop("X1", "OTN-1"), hop("X2", "otn-1"), hop("X3", "OTN-9")]
    report = world.notify()
    assert fates(report) == {("1", "X1"): "notified", ("1", "X2"): "notified"}
    assert changes(report) == {("1", "K1"): ("new", 0), ("1", "K2"): ("new", 0)}
    assert report.exit is Exit.DONE


def test_a_circuit_that_is_listed_and_routed_is_one_pair(world: World) -> None:
    world.cutovers = [cut("X1", 割接资源="OTN-1")]
    world.routes = [hop("X1", "OTN-1"), hop("X2", "OTN-1")]
    assert fates(world.notify()) == {("1", "X1"): "notified", ("1", "X2"): "notified"}


def test_the_name_in_a_row_of_resources_is_not_that_of_every_circuit(world: World) -> None:
    world.cutovers = [on("OTN-1", 客户名称="甲公司")]
    world.routes = [hop("X1", "OTN-1"), hop("X2", "OTN-1")]
    report = world.notify()
    assert set(fates(report).values()) == {"notified"}
    assert not errors(report)


def test_work_on_the_protecting_path_alone_is_exempt_unless_the_desk_tells_it(world: World) -> None:
    world.cutovers, world.routes = [on("OTN-2")], PROTECTED
    report = world.notify()
    assert fates(report) == {("1", "X1"): "exempt"}
    assert why(report, "exempt") == ["only its protecting path is touched"]

    world.settings["tell_reduced_redundancy"] = True
    assert changes(world.notify()) == {("1", "K1"): ("new", 0)}


def test_resources_that_no_route_has_go_to_the_department_with_a_caution(world: World) -> None:
    world.cutovers, world.routes = [on("OTN-7")], PROTECTED
    report = world.notify()
    assert fates(report) == {("1", None): "department"}
    assert messages(report, "resources") == ["no route runs over OTN-7"]


def test_without_any_routes_nothing_is_said_of_resources(world: World) -> None:
    world.cutovers = [cut("X1", 割接资源="OTN-1")]
    assert messages(world.notify(), "resources") == []


def test_a_missing_file_of_routes_holds_what_only_it_would_tell(world: World) -> None:
    world.cutovers, world.routes, world.gone = [cut("X1", 割接资源="OTN-1")], PROTECTED, {"routes"}
    report = world.notify()
    assert fates(report) == {("1", "X1"): "notified", ("1", None): "held"}
    assert report.exit is Exit.PARTLY
    assert accounting(report)["held"] == 1


def test_it_holds_nothing_of_a_task_that_names_no_resource(world: World) -> None:
    world.routes, world.gone = PROTECTED, {"routes"}
    assert fates(world.notify()) == {("1", "X1"): "notified"}


def test_a_circuit_whose_path_cannot_be_read_is_touched_all_the_same(world: World) -> None:
    world.cutovers, world.routes = [on("OTN-1")], [hop("X1", "OTN-1", "左边"), hop("X2", "OTN-1")]
    report = world.notify()
    assert fates(report) == {("1", "X1"): "notified", ("1", "X2"): "notified"}
    assert report.exit is Exit.PARTLY


def test_a_row_without_a_resource_may_be_of_any(world: World) -> None:
    world.cutovers, world.routes = [on("OTN-1")], [hop("X1", "OTN-1"), hop("X2", "")]
    assert fates(world.notify()) == {("1", "X1"): "notified", ("1", None): "held"}


@pytest.mark.parametrize("harm", ["gone", "cut off", "a row less", "unreadable"])
def test_broken_or_missing_routes_never_cancel_and_never_tell_twice(world: World, harm: str) -> None:
    world.cutovers = [on("OTN-1"), on("OTN-2", task=OTHER)]
    world.routes = [*PROTECTED, hop("X2", "OTN-1"), hop("X3", "OTN-2")]
    world.notify()
    told = world.issued()
    match harm:
        case "gone":
            world.gone = {"routes"}
        case "cut off":
            world.raw["routes"] = "电路代号,路径,资源\nX1,主用".encode()
        case "unreadable":
            world.raw["routes"] = b"\x00\x01"
        case _:
            world.routes[0] = hop("", "OTN-1")
    world.notify()
    assert world.issued() == told


@pytest.mark.parametrize("harm", ["a file gone", "a path that cannot be read"])
def test_what_broken_routes_make_doubtful_is_added_to_no_notice(world: World, harm: str) -> None:
    """Only Y1's protecting path is touched, so it is exempt; without its working path on record nobody knows."""
    world.cutovers, world.routes = [on("OTN-1")], [hop("X1", "OTN-1"), hop("Y1", "OTN-1", "备用")]
    world.patterns["routes"] = ("routes*.csv",)
    rest = world.root / "routes2.csv"
    rest.write_text("电路代号,路径,资源\nY1,主用,OTN-9\n", encoding="utf-8")
    assert fates(world.notify()) == {("1", "X1"): "notified", ("1", "Y1"): "exempt"}
    if harm == "a file gone":
        rest.unlink()
    else:
        rest.write_text("电路代号,路径,资源\nY1,主要,OTN-9\n", encoding="utf-8")
    again = world.notify()

    assert changes(again) == {("1", "K1"): ("unchanged", 0)}
    assert fates(again) == {("1", "X1"): "notified", ("1", "Y1"): "held"}
    assert again.exit is (Exit.RULE if harm == "a file gone" else Exit.PARTLY)


@pytest.fixture
def two(world: World) -> World:
    world.cutovers, world.routes = [on("OTN-1"), on("OTN-2", task=OTHER)], list(PROTECTED)
    return world


def test_both_tasks_are_told_with_the_number_of_the_other(two: World) -> None:
    report = two.notify()
    assert changes(report) == {("1", "K1"): ("new", 0), ("2", "K1"): ("new", 0)}
    assert {n.task_no: n.collisions for n in two.issued()} == {TASK: {"X1": (OTHER,)}, OTHER: {"X1": (TASK,)}}
    (letter,) = [path for path in report.files if path.suffix == ".html"]
    text = letter.read_text("utf-8")
    assert f"同时有割接任务 {OTHER}" in text
    assert f"同时有割接任务 {TASK}" in text


def test_check_says_it_of_both(two: World) -> None:
    items = json(two.check())["items"]
    found = {i["task_no"]: d for i in items for d in i["decisions"] if d["rule"] == "CUT-11"}
    assert {number: each["verdict"] for number, each in found.items()} == {TASK: "breached", OTHER: "breached"}
    assert OTHER in found[TASK]["says"]


def test_check_says_it_once_of_all_circuits_that_meet_the_same_task(two: World) -> None:
    two.routes = [*PROTECTED, hop("Y1", "OTN-1"), hop("Y1", "OTN-2", "备用")]
    (task, *_) = json(two.check())["items"]
    (found,) = [each for each in task["decisions"] if each["rule"] == "CUT-11"]
    assert found["says"].count(OTHER) == 1


def test_the_calendar_files_say_outage(two: World) -> None:
    two.settings["sender"]["email"] = "desk@carrier.example"
    two.settings["mail"] = {"from": "desk@carrier.example"}
    two.customers[0]["联系邮箱"] = "k1@customer.example"
    events = [path.read_text("utf-8") for path in two.notify().files if path.suffix == ".ics"]
    assert len(events) == 2
    assert all("X-MAINTNOTE-IMPACT:OUTAGE" in event for event in events)


def test_one_that_appears_later_is_an_update(two: World) -> None:
    second = two.cutovers.pop()
    assert changes(two.notify()) == {("1", "K1"): ("new", 0)}
    two.cutovers.append(second)
    assert changes(two.notify()) == {("1", "K1"): ("update", 1), ("2", "K1"): ("new", 0)}
    assert changes(two.notify()) == {("1", "K1"): ("unchanged", 1), ("2", "K1"): ("unchanged", 0)}


def test_one_whose_row_is_gone_is_no_second_notice(two: World) -> None:
    two.notify()
    told = two.issued()
    two.cutovers.pop()
    two.notify()
    assert two.issued() == told


def test_a_cancelled_task_collides_with_nobody(two: World) -> None:
    two.cutovers[1]["状态"] = "取消"
    assert changes(two.notify()) == {("1", "K1"): ("new", 0)}
    assert two.issued()[0].collisions == {}


def test_a_cancelled_task_given_by_resources_is_cancelled_with_all_it_was_told_to(world: World) -> None:
    world.cutovers, world.routes = [on("OTN-1")], [hop("X1", "OTN-1"), hop("X2", "OTN-1")]
    world.notify()
    world.cutovers[0]["状态"] = "取消"
    assert changes(world.notify()) == {("1", "K1"): ("cancel", 1), ("1", "K2"): ("cancel", 1)}


def test_a_circuit_moved_off_the_resource_is_told_so(world: World) -> None:
    world.cutovers, world.routes = [on("OTN-1")], [hop("X1", "OTN-1"), hop("X2", "OTN-1"), hop("X3", "OTN-9")]
    world.notify()
    world.routes[1] = hop("X2", "OTN-9")
    assert changes(world.notify()) == {("1", "K1"): ("unchanged", 0), ("1", "K2"): ("cancel", 1)}


def test_assured_circuits_are_found_through_routes(world: World) -> None:
    world.cutovers, world.routes, world.assurances = [on("OTN-1")], [hop("X1", "OTN-1")], [assured("K1")]
    report = world.notify()
    assert fates(report) == {("1", "X1"): "held"}


# A routes file that is cut off at the end of a line (decision 0015)


@pytest.mark.parametrize("kept", range(1, 6))
def test_routes_cut_off_cleanly_take_nothing_back_and_tell_nothing_twice(world: World, kept: int) -> None:
    routes = [hop("X1", "OTN-1"), hop("X1", "OTN-5"), hop("X2", "OTN-5"), hop("X2", "OTN-1"), hop("X3", "OTN-1"),
              hop("Z", "OTN-9")]  # fmt: skip
    world.cutovers, world.routes = [on("OTN-1")], list(routes)
    world.notify()
    told = world.issued()

    world.routes = routes[:kept]
    assert "cancel" not in {change for change, _ in changes(world.notify()).values()}
    assert world.issued() == told

    world.routes = [*routes[:3], hop("X2", "OTN-7"), *routes[4:]]  # really led elsewhere
    assert changes(world.notify())["1", "K2"] == ("cancel", 1)


def test_routes_cut_off_before_the_resource_do_not_send_the_task_to_the_department(world: World) -> None:
    """Its customers were told of it: that nobody knows a circuit now may be the file's doing (D12)."""
    routes = [hop("Z", "OTN-9"), hop("X1", "OTN-1"), hop("X2", "OTN-1"), hop("X3", "OTN-5")]
    world.cutovers, world.routes = [on("OTN-1")], routes
    world.notify()
    told = world.issued()

    world.routes = routes[:1]
    report = world.notify()
    assert fates(report) == {("1", None): "held"}
    assert why(report, "held") == ["甲公司 was told of it, and cannot be found or reached now"]
    assert world.issued() == told

    world.cutovers[0]["割接时间"] = "20110609 00:00:00/20110609 06:00:00"  # what is new goes to the department
    assert fates(world.notify()) == {("1", None): "department"}


def test_a_resource_nobody_knows_that_is_added_to_a_task_still_goes_to_the_department(world: World) -> None:
    world.cutovers = [cut("X1")]
    world.notify()

    world.cutovers.append(on("OTN-7"))
    assert fates(world.notify()) == {("1", "X1"): "notified", ("1", None): "department"}
