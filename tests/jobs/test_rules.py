"""What `rules list`, `show`, `check` and `explain` report."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from aftersales_cli import library
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.jobs import rules
from aftersales_cli.records.values import BEIJING
from aftersales_cli.workspace import Workspace

AS_OF = datetime(2026, 6, 1, 9, tzinfo=BEIJING)
CUT_04 = library.content("rulebook") / "cutover" / "CUT-04.yaml"


@pytest.fixture
def bare(tmp_path: Path) -> Workspace:
    return Workspace(root=tmp_path)


def own(folder: Path, name: str, text: str) -> Workspace:
    path = folder / "rulebook" / name
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    return Workspace(root=folder, rulebook=folder / "rulebook")


def numbers(item: Any) -> list[tuple[str, object, str]]:
    return [(used.name, used.value, used.clause.source) for used in item["values"]]


def test_the_list_has_every_card_with_the_numbers_in_force(bare: Workspace) -> None:
    items = {item["rule"]: item for item in rules.list_rules(bare, AS_OF, None).items}
    assert numbers(items["CUT-04"]) == [("notice", 6, "TB-2.3.3")]
    assert numbers(items["CUT-01"]) == []
    assert items["CUT-01"]["on_breach"] == "hold"


def test_before_a_card_s_first_edition_nothing_is_in_force(bare: Workspace) -> None:
    items = rules.list_rules(bare, datetime(2010, 1, 1, tzinfo=BEIJING), None).items
    assert {item["rule"] for item in items if item["values"] is not None} == {"CUT-06"}


def test_show_has_the_numbers_of_the_day_and_the_province(bare: Workspace) -> None:
    (item,) = rules.show(bare, AS_OF, "示例省", "cut-04", None).items
    assert numbers(item) == [("notice", 8, "SAMPLE-示例省")]
    (item,) = rules.show(bare, AS_OF, "示例省", "CUT-04", date(2025, 12, 31)).items
    assert numbers(item) == [("notice", 6, "TB-2.3.3")]
    editions: Any = item["editions"]
    assert [(edition["province"], edition["from"]) for edition in editions] == [
        (None, date(2011, 1, 1)),
        ("示例省", date(2026, 1, 1)),
    ]


def test_an_id_that_is_no_card_s_is_wrong_usage_with_the_nearest(bare: Workspace) -> None:
    with pytest.raises(Stop) as stop:
        rules.show(bare, AS_OF, None, "CUT-4", None)
    assert (stop.value.code, str(stop.value.hint)) == (Exit.USAGE, "did you mean “CUT-04”?")


def test_check_says_how_many_cases_each_rule_passed(bare: Workspace) -> None:
    report = rules.check(bare, AS_OF)
    assert (report.exit, report.summary["holds"], list(report.problems)) == (Exit.DONE, True, [])
    assert all(item["cases"] == item["passed"] for item in report.items)
    assert report.summary["cases"] == sum(int(str(item["cases"])) for item in report.items)


def test_a_workspace_that_edits_a_number_is_audited_with_it(tmp_path: Path) -> None:
    edited = CUT_04.read_text("utf-8").replace("notice: 6 working days", "notice: 7 working days")
    workspace = own(tmp_path, "cutover/CUT-04.yaml", edited)
    report = rules.check(workspace, AS_OF)
    assert report.exit is Exit.SETTINGS
    found = [str(problem.message) for problem in report.problems]
    assert found[0].startswith("CUT-04, case 1 “8 June with six clear days”: expected met, found breached")


def test_a_workspace_s_own_province_takes_the_sample_s_place(tmp_path: Path) -> None:
    text = """\
province: 示例省
title: {zh: 本省, en: ours}
editions:
  CUT-04:
  - from: 2026-03-01
    clause: {source: 沪-1, article: '2', text: {zh: 九个工作日, en: nine working days}}
    notice: 9 working days
"""
    workspace = own(tmp_path, "provinces/示例省.yaml", text)
    (item,) = rules.show(workspace, AS_OF, "示例省", "CUT-04", None).items
    assert numbers(item) == [("notice", 9, "沪-1")]
    found = [str(problem.message) for problem in rules.check(workspace, AS_OF).problems]
    assert found == [
        "CUT-04: no case is judged on 2026-02-28, beside the first day of an edition",
        "CUT-04: no case is judged on 2026-03-01, beside the first day of an edition",
    ]


def test_explain_shows_one_case_with_decision_and_clause(bare: Workspace) -> None:
    report = rules.explain(bare, AS_OF, "CUT-04", "8 June with five")
    (item,) = report.items
    decision: Any = item["decision"]
    assert (item["number"], item["passed"], decision.verdict) == (2, True, "breached")
    assert [used.clause.article["zh"] for used in decision.values] == ["答复口径 5"]


def test_explain_without_a_case_shows_them_all(bare: Workspace) -> None:
    report = rules.explain(bare, AS_OF, "ASR-3", None)
    assert [item["number"] for item in report.items] == list(range(1, len(report.items) + 1))
    assert report.exit is Exit.DONE


def test_explaining_a_case_that_fails_is_a_book_that_does_not_hold(tmp_path: Path) -> None:
    edited = CUT_04.read_text("utf-8").replace("notice: 6 working days", "notice: 7 working days")
    workspace = own(tmp_path, "cutover/CUT-04.yaml", edited)
    assert rules.explain(workspace, AS_OF, "CUT-04", "1").exit is Exit.SETTINGS
