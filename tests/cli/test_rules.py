"""`aftersales rules` as a user and a script meet it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from aftersales_cli.cli.main import main


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No workspace at or above the current folder, and a language of our own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AFTERSALES_WORKSPACE", raising=False)
    monkeypatch.setenv("AFTERSALES_LANG", "en")


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["--as-of", "2026-06-01", "rules", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


def test_the_list_is_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "list")
    assert (code, err) == (0, "")
    assert "CUT-06 The statutory 72 hours 电信服务规范 notice = 72 hours tell tell" in lines(out)


def test_the_list_in_chinese_has_the_chinese_titles(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = said(capsys, "list", "--lang", "zh")
    assert "计划割接提前足够时间发布" in out


def test_show_says_each_edition_with_its_clause_and_marks_the_sample(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "show", "CUT-04", "--province", "示例省")
    assert code == 0
    assert "from 2011-01-01 (the group's): notice 6 working days" in lines(out)
    assert "from 2026-01-01 (示例省's): notice 8 working days" in lines(out)
    assert "SAMPLE-示例省" in out
    assert "in force: notice = 8 working days" in lines(out)
    assert "notice: a province may raise it, a contract may raise it" in lines(out)


def test_show_on_a_day_before_the_first_edition_says_that_nothing_is_in_force(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, _ = said(capsys, "show", "CUT-04", "--on", "2010-12-31")
    assert code == 0
    assert "on 2010-12-31 no edition is in force" in lines(out)


def test_check_says_in_one_line_that_the_book_holds(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "check")
    assert code == 0
    assert re.match(r"the rule book holds: \d+ cards, \d+ cases\n", out)


def test_check_names_every_fault_with_its_line_and_ends_with_78(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "aftersales.yaml").write_text("rulebook: ours\n", "utf-8")
    (tmp_path / "ours").mkdir()
    case = "- [too hopeful, '中断: 400分钟', met]"
    shared = "table: cutovers\ngiven: {task_no: A1, window: 20110608 00:00-06:00, province: 上海, reason: 外力施工}\n"
    text = f"{shared}columns: [case, interruption, verdict]\nrows:\n{case}\n"
    (tmp_path / "ours" / "CUT-07.cases.yaml").write_text(text, "utf-8")
    code, out, err = said(capsys, "check")
    assert code == 78
    assert "the rule book does not hold: 3 faults" in out
    assert "CUT-07.cases.yaml › line 5: CUT-07, case 1 “too hopeful”: expected met, found breached" in err
    assert "CUT-07: no case is judged on 2010-12-31, beside the first day of an edition" in err


def test_explain_tells_the_whole_story_of_a_case(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "explain", "CUT-04", "--case", "2")
    assert code == 0
    told = lines(out)
    assert "breached: published 2011-05-30: 5 clear working days ahead, 6 clear working days needed" in told
    assert any(line.startswith("rests on: published_at = 2011-05-30 (CUT-04.cases.yaml › line ") for line in told)
    assert any(line.startswith("number: notice = 6 working days; TB-2.3.3, answer rule 5:") for line in told)


def test_json_is_one_document_with_the_decision(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "explain", "CUT-04", "--case", "2", "--json")
    assert (code, err) == (0, "")
    (item,) = json.loads(out)["items"]
    assert (item["expected"], item["passed"], item["decision"]["verdict"]) == ("breached", True, "breached")
    assert item["decision"]["judged_on"] == "2011-06-08"
    assert item["decision"]["values"][0]["clause"]["source"] == "TB-2.3.3"


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        pytest.param(["show", "CUT-4"], "did you mean “CUT-04”?", id="a rule"),
        pytest.param(["explain", "CUT-04", "--case", "999"], "the cases are numbered 1 to", id="a case"),
        pytest.param(["list", "--province", "上山"], "known here: 北京", id="a province"),
        pytest.param(["show", "CUT-04", "--on", "soon"], "write 2026-06-01", id="a day"),
    ],
)
def test_what_does_not_exist_is_wrong_usage_with_a_hint(
    capsys: pytest.CaptureFixture[str], arguments: list[str], hint: str
) -> None:
    code, out, err = said(capsys, *arguments)
    assert (code, out) == (2, "")
    assert hint in err
