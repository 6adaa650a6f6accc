"""Sentences as values: a message and what stands in it, put into a language only when shown."""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Protocol, runtime_checkable

LOCALES = Path(__file__).parent / "locale"
LANGUAGES = ("zh", "en")

_current = "en"


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The translations of one language; English is what stands in the code."""
    return gettext.translation("aftersales", LOCALES, [language], fallback=True)


def use(language: str) -> None:
    """Choose the language of the talk for this process; called once, by `cli/`, before anything is said."""
    global _current
    _current = language


def language() -> str:
    """The language of the talk: `zh` or `en`."""
    return _current


def _(text: str) -> str:
    """A fixed text of the command line in the language of the talk (help, headings)."""
    return catalogue(_current).gettext(text)


class Say:
    """One sentence: an English message with `{names}` and the values that fill them.

    Values are kept, not formatted, so that the same sentence can be said in either language, and compared in a test.
    A value may itself be a `Say`, a sequence, a day, an instant or an enum member; `None` is shown as a dash.
    """

    __slots__ = ("text", "values")

    def __init__(self, text: str, /, **values: object) -> None:
        self.text = text
        self.values = values

    def to(self, language: str) -> str:
        """The sentence in `language` (`zh` or `en`)."""
        message = self._message(catalogue(language))
        return message.format(**{name: shown(value, language) for name, value in self.values.items()})

    def _message(self, words: gettext.NullTranslations) -> str:
        return words.gettext(self.text)

    def _key(self) -> tuple[object, ...]:
        return (type(self).__name__, self.text, tuple(sorted((k, shown(v, "en")) for k, v in self.values.items())))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Say) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __str__(self) -> str:
        return self.to(_current)

    def __repr__(self) -> str:
        return f"Say({self.to('en')!r})"


class Counted(Say):
    """A sentence with a number in it, whose English differs for one: `Counted("{n} day", "{n} days", n=3)`."""

    __slots__ = ("many",)

    def __init__(self, one: str, many: str, /, *, n: int, **values: object) -> None:
        super().__init__(one, n=n, **values)
        self.many = many

    def _message(self, words: gettext.NullTranslations) -> str:
        n = self.values["n"]
        assert isinstance(n, int)
        return words.ngettext(self.text, self.many, n)


class Told(Say):
    """A sentence as it was said once in each language, such as the ledger keeps; it is not put together again."""

    __slots__ = ()

    def __init__(self, said: Mapping[str, str]) -> None:
        super().__init__(said["en"], **said)

    def to(self, language: str) -> str:
        """As it was said in `language`, else in English."""
        return str(self.values.get(language, self.text))


@runtime_checkable
class Sayable(Protocol):
    """A value that has words of its own, such as a lead time or a range of days."""

    def say(self) -> Say:
        """The value in words, to stand inside a sentence."""
        ...


def shown(value: object, language: str) -> str:
    """A value as it stands inside a sentence; instants to the minute unless they have seconds."""
    match value:
        case None:
            return "–"
        case Say():
            return value.to(language)
        case bool():
            return (Say("yes") if value else Say("no")).to(language)
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M:%S" if value.second else "%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
        case Enum():
            return str(value.value)
        case str():
            return value
        case int() | float():  # before the protocol, which takes long to ask
            return str(value)
        case Sayable():
            return value.say().to(language)
        case Iterable():
            return ("、" if language == "zh" else ", ").join(shown(item, language) for item in value)
        case _:
            return str(value)
