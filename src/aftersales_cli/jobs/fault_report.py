"""`visit fault-report CUSTOMER`: what failed, how it went, why, and what is done about it, to hand over (R79)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.jobs.desk import Desk, needed
from aftersales_cli.jobs.report import Report
from aftersales_cli.jobs.visit_brief import Wishes as PaperWishes
from aftersales_cli.jobs.visit_brief import looked_at, made, write
from aftersales_cli.jobs.visit_brief_inputs import gathered
from aftersales_cli.records.faults import Fault
from aftersales_cli.records.folding import folded
from aftersales_cli.visit.fault_report import kept_back, report_view
from aftersales_cli.visit.history import History
from aftersales_cli.visit.interruptions import Interruption, Since
from aftersales_cli.visit.papers import Paper
from aftersales_cli.words import Say


@dataclass(frozen=True)
class Wishes(PaperWishes):
    """`numbers`: only these faults, whenever they were; none: all of the days looked at."""

    numbers: Sequence[str] = field(default_factory=tuple)


def fault_report(desk: Desk, wishes: Wishes) -> Report:
    """Gather, choose, write; in the customer's language. It takes no lock and records nothing."""
    needed(desk, "faults")
    history, problems = gathered(desk, wishes.customer)
    since = looked_at(wishes.start, wishes.end, desk.as_of)
    faults = _wanted(history, since, wishes)
    language = history.customer.language or "zh"
    paper = Paper(history, since, desk.book.vocabularies, desk.workspace.sender, language)
    names, final = write(desk, wishes, "fault-report", [("fault_report", report_view(paper, faults))])
    view = report_view(replace(paper, language=wishes.language), faults)  # what is said here, its reader reads
    item = {
        "customer_code": history.customer.code,
        "customer_name": history.customer.name,
        "faults": [{key: row[key] for key in ("number", "circuit", "rate", "began", "restored", "duration", "cause")}
                   for row in view["faults"]],
        "down": view["down"],
        "unexplained": view["unexplained"],
        "measures": view["measures"],
        "kept_back": kept_back(history, faults),
        "missing": dict(history.gaps),
        "files": [final / name for name in names] if final else [],
    }  # fmt: skip
    return made(desk, "visit fault-report", item, problems, final, rule=bool(view["unexplained"] or view["open"]))


def _wanted(history: History, since: Since, wishes: Wishes) -> tuple[Interruption, ...]:
    """The faults asked for, in the order they began; `Stop` 2 where there is none, or no such one."""
    found = [each for each in history.interruptions if isinstance(each.row, Fault)]
    if not wishes.numbers:
        within = tuple(each for each in found if since.touches(each))
        if not within:
            raise Stop(
                Say("customer {code} has no fault from {start} to {end}", code=history.customer.code,
                    start=since.start.date(), end=since.last),
                hint=Say("name other days with --from and --to, or a fault with --fault NO"), code=Exit.USAGE,
            )  # fmt: skip
        return within
    wanted = {folded(number): number for number in wishes.numbers}
    missing = [number for key, number in wanted.items() if key not in {folded(each.number) for each in found}]
    if missing:
        message = Say("customer {code} has no fault {numbers}", code=history.customer.code, numbers=missing)
        raise Stop(message, hint=Say("the faults of others are not shown"), code=Exit.USAGE)
    return tuple(each for each in found if folded(each.number) in wanted)
