"""The textbook's six complaints, one for each answer rule: answered as the example's README says, notified or not."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from aftersales_cli import library
from tests.cli.running import Ran, ran

LATER = "2011-06-27T09:00"
TASKS = {
    "SG2011-0001": "BD2011GXJH000091",
    "SG2011-0002": "BD2011GDJH000473",
    "SG2011-0003": "JT2011SHJH000160",
    "SG2011-0004": "BD2011SHJH000159",
    "SG2011-0005": "BD2011GDJH000488",
    "SG2011-0006": None,
}
"""The cutover of each complaint; nobody filed the last one."""


@pytest.fixture
def textbook(tmp_path: Path) -> Path:
    """A copy of the example."""
    return Path(shutil.copytree(library.content("examples") / "textbook", tmp_path / "textbook"))


def promised(textbook: Path) -> dict[str, tuple[str, str]]:
    """Answer and rule of each complaint, as the table of the README has them."""
    rows = re.findall(r"^\| (SG\S+) \|.*· ([a-z ]+) \| (\S+) \|$", (textbook / "README.md").read_text("utf-8"), re.M)
    return {number: (answer.replace(" ", "_"), rule) for number, answer, rule in rows}


def answer(capsys: pytest.CaptureFixture[str], folder: Path, *more: str, complaints: str = "complaints.csv") -> Ran:
    files = [f"--{name}={folder / file}" for name, file in
             (("cutovers", "done.csv"), ("complaints", complaints), ("receipts", "receipts.csv"))]  # fmt: skip
    return ran(capsys, "-w", folder, "--as-of", LATER, "complaint", "answer", *files, *more)


@pytest.mark.parametrize("notified", [False, True], ids=["files alone", "after the story's notices"])
def test_each_complaint_is_answered_by_the_rule_that_the_readme_names(
    textbook: Path, capsys: pytest.CaptureFixture[str], notified: bool
) -> None:
    if notified:
        assert ran(capsys, "-w", textbook, "--as-of", "2011-05-27T09:00", "cutover", "notify").code == 0
    done = answer(capsys, textbook, "--json")
    assert done.code == 0
    assert done.json["problems"] == []
    found = {item["complaint_no"]: (item["answer"], item["primary"]) for item in done.json["items"]}
    assert found == promised(textbook)
    assert [rule for _, rule in found.values()] == [f"ANS-{n}" for n in range(1, 7)]


def test_each_complaint_finds_its_cutover_and_the_last_has_none(
    textbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    items = answer(capsys, textbook, "--json").json["items"]
    assert {item["complaint_no"]: item["task_no"] for item in items} == TASKS


def test_without_the_receipts_only_what_does_not_rest_on_them_is_answered(
    textbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Empty the receipts: the two answers that they decide wait for a person, the other four stand."""
    heading, *_ = (textbook / "receipts.csv").read_text("utf-8").splitlines()
    (textbook / "receipts.csv").write_text(heading + "\n", "utf-8")
    items = answer(capsys, textbook, "--json").json["items"]
    open_ = {item["complaint_no"] for item in items if item["answer"] == "needs_a_person"}
    assert open_ == {"SG2011-0003", "SG2011-0004"}


@pytest.mark.parametrize("types", ["all_varchar = true", "all_varchar = false"], ids=["texts", "with times"])
def test_complaints_in_parquet_are_answered_as_those_in_csv(
    textbook: Path, capsys: pytest.CaptureFixture[str], types: str
) -> None:
    """All but the places of its cells, which are rows and no lines."""
    csv, parquet = textbook / "complaints.csv", textbook / "complaints.parquet"
    duckdb.connect().execute(f"COPY (FROM read_csv('{csv}', {types})) TO '{parquet}' (FORMAT parquet)")
    found = {}
    for file in (csv, parquet):
        done = answer(capsys, textbook, "--json", complaints=file.name)
        assert (done.code, done.json["problems"], len(done.json["items"])) == (0, [], 6)
        found[file.suffix] = json.loads(done.out, object_hook=without_places)["items"]
    assert found[".parquet"] == found[".csv"]


def without_places(found: dict[str, Any]) -> dict[str, Any]:
    """An object of the answer, whatever file and row it comes from."""
    return {key: value for key, value in found.items() if key != "source" or isinstance(value, str)}


def test_the_story_s_own_commands_see_none_of_it(textbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The settings name no complaints: check still has the four cutovers."""
    done = ran(capsys, "-w", textbook, "--as-of", "2011-05-27T09:00", "cutover", "check", "--json")
    assert (done.code, len(done.json["items"])) == (0, 4)
