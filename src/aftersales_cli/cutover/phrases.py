"""Days, spans, interruptions and listed words as a customer reads them, in one of the two languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from aftersales_cli.cutover.impact import DECLARED, Impact
from aftersales_cli.cutover.task import severity
from aftersales_cli.records import amounts
from aftersales_cli.records.columns import Refused
from aftersales_cli.records.values import Interruption, Interrupts
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.words import Say

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
KINDS = {Interrupts.YES: "Interruption", Interrupts.MOMENTARILY: "Momentary", Interrupts.NO: "No interruption"}


@dataclass(frozen=True)
class Phrases:
    """Puts values into `language` (`zh` or `en`)."""

    language: str
    vocabularies: Vocabularies

    @property
    def chinese(self) -> bool:
        """Whether the reader reads Chinese."""
        return self.language == "zh"

    def say(self, sentence: Say | None) -> str:
        """A sentence of ours, or nothing."""
        return sentence.to(self.language) if sentence else ""

    def term(self, vocabulary: str, word: str) -> str:
        """A word of the rule book's lists; an unlisted one as it is."""
        term = self.vocabularies[vocabulary].term(word)
        return word if term is None or self.chinese else term.english or word

    def listed(self, items: Sequence[str]) -> str:
        """Several codes in one sentence."""
        return ("、" if self.chinese else ", ").join(items)

    def day(self, day: date) -> str:
        """`2011年6月8日`, `8 June 2011`."""
        if self.chinese:
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"

    def span(self, start: datetime, end: datetime) -> str:
        """`2011年6月8日 00:00 至 06:00`; the second day only where it differs."""
        to = " 至 " if self.chinese else " to "
        until = f"{end:%H:%M}" if start.date() == end.date() else f"{self.day(end.date())} {end:%H:%M}"
        zone = "" if self.chinese else " (Beijing time)"
        return f"{self.day(start.date())} {start:%H:%M}{to}{until}{zone}"

    def form(self, form: str) -> str:
        """A declared interruption as the form prints it (R15); in English for an English form."""
        found = _read(form)
        if self.chinese or found is None:
            return form
        if found.minutes is None:
            return KINDS[found.kind]
        below = "less than " if found.below else ""
        return f"{KINDS[found.kind]}: {below}{found.minutes} minutes"

    def forms(self, forms: Sequence[tuple[str, str]]) -> str:
        """The interruptions of all circuits in one text: one form if all agree, else by circuit."""
        if len({form for _, form in forms}) == 1:
            return self.form(forms[0][1])
        return "; ".join(f"{circuit} {self.form(form)}".strip() for circuit, form in sorted(forms))

    def worst(self, forms: Sequence[str], *, together: bool = False) -> str:
        """The longest declared interruption in a sentence's words; `together`: another task cuts the other path."""
        found = [read for form in forms if (read := _read(form)) is not None]
        worst = max(found, key=severity, default=None)
        if together and (worst is None or worst.kind is not Interrupts.YES):
            return "与另一割接重叠时中断" if self.chinese else "an interruption while another task is at work, too"
        if worst is None or worst.kind is Interrupts.NO:
            return "不中断业务" if self.chinese else "no interruption"
        return _in_chinese(worst) if self.chinese else _in_english(worst)

    def together(self, met: Mapping[str, Sequence[str]]) -> str:
        """What other tasks do to circuits (by code) at the same time; nothing where there are none."""
        circuits: dict[str, list[str]] = {}
        for circuit, tasks in met.items():
            circuits.setdefault(self.listed(tasks), []).append(circuit)
        return ("；" if self.chinese else "; ").join(
            f"{self.listed(codes)} 的另一条路径同时有割接任务 {tasks}，两者重叠时业务将中断"
            if self.chinese
            else f"task {tasks} works on the other path of {self.listed(codes)} at the same time: service is"
            " interrupted while both last"
            for tasks, codes in circuits.items()
        )


def declared_impact(form: str) -> Impact:
    """What an interruption as the form prints it does to a circuit; unknown where it cannot be read."""
    found = _read(form)
    return Impact.UNKNOWN if found is None else DECLARED[found.kind]


def _read(form: str) -> Interruption | None:
    try:
        return amounts.interruption(form)
    except Refused:
        return None


def _in_chinese(worst: Interruption) -> str:
    minutes = worst.minutes
    if worst.kind is Interrupts.MOMENTARILY:
        return "瞬断" if minutes is None else f"瞬断（{'小于' if worst.below else ''}{minutes}分钟）"
    return f"中断{'小于' if worst.below else '约'}{minutes}分钟"


def _in_english(worst: Interruption) -> str:
    minutes = worst.minutes
    about = "less than" if worst.below or worst.kind is Interrupts.MOMENTARILY else "about"
    if worst.kind is Interrupts.MOMENTARILY:
        return "a momentary interruption" + ("" if minutes is None else f" of {about} {minutes} minutes")
    return f"an interruption of {about} {minutes} minutes"
