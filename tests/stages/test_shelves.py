"""How the search index is divided."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.stages import shelves as room
from digest.stages.shelves import UNDATED, Shelved, shelves

days = st.dates(date(2026, 1, 1), date(2026, 3, 31)).map(str) | st.sampled_from(["2026-02", ""])


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(room, "PART", 10)


def pages(*days: str) -> list[Shelved]:
    return [Shelved(path=f"story/{n:03}.html", fingerprint="", day=day) for n, day in enumerate(days)]


def a_day(day: str, number: int) -> list[str]:
    return [day] * number


def test_a_month_is_a_part_and_the_newest_stands_first():
    known = shelves(pages("2026-10-01", "2026-11-30", "", "2026-10-31", "2026-10"))
    assert {name: len(part) for name, part in known.items()} == {"2026-11": 1, "2026-10": 3, UNDATED: 1}
    assert list(known) == ["2026-11", "2026-10", UNDATED]


def test_a_large_month_is_halved_until_its_parts_are_small():
    known = shelves(pages(*a_day("2026-11-03", 8), *a_day("2026-11-12", 8), *a_day("2026-11-20", 9), "2026-10-05"))
    assert {name: len(part) for name, part in known.items()} == {
        "2026-11-17": 9, "2026-11-09": 8, "2026-11-01": 8, "2026-10": 1,
    }  # fmt: skip


def test_what_lies_long_ago_stands_in_years_and_what_lies_before_them_together(monkeypatch):
    monkeypatch.setattr(room, "MONTHS", 2)
    monkeypatch.setattr(room, "YEARS", 2)
    told = ["2026-11-30", "2026-03-01", "2026-02-01", "2026-01", "2020-05-05", "1999-01-01", "1970-01-01", ""]
    assert {name: len(part) for name, part in shelves(pages(*told)).items()} == {
        "2026-11": 1, "2026-03": 1, "2026": 2, "2020": 1, "0001": 2, UNDATED: 1,
    }  # fmt: skip
    assert list(shelves(pages(*told))) == ["2026-11", "2026-03", "2026", "2020", "0001", UNDATED]


def test_a_day_is_never_divided():
    assert [len(part) for part in shelves(pages(*a_day("2026-11-23", 25))).values()] == [25]


@given(st.lists(days, max_size=60))
def test_every_page_stands_in_one_part_and_parts_in_the_order_of_time(told: list[str]):
    known = shelves(pages(*told))
    assert sorted(page.path for part in known.values() for page in part) == sorted(page.path for page in pages(*told))
    assert list(known) == sorted(known, reverse=True)
    assert all(len(part) <= 10 or len({page.day for page in part}) < 3 or name in ("2026-02", UNDATED)
               for name, part in known.items())  # fmt: skip
    assert shelves(pages(*told)[::-1]) == known


def test_a_new_day_touches_only_its_own_part():
    month = [(date(2026, 11, 1) + timedelta(days=n)).isoformat() for n in range(24) for _ in range(2)]
    before, after = shelves(pages(*month)), shelves(pages(*month, "2026-11-25"))
    assert [name for name in after if after[name] != before.get(name)] == ["2026-11-25"]
