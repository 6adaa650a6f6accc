"""The fault list as a table: each bad input, the exact exit code of the whole command, and what it says (A-E, O)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from aftersales_cli.files.confined import Confined
from aftersales_cli.ledger import open_ledger
from aftersales_cli.tables.reading import OPENER
from tests.faults import running
from tests.faults.makers import MAKERS, spoil
from tests.faults.office import AS_OF, GOOD, Office
from tests.faults.running import Outcome
from tests.faults.spreadsheets import FILES

Line = dict[str, Any]
TABLE: list[Line] = yaml.safe_load(Path(__file__).with_name("faults.yaml").read_text("utf-8"))
KEYS = {"id", "case", "make", "with", "run", "apart", "exit", "beside", "says", "done"}
COUNTS = {"A": 17, "B": 8, "C": 8, "D": 10, "E": 6, "O": 9}
ELSEWHERE = {"A12", "O01", "O02", "O03", "O07", "O08", "O09"}
"""Lines that need more than a bad input: see `test_crashes.py`, `test_outputs.py`."""


def lines(key: str) -> list[Any]:
    """The lines that have the key, as parameters."""
    return [pytest.param(line, id=f"{line['id']}: {line['case']}") for line in TABLE if key in line]


@pytest.fixture(scope="session")
def reader() -> Iterator[Confined]:
    with Confined(preload=(OPENER,)) as shared:
        yield shared


class Desk:
    """Spoils an office as a line asks, and runs the line's command in it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], line: Line) -> None:
        self.office, self.capsys, self.line = Office(folder / "office"), capsys, line
        self.office.root.mkdir()

    def run(self, *more: str) -> Outcome:
        """The command, with further words."""
        office = self.office.root
        command = [word.replace("{office}", str(office)) for word in self.line.get("run", "cutover check").split()]
        words = ["-w", str(office), "--as-of", AS_OF, *command, *more]
        most = running.RENDERING if self.line["id"] == "E04" else running.SECONDS
        return (
            running.apart(office.parent, *words, seconds=most)
            if self.line.get("apart")
            else running.here(self.capsys, *words)
        )

    def written(self) -> list[object]:
        """What a run has left: documents, and notices in the ledger."""
        with open_ledger("sqlite:///ledger.sqlite3", root=self.office.root, create=False, read_only=True) as ledger:
            return [*(path for path in (self.office.root / "out").rglob("*") if path.is_file()), *ledger.issued()]


@pytest.fixture
def desk(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    reader: Confined,
) -> Desk:
    """The office of the test's line, spoilt and not yet written."""
    running.share(monkeypatch, reader)
    made = Desk(tmp_path, capsys, request.node.callspec.params["line"])
    spoil(made.office, made.line["make"], made.line.get("with"))
    return made


@pytest.mark.parametrize("line", lines("exit"))
def test_the_fault_ends_with_its_code_and_its_words(desk: Desk, line: Line) -> None:
    desk.office.write()
    found = desk.run()
    assert (line["exit"], []) == (found.code, [word for word in line.get("says", ()) if str(word) not in found.said]), (
        found.said
    )
    if line["id"].startswith("E") and line["exit"]:
        assert desk.written() == [], "a notice of a batch whose template does not hold"


@pytest.mark.parametrize("line", lines("beside"))
def test_a_sound_file_beside_the_bad_one_is_done_all_the_same(desk: Desk, line: Line) -> None:
    desk.office.beside()
    desk.office.write()
    found = desk.run("--json")
    assert found.code == line["beside"], found.said
    assert GOOD[-1] in running.tasks_done(found.json)
    assert bool(running.errors_of(found.json)) == (line["beside"] == 3)


@pytest.mark.parametrize("line", lines("done"))
def test_the_other_rows_go_on(desk: Desk, line: Line) -> None:
    desk.office.write()
    found = desk.run("--json")
    assert (line["exit"], set(line["done"])) == (found.code, running.tasks_done(found.json)), found.said


def test_every_line_of_the_list_has_a_case() -> None:
    """The list of the design has so many lines in each section."""
    known = Counter(name[0] for name in {line["id"] for line in TABLE} | ELSEWHERE)
    assert dict(known) == COUNTS


def test_the_table_is_sound() -> None:
    """No misspelt key, no unknown maker, no case twice, no maker unused."""
    assert not [line for line in TABLE if not set(line) <= KEYS]
    assert {line["make"] for line in TABLE} >= FILES.keys() | MAKERS.keys()
    assert Counter((line["id"], line["case"]) for line in TABLE).most_common(1)[0][1] == 1
