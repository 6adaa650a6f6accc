"""电路: what a customer bought, one row per circuit (R86, R90)."""

from __future__ import annotations

from dataclasses import field
from datetime import date

from aftersales_cli.records import cells, moments, one_of
from aftersales_cli.records.columns import NOWHERE, Row, Source, column, record


@record("circuits", "电路", "Circuits", identity=("circuit", "circuit_code"), big=True)
class Circuit(Row):
    """One circuit of the inventory; `circuit_code` is an opaque key, compared folded (width, spaces, hyphens).

    `leased_codes` are other carriers' circuits that it rides on, as those carriers call them.
    """

    circuit_code: str = column(
        "电路代号",
        cells.code,
        english="Circuit code",
        aliases=("电路编号", "项目代号"),
        example="北京上海30N2332NP",
    )
    customer_code: str = column("客户编码", cells.code, english="Customer code", example="K0001")
    order_no: str | None = column("业务开通流水号", cells.code, english="Order number", default=None)
    product_name: str | None = column("产品名称", cells.text, english="Product name", default=None)
    product_instance: str | None = column("产品实例号", cells.code, english="Product instance", default=None)
    service_type: str | None = column("业务类型", cells.text, english="Service type", default=None)
    origin: str | None = column("业务发起地", cells.text, english="Originating place", default=None)
    accepting_carrier: str | None = column("业务受理运营商", cells.text, english="Accepting carrier", default=None)
    end_user: str | None = column("终端用户名称", cells.text, english="End user", default=None)
    end_user_address: str | None = column("终端用户地址", cells.text, english="End user's address", default=None)
    end_user_contact: str | None = column("终端用户联系方式", cells.text, english="End user's contact", default=None)
    rate: str | None = column("速率", cells.text, english="Rate", default=None)
    opened_on: date | None = column("业务开通时间", moments.day, english="Opened on", default=None)
    providing_carrier: str | None = column("业务提供运营商", cells.text, english="Providing carrier", default=None)
    cross_domain: bool | None = column(
        "是否跨域", one_of.yes_no, english="Cross-domain", choices=("是", "否"), default=None
    )
    cpe_source: str | None = column("客户端设备来源", cells.text, english="CPE source", default=None)
    cpe_vendor: str | None = column("设备提供商", cells.text, english="CPE vendor", default=None)
    cpe_vendor_contact: str | None = column(
        "设备提供商联系方式", cells.text, english="CPE vendor's contact", default=None
    )
    cpe_maintainer: str | None = column("客户端设备维护责任单位", cells.text, english="CPE maintainer", default=None)
    service_term: str | None = column("服务期限", cells.text, english="Service term", default=None)
    contract_end: date | None = column("合同到期", moments.day, english="Contract end", default=None)
    leased_codes: tuple[str, ...] = column(
        "租用电路代号",
        cells.codes,
        english="Leased circuit codes",
        aliases=("租用电路编号",),
        example="NT-10021; NT-10022",
        default=(),
    )
    source: Source = field(default=NOWHERE, compare=False)
