"""One office folder, made anew for each fault: sound tables and settings that a maker then spoils."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from tests.jobs.world import TASK, Row, circuit, customer, cut, text

AS_OF = "2011-05-27T09:00"
"""Six clear working days before the window of every row that names none."""
GOOD = f"{TASK[:-1]}9"
"""The task that stands beside a bad file."""
SETTINGS = """\
language: zh
inputs:
  cutovers: cutovers/*
  customers: data/customers.csv
  circuits: data/circuits.csv
  departments: data/departments.csv
sender: {unit: 网运部, phone: 021-10000, email: noc@carrier.example}
"""


@dataclass
class Office:
    """What stands in the folder; a maker changes it before `write`. `files` are further ones, or in place of these."""

    root: Path
    settings: str = SETTINGS
    cutovers: list[Row] = field(default_factory=list)
    customers: list[Row] = field(
        default_factory=lambda: [customer("K1", "甲公司", 联系邮箱="a@k1.example"), customer("K2", "乙公司")]
    )
    circuits: list[Row] = field(default_factory=lambda: [circuit("X1", "K1"), circuit("X2", "K2")])
    departments: list[Row] = field(
        default_factory=lambda: [{"部门名称": "政企部", "角色": "政企客户部", "联系邮箱": "desk@carrier.example"}]
    )
    files: dict[str, bytes] = field(default_factory=dict)

    def beside(self) -> None:
        """Put a second cutover file there, sound and for another customer."""
        self.files["cutovers/good.csv"] = text([cut("X2", GOOD)]).encode()

    def write(self) -> None:
        """Put everything into the folder."""
        tables = {
            "data/customers": self.customers,
            "data/circuits": self.circuits,
            "data/departments": self.departments,
        }
        if self.cutovers:
            tables["cutovers/rows"] = self.cutovers
        contents = {f"{name}.csv": text(rows).encode() for name, rows in tables.items()}
        contents["aftersales.yaml"] = self.settings.encode("utf-8", "surrogatepass")
        for name, content in (contents | self.files).items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        (self.root / "cutovers").mkdir(exist_ok=True)
