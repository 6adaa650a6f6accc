"""One worker process for the run: it opens foreign files under limits, so that a hostile one cannot take us along.

The worker is spawned (never forked), answers one call at a time over a pipe with plain data, and is started again
after a crash. What it says on its own standard streams goes nowhere.
"""

from __future__ import annotations

import io
import os
import pickle
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from aftersales_cli.words import Say

_PACKAGES = Path(__file__).resolve().parents[2]
_BOOT = "import sys; sys.path.append(sys.argv[1]); from aftersales_cli.files.worker import main; main(sys.argv[2:])"
# what a Python needs to start; passwords and other secrets of the environment stay out of the worker
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP")
_PLAIN = {kind.__name__: kind for kind in (date, datetime, time, timedelta)}


@dataclass(frozen=True, slots=True)
class Confines:
    """What one call may use: bytes of memory, seconds of processor and of wall time, bytes of answer.

    `written` is how large a file it may write: none at all, except where a question of any size has to be set aside.
    """

    memory: int = 1_000_000_000
    cpu: int = 60
    wall: float = 120.0
    answer: int = 500_000_000
    written: int = 0


class ConfinedError(Exception):
    """The worker could not do it; `reason` says why in plain words."""

    def __init__(self, reason: Say) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return str(self.reason)


class Crashed(ConfinedError):  # noqa: N818 - it says what happened
    """The worker died, or a library in it gave up in a way nobody foresaw (A12)."""


class OutOfMemory(ConfinedError):  # noqa: N818 - it says what happened
    """The worker asked for more memory than it may have."""


class TookTooLong(ConfinedError):  # noqa: N818 - it says what happened
    """The worker used up its wall or processor time."""


class Confined:
    """The worker, as a context. `preload` names modules it imports while it waits for its first call."""

    def __init__(self, confines: Confines | None = None, *, preload: tuple[str, ...] = ()) -> None:
        self.confines = confines or Confines()
        self._preload = preload
        self._process: subprocess.Popen[bytes] | None = None
        self._watch: _Watch | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the worker, whatever it is doing; a later call has a new one."""
        self._watched()
        self._end()

    def start(self) -> None:
        """Begin to start the worker and return at once; a call does it otherwise. No harm when it runs already."""
        if self._process is not None:
            return
        command = [sys.executable, "-I", "-B", "-X", "utf8", "-c", _BOOT, str(_PACKAGES)]
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own module
            [*command, *map(str, (self.confines.memory, self.confines.cpu, self.confines.written)), *self._preload],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    def call(self, function: str, *arguments: object) -> Any:
        """Call `package.module:function` in the worker; its answer is built of plain containers, texts and times.

        Raises `Crashed`, `OutOfMemory` or `TookTooLong`; afterwards the next call has a new worker.
        """
        self.ask(function, *arguments)
        return self.answer()

    def ask(self, function: str, *arguments: object) -> None:
        """Begin a call and return; `answer` is due before the next one. Raises what `call` does."""
        self.start()
        assert self._process is not None
        assert self._watch is None, "the last answer was not taken"
        self._watch = _Watch(self._process, self.confines.wall)
        with self._exchanging(self._process) as (questions, _):
            send(questions, (function, arguments))

    def answer(self) -> Any:
        """What the call begun by `ask` gives; raises what `call` does."""
        assert self._process is not None
        with self._exchanging(self._process) as (_, answers):
            data = receive(answers, self.confines.answer)
            self._watched()
            kind, what = _loaded(data)
        if kind == "done":
            return what
        self._end()
        if kind == "memory":
            raise OutOfMemory(Say("reading it needs more memory than is allowed"))
        raise Crashed(Say("the reader failed on it ({what})", what=str(what)))

    @contextmanager
    def _exchanging(self, process: subprocess.Popen[bytes]) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
        """The pipes; where one breaks, the worker is gone and the verdict on it is raised."""
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield process.stdin, process.stdout
        except (OSError, EOFError):
            raise self._verdict(self._watched()) from None
        except BaseException:  # Ctrl-C between question and answer: the next answer would be the wrong one
            self._watched()
            self._end()
            raise

    def _watched(self) -> bool:
        """Stop watching the time of a call; whether it had run out."""
        watch, self._watch = self._watch, None
        return watch is not None and watch.stopped()

    def _verdict(self, rang: bool) -> ConfinedError:
        """The worker gave no answer: why."""
        code = self._end(patience=1)
        if rang or code == -_SIGXCPU:
            limit = int(self.confines.wall) if rang else self.confines.cpu
            return TookTooLong(Say("reading it takes longer than {seconds} seconds", seconds=limit))
        return Crashed(Say("the reader crashed on it (code {code})", code=code))

    def _end(self, patience: float = 0) -> int:
        """End the worker, after waiting so many seconds for it to end by itself; its exit code."""
        process, self._process = self._process, None
        if process is None:
            return 0
        try:
            process.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            process.kill()
        for pipe in (process.stdin, process.stdout):
            _close(pipe)
        return process.wait()


_SIGXCPU = 24  # the number on Linux and macOS; Windows has no such end


class _Watch:
    """Kills a process that is not done in time; works where no signals and no limits exist."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self._process = process
        self._timer = threading.Timer(seconds, self._ring)
        self._timer.daemon = True
        self._rang = False
        self._timer.start()

    def _ring(self) -> None:
        self._rang = True
        self._process.kill()

    def stopped(self) -> bool:
        """Stop it; whether it had to ring."""
        self._timer.cancel()
        return self._rang


def _loaded(data: bytes) -> tuple[str, Any]:
    """The kind of an answer and what it holds; `EOFError` for one that is broken."""
    try:
        kind, what = _Plain(io.BytesIO(data)).load()
    except Exception:  # noqa: BLE001 - whatever a broken answer makes of the unpickler
        raise EOFError from None
    return kind, what


class _Plain(pickle.Unpickler):
    """Reads containers, texts, numbers and times, and nothing that could run code of the worker's choosing."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in _PLAIN:
            return _PLAIN[name]
        raise pickle.UnpicklingError(f"{module}.{name}")


def send(pipe: IO[bytes], what: object) -> None:
    """One message: its length in eight bytes, then the pickle."""
    data = pickle.dumps(what, protocol=5)
    pipe.write(struct.pack("<Q", len(data)))
    pipe.write(data)
    pipe.flush()


def receive(pipe: IO[bytes], most: int) -> bytes:
    """One message's bytes; `EOFError` where it breaks off or is longer than `most`."""
    (length,) = struct.unpack("<Q", _exactly(pipe, 8))
    if length > most:
        raise EOFError
    return _exactly(pipe, length)


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    data = pipe.read(length)
    if len(data) != length:
        raise EOFError
    return data


def _close(pipe: IO[bytes] | None) -> None:
    if pipe is not None:
        try:
            pipe.close()
        except OSError:  # what was still to be written to a dead worker
            return
