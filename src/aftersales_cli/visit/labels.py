"""What engineers are called in a plan: the name, and for those of one name what tells them apart (R18)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from aftersales_cli.records.engineers import Engineer
from aftersales_cli.records.folding import folded

_TELLS: tuple[Callable[[Engineer], str], ...] = (
    lambda row: row.city or row.province,
    lambda row: f"{row.province}{row.city or ''}",
    lambda row: f"{row.city or row.province} {_contact(row).partition('@')[0]}".rstrip(),
    lambda row: f"{row.province}{row.city or ''} {_contact(row)}".rstrip(),
)


def labels(rows: Sequence[Engineer]) -> list[str]:
    """What each is called in a plan: the name; of several of one name with the city, with province and city, with
    what else tells them apart."""
    found = [row.name for row in rows]
    for tell in _TELLS:
        many = Counter(map(spelled, found))
        found = [f"{row.name}（{tell(row)}）" if many[spelled(label)] > 1 else label
                 for row, label in zip(rows, found, strict=True)]  # fmt: skip
    seen: Counter[str] = Counter()
    for n, label in enumerate(found):  # a name may be written as another's label is
        seen[folded(label)] += 1
        found[n] = label if seen[folded(label)] == 1 else f"{label}{seen[folded(label)]}"
    return found


def _contact(row: Engineer) -> str:
    """An address, else a phone; empty where the row has neither."""
    return next(iter(row.email), row.phone or "")


def other_labels(row: Engineer) -> frozenset[str]:
    """What an engineer is called, as `spelled`, beside namesakes who may be in the table at another time."""
    return frozenset(spelled(f"{row.name}（{tell(row)}）") for tell in _TELLS)


def spelled(label: str) -> str:
    """甲城 and 甲城市 are one place, and tell nobody apart."""
    return folded(label).replace("市", "")
