"""The plan as a workbook: the visits by day, by engineer, the filing copy, the year's calendar, what is left open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from aftersales_cli.cutover.phrases import Phrases
from aftersales_cli.documents.sheets import Cell, Column, Section, Sheet, workbook
from aftersales_cli.jobs.visit_plan_words import ROLES, WORDS, counted
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.visit.naming import Person
from aftersales_cli.visit.planning import Appointment, Plan
from aftersales_cli.words import shown
from aftersales_cli.workdays.showing import weekday

IN_A_LINE = 4


@dataclass(frozen=True)
class Book:
    """One workbook: the plan, when and by whom it is made, in which language; `replanned` where one stood before."""

    plan: Plan
    when: str
    unit: str
    language: str
    words: Vocabularies
    replanned: bool

    def made(self) -> bytes:
        """The finished workbook."""
        sheets = [self._plan(), self._by_engineer(), self._filing(), self._calendar()]
        if self.plan.unplaced:
            sheets.append(self._open())
        return workbook(self._say("title", year=self.plan.days.year), sheets)

    def _say(self, key: str, **values: object) -> str:
        return WORDS[self.language][key].format(**values)

    def _counted(self, what: str, n: int) -> str:
        return counted(self.language, what, n)

    def _level(self, who: Customer) -> str:
        return self._term("customer_levels", who.level)

    def _place(self, name: str) -> str:
        return self._term("provinces", name)

    def _term(self, vocabulary: str, word: str | None) -> str:
        return Phrases(self.language, self.words).term(vocabulary, word) if word else ""

    def _sheet(
        self,
        key: str,
        title: str,
        columns: Sequence[Column],
        rows: Sequence[object],
        *,
        frozen: int = 0,
        of: Sequence[Appointment] | None = None,
    ) -> Sheet:
        """One sheet; its note counts the visits it shows (`of`), else the whole plan."""
        plan = self.plan
        customers = len(plan.wanted) if of is None else len({visit.customer.code for visit in of})
        people = len(plan.loads) if of is None else len({visit.by.person for visit in of})
        made = self._say("made", unit=self.unit, when=self.when, customers=self._counted("customers", customers),
                         visits=self._counted("visits", len(plan.visits if of is None else of)),
                         engineers=self._counted("engineers", people))  # fmt: skip
        warning = self._say("provisional", year=plan.days.year) if plan.days.provisional else None
        return Sheet(self._say(key), title, tuple(columns), rows, (made,), warning, frozen)  # type: ignore[arg-type]

    def _columns(self, *wanted: tuple[str, float, bool]) -> list[Column]:
        return [Column(self._say(key), width, middle) for key, width, middle in wanted]

    def _title(self) -> str:
        return self._say("title", year=self.plan.days.year)

    def _plan(self) -> Sheet:
        columns = self._columns(
            ("no", 6, True), ("day", 12, True), ("weekday", 7, True), ("code", 12, False), ("name", 28, False),
            ("level", 10, True), ("kind", 9, True), ("place", 10, True), ("engineer", 12, True), ("role", 10, True),
            ("number", 7, True), ("slot", 16, True), ("filed", 9, True),
        )  # fmt: skip
        columns += self._columns(("moved", 14, True)) if self.replanned else []
        rows = [self._planned(n, visit) for n, visit in enumerate(self.plan.visits, start=1)]
        sheet = self._sheet("plan", self._title(), columns, rows, frozen=5)
        return replace(sheet, notes=(*sheet.notes, *self._contents()))

    def _contents(self) -> Iterator[str]:
        """What the visits are about, a line for each level that is visited, the highest first."""
        found = {visit.customer.level: visit.content for visit in self.plan.visits}
        rank, lowest = self.words["customer_levels"].rank, len(self.words["customer_levels"].terms)
        for level in sorted(found, key=lambda level: (lowest if (at := rank(level)) is None else at, level)):
            yield self._say("about", level=self._term("customer_levels", level), content=self.content(found[level]))

    def _planned(self, number: int, visit: Appointment) -> list[Cell]:
        customer, slot = visit.customer, visit.wanted.slot
        row: list[Cell] = [
            number, visit.day, self._weekday(visit.day), customer.code, customer.name, self._level(customer),
            self._say("routine"), self._place(customer.headquarters), visit.by.person.label, self._role(visit),
            self._say("of", n=visit.wanted.number, of=visit.wanted.of), f"{slot.start:%m-%d} … {slot.end:%m-%d}",
            self._say("yes") if visit.filed else "",
        ]  # fmt: skip
        return [*row, self._change(visit)] if self.replanned else row

    def _role(self, visit: Appointment) -> str:
        return ROLES[self.language][visit.by.role.value]

    def _change(self, visit: Appointment) -> str:
        before = visit.wanted.before
        if before is None:
            return self._say("new")
        moved = [self._say("was", day=f"{before.day:%m-%d}")] if before.day != visit.day else []
        given = [self._say("was_by", name=before.engineer)] if before.engineer != visit.by.person.label else []
        return "\n".join([*moved, *given])

    def content(self, content: Sequence[str]) -> str:
        """What a visit is about, as one line."""
        if self.language == "zh":
            return "；".join(content)
        terms = [self.words["visit_contents"].term(word) for word in content]
        return "; ".join((term.english if term else None) or word for term, word in zip(terms, content, strict=True))

    def _weekday(self, day: date) -> str:
        return shown(weekday(day), self.language)

    def _by_engineer(self) -> Sheet:
        columns = self._columns(
            ("day", 12, True), ("weekday", 7, True), ("code", 12, False), ("name", 32, False), ("level", 10, True),
            ("place", 12, True), ("number", 8, True), ("contact", 12, True), ("phone", 18, True),
            ("manager", 12, True), ("made_on", 18, True),
        )  # fmt: skip
        rows: list[Sequence[Cell] | Section] = []
        for person, visits in self.engineers():
            rows.append(Section(self._section(person, len(visits)), page=True))
            rows += [self._theirs(visit) for visit in visits]
        return self._sheet("by_engineer", self._title(), columns, rows)

    def engineers(self) -> Iterator[tuple[Person, list[Appointment]]]:
        """Everybody who visits, by label, with their visits in order of days."""
        found: dict[Person, list[Appointment]] = {person: [] for person in self.plan.loads}
        for visit in self.plan.visits:
            found[visit.by.person].append(visit)
        yield from found.items()

    def _section(self, person: Person, visits: int) -> str:
        weeks = self.plan.loads[person]
        peak = max(weeks.values())
        monday = min(week for week, load in weeks.items() if load == peak)
        place = self._place(person.place) if person.listed else self._say("nowhere")
        return self._say("section", name=person.label, place=place, visits=self._counted("visits", visits), peak=peak,
                         monday=f"{monday:%m-%d}", room=person.capacity)  # fmt: skip

    def _theirs(self, visit: Appointment) -> list[Cell]:
        who = visit.customer
        number = self._say("of", n=visit.wanted.number, of=visit.wanted.of)
        return [visit.day, self._weekday(visit.day), who.code, who.name, self._level(who),
                self._place(who.headquarters), number, who.contact, who.contact_phone, who.manager, None]  # fmt: skip

    def _by_customer(self) -> list[tuple[Customer, list[Appointment]]]:
        found: dict[str, tuple[Customer, list[Appointment]]] = {}
        for visit in self.plan.visits:
            found.setdefault(visit.customer.code, (visit.customer, []))[1].append(visit)
        return [found[code] for code in sorted(found)]

    def _filing(self) -> Sheet:
        columns = self._columns(
            ("no", 6, True), ("code", 12, False), ("name", 30, False), ("level", 10, True), ("grade", 9, True),
            ("control", 10, True), ("place", 11, True), ("times", 9, True), ("days", 42, False), ("engineer", 12, True),
            ("content", 52, False),
        )  # fmt: skip
        rank = self.words["customer_levels"].rank
        filed = [(who, visits) for who, visits in self._by_customer() if visits[0].filed]
        filed.sort(key=lambda each: (rank(each[0].level) or 0, each[0].code))  # all of them are in the list
        rows: list[list[Cell]] = [
            [n, who.code, who.name, self._level(who), self._term("service_grades", who.service_grade),
             self._term("control_levels", who.control_level), self._place(who.headquarters),
             visits[0].wanted.of, self._days(visits), self._names(visits), self.content(visits[0].content)]
            for n, (who, visits) in enumerate(filed, start=1)
        ]  # fmt: skip
        title = self._say("filing_title", year=self.plan.days.year)
        shown = [visit for _, visits in filed for visit in visits]
        return self._sheet("filing", title, columns, rows, frozen=3, of=shown)

    def _days(self, visits: Sequence[Appointment]) -> str:
        """Some days to a line, so that none is broken in two."""
        days = [
            self._say("month_day", month=visit.day.month, day=visit.day.day, both=f"{visit.day:%m\u2011%d}")
            for visit in visits
        ]
        lines = [self._say("comma").join(days[i : i + IN_A_LINE]) for i in range(0, len(days), IN_A_LINE)]
        return f"{self._say('comma').rstrip()}\n".join(lines)

    def _names(self, visits: Sequence[Appointment]) -> str:
        return "、".join(dict.fromkeys(visit.by.person.label for visit in visits))

    def _calendar(self) -> Sheet:
        months = [Column(self._say("months", n=n), 8.5, middle=True) for n in range(1, 13)]
        columns = [
            *self._columns(("code", 12, False), ("name", 28, False), ("level", 10, True), ("engineer", 12, True)),
            *months, *self._columns(("total", 8, True)),
        ]  # fmt: skip
        rows: list[list[Cell]] = []
        for who, visits in sorted(self._by_customer(), key=lambda each: (self._names(each[1]), each[0].code)):
            days = ["、".join(str(v.day.day) for v in visits if v.day.month == n) for n in range(1, 13)]
            rows.append([who.code, who.name, self._level(who), self._names(visits), *days, len(visits)])
        counts: list[Cell] = [sum(v.day.month == n for v in self.plan.visits) for n in range(1, 13)]
        rows.append([None, self._say("total"), None, None, *counts, len(self.plan.visits)])
        return self._sheet("calendar", self._title(), columns, rows, frozen=2)

    def _open(self) -> Sheet:
        columns = self._columns(
            ("code", 12, False), ("name", 30, False), ("level", 10, True), ("place", 12, True), ("number", 8, True),
            ("slot", 26, True), ("engineer", 14, True), ("why", 70, False),
        )  # fmt: skip
        rows: list[list[Cell]] = []
        for one in self.plan.unplaced:
            who, slot = one.wanted.customer, one.wanted.slot
            number = self._say("of", n=one.wanted.number, of=one.wanted.of)
            rows.append([who.code, who.name, self._level(who), self._place(who.headquarters), number,
                         self._say("between", a=slot.start, b=slot.end), one.person.label if one.person else None,
                         one.because.to(self.language)])  # fmt: skip
        return self._sheet("open", self._title(), columns, rows, frozen=2)
