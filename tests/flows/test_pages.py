"""Sources with `full_text`: the page of an item whose feed gives a blurb only, within the manners of feeds."""

import asyncio
import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.errors import ConfigError
from digest.flows import pages
from digest.flows.forgotten import address_hash, handle_hash
from digest.flows.pages import is_blurb
from digest.inputs import page
from tests.flows.asking import asked, project
from tests.flows.test_fetch import HOUR, MONDAY, Desk
from tests.flows.test_forget import whole_site
from tests.server import Answer, http, serving

BLURB = "The ferry port of Ostermouth closes its older quay; ninety people lose their work."
SENTENCES = (
    "The ferry port of Ostermouth closes its older quay at the end of the month, its owners said on Monday.",
    "Ninety people who work on the quay lose their work, and forty more are asked to move to the newer one.",
    "The harbour master, who had warned of cracks in the wall since spring, said that nobody had listened to him.",
    "Lorries that are bound for the islands will have to wait until the tide lets them over the northern ramp.",
    "A vote of the town council on the matter is set for Thursday, and the unions have called for a march.",
)
CONSENT = (
    "We and our 812 partners store cookies on your device and read what stands in them, to know you better.",
    "With your consent we share such data with advertisers, who may combine them with what you told others.",
    "You can change your mind whenever you like in your privacy settings, which you find under your profile.",
)
POST = (
    '<blockquote class="twitter-tweet"><p>Nobody has asked us about the quay.</p>&mdash; Dock Union (@dock_union) '
    '<a href="https://twitter.com/dock_union/status/99887766">November 22, 2026</a></blockquote>'
)
FRAME = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/sport'>Sport</a></li></ul></nav>"

needs_reader = pytest.mark.skipif(not page.is_installed(), reason="the extra [fulltext] is not installed")


def feed(*items: tuple[str, str], text: str = BLURB, title: str = "Ferry port closes its older quay") -> bytes:
    """A feed with items of these ids and addresses."""
    listed = "".join(
        f"<item><guid>{id}</guid><title>{title}</title><link>{url}</link><description>{text}</description></item>"
        for id, url in items
    )
    return f"<rss version='2.0'><channel><title>Tide</title>{listed}</channel></rss>".encode()


def article(*, head: str = "", inside: str = "", sentences: tuple[str, ...] = SENTENCES) -> bytes:
    """A page as outlets have them: an article in a frame of links."""
    text = "".join(f"<p>{sentence}</p>" for sentence in sentences[:3])
    rest = "".join(f"<p>{sentence}</p>" for sentence in sentences[3:])
    return (
        f"<!doctype html><html><head><title>Ferry port closes its older quay</title>{head}</head><body>{FRAME}"
        f"<main><article><h1>Ferry port closes its older quay</h1>{text}{inside}{rest}</article></main>"
        f"<footer><p>All rights reserved. Imprint. Contact.</p></footer></body></html>"
    ).encode()


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Iterator[Desk]:
    with serving() as server:
        desk = Desk(tmp_path, server)
        desk.source("tide", full_text=True)
        yield desk


def fetched(desk: Desk, answer: Answer, *, at: int = MONDAY, **other: str) -> dict:
    """What the log holds of the page of one item."""
    desk.server.answers |= {"/tide": http(feed(("a", desk.server.url("/a")))), "/a": answer}
    desk.run(at, **other)
    return desk.lines("tide")[-1]["page"]


@needs_reader
def test_the_article_on_the_page_is_kept_beside_the_feeds_own_words(desk: Desk):
    held = fetched(desk, http(article(), ETag='"one"'))
    [line] = desk.lines("tide")
    assert line["html"] == BLURB
    assert all(sentence in held["html"] for sentence in SENTENCES)
    assert "Sport" not in held["html"] and "Imprint" not in held["html"]
    assert (held["reason"], held["etag"], held["modified"]) == (None, '"one"', None)
    assert [path for path, _ in desk.server.asked] == ["/tide", "/robots.txt", "/a"]
    assert desk.server.headers("/a")[0]["accept"].startswith("text/html")
    assert desk.server.headers("/a")[0]["user-agent"] == "digest/0.1.0 (+desk@example.org)"


@needs_reader
def test_a_page_is_asked_once_for_each_version_of_its_item(desk: Desk):
    desk.server.answers["/a"] = lambda asked: (
        http(status="304 Not Modified") if "if-none-match" in asked else http(article(), ETag='"one"')
    )
    for at, title in enumerate(("Quay closes", "Quay closes", "Quay closes, corrected")):
        desk.server.answers["/tide"] = http(feed(("a", desk.server.url("/a")), title=title) + b" " * at)
        desk.run(MONDAY + at * HOUR)
    first, second = desk.lines("tide")
    assert (first["title"], second["title"]) == ("Quay closes", "Quay closes, corrected")
    assert second["page"] == first["page"]
    assert [headers.get("if-none-match") for headers in desk.server.headers("/a")] == [None, '"one"']


@needs_reader
def test_no_page_is_asked_where_the_feed_gives_the_text_or_the_source_does_not_want_it(desk: Desk):
    desk.source("wire")
    long = " ".join(SENTENCES * 3)
    desk.server.answers |= {
        "/tide": http(feed(("a", desk.server.url("/a")), text=long)),
        "/wire": http(feed(("a", desk.server.url("/a")))),
        "/a": http(article()),
    }
    desk.run()
    assert [path for path, _ in desk.server.asked if path not in ("/tide", "/wire")] == []
    assert all("page" not in desk.lines(id)[0] for id in ("tide", "wire"))


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("", True),
        (BLURB, True),
        (" ".join(SENTENCES * 3), False),
        (" ".join(SENTENCES * 3) + " and then the […] The post Quay first appeared on Tide.", True),
        (" ".join(SENTENCES * 3) + " and then …", True),
        ("Wait … " + " ".join(SENTENCES * 3), False),
    ],
)
def test_what_a_blurb_is(text: str, is_one: bool):
    assert is_blurb(text) is is_one


@needs_reader
@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (http(status="404 Not Found"), "HTTP 404 Not Found"),
        (http(status="500 Oops"), "HTTP 500 Internal Server Error"),
        (b"SSH-2.0-OpenSSH_9.9\r\n", "not an answer in HTTP"),
        (http(b""), "an empty answer"),
        (http(b"x" * 2_000_000), "larger than 1 MiB"),
        (http(status="302 Found", Location="http://169.254.169.254/latest"), "a private address: if it is meant"),
        (http(status="302 Found", Location="file:///etc/passwd"), "redirects to no http address"),
        (http(status="302 Found", Location="/a"), "redirects more than 5 times"),
        (http(b"%PDF-1.7 \x00\x01\x02\x00\x00"), "not a text"),
        (http(b"<html><body></body></html>"), "it holds no article"),
        (http(b"<html><body>" + b"<div>" * 60_000 + b"deep"), ""),
        (http(article(sentences=CONSENT)), "it holds another text"),
        (http(article(head='<meta name="robots" content="index, NoArchive">')), "it says noarchive"),
        (http(article(head='<META CONTENT="none" NAME="ROBOTS">')), "it says none"),
        (http(article(head='<meta name="digest" content="noindex">')), "it says noindex"),
        (http(article(), X_Robots_Tag="max-snippet: -1, noarchive"), "it says noarchive"),
        (http(article(), X_Robots_Tag="digest: nosnippet"), "it says nosnippet"),
    ],
)  # fmt: skip
def test_what_cannot_or_must_not_be_kept_is_told_and_the_item_stays(desk: Desk, answer: Answer, reason: str):
    desk.set(max_mebibytes=1.0)
    held = fetched(desk, answer)
    [line] = desk.lines("tide")
    assert (line["html"], held["html"]) == (BLURB, None)
    assert held["reason"] and held["reason"].startswith(reason)
    [run] = desk.lines("runs")
    assert run["sources"]["tide"]["status"] == "ok"
    assert run["sources"]["tide"]["reason"].startswith("1 of 1 page not kept: ")


@needs_reader
@pytest.mark.parametrize("header", ["googlebot: noarchive", "index, follow", "otherbot: noindex, noarchive"])
def test_what_a_page_says_to_others_is_not_said_to_us(desk: Desk, header: str):
    held = fetched(desk, http(article(head='<meta name="googlebot" content="noarchive">'), X_Robots_Tag=header))
    assert held["reason"] is None


@needs_reader
def test_what_holds_no_more_than_the_feed_is_no_fault(desk: Desk):
    held = fetched(desk, http(article(sentences=(BLURB,))))
    assert (held["html"], held["reason"]) == (None, None)
    assert desk.lines("runs")[0]["sources"]["tide"]["reason"] is None


@needs_reader
def test_robots_txt_is_heeded_at_every_redirect_and_asked_once(desk: Desk):
    with serving() as other:
        desk.set(allow_private=(desk.server.host, other.host))
        desk.server.answers |= {
            "/robots.txt": http(b"User-agent: *\nDisallow: /private/\n"),
            "/tide": http(
                feed(
                    ("a", desk.server.url("/private/a")),
                    ("b", desk.server.url("/b")),
                    ("c", desk.server.url("/c")),
                    ("d", desk.server.url("/d")),
                )
            ),
            "/b": http(status="302 Found", Location="/private/b"),
            "/c": http(status="301 Moved", Location=other.url("/closed/c")),
            "/d": http(status="301 Moved", Location=other.url("/d")),
        }
        other.answers |= {"/robots.txt": http(b"User-agent: digest\nDisallow: /closed\n"), "/d": http(article())}
        desk.run()
        assert [path for path, _ in other.asked] == ["/robots.txt", "/d"]
    assert sorted(path for path, _ in desk.server.asked) == ["/b", "/c", "/d", "/robots.txt", "/tide"]
    held = [line["page"] for line in desk.lines("tide")]
    assert [one["reason"] for one in held[:3]] == ["its site's robots.txt wants no program there"] * 3
    assert SENTENCES[0] in held[3]["html"]


@needs_reader
@pytest.mark.parametrize("robots", [http(status="503 Sorry"), http(status="429 Slow down"), b"not http\r\n\r\n"])
def test_where_robots_txt_cannot_be_read_nothing_is_asked(desk: Desk, robots: bytes):
    desk.server.answers["/robots.txt"] = robots
    assert fetched(desk, http(article()))["reason"].startswith("not asked, for its site's robots.txt cannot be read")
    assert desk.server.headers("/a") == []


@needs_reader
def test_a_host_that_fails_or_has_had_enough_is_left_alone(desk: Desk):
    async def silence(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(20)

    desk.source("eager", full_text=True)
    desk.set(timeout_seconds=0.3, per_host=1)
    items = [(f"{n}", desk.server.url(f"/slow/{n}")) for n in range(30)]
    desk.server.answers |= {"/tide": http(feed(*items)), **{f"/slow/{n}": silence for n in range(30)}}
    desk.run()
    assert sum(path.startswith("/slow") for path, _ in desk.server.asked) == pages.GIVES_UP_AFTER
    reasons = [line["page"]["reason"] for line in desk.lines("tide")]
    assert (len(reasons), reasons.count("timed out after 0.3 s")) == (30, 3)
    items = [(f"{n}", desk.server.url(f"/busy/{n}")) for n in range(30)]
    desk.server.answers |= {
        "/eager": http(feed(*items)),
        **{f"/busy/{n}": http(status="429 Too Many Requests") for n in range(30)},
    }
    desk.run(MONDAY + HOUR, only=("eager",))
    assert sum(path.startswith("/busy") for path, _ in desk.server.asked) == 1


@needs_reader
def test_a_host_that_takes_its_time_has_only_so_much_of_it_and_the_rest_is_asked_in_the_next_run(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    async def slow(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.2)
        writer.write(http(article()))

    async def slow_redirect(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.2)
        writer.write(http(status="302 Found", Location="/slow/0"))

    monkeypatch.setattr(pages, "HOST_SECONDS", 0.7)
    desk.set(per_host=1)
    many = range(6)
    desk.server.answers |= {
        "/tide": unchanged(desk, *((f"{n}", desk.server.url(f"/slow/{n}")) for n in many)),
        **{f"/slow/{n}": slow_redirect if n == 5 else slow for n in many},
    }
    desk.run()
    assert sum(path.startswith("/slow") for path, _ in desk.server.asked) == 4
    desk.run(MONDAY + HOUR)
    assert sum(path.startswith("/slow") for path, _ in desk.server.asked) in (6, 7)
    assert {line["uid"] for line in desk.lines("tide") if line["page"]["html"]} >= set("01234")


@needs_reader
def test_a_source_is_settled_as_soon_as_its_own_pages_are_in(desk: Desk):
    stood = []

    async def slow(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.5)
        stood.append(len(desk.lines("gulf")))
        writer.write(http(article()))

    desk.source("gulf", full_text=True)
    desk.set(per_host=1)
    with serving() as other:
        slow_host = f"localhost:{other.port}"  # for us another one, with turns of its own
        desk.set(allow_private=(desk.server.host, slow_host))
        desk.server.answers |= {"/gulf": http(feed(("a", desk.server.url("/a")))), "/a": http(article())}
        desk.server.answers["/tide"] = http(feed(*((f"{n}", f"http://{slow_host}/{n}") for n in range(3))))
        other.answers |= {f"/{n}": slow for n in range(3)}
        desk.run()
    assert stood[-1] == 1
    assert len(desk.lines("tide")) == 3


@needs_reader
def test_a_page_that_cannot_be_read_is_read_once_for_all_its_items_and_ends_none_but_its_source(desk: Desk):
    desk.source("gulf", full_text=True)
    burning = http(b"<html><p " + b" ".join(b"a%d" % n for n in range(100_000)) + b">")
    items = [(f"{n}", desk.server.url("/a")) for n in range(9)]
    desk.server.answers |= {"/tide": http(feed(*items)), "/a": burning}
    desk.server.answers |= {"/gulf": http(feed(("b", desk.server.url("/b")))), "/b": http(article())}
    began = time.monotonic()
    desk.run()
    assert time.monotonic() - began < 9 * 8  # seconds, that a worker has for each page
    assert {line["page"]["reason"].partition(" ")[0] for line in desk.lines("tide")} == {"took"}
    assert SENTENCES[0] in desk.lines("gulf")[0]["page"]["html"]


def unchanged(desk: Desk, *items: tuple[str, str]) -> Answer:
    """A feed that is sent once, and is not modified from then on."""
    return lambda asked: (
        http(status="304 Not Modified") if "if-none-match" in asked else http(feed(*items), ETag='"one"')
    )


@needs_reader
@pytest.mark.parametrize("fault", [http(status="503 Sorry"), b"SSH-2.0\r\n", http(article())[:-99]])
def test_a_page_that_failed_for_a_moment_is_asked_again_though_the_feed_stands_still(desk: Desk, fault: bytes):
    desk.server.answers |= {"/tide": unchanged(desk, ("a", desk.server.url("/a"))), "/a": fault}
    assert desk.run().new == 1
    desk.server.answers["/a"] = http(article())
    report = desk.run(MONDAY + HOUR)
    first, second = desk.lines("tide")
    assert (first["page"]["html"], first["page"]["failures"]) == (None, 1)
    assert SENTENCES[0] in second["page"]["html"]
    assert (second["title"], second["seen_at"], report.new) == (first["title"], MONDAY + HOUR, 0)
    desk.run(MONDAY + 2 * HOUR)
    assert len(desk.server.headers("/a")) == len(desk.lines("tide")) == 2


@needs_reader
def test_a_page_that_goes_on_failing_is_asked_three_times_more(desk: Desk):
    desk.server.answers |= {
        "/tide": unchanged(desk, ("a", desk.server.url("/a"))),
        "/a": http(status="500 Oops"),
    }
    for hours in range(6):
        desk.run(MONDAY + hours * HOUR)
        if hours == pages.MOST_AGAIN + 1:
            shutil.rmtree(desk.root / ".digest")  # a cache: how often it failed stands in the log
    assert len(desk.server.headers("/a")) == 1 + pages.MOST_AGAIN
    assert [line["page"]["failures"] for line in desk.lines("tide")] == [1, 2, 3, 4]
    said = [run["sources"]["tide"]["reason"] for run in desk.lines("runs")]
    assert said == ["1 of 1 page not kept: HTTP 500 Internal Server Error"] * 4 + [None] * 2


@needs_reader
@pytest.mark.parametrize("answer", [http(status="404 Not Found"), http(article(), X_Robots_Tag="noarchive")])
def test_a_page_that_failed_for_good_is_not_asked_again(desk: Desk, answer: Answer):
    fetched(desk, answer)
    desk.server.answers["/tide"] = http(feed(("a", desk.server.url("/a"))) + b" ")
    desk.run(MONDAY + HOUR)
    assert len(desk.server.headers("/a")) == len(desk.lines("tide")) == 1


@needs_reader
def test_what_is_forgotten_meanwhile_is_not_asked_again(desk: Desk):
    fetched(desk, http(status="503 Sorry"))
    stone = {"kind": "address", "hash": address_hash(desk.server.url("/a")), "date": "2026-11-23"}
    (desk.root / "content" / "forgotten.jsonl").write_text(json.dumps(stone))
    desk.run(MONDAY + HOUR)
    assert len(desk.server.headers("/a")) == len(desk.lines("tide")) == 1


@needs_reader
def test_a_feed_cannot_have_us_ask_without_end(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pages, "MOST_PAGES", 3)
    desk.server.answers["/tide"] = http(feed(*((f"{n}", desk.server.url(f"/{n}")) for n in range(9))))
    desk.run()
    assert len(desk.server.asked) == 1 + 1 + 3
    assert sum("more than 3 new ones" in line["page"]["reason"] for line in desk.lines("tide")) == 6


@needs_reader
def test_two_items_of_one_address_are_one_question(desk: Desk):
    desk.source("gulf", full_text=True)
    for id in ("tide", "gulf"):
        desk.server.answers[f"/{id}"] = http(feed(("a", desk.server.url("/a"))))
    desk.server.answers["/a"] = http(article())
    desk.run()
    assert len(desk.server.headers("/a")) == 1
    assert desk.lines("tide")[0]["page"] == desk.lines("gulf")[0]["page"]


@needs_reader
def test_links_are_made_whole_and_embedded_posts_stay_what_they_are(desk: Desk):
    widget = f'<div class="social-media-embed"><div>{POST}</div></div>'
    inside = f'<p>The owners have <a href="../statement">said why</a> they close it in the autumn.</p>{widget}'
    held = fetched(desk, http(article(inside=inside)))
    assert f'href="{desk.server.url("/statement")}"' in held["html"]
    assert '<blockquote class="twitter-tweet">' in held["html"]


@needs_reader
def test_what_is_forgotten_is_not_logged_again(desk: Desk):
    stone = {"kind": "handle", "hash": handle_hash("dock_union"), "date": "2026-11-23"}
    (desk.root / "content").mkdir()
    (desk.root / "content" / "forgotten.jsonl").write_text(json.dumps(stone))
    held = fetched(desk, http(article(inside=POST)))
    assert SENTENCES[4] in held["html"]
    assert "dock_union" not in desk.everything()


@needs_reader
def test_the_log_may_keep_an_extract_of_a_page_too(desk: Desk):
    desk.set(keep="extract")
    held = fetched(desk, http(article(sentences=SENTENCES * 4)))
    assert 900 < len(held["html"]) <= 1_000
    assert held["html"].startswith(SENTENCES[0])


@needs_reader
def test_a_build_shows_what_the_page_held_without_asking_anybody(tmp_path: Path):
    with serving() as server:
        server.answers |= {
            "/tide": http(feed(("a", server.url("/a")), ("b", server.url("/b")), title="Ferry port closes")),
            "/a": http(article(inside=POST)),
            "/b": http(article(), X_Robots_Tag="noarchive"),
        }
        settings = f'[site]\nbase_url = "https://example.org/"\n[feeds]\nshow = "full"\n[fetch]\nallow_private = ["{server.host}"]\n'
        source = f'[[source]]\nid = "tide"\nname = "Tide"\nurl = "{server.url("/tide")}"\nfull_text = true\n'
        root = project(tmp_path, {"digest.toml": settings, "sources.toml": source})
        asked(root, "build", "--fetch")
    site = whole_site(root)
    assert SENTENCES[2] in site
    assert "Nobody has asked us about the quay." in site
    items = json.loads((root / ".digest/report.json").read_text())["items"]
    assert sum("page not kept: it says noarchive" in item["flaws"] for item in items) == 1
    before = {path: path.read_bytes() for path in (root / "site").rglob("*.html")}
    asked(root, "build", "--clean")
    assert {path: path.read_bytes() for path in (root / "site").rglob("*.html")} == before


def test_without_the_extra_a_run_says_what_to_do_and_asks_nobody(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(page, "LIBRARY", "not_installed_anywhere")
    with pytest.raises(ConfigError, match=r"tide: .*pip install 'digest-briefing\[fulltext\]'"):
        desk.run()
    assert desk.server.asked == []
    assert not (desk.root / "content").exists()
