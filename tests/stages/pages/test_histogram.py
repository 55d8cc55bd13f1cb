from collections.abc import Sequence
from datetime import MAXYEAR, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.stages.pages.histogram import HOURS, histogram


def told(times: Sequence[str]) -> tuple[str, list[tuple[str, int]]]:
    bars, said = histogram([datetime.fromisoformat(time) for time in times], "en")
    return said.removeprefix("Articles per ").removesuffix(", {zone}."), [(bar.name, bar.count) for bar in bars]


@pytest.mark.parametrize(
    ("times", "span", "bars"),
    [
        (["2026-11-22T23:40", "2026-11-22T23:59", "2026-11-23T00:30"], "half hour",
         [("23:30", 2), ("00:00", 0), ("00:30", 1)]),
        (["2026-11-22T06:00", "2026-11-22T06:59", "2026-11-23T05:59"], "hour", []),
        (["2026-11-22T06:00", "2026-11-23T06:00"], "six hours",
         [("06:00", 1), ("12:00", 0), ("18:00", 0), ("00:00", 0), ("06:00", 1)]),
        (["2026-11-21T23:50", "2026-11-22T00:10", "2026-11-26T12:00"], "day",
         [("21 Nov", 1), ("22 Nov", 1), ("23 Nov", 0), ("24 Nov", 0), ("25 Nov", 0), ("26 Nov", 1)]),
        (["2026-11-22T12:00", "2026-11-23T00:00", "2026-12-06T12:00"], "week",
         [("16 Nov", 1), ("23 Nov", 1), ("30 Nov", 1)]),
        (["2026-08-31T23:00", "2026-09-01T00:00", "2026-11-30T12:00"], "month",
         [("Aug 2026", 1), ("Sept 2026", 1), ("Oct 2026", 0), ("Nov 2026", 1)]),
        (["2024-01-01T00:00", "2026-12-31T00:00"], "quarter", []),
        (["2021-03-01T00:00", "2026-12-31T00:00"], "year",
         [("2021", 1), ("2022", 0), ("2023", 0), ("2024", 0), ("2025", 0), ("2026", 1)]),
        (["1926-03-01T00:00", "2026-12-31T00:00"], "ten years", []),
    ],
)  # fmt: skip
def test_a_bar_stands_for_what_it_is_called(times: list[str], span: str, bars: list[tuple[str, int]]):
    found, shown = told(times)
    assert found == span
    assert not bars or shown == bars


@given(st.lists(st.datetimes(max_value=datetime(MAXYEAR, 1, 1)), min_size=1))
def test_every_time_stands_in_one_of_few_bars(times: list[datetime]):
    bars, _ = histogram(times, "en")
    assert sum(bar.count for bar in bars) == len(times)
    assert 1 <= len(bars) <= HOURS
    assert bars[0].count
    assert bars[-1].count
