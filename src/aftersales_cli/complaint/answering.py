"""Complaints → answers, one after the other: the way through matching, facts, decision and the book's clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aftersales_cli.complaint.answer import ANSWERS, Answer, Decided
from aftersales_cli.complaint.established import Established
from aftersales_cli.complaint.facts import Findings, Ground, cautions, established
from aftersales_cli.complaint.matching import Index
from aftersales_cli.complaint.measures import measures
from aftersales_cli.complaint.received import Receipts
from aftersales_cli.complaint.rules import RULE_IDS
from aftersales_cli.complaint.subject import Case, Matched, case_of
from aftersales_cli.cutover.history import History
from aftersales_cli.cutover.task import Task
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.places import Fact, Known, Problem, Unknown
from aftersales_cli.places.quick import quick
from aftersales_cli.records.complaints import Complaint
from aftersales_cli.records.folding import folded
from aftersales_cli.records.values import Instant
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.register.ownership import Owner, Ownership
from aftersales_cli.rules.book import Book, Judging, Numbers
from aftersales_cli.rules.decision import Decision, Verdict
from aftersales_cli.words import Say
from aftersales_cli.workdays.calendar import Workdays

NO_NAME: Fact[str] = Unknown("customer_name", Say("no row names the customer"))
FORBIDS, HANDLED_AS_FAULT = "ASR-1", "ASR-2"
SILENT = Say("the book is silent on temporary and emergency work that was published in time and touches no assurance")


@quick
class Answered:
    """One complaint with its answer (contract §5).

    `primary` is the clause to cite, `rules` are all that hold. `missing` is what keeps it open, with what would settle
    it; `candidates` the cutovers it may be. `forbidden` are the rules that a letter must be released from first
    (`--despite`, D4). `decisions` are those of all answer rules, in the order of D4.
    """

    complaint: Complaint
    case: Case
    answer: Answer
    primary: str | None
    rules: tuple[str, ...]
    says: Say
    facts: Mapping[str, Established]
    missing: tuple[Unknown, ...] = ()
    cautions: tuple[Say, ...] = ()
    decisions: tuple[Decision, ...] = ()
    forbidden: tuple[str, ...] = ()

    @property
    def task(self) -> Task | None:
        """The cutover it is answered for."""
        return self.case.filing.task if self.case.filing else None

    @property
    def task_no(self) -> str | None:
        """Its number."""
        return self.task.task_no if self.task else None

    @property
    def candidates(self) -> tuple[str, ...]:
        """The numbers of all cutovers it may be."""
        return self.case.candidates

    @property
    def definite(self) -> bool:
        """Whether a customer may be given this answer."""
        return self.answer is not Answer.NEEDS_A_PERSON


@dataclass(frozen=True, slots=True)
class Held:
    """One complaint that is not answered, because something in it is wrong."""

    complaint: Complaint
    problem: Problem


@dataclass(frozen=True)
class Desk:
    """All that complaints are answered from. `tools` are what rules ask for by name: `workdays`, `vocabularies`."""

    book: Book
    workdays: Workdays
    vocabularies: Vocabularies
    ownership: Ownership
    now: datetime
    history: History = field(default_factory=History)
    receipts: Receipts = field(default_factory=Receipts)
    province: str | None = None


def answer_all(complaints: Iterable[Complaint], tasks: Iterable[Task], desk: Desk) -> Iterator[Answered | Held]:
    """Each complaint in its order, answered or held. `Stop` 78 where a card answers otherwise than the program."""
    _agreed(desk.book)
    index = Index(tasks, desk.vocabularies)
    ground = Ground(Numbers(desk.book, desk.province), desk.workdays, desk.vocabularies)
    bench = _bench(ground, desk)
    for complaint in complaints:
        yield _one(complaint, index, ground, desk, bench)


Bench = Mapping[str, Judging]
"""The rules that judge, with their cards and tools, by their ids."""


def _bench(ground: Ground, desk: Desk) -> Bench:
    tools = {"numbers": ground.numbers, "workdays": desk.workdays, "vocabularies": desk.vocabularies}
    return {rule: Judging(desk.book, rule, tools, desk.province) for rule in (*RULE_IDS, FORBIDS)}


def _agreed(book: Book) -> None:
    for rule, answer in ANSWERS.items():
        card = book.card(rule)
        if card.answer != answer.value:
            message = Say("{file}: {rule} answers {answer}, and no card can change that",
                          file=card.file, rule=rule, answer=answer.value)  # fmt: skip
            raise Stop(message, code=Exit.SETTINGS)


def _one(complaint: Complaint, index: Index, ground: Ground, desk: Desk, bench: Bench) -> Answered | Held:
    after = measures(ground.numbers, complaint.reported_at.day).afterwards.value
    matched = index.match(complaint, timedelta(hours=after if isinstance(after, int) else 0))
    owner = _owner(complaint, matched, desk.ownership)
    problem = _backwards(complaint) or matched.problem or _not_theirs(complaint, owner)
    if problem is not None:
        return Held(complaint, problem)
    case = case_of(complaint, matched, owner, desk.now, desk.history, desk.receipts)
    return _answered(case, ground, desk, bench)


def _owner(complaint: Complaint, matched: Matched, ownership: Ownership) -> Owner:
    if matched.pair is not None:
        return matched.pair.owner
    circuit: Known[str] = Known("circuit_code", complaint.circuit_code, complaint.place("circuit_code"))
    return ownership.of(circuit, NO_NAME)


def _answered(case: Case, ground: Ground, desk: Desk, bench: Bench) -> Answered:
    found = established(case, ground)
    decided = found.decided
    decisions = tuple([_of_cutover(case, rule, desk, bench) if rule == HANDLED_AS_FAULT else bench[rule](case)
                       for rule in RULE_IDS])  # fmt: skip
    said, forbidden = _forbidden(case, decided, desk, bench)
    return Answered(
        complaint=case.complaint,
        case=case,
        answer=decided.answer,
        primary=decided.primary,
        rules=decided.rules,
        says=_says(decided, decisions),
        facts=found.all,
        missing=_missing(decided, found),
        cautions=(*cautions(found), *_odd(case), *said),
        decisions=decisions,
        forbidden=forbidden,
    )


def _says(decided: Decided, decisions: tuple[Decision, ...]) -> Say:
    if decided.primary is not None:
        return next(d.says for d in decisions if d.rule == decided.primary)
    if decided.answer is Answer.NOT_A_CUTOVER:
        return Say("another cause was found: ordinary fault handling, and no answer from these rules")
    return Say("a person has to look: what is missing decides") if decided.matters else SILENT


def _missing(decided: Decided, found: Findings) -> tuple[Unknown, ...]:
    """What would settle it, each once; several facts may lack the same cell."""
    lacking = (unknown for letter in decided.matters for unknown in found.all[letter].missing)
    return tuple({(unknown.field, unknown.place, unknown.why.text): unknown for unknown in lacking}.values())


def _forbidden(case: Case, decided: Decided, desk: Desk, bench: Bench) -> tuple[tuple[Say, ...], tuple[str, ...]]:
    """Planned work that had to stop (R7) is answered all the same, with a caution (D4)."""
    if decided.answer is not Answer.PLANNED_CUTOVER or case.filing is None:
        return (), ()
    found = _of_cutover(case, FORBIDS, desk, bench)
    if found.verdict not in (Verdict.BREACHED, Verdict.NEEDS_A_PERSON):
        return (), ()
    return (Say("{rule}: {says}", rule=FORBIDS, says=found.says),), (
        (FORBIDS,) if found.verdict is Verdict.BREACHED else ()
    )


def _of_cutover(case: Case, rule: str, desk: Desk, bench: Bench) -> Decision:
    """What a rule of assurance says of the cutover, whose window picks the edition: once for all its complaints."""
    if case.filing is None or desk.book.card(rule).judged_on != "window_start":
        return bench[rule](case)
    return case.filing.once(("decision", rule, desk.province), lambda: bench[rule](case))


def _odd(case: Case) -> tuple[Say, ...]:
    complaint = case.complaint
    said = [Say("{when} lies in the future; it is {now}", when=at, now=case.now)
            for at in (complaint.reported_at, complaint.began_at, complaint.restored_at)
            if isinstance(at, Instant) and at.at > case.now]  # fmt: skip
    if complaint.began_at is not None and complaint.reported_at.latest < complaint.began_at.at:
        said.append(Say("it was reported {reported}, before it began {began}",
                        reported=complaint.reported_at, began=complaint.began_at))  # fmt: skip
    return tuple(dict.fromkeys(said))


def _backwards(complaint: Complaint) -> Problem | None:
    began, restored = complaint.began_at, complaint.restored_at
    if began is None or not isinstance(restored, Instant) or restored.latest >= began.at:
        return None
    message = Say("the interruption ends {end}, before it begins {start}", end=restored, start=began)
    return _problem(complaint, "restored_at", str(restored), message, Say("mend the one that is wrong"))


def _not_theirs(complaint: Complaint, owner: Owner) -> Problem | None:
    code = complaint.customer_code
    if code is None or not owner.codes or code in owner.codes or folded(code) in map(folded, owner.codes):
        return None
    message = Say("circuit {circuit} is {owner}'s, not {customer}'s",
                  circuit=complaint.circuit_code, owner=owner.codes, customer=code)  # fmt: skip
    hint = Say("mend the customer's code or the circuit's")
    return _problem(complaint, "customer_code", code, message, hint)


def _problem(complaint: Complaint, field: str, found: str, message: Say, hint: Say) -> Problem:
    return Problem(message, complaint.place(field), field, found, hint, (f"complaint {complaint.complaint_no}",))
