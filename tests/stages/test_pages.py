"""What is shown of a small archive: two days, seven articles, one story that goes on."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.codec import fingerprint
from digest.model import Archive, CopyGroup, Format, Override, Rejected, Site, Topic
from digest.stages.editions import to_publish
from digest.stages.pages import lay_out, pages_of, views_of
from digest.views import ArticleView, EditionView, FeedView, SitemapView, Sketch, StoryView
from tests.stages import build
from tests.stages.build import EVENTS, SOURCES, Item, archive_of, article, at, item, logs, post, run, shown, story
from tests.stages.drawn import drawn

SITE = Site(title="Morning Desk", base_url="https://desk.example.org/", watch=("frost",))
SHIPS = Topic(name="Ships", slug="ships", query="ferry", description="All that floats.")
PORTS = Topic(name="Ports", slug="ports", query="port")
PILOT = post(
    "p1", "Escort ahead, escort astern, and nobody on the bridge is talking.", handle="pilot", author="A Pilot"
)
FERRY, PUMPS, FROST, _ = EVENTS
RUNS = (
    run("2026-11-21 05:00", gazette=0, wire=1),
    run("2026-11-21 18:00", gazette=1, wire=1, courrier="timed out"),
    run("2026-11-22 05:00", gazette=0, wire=1, courrier=1),
    run("2026-11-22 18:00", gazette=1, wire=0, courrier=0),
)
SHIP: dict[str, Any] = {"ruled_topics": ("Ships",)}
FOLLOWING = (
    "f2",
    "The second ferry of Skerry Sound stays in dry dock",
    f"{FERRY[5]}\n{FERRY[4]}\n{FERRY[3]}",
    "2026-11-22 17:00",
)
ITEMS = (
    item("f1", FERRY[0], "\n".join(FERRY[1:4]), "2026-11-21 04:30", source_id="wire", **SHIP),
    item("copy", "Back to Holm", "\n".join(FERRY[1:4]), "2026-11-21 12:00", posts=(PILOT, PILOT), **SHIP),
    item("b1", FROST[0], "\n".join(FROST[1:]), "2026-11-21 16:00", source_id="wire", posts=(PILOT,)),
    item("late", PUMPS[0], PUMPS[1], "2026-11-22 04:00", source_id="courrier", published_at=1_790_000_000),
    item("p2", f"{PUMPS[0]}, again", PUMPS[2], "2026-11-22 04:10", source_id="wire", flaws=("no date",)),
    item(*FOLLOWING, show="full", url="https://gazette.example.org/dock", authors=("Ada Quay",), **SHIP),
)
REJECTED = (Rejected(file="feeds/north.xml", reason="not a feed"),)
SETTINGS: dict[str, Any] = {"topics": (SHIPS, PORTS), "edition_minute": 360, "base_url": SITE.base_url}


Views = dict[tuple[str, str], Any]


def known(*more: Item, **others: Any) -> Archive:
    """The small archive, with more in it."""
    return archive_of((*ITEMS, *more), **({"runs": RUNS, "rejected": REJECTED} | SETTINGS | others))


def views(archive: Archive, site: Site = SITE) -> Views:
    """All views by stem and kind; feeds share the stem of what they follow."""
    found = list(drawn(views_of(archive, site)))
    by_place = {(view.stem, type(view).__name__): view for view in found}
    assert len(by_place) == len(found)
    return by_place


@pytest.fixture(name="all_views", scope="module")
def _all_views() -> Views:
    return views(known())


def test_the_sitemap_names_no_page_that_belongs_to_others_or_must_not_be_listed(all_views: Views):
    listed = {stem.removesuffix(".html") for stem, _ in all_views["sitemap", "SitemapView"].entries}
    pages = {stem: view.head for (stem, _), view in all_views.items() if hasattr(view, "head")}
    assert listed <= pages.keys()
    assert [stem for stem in listed if pages[stem].canonical or not pages[stem].index] == []
    assert pages["article/the-second-ferry-of-skerry-sound-stays-in-dry-dock-f2"].canonical == ITEMS[-1][0].url


def test_the_site_has_a_place_for_everything(all_views: Views, data_regression):
    data_regression.check([f"{stem} {kind}" for stem, kind in all_views])


@pytest.mark.parametrize(
    ("stem", "kind"),
    [
        ("2026/11/22", "EditionView"),
        ("story/ferries-return-to-skerry-sound-after-eleven-months-f1", "StoryView"),
        ("article/the-second-ferry-of-skerry-sound-stays-in-dry-dock-f2", "ArticleView"),
        ("topic/ships", "TopicView"),
        ("source/courrier", "SourceView"),
        ("post/p1", "PostView"),
        ("about", "AboutView"),
        ("sitemap", "SitemapView"),
    ],
)
def test_what_is_shown(all_views: Views, stem: str, kind: str, data_regression):
    data_regression.check(shown(all_views[stem, kind]), basename=f"{kind}")


# -- rules ---------------------------------------------------------------------------------------------------------


def hrefs(record: object, name: str = "") -> Iterator[str]:
    """All addresses in a record that lead into the site."""
    if isinstance(record, str):
        inside = name in ("href", "page", "permalink", "prev", "next", "home") and not record.startswith(
            ("https:", "#")
        )
        yield from [record.partition("#")[0]] if inside and record else []
    elif isinstance(record, tuple):
        yield from (href for one in record for href in hrefs(one, name))
    elif is_dataclass(record) and not isinstance(record, type):
        shown_fields = (field.name for field in fields(record) if field.name != "feeds")
        yield from (href for name in shown_fields for href in hrefs(getattr(record, name), name))


def test_every_link_leads_to_a_page(all_views: Views):
    stems = {f"{stem}.html" for stem, kind in all_views if kind not in ("FeedView", "DataView")}
    lost = {
        href: place for place, view in all_views.items() for href in hrefs(view) if href.partition("?")[0] not in stems
    }
    assert lost == {}
    assert sum(1 for view in all_views.values() for _ in hrefs(view)) > 100


def test_the_newest_edition_is_the_front_page(all_views: Views):
    front = all_views["index", "EditionView"]
    assert replace(front, stem="2026/11/23") == all_views["2026/11/23", "EditionView"]
    assert (front.newest, front.closed) == (True, False)


def test_editions_are_linked_to_their_neighbours(all_views: Views):
    editions = [view for (stem, _), view in all_views.items() if isinstance(view, EditionView) and stem != "index"]
    assert [view.day for view in editions] == ["2026-11-21", "2026-11-22", "2026-11-23"]
    assert [view.prev and view.prev.name for view in editions] == [None, "2026-11-21", "2026-11-22"]
    assert [view.next and view.next.name for view in editions] == ["2026-11-22", "2026-11-23", None]


def test_what_is_in_progress_stands_in_no_feed_and_no_sitemap(all_views: Views):
    feed = all_views["feed", "FeedView"]
    assert [entry.href for entry in feed.entries] == ["2026/11/22.html", "2026/11/21.html"]
    told = shown(all_views["stories", "FeedView"])
    assert "dry dock" not in str(told)
    entries = dict(all_views["sitemap", "SitemapView"].entries)
    assert "2026/11/22.html" in entries
    assert "2026/11/23.html" not in entries


def test_without_an_address_there_are_no_feeds():
    bare = views(known(base_url=""), replace(SITE, base_url=""))
    assert not [view for view in bare.values() if isinstance(view, FeedView | SitemapView)]
    assert ("index", "EditionView") in bare


def test_only_what_may_be_shown_in_full_has_a_page_of_its_own(all_views: Views):
    assert [view.row.id for view in all_views.values() if isinstance(view, ArticleView)] == ["f2"]


def test_a_project_without_articles_has_an_honest_front_page():
    nothing = views(archive_of([], sources={}), Site(title="Empty"))
    assert {stem for stem, _ in nothing} >= {"index", "archive", "topics", "sources", "posts", "search", "about", "404"}
    front = nothing["index", "EditionView"]
    assert (front.articles, front.sections, front.head.description) == (0, (), "Nothing has been read yet.")


def test_undated_articles_alone_make_a_front_page():
    front = views(archive_of([item("a", time="")]), SITE)["index", "EditionView"]
    assert (front.articles, front.day, front.permalink) == (1, "", "index.html")


def test_what_the_editor_hid_is_shown_nowhere():
    hidden = views(known(overrides=(Override(kind="hide", article="b1"),)))
    assert "rchards of the Lower Tarn" not in str({place: shown(view) for place, view in hidden.items()})


def test_of_texts_in_another_edition_s_story_the_reader_s_language_leads():
    french = item("fr", "Lumen Foundry à Varde", "À Varde, Lumen Foundry renvoie 1450 ouvriers, dit Olle Brandt.",
                  language="fr", source_id="courrier")  # fmt: skip
    english = item("en", "Lumen Foundry at Varde", "Lumen Foundry halts 1450 staff in Varde, Olle Brandt said.",
                   "2026-11-22 13:00", language="en-US")  # fmt: skip
    archive = archive_of([french, english])
    assert list(archive.stories) == ["fr"]
    for language, title in {
        "en": "Lumen Foundry at Varde",
        "en-GB": "Lumen Foundry at Varde",
        "fr": french[0].title,
    }.items():
        [found] = [
            view for view in drawn(views_of(archive, replace(SITE, language=language))) if isinstance(view, StoryView)
        ]
        assert found.card.title == title


# -- what has closed stands ----------------------------------------------------------------------------------------

DROPPED = item("copy", "Back to Holm, corrected", "\n".join(FERRY[1:4]), "2026-11-23 04:00", **SHIP)
LATER = (
    DROPPED,
    item(
        "f4",
        FERRY[0],
        "\n".join(FERRY[1:4]),
        "2026-11-23 08:00",
        posts=(post("p2", "All fast.", handle="mate"),),
        **SHIP,
    ),
    item("b2", "Bees, and what the frost left of them", f"{FROST[3]}\n{FROST[2]}", "2026-11-23 09:00", posts=(PILOT,)),
    item("b1", "Beekeepers count again", "\n".join(FROST[1:4]), "2026-11-23 09:30", source_id="wire"),
    item("file", "Found in a drawer", f"{FERRY[2]}\n{FERRY[3]}", "2026-11-21 11:00", seen_stamped=False, **SHIP),
    item("old", "Found in another drawer", PUMPS[4], "2026-11-20 11:00", seen_stamped=False, ruled_topics=("Ports",)),
)


def closed_views(archive: Archive) -> dict[str, Any]:
    """Each closed edition's page, without what leads on from it."""
    return {
        view.day: shown(replace(view, next=None, newest=False, facets=(), added=(), head=replace(view.head, next=""),
                                made=replace(view.made, read=0, rejected=0)))
        for view in drawn(views_of(archive, SITE)) if isinstance(view, EditionView) and view.closed and view.stem != "index"
    }  # fmt: skip


def test_a_closed_edition_stands_whatever_comes_later():
    before = known()
    lines = to_publish(before.editions, before.topics, before.stories.values(), {})
    later = known(*LATER, runs=(*RUNS, run("2026-11-23 18:00", gazette=4), run("2026-11-24 18:00")), published=lines)
    after = closed_views(later)
    for day, view in closed_views(before).items():
        assert after[day] == view
    assert [edition.added_ids for edition in later.editions if edition.day == "2026-11-22"] == [("file",)]


def test_closing_it_changes_no_page():
    """A second build, with what the first one published, shows the same."""
    runs = (*RUNS, run("2026-11-23 18:00", gazette=4), run("2026-11-24 18:00"))
    first = known(*LATER, runs=runs)
    second = known(*LATER, runs=runs, published=to_publish(first.editions, first.topics, first.stories.values(), {}))
    assert views(second) == views(first)


@settings(max_examples=25)
@given(logs(versions=True), st.integers(0, 12), st.integers(0, 6))
def test_whatever_has_closed_stands(items: list[Item], cut: int, runs: int):
    first = archive_of(items[:cut], runs=[run(f"2026-11-{16 + n} 23:30") for n in range(runs)], **SETTINGS)
    lines = to_publish(first.editions, first.topics, first.stories.values(), {})
    until = first.editions[-1].end_at if first.editions else 0
    later = [one for one in items[cut:] if (one[0].seen_at or 0) >= (until or 0)]
    second = archive_of([*items[:cut], *later], runs=[run("2026-11-24 12:00")], published=lines, **SETTINGS)
    after = closed_views(second)
    assert {day: view["sections"] for day, view in closed_views(first).items() if "sections" in view} == {
        day: after[day]["sections"] for day, view in closed_views(first).items() if "sections" in view
    }


def test_what_closed_as_an_outlet_s_own_later_form_of_a_text_stays_that_whatever_another_text_has_become():
    def said(id: str, event: int, minute: int, **more: Any) -> Item:
        return build.told(
            id, event, [0, 1, 2, 3, 4], at("2026-11-16 00:00") + minute * 60, source_id="courrier", **more
        )

    items = [
        said("a", 0, 0),
        said("b", 1, 1),
        said("c", 0, 2, title="Ferries return, and stay"),
        said("b", 0, 3),
        said("d", 2, 4),
    ]
    first = archive_of(items, **SETTINGS)
    assert [len(first.older["a"]), len(first.older["b"])] == [1, 1]
    lines = to_publish(first.editions, first.topics, first.stories.values(), {})
    second = archive_of(items, runs=[run("2026-11-24 12:00")], published=lines, **SETTINGS)
    assert second.older == first.older


# -- pages ---------------------------------------------------------------------------------------------------------

HTML = Format(name="html", of=(StoryView, EditionView), suffix=".html")
MARKDOWN = Format(name="markdown", of=(StoryView,), suffix=".md")


def test_a_view_is_a_page_in_every_format_made_of_it(all_views: Views):
    view = next(one for one in all_views.values() if isinstance(one, StoryView))
    pages = list(pages_of(view, [HTML, MARKDOWN], "look"))
    assert [(page.path, page.format) for page in pages] == [
        (f"{view.stem}.html", "html"),
        (f"{view.stem}.md", "markdown"),
    ]
    assert all(page.subject is view for page in pages)
    assert list(pages_of(all_views["feed", "FeedView"], [HTML], "look")) == []


def test_a_fingerprint_stands_for_all_that_is_shown_and_for_the_look(all_views: Views):
    view = next(one for one in all_views.values() if isinstance(one, StoryView))
    [page], [same] = pages_of(view, [HTML], "look"), pages_of(replace(view), [HTML], "look")
    [other], [styled] = pages_of(replace(view, light=True), [HTML], "look"), pages_of(view, [HTML], "other look")
    assert page.fingerprint == same.fingerprint
    assert len({page.fingerprint, other.fingerprint, styled.fingerprint}) == 3


def test_the_order_in_which_items_were_read_does_not_matter():
    def pages(items: tuple[Item, ...]) -> list[tuple[str, str]]:
        laid_out = lay_out(archive_of(items, runs=RUNS, **SETTINGS), SITE, {"style.css": "1"}, [HTML], "look")
        return [(page.path, page.fingerprint) for page in laid_out]

    assert pages(ITEMS[::-1]) == pages(ITEMS)


def sketched(archive: Archive, site: Site = SITE) -> dict[tuple[str, str], Sketch]:
    """All sketches by what they would become and what they are made of."""
    found = (one for one in views_of(archive, site) if isinstance(one, Sketch))
    return {(one.stem, fingerprint(one.kind.__name__, one.made_of)): one for one in found}


def test_a_copy_that_becomes_the_lead_is_another_page():
    one, other = (item(id, FERRY[0], "\n".join(FERRY[1:4]), time, show="full", url=f"https://{id}.example.org/")
                  for id, time in (("a", "2026-11-21 04:30"), ("b", "2026-11-21 05:30")))  # fmt: skip
    before, after = archive_of([one, other]), archive_of([one, other])
    [story] = after.stories.values()
    swapped = replace(story, groups=(CopyGroup(lead_id="b", copy_ids=("a",)),))
    after = replace(after, stories={story.id: swapped})
    made = [{stem: mark for stem, mark in sketched(known) if stem.startswith("article/")} for known in (before, after)]
    assert made[0].keys() == made[1].keys()
    assert len(made[0]) == 2
    assert all(made[0][stem] != made[1][stem] for stem in made[0])


@settings(max_examples=40)
@given(logs(versions=True), st.integers(0, 12), st.sampled_from(["", "title", "source", "hide", "pin", "topic"]))
def test_sketches_that_are_made_of_the_same_become_the_same_view(items: list[Item], cut: int, change: str):
    others: dict[str, Any] = {}
    if change == "source":
        others["sources"] = {id: replace(one, name=one.name.upper(), kind="wire") for id, one in SOURCES.items()}
    elif change in ("hide", "pin") and items:
        others["overrides"] = (Override(kind=change, article=items[0][0].id),)
    elif change == "topic":
        others["topics"] = (replace(PORTS, hue=3), SHIPS)
    later = [(replace(one, title=f"{one.title}!"), sign) for one, sign in items] if change == "title" else items
    runs = [run("2026-11-18 12:00"), run("2026-11-24 12:00")]
    first = sketched(archive_of(items[:cut], runs=runs, **SETTINGS))
    second = sketched(archive_of(later, runs=runs, **(SETTINGS | others)))
    for same in first.keys() & second.keys():
        assert first[same].make() == second[same].make()


def test_a_later_article_writes_only_the_pages_that_show_it():
    def prints(*more: Item) -> dict[str, str]:
        return {page.path: page.fingerprint for page in lay_out(known(*more), SITE, {}, [HTML], "look")}

    other = item("zebra", "A zebra in Zwolle", "Nobody in Zwolle had ordered a zebra.", "2026-11-22 17:30",
                 source_id="courrier")  # fmt: skip
    before, after = prints(), prints(other)
    assert sorted(path for path in after if after[path] != before.get(path)) == [
        "2026/11/23.html",
        "index.html",
        "story/a-zebra-in-zwolle-zebra.html",
    ]


def test_the_builders_are_small():
    assert article("a").id == story("a").id == "a"
    assert set(SOURCES) == {"gazette", "wire", "courrier"}
