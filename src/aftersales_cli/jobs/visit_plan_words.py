"""What stands in the workbook and the calendars of a plan, in both languages: a document keeps the words it has."""

from __future__ import annotations

_ZH = {
    "title": "{year}年例行走访计划",
    "provisional": "暂定稿：{year}年放假安排尚未公布，按周一至周五、扣除日期固定的法定假日（元旦、清明、"
    "五一两天、国庆三天）排出；春节、端午、中秋和调休待公布。导入日历后重新生成，只有必须改期的走访会改动。",
    "made": "{unit} · 编制时间 {when} · 客户 {customers}，走访 {visits}，客户工程师 {engineers} · "
    "频次、内容、每周走访数按规则 PLN-1、PLN-2、PLN-3（样例值）",
    "plan": "走访计划", "by_engineer": "按工程师", "filing": "集团备案", "calendar": "全年日历", "open": "未能安排",
    "past": "编制前时段", "made_before": "计划编制前走访", "unmade": "无走访记录",
    "no": "序号", "day": "走访日期", "weekday": "星期", "made_up": "{weekday}（补班）",
    "code": "客户编码", "name": "客户名称", "level": "客户级别",
    "kind": "走访类型", "routine": "例行", "place": "走访地", "engineer": "客户工程师", "role": "指派依据",
    "number": "第几次", "slot": "可走访时段", "content": "走访内容", "filed": "报集团备案", "yes": "是",
    "moved": "改动",
    "new": "新增", "was": "原 {day}", "was_by": "原由{name}",
    "about": "走访内容（{level}）：{content}", "comma": "、", "month_day": "{month}月{day}日",
    "contact": "售后联系人", "phone": "联系电话", "manager": "客户经理", "times": "每年次数", "days": "走访日期",
    "grade": "服务等级", "control": "管控级别",
    "filing_title": "{year}年集团级、省清单级客户例行走访计划（报集团公司备案）",
    "section": "{name}（{place}）· 全年 {visits} · 最忙的一周 {peak} 次（{monday} 起的一周），每周可走访 {room} 次",
    "nowhere": "不在工程师表中", "unread": "工程师表中的行未能读出", "ticked": "走访日期（完成打勾）",
    "stands": "照旧：客户表中的行未能读出", "no_day": "–（{why}）", "no_day_in": "–（{slots}：{why}）",
    "made_on": "编制前已走访：{days}", "over": "–（{slots}：编制前已过）", "remark": "备注",
    "total": "合计（次）", "why": "原因", "between": "{a} 至 {b}", "months": "{n}月", "of": "{n}/{of}",
}  # fmt: skip
_EN = {
    "title": "Routine visits in {year}",
    "provisional": "Provisional: the holidays of {year} are not published. Planned on Mondays to Fridays, without the "
    "days of rest that the law fixes; the Spring Festival, other days by the moon and exchanged weekdays are not known "
    "yet. Make the plan anew once the calendar is imported: only visits that must move will.",
    "made": "{unit} · made {when} · {customers}, {visits}, {engineers} · numbers, content "
    "and visits per week by the cards PLN-1, PLN-2, PLN-3 (sample values)",
    "plan": "Plan", "by_engineer": "By engineer", "filing": "Filing copy", "calendar": "Year calendar", "open": "Open",
    "past": "Before this plan", "made_before": "Visited before", "unmade": "no record",
    "no": "No.", "day": "Day", "weekday": "Weekday", "made_up": "{weekday} (working)",
    "code": "Code", "name": "Customer", "level": "Level",
    "kind": "Kind", "routine": "routine", "place": "Place", "engineer": "Engineer", "role": "By which role",
    "number": "Visit", "slot": "Slot", "content": "Content", "filed": "Filed with the group", "yes": "yes",
    "moved": "Change", "new": "new", "was": "was {day}", "was_by": "was {name}'s",
    "about": "Content ({level}): {content}", "comma": ", ", "month_day": "{both}",
    "contact": "Contact", "phone": "Phone", "manager": "Account manager", "times": "Visits a year", "days": "Days",
    "grade": "Service grade", "control": "Control level",
    "filing_title": "Routine visits in {year} to customers of group level and the provincial list "
    "(filed with the group)",
    "section": "{name} ({place}) · {visits} · {peak} in the busiest week (from {monday}), "
    "{room} a week possible",
    "nowhere": "not in the table of engineers", "unread": "their row could not be read",
    "ticked": "Days (tick when done)",
    "stands": "stands as before: row could not be read", "no_day": "– ({why})", "no_day_in": "– ({slots}: {why})",
    "made_on": "made before this plan: {days}", "over": "– ({slots}: over before this plan)", "remark": "Remark",
    "total": "Visits", "why": "Why", "between": "{a} to {b}", "months": "{n}", "of": "{n} of {of}",
}  # fmt: skip
COUNTS = {
    "zh": {"customers": ("{n} 家", "{n} 家"), "visits": ("{n} 次", "{n} 次"), "engineers": ("{n} 人", "{n} 人")},
    "en": {
        "customers": ("{n} customer", "{n} customers"),
        "visits": ("{n} visit", "{n} visits"),
        "engineers": ("{n} engineer", "{n} engineers"),
    },
}
"""How many there are of something: for one, and for any other number."""
WORDS: dict[str, dict[str, str]] = {"zh": _ZH, "en": _EN}
"""Headings and sentences of the workbook."""
WIDER: dict[str, dict[str, float]] = {"zh": {}, "en": {"weekday": 14, "level": 18, "role": 19, "number": 10}}
"""Columns that need more room in a language, so that their words stand in one line."""
ROLES = {
    "zh": {"各省接应": "各省接应", "首席": "首席", "就近安排": "就近安排", "照旧": "照旧"},
    "en": {
        "各省接应": "local engineer",
        "首席": "chief engineer",
        "就近安排": "least loaded there",
        "照旧": "as before",
    },
}
"""By which role somebody goes."""
AGENDA = {
    "zh": {
        "name": "{year}年例行走访 {engineer}",
        "summary": "例行走访 {name}",
        "provisional": "（暂定）",
        "cancelled": "（已取消）",
        "was": "客户编码 {code}",
        "stands": "照旧：客户表中的行未能读出",
        "body": "客户编码 {code}，{level}\n第 {n}/{of} 次，可走访时段 {a} 至 {b}\n"
        "联系人 {contact} {phone}\n走访内容：{content}",
    },
    "en": {
        "name": "Routine visits in {year}: {engineer}",
        "summary": "Routine visit: {name}",
        "provisional": " (provisional)",
        "cancelled": " (cancelled)",
        "was": "Customer {code}",
        "stands": "Stands as before: the customer's row could not be read",
        "body": "Customer {code}, {level}\nVisit {n} of {of}, slot {a} to {b}\n"
        "Contact {contact} {phone}\nContent: {content}",
    },
}
"""One appointment of a calendar."""


def counted(language: str, what: str, n: int) -> str:
    """`1 visit`, `12 visits`: a number of one of `COUNTS`."""
    one, many = COUNTS[language][what]
    return (one if n == 1 else many).format(n=n)
