"""The five files that cutovers come in, each as another system or unit writes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from tools.province import spelling
from tools.province.chance import chance
from tools.province.model import Line, Task
from tools.province.service import Said
from tools.province.spelling import EMPTY, Cell
from tools.province.writing import Merge, comma_separated, text_as_xls, workbook, yaml_list

PLAN = (
    "序号", "割接任务号", "割接类别", "客户名称", "电路代号", "割接开始时间", "割接结束时间", "中断类型", "割接省",
    "割接原因分类", "发起单位", "影响范围", "填报时间", "发布时间", "状态",
)  # fmt: skip
BACKBONE = ("任务号", "割接类别", "电路编号", "割接时间", "中断类型", "割接省", "割接原因", "发起单位", "影响范围",
            "填报时间", "发布时间", "状态")  # fmt: skip
TRANSPORT = ("割接任务号", "客户名称", "电路代号", "割接开始时间", "割接结束时间", "中断类型", "割接省", "割接原因分类",
             "发起单位", "填报时间", "发布时间", "实际开始时间", "实际结束时间", "状态")  # fmt: skip
RESOURCES = ("割接任务号", "割接类别", "割接资源", "割接时间", "中断类型", "割接省", "割接原因分类", "发起单位",
             "影响范围", "填报时间", "发布时间", "状态")  # fmt: skip


def files(seed: int, tasks: Sequence[Task]) -> dict[str, bytes]:
    """Every file by its path in the workspace."""
    rng = chance(seed, "spelling")
    books = {"plan": _plan, "backbone": _backbone, "transport": _transport, "resources": _resources, "urgent": _urgent}
    endings = {"plan": "xlsx", "backbone": "csv", "transport": "xls", "resources": "xlsx", "urgent": "yaml"}
    return {
        f"inbox/cutovers/{book}.{endings[book]}": write(rng, [task for task in tasks if task.book == book])
        for book, write in books.items()
    }


def _plan(rng: Random, tasks: Sequence[Task]) -> bytes:
    """A workbook made by hand: a title over all columns, a preamble, one number beside several rows, a total."""
    last = len(PLAN) - 1
    grid: list[Sequence[Cell]] = [
        ("2026年6月本地网割接计划汇总表",),
        ("填报单位：", "网络运行维护部"),
        ("制表时间：", "2026年6月1日 08时00分"),
        ("说明：", "割接时间为北京时间；一格可填多条电路。"),
        (),
        PLAN,
    ]
    merges = [Merge(0, 0, 0, last), Merge(3, 1, 3, last)]
    for n, task in enumerate(tasks, 1):
        rows = _rows(rng, task)
        top = len(grid)
        grid += [_planned(rng, n, task, name, cell, first=row == 0) for row, (name, cell) in enumerate(rows)]
        if len(rows) > 1:
            merges += [Merge(top, column, len(grid) - 1, column) for column in (0, 1)]
    grid.append(("合计", EMPTY, EMPTY, EMPTY, sum(len(task.circuits) for task in tasks)))
    return workbook("割接计划", grid, merges, widths={1: 20, 3: 30, 4: 26, 5: 18, 6: 18, 7: 16, 9: 16, 12: 18, 13: 18})


def _rows(rng: Random, task: Task) -> list[tuple[str, str]]:
    """Name and circuits of each row; many circuits stand in one cell, without a name."""
    if len(task.lines) > 3:
        return [(EMPTY, spelling.codes(rng, task.circuits))]
    return [(spelling.name(rng, line.name), spelling.code(rng, line.circuit)) for line in task.lines]


def _planned(rng: Random, n: int, task: Task, name: str, circuits: str, *, first: bool) -> list[Cell]:
    start, end = spelling.start_and_end(rng, task)
    return [
        n if first else EMPTY,
        task.number if first else EMPTY,
        rng.choice((task.category, f"{task.category}割接")),
        name,
        circuits,
        start,
        end,
        *_told(rng, task, spelling.moment),
    ]


def _told(rng: Random, task: Task, spelt: Callable[[Random, Said], Cell]) -> list[Cell]:
    """What these files tell behind the window; `spelt` writes an instant as the file does."""
    return [
        spelling.interruption(rng, task.interruption),
        spelling.province(rng, task.province),
        task.reason,
        task.unit,
        task.reach,
        spelt(rng, task.filed),
        spelt(rng, task.published),
        task.status,
    ]


def _backbone(rng: Random, tasks: Sequence[Task]) -> bytes:
    """The group's export: other headings, the window in one cell, all circuits of a task in another."""
    rows = [
        (
            spelling.wide(task.number) if n % 6 == 5 else task.number,
            task.category,
            spelling.codes(rng, task.circuits),
            task.spoilt or spelling.window(rng, task),
            *_told(rng, task, spelling.instant),
        )
        for n, task in enumerate(tasks)
    ]
    return comma_separated([BACKBONE, *rows])


def _transport(rng: Random, tasks: Sequence[Task]) -> bytes:
    """What the transport system exports: a text that calls itself .xls, its query above the headings."""
    preamble = ("传输综合网管 割接工单导出", "导出时间: 2026-06-01 08:12:33", "查询条件:", *_conditions(), EMPTY)
    rows = [_exported(rng, task, line) for task in tasks for line in task.lines]
    return text_as_xls([*((text,) for text in preamble), TRANSPORT, *rows], guarded=(0, 2))


def _conditions() -> list[str]:
    fields = ("工单状态", "专业", "开始时间从", "开始时间到", "发起单位", "执行单位", "是否涉及大客户", "是否跨省",
              "审批状态", "排序字段", "排序方式", "每页条数", "导出人")  # fmt: skip
    said = {
        "专业": "传输",
        "开始时间从": "2026-05-31",
        "开始时间到": "2026-06-30",
        "是否涉及大客户": "是",
        "导出人": "系统",
    }
    return [f"  {field} = {said.get(field, '全部')}" for field in fields]


def _exported(rng: Random, task: Task, line: Line) -> list[str]:
    began, ended = task.actual or (None, None)
    return [
        task.number,
        spelling.name(rng, line.name),
        spelling.code(rng, line.circuit, invisible=False),
        *spelling.start_and_end_as_text(rng, task),
        spelling.interruption(rng, task.interruption),
        spelling.province(rng, task.province),
        task.reason,
        task.unit,
        spelling.instant(rng, task.filed),
        spelling.instant(rng, task.published),
        spelling.instant(rng, began),
        spelling.instant(rng, ended),
        task.status,
    ]


def _resources(rng: Random, tasks: Sequence[Task]) -> bytes:
    """Works on resources: which circuits ride on them is for the routes to say."""
    grid: list[Sequence[Cell]] = [("资源割接申请清单",), (), RESOURCES]
    for n, task in enumerate(tasks):
        grid.append(
            [
                f"{task.number}\u200b " if n % 7 == 6 else task.number,
                f"{task.category}割接",
                spelling.codes(rng, task.resources),
                spelling.window(rng, task),
                *_told(rng, task, spelling.moment),
            ]
        )
    grid.append(("合计", EMPTY, f"{sum(len(task.resources) for task in tasks)}项"))
    return workbook("申请清单", grid, [Merge(0, 0, 0, len(RESOURCES) - 1)], widths={0: 20, 2: 34, 3: 40, 4: 16, 6: 16})


def _urgent(rng: Random, tasks: Sequence[Task]) -> bytes:
    """Temporary and emergency work, as the duty desk writes it down."""
    entries = [
        {
            "割接任务号": task.number,
            "割接类别": task.category,
            "割接时间": spelling.window(rng, task),
            "中断类型": spelling.interruption(rng, task.interruption),
            "割接省": task.province,
            "割接原因分类": task.reason,
            "电路代号": "；".join(task.circuits),
            "割接资源": "；".join(task.resources),
            "发起单位": task.unit,
            "填报时间": _plain(task.filed),
            "发布时间": _plain(task.published),
            "实际开始时间": _plain(task.actual[0] if task.actual else None),
            "状态": task.status,
        }
        for task in tasks
    ]
    return yaml_list(
        "cutovers", entries, comment="值班台登记的临时、紧急割接 / temporary and emergency work of the duty desk"
    )


def _plain(said: Said) -> str:
    return said if isinstance(said, str) else f"{said:%Y-%m-%d %H:%M}" if said else EMPTY
