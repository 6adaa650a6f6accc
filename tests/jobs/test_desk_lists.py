"""回执登记表 and 发布结果: what a run leaves for the desk itself."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from aftersales_cli.jobs.report import Report
from aftersales_cli.places import Severity
from aftersales_cli.records.cutovers import Cutover
from tests.jobs.posted import table
from tests.jobs.world import TASK, World, cut, item

SECOND = "BD2011SHJH000002"
THIRD = "BD2011SHJH000003"
NOW = "2011-05-27 09:00"
LATER = "2011-05-28T09:00"
BEFORE = {"割接时间": "20110526 00:00:00/20110526 06:00:00"}


def listed(report: Report, name: str) -> list[list[str]]:
    (path,) = [Path(path) for path in report.files if path.name == name]
    return table(path)


def results(report: Report) -> dict[tuple[str, str], tuple[str, str]]:
    """(task's last digit, circuit) → (发布时间, 通知情况)."""
    headings, *rows = listed(report, "发布结果.xlsx")
    task, circuit, published, became = (
        headings.index(name) for name in ("割接任务号", "电路代号", "发布时间", "通知情况")
    )
    return {(row[task][-1], row[circuit]): (row[published], row[became]) for row in rows}


# Receipts


def test_a_receipt_waits_for_each_notice_that_went_to_a_customer(world: World) -> None:
    world.cutovers = [cut("X1"), cut("Y1"), cut("X2", SECOND), cut("Z1")]
    report = world.notify()
    headings, *rows = listed(report, "回执登记表.xlsx")
    ids = {code: item(report, code)["tasks"][0]["notice_id"] for code in ("K1", "K2")}

    assert headings == [
        *("割接任务号", "客户编码", "客户名称", "送达时间", "送达方式", "确认人"),
        *("notice_id", "sequence", "电路代号"),
    ]
    assert rows == [
        [TASK, "K1", "甲公司", "", "", "", ids["K1"], "0", "X1; Y1"],
        [SECOND, "K2", "乙公司", "", "", "", ids["K2"], "0", "X2"],
    ]


def test_a_cancel_waits_for_its_receipt_with_the_circuits_that_were_told(world: World) -> None:
    world.notify()
    world.cutovers = [cut(状态="取消")]
    _, row = listed(world.notify(LATER), "回执登记表.xlsx")

    assert (row[0], row[7], row[8]) == (TASK, "1", "X1")


def test_the_channels_are_the_rule_books(world: World) -> None:
    (path,) = [path for path in world.notify().files if path.name == "回执登记表.xlsx"]
    (rule,) = load_workbook(path).worksheets[0].data_validations.dataValidation

    assert str(rule.sqref).startswith("E2:")
    assert rule.formula1 == '"电话,邮件,短信,上门,传真"'


def test_circuits_that_no_cell_can_hold_are_left_out_whole(world: World) -> None:
    codes = [f"很长的电路代号{'甲' * 60}{number:04}" for number in range(600)]
    world.circuits = [{"电路代号": code, "客户编码": "K1"} for code in codes]
    world.cutovers = [cut(code) for code in codes]
    _, row = listed(world.notify(), "回执登记表.xlsx")

    assert row[8] == ""  # blank means all of the notice


# Results


def test_what_a_cell_of_the_results_cannot_hold_is_said_with_the_cell(world: World) -> None:
    world.cutovers = [cut("X1", 割接资源=";".join(f"OTN-{number:06}" for number in range(2800)))]
    report = world.notify()
    (said,) = [problem for problem in report.problems if problem.place and problem.place.file == "发布结果.xlsx"]

    assert said.place is not None
    assert (said.severity, said.place.sheet, said.place.row) == (Severity.CAUTION, "割接发布结果", 2)
    assert str(said.message).startswith("a cell holds 32,767 characters at most; 832 characters more are left out")


def test_every_row_comes_back_in_its_columns_with_what_became_of_it(world: World) -> None:
    world.cutovers = [cut("X1"), cut("Z1"), cut("X2", SECOND, **BEFORE), cut("X3", THIRD, 割接原因分类="扩容")]
    report = world.notify()
    headings, first, *_ = listed(report, "发布结果.xlsx")

    assert headings == [*(column.heading for column in Cutover.TABLE.columns), "通知情况"]
    read = dict(zip(headings, first, strict=True))
    assert {key: value for key, value in read.items() if value} == cut("X1") | {"发布时间": NOW, "通知情况": "已通知"}
    found = results(report)
    assert found["1", "Z1"] == (NOW, "已转政企客户部")
    assert found["2", "X2"][0] == ""
    assert found["2", "X2"][1].startswith("免通知：")
    assert found["3", "X3"][0] == ""
    assert found["3", "X3"][1].startswith("扣下：CUT-02")


def test_a_publication_that_the_file_says_stays_as_it_was_written(world: World) -> None:
    world.cutovers = [cut("X1", 发布时间="2011-05-25"), cut("X2", 发布时间="未发布")]
    found = results(world.notify())

    assert found["1", "X1"] == ("2011-05-25", "已通知")
    assert found["1", "X2"][1] == "已通知"


def test_what_was_told_earlier_keeps_its_publication(world: World) -> None:
    world.notify()
    world.cutovers = [cut("X1"), cut("X2", SECOND)]
    found = results(world.notify(LATER))

    assert found == {("1", "X1"): (NOW, "已通知"), ("2", "X2"): ("2011-05-28 09:00", "已通知")}


def test_a_held_row_keeps_the_publication_that_still_stands(world: World) -> None:
    world.notify()
    world.cutovers = [cut("X1", 割接原因分类="扩容"), cut("X2", SECOND)]
    published, became = results(world.notify(LATER))["1", "X1"]

    assert published == NOW
    assert became.startswith("扣下：")


def test_a_cancelled_row_keeps_the_publication_it_had(world: World) -> None:
    world.notify()
    world.cutovers = [cut(状态="取消")]

    assert results(world.notify(LATER)) == {("1", "X1"): (NOW, "已通知")}


def test_a_moved_window_counts_as_published_by_the_run_that_tells_it(world: World) -> None:
    world.notify()
    world.cutovers = [cut(割接时间="20110615 00:00:00/20110615 06:00:00")]

    assert results(world.notify(LATER)) == {("1", "X1"): ("2011-05-28 09:00", "已通知")}


def test_a_cell_that_could_not_be_read_comes_back_as_it_was_found(world: World) -> None:
    world.cutovers = [cut("X1", 中断类型="30"), cut("X2", SECOND)]
    report = world.notify()
    headings, first, _ = listed(report, "发布结果.xlsx")

    assert first[headings.index("中断类型")] == "30"
    assert results(report)["1", "X1"][1].startswith("扣下：")


def test_a_run_for_one_customer_lists_that_customers_rows_only(world: World) -> None:
    world.cutovers = [cut("X1"), cut("X2"), cut("X3", SECOND)]

    assert list(results(world.notify(customers=["K1"]))) == [("1", "X1")]


def test_the_lists_lie_at_the_top_and_in_no_customers_folder(world: World) -> None:
    world.notify()
    (folder,) = (world.root / "out").iterdir()

    assert sorted(path.name for path in folder.iterdir()) == ["K1", "manifest.json", "发布结果.xlsx", "回执登记表.xlsx"]
