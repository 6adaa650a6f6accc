"""In Chinese nothing of a sentence stays English: usage errors, units, what is held back, punctuation."""

from __future__ import annotations

import pytest

from aftersales_cli import words
from aftersales_cli.cli.output import HELD, problem_line
from aftersales_cli.places import Place, Problem
from aftersales_cli.records.tables import TABLES
from aftersales_cli.records.values import Lead, LeadUnit
from aftersales_cli.rules.decision import Clause, Used
from aftersales_cli.words import Say, shown
from tests.cli.running import ran

CLAUSE = Clause("HOUSE", {"zh": "", "en": ""}, {"zh": "", "en": ""})


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_current", "zh")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param(["cutover", "deadline"], "缺少 --start", id="a missing option"),
        pytest.param(["cutover", "deadline", "--start"], "--start 后须给出取值", id="an option without its value"),
        pytest.param(["cutover", "check", "--nonsense"], "没有 --nonsense 这个选项", id="an unknown option"),
        pytest.param(["cutover", "check", "--json=3"], "--json 不带取值", id="a value for a flag"),
        pytest.param(["calendar", "show", "x"], "YEAR：须为整数", id="a number that is none"),
        pytest.param(["calendar", "show", "2026", "x"], "“x”在这里是多余的", id="a word too much"),
        pytest.param(["nonsense"], "没有 'nonsense' 这个命令。", id="an unknown group"),
    ],
)
def test_a_usage_error_is_said_in_chinese(line: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    done = ran(capsys, *line, lang="zh")
    assert done.code == 2
    assert done.err.splitlines()[0] == f"错误：{said}"


def test_the_hint_names_the_last_command_that_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    done = ran(capsys, "cutover", "nonsense", lang="zh")
    assert done.err.splitlines()[1] == "提示：用法请看“aftersales cutover --help”"


def test_a_group_alone_shows_its_help_and_no_empty_error(capsys: pytest.CaptureFixture[str]) -> None:
    done = ran(capsys, "cutover", lang="zh")
    assert (done.code, done.err) == (2, "")


def test_a_problem_is_one_chinese_sentence(chinese: None) -> None:
    problem = Problem(Say("there is no such file"), Place("a.csv"), hint=Say("unpack it first"))
    assert problem_line(problem) == "问题：a.csv：没有这个文件；请先解压"


@pytest.mark.parametrize(
    ("held", "said"),
    [
        pytest.param("task JT2011SHJH000160", "任务 JT2011SHJH000160", id="a task"),
        pytest.param("customer K0001", "客户 K0001", id="a customer"),
        pytest.param("visit ZF1", "走访 ZF1", id="a visit"),
        pytest.param("issue 漏水 of task", "问题 漏水 of task", id="an issue"),
        pytest.param("plan 2026", "计划 2026", id="a plan"),
        pytest.param("mail to customer K1", "发给 客户 K1 的邮件", id="a mail"),
        pytest.param("mail to the department", "发给 政企客户部 的邮件", id="a mail to the department"),
        pytest.param("correction of 邮箱 of customer K1", "客户 K1 的 邮箱 更正", id="a correction"),
        pytest.param("circuit HKG/CT 30N198", "电路 HKG/CT 30N198", id="a circuit whose code has a space"),
        pytest.param("circuit 30N198 of task JJ1", "任务 JJ1 的电路 30N198", id="a circuit of a task"),
        pytest.param("row 7", "第 7 行", id="a row"),
        pytest.param("customers", "客户", id="a whole table"),
    ],
)
def test_what_is_held_back_is_named_in_chinese(held: str, said: str, chinese: None) -> None:
    problem = Problem(Say("there is no such file"), held=(held,))
    assert problem_line(problem).endswith(f"［扣下：{said}］")


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        pytest.param(6, "working days", "6 个工作日", id="working days"),
        pytest.param(14, "days", "14 天", id="days"),
        pytest.param(72, "hours", "72 小时", id="hours"),
        pytest.param(5, "minutes", "5 分钟", id="minutes"),
        pytest.param(3, "number", "3", id="a bare number"),
        pytest.param("二级", "level", "二级", id="a word"),
        pytest.param(True, "yes_no", "是", id="yes"),
    ],
)
def test_a_number_of_the_rule_book_has_its_unit_in_chinese(value: object, unit: str, said: str) -> None:
    assert shown(Used("notice", value, unit, CLAUSE).amount, "zh") == said


def test_a_lead_time_inside_a_sentence_is_in_its_language() -> None:
    one = Lead(1, LeadUnit.WORKING_DAYS)
    assert [shown(one, language) for language in ("en", "zh")] == ["1 working day", "1 个工作日"]


def test_every_noun_a_table_holds_rows_back_by_has_its_words() -> None:
    assert {table.identity[0] for table in TABLES.values() if table.identity} <= set(HELD)
