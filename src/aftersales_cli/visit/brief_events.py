"""What happened to a customer, as the brief lists it: faults, complaints, cutovers, warnings, crises, inspections."""

from __future__ import annotations

from dataclasses import dataclass

from aftersales_cli.records.complaints import Complaint
from aftersales_cli.records.crises import Crisis
from aftersales_cli.records.faults import Fault
from aftersales_cli.records.inspections import Inspection
from aftersales_cli.records.warnings import CustomerWarning
from aftersales_cli.visit.figures import Figures
from aftersales_cli.visit.history import History, Planned, is_active
from aftersales_cli.visit.interruptions import Interruption, Since
from aftersales_cli.visit.papers import Paper, View, few


@dataclass(frozen=True)
class Events:
    """The lists of one paper."""

    paper: Paper

    @property
    def history(self) -> History:
        """The customer's rows."""
        return self.paper.history

    @property
    def since(self) -> Since:
        """The days looked at."""
        return self.paper.since

    @property
    def figures(self) -> Figures:
        """How values are put into words."""
        return self.paper.figures

    def all(self) -> View:
        """Each list with how many it has; the latest first, of inspections the open ones."""
        planned, now = self.history.planned, self.history.now
        past = [each for each in reversed(planned) if each.end <= now and self.since.holds(each.start)]
        warnings = sorted(self.history.warnings, key=lambda row: row.issued_at.at, reverse=True)
        crises = sorted(self.history.crises, key=lambda row: row.occurred_at.at, reverse=True)
        inspections = sorted(self.history.inspections, key=lambda row: (row.closed_on is not None, row.date))
        return {
            "faults": few(self.faults()),
            "complaints": few(self._complaints()),
            "past": few([self._planned(each) for each in past]),
            "coming": few([self._planned(each) for each in planned if each.end > now]),
            "warnings": few([self._warning(row) for row in warnings]),
            "crises": few([self._crisis(row) for row in crises]),
            "inspections": few([self._inspection(row) for row in inspections]),
        }

    def _warning(self, row: CustomerWarning) -> View:
        return {
            "number": row.warning_no,
            "level": self.figures.term("warning_levels", row.level),
            "issued": self.figures.at(row.issued_at),
            "until": self.figures.at(row.valid_until),
            "active": is_active(row, self.history.now),
            "lifted": self.figures.at(row.lifted_at),
            "reason": row.reason or "",
            "measures": list(row.measures),
        }

    def _crisis(self, row: Crisis) -> View:
        return {
            "number": row.crisis_no,
            "form": row.form.value,
            "at": self.figures.at(row.occurred_at),
            "text": row.text or "",
            "measures": list(row.measures),
            "outcome": row.outcome or "",
            "closed": self.figures.date(row.closed_on),
            "demanded": row.demanded_rank or "",
        }

    def _inspection(self, row: Inspection) -> View:
        return {
            "number": row.inspection_no,
            "circuit": row.circuit_code or "",
            "date": self.figures.date(row.date),
            "finding": row.finding or "",
            "hazard": row.hazard or "",
            "proposal": row.proposal or "",
            "closed": self.figures.date(row.closed_on),
        }

    def faults(self) -> list[View]:
        """The faults of these days, the latest first."""
        found = [
            each for each in self.history.interruptions if isinstance(each.row, Fault) and self.since.touches(each)
        ]
        return [self.fault(each) for each in reversed(found)]

    def fault(self, each: Interruption) -> View:
        """One fault with its circuit, rate, start, end, duration, cause and handling (R79)."""
        row, figures = each.row, self.figures
        assert isinstance(row, Fault)
        return {
            "number": row.fault_no,
            "circuit": row.circuit_code,
            "rate": row.rate or self.paper.rate_of(row.circuit_code),
            "began": figures.at(row.began_at),
            "restored": figures.restored(row),
            "duration": figures.duration(each.outage),
            "open": each.outage is not None and each.outage.open,
            "cause": row.cause or "",
            "handling": row.handling or "",
            "self_recovered": bool(row.self_recovered),
        }

    def _complaints(self) -> list[View]:
        found = [e for e in self.history.interruptions if isinstance(e.row, Complaint) and self.since.touches(e)]
        return [self._complaint(each) for each in reversed(found)]

    def _complaint(self, each: Interruption) -> View:
        row, figures = each.row, self.figures
        assert isinstance(row, Complaint)
        return {
            "number": row.complaint_no,
            "kind": figures.word(row.kind),
            "circuit": row.circuit_code,
            "reported": figures.at(row.reported_at),
            "began": figures.at(row.began_at),
            "restored": figures.restored(row) if each.outage else "",
            "duration": figures.duration(each.outage),
            "cause": figures.word(row.cause),
            "text": row.text or "",
        }

    def _planned(self, each: Planned) -> View:
        """A cutover; of its circuits only the customer's."""
        return {
            "task_no": each.task_no,
            "window": self.figures.span(each.start, each.end),
            "circuits": self.figures.listing(each.circuits),
            "interruption": self.figures.listed(
                [self.figures.form(form) for form in each.interruption.split("、") if form]
            ),
            "reason": self.figures.term("reasons", each.reason),
            "province": self.figures.term("provinces", each.province),
            "told": self.figures.at(each.told_at),
            "cancelled": each.cancelled,
            "by_route": each.by_route,
        }
