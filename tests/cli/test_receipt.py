"""`cutover receipt` and `cutover status` as a user runs them, on a copy of the textbook's example."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from aftersales_cli.cli import output
from tests.cli.running import Ran, ran

TASK = "BD2011GXJH000084"
ONE = ("--task", TASK, "--customer", "K0004", "--delivered-at", "2011-05-27T10:30", "--channel", "电话",
       "--confirmed-by", "张三")  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A workspace in which the four customers of the textbook were told on 27 May 2011 at nine."""
    root = tmp_path / "desk"
    shutil.copytree(Path(__file__).parents[2] / "examples" / "textbook", root)
    assert ran(capsys, "-w", root, "--as-of", "2011-05-27T09:00", "cutover", "notify").code == 0
    return root


def run(capsys: pytest.CaptureFixture[str], desk: Path, as_of: str, *words: object, lang: str = "en") -> Ran:
    return ran(capsys, "-w", desk, "--as-of", as_of, "cutover", *words, lang=lang)


def filled_in(desk: Path) -> Path:
    """The list that notify wrote, its first two rows filled in."""
    path = next((desk / "out").glob("*/回执登记表.xlsx"))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    for number in (2, 3):
        for heading, value in {"送达时间": "2011-05-27 10:30", "送达方式": "电话", "确认人": "张三"}.items():
            sheet.cell(number, headings.index(heading) + 1).value = value
    book.save(path)
    return path


def test_the_filled_in_list_is_recorded_once(capsys: pytest.CaptureFixture[str], desk: Path) -> None:
    path = filled_in(desk)
    first = run(capsys, desk, "2011-05-27T15:00", "receipt", path)
    second = run(capsys, desk, "2011-05-27T16:00", "receipt", "--receipts", path)

    assert (first.code, second.code, first.err, second.err) == (0, 0, "", "")
    assert "2 recorded, 0 known already, 0 refused, 2 not filled in yet" in first.out
    assert "0 recorded, 2 known already, 0 refused, 2 not filled in yet" in second.out


def test_one_receipt_by_options(capsys: pytest.CaptureFixture[str], desk: Path) -> None:
    done = run(capsys, desk, "2011-05-27T15:00", "receipt", *ONE, "--circuit", "北京桂林30N2010NP", "--json")
    (item,) = done.json["items"]
    assert (done.code, item["change"], item["delivered_at"]) == (0, "recorded", "2011-05-27T10:30:00+08:00")
    assert (item["decisions"][0]["rule"], item["decisions"][0]["verdict"]) == ("REC-1", "met")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param(ONE[:4], "a receipt needs --delivered-at, --channel, --confirmed-by as well", id="half of one"),
        pytest.param((*ONE, "list.xlsx"), "name files, or one receipt by its options, not both", id="both"),
        pytest.param((*ONE[:5], "soon", *ONE[6:]), "--delivered-at: “soon” cannot be read as 送达时间", id="no time"),
    ],
)
def test_wrong_usage(capsys: pytest.CaptureFixture[str], desk: Path, words: tuple[str, ...], says: str) -> None:
    done = run(capsys, desk, "2011-05-27T15:00", "receipt", *words)
    assert (done.code, says in done.err) == (2, True)


def test_an_impossible_one_is_refused(capsys: pytest.CaptureFixture[str], desk: Path) -> None:
    done = run(capsys, desk, "2011-05-27T10:00", "receipt", *ONE)
    assert done.code == 3
    assert "2011-05-27 10:30 is still to come; it is 2011-05-27 10:00" in done.err


def test_evidence_holds_the_receipts(capsys: pytest.CaptureFixture[str], desk: Path) -> None:
    run(capsys, desk, "2011-05-27T15:00", "receipt", *ONE)
    done = run(capsys, desk, "2011-05-28T09:00", "evidence", TASK, "--json")
    (said,) = done.json["items"][0]["receipts"]
    assert (said["customer_code"], said["confirmed_by"], said["delivered"]) == ("K0004", "张三", True)
    page = next(Path(file) for file in done.json["files"] if file.endswith("index.html")).read_text("utf-8")
    assert all(text in page for text in ("2011-05-27 10:30", "张三", "given at the prompt", "all of the notice"))


@pytest.mark.parametrize("width", [80, 120])
def test_the_status_fits_the_terminal(
    capsys: pytest.CaptureFixture[str], desk: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    """Task numbers are whole at either width: they are copied."""
    run(capsys, desk, "2011-05-27T15:00", "receipt", *ONE)
    monkeypatch.setenv("COLUMNS", str(width))
    output.console.cache_clear()
    done = run(capsys, desk, "2011-06-01T09:00", "status")

    assert done.code == 1
    assert [TASK in done.out, done.out.count("2011-06-01")] == [True, 3]
    assert max(_width(line) for line in done.out.splitlines()[:-1]) <= width
    assert "4 notices: 1 delivered, 3 without a receipt, 0 not delivered, 0 never confirmed; 3 overdue" in " ".join(
        done.out.split()
    )


def _width(line: str) -> int:
    return sum(2 if ord(character) > 0x2E7F else 1 for character in line.rstrip())


def test_windows_that_are_over_are_counted_and_shown_by_name(capsys: pytest.CaptureFixture[str], desk: Path) -> None:
    everything = run(capsys, desk, "2011-06-20T09:00", "status")
    one = run(capsys, desk, "2011-06-20T09:00", "status", "--task", TASK)
    assert (everything.code, TASK in everything.out, "4 notices whose window is over" in everything.out) == (
        0,
        False,
        True,
    )
    assert (one.code, TASK in one.out, "never confirmed" in one.out) == (0, True, True)


def test_an_empty_ledger_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    shutil.copytree(Path(__file__).parents[2] / "examples" / "textbook", tmp_path / "desk")
    done = run(capsys, tmp_path / "desk", "2011-05-27T09:00", "status")
    assert (done.code, "the ledger has no notices" in done.err) == (0, True)
    assert not (tmp_path / "desk" / "ledger.sqlite3").exists()
