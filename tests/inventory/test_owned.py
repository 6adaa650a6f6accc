"""What one customer owns comes out of big files as out of small ones, and nothing of anybody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftersales_cli.files.confined import Confined
from aftersales_cli.inventory import duck
from aftersales_cli.inventory.duck import owned
from aftersales_cli.records.folding import folded
from aftersales_cli.tables.reading import Input

CIRCUITS = "电路代号,客户编码\n北京 30N-1,K1\n上海30N2,ｋ１\n广州30N3,K2\n"
ROUTES = "电路代号,路径,资源\n北京30N1,主用,A\n上海30N2,备用,B\n广州30N3,主用,C\n"


@pytest.mark.parametrize("big", [pytest.param(True, id="big"), pytest.param(False, id="small")])
def test_a_customers_circuits_and_their_hops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, big: bool) -> None:
    """Customer codes are compared folded, circuit codes too; of small files all rows come back."""
    monkeypatch.setattr(duck, "BIG", 0 if big else 1 << 40)
    inputs = {}
    for table, text in (("circuits", CIRCUITS), ("routes", ROUTES)):
        path = tmp_path / f"{table}.csv"
        path.write_text(text, "utf-8")
        inputs[table] = [Input(table, path.name, path)]
    with Confined() as confined:
        circuits, routes = owned(inputs["circuits"], inputs["routes"], "K1", confined=confined, vocabularies={})

    assert [row.circuit_code for row in circuits.records if folded(row.customer_code) == folded("K1")] == [
        "北京 30N-1",
        "上海30N2",
    ]
    assert [row.resource for row in routes.records] == (["A", "B"] if big else ["A", "B", "C"])
    assert (circuits.problems, routes.problems) == ((), ())
