from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from digest.model import Site
from digest.stages.pages.paging import PAGE, older_pages, page_links, paged
from digest.views import Link

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


def test_older_pages_say_what_they_belong_to():
    older = [["a", "b"], ["c"]]
    pages = list(
        older_pages("topic/ships", "Ships", "Older.", older, lambda page, rows: replace(page, value="".join(rows)),
                    site=Site(title="Desk"), hue=2)
    )  # fmt: skip
    assert [(page.stem, page.title, page.value) for page in pages] == [
        ("topic/ships/1", "Ships, page 1", "ab"),
        ("topic/ships/2", "Ships, page 2", "c"),
    ]
    assert all((page.back, page.hue) == (Link(name="Ships", href="topic/ships.html"), 2) for page in pages)
    assert not any(page.head.index for page in pages)
    assert [link.href for link in pages[0].pages] == ["topic/ships/2.html", ""]
