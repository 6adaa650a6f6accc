"""Names of zones that Windows gives and the IANA does not know."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON


def test_every_zone_that_windows_names_is_one_that_we_have() -> None:
    """The list is the library's; the zones are those of tzdata."""
    assert len([ZoneInfo(name) for name in WINDOWS_TO_OLSON.values()]) > 100
