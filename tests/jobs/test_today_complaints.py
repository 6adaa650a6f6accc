"""`today`: complaints that wait for a fact, for their letter, or for the service to be back."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftersales_cli.files.confined import Confined
from aftersales_cli.jobs.today import Wishes, today
from aftersales_cli.jobs.today_line import Line
from tests.jobs.complaining import LATER, Desk, complaint, desk_of
from tests.jobs.world import assured


@pytest.fixture
def desk(tmp_path: Path, reader: Confined) -> Desk:
    return desk_of(tmp_path, reader)


def lines(desk: Desk) -> list[Line]:
    """The day's lines about complaints."""
    desk.write()
    report = today(desk.world.desk(LATER), Wishes())
    assert isinstance(report.view, tuple)
    return [line for line in report.view if "complaint" in line.command]


@pytest.mark.parametrize(
    ("cells", "says", "command"),
    [
        pytest.param({}, "write the answer to complaint S1", "S1 --letters", id="can be answered"),
        pytest.param({"恢复时间": ""}, "cannot be answered yet: 1 thing is missing", "S1 --explain", id="lacks a fact"),
        pytest.param({"恢复时间": "2011-06-08 01:00"}, "something in it is wrong", "S1", id="is wrong"),
        pytest.param({"中断开始时间": "02:00"}, "something in it is wrong", "S1", id="cannot be read"),
    ],
)
def test_a_complaint_without_an_answer_waits(desk: Desk, cells: dict[str, str], says: str, command: str) -> None:
    desk.complaints = [complaint(**cells)]
    (line,) = lines(desk)
    assert says in line.what.to("en")
    assert line.command == f"aftersales complaint answer {command}"


@pytest.mark.parametrize(
    "cells", [pytest.param({}, id="answered"), pytest.param({"查实原因": "其他"}, id="another cause")]
)
def test_what_is_answered_or_no_matter_of_these_rules_does_not_wait(desk: Desk, cells: dict[str, str]) -> None:
    desk.complaints = [complaint(**cells)]
    desk.answer(letters=True)
    assert lines(desk) == []


def test_an_answered_complaint_waits_until_the_service_is_back(desk: Desk) -> None:
    desk.complaints = [complaint(查实原因="未填报割接", 恢复时间="未恢复")]
    desk.answer(letters=True)
    (line,) = lines(desk)
    assert line.what.to("en") == "complaint S1 is answered, and nobody says that the service is back"


def test_a_letter_that_is_held_is_a_line_of_its_own(desk: Desk) -> None:
    desk.world.assurances = [assured("K1")]
    (line,) = lines(desk)
    assert "its letter is held" in line.what.to("en")
    assert line.because.to("en").startswith("ASR-1")


def test_many_answers_are_one_line(desk: Desk) -> None:
    desk.complaints = [complaint(f"S{number}") for number in range(5)]
    (line,) = lines(desk)
    assert line.what.to("en") == "write the answers to 5 complaints: S0, S1 and 3 more"
    assert line.command == "aftersales complaint answer --letters"


def test_complaints_that_cannot_be_read_do_not_stop_the_day(desk: Desk) -> None:
    desk.files = {"complaints.csv": b"no,such,headings\n1,2,3\n"}
    (line,) = lines(desk)
    assert line.what.to("en") == "the complaints cannot be read"
