import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.urls import absolute, canonical

PAGE = "https://example.org/world/story"


@pytest.mark.parametrize(
    "twin",
    [
        "http://example.org/world/story",
        "https://www.example.org/world/story",
        "HTTPS://WWW.Example.ORG/world/story",
        "https://m.example.org/world/story",
        "https://mobile.example.org/world/story",
        "https://amp.example.org/world/story",
        "https://www.m.example.org/world/story",
        "http://example.org:80/world/story",
        "https://example.org:443/world/story",
        "https://example.org./world/story",
        "https://reader:secret@example.org/world/story",
        "https://example.org/world/story/",
        "https://example.org/sport/../world/./story",
        "https://example.org/%77orld/story",
        "  https://example.org/world/story\n",
        "https://example.org/world/story#comments",
        "https://example.org/world/story?",
        "https://example.org/world/story?utm_source=rss&utm_medium=feed",
        "https://example.org/world/story?UTM_Source=rss",
        "https://example.org/world/story?at_medium=RSS&at_campaign=KARANGA",
        "https://example.org/world/story?mc_cid=1&mc_eid=2",
        "https://example.org/world/story?fbclid=1&gclid=2&igshid=3&msclkid=4",
        "https://example.org/world/story?pk_campaign=1&mtm_source=2",
        "https://example.org/world/story?ref_src=twsrc%5Etfw",
        "https://example.org/world/story?traffic_source=rss",
        "https://example.org/amp/world/story",
        "https://example.org/world/story/amp",
        "https://example.org/world/story/amp/",
        "https://example.org/world/story.amp",
        "https://example.org/world/story?amp=1",
        "https://example.org/world/story?amp",
        "https://www.google.com/amp/s/www.example.org/world/story.amp",
        "https://example-org.cdn.ampproject.org/c/s/example.org/world/story?amp=1",
    ],
)
def test_twins_of_a_page_have_its_key(twin: str):
    assert canonical(twin) == PAGE


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://example.org", "https://example.org"),
        ("https://example.org/?b=2&a=1&utm_id=3", "https://example.org?a=1&b=2"),
        ("https://example.org/watch?v=AbC", "https://example.org/watch?v=AbC"),
        ("https://example.org/?p=12&s=x&id=7&ref=home", "https://example.org?id=7&p=12&ref=home&s=x"),
        ("https://example.org/#!/story/7", "https://example.org#!/story/7"),
        ("https://example.org/app#/story/7", "https://example.org/app#/story/7"),
        ("https://example.org/Story", "https://example.org/Story"),
        ("https://example.org/a%2fb", "https://example.org/a%2Fb"),
        ("https://example.org/é?q=ü", "https://example.org/%C3%A9?q=%C3%BC"),
        ("https://bücher.example/x", "https://xn--bcher-kva.example/x"),
        ("https://example.org:8080/x", "https://example.org:8080/x"),
        ("https://example.org/story.amp.html", "https://example.org/story.html"),
        ("https://example.org/camp/lamp", "https://example.org/camp/lamp"),
        ("https://example.org/shop/amp/7", "https://example.org/shop/amp/7"),
        ("https://m.com/x", "https://m.com/x"),
        ("https://www.com", "https://www.com"),
        ("https://192.168.0.1/x", "https://192.168.0.1/x"),
        ("mailto:desk@example.org", ""),
        ("javascript:alert(1)", ""),
        ("/world/story", ""),
        ("https://", ""),
        ("https://exa mple.org", ""),
        ("http://..", ""),
        ("\ud800", ""),
        ("", ""),
    ],
)
def test_a_key_keeps_what_tells_pages_apart(url: str, key: str):
    assert canonical(url) == key


@pytest.mark.parametrize(
    ("url", "base", "full"),
    [
        ("/a b?x=1", "https://example.org/feed.xml", "https://example.org/a%20b?x=1"),
        ("story", "https://example.org/world/", "https://example.org/world/story"),
        ("../story", "https://example.org/world/x/", "https://example.org/world/story"),
        ("//cdn.example.org/x", "https://example.org/", "https://cdn.example.org/x"),
        ("?page=2", "https://example.org/world", "https://example.org/world?page=2"),
        ("https://example.com/x#part", "https://example.org", "https://example.com/x#part"),
        (" https://example.com/x\n", "", "https://example.com/x"),
        ("story", "", ""),
        ("", "https://example.org", ""),
        ("javascript:alert(1)", "https://example.org", ""),
        ("java\tscript:alert(1)", "https://example.org", ""),
        ("data:text/html,x", "https://example.org", ""),
        ("file:///etc/passwd", "https://example.org", ""),
        ("mailto:desk@example.org", "https://example.org", ""),
        ("http://[::1", "https://example.org", ""),
        ("story", "http://[::1", ""),
        ("story", "file:///srv/", ""),
    ],
)
def test_addresses_are_made_absolute(url: str, base: str, full: str):
    assert absolute(url, base) == full


PARTS = """http:// https:// www. m. google.com x.y cdn.ampproject.org/c/ /amp s/ .amp .html .. :80
a=1 utm_x=2 ? & / % %61 %2f #! #/ ü @ \\"""
FRAGMENTS = st.sampled_from([*PARTS.split(), " "])


@example("https://a.example/..amp")
@example("https://a.example/b/c/...amp")
@example("https://a.example/b/..amp/...amp.html")
@given(st.text() | st.lists(FRAGMENTS, max_size=12).map("".join))
def test_any_text_has_a_key_that_is_its_own_key(url: str):
    key = canonical(url)
    assert key.startswith("https://") or not key
    assert canonical(key) == key


@given(st.text(), st.text())
def test_any_text_is_a_safe_address_or_none(url: str, base: str):
    assert absolute(url, base).startswith(("https://", "http://", ""))


@pytest.mark.parametrize("base", ["https://me:secret@a.org/feed.xml", "https://${TOKEN}@a.org/feed.xml"])
def test_the_name_and_password_of_a_base_are_not_handed_on(base):
    assert absolute("/one", base) == "https://a.org/one"
    assert absolute("two@b", base) == "https://a.org/two@b"
    assert absolute("//c.org/three", base) == "https://c.org/three"
