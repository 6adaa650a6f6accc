"""A link leads somewhere, and every page can be reached."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT, prose

LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


def links(page: str) -> list[tuple[Path, str]]:
    """The files and anchors a page links to; addresses on the web left out."""
    found = [link for link in LINK.findall(prose(PAGES[page].read_text("utf-8"))) if "://" not in link]
    return [((PAGES[page].parent / link.partition("#")[0]).resolve(), link.partition("#")[2]) for link in found]


def anchors(page: Path) -> set[str]:
    """The anchors that a page's headings make."""
    headings = HEADING.findall(prose(page.read_text("utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_a_file_and_a_heading(page: str) -> None:
    targets = [(PAGES[page] if path.is_dir() and not path.name else path, anchor) for path, anchor in links(page)]
    assert [str(path) for path, _ in targets if not path.exists()] == []
    assert [f"{path.name}#{anchor}" for path, anchor in targets if anchor and anchor not in anchors(path)] == []


def test_every_page_is_reached_from_the_readme() -> None:
    reached, waiting = {"README.md"}, ["README.md"]
    names = {path.resolve(): name for name, path in PAGES.items()}
    while waiting:
        found = {names[path] for path, _ in links(waiting.pop()) if path in names}
        waiting += found - reached
        reached |= found
    assert sorted(PAGES.keys() - reached - {"CHANGELOG.md", "docs/README.md"}) == []


def test_every_decision_is_in_the_list_and_numbered_in_turn() -> None:
    folder = ROOT / "docs" / "decisions"
    written = sorted(path.name for path in folder.glob("[0-9]*.md"))
    listed = re.findall(r"\[\d+\]\((\S+)\)", (folder / "README.md").read_text("utf-8"))
    assert listed == written
    assert [name[:4] for name in written] == [f"{number:04}" for number in range(1, len(written) + 1)]
