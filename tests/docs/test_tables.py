"""Pages written by hand agree with what they speak of: requirements, exit codes, layers, rooms, words."""

from __future__ import annotations

import configparser
import re

from aftersales_cli.errors import Exit
from tests.docs.pages import PAGES, ROOT, blocks, rows

PACKAGE = ROOT / "src" / "aftersales_cli"


def page(name: str) -> str:
    """A page's text."""
    return PAGES[name].read_text("utf-8")


def test_every_requirement_has_its_place_once_and_in_order() -> None:
    assert [row[0] for row in rows(page("docs/reference/requirements.md"))] == [f"R{n}" for n in range(1, 91)]


def test_a_requirement_lives_in_files_that_exist_or_not_yet() -> None:
    lost = []
    for number, about, where in rows(page("docs/reference/requirements.md")):
        paths = re.findall(r"`([^`]+)`", where)
        if not about or not (paths or where == "not yet") or not all((ROOT / path).exists() for path in paths):
            lost.append(number)
    assert lost == []


def test_every_exit_code_is_explained() -> None:
    explained = {row[0] for row in rows(page("docs/how-to/problems-and-exit-codes.md")) if row[0].isdecimal()}
    assert explained == {str(code.value) for code in Exit}


def test_the_layers_of_the_page_are_those_of_the_law() -> None:
    law = configparser.ConfigParser()
    law.read(ROOT / ".importlinter", "utf-8")
    layers = law["importlinter:contract:layers"]["layers"].strip().replace("(", "").replace(")", "")
    drawn = [
        block for block in blocks(page("docs/explanation/architecture.md"), "text") if block.startswith("__main__")
    ]
    assert [block.strip() for block in drawn] == [layers]


def test_every_room_is_described() -> None:
    rooms = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    described = {row[0].strip("`") for row in rows(page("docs/explanation/architecture.md"))}
    assert described == rooms - {"__init__", "__main__"}


def test_the_glossary_has_each_word_once_and_its_code_exists() -> None:
    words = rows(page("docs/glossary.md"))
    code = "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    templates = {path.name for path in (ROOT / "templates").rglob("*")}
    names = [row[2].strip("`") for row in words]
    missing = [name for name in names if name not in templates and not re.search(rf"\b{name.split('.')[-1]}\b", code)]
    assert missing == []
    assert len({row[1] for row in words}) == len(words)
