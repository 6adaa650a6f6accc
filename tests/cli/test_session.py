"""The clock, the language and the inputs that a command line chooses."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from aftersales_cli.cli import session
from aftersales_cli.cli.session import GlobalOptions, chosen_language, instant
from aftersales_cli.errors import Stop
from aftersales_cli.records.values import BEIJING


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("2026-06-01", datetime(2026, 6, 1, tzinfo=BEIJING), id="a day is its 00:00"),
        pytest.param("2026-06-01T09:00", datetime(2026, 6, 1, 9, tzinfo=BEIJING), id="to the minute"),
        pytest.param("2026-06-01 09:00:30", datetime(2026, 6, 1, 9, 0, 30, tzinfo=BEIJING), id="to the second"),
        pytest.param("2026-06-01T24:00", datetime(2026, 6, 2, tzinfo=BEIJING), id="24:00 is the next day's 00:00"),
    ],
)
def test_a_moment_is_read_in_beijing_time(text: str, expected: datetime) -> None:
    assert instant(text) == expected


@pytest.mark.parametrize("text", ["", "2026", "2026-13-01", "2026-06-01T25:00", "01.06.2026", "2026-06-01T09:00Z"])
def test_what_is_no_moment_is_wrong_usage(text: str) -> None:
    with pytest.raises(Stop) as stopped:
        instant(text)
    assert stopped.value.code == 2


@pytest.mark.parametrize(
    ("given", "environment", "expected"),
    [
        pytest.param(GlobalOptions(lang="en"), {"AFTERSALES_LANG": "zh"}, "en", id="the option comes first"),
        pytest.param(GlobalOptions(), {"AFTERSALES_LANG": "zh", "LANG": "en_US"}, "zh", id="then our own variable"),
        pytest.param(GlobalOptions(), {"LANG": "zh_CN.UTF-8"}, "zh", id="then gettext's variables"),
        pytest.param(GlobalOptions(), {"LANGUAGE": "en", "LANG": "zh_CN.UTF-8"}, "en", id="LANGUAGE before LANG"),
        pytest.param(GlobalOptions(), {"LC_ALL": "C"}, "en", id="else English"),
    ],
)
def test_the_language_of_the_talk(
    given: GlobalOptions, environment: dict[str, str], expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert chosen_language(given, environment) == expected


def test_a_workspaces_language_comes_before_the_systems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "aftersales.yaml").write_text("language: zh\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert chosen_language(GlobalOptions(), {"LANG": "en_US.UTF-8"}) == "zh"


def test_a_clock_from_the_environment_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AFTERSALES_AS_OF", "2026-06-01")
    session.begin(GlobalOptions(lang="en"))
    assert session.desk().as_of == datetime(2026, 6, 1, tzinfo=BEIJING)
    assert "2026-06-01 00:00" in capsys.readouterr().err


def test_only_one_input_can_come_from_stdin() -> None:
    with pytest.raises(Stop) as stopped:
        session.given({"cutovers": ["-"], "customers": ["-"]})
    assert stopped.value.code == 2


def test_every_input_option_of_a_command_reaches_its_job() -> None:
    found = session.given({"cutovers": ["a.csv", "b.csv"], "routes": None, "encoding": "gb18030", "json": True})
    assert (found.files, found.encoding, found.stdin) == ({"cutovers": ("a.csv", "b.csv")}, "gb18030", None)
