"""Which days are worked in China; counting them as a range where a year is not published yet (D1, D2).

days = of_workspace(workspace)                      # or load(files, read_conventions(folder)), built_in(conventions)
days.clear_days_between(published, cutover_day)     # Range(certain, possible)
days.latest_publication(cutover_day, 6)             # Latest(publish_by or None, certainly_by)
days.due(issued, 2)                                 # Due(no_earlier_than, by or None)
"""

from aftersales_cli.workdays.calendar import Workdays
from aftersales_cli.workdays.conventions import Clause, Conventions, MonthDay, read_conventions
from aftersales_cli.workdays.counting import Due, Latest, Range, Span
from aftersales_cli.workdays.importing import read_year
from aftersales_cli.workdays.opening import built_in, load, of_workspace
from aftersales_cli.workdays.year import Year

__all__ = [
    "Clause",
    "Conventions",
    "Due",
    "Latest",
    "MonthDay",
    "Range",
    "Span",
    "Workdays",
    "Year",
    "built_in",
    "load",
    "of_workspace",
    "read_conventions",
    "read_year",
]
