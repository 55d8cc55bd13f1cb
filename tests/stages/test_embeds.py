"""Posts that stand in articles, whatever they were saved as."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.markdown import to_html
from digest.markup import clean, plain
from digest.model import Post
from digest.stages.embeds import cut_posts, lift_posts, put_back, split_at

MARK = "mark-0123"
CLIPPED = "#Harbour crane moves again - slowly, but it moves - says harbour master"


def one_post(html: str) -> Post:
    lifted, posts = lift_posts(f"<p>Before</p>{html}<p>After</p>", MARK)
    assert [plain(part) for part in split_at(clean(lifted), MARK)] == ["Before", "After"]
    [post] = posts
    return post


def told(post: Post) -> tuple[str, str, str, str, str]:
    return post.network, post.key, post.author, post.handle, post.text


@pytest.mark.parametrize(
    "saved",
    [
        f"<u>**@ana_b #Harbour</u>** {CLIPPED[9:]}</u>",
        f"<u>@ana_b#Harbour</u> {CLIPPED[9:]}",
        f"<u>**@ana_b #Harbour**</u> {CLIPPED[9:]}",
        f"**<u>@ana_b</u>** {CLIPPED}",
        f"**@ana_b:**{CLIPPED}",
        f"_@ana_b_ - {CLIPPED}",
        f"[@ana_b](https://twitter.com/ana_b) {CLIPPED}",
        f"@ana_b: {CLIPPED}",
        f"<u>#Harbour @ana_b</u> {CLIPPED[9:]}",
        f"<p><u><b>@ana_b #Harbour</u></b> {CLIPPED[9:]}</u>",
    ],
)
def test_a_post_that_a_clipping_holds_as_text(saved: str) -> None:
    post = one_post(
        to_html(f"One\n\n{saved}\n\nTwo", clipping=True).replace("<p>One</p>", "").replace("<p>Two</p>", "")
    )
    assert told(post) == ("x", "", "", "ana_b", CLIPPED)
    [[other]] = [lift_posts(f"<p>@Ana_B: {CLIPPED.upper()}</p>", MARK)[1]]
    assert post.id == other.id


@pytest.mark.parametrize(
    "saved",
    [
        "As @ana_b wrote, the crane moves.",
        "@ana_b",
        "Follow @ana_b",
        "@ana_b's crane moves again",
        "Write to desk@example.org about it",
        "#Harbour @ana_b said that the crane moves",
        "@a_name_of_more_than_thirty_characters is none",
        "Reporting by Ana Berg (@ana_b) and others",
    ],
)
def test_a_paragraph_that_only_mentions_somebody_is_none(saved: str) -> None:
    html = to_html(saved, clipping=True)
    assert lift_posts(html, MARK) == (html, ())


TWEET = (
    '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">The crane<br>moves. <a href="https://t.co/x">t.co/x</a></p>'
    '&mdash; Ana Berg (@ana_b) <a href="https://twitter.com/ana_b/status/12?ref_src=y">November 23, 2026</a>'
    "</blockquote>"
    '<script async src="https://platform.twitter.com/widgets.js"></script>'
)
DAY = 1_795_392_000  # 2026-11-23


def test_a_tweet() -> None:
    post = one_post(TWEET)
    assert told(post) == ("x", "12", "Ana Berg", "ana_b", "The crane moves. t.co/x")
    assert (post.url, post.language) == ("https://x.com/ana_b/status/12", "en")
    assert (post.posted_at, post.posted_precision) == (DAY, "day")


@pytest.mark.parametrize(
    "html",
    [
        '<iframe src="https://platform.twitter.com/embed/Tweet.html?id=12"></iframe>',
        "<p>https://twitter.com/ana_b/status/12</p>",
        '<p><a href="https://x.com/ana_b/status/12">https://x.com/ana_b/status/12</a></p>',
        "<figure><div>https://twitter.com/ana_b/status/12</div></figure>",
        '<blockquote cite="https://x.com/ana_b/status/12"><p>The crane moves.</p></blockquote>',
        "<blockquote><p>The crane moves.</p>"
        '<p>— Ana Berg (@ana_b) <a href="https://x.com/ana_b/status/12">Nov 23</a></p></blockquote>',
    ],
)
def test_the_same_tweet_by_its_id(html: str) -> None:
    assert one_post(html).id == one_post(TWEET).id


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '<iframe src="https://relief.example.org/@amal/113/embed" class="mastodon-embed"></iframe>',
            ("mastodon", "relief.example.org/113", "", "amal@relief.example.org", ""),
        ),
        (
            '<blockquote class="mastodon-embed" data-embed-url="https://relief.example.org/@amal/113/embed">'
            '<p>212 lorries</p><a href="https://relief.example.org/@amal/113">Post by @amal@relief.example.org</a>'
            "</blockquote>",
            ("mastodon", "relief.example.org/113", "", "amal@relief.example.org", "212 lorries"),
        ),
        (
            '<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:h7/app.bsky.feed.post/3lb">'
            "<p>First ship</p>&mdash; Pilot "
            '(<a href="https://bsky.app/profile/did:plc:h7">@pilot.example.org</a>) '
            '<a href="https://bsky.app/profile/pilot.example.org/post/3lb">Nov 22, 2026</a></blockquote>',
            ("bluesky", "3lb", "Pilot", "pilot.example.org", "First ship"),
        ),
        (
            '<script async src="https://telegram.org/js/telegram-widget.js" data-telegram-post="canal/44"></script>',
            ("telegram", "canal/44", "", "canal", ""),
        ),
        (
            '<blockquote class="telegram-post" cite="https://t.me/canal/44"><p lang="ar">هدنة</p></blockquote>',
            ("telegram", "canal/44", "", "canal", "هدنة"),
        ),
        (
            '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/Cx/">'
            "<a>View this post on Instagram</a><p>A caption</p><p>A post shared by Anna (@anna.b)</p></blockquote>",
            ("instagram", "Cx", "Anna", "anna.b", "A caption"),
        ),
        (
            '<div class="fb-post" data-href="https://www.facebook.com/jo/posts/9"></div>',
            ("facebook", "9", "", "jo", ""),
        ),
        (
            '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@jo/video/67">'
            "<section><a>@jo</a><p>Up</p><a>♬ x</a></section></blockquote>",
            ("tiktok", "67", "", "jo", "Up"),
        ),
        (
            '<blockquote class="reddit-embed-bq"><a href="https://www.reddit.com/r/n/comments/a1/t/">'
            "Title</a><br>by <a>u/n</a></blockquote>",
            ("reddit", "a1", "", "", "Title"),
        ),
        (
            '<blockquote class="text-post-media" data-text-post-permalink="https://www.threads.net/@jo/post/C1">'
            "View on Threads</blockquote>",
            ("threads", "C1", "", "jo", ""),
        ),
        ('<p><iframe src="//www.youtube-nocookie.com/embed/dQw"></iframe></p>', ("youtube", "dQw", "", "", "")),
        (
            '<blockquote class="TWITTER-TWEET"><p>no author, no link</p></blockquote>',
            ("x", "", "", "", "no author, no link"),
        ),
        ("<p>The crane moves. — Ana Berg (@ana_b) May 3, 2016</p>", ("x", "", "Ana Berg", "ana_b", "The crane moves.")),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_other_networks(html: str, expected: tuple[str, ...]) -> None:
    assert told(one_post(html)) == expected


ANSWER = {
    "url": "https://twitter.com/ana_b/status/12",
    "author_name": "Ana Berg",
    "html": TWEET,
    "type": "rich",
    "provider_name": "Twitter",
}


@pytest.mark.parametrize(("form", "escape"), [("{}", True), ("```json\n{}\n```", True), ("```\n{}\n```", False)])
def test_what_a_network_answered(form: str, escape: bool) -> None:
    answer = json.dumps(ANSWER).replace("/", "\\/" if escape else "/")
    answer = answer.replace("<", "\\u003C").replace(">", "\\u003E") if escape else answer
    post = one_post(to_html(form.format(answer), clipping=True))
    assert (post.id, post.author, post.handle) == (one_post(TWEET).id, "Ana Berg", "ana_b")
    assert post.text == "The crane moves. t.co/x"


def test_a_script_may_hold_the_answer() -> None:
    assert (
        one_post(f'<script type="application/json">{json.dumps(ANSWER)}</script>'.replace("</s", "<\\/s", 1)).key
        == "12"
    )


@pytest.mark.parametrize(
    "inside",
    [
        "<p>The crane moves.</p><p>Ana Berg (@ana_b) May 3, 2016</p>",
        "<p>The crane moves.</p><footer>— Ana Berg (@ana_b) 3 May 2016</footer>",
        "<p>Ana Berg</p><p>@ana_b</p><p>The crane moves.</p><p>4:40 AM · May 3, 2016</p>",
        '<p>The crane moves.</p><p><a href="https://x.com/ana_b/status/12">https://x.com/ana_b/status/12</a></p>',
        '<p>The crane moves.</p><cite><a href="https://x.com/ana_b/status/12">Ana</a></cite>',
    ],
)
def test_a_quotation_without_a_class(inside: str) -> None:
    post = one_post(f"<blockquote>{inside}</blockquote>")
    assert (post.network, post.handle, post.text) == ("x", "ana_b", "The crane moves.")


@pytest.mark.parametrize(
    "html",
    [
        '<amp-twitter data-tweetid="12"></amp-twitter>',
        '<div data-tweet-id="12"></div>',
        "<p>“The crane moves.” https://x.com/ana_b/status/12</p>",
        '<p>https://x.com/ana_b/status/12: "The crane moves."</p>',
        "<p>https://twitter.com/i/web/status/12</p>",
        '<iframe data-src="https://platform.twitter.com/embed/Tweet.html?id=12"></iframe>',
    ],
)
def test_other_shapes_of_the_same_tweet(html: str) -> None:
    assert one_post(html).id == one_post(TWEET).id


def test_a_last_line_signs_the_paragraph_above_it() -> None:
    lifted, [post] = lift_posts(
        "<p>One</p><p>The crane moves.</p><p>— Ana Berg (@ana_b) May 3, 2016</p><p>Two</p>", MARK
    )
    assert told(post) == ("x", "", "Ana Berg", "ana_b", "The crane moves.")
    assert [plain(part) for part in split_at(clean(lifted), MARK)] == ["One", "Two"]


@pytest.mark.parametrize(
    "html",
    [
        '<blockquote class="twitter-tweet"></blockquote>',
        "<blockquote><p>“It moves,” said the master (@ana_b) in May.</p></blockquote>",
        '<p>{"name": "no answer"}</p>',
        '<p>{"html": "", "url": "https://harbour.example.org/"}</p>',
        "<blockquote><p>“Nobody slept,” wrote @ana_b.</p></blockquote>",
        '<iframe src="https://ads.example/x"></iframe>',
        '<p><a href="https://x.com/ana_b/status/12">Watch what she says</a></p>',
        '<blockquote class="twitter-tweet"><p>never closed ' + "and on it goes " * 400,
    ],
)
def test_what_is_no_post_stays(html: str) -> None:
    assert lift_posts(html, MARK) == (html, ())


def test_nested_and_neighbouring_posts_are_found_once_and_in_order() -> None:
    nested = (
        '<blockquote class="twitter-tweet"><blockquote class="twitter-tweet"><p>nested</p></blockquote></blockquote>'
    )
    lifted, posts = lift_posts(f"<p>@b second words</p>{nested}{TWEET}<p>@b second words</p>", MARK, "en")
    assert [post.text for post in posts] == ["second words", "nested", "The crane moves. t.co/x", "second words"]
    assert [post.language for post in posts] == ["en"] * 4
    assert posts[0].id == posts[3].id
    assert len(split_at(clean(lifted), MARK)) == 5


def test_parts_are_whole() -> None:
    html = clean(f"<ul><li>a {MARK} b</li><li>c</li></ul><blockquote><p>d</p><p>{MARK}</p><p>e</p></blockquote>")
    assert [part.replace("> <", "><") for part in split_at(html, MARK)] == [
        "<ul><li>a </li></ul>",
        "<ul><li> b</li><li>c</li></ul><blockquote><p>d</p></blockquote>",
        "<blockquote><p>e</p></blockquote>",
    ]
    assert split_at("<p>x</p>", MARK) == ("<p>x</p>",)


TAGS = ["<p>", "</p>", "<u>", "</u>", "<ul><li>", "</ul>", "<blockquote class=twitter-tweet>", "</blockquote>", "<!--"]
POSTS = ["@ab ", "text ", "— N (@ab) May 3, 2016", TWEET, '<iframe src="https://youtu.be/x"></iframe>']
POSTS += [
    "[tweet 12]",
    "https://x.com/a/status/1",
    "“Said so.”",
    "<br>",
    "\n",
    "<figure>",
    "— N (@ab) May 3, 2016 more ",
]
POSTS += ["<blockquote>", "<div data-tweet-id=1>", "</div>", "<oembed url='https://x.com/a/status/1'></oembed>"]
PIECES = st.sampled_from(TAGS + POSTS)


@given(st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=60))
def test_as_many_parts_as_posts_and_one(html: str) -> None:
    lifted, posts = lift_posts(html, MARK)
    parts = split_at(clean(lifted), MARK)
    assert len(parts) == len(posts) + 1
    assert all(clean(part) == part for part in parts)


SEEDS = Path(__file__).resolve().parents[2] / "../shared/seeds"


@pytest.mark.skipif(not SEEDS.is_dir(), reason="no clippings beside the checkout")
def test_the_posts_of_real_clippings() -> None:
    for file in sorted(SEEDS.glob("*.txt")):
        html = to_html(file.read_text("utf-8"), clipping=True)
        lifted, posts = lift_posts(html, MARK)
        assert len(posts) == 2
        assert len({post.id for post in posts}) == 1
        assert posts[0].text.startswith(f"#{posts[0].text.split()[0][1:]} ")
        assert not any(mark in "".join(split_at(clean(lifted), MARK)) for mark in ("<u>", "</u>", "**", "@"))


def test_what_posts_stood_in_can_be_put_back_or_left_out():
    one = '<blockquote class="twitter-tweet"><p>Cranes move.</p>— Ana (@ana_b) <a href="https://x.com/ana_b/status/17">x</a></blockquote>'
    two = '<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>'
    html = f"<p>Before</p>{one}<p>Between</p>{two}<p>After</p>"
    marked, cuts = cut_posts(html, MARK)
    assert [cut.html for cut in cuts] == [one, two]
    assert put_back(marked, MARK, [cut.html for cut in cuts]) == html
    assert put_back(marked, MARK, ["", two]) == html.replace(one, "")
    page, cuts = cut_posts(
        f"<!doctype html><html><head><title>Cranes</title></head><body>{html}</body></html>", MARK, whole=True
    )
    assert page.count(MARK) == len(cuts) == 2
    assert "<title>Cranes</title>" in page
