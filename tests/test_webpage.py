"""Saved pages, by what they say of themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.webpage import Webpage, read_page

PAGE = """<!doctype html><html lang="nl"><head><title>The crane moves | Harbour Gazette</title>
<noscript><img src="p.gif"></noscript>
<meta property="og:title" content="The crane moves"><meta property="og:site_name" content="Harbour Gazette">
<meta name="author" content="Ana Berg"><meta property="article:published_time" content="2026-11-22T10:00:00+01:00">
<meta property="article:modified_time" content="2026-11-23T04:00:00Z">
<link rel="canonical" href="https://gazette.example.org/crane"></head>
<body><nav>Home</nav><article><header><h1>The crane moves</h1></header><p>It moved at noon, and nobody looked.</p>
<aside>Read also</aside><script>track()</script></article><footer>© Gazette</footer></body></html>"""

LINKED = """<title>T</title><script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "W"},
{"@type": ["NewsArticle"], "headline": "The crane moves", "author": [{"name": "Ana Berg"}, {"name": "Bo Ek"}],
"datePublished": "2026-11-22T09:00:00Z", "inLanguage": "en", "publisher": {"name": "Harbour Gazette"},
"url": "https://gazette.example.org/crane"}]}</script><body><main><p>It moved.</p></main>"""


def test_meta() -> None:
    page = read_page(PAGE)
    assert page == Webpage(
        title="The crane moves",
        author="Ana Berg",
        published="2026-11-22T10:00:00+01:00",
        updated="2026-11-23T04:00:00Z",
        url="https://gazette.example.org/crane",
        language="nl",
        site="Harbour Gazette",
        html=page.html,
    )
    assert page.html.strip() == "<p>It moved at noon, and nobody looked.</p>"


def test_linked_data() -> None:
    page = read_page(LINKED)
    assert (page.author, page.published, page.language) == ("Ana Berg, Bo Ek", "2026-11-22T09:00:00Z", "en")
    assert (page.site, page.url, page.html) == (
        "Harbour Gazette",
        "https://gazette.example.org/crane",
        "<p>It moved.</p>",
    )


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>A - Outlet</title><h1>A</h1>", "A"),
        ("<title>A - Outlet</title><h1>Other news</h1>", "A - Outlet"),
        ("<h1> A\n b </h1>", "A b"),
        ("<meta property=og:title content=A><p>x", "A"),
        ("<p>x", ""),
    ],
)
def test_title(html: str, title: str) -> None:
    assert read_page(html).title == title


def test_microdata_and_time() -> None:
    page = read_page('<p>By <b itemprop="author">Ana  Berg</b> <time datetime="2026-11-22">Sunday</time>')
    assert (page.author, page.published) == ("Ana Berg", "2026-11-22")


def test_teasers_are_not_the_article() -> None:
    page = read_page("<main><p>" + "The long text. " * 20 + "</p></main><article>Teaser</article>")
    assert page.html.startswith("<p>The long text.")


def test_broken_linked_data_is_passed_over() -> None:
    assert read_page('<script type="application/ld+json">{"@type": </script><title>T</title>').title == "T"


@given(st.text() | st.text().map(lambda text: PAGE.replace("crane", text)))
def test_any_text_is_a_page(html: str) -> None:
    assert isinstance(read_page(html), Webpage)


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"A","datePublished":"2026-11-23"}</script>',
        '<script type="application/ld+json">\n//<![CDATA[\n{"@type":["https://schema.org/NewsArticle"],"headline":"A",'
        '"description":"two\nlines","datePublished":"2026-11-23"}\n//]]>\n</script>',
        '<script type="application/ld+json">[{"@graph":[{"@type":"WebPage"},{"@type":"ReportageNewsArticle",'
        '"headline":"A","datePublished":"2026-11-23"}]}];</script>',
        '<meta property="og:title" content="A"><meta name="sailthru.date" content="2026-11-23">',
        '<meta property="og:title" content="A"><meta name="DC.date.issued" content="2026-11-23">',
    ],
)
def test_where_pages_say_their_title_and_date(head: str) -> None:
    page = read_page(f"<html><head><title>A | Harbour</title>{head}</head><body><p>Text</p></body></html>")
    assert (page.title, page.published) == ("A", "2026-11-23")


def test_a_title_that_was_cut_short_is_read_whole() -> None:
    page = read_page(
        "<title>Pilots warn of delays | The Tide</title><h1>Pilots warn of delays as dockers strike</h1><p>Text.</p>"
    )
    assert page.title == "Pilots warn of delays as dockers strike"
    assert "strike" not in page.html


TEXT = (
    "<p>The crane moved at noon, and nobody on the quay looked up from the nets that day.</p>"
    "<p>Later the harbour master said it would move again in the evening.</p>"
)
DAY = "2026-11-22T10:00:00+01:00"
CRANE = "https://gazette.example.org/crane"


def linked(stated: str) -> str:
    return f'<title>The crane moves | Gazette</title><script type="application/ld+json">{stated}</script><main>{TEXT}</main>'


@pytest.mark.parametrize(
    "stated",
    [
        '{"@graph":[{"@type":"Person","@id":"#p","name":"Ana Berg"},{"@type":"NewsArticle","headline":"The crane moves",'
        f'"author":{{"@id":"#p"}},"publisher":{{"@id":"#o"}},"datePublished":"{DAY}"}},'
        '{"@type":"Organization","@id":"#o","name":"Gazette"}]}',
        '{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","headline":"The crane moves","author":["Ana Berg"],'
        f'"publisher":{{"name":"Gazette"}},"datePublished":"{DAY}"}}}}',
        '[{"@type":"NewsArticle","headline":"Another one","author":"X Y","datePublished":"2020-01-01"},'
        '{"@type":"NewsArticle","headline":"The crane moves","author":{"name":["Ana Berg"]},'
        f'"publisher":"Gazette","datePublished":"{DAY}"}}]',
    ],
)
def test_linked_data_in_graphs_lists_and_within_each_other(stated: str) -> None:
    page = read_page(linked(stated))
    assert (page.title, page.author, page.published, page.site) == ("The crane moves", "Ana Berg", DAY, "Gazette")


def test_teasers_in_lists_are_not_the_page() -> None:
    stated = '{"@type":"ItemList","itemListElement":[{"item":{"@type":"Article","datePublished":"2020-01-01"}}]}'
    assert read_page(linked(stated)).published == ""


def test_nested_microdata() -> None:
    page = read_page(
        '<body><div itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop="headline">The crane moves</h1>'
        '<span itemprop="author" itemscope>By <b itemprop="name">Ana Berg</b><i itemprop="jobTitle">Editor</i></span>'
        f'<meta itemprop="datePublished" content="{DAY}"><meta itemprop="inLanguage" content="en">'
        '<div itemprop="publisher" itemscope><meta itemprop="name" content="Gazette"></div>'
        f'<div itemprop="articleBody">{TEXT}</div></div>'
    )
    told = (page.title, page.author, page.published, page.language, page.site, page.html)
    assert told == ("The crane moves", "Ana Berg", DAY, "en", "Gazette", TEXT)


def test_what_only_the_text_marks() -> None:
    page = read_page(
        '<article><h1>The crane moves</h1><p>Par <a rel="author">Ana Berg</a></p>'
        f"<time>22 novembre 2026 à 10h00</time>{TEXT}</article>"
    )
    assert (page.author, page.published, page.html) == ("Ana Berg", "22 novembre 2026 à 10h00", TEXT)


@pytest.mark.parametrize(
    "saved",
    [
        f"<!DOCTYPE html>\n<!-- saved from url=(0033){CRANE} -->\n<html><body><article>{TEXT}</article>",
        f"<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: {CRANE} \n saved date: x\n--><body>{TEXT}",
        f'<html data-scrapbook-source="{CRANE}"><body><main>{TEXT}</main>',
        f'<body><div class="reader-header"><a class="domain reader-domain" href="{CRANE}">gazette</a><h1>T</h1>'
        f'<div class="reader-credits">Ana Berg</div></div><div class="moz-reader-content">{TEXT}</div>',
        f'<main><aside><a class="original" href="{CRANE}">gazette</a></aside><article>{TEXT}</article></main>',
    ],
)
def test_pages_as_programs_save_them(saved: str) -> None:
    page = read_page(saved)
    assert (page.url, page.html.strip()) == (CRANE, TEXT)


def test_posts_in_what_frames_an_article_stay() -> None:
    widget = '<script async data-telegram-post="canal/44"></script>'
    aside = '<aside><blockquote class="twitter-tweet"><p>Up it goes</p></blockquote></aside>'
    page = read_page(
        f"<aside><iframe></iframe></aside><article>{TEXT}{widget}{aside}<aside>Read also</aside></article>"
    )
    assert page.html.count("data-telegram-post") == 1
    assert "Up it goes" in page.html
    assert "Read also" not in page.html
