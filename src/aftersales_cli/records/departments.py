"""部门: which department plays which role where, and how it is reached (R3, R6, R72)."""

from __future__ import annotations

from dataclasses import field

from aftersales_cli.records import cells
from aftersales_cli.records.columns import NOWHERE, Row, Source, column, record


@record("departments", "部门", "Departments")
class Department(Row):
    """One department in one role, for a province or city, or for all where both are empty."""

    name: str = column("部门名称", cells.text, english="Name", aliases=("部门",))
    role: str = column("角色", cells.text, english="Role", vocabulary="department_roles", example="政企客户部")
    province: str | None = column(
        "省份", cells.text, english="Province", vocabulary="provinces", aliases=("省",), default=None
    )
    city: str | None = column("城市", cells.text, english="City", aliases=("地市",), default=None)
    contact: str | None = column("联系人", cells.text, english="Contact", default=None)
    phone: str | None = column("联系电话", cells.phone, english="Phone", aliases=("电话",), default=None)
    email: tuple[str, ...] = column("联系邮箱", cells.emails, english="E-mail", aliases=("邮箱",), default=())
    rank: str | None = column("级别", cells.text, english="Rank", default=None)
    source: Source = field(default=NOWHERE, compare=False)
