"""Long lists in pages that never move: page n counts from the oldest end, so only the newest one grows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from digest.display import say
from digest.model import Site
from digest.views import Head, Link, ListView, Sketch

T = TypeVar("T")
PAGE = 50  # rows of a list on one page
NEAR = 5  # older pages that are linked one by one; of those before, every tenth, then every hundredth


def paged(newest_first: Sequence[T], size: int = PAGE) -> tuple[Sequence[T], list[Sequence[T]]]:
    """What the list's own page shows (the newest, up to two pages' worth), and pages 1, 2, … from the oldest on."""
    older = max(0, len(newest_first) // size - 1)
    first = len(newest_first) - older * size
    pages = [newest_first[first + at * size : first + (at + 1) * size] for at in range(older)]
    return newest_first[:first], pages[::-1]


def page_links(stem: str, pages: int, current: int = 0) -> tuple[Link, ...]:
    """Links to the pages of a list, the newest first; on page `current` to older ones alone: it never changes."""
    newest = current or pages
    return tuple(
        Link(name=str(n), href="" if n == current else f"{stem}/{n}.html")
        for n in range(newest, 0, -1)
        if n == 1 or newest - n <= NEAR or n % (10 if newest - n <= 10 * NEAR else 100) == 0
    )


def older_pages(
    stem: str,
    title: str,
    description: str,
    older: Sequence[Sequence[T]],
    fill: Callable[[ListView, Sequence[T]], ListView],
    *,
    site: Site,
    lang: str = "",
    hue: int = 0,
) -> Iterator[ListView]:
    """Pages 1, 2, … of the list that begins at `stem`; `fill` puts the rows in."""
    for n, rows in enumerate(older, start=1):
        numbered = say(site, "{title}, page {n}", title=title, n=n)
        page = ListView(
            stem=f"{stem}/{n}",
            head=Head(
                title=numbered,
                description=description,
                index=False,
                prev=f"{stem}/{n - 1}.html" if n > 1 else "",
                next=f"{stem}/{n + 1}.html" if n < len(older) else f"{stem}.html",
            ),
            title=numbered,
            lang=lang or site.language,
            back=Link(name=title, href=f"{stem}.html"),
            hue=hue,
            pages=page_links(stem, len(older), n),
        )
        yield fill(page, rows)


def older_sketches(
    pages: Iterable[ListView],
    older: Iterable[Sequence[T]],
    fill: Callable[[ListView, Sequence[T]], ListView],
    made_of: Callable[[T], object],
) -> Iterator[Sketch]:
    """The same pages, still without their rows, as sketches; `made_of` is all that goes into a row."""
    for page, rows in zip(pages, older, strict=True):
        told = (page, [made_of(row) for row in rows])
        yield Sketch(stem=page.stem, kind=ListView, made_of=told, make=partial(fill, page, rows))


def unfilled(page: ListView, _rows: Sequence[object]) -> ListView:
    """A page of a list that is filled later."""
    return page
