"""What people see of `visit due`: how a day stands, how many visits a line is for."""

from __future__ import annotations

from datetime import date

import pytest

from aftersales_cli.cli.visit_due import pressing, told
from aftersales_cli.errors import Exit
from aftersales_cli.jobs.report import Report
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.values import BEIJING, VisitKind
from aftersales_cli.visit.obligations import Because, Obligation
from aftersales_cli.visit.whereabouts import Whereabouts
from aftersales_cli.words import Say

CUSTOMER = Customer(code="K1", name="甲公司", level="省级", headquarters="上海")


def owed(**fields: object) -> Obligation:
    given = {"customer": CUSTOMER, "kind": VisitKind.ROUTINE, "where": Whereabouts("上海", "上海", ""),
             "due_by": date(2026, 3, 4), "because": Because("R19", Say("as planned")), "visits": (False,)}  # fmt: skip
    return Obligation(**(given | fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({}, "", id="to come"),
        pytest.param({"overdue": True}, "overdue", id="overdue"),
        pytest.param({"overdue": None}, "cannot be said", id="a visit could not be read"),
        pytest.param({"overdue": None, "or_later": True}, "or later", id="a calendar is not published"),
        pytest.param({"or_later": True}, "or later", id="not published, and not due yet"),
    ],
)
def test_what_stands_beside_the_day(fields: dict[str, object], expected: str) -> None:
    assert pressing(owed(**fields)) == expected


def test_visits_and_customers_are_counted_and_a_line_of_several_says_so() -> None:
    from datetime import datetime

    from rich.console import Console

    summary = {"due": 3, "customers": 1, "overdue": 2, "open": 1, "theirs": 0, "until": date(2026, 4, 4), "later": 1}
    one = owed(overdue=True, visits=(True, True, None))
    report = Report(command="visit due", as_of=datetime(2026, 3, 5, tzinfo=BEIJING), province=None, exit=Exit.RULE,
                    summary=summary, items=[], view=(one,))  # fmt: skip
    console = Console(width=120, record=True, file=None, quiet=False)
    with console.capture() as capture:
        for each in told(report):
            console.print(each)
    text = " ".join(capture.get().split())
    assert "3 visits, 2 overdue" in text
    assert "3 visits are owed to 1 customer, 2 overdue, 1 of which nobody can say; 0 by other provinces" in text
    assert "1 more comes after 2026-04-04" in text
