"""Two tasks that together cut both paths of a circuit."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_cli.cutover.collisions import Strike, collisions, partners
from aftersales_cli.records.routes import Path
from aftersales_cli.records.values import BEIJING, Window

W, P = frozenset({Path.WORKING}), frozenset({Path.PROTECTING})
MIDNIGHT = datetime(2026, 6, 8, tzinfo=BEIJING)


def window(start: int, end: int) -> Window:
    return Window(MIDNIGHT + timedelta(hours=start), MIDNIGHT + timedelta(hours=end))


def test_two_tasks_that_each_leave_one_path_leave_none_together() -> None:
    [found] = collisions([Strike("T2", "C-1", window(1, 5), P), Strike("T1", "C1", window(0, 4), W)])
    assert (found.tasks, found.window) == (("T1", "T2"), window(1, 4))
    assert partners([found]) == {("T1", "c1"): ("T2",), ("T2", "c1"): ("T1",)}


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(Strike("T2", "C1", window(4, 6), P), id="one-begins-when-the-other-ends"),
        pytest.param(Strike("T2", "C1", window(0, 4), W), id="the-same-path"),
        pytest.param(Strike("T2", "C2", window(0, 4), P), id="another-circuit"),
        pytest.param(Strike("T2", "C1", window(0, 4), W | P), id="an-outage-by-itself"),
        pytest.param(Strike("T1", "C1", window(0, 4), P), id="the-same-task"),
    ],
)
def test_no_collision(second: Strike) -> None:
    assert collisions([Strike("T1", "C1", window(0, 4), W), second]) == ()


STRIKES = st.builds(
    lambda task, circuit, start, hours, cut: Strike(f"T{task}", f"C{circuit}", window(start, start + hours), cut),
    st.integers(0, 5),
    st.integers(0, 1),
    st.integers(0, 8),
    st.integers(1, 5),
    st.sampled_from([W, P, W | P]),
)


@given(st.lists(STRIKES, max_size=12))
def test_the_sweep_finds_what_looking_at_every_pair_finds(strikes: list[Strike]) -> None:
    """Slow and obvious against fast; one task may strike a circuit more than once."""

    def meets(a: Strike, b: Strike) -> bool:
        apart = a.task != b.task and a.circuit_code == b.circuit_code
        overlap = a.window.overlaps(b.window.start, b.window.end)
        return apart and overlap and len(a.cut) == len(b.cut) == 1 and a.cut != b.cut

    expected = sorted((*sorted((a.task, b.task)), a.circuit_code) for a, b in combinations(strikes, 2) if meets(a, b))
    assert sorted((*sorted(found.tasks), found.circuit_code) for found in collisions(strikes)) == expected
