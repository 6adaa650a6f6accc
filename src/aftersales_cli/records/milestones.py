"""Cells that hold a moment, or the word that it has not come: filed, published, delivered, restored (D3)."""

from __future__ import annotations

from typing import Any

from aftersales_cli.records.columns import Refused
from aftersales_cli.records.folding import folded
from aftersales_cli.records.moments import instant
from aftersales_cli.records.values import InstantOrWord, Word
from aftersales_cli.words import Say

FILED = Say("write a day and a time such as 2026-09-08 22:30, or 未填报")
PUBLISHED = Say("write a day and a time such as 2026-09-08 22:30, or 未发布")
DELIVERED = Say("write a day and a time such as 2026-09-08 22:30, or 未送达")
RESTORED = Say("write a day and a time such as 2026-09-08 22:30, or 未恢复")


def filed(cell: Any) -> InstantOrWord:
    """When the cutover was filed, or 未填报 (D3)."""
    return _instant_or(cell, Word.NOT_FILED, "notfiled", FILED)


def published(cell: Any) -> InstantOrWord:
    """When the cutover was published, or 未发布 (D3)."""
    return _instant_or(cell, Word.NOT_PUBLISHED, "notpublished", PUBLISHED)


def delivered(cell: Any) -> InstantOrWord:
    """When the notice reached its customer, or 未送达 (D3)."""
    return _instant_or(cell, Word.NOT_DELIVERED, "notdelivered", DELIVERED)


def restored(cell: Any) -> InstantOrWord:
    """When the service was back, or 未恢复 (D3)."""
    return _instant_or(cell, Word.NOT_RESTORED, "notrestored", RESTORED)


def _instant_or(cell: Any, word: Word, english: str, accepted: Say) -> InstantOrWord:
    if isinstance(cell, str) and folded(cell) in {word.value, english}:
        return word
    try:
        return instant(cell)
    except Refused as refused:
        raise Refused(accepted if isinstance(cell, str) else refused.accepted) from None
