"""The addresses of posts, in all the shapes that pages hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.networks import Address, read_address


@pytest.mark.parametrize(
    ("url", "network", "key", "handle", "address"),
    [
        ("https://twitter.com/jo_b/status/12?ref_src=x", "x", "12", "jo_b", "https://x.com/jo_b/status/12"),
        ("//mobile.x.com/jo/statuses/12/photo/1", "x", "12", "jo", "https://x.com/jo/status/12"),
        ("https://platform.twitter.com/embed/Tweet.html?dnt=1&id=12", "x", "12", "", "https://x.com/i/status/12"),
        ("https://bsky.app/profile/a.example.org/post/3lb", "bluesky", "3lb", "a.example.org", "https://bsky.app/profile/a.example.org/post/3lb"),
        ("at://did:plc:abc/app.bsky.feed.post/3lb", "bluesky", "3lb", "", "https://bsky.app/profile/did:plc:abc/post/3lb"),
        ("https://embed.bsky.app/embed/did:plc:abc/app.bsky.feed.post/3lb?id=1", "bluesky", "3lb", "", "https://bsky.app/profile/did:plc:abc/post/3lb"),
        ("https://t.me/s/canal/44?embed=1", "telegram", "canal/44", "canal", "https://t.me/canal/44"),
        ("https://www.instagram.com/anna/reel/Cx-1/?utm=1", "instagram", "Cx-1", "", "https://www.instagram.com/p/Cx-1/"),
        ("https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Ffacebook.com%2Fjo%2Fposts%2F9&w=5",
         "facebook", "9", "jo", "https://www.facebook.com/jo/posts/9"),
        ("https://www.tiktok.com/@jo.b/video/67", "tiktok", "67", "jo.b", "https://www.tiktok.com/@jo.b/video/67"),
        ("https://www.threads.net/@jo/post/C_1", "threads", "C_1", "jo", "https://www.threads.com/@jo/post/C_1"),
        ("https://old.reddit.com/r/news/comments/a1/title/", "reddit", "a1", "", "https://www.reddit.com/comments/a1/"),
        ("https://www.youtube-nocookie.com/embed/dQw?rel=0", "youtube", "dQw", "", "https://www.youtube.com/watch?v=dQw"),
        ("https://www.youtube.com/watch?t=1&v=dQw&x=1", "youtube", "dQw", "", "https://www.youtube.com/watch?v=dQw"),
        ("https://youtu.be/dQw", "youtube", "dQw", "", "https://www.youtube.com/watch?v=dQw"),
        ("https://player.vimeo.com/video/12", "vimeo", "12", "", "https://vimeo.com/12"),
        ("https://vk.com/wall-1_2", "vk", "wall-1_2", "", "https://vk.com/wall-1_2"),
        ("https://truthsocial.com/@jo/posts/5", "truth", "5", "jo", "https://truthsocial.com/@jo/5"),
        ("https://m.example/@a/1/embed", "mastodon", "m.example/1", "a@m.example", "https://m.example/@a/1"),
    ],
)  # fmt: skip
def test_a_post_by_its_address(url: str, network: str, key: str, handle: str, address: str) -> None:
    assert read_address(url) == Address(network, key, handle, address)


@pytest.mark.parametrize(
    "url",
    [
        "https://twitter.com.evil.example/jo/status/1",
        "https://twitter.com@evil.example/jo/status/1",
        "https://twitter.com/jo",
        "javascript://twitter.com/jo/status/1",
        "https://m.example/@a/1",
        "https://www.youtube.com/embed/videoseries?list=1",
        "https://www.facebook.com/plugins/post.php?href=javascript:alert(1)",
        "https://www.facebook.com/plugins/[",
        "",
    ],
)
def test_other_addresses_are_no_posts(url: str) -> None:
    assert read_address(url) is None


@given(st.text() | st.text().map("https://twitter.com/{}".format))
def test_any_text_is_an_address_or_none(url: str) -> None:
    read_address(url)


@pytest.mark.parametrize(
    ("url", "network", "key"),
    [
        ("https://x.com/i/status/12", "x", "12"),
        ("https://fxtwitter.com/ana_b/status/12", "x", "12"),
        ("https://relief.example.org/@amal/113527719900112233", "mastodon", "relief.example.org/113527719900112233"),
        (
            "https://relief.example.org/users/amal/statuses/113527719900112233",
            "mastodon",
            "relief.example.org/113527719900112233",
        ),
        ("https://www.threads.net/t/C1", "threads", "C1"),
        ("https://www.instagram.com/reels/Cx/", "instagram", "Cx"),
        ("https://www.facebook.com/permalink.php?story_fbid=99&id=5", "facebook", "99"),
        ("https://www.facebook.com/story.php?id=5&story_fbid=99", "facebook", "99"),
        ("https://www.facebook.com/watch/?v=77", "facebook", "77"),
        ("https://www.facebook.com/groups/9/posts/88/", "facebook", "88"),
        ("https://vk.com/group?w=wall-1_2", "vk", "wall-1_2"),
        ("https://vk.ru/video-1_2", "vk", "video-1_2"),
        ("https://vimeo.com/channels/staffpicks/123", "vimeo", "123"),
        ("https://vm.tiktok.com/ZM1/", "tiktok", "ZM1"),
        ("https://redd.it/a1", "reddit", "a1"),
    ],
)
def test_further_shapes(url: str, network: str, key: str) -> None:
    address = read_address(url)
    assert address is not None
    assert address[:2] == (network, key)
    again = read_address(address.url)
    assert again is not None
    assert again[:2] == (network, key)


@pytest.mark.parametrize("url", ["https://t.me/c/123/44", "https://relief.example.org/@amal/12", "https://vk.com/wall"])
def test_no_posts(url: str) -> None:
    assert read_address(url) is None
