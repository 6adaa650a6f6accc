"""Reads the open word lists of the rule book: one file each, words in their order."""

from __future__ import annotations

from aftersales_cli.files.yaml_text import Node
from aftersales_cli.records.folding import folded
from aftersales_cli.records.vocabulary import Term, Vocabulary
from aftersales_cli.rules import reading
from aftersales_cli.words import LANGUAGES, Say

_TERM = ("word", "aliases", "english")


def read_vocabulary(name: str, node: Node) -> Vocabulary:
    """`{title, note, columns, terms: [{word, aliases, english, <column>: …}]}`; no spelling stands for two words.

    `columns` names the further columns of the table, such as the letters of a province.
    """
    found = reading.entries(node, ("title", "note", "columns", "terms"), ("title", "note", "terms"))
    reading.both(found["title"])
    columns = reading.texts(found["columns"]) if "columns" in found else ()
    terms = tuple(_term(element, columns) for element in found["terms"].elements())
    _no_spelling_twice(terms, found["terms"].elements())
    return Vocabulary(name, terms, _said(found["note"]))


def _term(node: Node, columns: tuple[str, ...]) -> Term:
    found = reading.entries(node, (*_TERM, *columns), ("word",))
    return Term(
        reading.text(found["word"]),
        reading.texts(found["aliases"]) if "aliases" in found else (),
        reading.text(found["english"]) if "english" in found else None,
        {column: reading.text(found[column]) for column in columns if column in found},
    )


def _no_spelling_twice(terms: tuple[Term, ...], nodes: tuple[Node, ...]) -> None:
    seen: dict[str, str] = {}
    for term, node in zip(terms, nodes, strict=True):
        for spelling in (term.word, *term.aliases):
            if seen.setdefault(folded(spelling), term.word) != term.word:
                message = Say("“{spelling}” stands for {word} already", spelling=spelling, word=seen[folded(spelling)])
                raise node.error(message)


def _said(node: Node) -> str:
    said = reading.both(node)
    return "\n".join(dict.fromkeys(said[language] for language in LANGUAGES))
