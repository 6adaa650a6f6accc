"""What the sheets of a year's plan have in common: words, columns, the notes and cautions on top, days in a cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from aftersales_cli.cutover.phrases import Phrases
from aftersales_cli.documents.sheets import Cell, Column, Section, Sheet
from aftersales_cli.jobs.visit_plan_words import WIDER, WORDS, counted
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.visit.frequency import Numbered
from aftersales_cli.visit.plan import Appointment, Plan
from aftersales_cli.visit.plan_years import CustomerYear
from aftersales_cli.visit.slots import Slot
from aftersales_cli.words import shown
from aftersales_cli.workdays.showing import weekday

IN_A_LINE = 4
"""Days of visits in one line of a cell."""
BOX = "\u25a1"
"""What is ticked on paper when a visit was made."""


@dataclass(frozen=True)
class Sheets:
    """Makes sheets of one plan, made by `unit` at `when`, in which language; `replanned` where one stood before.

    The visits of the customers `stood` (codes) stand as before, for their rows could not be read. `made_up` are the
    Saturdays and Sundays on which people work.
    """

    plan: Plan
    when: str
    unit: str
    language: str
    words: Vocabularies
    numbers: Numbered
    replanned: bool
    stood: frozenset[str] = frozenset()
    made_up: frozenset[date] = frozenset()

    def say(self, key: str, **values: object) -> str:
        """A heading or sentence in the language of the documents."""
        return WORDS[self.language][key].format(**values)

    def counted(self, what: str, n: int) -> str:
        """`12 visits`."""
        return counted(self.language, what, n)

    def term(self, vocabulary: str, word: str | None) -> str:
        """A word of the rule book's lists; empty for none."""
        return Phrases(self.language, self.words).term(vocabulary, word) if word else ""

    def level(self, who: Customer) -> str:
        """A customer's level; empty where nobody could read it."""
        return self.term("customer_levels", who.level)

    def place(self, name: str) -> str:
        """A province in the language of the documents; any other place as it is written."""
        return self.term("provinces", name)

    def weekday(self, day: date) -> str:
        """The day of the week; of a Saturday or Sunday that is worked, that it is."""
        named = shown(weekday(day), self.language)
        return self.say("made_up", weekday=named) if day in self.made_up else named

    def sheet(
        self, key: str, title: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell] | Section], *,
        frozen: int = 0, of: Sequence[CustomerYear] | None = None,
    ) -> Sheet:  # fmt: skip
        """One sheet; its note counts the customers it shows (`of`) with their visits, else the whole plan."""
        plan = self.plan
        visits = plan.visits if of is None else [visit for one in of for visit in one.visits]
        made = self.say("made", unit=self.unit, when=self.when,
                        customers=self.counted("customers", len(plan.wanted if of is None else of)),
                        visits=self.counted("visits", len(visits)),
                        engineers=self.counted("engineers", len({visit.by.person for visit in visits})))  # fmt: skip
        return Sheet(self.say(key), title, tuple(columns), rows, (made,), "\n".join(self.warnings()) or None, frozen)

    def warnings(self) -> Iterator[str]:
        """What stands in red on every sheet: that the days are provisional, and what the plan may be wrong about."""
        if self.plan.days.provisional:
            yield self.say("provisional", year=self.plan.days.year)
        yield from (caution.to(self.language) for caution in self.plan.cautions)

    def columns(self, *wanted: tuple[str, float, bool]) -> list[Column]:
        """Columns by the key of their heading, width, and whether texts stand in the middle."""
        wider = WIDER[self.language]
        return [Column(self.say(key), wider.get(key, width), middle) for key, width, middle in wanted]

    @property
    def title(self) -> str:
        """What the year's plan is called."""
        return self.say("title", year=self.plan.days.year)

    def contents(self, found: Iterable[tuple[str, Sequence[str]]]) -> Iterator[str]:
        """What visits are about: (level, content); a line for each level, the highest first."""
        by_level = dict(found)
        rank, lowest = self.words["customer_levels"].rank, len(self.words["customer_levels"].terms)
        for level in sorted(by_level, key=lambda level: (lowest if (at := rank(level)) is None else at, level)):
            named = self.term("customer_levels", level) or "–"
            yield self.say("about", level=named, content=self.content(by_level[level]))

    def content(self, content: Sequence[str]) -> str:
        """What a visit is about, as one line."""
        if self.language == "zh":
            return "；".join(content)
        return "; ".join(self.term("visit_contents", word) for word in content)

    def days(self, visits: Sequence[Appointment], box: str = "") -> str:
        """Some days to a line, so that none is broken in two; `box` before each."""
        days = [
            box + self.say("month_day", month=visit.day.month, day=visit.day.day, both=f"{visit.day:%m\u2011%d}")
            for visit in visits
        ]
        lines = [self.say("comma").join(days[i : i + IN_A_LINE]) for i in range(0, len(days), IN_A_LINE)]
        return f"{self.say('comma').rstrip()}\n".join(lines)

    def span(self, slot: Slot) -> str:
        """A slot within the year."""
        return f"{slot.start:%m-%d} … {slot.end:%m-%d}"
