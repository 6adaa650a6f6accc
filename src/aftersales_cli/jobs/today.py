"""`today`: what must be done today, over all capabilities; takes no lock, writes at most one page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from aftersales_cli.files.writing import replace_file
from aftersales_cli.jobs import notified
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.foreseen import Foreseen, foreseen
from aftersales_cli.jobs.judging import owner_problems
from aftersales_cli.jobs.report import Report, exit_for
from aftersales_cli.jobs.today_complaints import complaints
from aftersales_cli.jobs.today_cutovers import begun, to_publish
from aftersales_cli.jobs.today_data import calendars, not_seen, to_mend
from aftersales_cli.jobs.today_feedback import cases_of, feedback
from aftersales_cli.jobs.today_held import held, unreachable
from aftersales_cli.jobs.today_line import Commands, Line, Urgency, end_of, in_order
from aftersales_cli.jobs.today_page import page
from aftersales_cli.jobs.today_receipts import receipts
from aftersales_cli.jobs.today_seen import Seen
from aftersales_cli.jobs.today_visit_records import briefs, records
from aftersales_cli.jobs.today_visits import visits, visits_of, warned
from aftersales_cli.jobs.visit_due import Found
from aftersales_cli.places import Problem
from aftersales_cli.words import Say, language

SOURCES: tuple[tuple[Callable[[Seen], Iterable[Line]], ...], ...] = (
    (begun, to_publish, held, unreachable, receipts, calendars),
    (feedback, complaints),
    (warned,),
    (visits, briefs),
    (records,),
    (not_seen, to_mend),
)
"""Where lines come from, those of one rank together: customers who must hear of a cutover, who wait for an answer, who
are warned; then other visits, the records of visits, the files. A further capability adds what it reads to `Seen` and
its functions here.
"""

MANY = 2
BESIDE = ("visits", "warnings", "crises", "complaints", "receipts", "feedback")
"""Tables of which one is enough for a day's list: a desk that only visits names no cutovers."""


@dataclass(frozen=True)
class Wishes:
    """`html` is the file the page is put into; `commands` write the command lines of the lines."""

    html: Path | None = None
    dry_run: bool = False
    commands: Commands = field(default_factory=Commands)


def today(desk: Desk, wishes: Wishes) -> Report:
    """Read, judge and plan as a dry run of `notify` does, and say what follows from it for today."""
    found = foreseen(desk, without=any(not desk.named_nowhere(table) for table in BESIDE))
    owed = visits_of(desk)
    seen = Seen(desk, found, (*_problems(desk, found), *_of_visits(found, owed)), wishes.commands, owed)
    everything = [(rank, line) for rank, of in enumerate(SOURCES) for source in of for line in source(seen)]
    lines = in_order((each for each in everything if not _later(seen, each[1])), seen.soon)
    waiting = len(everything) - len(lines)
    return Report(
        command="today",
        as_of=desk.as_of,
        province=desk.province,
        exit=exit_for(rule=any(line.urgency is not Urgency.COMING for line in lines), problems=seen.problems),
        summary={**{u.value: sum(line.urgency is u for line in lines) for u in Urgency}, "later": waiting},
        items=[line.item for line in lines],
        problems=seen.problems,
        files=_page(desk, lines, waiting, wishes),
        notes=[*_at_once(lines, wishes), *_written(wishes)],
        view=lines,
    )


def _later(seen: Seen, line: Line) -> bool:
    """Whether it is still too far away to be shown; what is held or open is shown however far it is."""
    return line.urgency is Urgency.COMING and line.due is not None and end_of(line.due) > seen.horizon


def _problems(desk: Desk, found: Foreseen) -> tuple[Problem, ...]:
    tasks = [one.task for one in found.judged]
    said = {(problem.place, problem.field) for problem in found.inputs.problems}
    opinions = [p for p in cases_of(desk, found).problems if (p.place, p.field) not in said]
    return (*found.inputs.problems, *opinions, *owner_problems(tasks), *notified.attributions(tasks))


def _of_visits(found: Foreseen, owed: Found | None) -> tuple[Problem, ...]:
    """What is wrong in the tables of visits; of the customers and departments it is said already."""
    said = {(problem.place, problem.field) for problem in found.inputs.problems}
    return tuple(p for p in owed.inputs.problems if (p.place, p.field) not in said) if owed else ()


def _page(desk: Desk, lines: tuple[Line, ...], waiting: int, wishes: Wishes) -> list[Path]:
    if wishes.html is None:
        return []
    content = page(desk, lines, waiting, _at_once(lines, wishes), language())
    if wishes.dry_run:
        return []
    replace_file(wishes.html, content)
    return [wishes.html]


def _at_once(lines: Iterable[Line], wishes: Wishes) -> list[Say]:
    """Lines are done one by one; where several only wait for `notify`, customers would get a message for each."""
    if sum(line.command.startswith(wishes.commands.plain("cutover", "notify", "--task")) for line in lines) < MANY:
        return []
    command = wishes.commands.reading("cutover", "notify")
    return [Say("“{command}” tells everybody at once, one message per customer", command=command)]


def _written(wishes: Wishes) -> list[Say]:
    if wishes.html is None:
        return []
    if wishes.dry_run:
        return [Say("a dry run: nothing was written")]
    return [Say("written to {folder}", folder=str(wishes.html))]
