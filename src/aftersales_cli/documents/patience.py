"""How long one template may take: an endless one is stopped where it stands, so that its line is named (E04)."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from jinja2 import TemplateRuntimeError

LONGEST = 10
"""Seconds of processor time that rendering one template for one recipient may take."""
_AGAIN = 0.5  # seconds until the interruption comes again, should something have swallowed it


class TooLongError(TemplateRuntimeError):
    """A template took longer than `LONGEST`."""


@contextmanager
def patience(seconds: float = LONGEST) -> Iterator[None]:
    """Raise `TooLongError` inside the block after so many seconds of processor time.

    Only where the system has such a clock, and in the main thread; elsewhere, and where one step of a template takes
    for ever, the limits of the child that renders remain.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGPROF, _ring)
    signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _ring(*_: object) -> None:
    raise TooLongError
