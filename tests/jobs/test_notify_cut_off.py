"""A run killed between its steps: nothing lost, nothing issued twice."""

from __future__ import annotations

import pytest

from aftersales_cli.files.writing import RunFolder
from tests.jobs.world import (
    World,
    changes,
)

LATER = "2011-05-28T09:00"


@pytest.mark.parametrize("step", ["publish", "complete"])
def test_a_run_cut_off_after_it_was_recorded_is_finished_by_the_next_and_nothing_is_issued_twice(
    world: World, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    from aftersales_cli.ledger.store import Ledger

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut_off:
        cut_off.setattr(RunFolder if step == "publish" else Ledger, step, killed)
        with pytest.raises(KeyboardInterrupt):
            world.notify()
    again = world.notify(LATER)

    assert changes(again) == {("1", "K1"): ("unchanged", 0)}
    assert [notice.sequence for notice in world.issued()] == [0]
    assert (world.root / "out" / "2011-05-27T0900-notify" / "manifest.json").is_file()
    assert any("finished" in str(note) for note in again.notes)


def test_a_run_cut_off_before_it_was_recorded_is_as_if_it_never_was(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from aftersales_cli.ledger.store import Ledger

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut_off:
        cut_off.setattr(Ledger, "record_run", killed)
        with pytest.raises(KeyboardInterrupt):
            world.notify()

    assert changes(world.notify(LATER)) == {("1", "K1"): ("new", 0)}
