"""Global options stand anywhere, only the named group is imported, and nothing ends in a traceback."""

import subprocess
import sys
from pathlib import Path

import pytest

from aftersales_cli import __version__
from aftersales_cli.cli.main import COMMANDS, GROUPS, lifted, main
from aftersales_cli.errors import Exit, Stop
from tests.cli.running import ran


def test_global_options_are_lifted_from_before_the_group_and_after_the_command() -> None:
    options, rest = lifted(["-w", "here", "cutover", "check", "--lang", "en", "-q", "--json"])
    assert (options.workspace, options.lang, options.quiet) == ("here", "en", True)
    assert rest == ["cutover", "check", "--json"]


def test_an_equals_sign_joins_option_and_value() -> None:
    options, rest = lifted(["--as-of=2026-06-01", "rules", "list"])
    assert options.as_of == "2026-06-01"
    assert rest == ["rules", "list"]


def test_nothing_is_lifted_after_two_dashes() -> None:
    assert lifted(["forms", "--", "-q"])[1] == ["forms", "--", "-q"]


def test_an_option_without_its_value_is_wrong_usage() -> None:
    with pytest.raises(Stop) as stopped:
        lifted(["cutover", "check", "--lang"])
    assert stopped.value.code is Exit.USAGE


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(capsys, "--version", lang=None).out == f"aftersales {__version__}\n"


@pytest.mark.parametrize("name", [*GROUPS, *COMMANDS])
def test_every_group_and_command_has_its_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    done = ran(capsys, name, "--help")
    assert done.code == 0
    assert "Usage" in done.out


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(["nonsense"], id="an unknown group"),
        pytest.param(["cutover", "nonsense"], id="an unknown command"),
        pytest.param(["cutover", "check", "--nonsense"], id="an unknown option"),
        pytest.param(["cutover", "deadline"], id="a missing option"),
        pytest.param(
            ["--as-of", "2026-02-30", "cutover", "deadline", "--start", "2026-06-01"], id="a day that is none"
        ),
        pytest.param(["cutover", "deadline", "--start", "tomorrow"], id="a moment that is none"),
        pytest.param(["--lang", "fr", "rules", "list"], id="a language we do not speak"),
        pytest.param(["schema", "cutover"], id="a table that is none"),
        pytest.param(["cutover", "notify", "--despite", "ASR-1"], id="a release without a reason"),
    ],
)
def test_wrong_usage_is_code_2_with_a_sentence(line: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    done = ran(capsys, *line, lang=None)
    assert done.code == 2
    assert done.err.startswith(("error:", "错误"))
    assert "Traceback" not in done.err


def test_an_unexpected_error_is_code_70_with_a_private_log(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_: object) -> None:
        secret = "a password in a local variable"  # noqa: F841 - it must not be found in the log
        raise RuntimeError("unforeseen")

    monkeypatch.setattr("aftersales_cli.cli.main._dispatch", broken)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    done = ran(capsys, "rules", "list")
    log = next(tmp_path.glob("aftersales-crash-*.log"))
    assert done.code == 70
    assert str(log) in done.err
    assert "Traceback" not in done.err
    assert "RuntimeError" in log.read_text("utf-8")
    assert "in a local variable" not in log.read_text("utf-8").replace('secret = "a password in a local variable"', "")
    assert log.stat().st_mode & 0o077 == 0


def test_ctrl_c_is_code_130(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("aftersales_cli.cli.main._dispatch", stopped)
    assert ran(capsys, "rules", "list").code == 130


def test_ctrl_c_inside_a_command_is_said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Typer keeps it to itself, and gives the code only."""

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("aftersales_cli.jobs.calendar.show", stopped)
    seen = ran(capsys, "calendar", "show", "2026")
    assert (seen.code, seen.err) == (Exit.INTERRUPTED, "stopped; run it again to go on\n")


@pytest.mark.parametrize(
    ("line", "unwanted"),
    [
        pytest.param(["--version"], ["typer", "rich", "yaml", "sqlalchemy"], id="the version imports nothing"),
        pytest.param(["--help"], ["yaml", "jinja2", "sqlalchemy", "python_calamine"], id="the help imports no group"),
        pytest.param(["cutover", "--help"], ["sqlalchemy", "jinja2", "lxml"], id="a group's help reads nothing"),
        pytest.param(["calendar", "add", "2026-06-01", "2"], ["sqlalchemy", "jinja2", "lxml"], id="no ledger, no SQL"),
    ],
)
def test_nothing_heavy_is_imported_before_it_is_needed(line: list[str], unwanted: list[str], tmp_path: Path) -> None:
    program = (
        "import sys; from aftersales_cli.cli.main import main; main(sys.argv[1:]);"
        "print(*sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *line], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert not set(unwanted) & set(done.stderr.split())


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX pipe")
def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    """`aftersales … | head` ends quietly."""
    line = f"{sys.executable} -m aftersales_cli --lang en schema cutovers | true"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_on_stdout_is_code_74(tmp_path: Path) -> None:
    line = f"{sys.executable} -m aftersales_cli --lang en calendar show 2026 > /dev/full"
    done = subprocess.run(["bash", "-c", line], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 74
    assert "Traceback" not in done.stderr


def test_chinese_words_survive_a_terminal_that_cannot_show_them(tmp_path: Path) -> None:
    environment = {"PYTHONIOENCODING": "ascii", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-m", "aftersales_cli", "--lang", "zh", "calendar", "show", "2025"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


def test_main_can_be_called_twice_in_one_process(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en", "rules", "list"]) == main(["--lang", "en", "rules", "list"]) == 0


def test_what_stops_a_command_is_a_document_too_where_json_was_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = ran(capsys, "-w", tmp_path / "nowhere", "cutover", "check", "--json")
    assert done.code == 78
    assert (done.json["command"], done.json["exit"], done.json["items"]) == ("cutover check", 78, [])
    (problem,) = done.json["problems"]
    assert "aftersales.yaml" in problem["message"]
    assert problem["severity"] == "error"


def test_wrong_usage_is_a_document_too(capsys: pytest.CaptureFixture[str]) -> None:
    done = ran(capsys, "cutover", "check", "--json", "--nonsense")
    assert (done.code, done.json["exit"]) == (2, 2)


def test_a_mistyped_command_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    done = ran(capsys, "cutover", "chekc")
    assert done.err.splitlines()[0] == "error: there is no command chekc; near it: check"


def test_outside_any_workspace_the_hint_says_where_to_go(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = ran(capsys, "cutover", "check")
    assert done.code == 66
    assert "-w DIR" in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell")
@pytest.mark.parametrize("line", ["rules list", "--version", "--help", "rules list --json"])
def test_a_closed_stdout_is_code_74_and_no_crash(line: str, tmp_path: Path) -> None:
    """G14: nobody heard it."""
    command = f"{sys.executable} -m aftersales_cli --lang en {line} >&-"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (74, "")
