"""What the papers of one visit have in common: whose they are, of which days, what is missing, and their head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aftersales_cli.records.folding import folded_circuit
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.visit.availability import months
from aftersales_cli.visit.charts import bars, text_bar
from aftersales_cli.visit.figures import NAMES, Figures
from aftersales_cli.visit.history import History
from aftersales_cli.visit.interruptions import Since, midnight
from aftersales_cli.words import Say

View = dict[str, Any]
ROWS = 80
"""How many rows of a table are shown; the rest is counted."""
TABLES = ("circuits", "routes", "faults", "complaints", "cutovers", "warnings", "crises", "inspections", "visits")


@dataclass(frozen=True)
class Paper:
    """One customer's papers in `language`, of the days `since`; `sender` as the settings have it."""

    history: History
    since: Since
    vocabularies: Vocabularies
    sender: Mapping[str, str]
    language: str

    @property
    def figures(self) -> Figures:
        """How values are put into words."""
        return Figures(self.language, self.vocabularies)

    def head(self) -> View:
        """What every paper of a visit begins with."""
        customer, figures = self.history.customer, self.figures
        return {
            "language": self.language,
            "issued_on": figures.day(self.history.now.date()),
            "as_of": figures.at(self.history.now),
            "sender": {key: self.sender.get(key, "") for key in ("name", "unit", "phone", "email")},
            "customer": {"code": customer.code, "name": customer.name, "contact": customer.contact or ""},
            "period": {"start": figures.date(self.since.start.date()), "end": figures.date(self.since.last)},
            "gaps": [figures.gap(table, self.history.gaps[table]) for table in TABLES if table in self.history.gaps],
            "short": [
                figures.say(
                    Say(
                        "the earliest of all {table} is of {day}; what was before it the file may not tell",
                        table=NAMES[table],
                        day=at.date(),
                    )
                )
                for table, at in self.history.reaches.items()
                if at > self.since.start
            ],
            "has": {table: self.history.has(table) for table in TABLES},
            "rows": [],
        }

    @property
    def recorded(self) -> Since | None:
        """Those of these days that faults or reports speak of, from the first day on record; None where none does."""
        first = min(self.history.reaches.values(), default=self.since.end)
        start = max(self.since.start, midnight(first.date()))
        return Since(start, self.since.end) if first < self.since.end else None

    def per_month(self) -> View:
        """Interruptions by the month they began in: the drawing, and the same as lines for Word.

        A month before the first day on record has no number: nothing known is not none.
        """
        spans = list(months(self.since.start, self.since.end))
        begun = [each.start for each in self.history.stretches]
        first = self.recorded.start if self.recorded else self.since.end
        counts = [sum(span.start <= at < span.end for at in begun) if span.end > first else None for span in spans]
        labels = [f"{span.start:%Y-%m}" for span in spans]
        top = max((n or 0 for n in counts), default=0)
        lines = [{"label": label, "count": "–" if n is None else n, "bar": text_bar(n or 0, top)}
                 for label, n in zip(labels, counts, strict=True)]  # fmt: skip
        return {
            "known": self.history.has("faults", "complaints"),
            "some": any(counts),
            "blank": None in counts,
            "drawing": bars(labels, counts),
            "lines": lines,
        }

    def rate_of(self, code: str) -> str:
        """The rate of a circuit in the inventory."""
        key = folded_circuit(code)
        rates = (circuit.rate for circuit in self.history.circuits if folded_circuit(circuit.circuit_code) == key)
        return next((rate for rate in rates if rate), "")


def few(rows: Sequence[View]) -> View:
    """As many as are shown, how many there are, and how many are left out."""
    return {"rows": list(rows[:ROWS]), "count": len(rows), "more": max(0, len(rows) - ROWS)}
