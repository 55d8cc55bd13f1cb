from hypothesis import given
from hypothesis import strategies as st

from digest.paging import PAGE, page_links, paged, series

sizes = st.integers(0, 8 * 5 + 3)


def pages_of(rows: int, size: int = 5) -> tuple[list[int], list[list[int]]]:
    """What is shown of so many rows, the newest of which has the highest number."""
    first, older = paged(list(range(rows, 0, -1)), size)
    return list(first), [list(page) for page in older]


@given(sizes, sizes)
def test_older_pages_never_change_when_newer_rows_come(rows: int, more: int):
    _, before = pages_of(rows)
    _, after = pages_of(rows + more)
    assert after[: len(before)] == before


@given(sizes)
def test_every_row_stands_on_one_page_the_newest_first(rows: int):
    first, older = pages_of(rows)
    assert [*first, *(row for page in reversed(older) for row in page)] == list(range(rows, 0, -1))
    assert all(len(page) == 5 for page in older)
    assert len(first) < 10


def test_a_second_page_begins_when_the_first_is_full_twice():
    assert pages_of(9) == ([9, 8, 7, 6, 5, 4, 3, 2, 1], [])
    assert pages_of(10) == ([10, 9, 8, 7, 6], [[5, 4, 3, 2, 1]])
    assert [len(page) for page in paged(range(PAGE * 3))[1]] == [PAGE, PAGE]


def test_links_to_older_pages_the_newest_first():
    links = page_links("topic/ships", 3, current=2)
    assert [(link.name, link.href) for link in links] == [
        ("3", "topic/ships/3.html"),
        ("2", ""),
        ("1", "topic/ships/1.html"),
    ]
    assert page_links("posts", 0) == ()


def test_what_was_usual_is_told_without_today():
    days = ["2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"]
    told = series(days, [1, 2, 3, 4, 90])
    assert (told.lower, told.median, told.upper) == (1.75, 2.5, 3.25)
    assert (told.days[-1], told.counts[-1]) == ("2026-11-23", 90)


def test_on_the_first_days_little_is_usual():
    assert series([], []).median == 0.0
    assert series(["2026-11-23"], [7]).median == 0.0
    second = series(["2026-11-22", "2026-11-23"], [7, 1])
    assert (second.lower, second.median, second.upper) == (0.0, 7.0, 0.0)
