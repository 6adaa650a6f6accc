"""`complaint answer`: which complaints are answered from which evidence, what is held, and the code it ends with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.confined import Confined
from aftersales_cli.jobs.receipt import Wishes as ReceiptWishes
from aftersales_cli.jobs.receipt import receipt
from tests.jobs.complaining import LATER, Desk, complaint, desk_of, given, outcome, published, received
from tests.jobs.receiving import confirm
from tests.jobs.world import EARLY, TASK, circuit, cut, errors, hop, json

SECOND = "BD2011SHJH000002"
PLANNED, FAULT, OPEN = "planned_cutover", "network_fault", "needs_a_person"
MUCH_LATER = {"申告时间": "2011-06-20 02:00", "中断开始时间": "", "恢复时间": ""}
KEYS = {"complaint_no", "answer", "primary", "task_no", "facts", "missing", "cautions", "decisions"}


@pytest.fixture
def desk(tmp_path: Path, reader: Confined) -> Desk:
    return desk_of(tmp_path, reader)


def test_an_item_has_the_contracts_keys(desk: Desk) -> None:
    (item,) = json(desk.answer())["items"]
    assert set(item) == KEYS
    assert item["facts"] == dict.fromkeys("VIFLDR", True) | {"K": "planned", "O": False, "P": False}
    assert [each["rule"] for each in item["decisions"]] == [
        *("ANS-6", "ANS-5", "ASR-2", "ANS-1", "ANS-4", "ANS-2", "ANS-3", "ANS-0"),
    ]


@pytest.mark.parametrize(
    ("cells", "expected", "code"),
    [
        pytest.param({}, (PLANNED, "ANS-3"), Exit.DONE, id="told and restored in time"),
        pytest.param({"查实原因": "未填报割接"}, (FAULT, "ANS-6"), Exit.DONE, id="a cutover nobody filed"),
        pytest.param({"查实原因": "其他"}, ("not_a_cutover", None), Exit.DONE, id="another cause"),
        pytest.param({"查实原因": ""}, (OPEN, None), Exit.RULE, id="nobody has verified it"),
        pytest.param({"恢复时间": ""}, (OPEN, None), Exit.RULE, id="nobody says when it was restored"),
        pytest.param(MUCH_LATER, (OPEN, None), Exit.RULE, id="no cutover then"),
    ],
)
def test_network_fault_is_an_answer_and_only_a_person_is_a_one(
    desk: Desk, cells: dict[str, str], expected: tuple[str, str | None], code: Exit
) -> None:
    desk.complaints = [complaint(**cells)]
    report = desk.answer()
    assert (given(report), report.exit) == ({"S1": expected}, code)


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        pytest.param({"恢复时间": "2011-06-08 01:00"}, "restored_at", id="ends before it begins"),
        pytest.param({"客户编码": "K2"}, "customer_code", id="another's circuit"),
        pytest.param({"割接任务号": SECOND}, "task_no", id="a number that no row has"),
        pytest.param({"查实原因": "也许"}, "cause", id="an unknown word"),
        pytest.param({"中断开始时间": "02:00"}, "began_at", id="a time without its day"),
    ],
)
def test_what_is_wrong_is_a_problem_with_its_cell_and_the_rest_is_answered(
    desk: Desk, cells: dict[str, str], field: str
) -> None:
    """Issue 4, bad input."""
    desk.complaints = [complaint("S1", **cells), complaint("S2")]
    report = desk.answer()
    assert given(report) == {"S2": (PLANNED, "ANS-3")}
    assert errors(report) == [(field, 2, ("complaint S1",))]
    assert (report.exit, report.summary["complaints"], report.summary["held"]) == (Exit.PARTLY, 2, 1)


def test_a_circuit_is_found_by_the_routes_of_the_work(desk: Desk) -> None:
    """D4, D13: the row names a cable, the complaint a circuit that rides on it."""
    desk.world.cutovers = [published("", 割接资源="光缆A")]
    desk.world.routes = [hop("X1", "光缆A")]
    report = desk.answer()
    assert (given(report), report.items[0]["task_no"]) == ({"S1": (PLANNED, "ANS-3")}, TASK)


def test_a_circuit_that_no_cutover_names_is_asked_for_all_the_same(desk: Desk) -> None:
    desk.complaints = [complaint(circuit="X2", 查实原因="未填报割接")]
    (one,) = outcome(desk.answer()).answered
    assert one.case.customer_code == "K2"


@pytest.mark.parametrize("task", ["", TASK], ids=["by time", "by number"])
def test_a_cutover_file_that_cannot_be_read_leaves_nothing_to_match_by_time(desk: Desk, task: str) -> None:
    """Another cutover may stand in it; one that is named and found needs no other."""
    desk.complaints = [complaint(割接任务号=task)]
    desk.world.patterns |= {"cutovers": ("cutovers.csv", "broken.xlsx")}
    desk.files = {"broken.xlsx": b"PK\x03\x04 no workbook"}
    report = desk.answer()
    assert given(report) == ({"S1": (PLANNED, "ANS-3")} if task else {})
    assert report.exit is Exit.PARTLY


def test_a_number_that_may_stand_in_an_unread_file_is_not_called_wrong(desk: Desk) -> None:
    desk.complaints = [complaint(割接任务号=SECOND)]
    desk.world.patterns |= {"cutovers": ("cutovers.csv", "broken.xlsx")}
    desk.files = {"broken.xlsx": b"PK\x03\x04 no workbook"}
    (held,) = outcome(desk.answer()).held
    assert held.problem.message.to("en").startswith("which cutover it was cannot be told")


def test_a_receipt_that_the_ledger_has_is_evidence_as_one_of_the_table(desk: Desk) -> None:
    """D3: `cutover receipt` recorded it."""
    desk.receipts = [received("K2")]
    desk.world.cutovers = [cut(实际结束时间="2011-06-08 05:30")]
    desk.world.notify(EARLY)
    assert given(desk.answer()) == {"S1": (OPEN, None)}
    confirm(desk.world)
    assert given(desk.answer()) == {"S1": (PLANNED, "ANS-3")}


def test_a_row_of_the_prefilled_list_that_nobody_filled_in_says_nothing(desk: Desk) -> None:
    desk.receipts = [received(), received(送达时间="", 确认人="", 送达方式="")]
    report = desk.answer()
    assert (given(report), report.exit) == ({"S1": (PLANNED, "ANS-3")}, Exit.DONE)


def test_what_is_missing_comes_with_the_cell_or_the_command_that_settles_it(desk: Desk) -> None:
    desk.complaints, desk.receipts = [complaint(恢复时间="")], [received("K2")]
    settle = [str(each["settle"]) for each in json(desk.answer())["items"][0]["missing"]]
    assert settle == [
        "a row in the table 送达回执; an empty one: aftersales forms receipts",
        "the cell 恢复时间 in complaints.csv › line 2",
    ]


def test_one_by_options_is_answered_as_one_of_a_file(desk: Desk) -> None:
    one = {"circuit_code": "x1", "began_at": "2011年6月8日 2:00", "restored_at": "2011-06-08 02:25", "cause": "割接"}
    report = desk.answer(one=one)
    assert [each["answer"] for each in report.items] == [PLANNED]
    assert given(report) == given(desk.answer(one=one))


def test_two_receipts_that_contradict_are_settled_by_mending_one(desk: Desk) -> None:
    desk.receipts = [received(), received(送达时间="未送达")]
    (missing,) = json(desk.answer())["items"][0]["missing"]
    assert missing["settle"] == "ask the customer; mend the receipt that is wrong: receipts.csv › line 3 (送达时间)"


def test_of_two_that_the_ledger_recorded_neither_is_mended(desk: Desk) -> None:
    """Receipts are kept for ever."""
    desk.receipts = []
    desk.write()
    cells = {"task_no": TASK, "customer_code": "K1", "delivered_at": "2011-05-25 10:00", "channel": "电话",
             "confirmed_by": "张某"}  # fmt: skip
    for at in ("2011-05-25 10:00", "未送达"):
        receipt(desk.world.desk(LATER), ReceiptWishes(one=cells | {"delivered_at": at}))
    (missing,) = json(desk.answer())["items"][0]["missing"]
    assert (missing["field"], missing["settle"]) == ("receipts", "a person has to find out")


def test_a_time_that_is_still_to_come_is_said(desk: Desk) -> None:
    """It changes no answer; somebody mistyped it."""
    (item,) = json(desk.answer(as_of="2011-06-08T02:15"))["items"]
    assert item["answer"] == PLANNED
    assert item["cautions"] == ["2011-06-08 02:25 lies in the future; it is 2011-06-08 02:15"]


def test_what_is_wrong_in_an_option_is_named_by_the_option(desk: Desk) -> None:
    one = {"circuit_code": "X1", "began_at": "2011-06-08 02:00", "restored_at": "2011-06-08 01:00"}
    (problem,) = (p for p in desk.answer(one=one).problems if p.severity == "error")
    assert str(problem.place) == "--restored"


def test_a_cutover_nobody_filed_is_named_by_its_cause_alone(desk: Desk) -> None:
    desk.complaints = [complaint(查实原因="未填报割接")]
    first = json(desk.answer())["items"][0]["decisions"][0]
    assert first["says"] == "answered as a network fault: the cause is verified: 未填报割接, nobody filed it"


def test_what_options_lack_is_settled_by_options(desk: Desk) -> None:
    desk.receipts = []
    one = {"circuit_code": "X1", "reported_at": "2011-06-08 02:10", "cause": "割接"}
    (item,) = json(desk.answer(one=one))["items"]
    assert [each["settle"] for each in item["missing"]][1:] == ["give it: --began WHEN", "give it: --restored WHEN"]


def test_one_by_options_needs_no_table_of_complaints_and_hears_of_no_other_row(desk: Desk) -> None:
    """A broken cutover of another circuit is no matter of the person on the phone."""
    desk.world.cutovers.append(cut("X3", SECOND, 中断类型="也许"))
    desk.complaints = [complaint(查实原因="也许")]
    one = {"circuit_code": "X1", "began_at": "2011-06-08 02:00", "restored_at": "2011-06-08 02:25", "cause": "割接"}
    report = desk.answer(one=one)
    assert (report.problems, report.exit) == ((), Exit.DONE)
    assert desk.answer(one=one | {"circuit_code": "X3"}).exit is Exit.PARTLY


def test_numbers_narrow_it_to_some_complaints(desk: Desk) -> None:
    desk.complaints = [complaint("S1", 查实原因="也许"), complaint("S2"), complaint("S3")]
    report = desk.answer(numbers=["s2"])
    assert (given(report), report.exit) == ({"S2": (PLANNED, "ANS-3")}, Exit.DONE)


@pytest.mark.parametrize(
    ("wishes", "code", "says"),
    [
        pytest.param({"numbers": ["S9"]}, Exit.USAGE, "no complaint has the number S9", id="unknown number"),
        pytest.param({"one": {"cause": "割接"}}, Exit.USAGE, "needs --circuit", id="no circuit"),
        pytest.param({"one": {"circuit_code": "X1", "began_at": "soon"}}, Exit.USAGE, "--began: “soon”", id="no time"),
        pytest.param({"released": {"ASR-1": "x"}}, Exit.USAGE, "needs --letters", id="release without letters"),
        pytest.param({"released": {"ANS-5": "x"}, "letters": True}, Exit.USAGE, "held by ANS-5", id="no such hold"),
    ],
)
def test_what_cannot_be_asked_is_refused(desk: Desk, wishes: dict[str, Any], code: Exit, says: str) -> None:
    with pytest.raises(Stop) as stopped:
        desk.answer(**wishes)
    assert stopped.value.code is code
    assert says in stopped.value.message.to("en")


def test_without_complaints_the_ways_to_give_some_are_named(desk: Desk) -> None:
    del desk.world.patterns["complaints"]
    with pytest.raises(Stop) as stopped:
        desk.answer()
    assert stopped.value.code is Exit.NO_INPUT


def test_judging_touches_nothing(desk: Desk) -> None:
    desk.write()
    before = sorted(desk.world.root.iterdir())
    desk.answer(LATER)
    assert sorted(desk.world.root.iterdir()) == before


def test_a_circuit_with_two_owners_is_answered_to_nobody(desk: Desk) -> None:
    desk.world.circuits.append(circuit("X1", "K2"))
    report = desk.answer()
    assert (given(report), report.exit) == ({"S1": (OPEN, None)}, Exit.PARTLY)
