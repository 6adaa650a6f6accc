"""Output that is there whole or not at all: run folders, and single files replaced at one stroke."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files import system
from aftersales_cli.files.manifest import MANIFEST, Listing, sha256
from aftersales_cli.files.names import Names, inside, numbered, safe_name, safe_parts
from aftersales_cli.words import Say

if TYPE_CHECKING:
    from types import TracebackType

PARTIAL = ".partial"
UNDER_WAY = 64  # files that may wait for the disk
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class RunFolder:
    """The folder of one run, filled under a temporary name beside its final one, then renamed.

    write … → `prepare` (on the disk, manifest last) → the ledger records the run → `publish` (rename) → the ledger
    completes it. Left as a context before `prepare` it is discarded; after it the ledger's recovery decides. Every
    `OSError` becomes `Stop` 74 that says what is needed; what stood before still stands.
    """

    def __init__(self, output: Path, name: str) -> None:
        self.output = output.absolute()
        self.name = safe_name(name)
        with _writing(self.output):
            self.output.mkdir(parents=True, exist_ok=True)
            self.path = _made(self.output / f".{self.name}{PARTIAL}")
        self.manifest_sha256: str | None = None
        self._files = Listing()
        self._disk = ThreadPoolExecutor(1, "aftersales-disk")
        self._under_way: deque[tuple[str, int, Future[str]]] = deque()
        self._open: tuple[tuple[str, ...], Path, Names] | None = None
        self._left: set[int] = set()  # hashes of the folders that files went into
        self._made: tuple[str, ...] = ()

    @property
    def temporary(self) -> str:
        """The name it has until it is published; it begins with a dot."""
        return self.path.name

    def write(self, relative: str, content: bytes) -> str:
        """Write one file; gives the relative name it got: every part made safe, `-2` where the name was in use.

        The disk is written beside the work that goes on; what fails there is raised by a later call, `prepare` at last.
        """
        *above, name = safe_parts(relative)
        folder, names = self._folder(tuple(above))
        path = names.free(folder / name)
        written = "/".join((*above, path.name))
        self._under_way.append((written, len(content), self._disk.submit(self._put, tuple(above), path, content)))
        self._wait(for_all_but=UNDER_WAY)
        return written

    def _wait(self, for_all_but: int = 0) -> None:
        """See the oldest files through; what failed is raised here."""
        while len(self._under_way) > for_all_but:
            name, size, done = self._under_way.popleft()
            self._files.add(name, size, done.result())

    def _folder(self, parts: tuple[str, ...]) -> tuple[Path, Names]:
        """The folder of these parts and the names in use there; looked at once while files go into the same one."""
        if self._open is None or self._open[0] != parts:
            path, names = self.path.joinpath(*parts), Names()
            names.free(self.path / MANIFEST)
            if hash(parts) in self._left:
                self._wait()
                for there in path.iterdir() if path.exists() else ():
                    names.free(there)
            self._left.add(hash(parts))
            self._open = (parts, path, names)
        return self._open[1:]

    def _put(self, parts: tuple[str, ...], path: Path, content: bytes) -> str:
        """Write a new file, its folder too where there is none yet; gives its sha256."""
        if self._made != parts:
            with _writing(path.parent):
                if parts and not _fresh(path.parent):
                    inside(self.path, parts)
                    path.parent.mkdir(parents=True, exist_ok=True)
            self._made = parts
        with _writing(path, needed=len(content)), path.open("xb") as file:
            file.write(content)
        return sha256(content)

    def prepare(self) -> str:
        """Flush all files once, write the manifest last and flush it; gives the manifest's sha256."""
        self._wait()
        path, digest = self.path / MANIFEST, hashlib.sha256()
        with _writing(path):
            system.flush_files(self.path, (self.path / name for name in self._files))
            with path.open("wb") as file:
                for piece in self._files.manifest():
                    file.write(piece)
                    digest.update(piece)
            system.flush(path)
            for folder in (self.path, self.output):
                system.flush(folder)
        self.manifest_sha256 = digest.hexdigest()
        return self.manifest_sha256

    def publish(self) -> Path:
        """Give the prepared folder its final name, or the first free `name-2`, `name-3` …; gives the final path."""
        if self.manifest_sha256 is None:
            raise ValueError("publish before prepare")
        self.path = published(self.path, self.name)
        return self.path

    def discard(self) -> None:
        """Remove the temporary folder; a published one stays."""
        if self.path.name.endswith(PARTIAL):
            shutil.rmtree(self.path, ignore_errors=True)

    def __enter__(self) -> RunFolder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._disk.shutdown(cancel_futures=True)
        if self.manifest_sha256 is None:
            self.discard()


def published(temporary: Path, name: str) -> Path:
    """Rename the folder `temporary` to the first free of `name`, `name-2` … beside it; nothing is ever overwritten."""
    for number in count(1):
        final = _numbered_folder(temporary.parent / name, number)
        if os.path.lexists(final):
            continue
        with _writing(final):
            try:
                temporary.rename(final)
            except OSError as error:
                if error.errno in (errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR):
                    continue  # somebody made it between the look and the rename
                raise
            system.flush(final.parent)
        return final
    raise AssertionError("count() has no end")  # pragma: no cover


def _fresh(path: Path) -> bool:
    """Make a folder; whether it was not there before, so that it cannot be somebody's link."""
    try:
        path.mkdir()
    except (FileExistsError, FileNotFoundError):
        return False
    return True


def _made(path: Path) -> Path:
    """Make the first free of `path`, `path-2` …: what another run left behind is not touched."""
    for number in count(1):
        free = numbered(path, number)
        with contextlib.suppress(FileExistsError):
            free.mkdir()
            return free
    raise AssertionError("count() has no end")  # pragma: no cover


def _numbered_folder(path: Path, number: int) -> Path:
    return path if number == 1 else path.with_name(f"{path.name}-{number}")  # its name may hold a dot


def replace_file(path: Path, content: bytes) -> None:
    """Put `content` in place of a single file (settings, exports): the old one or the new one is there, never half.

    A link is followed, the old file's rights are kept. `Stop` 74 leaves the old file as it was.
    """
    target = path.resolve()
    temporary = target.with_name(f".{target.name}.{os.getpid()}{PARTIAL}")
    with _writing(path, needed=len(content)):
        try:
            old = target.stat().st_mode & 0o7777 if target.exists() else None
            temporary.touch(0o666 if old is None else 0o600)
            temporary.write_bytes(content)
            if old is not None:
                temporary.chmod(old)
            system.flush(temporary)
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        system.flush(target.parent)


def new_file(path: Path, content: bytes) -> Path:
    """Write a file that was not there: `path`, or the first free `path-2` … beside it; gives the path it got.

    The folder is made where it is missing. `Stop` 74 leaves nothing behind.
    """
    with _writing(path, needed=len(content)):
        path.parent.mkdir(parents=True, exist_ok=True)
        free = next(p for n in count(1) if not os.path.lexists(p := numbered(path, n)))
        replace_file(free, content)
    return free


@contextlib.contextmanager
def _writing(path: Path, needed: int = 0) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise not_written(path, error, needed=needed) from error


def not_written(path: Path, error: OSError, *, needed: int = 0) -> Stop:
    """The `Stop` 74 for a file or folder that cannot be written; `needed` bytes were to be put there."""
    why = error.strerror or str(error)
    return Stop(
        Say("{file} cannot be written: {why}", file=path, why=why),
        hint=_remedy(path, error.errno, needed),
        code=Exit.NOT_WRITTEN,
    )


def _remedy(path: Path, code: int | None, needed: int) -> Say:
    folder = path.parent
    if code in _FULL:
        return Say(
            "free space on the disk of {folder} (this file alone needs {kilobytes} KB) and run again; "
            "what stood before still stands",
            folder=folder,
            kilobytes=max(1, -(-needed // 1024)),
        )
    if code in _FORBIDDEN:
        return Say("make {folder} writable for you, or name another folder with --output", folder=folder)
    if code == errno.EIO:
        return Say("the disk of {folder} reports an error; look at it before you run again", folder=folder)
    return Say("see that {folder} is a folder that can be written, then run again", folder=folder)
