"""The files of a year's plan: the workbook, the year view, a calendar for each engineer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial
from hashlib import sha256

from aftersales_cli.cutover.phrases import Phrases
from aftersales_cli.documents.agenda import Whole, agenda
from aftersales_cli.documents.order import Document, Order
from aftersales_cli.files.names import safe_name
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.visit_plan_book import Book
from aftersales_cli.jobs.visit_plan_sheets import Sheets
from aftersales_cli.jobs.visit_plan_unread import Stood
from aftersales_cli.jobs.visit_plan_words import AGENDA, ROLES, counted
from aftersales_cli.records.events import PlannedVisit
from aftersales_cli.records.folding import folded
from aftersales_cli.visit.days import Busy
from aftersales_cli.visit.frequency import Numbered
from aftersales_cli.visit.plan import Appointment, Plan
from aftersales_cli.visit.plan_views import Wording, year_view
from aftersales_cli.words import Say, language, shown

TEMPLATE = "visit/plan.html.j2"


@dataclass(frozen=True)
class Documents:
    """The documents of one plan, in the language of the talk.

    `codes` are the customers' codes as calendars have them already, by folded code: an entry keeps its id though the
    table spells the code otherwise now. `stood` is what stands for customers whose rows could not be read; `cautions`
    are on every sheet, page and appointment beside those of the plan.
    """

    desk: Desk
    planned: Plan
    busy: Mapping[str, Sequence[Busy]]
    numbers: Numbered
    replanned: bool
    cancelled: Sequence[PlannedVisit] = ()
    stood: Stood = field(default_factory=Stood)
    cautions: Sequence[Say] = ()
    codes: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def plan(self) -> Plan:
        """All that the documents show."""
        cautions = tuple(dict.fromkeys([*self.cautions, *self.planned.cautions]))
        return replace(self.stood.beside(self.planned), cautions=cautions)

    def made(self) -> Iterator[tuple[str, bytes]]:
        """Name and content of each file; workbook and year view first."""
        year = self.plan.days.year
        title = {"zh": f"{year}年走访计划", "en": f"visit-plan-{year}"}[language()]
        yield f"{title}.xlsx", self._book.made()
        yield f"{title}.html", self._page()
        visits: dict[str, list[Appointment]] = {}
        for person, theirs in self._book.engineers():
            visits.setdefault(person.label, []).extend(theirs)
        for label in dict.fromkeys([*visits, *sorted(visit.engineer for visit in self.cancelled)]):
            yield f"calendars/{year}-{safe_name(label)}.ics", self._agenda(label, visits.get(label, ()))

    @cached_property
    def _book(self) -> Book:
        return Book(Sheets(
            self.plan,
            f"{self.desk.as_of:%Y-%m-%d %H:%M}",
            self.desk.workspace.sender.get("unit", ""),
            language(),
            self.desk.book.vocabularies,
            self.numbers,
            self.replanned,
            self.stood.codes,
            self._made_up,
        ))  # fmt: skip

    @property
    def _made_up(self) -> frozenset[date]:
        """The days on which people work for a day of rest; nobody knows those of a year that is not published."""
        workdays, year = self.desk.workdays, self.plan.days.year
        return workdays.exceptions(year)[1] if year in workdays.published_years else frozenset()

    @property
    def _wording(self) -> Wording:
        phrases = Phrases(language(), self.desk.book.vocabularies)
        return Wording(ROLES[language()], phrases, partial(counted, language()), self.stood.codes)

    def _page(self) -> bytes:
        view = year_view(self.plan, self.busy, self._wording) | {
            "language": language(),
            "unit": self.desk.workspace.sender.get("unit", ""),
            "province": self.desk.province or "",
            "when": f"{self.desk.as_of:%Y-%m-%d %H:%M}",
            "cautions": [caution.to(language()) for caution in self.plan.cautions],
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
                uid=uid_of(year, self._code(visit.customer.code), visit.wanted.number, visit.wanted.of),
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
            uid=uid_of(visit.year, self._code(code), visit.number, visit.of),
            sequence=visit.sequence + 1,
            day=visit.day,
            summary=words["summary"].format(name=self._names.get(folded(code), code)) + words["cancelled"],
            location=visit.place,
            description=words["was"].format(code=code),
            cancelled=True,
        )

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return {folded(visit.customer.code): visit.customer.name for visit in self.plan.visits}

    def _code(self, code: str) -> str:
        return self.codes.get(folded(code), code)

    def _body(self, text: str, visit: Appointment) -> str:
        who, slot = visit.customer, visit.wanted.slot
        body = text.format(
            code=who.code, level=self._wording.level(who), n=visit.wanted.number, of=visit.wanted.of,
            a=slot.start, b=slot.end, contact=who.contact or "–", phone=who.contact_phone or "",
            content=self._book.sheets.content(visit.content),
        )  # fmt: skip
        stands = [AGENDA[language()]["stands"]] if who.code in self.stood.codes else []
        return "\n".join([body, *stands, *(caution.to(language()) for caution in self.planned.cautions)])


def uid_of(year: int, code: str, number: int, of: int) -> str:
    """No two codes have the same: where a code is not safe in a file or calendar, some of its digest tells it apart."""
    safe = safe_name(code)
    part = safe if safe == code else f"{safe}-{sha256(code.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
    return f"visit-{year}-{part}-{number}-{of}@aftersales"
