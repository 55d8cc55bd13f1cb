"""Numbers agree: what the pages of the demo say of an edition, added up from the pages themselves."""

import shutil
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.flows.running import run

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module", name="site")
def _site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("demo")
    shutil.copytree(REPOSITORY / "content", root / "content")
    run(root)
    return root / "site"


def number(text: str) -> int:
    """The first number in a text."""
    return int(next(word for word in text.replace(",", "").split() if word.isdigit()))


def only(page: LexborHTMLParser, selector: str) -> LexborNode:
    [found] = page.css(selector)
    return found


def test_the_articles_of_an_edition_are_those_of_its_sections_and_of_each_facet(site: Path):
    editions = [site / "index.html", *sorted(site.glob("[0-9][0-9][0-9][0-9]/[0-9][0-9]/[0-9][0-9].html"))]
    assert len(editions) > 5
    for path in editions:
        page = LexborHTMLParser(path.read_text("utf-8"))
        total = number(only(page, ".facets summary").text())
        extents = [node.text() for node in page.css("h2 + p") if node.text().endswith(("article", "articles"))]
        assert sum(number(extent.partition(", ")[2]) for extent in extents) == total, path
        for group in page.css(".facets .fg > div"):
            assert sum(number(node.text()) for node in group.css("li > span:last-child")) == total, (path, group.text())


def test_the_page_of_topics_says_of_today_what_the_front_page_says(site: Path):
    told = []
    for name in ("index.html", "topics.html"):
        rows = LexborHTMLParser((site / name).read_text("utf-8")).css(".pulse tbody tr")
        told.append([[only(row, "th").text(), *(cell.text() for cell in row.css("td.num"))] for row in rows])
    assert told[0] == told[1] != []


def test_no_more_outlets_have_written_than_there_are(site: Path):
    front, sources = (LexborHTMLParser((site / name).read_text("utf-8")) for name in ("index.html", "sources.html"))
    told = number(only(front, ".facts").text().partition("articles")[2])
    assert told <= sum(number(cell.text()) > 0 for cell in sources.css("td.num"))


def test_only_where_facets_lead_somewhere_can_an_edition_be_filtered(site: Path):
    *older, newest = sorted(site.glob("[0-9][0-9][0-9][0-9]/[0-9][0-9]/[0-9][0-9].html"))
    for path in (*older, newest, site / "index.html"):
        facets = only(LexborHTMLParser(path.read_text("utf-8")), ".facets")
        assert facets.tag == ("section" if path in older else "nav")
        assert bool(facets.css("a")) == ("Filter" in only(facets, "summary").text()) == (path not in older)


def test_a_facet_page_lists_the_newest_first_and_leads_back_to_a_day_in_words(site: Path):
    pages = list(site.glob("facet/*/*.html"))
    assert len(pages) > 5
    for path in pages:
        page = LexborHTMLParser(path.read_text("utf-8"))
        times = [node.attributes["datetime"] or "" for node in page.css("main ol.cov > li > .meta > time")]
        assert times == sorted(times, reverse=True)
        assert only(page, ".crumb li").text() == only(LexborHTMLParser((site / "index.html").read_text()), "h1").text()


def test_a_section_of_one_story_does_not_offer_them_all(site: Path):
    for path in site.glob("[0-9][0-9][0-9][0-9]/[0-9][0-9]/[0-9][0-9].html"):
        offers = [node.text() for node in LexborHTMLParser(path.read_text("utf-8")).css("section.topic .hl a")]
        assert not any(offer.startswith("All 1 ") for offer in offers)


def test_what_is_new_of_a_thing_to_know_is_told(site: Path):
    counts = [node.text() for node in LexborHTMLParser((site / "index.html").read_text("utf-8")).css(".five .cnt")]
    assert any(count.endswith(" new") for count in counts)
    assert all(number(count.partition("+")[2] or "0") < number(count) for count in counts)


def test_a_facet_page_lists_as_many_as_its_link_says(site: Path):
    page = LexborHTMLParser((site / "index.html").read_text("utf-8"))
    for item in page.css(".facets li"):
        [link, *_], [count, *_] = item.css("a"), item.css("span")
        listed = LexborHTMLParser((site / (link.attributes["href"] or "")).read_text("utf-8"))
        assert number(count.text()) == len(listed.css("main ol.cov > li"))
