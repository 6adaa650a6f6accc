"""Section C of the fault list: tables in YAML and JSON."""

from __future__ import annotations

import json

import pytest

from aftersales_cli.records.customers import Customer
from tests.tables.making import ROWS, WORDS, Reader, code, said

KEYS = ("task_no", "customer_name", "circuit_code", "window", "interruption", "province", "reason")
DICTS = [dict(zip(KEYS, row, strict=True)) for row in ROWS]
YAML = "\n".join("- " + "\n  ".join(f"{key}: '{value}'" for key, value in row.items()) for row in DICTS)
ROW = "- {{task_no: {task}, window: {window}, interruption: 瞬断, province: 上海, reason: 外力施工}}\n"
GOOD = ROW.format(task="JT1", window="20110608 22:30-23:30")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("x.yaml", YAML, id="yaml-list"),
        pytest.param("x.yml", "cutovers:\n" + YAML, id="yaml-under-key"),
        pytest.param("x.yaml", "割接:\n" + YAML, id="yaml-under-heading"),
        pytest.param("x.json", json.dumps(DICTS), id="json-list"),
        pytest.param("x.json", json.dumps({"cutovers": DICTS}, ensure_ascii=False), id="json-under-key"),
    ],
)
def test_the_four_rows_are_read_from_yaml_and_json(read: Reader, name: str, text: str) -> None:
    found = read(text.encode(), name)
    assert said(found) == ""
    assert [(r.circuit_code, str(r.window)) for r in found.records] == [(row[2], row[3]) for row in ROWS]


def test_scalars_stay_as_they_are_written(read: Reader) -> None:
    """C01"""
    text = "- {code: '0', name: 1_000, level: no, headquarters: 1.10, industry: 01234567, category: 22:30}\n"
    [customer] = read(text.encode(), "c.yaml", Customer.TABLE).records
    assert (customer.name, customer.level, customer.headquarters) == ("1_000", "no", "1.10")
    assert (customer.industry, customer.category) == ("01234567", "22:30")


REFUSED = [
    pytest.param(
        "- task_no: a\n  window: b\n  task_no: c\n", "the key “task_no” stands twice: lines 1 and 3", id="C02"
    ),
    pytest.param("- a: b\n\tc: d\n", "indent with spaces, not with tabs", id="C03-tab"),
    pytest.param("- 割接省: 上海\n\u00a0\u00a0c: d\n", "special spaces", id="C03-no-break-space"),
    pytest.param("- 割接任务号：JT1\n  割接时间：x\n", "half-width colon", id="C03-full-width-colon"),
    pytest.param("- reason: 二次: x\n", "put the text in quotes", id="C03-second-colon"),
    pytest.param("- reason: @x\n", "put the text in quotes", id="C03-at-sign"),
    pytest.param("- &a {b: c}\n- *a\n", "anchors", id="C04-anchor"),
    pytest.param("- {<<: {b: c}}\n", "merge keys", id="C04-merge"),
    pytest.param("[" * 100_000, "nested", id="C05"),
    pytest.param("cutovers: " + "[" * 1000, "nested deeper than 40 levels", id="C05-yaml"),
    pytest.param("- !!python/object:os.system {}\n", "tags", id="C06-tag"),
    pytest.param(GOOD + "---\n" + GOOD, "a second document begins here", id="C06-two-documents"),
    pytest.param("\n", "the file is empty", id="C06-empty"),
    pytest.param("cutover", "not a bare text", id="C06-scalar"),
    pytest.param("customers: []\n", "there is no “cutovers” in it, only customers", id="other-table"),
    pytest.param("cutovers:\n", "no rows", id="no-rows"),
]


@pytest.mark.parametrize(("text", "words"), REFUSED)
def test_yaml_that_is_dangerous_or_broken_is_refused(read: Reader, text: str, words: str) -> None:
    found = read(text.encode(), "cutovers.yaml")
    assert words in said(found)
    assert code(found) == 65


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param('[{"a": 1, "a": 2}]', "“a” stands twice", id="C02"),
        pytest.param("[" * 100_000 + "]" * 100_000, "nested", id="C05"),
        pytest.param('[{"task_no": {"a": 1}}]', "row 1 holds a value that is neither", id="nested-value"),
        pytest.param('{"customers": []}', "there is no “cutovers” in it", id="other-table"),
    ],
)
def test_json_that_is_dangerous_or_broken_is_refused(read: Reader, text: str, words: str) -> None:
    found = read(text.encode(), "cutovers.json")
    assert words in said(found)
    assert code(found) == 65


@pytest.mark.parametrize("value", ["2026-02-30", "0b_", "0x_", "9" * 5000])
def test_what_is_no_time_is_a_problem_of_its_cell(read: Reader, value: str) -> None:
    """C07"""
    found = read((GOOD + ROW.format(task="JT2", window=value)).encode(), "cutovers.yaml")
    assert (code(found), len(found.records)) == (3, 1)
    [problem] = found.problems
    assert (str(problem.place), problem.held) == ("cutovers.yaml › line 2 (window)", ("task JT2",))


def test_an_unknown_key_is_named_once_with_the_nearest(read: Reader) -> None:
    """C08: a typing error in an optional key is a note"""
    text = GOOD.replace("}", ", statr: x}") * 2
    found = read(text.encode(), "cutovers.yaml")
    assert said(found) == "cutovers.yaml › line 1 (statr) this column is not read; did you mean “status”? [caution]"
    assert (code(found), len(found.records)) == (0, 2)


def test_an_unknown_key_beside_a_missing_required_one_is_an_error(read: Reader) -> None:
    """C08"""
    found = read(GOOD.replace("window:", "windwo:").encode(), "cutovers.yaml")
    assert code(found) == 65
    assert "did you mean “window” by “windwo”?" in said(found)


def test_a_problem_in_yaml_names_the_line_of_the_value(read: Reader) -> None:
    found = read(YAML.replace("'中断: 80分钟'", "'30'").encode(), "cutovers.yaml", vocabularies=WORDS)
    assert [str(problem.place) for problem in found.problems] == ["cutovers.yaml › line 12 (interruption)"]


def test_lists_of_texts_are_lists(read: Reader) -> None:
    found = read(GOOD.replace("}", ", resources: [a, b]}").encode(), "cutovers.yaml")
    assert found.records[0].resources == ("a", "b")
