"""Corrections of customer data, as 资料核对 says them (R31)."""

from __future__ import annotations

from datetime import date

import pytest

from aftersales_cli.places import Severity
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.values import VisitKind
from aftersales_cli.records.visits import Visit
from aftersales_cli.visit.corrections import Checked, corrections

CUSTOMER = Customer(code="K1", name="甲公司", level="集团级", headquarters="上海", contact_phone="021-1111",
                    contact="示例李")  # fmt: skip


def checked(said: str | None) -> Checked:
    row = Visit(visit_no="V1", customer_code="K1", kind=VisitKind.ROUTINE, date=date(2026, 3, 2), data_check=said)
    return corrections(row, CUSTOMER)


@pytest.mark.parametrize(
    "said",
    ["联系电话：021-1111→021-2222", "联系电话: 021-1111 -> 021-2222", "联系电话：改为021-2222", "联系电话应为021-2222",
     "联系电话应为：021-2222",
     "已核对；联系电话：021-1111→021-2222；其余无误", "contact_phone: 021-1111→021-2222"],
)  # fmt: skip
def test_a_field_and_its_new_value(said: str) -> None:
    found = checked(said)
    assert [(c.column.key, c.ours, c.new) for c in found.corrections] == [("contact_phone", "021-1111", "021-2222")]
    assert found.problems == ()


@pytest.mark.parametrize(
    "said",
    [None, "已核对，无误", "地址：已核对", "联系电话：已核对", "联系电话：021-9999→021-1111", "客户编码：K1→K2"],
    ids=["empty", "no field", "a field of no table", "no change", "the archive has it already", "the identity"],
)
def test_what_corrects_nothing(said: str | None) -> None:
    assert checked(said).corrections == ()


def test_a_value_that_cannot_be_right_is_a_problem_of_its_cell() -> None:
    found = checked("联系电话：021-1111→不详；售后联系人：示例李→示例王")
    assert [c.new for c in found.corrections] == ["示例王"]
    (problem,) = found.problems
    assert (problem.field, problem.severity, problem.held) == (
        "data_check", Severity.ERROR, ("correction of 联系电话 of customer K1",),
    )  # fmt: skip


def test_an_old_value_the_archive_does_not_have_is_said() -> None:
    found = checked("联系电话：021-5555→021-2222")
    assert len(found.corrections) == 1
    assert [problem.severity for problem in found.problems] == [Severity.CAUTION]


def problems(said: str) -> list[tuple[Severity, str, str]]:
    return [(p.severity, p.found or "", p.hint.to("en") if p.hint else "") for p in checked(said).problems]


def test_a_change_of_a_field_nobody_knows_is_a_problem_of_its_cell_and_not_lost() -> None:
    """R31: both entries are named; 电话 is much like 联系电话."""
    (first, second) = problems("电话：021-1→021-2；终端用户地址：x→y")
    assert first[:2] == (Severity.ERROR, "电话：021-1→021-2")
    assert first[2].startswith("did you mean “联系电话”? the fields are 客户名称, 客户级别")
    assert second[:2] == (Severity.ERROR, "终端用户地址：x→y")
    assert second[2].startswith("the fields are 客户名称, ")


def test_a_strange_field_does_not_hold_the_others_of_its_cell() -> None:
    found = checked("电话：021-1→021-2；售后联系人：示例李→示例王")
    assert ([c.new for c in found.corrections], len(found.problems)) == (["示例王"], 1)


def test_the_customer_s_code_is_what_no_visit_changes() -> None:
    (problem,) = checked("客户编码：K1→K2").problems
    assert (problem.severity, "customer's code" in problem.message.to("en")) == (Severity.ERROR, True)


@pytest.mark.parametrize(
    ("said", "severities"),
    [
        pytest.param("021-1111→021-2222", [Severity.ERROR], id="an arrow and no field"),
        pytest.param("联系电话：021-1→021-2，联系人：甲→乙", [Severity.ERROR], id="two changes in one entry"),
        pytest.param("电话应为021-2", [Severity.ERROR], id="in words, and much like a field"),
        pytest.param("账单寄送方式改为邮件", [Severity.CAUTION], id="in words, and like none"),
        pytest.param("电话：已核对", [], id="a remark"),
        pytest.param("地址已核对，无误", [], id="another"),
    ],
)
def test_what_is_no_readable_change_is_said_by_how_much_it_looks_like_one(
    said: str, severities: list[Severity]
) -> None:
    found = checked(said)
    assert (found.corrections, [problem.severity for problem in found.problems]) == ((), severities)
