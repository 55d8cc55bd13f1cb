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
    links = page_links("topic/ships", 2)
    assert [(link.name, link.href) for link in links] == [("2", "topic/ships/2.html"), ("1", "topic/ships/1.html")]
    assert page_links("posts", 0) == ()


def test_an_older_page_links_to_pages_before_it_so_that_it_stands_when_newer_ones_come():
    assert [(link.name, link.href) for link in page_links("posts", 3, current=2)] == [("2", ""), ("1", "posts/1.html")]


def test_of_many_pages_the_last_are_linked_and_round_numbers_before():
    assert " ".join(link.name for link in page_links("posts", 345)) == (
        "345 344 343 342 341 340 330 320 310 300 200 100 1"
    )


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
    assert [(page.head.prev, page.head.next) for page in pages] == [
        ("", "topic/ships/2.html"),
        ("topic/ships/1.html", "topic/ships.html"),
    ]
    assert all((page.back, page.hue) == (Link(name="Ships", href="topic/ships.html"), 2) for page in pages)
    assert not any(page.head.index for page in pages)
    assert [link.href for link in pages[1].pages] == ["", "topic/ships/1.html"]
