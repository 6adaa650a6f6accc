from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tests.province.conftest import EXAMPLE
from tools.province import __main__ as command
from tools.province.making import files, make
from tools.province.model import Province

MOST_BYTES = 1_500_000
CELLS = ("xl/worksheets/", "xl/sharedStrings.xml")


def parts(content: bytes) -> dict[str, bytes] | bytes:
    """What stands in the cells of a workbook (compression and styles differ between builds), else the bytes."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.startswith(CELLS)}


def test_the_same_seed_gives_the_same_bytes(made: Province, contents: dict[str, bytes]) -> None:
    assert files(make(made.seed)) == contents


def test_another_seed_gives_another_province(contents: dict[str, bytes]) -> None:
    other = files(make(7))
    assert list(other) == list(contents)
    same = {name for name in contents if parts(other[name]) == parts(contents[name])}
    assert same == {"aftersales.yaml", "june-20/aftersales.yaml"}


def test_the_committed_example_is_what_the_generator_makes(contents: dict[str, bytes]) -> None:
    there = {path.relative_to(EXAMPLE).as_posix() for path in EXAMPLE.rglob("*") if path.is_file()}
    assert there == set(contents)
    assert {
        name for name, content in contents.items() if parts((EXAMPLE / name).read_bytes()) != parts(content)
    } == set()


def test_the_example_stays_small(contents: dict[str, bytes]) -> None:
    assert sum(map(len, contents.values())) < MOST_BYTES


def test_every_kind_of_file_is_there(contents: dict[str, bytes]) -> None:
    """Workbooks, GB18030 texts, texts that call themselves .xls, and YAML; the cutovers in every one of them."""
    cutovers = {name.rpartition(".")[2] for name in contents if name.startswith("inbox/cutovers/")}
    assert cutovers == {"xlsx", "csv", "xls", "yaml"}
    for name, content in contents.items():
        if name.endswith((".csv", ".xls")):
            assert not content.startswith(b"PK"), name
            assert content.decode("gb18030").isprintable() is False, name  # line ends
            with pytest.raises(UnicodeDecodeError):
                content.decode("utf-8")


def test_the_command_writes_where_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], contents: dict[str, bytes]
) -> None:
    monkeypatch.setattr("sys.argv", ["province", "--to", str(tmp_path / "there")])
    command.main()
    assert "60 cutovers, 400 customers, 3000 circuits" in capsys.readouterr().out
    written = {path for path in (tmp_path / "there").rglob("*") if path.is_file()}
    assert {path.relative_to(tmp_path / "there").as_posix(): path.read_bytes() for path in written} == contents
