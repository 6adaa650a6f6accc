"""`manifest.json`: what a run folder holds; the last file written into it, and the proof that it is whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

MANIFEST = "manifest.json"


def manifest_of(files: Mapping[str, tuple[int, str]]) -> bytes:
    """The bytes for (size, sha256) by relative name, sorted: `{"files": [{"name", "size", "sha256"}]}`."""
    entries = [{"name": name, "size": files[name][0], "sha256": files[name][1]} for name in sorted(files)]
    return (json.dumps({"files": entries}, ensure_ascii=False, indent=1) + "\n").encode()


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
