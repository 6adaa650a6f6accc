from __future__ import annotations

from pathlib import Path

import pytest

from aftersales_cli.files.yaml_text import YamlError, parse_yaml, plain, read_yaml


def failure(text: str) -> YamlError:
    with pytest.raises(YamlError) as error:
        parse_yaml(text, file="x.yaml")
    return error.value


@pytest.mark.parametrize(
    "text", ["22:30", "24:00", "no", "01234567", "1_000", "1.10", "2026-02-30", "0b_", "~", "00:1a"]
)
def test_every_scalar_is_text(text: str) -> None:
    """C01, C07"""
    assert plain(parse_yaml(f"a: {text}\nb:\n- {text}", file="")) == {"a": text, "b": [text]}


def test_nodes_know_their_lines() -> None:
    root = parse_yaml("a: 1\nb:\n  c: [x,\n    y]\n", file="x.yaml")
    (_, first, _), (key, second, b) = root.items()
    assert (first, key, second, b.line) == (1, "b", 2, 3)
    c = b.get("c")
    assert c is not None
    assert [(e.as_text(), e.line, e.column) for e in c.elements()] == [("x", 3, 7), ("y", 4, 5)]


def test_an_empty_value_is_an_empty_text() -> None:
    assert plain(parse_yaml("a:\nb: ''\n", file="")) == {"a": "", "b": ""}


def test_a_byte_order_mark_is_no_part_of_the_first_key() -> None:
    assert plain(parse_yaml("\ufeffa: 1", file="")) == {"a": "1"}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        pytest.param("a: 1\nb: 2\na: 3\n", 3, "the key “a” stands twice: lines 1 and 3", id="C02-twice"),
        pytest.param("a: b\n\tc: d\n", 2, "not with tabs", id="C03-tab"),
        pytest.param("\u00a0\u00a0a: b\n", 1, "special spaces", id="C03-no-break-space"),
        pytest.param("a：b\n", 1, "half-width colon", id="C03-full-width-colon"),
        pytest.param("a:\n  b：c\n", 2, "half-width colon", id="C03-full-width-colon-nested"),
        pytest.param("x: 1\na： b\nc: 2\n", 2, "half-width colon", id="C03-full-width-colon-between"),
        pytest.param("备注: 二次: x\n", 1, "in quotes", id="C03-second-colon"),
        pytest.param("a: @x\n", 1, "in quotes", id="C03-at-sign"),
        pytest.param("a: &b c\n", 1, "anchors", id="C04-anchor"),
        pytest.param("a: *b\n", 1, "aliases", id="C04-alias"),
        pytest.param("a: 1\n<<: {b: c}\n", 2, "merge keys", id="C04-merge"),
        pytest.param("a: " + "[" * 100_000, 1, "deeper than 40", id="C05"),
        pytest.param("a: !!int 5\n", 1, "tags", id="C06-tag"),
        pytest.param("a: 1\n---\nb: 2\n", 2, "second document", id="C06-second"),
        pytest.param("# nothing\n", 1, "empty", id="C06-empty"),
        pytest.param("text\n", 1, "bare text", id="C06-scalar"),
        pytest.param("? [a]\n: b\n", 1, "a key must be a plain text", id="complex-key"),
        pytest.param("a: 'b\n", 2, "this is not YAML", id="open-quote"),
        pytest.param("a: 1\nb: \x00\n", 2, "not text", id="nul"),
        pytest.param("a: \ud800\n", 1, "not text", id="surrogate"),
    ],
)
def test_dangerous_and_broken_yaml_is_refused_with_its_line(text: str, line: int, words: str) -> None:
    error = failure(text)
    assert words in error.message.to("en") + (error.hint.to("en") if error.hint else "")
    assert error.line == line
    assert error.file == "x.yaml"


def test_a_colon_in_full_width_inside_a_value_is_fine() -> None:
    assert plain(parse_yaml("text: 原因：设备老化\nmore: |\n  注：无\n", file="")) == {
        "text": "原因：设备老化",
        "more": "注：无\n",
    }


def test_limits_hold_before_anything_is_built() -> None:
    """C04"""
    with pytest.raises(YamlError, match="larger than 10 bytes"):
        parse_yaml("a: 一二三四", file="", limit_bytes=10)
    with pytest.raises(YamlError, match="more than 3 values"):
        parse_yaml("[a, b, c, d]", file="", limit_nodes=3)


def test_the_wrong_kind_of_node_is_an_error_at_its_place() -> None:
    root = parse_yaml("a: [b]\n", file="x.yaml")
    with pytest.raises(YamlError, match="a list is expected"):
        root.elements()
    value = root.get("a")
    assert value is not None
    with pytest.raises(YamlError, match="a text is expected") as error:
        value.as_text()
    assert (error.value.line, error.value.column) == (1, 4)
    with pytest.raises(YamlError, match="a mapping is expected"):
        value.items()
    assert root.get("b") is None


def test_a_file_that_is_not_utf_8_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes("a: 1\nb: 上海\n".encode("gb18030"))
    with pytest.raises(YamlError, match="not UTF-8") as error:
        read_yaml(path)
    assert error.value.line == 2
    path.write_bytes("b: 上海\n".encode())
    assert plain(read_yaml(path)) == {"b": "上海"}
    with pytest.raises(YamlError, match="larger than 4 bytes"):
        read_yaml(path, limit_bytes=4)
