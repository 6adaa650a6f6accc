"""The twin of `posix.py` for Windows. Written for it, and not run there yet."""

from __future__ import annotations

# ruff: noqa: E402 - the assertion tells mypy on other systems that nothing below is for them
import sys

assert sys.platform == "win32"

import ctypes
import msvcrt
import os
from collections.abc import Iterable
from pathlib import Path

_FAR = 1 << 30  # Windows forbids reading what is locked: the lock is on a byte far beyond the holder's name
_REMOTE = 4  # DRIVE_REMOTE


def try_lock(descriptor: int) -> bool:
    """Take the exclusive kernel lock of an open file; False where another process has it. It ends with its process."""
    os.lseek(descriptor, _FAR, os.SEEK_SET)
    try:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    return True


def others_may(path: Path) -> bool:
    """Always False: access lists are the administrator's; a new file inherits the folder's."""
    del path
    return False


def flush_files(folder: Path, files: Iterable[Path]) -> None:
    """Put `files` on the disk, one by one; raises `OSError`, never retries."""
    del folder
    for file in files:
        flush(file)


def flush(path: Path) -> None:
    """Put one file on the disk; a folder cannot be flushed on Windows and need not be."""
    if path.is_dir():
        return
    descriptor = os.open(path, os.O_RDWR | os.O_BINARY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def network_filesystem(path: Path) -> str | None:
    """`network drive` for a path on one, else None."""
    root = path.resolve().anchor
    remote = root.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(root) == _REMOTE
    return "network drive" if remote else None


def confine(memory: int, written: int = 0) -> None:
    """Nothing: Windows has no such limits; the checks before opening and the wall-time limit remain."""
    del memory, written


def allow_cpu(seconds: int) -> None:
    """Nothing, as `confine`."""
    del seconds
