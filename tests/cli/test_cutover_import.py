"""`aftersales cutover import` as a user meets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import ran

NOTICE = """\
BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:u1@netz.example
SEQUENCE:0
DTSTART:20260615T160000Z
DTEND:20260615T200000Z
X-MAINTNOTE-PROVIDER:netz.example
X-MAINTNOTE-MAINTENANCE-ID:WO-1
X-MAINTNOTE-IMPACT:OUTAGE
X-MAINTNOTE-STATUS:TENTATIVE
X-MAINTNOTE-OBJECT-ID:NT-1
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "aftersales.yaml").write_text(
        "province: 上海\ninputs: {customers: customers.csv, circuits: circuits.csv}\n", "utf-8"
    )
    (tmp_path / "circuits.csv").write_text("电路代号,客户编码,租用电路代号\nC1,K1,NT-1\n", "utf-8")
    (tmp_path / "customers.csv").write_text(
        "客户编码,客户名称,客户级别,总部所在地,联系电话\nK1,甲公司,省级,上海,021-1\n", "utf-8"
    )
    (tmp_path / "通知.ics").write_text(NOTICE, "utf-8")
    return tmp_path


def test_a_late_notice_is_drafted_and_ends_with_one(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = ran(capsys, "-w", desk, "--as-of", "2026-06-10T09:00", "cutover", "import", desk / "通知.ics", "--json")
    (item,) = done.json["items"]
    assert (done.code, item["verdict"], item["publish_by"]) == (1, "breached", "2026-06-07")
    (written,) = done.json["files"]
    assert Path(written) == desk / "out" / "2026-06-10T0900-import" / "割接草稿.xlsx"
    again = ran(capsys, "-w", desk, "--as-of", "2026-06-10T09:00", "cutover", "check", "--cutovers", written, "--json")
    assert (again.code, again.json["items"][0]["verdict"]) == (1, "breached")


def test_people_see_our_circuit_beside_the_carrier_s_and_what_the_carrier_called_it(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = ran(capsys, "-w", desk, "--as-of", "2026-06-01", "cutover", "import", desk / "通知.ics", "--dry-run")
    assert "C1 ← NT-1" in done.out
    assert "TENTATIVE" in done.err
    assert (done.code, (desk / "out").exists()) == (0, False)


def test_a_named_file_is_never_overwritten(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "d.xlsx").write_bytes(b"mine")
    line = (
        "-w",
        desk,
        "--as-of",
        "2026-06-01",
        "cutover",
        "import",
        desk / "通知.ics",
        "--to",
        desk / "d.xlsx",
        "--json",
    )
    done = ran(capsys, *line)
    assert (done.json["files"], (desk / "d.xlsx").read_bytes()) == ([str(desk / "d-2.xlsx")], b"mine")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param(["none.ics"], 66, id="no such file"),
        pytest.param(["circuits.csv"], 65, id="no notice"),
        pytest.param(["通知.ics", "none.ics"], 3, id="one of two"),
        pytest.param(["通知.ics", "--to", "a.xlsx", "--output", "b"], 2, id="two places"),
        pytest.param([], 2, id="nothing"),
    ],
)
def test_codes_are_the_contract_s(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: list[str], code: int
) -> None:
    monkeypatch.chdir(desk)
    assert ran(capsys, "--as-of", "2026-06-01", "cutover", "import", *words).code == code
