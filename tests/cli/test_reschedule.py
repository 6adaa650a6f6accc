"""`aftersales cutover reschedule` as a user meets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import Ran, ran

CUTOVERS = """\
割接任务号,割接时间,中断类型,割接省,割接原因分类,电路代号
BD2026SHJH000001,20260616 00:00/20260616 06:00,中断: 30分钟,上海,机房搬迁,C1
BD2026SHJH000002,20260615 00:00/20260615 06:00,中断: 30分钟,上海,心血来潮,C1
"""
ASSURANCES = "重保编号,客户编码,重保级别,开始时间,结束时间\nZB-1,K1,一级,2026-06-09,2026-06-20\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A task that an assurance stops; another that nothing but a better reason helps."""
    (tmp_path / "aftersales.yaml").write_text(
        "inputs: {cutovers: cutovers.csv, customers: customers.csv, circuits: circuits.csv, assurances: 重保.csv}\n",
        "utf-8",
    )
    (tmp_path / "cutovers.csv").write_text(CUTOVERS, "utf-8")
    (tmp_path / "重保.csv").write_text(ASSURANCES, "utf-8")
    (tmp_path / "circuits.csv").write_text("电路代号,客户编码\nC1,K1\n", "utf-8")
    (tmp_path / "customers.csv").write_text(
        "客户编码,客户名称,客户级别,总部所在地,联系电话\nK1,甲公司,省级,上海,021-1\n", "utf-8"
    )
    return tmp_path


def moved(capsys: pytest.CaptureFixture[str], desk: Path, *arguments: object, task: str = "BD2026SHJH000001") -> Ran:
    return ran(capsys, "-w", desk, "--as-of", "2026-06-01T09:00", "cutover", "reschedule", "--task", task, *arguments)


def lines(done: Ran) -> list[str]:
    return [" ".join(line.split()) for line in done.out.splitlines()]


def test_people_see_windows_with_the_last_day_to_publish_and_what_binds(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = moved(capsys, desk)

    assert done.code == 0
    assert "BD2026SHJH000001 now: 2026-06-16 00:00 – 06:00: breached" in lines(done)
    (first,) = [line for line in lines(done) if line.startswith("1 ")]
    assert first.startswith("1 2026-06-21 00:00 – 06:00 2026-06-10 met ASR-1: planned work must stop: 一级 K1")


def test_why_each_earlier_day_is_impossible_is_told_on_demand(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = " ".join(lines(moved(capsys, desk, "--explain")))

    assert "2026-06-02 to 2026-06-04: CUT-04: if published today: 0 clear" not in told  # the last day speaks for all
    assert "2026-06-05 to 2026-06-08: CUT-04: if published today: 4 clear working days ahead" in told
    assert "2026-06-10 to 2026-06-20: ASR-1: planned work must stop" in told
    assert "CUT-01 The form is complete: met" in told


def test_what_is_written_is_read_by_check_and_met(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = moved(capsys, desk, "--write", "--json")
    (written,) = done.json["files"]
    again = ran(capsys, "-w", desk, "--as-of", "2026-06-01T09:00", "cutover", "check", "--cutovers", written, "--json")

    assert Path(written) == desk / "out" / "2026-06-01T0900-reschedule" / "割接改期.xlsx"
    assert (done.json["items"][0]["verdict"], again.json["items"][0]["verdict"]) == ("met", "met")


def test_where_the_written_rows_belong_is_said(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = moved(capsys, desk, "--to", desk / "新.xlsx")

    assert f"{desk / '新.xlsx'}; put them in the place of those in cutovers.csv" in done.err


def test_without_a_window_it_says_why_and_ends_with_one(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = moved(capsys, desk, "--until", "2026-06-20")

    assert done.code == 1
    assert "no window can be proposed until 2026-06-20:" in lines(done)
    assert "2026-06-10 to 2026-06-20: ASR-1: planned work must stop: 一级 K1 2026-06-09 to 2026-06-20 (C1)" in (
        " ".join(lines(done))
    )


def test_what_no_window_mends_is_said(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = moved(capsys, desk, task="BD2026SHJH000002")

    assert done.code == 1
    assert "no other window mends this: CUT-02" in done.out


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param(("--hours", "noon"), "--hours: “noon” are no hours", id="hours"),
        pytest.param(("--from", "soon"), "--from: “soon” is no moment", id="day"),
    ],
)
def test_what_cannot_be_read_is_wrong_usage(
    desk: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], expected: str
) -> None:
    done = moved(capsys, desk, *arguments)

    assert done.code == 2
    assert expected in done.err
