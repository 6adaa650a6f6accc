"""The files of the same desk nineteen days later, in a workspace of its own: nothing of them is known on 1 June."""

from __future__ import annotations

from random import Random

from tools.province import spelling
from tools.province.chance import chance
from tools.province.model import Complaint, Feedback, Line, Province, Receipt, Task
from tools.province.spelling import EMPTY, Cell
from tools.province.writing import Merge, comma_separated, workbook, yaml_list

FOLDER = "june-20"
SETTINGS = """\
# 同一个班组，6月20日上午 / the same desk on the morning of 20 June (made by “python -m tools.province”)
language: zh

inputs:
  cutovers: [../inbox/cutovers/*, done.csv]
  customers: [../data/customers.xlsx, ../data/customers-cities.csv]
  circuits: [../data/circuits.csv, ../data/circuits-long-haul.xlsx]
  routes: [../data/routes.xlsx, ../data/routes-long-haul.csv]
  assurances: ../data/assurances.xls
  departments: ../data/departments.yaml
  complaints: complaints.xlsx
  receipts: receipts.csv
  feedback: feedback.yaml

sender:
  unit: 网络运行维护部
  name: 值班客户工程师
  phone: 0000-8000000
  email: noc@carrier.example
"""
DONE = ("割接任务号", "割接类别", "客户名称", "电路代号", "割接时间", "中断类型", "割接省", "割接原因分类", "发起单位",
        "填报时间", "发布时间", "实际开始时间", "实际结束时间", "状态")  # fmt: skip
COMPLAINTS = ("申告编号", "类型", "客户编码", "电路代号", "申告时间", "中断开始时间", "恢复时间", "查实原因",
              "割接任务号", "申告内容")  # fmt: skip
RECEIPTS = ("割接任务号", "客户编码", "电路代号", "送达时间", "送达方式", "确认人")


def files(made: Province) -> dict[str, bytes]:
    """Every file by its path in the example."""
    rng = chance(made.seed, "later")
    done = [_done(rng, task, line) for task in made.finished for line in task.lines]
    contents = {
        "aftersales.yaml": SETTINGS.encode(),
        "done.csv": comma_separated([DONE, *done]),
        "complaints.xlsx": _complaints(rng, made.complaints),
        "receipts.csv": comma_separated([RECEIPTS, *(_receipt(rng, one) for one in made.receipts)]),
        "feedback.yaml": _feedback(made.feedback),
    }
    return {f"{FOLDER}/{name}": content for name, content in contents.items()}


def _done(rng: Random, task: Task, line: Line) -> list[Cell]:
    began, ended = task.actual or (None, None)
    return [
        task.number, task.category, spelling.name(rng, line.name), spelling.code(rng, line.circuit, invisible=False),
        f"{task.start:%Y%m%d %H:%M:%S}/{task.end:%Y%m%d %H:%M:%S}", task.interruption, task.province, task.reason,
        task.unit, *(spelling.instant(rng, said) for said in (task.filed, task.published, began, ended)), task.status,
    ]  # fmt: skip


def _complaints(rng: Random, complaints: tuple[Complaint, ...]) -> bytes:
    """A workbook with a title, as the complaint desk keeps it."""
    grid: list[list[Cell]] = [["2026年5月、6月故障申告登记表"], list(COMPLAINTS)]
    grid += [
        [
            one.number, rng.choice(("申告", "申告", "投诉")), one.customer, spelling.code(rng, one.circuit),
            *(spelling.moment(rng, said) for said in (one.reported, one.began, one.restored)),
            one.cause or EMPTY, one.task or EMPTY, one.text,
        ]
        for one in complaints
    ]  # fmt: skip
    merges = [Merge(0, 0, 0, len(COMPLAINTS) - 1)]
    return workbook("申告", grid, merges, widths={0: 16, 3: 28, 4: 18, 5: 18, 6: 18, 8: 20, 9: 26})


def _receipt(rng: Random, one: Receipt) -> list[Cell]:
    return [one.task, one.customer, one.circuit, spelling.instant(rng, one.delivered), one.channel, one.confirmed]


def _feedback(feedback: tuple[Feedback, ...]) -> bytes:
    entries = [
        {
            "意见编号": one.number, "割接任务号": one.task, "客户编码": one.customer,
            "接收时间": f"{one.received:%Y-%m-%d %H:%M}", "意见类型": one.kind, "内容": one.text,
            "处理结果": one.outcome,
            "发起单位原因说明": one.reason, "答复时间": f"{one.replied:%Y-%m-%d %H:%M}" if one.replied else EMPTY,
            "重保级别": one.level, "重保开始时间": one.start, "重保结束时间": one.end,
        }
        for one in feedback
    ]  # fmt: skip
    return yaml_list("feedback", entries, comment="客户对割接通知的意见 / what customers answered to notices")
