"""R40: one circuit across domains is enough, wherever records are owed, sent or reminded of."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.table import Table

from aftersales_cli.cli.visit_record import exported as screen
from aftersales_cli.errors import Exit
from aftersales_cli.files.confined import Confined
from aftersales_cli.jobs import visit_export, visit_record
from aftersales_cli.jobs.desk import Given
from aftersales_cli.jobs.report import Report
from aftersales_cli.jobs.visit_crossing import read_crossing
from aftersales_cli.rules.decision import Decision
from tests.jobs.visiting import NOW, Office, customer, visit
from tests.jobs.world import text


@pytest.fixture
def office(tmp_path: Path, reader: Confined) -> Office:
    made = Office(tmp_path, reader)
    made.customers = [customer("K1", "甲公司", 是否跨省="否"), customer("K2", "乙公司")]
    made.visits = [visit("V1", "2026-03-02"), visit("V2", "2026-03-03", 客户编码="K2")]
    return made


def circuits(office: Office, *rows: tuple[str, str, str]) -> Given:
    """Rows of (circuit, customer, 是否跨域), in a file that the command line names."""
    path = office.root / "circuits.csv"
    named = [dict(zip(("电路代号", "客户编码", "是否跨域"), row, strict=True)) for row in rows]
    path.write_text(text(named), encoding="utf-8")
    return Given({"circuits": (str(path),)})


def decisions(report: Report) -> dict[object, Decision]:
    """VIS-08 of each visit of which it speaks."""
    found = {}
    for item in report.items:
        for decision in item["decisions"]:  # type: ignore[attr-defined]
            if decision.rule == "VIS-08":
                found[item["visit_no"]] = decision
    return found


def recorded(office: Office, given: Given | None = None) -> dict[object, Decision]:
    return decisions(visit_record.record(office.desk(NOW, given), visit_record.Wishes(dry_run=True)))


def exported(office: Office, given: Given | None = None) -> list[object]:
    report = visit_export.export(office.desk(NOW, given), visit_export.Wishes(dry_run=True))
    return [item["visit_no"] for item in report.items]


def test_a_circuit_across_domains_makes_its_customer_s_records_owed_and_its_cell_is_named(office: Office) -> None:
    given = circuits(office, ("X1", "K1", "否"), ("X2", "K1", "是"), ("X3", "K2", "否"))
    found = recorded(office, given)
    assert {number: decision.verdict for number, decision in found.items()} == {"V1": "breached"}
    (cell,) = [str(each.place) for each in found["V1"].evidence if each.field == "cross_domain"]
    assert cell == "circuits.csv › line 3 (是否跨域)"
    assert exported(office, given) == ["V1"]


def test_the_screen_says_of_each_record_why_it_is_owed(office: Office) -> None:
    office.customers = [customer("K1", "甲公司", 客户级别="集团级"), customer("K2", "乙公司", 是否跨省="是"),
                        customer("K3", "丙公司")]  # fmt: skip
    office.visits.append(visit("V3", "2026-03-04", 客户编码="K3"))
    report = visit_export.export(office.desk(NOW, circuits(office, ("X1", "K3", "是"))), visit_export.Wishes(True))
    table, *_ = screen(report)
    assert isinstance(table, Table)
    (why,) = [list(column.cells) for column in table.columns if column.header == "why"]
    assert why == [
        "the customer's level: 集团级",
        "the customer is cross-province (是否跨省)",
        "a circuit across domains (是否跨域): circuits.csv › line 2 (是否跨域)",
    ]


def test_without_circuits_only_what_nobody_has_said_of_is_asked_for(office: Office) -> None:
    """K1's 是否跨省 says no; of K2 nobody says anything."""
    found = recorded(office)
    assert {number: decision.verdict for number, decision in found.items()} == {"V2": "needs_a_person"}
    assert [unknown.field for unknown in found["V2"].missing] == ["cross_domain"]
    assert exported(office) == []


def test_once_a_record_is_entered_nobody_asks(office: Office) -> None:
    office.visits[1]["已录入集团系统"] = "是"
    assert recorded(office)["V2"].verdict == "met"


@pytest.mark.parametrize(
    ("rows", "owed"),
    [
        pytest.param([("X1", "K1", "也许")], {"V1"}, id="the cell cannot be read"),
        pytest.param([("X1", "K1", "也许"), ("X2", "K1", "是")], {"V1"}, id="another circuit says yes"),
        pytest.param([("X1", "", "是")], {"V1", "V2"}, id="nobody knows whose it is"),
    ],
)
def test_a_circuit_that_cannot_be_read_leaves_its_customer_open(
    office: Office, rows: list[tuple[str, str, str]], owed: set[str]
) -> None:
    assert set(recorded(office, circuits(office, *rows, ("X9", "K9", "否")))) == owed


def test_a_file_that_cannot_be_read_leaves_everybody_open(office: Office) -> None:
    (office.root / "circuits.csv").write_bytes(b"")
    found = recorded(office, Given({"circuits": (str(office.root / "circuits.csv"),)}))
    assert {decision.verdict for decision in found.values()} == {"needs_a_person"}
    assert set(found) == {"V1", "V2"}


def test_big_files_are_asked_for_the_customers_alone(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether DuckDB or the reader of tables looks, the answer is one."""
    given = circuits(office, ("X1", "K1", "是"), ("X2", "k2", "否"), ("X3", "K3", "是"))
    small = read_crossing(office.desk(NOW, given), ["K1", "K2"])
    monkeypatch.setattr("aftersales_cli.inventory.duck.BIG", 0)
    big = read_crossing(office.desk(NOW, given), ["K1", "K2"])
    assert [each.by(code).value for each in (small, big) for code in ("K1", "K2")] == [True, False] * 2
    assert big.by("K1").place == small.by("K1").place


def export(office: Office, given: Given | None = None, *, dry_run: bool = True) -> Report:
    return visit_export.export(office.desk(NOW, given), visit_export.Wishes(dry_run=dry_run))


def test_an_export_says_of_which_records_nobody_knows_whether_they_are_owed(office: Office) -> None:
    """VIS-08 needs a person for V2: "0 records" alone would look as if nothing were owed."""
    report = export(office)
    assert (report.exit, report.summary["to_ask"], report.summary["exported"]) == (Exit.RULE, 1, 0)
    assert report.notes[0].to("en").startswith("nobody knows whether 1 record has to go into the group's system (V2): ")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        pytest.param(("X1", "K1", "也许"), "(V1): ", id="a cell that cannot be read"),
        pytest.param(("X1", "", "是"), "(V1, V2): ", id="a circuit of nobody"),
    ],
)
def test_an_export_names_the_cell_of_a_circuit_that_leaves_it_open(
    office: Office, row: tuple[str, str, str], said: str
) -> None:
    report = export(office, circuits(office, row, ("X9", "K9", "否")))
    (note,) = [note.to("en") for note in report.notes if "nobody knows whether" in note.to("en")]
    assert (said in note, "circuits.csv › line 2" in note) == (True, True)
    assert report.exit == Exit.RULE


def test_an_export_asks_nothing_of_what_is_settled_or_entered(office: Office) -> None:
    office.visits[1]["已录入集团系统"] = "是"
    report = export(office)
    assert (report.exit, report.summary["to_ask"]) == (Exit.DONE, 0)


def test_what_is_owed_is_exported_beside_what_nobody_knows_of(office: Office) -> None:
    office.customers[0]["是否跨省"] = "是"
    report = export(office, dry_run=False)
    assert ([item["visit_no"] for item in report.items], report.summary["to_ask"]) == (["V1"], 1)
    assert (len(report.files), report.exit) == (1, Exit.RULE)


def test_a_note_names_the_first_visits_alone(office: Office) -> None:
    office.visits = [visit(f"V{n:02}", "2026-03-03", 客户编码="K2") for n in range(12)]
    report = export(office)
    assert (report.summary["to_ask"], "V09, …)" in report.notes[0].to("en")) == (12, True)
