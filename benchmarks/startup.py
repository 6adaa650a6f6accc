"""How long the program takes to begin, beside an empty Typer program: at most 1.5 × (ratio of medians)."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

MOST = 1.5
EMPTY = """\
import typer

app = typer.Typer()


@app.command()
def one() -> None:
    pass


@app.command()
def two() -> None:
    pass


app()
"""
OURS = "from aftersales_cli.cli.main import run; run()"


def main() -> int:
    """Print the table; 1 where a ratio is over the bar."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=21, help="of each command, interleaved (default: 21)")
    runs = arguments.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        empty, ours = Path(folder) / "empty.py", Path(folder) / "ours.py"
        empty.write_text(EMPTY)
        ours.write_text(OURS)
        commands = {
            "an empty Typer program --help": [str(empty), "--help"],
            "aftersales --version": [str(ours), "--version"],
            "aftersales --help": [str(ours), "--help"],
            "aftersales --lang zh --help": [str(ours), "--lang", "zh", "--help"],
        }
        medians = {name: median(times) for name, times in timed(commands, runs, Path(folder)).items()}
    return shown(medians, runs)


def timed(commands: Mapping[str, Sequence[str]], runs: int, folder: Path) -> dict[str, list[float]]:
    """Seconds of each run; the commands take turns, so that a slow moment of the machine meets all of them."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, arguments in commands.items():
            began = perf_counter()
            subprocess.run(
                [sys.executable, *arguments],
                cwd=folder,
                env=os.environ | {"PYTHONUTF8": "1"},
                stdout=subprocess.DEVNULL,
                check=True,
            )
            if turn:  # the first fills the file cache
                times[name].append(perf_counter() - began)
    return times


def shown(medians: Mapping[str, float], runs: int) -> int:
    """The table on stdout, the first line being the measure of the others."""
    print(f"medians of {runs} interleaved runs, Python {sys.version.split()[0]}; the bar is {MOST} ×")
    measure = next(iter(medians.values()))
    for name, seconds in medians.items():
        print(f"{name:<32}{seconds * 1000:8.0f} ms{seconds / measure:8.2f} ×")
    return int(any(seconds > MOST * measure for seconds in medians.values()))


if __name__ == "__main__":
    raise SystemExit(main())
