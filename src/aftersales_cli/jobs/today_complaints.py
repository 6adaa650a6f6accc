"""Lines of complaints that wait: for what nobody has said, for their letter, or for the service to be back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from aftersales_cli.complaint.answer import Answer
from aftersales_cli.complaint.answering import Answered
from aftersales_cli.errors import Stop
from aftersales_cli.jobs.answer import Outcome, answers, recorded_letters
from aftersales_cli.jobs.answer_inputs import Answering, broken_numbers, kept_problem, read_answering
from aftersales_cli.jobs.answer_items import ANSWERS, decision_of
from aftersales_cli.jobs.answer_settling import settled_by
from aftersales_cli.jobs.today_line import Line
from aftersales_cli.jobs.today_seen import NAMED, Seen, at, cited, some
from aftersales_cli.places import Problem
from aftersales_cli.records.events import AnswerGiven
from aftersales_cli.records.folding import folded
from aftersales_cli.records.values import Instant
from aftersales_cli.words import Counted, Say

Told = Mapping[str, tuple[AnswerGiven, ...]]


def complaints(seen: Seen) -> Iterator[Line]:
    """Complaints without an answer in the ledger, and those answered of which nobody says that the service is back."""
    if seen.desk.named_nowhere("complaints"):
        return
    try:
        found = read_answering(seen.desk)
        with seen.desk.ledger(write=False) as ledger:
            told, outcome = recorded_letters(ledger.answers()), answers(seen.desk, found, ledger)
    except Stop as stop:
        yield Line(Say("the complaints cannot be read"), stop.message, seen.commands.answering())
        return
    yield from _to_mend(seen, found, outcome)
    waiting = [one for one in outcome.answered if not told.get(folded(one.complaint.complaint_no))]
    yield from (_open(seen, one) for one in waiting if not one.definite)
    yield from _to_answer(
        seen, [one for one in waiting if one.answer in (Answer.PLANNED_CUTOVER, Answer.NETWORK_FAULT)]
    )
    yield from (_not_back(seen, one) for one in outcome.answered if one not in waiting and not _restored(one))


def _to_mend(seen: Seen, found: Answering, outcome: Outcome) -> Iterator[Line]:
    wrong: list[tuple[str, Problem]] = [(one.complaint.complaint_no, one.problem) for one in outcome.held]
    wrong += zip(broken_numbers(found.complaints), map(kept_problem, found.complaints.broken), strict=True)
    for number, problem in wrong:
        because = Say("{message}{place}", message=problem.message, place=at(problem.place))
        command = seen.commands.answering(*_named(number))
        yield Line(Say("complaint {number} waits: something in it is wrong", number=number), because, command)


def _open(seen: Seen, one: Answered) -> Line:
    number = one.complaint.complaint_no
    what = Say("complaint {number} cannot be answered yet", number=number)
    because: Say = one.says
    if one.missing:
        first = one.missing[0]
        because = Say("{why}; {settle}", why=first.why, settle=settled_by(first, one))
        what = Counted(
            "complaint {number} cannot be answered yet: {n} thing is missing",
            "complaint {number} cannot be answered yet: {n} things are missing",
            n=len(one.missing), number=number,
        )  # fmt: skip
    return Line(what, because, _explain(seen, number))


def _to_answer(seen: Seen, ready: Sequence[Answered]) -> Iterator[Line]:
    for one in ready:
        if one.forbidden:
            what = Say("complaint {number} can be answered “{answer}”, but its letter is held",
                       number=one.complaint.complaint_no, answer=ANSWERS[one.answer])  # fmt: skip
            yield Line(what, one.cautions[-1], _explain(seen, one.complaint.complaint_no))
    free = [one for one in ready if not one.forbidden]
    if not free:
        return
    numbers = [one.complaint.complaint_no for one in free]
    what = Counted("write the answer to complaint {numbers}", "write the answers to {n} complaints: {numbers}",
                   n=len(free), numbers=some(numbers))  # fmt: skip
    named = tuple(numbers) if len(numbers) <= NAMED and not any(n.startswith("-") for n in numbers) else ()
    decision = decision_of(free[0], free[0].primary or "")
    because = cited(decision, free[0].complaint.place()) if decision else free[0].says
    yield Line(what, because, seen.commands.answering(*named, "--letters"))


def _not_back(seen: Seen, one: Answered) -> Line:
    number, place = one.complaint.complaint_no, one.complaint.place("restored_at")
    what = Say("complaint {number} is answered, and nobody says that the service is back", number=number)
    because = Say("fill in 恢复时间{place}", place=at(place))
    return Line(what, because, _explain(seen, number))


def _restored(one: Answered) -> bool:
    return isinstance(one.complaint.restored_at, Instant)


def _explain(seen: Seen, number: str) -> str:
    return seen.commands.answering(*_named(number), "--explain")


def _named(number: str) -> tuple[str, ...]:
    """The number as an argument, unless it looks like an option."""
    return () if number.startswith(("-", "–")) else (number,)
