"""What is compared folded."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from aftersales_cli.records.folding import folded, folded_circuit

TEXT = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from("aA1-_ []{}，Ａ北京\u3000\u200b【")), max_size=12
)


@given(TEXT)
def test_what_is_folded_folds_to_itself(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert folded_circuit(folded_circuit(text)) == folded_circuit(text)


@given(TEXT)
def test_the_short_way_for_plain_texts_is_no_other_way(text: str) -> None:
    """A private-use character in front, which folding leaves alone, makes any text take the long way."""
    assert unicodedata.normalize("NFKC", "\ue000") == "\ue000"
    assert folded("\ue000" + text).removeprefix("\ue000") == folded(text)
