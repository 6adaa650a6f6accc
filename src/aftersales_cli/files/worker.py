"""The worker's side of `confined.py`: limits first, then one call after the other until the pipe closes."""

from __future__ import annotations

import gc
import importlib
import os
import pickle
import signal
import struct
from contextlib import suppress
from typing import IO, Any

from aftersales_cli.files.system import allow_cpu, confine


def main(arguments: list[str]) -> None:
    """Answer calls: arguments are bytes of memory, seconds of processor time for each call, bytes of a
    file written, modules to load early.
    """
    memory, cpu, written, *preload = arguments
    questions, answers = _own_pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    confine(int(memory), int(written))
    gc.disable()  # a sheet is millions of objects and no cycles
    for module in preload:
        with suppress(ImportError):  # the call that needs it will say so
            importlib.import_module(module)
    while question := _received(questions):
        allow_cpu(int(cpu))
        _send(answers, _answered(*question))


def _own_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The two pipes to the parent, out of reach of libraries that print or read."""
    questions = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    return questions, answers


def _answered(function: str, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    module, name = function.split(":")
    try:
        return ("done", getattr(importlib.import_module(module), name)(*arguments))
    except MemoryError:
        return ("memory", None)
    except BaseException as error:  # noqa: BLE001 - a Rust panic is a BaseException; the parent is told
        return ("failed", type(error).__name__)


def _received(pipe: IO[bytes]) -> tuple[str, tuple[Any, ...]] | None:
    head = pipe.read(8)
    if len(head) < 8:
        return None
    (length,) = struct.unpack("<Q", head)
    question: tuple[str, tuple[Any, ...]] = pickle.loads(pipe.read(length))  # noqa: S301 - from our own parent
    return question


def _send(pipe: IO[bytes], answer: tuple[Any, ...]) -> None:
    try:
        data = pickle.dumps(answer, protocol=5)
    except MemoryError:
        data = pickle.dumps(("memory", None), protocol=5)
    pipe.write(struct.pack("<Q", len(data)))
    pipe.write(data)
    pipe.flush()
