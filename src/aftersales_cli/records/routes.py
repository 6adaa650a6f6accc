"""路由: which resources a circuit runs over, one row per hop of its working or protecting path."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum

from aftersales_cli.records import cells, one_of
from aftersales_cli.records.columns import NOWHERE, Row, Source, column, record
from aftersales_cli.words import Say


class Path(StrEnum):
    """The path a hop belongs to (路径)."""

    WORKING = "主用"
    PROTECTING = "备用"


SPELLINGS = {
    **dict.fromkeys(("主用", "主", "主用路由", "主路由", "working"), Path.WORKING),
    **dict.fromkeys(("备用", "备", "备用路由", "备路由", "保护", "protecting", "protection"), Path.PROTECTING),
}
"""Every accepted word for a path, folded."""
path = one_of.OneOf(SPELLINGS, ", ".join(Path))
"""主用 or 备用, and what carrier systems write for them."""


@record("routes", "路由", "Routes", identity=("circuit", "circuit_code"), big=True)
class Route(Row):
    """One hop; `resource` is compared folded, and so is `circuit_code` (as in the circuits table)."""

    circuit_code: str = column(
        "电路代号",
        cells.code,
        english="Circuit code",
        aliases=("电路编号", "项目代号"),
        example="北京上海30N2332NP",
    )
    path: Path = column(
        "路径",
        path,
        english="Path",
        note=Say("the working or the protecting path"),
        choices=tuple(Path),
        example="主用",
    )
    seq: str | None = column("序号", cells.code, english="Sequence", example="1", default=None)
    resource: str = column("资源", cells.code, english="Resource", example="上海-北京OTN-01")
    kind: str | None = column("资源类型", cells.text, english="Kind of resource", example="光缆", default=None)
    long_haul: bool | None = column("长途干线", one_of.yes_no, english="Long haul", choices=("是", "否"), default=None)
    source: Source = field(default=NOWHERE, compare=False)
