"""Nothing leaves before it was read back: what was written is compared with what was meant, field by field."""

from __future__ import annotations

from collections.abc import Mapping

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.places import shortened
from aftersales_cli.words import Say


class ReadBackError(Stop):
    """A finished document does not say what it was meant to: our fault (70), and the document is not released."""

    def __init__(self, document: str, field: str, meant: object, found: object) -> None:
        super().__init__(
            Say(
                "{document}: {field} was meant to be {meant} and reads back as {found}",
                document=document,
                field=field,
                meant=shortened(repr(meant), 160),
                found=shortened(repr(found), 160),
            ),
            hint=Say("it was not released; please report this with the value"),
            code=Exit.OURS,
        )
        self.field = field


def compare(document: str, meant: Mapping[str, object], found: Mapping[str, object]) -> None:
    """Raise `ReadBackError` for the first field that differs, is missing, or was never meant to be there."""
    for field in (*meant, *(name for name in found if name not in meant)):
        there, wanted = found.get(field), meant.get(field)
        if there != wanted or (field in meant) is not (field in found):
            raise ReadBackError(document, field, wanted, there)
