"""Who may ask now: so many at once, and each host at its own pace."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from yarl import URL

from digest.errors import FetchError
from digest.model import record

CONNECTIONS = 64  # at once
ENOUGH = (429, 503)  # HTTP

Spent = defaultdict[str, float]
"""Seconds that each host's answers have taken."""


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
    host_seconds: float = 0.0  # that one host's answers may take on each connection, before it is asked no more; 0: any


class Turns:
    """Who may ask now: so many at once, and so many of them one host, which is given a pause after each."""

    def __init__(self, limits: Limits, spent: Spent | None = None) -> None:
        self._limits = limits
        self._spent = defaultdict(float) if spent is None else spent
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
                raise FetchError(
                    "not asked: its host had failed, taken too long, or wanted no more questions", passes=True
                )
            if pause and (rest := self._rested_at - loop.time()) > 0:
                await asyncio.sleep(rest)
            async with self._all, self._timed(host):
                yield
            self._failures[host] = 0
        except (TimeoutError, aiohttp.ClientError, OSError):
            self._failures[host] += 1
            raise
        finally:
            loop.call_later(pause, here.release)

    @asynccontextmanager
    async def _timed(self, host: str) -> AsyncIterator[None]:
        """Takes note of the time that a host takes for its answers; pauses and other hosts' turns are not its own."""
        began = asyncio.get_running_loop().time()
        try:
            yield
        finally:
            self._spent[host] += asyncio.get_running_loop().time() - began

    def _is_given_up(self, host: str) -> bool:
        most, seconds = self._limits.gives_up_after, self._limits.host_seconds * self._limits.per_host
        had_enough = bool(most) and (host in self._refusing or self._failures[host] >= most)
        return had_enough or (seconds > 0 and self._spent[host] >= seconds)

    def answered(self, url: URL, status: int) -> None:
        """Takes note of a host that has had enough."""
        if status in ENOUGH:
            self._refusing.add(url.host or "")
