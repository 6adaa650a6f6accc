"""The complaints, receipts and opinions of 20 June: what the desk is told to answer, and that all of it occurs."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Mapping
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from aftersales_cli.cli.main import main
from tests.province.desks import fresh
from tools.province import complaints, feedback, finished, receipts
from tools.province.later import FOLDER
from tools.province.model import Province

FAULT, PLANNED, PERSON, OTHER = "network_fault", "planned_cutover", "needs_a_person", "not_a_cutover"
EXPECTED: dict[str, tuple[str, str | None, str]] = {  # what it shows: the answer, its rule, what is missing
    "按要求通知、按时恢复": (PLANNED, "ANS-3", ""),
    "割接超时，客户已先恢复": (PLANNED, "ANS-3", ""),
    "同一电路一天内两次割接，写明了任务号": (PLANNED, "ANS-3", ""),
    "计划割接遇特级重保，本应停止": (PLANNED, "ANS-3", ""),
    "回执写着未送达": (FAULT, "ANS-4", ""),
    "割接开始之后才送达": (FAULT, "ANS-4", ""),
    "工作按时结束，业务恢复晚了": (FAULT, "ANS-0", ""),
    "割接开始之前就中断": (FAULT, "ANS-0", ""),
    "割接结束之后仍未恢复": (FAULT, "ANS-0", ""),
    "没有实际时间，恢复晚了": (FAULT, "ANS-0", ""),
    "割接超时，波及客户": (FAULT, "ANS-2", ""),
    "发布不足六个工作日": (FAULT, "ANS-5", ""),
    "申报不中断却中断了": (FAULT, "ANS-1", ""),
    "未填报、未发布就实施了": (FAULT, "ANS-6", ""),
    "未填报就实施了": (FAULT, "ANS-6", ""),
    "行内写着取消，却实施了": (FAULT, "ANS-6", ""),
    "未填报的割接": (FAULT, "ANS-6", ""),
    "临时割接遇一级重保": (FAULT, "ASR-2", ""),
    "查实是别的原因": (OTHER, None, ""),
    "没有回执": (PERSON, None, "receipts"),
    "两张回执互相矛盾": (PERSON, None, "receipts"),
    "电路由路由得知": (PERSON, None, "receipts"),
    "没有写恢复时间": (PERSON, None, "restored_at"),
    "没有写中断开始时间": (PERSON, None, "began_at"),
    "尚未查实": (PERSON, None, "cause"),
    "查实原因空着": (PERSON, None, "cause"),
    "没有写发布时间": (PERSON, None, "published_at"),
    "临时割接，按时发布，不涉及重保": (PERSON, None, ""),
    "同一电路一天内两次割接": (PERSON, None, "task_no"),
    "类别空着，任务号也看不出": (PERSON, None, "category"),
    "中断类型写成待定": (PERSON, None, "interruption"),
    "所遇重保的级别写错": (PERSON, None, "assurances"),
    "查实为割接，却找不到割接": (PERSON, None, "task_no"),
}
HELD = {
    "恢复早于中断": "restored_at",
    "电路是别的客户的": "customer_code",
    "任务不涉及这条电路": "task_no",
    "查实原因不在词表内": "cause",
    "时间没有日期": "began_at",
}
"""What cannot be answered, with the cell to mend."""


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """What `complaint answer` says on 20 June, asked once."""
    return said(fresh(tmp_path_factory.mktemp("later")) / FOLDER, "complaint", "answer")


def said(desk: Path, *command: str) -> Mapping[str, Any]:
    """The one document that a command puts out."""
    with redirect_stdout(io.StringIO()) as out:
        code = main(["--lang", "en", "-w", str(desk), "--as-of", "2026-06-20T09:00", *command, "--json"])
    document: Mapping[str, Any] = json.loads(out.getvalue())
    assert document["exit"] == code
    return document


def items(document: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {item["complaint_no"]: item for item in document["items"]}


def test_there_are_eighty_complaints_and_each_is_answered_as_it_is_told(
    made: Province, answered: Mapping[str, Any]
) -> None:
    found = items(answered)
    told = {one.number: EXPECTED[one.about] for one in made.complaints if one.about not in HELD}
    assert len(made.complaints) == complaints.COUNT == len({one.number for one in made.complaints})
    assert {
        number: (one["answer"], one["primary"], ";".join(missing["field"] for missing in one["missing"]))
        for number, one in found.items()
    } == told
    assert {one.about for one in made.complaints} == EXPECTED.keys() | HELD.keys()


def test_a_complaint_that_cannot_be_right_is_held_with_its_cell_and_the_others_are_answered(
    made: Province, answered: Mapping[str, Any]
) -> None:
    assert answered["exit"] == 3
    wrong = {f"complaint {one.number}": HELD[one.about] for one in made.complaints if one.about in HELD}
    said_of = {
        held: problem["field"]
        for problem in answered["problems"]
        for held in problem["held"]
        if held in wrong or problem["severity"] == "error"
    }
    assert wrong.items() <= said_of.items()
    assert len(answered["items"]) == complaints.COUNT - len(HELD)


def test_every_rule_and_every_unknown_fact_occurs(answered: Mapping[str, Any]) -> None:
    primary = Counter(item["primary"] for item in answered["items"])
    assert {*(f"ANS-{n}" for n in range(7)), "ASR-2", None} == set(primary)
    unknown = {letter for item in answered["items"] for letter, value in item["facts"].items() if value is None}
    assert unknown == set("VKIFLDORP")


def test_several_candidates_are_all_listed_and_routes_find_a_circuit_that_no_row_names(
    made: Province, answered: Mapping[str, Any]
) -> None:
    found = items(answered)
    twice = {task.number for task in made.finished if task.about in {finished.TWICE, finished.AGAIN}}
    for one in made.complaints:
        if one.about == "同一电路一天内两次割接":
            assert all(number in str(found[one.number]["missing"]) for number in twice)
        if one.about == "电路由路由得知":
            task = next(task for task in made.tasks if task.about == "今晨已实施，尚无实际时间")
            assert found[one.number]["task_no"] == task.number
            assert task.circuits == ()


def test_work_that_had_to_stop_is_answered_with_a_caution(made: Province, answered: Mapping[str, Any]) -> None:
    (one,) = [one for one in made.complaints if one.about == "计划割接遇特级重保，本应停止"]
    assert any(caution.startswith("ASR-1") for caution in items(answered)[one.number]["cautions"])


def test_receipts_are_of_every_kind(made: Province) -> None:
    """Delivered, refused, too late, two that contradict, before publication, in the future, of a task there is not."""
    starts = {task.number: task.start for task in made.finished}
    said: dict[tuple[str, str], set[str]] = {}
    for one in made.receipts:
        start = starts.get(one.task)
        kind = "refused" if isinstance(one.delivered, str) else "stray" if not start or not one.delivered else (
            "late" if one.delivered > start else "in time"
        )  # fmt: skip
        said.setdefault((one.task, one.circuit), set()).add(kind)
    kinds = Counter(tuple(sorted(each)) for each in said.values())
    assert {("in time",), ("refused",), ("late",), ("in time", "refused"), ("stray",)} <= kinds.keys()
    assert kinds["refused",] == kinds["late",] == 3
    assert kinds["stray",] == 1


def test_the_opinions_are_questions_objections_and_requests(made: Province, tmp_path: Path) -> None:
    document = said(fresh(tmp_path) / FOLDER, "cutover", "feedback", "--dry-run")
    kinds = Counter(one.kind for one in made.feedback)
    assert kinds == {"疑问": 4, "改期要求": 4, "重保要求": 3}
    refused = [one for one in made.feedback if one.kind == "改期要求" and one.outcome == feedback.REFUSED]
    assert sorted(bool(one.reason) for one in refused) == [False, True]
    incomplete = [problem["field"] for problem in document["problems"] if "feedback.yaml" in str(problem)]
    assert incomplete == ["level"]


def test_the_tables_draw_their_own_random_numbers(made: Province) -> None:
    tables = (made.customers, made.circuits, made.hops, made.assurances)
    assert finished.make(made.seed, *tables) == made.finished
    asked = complaints.make(made.seed, made.circuits, made.hops, made.tasks, made.finished)
    assert asked == made.complaints
    assert receipts.make(made.seed, made.circuits, made.finished, asked) == made.receipts
    assert feedback.make(made.seed, made.circuits, made.tasks) == made.feedback
