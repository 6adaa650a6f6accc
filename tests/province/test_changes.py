"""The province a second time: nothing changed, much changed by hand, much touched without a change (D12)."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import docx
import openpyxl
import pytest
import vobject
from openpyxl.worksheet.worksheet import Worksheet

from tests.jobs.posted import letter
from tests.province import editing
from tests.province.desks import AFTERNOON, Night, copied, notified
from tests.province.editing import INBOX
from tools.province.model import Province
from tools.province.routes import WORKING

OLD_CABLE, NEW_CABLE = "翎安枢纽楼-港区接入光缆", "翎安枢纽楼-高新区接入光缆"
MORE_OF_ITS_OWN, OF_ANOTHER = "澄川本地ETN1233NP", "栖江本地30N5215NP"
OLD_ADDRESS, NEW_ADDRESS = "noc@kh00118.example, duty@kh00118.example", "moved@kh00118.example"
BY_HAND = {
    ("256", "KH-00118"): ("update", 1),  # its window moved by a day
    ("251", "KH-00118"): ("update", 1),  # a circuit of its own was added
    ("251", "KH-00119"): ("new", 0),  # and one of somebody else
    ("257", "KH-00278"): ("update", 1),  # the reason changed
    ("259", "KH-00021"): ("cancel", 1),  # 取消
    ("259", "KH-00026"): ("cancel", 1),
    ("259", "KH-00228"): ("cancel", 1),
    ("214", "KH-00010"): ("cancel", 1),  # 取消
    ("214", "KH-00022"): ("cancel", 1),
    ("214", "KH-00144"): ("cancel", 1),
    ("212", "KH-00237"): ("cancel", 1),  # its circuit is no longer listed in the cell
    ("254", "KH-00023"): ("cancel", 1),  # its circuit's row was deleted
}
"""What becomes of the notices, but for the task whose resource was exchanged."""


def planned(sheet: Worksheet) -> None:
    """A window moved; the row of a circuit deleted."""
    editing.put(sheet, editing.row_of(sheet, "BD2026GZJH000256"), "割接开始时间", "2026.6.19 23:00")
    editing.drop(sheet, editing.row_of(sheet, "沐陵棠湾30N2663NP"))


def exported(line: str) -> str:
    """Another reason for one task; another cancelled."""
    if "BD2026GZJH000259" in line:
        assert line.endswith("\t")
        return f"{line}取消"
    return line.replace("机房整治", "机房搬迁") if "BD2026GZJH000257" in line else line


def assured(line: str) -> str:
    """One more row below the last."""
    more = '="ZB-2026-0027"\t="KH-00031"\t特级\t2026-06-12\t2026-06-14\t\t\t2026-06-01 13:00\t临时保障'
    return f"{line}\r\n{more}" if "ZB-2026-0026" in line else line


def exchanged(sheet: Worksheet) -> None:
    editing.put(sheet, editing.row_of(sheet, "JT2026GZJH000255"), "割接资源", NEW_CABLE)


def moved(sheet: Worksheet) -> None:
    editing.put(sheet, editing.row_of(sheet, "KH-00118"), "联系邮箱", NEW_ADDRESS)


@pytest.fixture(scope="module")
def changed(night: Night, tmp_path_factory: pytest.TempPathFactory) -> Night:
    """The afternoon, after a busy noon."""
    desk = copied(night.root, tmp_path_factory.mktemp("changed"))
    inbox = desk / INBOX
    editing.in_workbook(inbox / "plan.xlsx", planned)
    editing.in_workbook(inbox / "resources.xlsx", exchanged)
    editing.in_workbook(desk / "data/customers.xlsx", moved)
    more = f"栖江本地ＥＴＮ９６１０ＮＰ；{MORE_OF_ITS_OWN}、{OF_ANOTHER}"
    editing.in_bytes(inbox / "backbone.csv", "栖江本地ＥＴＮ９６１０ＮＰ", more)
    editing.in_bytes(inbox / "backbone.csv", "沐陵本地ANE5053NP；沐陵本地ETN5089NP", "沐陵本地ANE5053NP")
    editing.each_line(inbox / "transport.xls", exported)
    editing.entry(inbox / "urgent.yaml", "BD2026GZLS000212", 电路代号="岚浦朔岭OTN1165NP")
    editing.entry(inbox / "urgent.yaml", "BD2026GZJJ000214", 状态="取消")
    editing.each_line(desk / "data/assurances.xls", assured)
    return notified(desk, "--letters", as_of=AFTERNOON)


def ridden(made: Province, cable: str) -> dict[str, set[str]]:
    """The circuits whose working path runs over a cable, by customer."""
    owners = {one.code: one.customer for one in made.circuits}
    lines = {hop.circuit for hop in made.hops if hop.resource == cable and hop.path == WORKING}
    return {code: {line for line in lines if owners[line] == code} for code in {owners[line] for line in lines}}


def test_exactly_the_right_difference_notices_go_out(changed: Night, made: Province) -> None:
    before, after = ridden(made, OLD_CABLE), ridden(made, NEW_CABLE)
    rerouted = {
        **{("255", code): ("cancel", 1) for code in before.keys() - after.keys()},
        **{("255", code): ("new", 0) for code in after.keys() - before.keys()},
        **{("255", code): ("update", 1) for code in after.keys() & before.keys()},
    }
    assert {change for change, _ in rerouted.values()} == {"cancel", "new", "update"}
    assert changed.changes == BY_HAND | rerouted


def test_what_was_not_touched_is_unchanged_and_nothing_is_lost(changed: Night, night: Night) -> None:
    """But for the one that the assurance holds and the one that could not be compared."""
    assert told(night) - told(changed) == {("235", "KH-00031"), ("245", "KH-00063")}
    counts = changed.said["summary"]["accounting"]
    assert changed.said["summary"]["not_seen"] == []
    assert counts["circuits"] == sum(count for fate, count in counts.items() if fate != "circuits")


def told(night: Night) -> set[tuple[str, str]]:
    """Task and customer of every notice, the unchanged among them."""
    return {
        (task["task_no"][-3:], item["customer_code"])
        for item in night.said["items"]
        for task in item["tasks"]
        if task["change"]
    }


def test_a_new_assurance_holds_its_task_and_takes_nothing_back(changed: Night) -> None:
    held = [each for each in changed.said["summary"]["held"] if each["task_no"] == "BD2026GZJH000235"]
    assert [each["customer_code"] for each in held] == ["KH-00031"]
    assert held[0]["why"].startswith("ASR-1: planned work must stop")
    assert "KH-00031" not in {code for number, code in changed.changes if number == "235"}


def test_a_circuit_gone_from_a_file_that_was_not_wholly_read_is_not_taken_back(changed: Night) -> None:
    """backbone.csv has a window that cannot be read: what is absent there may have been lost (D12 b)."""
    assert ("245", "KH-00063") not in changed.changes
    (said,) = [one["message"] for one in changed.said["problems"] if "JT2026CQJH000245" in one["message"]]
    assert said.endswith("the last notice could not be compared, and stands")


def page(night: Night, code: str) -> str:
    """The letter as one line of text."""
    html = night.files(code, ".html")[0].read_text()
    body = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


def paper(night: Night, code: str) -> str:
    """The letter in Word: all cells."""
    document = docx.Document(str(night.files(code, ".docx")[0]))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([*(p.text for p in document.paragraphs), *cells]).split())


@pytest.mark.parametrize("letter_of", [pytest.param(page, id="html"), pytest.param(paper, id="docx")])
@pytest.mark.parametrize(
    ("code", "what", "old", "new"),
    [
        pytest.param(
            "KH-00118", "割接时间", "2026年6月18日 23:00 至 2026年6月19日 05:00",
            "2026年6月19日 23:00 至 2026年6月20日 05:00", id="window",
        ),
        pytest.param(
            "KH-00118", "电路代号", "栖江本地ETN9610NP", f"栖江本地ETN9610NP、{MORE_OF_ITS_OWN}", id="circuits",
        ),
        pytest.param("KH-00278", "割接原因分类", "机房整治", "机房搬迁", id="reason"),
    ],
)  # fmt: skip
def test_a_letter_shows_old_and_new(
    changed: Night, letter_of: Callable[[Night, str], str], code: str, what: str, old: str, new: str
) -> None:
    text = letter_of(changed, code).replace(" ", "")
    assert f"{what}：{old}→{new}".replace(" ", "") in text


def test_a_mail_shows_old_and_new_and_goes_to_the_new_address(changed: Night, night: Night) -> None:
    (mail,) = changed.files("KH-00118", ".eml")
    found = letter(mail)
    body = found.get_body(("plain",))
    assert body is not None
    text = " ".join(body.get_content().split())
    assert found["To"].addresses[0].addr_spec == NEW_ADDRESS
    assert len(night.files("KH-00118", ".eml")) == 2
    assert "2026年6月18日 23:00 至 2026年6月19日 05:00 → 2026年6月19日 23:00 至 2026年6月20日 05:00" in text


def test_a_new_address_alone_is_no_change(changed: Night, night: Night) -> None:
    """The customer's other tasks are told again to nobody."""
    before = {number for number, code in told(night) if code == "KH-00118"}
    again = {number for number, code in changed.changes if code == "KH-00118"}
    assert before - again
    assert again == {"251", "256", "255"}


@pytest.mark.parametrize("letter_of", [pytest.param(page, id="html"), pytest.param(paper, id="docx")])
def test_a_cancellation_says_what_will_not_happen(changed: Night, letter_of: Callable[[Night, str], str]) -> None:
    for code, number, window in (
        ("KH-00228", "BD2026GZJH000259", "2026年6月20日 02:00 至 05:00"),
        ("KH-00022", "BD2026GZJJ000214", "2026年6月5日 02:00 至 05:00"),
        ("KH-00237", "BD2026GZLS000212", "2026年6月5日 01:00 至 05:00"),
    ):
        text = letter_of(changed, code)
        assert "取消" in text
        assert number in text
        assert window.replace(" ", "") in text.replace(" ", "")


def test_forms_and_calendar_files_say_the_same(changed: Night, night: Night) -> None:
    titles = {
        code: openpyxl.load_workbook(changed.files(code, ".xlsx")[0]).worksheets[0]["A1"].value
        for code in ("KH-00278", "KH-00228", "KH-00119")
    }
    assert titles == {
        "KH-00278": "计划割接通知表（变更）",
        "KH-00228": "计划割接通知表（取消）",
        "KH-00119": "计划割接通知表",
    }
    for code, number, method, status in (
        ("KH-00278", "257", "REQUEST", "CONFIRMED"),
        ("KH-00228", "259", "CANCEL", "CANCELLED"),
    ):
        first, second = (event(run, code, number) for run in (night, changed))
        assert (first.method.value, second.method.value) == ("REQUEST", method)
        assert (first.vevent.sequence.value, second.vevent.sequence.value) == ("0", "1")
        assert first.vevent.uid.value == second.vevent.uid.value
        assert second.vevent.x_maintnote_status.value == second.vevent.status.value == status


def event(night: Night, code: str, number: str) -> vobject.base.Component:
    (path,) = [path for path in night.files(code, ".ics") if f"{number}-calendar" in path.name]
    return vobject.readOne(path.read_bytes().decode())


def files(desk: Path) -> set[Path]:
    return {path.relative_to(desk) for path in (desk / "out").rglob("*")}


def quiet(night: Night, again: Night) -> None:
    """Nobody is told anything, and no file was added."""
    assert again.changes == {}
    assert files(again.root) == files(night.root)


def test_the_same_files_again_tell_nobody_anything(night: Night, tmp_path: Path) -> None:
    again = notified(copied(night.root, tmp_path), "--letters", as_of=AFTERNOON)
    quiet(night, again)
    assert again.said["summary"]["accounting"] == night.said["summary"]["accounting"]


def test_re_sorted_and_re_exported_files_tell_nobody_anything(night: Night, tmp_path: Path) -> None:
    desk = copied(night.root, tmp_path)
    for name, heading in (
        (f"{INBOX}/transport.xls", "割接开始时间"),
        ("data/circuits.csv", "电路代号"),
        ("data/routes-long-haul.csv", "电路代号"),
    ):
        editing.turned_round(desk / name, heading)
    editing.as_workbook(desk / INBOX / "backbone.csv")
    editing.as_utf8(desk / "data/customers-cities.csv")
    editing.as_utf8(desk / "data/assurances.xls")
    editing.in_workbook(desk / "data/customers.xlsx", moved)
    again = notified(desk, as_of=AFTERNOON)
    quiet(night, again)
    assert again.said["summary"]["accounting"] == night.said["summary"]["accounting"]


@pytest.mark.parametrize(
    "names",
    [
        pytest.param([f"{INBOX}/urgent.yaml", f"{INBOX}/plan.xlsx"], id="two files of cutovers"),
        pytest.param(["data/routes.xlsx"], id="a file of routes"),
        pytest.param(["data/circuits-long-haul.xlsx"], id="a file of circuits"),
        pytest.param(["data/customers-cities.csv"], id="a file of customers"),
    ],
)
def test_deleting_a_whole_file_takes_nothing_back(night: Night, tmp_path: Path, names: list[str]) -> None:
    desk = copied(night.root, tmp_path)
    for name in names:
        (desk / name).unlink()
    again = notified(desk, "--dry-run", as_of=AFTERNOON)
    assert [key for key, (change, _) in again.changes.items() if change in {"cancel", "update"}] == []
    if names[0].startswith(INBOX):
        assert len(again.said["summary"]["not_seen"]) > 10
