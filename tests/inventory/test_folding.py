"""Folding inside DuckDB is the folding of Python, or none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aftersales_cli.inventory.folding import CIRCUIT, RESOURCE, Folding

NASTY = st.text(
    st.one_of(
        st.sampled_from(
            "aZ09 -_/.=\"'\\[]^`~，－＿Ａ１（【〔 　\t\u200b\ufeff\u00ad北京ß\u0130ﬁ①Ⅳ\u0301\u3000\U00020bb7"
        ),
        st.characters(codec="utf-8", exclude_characters="\0"),
        st.characters(min_codepoint=0x20, max_codepoint=0x7E),
        st.characters(min_codepoint=0x4DF0, max_codepoint=0xA00F),
    ),
    max_size=12,
)
BOTH = [pytest.param(CIRCUIT, id="circuit"), pytest.param(RESOURCE, id="resource")]


@pytest.fixture(scope="module")
def connection() -> Iterator[Any]:
    with duckdb.connect(":memory:") as opened:
        opened.execute("SET threads = 1")
        yield opened


def key(connection: Any, folding: Folding, text: str) -> str | None:
    found: str | None = connection.execute(f"SELECT {folding.sql('t')} FROM (SELECT ? AS t)", [text]).fetchone()[0]
    return found


@pytest.mark.parametrize("folding", BOTH)
@given(text=NASTY)
@example(text="HKG/CT- SHI/CT 30N198")
@example(text="北京上海30n2332NP")
@example(text="[a]\\^_`{|}~")
@example(text='="0012"')
@example(text="'=SUM")
@example(text=" - ")
@example(text="A\nB")
@example(text="\n")
def test_a_key_is_exactly_the_folded_text(connection: Any, folding: Folding, text: str) -> None:
    found = key(connection, folding, text)
    assert found is None or found == folding.key(folding.python(text))


@pytest.mark.parametrize("folding", BOTH)
@given(one=NASTY, other=NASTY)
def test_keys_are_equal_when_folded_texts_are(folding: Folding, one: str, other: str) -> None:
    one, other = folding.python(one), folding.python(other)
    assert (folding.key(one) == folding.key(other)) == (one == other)


@pytest.mark.parametrize(
    ("folding", "text", "expected"),
    [
        pytest.param(CIRCUIT, "北京上海30N2332NP", "北京上海30N2332NP", id="as-the-textbook-writes-it"),
        pytest.param(CIRCUIT, "hkg/ct-shi/ct 30n198", "HKG/CTSHI/CT30N198", id="hyphen-blank-small-letters"),
        pytest.param(RESOURCE, "OTN-01/Port 3", "OTN-01/PORT3", id="a-resource-keeps-its-hyphen"),
        pytest.param(CIRCUIT, "３０Ｎ", None, id="full-width-is-for-python"),
    ],
)
def test_common_spellings_need_no_python(connection: Any, folding: Folding, text: str, expected: str | None) -> None:
    assert key(connection, folding, text) == expected
