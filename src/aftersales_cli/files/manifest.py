"""`manifest.json`: what a run folder holds; the last file written into it, and the proof that it is whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from aftersales_cli.files.shelf import Shelf, ascending

MANIFEST = "manifest.json"


class Listing:
    """What a folder holds, in the order it is written; set aside, for a run may write a million files."""

    def __init__(self) -> None:
        self._files: Shelf[tuple[str, int, str]] = Shelf()

    def add(self, name: str, size: int, digest: str) -> None:
        """Note a file by its relative name, its bytes and their sha256."""
        self._files.append((name, size, digest))

    def __iter__(self) -> Iterator[str]:
        return (name for name, _, _ in self._files)

    def manifest(self) -> Iterator[bytes]:
        """The manifest piece by piece, names sorted: `{"files": [{"name", "size", "sha256"}]}`."""
        between = "\n"
        yield b'{\n "files": ['
        for name, size, digest in ascending(self._files):
            shown = json.dumps(name, ensure_ascii=False)
            yield f'{between}  {{\n   "name": {shown},\n   "size": {size},\n   "sha256": "{digest}"\n  }}'.encode()
            between = ",\n"
        yield b"\n ]\n}\n" if self._files else b"]\n}\n"


def sha256(content: bytes) -> str:
    """The hexadecimal digest."""
    return hashlib.sha256(content).hexdigest()


def sealed(folder: Path, manifest_sha256: str) -> bool:
    """Whether `folder` holds a manifest with this digest; False where there is none. Raises `OSError` if unreadable."""
    try:
        return sha256((folder / MANIFEST).read_bytes()) == manifest_sha256
    except (FileNotFoundError, NotADirectoryError):
        return False


def deviations(folder: Path) -> tuple[list[str], list[str]]:
    """The names that are missing from `folder`, and those that changed, by its manifest; extra files are no deviation.

    Raises `OSError` where something cannot be read.
    """
    missing, changed = [], []
    for entry in json.loads((folder / MANIFEST).read_bytes())["files"]:
        path = folder / entry["name"]
        if not path.is_file():
            missing.append(entry["name"])
        elif path.stat().st_size != entry["size"] or sha256(path.read_bytes()) != entry["sha256"]:
            changed.append(entry["name"])
    return missing, changed


def whole(folder: Path, manifest_sha256: str) -> bool:
    """Whether `folder` is sealed with this manifest and every file of it is there, unchanged."""
    return sealed(folder, manifest_sha256) and deviations(folder) == ([], [])
