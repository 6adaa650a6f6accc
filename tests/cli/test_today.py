"""`aftersales today` as a user meets it, on the textbook's four cutovers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from rich.cells import cell_len

from aftersales_cli import library
from aftersales_cli.cli import output
from tests.cli.running import Ran, ran

KEYS = ["what", "due", "because", "command", "overdue"]


@pytest.fixture
def textbook(tmp_path: Path) -> Path:
    return Path(shutil.copytree(library.content("examples") / "textbook", tmp_path / "desk"))


def today(capsys: pytest.CaptureFixture[str], desk: Path, *words: object, at: str = "2011-05-30T09:00") -> Ran:
    return ran(capsys, "-w", desk, "--as-of", at, "today", *words)


def test_the_document_is_the_contracts(textbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The work of 8 June is a day late, that of 9 June due today, that of 10 June tomorrow, that of 16 June later."""
    done = today(capsys, textbook, "--json", at="2011-05-30T09:00")
    assert (done.code, done.err) == (1, "")
    assert [list(item) for item in done.json["items"]] == [KEYS] * 3
    assert [(item["due"], item["overdue"]) for item in done.json["items"]] == [
        ("2011-05-29", True),
        ("2011-05-30", False),
        ("2011-05-31", False),
    ]
    assert done.json["summary"] == {"overdue": 1, "today": 1, "needs_a_person": 0, "coming": 1, "later": 1}


def test_the_proposed_commands_do_what_the_lines_ask_for(textbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for item in today(capsys, textbook, "--json").json["items"]:
        ran(capsys, *item["command"].split()[1:])
    done = today(capsys, textbook, "--json")
    assert (done.code, done.json["items"], done.json["summary"]["later"]) == (0, [], 1)


@pytest.mark.parametrize("columns", [pytest.param(80, id="80"), pytest.param(120, id="120")])
@pytest.mark.parametrize("lang", [pytest.param("en", id="en"), pytest.param("zh", id="zh")])
def test_a_terminal_is_not_overrun(
    textbook: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: int, lang: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    output.console.cache_clear()
    done = ran(capsys, "-w", textbook, "--as-of", "2011-05-30", "today", lang=lang)
    assert "JT2011SHJH000160" in done.out
    assert max(cell_len(line) for line in done.out.splitlines()) <= columns


def test_people_see_day_reason_and_command(textbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = today(capsys, textbook)
    told = " ".join(done.out.split())
    assert "2011-05-29 tell 中国银联股份有限公司 of JT2011SHJH000160 at once" in told
    assert "overdue" in told
    assert "cutovers.xlsx › 割接 › D2 (割接时间)" in told
    assert "notify --task JT2011SHJH000160" in told
    assert "1 overdue, 1 for today, 0 for a person to settle, 1 in the days to come" in told
    assert "1 more is due later" in told


def test_a_day_without_work_says_so(textbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = today(capsys, textbook, at="2011-07-01")
    assert (done.code, done.out.strip()) == (0, "nothing has to be done today")


def test_what_is_wrong_in_the_data_is_a_line_and_not_listed_again(
    textbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    circuits = textbook / "data" / "circuits.csv"
    circuits.write_text(circuits.read_text("utf-8") + "X9,\n", "utf-8")
    done = today(capsys, textbook)
    assert (done.code, "problem" in done.err) == (3, False)
    assert "mend 1 thing in data/circuits.csv" in done.out


def test_the_page_is_written_where_it_is_asked_for_and_replaced(
    textbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = textbook / "pages"
    folder.mkdir()
    for at in ("2011-05-29", "2011-05-30"):
        done = today(capsys, textbook, "--html", "today.html", "--output", folder, "--json", at=at)
        assert done.json["files"] == [str(folder / "today.html")]
    assert [path.name for path in folder.iterdir()] == ["today.html"]
    text = (folder / "today.html").read_text("utf-8")
    assert ("2011-05-30" in text, '<html lang="en">' in text) == (True, True)


def test_the_page_speaks_chinese_where_the_talk_does(textbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = textbook / "today.html"
    ran(capsys, "-w", textbook, "--as-of", "2011-05-30", "today", "--html", page, lang="zh")
    assert "今日待办" in page.read_text("utf-8")


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("--html", "aftersales.yaml"), id="a file that is no page"),
        pytest.param(("--output", "pages"), id="a folder without a page"),
    ],
)
def test_a_slip_replaces_no_file(textbook: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, str]) -> None:
    before = (textbook / "aftersales.yaml").read_bytes()
    assert today(capsys, textbook, *words).code == 2
    assert (textbook / "aftersales.yaml").read_bytes() == before


def test_a_page_that_cannot_be_written_leaves_the_old_one(textbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert today(capsys, textbook, "--html", textbook / "nowhere" / "today.html").code == 74


def test_complaints_that_no_workspace_names_come_by_option(textbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The desk has them from another system; what the lines propose reads the same files."""
    files = [word for table, name in (("complaints", "complaints.csv"), ("receipts", "receipts.csv"))
             for word in (f"--{table}", textbook / name)]  # fmt: skip
    done = today(capsys, textbook, "--cutovers", textbook / "done.csv", *files, "--json", at="2011-06-27T09:00")
    commands = [item["command"] for item in done.json["items"]]
    own = [command for command in commands if "complaint answer" in command]

    assert len(own) == 1
    assert "--receipts" in own[0]
    assert not any("--complaints" in command for command in commands if command not in own)
    answered = ran(capsys, *own[0].split()[1:], "--dry-run", "--json")
    assert (answered.code, answered.json["summary"]["complaints"]) == (0, 6)
