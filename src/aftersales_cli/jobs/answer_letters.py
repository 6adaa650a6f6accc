"""The letter that answers a complaint: what its templates are given, in the customer's language, nothing internal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aftersales_cli.complaint.answer import Answer
from aftersales_cli.complaint.answering import Answered
from aftersales_cli.cutover.phrases import Phrases
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.events import AnswerGiven
from aftersales_cli.records.values import Instant, Interruption, Window, Word
from aftersales_cli.register.customers import Customers

View = dict[str, object]
TOLD = (Answer.PLANNED_CUTOVER, Answer.NETWORK_FAULT)
"""The answers that customers get a letter of."""
COMPLAINT = ("complaint_no", "circuit", "reported", "began", "restored", "lasted")
WORK = ("task_no", "window", "told_on", "announced")
LABELS = {
    "zh": {
        "complaint_no": "申告编号",
        "circuit": "电路代号",
        "reported": "申告时间（北京时间）",
        "began": "中断开始（北京时间）",
        "restored": "业务恢复（北京时间）",
        "lasted": "中断时长",
        "task_no": "割接任务号",
        "window": "通知的割接时间",
        "told_on": "通知送达",
    },
    "en": {
        "complaint_no": "Complaint",
        "circuit": "Circuit",
        "reported": "Reported (Beijing time)",
        "began": "Interrupted from (Beijing time)",
        "restored": "Restored (Beijing time)",
        "lasted": "Lasted",
        "task_no": "Task number of the work",
        "window": "Time announced for the work",
        "told_on": "Notice delivered",
    },
}


@dataclass(frozen=True)
class Letters:
    """Makes the views of one desk's letters."""

    desk: Desk

    def content(self, one: Answered, customer: Customer) -> View:
        """All that the letter says, but for its date, its number and what it replaces."""
        language = customer.language or "zh"
        phrases = Phrases(language, self.desk.book.vocabularies)
        said = {"complaint_no": one.complaint.complaint_no, "circuit": _circuit(one)}
        said |= _times(one, phrases) | (_work(one, phrases) if one.answer is Answer.PLANNED_CUTOVER else {})
        labels = LABELS[language]
        return {
            "language": language,
            "answer": one.answer.value,
            "customer": {"code": customer.code, "name": customer.name, "contact": customer.contact or ""},
            "sender": dict(self.desk.workspace.sender),
            "rows": [{"label": labels[key], "value": said[key]} for key in labels if said.get(key)],
            "complaint": {key: said.get(key, "") for key in COMPLAINT},
            "work": {key: said.get(key, "") for key in WORK},
            "restored": _state(one),
        }

    def view(self, content: View, letter_id: str, replaces: AnswerGiven | None) -> View:
        """What the templates are given; `replaces` is the letter that went out before."""
        phrases = Phrases(str(content["language"]), self.desk.book.vocabularies)
        earlier = {"message_id": "", "issued_on": ""}
        if replaces is not None and replaces.letter is not None:
            number = number_of(replaces.complaint_no, replaces.letter)
            earlier = {"message_id": number, "issued_on": phrases.day(replaces.answered_at.date())}
        today = phrases.day(self.desk.as_of.date())
        return {**content, "message_id": letter_id, "issued_on": today, "replaces": earlier}


def fingerprint(content: Mapping[str, Any]) -> str:
    """What a document is recognised by when it is due again; the same content, the same letters."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def number_of(complaint_no: str, digest: str) -> str:
    """Eight hexadecimal digits, from the complaint and what is said of it."""
    return hashlib.sha256(f"{complaint_no}\x1f{digest}".encode()).hexdigest()[:8]


def _circuit(one: Answered) -> str:
    """As the inventory spells it, as in the notice; else as the complaint does."""
    pair = one.case.pair
    return (pair.circuit_code if pair else None) or one.complaint.circuit_code


def _state(one: Answered) -> str:
    """Whether the service is back, as far as is known: `yes`, `no`, or nothing."""
    restored = one.complaint.restored_at
    return "yes" if isinstance(restored, Instant) else "no" if restored is Word.NOT_RESTORED else ""


def _times(one: Answered, phrases: Phrases) -> dict[str, str]:
    complaint = one.complaint
    found = {"reported": _moment(complaint.reported_at, phrases)}
    if complaint.began_at is not None:
        found["began"] = _moment(complaint.began_at, phrases)
    if isinstance(complaint.restored_at, Instant):
        found["restored"] = _moment(complaint.restored_at, phrases)
    lasted = _lasted(one)
    return found | ({"lasted": _length(lasted, phrases)} if lasted else {})


def _work(one: Answered, phrases: Phrases) -> dict[str, str]:
    """The cutover as the customer was told of it, when; and where it took longer than announced, what was announced."""
    said = {"task_no": one.task_no or ""}
    for evidence in one.facts["R"].evidence:
        if isinstance(evidence.value, Window):
            said["window"] = phrases.span(evidence.value.start, evidence.value.end)
    for evidence in one.facts["D"].evidence:
        if isinstance(evidence.value, Instant):
            said["told_on"] = _moment(evidence.value, phrases)
    said["announced"] = _exceeded(one, phrases)
    return said


def _exceeded(one: Answered, phrases: Phrases) -> str:
    """The announced length, where the interruption lasted longer; the customer has noticed."""
    lasted = _lasted(one)
    for evidence in one.facts["I"].evidence:
        said = evidence.value
        if isinstance(said, Interruption) and said.minutes is not None and lasted is not None:
            limit = timedelta(minutes=said.minutes)
            if lasted > limit or (said.below and lasted == limit):
                return _length(limit, phrases)
    return ""


def _lasted(one: Answered) -> timedelta | None:
    """How long the service was interrupted, where both ends are known to the minute."""
    began, restored = one.complaint.began_at, one.complaint.restored_at
    exact = began is not None and isinstance(restored, Instant) and not (began.whole_day or restored.whole_day)
    return restored.at - began.at if exact and began is not None and isinstance(restored, Instant) else None


def _moment(at: Instant, phrases: Phrases) -> str:
    day = phrases.day(at.day)
    return day if at.whole_day else f"{day} {at.at:%H:%M}" if phrases.chinese else f"{day}, {at.at:%H:%M}"


def _length(lasted: timedelta, phrases: Phrases) -> str:
    """`1小时5分钟`, `1 h 5 min`; begun minutes count."""
    hours, minutes = divmod(-(-lasted // timedelta(minutes=1)), 60)
    parts = [(hours, "小时", " h"), (minutes, "分钟", " min")]
    texts = [f"{n}{zh if phrases.chinese else en}" for n, zh, en in parts if n]
    none = "不到1分钟" if phrases.chinese else "less than a minute"
    return ("" if phrases.chinese else " ").join(texts) or none


def addressee(one: Answered, customers: Customers) -> Customer | None:
    """Whom to write to: the owner of the circuit, else the customer the complaint names."""
    if one.case.customer is not None:
        return one.case.customer
    code = one.case.customer_code
    return customers.by_code(code) if code else None
