"""What the kinds of visits are called in the talk; in files and JSON they keep the words of the tables (R18)."""

from __future__ import annotations

from aftersales_cli.records.values import VisitKind
from aftersales_cli.words import Say


def kind_word(kind: VisitKind) -> str:
    """例行, 危机 or 回访, in the language of the talk."""
    match kind:
        case VisitKind.ROUTINE:
            return str(Say("Routine"))
        case VisitKind.CRISIS:
            return str(Say("Crisis"))
        case VisitKind.FOLLOW_UP:
            return str(Say("Follow-up"))
