"""Folding inside DuckDB: an expression that is exactly `records/folding.py`, or gives up, and then Python folds."""

from __future__ import annotations

import string
from collections.abc import Callable
from dataclasses import dataclass

from aftersales_cli.records.folding import folded, folded_circuit

_UPPER = str.maketrans(string.ascii_lowercase, string.ascii_uppercase)
_IDEOGRAPHS = "\u4e00-\u9fff"  # as they are under every folding, unlike most of Unicode
# printable ASCII, but for blanks, dashes, small letters, and = ' \" with which exporters wrap cells
_PLAIN = r"!#-&(-,./0-9:;<>?@A-Z\[\\\]^`{|}~" + _IDEOGRAPHS
_SIMPLE = _PLAIN + "a-z _-"


@dataclass(frozen=True, slots=True)
class Folding:
    """How the cells of one column are compared.

    `python` is the law; `plain` are the characters of cells that stay as they are but for small letters, which become
    capitals (a folded text has none); `gone` are the simple characters that folding takes away.
    """

    python: Callable[[str], str]
    plain: str
    gone: str

    def key(self, folded_text: str) -> str:
        """A text that is folded already, as `sql` spells it."""
        return folded_text.translate(_UPPER)

    def sql(self, column: str) -> str:
        """The key of a column's cells: NULL where only Python can tell (and for NULL).

        Most cells are plain and are compared as they stand, which is what makes 80 million of them bearable.
        """
        stripped = column
        for character in self.gone:
            stripped = f"replace({stripped}, '{character}', '')"
        return (
            f"CASE WHEN NOT {self.odd(column)} THEN {column} "
            f"WHEN NOT {_has(column, _SIMPLE)} THEN nullif(upper({stripped}), '') END"
        )

    def odd(self, column: str) -> str:
        """The condition that a cell is not plain (NULL for NULL): its key, if any, is not the cell itself."""
        return _has(column, self.plain)


def _has(column: str, characters: str) -> str:
    """Whether a cell has any character but these.

    `regexp_extract` because DuckDB puts it to each entry of a dictionary only once, as it does not `regexp_matches`.
    """
    return f"(regexp_extract({column}, '[^{characters}]') <> '')"


CIRCUIT = Folding(folded_circuit, _PLAIN, " -_")
"""Circuit codes: hyphens and blanks do not count."""
RESOURCE = Folding(folded, _PLAIN + "_-", " ")
"""Resources: blanks do not count."""
