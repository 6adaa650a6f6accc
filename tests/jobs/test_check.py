"""`cutover check`: every rule's decision on every task, and what would be held."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from aftersales_cli import library, settings
from aftersales_cli.cutover.rules import RULE_IDS
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.jobs.check import Wishes, check
from aftersales_cli.jobs.report import Report
from tests.jobs.world import TASK, World, assured, circuit, customer, cut, json

SECOND = "BD2011SHJH000002"


def decision(report: Report, rule: str, task: str = TASK) -> Any:
    """The JSON of one decision."""
    (one,) = [each for each in json(report)["items"] if each["task_no"] == task]
    (found,) = [each for each in one["decisions"] if each["rule"] == rule]
    return found


def test_the_json_has_the_keys_of_the_contract(world: World) -> None:
    told = json(world.check())

    assert set(told) == {"command", "as_of", "province", "exit", "summary", "items", "problems", "files"}
    (one,) = told["items"]
    assert (one["task_no"], one["verdict"], one["held"]) == (TASK, "met", False)
    assert [each["rule"] for each in one["decisions"]] == list(RULE_IDS)
    keys = {"rule", "title", "verdict", "says", "judged_on", "values", "evidence", "missing", "cautions"}
    assert all(set(each) == keys for each in one["decisions"])


def test_a_number_is_cited_with_its_clause_and_the_evidence_with_its_cell(world: World) -> None:
    found = decision(world.check(), "CUT-04")

    assert [(v["name"], v["value"], v["unit"], v["clause"]["source"]) for v in found["values"]] == [
        ("notice", 6, "working days", "TB-2.3.3")
    ]
    (window,) = [each for each in found["evidence"] if each["field"] == "window"]
    assert window["source"] == {"file": "cutovers.csv", "sheet": None, "row": None, "column": "B", "line": 2}


@pytest.mark.parametrize(
    ("as_of", "days"),
    [pytest.param("2011-05-27T09:00", 6, id="in time"), pytest.param("2011-06-01T09:00", 3, id="late")],
)
def test_before_the_window_a_task_is_judged_as_if_published_now_with_the_latest_day(
    world: World, as_of: str, days: int
) -> None:
    ahead = f"{days} clear working days ahead, 6 clear working days needed"
    says = f"if published today: {ahead}; the latest day is 2011-05-29"
    assert decision(world.check(as_of), "CUT-04")["says"] == says


def test_a_latest_day_that_unpublished_days_decide_is_not_named_the_certain_one_is(world: World) -> None:
    world.cutovers = [cut("X1", "BD2027SHJH000001", 割接时间="20270108 00:00:00/20270108 06:00:00")]
    says = decision(world.check("2026-12-22T09:00"), "CUT-04", "BD2027SHJH000001")["says"]

    assert "certainly early enough is 2026-12-20" in says


@pytest.mark.parametrize(
    ("notice", "value", "unit"),
    [
        pytest.param("14天", 14, "days", id="14 calendar days"),
        pytest.param("10个工作日", 10, "working days", id="10 working days"),
        pytest.param("400小时", 400, "hours", id="400 hours"),
    ],
)
def test_a_longer_contract_binds_beside_the_book_and_is_cited(world: World, notice: str, value: int, unit: str) -> None:
    world.customers[1]["约定提前量"] = notice
    world.customers[2]["约定提前量"] = "8天"
    world.cutovers = [cut("X1"), cut("X2"), cut("X3")]
    found = decision(world.check(), "CUT-04")

    assert found["verdict"] == "breached"
    assert "乙公司" in found["says"]
    used = [(v["value"], v["unit"], v["clause"]["source"]) for v in found["values"]]
    assert used[0] == (6, "working days", "TB-2.3.3")
    assert (value, unit, "contract") in used


def test_a_contract_that_asks_less_lets_the_book_stand(world: World) -> None:
    world.customers[0]["约定提前量"] = "72小时"

    assert decision(world.check("2011-06-01T09:00"), "CUT-04")["verdict"] == "breached"


def test_the_statute_is_judged_beside_the_book(world: World) -> None:
    report = world.check("2011-06-01T09:00")

    assert [decision(report, rule)["verdict"] for rule in ("CUT-04", "CUT-06")] == ["breached", "met"]


@pytest.mark.parametrize(
    ("cells", "verdict", "exit_"),
    [
        pytest.param({"发布时间": "2011-05-20"}, "met", Exit.DONE, id="published in time"),
        pytest.param({"发布时间": "2011-06-02"}, "breached", Exit.RULE, id="published late"),
        pytest.param({"发布时间": "未发布"}, "breached", Exit.RULE, id="未发布"),
        pytest.param({"发布时间": ""}, "needs_a_person", Exit.RULE, id="empty stays unknown"),
    ],
)
def test_after_the_window_began_only_what_is_said_counts(
    world: World, cells: dict[str, str], verdict: str, exit_: Exit
) -> None:
    world.cutovers = [cut("X1", **cells)]
    report = world.check("2011-06-09T09:00")

    assert (decision(report, "CUT-04")["verdict"], report.exit) == (verdict, exit_)


def test_a_publication_without_a_filing_counts_as_filed_then(world: World) -> None:
    world.cutovers = [cut("X1", 发布时间="2011-05-20")]

    assert decision(world.check("2011-06-09T09:00"), "CUT-05")["verdict"] == "met"


@pytest.mark.parametrize(
    ("published", "verdict"),
    [pytest.param("未发布", "breached", id="未发布"), pytest.param("", "needs_a_person", id="empty")],
)
def test_work_that_began_before_its_window_is_not_excused_by_the_window(
    world: World, published: str, verdict: str
) -> None:
    world.cutovers = [cut("X1", 实际开始时间="2011-06-06 22:00", 发布时间=published)]

    assert decision(world.check("2011-06-07T09:00"), "CUT-05")["verdict"] == verdict


def test_file_and_ledger_a_day_apart_count_as_the_later_with_a_caution(world: World) -> None:
    world.notify("2011-05-28T09:00")
    world.cutovers = [cut("X1", 发布时间="2011-05-20")]
    found = decision(world.check("2011-05-29T09:00"), "CUT-04")

    assert "published 2011-05-28" in found["says"]
    assert len(found["cautions"]) == 1


def test_every_customers_caution_is_said_not_only_the_worst_ones(world: World) -> None:
    world.notify("2011-05-28T09:00")
    world.customers[1]["约定提前量"] = "20个工作日"
    world.cutovers = [cut("X1", 发布时间="2011-05-20"), cut("X2", 发布时间="2011-05-20")]
    found = decision(world.check("2011-05-29T09:00"), "CUT-04")

    assert "乙公司" in found["says"]
    assert len(found["cautions"]) == 1


@pytest.mark.parametrize(
    ("level", "category", "verdicts"),
    [
        pytest.param("特级", "计划", ("breached", "not_applicable", "not_applicable"), id="special"),
        pytest.param("二级", "计划", ("breached", "not_applicable", "not_applicable"), id="二级以上 includes 二级"),
        pytest.param("三级", "计划", ("met", "not_applicable", "met"), id="三级 is pointed out"),
        pytest.param("二级", "紧急", ("not_applicable", "met", "not_applicable"), id="an emergency"),
    ],
)
def test_assurance_by_level_and_category(world: World, level: str, category: str, verdicts: tuple[str, ...]) -> None:
    world.assurances = [assured("K1", level)]
    world.cutovers = [cut("X1", 割接类别=category)]
    report = world.check()

    assert tuple(decision(report, rule)["verdict"] for rule in ("ASR-1", "ASR-2", "ASR-3")) == verdicts
    marked = decision(report, "ASR-2" if category == "紧急" else "ASR-3")["cautions"]
    assert len(marked) == (1 if level == "三级" or category == "紧急" else 0)


def test_a_bad_assurance_row_leaves_all_three_rules_open(world: World) -> None:
    world.assurances = [assured("K1", "五级")]
    world.cutovers = [cut("X1"), cut("Y1", SECOND, 割接类别="紧急")]
    report = world.check()

    planned = [decision(report, rule)["verdict"] for rule in ("ASR-1", "ASR-3")]
    emergency = [decision(report, rule, SECOND)["verdict"] for rule in ("ASR-2", "ASR-3")]
    assert (planned, emergency) == (["needs_a_person"] * 2, ["needs_a_person"] * 2)
    assert [each["held"] for each in json(report)["items"]] == [True, False]
    assert report.exit is Exit.PARTLY


def test_a_task_whose_circuits_are_all_held_is_held(world: World) -> None:
    world.circuits.append(circuit("X1", "K2"))
    report = world.check()

    assert (json(report)["items"][0]["held"], report.summary["held"]) == (True, 1)
    assert decision(report, "CUT-03")["verdict"] == "needs_a_person"


def test_a_contact_missing_is_no_quarrel_between_circuit_and_name(world: World) -> None:
    world.customers[0]["联系电话"] = ""
    world.cutovers = [cut("X1", 客户名称="甲公司总部")]

    assert decision(world.check(), "CUT-10")["verdict"] == "met"


def test_a_cancelled_task_breaks_no_rule_of_timing(world: World) -> None:
    world.cutovers = [cut("X1", 状态="取消")]
    report = world.check("2011-06-09T09:00")

    assert {decision(report, rule)["verdict"] for rule in ("CUT-04", "CUT-05", "CUT-06")} == {"not_applicable"}
    assert report.exit is Exit.DONE


def test_the_province_of_the_cutover_may_ask_more_which_is_said_where_the_rule_applies(world: World) -> None:
    """The sample book has one province whose edition asks for eight days."""
    own = world.root / "rulebook" / "provinces"
    own.mkdir(parents=True)
    edition = """
province: 广东
title: {zh: 广东（测试）, en: Guangdong (test)}
editions:
  CUT-04:
  - from: 2011-01-01
    clause: {source: TEST, article: '1', text: {zh: 测试。, en: A test.}}
    notice: 7 working days
"""
    (own / "广东.yaml").write_text(edition)
    world.settings |= {"rulebook": world.root / "rulebook", "province": "上海"}
    gd = "BD2011GDJH000002"
    world.cutovers = [cut("X1", gd, 割接省="广东"), cut("X2", SECOND, 割接省="广东", 割接类别="紧急")]
    report = world.check()

    assert len(decision(report, "CUT-04", gd)["cautions"]) == 1
    assert decision(report, "CUT-04", SECOND)["cautions"] == []


def test_it_writes_nothing(world: World) -> None:
    world.check()

    assert sorted(path.suffix for path in world.root.rglob("*")) == [".csv"] * 4


def test_only_the_tasks_asked_for_are_judged(world: World) -> None:
    world.cutovers = [cut("X1"), cut("X2", SECOND)]

    assert [each["task_no"] for each in json(world.check("2011-05-27T09:00", SECOND.lower()))["items"]] == [SECOND]
    with pytest.raises(Stop):
        world.check("2011-05-27T09:00", "T9")


def test_the_four_cutovers_of_the_textbook_meet_every_rule(world: World) -> None:
    desk = replace(world.desk(), workspace=settings.load(library.content("examples") / "textbook"))
    report = check(desk, Wishes())

    assert [(each["task_no"], each["verdict"]) for each in json(report)["items"]] == [
        ("JT2011SHJH000160", "met"),
        ("BD2011GDJH000473", "met"),
        ("BD2011SHJH000159", "met"),
        ("BD2011GXJH000084", "met"),
    ]
    assert (report.exit, report.problems) == (Exit.DONE, ())


def test_a_customer_named_twice_is_a_problem_of_both_rows(world: World) -> None:
    world.customers.append(customer("k1", "甲公司"))
    report = world.check()

    assert {p.place.line for p in report.problems if p.place and p.field == "code"} == {2, 5}
    assert json(report)["items"][0]["held"] is True
