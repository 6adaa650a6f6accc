"""One message per customer, the department's last; who receives it."""

from __future__ import annotations

from typing import Any

import pytest

from aftersales_cli.cutover.notices import Notice
from aftersales_cli.cutover.telling import enterprise_department, messages
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.departments import Department
from aftersales_cli.records.events import Change
from aftersales_cli.register.customers import recipients, usable_contact
from tests.cutover.samples import NOW, customer, row, task, words


def notice(whom: Customer | None, change: Change = Change.NEW, task_no: str = "T1", sequence: int = 0) -> Notice:
    made = task(row(task_no=task_no))
    return Notice(made, whom, change, sequence, made.pairs, NOW, False)


def department(name: str, role: str = "政企客户部", province: str | None = None) -> Department:
    return Department(name=name, role=role, province=province, email=(f"{name}@carrier.example",))


def test_messages_are_one_per_customer_in_the_order_of_codes_the_departments_last() -> None:
    k1, k2 = customer("K1"), customer("K2")
    told = messages([notice(None), notice(k2), notice(k1, task_no="T2"), notice(k1)], department("政企部"))

    assert [(m.code, [n.task.name for n in m.notices]) for m in told] == [
        ("K1", ["T1", "T2"]),
        ("K2", ["T1"]),
        (None, ["T1"]),
    ]
    assert told[-1].recipients == ("政企部@carrier.example",)


def test_the_strongest_change_names_the_message_and_unchanged_notices_are_not_written() -> None:
    changes = (Change.UNCHANGED, Change.NEW, Change.UPDATE, Change.CANCEL)
    (message,) = messages([notice(customer(), change, f"T{n}") for n, change in enumerate(changes)], None)

    assert message.change is Change.CANCEL
    assert [n.change for n in message.to_render] == [Change.NEW, Change.UPDATE, Change.CANCEL]


def test_a_messages_id_changes_with_a_sequence_and_not_with_the_order() -> None:
    one, two = notice(customer()), notice(customer(), task_no="T2")

    def id_of(*notices: Notice) -> str:
        return messages(notices, None)[0].message_id

    assert id_of(one, two) == id_of(two, one)
    assert id_of(one, two) != id_of(notice(customer(), Change.UPDATE, sequence=1), two)


@pytest.mark.parametrize(
    ("contacts", "to"),
    [
        pytest.param({"contact_email": ("a@b.cn",), "manager_email": ("m@b.cn",)}, ("a@b.cn",), id="contact's mail"),
        pytest.param({"contact_email": (), "manager_email": ("m@b.cn",)}, ("m@b.cn",), id="manager's mail"),
        pytest.param({"contact_phone": None, "manager_phone": "010-1"}, ("010-1",), id="a telephone"),
        pytest.param({"contact_phone": None}, (), id="nothing usable"),
    ],
)  # fmt: skip
def test_where_a_notice_goes(contacts: dict[str, Any], to: tuple[str, ...]) -> None:
    found = customer(**contacts)

    assert recipients(found) == to
    assert usable_contact(found) is bool(to)


@pytest.mark.parametrize(
    ("province", "name"),
    [
        pytest.param("上海", "沪", id="the desk's province"),
        pytest.param("广东", "总", id="else the one for all"),
        pytest.param(None, "总", id="a desk of no province"),
    ],
)
def test_the_department_of_the_desk(province: str | None, name: str) -> None:
    known = [
        department("网", "网运部"),
        department("桂", province="广西"),
        department("总"),
        department("沪", province="上海"),
    ]
    found = enterprise_department(known, words()["department_roles"], province)

    assert found is not None
    assert found.name == name


def test_no_department_has_the_role() -> None:
    assert enterprise_department([department("网", "网运部")], words()["department_roles"], None) is None
