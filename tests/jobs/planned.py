"""A desk that plans anew: a world with customers, engineers and assurances, and what its plans left behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import icalendar

from aftersales_cli.jobs.report import Report
from aftersales_cli.jobs.visit_plan import Wishes, plan
from aftersales_cli.jobs.visit_plan_report import Outcome
from aftersales_cli.ledger import open_ledger
from aftersales_cli.records.events import YearsPlan
from tests.jobs.world import Row, World, customer, json, text

URL = "sqlite:///ledger.sqlite3"


def client(code: str, level: str = "省级", chief: str | None = "示例甲", **cells: str) -> Row:
    """A customer in Shanghai; without a chief engineer the least loaded there goes."""
    return customer(code, f"{code}公司", 客户级别=level, 首席客户工程师=chief or "", 客户服务等级="") | cells


def engineer(name: str, visits: str = "", **cells: str) -> Row:
    """An engineer in Shanghai."""
    return {"姓名": name, "省份": "上海", "每周走访数": visits} | cells


@dataclass
class Planning:
    """The tables of one desk, written anew for every plan; bytes stand in place of a table that cannot be read."""

    world: World
    customers: Sequence[Row]
    engineers: Sequence[Row] = (engineer("示例甲"), engineer("示例乙"))
    assurances: Sequence[Row] | bytes | None = None
    visits: Sequence[Row] | None = None

    def plan(self, on: str, year: int = 2026, **wishes: Any) -> Report:
        """The plan as of a day, at nine or at the time given."""
        world = self.world
        world.customers, world.cutovers, world.departments = list(self.customers), [], None
        world.gone = {"cutovers", "circuits"}
        world.patterns = {"cutovers": (), "circuits": ()}
        for table in ("engineers", "assurances", "visits"):
            rows = getattr(self, table)
            if rows is not None:
                (world.root / f"{table}.csv").write_bytes(rows if isinstance(rows, bytes) else text(rows).encode())
                world.patterns[table] = (f"{table}.csv",)
        world.write()
        return plan(world.desk(on if "T" in on else f"{on}T09:00"), Wishes(year, **wishes))

    def known(self, year: int = 2026) -> YearsPlan:
        """What the ledger knows of a year's plan."""
        with open_ledger(URL, root=self.world.root, create=False, read_only=True) as ledger:
            return ledger.years_plan(year)

    def remembered(self, code: str, year: int = 2026) -> list[str]:
        """The days of a customer's visits in the last plan."""
        return sorted(str(visit.day) for visit in self.known(year).visits if visit.customer_code == code)


def assured(code: str, first: str, last: str) -> Row:
    """A period of peace."""
    return {"客户编码": code, "重保级别": "二级", "开始时间": first, "结束时间": last}


def went(code: str, day: str) -> Row:
    """A routine visit that was made."""
    return {"走访编号": f"Z-{code}-{day}", "客户编码": code, "走访类型": "例行", "走访日期": day, "走访地": "上海"}


def days(report: Report, code: str) -> list[str]:
    """The days one customer is visited, as scripts get them."""
    return [item["date"] for item in json(report)["items"] if item["customer_code"] == code]


def told(report: Report) -> str:
    """What people read, in one text."""
    from aftersales_cli.cli.visit_plan import told as shown

    return "\n".join(part for part in shown(report) if isinstance(part, str))


def outcome(report: Report) -> Outcome:
    """What people are shown of it."""
    assert isinstance(report.view, Outcome)
    return report.view


def entries(report: Report) -> list[tuple[str, str, int, str]]:
    """The entries of all calendars of a run: id, day, sequence, status."""
    found = []
    for path in report.files:
        if path.suffix == ".ics":
            for event in icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT"):
                day = event.decoded("dtstart").isoformat()
                found.append((str(event["uid"]), day, int(str(event["sequence"])), str(event["status"])))
    return sorted(found)
