"""How a server is asked, whatever it does: real connections, real bytes."""

import asyncio
import gzip
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from yarl import URL

from digest.shell.private import is_public, may_ask
from digest.shell.turns import Limits, Turns
from digest.shell.web import Request, Response, ask
from tests.server import Server, http, serving


@pytest.fixture(name="server")
def _server() -> Iterator[Server]:
    with serving() as server:
        yield server


def limits(server: Server, **other: object) -> Limits:
    given = {"timeout_seconds": 5.0, "max_bytes": 100_000, "per_host": 4, "allow_private": (server.host,)} | other
    return Limits(agent="digest/1 (+desk@example.org)", **given)


def get(server: Server, path: str, *, etag: str = "", modified: str = "", **other: object) -> Response:
    """What comes of asking for one path."""
    request = Request(id="x", url=path if "://" in path else server.url(path), etag=etag, modified=modified)
    (response,) = ask([request], limits(server, **other))
    return response


def test_a_body_comes_with_its_validators(server):
    server.answers["/feed"] = http(b"<rss/>", ETag='"one"', Last_Modified="Sun, 22 Nov 2026 10:00:00 GMT")
    assert get(server, "/feed") == Response(
        id="x", http=200, body=b"<rss/>", etag='"one"', modified="Sun, 22 Nov 2026 10:00:00 GMT"
    )


def test_we_say_who_asks_and_nothing_else(server, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    server.answers["/feed"] = http(b"<rss/>", Set_Cookie="id=1")
    get(server, "/feed")
    get(server, "/feed")
    asked = server.headers("/feed")[1]
    assert asked["user-agent"] == "digest/1 (+desk@example.org)"
    assert "cookie" not in asked and "authorization" not in asked and "referer" not in asked


def test_what_has_not_changed_is_not_sent_again(server):
    server.answers["/feed"] = lambda asked: (
        http(status="304 Not Modified", ETag='"one"') if asked.get("if-none-match") == '"one"' else http(b"<rss/>")
    )
    assert get(server, "/feed", etag='"one"').http == 304
    assert get(server, "/feed", etag='"old"').body == b"<rss/>"


def test_not_modified_without_a_condition_is_a_failure(server):
    server.answers["/feed"] = http(status="304 Not Modified")
    assert get(server, "/feed") == Response(id="x", http=304, reason="HTTP 304 Not Modified")


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("404 Nothing \x1b[31m here", "HTTP 404 Not Found"),
        ("410 Gone", "HTTP 410 Gone"),
        ("503 Sorry", "HTTP 503 Service Unavailable"),
        ("204 No Content", "HTTP 204 No Content"),
        ("206 Partial Content", "HTTP 206 Partial Content"),
        ("999 Whatever", "HTTP 999"),
    ],
)
def test_other_statuses_are_failures_in_our_own_words(server, status, reason):
    server.answers["/feed"] = http(b"", status=status, Retry_After="120")
    response = get(server, "/feed")
    assert (response.body, response.reason, response.retry_after) == (b"", reason, "120")


def test_a_packed_body_is_unpacked(server):
    server.answers["/feed"] = http(gzip.compress(b"<rss/>", mtime=0), Content_Encoding="gzip")
    assert get(server, "/feed").body == b"<rss/>"


def test_the_size_counts_unpacked(server):
    server.answers["/bomb"] = http(gzip.compress(b"0" * 50_000_000), Content_Encoding="gzip")
    assert get(server, "/bomb", max_bytes=1_048_576).reason == "larger than 1 MiB"


@pytest.mark.parametrize("packing", ["gzip, gzip", "br", "nonsense"])
def test_what_is_packed_otherwise_is_refused(server, packing):
    server.answers["/feed"] = http(gzip.compress(gzip.compress(b"<rss/>", mtime=0)), Content_Encoding=packing)
    assert get(server, "/feed").body == b""


@pytest.mark.parametrize(
    "body", [gzip.compress(b"<rss/>" * 99, mtime=0)[:-9], gzip.compress(b"<rss>", mtime=0) + b"more", b"<rss/>"]
)
def test_half_a_body_is_none(server, body):
    server.answers["/feed"] = http(body, Content_Encoding="gzip")
    response = get(server, "/feed")
    assert response.body == b"" and response.reason


async def _drip(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    for _ in range(200):
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.02)


async def _endless(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"x" * 65_536)
        await writer.drain()


async def _flood(writer: asyncio.StreamWriter) -> None:
    while not writer.is_closing():
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)
        await writer.drain()
        await asyncio.sleep(0)


async def _silence(writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(2)


@pytest.mark.parametrize("answer", [_drip, _flood, _silence])
def test_the_time_counts_in_all(server, answer):
    server.answers["/feed"] = answer
    assert get(server, "/feed", timeout_seconds=0.3).reason == "timed out after 0.3 s"


def test_an_endless_body_is_given_up(server):
    server.answers["/feed"] = _endless
    assert get(server, "/feed").reason.startswith("larger than")


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.9\r\n",
        b"<rss/>",
        b"HTTP/1.1 what\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<rss/>",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n<rss/>",
        b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nContent-Length: 7\r\n\r\n<rss/>",
        b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n<rss/>",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 20_000 + b"\r\n",
        b"HTTP/1.1 301 Moved\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 301 Moved\r\nLocation: http://[bad\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 301 Moved\r\nLocation: /\xff\xfe\r\nContent-Length: 0\r\n\r\n",
        CHUNKED + b"5\r\n<rss/\r\n",
        CHUNKED + b"zz\r\n<rss/>\r\n0\r\n\r\n",
        CHUNKED + b"8000000000000000\r\n<rss/>\r\n0\r\n\r\n",
    ],
)
def test_broken_answers_are_failures_with_a_reason(server, answer):
    server.answers["/feed"] = answer
    response = get(server, "/feed")
    assert response.body == b"" and response.reason
    assert response.reason.isprintable() and "127.0.0.1" not in response.reason


def test_nobody_listens():
    with serving() as server:
        pass
    assert get(server, "/feed").reason == "no connection"


def test_a_permanent_redirect_is_remembered(server):
    server.answers |= {"/old": http(status="301 Moved", Location="/new"), "/new": http(b"<rss/>")}
    response = get(server, "/old")
    assert (response.body, response.moved_to) == (b"<rss/>", server.url("/new"))


def test_behind_a_passing_redirect_nothing_is_permanent(server):
    server.answers |= {
        "/a": http(status="308 Moved", Location="/b"),
        "/b": http(status="302 Found", Location="/c"),
        "/c": http(status="301 Moved", Location="/d#top"),
        "/d": http(b"<rss/>"),
    }
    response = get(server, "/a")
    assert (response.body, response.moved_to) == (b"<rss/>", server.url("/b"))


def test_redirects_have_an_end(server):
    server.answers["/round"] = http(status="302 Found", Location="/round")
    assert get(server, "/round") == Response(id="x", http=302, reason="redirects more than 5 times")
    assert len(server.asked) == 6


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://example.org/", "data:,x", "javascript:1", "gopher://x"]
)
def test_a_redirect_stays_in_http(server, target):
    server.answers["/feed"] = http(status="302 Found", Location=target)
    assert get(server, "/feed") == Response(id="x", http=302, reason="redirects to no http address")


PRIVATE_HOSTS = [
    "127.0.0.1", "localhost", "0.0.0.0", "2130706433", "0177.0.0.1", "0x7f.0.0.1", "127.1", "[::1]", "[::]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "１２７.０.０.１",
    "user:pass@127.0.0.1", "127.0.0.1.", "10.0.0.1", "169.254.169.254",
    "100.64.0.1", "192.168.1.1", "[fe80::1]", "[fc00::1]", "224.0.0.1",
]  # fmt: skip


@pytest.mark.parametrize("host", PRIVATE_HOSTS)
def test_no_redirect_leads_to_a_private_address(server, host):
    with serving() as other:
        other.answers["/secret"] = http(b"<rss/>")
        location = f"http://{host}:{other.port}/secret".encode().decode("latin-1")
        server.answers["/feed"] = http(status="302 Found", Location=location)
        response = get(server, "/feed", timeout_seconds=1.0)
        assert response.body == b"" and response.reason
        assert other.asked == []
        assert get(server, f"http://{host}:{other.port}/secret", timeout_seconds=1.0).reason
        assert other.asked == []


def test_what_is_allowed_is_allowed_by_host_and_port(server):
    server.answers["/feed"] = http(b"<rss/>")
    refused = "a private address: if it is meant, name its host under fetch.allow_private"
    assert get(server, "/feed", allow_private=()).reason == refused
    assert get(server, "/feed", allow_private=(f"127.0.0.1:{server.port + 1}",)).reason == refused
    assert get(server, "/feed", allow_private=("127.0.0.1",)).body == b"<rss/>"
    by_name = f"http://localhost:{server.port}/feed"
    assert get(server, by_name, allow_private=(f"localhost:{server.port}",)).body == b"<rss/>"
    assert get(server, by_name, allow_private=("example.org",)).reason == refused


@pytest.mark.parametrize(
    ("address", "public"),
    [("93.184.215.14", True), ("2606:2800:21f:cb07::1", True), ("64:ff9b::5db8:d70e", True),
     ("2002:5db8:d70e::1", True), ("64:ff9b::a00:1", False),
     ("::ffff:10.0.0.1", False), ("fe80::1%eth0", False), ("198.18.0.1", False),
     ("64:ff9b:1::a00:1", False), ("2002:a00:1::", False), ("::10.0.0.1", False), ("::ffff:0:10.0.0.1", False),
     ("2001:0:a00:1::1", False), ("fec0::1", False), ("fd00::1", False), ("ff02::1", False)],
)  # fmt: skip
def test_the_open_network_and_the_rest(address, public):
    assert is_public(address) is public
    assert may_ask(address, "example.org", 443, ()) is public


def test_user_and_password_go_to_their_origin_only(server):
    with serving() as other:
        server.answers |= {
            "/feed": http(status="302 Found", Location="/same"),
            "/same": http(status="302 Found", Location=other.url("/other")),
        }
        other.answers["/other"] = http(b"<rss/>")
        address = server.url("/feed").replace("//", "//desk:s%C3%A9same@")
        assert get(server, address, allow_private=(server.host, other.host)).body == b"<rss/>"
        assert "authorization" not in other.headers("/other")[0]
    assert [headers["authorization"] for _, headers in server.asked] == ["Basic ZGVzazpzw6lzYW1l"] * 2


def test_a_host_is_not_asked_more_at_once_than_it_may(server):
    async def slowly(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.05)
        writer.write(http(b"<rss/>"))
        await writer.drain()

    server.answers["/feed"] = slowly
    requests = [Request(id=str(n), url=server.url("/feed")) for n in range(12)]
    responses = list(ask(requests, limits(server, per_host=3, timeout_seconds=0.15)))  # waiting for a turn is free
    assert sorted(response.id for response in responses) == sorted(request.id for request in requests)
    assert all(response.body for response in responses)
    assert server.most_at_once <= 3


def test_a_host_is_given_a_pause_unless_it_is_our_own(server):
    server.answers["/feed"] = http(b"<rss/>")
    began = time.monotonic()
    requests = [Request(id=str(n), url=server.url("/feed")) for n in range(3)]
    assert all(response.body for response in ask(requests, limits(server, per_host=1, pause_seconds=9.0)))
    assert time.monotonic() - began < 5

    async def take_turns() -> list[float]:
        turns = Turns(replace(limits(server, per_host=1), pause_seconds=0.1))
        taken = []
        for host in ("wire.example.org", "wire.example.org", "other.example.org"):
            async with turns.turn(URL(f"https://{host}/feed")):
                taken.append(time.monotonic() - began)
        return taken

    began = time.monotonic()
    first, second, other = asyncio.run(take_turns())
    assert second - first > 0.08 > other - second


def test_a_host_is_given_a_pause_also_after_other_questions_have_ended(server):
    async def take_turns(**other: bool) -> float:
        turns = Turns(replace(limits(server), pause_seconds=0.1, **other))
        began = asyncio.get_running_loop().time()
        async with turns.turn(URL("https://wire.example.org/feed")):
            return asyncio.get_running_loop().time() - began

    assert asyncio.run(take_turns()) < 0.08 < asyncio.run(take_turns(rests_first=True))


@pytest.mark.parametrize(("answer", "asked"), [(b"no http", 3), (http(status="429 Enough"), 1), (http(b"<rss/>"), 9)])
def test_a_host_that_fails_in_a_row_or_has_had_enough_is_given_up(server, answer, asked):
    server.answers["/feed"] = answer
    requests = [Request(id=str(n), url=server.url("/feed")) for n in range(9)]
    responses = list(ask(requests, limits(server, per_host=1, gives_up_after=3)))
    assert len(server.asked) == asked
    assert sum(response.reason.startswith("not asked") for response in responses) == 9 - asked


def test_a_redirect_may_be_the_answer(server):
    server.answers["/old"] = http(status="301 Moved", Location="new")
    [response] = ask([Request(id="a", url=server.url("/old"), follow=False)], limits(server))
    assert (response.http, response.redirect, response.reason) == (301, server.url("/new"), "")
    assert [path for path, _ in server.asked] == ["/old"]


def test_a_caller_may_stop_early(server):
    server.answers["/feed"] = _silence
    server.answers["/quick"] = http(b"<rss/>")
    requests = [Request(id="slow", url=server.url("/feed")), Request(id="quick", url=server.url("/quick"))]
    responses = ask(requests, limits(server))
    assert next(responses).id == "quick"
    responses.close()


def test_more_answers_than_are_in_hand_at_once(server):
    server.answers["/feed"] = http(b"<rss/>")
    requests = [Request(id=str(n), url=server.url("/feed")) for n in range(200)]
    assert len({response.id for response in ask(requests, limits(server))}) == 200


def test_asking_nothing_is_nothing(server):
    assert list(ask([], limits(server))) == []
