"""Template + plain values → bytes: texts, letters and workbooks. Knows no domain: jobs hand it views."""

from aftersales_cli.documents.templates import Templates
from aftersales_cli.documents.workbook import Workbook

__all__ = ["Templates", "Workbook"]
