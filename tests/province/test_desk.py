"""The example as a desk meets it: what the commands say of it."""

from __future__ import annotations

import io
import json
import shutil
from collections import Counter
from collections.abc import Mapping
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from aftersales_cli.cli.main import main
from aftersales_cli.records.folding import folded
from tests.province.conftest import EXAMPLE
from tools.province.model import Province, Task

AS_OF = ("--as-of", "2026-06-01T09:00")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy, so that no ledger is written into the repository."""
    return Path(shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("province") / "desk"))


@pytest.fixture(scope="module")
def checked(desk: Path) -> Mapping[str, Any]:
    """What `cutover check` says, asked once."""
    return said(desk, "check")


def said(desk: Path, command: str) -> Mapping[str, Any]:
    """The one document that a command puts out."""
    with redirect_stdout(io.StringIO()) as out:
        code = main(["--lang", "en", "-w", str(desk), *AS_OF, "cutover", command, "--json"])
    document: Mapping[str, Any] = json.loads(out.getvalue())
    assert document["exit"] == code
    return document


def found(made: Province, about: str) -> Task:
    return next(task for task in made.tasks if about in task.about)


def test_most_is_met_and_what_is_wrong_is_said(checked: Mapping[str, Any], made: Province) -> None:
    errors = [problem for problem in checked["problems"] if problem["severity"] == "error"]
    assert checked["exit"] == 3
    assert len(checked["items"]) == len(made.tasks)
    assert Counter(problem["found"] for problem in errors if problem["field"] in {"window", "level"}) == {
        "2026.6.31 23:00-次日02:00": 1, "五级": 1,
    }  # fmt: skip
    assert len(errors) <= 5
    assert sum(item["held"] for item in checked["items"]) == 5
    assert sum(item["verdict"] == "met" for item in checked["items"]) > len(made.tasks) // 2


@pytest.mark.parametrize(
    ("about", "rule", "verdict"),
    [
        pytest.param("特级重保", "ASR-1", "breached", id="forbidden by key protection"),
        pytest.param("级别写错", "ASR-1", "needs_a_person", id="the level of the assurance is unknown"),
        pytest.param("不在分类表内", "CUT-02", "breached", id="reason outside the list"),
        pytest.param("6月31日", "CUT-01", "needs_a_person", id="no such day"),
        pytest.param("发布晚了", "CUT-04", "breached", id="published late"),
        pytest.param("今天发布也不足", "CUT-04", "breached", id="not published yet and late today"),
        pytest.param("未填报就实施了", "CUT-05", "breached", id="begun and never filed"),
        pytest.param("七十二小时", "CUT-06", "breached", id="under 72 hours"),
        pytest.param("比割接时间还长", "CUT-07", "breached", id="longer than its window"),
        pytest.param("省份字母", "CUT-08", "breached", id="letters of another province"),
        pytest.param("类别是临时", "CUT-09", "breached", id="category and number disagree"),
        pytest.param("一字之差", "CUT-10", "breached", id="circuit and name disagree"),
    ],
)
def test_a_story_is_judged_as_it_is_told(
    checked: Mapping[str, Any], made: Province, about: str, rule: str, verdict: str
) -> None:
    number = folded(found(made, about).number)
    item = next(item for item in checked["items"] if folded(item["task_no"]) == number)
    assert {decision["rule"]: decision["verdict"] for decision in item["decisions"]}[rule] == verdict


def test_three_pairs_of_tasks_cut_both_paths_together(desk: Path) -> None:
    items = said(desk, "impact")["items"]
    pairs = {frozenset((item["task_no"], other)) for item in items for other in item["with"]}
    assert len(pairs) == 3
    impacts = Counter(item["impact"] for item in items)
    assert all(impacts[kind] > 1 for kind in ("outage", "momentary", "reduced_redundancy", "none"))


def test_the_accounting_balances_most_goes_out_and_a_second_run_is_unchanged(desk: Path) -> None:
    first = said(desk, "notify")
    counts = first["summary"]["accounting"]
    assert first["exit"] == 3
    assert counts["circuits"] == sum(count for fate, count in counts.items() if fate != "circuits")
    assert counts["notified"] > 0.7 * counts["circuits"]
    assert counts["held"] < 0.03 * counts["circuits"]
    assert 5 <= counts["department"] <= 10
    second = said(desk, "notify")
    assert second["summary"]["accounting"] == counts
    assert {item["change"] for item in second["items"]} <= {"unchanged", None}
