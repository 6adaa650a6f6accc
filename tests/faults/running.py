"""Runs the command as its user would, in this process or as its own, and refuses what no fault may ever cause."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from aftersales_cli.files.confined import Confined
from aftersales_cli.jobs.desk import Desk
from tests.cli.running import ran

SECONDS = 10
RENDERING = 20
MEMORY = 1_000_000_000
_COMMAND = "import sys; from aftersales_cli.cli.main import main; sys.exit(main(sys.argv[1:]))"


@dataclass(frozen=True)
class Outcome:
    """Exit code and all that was said; `seconds` and, of a process, the most `memory` it or a child of it had."""

    code: int
    out: str
    err: str
    seconds: float
    memory: int = 0

    @property
    def json(self) -> Mapping[str, Any]:
        """The one document on stdout."""
        found: Mapping[str, Any] = json.loads(self.out)
        return found

    @property
    def said(self) -> str:
        """All words; folded lines as one."""
        return f"{self.out}\n{self.err}"


class _Left:
    """A reader that is shared by many runs, as one run opens and leaves it."""

    def __init__(self, reader: Confined) -> None:
        self.reader = reader

    def __enter__(self) -> Confined:
        return self.reader

    def __exit__(self, *_: object) -> None:
        return None


def share(monkeypatch: pytest.MonkeyPatch, reader: Confined) -> None:
    """Let commands of this process read with one child: starting it takes longer than all they read."""
    monkeypatch.setattr(Desk, "reader", lambda desk: _Left(reader))


def here(capsys: pytest.CaptureFixture[str], *words: object) -> Outcome:
    """In this process, wall and all."""
    began = time.monotonic()
    found = ran(capsys, *words)
    return bearable(Outcome(found.code, found.out, found.err, time.monotonic() - began))


def apart(
    folder: Path, *words: object, environment: Mapping[str, str] | None = None, seconds: float = SECONDS
) -> Outcome:
    """As a process of its own, for what might take this one along."""
    began = time.monotonic()
    out, err = folder / "stdout", folder / "stderr"
    line = [sys.executable, "-c", _COMMAND, "--lang", "en", *map(str, words)]
    with out.open("wb") as first, err.open("wb") as second:
        process = subprocess.Popen(
            line, stdin=subprocess.DEVNULL, stdout=first, stderr=second, env=_environment(environment), cwd=folder
        )
        try:
            process.returncode, busy, memory = _waited(process)
        except BaseException:
            process.kill()
            raise
    took = min(time.monotonic() - began, busy)  # of its own, whatever else the machine does
    return bearable(Outcome(process.returncode, out.read_text(), err.read_text(), took, memory), seconds)


def _environment(more: Mapping[str, str] | None) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return {**kept, "COLUMNS": "160", "PYTHONIOENCODING": "utf-8", **(more or {})}


def _waited(process: subprocess.Popen[bytes]) -> tuple[int, float, int]:
    """Its code, its seconds of processor, the most memory it or a child had, as far as the system tells.

    Whatever takes more than a minute hangs.
    """
    if not hasattr(os, "wait4"):
        return process.wait(timeout=60), 0, 0
    until = time.monotonic() + 60
    while time.monotonic() < until:
        done, status, used = os.wait4(process.pid, os.WNOHANG)
        if done:
            return (
                os.waitstatus_to_exitcode(status),
                used.ru_utime + used.ru_stime,
                used.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
            )
        time.sleep(0.01)
    raise TimeoutError(process.args)


def bearable(found: Outcome, seconds: float = SECONDS) -> Outcome:
    """What was run, unless it was a signal, our own fault, a traceback, a hang, or took all memory."""
    assert 0 <= found.code < 128, f"a signal: {found.code}\n{found.said}"
    assert found.code != 70, found.said
    for word in ("Traceback", "went wrong", "panicked"):
        assert word not in found.said, found.said
    assert found.seconds < seconds, f"{found.seconds:.1f} s"
    assert found.memory < MEMORY, f"{found.memory:,} bytes"
    return found


def tasks_done(document: Mapping[str, Any]) -> set[str]:
    """The last digits of the tasks that were judged and not held, or told to somebody."""
    done: set[str] = set()
    for item in document["items"]:
        if "verdict" in item:
            done |= set() if item["held"] else {str(item["task_no"])[-1]}
        else:
            done |= {task["task_no"][-1] for task in item["tasks"] if task["change"]}
    return done


def errors_of(document: Mapping[str, Any]) -> Sequence[str]:
    """The messages of a document's problems that hold something back."""
    return [problem["message"] for problem in document["problems"] if problem["severity"] == "error"]
