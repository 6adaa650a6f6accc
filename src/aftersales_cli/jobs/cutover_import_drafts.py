"""One notice → draft rows of the cutovers table: leased circuits to ours, the carrier's words to those of the book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from aftersales_cli.jobs.cutover_import_notices import Announced, Leased
from aftersales_cli.jobs.cutover_import_words import Words
from aftersales_cli.places import Problem, Severity
from aftersales_cli.records.circuits import Circuit
from aftersales_cli.records.columns import Broken, Cell, Source
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.folding import folded_circuit
from aftersales_cli.records.values import Category, Status
from aftersales_cli.records.vocabulary import Term, Vocabularies
from aftersales_cli.register.customers import Customers
from aftersales_cli.tables.binding import bind
from aftersales_cli.tables.headings import match
from aftersales_cli.tables.sheet import Sheet
from aftersales_cli.words import Say

_NEAREST_OF, _NEAREST_FOR = 5_000, 50  # codes compared, and how often: further ones are named without a suggestion
_KEPT = ("circuit_code", "customer_name", "interruption", "impact_range")
HEADINGS = {column.key: column.heading for column in Cutover.TABLE.columns}


class Mapped:
    """Our circuits by the leased ones they ride on; codes are compared folded, as circuits' codes are."""

    def __init__(self, circuits: Iterable[Circuit]) -> None:
        self._riding: dict[str, dict[str, Circuit]] = {}
        self._spelt: dict[str, None] = {}
        self._asked = 0
        for circuit in circuits:
            for code in circuit.leased_codes:
                self._riding.setdefault(folded_circuit(code), {})[folded_circuit(circuit.circuit_code)] = circuit
                self._spelt[code] = None

    def riding(self, code: str) -> tuple[Circuit, ...]:
        """Our circuits on a leased one, in file order."""
        return tuple(self._riding.get(folded_circuit(code), {}).values())

    def nearest(self, code: str) -> list[str]:
        """Known leased codes that look like it."""
        self._asked += 1
        if self._asked > _NEAREST_FOR:
            return []
        known: Iterable[str] = self._spelt
        if len(self._spelt) > _NEAREST_OF:
            known = [spelt for spelt in self._spelt if spelt[:4] == code[:4]][:_NEAREST_OF]
        return get_close_matches(code, known, 3, 0.6)


@dataclass
class Line:
    """One draft row: our circuit (None if none is known), the leased ones it rides on, and how badly they are hit."""

    circuit: Circuit | None
    term: Term
    leased: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Draft:
    """The rows proposed of one notice: as cells by heading, and as our own reader takes them."""

    notice: Announced
    status: Status
    lines: tuple[Line, ...]
    cells: tuple[Mapping[str, str], ...]
    rows: tuple[Cutover | Broken, ...]


@dataclass
class Drafter:
    """Makes drafts; what is wrong with a notice's circuits and words is collected in `problems`."""

    words: Words
    mapped: Mapped
    customers: Customers
    province: str | None
    problems: list[Problem] = field(default_factory=list)

    def draft(self, notice: Announced, status: Status | None = None) -> Draft:
        """The rows of one notice; `status` in place of the one its own word stands for."""
        said = self._status(notice)
        chosen = status or said
        lines = tuple(self._lines(notice, chosen))
        return self._bound(notice, chosen, lines, [self._cells(notice, chosen, line) for line in lines])

    def called_off(self, draft: Draft, standing: Sequence[Cutover | Broken]) -> Draft:
        """A cancellation that names no circuit calls off those that stand; one that does is left as it is."""
        if draft.notice.objects:
            return draft
        kept = [{HEADINGS[key]: str(row.fact(key).value or "") for key in _KEPT} for row in standing]
        cells = [{**draft.cells[0], **{heading: cell for heading, cell in row.items() if cell}} for row in kept]
        lines = tuple(Line(None, draft.lines[0].term) for _ in standing)
        return self._bound(draft.notice, draft.status, lines, cells)

    def _bound(
        self, notice: Announced, status: Status, lines: tuple[Line, ...], cells: Sequence[Mapping[str, str]]
    ) -> Draft:
        source = Source(notice.place.file, notice.place.sheet, line=notice.place.line)
        rows = _read(cells, source, self.words.vocabularies)
        self._say_broken(notice, rows)
        return Draft(notice, status, lines, tuple(cells), rows)

    def _status(self, notice: Announced) -> Status:
        status, known = self.words.status(notice.status)
        if not known:
            message = Say("{task}: the status “{word}” is not in the rule book; it counts as {status}",
                          task=notice.task_no, word=notice.status, status=status)  # fmt: skip
            self._caution(message, notice)
        if notice.method == "CANCEL" and status is not Status.CANCELLED:
            message = Say("{task}: the calendar is a cancellation, but the notice says “{word}”; the notice counts",
                          task=notice.task_no, word=notice.status)  # fmt: skip
            self._caution(message, notice)
        return status

    def _lines(self, notice: Announced, status: Status) -> Iterator[Line]:
        """A line for each of our circuits, then one for each leased circuit that is not known to carry any."""
        ours: dict[str, Line] = {}
        others: dict[str, Line] = {}
        for leased in notice.objects:
            term = self._impact(leased)
            riding = self.mapped.riding(leased.code)
            for circuit in riding:
                line = ours.setdefault(folded_circuit(circuit.circuit_code), Line(circuit, term))
                line.term = min(line.term, term, key=self.words.rank)
                _add(line.leased, leased.code)
            if not riding:
                if folded_circuit(leased.code) not in others:
                    self._unmapped(notice, leased)
                line = others.setdefault(folded_circuit(leased.code), Line(None, term, [leased.code]))
                line.term = min(line.term, term, key=self.words.rank)
        if not notice.objects:
            self._no_objects(notice, status)
            others[""] = Line(None, self.words.impact("")[0])
        yield from (*ours.values(), *others.values())

    def _impact(self, leased: Leased) -> Term:
        term, known = self.words.impact(leased.impact)
        if not known:
            message = Say("the impact “{word}” is not in the rule book; it counts as {term}",
                          word=leased.impact, term=term.word)  # fmt: skip
            self.problems.append(Problem(message, leased.place, "interruption", severity=Severity.CAUTION))
        return term

    def _unmapped(self, notice: Announced, leased: Leased) -> None:
        message = Say("no circuit of ours is known to ride on the leased circuit {code}", code=leased.code)
        near = self.mapped.nearest(leased.code)
        hint = (
            Say("write it into 租用电路代号 of the circuits it carries, or is it {near}?", near=near)
            if near
            else Say("write it into 租用电路代号 of the circuits it carries")
        )
        held = (f"circuit {leased.code} of task {notice.task_no}",)
        self.problems.append(Problem(message, leased.place, "leased_codes", leased.code, hint, held))

    def _no_objects(self, notice: Announced, status: Status) -> None:
        message = Say("{task} names no circuit", task=notice.task_no)
        if status is Status.CANCELLED:  # carriers often leave them out of a cancellation
            self._caution(message, notice)
            return
        hint = Say("ask {provider} which circuits it touches", provider=notice.provider)
        self.problems.append(Problem(message, notice.place, None, None, hint, (f"task {notice.task_no}",)))

    def _cells(self, notice: Announced, status: Status, line: Line) -> dict[str, str]:
        interruption = line.term.more["interruption"].replace("{window}", str(max(1, notice.window.minutes)))
        owner = self.customers.by_code(line.circuit.customer_code) if line.circuit else None
        cells = {
            "task_no": notice.task_no,
            "category": Category.PLANNED.value,
            "window": str(notice.window),
            "interruption": interruption,
            "province": self.province or "",
            "reason": self.words.reason,
            "circuit_code": line.circuit.circuit_code if line.circuit else "",
            "customer_name": owner.name if owner else "",
            "initiating_unit": notice.provider,
            "impact_range": _range(notice, line),
            "status": status.value,
            "notice_ref": reference(notice),
        }
        return {HEADINGS[key]: cell for key, cell in cells.items()}

    def _say_broken(self, notice: Announced, rows: Iterable[Cutover | Broken]) -> None:
        """What is still missing in the rows, said once of each column."""
        missing = {k: p for row in rows if isinstance(row, Broken) for k, p in row.problems.items()}
        for key, problem in missing.items():
            if key == "province":
                message = Say("the draft of {task} has no 割接省: the notice does not say it", task=notice.task_no)
                hint = Say(
                    "fill it in, or name the desk's province: “province:” in aftersales.yaml, or --province NAME"
                )
                problem = Problem(message, notice.place, key, None, hint)
            problem = replace(problem, place=notice.place, held=(f"task {notice.task_no}",))
            if problem not in self.problems:
                self.problems.append(problem)

    def _caution(self, message: Say, notice: Announced) -> None:
        self.problems.append(Problem(message, notice.place, "status", notice.status, severity=Severity.CAUTION))


def _read(cells: Sequence[Mapping[str, str]], source: Source, words: Vocabularies) -> tuple[Cutover | Broken, ...]:
    """The rows as our own reader takes them, in their order; all stand where the notice stands."""
    headings = list(HEADINGS.values())
    numbers = list(range(len(cells)))
    texts: list[list[Cell]] = [[row.get(heading, "") for heading in headings] for row in cells]
    sheet = Sheet(source.sheet, texts, numbers, is_text=True, keys=headings)
    bound = bind(sheet, match(Cutover.TABLE, headings, -1), Cutover.TABLE, file=source.file, vocabularies=words)
    found = {row.source.line: row for row in reversed([*bound.records, *bound.broken])}
    return tuple(replace(row, source=replace(row.source, line=source.line)) for _, row in sorted(found.items()))


def _add(codes: list[str], code: str) -> None:
    if code not in codes:
        codes.append(code)


def _range(notice: Announced, line: Line) -> str:
    """The desk's own words for 影响范围, in Chinese as the whole form is."""
    about = f"：{notice.summary[:200]}" if notice.summary else ""
    if not line.leased:
        return f"通知未列电路{about}"
    unknown = "" if line.circuit else "（未对应到我方电路）"
    return f"租用电路 {'、'.join(line.leased)}{unknown}{about}"


def reference(notice: Announced) -> str:
    """Which notice a row was made of, for 来源通知: `uid #sequence`; read again by `referred`."""
    return f"{notice.uid} #{notice.sequence}"


def referred(text: str | None) -> tuple[str, int] | None:
    """The notice and sequence that a row says it was made of; None where it says none."""
    uid, mark, number = (text or "").rpartition(" #")
    return (uid, int(number)) if mark and number.isascii() and number.isdigit() else None
