"""Whatever way a window is spelt, the program reads the window that was meant."""

from __future__ import annotations

from datetime import datetime
from random import Random

import pytest

from aftersales_cli.records import amounts, cells, milestones, moments
from aftersales_cli.records.folding import folded, folded_circuit
from aftersales_cli.records.values import BEIJING, Instant, Window
from tools.province import spelling
from tools.province.model import Task

NIGHTS = [
    ("2026-06-09T23:00", "2026-06-10T02:00"),
    ("2026-06-09T22:00", "2026-06-10T00:00"),
    ("2026-06-10T00:00", "2026-06-10T06:00"),
    ("2026-06-10T01:30", "2026-06-10T04:05"),
]


def task(start: str, end: str) -> Task:
    return Task("BD2026GZJH000001", "计划", datetime.fromisoformat(start), datetime.fromisoformat(end), "中断: 30分钟",
                "贵州", "外力施工", "plan")  # fmt: skip


def meant(of: Task) -> Window:
    return Window(of.start.replace(tzinfo=BEIJING), of.end.replace(tzinfo=BEIJING))


@pytest.mark.parametrize(("start", "end"), NIGHTS)
@pytest.mark.parametrize("seed", range(30))
def test_a_window_is_read_as_it_was_meant(seed: int, start: str, end: str) -> None:
    one, rng = task(start, end), Random(seed)
    assert moments.window(spelling.window(rng, one)) == meant(one)
    assert moments.window(spelling.start_and_end(rng, one)) == meant(one)
    assert moments.window(spelling.start_and_end_as_text(rng, one)) == meant(one)


@pytest.mark.parametrize("seed", range(20))
def test_other_cells_are_read_as_they_were_meant(seed: int) -> None:
    rng, said = Random(seed), datetime.fromisoformat("2026-05-22T09:25")
    assert milestones.filed(spelling.moment(rng, said)) == Instant(said.replace(tzinfo=BEIJING))
    assert str(amounts.interruption(spelling.interruption(rng, "中断: 30分钟"))) == "中断: 30分钟"
    assert str(amounts.interruption(spelling.interruption(rng, "瞬断: 小于5分钟"))) == "瞬断: 小于5分钟"
    circuit, name = "霁州鹭泽30N0417NP", "霁州桐澜电子有限公司(Tonglan)"
    assert folded_circuit(cells.code(spelling.code(rng, circuit))) == folded_circuit(circuit)
    assert folded(cells.text(spelling.name(rng, name))) == folded(name)
    several = ("霁州鹭泽30N0417NP", "CGC/XT-HJG/XT ETN2040", "霁州-鹭泽S-16N0417NP")
    read = cells.codes(spelling.codes(rng, several))
    assert [folded_circuit(code) for code in read] == [folded_circuit(code) for code in several]


def test_the_spellings_really_vary() -> None:
    """Serial numbers, dots, full width, 次日, 24:00 and Chinese words all come up."""
    one, late = task(*NIGHTS[0]), task(*NIGHTS[1])
    spelt = {spelling.window(Random(seed), one) for seed in range(60)}
    pairs = {spelling.start_and_end(Random(seed), one) for seed in range(60)}
    assert len(spelt) == 6
    assert any(isinstance(cell, float) for pair in pairs for cell in pair)
    assert any("次日" in text for text in spelt)
    assert any("２０２６" in text for text in spelt)
    assert spelling.window(Random(0), late).endswith("24:00")
