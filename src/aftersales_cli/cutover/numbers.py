"""What a task number says: scope, year, province letters, kind (facts.md §1); warned about, never rejected."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from aftersales_cli.records.values import Category
from aftersales_cli.records.vocabulary import Vocabularies

_FORM = re.compile(r"([A-Z]{2})(\d{4})([A-Z]{2})([A-Z]{2})(\d{6})")


@dataclass(frozen=True, slots=True)
class TaskNumber:
    """`JT2011SHJH000160` → scope JT, year 2011, letters SH, kind JH; `category` as the rule book maps the kind."""

    scope: str
    year: int
    letters: str
    kind: str
    category: Category | None


def read_number(text: str, vocabularies: Vocabularies) -> TaskNumber | None:
    """The parts of a task number, or None where it has another form or an unlisted scope or kind."""
    match = _FORM.fullmatch(unicodedata.normalize("NFKC", text).upper())
    if match is None:
        return None
    scope, year, letters, kind, _ = match.groups()
    scopes, kinds = vocabularies["task_scopes"], vocabularies["task_kinds"]
    known = kinds.term(kind)
    if scopes.term(scope) is None or known is None:
        return None
    return TaskNumber(scope, int(year), letters, kind, Category(known.more["category"]))
