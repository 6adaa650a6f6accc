"""What the templates of feedback are given: plain texts, and nothing of any other customer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from aftersales_cli.cutover.phrases import Phrases
from aftersales_cli.cutover.task import Pair, Task
from aftersales_cli.feedback.affected import Affected
from aftersales_cli.feedback.case import Case
from aftersales_cli.feedback.deadline import Deadline
from aftersales_cli.feedback.happening import Asked, Next
from aftersales_cli.places import Known
from aftersales_cli.records.departments import Department
from aftersales_cli.records.values import Instant
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.rules.decision import Decision, Verdict
from aftersales_cli.words import shown

View = dict[str, object]
ACTIONS = {
    ("ASR-1", Verdict.BREACHED): "停止或改期",
    ("ASR-1", Verdict.NEEDS_A_PERSON): "待核实",
    ("ASR-2", Verdict.MET): "确需实施的，按故障处理",
    ("ASR-2", Verdict.NEEDS_A_PERSON): "待核实",
    ("ASR-3", Verdict.MET): "提示：与客户沟通后实施",
    ("ASR-3", Verdict.NEEDS_A_PERSON): "待核实",
}
"""What the approval departments are asked to do with a task, by rule and verdict (R7, R8, D5)."""
NOTHING_SAID = "规则未要求调整"


@dataclass(frozen=True)
class Pages:
    """Makes the views; `sender` as the settings have it."""

    vocabularies: Vocabularies
    sender: Mapping[str, str]

    def letter(self, case: Case, new: Next) -> View:
        """The letter that tells the customer why the work goes on as planned (R5); in the customer's language."""
        language = case.customer.language or "zh"
        phrases = Phrases(language, self.vocabularies)
        assert case.task is not None
        return self._head(case, new, phrases) | {
            "received": phrases.day(case.row.received_at.day),
            "wish": (case.row.text or "").rstrip(" .。!！"),
            "work": self._work(case.task, case.pairs, phrases),
            "reason": [line.strip() for line in (case.row.unit_reason or "").splitlines() if line.strip()],
        }

    def support(self, case: Case, new: Next, due: Deadline, unit: Department | None) -> View:
        """What the initiating unit is asked for, by when or that it is late already, and whom to tell (R4, R5)."""
        phrases = Phrases("zh", self.vocabularies)
        assert case.task is not None
        named = initiating_unit(case.task)
        return self._head(case, new, phrases) | {
            "unit": {
                "name": named or "割接发起单位",
                "contact": (unit.contact or "") if unit else "",
                "phone": (unit.phone or "") if unit else "",
            },
            "asked": Asked(new.said["asked"]).value,
            "text": case.row.text or "",
            "work": self._work(case.task, case.pairs, phrases),
            "due": due_text(due, phrases),
            "overdue": due.passed(case.now) is True,
        }

    def request(self, case: Case, new: Next, met: Sequence[Affected], to: Sequence[Department]) -> View:
        """What the approval departments are given: the request, and every task of the period that it touches (R6)."""
        phrases = Phrases("zh", self.vocabularies)
        row = case.row
        assert row.level is not None and row.start is not None and row.end is not None
        return self._head(case, new, phrases) | {
            "title": "重保要求转告",
            "departments": [_department(each) for each in to],
            "level": row.level,
            "customer_level": case.customer.level,
            "period": _period(row.start, row.end, phrases),
            "circuits": list(row.circuit_codes),
            "text": row.text or "",
            "rows": [self._row(one, phrases) for one in met],
            "stopped": sum(any(d.verdict is Verdict.BREACHED for d in one.decisions) for one in met),
        }

    def _head(self, case: Case, new: Next, phrases: Phrases) -> View:
        owner = case.owner
        return {
            "language": phrases.language,
            "issued_on": phrases.day(case.now.date()),
            "message_id": message_id(case, new),
            "sender": dict(self.sender),
            "customer": {
                "code": case.customer.code, "name": case.customer.name, "contact": case.customer.contact or "",
            },
            "feedback_no": case.number,
            "received": _moment(case.row.received_at, phrases),
            "engineer": {"name": owner.name if owner else "", "contact": (owner.contact or "") if owner else ""},
            "rows": [],
        }  # fmt: skip

    def _work(self, task: Task, pairs: Sequence[Pair], phrases: Phrases) -> View:
        """A task as one customer may read of it."""
        window = task.window.value
        forms = [(pair.circuit_code or "", str(pair.interruption.value or "")) for pair in pairs]
        return {
            "task_no": task.name,
            "window_text": phrases.span(window.start, window.end) if window else "",
            "interruption_text": phrases.worst([form for _, form in forms if form]) if forms else "",
            "province": phrases.term("provinces", task.province.value) if isinstance(task.province, Known) else "",
            "reason": phrases.term("reasons", task.reason.value) if isinstance(task.reason, Known) else "",
            "circuits": [circuit for circuit, _ in forms if circuit],
        }

    def _row(self, one: Affected, phrases: Phrases) -> View:
        work, window = self._work(one.task, one.pairs, phrases), one.task.window.value
        return work | {
            "window": str(window) if window else "未能读出",
            "window_text": work["window_text"] or "未能读出",
            "category": one.task.category.value.value if isinstance(one.task.category, Known) else "未知",
            "circuit_codes": "\n".join(pair.circuit_code or "" for pair in one.pairs),
            "unit": initiating_unit(one.task) or "",
            "rules": "、".join(decision.rule for decision in one.decisions) or "–",
            "action": _action(one.decisions),
            "stop": any(decision.verdict is Verdict.BREACHED for decision in one.decisions),
            "says": "；".join(decision.says.to("zh") for decision in one.decisions),
        }


def initiating_unit(task: Task) -> str | None:
    """The unit that started the work, as the first row that names one has it."""
    return next((str(unit) for row in task.rows if (unit := row.fact("initiating_unit").value)), None)


def message_id(case: Case, new: Next) -> str:
    """Eight hexadecimal digits from the case, what happened and what was said."""
    key = json.dumps([case.number, case.customer.code, new.event.value, dict(new.said)], sort_keys=True)
    return hashlib.sha256(key.encode()).hexdigest()[:8]


def due_text(due: Deadline, phrases: Phrases) -> str:
    """A deadline in a sentence of a document for the house."""
    by = due.due
    text = phrases.day(by)
    return f"{text} {by:%H:%M}" if isinstance(by, datetime) else f"{text}（含当日）"


def _moment(at: Instant, phrases: Phrases) -> str:
    return phrases.day(at.day) if at.whole_day else f"{phrases.day(at.day)} {at.at:%H:%M}"


def _period(start: Instant, end: Instant, phrases: Phrases) -> str:
    return f"{_moment(start, phrases)} 至 {_moment(end, phrases)}"


def _department(department: Department) -> View:
    reached = [shown(each, "zh") for each in (department.contact, department.phone, *department.email) if each]
    return {"name": department.name, "contact": "　".join(reached)}


def _action(decisions: Sequence[Decision]) -> str:
    said = [ACTIONS[d.rule, d.verdict] for d in decisions if (d.rule, d.verdict) in ACTIONS]
    return "；".join(dict.fromkeys(said)) or NOTHING_SAID
