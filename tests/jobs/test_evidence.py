"""The frozen folder of one task: what was told, judged, overridden, changed; and what no longer proves it."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.locking import LOCK_FILE
from aftersales_cli.files.manifest import deviations
from aftersales_cli.jobs.evidence import Wishes, evidence
from aftersales_cli.jobs.report import Report
from tests.jobs.world import EARLY, TASK, World, assured, circuit, customer, cut

LATER = "2011-06-03T08:00"
NIGHT = "20110609 00:00:00/20110609 06:00:00"


def bound(world: World, task: str = TASK, as_of: str = LATER, language: str = "en", **wishes: Any) -> Report:
    """The evidence, gathered without reading or writing any table."""
    return evidence(world.desk(as_of), Wishes(task, language, **wishes))


def folder(report: Report) -> Path:
    found = report.items[0]["folder"]
    assert isinstance(found, Path)
    return found


def data(report: Report) -> Any:
    """What `evidence.json` says."""
    return json.loads((folder(report) / "evidence.json").read_text("utf-8"))


def page(report: Report) -> str:
    """The page, its tags left out."""
    return " ".join(re.sub("<[^>]+>", " ", (folder(report) / "index.html").read_text("utf-8")).split())


@pytest.fixture
def told(world: World) -> World:
    """A task told, moved to the next night, and cancelled."""
    world.notify(EARLY)
    world.cutovers = [cut(割接时间=NIGHT)]
    world.notify("2011-05-28T10:00")
    world.cutovers = [cut(割接时间=NIGHT, 状态="取消")]
    world.notify("2011-06-02T16:30")
    return world


def test_every_sequence_is_shown_with_what_it_changed(told: World) -> None:
    notices = data(bound(told))["notices"]

    assert [(n["sequence"], n["change"], n["issued_at"][:16]) for n in notices] == [
        (0, "new", "2011-05-27T09:00"),
        (1, "update", "2011-05-28T10:00"),
        (2, "cancel", "2011-06-02T16:30"),
    ]
    window = {"what": "window", "old": notices[0]["window"], "new": notices[1]["window"]}
    assert [n["changed"] for n in notices] == [[], [window], []]


def test_the_documents_of_every_sequence_are_copied_as_they_were_issued(told: World) -> None:
    report = bound(told)

    documents = [doc for notice in data(report)["notices"] for doc in notice["documents"]]
    assert len(documents) == sum(len(n.files) for n in told.issued()) > 6
    for doc in documents:
        copy = (folder(report) / doc["copy"]).read_bytes()
        assert hashlib.sha256(copy).hexdigest() == doc["sha256"]
        assert copy == (told.root / "out" / doc["copy"].removeprefix("documents/")).read_bytes()
    assert report.exit is Exit.DONE


def test_the_folder_is_whole_and_lists_what_was_written(told: World) -> None:
    report = bound(told)

    assert folder(report).name == f"2011-06-03T0800-evidence-{TASK}"
    assert deviations(folder(report)) == ([], [])
    assert {path.relative_to(folder(report)).parts[0] for path in report.files} == {
        *("index.html", "evidence.json", "documents", "inputs", "rules", "calendar")
    }


def test_the_judgement_is_the_one_of_that_day_whatever_the_files_say_today(told: World) -> None:
    told.cutovers = [cut(割接原因分类="自然灾害")]
    told.write()
    judged = data(bound(told))["judgements"]

    assert [(j["judged_at"][:10], j["rows"][0]["cells"]["window"][:8]) for j in judged] == [
        ("2011-05-27", "20110608"),
        ("2011-05-28", "20110609"),
        ("2011-06-02", "20110609"),
    ]
    timely = next(d for d in judged[0]["decisions"] if d["rule"] == "CUT-04")
    assert (timely["verdict"], timely["values"][0]["value"], timely["evidence"][1]["source"]["line"]) == ("met", 6, 2)
    assert "7 clear" in timely["says"] or "6 clear" in timely["says"]


def test_the_clause_that_judged_stays_readable_after_the_rule_book_is_edited(world: World) -> None:
    own = world.root / "rulebook"
    card = own / "CUT-04.yaml"
    own.mkdir()
    shipped = (Path(__file__).parents[2] / "rulebook/cutover/CUT-04.yaml").read_text("utf-8")
    card.write_text(shipped.replace("notice: 6 working days", "notice: 5 working days"), "utf-8")
    world.settings["rulebook"] = own
    world.notify(EARLY)
    card.write_text(shipped, "utf-8")
    report = bound(world)

    assert "notice: 5 working days" in (folder(report) / "rules/CUT-04.yaml").read_text("utf-8")
    edition = json.loads((folder(report) / "rules/editions/CUT-04.2011-01-01.json").read_bytes())
    assert (edition["values"]["notice"]["en"], edition["clause"]["source"]) == ("5 working days", "TB-2.3.3")
    assert "notice = 5 working days" in page(report)


def test_the_calendar_that_was_counted_by_is_kept(world: World) -> None:
    world.notify(EARLY)
    report = bound(world)

    year = json.loads((folder(report) / "calendar/2011.json").read_bytes())
    assert ("2011-06-06" in year["holidays"], "2011-10-08" in year["workdays"]) == (True, True)
    assert data(report)["runs"][0]["calendar"] == world.desk().workdays.fingerprint()


def test_an_unpublished_year_is_said(world: World) -> None:
    world.cutovers = [cut(割接时间="20270108 00:00:00/20270108 06:00:00", task="BD2027SHJH000001")]
    world.notify("2026-12-01T09:00")
    report = bound(world, "BD2027SHJH000001", "2026-12-02T09:00")

    assert data(report)["judgements"][0]["calendar"]["not_published"] == [2027]
    assert "not published then: 2027" in page(report)


def test_what_was_overridden_is_shown_with_the_reason(world: World) -> None:
    world.assurances = [assured()]
    world.notify(EARLY, released={"ASR-1": "客户书面同意"})
    report = bound(world)

    assert data(report)["notices"][0]["despite"] == {"ASR-1": "客户书面同意"}
    assert "Released from ASR-1 because: 客户书面同意" in page(report)


def test_whom_it_could_not_tell_and_why(world: World) -> None:
    world.cutovers = [cut("X1"), cut("Z9"), cut("Q4"), cut("X3", 中断类型="不中断")]
    world.circuits.append(circuit("Q4", "K4"))
    world.customers.append(customer("K4", "丁公司", 联系电话=""))
    world.notify(EARLY)
    report = bound(world)

    (judged,) = data(report)["judgements"]
    assert judged["accounting"] == {"circuits": 4, "notified": 1, "department": 2, "exempt": 1, "held": 0}
    fates = {each["circuit_code"]: (each["fate"], each["why"]) for each in judged["circuits"]}
    assert fates["X3"] == ("exempt", "declared as not interrupting")
    assert fates["Z9"] == ("department", "circuit Z9 is not in the inventory")
    assert "Z9 through the department circuit Z9 is not in the inventory" in page(report)


def test_a_task_held_in_a_run_that_told_of_another_has_its_judgement_and_no_notice(world: World) -> None:
    held = "BD2011SHJH000002"
    world.assurances = [assured("K2")]
    world.cutovers = [cut("X1"), cut("X2", task=held)]
    world.notify(EARLY)
    report = bound(world, held)

    assert (report.exit, report.summary["notices"]) == (Exit.DONE, 0)
    assert [(j["held"], j["accounting"]["held"]) for j in data(report)["judgements"]] == [(True, 1)]
    assert "Nothing was ever issued for this task." in page(report)
    assert any("nothing was issued" in str(note) for note in report.notes)


def test_a_run_that_told_nothing_new_of_a_task_keeps_nothing_of_it(world: World) -> None:
    world.notify(EARLY)
    world.cutovers += [cut("X2", task="BD2011SHJH000002")]
    world.notify("2011-05-28T09:00")

    assert [j["judged_at"][:10] for j in data(bound(world))["judgements"]] == ["2011-05-27"]


@pytest.mark.parametrize("number", ["BD2011SHJH000099", "＊"])
def test_an_unknown_task_is_refused_and_leaves_nothing(world: World, number: str) -> None:
    world.notify(EARLY)
    before = sorted(world.root.rglob("*"))
    with pytest.raises(Stop, match="nothing was issued") as stopped:
        bound(world, number)

    assert stopped.value.code is Exit.USAGE
    assert (TASK in str(stopped.value.hint)) == number.startswith("BD")
    assert sorted(world.root.rglob("*")) == before


def test_without_a_ledger_nothing_is_made(world: World) -> None:
    world.write()
    with pytest.raises(Stop):
        bound(world)

    assert not (world.root / LOCK_FILE).exists()
    assert not (world.root / "ledger.sqlite3").exists()


def test_an_altered_document_is_said_and_not_taken_for_what_was_issued(told: World) -> None:
    altered = next((told.root / "out").glob("*T1000-notify/K1/*.txt"))
    altered.write_text("something else", "utf-8")
    report = bound(told)

    standings = [doc["standing"] for notice in data(report)["notices"] for doc in notice["documents"]]
    assert (standings.count("altered"), standings.count("missing")) == (1, 0)
    assert (report.exit, len(report.problems)) == (Exit.PARTLY, 1)
    assert "has changed" in str(report.problems[0].message)
    assert not list(folder(report).rglob(altered.name))
    assert "altered since, not included" in page(report)


def test_a_missing_document_is_said(told: World) -> None:
    next((told.root / "out").glob("*T1000-notify/K1/*.txt")).unlink()
    report = bound(told)

    assert (report.exit, data(report)["summary"]["documents"]["missing"]) == (Exit.PARTLY, 1)


def test_a_missing_run_folder_is_said_once(told: World) -> None:
    shutil.rmtree(next((told.root / "out").glob("*T1000-notify")))
    report = bound(told)

    lost = len(told.issued()[1].files)
    assert data(report)["summary"]["documents"]["missing"] == lost > 1
    assert len(report.problems) == 1


def test_a_manifest_that_is_not_the_ledgers_proves_nothing(told: World) -> None:
    manifest = next((told.root / "out").glob("*T1000-notify")) / "manifest.json"
    manifest.write_bytes(manifest.read_bytes() + b"\n")
    report = bound(told)

    assert (report.exit, data(report)["summary"]["documents"]["altered"]) == (Exit.PARTLY, 0)
    assert data(report)["summary"]["documents"]["unproven"] == len(told.issued()[1].files)
    assert not (folder(report) / "documents/2011-05-28T1000-notify").exists()


def test_inputs_are_copied_only_while_they_are_the_same(told: World) -> None:
    (told.root / "customers.csv").unlink()
    report = bound(told)

    still = {(each["name"], *each["runs"]): each["still"] for each in data(report)["inputs"]}
    assert still == {
        ("cutovers.csv", 1): "changed",
        ("cutovers.csv", 2): "changed",
        ("cutovers.csv", 3): "same",
        ("customers.csv", 1, 2, 3): "gone",
        ("circuits.csv", 1, 2, 3): "same",
        ("departments.csv", 1, 2, 3): "same",
    }
    assert (folder(report) / "inputs/cutovers.csv").read_bytes() == (told.root / "cutovers.csv").read_bytes()
    assert sorted(path.name for path in (folder(report) / "inputs").iterdir()) == [
        "circuits.csv", "cutovers.csv", "departments.csv",
    ]  # fmt: skip
    assert report.exit is Exit.DONE


def test_an_input_over_the_limit_is_named_but_not_copied(told: World) -> None:
    told.settings["limits"] = {"file_mb": 0.00001}
    report = bound(told)

    assert {each["still"] for each in data(report)["inputs"]} == {"changed", "same_large"}
    assert not (folder(report) / "inputs").exists()


def test_the_same_moment_gives_the_same_bytes(told: World) -> None:
    one, other = folder(bound(told)), folder(bound(told, output=told.root / "elsewhere"))

    assert (one / "manifest.json").read_bytes() == (other / "manifest.json").read_bytes()


def test_a_dry_run_says_the_same_and_touches_nothing(told: World) -> None:
    before = {path: path.read_bytes() for path in told.root.rglob("*") if path.is_file()}
    dry = bound(told, dry_run=True)

    assert {path: path.read_bytes() for path in told.root.rglob("*") if path.is_file()} == before
    assert (dry.items[0]["folder"], list(dry.files)) == (None, [])
    assert dry.items[0]["notices"] == bound(told).items[0]["notices"]


def test_the_page_says_in_both_languages_that_it_is_internal_and_has_no_receipts(told: World) -> None:
    english, chinese = page(bound(told)), page(bound(told, language="zh", output=told.root / "zh"))

    assert ("Internal" in english, "no receipts recorded" in english) == (True, True)
    assert ("内部材料" in chinese, "未登记回执" in chinese) == (True, True)
    assert data(bound(told))["receipts"] == []


def test_the_page_fetches_nothing(told: World) -> None:
    html = (folder(bound(told)) / "index.html").read_text("utf-8")

    assert not re.search(r"(src|href)=\"(https?:|//|/)|url\(|<script|<link", html)


def test_every_link_of_the_page_leads_to_a_file_of_the_folder(told: World) -> None:
    report = bound(told)
    links = re.findall(r'href="([^"]+)"', (folder(report) / "index.html").read_text("utf-8"))

    assert len(links) > 15
    assert [link for link in links if not (folder(report) / link).is_file()] == []


def test_a_task_of_very_many_customers_still_has_a_page(world: World) -> None:
    world.cutovers = [cut(f"M{n}") for n in range(180)]
    world.circuits = [circuit(f"M{n}", f"M{n}") for n in range(180)]
    world.customers = [customer(f"M{n}", f"示例{n}公司") for n in range(180)]
    world.notify(EARLY)
    report = bound(world)

    assert len(data(report)["notices"]) == 180
    assert "30 more in evidence.json" in page(report)


def test_a_ledger_of_an_older_program_gives_the_notices_and_says_what_it_did_not_keep(world: World) -> None:
    from aftersales_cli.files.writing import RunFolder
    from tests.ledger.samples import RUN, notice, writable

    old = replace(notice(1), files=())
    with writable(world.root) as ledger:
        ledger.issue(RunFolder(world.root / "out", "2026-06-01T0900-notify"), RUN, [old])
    report = bound(world, "T1")

    assert (report.exit, report.summary["runs_without_judgement"]) == (Exit.DONE, [1])
    assert "none was kept" in page(report)
    assert any("older aftersales" in str(note) for note in report.notes)


def test_a_template_of_ones_own_that_takes_too_much_memory_costs_the_command_and_not_the_program(told: World) -> None:
    """It runs in the confined child, as every template does (E04)."""
    own = told.root / "templates" / "evidence" / "index.en.html.j2"
    own.parent.mkdir(parents=True)
    own.write_text("{{ 'a'|center(900000000) }}", "utf-8")
    told.settings |= {"templates": told.root / "templates"}
    with pytest.raises(Stop, match=r"index\.en\.html\.j2.* more memory than is allowed") as stopped:
        bound(told)

    assert stopped.value.code is Exit.SETTINGS
    assert not list((told.root / "out").glob("*-evidence-*"))
