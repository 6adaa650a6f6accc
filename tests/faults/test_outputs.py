"""Section O of the fault list: what hostile names and texts become in the files of a real run."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from aftersales_cli.files.confined import Confined
from aftersales_cli.tables.reading import OPENER
from tests.faults import running
from tests.faults.office import AS_OF, Office
from tests.faults.running import Outcome
from tests.jobs.world import TASK, circuit, customer, cut

Notify = Callable[..., Outcome]


@pytest.fixture(scope="module")
def reader() -> Iterator[Confined]:
    with Confined(preload=(OPENER,)) as shared:
        yield shared


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path / "office", cutovers=[cut("X1")])
    made.root.mkdir()
    return made


@pytest.fixture
def notify(
    office: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, reader: Confined
) -> Notify:
    """`cutover notify` in the office, which must succeed."""

    def run(*more: str, as_of: str = AS_OF, code: int = 0) -> Outcome:
        running.share(monkeypatch, reader)
        office.write()
        found = running.here(capsys, "-w", office.root, "--as-of", as_of, "cutover", "notify", *more)
        assert found.code == code, found.said
        return found

    return run


def files(office: Office) -> list[Path]:
    return sorted(path for path in (office.root / "out").rglob("*") if path.is_file())


def customers(office: Office, *codes: str, **cells: str) -> None:
    """These customers, with a circuit and a task each."""
    office.customers = [customer(code, "甲公司", 联系电话="021-1", 联系邮箱="a@k.example") | cells for code in codes]
    office.circuits = [circuit(f"X{n}", code) for n, code in enumerate(codes)]
    office.cutovers = [cut(f"X{n}", f"{TASK[:-2]}{n:02}") for n in range(len(codes))]


NAMES = ["../../etc", "．．／x", "a/b\\c:d*?", "CON", "nul.xlsx", "COM¹", "客户. ", "-rf", "~$x", "..", "💥|<>"]


@pytest.mark.parametrize("name", NAMES)
def test_no_name_leaves_its_folder(office: Office, notify: Notify, name: str) -> None:
    """O01: as code of a customer and as number of a task, which both stand in names of files."""
    customers(office, name, 客户名称=name)
    office.cutovers = [cut("X0", f"BD2011SHJH{name}")]
    before = {path for path in office.root.parent.rglob("*") if "out" not in path.relative_to(office.root.parent).parts}
    notify("--letters")
    run = next((office.root / "out").iterdir())
    found = files(office)
    assert len(found) > 6
    for path in found:
        assert path.resolve().is_relative_to(run.resolve())
        assert len(path.relative_to(run).parts) <= 2
        for part in path.relative_to(run).parts:
            assert not set(part) & set('<>:"/\\|?*')
            assert part.split(".")[0].upper() not in {"CON", "NUL", "COM1"}
            assert not part.endswith((".", " "))
            assert not part.startswith((".", "-", "~"))
    after = {path for path in office.root.parent.rglob("*") if "out" not in path.relative_to(office.root.parent).parts}
    assert {path.name.split("-")[0] for path in after - before} <= {
        "aftersales.yaml", "data", "cutovers", "rows.csv", "customers.csv", "circuits.csv", "departments.csv",
        "ledger.sqlite3", ".aftersales.lock",
    } | {path.name for path in office.root.glob(".*")}  # fmt: skip


def test_an_empty_name_is_no_customer(office: Office, notify: Notify) -> None:
    """O01"""
    office.customers.append(customer("K3", ""))
    assert "客户名称 is empty" in notify(code=3).said


ALIKE = {
    "direction": ("abc", "a\u202ebc"),
    "zero-width": ("a/b", "a\u200b_b"),
    "case": ("Ab/c", "ab_C"),
    "width": ("ａ／b", "a_b"),
    "accents": ("caf\u00e9/", "cafe\u0301_"),
}


@pytest.mark.parametrize("codes", ALIKE.values(), ids=ALIKE)
def test_names_that_become_alike_keep_their_own_folders(office: Office, notify: Notify, codes: tuple[str, str]) -> None:
    """O02: two customers whose codes a file system cannot tell apart; nothing is overwritten."""
    customers(office, *codes)
    if "\u202e" in codes[1]:
        assert "remove the control characters" in notify(code=3).said
        return
    notify()
    run = next((office.root / "out").iterdir())
    assert len([path for path in run.iterdir() if path.is_dir()]) == 2
    assert len([path for path in files(office) if path.name.endswith(".html")]) == 2


def test_a_name_of_300_characters_is_cut_and_stays_a_name(office: Office, notify: Notify) -> None:
    """O02"""
    customers(office, "长" * 300, "长" * 299 + "短")
    notify()
    run = next((office.root / "out").iterdir())
    assert max(len(path.name.encode()) for path in run.rglob("*")) <= 255
    assert len([path for path in run.iterdir() if path.is_dir()]) == 2


CELLS = ["=cmd|'/c calc'!A1", "+1", "-1", "@SUM(1)", "＝1+1", "=1", "'=1", '="x"', "_x0041_", "#N/A!"]


@pytest.mark.parametrize("value", CELLS)
def test_a_text_that_looks_like_a_formula_stays_a_text(office: Office, notify: Notify, value: str) -> None:
    """O03: in the form, in the desk's lists, and back through our own reader."""
    customers(office, "K1", 客户名称=value)
    office.cutovers = [cut("X0", 影响范围=value)]
    notify()
    seen = []
    for path in (p for p in files(office) if p.suffix == ".xlsx"):
        for sheet in openpyxl.load_workbook(path).worksheets:
            cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
            assert {cell.data_type for cell in cells} <= {"s"}, path
            seen += [cell.value for cell in cells]
    expected = {"'=1": "=1", '="x"': "x", "_x0041_": "_x0041_"}.get(value, value)  # as the CSV reader unwraps it
    assert expected in seen
    office.files["cutovers/again.xlsx"] = next(p for p in files(office) if p.name == "发布结果.xlsx").read_bytes()
    office.cutovers = []
    (office.root / "cutovers/rows.csv").unlink()
    notify(as_of="2011-05-27T10:00")
    again = max((office.root / "out").iterdir()) if len([*(office.root / "out").iterdir()]) > 1 else None
    assert again is None, "the same values tell nothing new"


def mails(office: Office) -> list[Any]:
    return [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in files(office)
        if path.suffix == ".eml"
    ]


@pytest.mark.parametrize("name", ["王,五 <a@b.cn>", '张"三"', "李四; 王五", "a@b.cn", "O'Neil, Ann (NOC)"])
def test_a_name_is_never_an_address(office: Office, notify: Notify, name: str) -> None:
    """O06"""
    customers(office, "K1", 售后联系人=name)
    notify()
    (mail, *_) = mails(office)
    (to,) = mail["To"].addresses
    assert (to.display_name, to.addr_spec) == (name, "a@k.example")


@pytest.mark.parametrize("code", ["客户" * 40, 'a"b; c', "é" * 60, "x" * 180])
def test_an_attachment_keeps_its_name(office: Office, notify: Notify, code: str) -> None:
    """O07: the file's name as it stands beside the mail, Chinese, long or with quotes."""
    customers(office, code)
    notify()
    (mail, *_) = mails(office)
    names = {part.get_filename() for part in mail.iter_attachments()}
    assert {name for name in names if name and name.endswith(".xlsx")} == {
        path.name for path in files(office) if path.suffix == ".xlsx" and path.parent.parent.name != "out"
    }


def calendars(office: Office) -> list[bytes]:
    return [path.read_bytes() for path in files(office) if path.suffix == ".ics"]


def test_a_calendar_file_keeps_its_lines_together(office: Office, notify: Notify) -> None:
    """O08: breaks, `;,\\` and controls in the texts of a template, folding between characters."""
    customers(office, "K1", 售后联系人="王;五,\\六 " + "长" * 60)
    office.files["templates/cutover/event.txt.j2"] = (
        "割接\x0b; , \\ {{ task.task_no }}{{ '\\x00\\x0b' }} " + "长" * 80 + "\n\n一\r\n二\nBEGIN:VALARM\n"
    ).encode()
    notify()
    (data, *_) = calendars(office)
    assert not set(data) & {0, 0x0B}
    assert data.replace(b"\r\n", b"").count(b"\n") == data.replace(b"\r\n", b"").count(b"\r") == 0
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert [line.decode() for line in lines]
    assert b"BEGIN:VALARM" not in lines
    assert b"\r\nSUMMARY:\xe5\x89\xb2\xe6\x8e\xa5\\; \\\\, ".replace(b"\\\\,", b"\\,") in data.replace(b"\r\n ", b"")


def test_a_cancelled_cutover_cancels_the_same_event(office: Office, notify: Notify) -> None:
    """O08: the same UID, the next sequence, METHOD:CANCEL; moved before that, an update."""
    notify()
    office.cutovers = [cut("X1", 割接时间="20110609 00:00:00/20110609 06:00:00")]
    notify(as_of="2011-05-27T10:00")
    office.cutovers = [cut("X1", 状态="取消", 割接时间="20110609 00:00:00/20110609 06:00:00")]
    notify(as_of="2011-05-27T11:00")
    said = []
    for data in calendars(office):
        lines = data.decode().replace("\r\n ", "").split("\r\n")
        fields = dict(line.partition(":")[::2] for line in lines)
        said.append((fields["UID"], fields["SEQUENCE"], fields["METHOD"]))
    assert [(sequence, method) for _, sequence, method in said] == [("0", "REQUEST"), ("1", "REQUEST"), ("2", "CANCEL")]
    assert len({uid for uid, _, _ in said}) == 1


def test_a_name_with_tags_is_a_text_in_the_letter(office: Office, notify: Notify) -> None:
    """O09"""
    customers(office, "K1", 客户名称="<script>alert(1)</script>", 售后联系人='"><img src=javascript:x onerror=x>')
    notify("--letters")
    pages = [path.read_text("utf-8") for path in files(office) if path.suffix == ".html"]
    assert pages
    for page in pages:
        assert "&lt;script&gt;" in page
        assert "<script" not in page.lower()
        assert "<img" not in page.lower()
        assert 'href="javascript:' not in page.lower()
