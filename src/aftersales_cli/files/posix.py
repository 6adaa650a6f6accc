"""What only POSIX systems offer: kernel locks, owners' rights, flushing a file system. `windows.py` is its twin."""

from __future__ import annotations

import ctypes
import fcntl
import os
import re
import resource
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "lustre", "fuse.sshfs"})


def try_lock(descriptor: int) -> bool:
    """Take the exclusive kernel lock of an open file; False where another process has it. It ends with its process."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def others_may(path: Path) -> bool:
    """Whether anybody but the owner may read or write `path`."""
    return bool(path.stat().st_mode & 0o077)


def flush_files(folder: Path, files: Iterable[Path]) -> None:
    """Put `folder` and `files` in it on the disk, at once where the system can; raises `OSError`, never retries."""
    if sys.platform == "linux":
        _flush_filesystem(folder)
    else:
        listed = list(files)
        for path in (*listed, *{file.parent for file in listed}, folder):
            flush(path)


def _flush_filesystem(folder: Path) -> None:
    with _opened(folder) as descriptor:
        if ctypes.CDLL(None, use_errno=True).syncfs(descriptor) != 0:  # Python offers sync(2) only, which hides errors
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), str(folder))


def flush(path: Path) -> None:
    """Put one file, or the entries of one folder, on the disk."""
    with _opened(path) as descriptor:
        os.fsync(descriptor)


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def network_filesystem(path: Path) -> str | None:
    """The kind of network file system that `path` is on, such as `nfs4`; None where it is a local one or unknown."""
    try:
        mounts = Path("/proc/mounts").read_text("utf-8", errors="surrogateescape")
    except OSError:
        return None  # macOS has no such list; SQLite's own locking error remains
    kind = filesystem(path.resolve(), mounts)
    return kind if kind in NETWORK else None


def filesystem(path: Path, mounts: str) -> str:
    """The file system's kind of `path` by a list in the form of /proc/mounts; the longest mount point counts."""
    kind, longest = "", -1
    for line in mounts.splitlines():
        _, point, named, *_ = line.split(" ")
        mounted = Path(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), point))  # a blank is \040
        if path.is_relative_to(mounted) and len(mounted.parts) >= longest:
            kind, longest = named, len(mounted.parts)
    return kind


def confine(memory: int, written: int = 0) -> None:
    """Keep this process within `memory` bytes of address space for good; it leaves no core dump.

    It writes no file larger than `written` bytes.
    """
    for limit, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, written), (resource.RLIMIT_CORE, 0)):
        with suppress(OSError, ValueError):  # macOS knows no RLIMIT_AS; the wall-time limit remains
            resource.setrlimit(limit, (most, most))


def allow_cpu(seconds: int) -> None:
    """Let this process use so many more seconds of processor time; then the system kills it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    with suppress(OSError, ValueError):
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, hard))
