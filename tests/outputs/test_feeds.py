import io
import json
from calendar import timegm
from dataclasses import replace
from datetime import datetime
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from digest.errors import TemplateFault
from digest.model import Page, Post, Site
from digest.outputs import feeds
from digest.views import FeedView, Link, Mention, OpenSearchView, OpmlFolder, View, When
from tests.outputs.samples import (
    BRIEFINGS,
    EDITION,
    FERRY,
    OPML,
    PILOT,
    SITE,
    SITEMAP,
    STORIES,
    TROUBLES,
    story_entry,
)

FOLDER = Path(__file__).resolve().parents[2] / "templates"
TEMPLATES = {f"feeds/{file.name}": file.read_text("utf-8") for file in (FOLDER / "feeds").iterdir()}
SUFFIXES = {"rss": ".xml", "atom": ".atom", "jsonfeed": ".json", "opml": ".opml"}
ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "\x00\x0b\x1b]]><script>alert(1)</script> & <b>“🦀”</b> {{ 7 * 7 }} \u202eمرحبا\ufffe"


def written(kind: str, view: View, site: Site = SITE, templates: dict[str, str] = TEMPLATES) -> bytes:
    page = Page(path=view.stem + SUFFIXES.get(kind, ".xml"), format=kind, subject=view, fingerprint="")
    renderer = feeds.jsonfeed if kind == "jsonfeed" else feeds.xml
    return renderer(templates, site)(page, {})


def parsed(data: bytes) -> feedparser.FeedParserDict:
    return feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)


@pytest.mark.parametrize(
    ("kind", "view", "name"),
    [
        ("rss", BRIEFINGS, "feed.xml"),
        ("atom", BRIEFINGS, "feed.atom"),
        ("jsonfeed", BRIEFINGS, "feed.json"),
        ("rss", STORIES, "ships.xml"),
        ("atom", STORIES, "ships.atom"),
        ("atom", TROUBLES, "health.atom"),
        ("jsonfeed", STORIES, "ships.json"),
        ("sitemap", SITEMAP, "sitemap.xml"),
        ("opml", OPML, "sources.opml"),
        ("opensearch", OpenSearchView(stem="opensearch"), "opensearch.xml"),
    ],
)
def test_what_machines_read(kind, view, name, file_regression):
    data = written(kind, view)
    assert data == written(kind, view)
    file_regression.check(data, binary=True, fullpath=Path(__file__).with_suffix("") / name)


def test_the_content_of_a_briefing(file_regression):
    [item] = json.loads(written("jsonfeed", BRIEFINGS))["items"]
    file_regression.check(item["content_html"], fullpath=Path(__file__).with_suffix("") / "briefing.html")


@pytest.mark.parametrize("kind", ["rss", "atom"])
@pytest.mark.parametrize("view", [BRIEFINGS, STORIES, TROUBLES])
def test_a_reader_gets_back_what_was_written(kind: str, view: FeedView):
    feed = parsed(written(kind, view))
    items = json.loads(written("jsonfeed", view))["items"]
    assert not feed.bozo
    assert feed.feed.title == view.title
    assert [entry.id for entry in feed.entries] == [entry.id for entry in view.entries]
    assert [entry.title for entry in feed.entries] == [entry.title for entry in view.entries]
    assert [entry.link for entry in feed.entries] == [item["url"] for item in items]
    summaries = [unescape(entry.summary) if kind == "rss" else entry.summary for entry in feed.entries]  # HTML in RSS
    assert summaries == [entry.summary for entry in view.entries]
    assert [[tag.term for tag in entry.get("tags", ())] for entry in feed.entries] == [i["tags"] for i in items]
    assert [entry.content[0].value for entry in feed.entries] == [item["content_html"].strip() for item in items]
    assert [timegm(entry.published_parsed) for entry in feed.entries] == [entry.published for entry in view.entries]
    assert [datetime.fromisoformat(item["date_published"]).timestamp() for item in items] == [
        entry.published for entry in view.entries
    ]


@pytest.mark.parametrize("kind", ["rss", "atom", "jsonfeed"])
def test_hostile_words_stay_words(kind: str):
    card = replace(
        FERRY,
        title=HOSTILE,
        dek=HOSTILE,
        notes=(HOSTILE,),
        source=Mention(name=HOSTILE, href="javascript:alert(1)", lang='"><script>'),
        posts=(replace(PILOT, post=Post(id="b", network="x", author=HOSTILE, text=HOSTILE)),),
    )
    entry = replace(story_entry(7, card), tags=(HOSTILE,))
    data = written(kind, replace(STORIES, title=HOSTILE, description=HOSTILE, entries=(entry,)))
    if kind == "jsonfeed":
        [item] = json.loads(data)["items"]
        content = item["content_html"]
    else:
        feed = parsed(data)
        assert not feed.bozo
        content = feed.entries[0].content[0].value
    assert "<script" not in content
    assert "<b>" not in content
    assert (
        "]]&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;“🦀”&lt;/b&gt; {{ 7 * 7 }} \u202eمرحبا" in content
    )
    assert 'href="javascript' not in content


@given(st.text())
def test_any_text_is_well_formed_and_comes_back(text: str):
    card = replace(FERRY, title=text, dek=text)
    view = replace(STORIES, entries=(story_entry(8, card, summary=text),))
    root = ElementTree.fromstring(written("atom", view))
    assert (root.findtext(f"{ATOM}entry/{ATOM}title") or "") == feeds.FORBIDDEN.sub("", text)
    description = ElementTree.fromstring(written("rss", view)).findtext("channel/item/description") or ""
    assert unescape(description) == feeds.FORBIDDEN.sub("", unescape(str(escape(text))))
    assert "<" not in description, "readers take it for HTML"


def test_every_address_is_absolute():
    content = json.loads(written("jsonfeed", BRIEFINGS))["items"][0]["content_html"]
    addresses = [part.split('"')[0] for part in content.split('href="')[1:]]
    assert addresses
    assert all(address.startswith("https://") for address in addresses)
    assert "https://desk.example.org/brief/2026/11/23.html#s-00000000000000a1" in addresses


def test_content_reads_without_a_style():
    content = json.loads(written("jsonfeed", BRIEFINGS))["items"][0]["content_html"]
    assert not any(word in content for word in ("class=", "style=", "<script", "<img", "<svg"))


def test_a_post_stands_once_in_a_briefing_and_in_each_story():
    briefing = json.loads(written("jsonfeed", BRIEFINGS))["items"][0]["content_html"]
    assert briefing.count("Escort ahead, escort astern.") == 1
    assert "the post by Harbour Pilot (@pilot.example.org) shown above" in briefing
    for item in json.loads(written("jsonfeed", STORIES))["items"]:
        assert item["content_html"].count("Escort ahead, escort astern.") == 1


def test_times_are_as_precise_as_they_are_known():
    first = (When(at=1_779_500_000, precision="second"), When(at=1_779_487_200, precision="day"), When())
    contents = [
        json.loads(written("jsonfeed", replace(STORIES, entries=(story_entry(9, replace(FERRY, first=one)),))))
        for one in first
    ]
    told = [
        content["items"][0]["content_html"].partition("first report ")[2].partition(" ·")[0] for content in contents
    ]
    assert told == ["23 May 2026, 03:33 CEST", "23 May 2026", ""]


def test_private_feeds_are_not_in_the_list():
    assert b"Private" not in written("opml", OPML)
    assert ElementTree.fromstring(written("opml", replace(OPML, root=OpmlFolder()))).find("body") is not None


def test_a_long_name_is_cut_for_search():
    search = ElementTree.fromstring(written("opensearch", OpenSearchView(stem="opensearch")))
    assert 0 < len(search.findtext("{*}ShortName") or "") <= feeds.SHORT_NAME
    assert search.find("{*}Url").get("template") == "https://desk.example.org/brief/search.html?q={searchTerms}"


def test_things_to_know_are_counted():
    view = replace(BRIEFINGS, entries=(replace(BRIEFINGS.entries[0], shows=replace(EDITION, five=EDITION.five * 5)),))
    assert b"Five things to know" in written("jsonfeed", view)
    assert b"To know today" in written("jsonfeed", BRIEFINGS)


def test_an_unknown_failure_needs_no_reason():
    made = replace(EDITION.made, failed=(Link(name="Orontes Daily"),))
    view = replace(BRIEFINGS, entries=(replace(BRIEFINGS.entries[0], shows=replace(EDITION, made=made)),))
    assert b"failed: Orontes Daily." in written("jsonfeed", view)


@pytest.mark.parametrize(
    ("name", "template", "fault"),
    [
        ("feeds/rss.xml", "<rss>\n{% if %}</rss>", "templates/feeds/rss.xml:2: "),
        ("feeds/rss.xml", "<rss>\n\n{{ view.titel }}</rss>", "templates/feeds/rss.xml:3: .*titel"),
        ("feeds/_story.html", "{{ card.dek }}\n{{ card.deck }}", "templates/feeds/_story.html:2: .*deck"),
        ("feeds/_briefing.html", "{% include 'feeds/none.html' %}", "templates/feeds/_briefing.html:1: .*none.html"),
    ],
)
def test_a_fault_in_a_template_is_told_by_file_and_line(name: str, template: str, fault: str):
    view = replace(BRIEFINGS, entries=BRIEFINGS.entries + STORIES.entries)
    with pytest.raises(TemplateFault, match=fault):
        written("rss", view, templates=TEMPLATES | {name: template})
