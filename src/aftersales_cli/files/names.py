"""Safe file names: any text becomes a name that stays inside its folder on every system we write for."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path, PurePosixPath

LONGEST = 180  # UTF-8 bytes for a text; the caller's id and suffix come on top, and file systems stop at 255
LONGEST_PART = 240  # of a whole name: leaves room for the `-2` of a collision

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\s]+')
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|COM\d|LPT\d|CONIN\$|CONOUT\$)(\..*)?", re.IGNORECASE | re.DOTALL)
_EDGES = "._~$- "  # hidden files, options (-x), spreadsheets' lock files (~$), and the ends that Windows drops


def safe_name(text: str, *, limit: int = LONGEST) -> str:
    """`text` as one part of a path: never empty, at most `limit` UTF-8 bytes, the same when made safe again (O01, O02).

    Compatibility forms are folded first, because `．．／` becomes `../` only then. Different texts may give the same
    name: the caller adds an id, and `Names` numbers what still collides.
    """
    visible = "".join(c for c in unicodedata.normalize("NFKC", text) if _shows(c))
    composed = unicodedata.normalize("NFC", visible)  # what was taken out may have stood between two that compose
    name = _FORBIDDEN.sub("_", composed).strip(_EDGES)
    if _RESERVED.fullmatch(name):
        name = f"x{name}"
    return _shortened(name, limit) or "x"


def _shows(character: str) -> bool:
    return unicodedata.category(character) not in _INVISIBLE or character in "\t\n\r"


def _shortened(name: str, limit: int) -> str:
    """At most `limit` bytes, cut between characters; a short suffix such as `.xlsx` is kept."""
    if len(name.encode()) <= limit:
        return name
    stem, dot, suffix = name.rpartition(".")
    if not stem or len(suffix.encode()) > 8:
        stem, dot, suffix = name, "", ""
    room = limit - len((dot + suffix).encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(_EDGES) + dot + suffix


def inside(folder: Path, relative: str) -> Path:
    """The path of `relative` (parts joined by `/`) under `folder`, every part made safe.

    Raises `ValueError` where the resolved parent is not inside all the same (a link put there by somebody).
    """
    parts = [safe_name(part, limit=LONGEST_PART) for part in PurePosixPath(relative).parts] or ["x"]
    path = folder.joinpath(*parts)
    if not path.parent.resolve().is_relative_to(folder.resolve()):
        raise ValueError(f"{relative!r} leads out of its folder")
    return path


class Names:
    """The names already used in one folder tree; a second use gets `-2`, whatever the file system folds (O02)."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def free(self, path: Path) -> Path:
        """`path`, or the first of `stem-2.suffix`, `stem-3.suffix` … that no earlier call gave, case aside."""
        for number in range(1, len(self._used) + 2):
            candidate = numbered(path, number)
            folded = unicodedata.normalize("NFC", str(candidate).casefold())
            if folded not in self._used:
                self._used.add(folded)
                return candidate
        raise AssertionError("one more candidate than names in use")  # pragma: no cover


def numbered(path: Path, number: int) -> Path:
    """`notice.xlsx` for 1, `notice-2.xlsx` for 2."""
    return path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
