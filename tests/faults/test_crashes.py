"""A12: the child that reads a foreign file dies, hangs or takes all memory; the run goes on with the others."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import pytest

from aftersales_cli.files.confined import Confined, Confines
from aftersales_cli.jobs.desk import Desk
from tests.faults import running
from tests.faults.office import AS_OF, GOOD, Office
from tests.faults.spreadsheets import put

DEATHS = [
    pytest.param(("os:abort",), "the reader crashed on it", id="abort"),
    pytest.param(("signal:raise_signal", signal.SIGSEGV), "the reader crashed on it", id="segmentation-fault"),
    pytest.param(("builtins:bytearray", 10**12), "needs more memory than is allowed", id="memory"),
    pytest.param(("time:sleep", 60), "takes longer than 1 seconds", id="hangs"),
    pytest.param(("builtins:int", "x"), "the reader failed on it (ValueError)", id="exception"),
    pytest.param(("sys:exit", 0), "the reader failed on it (SystemExit)", id="exit"),
]


@pytest.mark.parametrize("beside", [False, True], ids=["alone", "beside"])
@pytest.mark.parametrize(("death", "words"), DEATHS)
def test_what_kills_the_reader_is_a_problem_of_its_file(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    death: tuple[Any, ...],
    words: str,
    beside: bool,
) -> None:
    """The child really ends so: for the bad file it is told to call what kills it."""
    asked = Confined.call

    def call(child: Confined, function: str, *arguments: Any) -> Any:
        return asked(child, *death) if str(arguments[1:2]).find("bad.xlsx") > 0 else asked(child, function, *arguments)

    monkeypatch.setattr(Confined, "call", call)
    monkeypatch.setattr(Desk, "reader", lambda desk: Confined(Confines(wall=1 if death[0] == "time:sleep" else 60)))
    office = Office(tmp_path)
    put(office, "strict")
    if beside:
        office.beside()
    office.write()
    found = running.here(capsys, "-w", tmp_path, "--as-of", AS_OF, "cutover", "check", "--json")
    assert (found.code, words in found.said) == (3 if beside else 65, True), found.said
    assert running.tasks_done(found.json) == ({GOOD[-1]} if beside else set())
