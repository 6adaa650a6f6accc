"""The page of the day's work: made in the child where templates run, in the language of the talk."""

from __future__ import annotations

from collections.abc import Sequence

from aftersales_cli.documents.order import Document, Order
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.today_line import Line, Urgency
from aftersales_cli.words import Say, shown
from aftersales_cli.workdays.showing import weekday

SHOWN = 500
PAGE = Document("today.html", "today/today.html.j2")


def page(desk: Desk, lines: Sequence[Line], later: int, notes: Sequence[Say], language: str) -> bytes:
    """The finished page. `Stop` 78 where a workspace's own template does not hold."""
    order = Order(page_view(desk, lines, later, notes, language), (PAGE,))
    with desk.renderers() as renderers:
        ((_, made),) = renderers.made(desk.template_folders, [(None, order)])
    ((_, content),) = made.files
    return content


def page_view(desk: Desk, lines: Sequence[Line], later: int, notes: Sequence[Say], language: str) -> dict[str, object]:
    """What the template is given: plain values. At most `SHOWN` lines, in their order; `more` are left out."""
    return {
        "language": language,
        "unit": desk.workspace.sender.get("unit", ""),
        "province": desk.province or "",
        "day": desk.as_of.date().isoformat(),
        "weekday": shown(weekday(desk.as_of.date()), language),
        "time": f"{desk.as_of:%H:%M}",
        "counts": {urgency.value: sum(line.urgency is urgency for line in lines) for urgency in Urgency},
        "rows": [_row(line, language) for line in lines[:SHOWN]],
        "more": len(lines[SHOWN:]),
        "later": later,
        "notes": [note.to(language) for note in notes],
    }


def _row(line: Line, language: str) -> dict[str, object]:
    return {
        "urgency": line.urgency.value,
        "what": line.what.to(language),
        "because": line.because.to(language),
        "command": line.command,
        "due": "" if line.due is None else shown(line.due, language),
    }
