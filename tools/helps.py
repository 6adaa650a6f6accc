"""What the program itself says about its commands: the output of every `--help`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

from aftersales_cli.cli.main import COMMANDS, GROUPS


def help_texts(language: str) -> dict[tuple[str, ...], str]:
    """What `aftersales … --help` prints for the program, every group and every command, 100 columns wide."""
    lines: list[tuple[str, ...]] = [()]
    for group in GROUPS:
        registered = import_module(f"aftersales_cli.cli.{group}").app.registered_commands
        lines += [(group,), *((group, command.name) for command in registered)]
    lines += [(command,) for command in COMMANDS]
    with ThreadPoolExecutor(os.cpu_count()) as several:
        return dict(zip(lines, several.map(lambda line: _help(line, language), lines), strict=True))


def _help(line: Sequence[str], language: str) -> str:
    run = "import sys; from aftersales_cli.cli.main import main; sys.exit(main(sys.argv[1:]))"
    unwanted = ("FORCE_COLOR", "GITHUB_ACTIONS", "PY_COLORS", "AFTERSALES_LANG", "AFTERSALES_WORKSPACE")
    plain = {"COLUMNS": "100", "TERMINAL_WIDTH": "100", "NO_COLOR": "1", "PYTHONUTF8": "1", "TERM": "dumb"}
    result = subprocess.run(
        [sys.executable, "-c", run, "--lang", language, *line, "--help"],
        env={name: value for name, value in os.environ.items() if name not in unwanted} | plain,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return "\n".join(text.rstrip() for text in result.stdout.splitlines()).strip("\n")
