"""What real servers do wrong, as a table: the path, what it answers, and what a good reader makes of it."""

import asyncio
import gzip
import socket
import struct
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from tests.server import Answer, Headers, Server, http

PAUSE = 0.05  # seconds between two drops of a slow answer
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
TITLE = "Trêve à Tal Rihan"
PAGE = b"<!doctype html><html><head><title>Log in</title>%s</head><body><form></form></body></html>"
BOMB = b"""<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">%s]><rss version="2.0"><channel><title>b</title>
<item><title>&z;</title></item></channel></rss>""" % b"".join(
    b'<!ENTITY %c "%s">' % (at, b"&%c;" % (at - 1) * 30) for at in range(ord("b"), ord("z") + 1)
)


@dataclass(frozen=True)
class Case:
    """A path, what it answers, what becomes of it in a run, and in the next one."""

    path: str
    answer: Answer
    becomes: Literal["read", "refused", "either"] = "refused"
    again: Literal["", "conditional", "not asked", "no cookie"] = ""
    most_asked: int = 10  # times, in both runs


def feed(id: str, title: str = TITLE, text: str = "Monitors.", head: str = "") -> bytes:
    """A feed with one item."""
    return f"""<?xml version="1.0" encoding="utf-8"?>{head}<rss version="2.0"><channel><title>Wire</title><item>
<guid>{id}</guid><title>{title}</title><link>https://example.org/{id}</link><description>{text}</description>
</item></channel></rss>""".encode()


# -- answers that take their time, or never end --------------------------------------------------------------------


async def _send(writer: asyncio.StreamWriter, start: bytes, drop: bytes, pause: float = 0) -> None:
    """A start, and then the same for ever."""
    writer.write(start)
    while not writer.is_closing():
        writer.write(drop)
        await writer.drain()
        await asyncio.sleep(pause)


async def _silence(writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(20)


async def _reset(start: bytes, writer: asyncio.StreamWriter) -> None:
    """The connection is torn down, not closed."""
    writer.write(start)
    await writer.drain()
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


def _for_ever(start: bytes, drop: bytes, pause: float = 0) -> Callable[[asyncio.StreamWriter], Awaitable[None]]:
    async def answer(writer: asyncio.StreamWriter) -> None:
        await _send(writer, start, drop, pause)

    return answer


def _torn(start: bytes) -> Callable[[asyncio.StreamWriter], Awaitable[None]]:
    async def answer(writer: asyncio.StreamWriter) -> None:
        await _reset(start, writer)

    return answer


async def _slow_redirect(writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(0.6)
    writer.write(http(status="302 Found", Location="/redirect-slow"))
    await writer.drain()


# -- answers that depend on what they were asked, or on how often ----------------------------------------------------


def _conditional(header: str, id: str, **given: str) -> Callable[[Headers], bytes]:
    def answer(asked: Headers) -> bytes:
        return http(status="304 Not Modified", **given) if header in asked else http(feed(id), **given)

    return answer


def _in_turn(*answers: bytes) -> Callable[[Headers], bytes]:
    """One after the other; the last one for ever."""
    left = list(answers)
    return lambda asked: left.pop(0) if len(left) > 1 else left[0]


def _to(location: str) -> bytes:
    return http(status="302 Found", Location=location.encode().decode("latin-1"))


def _packed(body: bytes, encoding: str) -> bytes:
    return http(body, Content_Encoding=encoding)


# -- the table -----------------------------------------------------------------------------------------------------


def cases(server: Server, canary: Server) -> list[Case]:
    """Every way to go wrong, for a server, and another one which nobody is to ask."""
    there = canary.url("/canary")
    return [
        *_caches(),
        *_times(),
        *_sizes(),
        *_redirects(canary),
        *_contents(there),
        *_statuses(),
        *_broken(),
        *_turns(),
    ]


def _caches() -> list[Case]:
    changing = (http(feed("etag-changes"), ETag=f'"{n}"') for n in range(9))
    return [
        Case("/good", http(feed("good")), "read"),
        Case("/etag", _conditional("if-none-match", "etag", ETag='"one"'), "read", "conditional"),
        Case(
            "/lastmod",
            _conditional("if-modified-since", "lastmod", Last_Modified="Sun, 22 Nov 2026 10:00:00 GMT"),
            "read",
            "conditional",
        ),
        Case("/etag-changes", _in_turn(*changing), "read"),
        Case("/304-without-cache", http(status="304 Not Modified")),
        Case("/304-then-new", _conditional("if-none-match", "304-then-new", ETag='"x"'), "read"),
    ]


def _times() -> list[Case]:
    return [
        Case("/slow-headers", _for_ever(OK, b"X: y\r\n", PAUSE)),
        Case("/slow-body", _for_ever(OK + b"\r\n<rss>", b" ", PAUSE)),
        Case("/silent", _silence),
        Case("/100-flood", _for_ever(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 20, PAUSE / 5)),
        Case("/redirect-slow", _slow_redirect),
    ]


def _sizes() -> list[Case]:
    twice = gzip.compress(gzip.compress(feed("twice")))
    return [
        Case("/endless", _for_ever(OK + b"\r\n<rss>", b"x" * 65_536)),
        Case("/endless-headers", _for_ever(OK, b"X: y\r\n" * 500)),
        Case("/long-header-line", _for_ever(OK + b"X: ", b"y" * 4_096)),
        Case("/gzip-bomb", _packed(gzip.compress(b" " * 30_000_000), "gzip")),
        Case("/gzip-bomb-nested", _packed(gzip.compress(gzip.compress(b" " * 9_000_000)), "gzip, gzip")),
        Case("/gzip-twice", _packed(twice, "gzip, gzip")),
        Case("/gzip-truncated", _packed(gzip.compress(feed("truncated") * 9)[:-9], "gzip")),
        Case("/gzip-lies", _packed(feed("gzip-lies"), "gzip")),
        Case("/gzip-unasked", _packed(gzip.compress(feed("gzip-unasked")), "gzip"), "either"),
        Case("/gzip-good", _packed(gzip.compress(feed("gzip-good")), "gzip"), "read"),
        Case("/br-unasked", _packed(b"\x0b\x02\x80<rss/>\x03", "br")),
        Case("/xml-bomb", http(BOMB)),
    ]


def _redirects(canary: Server) -> list[Case]:
    hosts = {
        "name": "localhost", "any": "0.0.0.0", "dec": "2130706433", "oct": "0177.0.0.1", "hex": "0x7f.1",
        "short": "127.1", "v6": "[::1]", "v4in6": "[::ffff:127.0.0.1]", "userinfo": "user:pass@127.0.0.1",
        "fullwidth": "１２７.０.０.１", "plain": "127.0.0.1",
    }  # fmt: skip
    elsewhere = {
        "file": "file:///etc/passwd", "file-rel": "file:etc/passwd", "ftp": "ftp://example.org/", "data": "data:,x",
        "gopher": "gopher://127.0.0.1/", "js": "javascript:alert(1)", "metadata": "http://169.254.169.254/latest/",
        "private": "http://10.0.0.1/", "empty": "", "bad": "http://[::",
        "crlf": f"http://127.0.0.1:{canary.port}/%0d%0aX:%20y", "backslash": f"http:\\\\127.0.0.1:{canary.port}\\x",
        "relative": f"//127.0.0.1:{canary.port}/x", "space": f" http://127.0.0.1:{canary.port}/x y",
    }  # fmt: skip
    return [
        Case("/redirect-ok", _to("/good"), "read"),
        Case("/redirect-301", http(status="301 Moved", Location="/good"), "read"),
        Case("/redirect-loop", _to("/redirect-loop"), most_asked=25),
        *(Case(f"/redirect-chain{n or ''}", _to(f"/redirect-chain{n + 1}"), most_asked=50) for n in range(15)),
        Case("/redirect-nowhere", http(status="302 Found")),
        *(Case(f"/redirect-{name}", _to(location)) for name, location in elsewhere.items()),
        *(Case(f"/redirect-canary-{name}", _to(f"http://{host}:{canary.port}/x")) for name, host in hosts.items()),
    ]


def _contents(there: str) -> list[Case]:
    refresh = f'<meta http-equiv="refresh" content="0;url={there}">'.encode()
    alternate = f'<link rel="alternate" type="application/rss+xml" href="{there}">'.encode()
    entity = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{there}">]>'
    pictures = f"&lt;img src='{there}'&gt;"
    bare = {"url": there, "feed-url": f"feed:{there}", "feed-http": there.replace("http:", "feed:"),
            "path": "/etc/passwd", "file-url": "file:///etc/passwd"}  # fmt: skip
    return [
        Case("/meta-refresh", http(PAGE % refresh, Content_Type="text/html")),
        Case("/discovery", http(PAGE % alternate, Content_Type="text/html")),
        Case("/html-login", http(PAGE % b"", Content_Type="text/html")),
        Case("/html-as-xml", http(PAGE % b"", Content_Type="application/rss+xml")),
        Case("/wrong-ctype", http(feed("wrong-ctype"), Content_Type="application/octet-stream"), "read"),
        Case("/charset-mismatch", http(feed("mismatch"), Content_Type="text/xml; charset=iso-8859-1"), "read"),
        Case("/charset-bogus", http(feed("bogus"), Content_Type="text/xml; charset=klingon"), "read"),
        Case("/xxe", http(feed("xxe", text="&x;", head=entity)), "either"),
        Case("/images", http(feed("images", text=pictures)), "read"),
        Case("/empty", http(b"")),
        *(Case(f"/body-is-{name}", http(body.encode())) for name, body in bare.items()),
    ]


def _statuses() -> list[Case]:
    codes = (204, 400, 401, 403, 404, 418, 451, 500, 502, 999)
    waits = {"429": "3600", "503-date": "Mon, 23 Nov 2026 08:00:00 GMT", "429-huge": "1" + "0" * 12}
    return [
        *(Case(f"/{code}", http(feed("status"), status=f"{code} \x1b[31mNo")) for code in codes),
        Case("/206", http(feed("part"), status="206 Partial Content")),
        Case("/410", http(status="410 Gone"), again="not asked", most_asked=1),
        *(
            Case(f"/{name}", http(status=f"{name[:3]} Wait", Retry_After=asked), again="not asked", most_asked=1)
            for name, asked in waits.items()
        ),
        Case("/429-negative", http(status="429 Wait", Retry_After="-1")),
        Case("/429-words", http(status="429 Wait", Retry_After="when it suits")),
    ]


def _broken() -> list[Case]:
    body = feed("length")
    sized = OK + b"Content-Length: %s\r\n\r\n" + body
    chunk = b"%x\r\n%s\r\n" % (len(body), body)
    return [
        Case("/length-short", sized % b"60"),
        Case("/length-long", sized % b"9000"),
        Case("/length-negative", sized % b"-5"),
        Case("/length-garbage", sized % b"many"),
        Case("/length-double", OK + b"Content-Length: 9\r\nContent-Length: 12\r\n\r\n" + body),
        Case("/no-length", OK + b"\r\n" + feed("no-length"), "read"),
        Case("/chunked-good", CHUNKED + chunk + b"0\r\n\r\n", "read"),
        Case("/chunked-garbage", CHUNKED + b"what\r\n" + body),
        Case("/chunked-huge", CHUNKED + b"8000000000000000\r\n" + body),
        Case("/chunked-truncated", CHUNKED + chunk),
        Case("/reset-mid-body", _torn(OK + b"Content-Length: 9000\r\n\r\n" + body)),
        Case("/reset-at-once", _torn(b"")),
        Case("/close-at-once", b""),
        Case("/not-http", b"SSH-2.0-OpenSSH_9.9\r\n"),
        Case("/http09", body, "either"),
        Case("/bad-status", b"HTTP/1.1 fine by me\r\n\r\n" + body),
        Case("/header-injection", http(feed("inject"), ETag='"\x1b]0;x\x07"', X="\x1b[2J"), "either"),
    ]


def _turns() -> list[Case]:
    good, failed = http(feed("flaky")), http(status="500 Oops")
    nothing = http(b"<rss version='2.0'><channel><title>Wire</title></channel></rss>")
    return [
        Case("/cookie-tracker", http(feed("cookie"), Set_Cookie="id=1; Path=/"), "read", "no cookie"),
        Case("/flaky", _in_turn(good, failed), "read"),
        Case("/goes-empty", _in_turn(http(feed("goes-empty")), nothing), "read"),
        Case("/rewrites", _in_turn(http(feed("rewrites")), http(feed("rewrites", text="Corrected."))), "read"),
    ]


def put_up(server: Server, table: Mapping[str, Case]) -> None:
    """Has the server answer by the table."""
    server.answers |= {path: case.answer for path, case in table.items()}
