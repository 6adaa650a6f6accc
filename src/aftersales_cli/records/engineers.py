"""客户工程师: who visits the customers, where they work, how many visits a week they can make (R18, R85)."""

from __future__ import annotations

from dataclasses import field

from aftersales_cli.records import amounts, cells
from aftersales_cli.records.columns import NOWHERE, Row, Source, column, record


@record("engineers", "客户工程师", "Engineers", identity=("engineer", "name"))
class Engineer(Row):
    """One customer engineer; the names in customers' 首席客户工程师 and 各省接应客户工程师 are found here by `name`."""

    name: str = column("姓名", cells.text, english="Name", aliases=("客户工程师", "工程师", "工程师姓名"))
    province: str = column("省份", cells.text, english="Province", vocabulary="provinces", aliases=("省",))
    city: str | None = column("城市", cells.text, english="City", aliases=("地市",), default=None)
    phone: str | None = column("联系电话", cells.phone, english="Phone", aliases=("电话",), default=None)
    email: tuple[str, ...] = column("联系邮箱", cells.emails, english="E-mail", aliases=("邮箱",), default=())
    visits_per_week: int | None = column(
        "每周走访数", amounts.count, english="Visits per week", aliases=("每周走访能力",), example="6", default=None
    )
    source: Source = field(default=NOWHERE, compare=False)
