"""What a column holds, in words: for forms, schemas and the reference pages."""

from __future__ import annotations

from collections.abc import Mapping

from aftersales_cli.records import amounts, cells, milestones, moments, one_of
from aftersales_cli.records.columns import Column, Parse
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.words import Say

_HOLDS: Mapping[Parse, Say] = {
    cells.text: Say("a text"),
    cells.entries: Say("a text"),
    cells.code: Say("a code, kept exactly as written"),
    cells.task_number: Say("a code; full-width letters and digits become ordinary ones"),
    cells.code_lines: Say("a code, kept exactly as written; several are separated by semicolons"),
    cells.codes: Say("one or several codes, separated by semicolons"),
    moments.instant: Say("a day and a time, Beijing time"),
    milestones.filed: Say("a day and a time, Beijing time; 未填报 where it was not filed"),
    milestones.published: Say("a day and a time, Beijing time; 未发布 where it was not published"),
    milestones.delivered: Say("a day and a time, Beijing time; 未送达 where it was not delivered"),
    milestones.restored: Say("a day and a time, Beijing time; 未恢复 where the service is not back"),
    one_of.cause: Say("what was found to be the cause"),
    one_of.complaint_kind: Say("a fault reported, or a grievance"),
    one_of.feedback_kind: Say("what the customer wants"),
    one_of.outcome: Say("what became of it"),
    one_of.visit_kind: Say("why the customer is visited"),
    one_of.manner: Say("how the customer is visited; only 上门 is on site"),
    one_of.crisis_form: Say("how the crisis shows itself"),
    amounts.minutes: Say("a length of time in minutes or hours"),
    cells.names: Say("one or several names, separated by semicolons"),
    cells.sentences: Say("one or several sentences, separated by semicolons"),
    cells.actions: Say("measures, each as measure|owner|due day, separated by semicolons"),
    amounts.count: Say("a whole number"),
    moments.window: Say("two times, from and to, Beijing time"),
    amounts.interruption: Say("中断 with minutes, 瞬断 or 不中断"),
    one_of.category: Say("the kind of work"),
    one_of.status: Say("what became of it"),
    moments.day: Say("a day"),
    amounts.lead: Say("a lead time: working days, days or hours"),
    one_of.yes_no: Say("是 or 否"),
    moments.daily_hours: Say("hours of the day, from and to"),
    cells.phone: Say("a telephone number"),
    cells.emails: Say("one or several e-mail addresses, separated by semicolons"),
    cells.by_province: Say("engineers, each as province:name, separated by semicolons"),
    one_of.language: Say("the language of notices: zh or en"),
}


_WRITTEN: Mapping[Parse, Say] = {
    moments.day: moments.DAY,
    moments.instant: moments.INSTANT,
    milestones.filed: milestones.FILED,
    milestones.published: milestones.PUBLISHED,
    milestones.delivered: milestones.DELIVERED,
    milestones.restored: milestones.RESTORED,
}


def when(column: Column) -> Say | None:
    """How its day or instant is written, with an example; None for a column of anything else."""
    return _WRITTEN.get(column.parse)


def holds(column: Column) -> Say:
    """What stands in a cell of this column."""
    return column.note or _HOLDS.get(column.parse, Say("a text"))


def words(column: Column, vocabularies: Vocabularies) -> tuple[str, ...]:
    """The words to choose from: the closed set, or a word list's; none where anything may be written."""
    vocabulary = vocabularies.get(column.vocabulary or column.offers or "")
    return column.choices or (vocabulary.words if vocabulary else ())


def described(column: Column) -> Say:
    """What it holds, whether it must be filled, and an example: the note beside a heading."""
    need = Say("required") if column.required else Say("may be empty")
    if column.example:
        return Say("{holds}; {need}. Example: {example}", holds=holds(column), need=need, example=column.example)
    return Say("{holds}; {need}.", holds=holds(column), need=need)
