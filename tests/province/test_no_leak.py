"""R1–R3: nothing of one customer reaches another, looked for in every byte of a whole province's night.

What is searched for, and how, stands in `searching`. The desk's own files (manifest, the two lists), what the command
prints, and the ledger name everybody, and lie in no customer's folder.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl.comments import Comment

from tests.province.conftest import EXAMPLE
from tests.province.desks import Night
from tests.province.searching import Search
from tools.province.model import Province

WHOSE, ANOTHER = "KH-00004", "KH-00002"
KINDS = {".xlsx", ".html", ".txt", ".docx", ".ics", ".eml"}


@pytest.fixture(scope="module")
def search(made: Province) -> Search:
    return Search(made)


def test_the_night_holds_every_kind_of_document_for_hundreds_of_customers(night: Night) -> None:
    assert {path.suffix for _, path in night.documents()} == KINDS
    assert len(night.customers) > 200


def test_no_document_holds_anything_of_another_customer(night: Night, search: Search) -> None:
    own = {code: search.own(code) for code in night.customers}
    leaks = {
        (path.name, word)
        for code, path in night.documents()
        for word in search.leaks(own[code], f"{path.parent.name}/{path.name}", path.read_bytes())
    }
    assert leaks == set()


def test_the_department_learns_only_of_circuits_that_are_left_to_it(night: Night, search: Search) -> None:
    left = night.said["summary"]["department"]
    nobodys = {word for word, owners in search.whose.items() if not owners - {"KH-00999"}}
    own = nobodys.union(*(search.own(each["customer_code"]) for each in left if each["customer_code"]))
    files = sorted((night.folder / "department").iterdir())
    assert len(files) >= 4
    assert {word for path in files for word in search.leaks(own, path.name, path.read_bytes())} == set()


def test_every_document_names_its_own_customer(night: Night, search: Search) -> None:
    """So that a leak could not hide from the search: it can read each file."""
    blind = {
        path.name
        for code, path in night.documents()
        if not any(code in search.whose[word] for word in search.found(path.name, path.read_bytes()))
    }
    assert blind == set()


def test_beside_the_customers_folders_lie_only_what_is_the_desks(night: Night) -> None:
    """No log is written; what was printed is the desk's."""
    beside = {path.name for path in night.folder.iterdir()} - {Path(p).parent.name for _, p in night.documents()}
    assert beside == {"department", "manifest.json", "回执登记表.xlsx", "发布结果.xlsx"}
    made_here = {path.name for path in night.root.iterdir()} - {path.name for path in EXAMPLE.iterdir()}
    assert made_here == {".aftersales.lock", "ledger.sqlite3", "out"}
    assert len((night.root / ".aftersales.lock").read_text().splitlines()) == 1  # who holds it, and since when


def hidden_sheet(data: bytes, word: str) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book.create_sheet("x")
    page.sheet_state = "veryHidden"
    page["C7"] = f"{word[:3]}-{word[3:]}"
    return saved(book)


def hidden_column(data: bytes, word: str) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book.worksheets[0]
    page["ZZ99"] = word
    page.column_dimensions["ZZ"].hidden = True
    return saved(book)


def comment(data: bytes, word: str) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    book.worksheets[0]["A1"].comment = Comment(word, "x")
    return saved(book)


def property_of_workbook(data: bytes, word: str) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    book.properties.keywords = word
    return saved(book)


def property_of_letter(data: bytes, word: str) -> bytes:
    book = docx.Document(io.BytesIO(data))
    book.core_properties.comments = word
    return saved(book)


def two_runs(data: bytes, word: str) -> bytes:
    """A word that a format change cuts in two."""
    book = docx.Document(io.BytesIO(data))
    line = book.add_paragraph(word[:2])
    line.add_run(word[2:]).bold = True
    return saved(book)


def html_comment(data: bytes, word: str) -> bytes:
    return data.replace(b"</body>", f"<!-- {word} --></body>".encode())


def entities(data: bytes, word: str) -> bytes:
    return data.replace(b"</body>", "".join(f"&#{ord(sign)};" for sign in word).encode() + b"</body>")


def full_width(data: bytes, word: str) -> bytes:
    return data + "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in word).encode()


def folded_line(data: bytes, word: str) -> bytes:
    return data.replace(b"END:VEVENT", f"COMMENT:{word[:4]}\r\n {word[4:]}\r\nEND:VEVENT".encode())


def header(data: bytes, word: str) -> bytes:
    mail = message_from_bytes(data, policy=default)
    mail["Comments"] = word
    return mail.as_bytes()


def attachment_name(data: bytes, word: str) -> bytes:
    mail = message_from_bytes(data, policy=default)
    mail.add_attachment(b"", "application", "octet-stream", filename=word.replace("/", "_"))
    return mail.as_bytes()


def inside_attachment(data: bytes, word: str) -> bytes:
    mail = message_from_bytes(data, policy=default)
    form = next(part for part in mail.walk() if (part.get_filename() or "").endswith(".xlsx"))
    held = form.get_payload(decode=True)
    assert isinstance(held, bytes)
    mail.add_attachment(hidden_sheet(held, word), "application", "octet-stream", filename="more.xlsx")
    return mail.as_bytes()


def saved(book: openpyxl.Workbook | docx.document.Document) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("ending", "planted"),
    [
        pytest.param("xlsx", hidden_sheet, id="hidden sheet"),
        pytest.param("xlsx", hidden_column, id="hidden column"),
        pytest.param("xlsx", comment, id="comment in a cell"),
        pytest.param("xlsx", property_of_workbook, id="property of a workbook"),
        pytest.param("docx", property_of_letter, id="property of a letter"),
        pytest.param("docx", two_runs, id="word in two runs"),
        pytest.param("html", html_comment, id="comment of a page"),
        pytest.param("html", entities, id="character references"),
        pytest.param("txt", full_width, id="full width"),
        pytest.param("ics", folded_line, id="folded line"),
        pytest.param("eml", header, id="header"),
        pytest.param("eml", attachment_name, id="name of an attachment"),
        pytest.param("eml", inside_attachment, id="hidden sheet of an attachment"),
    ],
)
def test_a_planted_leak_is_found(
    night: Night, search: Search, made: Province, ending: str, planted: Callable[[bytes, str], bytes]
) -> None:
    other = next(one for one in made.customers if one.code == ANOTHER)
    path, own = night.files(WHOSE, ending)[0], search.own(WHOSE)
    line = next(one.code for one in made.circuits if one.customer == ANOTHER and one.code not in own)
    for word in (line, other.name, other.contact, other.phone, other.manager_phone, other.email.partition(";")[0]):
        assert search.leaks(own, path.name, planted(path.read_bytes(), word)) != set(), word


def test_every_single_word_is_found_where_it_stands(search: Search) -> None:
    """Two characters of a person's name as well as forty of a company's."""
    lost = [word for word in search.whose if word not in search.found("x.txt", f"请联系 {word} 办理".encode())]
    assert lost == []
    assert len(search.whose) > 5_000


def test_a_planted_file_name_is_found(night: Night, search: Search, made: Province) -> None:
    other = next(one for one in made.customers if one.code == ANOTHER)
    path = night.files(WHOSE, "txt")[0]
    assert search.leaks(search.own(WHOSE), f"20260601-{other.name}.txt", path.read_bytes()) != set()


def test_what_another_customer_was_sent_is_full_of_leaks(night: Night, search: Search) -> None:
    """A file in the wrong folder would be noticed, whatever its kind."""
    for ending in sorted(KINDS):
        path = night.files(ANOTHER, ending)[0]
        assert search.leaks(search.own(WHOSE), path.name, path.read_bytes()) != set(), ending
