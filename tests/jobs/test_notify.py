"""`cutover notify`: what is written and remembered, what scripts read, and the laws that hold for all inputs."""

from __future__ import annotations

import hashlib
import json as text_json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.records.values import BEIJING
from tests.jobs.world import (
    TASK,
    World,
    accounting,
    changes,
    cut,
    fates,
    item,
    json,
    text,
)

SECOND = "BD2011SHJH000002"
LATER = "2011-05-28T09:00"


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=BEIJING)


def tree(root: Path) -> dict[str, str]:
    """Every file with its content's fingerprint; the inputs are written by the test itself."""
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.suffix != ".csv"
    }


# What is written


def test_each_customer_gets_form_letter_and_short_message_with_nothing_of_the_others(world: World) -> None:
    world.cutovers = [cut("X1", 影响范围="乙公司也受影响"), cut("X2"), cut("X3", SECOND), cut("X1", SECOND)]
    report = world.notify()

    for code, own, others in (("K1", "甲公司", "乙丙"), ("K2", "乙公司", "甲丙"), ("K3", "丙公司", "甲乙")):
        files = [Path(path) for path in item(report, code)["files"]]
        assert [path.suffix for path in files] == [".xlsx", ".html", ".txt"]
        told = "".join(path.read_text() for path in files[1:]) + cells(files[0])
        assert own in told
        assert not [name for name in others if f"{name}公司" in told]
        circuits = {"K1": {"X1"}, "K2": {"X2"}, "K3": {"X3"}}[code]
        assert {c for c in ("X1", "X2", "X3") if c in told} == circuits


def cells(path: Path) -> str:
    sheet = load_workbook(path).worksheets[0]
    return " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)


def test_the_form_has_the_seven_columns_in_order_a_row_per_circuit(world: World) -> None:
    world.cutovers = [cut("Y1", 中断类型="瞬断: 小于5分钟"), cut("X1")]
    (form,) = [path for path in world.notify().files if "-form-" in path.name]
    rows = [row[:7] for row in load_workbook(form).worksheets[0].iter_rows(values_only=True)]
    heading = rows.index(("割接任务号", "客户名称", "电路代号", "割接时间", "中断类型", "割接省", "割接原因分类"))

    window = "20110608 00:00:00/20110608 06:00:00"
    assert rows[heading + 1 : heading + 3] == [
        (TASK, "甲公司", "X1", window, "中断: 30分钟", "上海", "外力施工"),
        (TASK, "甲公司", "Y1", window, "瞬断: 小于5分钟", "上海", "外力施工"),
    ]


@pytest.mark.parametrize("status", [pytest.param("", id="new"), pytest.param("取消", id="cancel")])
def test_an_english_customer_reads_english(world: World, status: str) -> None:
    world.customers[0]["通知语言"] = "en"
    world.cutovers = [cut("X1"), cut("Y1", 中断类型="瞬断")]
    report = world.notify()
    if status:
        world.cutovers = [row | {"状态": status} for row in world.cutovers]
        report = world.notify(LATER)
    files = [Path(path) for path in item(report, "K1")["files"]]
    told = "".join(path.read_text() for path in files[1:]) + cells(files[0])

    assert "Interruption: 30 minutes" in told
    assert "External construction" in told or "外力施工" not in told
    assert not [word for word in ("中断", "瞬断", "割接", "上海") if word in told]


def test_one_message_holds_all_tasks_of_a_customer(world: World) -> None:
    world.cutovers = [cut("X1"), cut("X1", SECOND, 割接时间="20110607 00:00:00/20110607 06:00:00")]
    told = item(world.notify(), "K1")

    assert [task["task_no"] for task in told["tasks"]] == [SECOND, TASK]
    assert len(told["files"]) == 3


def test_the_run_folder_is_whole_and_the_ledger_knows_what_was_told(world: World) -> None:
    report = world.notify()
    (issued,) = world.issued()
    folder = world.root / "out" / "2011-05-27T0900-notify"

    assert (folder / "manifest.json").is_file()
    desk = [folder / "回执登记表.xlsx", folder / "发布结果.xlsx"]
    assert [*(folder / name for name in issued.files), *desk] == list(report.files)
    assert (issued.task_no, issued.customer_code, issued.sequence) == (TASK, "K1", 0)
    assert (issued.window_start, issued.interruption) == (at("2011-06-08T00:00"), "中断: 30分钟")
    assert issued.inputs == {"cutovers": ("cutovers.csv",), "circuits": ("circuits.csv",)}
    assert issued.recipients == ("021-10001",)


def test_a_notice_keeps_its_id_in_json_and_ledger(world: World) -> None:
    told = item(world.notify(), "K1")["tasks"][0]
    (issued,) = world.issued()

    assert (told["notice_id"], told["sequence"]) == (issued.notice_id, issued.sequence)


def test_windows_longer_than_a_day_and_other_moments_are_told_in_beijing_time(world: World) -> None:
    world.cutovers = [cut("X1", 割接时间="20110608 22:00:00/20110609 02:00:00")]
    world.notify()
    (issued,) = world.issued()

    assert issued.window_end - issued.window_start == timedelta(hours=4)
    assert issued.window_start.utcoffset() == timedelta(hours=8)


# What scripts read


def test_the_json_has_the_keys_of_the_contract(world: World) -> None:
    world.cutovers = [cut("X1"), cut("Z1")]
    told = json(world.notify())

    assert set(told) == {"command", "as_of", "province", "exit", "summary", "items", "problems", "files"}
    assert (told["command"], told["as_of"], told["exit"]) == ("cutover notify", "2011-05-27T09:00:00+08:00", 0)
    assert [each["customer_code"] for each in told["items"]] == ["K1", None]
    assert set(told["items"][0]) == {
        *("customer_code", "customer_name", "change", "tasks", "recipients", "files", "state")
    }
    assert {"notice_id", "task_no", "change", "sequence", "circuit_codes"} <= set(told["items"][0]["tasks"][0])
    assert set(told["summary"]["accounting"]) == {"circuits", "notified", "department", "exempt", "held"}
    assert told["files"][:-2] == [path for each in told["items"] for path in each["files"]]
    assert [Path(path).name for path in told["files"][-2:]] == ["回执登记表.xlsx", "发布结果.xlsx"]
    assert all(Path(path).is_file() for path in told["files"])
    assert text_json.loads(text_json.dumps(told, ensure_ascii=False)) == told


@pytest.mark.parametrize(
    ("rows", "as_of", "code"),
    [
        pytest.param([cut()], "2011-05-27", Exit.DONE, id="all met"),
        pytest.param([cut()], "2011-06-07", Exit.RULE, id="late"),
        pytest.param([cut(割接类别="紧急")], "2011-06-07", Exit.RULE, id="category against number"),
        pytest.param([cut(), cut("X2", SECOND, 割接时间="?")], "2011-06-07", Exit.PARTLY, id="a bad row, and late"),
    ],
)
def test_the_exit_code_says_how_it_went(world: World, rows: list[dict[str, str]], as_of: str, code: Exit) -> None:
    world.cutovers = rows

    assert world.notify(as_of).exit is code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"PK\x03\x04 no workbook", Exit.BAD_INPUT, id="no table"),
        pytest.param("名称,日期\n甲,乙\n".encode(), Exit.BAD_INPUT, id="no known heading"),
        pytest.param(text([cut()]).splitlines(True)[0].encode(), Exit.BAD_INPUT, id="headings and no rows"),
        pytest.param(None, Exit.NO_INPUT, id="no file"),
    ],
)
def test_without_a_readable_cutover_nothing_can_be_done(world: World, content: bytes | None, code: Exit) -> None:
    if content is None:
        world.gone.add("cutovers")
    else:
        world.raw["cutovers"] = content
    with pytest.raises(Stop) as stopped:
        world.notify()

    assert stopped.value.code is code
    assert not (world.root / "ledger.sqlite3").exists()


def test_of_two_files_one_is_enough_to_go_on(world: World) -> None:
    world.patterns["cutovers"] = ("cutovers.csv", "more.csv")
    report = world.notify()

    assert (report.exit, fates(report)) == (Exit.PARTLY, {("1", "X1"): "notified"})


def test_an_empty_inbox_is_nothing_due(world: World) -> None:
    world.patterns["cutovers"] = ("inbox/*.csv",)
    report = world.notify()

    assert (report.exit, accounting(report)["circuits"]) == (Exit.DONE, 0)


# Narrowed and dry runs


def test_a_run_for_one_customer_leaves_the_others_for_later(world: World) -> None:
    world.cutovers = [cut("X1"), cut("X2"), cut("Z1")]
    narrowed = world.notify(customers=["k1"])

    assert (changes(narrowed), accounting(narrowed)["circuits"]) == ({("1", "K1"): ("new", 0)}, 1)
    assert changes(world.notify(LATER)) == {
        ("1", "K1"): ("unchanged", 0),
        ("1", "K2"): ("new", 0),
        ("1", None): ("new", 0),
    }


def test_a_customer_told_through_the_department_brings_its_whole_notice(world: World) -> None:
    world.customers[0]["联系电话"] = ""
    world.cutovers = [cut("X1"), cut("Z1"), cut("X2"), cut("Z2", SECOND)]
    narrowed = world.notify(customers=["K1"])

    assert accounting(narrowed) == {"circuits": 2, "notified": 0, "department": 2, "exempt": 0, "held": 0}
    assert changes(narrowed) == {("1", None): ("new", 0)}


def test_a_run_for_one_customer_is_not_blamed_for_the_others_tasks(world: World) -> None:
    world.cutovers = [cut("X1"), cut("X2", SECOND, 割接时间="20110530 00:00:00/20110530 06:00:00")]

    assert world.notify(customers=["K1"], dry_run=True).exit is Exit.DONE
    assert world.notify(customers=["K2"], dry_run=True).exit is Exit.RULE


def test_a_run_for_one_task_says_nothing_of_what_it_did_not_look_for(world: World) -> None:
    world.cutovers = [cut("X1"), cut("X2", SECOND)]
    world.notify()
    narrowed = world.notify(LATER, numbers=[SECOND.lower()])

    assert accounting(narrowed)["circuits"] == 1
    assert json(narrowed)["summary"]["not_seen"] == []


def test_a_held_customer_can_be_asked_for_though_its_row_is_broken(world: World) -> None:
    world.customers[0]["联系邮箱"] = "no address"

    assert item(world.notify(customers=["K1"]), "K1")["state"] == "held"


@pytest.mark.parametrize(
    "wishes", [pytest.param({"customers": ["K8"]}, id="customer"), pytest.param({"numbers": ["T8"]}, id="task")]
)
def test_asking_for_what_is_not_there_is_wrong_usage(world: World, wishes: dict[str, Any]) -> None:
    with pytest.raises(Stop) as stopped:
        world.notify(**wishes)

    assert stopped.value.code is Exit.USAGE


def test_a_dry_run_says_the_same_and_touches_nothing(world: World) -> None:
    world.cutovers = [cut("X1"), cut("X2", SECOND), cut("Z1")]
    dry = world.notify(dry_run=True)
    assert tree(world.root) == {}

    real = world.notify()
    assert (changes(dry), accounting(dry)) == (changes(real), accounting(real))

    before = tree(world.root)
    world.cutovers = [cut("X1", 状态="取消")]
    assert changes(world.notify(LATER, dry_run=True))["1", "K1"] == ("cancel", 1)
    assert tree(world.root) == before


def test_the_same_inputs_give_the_same_bytes(world: World, tmp_path: Path) -> None:
    world.cutovers = [cut("X1"), cut("Z1")]
    world.notify()
    other = World(tmp_path / "other", world.shared, cutovers=world.cutovers)
    other.root.mkdir()
    other.notify()

    documents = [{k: v for k, v in tree(w.root).items() if k.startswith("out")} for w in (world, other)]
    mine = {k: v for k, v in documents[0].items() if not k.startswith("other")}
    assert mine == documents[1]


def test_notices_that_name_no_sender_are_said_to(world: World) -> None:
    world.settings.pop("sender")
    assert any("who sends them" in str(problem.message) for problem in world.notify().problems)


def test_notices_that_name_their_sender_are_not(world: World) -> None:
    assert not any("who sends them" in str(problem.message) for problem in world.notify().problems)


def test_a_run_without_news_says_so(world: World) -> None:
    world.notify()
    assert "nothing new to tell; no file was written" in [note.to("en") for note in world.notify().notes]


def test_a_dry_run_fails_where_the_real_run_would(world: World) -> None:
    """E01: a template that does not hold is found before anything is due."""
    folder = world.root / "templates" / "cutover"
    folder.mkdir(parents=True)
    (folder / "notice.txt.j2").write_text("{{ nope }}", "utf-8")
    world.settings["templates"] = world.root / "templates"
    with pytest.raises(Stop) as stopped:
        world.notify(dry_run=True)
    assert stopped.value.code is Exit.SETTINGS
