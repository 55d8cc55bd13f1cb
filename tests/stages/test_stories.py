from collections.abc import Iterable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from digest.model import Override, Placed, PublishedStory, Story
from digest.stages.copies import find_copies
from digest.stages.editorial import annotate, hide, merge
from digest.stages.stories import Grouping, group_stories, readdress
from tests.stages.build import EVENTS, Item, article, at, item, logs, placed_by, post, story, told

FERRY, PUMPS, FROST = EVENTS[:3]
STRICT, LOOSE = Grouping(window_hours=6.0, join=0.9), Grouping(window_hours=500.0, join=0.01)


def grouped(
    items: Iterable[Item],
    *overrides: Override,
    settled: dict[str, Placed] | None = None,
    grouping: Grouping | None = None,
) -> list[Story]:
    """The stories of these items, copies and all."""
    known = list(items)
    articles = {article.id: article for article, _ in known}
    signatures = {article.id: signature for article, signature in known}
    split = {one.article for one in overrides if one.kind == "split"}
    stories = group_stories(
        find_copies(known, settled, split),
        articles,
        signatures,
        grouping=grouping or Grouping(),
        settled=settled or {},
        split=split,
    )
    return merge(stories, articles, overrides)


def members(stories: Iterable[Story]) -> dict[str, list[str]]:
    """Story id → its articles."""
    return {story.id: sorted(story.article_ids) for story in stories}


def week(*events: tuple[str, int, list[int]]) -> list[Item]:
    """Articles an hour apart: id, event, sentences."""
    return [told(id, event, lines, at("2026-11-16 08:00") + n * 3600) for n, (id, event, lines) in enumerate(events)]


NEWS = week(("f1", 0, [0, 1]), ("p1", 1, [0, 1]), ("f2", 0, [2, 3]), ("p2", 1, [2, 4]), ("x", 2, [0]), ("f3", 0, [4]))


def test_one_event_is_one_story_under_the_id_of_its_first_text():
    assert members(grouped(NEWS)) == {"f1": ["f1", "f2", "f3"], "p1": ["p1", "p2"], "x": ["x"]}


def test_a_story_is_called_as_its_first_text_and_spans_its_articles():
    ferry, *_ = grouped(NEWS)
    assert (ferry.title, ferry.slug) == (FERRY[0], "ferries-return-to-skerry-sound-after-eleven-months")
    assert (ferry.first_at, ferry.last_at) == (at("2026-11-16 08:00"), at("2026-11-16 13:00"))


def test_it_is_told_what_joined_an_article_to_its_story():
    ferry, *_ = grouped(NEWS)
    second, third = ferry.reasons
    assert (second.article_id, second.story_id, second.cause) == ("f2", "f1", "odds")  # a headline and a line
    assert second.score >= second.threshold
    assert {"skerri", "ferri"} <= {word for word, _ in second.words}
    assert third.article_id == "f3"


def test_copies_follow_their_lead():
    copied = week(("f1", 0, [0, 1]), ("p1", 1, [0]), ("copy", 0, [0, 1]))
    [ferry, _] = grouped(copied)
    assert [(group.lead_id, group.copy_ids) for group in ferry.groups] == [("f1", ("copy",))]
    assert ferry.last_at == at("2026-11-16 10:00")


def test_beyond_the_window_it_is_another_story():
    late = told("f2", 0, [0, 3], at("2026-11-20 09:00"))
    assert members(grouped([NEWS[0], late])) == {"f1": ["f1"], "f2": ["f2"]}
    assert members(grouped([NEWS[0], late], grouping=Grouping(window_hours=120))) == {"f1": ["f1", "f2"]}


def test_undated_texts_are_compared_with_all():
    assert members(grouped([NEWS[0], told("f2", 0, [2, 3], None)])) == {"f1": ["f1", "f2"]}


def test_languages_meet_by_names_and_figures():
    english = item(
        "en", "Lumen Foundry stops 2 lines at Varde", "Lumen Foundry halts 1450 staff in Varde, Olle Brandt said.",
    )  # fmt: skip
    french = item(
        "fr", "Lumen Foundry arrête ses lignes", "À Varde, Lumen Foundry renvoie 1450 ouvriers, dit Olle Brandt.",
        language="fr",
    )  # fmt: skip
    other = item("fr2", "Il neige", "La neige tombe sur 1450 communes.", language="fr")
    stories = grouped([english, french, other])
    assert members(stories) == {"en": ["en", "fr"], "fr2": ["fr2"]}
    assert "1450" in dict(stories[0].reasons[0].words)


def test_where_no_capital_tells_a_name_it_is_one_when_others_have_named_it():
    english = item(
        "en", "Ankara keeps its patrols at Tal Rihan", "The minister Kemal Demir said in Ankara that 12 patrols stay. "
        "The council at Tal Rihan protests against the patrols of Ankara.",
    )  # fmt: skip
    arabic = item(
        "ar", "أنقرة تبقي دورياتها", "قال الوزير كمال دمير في أنقرة إن 12 دورية باقية عند تل ريحان رغم احتجاج المجلس هناك.",
        language="ar",
    )  # fmt: skip
    german = item(
        "de", "Die Türkei behält Streifen", "Minister Kemal Demir sagte in Ankara, dass 12 Streifen bleiben. Der Rat protestiert.",
        language="de",
    )  # fmt: skip
    assert members(grouped([english, arabic, german])) == {"en": ["ar", "de", "en"]}
    assert members(grouped([arabic, german, english]))["ar"] == ["ar"]  # nobody had named anything before


def test_a_shared_post_brings_texts_nearer():
    """Twice the same pair; only the post that both embed tells them apart."""
    one = item("one", "Storm warning for the sound", "Crews tie up boats along the quay before the storm.")
    other = item("two", "Boats stay in port", "Nobody sails tonight; the storm keeps boats and lorries ashore in Holm.")
    pilot = (post("pilot", "Nobody sleeps on the bridge."),)
    strict = Grouping(join_short=shared_score(one, other) + 0.05)
    assert members(grouped([one, other], grouping=strict)) == {"one": ["one"], "two": ["two"]}
    embedding = [(replace(made, posts=pilot), signature) for made, signature in (one, other)]
    [found] = grouped(embedding, grouping=strict)
    assert "post:pilot" in dict(found.reasons[0].words)


def test_the_posts_that_texts_share_are_told_in_one_order():
    posts = tuple(post(name, f"Post {name}.") for name in ("e", "b", "d", "a", "f", "c"))
    one = item("one", "Storm warning for the sound", "Crews tie up boats along the quay before the storm.")
    other = item("two", "Boats stay in port", "Nobody sails tonight; the storm keeps boats and lorries ashore in Holm.")
    embedding = [(replace(made, posts=posts), signature) for made, signature in (one, other)]
    [found] = grouped(embedding, grouping=Grouping(join_short=0.0))
    told = [word for word, _ in found.reasons[0].words if word.startswith("post:")]
    assert told == [f"post:{name}" for name in "abcdef"]


def shared_score(one: Item, other: Item) -> float:
    [found] = grouped([one, other], grouping=Grouping(join_short=0.0))
    return found.reasons[0].score


def test_what_is_published_stands_whatever_the_words():
    placed = {"f1": Placed(id="f1", story_id="f1"), "p1": Placed(id="p1", story_id="f1")}
    [ferry] = grouped(NEWS[:2], settled=placed)
    assert members([ferry]) == {"f1": ["f1", "p1"]}
    assert ferry.reasons[0].cause == "published"


def test_a_late_file_does_not_take_over_the_published_copies_it_led():
    """A file added to a closed edition is in no line of the log, what it led afterwards is."""
    file, copy = told("file", 0, [0, 1], at("2026-11-16 08:00")), told("copy", 0, [0, 1], at("2026-11-18 08:00"))
    placed = {"copy": Placed(id="copy", story_id="other", of="file"), "other": Placed(id="other", story_id="other")}
    other = told("other", 2, [0], at("2026-11-17 08:00"))
    assert members(grouped([other, copy, file], settled=placed)) == {"other": ["copy", "file", "other"]}


def test_the_editor_splits_and_merges():
    split = grouped(NEWS, Override(kind="split", article="f3"))
    assert members(split) == {"f1": ["f1", "f2"], "p1": ["p1", "p2"], "f3": ["f3"], "x": ["x"]}
    merged = grouped(NEWS, Override(kind="merge", story="p1", into="f1"))
    assert members(merged) == {"f1": ["f1", "f2", "f3", "p1", "p2"], "x": ["x"]}
    assert [reason.cause for reason in merged[0].reasons if reason.article_id == "p1"] == ["override"]
    one = grouped(NEWS, Override(kind="merge", article="x", into="p2"))
    assert members(one)["p1"] == ["p1", "p2", "x"]


def test_a_story_may_be_merged_into_a_later_one():
    merged = grouped(NEWS, Override(kind="merge", story="f1", into="p1"))
    assert members(merged) == {"p1": ["f1", "f2", "f3", "p1", "p2"], "x": ["x"]}


def test_merging_into_nothing_changes_nothing():
    assert members(grouped(NEWS, Override(kind="merge", story="p1", into="nowhere"))) == members(grouped(NEWS))


def test_the_editor_goes_before_what_is_published():
    placed = placed_by(grouped(NEWS))
    split = grouped(NEWS, Override(kind="split", article="f2"), settled=placed)
    assert "f2" in members(split)
    merged = grouped(NEWS, Override(kind="merge", story="p1", into="f1"), settled=placed)
    assert members(merged)["f1"] == ["f1", "f2", "f3", "p1", "p2"]


def test_a_published_story_keeps_its_address():
    stories = readdress(
        [story("a"), story("b")], [PublishedStory(id="a", slug="first"), PublishedStory(id="z", slug="z")]
    )
    assert [one.slug for one in stories] == ["first", "b"]


def test_what_is_hidden_is_gone_and_its_copies_stand_in():
    ferry, rain = story("f1", "f1 f2", "f3"), story("r1")
    articles = {id: article(id, f"Title of {id}") for id in ("f1", "f2", "f3", "r1")}
    [left, _] = hide([ferry, rain], articles, [Override(kind="hide", article="f1")])
    assert [(group.lead_id, group.copy_ids) for group in left.groups] == [("f2", ()), ("f3", ())]
    assert (left.id, left.title) == ("f1", "Title of f2")
    assert hide([ferry, rain], articles, [Override(kind="hide", article="r1")]) == [ferry]
    assert hide([ferry, rain], articles, [Override(kind="hide", story="f1")]) == [rain]
    assert hide([ferry, rain], articles, [Override(kind="pin", story="f1")]) == [ferry, rain]


def test_the_editor_s_notes_stand_by_the_story():
    notes = [
        Override(kind="note", story="a", text="The ferry company sponsors us.", by="aq"),
        Override(kind="note", article="a2", text="Corrected."),
        Override(kind="pin", story="b", text="no note"),
    ]
    [ferry, rain] = annotate([story("a", "a", "a2"), story("b")], notes)
    assert ferry.notes == ("The ferry company sponsors us. (aq)", "Corrected.")
    assert rain.notes == ()


# -- laws ----------------------------------------------------------------------------------------------------------


@given(logs(undated=True), st.data())
def test_what_comes_later_moves_no_article(items: list[Item], data: st.DataObject):
    cut = data.draw(st.integers(0, len(items)))
    before, whole = grouped(items[:cut]), grouped(items)
    story_of = {id: story.id for story in whole for id in story.article_ids}
    assert [story.id for story in whole][: len(before)] == [story.id for story in before]
    assert {id: story.id for story in before for id in story.article_ids} == {
        article.id: story_of[article.id] for article, _ in items[:cut]
    }
    reasons = {reason.article_id: reason for story in whole for reason in story.reasons}
    assert all(reasons[reason.article_id] == reason for story in before for reason in story.reasons)


@given(logs(undated=True))
def test_every_article_stands_in_one_story(items: list[Item]):
    stories = grouped(items)
    assert sorted(id for story in stories for id in story.article_ids) == sorted(made.id for made, _ in items)
    assert all(story.id == story.groups[0].lead_id for story in stories)


@given(logs(), logs(), st.sampled_from([STRICT, LOOSE, Grouping()]))
def test_what_is_published_stands_whatever_the_settings(items: list[Item], more: list[Item], grouping: Grouping):
    placed = placed_by(grouped(items))
    later = [(replace(made, id=f"b{made.id}"), signature) for made, signature in more]
    again = placed_by(grouped([*items, *later], settled=placed, grouping=grouping))
    assert {id: again[id] for id in placed} == placed


@given(logs(), st.integers(0, 12))
def test_an_edition_that_closes_changes_nothing(items: list[Item], cut: int):
    """The fold over the whole log, and the fold from what was published at some time, are one."""
    placed = placed_by(grouped(items[:cut]))
    assert grouped(items, settled=placed) == grouped(items)


def test_rare_words_that_chance_shares_bring_no_short_report_into_a_story():
    road = item(
        "road",
        "Clearing the road to the crossing, a metre at a time",
        "Sappers on the road to the crossing move a metre at a time. In eleven days they have cleared the first half"
        " and found 64 mines, one bicycle and a wedding ring, at the edge of an orchard. They begin before dawn, when"
        " the ground is cold, and stop when the hikers and the shepherds come.",
        time="2026-11-20 16:10",
    )
    bell = item(
        "bell",
        "Bell lost in Alpine glacier for 80 years rings again",
        "A chapel bell swallowed by a glacier in 1946 was hung again on Saturday after hikers found it at the edge of"
        " the ice, unbroken and some metres from where it fell.",
        time="2026-11-21 18:05",
    )
    assert members(grouped([road, bell])) == {"road": ["road"], "bell": ["bell"]}
