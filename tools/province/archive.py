"""The files behind the cutovers: customers, circuits, routes, assurances, departments."""

from __future__ import annotations

from collections.abc import Sequence

from tools.province.model import Assurance, Circuit, Customer, Department, Hop, Province
from tools.province.names import BEYOND
from tools.province.spelling import EMPTY, Cell
from tools.province.writing import Merge, comma_separated, text_as_xls, workbook, yaml_list

CUSTOMERS = (
    "客户编码", "客户名称", "客户级别", "所属行业", "客户服务等级", "总部所在地", "售后联系人", "联系电话",
    "联系邮箱", "客户经理", "客户经理电话", "客户经理邮箱", "首席客户工程师", "首席客户工程师邮箱",
    "各省接应客户工程师", "是否跨省", "通知语言", "约定提前量",
)  # fmt: skip
CIRCUITS = (
    "电路代号",
    "客户编码",
    "业务开通流水号",
    "业务类型",
    "业务发起地",
    "速率",
    "业务开通时间",
    "是否跨域",
    "合同到期",
)
ROUTES = ("电路代号", "路径", "序号", "资源", "资源类型", "长途干线")
ASSURANCES = (
    "重保编号",
    "客户编码",
    "重保级别",
    "重保开始时间",
    "重保结束时间",
    "每日重保时段",
    "重保电路",
    "要求时间",
    "重保原因",
)
LISTED = 240
"""How many customers stand in the workbook of the larger ones; the others come from the cities."""


def files(made: Province) -> dict[str, bytes]:
    """Every file by its path in the workspace."""
    long_haul = {hop.circuit for hop in made.hops if hop.long_haul}
    return {
        "data/customers.xlsx": _listed(made.customers[:LISTED]),
        "data/customers-cities.csv": comma_separated([CUSTOMERS, *map(_customer, made.customers[LISTED:])]),
        "data/circuits.csv": comma_separated([CIRCUITS, *(_circuit(c) for c in made.circuits if not _far(c))]),
        "data/circuits-long-haul.xlsx": _far_circuits(made.circuits),
        "data/routes.xlsx": _routes([hop for hop in made.hops if hop.circuit not in long_haul]),
        "data/routes-long-haul.csv": comma_separated([ROUTES, *(_hop(h) for h in made.hops if h.circuit in long_haul)]),
        "data/assurances.xls": _assurances(made.assurances),
        "data/departments.yaml": _departments(made.departments),
    }


def _listed(customers: Sequence[Customer]) -> bytes:
    grid = [("客户档案（集团级、省清单级、省级）",), CUSTOMERS, *map(_customer, customers)]
    widths = {0: 11, 1: 32, 7: 16, 8: 30, 11: 26, 13: 26}
    return workbook("客户档案", grid, [Merge(0, 0, 0, len(CUSTOMERS) - 1)], widths=widths)


def _customer(one: Customer) -> list[Cell]:
    return [
        one.code, one.name, one.level, one.industry, one.grade, one.city, one.contact, one.phone, one.email,
        one.manager, one.manager_phone, one.manager_email, one.chief, one.chief_email, one.local,
        one.cross_province, one.language, one.notice,
    ]  # fmt: skip


def _far(circuit: Circuit) -> bool:
    return circuit.ends[1] in BEYOND


def _circuit(one: Circuit) -> list[Cell]:
    far = "是" if _far(one) else "否"
    return [one.code, one.customer, one.order, one.service, one.ends[0], one.rate, one.opened, far, one.contract_end]


def _far_circuits(circuits: Sequence[Circuit]) -> bytes:
    grid = [CIRCUITS, *(_circuit(circuit) for circuit in circuits if _far(circuit))]
    return workbook("长途电路", grid, widths={0: 26, 2: 20})


def _hop(one: Hop) -> list[Cell]:
    return [one.circuit, one.path, one.seq, one.resource, one.kind, "是" if one.long_haul else "否"]


def _routes(hops: Sequence[Hop]) -> bytes:
    return workbook("路由", [ROUTES, *map(_hop, hops)], widths={0: 26, 3: 26})


def _assurances(assurances: Sequence[Assurance]) -> bytes:
    rows = [
        [a.number, a.customer, a.level, a.start, a.end, a.daily, a.circuits, a.requested, a.reason] for a in assurances
    ]
    return text_as_xls([ASSURANCES, *rows], guarded=(0, 1))


def _departments(departments: Sequence[Department]) -> bytes:
    entries = [
        {
            "部门名称": one.name,
            "角色": one.role,
            "城市": one.city or EMPTY,
            "联系人": one.contact,
            "联系电话": one.phone,
            "联系邮箱": one.email,
            "级别": one.rank,
        }
        for one in departments
    ]
    return yaml_list("departments", entries, comment="按角色列出的部门 / departments by their roles")
