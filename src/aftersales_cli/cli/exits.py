"""The wall around every command: whatever happens becomes a sentence and an exit code, never a traceback."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable
from io import StringIO
from json import dumps
from pathlib import Path

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.words import Say, _


class Terminated(BaseException):
    """SIGTERM arrived: unwinds like Ctrl-C, so that what is half done is put away."""


def _terminate(*_arguments: object) -> None:
    raise Terminated


def streams() -> bool:
    """Make both streams take whatever is written to them; False where stdout is closed, and nobody will hear (G14)."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    heard = sys.stdout is not None
    if sys.stdout is None:
        sys.stdout = StringIO()
    if sys.stderr is None:
        sys.stderr = StringIO()
    return heard


def walled(run: Callable[[], int], *, debug: bool, json: str | None = None) -> int:
    """Run a command; give its exit code, having said on stderr what went wrong.

    `json` is the command's name where `--json` was asked for: then what stopped it is a document on stdout, too.
    """
    signal.signal(signal.SIGTERM, _terminate)
    try:
        code = run()
        sys.stdout.flush()
    except Stop as stop:
        if json is not None:
            print(_document(json, stop))
        return say(stop)
    except KeyboardInterrupt:
        print(_("stopped; run it again to go on"), file=sys.stderr)
        return Exit.INTERRUPTED
    except Terminated:
        print(_("told to stop; run it again to go on"), file=sys.stderr)
        return Exit.TERMINATED
    except BrokenPipeError:
        # the reader (| head) has left: nothing is wrong, and nothing more can be said
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    except Exception as error:
        return crashed(error, debug=debug)
    else:
        return code


def _document(command: str, stop: Stop) -> str:
    """The contract's envelope (section 5) of a command that was stopped: the error is its one problem."""
    nowhere = dict.fromkeys(("file", "sheet", "row", "column", "line"))
    hint = None if stop.hint is None else str(stop.hint)
    problem: dict[str, object]
    problem = {"source": nowhere, "field": None, "found": None, "message": str(stop), "hint": hint, "held": []}
    envelope: dict[str, object]
    envelope = {"command": command, "as_of": None, "province": None, "exit": int(stop.code), "summary": {}, "items": []}
    return dumps(
        {**envelope, "problems": [{**problem, "severity": "error"}], "files": []}, ensure_ascii=False, indent=2
    )


def say(stop: Stop) -> int:
    """Print an error that stops a command, in two lines; give its code."""
    print(str(Say("error: {message}", message=stop.message)), file=sys.stderr)
    if stop.hint is not None:
        print(str(Say("hint: {hint}", hint=stop.hint)), file=sys.stderr)
    return stop.code


def crashed(error: Exception, *, debug: bool) -> int:
    """Our own fault: a private log without local variables, named on stderr; code 74 where stdout took nothing more."""
    if isinstance(error, OSError) and error.filename is None and not debug:
        print(str(Say("error: it could not be written: {error}", error=error.strerror or str(error))), file=sys.stderr)
        return Exit.NOT_WRITTEN
    text = "".join(traceback.format_exception(error))
    if debug:
        print(text, file=sys.stderr)
    handle, name = tempfile.mkstemp(prefix="aftersales-crash-", suffix=".log")  # mkstemp makes it 0600
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as log:
        log.write(text)
    print(
        str(Say("error: something in aftersales itself went wrong ({kind})", kind=type(error).__name__)),
        file=sys.stderr,
    )
    print(str(Say("hint: send us the log {file}; it holds no data of yours", file=Path(name))), file=sys.stderr)
    return Exit.OURS
