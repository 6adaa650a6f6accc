"""Which files make up a rule book: the built-in folder first, then the workspace's, a later file for an earlier one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.words import Say

WORD_LISTS, PROVINCES = "vocabulary", "provinces"  # the two folders that hold no cards
NOT_OURS = frozenset({"workdays"})  # the calendar's conventions are read by `workdays/`
CASES = ".cases"


@dataclass
class Shelf:
    """The files in force, by what their names say they are; a case table is found by (province or "", rule)."""

    vocabularies: dict[str, Path] = field(default_factory=dict)
    cards: dict[str, Path] = field(default_factory=dict)
    provinces: dict[str, Path] = field(default_factory=dict)
    cases: dict[tuple[str, str], Path] = field(default_factory=dict)

    def fingerprint(self) -> str:
        """SHA-256 over names and contents of all that decides, whatever the line ends; case tables decide nothing."""
        digest = hashlib.sha256()
        for kind, files in (("word", self.vocabularies), ("card", self.cards), ("province", self.provinces)):
            for name, path in sorted(files.items()):
                content = path.read_bytes().replace(b"\r\n", b"\n")
                digest.update(f"{kind} {name} {len(content)}\n".encode() + content)
        return digest.hexdigest()

    def add(self, folder: Path) -> None:
        """Lay the files of one folder over those that are there already.

        A card, word list or province with the same name takes the other's place whole; a province's case tables
        belong to its file and go with it.
        """
        cards: dict[str, Path] = {}
        for path in _files(folder):
            within, cases = path.relative_to(folder).parts[0], path.stem.endswith(CASES)
            if within == WORD_LISTS:
                self.vocabularies[path.stem] = path
            elif within == PROVINCES:
                continue
            elif cases:
                self.cases["", path.stem.removesuffix(CASES)] = path
            else:
                _once(cards, path)
        self.cards |= cards
        self._add_provinces(_files(folder / PROVINCES))

    def _add_provinces(self, files: list[Path]) -> None:
        added = {path.stem: path for path in files if not path.stem.endswith(CASES)}
        self.provinces |= added
        self.cases = {key: path for key, path in self.cases.items() if key[0] not in added}
        for path in files:
            if path.stem.endswith(CASES):
                province, _, rule = path.stem.removesuffix(CASES).partition(".")
                self.cases[province, rule] = path


def collect(folders: Sequence[Path]) -> Shelf:
    """The files of all folders; `Stop` 78 for a folder that is not there or two cards of one id in one folder."""
    shelf = Shelf()
    for folder in folders:
        if not folder.is_dir():
            raise Stop(Say("there is no rule book in {folder}", folder=folder), code=Exit.SETTINGS)
        shelf.add(folder)
    return shelf


def _files(folder: Path) -> list[Path]:
    found = (path for path in folder.rglob("*") if path.suffix in (".yaml", ".yml") and path.is_file())
    return sorted(path for path in found if not path.name.startswith((".", "~")) and path.stem not in NOT_OURS)


def _once(cards: dict[str, Path], path: Path) -> None:
    if path.stem in cards:
        message = Say("two cards of one name: {one} and {other}", one=cards[path.stem], other=path)
        raise Stop(message, code=Exit.SETTINGS)
    cards[path.stem] = path
