from dataclasses import replace
from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from digest.markup import clean
from digest.model import Article, Body, RawItem
from digest.stages.normalise import Setting, normalise, outlet_in
from tests.stages.build import GAZETTE, at, post, shown

SETTING = Setting(
    source=GAZETTE, outlets=frozenset(["harbour gazette", "northgate wire"]), zone=UTC, date_order="DMY", show="extract"
)  # fmt: skip
RAW = RawItem(
    source_id="gazette",
    uid="tag:gazette.example.org,2026:7",
    url="https://gazette.example.org/ferry?utm_source=rss",
    title="Ferries return &amp; nobody cheers",
    author="By Ada Quay and Olle Brandt",
    published="Sun, 22 Nov 2026 11:58:00 GMT",
    seen_at=at("2026-11-22 12:00"),
    file="fetched/gazette/2026-11.jsonl",
)
PARTS = ("<p>The first ferry crossed at dawn.</p>", "<p>A second one waits.</p>")
FILE = RawItem(uid="articles/ferry.txt", title="Ferries return", published="", file="articles/ferry.txt", clipping=True)


def made(raw: RawItem = RAW, parts: tuple[str, ...] = PARTS, setting: Setting = SETTING, **more: Any) -> Article:
    article, _ = normalise(replace(raw, **more), "version", parts, (), setting)
    return article


def test_an_item_becomes_an_article(data_regression):
    article, body = normalise(RAW, "version", PARTS, (post("p1"),), SETTING)
    assert body == Body(html=PARTS, text="The first ferry crossed at dawn.\nA second one waits.")
    data_regression.check(shown(article))


def test_an_article_s_id_is_of_its_source_and_uid_alone():
    assert made(title="Another", published="", seen_at=None).id == made().id
    assert len({made().id, made(uid="8").id, made(source_id="wire").id, made(source_id="").id}) == 4


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("Ferries &amp;amp; trains", "Ferries & trains"),
        ("<b>Ferries</b> return<br/>at last", "Ferries return at last"),
        ("If a < b and c > d", "If a < b and c > d"),
        ("Ferries return - Harbour Gazette", "Ferries return"),
        ("Ferries return | NORTHGATE WIRE", "Ferries return"),
        ("Ferries return – at last", "Ferries return – at last"),
        ("x" * 400, "x" * 299 + "…"),
    ],
)
def test_a_title_is_plain_and_without_its_outlet(title: str, plain: str):
    assert made(title=title).title == plain


def test_without_a_title_the_first_words_stand_in_and_it_is_said():
    article = made(title=" ")
    assert article.title == "The first ferry crossed at dawn. A second one waits."
    assert "no title: the first words of its text stand in" in article.flaws
    assert made(title="", parts=("",)).title == "Untitled"


@pytest.mark.parametrize(
    ("stated", "time", "precision", "flaw"),
    [
        ("Sun, 22 Nov 2026 11:58:00 GMT", "2026-11-22 11:58", "second", ""),
        ("2026-11-22T12:58+01:00", "2026-11-22 11:58", "minute", ""),
        ("2026-11-22", "2026-11-22 00:00", "day", ""),
        ("soon", "", "none", "date not understood: 'soon'"),
        ("", "", "none", "no date"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", "", "none", "date not understood: 'Thu, 01 Jan 1970 00:00:00 GMT'"),
        (
            "Sun, 22 Nov 2099 11:58:00 GMT",
            "",
            "none",
            "date not believed: 'Sun, 22 Nov 2099 11:58:00 GMT' lies ahead of 2026-11-22, when it was seen",
        ),
    ],
)
def test_a_date_is_read_as_precisely_as_it_is_stated(stated: str, time: str, precision: str, flaw: str):
    article = made(published=stated)
    assert (article.published_at, article.precision) == (at(time) if time else None, precision)
    assert article.flaws == ((flaw,) if flaw else ())
    assert article.seen_at == at("2026-11-22 12:00")


def test_a_day_is_that_day_in_the_site_s_zone():
    berlin = replace(SETTING, zone=ZoneInfo("Europe/Berlin"))
    assert made(published="2026-07-22", seen_at=None, setting=berlin).published_at == at("2026-07-21 22:00")


def test_where_only_an_update_is_dated_that_is_its_date():
    article = made(published="", updated="2026-11-22T11:00:00Z")
    assert (article.published_at, article.updated_at) == (at("2026-11-22 11:00"), None)
    assert made(updated="2026-11-22T11:59:00Z").updated_at == at("2026-11-22 11:59")


def test_an_update_is_as_precise_as_it_is_stated_and_not_of_tomorrow():
    article = made(published="2026-11-20", updated="2026-11-21")
    assert (article.updated_at, article.updated_precision) == (at("2026-11-21 00:00"), "day")
    assert made(published="2026-11-20", updated="2027-01-01").updated_at is None


def test_a_file_stands_where_it_is_dated_and_is_not_stamped():
    article = made(FILE, published="22 November 2026")
    assert (article.seen_at, article.seen_stamped) == (article.published_at, False)
    assert made(FILE).seen_at is None
    assert made(FILE, seen_at=7).seen_stamped


def test_of_a_clipping_s_date_the_doubt_is_said():
    article = made(FILE, published="03/05/2016")
    assert article.published_at == at("2016-05-03 00:00")
    [flaw] = article.flaws
    assert "day-first assumed" in flaw


@pytest.mark.parametrize(
    ("stated", "of_source", "language"),
    [("fr-ca", "en", "fr-CA"), ("", "fr", "fr"), ("nonsense!", "sv", "sv"), ("", "", "en")],
)
def test_the_language_is_as_stated_else_its_source_s_else_found_out(stated: str, of_source: str, language: str):
    setting = replace(SETTING, source=replace(GAZETTE, language=of_source))
    text = ("<p>The first ferry crossed the sound at dawn, and nobody was there to see it.</p>",)
    assert made(language=stated, parts=text, setting=setting).language == language


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("By Ada Quay and Olle Brandt", ("Ada Quay", "Olle Brandt")),
        ("desk@gazette.example.org (Ada Quay)", ("Ada Quay",)),
        ("Ada Quay <ada@gazette.example.org>", ("Ada Quay",)),
        ("Von Olle Brandt und Ada Quay", ("Olle Brandt", "Ada Quay")),
        ("Ada Quay; Olle Brandt, Holm", ("Ada Quay", "Olle Brandt", "Holm")),
        ("<a href='/ada'>Ada Quay</a>", ("Ada Quay",)),
        ("By Ada Quay (@ada_q) and Olle Brandt @olle", ("Ada Quay", "Olle Brandt")),
        ("بقلم: آنا برغ", ("آنا برغ",)),
        ("desk@gazette.example.org", ()),
        ("", ()),
    ],
)
def test_the_names_in_a_byline(author: str, names: tuple[str, ...]):
    assert made(author=author).authors == names


@pytest.mark.parametrize("sign", ["(@a", "@(", "((@@", "<@", "(@a "])
def test_a_byline_of_signs_costs_no_more_than_another(sign: str):
    assert made(author=sign * 20_000).authors == ()


def test_topics_given_by_hand_are_counted():
    article = made(topics=tuple(f"t{n}" for n in range(23)))
    assert len(article.given_topics) == 20
    assert "front matter: topics: 3 more than 20 are left out" in article.flaws


def test_nothing_that_a_terminal_obeys_comes_in():
    article, body = normalise(
        replace(RAW, author="A\x1b[2J"), "version", (clean("a&#27;]0;b&#7;\x9b2J\ufffe"),), (), SETTING
    )
    assert (body.html, body.text, article.authors) == (("<p>a]0;b2J</p>",), "a]0;b2J", ("A[2J",))


def test_an_address_is_absolute_or_left_out():
    assert made(url="/ferry").url == "https://gazette.example.org/ferry"
    assert made(url="").url == made(url="").key == ""
    article = made(url="javascript:alert(1)")
    assert article.url == ""
    assert article.flaws == ("address left out: 'javascript:alert(1)' is not http or https",)
    assert made().key == "https://gazette.example.org/ferry"


@pytest.mark.parametrize("end", ["/", "/amp", "x", "/a?b=", "../"])
def test_what_is_too_long_is_no_address(end: str):
    """Every page would repeat it; and what ends a key takes time that grows with its square."""
    article = made(url="https://gazette.example.org/" + end * 400_000)
    assert (article.url, article.key) == ("", "")
    [flaw] = article.flaws
    assert flaw.endswith("is longer than 8,192 characters")


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("SKERRY, Nov 22 (Northgate Wire) - The ferry crossed.", "The ferry crossed."),
        ("SKERRY — The ferry crossed.", "The ferry crossed."),
        ("Skerry Sound - the ferry crossed.", "Skerry Sound - the ferry crossed."),
        ("The ferry crossed.", "The ferry crossed."),
    ],
)
def test_a_lead_says_what_not_where_from(text: str, lead: str):
    assert made(parts=(f"<p>{text}</p>",)).lead == lead


def test_how_much_is_shown_is_the_item_s_wish_then_its_source_s_then_the_project_s():
    own = replace(SETTING, source=replace(GAZETTE, show="full"))
    assert made().show == "extract"
    assert made(setting=own).show == "full"
    assert made(setting=own, show="extract").show == "extract"
    assert made(setting=own, show="whatever").show == "full"


def test_what_was_odd_before_is_still_said():
    assert made(flaws=("id repeated",), published="soon").flaws == ("id repeated", "date not understood: 'soon'")


@pytest.mark.parametrize(
    ("title", "outlet"),
    [
        ("Ferries return - Harbour Gazette", "harbour gazette"),
        ("Ferries <b>return</b> &mdash; Wire &amp; Co", "wire & co"),
        ("Ferries return", ""),
    ],
)
def test_what_may_be_an_outlet_s_name_at_the_end_of_a_title(title, outlet):
    assert outlet_in(title) == outlet
