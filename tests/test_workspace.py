"""`aftersales.yaml`: read strictly, with the line and the nearest key for what does not hold."""

from pathlib import Path

import pytest

from aftersales_cli import settings, workspace
from aftersales_cli.errors import Exit, Stop


def made(folder: Path, text: str) -> Path:
    (folder / "aftersales.yaml").write_text(text, "utf-8")
    return folder


def test_all_defaults_stand_when_only_one_key_is_written(tmp_path: Path) -> None:
    found = settings.load(made(tmp_path, "language: zh\n"))
    assert found.output == tmp_path / "out"
    assert found.ledger == "sqlite:///ledger.sqlite3"
    assert found.inputs == {}
    assert found.sender == {"name": "", "unit": "", "phone": "", "email": ""}


def test_who_reads_along_is_a_text_or_a_list(tmp_path: Path) -> None:
    for said in ("a@x.cn; b@x.cn", "[a@x.cn, b@x.cn]"):
        assert settings.load(made(tmp_path, f"mail:\n  cc: {said}\n")).mail == {"cc": "a@x.cn; b@x.cn"}


def test_an_input_is_a_path_a_pattern_or_a_list_of_them(tmp_path: Path) -> None:
    text = "inputs:\n  customers: a.xlsx\n  cutovers:\n  - inbox/*.xlsx\n  - b.csv\n"
    found = settings.load(made(tmp_path, text))
    assert found.inputs == {"customers": ("a.xlsx",), "cutovers": ("inbox/*.xlsx", "b.csv")}


def test_a_pattern_finds_files_in_order_and_passes_over_locks_of_open_workbooks(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("b.xlsx", "a.xlsx", "~$a.xlsx"):
        (tmp_path / "in" / name).touch()
    found = settings.load(made(tmp_path, "language: zh\n")).paths(("in/*.xlsx",))
    assert [path.name for path in found] == ["a.xlsx", "b.xlsx"]


def test_a_plain_path_is_given_back_even_when_nothing_is_there(tmp_path: Path) -> None:
    found = settings.load(made(tmp_path, "language: zh\n")).paths(("gone.xlsx",))
    assert found == (tmp_path / "gone.xlsx",)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        pytest.param("langage: zh\n", "langage", "language", id="an unknown key names the nearest"),
        pytest.param("inputs:\n  customer: a\n", "customer", "customers", id="so does an unknown table"),
        pytest.param("mail:\n  form: a\n", "form", "from", id="an unknown part of the mail"),
        pytest.param("sender:\n  mail: a\n", "mail", "email", id="and an unknown part of the sender"),
        pytest.param("language: fr\n", "fr", "", id="a language must be one of ours"),
        pytest.param("templates: nowhere\n", "nowhere", "", id="a named folder must be there"),
        pytest.param("output: [a, b]\n", "one value", "", id="a list where one value belongs"),
        pytest.param("language: zh\nlanguage: en\n", "language", "", id="a key twice"),
    ],
)
def test_what_does_not_hold_stops_with_78_and_its_line(tmp_path: Path, text: str, message: str, hint: str) -> None:
    with pytest.raises(Stop) as stopped:
        settings.load(made(tmp_path, text))
    assert stopped.value.code is Exit.SETTINGS
    assert message in stopped.value.message.to("en")
    assert "line" in stopped.value.message.to("en")
    assert hint in (stopped.value.hint.to("en") if stopped.value.hint else "")


def test_the_nearest_workspace_above_is_found(tmp_path: Path) -> None:
    made(tmp_path, "language: zh\n")
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    assert workspace.find(deep) == tmp_path


def test_the_language_is_seen_at_a_glance_even_in_a_broken_file(tmp_path: Path) -> None:
    assert workspace.language_of(made(tmp_path, "language: zh\nbroken: [\n")) == "zh"
