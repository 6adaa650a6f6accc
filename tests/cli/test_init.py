"""From a blank folder to a notice of one's own: `init`, the forms filled in, `notify`."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest

from aftersales_cli.jobs.init import examples
from tests.cli.running import ran

CUSTOMER = {
    "客户编码": "000123",
    "客户名称": "示例银行股份有限公司",
    "客户级别": "省级",
    "总部所在地": "上海",
    "联系邮箱": "noc@bank.example",
}
CIRCUIT = {"电路代号": "上海苏州30N0007NP", "客户编码": "000123"}
CUTOVER = {
    "割接任务号": "BD2026SHJH000777",
    "割接时间": "20260620 00:00:00/20260620 06:00:00",
    "中断类型": "中断: 20分钟",
    "割接省": "上海",
    "割接原因分类": "机房搬迁",
    "电路代号": "上海苏州30N0007NP",
}


def fill(form: Path, to: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """Fill in an empty form as a person does in Excel, and save it elsewhere."""
    book = openpyxl.load_workbook(form)
    sheet = book.worksheets[0]
    columns = {str(cell.value): number for number, cell in enumerate(sheet[1], 1)}
    for number, row in enumerate(rows, 2):
        for heading, value in row.items():
            sheet.cell(number, columns[heading], value)
    book.save(to)


def test_a_blank_workspace_says_that_nothing_was_due(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(capsys, "init", tmp_path / "desk").code == 0
    done = ran(capsys, "-w", tmp_path / "desk", "cutover", "notify")
    assert done.code == 0
    assert "nothing was due" in done.err


def test_forms_filled_in_become_a_notice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = tmp_path / "desk"
    ran(capsys, "init", desk)
    fill(desk / "forms" / "customers.xlsx", desk / "data" / "customers.xlsx", [CUSTOMER])
    fill(desk / "forms" / "circuits.xlsx", desk / "data" / "circuits.xlsx", [CIRCUIT])
    fill(desk / "forms" / "cutovers.xlsx", desk / "inbox" / "cutovers.xlsx", [CUTOVER])
    settings = (desk / "aftersales.yaml").read_text("utf-8")
    signed = settings.replace('unit: ""', "unit: 示例电信网运部").replace('phone: ""', "phone: 021-00000000")
    (desk / "aftersales.yaml").write_text(signed, "utf-8")
    done = ran(capsys, "-w", desk, "--as-of", "2026-06-01T09:00", "cutover", "notify", "--json")
    assert done.json["problems"] == []
    assert done.code == 0
    (item,) = done.json["items"]
    assert (item["customer_code"], item["change"], item["recipients"]) == ("000123", "new", ["noc@bank.example"])


def test_a_workspace_is_not_made_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran(capsys, "init", tmp_path)
    (tmp_path / "aftersales.yaml").write_text("language: en\n", "utf-8")
    done = ran(capsys, "init", tmp_path)
    assert done.code == 2
    assert (tmp_path / "aftersales.yaml").read_text("utf-8") == "language: en\n"


MADE_FOR = {
    "textbook": ("2011-05-27T09:00", 0),
    "province": ("2026-06-01T09:00", 3),
    "crisis-visit": ("2011-07-01T09:00", 1),
}
"""The day of every example, and the exit code of a check on it: the province has wrong data on purpose, and
nobody says when one of the cutovers of the crisis visit was published."""


@pytest.mark.parametrize("name", examples())
def test_an_example_is_copied_whole_and_runs(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    as_of, code = MADE_FOR[name]
    assert ran(capsys, "init", tmp_path / "desk", "--example", name).code == 0
    assert ran(capsys, "-w", tmp_path / "desk", "--as-of", as_of, "cutover", "check").code == code


def test_an_example_never_overwrites(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "cutovers.xlsx").write_text("mine", "utf-8")
    assert ran(capsys, "init", tmp_path, "--example", "textbook").code == 74
    assert [p.name for p in tmp_path.iterdir()] == ["cutovers.xlsx"]
    assert (tmp_path / "cutovers.xlsx").read_text("utf-8") == "mine"


def test_an_unknown_example_names_those_there_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = ran(capsys, "init", tmp_path / "desk", "--example", "textbok")
    assert done.code == 2
    assert "textbook" in done.err


def test_a_dry_run_of_init_makes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(capsys, "init", tmp_path / "desk", "--dry-run").code == 0
    assert not (tmp_path / "desk").exists()


def test_forms_are_never_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran(capsys, "forms", "cutovers")
    shutil.copy(tmp_path / "cutovers.xlsx", tmp_path / "before.xlsx")
    ran(capsys, "forms", "割接")
    assert {p.name for p in tmp_path.iterdir()} == {"before.xlsx", "cutovers.xlsx", "cutovers-2.xlsx"}
    assert (tmp_path / "cutovers.xlsx").read_bytes() == (tmp_path / "before.xlsx").read_bytes()


def test_the_tables_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    listed = ran(capsys, "forms", "--json").json["items"]
    assert {"customers", "circuits", "cutovers", "assurances", "departments"} <= {item["table"] for item in listed}


def test_a_schema_says_what_is_required(capsys: pytest.CaptureFixture[str]) -> None:
    (schema,) = ran(capsys, "schema", "cutovers", "--json").json["items"]
    assert schema["$schema"].endswith("2020-12/schema")
    assert "task_no" in schema["$defs"]["row"]["required"]
