"""The upload workbook is what its script makes: run again, it changes nothing."""

from __future__ import annotations

from pathlib import Path

from aftersales_cli.library import content
from tests.documents.restyled import parts
from tests.visit.make_reports import make_upload


def test_the_script_makes_the_shipped_workbook_part_by_part_whatever_the_time_is(tmp_path: Path) -> None:
    make_upload(tmp_path / "upload.xlsx")
    shipped = (content("templates") / "visit" / "upload.xlsx").read_bytes()

    assert parts(shipped) == parts((tmp_path / "upload.xlsx").read_bytes())
