"""`aftersales.yaml` → `Workspace`, read strictly: line and nearest key for whatever does not hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.yaml_text import Elements, Entries, Node, Text, YamlError, parse_yaml
from aftersales_cli.words import LANGUAGES, Say
from aftersales_cli.workspace import MAIL, SENDER, SETTINGS, Workspace

# what no header of a mail and no line of a form can hold: controls, line separators, halves of characters
_BREAKING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
KEYS = (
    "province",
    "language",
    "inputs",
    "output",
    "ledger",
    "templates",
    "rulebook",
    "calendar",
    "limits",
    "sender",
    "mail",
    "tell_not_interrupting",
    "tell_reduced_redundancy",
)
TABLES = (
    "customers",
    "circuits",
    "routes",
    "cutovers",
    "assurances",
    "complaints",
    "faults",
    "receipts",
    "feedback",
    "departments",
    "engineers",
    "visits",
    "inspections",
    "commitments",
    "satisfaction",
    "work_orders",
    "warnings",
    "crises",
    "campaigns",
    "campaign_tasks",
    "crm_customers",
    "crm_circuits",
    "resource_routes",
)


def load(root: Path) -> Workspace:
    """Read the settings of the folder `root`; `Stop` 78 where they do not hold, with line and nearest key."""
    path = root / SETTINGS
    try:
        node = parse_yaml(path.read_text("utf-8-sig"), file=str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise Stop(
            Say("{file} cannot be read: {error}", file=path, error=str(error)),
            hint=Say("save it as UTF-8 text, or write a new one with “aftersales init DIR”"),
            code=Exit.SETTINGS,
        ) from error
    except YamlError as error:
        raise Stop(
            Say("{file}, line {line}: {message}", file=path, line=error.line, message=error.message),
            hint=error.hint,
            code=Exit.SETTINGS,
        ) from error
    return _Reader(path).workspace(root, node)


def _there(folder: Path) -> Path | None:
    """A workspace's own templates come first without being named."""
    return folder if folder.is_dir() else None


def _is_empty(node: Node) -> bool:
    return isinstance(node, Text) and not node.text.strip()


@dataclass(frozen=True)
class _Reader:
    path: Path

    def workspace(self, root: Path, node: Node) -> Workspace:
        top = self.mapping(node, KEYS)
        sender = self.texts(top.get("sender"), SENDER)
        return Workspace(
            root=root,
            named=True,
            province=self.text(top.get("province")),
            language=self.choice(top.get("language"), LANGUAGES),
            inputs=self.lists(top.get("inputs")),
            output=root / (self.text(top.get("output")) or "out"),
            ledger=self.text(top.get("ledger")) or "sqlite:///ledger.sqlite3",
            templates=self.folder(root, top.get("templates")) or _there(root / "templates"),
            rulebook=self.folder(root, top.get("rulebook")),
            calendar=self.patterns(top.get("calendar")),
            limits=self.texts(top.get("limits"), None),
            sender=dict.fromkeys(SENDER, "") | sender,
            mail=self.mail(top.get("mail")),
            tell_not_interrupting=self.yes(top.get("tell_not_interrupting")),
            tell_reduced_redundancy=self.yes(top.get("tell_reduced_redundancy")),
        )

    def stop(self, node: Node, message: Say, hint: Say | None = None) -> Stop:
        where = Say("{file}, line {line}: {message}", file=self.path, line=node.line, message=message)
        return Stop(where, hint=hint, code=Exit.SETTINGS)

    def mapping(self, node: Node | None, keys: Sequence[str] | None) -> dict[str, Node]:
        if node is None or _is_empty(node):
            return {}
        if not isinstance(node, Entries):
            raise self.stop(node, Say("expected “key: value” lines here"))
        for key, line, value in node.items():
            if keys is not None and key not in keys:
                near = get_close_matches(key, keys, 1)
                hint = Say("did you mean “{near}”?", near=near[0]) if near else Say("known keys: {keys}", keys=keys)
                raise self.stop(replace(value, line=line), Say("unknown key “{key}”", key=key), hint)
        return {key: value for key, _, value in node.items()}

    def text(self, node: Node | None) -> str | None:
        if node is None or _is_empty(node):
            return None
        if not isinstance(node, Text):
            raise self.stop(node, Say("expected one value here, not a list or mapping"))
        if _BREAKING.search(node.text):
            raise self.stop(node, Say("a line break or another control character stands in this value"))
        return node.as_text()

    def choice(self, node: Node | None, words: Sequence[str]) -> str | None:
        text = self.text(node)
        if node is not None and text is not None and text not in words:
            raise self.stop(node, Say("“{text}” is none of {words}", text=text, words=words))
        return text

    def yes(self, node: Node | None) -> bool:
        return self.choice(node, ("true", "false")) == "true"

    def texts(self, node: Node | None, keys: Sequence[str] | None) -> dict[str, str]:
        return {key: self.text(value) or "" for key, value in self.mapping(node, keys).items()}

    def mail(self, node: Node | None) -> dict[str, str]:
        said = self.mapping(node, MAIL)
        return {k: "; ".join(self.patterns(v)) if k == "cc" else self.text(v) or "" for k, v in said.items()}

    def patterns(self, node: Node | None) -> tuple[str, ...]:
        if isinstance(node, Elements):
            return tuple(self.text(element) or "" for element in node.elements())
        text = self.text(node)
        return () if text is None else (text,)

    def lists(self, node: Node | None) -> dict[str, tuple[str, ...]]:
        return {key: self.patterns(value) for key, value in self.mapping(node, TABLES).items()}

    def folder(self, root: Path, node: Node | None) -> Path | None:
        text = self.text(node)
        if node is not None and text is not None and not (root / text).is_dir():
            raise self.stop(node, Say("there is no folder {path}", path=root / text))
        return None if text is None else root / text
