"""What one cell may hold, one parser after the other."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_cli.records import amounts, cells, milestones, one_of
from aftersales_cli.records.columns import Parse, Refused
from aftersales_cli.records.folding import cleaned, folded, folded_circuit
from aftersales_cli.records.values import Category, Interruption, Interrupts, Lead, LeadUnit, Status, Word

YES, MOMENTARILY, NO = Interrupts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("中断: 30分钟", Interruption(YES, 30), id="form"),
        pytest.param("中断：30分钟", Interruption(YES, 30), id="full-width"),
        pytest.param("中断30分钟", Interruption(YES, 30), id="tight"),
        pytest.param("中断 2小时", Interruption(YES, 120), id="hours"),
        pytest.param("中断1小时30分", Interruption(YES, 90), id="hours-and-minutes"),
        pytest.param("outage 30 minutes", Interruption(YES, 30), id="english"),
        pytest.param("瞬断: 小于5分钟", Interruption(MOMENTARILY, 5, below=True), id="below"),
        pytest.param("瞬断(", None, id="bracket"),
        pytest.param("瞬断", Interruption(MOMENTARILY), id="bare-momentary"),
        pytest.param("不中断", Interruption(NO), id="none"),
        pytest.param("中断", None, id="no-minutes"),
        pytest.param("30", None, id="bare-number"),
        pytest.param(30.0, None, id="number-cell"),
        pytest.param("中断: 30", None, id="no-unit"),
        pytest.param("中断: 0分钟", None, id="zero"),
        pytest.param("不中断: 5分钟", None, id="contradiction"),
    ],
)
def test_interruption(text: Any, expected: Interruption | None) -> None:
    if expected is not None:
        assert amounts.interruption(text) == expected
        return
    with pytest.raises(Refused, match="write 中断: 30分钟, 瞬断: 小于5分钟, 瞬断 or 不中断"):
        amounts.interruption(text)


@given(st.sampled_from([YES, MOMENTARILY]), st.integers(1, 100_000), st.booleans())
def test_an_interruption_is_read_back_from_what_the_form_prints(kind: Interrupts, minutes: int, below: bool) -> None:
    interruption = Interruption(kind, minutes, below)
    assert amounts.interruption(str(interruption)) == interruption


@pytest.mark.parametrize(
    ("parse", "cell", "expected"),
    [
        pytest.param(milestones.filed, "未填报", Word.NOT_FILED, id="not-filed"),
        pytest.param(milestones.published, " 未发布 ", Word.NOT_PUBLISHED, id="not-published"),
        pytest.param(milestones.published, "not published", Word.NOT_PUBLISHED, id="not-published-english"),
        pytest.param(one_of.category, "计划割接", Category.PLANNED, id="category"),
        pytest.param(one_of.category, "Emergency", Category.EMERGENCY, id="category-english"),
        pytest.param(one_of.status, "已取消", Status.CANCELLED, id="status"),
        pytest.param(amounts.lead, "6个工作日", Lead(6, LeadUnit.WORKING_DAYS), id="working-days"),
        pytest.param(amounts.lead, "6 working days", Lead(6, LeadUnit.WORKING_DAYS), id="working-days-english"),
        pytest.param(amounts.lead, "14天", Lead(14, LeadUnit.DAYS), id="days"),
        pytest.param(amounts.lead, "72小时", Lead(72, LeadUnit.HOURS), id="hours"),
        pytest.param(amounts.lead, 6.0, Lead(6, LeadUnit.WORKING_DAYS), id="bare-number"),
        pytest.param(one_of.yes_no, "是", True, id="yes"),
        pytest.param(one_of.yes_no, 1.0, True, id="one"),
        pytest.param(one_of.yes_no, "N", False, id="no"),
        pytest.param(one_of.yes_no, False, False, id="boolean"),
        pytest.param(one_of.language, "中文", "zh", id="language"),
        pytest.param(cells.code, "0012", "0012", id="zeros-stay"),
        pytest.param(cells.code, 12.0, "12", id="whole-number"),
        pytest.param(cells.code, 1.3800138e10, "13800138000", id="D06-large-number"),
        pytest.param(cells.code, "HKG/CT-SHI/CT\u3000 30N198", "HKG/CT-SHI/CT 30N198", id="D08-spaces"),
        pytest.param(cells.codes, "a; b；c、d\na", ("a", "b", "c", "d"), id="list"),
        pytest.param(cells.text, 12.5, "12.5", id="number-as-text"),
        pytest.param(cells.text, date(2026, 1, 1), "2026-01-01", id="day-as-text"),
        pytest.param(cells.phone, "０２１－１２３４", "021-1234", id="phone"),
        pytest.param(cells.emails, "a＠b.cn", ("a@b.cn",), id="D07-full-width"),
        pytest.param(cells.emails, "a@b.cn，c@d.cn;e@f.cn", ("a@b.cn", "c@d.cn", "e@f.cn"), id="D07-several"),
        pytest.param(cells.by_province, "上海:张三; 广东：李四、王五",
                     (("上海", "张三"), ("广东", "李四"), ("广东", "王五")), id="by-province"),
    ],
)  # fmt: skip
def test_accepted(parse: Parse, cell: Any, expected: Any) -> None:
    assert parse(cell) == expected


@pytest.mark.parametrize(
    ("parse", "cell", "words"),
    [
        pytest.param(milestones.filed, "未发布", "未填报", id="the-other-word"),
        pytest.param(milestones.published, "未填报", "未发布", id="the-other-word-again"),
        pytest.param(one_of.category, "大型", "计划, 临时, 紧急", id="category"),
        pytest.param(amounts.lead, "六天", "6个工作日", id="lead"),
        pytest.param(one_of.yes_no, "也许", "是, 否", id="yes-no"),
        pytest.param(cells.code, 1.5e16, "its last digits may be lost", id="D06-number"),
        pytest.param(cells.code, "1.38E+16", "its last digits may be lost", id="D06-text"),
        pytest.param(cells.code, date(2026, 1, 1), "write the code as text", id="date-for-code"),
        pytest.param(cells.phone, "无", "021-12345678", id="phone"),
        pytest.param(cells.emails, "a@b.cn.", "desk@example.com", id="D07-trailing-dot"),
        pytest.param(cells.emails, "王 <a@b.cn>", "desk@example.com", id="display-name"),
        pytest.param(cells.by_province, "张三", "上海:张三", id="no-province"),
        pytest.param(cells.text, "a\x00b", "control characters", id="control-character"),
        pytest.param(cells.text, "a\u202eb", "control characters", id="bidirectional"),
    ],
)
def test_refused(parse: Parse, cell: Any, words: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(cell)
    assert words in refused.value.accepted.to("en")


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    """D08"""
    assert cleaned(cleaned(text)) == cleaned(text)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text())
def test_a_cleaned_text_is_the_same_name(text: str) -> None:
    assert folded(cleaned(text)) == folded(text)


def test_both_spellings_of_a_circuit_are_one() -> None:
    assert folded_circuit("HKG/CT-SHI/CT 30N198") == folded_circuit("HKG/CTSHI/CT30N198")


@given(st.text() | st.floats() | st.integers() | st.booleans() | st.dates())
def test_anything_is_read_or_refused(cell: Any) -> None:
    parsers = (cells.text, cells.code, cells.codes, amounts.interruption, one_of.category, one_of.status, amounts.lead,
               one_of.yes_no, cells.phone, cells.emails, cells.by_province, one_of.language)  # fmt: skip
    for parse in parsers:
        try:
            parse(cell)
        except Refused as refused:
            assert refused.accepted.to("en")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param("2", 2, id="digits"),
        pytest.param(2.0, 2, id="a spreadsheet's number"),
        pytest.param("2.0", 2, id="a point and nothing behind it"),
        pytest.param("２．００", 2, id="full-width"),
        pytest.param("0", 0, id="none"),
        pytest.param("2.5", None, id="half"),
        pytest.param(2.5, None, id="half as a number"),
        pytest.param("2.", None, id="a bare point"),
        pytest.param("-1", None, id="less than none"),
        pytest.param("1234567", None, id="too many"),
        pytest.param("二", None, id="a word"),
    ],
)
def test_a_count_is_a_whole_number(cell: object, expected: int | None) -> None:
    if expected is None:
        with pytest.raises(Refused):
            amounts.count(cell)
    else:
        assert amounts.count(cell) == expected
