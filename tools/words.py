"""`make words`: the messages of the code → the template and the Chinese catalogue, brought up to date and compiled."""

from __future__ import annotations

import string
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parents[1] / "src" / "aftersales_cli"
TEMPLATE = PACKAGE / "locale" / "aftersales.pot"
CHINESE = PACKAGE / "locale" / "zh" / "LC_MESSAGES" / "aftersales.po"
COMPILED = CHINESE.with_suffix(".mo")

KEYWORDS = {"Say": (1,), "Counted": (1, 2), "_": (1,)}
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)  # a true date would change the files with every run


def extracted() -> Catalog:
    """Every message of the code with the files it stands in; one that says nothing itself (`{message}`) is left out."""
    found = _empty(None)
    lines = extract_from_dir(PACKAGE, [("**.py", "python")], keywords=KEYWORDS)
    for file, _line, message, _comments, _context in sorted(lines, key=lambda line: (line[0], line[1])):
        one = message if isinstance(message, str) else message[0]
        if any(text.strip() for text, *_ in string.Formatter().parse(one)):
            found.add(message, locations=[(Path(file).as_posix(), 0)])
    return found


def chinese() -> Catalog:
    """The Chinese catalogue as it stands in the repository."""
    if not CHINESE.exists():
        return _empty("zh")
    with CHINESE.open("rb") as file:
        read = read_po(file, locale="zh", domain="aftersales")
    read.creation_date = read.revision_date = UNDATED
    return read


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as the program reads it; fuzzy and empty translations are left out."""
    to = BytesIO()
    write_mo(to, catalogue)
    return to.getvalue()


def sentences(binary: bytes) -> list[tuple[object, object]]:
    """What a compiled catalogue says, in order; its header left out."""
    return [(message.id, message.string) for message in read_mo(BytesIO(binary)) if message.id]


def untranslated(messages: Catalog, catalogue: Catalog) -> Iterator[str]:
    """The messages of the code that have no reviewed translation."""
    for message in _said(messages):
        there = catalogue.get(message.id)
        if there is None or there.fuzzy or not all(_strings(there)):
            yield str(message.id)


def unlike(messages: Catalog, catalogue: Catalog) -> Iterator[str]:
    """The translations whose `{names}` are not those of the message; a singular may leave out the number."""
    for message in _said(messages):
        there = catalogue.get(message.id)
        wanted = _names(message.id if isinstance(message.id, str) else message.id[1])
        for text in _strings(there) if there else ():
            if text and _names(text) != wanted:
                yield f"{message.id} → {text}"


def main() -> None:
    """Write template, catalogue and compiled catalogue; say what is still to be translated."""
    messages, catalogue = extracted(), chinese()
    catalogue.update(messages, no_fuzzy_matching=True)
    catalogue.creation_date = UNDATED  # `update` took the template's
    CHINESE.parent.mkdir(parents=True, exist_ok=True)
    _write(TEMPLATE, messages)
    _write(CHINESE, catalogue)
    COMPILED.write_bytes(compiled(catalogue))
    missing = list(untranslated(messages, catalogue))
    print(*missing, sep="\n")
    print(f"{len(messages)} messages, {len(missing)} without Chinese")


def _empty(locale: str | None) -> Catalog:
    return Catalog(
        locale=locale,
        domain="aftersales",
        project="aftersales",
        version="",
        msgid_bugs_address="",
        last_translator="",
        language_team="",
        creation_date=UNDATED,
        revision_date=UNDATED,
        header_comment="# The words of aftersales. Edit aftersales.po; “make words” does the rest.",
        fuzzy=False,
    )


def _write(path: Path, catalogue: Catalog) -> None:
    to = BytesIO()
    write_po(to, catalogue, width=120, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    path.write_bytes(to.getvalue())


def _said(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _strings(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, (tuple, list)) else (message.string or "",)


def _names(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


if __name__ == "__main__":
    main()
