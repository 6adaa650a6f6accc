"""`cutover impact`: the contract's items, from files to report."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.inventory import duck
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.impact import Wishes, impact
from aftersales_cli.jobs.report import Report
from aftersales_cli.places import Severity
from aftersales_cli.records.values import BEIJING
from aftersales_cli.workspace import Workspace

FILES = {
    "cutovers": """\
task_no,window,interruption,province,reason,circuit_code,resources,customer_name,status
JT2026SHJH000001,20260608 00:00:00/20260608 04:00:00,中断: 30分钟,上海,外力施工,,OTN-01,,
JT2026SHJH000002,20260608 02:00:00/20260608 06:00:00,瞬断,上海,外力施工,,OTN-02；OTN-88,,
JT2026SHJH000003,20260609 00:00:00/20260609 06:00:00,不中断,上海,外力施工,C-3,OTN-03,,
JT2026SHJH000004,20260609 00:00:00/20260609 06:00:00,瞬断,上海,外力施工,C9,,甲公司,
JT2026SHJH000005,20260609 00:00:00/20260609 06:00:00,瞬断,上海,外力施工,C1,OTN-02,,取消
""",
    "routes": """\
circuit_code,path,seq,resource
C1,主用,1,OTN-01
C1,备用,1,otn-02
C2,主用,1,OTN-01
C2,备用,1,OTN-09
C3,主用,1,OTN-03
""",
    "circuits": "circuit_code,customer_code\nC-1,K1\nC2,K2\nC3,K1\n",
    "customers": "code,name,level,headquarters,contact_phone\nK1,甲公司,省级,上海,021-11111111\n"
    "K2,乙公司,省级,上海,021-22222222\n",
}


@pytest.fixture(params=[pytest.param(1 << 40, id="small"), pytest.param(0, id="big")])
def desk(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A night of five tasks; its files put to DuckDB, or read as small ones."""
    monkeypatch.setattr(duck, "BIG", request.param)
    for name, text in FILES.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    inputs = {name: (f"{name}.csv",) for name in FILES}
    return Desk(Workspace(tmp_path, inputs=inputs), datetime(2026, 6, 1, tzinfo=BEIJING))


def rows(report: Report) -> list[tuple[object, ...]]:
    keys = ("circuit_code", "customer_code", "customer_name", "impact", "via", "with")
    return [(str(item["task_no"])[-1], *map(item.get, keys)) for item in report.items]


def test_every_circuit_a_task_touches_is_told_with_its_customer(desk: Desk) -> None:
    """Two tasks that each leave a path of C-1 leave none together; a cancelled one touches nothing."""
    assert rows(impact(desk, Wishes())) == [
        ("1", "C-1", "K1", "甲公司", "outage", ("OTN-01",), ("JT2026SHJH000002",)),
        ("1", "C2", "K2", "乙公司", "momentary", ("OTN-01",), ()),
        ("2", "C-1", "K1", "甲公司", "outage", ("otn-02",), ("JT2026SHJH000001",)),
        ("3", "C3", "K1", "甲公司", "outage", ("OTN-03",), ()),
        ("4", "C9", "K1", "甲公司", "momentary", (), ()),
    ]


def test_what_is_worse_than_declared_and_what_no_route_has_are_cautions(desk: Desk) -> None:
    problems = impact(desk, Wishes()).problems
    assert {problem.severity for problem in problems} == {Severity.CAUTION}
    assert [str(problem.message) for problem in problems] == [
        "the routes say an outage, the row declares no interruption",
        "no route runs over OTN-88",
    ]


def test_a_task_asked_for_alone_still_collides(desk: Desk) -> None:
    report = impact(desk, Wishes(["jt2026shjh000002"]))
    assert [row[-1] for row in rows(report)] == [("JT2026SHJH000001",)]
    assert (report.exit, report.summary["tasks"], report.summary["collisions"]) == (Exit.RULE, 1, 1)


def test_a_task_that_collides_with_none_ends_well(desk: Desk) -> None:
    assert impact(desk, Wishes(["JT2026SHJH000004"])).exit is Exit.DONE


def test_a_broken_hop_leaves_its_circuit_unknown(desk: Desk) -> None:
    with (desk.workspace.root / "routes.csv").open("a", encoding="utf-8") as file:
        file.write("C2,第三,1,OTN-07\n")
    report = impact(desk, Wishes())
    assert [row[4] for row in rows(report) if row[1] == "C2"] == ["unknown"]
    assert report.exit is Exit.PARTLY


def test_a_number_no_row_has_is_wrong_usage(desk: Desk) -> None:
    with pytest.raises(Stop) as stopped:
        impact(desk, Wishes(["JT9"]))
    assert stopped.value.code is Exit.USAGE
