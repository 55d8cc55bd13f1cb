import re
from dataclasses import replace
from functools import cache
from html import unescape

import pytest
from selectolax.lexbor import LexborHTMLParser

from digest.catalogue import catalogue_of, names_in, read
from digest.display import known, plural, remark, say
from digest.errors import TemplateFault
from digest.model import Body, Catalogue, Site
from digest.outputs import OUTPUTS
from digest.outputs.html import TEMPLATES as PAGE_TEMPLATES
from digest.stages.pages import drawn, lay_out
from digest.views import View
from tests.outputs.html_samples import BODIES, NOTHING, PAGES
from tests.outputs.samples import SITE
from tests.outputs.test_html import rendered
from tests.said import HOUSE, said
from tests.stages.test_pages import SITE as DESK
from tests.stages.test_pages import known as known_archive

SHIPPED = {path.stem: path.read_text("utf-8") for path in sorted((HOUSE / "templates/languages").glob("*.toml"))}
ALL = {
    path.relative_to(HOUSE / "templates").as_posix(): path.read_text("utf-8")
    for path in (HOUSE / "templates").rglob("*.*ml")
    if path.suffix != ".toml" and "starter" not in path.parts
}
PRODUCTS = "RSS Atom JSON Feed OPML"  # called so in every language
LANGUAGES = sorted(SHIPPED)
COUNTED = range(1_000)  # numbers whose plural forms are wanted: a million has one of its own in French


def site_in(language: str) -> Site:
    return replace(SITE, language=language, catalogue=shipped(language))


@cache
def shipped(language: str) -> Catalogue:
    return read(SHIPPED[language], f"languages/{language}.toml", language)


# -- the shipped catalogues ----------------------------------------------------------------------------------------


def test_german_french_and_arabic_are_shipped_and_english_needs_no_catalogue():
    assert LANGUAGES == ["ar", "de", "fr"]
    assert catalogue_of("en-GB", {}) == Catalogue()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", ["texts", "counts"])
def test_all_that_is_said_is_translated_and_nothing_else(language: str, table: str):
    translated = getattr(shipped(language), table).keys()
    assert sorted(said()[table] - translated) == []  # these are missing
    assert sorted(translated - said()[table]) == []  # nobody says these any more


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_form_of_the_language_is_there(language: str):
    wanted = {known(language).plural_form(count) for count in COUNTED} | {"other"}
    assert {text: forms.keys() for text, forms in shipped(language).counts.items() if forms.keys() != wanted} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_put_into_a_text_is_put_into_its_translation(language: str):
    known = shipped(language)
    differing = [text for text, told in {**known.texts, **known.remarks}.items() if names_in(text) != names_in(told)]
    differing += [
        text
        for text, forms in known.counts.items()
        if any((names_in(text) | {"n"}) - names_in(form) - {"n"} for form in forms.values())
    ]
    assert differing == []
    assert [text for text, told in known.texts.items() if set('<>&"') & set(told)] == []


def test_remarks_are_the_same_in_all_and_the_program_makes_them():
    code = "".join(path.read_text("utf-8") for path in (HOUSE / "digest").rglob("*.py"))
    texts = shipped("de").remarks
    assert all(shipped(language).remarks.keys() == texts.keys() for language in LANGUAGES)
    own = [text for text in texts if not text.startswith("HTTP {code} ")]  # the rest: phrases of the standard library
    pieces = {text: max(re.split(r"{\w+}|\(|-first assumed|\W$", text), key=len).strip(" :(),") for text in own}
    assert [text for text, piece in pieces.items() if piece not in code] == []


# -- pages -----------------------------------------------------------------------------------------------------------


def visible(page: str) -> str:
    """All that is said on a page in the language of the interface: texts, and attributes that are read out."""
    tree = LexborHTMLParser(page)
    tree.strip_tags(["script", "style", "code", "kbd"])
    for node in tree.css("[lang=en]:not(html)"):
        node.decompose()
    told = [node.attributes[name] for name in ("aria-label", "title", "placeholder") for node in tree.css(f"[{name}]")]
    told += [node.attributes["content"] for node in tree.css("meta[name=description]")]
    told += [re.sub(r'"[^"]*":', "", node.attributes["data-words"]) for node in tree.css("[data-words]")]
    return " ".join([*(text or "" for text in told), tree.root.text(separator=" ")])


def words(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"[A-Za-z][A-Za-z’]+", text)}


@cache
def english() -> frozenset[str]:
    """The words of everything that pages say in English."""
    texts = [*said()["texts"], *said()["counts"], *shipped("de").remarks]
    return frozenset(words(re.sub(r"{\w+}", " ", " ".join(texts))))


def own_words(language: str) -> set[str]:
    """Words that the language shares with English, and what is a name in both."""
    known = shipped(language)
    told = [
        *known.texts.values(),
        *known.remarks.values(),
        *(form for forms in known.counts.values() for form in forms.values()),
    ]
    return words(" ".join(told))


def content(*records: object) -> set[str]:
    """The words that are not ours."""
    return words(" ".join(map(repr, records)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", [*PAGES, NOTHING], ids=lambda view: f"{PAGE_TEMPLATES[type(view)]}:{view.stem}")
def test_no_english_word_is_left_in_a_template(view: View, language: str):
    told = words(visible(rendered(view, site_in(language))))
    assert sorted((told & english()) - own_words(language) - content(view, SITE.title, BODIES, PRODUCTS)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_english_word_is_left_on_the_pages_and_in_the_feeds_of_a_project(language: str):
    archive, site = known_archive(), replace(DESK, language=language, catalogue=shipped(language))
    texts = [(one.title, one.lead, one.authors, [post.text for post in one.posts]) for one in archive.articles.values()]
    names = [(one.name, one.url) for one in archive.sources.values()] + [one.file for one in archive.outcomes]
    foreign = content(texts, names, list(archive.topics.values()), site.watch, site.title, archive.posts, PRODUCTS)
    formats = [output.format for output in OUTPUTS if output.format.name in ("html", "atom")]
    renderers = {output.format.name: output.renderer(ALL, site, {}) for output in OUTPUTS if output.format in formats}
    for page in drawn(lay_out(archive, site, {}, formats, "")):
        bodies = {one.version: Body(html=(one.lead,), text=one.lead) for one in archive.articles.values()}
        told = words(visible(unescape(renderers[page.format](page, bodies).decode())))
        assert (page.path, sorted((told & english()) - own_words(language) - foreign)) == (page.path, [])


# -- how it is said --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "count", "text"),
    [
        ("en", 1, "1 article"),
        ("en", 1204, "1,204 articles"),
        ("de", 1, "1 Artikel"),
        ("de", 1204, "1.204 Artikel"),
        ("fr", 0, "0 article"),
        ("fr", 2, "2 articles"),
        ("ar", 0, "0 مقالة"),
        ("ar", 1, "مقالة واحدة"),
        ("ar", 2, "مقالتان"),
        ("ar", 3, "3 مقالات"),
        ("ar", 11, "11 مقالة"),
        ("ar", 100, "100 مقالة"),
    ],
)
def test_numbers_go_with_the_plural_rules_of_the_language(language: str, count: int, text: str):
    site = Site(title="Desk") if language == "en" else site_in(language)
    assert plural(site, count, "article") == text


def test_what_no_catalogue_knows_is_said_in_english():
    site = replace(SITE, language="nl")
    assert say(site, "Nothing new since {day}.", day="maandag") == "Nothing new since maandag."
    assert plural(site, 2, "story", "stories") == "2 stories"


def test_what_was_said_of_files_and_servers_is_matched_whole():
    site = site_in("de")
    assert remark(site, "timed out after 20 s") == "keine Antwort nach 20 s"
    assert remark(site, "page not kept: no such host") == "Seite nicht behalten: unbekannter Server"
    assert remark(site, "a flaw that nobody has seen before") == ""


def test_a_remark_that_is_all_name_ends():
    site = replace(SITE, language="nl", catalogue=Catalogue(remarks={"{a}": "{a}", "HTTP {n}": "antwoord {n}"}))
    assert remark(site, "no such host") == "no such host"


def test_a_remark_that_no_catalogue_knows_is_marked_as_english():
    about = next(view for view in PAGES if view.stem == "about")
    page = LexborHTMLParser(rendered(about, site_in("ar")))
    assert page.css_first("[aria-labelledby=rejected] span[lang=en][dir=ltr]").text() == about.rejected[-1].reason


# -- a project's own -------------------------------------------------------------------------------------------------


def test_a_projects_words_go_before_the_shipped_ones():
    own = {"shipped/languages/de.toml": SHIPPED["de"], "languages/de.toml": '[texts]\nToday = "Jetzt"\n'}
    catalogue = catalogue_of("de-AT", own)
    assert (catalogue.texts["Today"], catalogue.texts["Topics"]) == ("Jetzt", "Themen")


def test_a_new_language_is_one_file():
    dutch = '[texts]\n"Today" = "Vandaag"\n[counts]\narticle = { one = "{n} artikel", other = "{n} artikelen" }\n'
    catalogue = catalogue_of("nl", {"languages/nl.toml": dutch})
    page = rendered(NOTHING, replace(SITE, language="nl", catalogue=catalogue))
    assert ">Vandaag</a>" in page and "<b>0</b> artikelen" in page and ">Topics</a>" in page
    assert catalogue_of("nl", {}) is None


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[texts", "not TOML: Expected ']'"),
        ('[words]\na = "b"', "[words]: [texts], [counts] and [remarks] are what it may hold"),
        ("[texts]\nToday = 1", "texts: 'Today': a text is wanted"),
        ('[texts]\n"All {n}" = "Alle {m}"', "texts: 'All {n}': there is no {m} in it"),
        ('[texts]\n"All {n}" = "Alle {n"', "expected '}' before end of string"),
        ('[texts]\n"All {n}" = "Alle {n.real}"', "between braces stands a name and nothing else"),
        ('[counts]\narticle = { one = "x" }', "counts: 'article': the plural forms are one, other; other is needed"),
        ('[counts]\narticle = { other = "x", few = "y" }', "counts: 'article': the plural forms are one, other"),
        ('[counts]\narticle = "x"', "counts: 'article': a text for each plural form is wanted"),
        ('[texts]\n"Search" = "Zoek {n}"', "texts: 'Search': there is no {n} in it"),
        (f"n = {'9' * 5_000}", "not TOML: Exceeds the limit"),
        (f"n = {'[' * 5_000}", "not TOML: "),
        ('[remarks]\n"{a} {a}" = "{a}"', "remarks: '{a} {a}': at most 4 names stand between braces, each once"),
        ('[remarks]\n"{1a} x" = "x"', "remarks: '{1a} x': at most 4 names stand between braces"),
        ('[remarks]\n"{a}{b}{c}{d}{e}!" = "x"', "at most 4 names stand between braces"),
    ],
)
def test_mistakes_in_a_catalogue_are_named(text: str, fault: str):
    with pytest.raises(TemplateFault, match=f"(?s)^templates/languages/nl.toml: .*{re.escape(fault)}"):
        read(text, "languages/nl.toml", "nl")


def test_what_browsers_read_is_not_translated():
    """rel, type and the like are words of HTML, whatever language the page is in."""
    found = [
        (path.name, line.strip()[:80])
        for path in sorted((HOUSE / "templates").rglob("*.*ml"))
        for line in path.read_text("utf-8").splitlines()
        if re.search(r'\b(?:rel|type|method|enterkeyhint|autocomplete|role|href|src|id|class|name)="\{\{ ?say\(', line)
    ]
    assert found == []
