"""客户: who the customers are, how they are reached, and in which language (R83, R85)."""

from __future__ import annotations

from dataclasses import field

from aftersales_cli.records import amounts, cells, one_of
from aftersales_cli.records.columns import NOWHERE, Row, Source, column, record
from aftersales_cli.records.values import Lead


@record("customers", "客户", "Customers", identity=("customer", "code"), unique="code")
class Customer(Row):
    """One customer of the archive; `code` is its identity (D10)."""

    code: str = column("客户编码", cells.code, english="Customer code", example="K0001")
    name: str = column("客户名称", cells.text, english="Customer name")
    level: str = column("客户级别", cells.text, english="Level", vocabulary="customer_levels", example="集团级")
    category: str | None = column("客户分类", cells.text, english="Category", default=None)
    industry: str | None = column("所属行业", cells.text, english="Industry", aliases=("客户所属行业",), default=None)
    service_grade: str | None = column(
        "客户服务等级",
        cells.text,
        english="Service grade",
        vocabulary="service_grades",
        aliases=("服务等级",),
        default=None,
    )
    control_level: str | None = column(
        "客户管控级别", cells.text, english="Control level", offers="control_levels", default=None
    )
    headquarters: str = column("总部所在地", cells.text, english="Headquarters", aliases=("客户总部所在地",))
    contact: str | None = column(
        "售后联系人", cells.text, english="After-sales contact", aliases=("联系人",), default=None
    )
    contact_phone: str | None = column(
        "联系电话", cells.phone, english="Contact phone", example="021-12345678", default=None
    )
    contact_email: tuple[str, ...] = column(
        "联系邮箱", cells.emails, english="Contact e-mail", example="desk@example.com", default=()
    )
    manager: str | None = column("客户经理", cells.text, english="Account manager", default=None)
    manager_phone: str | None = column("客户经理电话", cells.phone, english="Account manager's phone", default=None)
    manager_email: tuple[str, ...] = column(
        "客户经理邮箱", cells.emails, english="Account manager's e-mail", default=()
    )
    chief_engineer: str | None = column("首席客户工程师", cells.text, english="Chief customer engineer", default=None)
    chief_engineer_email: tuple[str, ...] = column(
        "首席客户工程师邮箱", cells.emails, english="Chief engineer's e-mail", default=()
    )
    local_engineers: tuple[tuple[str, str], ...] = column(
        "各省接应客户工程师", cells.by_province, english="Local engineers", example="上海:张三; 广东:李四", default=()
    )
    cross_province: bool | None = column(
        "是否跨省", one_of.yes_no, english="Cross-province", choices=("是", "否"), default=None
    )
    language: str | None = column(
        "通知语言", one_of.language, english="Notice language", choices=("zh", "en"), default=None
    )
    notice: Lead | None = column("约定提前量", amounts.lead, english="Agreed notice", example="6个工作日", default=None)
    source: Source = field(default=NOWHERE, compare=False)
