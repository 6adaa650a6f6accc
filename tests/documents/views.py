"""The views the tests fill in: the textbook's four cutovers (facts.md §1) as jobs hand them over."""

from __future__ import annotations

from typing import Any

FIELDS = ("task_no", "customer_name", "circuit_code", "window", "interruption", "province", "reason")
TEXTBOOK = (
    (
        "JT2011SHJH000160", "中国银联股份有限公司", "北京上海30N2332NP",
        "20110608 00:00:00/20110608 06:00:00", "中断: 30分钟", "上海", "外力施工",
    ),
    (
        "BD2011GDJH000473", "中信建投证券有限责任公司", "北京深圳ETN2007NP",
        "20110609 00:00:00/20110609 06:00:00", "中断: 80分钟", "广东", "故障隐患处理",
    ),
    (
        "BD2011SHJH000159", "中国移动通信有限公司", "HKG/CT-SHI/CT 30N198",
        "20110610 00:00:00/20110610 06:00:00", "中断: 10分钟", "上海", "系统优化升级",
    ),
    (
        "BD2011GXJH000084", "日电(中国)有限公司(NEC)", "北京桂林30N2010NP",
        "20110616 00:00:00/20110616 06:00:00", "瞬断: 小于5分钟", "广西", "故障隐患处理",
    ),
)  # fmt: skip
DAYS = {"zh": "2011年6月{}日 00:00 至 06:00", "en": "{} June 2011 00:00 to 06:00 (Beijing time)"}
EFFECTS = {
    "中断: 30分钟": {"zh": "中断约30分钟", "en": "an interruption of about 30 minutes"},
    "中断: 80分钟": {"zh": "中断约80分钟", "en": "an interruption of about 80 minutes"},
    "中断: 10分钟": {"zh": "中断约10分钟", "en": "an interruption of about 10 minutes"},
    "瞬断: 小于5分钟": {"zh": "瞬断（小于5分钟）", "en": "a momentary interruption of less than 5 minutes"},
}
WORDS: dict[str, dict[str, Any]] = {
    "zh": {
        "issued_on": "2011年5月27日",
        "title": "计划割接通知表",
        "sender": {
            "name": "周明",
            "unit": "上海政企客户网络服务中心",
            "phone": "021-5550 0100",
            "email": "s@example.cn",
        },
    },
    "en": {
        "issued_on": "27 May 2011",
        "title": "Planned Cutover Notice",
        "sender": {
            "name": "Zhou Ming",
            "unit": "Shanghai Enterprise Network Service Centre",
            "phone": "+86 21 5550 0100",
            "email": "s@example.cn",
        },
    },
}


def row(values: tuple[str, ...], **more: str) -> dict[str, Any]:
    """One line of the form."""
    return {**dict(zip(FIELDS, values, strict=True)), "impact_range": "", "why": "", **more}


def task(values: tuple[str, ...], language: str, change: str = "new", **more: Any) -> dict[str, Any]:
    """One task of the letter."""
    task_no, _, circuit, window, interruption, province, reason = values
    return {
        "task_no": task_no, "change": change, "window_text": DAYS[language].format(int(window[6:8])), "window": window,
        "interruption": interruption, "interruption_text": EFFECTS[interruption][language], "province": province,
        "reason": reason, "circuits": [circuit], "count": 1, "late": False, "together": "", "changed": [], **more,
    }  # fmt: skip


def view(*lines: tuple[str, ...], language: str = "zh", **more: Any) -> dict[str, Any]:
    """A message with one new task per line; the four of the textbook when no line is given."""
    lines = lines or TEXTBOOK
    tasks = [task(line, language) for line in lines]
    return {
        "language": language, "message_id": "a1b2c3d4e5f6", **WORDS[language],
        "customer": {"code": "C001", "name": "中国银联股份有限公司", "contact": "李女士"},
        "rows": [row(line) for line in lines], "tasks": tasks, "late": False,
        "changes": {"new": len(tasks), "update": 0, "cancel": 0}, **more,
    }  # fmt: skip


def mixed(language: str) -> dict[str, Any]:
    """A new task of 300 circuits, one that changed and is late, one that is cancelled."""
    many = [f"北京桂林30N{2010 + i}NP" for i in range(300)]
    was = DAYS[language].format(7)
    changed = [
        {"what": {"zh": "割接时间", "en": "Time"}[language], "old": was, "new": DAYS[language].format(9)},
        {"what": {"zh": "涉及电路", "en": "Circuits"}[language], "old": "", "new": "北京深圳ETN2007NP"},
    ]
    tasks = [
        task(TEXTBOOK[3], language, circuits=many, count=300),
        task(TEXTBOOK[1], language, "update", late=True, changed=changed),
        task(TEXTBOOK[2], language, "cancel"),
    ]
    return view(language=language, tasks=tasks, late=True, changes={"new": 1, "update": 1, "cancel": 1})


def department() -> dict[str, Any]:
    """What the enterprise customer department gets (R3): one circuit nobody knows, one task without circuits."""
    rows = [
        row(TEXTBOOK[0], customer_name="", impact_range="上海至北京 30N 系统", why="电路代号不在客户资料中"),
        row(
            TEXTBOOK[1], customer_name="", circuit_code="", impact_range="深圳枢纽楼 3 层全部电路", why="任务未列明电路"
        ),
    ]
    tasks = [task(TEXTBOOK[0], "zh"), task(TEXTBOOK[1], "zh", circuits=[], count=0)]
    name = {"code": "", "name": "上海政企客户部", "contact": ""}
    return view(title="割接信息通知", customer=name, rows=rows, tasks=tasks)
