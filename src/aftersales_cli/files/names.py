"""Safe file names: any text becomes a name that stays inside its folder on every system we write for."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path, PurePosixPath

LONGEST = 180  # UTF-8 bytes for a text; the caller's id and suffix come on top, and file systems stop at 255
LONGEST_PART = 240  # of a whole name: leaves room for the `-2` of a collision

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\s]+')
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|COM\d|LPT\d|CONIN\$|CONOUT\$)(\..*)?", re.IGNORECASE | re.DOTALL)
_PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")  # most names: nothing to be made safe
_EDGES = "._~$- "  # hidden files, options (-x), spreadsheets' lock files (~$), and the ends that Windows drops


@lru_cache(256)
def safe_name(text: str, *, limit: int = LONGEST) -> str:
    """`text` as one part of a path: never empty, at most `limit` UTF-8 bytes, the same when made safe again (O01, O02).

    Compatibility forms are folded first, because `．．／` becomes `../` only then. Different texts may give the same
    name: the caller adds an id, and `Names` numbers what still collides.
    """
    if len(text) <= limit and _PLAIN.fullmatch(text) and not _RESERVED.fullmatch(text):
        return text
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


def safe_parts(relative: str) -> tuple[str, ...]:
    """The parts of `relative` (joined by `/`), every one made safe; at least one."""
    return tuple(safe_name(part, limit=LONGEST_PART) for part in PurePosixPath(relative).parts) or ("x",)


def inside(folder: Path, parts: tuple[str, ...]) -> Path:
    """The path of safe parts under `folder`.

    Raises `ValueError` where it does not lead there all the same (a link put there by somebody).
    """
    path = folder.joinpath(*parts)
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ValueError(f"{'/'.join(parts)!r} leads out of its folder")
    return path


class Names:
    """The names already used in one folder; a second use gets `-2`, whatever the file system folds (O02).

    Of each name eight bytes of a digest are kept: a run may make folders for a hundred thousand customers.
    """

    def __init__(self) -> None:
        self._used: set[int] = set()

    def free(self, path: Path) -> Path:
        """`path`, or the first of `stem-2.suffix`, `stem-3.suffix` … that no earlier call gave, case aside."""
        for number in range(1, len(self._used) + 2):
            candidate = numbered(path, number)
            key = _key(str(candidate))
            if key not in self._used:
                self._used.add(key)
                return candidate
        raise AssertionError("one more candidate than names in use")  # pragma: no cover


def _key(path: str) -> int:
    folded = path.casefold() if path.isascii() else unicodedata.normalize("NFC", path.casefold())
    return int.from_bytes(blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def numbered(path: Path, number: int) -> Path:
    """`notice.xlsx` for 1, `notice-2.xlsx` for 2."""
    return path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
