"""The textbook's four cutovers, from the workbook to each customer's form: the command as a whole."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from aftersales_cli import library
from tests.cli.running import Ran, ran

MORNING = "2011-05-27T09:00"
# facts.md §1; the third circuit in the inventory's spelling
FORM = {
    "K0001": (
        "JT2011SHJH000160",
        "中国银联股份有限公司",
        "北京上海30N2332NP",
        "20110608 00:00:00/20110608 06:00:00",
        "中断: 30分钟",
        "上海",
        "外力施工",
    ),
    "K0002": (
        "BD2011GDJH000473",
        "中信建投证券有限责任公司",
        "北京深圳ETN2007NP",
        "20110609 00:00:00/20110609 06:00:00",
        "中断: 80分钟",
        "广东",
        "故障隐患处理",
    ),
    "K0003": (
        "BD2011SHJH000159",
        "中国移动通信有限公司",
        "HKG/CT-SHI/CT 30N198",
        "20110610 00:00:00/20110610 06:00:00",
        "中断: 10分钟",
        "上海",
        "系统优化升级",
    ),
    "K0004": (
        "BD2011GXJH000084",
        "日电(中国)有限公司(NEC)",
        "北京桂林30N2010NP",
        "20110616 00:00:00/20110616 06:00:00",
        "瞬断: 小于5分钟",
        "广西",
        "故障隐患处理",
    ),
}
HEADINGS = ("割接任务号", "客户名称", "电路代号", "割接时间", "中断类型", "割接省", "割接原因分类")


@pytest.fixture
def textbook(tmp_path: Path) -> Path:
    """A copy of the example."""
    return Path(shutil.copytree(library.content("examples") / "textbook", tmp_path / "textbook"))


def notify(capsys: pytest.CaptureFixture[str], folder: Path, *more: str, at: str = MORNING) -> Ran:
    return ran(capsys, "-w", folder, "--as-of", at, "cutover", "notify", *more)


def form_rows(path: Path) -> list[tuple[object, ...]]:
    """The rows of a form from its headings on, as openpyxl reads them."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return [tuple(row) for row in sheet.iter_rows(max_col=7, values_only=True)]


def test_each_customer_gets_its_own_row_character_for_character(
    textbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = notify(capsys, textbook, "--json")
    assert done.code == 0
    forms = {
        item["customer_code"]: next(f for f in item["files"] if f.endswith(".xlsx")) for item in done.json["items"]
    }
    assert set(forms) == set(FORM)
    for code, path in forms.items():
        rows = form_rows(Path(path))
        heading = rows.index(HEADINGS)
        assert rows[heading + 1] == FORM[code]
        others = {row[2] for other, row in FORM.items() if other != code}
        assert not others & {cell for row in rows for cell in row}


def test_a_second_reader_sees_the_same_rows(textbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = notify(capsys, textbook, "--json")
    for item in done.json["items"]:
        path = next(f for f in item["files"] if f.endswith(".xlsx"))
        rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
        assert FORM[item["customer_code"]] in [tuple(row[:7]) for row in rows]


def test_the_document_is_the_contracts_envelope(textbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = notify(capsys, textbook, "--json").json
    assert list(found) == ["command", "as_of", "province", "exit", "summary", "items", "problems", "files"]
    assert found["command"] == "cutover notify"
    assert found["as_of"] == "2011-05-27T09:00:00+08:00"
    assert found["summary"]["accounting"] == {"circuits": 4, "notified": 4, "department": 0, "exempt": 0, "held": 0}
    assert found["summary"]["not_seen"] == []
    first = found["items"][0]
    assert (first["customer_code"], first["change"], first["state"]) == ("K0001", "new", "rendered")
    assert first["recipients"] == ["noc@k0001.example"]
    (task,) = first["tasks"]
    assert (task["task_no"], task["change"], task["sequence"]) == ("JT2011SHJH000160", "new", 0)
    assert task["circuit_codes"] == ["北京上海30N2332NP"]
    kinds = [Path(path).suffix for path in first["files"]]
    assert kinds == [".xlsx", ".html", ".txt", ".ics", ".eml"]
    assert len(found["files"]) == 4 * len(kinds) + 2  # for each customer, and the two lists for the desk
    assert all(Path(path).is_file() for path in found["files"])


def test_a_second_run_says_unchanged_and_writes_nothing(textbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notify(capsys, textbook)
    again = notify(capsys, textbook, "--json", at="2011-05-28T09:00").json
    assert {item["change"] for item in again["items"]} == {"unchanged"}
    assert again["files"] == []
    assert [p.name for p in (textbook / "out").iterdir()] == ["2011-05-27T0900-notify"]


def test_the_run_folder_is_whole_by_its_manifest(textbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notify(capsys, textbook)
    (folder,) = (textbook / "out").iterdir()
    listed = {f["name"]: f["sha256"] for f in json.loads((folder / "manifest.json").read_text("utf-8"))["files"]}
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} - {"manifest.json"}
    assert set(listed) == there
    assert all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest for name, digest in listed.items())


def test_the_same_inputs_make_the_same_bytes(
    textbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Path(shutil.copytree(textbook, tmp_path / "other"))
    notify(capsys, textbook)
    notify(capsys, other)
    manifests = [(f / "out" / "2011-05-27T0900-notify" / "manifest.json").read_bytes() for f in (textbook, other)]
    assert manifests[0] == manifests[1]


def test_a_table_for_people_ends_with_an_accounting_that_balances(
    textbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = notify(capsys, textbook)
    assert "4 circuits = 4 notified + 0 department + 0 exempt + 0 held" in done.out
    assert "中国银联股份有限公司" in done.out


def test_a_dry_run_touches_nothing(textbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(p.relative_to(textbook) for p in textbook.rglob("*"))
    done = notify(capsys, textbook, "--dry-run", "--json")
    assert done.code == 0
    assert done.json["summary"]["accounting"]["notified"] == 4
    assert sorted(p.relative_to(textbook) for p in textbook.rglob("*")) == before


def test_the_ledger_remembers_every_notice(textbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notify(capsys, textbook)
    listed = ran(capsys, "-w", textbook, "ledger", "list", "--json").json["items"]
    assert {item["task_no"] for item in listed} == {row[0] for row in FORM.values()}
    assert ran(capsys, "-w", textbook, "ledger", "verify").code == 0


def test_check_explains_down_to_the_cell_and_the_clause(textbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = ran(capsys, "-w", textbook, "--as-of", MORNING, "cutover", "check", "JT2011SHJH000160", "--explain")
    assert done.code == 0
    assert "cutovers.xlsx › 割接 › D2" in done.out
    assert "CUT-04" in done.out
    assert "6 clear working days ahead, 6 clear working days needed" in done.out
    assert "TB-2.3.3" in done.out


def test_published_a_day_too_late_the_customers_are_told_and_the_exit_is_1(
    textbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """D11: a late notice is better than none."""
    done = notify(capsys, textbook, "--json", at="2011-05-30T09:00")
    assert done.code == 1
    late = {t["task_no"]: t["late"] for item in done.json["items"] for t in item["tasks"]}
    assert late == {
        "JT2011SHJH000160": True,
        "BD2011GDJH000473": False,
        "BD2011SHJH000159": False,
        "BD2011GXJH000084": False,
    }
    assert done.json["summary"]["accounting"]["notified"] == 4


def test_the_number_printed_on_a_notice_finds_it_in_the_ledger(
    textbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = next(f for f in notify(capsys, textbook, "--json").json["items"][0]["files"] if f.endswith(".xlsx"))
    printed = Path(form).stem.rsplit("-", 1)[1]
    assert printed in {cell for row in form_rows(Path(form)) for cell in row}
    found = ran(capsys, "-w", textbook, "ledger", "show", printed, "--json").json["items"]
    assert [item["task_no"] for item in found] == ["JT2011SHJH000160"]


def test_an_encoding_is_that_of_the_file_named_beside_it(textbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The workspace's own UTF-8 files are read as before."""
    export = textbook / "export.csv"
    export.write_text("\n".join([",".join(HEADINGS), ",".join(FORM["K0001"])]), "gb18030")
    done = notify(capsys, textbook, "--cutovers", str(export), "--encoding", "gb18030", "--json")
    assert (done.code, done.json["problems"]) == (0, [])
    assert [item["customer_code"] for item in done.json["items"]] == ["K0001"]


def test_an_encoding_alone_is_that_of_the_workspaces_text_files(
    textbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    circuits = textbook / "data" / "circuits.csv"
    circuits.write_bytes(circuits.read_text("utf-8").encode("gb18030"))
    (textbook / "data" / "departments.yaml").unlink()
    settings = (textbook / "aftersales.yaml").read_text("utf-8").replace("  departments: data/departments.yaml\n", "")
    (textbook / "aftersales.yaml").write_text(settings, "utf-8")
    done = notify(capsys, textbook, "--encoding", "gb18030", "--json")
    assert (done.code, done.json["summary"]["accounting"]["notified"]) == (0, 4)
