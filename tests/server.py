"""A web server for tests: on 127.0.0.1, at a port that the system chooses, with answers as raw as real ones are."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

Headers = dict[str, str]
Answer = bytes | Callable[[Headers], bytes] | Callable[[asyncio.StreamWriter], Awaitable[None]]


def http(body: bytes = b"", *, status: str = "200 OK", **headers: str) -> bytes:
    """An answer in HTTP; `Content_Type` stands for the header Content-Type."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


class Server:
    """What was asked, and what each path answers."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, Headers]] = []
        self.most_at_once = self._at_once = 0
        self.port = 0

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def headers(self, path: str) -> list[Headers]:
        """The headers of each request for this path."""
        return [headers for asked, headers in self.asked if asked == path]

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            path = head[0].split(" ")[1]
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
            self.asked.append((path, headers))
            answer = self.answers.get(path, http(status="404 Not Found"))
            if asyncio.iscoroutinefunction(answer):
                await answer(writer)
            else:
                writer.write(answer if isinstance(answer, bytes) else answer(headers))
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):  # who asked is gone, or we close
            pass
        finally:
            self._at_once -= 1
            writer.close()


@contextmanager
def serving() -> Iterator[Server]:
    """A server that answers while the block runs."""
    server, ready, loop = Server(), threading.Event(), asyncio.new_event_loop()
    done = asyncio.Event()

    async def run() -> None:
        listening = await asyncio.start_server(server.take, "127.0.0.1", 0)
        server.port = listening.sockets[0].getsockname()[1]
        ready.set()
        await done.wait()
        listening.close()

    def serve() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(run())

    thread = threading.Thread(target=serve)
    thread.start()
    ready.wait()
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join()
