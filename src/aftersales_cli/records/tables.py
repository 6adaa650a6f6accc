"""All tables of the data dictionary that this version knows, by key."""

from __future__ import annotations

from typing import Any

from aftersales_cli.records.assurances import Assurance
from aftersales_cli.records.circuits import Circuit
from aftersales_cli.records.columns import Table
from aftersales_cli.records.complaints import Complaint
from aftersales_cli.records.crises import Crisis
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.departments import Department
from aftersales_cli.records.engineers import Engineer
from aftersales_cli.records.faults import Fault
from aftersales_cli.records.feedback import Feedback
from aftersales_cli.records.inspections import Inspection
from aftersales_cli.records.receipts import Receipt
from aftersales_cli.records.routes import Route
from aftersales_cli.records.visits import Visit
from aftersales_cli.records.warnings import CustomerWarning

TABLES: dict[str, Table[Any]] = {
    record.TABLE.key: record.TABLE
    for record in (
        Customer,
        Circuit,
        Route,
        Cutover,
        Assurance,
        Complaint,
        Receipt,
        Feedback,
        Department,
        Engineer,
        Visit,
        Fault,
        Inspection,
        CustomerWarning,
        Crisis,
    )
}
