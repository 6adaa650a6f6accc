"""`visit brief` and `visit fault-report` at the prompt."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import ran

FILES = {
    "aftersales.yaml": "language: en\ninputs: {customers: customers.csv, circuits: circuits.csv, faults: faults.csv}\n",
    "customers.csv": "客户编码,客户名称,客户级别,总部所在地\nK1,甲公司,省级,上海\n",
    "circuits.csv": "电路代号,客户编码\nX1,K1\n",
    "faults.csv": "故障编号,电路代号,故障开始时间,恢复时间,故障原因\n"
    "G1,X1,2011-06-01 02:00,2011-06-01 03:00,光缆中断\n",
}
AS_OF = ("--as-of", "2011-07-01")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_a_brief_says_what_was_not_given(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 1: whether the account manager comes along is left to a person, as warnings were not given."""
    found = ran(capsys, "-w", folder, *AS_OF, "visit", "brief", "K1")

    assert found.code == 1
    assert "routes, complaints, " in found.out
    assert "99.99" in found.out or "99.98" in found.out


def test_json_has_the_item_of_the_customer(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = ran(
        capsys, "-w", folder, *AS_OF, "visit", "brief", "K1", "--from", "2011-06-01", "--to", "2011-06-30", "--json"
    )
    (item,) = found.json["items"]

    assert (item["from"], item["to"], item["faults"], item["complaints"]) == ("2011-06-01", "2011-06-30", 1, None)
    assert len(found.json["files"]) == 4
    assert all(Path(name).is_file() for name in found.json["files"])


def test_a_fault_report_is_written_where_it_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = ran(capsys, "-w", folder, *AS_OF, "visit", "fault-report", "K1", "--fault", "G1", "--output", folder / "to")

    assert (found.code, len(list((folder / "to").rglob("*.docx")))) == (0, 1)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("brief", "K1", "--from", "yesterday"), id="no day"),
        pytest.param(("brief", "K1", "--from", "2012-01-01"), id="a day to come"),
        pytest.param(("brief", "K7"), id="no such customer"),
        pytest.param(("fault-report", "K1", "--fault", "G7"), id="no such fault"),
        pytest.param(("fault-report", "K1", "--from", "2011-06-20"), id="no fault in these days"),
    ],
)
def test_what_cannot_be_is_wrong_usage(
    folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert ran(capsys, "-w", folder, *AS_OF, "visit", *words).code == 2


def test_without_a_faults_file_there_is_no_fault_report(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "aftersales.yaml").write_text("inputs: {customers: customers.csv}\n", "utf-8")

    assert ran(capsys, "-w", folder, *AS_OF, "visit", "fault-report", "K1").code == 66


def test_a_brief_says_at_the_prompt_which_visits_are_owed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """R42: promised for the end of June; as of 1 July nobody has been there."""
    (folder / "visits.csv").write_text(
        "走访编号,客户编码,走访类型,走访日期,走访方式,下次走访日期\nV1,K1,例行,2011-03-15,上门,2011-06-30\n", "utf-8"
    )
    found = ran(capsys, "-w", folder, *AS_OF, "visit", "brief", "K1", "--visits", folder / "visits.csv")

    assert "2011-06-30 overdue: R42: agreed with the customer at visit V1" in found.out
