"""A workspace: where the files of one desk are, who sends, in which language; and how it is found."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from aftersales_cli.words import LANGUAGES

SETTINGS = "aftersales.yaml"
SENDER = ("name", "unit", "phone", "email")
MAIL = ("host", "port", "security", "username", "from", "domain", "cc", "password_file")


@dataclass(frozen=True)
class Workspace:
    """The settings of one desk; paths are absolute except `inputs` and `calendar`, which are patterns under `root`.

    `tell_not_interrupting` tells customers of work declared as not interrupting, too (else it is exempt, and listed),
    `tell_reduced_redundancy` of work that touches the protecting path only (D6).
    `mail` has the keys `MAIL`, those that are set; `cc` are addresses in one text, whether given as text or as a list.
    """

    root: Path
    named: bool = False
    province: str | None = None
    language: str | None = None
    inputs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    output: Path = Path("out")
    ledger: str = "sqlite:///ledger.sqlite3"
    templates: Path | None = None
    rulebook: Path | None = None
    calendar: tuple[str, ...] = ()
    limits: Mapping[str, str] = field(default_factory=dict)
    sender: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(SENDER, ""))
    mail: Mapping[str, str] = field(default_factory=dict)
    tell_not_interrupting: bool = False
    tell_reduced_redundancy: bool = False

    def paths(self, patterns: Sequence[str]) -> tuple[Path, ...]:
        """The files that patterns under the root name, sorted; lock files of an open workbook (`~$…`) left out.

        A plain path is given back whether it exists or not, so that a missing file is reported, not passed over.
        """
        found: list[Path] = []
        for pattern in patterns:
            if any(c in pattern for c in "*?["):
                base = Path(pattern)
                anchor, rest = (Path(base.anchor), base.relative_to(base.anchor)) if base.anchor else (self.root, base)
                matches = sorted(p for p in anchor.glob(str(rest)) if p.is_file())
            else:
                matches = [self.root / pattern]
            found += [p for p in matches if not p.name.startswith("~$") and p not in found]
        return tuple(found)


def find(start: Path) -> Path | None:
    """The nearest folder at or above `start` with an `aftersales.yaml`."""
    return next((folder for folder in (start, *start.parents) if (folder / SETTINGS).is_file()), None)


def language_of(root: Path) -> str | None:
    """The workspace's language, by a glance at the file: the words of the help depend on it before anything is read."""
    try:
        head = (root / SETTINGS).read_text("utf-8-sig", errors="replace")[:65536]
    except OSError:
        return None
    said = re.search(r"^language:\s*['\"]?(\w+)", head, re.MULTILINE)
    return said.group(1) if said and said.group(1) in LANGUAGES else None
