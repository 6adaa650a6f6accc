"""`cutover import`: notices of invented carriers become draft rows; every circuit named is in a row or a problem."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftersales_cli.errors import Exit
from aftersales_cli.files.confined import Confined
from aftersales_cli.jobs.check import Wishes as CheckWishes
from aftersales_cli.jobs.check import check
from aftersales_cli.jobs.cutover_import import Judgement, Wishes, bring_in
from aftersales_cli.jobs.desk import Given
from aftersales_cli.jobs.report import Report
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.folding import folded_circuit
from tests.jobs.world import World, circuit, customer, json, text

EARLY = "2026-06-01T09:00"
TASK = "netz.example/WO-1"


def event(*objects: str, **said: str | None) -> str:
    """One maintenance of netz.example on the night of 16 June 2026; an object may carry its impact: `NT-1=OUTAGE`."""
    usual: dict[str, str | None] = {
        "UID": "u1@netz.example", "SEQUENCE": "0", "DTSTART": "20260615T160000Z", "DTEND": "20260615T200000Z",
        "SUMMARY": "Card swap", "PROVIDER": "netz.example", "MAINTENANCE_ID": "WO-1", "IMPACT": "OUTAGE",
        "STATUS": "CONFIRMED",
    }  # fmt: skip
    fields = usual | said
    ours = ("PROVIDER", "MAINTENANCE_ID", "IMPACT", "STATUS")
    lines = [
        f"{'X-MAINTNOTE-' if name in ours else ''}{name.replace('_', '-')}:{value}"
        for name, value in fields.items()
        if value is not None
    ]
    for each in objects:
        code, _, impact = each.partition("=")
        parameter = f";X-MAINTNOTE-OBJECT-IMPACT={impact}" if impact else ""
        lines.append(f"X-MAINTNOTE-OBJECT-ID{parameter}:{code}")
    return "\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""])


@pytest.fixture
def carrier(tmp_path: Path, reader: Confined) -> World:
    """Two customers' circuits on two leased ones; the desk is 上海's; drafts are looked for in `inbox`."""
    (tmp_path / "inbox").mkdir()
    return World(
        tmp_path,
        reader,
        customers=[customer("K1", "甲公司"), customer("K2", "乙公司", 约定提前量="12个工作日")],
        circuits=[
            circuit("X1", "K1", 租用电路代号="NT-1; NT-2"),
            circuit("X2", "K2", 租用电路代号="nt 2"),
            circuit("X3", "K1", 租用电路代号="NT-3"),
        ],
        gone={"cutovers"},
        settings={"province": "上海"},
        patterns={"cutovers": ("inbox/*.xlsx",)},
    )


def imported(world: World, *files: str, as_of: str = EARLY, **wishes: Any) -> Report:
    """Write each text as a calendar file and import them all; the drafts go to `drafts.xlsx`."""
    world.write()
    names = []
    for number, events in enumerate(files):
        path = world.root / f"notice{number}.ics"
        path.write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n", "utf-8")
        names.append(str(path))
    return bring_in(world.desk(as_of), Wishes(files=names, **({"to": world.root / "drafts.xlsx"} | wishes)))


def stands(world: World, report: Report) -> None:
    """Put what was drafted among the inputs, in the place of what stood there."""
    report.files[0].replace(world.root / "inbox" / "drafts.xlsx")


def rows(report: Report) -> list[tuple[object, ...]]:
    """Circuit, interruption, status of each draft row."""
    drafts = [one.proposal.draft for one in _judged(report)]
    return [
        tuple(str(r.fact(k).value) for k in ("circuit_code", "interruption", "status")) for d in drafts for r in d.rows
    ]


def _judged(report: Report) -> tuple[Judgement, ...]:
    assert isinstance(report.view, tuple)
    return report.view


def test_a_leased_circuit_becomes_every_circuit_of_ours_on_it_with_the_worst_impact(carrier: World) -> None:
    report = imported(carrier, event("NT-1=NO-IMPACT", "NT-2=DEGRADED"))
    assert rows(report) == [("X1", "瞬断: 小于5分钟", "计划"), ("X2", "瞬断: 小于5分钟", "计划")]
    item = json(report)["items"][0]
    assert [(row["circuit_code"], row["customer_code"], row["leased"]) for row in item["rows"]] == [
        ("X1", "K1", ["NT-1", "NT-2"]),
        ("X2", "K2", ["NT-2"]),
    ]


@pytest.mark.parametrize(
    ("impact", "interruption"),
    [
        ("OUTAGE", "中断: 240分钟"),
        ("DEGRADED", "瞬断: 小于5分钟"),
        ("REDUCED-REDUNDANCY", "不中断"),
        ("NO-IMPACT", "不中断"),
        pytest.param("PARTIAL", "中断: 240分钟", id="a word the book has not is taken for the worst"),
    ],
)
def test_impact_words_become_interruptions_by_the_book(carrier: World, impact: str, interruption: str) -> None:
    assert rows(imported(carrier, event(f"NT-3={impact}"))) == [("X3", interruption, "计划")]


def test_the_words_are_those_of_the_workspace_s_own_book(carrier: World) -> None:
    lists = carrier.root / "rulebook" / "vocabulary"
    lists.mkdir(parents=True)
    (lists / "notice_impacts.yaml").write_text(
        "title: t\nnote: n\ncolumns: [interruption]\nterms:\n- {word: OUTAGE, interruption: '中断: 7分钟'}\n", "utf-8"
    )
    carrier.settings["rulebook"] = carrier.root / "rulebook"
    assert rows(imported(carrier, event("NT-3"))) == [("X3", "中断: 7分钟", "计划")]


def test_a_leased_circuit_nobody_knows_is_a_problem_and_a_row_without_circuit(carrier: World) -> None:
    report = imported(carrier, event("NT-3", "NT-33"))
    assert [row[0] for row in rows(report)] == ["X3", "None"]
    (problem,) = [p for p in report.problems if p.severity == "error"]
    assert (problem.found, problem.held) == ("NT-33", (f"circuit NT-33 of task {TASK}",))
    assert "NT-3" in str(problem.hint)
    assert report.exit is Exit.PARTLY


@pytest.mark.parametrize(
    ("as_of", "verdict", "code"),
    [
        pytest.param("2026-05-28T09:00", "met", 0, id="twelve clear days ahead"),
        pytest.param("2026-05-29T09:00", "breached", 1, id="eleven, and a contract asks twelve"),
    ],
)
def test_lead_time_is_judged_as_if_published_now(carrier: World, as_of: str, verdict: str, code: int) -> None:
    report = imported(carrier, event("NT-2"), as_of=as_of)
    item = json(report)["items"][0]
    found = {d["rule"]: d["verdict"] for d in item["decisions"]}
    assert (item["publish_by"], item["verdict"], found, report.exit) == (
        "2026-05-28", verdict, {"CUT-04": verdict, "CUT-06": "met"}, code
    )  # fmt: skip
    assert {value["clause"]["source"] for d in item["decisions"] for value in d["values"]} >= {"contract"}


def test_the_workbook_reads_back_as_the_rows_that_were_proposed(carrier: World) -> None:
    report = imported(carrier, event("NT-1", "NT-9", "NT-3=NO-IMPACT"), event("NT-2", UID="u2", MAINTENANCE_ID="=1+1"))
    desk = carrier.desk(EARLY, Given({"cutovers": (str(report.files[0]),)}))
    with desk.reader() as confined:
        read = desk.read(Cutover.TABLE, confined)
    assert read.problems == ()
    assert list(read.records) == [row for one in _judged(report) for row in one.proposal.draft.rows]


def test_check_judges_the_written_workbook_alike(carrier: World) -> None:
    report = imported(carrier, event("NT-2"), as_of="2026-05-29T09:00")
    checked = check(carrier.desk("2026-05-29T09:00", Given({"cutovers": (str(report.files[0]),)})), CheckWishes())
    (item,) = json(checked)["items"]
    found = {d["rule"]: d["verdict"] for d in item["decisions"]}
    assert (item["task_no"], item["held"], found["CUT-02"], found["CUT-04"]) == (TASK, False, "met", "breached")


def test_the_same_notice_again_changes_nothing_and_writes_nothing(carrier: World) -> None:
    stands(carrier, imported(carrier, event("NT-1", "NT-9")))
    again = imported(carrier, event("NT-1", "NT-9"))
    assert (again.items[0]["change"], again.files) == ("unchanged", [])


def test_a_higher_sequence_with_another_window_is_a_reschedule(carrier: World) -> None:
    stands(carrier, imported(carrier, event("NT-1")))
    later = {"DTSTART": "20260622T160000Z", "DTEND": "20260622T200000Z", "SEQUENCE": "1"}
    report = imported(carrier, event("NT-1", **later))
    assert (report.items[0]["change"], rows(report)) == ("reschedule", [("X1", "中断: 240分钟", "改期")])
    assert [p.found for p in report.problems] == [TASK]  # the rows that stand, to be replaced
    stands(carrier, report)
    assert imported(carrier, event("NT-1", **later)).items[0]["change"] == "unchanged"
    old = imported(carrier, event("NT-1"))
    assert (old.items, "NT-1" in str(old.problems[0].message)) == ([], True)


def test_a_cancellation_without_circuits_calls_off_those_that_stand(carrier: World) -> None:
    stands(carrier, imported(carrier, event("NT-1", "NT-2")))
    report = imported(carrier, event(STATUS="CANCELLED", SEQUENCE="1"))
    assert report.items[0]["change"] == "cancel"
    assert [(row[0], row[2]) for row in rows(report)] == [("X1", "取消"), ("X2", "取消")]


def test_of_two_versions_in_one_run_the_higher_sequence_counts_whatever_the_order(carrier: World) -> None:
    report = imported(carrier, event("NT-1", SEQUENCE="2"), event("NT-3", SEQUENCE="1"))
    assert [row[0] for row in rows(report)] == ["X1"]
    assert [("NT-3" in str(p.message), p.severity) for p in report.problems] == [(True, "caution")]


def test_two_events_of_one_maintenance_at_two_times_need_a_person(carrier: World) -> None:
    report = imported(carrier, event("NT-1") + event("NT-3", UID="u2", DTEND="20260615T210000Z"))
    assert [row[0] for row in rows(report)] == ["X1", "X3"]
    assert [p.held for p in report.problems] == [(f"task {TASK}",)]


def test_a_desk_without_a_province_is_told_that_the_cell_is_empty(carrier: World) -> None:
    carrier.settings = {}
    report = imported(carrier, event("NT-1"))
    (problem,) = report.problems
    assert (problem.field, report.exit, len(report.files)) == ("province", Exit.PARTLY, 1)


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_dry_run_says_the_same_and_writes_nothing(carrier: World, dry_run: bool) -> None:
    report = imported(carrier, event("NT-1"), to=None, dry_run=dry_run)
    assert [row[0] for row in rows(report)] == ["X1"]
    assert (carrier.root / "out").exists() is not dry_run


def test_a_bad_event_costs_itself_and_the_rest_goes_on(carrier: World) -> None:
    report = imported(carrier, event("NT-1", DTEND=None) + event("NT-3", UID="u2", MAINTENANCE_ID="WO-2"), "rubbish\n")
    assert [row[0] for row in rows(report)] == ["X3"]
    assert [p.held for p in report.problems if p.held and "NT-1" in p.held[0]] == [(f"circuit NT-1 of task {TASK}",)]
    assert report.exit is Exit.PARTLY


def test_an_ordinary_invitation_alone_is_a_wrong_input(carrier: World) -> None:
    report = imported(carrier, "BEGIN:VEVENT\nUID:1\nSUMMARY:x\nEND:VEVENT\n")
    assert (report.exit, report.items, report.problems[0].place.line) == (Exit.BAD_INPUT, [], 3)  # type: ignore[union-attr]


CODES = st.lists(st.sampled_from([f"NT-{n}" for n in range(12)]), max_size=6)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(CODES, st.sampled_from("AB"), st.integers(0, 2), st.booleans()), min_size=1, max_size=5))
def test_every_circuit_a_notice_names_is_in_a_row_or_in_a_problem(
    carrier: World, events: list[tuple[list[str], str, int, bool]]
) -> None:
    made = "".join(
        event(
            *codes, MAINTENANCE_ID=number, UID=number, SEQUENCE=str(sequence), DTEND=None if bad else "20260615T200000Z"
        )
        for codes, number, sequence, bad in events
    )
    report = imported(carrier, made, dry_run=True)
    told = {code for one in _judged(report) for line in one.proposal.draft.lines for code in line.leased}
    said = " ".join([*(str(p.message) for p in report.problems), *(h for p in report.problems for h in p.held)])
    named = {code for codes, *_ in events for code in codes}
    seen = {folded_circuit(word.strip(",")) for word in said.split()} | {folded_circuit(code) for code in told}
    assert {folded_circuit(code) for code in named} <= seen


def test_the_inputs_are_written_as_they_were(carrier: World) -> None:
    """The job never touches what it reads."""
    imported(carrier, event("NT-1"))
    assert (carrier.root / "circuits.csv").read_text("utf-8") == text(carrier.circuits)
