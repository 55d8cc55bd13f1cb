"""The network: addresses are asked, within limits. What an answer means is decided elsewhere.

Nothing of the machine is told or kept: no cookies, no proxy or password files of the environment. Private addresses
are refused where the connection is made, so that neither a redirect nor a name server can lead to one.
"""

import asyncio
from base64 import b64encode
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus
from queue import SimpleQueue

import aiohttp
from yarl import URL

from digest.errors import FetchError
from digest.model import record
from digest.packings import BROKEN_OFF, MEBIBYTE, unpacked
from digest.shell.private import REFUSED, PublicResolver, refuse_literal
from digest.shell.turns import Limits, Spent, Turns
from digest.urls import absolute

NAME_LOOKUPS = 32  # at once
IN_HAND = 64  # bodies that wait for the caller
MAX_REDIRECTS = 5
CHUNK = 65_536  # bytes

ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
PERMANENT = (301, 308)
REDIRECTS = (301, 302, 303, 307, 308)
PASSING = (408, 425, 429)  # HTTP; and what is the fault of the server
EMPTY = "an empty answer"

# The first that fits; none of them tells an address, which may hold a secret.
NO_HOST, NO_CONNECTION = "no such host", "no connection"
UNREACHED = frozenset({NO_HOST, NO_CONNECTION, REFUSED})  # reasons of a host that was not even spoken to
_REASONS: Sequence[tuple[type[Exception], str]] = (
    (aiohttp.ClientConnectorCertificateError, "its certificate is not valid"),
    (aiohttp.ClientSSLError, "no secure connection"),
    (aiohttp.ClientConnectorDNSError, NO_HOST),
    (aiohttp.ClientConnectorError, NO_CONNECTION),
    (aiohttp.InvalidURL, "not an address that can be asked"),
    (aiohttp.ClientPayloadError, BROKEN_OFF),
    (aiohttp.ServerDisconnectedError, "closed the connection without an answer"),
    (aiohttp.ClientResponseError, "not an answer in HTTP"),
    (aiohttp.ClientError, "the connection broke"),
    (OSError, "the connection broke"),
    (ValueError, "not an answer in HTTP"),
)


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
    passes: bool = False  # the reason may be gone another time


def ask(requests: Sequence[Request], limits: Limits, spent: Spent | None = None) -> Iterator[Response]:
    """The response to each request, as they come in: the others are asked while the caller works on one.

    `spent` is the time that hosts have taken before, where one set of questions follows another.
    """
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
                runner.run(_ask_all(requests, limits, hand, spent))
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


async def _ask_all(
    requests: Sequence[Request], limits: Limits, hand: Callable[[Response], Awaitable[None]], spent: Spent | None
) -> None:
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(NAME_LOOKUPS))
    turns = Turns(limits, spent)

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


async def _answer(session: aiohttp.ClientSession, request: Request, limits: Limits, turns: Turns) -> Response:
    try:
        return await _follow(session, request, limits, turns)
    except TimeoutError:
        return Response(id=request.id, reason=f"timed out after {limits.timeout_seconds:g} s", passes=True)
    except FetchError as fault:
        return Response(id=request.id, http=fault.http, reason=str(fault), passes=fault.passes)
    except (aiohttp.ClientError, OSError, ValueError) as fault:
        reason = next(reason for kind, reason in _REASONS if isinstance(fault, kind))
        return Response(id=request.id, reason=reason, passes=True)


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
        passes = answer.status in PASSING or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        return replace(response, reason=_status_reason(answer.status), passes=passes)
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
    whole = unpacked(bytes(body), answer.headers.get("Content-Encoding", ""), max_bytes, answer.status)
    if not whole.strip():
        raise FetchError(EMPTY, answer.status)
    return whole


def _plain(value: str) -> str:
    """A header that can be sent back as it is; else nothing."""
    return value if value.isascii() and value.isprintable() else ""
