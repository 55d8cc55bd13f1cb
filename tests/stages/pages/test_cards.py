from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from digest.model import Archive, Article, CopyGroup, Reason, Site, Source, Story, Topic
from digest.networks import read_address
from digest.stages.pages.cards import HUES, READ_WORDS, UNKNOWN_SOURCE, Cards
from digest.stages.posts import gather_posts
from digest.views import Fold, Link, Mention, When
from tests.stages.build import COURRIER, GAZETTE, SOURCES, WIRE, article, at, post, story

SITE = Site(title="Morning Desk")
PILOT = post("p1", "Escort ahead, escort astern.", author="Harbour Pilot")
WHOLE = READ_WORDS  # words of a text that may lead a story


def cards(*articles: Article, stories: Iterable[Story] = (), site: Site = SITE, **known: Any) -> Cards:
    """What makes cards of an archive of these articles, all of one day unless `home` says so."""
    posts, same_posts = gather_posts(articles)
    archive: dict[str, Any] = {
        "articles": {one.id: one for one in articles},
        "stories": {one.id: one for one in stories},
        "posts": posts,
        "same_posts": same_posts,
        "topics": {},
        "sources": SOURCES,
        "editions": (),
        "home": {one.id: "2026-11-22" for one in articles},
    }
    return Cards(Archive(**(archive | known)), site)


# -- stories -------------------------------------------------------------------------------------------------------


def test_a_story_in_a_list():
    first = article("a", "Ferry", "It sails. It rolls. It docks.", "2026-11-22 04:00", source_id="wire")
    copy = article("b", "Ferry!", "It sails.", "2026-11-22 05:00", source_id="gazette", posts=(PILOT,))
    other = article("c", "Bac", "Il part.", "2026-11-22 06:00", source_id="courrier", language="fr-FR")
    again = article("d", "Still", "It sails on.", "2026-11-22 07:00", source_id="gazette")
    told = story("a", "a b", "c", "d", slug="ferry", topics=("Ships",), posts=("p1",), notes=("We own a ferry.",))
    topics = {"Ships": Topic(name="Ships", slug="ships")}
    card = cards(first, copy, other, again, topics=topics).story(told, new_ids=("c", "d", "elsewhere"))
    assert (card.title, card.href, card.dek) == ("Ferry", "story/ferry-a.html", "It sails. It rolls.")
    assert (card.articles, card.sources, card.languages, card.texts, card.new) == (4, 3, 2, 3, 2)
    assert (card.first.at, card.last.at) == (at("2026-11-22 04:00"), at("2026-11-22 07:00"))
    assert card.source == Mention(name="Northgate Wire", href="source/wire.html", lang="en")
    assert [(mention.name, mention.times) for mention in card.also] == [("Harbour Gazette", 2), ("Courrier du Soir", 1)]
    assert card.folds == (Fold(copies=1, source="Northgate Wire"),)
    assert [one.post.id for one in card.posts] == ["p1"]
    assert (card.topic, card.notes) == (Link(name="Ships", href="topic/ships.html"), ("We own a ferry.",))


def test_a_headline_is_told_with_when_it_was_updated_and_so_is_its_story():
    changed = article("a", time="2026-11-22 04:00", updated_at=at("2026-11-22 09:12"), updated_precision="minute")
    made = cards(changed, article("b", time="2026-11-22 05:00"))
    assert made.row(changed).updated == When.of(at("2026-11-22 09:12"))
    assert (made.row(changed).when, made.row(article("b")).updated) == (When.of(at("2026-11-22 04:00")), When())
    assert made.story(story("a", "a", "b")).last == When.of(at("2026-11-22 09:12"))


def test_in_a_new_story_nothing_is_newer_than_the_rest():
    made = cards(article("a"), article("b"))
    assert made.story(story("a", "a", "b"), new_ids=("a", "b")).new == 0
    assert made.story(story("a", "a", "b")).new == 0


@pytest.mark.parametrize(
    ("lead", "told"),
    [
        ("a", {}),
        ("b", {"b": {"language": "en"}, "a": {"language": "fr"}}),
        ("b", {"b": {"source_id": "wire"}}),
        ("b", {"a": {"words": WHOLE - 1}}),
        ("a", {"a": {"words": WHOLE - 1}, "b": {"language": "fr"}}),
    ],
    ids=["the first of equals", "the reader's language", "the weightiest source", "no blurb", "language before length"],
)
def test_what_speaks_for_a_story(lead: str, told: dict[str, dict[str, Any]]):
    one, two = (article(id, **({"words": WHOLE} | told.get(id, {}))) for id in "ab")
    for language in ("en", "en-GB"):
        assert cards(one, two, site=replace(SITE, language=language)).leading(story("a", "a", "b")).id == lead


def test_the_newest_edition_s_texts_speak_for_a_story():
    made = cards(article("a"), article("b"), home={"a": "2026-11-21", "b": "2026-11-22"})
    assert made.leading(story("a", "a", "b")).id == "b"
    earlier = Cards(made.archive, SITE, {"a": made.archive.articles["a"]})
    assert earlier.leading(story("a", "a", "b")).id == "a"


@pytest.mark.parametrize(
    "newer",
    [{"language": "fr"}, {"title": "Timeline: how the truce came about"}, {"source_id": "office"}],
    ids=["another language", "what stands beside the report", "a statement"],
)
def test_a_report_that_all_can_read_goes_before_what_is_newer(newer: dict[str, Any]):
    sources = {**SOURCES, "office": Source(id="office", name="Mission Office", kind="official")}
    home = {"a": "2026-11-21", "b": "2026-11-22"}
    made = cards(article("a"), article("b", **newer), home=home, sources=sources)
    assert made.leading(story("a", "a", "b")).id == "a"


def test_topics_have_their_colours_in_their_order():
    topics = {name: Topic(name=name, slug=name.lower()) for name in ("Ships", "Ports", "Bees")}
    made = cards(topics=topics)
    assert [made.topic_hue(name) for name in topics] == [0, 1, 2]
    assert made.hue(story("a", topics=("Ports", "Ships"))) == 1
    own = [replace(topic, hue=5 if name == "Ports" else None) for name, topic in made.archive.topics.items()]
    chosen = Cards(replace(made.archive, topics={topic.name: topic for topic in own}), SITE)
    assert [chosen.topic_hue(name) for name in topics] == [0, 5, 2]
    assert made.hue(story("a")) == made.topic_hue("gone") == HUES - 1


# -- articles ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "when"),
    [
        ({}, When(at=at("2026-11-22 12:00"), precision="minute")),
        ({"precision": "day"}, When(at=at("2026-11-22 12:00"), precision="day")),
        ({"published_at": None, "precision": "none"}, When(at=at("2026-11-22 12:00"), precision="minute")),
        ({"published_at": None, "precision": "none", "seen_stamped": False}, When()),
    ],
)
def test_when_is_as_precise_as_it_is_known(known: dict[str, Any], when: When):
    assert Cards.when(article("a", **known)) == when


def test_a_point_is_a_sentence_or_the_title():
    told = "Two ferries left Holm at dawn. They roll."
    assert Cards.point(article("a", "Ferries sail", told)) == "Two ferries left Holm at dawn."
    assert Cards.point(article("a", "Ferries sail", f"They roll, and nobody sleeps on board. {told}")) == "Ferries sail"
    assert Cards.point(article("a", "Ferries sail", f"Holm. {told}")) == "Ferries sail"
    assert Cards.point(article("a", "Ferries sail")) == "Ferries sail"


def test_copies_are_those_of_the_wire_that_a_print_credits():
    known = {id: article(id, **told) for id, told in (
        ("a", {"title": "Ferries sail (Northgate Wire)"}), ("b", {}), ("c", {"authors": ("Northgate Wire",)}), ("d", {}),
        ("e", {}), ("f", {"source_id": "wire"}),
    )}  # fmt: skip
    made = cards(*known.values())
    wires = [made.credited(CopyGroup(lead_id=lead, copy_ids=(copy,))) for lead, copy in ("ab", "dc", "ef")]
    assert wires == ["Northgate Wire"] * 3
    assert made.credited(CopyGroup(lead_id="b", copy_ids=("d",))) == "Harbour Gazette"


def test_an_article_in_a_list():
    made = article("a", "Ferry", "It sails.", source_id="wire", url="https://wire.example.org/f", show="full",
                   published_at=at("2026-11-20 09:00"), flaws=("no author",))  # fmt: skip
    copy = article("b", seen_stamped=False)
    told = story("a", "a b", slug="ferry")
    row = cards(made, copy, stories=[told]).row(made, 1, copies=[copy], story=told)
    assert (row.n, row.kind, row.url, row.page) == (1, "wire", "https://wire.example.org/f", "article/ferry-a.html")
    assert (row.when.at, row.seen.at) == (at("2026-11-20 09:00"), at("2026-11-22 12:00"))
    assert row.story == Link(name="Ferry", href="story/ferry-a.html", lang="en")
    assert [(one.id, one.seen, one.story) for one in row.copies] == [("b", When(), None)]
    assert row.flaws == ("no author",)


def test_of_an_unknown_source_nothing_is_guessed():
    stray = article("a", source_id="nobody")
    made = cards(stray)
    assert made.mention(stray) == Mention(name=UNKNOWN_SOURCE, href="", lang=""), "the words are the interface's"
    assert made.source_name(stray) == UNKNOWN_SOURCE
    assert made.row(stray).kind == made.telling_kind(stray) == ""


def test_what_has_no_source_is_counted_as_an_article_and_not_as_an_outlet():
    known = [article("a", source_id="wire"), article("b", source_id=""), article("c", source_id="gazette")]
    card = cards(*known).story(story("a", "a", "b", "c"))
    assert (card.articles, card.sources, [mention.name for mention in card.also]) == (3, 2, ["Harbour Gazette"])
    assert cards(known[1]).story(story("b")).sources == 1, "somebody has written it"


@pytest.mark.parametrize(("source", "kind"), [(GAZETTE, ""), (WIRE, ""), (COURRIER, "analysis")])
def test_only_some_kinds_of_source_are_worth_a_word(source: Source, kind: str):
    stray = article("a", source_id=source.id)
    assert cards(stray).telling_kind(stray) == kind


@pytest.mark.parametrize(
    ("reason", "why"),
    [
        (
            {"score": 0.412, "threshold": 0.2, "words": (("ferri", 0.3), ("~brndt", 0.08), ("1450", 0.03))},
            "0.41 alike (joins from 0.20) by Ferries 0.30, brndt… 0.08, 1450 0.03",
        ),
        (
            {
                "score": 0.3,
                "threshold": 0.2,
                "words": (("ferri", 0.18), ("post:p1", 0.12)),
                "runner_up": "z",
                "runner_up_score": 0.25,
                "runner_up_threshold": 0.21,
            },
            "0.30 alike (joins from 0.20) by Ferries 0.18; embeds a post that this story's texts embed; "
            "next best 0.25 (joins from 0.21): A zebra in Zwolle",
        ),
        ({"score": 0.61, "threshold": 0.5, "cause": "odds"}, "0.61 likely (joins from 0.50)"),
        ({"score": 1.0, "threshold": 0.0, "cause": "published"}, "published in this story by a closed edition"),
        ({"score": 1.0, "threshold": 0.0, "cause": "override"}, "put here by the editor (overrides.toml)"),
    ],
)
def test_why_an_article_stands_in_its_story(reason: dict[str, Any], why: str):
    ferries = article("a", "Ferries return")
    made = cards(ferries, article("z", "A zebra in Zwolle"), stories=[story("z")])
    row = made.row(ferries, reason=Reason(article_id="a", story_id="s", **reason), spelled={"ferri": "Ferries"})
    assert row.why == why
    assert row.cure == '[[split]]\narticle = "a"'


def test_what_began_a_story_says_how_near_the_nearest_was():
    made = cards(article("a"), article("z", "A zebra in Zwolle"), stories=[story("z")])
    apart = Reason(article_id="a", story_id="a", score=0.17, threshold=0.24, runner_up="z", cause="apart")
    row = made.row(article("a"), reason=apart)
    assert row.why == "began this story; the nearest was 0.17 alike (joins from 0.24): A zebra in Zwolle"
    assert row.cure == '[[merge]]\narticle = "a"\ninto = "z"'


# -- posts ---------------------------------------------------------------------------------------------------------


def test_a_post_is_shown_with_who_embeds_it_and_how_often():
    twice = article("a", posts=(PILOT, PILOT))
    once, other = article("b", source_id="wire", posts=(PILOT,)), article("c", posts=(PILOT,))
    card = cards(twice, once, other).post(PILOT)
    assert (card.times, card.articles, card.href) == (4, 3, "post/p1.html")
    assert (card.network, card.initials, card.when) == ("Mastodon", "HP", When())
    assert [(mention.name, mention.times) for mention in card.embedded_by] == [
        ("Harbour Gazette", 3),
        ("Northgate Wire", 1),
    ]


def test_an_edition_counts_the_embeds_that_it_knew():
    made = cards(article("a", posts=(PILOT,)), article("b", posts=(PILOT,)))
    earlier = Cards(made.archive, SITE, {"a": made.archive.articles["a"]})
    assert (made.post(PILOT).times, earlier.post(PILOT).times) == (2, 1)


def test_an_unknown_network_is_named_as_it_is():
    strange = replace(PILOT, network="friendica", author="", handle="")
    card = cards(article("a", posts=(strange,))).post(strange)
    assert (card.network, card.initials) == ("Friendica", "?")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("https://x.com/jo/status/12", "X"),
        ("https://truthsocial.com/@jo/5", "Truth Social"),
        ("https://vk.com/wall-1_2", "VK"),
        ("https://youtu.be/dQw", "YouTube"),
        ("https://www.tiktok.com/@jo/video/67", "TikTok"),
    ],
)
def test_a_network_is_called_what_people_call_it(address: str, network: str):
    known = read_address(address)
    assert known
    shown = replace(PILOT, network=known.network)
    assert cards(article("a", posts=(shown,))).post(shown).network == network


def test_an_explainer_leads_only_where_nothing_else_does():
    aside = article("a", "EXPLAINER-How ferries return", source_id="wire")
    report = article("b", "Ferries return")
    told = replace(story("a"), groups=(CopyGroup(lead_id="a"), CopyGroup(lead_id="b")))
    made = cards(aside, report, stories=[told])
    assert made.leading(told).id == "b"
    assert made.leading(replace(told, groups=told.groups[:1])).id == "a"


def test_what_only_an_editor_can_mend_is_not_told_to_readers():
    flawed = article("a", flaws=("front matter: unknown key 'slug'", "no date"))
    assert cards(flawed).row(flawed).flaws == ("no date",)


def test_the_number_of_a_communique_s_first_point_is_no_part_of_what_it_says():
    one = article("a", "Note", "1. The talks were interrupted at noon today. 2. The rooms remain reserved.")
    assert Cards.dek(one).startswith("The talks were interrupted")
    assert Cards.point(article("b", "Talks", "2026 was a year of talks that nobody will miss at all.")).startswith(
        "2026"
    )
