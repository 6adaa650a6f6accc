"""Where the marks of a chart stand: bars per month and dots per circuit, in units of the drawing, as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

View = dict[str, object]

WIDTH, HEIGHT = 640, 150
LEFT, TOP, BOTTOM = 34, 14, 22
LINE = 20
LABELS = 12
FLOORS = (99.9, 99.5, 99, 98, 95, 90, 80, 50, 0)
"""Where the axis of availability may begin, the highest first."""
CODE = 190  # what a circuit's code takes on the left
FIGURE = 70  # and its figure on the right


def bars(labels: Sequence[str], counts: Sequence[int | None]) -> View:
    """A bar per month, its number above it, a dash where nobody knows it; of many months not every one is labelled."""
    top = max((*(count or 0 for count in counts), 1))
    step = Fraction(WIDTH - LEFT, max(1, len(labels)))
    every = -(-len(labels) // LABELS) or 1
    room = HEIGHT - TOP - BOTTOM
    marks = []
    for index, (label, count) in enumerate(zip(labels, counts, strict=True)):
        tall = Fraction(room * (count or 0), top)
        said = "–" if count is None else count
        marks.append({
            "x": _at(LEFT + step * index + step / 6), "middle": _at(LEFT + step * index + step / 2),
            "width": _at(step * 2 / 3), "y": _at(TOP + room - tall), "height": _at(tall),
            "above": _at(TOP + room - tall - 4), "count": said,
            "label": label if index % every == 0 else "", "text": f"{label}: {said}",
        })  # fmt: skip
    ticks = sorted({0, top // 2, top}) if top > 1 else [0, 1]
    lines = [{"y": _at(TOP + room - Fraction(room * tick, top)), "label": tick} for tick in ticks]
    return {"width": WIDTH, "height": HEIGHT, "left": LEFT, "base": TOP + room, "bars": marks, "ticks": lines}


def dots(rows: Sequence[tuple[str, float, str]]) -> View:
    """A line per circuit with a dot at its availability (per cent); the axis begins where the worst one fits.

    Dots, not bars: the axis does not begin at nothing, and the length of a bar would lie.
    """
    worst = min((share for _, share, _ in rows), default=100.0)
    floor = next(each for each in FLOORS if each <= worst)
    span = WIDTH - CODE - FIGURE
    height = TOP + LINE * len(rows) + BOTTOM

    def across(share: float) -> str:
        return _at(CODE + span * (Fraction(share) - Fraction(floor)) / (100 - Fraction(floor)))

    marks = [
        {"y": TOP + LINE * n + LINE // 2, "text_y": TOP + LINE * n + LINE // 2 + 4, "x": across(share),
         "code": _cut(code), "whole_code": code, "figure": figure}
        for n, (code, share, figure) in enumerate(rows)
    ]  # fmt: skip
    quarters = (floor + (100 - floor) * quarter / 4 for quarter in range(5))
    ticks = [{"x": across(tick), "label": f"{tick:.3f}".rstrip("0").rstrip(".") + "%"} for tick in quarters]
    return {"width": WIDTH, "height": height, "left": CODE, "right": CODE + span, "figure_x": WIDTH, "top": TOP,
            "base": TOP + LINE * len(rows), "label_y": height - 6, "dots": marks, "ticks": ticks}  # fmt: skip


def text_bar(count: int, top: int, *, widest: int = 36) -> str:
    """A bar made of characters, for a Word table, the longest `widest`; at least one where there is anything."""
    return "█" * (-(-count * widest // top) if top else 0)


def _at(value: Fraction) -> str:
    """One decimal, the same on every machine."""
    return f"{float(value):.1f}"


def _cut(code: str) -> str:
    """A code that has room beside the axis."""
    return code if sum(2 if ord(c) > 0x2E80 else 1 for c in code) <= 26 else code[:17] + "…"
