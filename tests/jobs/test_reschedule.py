"""`cutover reschedule`: from files to proposals, and from a proposal to rows that `cutover check` finds met."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.confined import Confined
from aftersales_cli.jobs.reschedule import Wishes, reschedule
from aftersales_cli.jobs.reschedule_rows import cells
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.moments import daily_hours
from aftersales_cli.records.values import (
    BEIJING,
    Category,
    Instant,
    Interruption,
    Interrupts,
    Status,
    Window,
    Word,
)
from aftersales_cli.tables.binding import bind
from aftersales_cli.tables.headings import match
from aftersales_cli.tables.reading import Input, read_table
from aftersales_cli.tables.sheet import Sheet
from tests.cutover.samples import words
from tests.jobs.world import EARLY, TASK, World, assured, circuit, customer, cut, hop, json

LATER = "20110620 00:00:00/20110620 06:00:00"
OTHER = "BD2011SHJH000002"
RIVAL = "20110608 02:00:00/20110609 02:00:00"


@pytest.fixture
def crowded(world: World) -> World:
    """A task by its cable; another on the other cable, an assurance, and a customer who wants ten working days."""
    world.cutovers = [
        cut_row(resources, window, number)
        for resources, window, number in [("光缆A", LATER, TASK), ("光缆B", RIVAL, OTHER)]
    ]
    world.customers = [
        customer("K1", "甲公司"),
        customer("K2", "乙公司", 约定提前量="8个工作日"),
        customer("K3", "丙公司"),
    ]
    world.circuits = [circuit("X1", "K1"), circuit("X2", "K2"), circuit("X3", "K3")]
    world.routes = [
        hop("X1", "光缆A"), hop("X1", "光缆B", "备用"), hop("X2", "光缆A"), hop("X2", "光缆B", "备用"),
        hop("X3", "光缆C"),
    ]  # fmt: skip
    world.assurances = [assured("K1", "二级", 开始时间="2011-06-10", 结束时间="2011-06-14", 重保编号="ZB-1")]
    return world


def cut_row(resources: str, window: str, number: str) -> dict[str, str]:
    return cut("", number, 割接时间=window, 割接资源=resources)


def ask(world: World, as_of: str = EARLY, task_no: str = TASK, **wishes: Any) -> Any:
    """The report as scripts get it."""
    world.write()
    return json(reschedule(world.desk(as_of), Wishes(task_no, **wishes)))


def days(report: Any) -> list[str]:
    return [item["window"]["from"][:10] for item in report["items"]]


def instead(world: World, report: Any) -> None:
    """Put the written rows in the place of the old ones."""
    (written,) = report["files"]
    world.cutovers = [row for row in world.cutovers if row["割接任务号"] != TASK]
    world.patterns = {"cutovers": ("cutovers.csv", written)}


def test_the_earliest_windows_satisfy_notice_assurance_and_the_other_task_and_name_what_binds(crowded: World) -> None:
    found = ask(crowded, count=2)

    assert (found["exit"], days(found)) == (0, ["2011-06-15", "2011-06-16"])
    first, second = found["items"]
    assert (first["task_no"], first["verdict"], first["publish_by"]) == (TASK, "met", "2011-06-01")
    assert first["window"] == {"from": "2011-06-15T00:00:00+08:00", "to": "2011-06-15T06:00:00+08:00"}
    (bound,) = first["binds"]
    assert (bound["rule"], bound["assurances"][0]["assurance_no"]) == ("ASR-1", "ZB-1")
    assert second["binds"] == []
    assert {decision["rule"] for decision in first["decisions"]} >= {"CUT-04", "CUT-06", "CUT-11", "ASR-1"}


def test_each_earlier_day_has_its_reason(crowded: World) -> None:
    rejected = {
        one["window"]["from"][5:10]: {(bind["rule"], *bind["with"], *(c["customer_code"] for c in bind["customers"]))
                                      for bind in one["binds"]}
        for one in ask(crowded)["summary"]["rejected"]
    }  # fmt: skip

    assert sorted(rejected) == [f"{date(2011, 5, 28) + timedelta(n)}"[5:] for n in range(18)]
    assert rejected["05-29"] == {("CUT-04", "K1"), ("CUT-04", "K2"), ("CUT-06", "K1", "K2")}
    assert rejected["06-08"] == {("CUT-04", "K2"), ("CUT-11", OTHER)}
    assert rejected["06-10"] == {("ASR-1",)}


@pytest.mark.parametrize("pick", [None, 2])
def test_the_rows_written_are_the_old_ones_in_the_new_window_and_check_finds_them_met(
    crowded: World, reader: Confined, pick: int | None
) -> None:
    crowded.cutovers[0] |= {
        "发布时间": "2011-05-01 09:00", "填报时间": "2011-04-30", "影响范围": "城东；=1+1", "发起单位": "网运部",
        "割接类别": "计划",
    }  # fmt: skip
    crowded.cutovers.append(cut("X3", TASK, 割接时间=LATER, 状态="取消"))
    found = ask(crowded, write=True, pick=pick)
    old, new = (
        read_table(
            [Input("cutovers", name, path)],
            Cutover.TABLE,
            confined=reader,
            vocabularies=words(),
            limits=crowded.desk().limits,
        ).records
        for name, path in [("old", crowded.root / "cutovers.csv"), ("new", Path(found["files"][0]))]
    )
    window = found["items"][(pick or 1) - 1]["window"]

    assert Path(found["files"][0]).relative_to(crowded.root).parts == (
        "out",
        "2011-05-27T0900-reschedule",
        "割接改期.xlsx",
    )
    assert [row.status for row in new] == [Status.RESCHEDULED, Status.CANCELLED]
    assert {row.window for row in new} == {
        Window(*(datetime.fromisoformat(window[k]).astimezone(BEIJING) for k in ("from", "to")))
    }
    kept = [column.key for column in Cutover.TABLE.columns if column.key not in ("window", "status", "published_at")]
    assert [[row.value(key) for key in kept] for row in new] == [
        [row.value(key) for key in kept] for row in old if row.task_no == TASK
    ]
    instead(crowded, found)
    assert [item["verdict"] for item in json(crowded.check(EARLY, TASK))["items"]] == ["met"]


def test_on_no_earlier_day_would_the_whole_check_have_found_it_met(crowded: World) -> None:
    """Brute force: every day up to the one proposed, by hand into the file."""
    first = date.fromisoformat(days(ask(crowded))[0])
    verdicts = []
    for n in range((first - date(2011, 5, 28)).days + 1):
        day = date(2011, 5, 28) + timedelta(n)
        crowded.cutovers[0] |= {"割接时间": f"{day:%Y%m%d} 00:00:00/{day:%Y%m%d} 06:00:00"}
        verdicts += [item["verdict"] for item in json(crowded.check(EARLY, TASK))["items"]]

    assert verdicts == ["breached"] * (len(verdicts) - 1) + ["met"]


def test_what_was_told_of_the_old_window_is_no_publication_of_the_new_one(crowded: World) -> None:
    crowded.notify()

    assert days(ask(crowded, as_of="2011-06-03T09:00", count=1)) == ["2011-06-17"]


def test_other_hours_and_other_days_can_be_asked_for(crowded: World) -> None:
    found = ask(crowded, first=date(2011, 6, 15), last=date(2011, 6, 15), hours=daily_hours("22:00-23:30"))

    assert [item["window"] for item in found["items"]] == [
        {"from": "2011-06-15T22:00:00+08:00", "to": "2011-06-15T23:30:00+08:00"}
    ]


def test_where_no_window_can_be_had_it_says_who_and_why_and_ends_with_one(crowded: World) -> None:
    found = ask(crowded, last=date(2011, 6, 13), write=True)

    assert (found["exit"], found["items"], found["files"]) == (1, [], [])
    (bound,) = found["summary"]["rejected"][-1]["binds"]
    assert (bound["rule"], bound["assurances"][0]["customer_code"]) == ("ASR-1", "K1")


def test_what_is_wrong_with_other_tasks_is_left_to_check(crowded: World) -> None:
    crowded.cutovers.append(cut("X1", "BD2011SHJH000003", 割接时间="六月"))

    assert (ask(crowded)["problems"], ask(crowded)["exit"]) == ([], 0)


def test_rows_that_cannot_be_read_are_a_problem_and_no_window_is_proposed(crowded: World) -> None:
    crowded.cutovers[0] |= {"中断类型": "也许"}
    found = ask(crowded)

    assert (found["exit"], found["items"], found["files"]) == (3, [], [])
    assert [(problem["field"], problem["held"]) for problem in found["problems"]] == [
        ("interruption", [f"task {TASK}"])
    ]


BEGUN = {"割接时间": "20110527 00:00:00/20110527 06:00:00"}
BACKWARDS = {"first": date(2011, 6, 2), "last": date(2011, 6, 1)}
TOO_FEW = {"write": True, "pick": 9, "last": date(2011, 6, 16)}
TWO_PLACES = {"to": Path("a"), "output": Path("b")}
NO_FILE = "--pick says which proposal is written: add --write, --to FILE or --output DIR"


@pytest.mark.parametrize(
    ("cells_", "wishes", "expected"),
    [
        pytest.param({"状态": "取消"}, {}, f"{TASK} is cancelled; it is not moved", id="cancelled"),
        pytest.param(BEGUN, {}, f"{TASK} has begun: its window began 2011-05-27 00:00; it is not moved", id="begun"),
        pytest.param({}, {"task_no": "JT9"}, "no cutover row has the task number JT9", id="unknown"),
        pytest.param({}, {"pick": 1}, NO_FILE, id="nothing is written"),
        pytest.param({}, TOO_FEW, "there is no proposal 9: 2 were found", id="too few"),
        pytest.param({}, BACKWARDS, "--until 2011-06-01 is before --from 2011-06-02", id="backwards"),
        pytest.param({}, TWO_PLACES, "name --to FILE or --output DIR, not both", id="two places"),
    ],
)
def test_what_cannot_be_is_refused(
    crowded: World, cells_: dict[str, str], wishes: dict[str, Any], expected: str
) -> None:
    crowded.cutovers[0] |= cells_
    with pytest.raises(Stop) as stopped:
        ask(crowded, **wishes)

    assert (str(stopped.value), stopped.value.code) == (expected, Exit.USAGE)


def test_a_number_nobody_has_gets_those_that_look_like_it(crowded: World) -> None:
    with pytest.raises(Stop) as stopped:
        ask(crowded, task_no="BD2011SHJH00002")

    assert str(stopped.value.hint) == f"is it {OTHER}, {TASK}?"


def test_a_dry_run_writes_nothing(crowded: World) -> None:
    found = ask(crowded, write=True, dry_run=True)

    assert (found["files"], (crowded.root / "out").exists(), len(found["items"])) == ([], False, 3)


def test_a_file_that_is_named_is_written_and_nothing_overwritten(crowded: World, tmp_path: Path) -> None:
    names = [Path(ask(crowded, write=True, to=tmp_path / "改期.xlsx")["files"][0]).name for _ in range(2)]

    assert names == ["改期.xlsx", "改期-2.xlsx"]


TEXTS = st.text("甲乙abc =+-/#", min_size=1, max_size=8).map(str.strip).filter(bool).map(lambda t: " ".join(t.split()))
CODES = st.text("北京30N-/", min_size=1, max_size=8)
MOMENTS = st.datetimes(datetime(2011, 1, 1), datetime(2026, 12, 31)).map(  # noqa: DTZ001
    lambda at: at.replace(microsecond=0, tzinfo=BEIJING)
)
INSTANTS = MOMENTS.map(Instant) | MOMENTS.map(
    lambda at: Instant(at.replace(hour=0, minute=0, second=0), whole_day=True)
)
ROWS = st.builds(
    Cutover,
    task_no=st.just(TASK),
    category=st.none() | st.sampled_from(Category),
    window=st.builds(lambda at, minutes: Window(at, at + timedelta(minutes=minutes)), MOMENTS, st.integers(1, 3000)),
    interruption=st.just(Interruption(Interrupts.NO))
    | st.builds(
        Interruption, st.sampled_from([Interrupts.YES, Interrupts.MOMENTARILY]), st.integers(1, 999), st.booleans()
    ),
    province=st.sampled_from(["上海", "贵州"]),
    reason=st.sampled_from(["外力施工", "机房搬迁"]),
    circuit_code=st.none() | CODES,
    resources=st.lists(CODES, max_size=3, unique=True).map(tuple),
    customer_name=st.none() | TEXTS,
    initiating_unit=st.none() | TEXTS,
    impact_range=st.none() | TEXTS,
    filed_at=st.none() | st.just(Word.NOT_FILED) | INSTANTS,
    published_at=st.none() | st.just(Word.NOT_PUBLISHED) | INSTANTS,
    status=st.none() | st.sampled_from(Status),
    notice_ref=st.none() | TEXTS,
)


@given(ROWS)
def test_the_cells_of_a_row_are_read_back_as_the_row(row: Cutover) -> None:
    headings = [column.heading for column in Cutover.TABLE.columns]
    sheet = Sheet(None, [list(cells(row))], [2], is_text=False, keys=headings)
    read = bind(sheet, match(Cutover.TABLE, headings, -1), Cutover.TABLE, file="x", vocabularies=words())

    assert ([*read.records], [*read.broken]) == ([row], [])
