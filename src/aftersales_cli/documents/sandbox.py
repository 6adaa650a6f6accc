"""Where templates run: a sandbox that is given plain values, refuses what is not there, and cannot grow without end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from jinja2 import StrictUndefined, TemplateRuntimeError, TemplateSyntaxError, Undefined, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup

from aftersales_cli.documents.cleaning import cleaned

BIGGEST = 2_000_000  # bytes of one document (E04)

_PLAIN = (str, int, bool, float, type(None))


class UnknownNameError(UndefinedError):
    """A template uses a name nobody gave: `asked`, and the names there are instead (none: it has no names at all)."""

    def __init__(self, asked: str, known: Iterable[str]) -> None:
        super().__init__(asked)
        self.asked = asked
        self.known = sorted(known)


class EmptyValueError(TemplateRuntimeError):
    """A template would print a value that is not there, which readers would see as the word None."""


class TooMuchError(TemplateRuntimeError):
    """A document grew over `BIGGEST` bytes."""


class Strict(StrictUndefined):
    """Using it raises `UnknownNameError`; being refused by the sandbox stays a `SecurityError`."""

    __slots__ = ()

    def _fail(self, *_: object, **__: object) -> Any:
        if self._undefined_hint:
            raise self._undefined_exception(self._undefined_hint)
        there = {} if self._undefined_obj is missing else self._undefined_obj
        known = [str(key) for key in there] if isinstance(there, Mapping) else []
        raise UnknownNameError(str(self._undefined_name), known)

    __iter__ = __str__ = __len__ = __eq__ = __ne__ = __bool__ = __hash__ = __contains__ = _fail
    _fail_with_undefined_error = _fail  # every other use of it ends here


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja without ways out, without chance (`random`, `lipsum`), and without ways to switch escaping off."""

    intercepted_binops = frozenset({"*", "**"})

    def __init__(self, **options: Any) -> None:
        super().__init__(undefined=Strict, finalize=printable, auto_reload=False, cache_size=-1, **options)
        for name in ("safe", "random"):
            del self.filters[name]
        del self.globals["lipsum"]

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Numbers are multiplied; text is not repeated, and nothing is raised to a power: both fill a machine."""
        if operator == "**" or not (isinstance(left, int | float) and isinstance(right, int | float)):
            raise SecurityError(f"{operator} is for numbers only" if operator == "*" else "** is not for templates")
        return super().call_binop(context, operator, left, right)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A mapping's keys come before its methods: `changes.update` is the number, not `dict.update`."""
        if (type(obj) is dict or isinstance(obj, Mapping)) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for node in tree.find_all(nodes.ScopedEvalContextModifier):
            raise TemplateSyntaxError("escaping is not switched in a template", node.lineno, name, filename)
        return tree


def printable(value: object) -> object:
    """What every `{{ … }}` prints: cleaned text, never None (E05)."""
    if value is None:
        raise EmptyValueError
    if isinstance(value, Markup):
        return Markup(cleaned(value))  # noqa: S704 - only what was markup already; cleaning takes characters away
    if isinstance(value, Undefined):
        return value
    return cleaned(value) if isinstance(value, str) else value


def plain(view: Mapping[str, object]) -> dict[str, object]:
    """The view as it is; a `TypeError` where a caller put in an object that has methods of its own (E03)."""
    if not _is_plain(view):
        _refuse_objects(view, "view")
    return cast("dict[str, object]", view)


def _is_plain(value: object) -> bool:
    kind = type(value)
    if kind is dict:
        return all(map(_is_plain, cast("dict[str, object]", value).values()))
    if kind is list or kind is tuple:
        return all(map(_is_plain, cast("list[object]", value)))
    return kind in _PLAIN


def _refuse_objects(value: object, path: str) -> None:
    if type(value) is dict:
        for key, item in value.items():
            _refuse_objects(item, f"{path}.{key}")
    elif type(value) in (list, tuple):
        for item in cast("list[object]", value):
            _refuse_objects(item, f"{path}[]")
    elif type(value) not in _PLAIN:
        raise TypeError(f"{path} is a {type(value).__name__}; templates are given plain values only")


def bounded(pieces: Iterable[str]) -> str:
    """The pieces of a document as one text; `TooMuchError` as soon as they pass `BIGGEST`."""
    kept: list[str] = []
    most = 0
    for piece in pieces:
        kept.append(piece)
        most += len(piece) * 4  # no character takes more bytes
        if most > BIGGEST:
            kept = ["".join(kept)]
            most = len(kept[0].encode("utf-8", "surrogatepass"))
            if most > BIGGEST:
                raise TooMuchError
    return "".join(kept)
