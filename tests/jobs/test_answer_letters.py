"""`complaint answer --letters`: who gets which letter, what stays inside, what is held, and what is not said twice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx import Document

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.confined import Confined
from aftersales_cli.jobs.report import Report
from tests.jobs.complaining import Desk, complaint, desk_of, letters, published, received
from tests.jobs.posted import everything
from tests.jobs.world import assured, customer, json

SECOND = "BD2011SHJH000002"
NEXT = {"割接时间": "20110612 00:00:00/20110612 06:00:00", "实际结束时间": ""}
RULES = re.compile(r"ANS-|ASR-|CUT-|TB-2\.3\.3|rulebook|口径")


@pytest.fixture
def desk(tmp_path: Path, reader: Confined) -> Desk:
    return desk_of(tmp_path, reader)


def written(report: Report, number: str) -> list[Path]:
    (item,) = [each for each in json(report)["items"] if each["complaint_no"] == number]
    return [Path(name) for name in item["files"]]


def read(path: Path) -> str:
    return everything(path.name, path.read_bytes())


def letter(report: Report, number: str = "S1", ending: str = ".txt") -> str:
    (path,) = [path for path in written(report, number) if path.suffix == ending and path.parent.name != "internal"]
    return read(path)


def test_a_definite_answer_makes_a_letter_in_three_forms_and_a_sheet(desk: Desk) -> None:
    report = desk.answer(letters=True)
    assert sorted((path.parent.name, path.suffix) for path in written(report, "S1")) == [
        *(("K1", ending) for ending in (".docx", ".html", ".txt")),
        *(("internal", ending) for ending in (".html", ".json")),
    ]
    assert (letters(report), report.exit) == ({"S1": "written"}, Exit.DONE)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        pytest.param({"恢复时间": ""}, Exit.RULE, id="needs a person"),
        pytest.param({"查实原因": "其他"}, Exit.DONE, id="another cause"),
    ],
)
def test_no_letter_goes_out_where_a_person_is_needed_or_the_cause_is_another(
    desk: Desk, cells: dict[str, str], code: Exit
) -> None:
    desk.complaints = [complaint(**cells)]
    report = desk.answer(letters=True)
    assert {path.parent.name for path in written(report, "S1")} == {"internal"}
    assert (letters(report), report.exit) == ({"S1": "none"}, code)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("late", "says"),
    [
        pytest.param(False, {"zh": "计划割接引起", "en": "planned network work"}, id="planned"),
        pytest.param(True, {"zh": "我方网络故障", "en": "a network fault on our side"}, id="fault"),
    ],
)
def test_each_answer_is_worded_in_the_customers_language(
    desk: Desk, language: str, late: bool, says: dict[str, str]
) -> None:
    desk.world.customers = [customer("K1", "甲公司", 通知语言=language)]
    desk.world.cutovers = [published(发布时间="2011-06-02" if late else "2011-05-25 09:00")]
    report = desk.answer(letters=True)
    for ending in (".txt", ".html", ".docx"):
        assert says[language] in re.sub(r"<[^>]+>|\s+", "", letter(report, ending=ending)) or says[language] in (
            re.sub(r"<[^>]+>", "", letter(report, ending=ending))
        )
    named = "BD2011SHJH000001" in letter(report)
    assert named is not late


def test_nothing_internal_and_nothing_of_anybody_else_is_in_a_letter(desk: Desk) -> None:
    desk.world.cutovers = [published(), published("X2", 发布时间="2011-06-02")]
    desk.complaints = [complaint("S1"), complaint("S2", "X2"), complaint("S3", "X3", 查实原因="未填报割接")]
    report = desk.answer(letters=True, language="en")
    own = {"S1": ("甲公司", "X1"), "S2": ("乙公司", "X2"), "S3": ("丙公司", "X3")}
    for number in own:
        others = [word for key, each in own.items() if key != number for word in (*each, key)]
        for path in written(report, number):
            if path.parent.name != "internal":
                said = re.sub(r"<style>.*?</style>|<[^>]+>", "", read(path), flags=re.DOTALL)
                assert not RULES.search(said)
                assert [word for word in others if re.search(rf"\b{word}\b", said)] == []


def test_what_lasted_longer_than_announced_is_admitted(desk: Desk) -> None:
    desk.complaints = [complaint(恢复时间="2011-06-08 03:35")]
    assert "预计的中断时长为30分钟，实际为1小时35分钟" in letter(desk.answer(letters=True))


@pytest.mark.parametrize(
    ("restored", "says"),
    [
        pytest.param("未恢复", "尚未恢复", id="not restored"),
        pytest.param("", "若贵单位的业务仍有异常", id="nobody says"),
    ],
)
def test_a_fault_letter_says_what_is_known_of_the_service(desk: Desk, restored: str, says: str) -> None:
    desk.complaints = [complaint(恢复时间=restored, 查实原因="未填报割接")]
    assert says in letter(desk.answer(letters=True))


def test_the_same_letters_are_not_written_twice(desk: Desk) -> None:
    first = desk.answer(letters=True)
    again = desk.answer("2011-06-14T09:00", letters=True)
    assert (letters(first), letters(again)) == ({"S1": "written"}, {"S1": "unchanged"})
    assert (list(again.files), len(desk.recorded())) == ([], 1)
    assert len(list((desk.world.root / "out").iterdir())) == 1


def test_a_letter_that_says_something_else_names_the_one_it_replaces(desk: Desk) -> None:
    desk.complaints = [complaint(查实原因="未填报割接")]
    number = re.search(r"编号 ([0-9a-f]{8})", letter(desk.answer(letters=True)))
    desk.complaints = [complaint()]
    report = desk.answer("2011-06-14T09:00", letters=True)
    assert number is not None
    assert f"本函替代我们于2011年6月13日就同一申告发出的答复（编号 {number[1]}）" in letter(report)
    assert ["was answered “network fault”" in p.message.to("en") for p in report.problems] == [True]


def test_work_that_had_to_stop_holds_its_letter_until_it_is_released(desk: Desk) -> None:
    """D4, D5, R7: the answer stands, with the caution."""
    desk.world.assurances = [assured("K1")]
    held = desk.answer(letters=True)
    assert (letters(held), held.exit, held.items[0]["answer"]) == ({"S1": "held"}, Exit.RULE, "planned_cutover")
    freed = desk.answer(letters=True, released={"asr-1": "领导同意"})
    assert (letters(freed), freed.exit) == ({"S1": "written"}, Exit.DONE)
    assert [dict(each.despite) for each in desk.recorded()] == [{}, {"ASR-1": "领导同意"}]
    assert letters(desk.answer(letters=True)) == {"S1": "unchanged"}


def test_a_letter_needs_somebody_to_go_to(desk: Desk) -> None:
    desk.complaints = [complaint(circuit="Q9", 查实原因="未填报割接")]
    report = desk.answer(letters=True)
    assert (letters(report), report.exit) == ({"S1": "held"}, Exit.RULE)


def test_the_ledger_keeps_answer_rule_and_decisions(desk: Desk) -> None:
    report = desk.answer(letters=True)
    (kept,) = desk.recorded()
    assert (kept.complaint_no, kept.answer, kept.primary, kept.task_no, kept.customer_code) == (
        *("S1", "planned_cutover", "ANS-3", "BD2011SHJH000001", "K1"),
    )
    assert [each["rule"] for each in kept.decisions if each["verdict"] == "met"] == ["ANS-3"]
    assert [Path(name).name for name in kept.files] == [path.name for path in report.files]


def test_a_dry_run_renders_everything_and_touches_nothing(desk: Desk) -> None:
    desk.write()
    before = sorted(desk.world.root.iterdir())
    report = desk.answer(letters=True, dry_run=True)
    assert (letters(report), sorted(desk.world.root.iterdir())) == ({"S1": "written"}, before)


def test_a_template_that_does_not_hold_stops_the_run_and_leaves_nothing(desk: Desk) -> None:
    folder = desk.world.root / "templates" / "complaint"
    folder.mkdir(parents=True)
    (folder / "answer.txt.j2").write_text("{{ secret }}", encoding="utf-8")
    desk.world.settings["templates"] = folder.parent
    with pytest.raises(Stop) as stopped:
        desk.answer(letters=True)
    assert stopped.value.code is Exit.SETTINGS
    assert list((desk.world.root / "out").iterdir()) == []
    assert desk.recorded() == ()


def test_the_word_letter_opens_with_all_its_rows(desk: Desk) -> None:
    (path,) = [path for path in written(desk.answer(letters=True), "S1") if path.suffix == ".docx"]
    rows = Document(str(path)).tables[1].rows
    assert [row.cells[0].text for row in rows][:2] == ["申告编号", "电路代号"]
    assert "{" not in "".join(cell.text for row in rows for cell in row.cells)


def test_the_sheet_tells_the_facts_in_the_language_of_the_talk(desk: Desk) -> None:
    report = desk.answer(letters=True, language="en")
    (sheet,) = [path for path in written(report, "S1") if path.parent.name == "internal" and path.suffix == ".html"]
    said = sheet.read_text(encoding="utf-8")
    assert "not for customers" in said
    assert "published early enough" in said
    assert "cutovers.csv › line 2" in said


def test_the_circuit_is_spelled_as_in_the_notice(desk: Desk) -> None:
    desk.complaints = [complaint(circuit="ｘ１")]
    assert "电路代号：X1" in letter(desk.answer(letters=True))


def test_receipts_of_two_deliveries_name_the_earlier(desk: Desk) -> None:
    desk.receipts = [received(送达时间="2011-05-26 10:00"), received()]
    assert "通知送达：2011年5月25日 10:00" in letter(desk.answer(letters=True))
