"""A12: what happens in the worker stays in the worker."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from aftersales_cli.files.confined import Confined, ConfinedError, Confines, Crashed, OutOfMemory, TookTooLong

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such limits")


@pytest.fixture(scope="module")
def worker() -> Iterator[Confined]:
    with Confined(Confines(memory=400_000_000, cpu=1, wall=20)) as confined:
        yield confined


def test_plain_data_comes_back(worker: Confined) -> None:
    assert worker.call("builtins:dict", [("甲", [1, 2.5, None, True])]) == {"甲": [1, 2.5, None, True]}
    assert worker.call("datetime:timedelta", 1) == timedelta(days=1)
    assert worker.call("datetime:datetime", 2026, 9, 8) == datetime.fromisoformat("2026-09-08")


def test_the_same_worker_answers_every_call(worker: Confined) -> None:
    assert worker.call("os:getpid") == worker.call("os:getpid") != os.getpid()


BIT_BY_BIT = "[bytearray(10**6) for _ in range(10**6)]"
FAULTS = [
    pytest.param("os:abort", (), Crashed, id="abort"),
    pytest.param("os:_exit", (0,), Crashed, id="exit-without-a-word"),
    pytest.param("sys:exit", (), Crashed, id="base-exception"),
    pytest.param("nowhere:nothing", (), Crashed, id="import-error"),
    pytest.param("decimal:Decimal", (1,), Crashed, id="answer-that-is-not-plain"),
    pytest.param("builtins:bytearray", (10**10,), OutOfMemory, id="memory", marks=posix),
    pytest.param("builtins:eval", (BIT_BY_BIT,), OutOfMemory, id="memory-bit-by-bit", marks=posix),
    pytest.param("builtins:eval", ("all(iter(object, 1))",), TookTooLong, id="processor-time", marks=posix),
]


@pytest.mark.parametrize(("function", "arguments", "expected"), FAULTS)
def test_a_fault_is_one_of_three_and_the_next_call_works(
    worker: Confined, function: str, arguments: tuple[object, ...], expected: type[ConfinedError]
) -> None:
    with pytest.raises(expected) as error:
        worker.call(function, *arguments)
    assert error.value.reason.to("en")
    assert worker.call("builtins:abs", -1) == 1


def test_wall_time_is_limited_everywhere() -> None:
    with Confined(Confines(wall=0.2)) as confined, pytest.raises(TookTooLong, match="longer than 0 seconds"):
        confined.call("time:sleep", 60)


def test_too_long_an_answer_is_not_taken() -> None:
    with Confined(Confines(answer=1000)) as confined, pytest.raises(Crashed):
        confined.call("builtins:bytes", 2000)


def test_what_the_worker_prints_goes_nowhere(worker: Confined, capfd: pytest.CaptureFixture[str]) -> None:
    worker.call("builtins:print", "out")
    worker.call("os:write", 2, b"err")
    assert capfd.readouterr() == ("", "")


def test_secrets_of_the_environment_do_not_reach_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFTERSALES_SMTP_PASSWORD", "canary")
    with Confined() as confined:
        assert "canary" not in str(confined.call("builtins:eval", "dict(__import__('os').environ)"))


@posix
def test_the_worker_cannot_write_a_file(worker: Confined, tmp_path: Path) -> None:
    with pytest.raises(Crashed, match="OSError"):
        worker.call("builtins:eval", f"open({str(tmp_path / 'x')!r}, 'wb', 0).write(b'x')")
    assert (tmp_path / "x").read_bytes() == b""


def test_a_module_of_the_current_folder_is_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "yaml.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    with Confined() as confined:
        assert confined.call("aftersales_cli.tables.delimited:separator", "a;b") == ";"


def test_the_worker_is_gone_after_the_run() -> None:
    with Confined() as confined:
        process = confined.call("os:getpid")
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


PARENT = """
from aftersales_cli.files.confined import Confined
if __name__ == "__main__":
    with Confined() as confined:
        raise SystemExit(confined.call("builtins:len", "四个汉字"))
"""


@posix
@pytest.mark.parametrize(
    "closed",
    [
        pytest.param("", id="open"),
        pytest.param("<&-", id="stdin-closed"),
        pytest.param("<&- >&- 2>&-", id="all-closed"),
    ],
)
def test_it_works_under_cron(tmp_path: Path, closed: str) -> None:
    """No environment, C locale, closed streams."""
    (tmp_path / "parent.py").write_text(PARENT, "utf-8")
    line = f"exec env -i LC_ALL=C '{sys.executable}' '{tmp_path}/parent.py' {closed}"
    assert subprocess.run(["/bin/sh", "-c", line], check=False).returncode == 4


def test_the_worker_starts_without_heavy_imports() -> None:
    with Confined() as confined:
        loaded = confined.call("builtins:eval", "sorted(__import__('sys').modules)")
    assert not {"typer", "rich", "pydantic", "sqlalchemy", "yaml", "openpyxl"} & set(loaded)
