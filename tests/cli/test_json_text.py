"""The quick JSON is the standard library's, byte for byte."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from aftersales_cli.cli.json_text import written

LEAF = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
VALUE = st.recursive(LEAF, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@given(VALUE)
def test_any_value_is_written_as_by_the_standard_library(value: Any) -> None:
    assert written(value) == json.dumps(value, ensure_ascii=False, indent=2)
