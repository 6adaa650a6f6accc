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
