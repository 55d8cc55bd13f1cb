"""The shapes in which people, editors and newsletters save a post: each is the post, and nothing of it stays behind."""

import json
from html import escape

import pytest

from digest.markdown import to_html
from digest.markup import clean, plain
from digest.model import Post
from digest.stages.embeds import lift_posts, split_at

MARK = "mark-0123"
SAID = "The crane moves at last, says the harbour."
MAY_5 = 1_462_406_400  # 2016-05-05
STATUS = "https://twitter.com/ana_b/status/12"
TWEET = (
    f'<blockquote class="twitter-tweet"><p lang="en" dir="ltr">{SAID}</p>&mdash; Ana Berg (@ana_b) '
    f'<a href="{STATUS}?ref_src=twsrc%5Etfw">May 5, 2016</a></blockquote>\n'
    '<script async src="https://platform.twitter.com/widgets.js" charset="utf-8"></script>\n'
)


def one_post(html: str) -> Post:
    """The only post between two paragraphs, with nothing left around it."""
    lifted, posts = lift_posts(f"<p>Before</p>{html}<p>After</p>", MARK)
    assert [" ".join(plain(part).split()) for part in split_at(clean(lifted), MARK)] == ["Before", "After"]
    [post] = posts
    return post


@pytest.mark.parametrize(
    "html",
    [
        '<amp-twitter width="375" layout="responsive" data-tweetid="12"></amp-twitter>',
        f'<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\n{STATUS}\n</div></figure>',
        f'<figure class="wp-block-embed">{STATUS}</figure>',
        f'<figure class="wp-block-embed"><div class="embed-twitter">{TWEET}</div></figure>',
        f'<figure class="kg-card kg-embed-card"><blockquote class="twitter-tweet"><a href="{STATUS}"></a></blockquote></figure>',
        f"<p>[embed]{STATUS}[/embed]</p>",
        "<p>[tweet 12]</p>",
        f"<p>[tweet {STATUS}]</p>",
        f'<figure class="media"><oembed url="{STATUS}"></oembed></figure>',
        f'<div data-oembed-url="{STATUS}"><div><iframe src="https://cdn.iframe.ly/abc"></iframe></div></div>',
        f'<a class="embedly-card" href="{STATUS}">Ana on X</a>',
        f'<blockquote class="embedly-card"><h4><a href="{STATUS}">Ana</a></h4><p>words</p></blockquote>',
        f'<div class="iframely-embed"><a href="{STATUS}" data-iframely-url="//cdn.iframe.ly/abc"></a></div>',
        '<iframe src="https://twitframe.com/show?url=https%3A%2F%2Ftwitter.com%2Fana_b%2Fstatus%2F12"></iframe>',
        '<div class="twitter-tweet-rendered"><iframe src="https://platform.twitter.com/embed/Tweet.html?a=b&amp;id=12"></iframe></div>',
        '<iframe id="twitter-widget-0" data-tweet-id="12"></iframe>',
        '<twitter-widget class="twitter-tweet" data-tweet-id="12"></twitter-widget>',
        '<div class="embed" data-tweet-id="12"><div></div></div>',
        f"<p>https://web.archive.org/web/20160505120000/{STATUS}</p>",
        '<p><a href="https://nitter.net/ana_b/status/12#m">https://nitter.net/ana_b/status/12#m</a></p>',
        f'<p><a href="{STATUS}">twitter.com/ana_b/status/12</a></p>',
        f'<p><a href="{STATUS}">pic.twitter.com/abcdef</a></p>',
        "<p>x.com/ana_b/status/12</p>",
    ],
)  # fmt: skip
def test_a_tweet_in_the_wrapping_of_other_programs(html: str) -> None:
    post = one_post(html)
    assert (post.network, post.key) == ("x", "12")


@pytest.mark.parametrize(
    ("html", "network", "key"),
    [
        ('<iframe src="https://vk.com/video_ext.php?oid=-123&amp;id=456&amp;hash=ab&amp;hd=2"></iframe>', "vk", "video-123_456"),
        ('<iframe src="https://vkvideo.ru/video_ext.php?oid=123&id=456"></iframe>', "vk", "video123_456"),
        ('<div id="vk_post_-1_45"></div><script>VK.Widgets.Post("vk_post_-1_45", -1, 45, "h");</script>', "vk", "wall-1_45"),
        ('<iframe src="https://vk.com/widget_post.php?app=0&owner_id=-1&post_id=45&hash=x"></iframe>', "vk", "wall-1_45"),
        ('<amp-vk data-embedtype="post" data-owner-id="-1" data-post-id="45"></amp-vk>', "vk", "wall-1_45"),
        ("<p>https://fb.watch/abC-1/</p>", "facebook", "abC-1"),
        ("<p>https://www.facebook.com/share/p/1AbCdEfG/</p>", "facebook", "1AbCdEfG"),
        ("<p>https://www.facebook.com/share/1AbCdEfG/?mibextid=x</p>", "facebook", "1AbCdEfG"),
        ('<amp-facebook data-href="https://www.facebook.com/jo/videos/9/"></amp-facebook>', "facebook", "9"),
        ('<iframe src="https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Ffb.watch%2FabC-1%2F&width=5"></iframe>', "facebook", "abC-1"),
        ("<p>https://www.reddit.com/r/news/s/AbCd</p>", "reddit", "AbCd"),
        ("<p>https://redd.it/a1</p>", "reddit", "a1"),
        ("<p>https://www.reddit.com/r/n/comments/a1/title/c2/</p>", "reddit", "a1/c2"),
        ('<amp-reddit data-src="https://www.reddit.com/r/n/comments/a1/t/?ref=share"></amp-reddit>', "reddit", "a1"),
        ('<amp-tiktok data-src="67"></amp-tiktok>', "tiktok", "67"),
        ('<amp-instagram data-shortcode="Cx"></amp-instagram>', "instagram", "Cx"),
        ("<p>[instagram url=https://www.instagram.com/p/Cx/]</p>", "instagram", "Cx"),
        ('<iframe src="https://truthsocial.com/@jo/115/embed" class="truthsocial-embed"></iframe>', "truth", "115"),
        ('<blockquote class="truthsocial-embed"><a href="https://truthsocial.com/@jo/posts/115">x</a></blockquote>', "truth", "115"),
        ("<p>https://relief.example.org/@amal/statuses/01HXYZABCDEFGHJKMNPQRSTVWX</p>", "mastodon", "relief.example.org/01HXYZABCDEFGHJKMNPQRSTVWX"),
        ('<script src="https://telegram.org/js/telegram-widget.js?22" data-telegram-post="Canal/44"></script>', "telegram", "canal/44"),
        ('<iframe id="telegram-post-canal-44" src="https://t.me/canal/44?embed=1"></iframe>', "telegram", "canal/44"),
        ("<p>t.me/canal/7/44</p>", "telegram", "canal/44"),
        ('<amp-vimeo data-videoid="99"></amp-vimeo>', "vimeo", "99"),
        ('<lite-vimeo videoid="99"></lite-vimeo>', "vimeo", "99"),
        ("<p>https://vimeo.com/showcase/5/video/99</p>", "vimeo", "99"),
        ('<amp-youtube data-videoid="dQwX"></amp-youtube>', "youtube", "dQwX"),
        ('<amp-iframe src="https://www.youtube.com/embed/dQwX"></amp-iframe>', "youtube", "dQwX"),
        ('<div class="youtube-player" data-id="dQwX"></div>', "youtube", "dQwX"),
        ('<iframe data-cookieblock-src="https://www.youtube.com/embed/dQwX"></iframe>', "youtube", "dQwX"),
        ('<iframe src="https://cdn.embedly.com/widgets/media.html?src=x&url=http%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DdQwX"></iframe>', "youtube", "dQwX"),
        ('<object><param name="movie" value="http://www.youtube.com/v/dQwX"><embed src="http://www.youtube.com/v/dQwX&hl=en"></object>', "youtube", "dQwX"),
        ("<p>[youtube https://www.youtube.com/watch?v=dQwX]</p>", "youtube", "dQwX"),
    ],
)  # fmt: skip
def test_other_networks_in_other_shapes(html: str, network: str, key: str) -> None:
    post = one_post(html)
    assert (post.network, post.key) == (network, key)


def card(name: str, /, **told: object) -> str:
    return f"<div data-attrs='{escape(json.dumps(told))}' data-component-name=\"{name}\"><p>drawn</p></div>"


def frame(inside: str) -> str:
    return f'<iframe sandbox srcdoc="{escape(inside)}"></iframe>'


@pytest.mark.parametrize(
    ("html", "network", "key", "handle", "author"),
    [
        (TWEET, "x", "12", "ana_b", "Ana Berg"),
        (f"<blockquote class='twitter-tweet'><p>{SAID}</p>— Ana (she/her) Berg (@ana_b) <a href='{STATUS}'>May 5, 2016</a></blockquote>", "x", "12", "ana_b", "Ana (she/her) Berg"),
        (f"<p>{SAID} -- Ana Berg (@ana_b) May 5, 2016</p>", "x", "", "ana_b", "Ana Berg"),
        (card("Twitter2ToDOM", url=STATUS, full_text=SAID, username="ana_b", name="Ana Berg", date="Thu May 05 00:00:00 +0000 2016"), "x", "12", "ana_b", "Ana Berg"),
        (card("BlueskyCreateBlueskyEmbed", authorName="Pilot", authorHandle="pilot.example.org", text=SAID, createdAt="2016-05-05T00:00:00.000Z", uri="at://did:plc:h7/app.bsky.feed.post/3lb"), "bluesky", "3lb", "pilot.example.org", "Pilot"),
        (card("InstagramToDOM", instagram_id="Cx", title=SAID, author_name="Anna B", timestamp="2016-05-05T00:00:00Z"), "instagram", "Cx", "", "Anna B"),
        (frame(f'<a href="https://twitter.com/ana_b">Ana</a><div data-testid="tweetText" lang="en">{SAID}</div><a href="{STATUS}"><time datetime="2016-05-05T00:00:00.000Z">12:00 AM</time></a>'), "x", "12", "ana_b", ""),
        (frame(f'<div data-post="canal/44"><a class="tgme_widget_message_owner_name">Harbour</a><div class="tgme_widget_message_text">{SAID}</div><time datetime="2016-05-05T00:00:00+00:00"></time></div>'), "telegram", "canal/44", "canal", "Harbour"),
        (
            f'<div class="fb-post" data-href="https://www.facebook.com/jo/posts/9"><blockquote cite="https://www.facebook.com/jo/posts/9" class="fb-xfbml-parse-ignore">'
            f'<p>{SAID}</p>Posted by <a href="#">Jo Harbour</a> on&nbsp;<a href="https://www.facebook.com/jo/posts/9">Thursday, 5 May 2016</a></blockquote></div>',
            "facebook", "9", "jo", "Jo Harbour",
        ),
        (
            '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/Cx/?utm_source=ig_embed"><div>Sieh dir diesen Beitrag auf Instagram an</div>'
            f"<p>{SAID}</p><p>Ein Beitrag geteilt von Anna (@anna.b) am <time datetime='2016-05-05T00:00:00+00:00'>5. Mai 2016</time></p></blockquote>",
            "instagram", "Cx", "anna.b", "Anna",
        ),
        (
            f'<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:h7/app.bsky.feed.post/3lb"><p lang="en">{SAID}<br><br><a href="https://bsky.app/x">[image or embed]</a></p>'
            '&mdash; Pilot (<a href="https://bsky.app/profile/did:plc:h7">@pilot.example.org</a>) <a href="https://bsky.app/profile/did:plc:h7/post/3lb">May 5, 2016 at 12:00 AM</a></blockquote>',
            "bluesky", "3lb", "pilot.example.org", "Pilot",
        ),
    ],
)  # fmt: skip
def test_all_that_a_shape_tells(html: str, network: str, key: str, handle: str, author: str) -> None:
    post = one_post(html)
    assert (post.network, post.key, post.handle, post.author) == (network, key, handle, author)
    assert (post.text, post.posted_at) == (SAID, MAY_5)


@pytest.mark.parametrize(
    "date",
    [
        "5 mai 2016", "5. Mai 2016", "5 de mayo de 2016", "5 maggio 2016", "5 de maio de 2016", "5 mei 2016", "5 мая 2016 г.",
        "5 травня 2016 р.", "5 Mayıs 2016", "5 مايو 2016", "٥ مايو، ٢٠١٦", "۵ مه ۲۰۱۶", "5 مئی، 2016", "2016年5月5日",
        "2016년 5월 5일", "5 maja 2016", "5. května 2016", "2016. május 5.", "5. toukokuuta 2016", "5 Μαΐου 2016",
        "5 במאי 2016", "5 tháng 5, 2016", "5 मई 2016", "5 พฤษภาคม 2016", "5. svibnja 2016.",
    ],
)  # fmt: skip
def test_dates_as_networks_translate_them(date: str) -> None:
    post = one_post(f"<p>{SAID}</p><p>— Ana Berg (@ana_b) {date}</p>")
    assert (post.author, post.text, post.posted_at) == ("Ana Berg", SAID, MAY_5)


@pytest.mark.parametrize(
    "markdown",
    [
        f"> {SAID}\n\n{STATUS}",
        f"“{SAID}”\n\n{STATUS}",
        f"> {SAID}\n> {STATUS}",
        f"> {SAID}\n>\n> — Ana Berg (@ana_b) [May 5, 2016]({STATUS})",
        f"{SAID} — Ana Berg (@ana_b) [5 mai 2016]({STATUS})",
        f"Ana Berg (@ana_b) on X: “{SAID}” {STATUS}",
        f'Ana Berg on Twitter: "{SAID}" / X {STATUS}',
    ],
)
def test_words_and_link_are_one_post(markdown: str) -> None:
    post = one_post(to_html(markdown, clipping=True))
    assert (post.key, post.handle, post.text) == ("12", "ana_b", SAID)


@pytest.mark.parametrize("is_clipping", [True, False])
@pytest.mark.parametrize("indent", [None, 2, 4])
@pytest.mark.parametrize("is_escaped", [True, False])
def test_a_bare_answer_in_markdown(indent: int | None, is_escaped: bool, is_clipping: bool) -> None:
    answer = json.dumps({"url": STATUS, "author_name": "Ana Berg", "html": TWEET, "width": 550}, indent=indent)
    if is_escaped:
        answer = answer.replace("<", "\\u003C").replace(">", "\\u003E").replace("/", "\\/")
    post = one_post(to_html(answer, clipping=is_clipping))
    assert (post.key, post.author, post.text, post.posted_at) == ("12", "Ana Berg", SAID, MAY_5)


def test_a_film_is_called_by_its_title() -> None:
    film = {"title": "Crane film", "author_name": "Quay TV", "author_url": "https://www.youtube.com/@quaytv"}
    html = '<iframe src="https://www.youtube.com/embed/dQwX?feature=oembed"></iframe>'
    post = one_post(to_html(json.dumps({**film, "html": html})))
    assert (post.key, post.author, post.handle, post.text) == ("dQwX", "Quay TV", "quaytv", "Crane film")


@pytest.mark.parametrize(
    ("html", "handles", "texts"),
    [
        (
            f"<p>{SAID} — Ana Berg (@ana_b) May 5, 2016 It does. — Ben (@ben) May 6, 2016 The article goes on.</p>",
            ["ana_b", "ben"],
            [SAID, "It does."],
        ),
        ("<p>https://x.com/a/status/1<br>https://x.com/b/status/2</p>", ["a", "b"], ["", ""]),
        ("<p>Look here:<br>https://x.com/a/status/1</p>", ["a"], [""]),
        (
            "<p>Quay latest:</p><p>– 84 cranes</p><p>– 12 ships — Quay (@quay) May 5, 2016</p>",
            ["quay"],
            ["Quay latest:\n\n– 84 cranes\n\n– 12 ships"],
        ),
        ("<p>Skip Twitter post 2 by @quay Up — Quay (@quay) May 5, 2016</p>", ["quay"], ["Up"]),
        ("<p>Nobody slept.</p><p>—@ilse #Crane — Quay (@quay) May 5, 2016</p>", ["quay"], ["—@ilse #Crane"]),
    ],
)
def test_where_a_post_ends_and_begins(html: str, handles: list[str], texts: list[str]) -> None:
    _, posts = lift_posts(html, MARK)
    assert [post.handle for post in posts] == handles
    assert [post.text for post in posts] == texts


@pytest.mark.parametrize(
    "html",
    [
        '<blockquote><p>A statement.</p></blockquote><p>He went on, see <a href="https://x.com/a/status/1">there</a>.</p>',
        "<blockquote><p>A statement.</p></blockquote><p>https://harbour.example.org/news</p>",
        "<p>“We wait,” she said.</p><p>He left.</p>",
        "<p>Quay (@quay) said on May 5, 2016 that nothing moved</p>",
        '<a href="https://x.com/a/status/1">link</a>',
        "<p>[sic] he said</p>",
        "<p>[youtube]</p>",
        '<div data-attrs=\'{"url":"https://harbour.example.org/"}\'>x</div>',
    ],
)
def test_what_only_looks_like_one_stays(html: str) -> None:
    assert lift_posts(html, MARK) == (html, ())
