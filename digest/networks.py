"""The addresses of posts on social networks: which network, which post, whose.

One row a shape; the first that fits counts. Addresses are only read, never asked.
"""

import re
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit


class Address(NamedTuple):
    """What an address tells of a post."""

    network: str
    key: str = ""  # the network's own id
    handle: str = ""  # without the first @; empty where the address does not tell
    url: str = ""  # the post's address as the network writes it today


# network, shape of the address behind its scheme, address of the post
_SHAPES = (
    ("x", r"(?:(?:www|mobile)\.)?(?:twitter|x)\.com/i/(?:web/)?status/(?P<key>\d+)",
     "https://x.com/i/status/{key}"),
    ("x", r"(?:(?:www|mobile)\.)?(?:(?:fx|vx)?twitter|x|fixupx)\.com/(?P<handle>\w{1,30})/status(?:es)?/(?P<key>\d+)",
     "https://x.com/{handle}/status/{key}"),
    ("x", r"platform\.(?:twitter|x)\.com/embed/\S*[?&]id=(?P<key>\d+)",
     "https://x.com/i/status/{key}"),
    ("bluesky", r"bsky\.app/profile/(?P<handle>[\w.:-]+)/post/(?P<key>\w+)",
     "https://bsky.app/profile/{handle}/post/{key}"),
    ("bluesky", r"(?:embed\.bsky\.app/embed/)?(?P<handle>did:[\w.:-]+)/app\.bsky\.feed\.post/(?P<key>\w+)",
     "https://bsky.app/profile/{handle}/post/{key}"),
    ("telegram", r"(?:t|telegram)\.me/(?:s/)?(?!c/|joinchat/)(?P<key>(?P<handle>\w+)/\d+)",
     "https://t.me/{key}"),
    ("instagram", r"(?:www\.)?instagram\.com/(?:[\w.]+/)?(?:p|reels?|tv)/(?P<key>[\w-]+)",
     "https://www.instagram.com/p/{key}/"),
    ("facebook", r"(?:(?:www|m)\.)?facebook\.com/(?P<handle>[\w.]+)/(?P<kind>posts|videos)/(?:[\w.-]+/)?(?P<key>\w+)",
     "https://www.facebook.com/{handle}/{kind}/{key}"),
    ("facebook", r"(?:(?:www|m)\.)?facebook\.com/(?:permalink|story)\.php"
     r"\?(?=\S*\bid=(?P<page>\d+))(?:\S*&)?story_fbid=(?P<key>\w+)",
     "https://www.facebook.com/permalink.php?story_fbid={key}&id={page}"),
    ("facebook", r"(?:(?:www|m)\.)?facebook\.com/"
     r"(?:watch/?\?(?:\S*&)?v=|reel/)(?P<key>\d+)",
     "https://www.facebook.com/watch/?v={key}"),
    ("facebook", r"(?:(?:www|m)\.)?facebook\.com/photo(?:\.php|/)?\?(?:\S*&)?fbid=(?P<key>\d+)",
     "https://www.facebook.com/photo.php?fbid={key}"),
    ("facebook", r"(?:(?:www|m)\.)?facebook\.com/groups/(?P<page>[\w.]+)/(?:posts|permalink)/(?P<key>\d+)",
     "https://www.facebook.com/groups/{page}/posts/{key}/"),
    ("tiktok", r"(?:www\.)?tiktok\.com/@(?P<handle>[\w.]+)/video/(?P<key>\d+)",
     "https://www.tiktok.com/@{handle}/video/{key}"),
    ("tiktok", r"(?:www\.)?tiktok\.com/(?:embed|player)/(?:v\d/)?(?P<key>\d+)",
     "https://www.tiktok.com/@/video/{key}"),
    ("threads", r"(?:www\.)?threads\.(?:net|com)/@(?P<handle>[\w.]+)/post/(?P<key>[\w-]+)",
     "https://www.threads.com/@{handle}/post/{key}"),
    ("tiktok", r"(?:v[mt]\.tiktok\.com|(?:www\.)?tiktok\.com/t)/(?P<key>\w+)",
     "https://www.tiktok.com/t/{key}"),
    ("threads", r"(?:www\.)?threads\.(?:net|com)/t/(?P<key>[\w-]+)",
     "https://www.threads.com/t/{key}"),
    ("reddit", r"redd\.it/(?P<key>\w+)",
     "https://www.reddit.com/comments/{key}/"),
    ("reddit", r"(?:(?:www|old|embed)\.)?reddit(?:media)?\.com/(?:r/\w+/)?comments/(?P<key>\w+)",
     "https://www.reddit.com/comments/{key}/"),
    ("youtube", r"(?:(?:www|m)\.)?youtube(?:-nocookie)?\.com/(?:embed|shorts|live)/(?!videoseries)(?P<key>[\w-]+)",
     "https://www.youtube.com/watch?v={key}"),
    ("youtube", r"(?:(?:www|m)\.)?youtu(?:\.be/|be\.com/watch\?(?:\S*&)?v=)(?P<key>[\w-]+)",
     "https://www.youtube.com/watch?v={key}"),
    ("vimeo", r"(?:player\.)?vimeo\.com/(?:video/|channels/[\w-]+/|groups/[\w-]+/videos/)?(?P<key>\d+)",
     "https://vimeo.com/{key}"),
    ("vk", r"(?:(?:m\.)?vk\.(?:com|ru)|vkvideo\.ru)/(?:[^?#]*\?(?:\S*&)?[wz]=)?(?P<key>(?:wall|video|clip)-?\d+_\d+)",
     "https://vk.com/{key}"),
    ("truth", r"truthsocial\.com/@(?P<handle>\w+)/(?:posts/)?(?P<key>\d+)",
     "https://truthsocial.com/@{handle}/{key}"),
    ("mastodon", r"(?P<host>[\w.-]+(?::\d+)?)/@(?P<handle>\w+(?:@[\w.-]+)?)/(?P<key>\d+)/embed",
     "https://{host}/@{handle}/{key}"),
    ("mastodon", r"(?P<host>[\w.-]+(?::\d+)?)/(?:(?:web|deck)/)?@(?P<handle>\w+(?:@[\w.-]+)?)/(?P<key>\d{15,})",
     "https://{host}/@{handle}/{key}"),
    ("mastodon", r"(?P<host>[\w.-]+(?::\d+)?)/users/(?P<handle>\w+)/statuses/(?P<key>\d+)",
     "https://{host}/@{handle}/{key}"),
)  # fmt: skip
_PATTERNS = [
    (network, re.compile(rf"(?:https?:|at:)?//{shape}(?:[/?#&].*)?", re.IGNORECASE | re.DOTALL), form)
    for network, shape, form in _SHAPES
]


def read_address(url: str) -> Address | None:
    """What an address tells of a post; None where it is no post's."""
    url = url.strip()
    if "facebook.com/plugins/" in url:
        url = _plugged(url)
    for network, pattern, form in _PATTERNS:
        if match := pattern.fullmatch(url):
            named = match.groupdict("")
            host, handle, key = named.get("host", ""), named.get("handle", ""), named["key"]
            if host:  # ids of Mastodon are each server's own
                handle, key = handle if "@" in handle else f"{handle}@{host}", f"{host}/{key}"
            return Address(network, key, "" if handle.startswith("did:") else handle, form.format_map(named))
    return None


def _plugged(url: str) -> str:
    """The address that a Facebook frame shows."""
    try:
        return parse_qs(urlsplit(url).query).get("href", [""])[0]
    except ValueError:
        return ""
