"""D6, in its order: the inventory, the name, the department, or held."""

from __future__ import annotations

from typing import Any

import pytest

from aftersales_cli.inventory.memory import MemoryInventory
from aftersales_cli.places import Fact, Known, Problem, Unknown
from aftersales_cli.records.circuits import Circuit
from aftersales_cli.records.columns import NOWHERE, Broken
from aftersales_cli.records.customers import Customer
from aftersales_cli.register.customers import Customers
from aftersales_cli.register.ownership import Owner, Ownership, Whose, together
from aftersales_cli.words import Say

EMPTY = Unknown("customer_name", Say("empty"))


def customer(code: str, name: str, phone: str | None = "021-1234") -> Customer:
    return Customer(code=code, name=name, level="省级", headquarters="上海", contact_phone=phone)


KNOWN = (customer("K1", "甲公司"), customer("K2", "乙公司"), customer("K3", "乙公司"), customer("K4", "丁公司", None))
CIRCUITS = {"HKG/CT-SHI/CT 30N198": "K1", "X4": "K4", "X9": "K9"}


def broken(**values: Any) -> Broken:
    return Broken(values, {"level": Problem(Say("?"))}, NOWHERE)


def owner(
    circuit: str | None,
    name: str | None = None,
    *,
    bad: tuple[Broken, ...] = (),
    files: bool = True,
    whole: bool = True,
) -> Owner:
    rows = [Circuit(circuit_code=code, customer_code=whose) for code, whose in CIRCUITS.items()]
    register = Ownership(MemoryInventory(rows, complete=whole), Customers(KNOWN, bad, whole_files=files))
    cell: Fact[str] = Known("circuit_code", circuit) if circuit else EMPTY
    return register.of(cell, Known("customer_name", name) if name else EMPTY)


@pytest.mark.parametrize(
    ("circuit", "name", "whose", "code"),
    [
        pytest.param("HKG/CTSHI/CT30N198", None, Whose.CUSTOMER, "K1", id="the inventory, in either spelling"),
        pytest.param("HKG/CT-SHI/CT 30N198", "甲 公司", Whose.CUSTOMER, "K1", id="and the name agrees"),
        pytest.param("HKG/CT-SHI/CT 30N198", "无名", Whose.CUSTOMER, "K1", id="a name of nobody's is no quarrel"),
        pytest.param("HKG/CT-SHI/CT 30N198", "丁公司", Whose.HELD, "K1", id="a name of another customer is"),
        pytest.param("Z1", "甲公司", Whose.CUSTOMER, "K1", id="the name alone"),
        pytest.param("Z1", "乙公司", Whose.HELD, None, id="a name that two bear"),
        pytest.param("Z1", "无名", Whose.DEPARTMENT, None, id="a name that nobody bears"),
        pytest.param("Z1", None, Whose.DEPARTMENT, None, id="nothing known"),
        pytest.param(None, "甲公司", Whose.DEPARTMENT, None, id="no circuit"),
        pytest.param("X4", None, Whose.DEPARTMENT, "K4", id="no usable contact"),
        pytest.param("X9", None, Whose.DEPARTMENT, "K9", id="a code nobody has"),
        pytest.param("X9", "甲公司", Whose.HELD, "K9", id="a code nobody has, and the name of another"),
    ],
)
def test_whose_a_circuit_is(circuit: str | None, name: str | None, whose: Whose, code: str | None) -> None:
    found = owner(circuit, name)

    assert (found.whose, found.customer_code) == (whose, code)


@pytest.mark.parametrize(
    "how", [pytest.param({"whole": False}, id="circuits"), pytest.param({"files": False}, id="customers")]
)
@pytest.mark.parametrize(
    "circuit", [pytest.param("Z1", id="unknown"), pytest.param(None, id="none"), pytest.param("X9", id="code")]
)
def test_a_broken_input_is_not_we_do_not_know(how: dict[str, Any], circuit: str | None) -> None:
    expected = Whose.DEPARTMENT if circuit == "X9" and "whole" in how else Whose.HELD

    assert owner(circuit, **how).whose is expected


def test_the_inventorys_spelling_is_kept() -> None:
    assert owner("HKG/CTSHI/CT 30N198").circuit_code == "HKG/CT-SHI/CT 30N198"
    assert owner("z-1").circuit_code == "z-1"


def test_by_name_is_said_as_a_caution() -> None:
    assert owner("Z1", "甲公司").caution is not None
    assert owner("Z1", "甲公司").name_agrees is None


def test_a_name_a_broken_row_bears_is_ambiguous_and_against_the_inventory_a_quarrel() -> None:
    assert owner("Z1", "甲公司", bad=(broken(code="K7", name="甲公司"),)).whose is Whose.HELD
    assert owner("Z1", "甲公司", bad=(broken(code="K7", name="戊公司"),)).whose is Whose.CUSTOMER
    assert owner("HKG/CT-SHI/CT 30N198", "戊公司", bad=(broken(code="K7", name="戊公司"),)).whose is Whose.HELD


def test_a_customer_whose_row_is_broken_is_said_to_be_that() -> None:
    found = owner("X9", bad=(broken(code="k9", name="庚公司"),))

    assert found.whose is Whose.HELD
    assert "cannot be read" in str(found.why)


def test_a_cell_that_cannot_be_read_is_held_and_said_elsewhere() -> None:
    register = Ownership(MemoryInventory([], complete=True), Customers(KNOWN))
    found = register.of(Unknown("circuit_code", Say("?"), unread=True), EMPTY)

    assert (found.whose, found.problem) == (Whose.HELD, None)


@pytest.mark.parametrize(
    ("owners", "whose", "code"),
    [
        pytest.param([owner("Z1"), owner("Z1", "甲公司")], Whose.CUSTOMER, "K1", id="one row knows more"),
        pytest.param([owner("Z1", "甲公司"), owner("Z1", "丁公司")], Whose.HELD, None, id="two names"),
        pytest.param([owner("X4"), owner("X4", "甲公司")], Whose.HELD, "K4", id="one of them is held"),
    ],
)
def test_rows_of_one_circuit_have_one_owner_together(owners: list[Owner], whose: Whose, code: str | None) -> None:
    found = together(owners)

    assert (found.whose, found.customer_code) == (whose, code)
