"""The workspace lock: one writing run at a time, held by the kernel, so that nothing is left to clean up."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files import system
from aftersales_cli.files.writing import not_written
from aftersales_cli.words import Say

LOCK_FILE = ".aftersales.lock"
STEP = 0.1  # seconds between two tries


class Lock:
    """The lock of the file `path` (0600, made where missing, never removed); use it as a context, or `release` it.

    `command` and `started` are for the message that another run gets. A file left over from a killed run holds nothing:
    the kernel's lock ended with its process (G05).
    """

    def __init__(self, path: Path, *, command: str, started: str, pause: Callable[[float], None] = time.sleep) -> None:
        self._path = path
        self._holder = f"{os.getpid()} · {command} · {started}"
        self._pause = pause
        self._descriptor: int | None = None

    def acquire(self, wait_seconds: float = 0) -> Lock:
        """Take it, trying for so long; then `Stop` 75, naming who holds it (process · command · start)."""
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)  # Python opens close-on-exec
        except OSError as error:
            raise not_written(self._path, error) from error
        try:
            self._try(descriptor, tries=1 + int(wait_seconds / STEP))
            os.truncate(descriptor, 0)
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.write(descriptor, self._holder.encode(errors="backslashreplace"))
        except OSError as error:
            os.close(descriptor)
            raise not_written(self._path, error) from error
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
        return self

    def _try(self, descriptor: int, tries: int) -> None:
        for attempt in range(tries):
            if attempt:
                self._pause(STEP)
            if system.try_lock(descriptor):
                return
        raise Stop(
            Say("another run holds this workspace: process {holder}", holder=_holder(self._path)),
            hint=Say("wait until it has ended, or give --wait more seconds; nothing was done"),
            code=Exit.BUSY,
        )

    def release(self) -> None:
        """Give it back; a second time does nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Lock:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def _holder(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="backslashreplace")[:200] or "?"
    except OSError:
        return "?"
