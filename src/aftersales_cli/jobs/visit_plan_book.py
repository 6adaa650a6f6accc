"""The plan as a workbook: the visits by day, by engineer, the filing copy, the year's calendar, what is left open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from aftersales_cli.documents.sheets import Cell, Column, Section, Sheet, workbook
from aftersales_cli.jobs.visit_plan_lists import calendar, filing
from aftersales_cli.jobs.visit_plan_sheets import BOX, Sheets
from aftersales_cli.jobs.visit_plan_words import ROLES
from aftersales_cli.visit.naming import Person
from aftersales_cli.visit.plan import Appointment, Past, Unplaced


@dataclass(frozen=True)
class Book:
    """One workbook of these `sheets`."""

    sheets: Sheets

    def made(self) -> bytes:
        """The finished workbook."""
        sheets = [self._plan(), self._by_engineer(), filing(self.sheets), calendar(self.sheets)]
        if self.sheets.plan.unplaced:
            sheets.append(self._open())
        if self.sheets.plan.past:
            sheets.append(self._past())
        return workbook(self.sheets.title, sheets)

    def _plan(self) -> Sheet:
        sheets = self.sheets
        columns = sheets.columns(
            ("no", 6, True), ("day", 12, True), ("weekday", 13, True), ("code", 12, False), ("name", 28, False),
            ("level", 10, True), ("kind", 9, True), ("place", 10, True), ("engineer", 12, True), ("role", 10, True),
            ("number", 7, True), ("slot", 16, True), ("filed", 9, True),
        )  # fmt: skip
        columns += sheets.columns(("moved", 14, True)) if sheets.replanned else []
        rows = [self._planned(n, visit) for n, visit in enumerate(sheets.plan.visits, start=1)]
        sheet = sheets.sheet("plan", sheets.title, columns, rows, frozen=5)
        contents = ((visit.customer.level, visit.content) for visit in sheets.plan.visits)
        return replace(sheet, notes=(*sheet.notes, *sheets.contents(contents)))

    def _planned(self, number: int, visit: Appointment) -> list[Cell]:
        sheets, customer, wanted = self.sheets, visit.customer, visit.wanted
        row: list[Cell] = [
            number, visit.day, sheets.weekday(visit.day), customer.code, customer.name, sheets.level(customer),
            sheets.say("routine"), sheets.place(customer.headquarters), visit.by.person.label,
            ROLES[sheets.language][visit.by.role.value], sheets.say("of", n=wanted.number, of=wanted.of),
            sheets.span(wanted.slot), sheets.say("yes") if visit.filed else "",
        ]  # fmt: skip
        return [*row, self._change(visit)] if sheets.replanned else row

    def _change(self, visit: Appointment) -> str:
        before, sheets = visit.wanted.before, self.sheets
        if visit.customer.code in sheets.stood:
            return sheets.say("stands")
        if before is None:
            return sheets.say("new")
        moved = [sheets.say("was", day=f"{before.day:%m-%d}")] if before.day != visit.day else []
        given = [sheets.say("was_by", name=before.engineer)] if before.engineer != visit.by.person.label else []
        return "\n".join([*moved, *given])

    def _by_engineer(self) -> Sheet:
        """A row for each customer of an engineer, the one that is visited first on top; a box to tick for each day."""
        columns = self.sheets.columns(
            ("code", 11, False), ("name", 32, False), ("level", 10, True), ("place", 11, True), ("times", 9, True),
            ("ticked", 46, False), ("contact", 12, True), ("phone", 16, True), ("manager", 12, True),
        )  # fmt: skip
        rows: list[Sequence[Cell] | Section] = []
        for person, visits in self.engineers():
            rows.append(Section(self._section(person, len(visits))))
            theirs: dict[str, list[Appointment]] = {}
            for visit in visits:
                theirs.setdefault(visit.customer.code, []).append(visit)
            rows += [self._theirs(each) for each in theirs.values()]
        return self.sheets.sheet("by_engineer", self.sheets.title, columns, rows)

    def engineers(self) -> Iterator[tuple[Person, list[Appointment]]]:
        """Everybody who visits, by label, with their visits in order of days."""
        found: dict[Person, list[Appointment]] = {person: [] for person in self.sheets.plan.loads}
        for visit in self.sheets.plan.visits:
            found[visit.by.person].append(visit)
        yield from found.items()

    def _section(self, person: Person, visits: int) -> str:
        sheets, weeks = self.sheets, self.sheets.plan.loads[person]
        peak = max(weeks.values())
        monday = min(week for week, load in weeks.items() if load == peak)
        nowhere = sheets.say("unread" if person.unread else "nowhere")
        return sheets.say("section", name=person.label, place=sheets.place(person.place) if person.listed else nowhere,
                          visits=sheets.counted("visits", visits), peak=peak, monday=f"{monday:%m-%d}",
                          room=person.capacity)  # fmt: skip

    def _theirs(self, visits: Sequence[Appointment]) -> list[Cell]:
        sheets, who = self.sheets, visits[0].customer
        stands = [sheets.say("stands")] if who.code in sheets.stood else []
        days = "\n".join([sheets.days(visits, BOX), *stands])
        return [who.code, who.name, sheets.level(who), sheets.place(who.headquarters), len(visits), days,
                who.contact, who.contact_phone, who.manager]  # fmt: skip

    def _open(self) -> Sheet:
        columns = [*self._slots(), *self.sheets.columns(("engineer", 14, True), ("why", 70, False))]
        rows = [
            [*self._slot(one), one.person.label if one.person else None, one.because.to(self.sheets.language)]
            for one in self.sheets.plan.unplaced
        ]
        return self.sheets.sheet("open", self.sheets.title, columns, rows, frozen=2)

    def _past(self) -> Sheet:
        """What was made before there was a plan, and the slots that were over then."""
        columns = [*self._slots(), *self.sheets.columns(("made_before", 16, True))]
        rows = [[*self._slot(one), one.made or self.sheets.say("unmade")] for one in self.sheets.plan.past]
        return self.sheets.sheet("past", self.sheets.title, columns, rows, frozen=2)

    def _slots(self) -> list[Column]:
        return self.sheets.columns(
            ("code", 12, False), ("name", 30, False), ("level", 10, True), ("place", 12, True), ("number", 8, True),
            ("slot", 26, True),
        )  # fmt: skip

    def _slot(self, one: Unplaced | Past) -> list[Cell]:
        """Whose visit it is, the how manieth, and its slot."""
        sheets, who, slot = self.sheets, one.wanted.customer, one.wanted.slot
        number = sheets.say("of", n=one.wanted.number, of=one.wanted.of)
        return [who.code, who.name, sheets.level(who), sheets.place(who.headquarters), number,
                sheets.say("between", a=slot.start, b=slot.end)]  # fmt: skip
