import itertools
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import get_args

import pytest
from selectolax.lexbor import LexborHTMLParser

from digest.errors import TemplateFault
from digest.model import Page, Precision, Site
from digest.outputs import html
from digest.shell.search import UNSAID
from digest.views import Link, View, When
from tests.outputs.html_samples import ARTICLE, BODIES, EDITION_PAGE, NOTHING, PAGES, STORY
from tests.outputs.samples import PILOT, SITE, when

FOLDER = Path(__file__).resolve().parents[2] / "templates"
TEMPLATES = {path.relative_to(FOLDER).as_posix(): path.read_text("utf-8") for path in FOLDER.rglob("*.html")}
EVIL = "\"'><script>alert(1)</script>{{7*7}}{% raw %}<img src=x onerror=alert(1)>&#60;b></title></textarea>"
KINDS = [pytest.param(view, id=html.TEMPLATES[type(view)]) for view in PAGES]
CLOSED = {"precision": get_args(Precision), "stem": None, "version": None}  # fields that our own code fills


def rendered(view: View, site: Site = SITE, templates: dict[str, str] = TEMPLATES) -> str:
    page = Page(path=f"{view.stem}.html", format="html", subject=view, fingerprint="")
    return html.renderer(templates, site)(page, BODIES).decode()


def tree(view: View, site: Site = SITE) -> LexborHTMLParser:
    return LexborHTMLParser(rendered(view, site))


def poisoned(value: object, evil: str) -> object:
    """The same record with every text in it replaced."""
    if isinstance(value, str):
        return evil
    if isinstance(value, tuple):
        return tuple(poisoned(part, evil) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in fields(value) if field.name not in CLOSED]
        return replace(value, **{name: poisoned(getattr(value, name), evil) for name in names})
    return value


@pytest.mark.parametrize("view", KINDS)
def test_page(view: View, file_regression):
    file_regression.check(rendered(view), extension=".html")


def test_every_view_with_a_page_has_a_template_and_a_sample():
    assert {f"pages/{name}.html" for name in html.TEMPLATES.values()} <= TEMPLATES.keys()
    assert {type(view) for view in PAGES} == html.TEMPLATES.keys()


# -- what holds on every page --------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", [*KINDS, pytest.param(NOTHING, id="nothing")])
def test_one_h1_and_no_heading_level_is_skipped(view: View):
    levels = [int(node.tag[1]) for node in tree(view).css("h1, h2, h3, h4, h5, h6")]
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in itertools.pairwise(levels))


@pytest.mark.parametrize("view", KINDS)
def test_ids_are_unique_and_what_points_at_them_finds_them(view: View):
    page = tree(view)
    ids = [node.attributes["id"] for node in page.css("[id]")]
    assert len(ids) == len(set(ids))
    named = [node.attributes["aria-labelledby"] for node in page.css("[aria-labelledby]")]
    inner = [
        node.attributes["href"][1:] for node in page.css('a[href^="#"]') if "s-0000" not in node.attributes["href"]
    ]
    assert set(named + inner) <= set(ids)


@pytest.mark.parametrize("view", KINDS)
def test_times_are_readable_by_machines_and_styles_come_from_the_style_sheet(view: View):
    page = tree(view)
    assert all(node.attributes["datetime"] for node in page.css("time"))
    assert page.css("[style]") == []
    assert [
        node for node in page.css("script") if not (node.text() == "" or "ld+json" in node.attributes["type"])
    ] == []


@pytest.mark.parametrize("view", KINDS)
def test_links_to_publishers_open_no_door(view: View):
    outward = [node for node in tree(view).css("main a") if node.attributes["href"].startswith("http")]
    assert all(node.attributes["rel"] == "noopener noreferrer" for node in outward)


@pytest.mark.parametrize("view", KINDS)
@pytest.mark.parametrize("evil", [EVIL, "javascript:alert(1)", "https://[", "\x00\x0b\ud800", "-" * 300])
def test_hostile_texts_are_texts(view: View, evil: str):
    tame, wild = tree(view), tree(poisoned(view, evil))
    assert len(wild.css("script")) <= len(tame.css("script"))
    assert len(wild.css("img, iframe, [onerror], textarea, body body")) == 0
    leading = [str(node.attributes[name]) for name in ("href", "cite", "action") for node in wild.css(f"[{name}]")]
    assert [address for address in leading if address.startswith("javascript:")] == []
    assert evil != EVIL or "{{7*7}}" in wild.html


def test_hostile_titles_stay_inside_the_data_for_search_engines():
    page = tree(replace(STORY, card=replace(STORY.card, title="</script><script>alert(1)</script>")))
    assert len(page.css("script")) == 2  # the theme's and the data
    assert "\\u003c/script\\u003e" in page.css_first("script[type]").text()


# -- the head ------------------------------------------------------------------------------------------------------


def test_without_a_base_url_nothing_is_promised_that_needs_one():
    page = tree(EDITION_PAGE, replace(SITE, base_url=""))
    assert page.css("link[rel=canonical], link[rel=alternate], link[rel=search], meta[property], script[type]") == []
    assert "feed.xml" not in page.html


def test_the_front_page_is_known_by_its_folder():
    page = tree(replace(EDITION_PAGE, stem="index"))
    assert page.css_first("meta[property='og:url']").attributes["content"] == SITE.base_url
    assert page.css_first("link[rel=canonical]").attributes["href"] == SITE.base_url


def test_an_article_belongs_to_its_publisher_and_is_not_listed():
    page = tree(ARTICLE)
    assert page.css_first("link[rel=canonical]").attributes["href"] == "https://gazette.example.org/ferries"
    assert page.css_first("meta[name=robots]").attributes["content"] == "noindex"
    assert tree(STORY).css("meta[name=robots]") == []
    assert tree(STORY, replace(SITE, index=False)).css("meta[name=robots]") != []


def test_only_the_search_page_may_run_webassembly():
    allowed = [html.TEMPLATES[type(view)] for view in PAGES if "wasm-unsafe-eval" in rendered(view)]
    assert allowed == ["search"]


@pytest.mark.parametrize(("stem", "root"), [("index", ""), ("story/x-1", "../"), ("2026/11/23", "../../")])
def test_addresses_are_relative_to_the_page(stem: str, root: str):
    page = tree(replace(EDITION_PAGE, stem=stem))
    assert page.css_first("link[rel=stylesheet]").attributes["href"] == f"{root}style.css"
    assert page.css_first(".lead h3 a").attributes["href"] == f"{root}{EDITION_PAGE.sections[0].lead.href}"


@pytest.mark.parametrize(("base", "root"), [("https://a.example.org/brief/", "/brief/"), ("", "/")])
def test_the_missing_page_works_at_any_depth(base: str, root: str):
    missing = next(view for view in PAGES if view.stem == "404")
    assert tree(missing, replace(SITE, base_url=base)).css_first(".brand").attributes["href"] == f"{root}index.html"


def test_a_page_in_arabic_runs_from_the_right():
    page = tree(STORY, replace(SITE, language="ar"))
    assert page.css_first("html").attributes == {"lang": "ar", "dir": "rtl"}
    assert page.css_first("h1").attributes["lang"] == "en"
    assert page.css_first("h1").attributes["dir"] == "ltr"


@pytest.mark.parametrize(
    ("site", "story", "stand"), [("en", "ar", 1), ("en", "fr", 0), ("ar", "ar", 0), ("ar", "en", 1)]
)
def test_what_stands_beside_a_text_that_runs_against_the_page_stands_on_its_side(site: str, story: str, stand: int):
    page = tree(replace(STORY, card=replace(STORY.card, lang=story)), replace(SITE, language=site))
    assert len(page.css(".sh .turned > h1")) == stand
    leads = replace(EDITION_PAGE.sections[0], lead=replace(EDITION_PAGE.sections[0].lead, lang=story))
    front = tree(replace(EDITION_PAGE, sections=(leads,)), replace(SITE, language=site))
    assert len(front.css("article.lead.turned")) == stand


def test_a_search_reads_what_outlets_wrote_and_no_furniture():
    page = tree(STORY)
    for node in page.css(f"{UNSAID}, [data-pagefind-ignore], head, header.top, footer, script"):
        node.decompose()
    read = page.css_first("[data-pagefind-body]").text()
    assert STORY.coverage[0].title in read
    for word in ("All coverage", "Regional", "updated", "copy folded", "full text here", "why?", "day-first assumed"):
        assert word not in read
    assert tree(replace(STORY, is_told=True)).css("[data-pagefind-body]") == []


# -- an edition ----------------------------------------------------------------------------------------------------


def test_an_edition_in_progress_says_when_it_closes():
    facts = tree(replace(EDITION_PAGE, closed=False)).css_first(".facts").text()
    assert facts.startswith("in progress, closes after 06:00 CET · 1,008 articles")
    assert tree(EDITION_PAGE).css_first(".facts").text().startswith("Covers 24 hours to 06:00 CET")


def test_what_has_no_evidence_is_left_out():
    headings = [node.text() for node in tree(NOTHING).css("main h2")]
    assert headings == ["Nothing has been read yet"]


def test_a_quiet_topic_is_said_honestly():
    assert "0 new; 14 sources asked, 2 failing" in tree(EDITION_PAGE).css_first(".quiet").text()


def test_a_post_stands_once_and_is_pointed_at_after_that():
    page = tree(EDITION_PAGE)
    assert len(page.css(f"#post-{PILOT.post.id}")) == 1
    assert page.css_first(".again a").text() == "↑ the post by @pilot.example.org shown above, embedded again here"


# -- an article's text ---------------------------------------------------------------------------------------------


def test_the_text_stands_once_with_its_posts_where_they_stood():
    blocks = [(node.tag, "".join(node.text().split("\n"))) for node in tree(ARTICLE).css_first(".text").iter()]
    assert [tag for tag, _ in blocks] == ["p", "h2", "figure", "p", "h3", "h2", "p", "blockquote"]
    assert [text for tag, text in blocks if tag != "figure"] == [
        "Two ferries left at dawn & nobody waved.",
        "The third",
        "It waits for a crew.",
        "And a fourth",
        "The quay",
        "↑ the post by @pilot.example.org shown above, embedded again here",
        "We wait.",
    ]


@pytest.mark.parametrize(
    ("parts", "levels"),
    [
        (("<h2>a</h2><h3>b</h3><h2>c</h2>",), "232"),
        (("<h4>a</h4>", "<h4>b</h4><h6>c</h6>"), "223"),
        (("<h3>a</h3><h2>b</h2>",), "22"),
        (("<hr><header>x</header>",), ""),
    ],
)
def test_headings_of_a_text_skip_no_level(parts: tuple[str, ...], levels: str):
    found = LexborHTMLParser("".join(html.levelled(parts))).css("h1, h2, h3, h4, h5, h6")
    assert "".join(node.tag[1] for node in found) == levels


# -- words ---------------------------------------------------------------------------------------------------------


def said(source: str, site: Site = SITE, **given: object) -> str:
    """What a template of this one line says."""
    templates = TEMPLATES | {"pages/missing.html": source}
    page = Page(
        path="404.html", format="html", subject=next(view for view in PAGES if view.stem == "404"), fingerprint=""
    )
    return html.renderer(templates, replace(site, **given))(page, {}).decode()


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ day_long('2026-11-23') }} {{ day_short('2026-11-22') }}", "Monday 23 November 2026 Sun 22"),
        ("{{ day_medium('2026-11-23') }} {{ month_long('2026-11') }}", "23 Nov 2026 November 2026"),
        ("{{ day_long('no day') }}", "no day"),
        ("{{ language_name('ar') }} {{ language_name('fr') }} {{ language_name('xx') }}", "العربية Français xx"),
        ("{{ country_name('SY') }} {{ country_name('') }}", "Syria "),
        ("{{ kind_name('ngo') }} {{ kind_name('daily') }}", "NGO daily"),
        (
            "{{ attrs('ar') }}|{{ attrs('fr') }}|{{ attrs('en-GB') }}|{{ attrs('') }}",
            ' lang="ar" dir="rtl"| lang="fr"||',
        ),
        ("{{ plural(1, 'story', 'stories') }}, {{ plural(1204, 'article') }}", "1 story, 1,204 articles"),
        ("{{ signed(9.0) }} {{ signed(-2.5) }} {{ signed(0) }}", "+9 −2.5 0"),
        (
            "{{ outside('HTTPS://a.example.org') }}|{{ outside('mailto:a@b') }}|{{ outside('//a') }}",
            "HTTPS://a.example.org||",
        ),
        ("{{ href('story/x.html') }} {{ href('#a') }}|{{ href('data:x') }}", "/brief/story/x.html #a|"),
    ],
)
def test_words(source: str, text: str):
    assert said(source) == text


def test_words_follow_the_language_of_the_site():
    assert (
        said("{{ day_long('2026-11-23') }}, {{ plural(1204, 'x') }}", language="de")
        == "Montag, 23. November 2026, 1.204 xs"
    )


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (when("2026-11-23T04:52"), '<time datetime="2026-11-23T04:52Z">23 Nov, 05:52</time>'),
        (when("2026-07-01T04:52:09", "second"), '<time datetime="2026-07-01T04:52:09Z">1 Jul, 06:52</time>'),
        (when("2026-11-22T23:00", "day"), '<time datetime="2026-11-23">23 Nov 2026</time>'),
        (when("2026-09-30T22:00", "month"), '<time datetime="2026-10">Oct 2026</time>'),
        (When(), "<i>no date</i>"),
        (When(at=10**18, precision="second"), "<i>no date</i>"),
    ],
)
def test_a_time_is_said_no_more_precisely_than_it_is_known(moment: When, text: str):
    missing = next(view for view in PAGES if view.stem == "404")
    view = replace(missing, head=replace(missing.head, published=moment))
    templates = TEMPLATES | {"pages/missing.html": "{{ moment(view.head.published) }}"}
    assert rendered(view, templates=templates) == text


def test_on_the_day_itself_the_clock_is_enough():
    missing = next(view for view in PAGES if view.stem == "404")
    view = replace(missing, head=replace(missing.head, published=when("2026-11-22T23:30")))
    templates = TEMPLATES | {"pages/missing.html": "{{ stamp(view.head.published, day='2026-11-23') }}"}
    assert rendered(view, templates=templates) == "00:30"


# -- templates -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ("a\n{% if %}", "templates/pages/missing.html:2: "),
        ("a\n\n{{ nothing }}", "templates/pages/missing.html:3: 'nothing' is undefined"),
        ("a\n{{ 1 + 'a' }}", "templates/pages/missing.html:2: unsupported operand"),
        ("{% extends 'none.html' %}", "templates/pages/missing.html:1: none.html"),
    ],
)
def test_a_fault_names_file_and_line(template: str, fault: str):
    with pytest.raises(TemplateFault, match="^" + fault.replace(".", r"\.")):
        said(template)


def test_one_block_can_be_overridden():
    brand = '{% extends "base.html" %}{% block brand %}<a href="{{ root }}index.html">us</a>{% endblock %}'
    assert '<a href="/brief/index.html">us</a>' in said(brand)


def test_a_template_extends_the_one_that_it_takes_the_place_of():
    own = """{% extends "shipped/pages/edition.html" %}
{% block five %}<p class="note">For the desk.</p>{{ super() }}{% endblock %}"""
    templates = TEMPLATES | {"shipped/pages/edition.html": TEMPLATES["pages/edition.html"], "pages/edition.html": own}
    shipped, changed = rendered(EDITION_PAGE), rendered(EDITION_PAGE, templates=templates)
    assert changed.replace('<p class="note">For the desk.</p>', "") == shipped
    assert changed != shipped


def test_every_page_changes_with_a_base_that_extends_the_shipped_one():
    own = '{% extends "shipped/base.html" %}{% block brand %}<b>The desk</b>{% endblock %}'
    templates = TEMPLATES | {"shipped/base.html": TEMPLATES["base.html"], "base.html": own}
    branded = [view for view in PAGES if "<b>The desk</b>" in rendered(view, templates=templates)]
    assert len(branded) == len(PAGES) - 1  # but the one that says what has moved


def test_shipped_templates_can_be_had_by_that_name_where_nothing_hides_them():
    assert "<h1>There is no such page</h1>" in said(
        '{% extends "shipped/base.html" %}{% block main %}<h1>There is no such page</h1>{% endblock %}'
    )


def test_a_logo_stands_in_place_of_the_mark():
    brand = tree(STORY, replace(SITE, logo="marks/desk.svg")).css_first(".brand")
    assert brand.css_first("img").attributes == {"src": "../marks/desk.svg", "alt": "", "height": "24"}
    assert brand.css("svg") == []


def test_links_with_nowhere_to_go_are_words():
    edition = replace(EDITION_PAGE, watched=(Link(name="toll", count=1),))
    assert "<span>toll</span> 1" in rendered(edition)


def test_a_fingerprint_that_there_is_none_of_is_not_told():
    about = next(view for view in PAGES if view.stem == "about")
    inputs = "settings <code>00000000000000d1</code>"
    assert f"{inputs}: the same input" in rendered(replace(about, made=replace(about.made, content_hash="")))
    assert f"{inputs}, content <code>00000000000000d2</code>" in rendered(about)
