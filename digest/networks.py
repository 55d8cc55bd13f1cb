"""The addresses of posts on social networks: which network, which post, whose.

One row a shape; the first that fits counts. Addresses are only read, never asked.
"""

import re
from typing import NamedTuple
from urllib.parse import parse_qs


class Address(NamedTuple):
    """What an address tells of a post."""

    network: str
    key: str = ""  # the network's own id
    handle: str = ""  # without the first @; empty where the address does not tell
    url: str = ""  # the post's address as the network writes it today


_X = r"(?:(?:www|mobile|m)\.)?(?:(?:(?:fx|vx)?twitter|x|fixupx|fixvx|xcancel)\.com|nitter(?:\.[\w-]+)+)"
_FACEBOOK = r"(?:[\w-]+\.)?facebook\.com"
_REDDIT = r"(?:[\w-]+\.)?reddit(?:media)?\.com/(?:(?:r|u|user)/[\w-]+/)?"
_YOUTUBE = r"(?:(?:www|m|music|gaming)\.)?youtube"
_VK = r"(?:(?:m\.)?vk\.(?:com|ru)|vkvideo\.ru)"
_HOST = r"(?P<host>[\w.-]+(?::\d+)?)"  # of one of the many servers

# network, shape of the address behind its scheme, address of the post, and its id where that has several parts
_SHAPES = (
    ("x", rf"{_X}/(?:i/(?:web/)?status|statuses)/(?P<key>\d+)",
     "https://x.com/i/status/{key}"),
    ("x", rf"{_X}/(?:#!/)?(?P<handle>\w{{1,30}})/status(?:es)?/(?P<key>\d+)",
     "https://x.com/{handle}/status/{key}"),
    ("x", r"platform\.(?:twitter|x)\.com/embed/\S*[?&]id=(?P<key>\d+)",
     "https://x.com/i/status/{key}"),
    ("bluesky", r"(?:(?:fx|vx)?bsky|bskyx)\.app/profile/(?P<handle>[\w.:-]+)/post/(?P<key>\w+)",
     "https://bsky.app/profile/{handle}/post/{key}"),
    ("bluesky", r"(?:embed\.bsky\.app/embed/)?(?P<handle>did:[\w.:-]+)/app\.bsky\.feed\.post/(?P<key>\w+)",
     "https://bsky.app/profile/{handle}/post/{key}"),
    ("telegram", r"(?:t|telegram)\.(?:me|dog)/(?:s/)?(?!c/|joinchat/)(?P<handle>\w+)(?:/\d+)?/(?P<item>\d+)",
     "https://t.me/{handle}/{item}", "{handle}/{item}"),
    ("instagram", r"(?:www\.)?instagr(?:am\.com|\.am)/(?:[\w.]+/)?(?:p|reels?|tv)/(?P<key>[\w-]+)",
     "https://www.instagram.com/p/{key}/"),
    ("facebook", rf"{_FACEBOOK}/(?P<handle>[\w.-]+)/(?P<kind>posts|videos)/(?:[^/?#]+/)?(?P<key>\w+)",
     "https://www.facebook.com/{handle}/{kind}/{key}"),
    ("facebook", rf"{_FACEBOOK}/(?:permalink|story)\.php\?(?=\S*\bid=(?P<page>\d+))(?:\S*&)?story_fbid=(?P<key>\w+)",
     "https://www.facebook.com/permalink.php?story_fbid={key}&id={page}"),
    ("facebook", rf"{_FACEBOOK}/(?:(?:watch/?(?:live/?)?|video(?:/embed|\.php))\?(?:\S*&)?v(?:ideo_id)?=|reel/)"
     r"(?P<key>\d+)",
     "https://www.facebook.com/watch/?v={key}"),
    ("facebook", rf"{_FACEBOOK}/photo(?:\.php|/)?\?(?:\S*&)?fbid=(?P<key>\d+)",
     "https://www.facebook.com/photo.php?fbid={key}"),
    ("facebook", rf"{_FACEBOOK}/[\w.-]+/photos/(?:[\w.-]+/)*(?P<key>\d+)",
     "https://www.facebook.com/photo.php?fbid={key}"),
    ("facebook", rf"{_FACEBOOK}/groups/(?P<page>[\w.]+)/(?:posts|permalink)/(?P<key>\d+)",
     "https://www.facebook.com/groups/{page}/posts/{key}/"),
    ("facebook", rf"{_FACEBOOK}/share/(?P<kind>[a-z]/)?(?P<key>(?!r?$)\w{{6,}})",
     "https://www.facebook.com/share/{kind}{key}/"),
    ("facebook", r"fb\.watch/(?P<key>[\w-]+)",
     "https://fb.watch/{key}/"),
    ("tiktok", r"(?:(?:www|m)\.)?tiktok\.com/@(?P<handle>[\w.]+)/(?:video|photo)/(?P<key>\d+)",
     "https://www.tiktok.com/@{handle}/video/{key}"),
    ("tiktok", r"(?:(?:www|m)\.)?tiktok\.com/(?:(?:embed|player)/(?:v\d/)?|v/)(?P<key>\d+)(?:\.html)?",
     "https://www.tiktok.com/@/video/{key}"),
    ("tiktok", r"(?:v[mt]\.tiktok\.com|(?:www\.)?tiktok\.com/t)/(?P<key>\w+)",
     "https://www.tiktok.com/t/{key}"),
    ("threads", r"(?:www\.)?threads\.(?:net|com)/@(?P<handle>[\w.]+)/post/(?P<key>[\w-]+)",
     "https://www.threads.com/@{handle}/post/{key}"),
    ("threads", r"(?:www\.)?threads\.(?:net|com)/t/(?P<key>[\w-]+)",
     "https://www.threads.com/t/{key}"),
    ("reddit", rf"{_REDDIT}comments/(?P<page>\w+)/[^/?#]+/(?P<item>\w+)",  # a comment is a post of its own
     "https://www.reddit.com/comments/{page}/_/{item}/", "{page}/{item}"),
    ("reddit", rf"{_REDDIT}(?:comments|gallery)/(?P<key>\w+)",
     "https://www.reddit.com/comments/{key}/"),
    ("reddit", r"(?:[\w-]+\.)?reddit\.com/(?P<page>(?:r|u|user)/[\w-]+)/s/(?P<key>\w+)",
     "https://www.reddit.com/{page}/s/{key}"),
    ("reddit", r"(?:www\.)?redd\.it/(?P<key>\w+)",
     "https://www.reddit.com/comments/{key}/"),
    ("youtube", rf"{_YOUTUBE}(?:-nocookie)?\.com/(?:embed|shorts|live|v|e)/(?!videoseries|live_stream|playlist)"
     r"(?P<key>[\w-]+)",
     "https://www.youtube.com/watch?v={key}"),
    ("youtube", rf"(?:(?:www|m)\.)?(?:youtu\.be/|{_YOUTUBE}\.com/watch\?(?:\S*&)?v=)(?P<key>[\w-]+)",
     "https://www.youtube.com/watch?v={key}"),
    ("vimeo", r"(?:(?:www|player)\.)?vimeo\.com/(?:video/|(?:channels|ondemand)/[\w-]+/|groups/[\w-]+/videos/"
     r"|(?:showcase|album)/\d+/video/)?(?P<key>\d+)",
     "https://vimeo.com/{key}"),
    ("vk", rf"{_VK}/(?:[^?#]*\?(?:\S*&)?[wz]=)?(?P<key>(?:wall|video|clip)-?\d+_\d+)",
     "https://vk.com/{key}"),
    ("vk", rf"{_VK}/video_ext\.php\?(?=\S*\boid=(?P<page>-?\d+))(?=\S*\bid=(?P<item>\d+))\S*",
     "https://vk.com/video{page}_{item}", "video{page}_{item}"),
    ("vk", rf"{_VK}/widget_post\.php\?(?=\S*\bowner_id=(?P<page>-?\d+))(?=\S*\bpost_id=(?P<item>\d+))\S*",
     "https://vk.com/wall{page}_{item}", "wall{page}_{item}"),
    ("truth", r"(?:www\.)?truthsocial\.com/(?:@|users/)(?P<handle>\w+)/(?:posts/|statuses/)?(?P<key>\d+)",
     "https://truthsocial.com/@{handle}/{key}"),
    ("mastodon", rf"{_HOST}/@(?P<handle>\w+(?:@[\w.-]+)?)/(?P<key>\d+)/embed",
     "https://{host}/@{handle}/{key}"),
    ("mastodon", rf"{_HOST}/(?:(?:web|deck)/)?@(?P<handle>\w+(?:@[\w.-]+)?)/(?P<key>\d{{15,}})",
     "https://{host}/@{handle}/{key}"),
    ("mastodon", rf"{_HOST}/(?:users/|@)(?P<handle>\w+)/statuses/(?P<key>\d+)",
     "https://{host}/@{handle}/{key}"),
    ("mastodon", rf"{_HOST}/@(?P<handle>\w+)/statuses/(?P<key>[0-9A-Z]{{26}})",
     "https://{host}/@{handle}/statuses/{key}"),
)  # fmt: skip
_PATTERNS = [
    (network, re.compile(rf"(?:https?:|at:)?//{shape}(?:[/?#&].*)?", re.IGNORECASE | re.DOTALL), form, "".join(key))
    for network, shape, form, *key in _SHAPES
]
_BEGINNING = re.compile(r"(?:https?:|at:)?//", re.IGNORECASE)  # of every shape
_ARCHIVED = re.compile(r"(?:https?:)?//web\.archive\.org/web/\d+(?:[a-z]{2}_)?/(?=https?://)")
_WRAPPERS = re.compile(  # addresses that hold the post's own in their query
    r"(?:https?:)?//(?:(?:[\w-]+\.)?facebook\.com/(?:plugins/|l\.php)|(?:cdn\.)?embedly\.com/|cdn\.iframe\.ly/"
    r"|(?:www\.)?twitframe\.com/show|publish\.(?:twitter|x)\.com/)[^?]*\?(?P<query>.*)",
    re.IGNORECASE | re.DOTALL,
)
_HELD_BY = ("href", "url", "u", "query", "src")


def read_address(url: str) -> Address | None:
    """What an address tells of a post; None where it is no post's."""
    url = _ARCHIVED.sub("", url.strip())
    if wrapped := _WRAPPERS.match(url):
        return next(filter(None, map(_read, _held(wrapped["query"]))), None)
    return _read(url)


def _read(url: str) -> Address | None:
    if not _BEGINNING.match(url):
        return None
    for network, pattern, form, key_form in _PATTERNS:
        if match := pattern.fullmatch(url):
            named = match.groupdict("")
            host, handle = named.get("host", ""), named.get("handle", "")
            key = key_form.format_map(named) or named["key"]
            if network == "telegram":  # names of channels are of any case
                key = key.lower()
            if host:  # ids of Mastodon are each server's own
                handle, key = handle if "@" in handle else f"{handle}@{host}", f"{host}/{key}"
            return Address(network, key, "" if handle.startswith("did:") else handle, form.format_map(named))
    return None


def _held(query: str) -> list[str]:
    """The addresses that a query holds."""
    try:
        fields = parse_qs(query)
    except ValueError:
        return []
    return [address for name in _HELD_BY for address in fields.get(name, [])]
