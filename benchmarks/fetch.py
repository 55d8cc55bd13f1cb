"""How fast and how cheap `digest fetch` is: so many feeds on loopback, behind a latency, against the floor and curl.

    python benchmarks/fetch.py [--feeds 2000] [--latency 0.03] [--hang 0.01] [--timeout 20]

One run measures, side by side and on one machine: all feeds for the first time, again with 304s, and again where some
never answer. The floor is what the latency alone costs: feeds / connections x latency. Only ratios travel between
machines.
"""

import argparse
import asyncio
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.request import urlopen

from digest.config import Config
from digest.flows.fetch import fetch, read
from digest.model import Source
from digest.shell.turns import CONNECTIONS

MONDAY = 1_795_413_600  # 2026-11-23 06:00 UTC
ITEMS = 10  # of a feed
READ_ALONE = 100  # documents that are read without a network, for comparison
HOUR = 3_600  # seconds
TEXT = "Monitors reached the crossing before dawn; both sides have pulled heavy weapons behind the agreed line. " * 3


def feed(path: str) -> bytes:
    items = "".join(
        f"<item><guid>{path}/{n}</guid><title>Report {n} of {path}</title><link>https://example.org{path}/{n}</link>"
        f"<pubDate>Mon, 23 Nov 2026 04:{n:02}:00 GMT</pubDate><description>{TEXT}</description></item>"
        for n in range(ITEMS)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{path}</title>{items}</channel></rss>'.encode()


class Connection(asyncio.Protocol):
    """Answers each request after the latency; /hang… never."""

    latency = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport, self.came = transport, b""

    def data_received(self, data: bytes) -> None:
        self.came += data
        while b"\r\n\r\n" in self.came:
            head, _, self.came = self.came.partition(b"\r\n\r\n")
            path = head.split(b" ", 2)[1].decode()
            if path == "/cpu":
                self.write(b"200 OK", json.dumps(time.process_time()).encode())
            elif not path.startswith("/hang"):
                known = b"\r\nif-none-match:" in head.lower()
                loop = asyncio.get_running_loop()
                loop.call_later(self.latency, self.write, b"304 Not Modified" if known else b"200 OK", path)

    def write(self, status: bytes, what: str | bytes) -> None:
        body = what if isinstance(what, bytes) else b"" if status.startswith(b"304") else feed(what)
        length = b"" if status.startswith(b"304") else b"Content-Length: %d\r\n" % len(body)
        self.transport.write(b'HTTP/1.1 %s\r\nETag: "one"\r\n%s\r\n%s' % (status, length, body))  # type: ignore[attr-defined]


async def serve(latency: float) -> None:
    Connection.latency = latency
    server = await asyncio.get_running_loop().create_server(Connection, "127.0.0.1", 0, backlog=1_024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def serving(latency: float) -> Iterator[str]:
    """The server's host and port; it runs in a process of its own."""
    command = [sys.executable, __file__, "--serve", "--latency", str(latency)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield f"127.0.0.1:{server.stdout.readline().strip()}"  # type: ignore[union-attr]
        finally:
            server.terminate()


class Stopwatch:
    """Wall time, and CPU time of the client (without the workers that read documents) and of the server."""

    def __init__(self, host: str, requests: int) -> None:
        self.host, self.requests = host, requests
        self.floor = 0.0

    def cpu(self) -> tuple[float, float]:
        """Seconds: ours with curl's, and the server's."""
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        with urlopen(f"http://{self.host}/cpu") as answer:
            return time.process_time() + children.ru_utime + children.ru_stime, json.load(answer)

    def time(self, name: str, run: Callable[[], object]) -> float:
        before, began = self.cpu(), time.monotonic()
        run()
        wall = time.monotonic() - began
        client, server = (after - first for after, first in zip(self.cpu(), before, strict=True))
        each = 1_000 / self.requests
        print(
            f"{name:<24} {wall:6.2f} s  {wall / self.floor:5.2f} x floor   "
            f"CPU a request: client {client * each:.3f} ms, "
            f"server {server * each:.3f}, beyond it {(client - server) * each:+.3f}"
        )
        return wall


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])  # type: ignore[union-attr]
    ask.add_argument("--feeds", type=int, default=2_000)
    ask.add_argument("--latency", type=float, default=0.03, help="seconds")
    ask.add_argument("--hang", type=float, default=0.01, help="share of feeds that never answer")
    ask.add_argument("--timeout", type=float, default=20.0, help="seconds, of the run with hanging feeds")
    ask.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    asked = ask.parse_args()
    if asked.serve:
        asyncio.run(serve(asked.latency))
        return
    with serving(asked.latency) as host, tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), host, asked)


def measure(root: Path, host: str, asked: argparse.Namespace) -> None:
    paths = [f"/feed/{n}" for n in range(asked.feeds)]
    config = Config(
        title="benchmark",
        sources=tuple(Source(id=f"s{n}", name=path, url=f"http://{host}{path}") for n, path in enumerate(paths)),
        allow_private=(host,),
        per_host=CONNECTIONS,
    )

    def run(config: Config, hours: int) -> None:
        report = fetch(root, config, now=MONDAY + hours * HOUR, environ={}, progress=lambda at: None)
        print(f"  {report.summary}")

    watch = Stopwatch(host, asked.feeds)
    watch.floor = asked.feeds / CONNECTIONS * asked.latency
    print(f"{asked.feeds} feeds, {CONNECTIONS} connections, {asked.latency * 1000:g} ms: floor {watch.floor:.2f} s")
    began = time.process_time()
    for path in paths[:READ_ALONE]:
        read((config.sources[0], feed(path)))
    each = (time.process_time() - began) / len(paths[:READ_ALONE])
    print(f"reading one document of {len(feed(paths[0]))} bytes: {each * 1_000:.2f} ms of a worker's CPU")
    cold = watch.time("digest, cold", lambda: run(config, 0))
    again = watch.time("digest, 304s", lambda: run(config, 1))
    if shutil.which("curl"):
        conditions = ("--header", 'If-None-Match: "one"')
        print(f"digest / curl cold: {cold / watch.time('curl, cold', lambda: curl(root, host, paths)):.2f}")
        print(
            f"digest / curl 304s: {again / watch.time('curl, 304s', lambda: curl(root, host, paths, *conditions)):.2f}"
        )
    hanging = int(asked.feeds * asked.hang)
    silent = tuple(replace(one, url=f"http://{host}/hang{n}") for n, one in enumerate(config.sources[:hanging]))
    patient = replace(config, sources=(*silent, *config.sources[hanging:]), timeout_seconds=asked.timeout)
    wall = watch.time(f"digest, {hanging} hang", lambda: run(patient, 2))
    print(f"with hanging feeds: {wall / asked.timeout:.2f} x time-out of {asked.timeout:g} s")


def curl(root: Path, host: str, paths: list[str], *options: str) -> None:
    urls = root / "urls"
    urls.write_text("".join(f'url = "http://{host}{path}"\noutput = "/dev/null"\n' for path in paths))
    command = ["curl", "--silent", "--parallel", "--parallel-max", str(CONNECTIONS), *options, "--config", str(urls)]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
