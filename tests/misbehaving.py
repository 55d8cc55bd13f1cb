"""What real servers do wrong, as a table: the path, what it answers, and what a good reader makes of it."""

import asyncio
import gzip
import socket
import struct
import zlib
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
    again: Literal["", "conditional", "not asked", "no cookie", "no credentials"] = ""
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
        *_proxies(),
        *_framings(),
        *_validators(),
        *_packings(),
        *_addresses(canary),
    ]


def _proxies() -> list[Case]:
    """What stands between us and a server."""
    body, interim = feed("proxy"), b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
    waits = {"past": "Mon, 23 Nov 2020 08:00:00 GMT", "year-0": "Mon, 00 Jan 0000 00:00:00 GMT", "zero": "0",
             "float": "3600.5", "long": "9" * 400, "list": "3600, 7200", "signed": "+3600"}  # fmt: skip
    return [
        Case("/100-once", b"HTTP/1.1 100 Continue\r\n\r\n" + http(feed("100-once")), "read"),
        Case("/103-once", interim + http(feed("103-once")), "read"),
        Case("/101", http(body, status="101 Switching Protocols", Upgrade="h2c")),
        *(
            Case(f"/{code}", http(body, status=f"{code} Odd"))
            for code in (201, 203, 205, 226, 300, 305, 407, 421, 431, 511)
        ),
        *(Case(f"/status-{code}", http(body, status=f"{code} Odd")) for code in ("000", "099", "600", "20", "2000")),
        *(Case(f"/503-{name}", http(status="503 Wait", Retry_After=asked)) for name, asked in waits.items()),
        Case("/301-no-location", http(feed("301"), status="301 Moved")),
        Case("/304-with-body", http(feed("304"), status="304 Not Modified", ETag='"x"')),
        Case("/refresh-header", http(body, status="503 Wait", Refresh="0; url=/good")),
        Case("/407-credentials", http(status="407 Who", Proxy_Authenticate="Basic realm=x"), again="no credentials"),
        Case("/401-basic", http(status="401 Who", WWW_Authenticate="Basic realm=x"), again="no credentials"),
        Case("/200-and-late-error", http(feed("late") + b"<!-- 500 -->"), "read"),
    ]


def _framings() -> list[Case]:
    """Where an answer ends, and where its lines do."""

    def chunked(body: bytes, end: bytes = b"0\r\n\r\n", size: bytes = b"%x") -> bytes:
        return CHUNKED + (size % len(body)) + b"\r\n" + body + b"\r\n" + end

    both = OK + b"Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n"
    return [
        Case(
            "/chunk-trailer",
            chunked(feed("chunk-trailer"), b"0\r\nX-Sum: 1\r\nSet-Cookie: id=1\r\n\r\n"),
            "read",
            "no cookie",
        ),
        Case("/chunk-extension", chunked(feed("chunk-ext"), size=b"%x;name=value"), "read"),
        Case("/chunk-capitals", chunked(feed("chunk-capitals"), size=b"%X"), "read"),
        Case("/chunk-zeros", chunked(feed("chunk-zeros"), size=b"000000%x"), "read"),
        Case("/chunk-negative", chunked(feed("x"), size=b"-%x")),
        Case("/chunk-0x", chunked(feed("x"), size=b"0x%x")),
        Case("/chunk-short", CHUNKED + b"5\r\n" + feed("x") + b"\r\n0\r\n\r\n"),
        Case("/chunk-long", CHUNKED + b"fff\r\n" + feed("x") + b"\r\n0\r\n\r\n"),
        Case("/chunk-no-end", chunked(feed("x"), b"0\r\n")),
        Case("/chunk-trailer-flood", _for_ever(chunked(feed("x"), b"0\r\n"), b"X: y\r\n" * 500)),
        Case("/chunk-tiny-for-ever", _for_ever(CHUNKED, b"1\r\n<\r\n", PAUSE / 5)),
        Case("/chunk-extension-flood", _for_ever(CHUNKED + b"1;", b"x" * 4_096)),
        Case("/smuggled", both + b"0\r\n\r\n" + http(feed("smuggled"))),
        Case("/length-plus", OK + b"Content-Length: +9\r\n\r\n" + feed("x")),
        Case("/length-huge", OK + b"Content-Length: " + b"9" * 40 + b"\r\n\r\n" + feed("x")),
        Case("/length-zero", OK + b"Content-Length: 0\r\n\r\n" + feed("x")),
        Case("/encoding-unknown", OK + b"Transfer-Encoding: rot13\r\n\r\n" + feed("x"), "either"),
        Case("/header-folded", OK + b"X: a\r\n b\r\n\r\n" + feed("folded"), "either"),
        Case("/header-nameless", OK + b": a\r\n\r\n" + feed("x")),
        Case("/header-blank", OK + b"X : a\r\n\r\n" + feed("x"), "either"),
        Case("/header-nul", OK + b"X: a\0b\r\n\r\n" + feed("x")),
        Case("/header-latin", OK + b'ETag: "\xe9"\r\n\r\n' + feed("header-latin"), "read"),
        Case("/bare-newlines", OK.replace(b"\r", b"") + b"\n" + feed("x"), "either"),
        Case("/http-1.0", b"HTTP/1.0 200 OK\r\n\r\n" + feed("http-1.0"), "read"),
        Case("/http-3", b"HTTP/3.7 200 OK\r\n\r\n" + feed("x"), "either"),
        Case(
            "/two-answers",
            OK + b"Content-Length: %d\r\n\r\n%b" % (len(feed("two")), feed("two")) + http(status="500 No"),
            "read",
        ),
        Case("/reset-in-headers", _torn(OK + b"X: y")),
        Case("/reset-in-chunk", _torn(CHUNKED + b"fff\r\n<rss")),
        Case("/tls-alert", b"\x15\x03\x01\x00\x02\x02\x28"),
        Case("/http2", b"\0\0\x12\x04\0\0\0\0\0" + bytes(18)),
    ]


def _validators() -> list[Case]:
    """ETag and Last-Modified as servers make them."""
    tags = {
        "weak": 'W/"one"',
        "unquoted": "one",
        "half": '"one',
        "gzip": '"one-gzip"',
        "empty": '""',
        "list": '"a", "b"',
    }
    dates = {"date-iso": "2026-11-22T10:00:00Z", "date-future": "Sun, 22 Nov 2099 10:00:00 GMT", "date-zero": "0"}
    return [
        *(
            Case(f"/etag-{id}", _conditional("if-none-match", f"t-{id}", ETag=tag), "read", "conditional")
            for id, tag in tags.items()
        ),
        *(
            Case(
                f"/modified-{id}", _conditional("if-modified-since", f"d-{id}", Last_Modified=at), "read", "conditional"
            )
            for id, at in dates.items()
        ),
        Case("/etag-blank", http(feed("etag-blank"), ETag=" "), "read"),
        Case("/etag-long", http(feed("etag-long"), ETag=f'"{"x" * 7_000}"'), "read"),
        Case("/vary-all", http(feed("vary"), Vary="*", Cache_Control="no-store"), "read"),
    ]


def _packings() -> list[Case]:
    """What is packed, and what it is said to be packed with."""

    def raw(body: bytes) -> bytes:
        packing = zlib.compressobj(wbits=-15)
        return packing.compress(body) + packing.flush()

    small, large = feed("packed"), b" " * 30_000_000
    return [
        Case("/deflate-zlib", _packed(zlib.compress(feed("zlib")), "deflate"), "read"),
        Case("/deflate-raw", _packed(raw(feed("raw")), "deflate"), "read"),
        Case("/deflate-bomb", _packed(raw(large), "deflate")),
        Case("/gzip-capitals", _packed(gzip.compress(feed("capitals")), "GZIP"), "read"),
        Case("/gzip-and-identity", _packed(gzip.compress(feed("and")), "gzip, identity"), "read"),
        Case(
            "/gzip-members",
            _packed(gzip.compress(feed("members")[:90]) + gzip.compress(feed("members")[90:]), "gzip"),
            "read",
        ),
        Case("/gzip-members-bomb", _packed(gzip.compress(b" " * 900_000) * 9, "gzip")),
        Case("/gzip-members-many", _packed(gzip.compress(b"") * 40_000, "gzip")),
        Case("/gzip-trailing", _packed(gzip.compress(small) + b"junk", "gzip"), "either"),
        Case("/gzip-wrong-sum", _packed(gzip.compress(small)[:-8] + bytes(8), "gzip")),
        Case("/gzip-of-nothing", _packed(gzip.compress(b""), "gzip")),
        Case("/gzip-unsaid", http(gzip.compress(feed("unsaid"))), "read"),
        Case("/gzip-unsaid-bomb", http(gzip.compress(large * 3))),
        Case("/zstd", _packed(b"\x28\xb5\x2f\xfd" + small, "zstd")),
        Case("/packing-empty", _packed(feed("empty-name"), ""), "read"),
        Case("/packing-none", _packed(feed("none"), "none"), "read"),
        Case("/packing-utf8", _packed(feed("utf8"), "UTF-8"), "read"),
    ]


def _addresses(canary: Server) -> list[Case]:
    """Ways to write an address within."""
    inward = {
        "nat64": "[64:ff9b::7f00:1]", "nat64-local": "[64:ff9b:1::7f00:1]", "6to4": "[2002:7f00:1::]",
        "compatible": "[::127.0.0.1]", "translated": "[::ffff:0:127.0.0.1]", "teredo": "[2001:0:7f00:1::80ff:fffe]",
        "isatap": "[fe80::5efe:7f00:1]", "unique": "[fd00::1]", "site": "[fec0::1]", "unspecified": "[::]",
        "shared": "100.64.0.1", "benchmark": "198.18.0.1", "broadcast": "255.255.255.255", "multicast": "224.0.0.1",
        "class-e": "240.0.0.1", "zero": "0", "dotted": "127.0.0.1.", "octal-long": "017700000001", "hex-long": "0x7f000001",
        "mixed": "0x7f.0.0.01", "escaped": "%31%32%37.0.0.1", "circled": "①②⑦.⓪.⓪.①", "ideographic": "127。0。0。1",
        "local-dot": "localhost.", "sub-local": "x.localhost", "capitals": "LOCALHOST",
    }  # fmt: skip
    return [
        *(Case(f"/redirect-in-{name}", _to(f"http://{host}:{canary.port}/x")) for name, host in inward.items()),
        Case("/redirect-port-0", _to("http://127.0.0.1:0/x")),
        Case("/redirect-port-huge", _to("http://127.0.0.1:99999/x")),
        Case("/redirect-blob", _to("blob:http://127.0.0.1/x")),
        Case("/redirect-view", _to("view-source:http://127.0.0.1/x")),
        Case("/redirect-feed", _to(f"feed:http://127.0.0.1:{canary.port}/x")),
        Case("/redirect-long", _to("/" + "x" * 7_000)),
        Case("/redirect-fragment", _to("/good#part"), "read"),
        Case("/redirect-query", _to("?a=b")),
        Case("/redirect-dots", _to("/a/../../good"), "read"),
        Case(
            "/redirect-twice",
            OK.replace(b"200 OK", b"302 Found")
            + f"Location: /good\r\nLocation: http://127.0.0.1:{canary.port}/x\r\nContent-Length: 0\r\n\r\n".encode(),
            "either",
        ),
    ]


def _caches() -> list[Case]:
    changing = (http(feed("etag-changes"), ETag=f'"{n}"') for n in range(9))
    return [
        Case("/good", http(feed("good")), "read", most_asked=20),  # redirects lead here
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
