"""On which lines of a text file rows stand that were found in it: DuckDB reads in parallel and does not count them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

_BLOCK = 1 << 24


def lines_at(path: Path, offsets: Sequence[int]) -> list[int]:
    """The lines (from 1) of ascending byte offsets (from 0)."""
    found: list[int] = []
    line, at = 1, 0
    with path.open("rb") as file:
        for offset in offsets:
            while at < offset:
                block = file.read(min(_BLOCK, offset - at))
                if not block:
                    break
                line, at = line + block.count(b"\n"), at + len(block)
            found.append(line)
    return found


def lines_of(path: Path, rows: Sequence[Sequence[str]], mark: str) -> list[int]:
    """The lines on which rows begin; `rows` in the order of the file, all rows that are equal to one of them included.

    A row is looked for as it would be written; where a block of the file has quotation marks, by its first cells and
    by parsing what is found. A cell that holds a line break is found by parsing the whole file.
    """
    found = list(_searched(path, rows, mark)) if rows else []
    return found if len(found) == len(rows) else list(_parsed(path, rows, mark))


def _searched(path: Path, rows: Sequence[Sequence[str]], mark: str) -> Iterator[int]:
    wanted = iter(rows)
    row = next(wanted, None)
    line = 1
    with path.open("rb") as file:
        while row is not None and (block := file.read(_BLOCK)):
            block += file.readline()
            at, counted, quoted = 0, 0, b'"' in block
            while row is not None and (start := _start(block, at, row, mark, quoted=quoted)) >= 0:
                line, counted = line + block.count(b"\n", counted, start), start
                yield line
                at = _end(block, start)
                row = next(wanted, None)
            line += block.count(b"\n", counted)


def _start(block: bytes, at: int, row: Sequence[str], mark: str, *, quoted: bool) -> int:
    """Where the next line begins, from `at` on, that is this row; -1: not in this block."""
    needle = (max(row, key=len).replace('"', '""') if quoted else mark.join(row)).encode()
    while (hit := block.find(needle, at)) >= 0:
        start = block.rfind(b"\n", 0, hit) + 1
        end = _end(block, hit)
        text = block[start:end].decode("utf-8-sig", errors="replace")
        if start >= at and _same(next(csv.reader([text], delimiter=mark), []), row):
            return start
        at = end
    return -1


def _end(block: bytes, at: int) -> int:
    """Where the line after the one of `at` begins."""
    end = block.find(b"\n", at)
    return len(block) if end < 0 else end + 1


def _parsed(path: Path, rows: Sequence[Sequence[str]], mark: str) -> Iterator[int]:
    wanted = iter(rows)
    row = next(wanted, None)
    line = 1
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=mark)
        for cells in reader:
            if row is None:
                return
            if _same(cells, row):
                yield line
                row = next(wanted, None)
            line = reader.line_num + 1


def _same(cells: Sequence[str], row: Sequence[str]) -> bool:
    """Whether a line has these cells, and behind them none that hold anything."""
    return list(cells[: len(row)]) == list(row) and not any(cells[len(row) :])
