"""How names and codes are compared: width, spaces, case, and what people type one way or the other (D6, D10)."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD])
# the quick way out for the many texts that are clean already
_UNCLEAN = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]|\\s\\s|^\\s|\\s$|[^\\S ]")
_SPACES = re.compile(r"\s+")
_DASHES = re.compile(r"[-‐‑‒–—―−﹣－_]")
_PLAIN = re.compile("[!-~\u4e00-\u9fff]*")  # clean, and folding changes its capitals only: most of what there is
_BRACKETS = str.maketrans("【〔［｛〈《】〕］｝〉》", "(((((())))))")


def cleaned(text: str) -> str:
    """NFC, without invisible characters, spaces of any kind as one plain space, none at the ends."""
    if _PLAIN.fullmatch(text):
        return text
    if not _UNCLEAN.search(text) and unicodedata.is_normalized("NFC", text):
        return text
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_INVISIBLE)).strip()


def folded(text: str) -> str:
    """For headings, words and names: compatibility width, no spaces, brackets alike, lower case."""
    if _PLAIN.fullmatch(text):
        return text.lower()
    once = _SPACES.sub("", unicodedata.normalize("NFKC", text).translate(_INVISIBLE)).translate(_BRACKETS).casefold()
    # an accent that stood on a space now stands on a letter: what is folded must fold to itself
    return unicodedata.normalize("NFKC", once)


def folded_circuit(code: str) -> str:
    """For circuit codes: as `folded`, and without hyphens, so both spellings of one circuit are the same key."""
    key = folded(code)
    return key if key.isalnum() else _DASHES.sub("", key)
