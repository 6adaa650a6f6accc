"""Engineers of one name at one place: one person, or two whom e-mail or phone tells apart (R18)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from aftersales_cli.places import Problem, Severity
from aftersales_cli.records.engineers import Engineer
from aftersales_cli.records.folding import folded
from aftersales_cli.visit.whereabouts import Gazetteer
from aftersales_cli.words import Say


@dataclass(frozen=True)
class _Somebody:
    """The rows that are taken for one person, the one with the surest contact first."""

    rows: list[Engineer]

    def has(self, row: Engineer) -> bool:
        """Whether a further row is about the same person: nothing in it says otherwise."""
        ours, theirs = {m for each in self.rows for m in _mails(each)}, _mails(row)
        if ours and theirs:
            return not ours.isdisjoint(theirs)
        phones = {_dialled(each.phone) for each in self.rows if each.phone}
        return not phones or row.phone is None or _dialled(row.phone) in phones

    def row(self, default: int) -> Engineer:
        """The row with the fewest visits a week, with all that is known of how to reach them."""
        least = min(self.rows, key=lambda each: _visits(each, default))
        mails = {folded(mail): mail for each in reversed(self.rows) for mail in reversed(each.email)}
        phone = least.phone or next((each.phone for each in self.rows if each.phone), None)
        return replace(least, email=tuple(reversed(mails.values())), phone=phone)


def once(
    engineers: Sequence[Engineer], default: int, gazetteer: Gazetteer
) -> tuple[tuple[Engineer, ...], tuple[Problem, ...]]:
    """Each person once, in the table's order, and a caution for each cell that another row of the name contradicts.

    Rows of one name at one place that have different e-mail addresses, or else phones, are different people: joined,
    their visits would be one person's. Other rows are one person's, and nobody can tell which is right: the smaller
    number of visits a week counts, so that no week becomes too full. `default` stands for an empty cell.
    """
    groups: dict[tuple[str, str | None, str], list[Engineer]] = {}
    for row in engineers:
        groups.setdefault(_key(row, gazetteer), []).append(row)
    found: list[Engineer] = []
    problems: list[Problem] = []
    for rows in groups.values():
        people = _told_apart(rows)
        found += [each.row(default) for each in people]
        problems += [problem for each in people for problem in _contradictions(each.rows, default)]
        problems += [_another(people[0].rows[0], each.rows[0]) for each in people[1:]]
    return tuple(found), tuple(problems)


def _key(row: Engineer, gazetteer: Gazetteer) -> tuple[str, str | None, str]:
    term, where = gazetteer.provinces.term(row.province), gazetteer.of_row(row)
    city = where.inside or folded(row.city or "").replace("市", "")  # districts of 北京 are no places, but tell apart
    return folded(row.name), term.word if term else row.province, city


def _told_apart(rows: Sequence[Engineer]) -> list[_Somebody]:
    """Whoever has an address or a phone is looked at first: a row without one may be any of them."""
    found: list[_Somebody] = []
    for row in sorted(rows, key=lambda each: (not each.email, not each.phone)):
        same = next((each for each in found if each.has(row)), None)
        if same is None:
            found.append(_Somebody([row]))
        else:
            same.rows.append(row)
    return found


def _visits(row: Engineer, default: int) -> int:
    return default if row.visits_per_week is None else row.visits_per_week


def _dialled(phone: str) -> str:
    """The digits alone, for 139 0000 0000 and 13900000000 are one number."""
    return "".join(filter(str.isdecimal, folded(phone)))


def _mails(row: Engineer) -> set[str]:
    return set(map(folded, row.email))


def _contradictions(rows: Sequence[Engineer], default: int) -> Iterator[Problem]:
    """Each row of one person with another number of visits a week than the least of those before it."""
    least = rows[0]
    for row in rows[1:]:
        ours, theirs = _visits(row, default), _visits(least, default)
        if ours != theirs:
            message = Say(
                "{engineer} at {place}: {ours} visits a week here, {theirs} in {other}; the smaller number counts",
                engineer=row.name, place=row.city or row.province, ours=ours, theirs=theirs,
                other=_row(least, "visits_per_week"),
            )  # fmt: skip
            hint = Say("keep one of the rows; two people of one name need different e-mail addresses or phones")
            yield _caution(message, row, "visits_per_week", hint)
        least = row if ours < theirs else least


def _another(first: Engineer, row: Engineer) -> Problem:
    """A second person of one name at one place."""
    field = "email" if first.email and row.email else "phone"
    message = Say(
        "{engineer} at {place}: {ours} here, {theirs} in {other}; they are planned as two people",
        engineer=row.name, place=row.city or row.province, ours=_reached(row, field), theirs=_reached(first, field),
        other=_row(first, field),
    )  # fmt: skip
    hint = Say("keep one of the rows if it is one person; else give their names something that tells them apart")
    return _caution(message, row, field, hint)


def _caution(message: Say, row: Engineer, field: str, hint: Say) -> Problem:
    return Problem(message, row.place(field), field, hint=hint, severity=Severity.CAUTION)


def _reached(row: Engineer, field: str) -> str:
    return "；".join(row.email) if field == "email" else row.phone or ""


def _row(row: Engineer, field: str) -> str:
    """The cell without its heading, which stands in the message's own place already."""
    return str(replace(row.place(field), heading=None))
