"""`cutover feedback`: cases, their documents, what is owed; and what a request for protection does elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.jobs.desk import Given
from aftersales_cli.jobs.feedback import Wishes, feedback
from aftersales_cli.jobs.feedback_report import Standing
from aftersales_cli.jobs.report import Report
from aftersales_cli.jobs.today import Wishes as TodayWishes
from aftersales_cli.jobs.today import today
from aftersales_cli.ledger import open_ledger
from aftersales_cli.records.events import Delivered, Reply
from aftersales_cli.records.values import Instant
from tests.cutover.samples import at
from tests.jobs.world import TASK, Row, World, circuit, customer, cut, errors, json

MONDAY = "2011-05-30T10:00"
WORD = b"PK\x03\x04"


def piece(number: str = "F1", kind: str = "疑问", who: str = "K1", **cells: str) -> Row:
    """A row of feedback, received an hour before."""
    task = {} if kind == "重保要求" else {"割接任务号": TASK}
    return {"意见编号": number, "客户编码": who, "意见类型": kind, "接收时间": "2011-05-30 09:00"} | task | cells


def protection(number: str = "F1", who: str = "K1", **cells: str) -> Row:
    """A request for protection over the night of the window."""
    asked = {"重保级别": "二级", "重保开始时间": "2011-06-08", "重保结束时间": "2011-06-08"}
    return piece(number, "重保要求", who) | asked | cells


def refused(number: str = "F1", **cells: str) -> Row:
    """An objection that cannot be met, with the unit's reason."""
    return piece(number, "改期要求", **{"处理结果": "不能满足", "发起单位原因说明": "接头盒进水"} | cells)


@pytest.fixture
def desk(world: World) -> World:
    world.customers = [
        customer("K1", "甲公司", 首席客户工程师="王一"),
        customer("K2", "乙公司", 客户经理="李二"),
        customer("K3", "丙公司"),
    ]
    assert world.departments is not None
    world.departments.append({"部门名称": "审批岗", "角色": "割接审批", "联系邮箱": "approve@carrier.example"})
    world.cutovers = [cut("X1", 发起单位="传输中心"), cut("X2", 发起单位="传输中心")]
    return world


def ran(world: World, *rows: Row, as_of: str = MONDAY, **wishes: Any) -> Report:
    world.feedback = list(rows) if rows else world.feedback
    world.write()
    return feedback(world.desk(as_of), Wishes(**wishes))


def the_only(report: Report) -> Standing:
    assert isinstance(report.view, tuple)
    (found,) = report.view
    assert isinstance(found, Standing)
    return found


def texts(report: Report) -> str:
    return "\n".join(path.read_text("utf-8") for path in report.files if path.suffix in (".html", ".txt"))


def test_a_question_waits_for_its_engineer_and_asks_the_unit_for_support(desk: World) -> None:
    """R4."""
    report = ran(desk, piece(内容="为何在夜间？"))
    item = json(report)["items"][0]

    assert (report.exit, item["state"], item["owner"]["name"], item["due"]) == (Exit.RULE, "open", "王一", "2011-05-31")
    assert [(path.parent.name, path.suffix) for path in report.files] == [("internal", ".html"), ("internal", ".txt")]
    assert "传输中心" in texts(report)
    assert "为何在夜间？" in texts(report)
    assert [(d["rule"], d["verdict"]) for d in item["decisions"]] == [("FBK-3", "needs_a_person")]


def test_a_question_answered_and_settled_is_closed(desk: World) -> None:
    report = ran(desk, piece(处理结果="满足", 答复时间="2011-05-30 09:30"))

    assert (report.exit, the_only(report).case.state.value, report.files) == (Exit.DONE, "closed", [])
    assert the_only(report).overdue is False


def test_one_not_answered_in_time_is_overdue(desk: World) -> None:
    item = json(ran(desk, piece(), as_of="2011-06-01T00:00"))["items"][0]

    assert (item["overdue"], item["decisions"][0]["verdict"]) == (True, "breached")


def test_the_same_file_twice_records_and_writes_nothing_new(desk: World) -> None:
    rows = [piece("F1"), refused("F2"), protection("F3")]
    first, again = ran(desk, *rows), ran(desk, *rows, as_of="2011-05-30T10:30")

    assert first.summary["recorded"] != 0
    assert (again.summary["recorded"], again.files, len(list((desk.root / "out").iterdir()))) == (0, [], 1)
    assert again.exit is first.exit


def test_a_dry_run_touches_nothing(desk: World) -> None:
    desk.feedback = [refused(), protection("F2")]
    desk.write()
    before = sorted(path.name for path in desk.root.iterdir())
    report = ran(desk, dry_run=True)

    assert sorted(path.name for path in desk.root.iterdir()) == before
    assert json(report)["items"][1]["state"] == "open"


def test_a_wish_that_cannot_be_met_needs_the_unit_s_reason(desk: World) -> None:
    """R5, FBK-1: by the second working day, and before the work."""
    row = piece(kind="改期要求", 处理结果="不能满足")
    owed, late = ran(desk, row), ran(desk, row, as_of="2011-06-02T00:00")

    assert [json(r)["items"][0]["decisions"][0]["verdict"] for r in (owed, late)] == ["needs_a_person", "breached"]
    assert "详细原因" in texts(owed)
    assert json(owed)["items"][0]["due"] == "2011-06-01"


def test_the_reason_becomes_a_letter_of_the_customer_alone(desk: World) -> None:
    report = ran(desk, refused(内容="请改期"), letters=True)

    assert [path.suffix for path in report.files] == [".html", ".txt", ".docx"]
    assert {path.parent.name for path in report.files} == {"K1"}
    assert "接头盒进水" in texts(report)
    assert "X1" in texts(report)
    for foreign in ("X2", "乙公司", "K2"):
        assert foreign not in texts(report)
    assert report.files[2].read_bytes().startswith(WORD)
    assert report.exit is Exit.DONE


def test_the_letter_is_in_the_customer_s_language(desk: World) -> None:
    desk.customers[0]["通知语言"] = "en"
    report = ran(desk, refused(发起单位原因说明="The joint box lets water in."))

    assert "Why it cannot be moved" in texts(report)
    assert [p for p in report.problems if p.field == "unit_reason"] == []


def test_a_reason_in_the_wrong_language_is_pointed_out(desk: World) -> None:
    desk.customers[0]["通知语言"] = "en"

    assert [p.severity.value for p in ran(desk, refused()).problems if p.field == "unit_reason"] == ["caution"]


def test_a_request_is_forwarded_with_all_work_it_touches(desk: World) -> None:
    """R6, FBK-2."""
    desk.cutovers.append(cut("Y1", TASK[:-1] + "2", 割接时间="20110620 00:00:00/20110620 06:00:00"))
    report = ran(desk, protection(), protection("F2", "K2"))
    item = json(report)["items"][0]

    assert (item["state"], [d["verdict"] for d in item["decisions"]]) == ("forwarded", ["met"])
    assert [(one["task_no"], one["circuit_codes"]) for one in item["affected"]] == [(TASK, ["X1"])]
    assert [d["rule"] for d in item["affected"][0]["decisions"]] == ["ASR-1"]
    (page,) = [path for path in item["files"] if path.endswith(".html")]
    said = Path(page).read_text("utf-8")
    assert "停止或改期" in said
    assert "X2" not in said
    assert "乙公司" not in said


def test_work_that_touches_a_circuit_through_routes_is_listed(desk: World) -> None:
    desk.routes = [{"电路代号": "Y1", "路径": "主用", "资源": "光缆甲"}]
    desk.cutovers = [cut("", 割接资源="光缆甲")]

    assert json(ran(desk, protection(电路代号="Y1")))["items"][0]["affected"][0]["circuit_codes"] == ["Y1"]


def test_without_approval_departments_it_is_held(desk: World) -> None:
    desk.departments = None
    report = ran(desk, protection())

    assert (report.exit, report.files) == (Exit.PARTLY, [])
    assert [p.held for p in report.problems] == [("feedback F1",)]


@pytest.mark.parametrize("elsewhere", [pytest.param(False, id="in the file"), pytest.param(True, id="by telephone")])
def test_a_request_holds_planned_work_from_then_on(desk: World, elsewhere: bool) -> None:
    """R7: also before anybody copies it to the assurances; the ledger knows what came by telephone."""
    if elsewhere:
        cells = {"customer_code": "K1", "kind": "重保要求", "received_at": "2011-05-30 09:00", "level": "二级",
                 "start": "2011-06-08", "end": "2011-06-08"}  # fmt: skip
        ran(desk, one=cells)
    else:
        desk.feedback = [protection()]
    report = desk.check(MONDAY)
    found = [d for d in json(report)["items"][0]["decisions"] if d["rule"] == "ASR-1"]

    assert [d["verdict"] for d in found] == ["breached"]
    assert json(desk.notify(MONDAY))["items"][0]["state"] == "held"


def test_a_refused_request_holds_nothing(desk: World) -> None:
    desk.feedback = [protection(处理结果="不能满足")]

    assert [d["verdict"] for d in json(desk.check(MONDAY))["items"][0]["decisions"] if d["rule"] == "ASR-1"] == ["met"]


def test_a_request_without_a_period_leaves_its_customer_s_work_open(desk: World) -> None:
    desk.feedback = [protection(重保结束时间="")]
    report = desk.check(MONDAY)
    verdict = [d["verdict"] for d in json(report)["items"][0]["decisions"] if d["rule"] == "ASR-1"]

    assert verdict == ["needs_a_person"]
    assert ("end", 2, ("feedback F1", "customer K1")) in errors(report)


def test_a_broken_question_is_nothing_to_check(desk: World) -> None:
    desk.feedback = [piece(接收时间="gestern")]

    assert errors(desk.check("2011-05-27T09:00")) == []
    assert [field for field, _, _ in errors(ran(desk))] == ["received_at"]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        pytest.param(piece(割接任务号="BD2011SHJH000099"), "task_no", id="a task nobody knows"),
        pytest.param(piece(who="K9"), "customer_code", id="a customer nobody knows"),
        pytest.param(piece(接收时间="2011-05-30 10:01"), "received_at", id="received in the future"),
        pytest.param(piece(答复时间="2011-05-30 08:59"), "replied_at", id="answered before it was received"),
        pytest.param(protection(电路代号="X2"), "circuit_codes", id="another customer's circuit"),
        pytest.param(protection(重保级别=""), "level", id="no level"),
        pytest.param(protection(重保开始时间=""), "start", id="no period"),
        pytest.param(piece(kind="改期要求", 割接任务号=""), "task_no", id="an objection to nothing"),
    ],
)
def test_what_is_wrong_is_named_with_its_cell_and_the_rest_goes_on(desk: World, row: Row, field: str) -> None:
    report = ran(desk, row, piece("F2"))

    assert report.exit is Exit.PARTLY
    assert {(found, line) for found, line, _ in errors(report)} == {(field, 2)}
    assert the_only(report).case.number == "F2"


def test_a_task_that_does_not_touch_the_customer_is_only_said(desk: World) -> None:
    report = ran(desk, piece(who="K3"))

    assert [p.severity.value for p in report.problems if p.field == "task_no"] == ["caution"]
    assert the_only(report).case.number == "F1"


def test_one_piece_by_options_is_the_same_case_the_next_time(desk: World) -> None:
    cells = {
        "customer_code": "K1",
        "kind": "疑问",
        "received_at": "2011-05-30 09:00",
        "task_no": TASK,
        "text": "何时？",
    }
    first = the_only(ran(desk, one=cells))
    ran(desk, one=cells)
    number = first.case.number
    closed = the_only(ran(desk, one={"feedback_no": number, "outcome": "满足", "replied_at": "2011-05-30 09:40"}))

    assert (closed.case.number, closed.case.state.value, closed.case.row.text) == (number, "closed", "何时？")
    assert json(ran(desk))["summary"]["closed"] == 1


def test_a_new_piece_by_options_says_who_and_when(desk: World) -> None:
    with pytest.raises(Stop) as stopped:
        ran(desk, one={"kind": "疑问"})
    assert (stopped.value.code, "--customer" in str(stopped.value)) == (Exit.USAGE, True)


OBJECTION = {"customer_code": "K1", "kind": "改期要求", "received_at": "2011-05-30 09:00", "task_no": TASK}


def test_a_second_objection_to_the_same_work_names_the_open_one(desk: World) -> None:
    """Without `--no` it would be a second case beside the first, with limits and letters of its own."""
    first = the_only(ran(desk, one=OBJECTION)).case.number
    with pytest.raises(Stop) as stopped:
        ran(
            desk,
            one=OBJECTION | {"received_at": "2011-05-30 09:30", "outcome": "不能满足", "unit_reason": "接头盒进水"},
        )

    assert stopped.value.code is Exit.USAGE
    assert stopped.value.message.to("en") == (
        f"customer K1 has an objection to {TASK} that is still open: {first}, received 2011-05-30 09:00"
    )
    assert json(ran(desk))["summary"]["cases"] == 1


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param({"feedback_no": "F9"}, id="with a number of its own"),
        pytest.param({"customer_code": "K2"}, id="of another customer"),
        pytest.param({"kind": "疑问"}, id="a question"),
    ],
)
def test_another_case_is_opened_where_it_is_one(desk: World, cells: dict[str, str]) -> None:
    ran(desk, one=OBJECTION)
    ran(desk, one=OBJECTION | {"received_at": "2011-05-30 09:30"} | cells)
    assert json(ran(desk))["summary"]["cases"] == 2


def test_after_an_objection_is_closed_another_may_come(desk: World) -> None:
    first = the_only(ran(desk, one=OBJECTION)).case.number
    ran(desk, one={"feedback_no": first, "outcome": "满足", "replied_at": "2011-05-30 09:20"})
    ran(desk, one=OBJECTION | {"received_at": "2011-05-30 09:30"})
    assert json(ran(desk))["summary"]["cases"] == 2


def test_a_request_for_support_says_when_its_limit_has_passed(desk: World) -> None:
    """No unit can answer before a day that is over."""
    assert "请在 2011年5月31日（含当日） 之前书面答复" in texts(ran(desk, piece(), as_of=MONDAY))
    late = texts(ran(desk, piece("F2"), as_of="2011-06-02T10:00"))
    assert late.count(" 已过，请") == 2
    assert "之前书面答复" not in late


def test_without_any_feedback_there_is_nothing_to_go_on(desk: World) -> None:
    with pytest.raises(Stop) as stopped:
        ran(desk)
    assert stopped.value.code is Exit.NO_INPUT


def test_a_file_given_by_name_takes_the_place_of_the_workspace_s(desk: World) -> None:
    desk.feedback = [piece("F1")]
    desk.write()
    (desk.root / "other.csv").write_text((desk.root / "feedback.csv").read_text("utf-8").replace("F1", "F7"), "utf-8")
    given = Given(files={"feedback": (str(desk.root / "other.csv"),)})

    assert the_only(feedback(desk.desk(MONDAY, given), Wishes())).case.number == "F7"


def test_a_calendar_that_declines_is_an_objection(desk: World) -> None:
    """R5: the customer's answer is an open case until somebody settles it."""
    answer = Delivered(
        "N1",
        0,
        TASK,
        "K1",
        Instant(at("2011-05-30T09:00")),
        "日历",
        "甲公司",
        (),
        "reply.ics",
        at(MONDAY),
        Reply.DECLINED,
    )
    desk.write()
    with open_ledger("sqlite:///ledger.sqlite3", root=desk.root, create=True) as ledger:
        ledger.record_deliveries([answer])
    found = the_only(ran(desk))

    assert (found.case.number, found.case.kind.value, found.case.state.value) == ("CAL-N1-0", "改期要求", "open")
    assert found.owed


def test_today_says_what_is_owed(desk: World) -> None:
    desk.feedback = [piece("F1"), piece("F2", "改期要求", 处理结果="不能满足"), protection("F3", "K2")]
    desk.write()
    lines = [str(line["what"]) for line in today(desk.desk(MONDAY), TodayWishes()).items]

    assert [any(words in line for line in lines) for words in ("answer the question", "get the unit's reason",
                                                               "forward the request")] == [True] * 3  # fmt: skip
    ran(desk)
    after = [str(line["what"]) for line in today(desk.desk(MONDAY), TodayWishes()).items]
    assert not any("forward the request" in line for line in after)


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param({"处理结果": "不能满足"}, id="refused"),
        pytest.param({"重保开始时间": "2011-05-28", "重保结束时间": "2011-05-29"}, id="its period is over"),
    ],
)
def test_today_asks_nobody_to_forward_what_is_not_forwarded_any_more(desk: World, cells: dict[str, str]) -> None:
    """`cutover feedback` would forward nothing; what is left is to close the case."""
    desk.feedback = [protection("F3", "K2", **cells)]
    desk.write()
    lines = [str(line["what"]) for line in today(desk.desk(MONDAY), TodayWishes()).items]

    assert "close F3: the request of 乙公司 was never forwarded" in lines
    ran(desk, protection("F3", "K2", **{"处理结果": "不能满足", "答复时间": "2011-05-30 09:30"} | cells))
    assert not [line for line in today(desk.desk(MONDAY), TodayWishes()).items if "F3" in str(line["what"])]


def test_today_is_silent_where_nothing_is_owed(desk: World) -> None:
    desk.feedback = [piece(处理结果="满足", 答复时间="2011-05-30 09:30")]
    desk.write()

    assert not [
        line for line in today(desk.desk(MONDAY), TodayWishes()).items if "cutover feedback" in str(line["command"])
    ]


def test_a_circuit_of_the_request_that_no_work_touches_changes_nothing(desk: World) -> None:
    desk.circuits.append(circuit("Z1", "K1"))

    assert json(ran(desk, protection(电路代号="Z1")))["items"][0]["affected"] == []
