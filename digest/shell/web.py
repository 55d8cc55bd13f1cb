"""The network: addresses are asked, within limits. What an answer means is decided elsewhere.

Nothing of the machine is told or kept: no cookies, no proxy or password files of the environment. Private addresses
are refused where the connection is made, so that neither a redirect nor a name server can lead to one.
"""

import asyncio
from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from http import HTTPStatus
from queue import SimpleQueue
from zlib import decompressobj
from zlib import error as ZlibError  # noqa: N812

import aiohttp
from yarl import URL

from digest.errors import FetchError
from digest.model import record
from digest.shell.private import PublicResolver, refuse_literal
from digest.urls import absolute

CONNECTIONS = 64  # at once
NAME_LOOKUPS = 32  # at once
IN_HAND = 64  # bodies that wait for the caller
MAX_REDIRECTS = 5
CHUNK = 65_536  # bytes
MEBIBYTE = 1_048_576  # bytes

ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
PACKINGS = ("gzip", "x-gzip", "deflate")
NO_PACKINGS = ("", "identity", "none", "utf-8")  # as servers say that there is none
GZIP_OR_ZLIB, BARE = 47, -15  # window bits, as zlib has it
GZIP_START = b"\x1f\x8b"
MOST_MEMBERS = 1_000  # that one body of gzip may be made of
PERMANENT = (301, 308)
REDIRECTS = (301, 302, 303, 307, 308)
ENOUGH = (429, 503)
EMPTY = "an empty answer"

# The first that fits; none of them tells an address, which may hold a secret.
_REASONS: Sequence[tuple[type[Exception], str]] = (
    (aiohttp.ClientConnectorCertificateError, "its certificate is not valid"),
    (aiohttp.ClientSSLError, "no secure connection"),
    (aiohttp.ClientConnectorDNSError, "no such host"),
    (aiohttp.ClientConnectorError, "no connection"),
    (aiohttp.InvalidURL, "not an address that can be asked"),
    (aiohttp.ClientPayloadError, "the answer broke off or is damaged"),
    (aiohttp.ServerDisconnectedError, "closed the connection without an answer"),
    (aiohttp.ClientResponseError, "not an answer in HTTP"),
    (aiohttp.ClientError, "the connection broke"),
    (OSError, "the connection broke"),
    (ValueError, "not an answer in HTTP"),
)


@record
class Limits:
    """How addresses may be asked."""

    agent: str  # the User-Agent: who asks
    timeout_seconds: float  # for one answer, redirects and body included; waiting for one's turn is not
    max_bytes: int  # of a body, decompressed
    per_host: int  # connections at once
    allow_private: tuple[str, ...] = ()  # host or host:port
    pause_seconds: float = 0.0  # before a connection to a host is used again; our own (allowed) hosts need none
    rests_first: bool = False  # other questions have just ended: a pause before the first one, too
    gives_up_after: int = 0  # failures in a row of one host, after which it is asked no more; 0: never


@record
class Request:
    """An address to ask, with the validators of its last answer."""

    id: str
    url: str
    etag: str = ""
    modified: str = ""
    accept: str = ""  # kinds of documents; empty: feeds
    follow: bool = True  # else a redirect is an answer, too


@record
class Response:
    """What came of a request: a body, or "not modified" (http 304), or a reason why neither."""

    id: str
    http: int | None = None
    body: bytes = b""
    etag: str = ""
    modified: str = ""
    moved_to: str = ""  # where permanent redirects led
    redirect: str = ""  # where the answer leads, if that was not to be followed
    robots: tuple[str, ...] = ()  # X-Robots-Tag, each header
    retry_after: str = ""  # as the server put it
    reason: str = ""


def ask(requests: Sequence[Request], limits: Limits) -> Iterator[Response]:
    """The response to each request, as they come in: the others are asked while the caller works on one."""
    answers: SimpleQueue[Response | None] = SimpleQueue()
    loop = asyncio.new_event_loop()
    room = asyncio.Semaphore(IN_HAND)

    async def hand(response: Response) -> None:
        if response.body:  # the others take no room
            await room.acquire()
        answers.put(response)

    def run() -> None:
        try:
            with asyncio.Runner(loop_factory=lambda: loop) as runner:
                runner.run(_ask_all(requests, limits, hand))
        finally:
            answers.put(None)

    def tell(what: Callable[[], object]) -> None:
        with suppress(RuntimeError):  # the loop is closed: all is done
            loop.call_soon_threadsafe(what)

    with ThreadPoolExecutor(1) as thread:
        asking = thread.submit(run)
        try:
            while (response := answers.get()) is not None:
                yield response
                if response.body:
                    tell(room.release)
        finally:
            tell(lambda: [task.cancel() for task in asyncio.all_tasks(loop)])
        asking.result()


async def _ask_all(requests: Sequence[Request], limits: Limits, hand: Callable[[Response], Awaitable[None]]) -> None:
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(NAME_LOOKUPS))
    turns = Turns(limits)

    async def one(session: aiohttp.ClientSession, request: Request) -> None:
        await hand(await _answer(session, request, limits, turns))

    async with (
        aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, resolver=PublicResolver(limits.allow_private)),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": limits.agent, "Accept": ACCEPT, "Accept-Encoding": "gzip"},
            timeout=aiohttp.ClientTimeout(total=None),
            auto_decompress=False,
            trust_env=False,
        ) as session,
        asyncio.TaskGroup() as tasks,
    ):
        for request in requests:
            tasks.create_task(one(session, request))


class Turns:
    """Who may ask now: so many at once, and so many of them one host, which is given a pause after each."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._own = frozenset(limits.allow_private)
        self._rested_at = asyncio.get_running_loop().time() + limits.pause_seconds if limits.rests_first else 0.0
        self._failures: Counter[str] = Counter()  # of each host, in a row
        self._refusing: set[str] = set()  # hosts that want no more questions
        self._all = asyncio.Semaphore(CONNECTIONS)
        self._hosts: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(limits.per_host))

    @asynccontextmanager
    async def turn(self, url: URL) -> AsyncIterator[None]:
        host = url.host or ""
        here = self._hosts[host]
        loop = asyncio.get_running_loop()
        pause = 0.0 if self._own & {host, f"{host}:{url.port}"} else self._limits.pause_seconds
        await here.acquire()  # first: one host's queue keeps nobody else waiting
        try:
            if self._is_given_up(host):
                pause = 0.0
                raise FetchError("not asked: its host had failed, or had wanted no more questions")
            if pause and (rest := self._rested_at - loop.time()) > 0:
                await asyncio.sleep(rest)
            async with self._all:
                yield
            self._failures[host] = 0
        except (TimeoutError, aiohttp.ClientError, OSError):
            self._failures[host] += 1
            raise
        finally:
            loop.call_later(pause, here.release)

    def _is_given_up(self, host: str) -> bool:
        most = self._limits.gives_up_after
        return bool(most) and (host in self._refusing or self._failures[host] >= most)

    def answered(self, url: URL, status: int) -> None:
        """Takes note of a host that has had enough."""
        if status in ENOUGH:
            self._refusing.add(url.host or "")


async def _answer(session: aiohttp.ClientSession, request: Request, limits: Limits, turns: Turns) -> Response:
    try:
        return await _follow(session, request, limits, turns)
    except TimeoutError:
        return Response(id=request.id, reason=f"timed out after {limits.timeout_seconds:g} s")
    except FetchError as fault:
        return Response(id=request.id, http=fault.http, reason=str(fault))
    except (aiohttp.ClientError, OSError, ValueError) as fault:
        return Response(id=request.id, reason=next(reason for kind, reason in _REASONS if isinstance(fault, kind)))


async def _follow(session: aiohttp.ClientSession, request: Request, limits: Limits, turns: Turns) -> Response:
    """The answer at the end of the redirects."""
    loop = asyncio.get_running_loop()
    left = limits.timeout_seconds
    first = _url(request.url, request.url)
    url, moved_to, permanent = first.with_user(None), "", True
    for _ in range(MAX_REDIRECTS + 1):
        refuse_literal(url.host or "", url.port or 0, limits.allow_private)
        headers = _headers(request, first if url.origin() == first.origin() else None)
        async with turns.turn(url):
            began = loop.time()
            async with asyncio.timeout(left), session.get(url, headers=headers, allow_redirects=False) as answer:
                turns.answered(url, answer.status)
                if answer.status not in REDIRECTS:
                    return await _taken(answer, request, limits, moved_to)
                url = _url(answer.headers.get("Location", ""), str(url), answer.status).with_user(None)
                if not request.follow:
                    return Response(id=request.id, http=answer.status, redirect=str(url))
            left -= loop.time() - began
        permanent = permanent and answer.status in PERMANENT
        moved_to = str(url) if permanent else moved_to
    raise FetchError(f"redirects more than {MAX_REDIRECTS} times", answer.status)


def _url(address: str, base: str, http: int | None = None) -> URL:
    found = absolute(address, base) if address else ""
    if not found:
        raise FetchError("redirects to no http address" if http else "not an http address", http)
    return URL(found, encoded=True).with_fragment(None)


def _headers(request: Request, credentials: URL | None) -> dict[str, str]:
    """The conditions of a request; user and password only where they are for this origin."""
    headers = {"Accept": request.accept, "If-None-Match": request.etag, "If-Modified-Since": request.modified}
    if credentials and credentials.user:
        pair = f"{credentials.user}:{credentials.password or ''}"
        headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
    return {name: value for name, value in headers.items() if value}


async def _taken(answer: aiohttp.ClientResponse, request: Request, limits: Limits, moved_to: str) -> Response:
    """What an answer that is no redirect holds."""
    response = Response(
        id=request.id,
        http=answer.status,
        etag=_plain(answer.headers.get("ETag", "")),
        modified=_plain(answer.headers.get("Last-Modified", "")),
        moved_to=moved_to,
        robots=tuple(map(_plain, answer.headers.getall("X-Robots-Tag", []))),
        retry_after=_plain(answer.headers.get("Retry-After", "")),
    )
    if answer.status == HTTPStatus.NOT_MODIFIED and (request.etag or request.modified):
        return response
    if answer.status != HTTPStatus.OK:
        return replace(response, reason=_status_reason(answer.status))
    return replace(response, body=await _body(answer, limits.max_bytes))


def _status_reason(status: int) -> str:
    """The status in words of ours: the server's own may hold anything."""
    with suppress(ValueError):
        return f"HTTP {status} {HTTPStatus(status).phrase}"
    return f"HTTP {status}"


async def _body(answer: aiohttp.ClientResponse, max_bytes: int) -> bytes:
    """The whole body, unpacked; it is given up as soon as it is too large."""
    body = bytearray()
    async for chunk in answer.content.iter_chunked(CHUNK):
        body += chunk
        if len(body) > max_bytes:
            raise FetchError(f"larger than {max_bytes / MEBIBYTE:g} MiB", answer.status)
    named = (name.strip().lower() for name in answer.headers.get("Content-Encoding", "").split(","))
    packings = [name for name in named if name not in NO_PACKINGS]
    if len(packings) > 1 or not set(packings) <= set(PACKINGS):
        raise FetchError("packed in a way that was not asked for", answer.status)
    whole = _unpacked(bytes(body), max_bytes, answer.status) if packings else bytes(body)
    if not whole.strip():
        raise FetchError(EMPTY, answer.status)
    return whole


def _unpacked(body: bytes, max_bytes: int, http: int) -> bytes:
    """What gzip or zlib have packed: never a part of it, as the session's own unpacking gives of one that broke off."""
    try:
        whole, rest = _member(body, GZIP_OR_ZLIB, max_bytes, http)
    except ZlibError:  # some send what zlib packs without its head
        whole, rest = _bare(body, max_bytes, http)
    for _ in range(MOST_MEMBERS):
        if not rest.startswith(GZIP_START):
            break
        try:
            more, rest = _member(rest, GZIP_OR_ZLIB, max_bytes - len(whole), http)
        except ZlibError:
            raise FetchError("the answer broke off or is damaged", http) from None
        whole += more
    if rest.strip(b"\0"):
        raise FetchError("the answer broke off or is damaged", http)
    return whole


def _bare(body: bytes, max_bytes: int, http: int) -> tuple[bytes, bytes]:
    try:
        return _member(body, BARE, max_bytes, http)
    except ZlibError:
        raise FetchError("not packed as it says", http) from None


def _member(body: bytes, bits: int, max_bytes: int, http: int) -> tuple[bytes, bytes]:
    """What one packing holds, and what stands behind it."""
    unpacking = decompressobj(bits)
    whole = unpacking.decompress(body, max_bytes + 1)
    if len(whole) > max_bytes:
        raise FetchError(f"larger than {max_bytes / MEBIBYTE:g} MiB", http)
    if not unpacking.eof:
        raise FetchError("the answer broke off or is damaged", http)
    return whole, unpacking.unused_data


def _plain(value: str) -> str:
    """A header that can be sent back as it is; else nothing."""
    return value if value.isascii() and value.isprintable() else ""
