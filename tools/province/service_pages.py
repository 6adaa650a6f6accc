"""The files of two years of service: workbooks with titles, GB18030 texts, a text called .xls, YAML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from random import Random

from tools.province import spelling
from tools.province.archive import LISTED
from tools.province.chance import chance
from tools.province.model import Complaint, Province
from tools.province.service import Crisis, Engineer, Fault, Finding, Visit, Warned
from tools.province.spelling import EMPTY, Cell
from tools.province.writing import Merge, comma_separated, text_as_xls, workbook, yaml_list

ENGINEERS = ("姓名", "省份", "城市", "联系电话", "联系邮箱", "每周走访数")
FAULTS = ("故障编号", "电路代号", "客户编码", "故障开始时间", "恢复时间", "速率", "故障原因", "处理情况", "是否自复",
          "受理部门", "升级至", "升级时间")  # fmt: skip
REPORTS = ("申告编号", "类型", "客户编码", "电路代号", "申告时间", "中断开始时间", "恢复时间", "查实原因", "申告内容")
WARNINGS = ("预警编号", "客户编码", "预警级别", "预警发布时间", "有效期至", "责任省市", "预警原因", "预警范围",
            "已采取措施", "解除时间", "解除原因")  # fmt: skip
FINDINGS = ("巡检编号", "客户编码", "电路代号", "巡检日期", "发现问题", "存在隐患", "解决建议", "关闭日期")
VISITS = ("走访编号", "客户编码", "走访类型", "走访日期", "走访地", "走访方式", "带队人", "我方人员", "客户方人员",
          "客户经理参加", "资料核对", "业务变更", "业务生存性", "使用与维护情况展示", "提交材料", "客户网管绩效材料",
          "业务与网络部门矛盾", "巡检问题与建议", "上次问题解决情况", "客户反映问题", "处理进展", "优化与整改措施",
          "下次走访日期", "下次走访方式", "下次走访途径", "下次走访内容", "已录入集团系统")  # fmt: skip


def files(made: Province) -> dict[str, bytes]:
    """Every file by its path in the workspace."""
    service, rng = made.service, chance(made.seed, "service")
    listed = {one.code for one in made.customers[:LISTED]}
    routine = [one for one in service.visits if one.kind in {"例行", "拜访"}]
    return {
        "data/engineers.xlsx": _engineers(service.engineers),
        "data/faults.xlsx": _faults(rng, service.faults),
        "data/complaints.csv": comma_separated([REPORTS, *(_report(rng, one) for one in service.reports)]),
        "data/warnings.csv": comma_separated([WARNINGS, *map(_warning, service.warnings)]),
        "data/crises.yaml": _crises(service.crises),
        "data/inspections.xls": text_as_xls([FINDINGS, *map(_finding, service.findings)], guarded=(0, 1, 2)),
        "data/visits.xlsx": _visits(rng, [one for one in routine if one.customer in listed]),
        "data/visits-cities.csv": _of_cities([one for one in routine if one.customer not in listed]),
        "data/visits-crisis.yaml": _of_crises([one for one in service.visits if one.kind in {"危机", "回访"}]),
    }


def _engineers(engineers: Sequence[Engineer]) -> bytes:
    rows = [[e.name, e.province, e.city, e.phone, e.email, _number(e.weekly)] for e in engineers]
    return workbook("客户工程师", [ENGINEERS, *rows], widths={3: 16, 4: 30})


def _number(text: str) -> Cell:
    return int(text) if text.isascii() and text.isdigit() else text


def _faults(rng: Random, faults: Sequence[Fault]) -> bytes:
    grid: list[list[Cell]] = [["故障台账（2024年6月—2026年5月）"], list(FAULTS)]
    grid += [
        [
            one.number, spelling.code(rng, one.circuit), one.customer, spelling.moment(rng, one.began),
            spelling.moment(rng, one.restored), one.rate, one.cause, one.handling, one.itself, one.accepted,
            one.escalated, spelling.moment(rng, one.escalated_at),
        ]
        for one in faults
    ]  # fmt: skip
    return workbook("故障", grid, [Merge(0, 0, 0, len(FAULTS) - 1)], widths={0: 14, 1: 26, 3: 18, 4: 18, 6: 28, 7: 30})


def _report(rng: Random, one: Complaint) -> list[Cell]:
    return [
        one.number, one.about, one.customer, spelling.code(rng, one.circuit, invisible=False),
        *(spelling.instant(rng, said) for said in (one.reported, one.began, one.restored)), one.cause, one.text,
    ]  # fmt: skip


def _warning(one: Warned) -> list[Cell]:
    return [one.number, one.customer, one.level, one.issued, one.until, one.places, one.reason, one.scope,
            one.measures, one.lifted, one.lifted_because]  # fmt: skip


def _crises(crises: Sequence[Crisis]) -> bytes:
    entries = [
        {
            "危机编号": one.number, "客户编码": one.customer, "发生时间": one.occurred, "表现形式": one.form,
            "事件描述": one.text, "电路代号": one.circuits, "持续时长": one.duration, "责任省市": one.places,
            "受理人": "故障受理台", "升级至": one.escalated, "升级时间": one.escalated_at,
            "客户要求级别": one.demanded, "干预措施": one.measures, "处理结果": one.outcome,
            "经验教训": one.lessons, "关闭日期": one.closed,
        }
        for one in crises
    ]  # fmt: skip
    return yaml_list("crises", entries, comment="危机事件 / crises")


def _finding(one: Finding) -> list[Cell]:
    return [one.number, one.customer, one.circuit, one.on, one.finding, one.hazard, one.proposal, one.closed]


def _visits(rng: Random, visits: Sequence[Visit]) -> bytes:
    """A workbook with true dates here and texts there, as several people keep it."""
    grid: list[list[Cell]] = [["大客户走访记录（2024年6月起）"], list(VISITS)]
    grid += [_row(one, one.spoilt or _day(rng, one), lines="\n" if rng.random() < 0.1 else "；") for one in visits]
    widths = {0: 19, 3: 12, 10: 24, 19: 26, 20: 26, 21: 40}
    return workbook("走访记录", grid, [Merge(0, 0, 0, len(VISITS) - 1)], widths=widths)


def _day(rng: Random, one: Visit) -> Cell:
    on = one.on
    if rng.random() < 0.75:
        return spelling.serial(datetime.combine(on, time()))
    return rng.choice((f"{on.year}.{on.month}.{on.day}", f"{on.year}年{on.month}月{on.day}日", f"{on:%Y/%m/%d}"))


def _of_cities(visits: Iterable[Visit]) -> bytes:
    rows = [_row(one, one.spoilt or f"{one.on:%Y/%m/%d}", lines="；") for one in visits]
    return comma_separated([VISITS, *rows])


def _row(one: Visit, on: Cell, *, lines: str) -> list[Cell]:
    return [
        one.number, one.customer, one.kind, on, one.place, one.manner, one.led, one.ours, one.theirs, one.manager,
        one.checked, one.changes, one.survivability, one.shown, one.materials, one.staff, one.friction,
        one.inspection, one.previous.replace("；", lines), lines.join(one.issues), lines.join(one.progress),
        lines.join(one.actions), str(one.next_on or EMPTY), one.next_manner, one.next_channel, one.next_agenda,
        one.entered,
    ]  # fmt: skip


def _of_crises(visits: Iterable[Visit]) -> bytes:
    entries = [
        dict(zip(VISITS, map(str, _row(one, one.spoilt or str(one.on), lines="；")), strict=True))
        | {"带队领导级别": one.rank}
        for one in visits
    ]
    return yaml_list("visits", entries, comment="危机走访和回访 / visits because of warnings and crises")
