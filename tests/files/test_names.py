"""Any text becomes a file name that stays in its folder (O01, O02)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_cli.files.names import LONGEST, Names, inside, numbered, safe_name, safe_parts

UNTAMED = st.text(st.characters()) | st.text(st.sampled_from("./\\．／:CONux‥ \u202e\u200d\u0301e~-_ \n\x00\ud800"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("../../etc", "etc", id="climbing"),
        pytest.param("．．／x", "x", id="climbing once folded"),
        pytest.param("‥／x", "x", id="two-dot leader"),
        pytest.param("a/b\\c:d*?", "a_b_c_d", id="separators and wildcards"),
        pytest.param("CON", "xCON", id="a device of Windows"),
        pytest.param("nul.xlsx", "xnul.xlsx", id="a device with a suffix"),
        pytest.param("COM¹", "xCOM1", id="a device once folded"),
        pytest.param("客户. ", "客户", id="dot and blank at the end"),
        pytest.param("", "x", id="empty"),
        pytest.param("\u202exslx.exe", "xslx.exe", id="turned round"),
        pytest.param("中国\u200b银联", "中国银联", id="zero width"),
        pytest.param("~$名单.xlsx", "名单.xlsx", id="looks like a lock file"),
        pytest.param("-rf", "rf", id="looks like an option"),
        pytest.param("日电(中国)有限公司", "日电(中国)有限公司", id="an ordinary name"),
        pytest.param("第一 行\n二", "第一_行_二", id="blanks"),
    ],
)
def test_a_text_becomes_a_name(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_a_long_name_is_cut_between_characters_and_keeps_its_suffix() -> None:
    name = safe_name("银" * 300 + ".xlsx")

    assert name == "银" * 58 + ".xlsx"
    assert len(name.encode()) <= LONGEST


@given(UNTAMED)
def test_every_text_stays_inside(text: str) -> None:
    name = safe_name(text)
    folder = Path("/nowhere/out")

    assert (folder / name).resolve().parent == folder
    assert len(name.encode()) <= LONGEST
    assert inside(folder, safe_parts(text)).resolve().is_relative_to(folder)


@given(UNTAMED)
def test_a_safe_name_is_safe_already(text: str) -> None:
    assert safe_name(safe_name(text)) == safe_name(text)


@given(st.lists(st.sampled_from(["Notice.xlsx", "notice.xlsx", "notice-2.xlsx", "é", "e\u0301", "STRASSE", "straße"])))
def test_no_name_is_given_twice_whatever_the_file_system_folds(texts: list[str]) -> None:
    names = Names()

    given_out = [names.free(Path(text)).name.casefold() for text in texts]

    assert len(given_out) == len(set(given_out))


def test_the_second_of_a_name_gets_a_number_before_the_suffix() -> None:
    names = Names()

    assert [names.free(Path("a/B.txt")), names.free(Path("a/b.txt"))] == [Path("a/B.txt"), Path("a/b-2.txt")]
    assert numbered(Path("b.txt"), 3) == Path("b-3.txt")


def test_a_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "C001").symlink_to(tmp_path)

    with pytest.raises(ValueError, match="leads out"):
        inside(tmp_path / "out", ("C001", "notice.txt"))
