"""部门: every role the book knows, some for one city only."""

from __future__ import annotations

from tools.province import names
from tools.province.chance import chance
from tools.province.model import Department

PROVINCIAL = (
    ("政企客户部", "政企客户部", "enterprise", "三级"),
    ("网络运行维护部割接审批岗", "割接审批", "approval", "三级"),
    ("网络运行维护部", "网运部", "noc", "三级"),
    ("集团网络运行维护部", "集团网运部", "group-noc", "二级"),
    ("传输设备维护中心", "设备", "equipment", "四级"),
    ("线路维护中心", "线路", "lines", "四级"),
    ("机房动力维护中心", "机房", "rooms", "四级"),
    ("网络分管领导办公室", "领导", "management", "二级"),
)
"""Name, role, mailbox and rank."""
OF_CITIES = ("澄川", "岚浦", "霁州", "鹭泽")


def make(seed: int) -> tuple[Department, ...]:
    """The province's departments first, then those of cities."""
    rng = chance(seed, "departments")
    made = [
        Department(name, role, "", names.person(rng), names.landline(rng), f"{box}@carrier.example", rank)
        for name, role, box, rank in PROVINCIAL
    ]
    for city in OF_CITIES:
        for role in ("设备", "线路"):
            box = f"{'equipment' if role == '设备' else 'lines'}-{names.LETTERS[city].lower()}@carrier.example"
            name = f"{city}分公司{role}维护班"
            made.append(Department(name, role, city, names.person(rng), names.landline(rng), box, "五级"))
    return tuple(made)
