"""The files of a year's plan: the workbook, the year view, a calendar for each engineer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from aftersales_cli.cutover.phrases import Phrases
from aftersales_cli.documents.agenda import Whole, agenda
from aftersales_cli.documents.order import Document, Order
from aftersales_cli.files.names import safe_name
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.visit_plan_book import Book
from aftersales_cli.jobs.visit_plan_words import AGENDA, ROLES, counted
from aftersales_cli.records.events import PlannedVisit
from aftersales_cli.visit.days import Busy
from aftersales_cli.visit.plan_views import Wording, year_view
from aftersales_cli.visit.planning import Appointment, Plan
from aftersales_cli.words import language, shown

TEMPLATE = "visit/plan.html.j2"


@dataclass(frozen=True)
class Documents:
    """The documents of one plan, in the language of the talk."""

    desk: Desk
    plan: Plan
    busy: Mapping[str, Sequence[Busy]]
    replanned: bool
    cancelled: Sequence[PlannedVisit] = ()

    def made(self) -> Iterator[tuple[str, bytes]]:
        """Name and content of each file; workbook and year view first."""
        year = self.plan.days.year
        title = {"zh": f"{year}年走访计划", "en": f"visit-plan-{year}"}[language()]
        yield f"{title}.xlsx", self._book.made()
        yield f"{title}.html", self._page()
        visits = {person.label: theirs for person, theirs in self._book.engineers()}
        for label in dict.fromkeys([*visits, *sorted(visit.engineer for visit in self.cancelled)]):
            yield f"calendars/{year}-{safe_name(label)}.ics", self._agenda(label, visits.get(label, ()))

    @cached_property
    def _book(self) -> Book:
        unit = self.desk.workspace.sender.get("unit", "")
        when = f"{self.desk.as_of:%Y-%m-%d %H:%M}"
        return Book(self.plan, when, unit, language(), self.desk.book.vocabularies, self.replanned)

    @property
    def _wording(self) -> Wording:
        phrases = Phrases(language(), self.desk.book.vocabularies)
        return Wording(ROLES[language()], phrases, partial(counted, language()))

    def _page(self) -> bytes:
        view = year_view(self.plan, self.busy, self._wording) | {
            "language": language(),
            "unit": self.desk.workspace.sender.get("unit", ""),
            "province": self.desk.province or "",
            "when": f"{self.desk.as_of:%Y-%m-%d %H:%M}",
            "unplaced": [
                {"code": one.wanted.customer.code, "name": one.wanted.customer.name,
                 "slot": f"{one.wanted.slot.start} – {one.wanted.slot.end}",
                 "engineer": one.person.label if one.person else "", "because": shown(one.because, language())}
                for one in self.plan.unplaced[:200]
            ],
            "rows": (),
        }  # fmt: skip
        with self.desk.renderers() as renderers:
            ((_, made),) = renderers.made(
                self.desk.template_folders, [(None, Order(view, (Document("plan.html", TEMPLATE),)))]
            )
        ((_, content),) = made.files
        return content

    def _agenda(self, engineer: str, visits: Sequence[Appointment]) -> bytes:
        words, year = AGENDA[language()], self.plan.days.year
        mark = words["provisional"] if self.plan.days.provisional else ""
        days = [
            Whole(
                uid=_uid(year, visit.customer.code, visit.wanted.number, visit.wanted.of),
                sequence=visit.sequence,
                day=visit.day,
                summary=words["summary"].format(name=visit.customer.name) + mark,
                location=visit.customer.headquarters,
                description=self._body(words["body"], visit),
                tentative=self.plan.days.provisional,
            )
            for visit in visits
        ]
        days += [self._cancelled(visit) for visit in self.cancelled if visit.engineer == engineer]
        return agenda(words["name"].format(year=year, engineer=engineer) + mark, days, self.desk.as_of)

    def _cancelled(self, visit: PlannedVisit) -> Whole:
        """An entry of the calendar before that goes; its number is above the one it had, or no calendar would heed."""
        words, code = AGENDA[language()], visit.customer_code
        return Whole(
            uid=_uid(visit.year, code, visit.number, visit.of),
            sequence=visit.sequence + 1,
            day=visit.day,
            summary=words["summary"].format(name=self._names.get(code, code)) + words["cancelled"],
            location=visit.place,
            description=words["was"].format(code=code),
            cancelled=True,
        )

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return {visit.customer.code: visit.customer.name for visit in self.plan.visits}

    def _body(self, text: str, visit: Appointment) -> str:
        who, slot = visit.customer, visit.wanted.slot
        return text.format(
            code=who.code, level=self._wording.level(who), n=visit.wanted.number, of=visit.wanted.of,
            a=slot.start, b=slot.end, contact=who.contact or "–", phone=who.contact_phone or "",
            content=self._book.content(visit.content),
        )  # fmt: skip


def _uid(year: int, code: str, number: int, of: int) -> str:
    return f"visit-{year}-{safe_name(code)}-{number}-{of}@aftersales"
