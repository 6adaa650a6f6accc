"""What a cell in people's own words comes to: lists of words, looked for one list after the other (R31–R42)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from aftersales_cli.records.folding import cleaned, folded

GAP = "…"
"""Stands in a word for up to four characters of the same clause: `未…核` is found in 未与客户核对."""
LAST = "$"
"""At a word's end: the clause ends there, so that 核对中 is told from 核对中发现."""
_END = r",.;:!?、。\n"
_CLAUSES = re.compile(r"[,;。!?\n]+")
_ENDS = " 。.,;:!、"
_BETWEEN = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")
_NO_DENIAL = "(?!来(?!得及)|央)"  # 未来 is none, 未来得及 is one; 未央 is a place
_LETTER, _LATIN = re.compile(r"[^\W_]"), re.compile(r"[a-z0-9]")


def heard(text: str, *lists: Sequence[str]) -> tuple[bool, ...]:
    """For each list whether one of its words stands in the text; what a list has found is gone for the next ones.

    So 没有变化 in an earlier list keeps 没有 of a later one from being found in it. A Latin word is found as a whole
    word only.
    """
    rest, found = _plain(text), []
    for words in lists:
        pattern = _pattern(tuple(words))
        rest, times = pattern.subn("\n", rest) if pattern else (rest, 0)
        found.append(times > 0)
    return tuple(found)


def until(text: str, words: Sequence[str]) -> str:
    """What stands before the first of these words."""
    plain, pattern = _plain(text), _pattern(tuple(words))
    found = pattern.search(plain) if pattern else None
    return plain[: found.start()] if found else plain


def only(text: str, words: Sequence[str]) -> bool:
    """Whether the text is one of these words and nothing more, whatever stands at its end."""
    written = folded(text)
    return written.strip(_ENDS) in {folded(word).strip(_ENDS) for word in words}


def nothing_but(text: str, words: Sequence[str]) -> bool:
    """Whether the text says these words and nothing else: 责任人待定 is 责任人 and 待定; a name among them is more."""
    pattern = _pattern(tuple(words))
    return is_mute(pattern.sub("", _plain(text)) if pattern else text)


def is_mute(text: str) -> bool:
    """Whether there is no letter and no digit in it: `-`, `……` and `/` say nothing."""
    return not _LETTER.search(text)


def clauses(text: str) -> list[str]:
    """The parts of a text between commas, semicolons and full stops; those that say nothing are left out."""
    return [part for part in _CLAUSES.split(_plain(text)) if not is_mute(part)]


def _plain(text: str) -> str:
    lines = (_BETWEEN.sub("", unicodedata.normalize("NFKC", cleaned(line)).casefold()) for line in text.splitlines())
    return "\n".join(lines)


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """The longest word first; None for no words."""
    found = [_word(word) for word in sorted(words, key=len, reverse=True) if word.strip()]
    return re.compile("|".join(found)) if found else None


def _word(word: str) -> str:
    last = rf"(?=[{_END}]|$)" if word.endswith(LAST) else ""
    parts = [_plain(part.strip()) for part in word.removesuffix(LAST).split(GAP)]
    begins = r"(?<![a-z0-9])" if _LATIN.match(parts[0]) else ""
    ends = r"(?![a-z0-9])" if _LATIN.match(parts[-1][-1:]) else ""
    found = [re.escape(part) + (_NO_DENIAL if part.endswith("未") else "") for part in parts]
    return begins + rf"[^{_END}]{{0,4}}?".join(found) + ends + last
