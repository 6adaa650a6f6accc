"""What templates are given: the customer's own, in its language."""

from __future__ import annotations

from typing import Any

import pytest

from aftersales_cli.cutover.notices import Notice
from aftersales_cli.cutover.phrases import Phrases
from aftersales_cli.cutover.task import Task
from aftersales_cli.cutover.telling import Message
from aftersales_cli.cutover.views import message_view
from aftersales_cli.records.events import Change
from aftersales_cli.records.values import Interruption, Interrupts
from tests.cutover.samples import NOW, at, customer, issued, row, task, words

SENDER = {"unit": "网运部", "name": "", "phone": "", "email": ""}


def viewed(made: Task, language: str | None = None, department: bool = False, **given: Any) -> Any:
    whom = None if department else customer(language=language)
    facts: dict[str, Any] = {
        "change": Change.NEW,
        "sequence": 0,
        "pairs": made.pairs,
        "published_at": NOW,
        "published_said": False,
    }
    notice = Notice(made, whom, **(facts | given))
    return message_view(Message(whom, None, (notice,), ()), SENDER, words())


def test_a_form_row_has_the_seven_columns_of_the_textbook() -> None:
    (form,) = viewed(task())["rows"]

    columns = ("task_no", "customer_name", "circuit_code", "window", "interruption", "province", "reason")
    assert [form[column] for column in columns] == [
        *("BD2011SHJH000001", "甲公司", "X1", "20110608 00:00:00/20110608 06:00:00", "中断: 30分钟", "上海", "外力施工")
    ]


def test_a_customer_never_reads_an_impact_range() -> None:
    made = task(row(impact_range="乙公司的专线"))

    assert viewed(made)["rows"][0]["impact_range"] == ""
    assert viewed(made, department=True)["rows"][0]["impact_range"] == "乙公司的专线"


def test_the_department_reads_each_range_of_a_task_without_circuits_and_whom_it_may_concern() -> None:
    made = task(row(None, impact_range="浦东", customer_name="甲公司"), row(None, resources=("光缆7", "光缆8")))
    rows = viewed(made, department=True)["rows"]

    assert [(each["impact_range"], each["customer_name"]) for each in rows] == [
        ("浦东", "甲公司"),
        ("光缆7、光缆8", ""),
    ]


def test_the_department_reads_the_customer_it_stands_for() -> None:
    made = task(customers=(customer(contact_phone=None),))
    (form,) = viewed(made, department=True)["rows"]

    assert (form["customer_name"], "电话" in form["why"] or "phone" in form["why"]) == ("甲公司", True)


def test_a_cancel_repeats_what_had_been_told() -> None:
    last = issued(
        circuit_codes=("X1", "Y1"), interruption="X1 中断: 30分钟; Y1 瞬断", province="广东", reason="机房搬迁"
    )
    view = viewed(task(), change=Change.CANCEL, pairs=(), last=last)

    assert [(each["circuit_code"], each["interruption"]) for each in view["rows"]] == [
        ("X1", "中断: 30分钟"),
        ("Y1", "瞬断"),
    ]
    assert (view["tasks"][0]["province"], view["tasks"][0]["interruption_text"]) == ("广东", "中断约30分钟")


def test_a_cancel_to_the_department_without_circuits_still_has_a_row() -> None:
    view = viewed(task(row(None)), department=True, change=Change.CANCEL, pairs=(), last=issued(None, circuit_codes=()))

    assert [each["task_no"] for each in view["rows"]] == ["BD2011SHJH000001"]


def test_an_update_names_only_what_changed() -> None:
    last = issued(circuit_codes=("Y-1", "X1"), window_start=at("2011-06-07T00:00"), window_end=at("2011-06-07T06:00"))
    made = task(row("X1"), row("Y1"))
    (changed,) = viewed(made, change=Change.UPDATE, last=last)["tasks"][0]["changed"]

    assert changed == {"what": "割接时间", "old": "2011年6月7日 00:00 至 06:00", "new": "2011年6月8日 00:00 至 06:00"}


def test_a_changed_province_is_named_too() -> None:
    (changed,) = viewed(task(), change=Change.UPDATE, last=issued(province="广东"))["tasks"][0]["changed"]

    assert (changed["what"], changed["old"], changed["new"]) == ("割接省", "广东", "上海")


@pytest.mark.parametrize("change", [Change.NEW, Change.UPDATE, Change.CANCEL])
def test_an_english_view_has_no_chinese_but_codes_and_names(change: Change) -> None:
    last = issued(
        interruption="X1 瞬断; Y1 中断: 90分钟", circuit_codes=("X1", "Y1"), reason="机房搬迁", province="广东"
    )
    made = task(row("X1"), row("Y1", interruption=Interruption(Interrupts.MOMENTARILY, 5, True)))
    view = viewed(made, "en", change=change, last=last)
    texts = str([view["title"], view["tasks"], [replace_name(each) for each in view["rows"]], view["issued_on"]])

    assert texts.isascii()


def replace_name(row: dict[str, str]) -> dict[str, str]:
    return row | {"customer_name": ""}


@pytest.mark.parametrize(
    ("form", "chinese", "english"),
    [
        pytest.param("中断: 30分钟", "中断约30分钟", "an interruption of about 30 minutes", id="minutes"),
        pytest.param(
            "瞬断: 小于5分钟", "瞬断（小于5分钟）", "a momentary interruption of less than 5 minutes", id="below"
        ),
        pytest.param("瞬断", "瞬断", "a momentary interruption", id="momentary"),
        pytest.param("不中断", "不中断业务", "no interruption", id="none"),
    ],
)
def test_an_interruption_in_a_sentence(form: str, chinese: str, english: str) -> None:
    assert [Phrases(language, words()).worst([form, "不中断"]) for language in ("zh", "en")] == [chinese, english]


def test_a_span_names_the_second_day_only_where_it_differs() -> None:
    phrases = Phrases("zh", words())

    assert phrases.span(at("2011-06-08T22:00"), at("2011-06-09T02:00")) == "2011年6月8日 22:00 至 2011年6月9日 02:00"


def test_the_message_is_late_where_one_of_its_notices_is() -> None:
    assert viewed(task(), late=True)["late"] is True


@pytest.mark.parametrize(
    ("change", "language", "expected"),
    [
        pytest.param(Change.NEW, None, "计划割接通知表", id="new: the textbook's title"),
        pytest.param(Change.UPDATE, None, "计划割接通知表（变更）", id="changed"),
        pytest.param(Change.CANCEL, None, "计划割接通知表（取消）", id="cancelled"),
        pytest.param(Change.CANCEL, "en", "Planned cutover notice (cancelled)", id="in English"),
    ],
)
def test_the_title_of_the_form_says_what_it_is(change: Change, language: str | None, expected: str) -> None:
    assert viewed(task(), language, change=change, last=issued())["title"] == expected
