from dataclasses import replace

import pytest

from digest.model import Article, Post
from digest.stages.posts import gather_posts, share_posts
from tests.stages.build import article, post, story

PILOT = post("p1", "Escort ahead, escort astern, and nobody on the bridge is talking.", handle="pilot")


def embedding(id: str, *posts: Post) -> Article:
    return article(id, posts=posts)


def same(one: Post, other: Post) -> bool:
    """Are these two findings one post?"""
    _, same_as = gather_posts([embedding("a", one), embedding("b", other)])
    return same_as[one.id] == same_as[other.id]


@pytest.mark.parametrize(
    ("text", "is_same"),
    [
        ("Escort ahead, escort astern, and nobody on the bridge is talking.", True),
        ("ESCORT ahead, escort astern and nobody on the bridge is talking…", True),
        ("Escort ahead, escort astern, and nobody on the bridge is", True),
        ("Escort ahead.", False),
        ("The pilot boat is alongside, the ladder is down, the sea is flat.", False),
        ("", False),
    ],
)
def test_without_a_key_a_post_is_known_by_handle_and_text(text: str, is_same: bool):
    assert same(PILOT, replace(PILOT, id="p2", text=text)) is is_same


def test_another_handle_or_network_is_another_post():
    assert same(PILOT, replace(PILOT, id="p2", handle="Pilot"))
    assert not same(PILOT, replace(PILOT, id="p2", handle="captain"))
    assert not same(PILOT, replace(PILOT, id="p2", network="bluesky"))
    assert not same(replace(PILOT, handle=""), replace(PILOT, id="p2", handle=""))


@pytest.mark.parametrize(
    ("link", "is_same"), [("pic.twitter.com/aa11", True), ("pic.twitter.com/bb22", False), ("", True)]
)
def test_the_networks_own_link_tells_alike_texts_apart(link: str, is_same: bool):
    said = "Two ships wait outside the harbour of Ostermouth today"
    one = replace(PILOT, text=f"{said} pic.twitter.com/aa11 https://t.co/cc33")
    assert same(one, replace(PILOT, id="p2", text=f"{said} {link}")) is is_same


def test_two_keys_are_two_posts_though_the_text_is_one():
    assert same(PILOT, replace(PILOT, id="p2", key="2"))
    assert not same(replace(PILOT, key="1"), replace(PILOT, id="p2", key="2"))


def test_very_short_texts_are_one_only_where_they_are_equal():
    short = replace(PILOT, text="All fast.")
    assert same(short, replace(short, id="p2", text="All fast!"))
    assert not same(short, replace(short, id="p2", text="All"))


def test_a_post_is_shown_in_the_fullest_form_known():
    quoted = replace(PILOT, text="Escort ahead, escort astern, and nobody on the bridge is")
    linked = replace(PILOT, id="p2", author="Harbour Pilot", url="https://social.example.org/@pilot/7", key="7",
                     posted_at=1_795_000_000, posted_precision="minute")  # fmt: skip
    posts, same_as = gather_posts([embedding("a", quoted), embedding("b", linked)])
    assert same_as == {"p1": "p1", "p2": "p1"}
    assert posts == {"p1": replace(linked, id="p1")}


def test_a_finding_is_compared_with_the_fullest_text_so_far():
    begun = replace(PILOT, text="Escort ahead, escort astern, and nobody")
    whole = replace(PILOT, id="p2")
    end = replace(PILOT, id="p3", text="escort astern, and nobody on the bridge is talking")
    _, same_as = gather_posts([embedding("a", begun), embedding("b", whole), embedding("c", end)])
    assert same_as == {"p1": "p1", "p2": "p1", "p3": "p1"}
    _, apart = gather_posts([embedding("a", begun), embedding("c", end)])
    assert apart["p3"] == "p3"


def test_one_of_many_posts_of_a_handle_is_known_again():
    said = [f"All quiet at bridge {n}, gate {n + 400}, lock {n + 800}, quay {n + 1200}" for n in range(300)]
    posts = [post(f"p{n}", text, handle="pilot") for n, text in enumerate(said)]
    known, same_as = gather_posts(
        [embedding("a", *posts), embedding("b", post("again", f"{said[17]} …", handle="pilot"))]
    )
    assert len(known) == 300
    assert same_as["again"] == "p17"


def test_posts_stand_in_the_order_first_seen():
    other = post("p9", "All fast fore and aft, engines off.", handle="mate")
    posts, _ = gather_posts([embedding("a", other, PILOT, other), embedding("b", PILOT)])
    assert list(posts) == ["p9", "p1"]


def test_a_story_shows_the_posts_that_most_of_its_articles_embed():
    other = post("p9", "All fast fore and aft, engines off.", handle="mate")
    again = replace(PILOT, id="p2")
    articles = [embedding("a", other, other, other), embedding("b", PILOT), embedding("c", again), embedding("d")]
    _, same_as = gather_posts(articles)
    [found, quiet] = share_posts([story("a", "a b", "c"), story("d")], {one.id: one for one in articles}, same_as)
    assert found.posts == ("p1", "p9")
    assert quiet.posts == ()
