"""Whenever a run is killed, the next one loses nothing and issues nothing twice (G01)."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ledger.samples import readable

ROOT = Path(__file__).parents[2]
WANTED = ["N0", "N1", "N2"]


@pytest.mark.slow
def test_a_run_killed_before_any_of_its_steps_is_made_good_by_the_next(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.ledger.killed_runs", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.stderr, ran.returncode) == ("", 0)
    outcomes = [json.loads(line) for line in ran.stdout.splitlines()]

    assert [o["ended"] for o in outcomes] == [-signal.SIGKILL] * (len(outcomes) - 1) + [0]
    assert len(outcomes) > 40  # the run has that many steps at least; fewer means that the hooks see nothing
    for outcome in outcomes:
        assert outcome["again"] == 0, outcome
        assert outcome["issued"] == WANTED, outcome  # 0 lost, 0 twice in the ledger
        assert outcome["documents"] == WANTED, outcome  # and on the disk: each document in one published folder
        assert outcome["folders"] == outcome["completed"], outcome
        assert outcome["errors"] == [], outcome


def test_runs_at_the_same_time_take_turns_and_issue_nothing_twice(tmp_path: Path) -> None:
    script = (
        f"from pathlib import Path; from tests.ledger.killed_runs import notify; notify(Path({str(tmp_path)!r}), 60)"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(4)
    ]

    assert [(run.communicate()[1], run.returncode) for run in started] == [("", 0)] * 4
    with readable(tmp_path) as ledger:
        assert [n.notice_id for n in ledger.issued()] == WANTED
        assert len(ledger.runs()) == 1
        assert ledger.verify(tmp_path / "out") == []
