"""Times and days as they are written down."""

from zoneinfo import ZoneInfo

import pytest

from digest.display import day_long, iso, month_long

LATE = 1795476734  # 2026-11-23 23:32:14 UTC
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("at", "precision", "written"),
    [
        (LATE, "second", "2026-11-23T23:32:14Z"),
        (LATE, "minute", "2026-11-23T23:32Z"),
        (LATE, "day", "2026-11-24"),  # in Berlin
        (LATE, "month", "2026-11"),
        (LATE, "none", ""),
        (None, "minute", ""),
        (0, "second", "1970-01-01T00:00:00Z"),
        (-60_000_000_000, "day", "0068-09-03"),
        (10**15, "second", ""),
        (-62_135_596_800, "day", "0001-01-01"),
    ],
)
def test_a_time_is_no_more_precise_than_it_is_known(at, precision, written):
    assert iso(at, precision, BERLIN) == written


def test_days_as_people_write_them():
    assert day_long("2026-11-23", "en") == "Monday 23 November 2026"
    assert month_long("2026-11", "de") == "November 2026"
