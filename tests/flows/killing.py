"""A fetch that is killed again and again, at random moments, while its feeds grow: what the log then holds.

python -m tests.flows.killing [--kills 40] [--seed 1]
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from tests.server import Answer, Server, http, serving

FEEDS = [f"s{n}" for n in range(12)]
ITEMS = 3  # that each feed gains before each run
TEXT = "Port workers in Aden have voted to go back to work. " * 400  # so that a line takes several writes of the disk
LATENCY = 0.02  # seconds, of the first feed; twice that of the second, and so on
PATIENCE = 60.0  # seconds


class Growing:
    """Feeds that keep all their items, and gain some with each run."""

    def __init__(self, server: Server) -> None:
        self.server, self.runs, self.answered = server, 0, 0
        server.answers |= {f"/{id}": self._answer(at, id) for at, id in enumerate(FEEDS)}

    def ids(self, id: str) -> list[str]:
        return sorted(f"{id}-{n:04}" for n in range(ITEMS * self.runs))

    def _answer(self, at: int, id: str) -> Answer:
        async def late(writer: asyncio.StreamWriter) -> None:
            await asyncio.sleep(LATENCY * (at + 1))
            items = "".join(f"<item><guid>{uid}</guid><title>{uid}</title><description>{TEXT}</description></item>"
                            for uid in self.ids(id))  # fmt: skip
            body = f"<rss version='2.0'><channel><title>{id}</title>{items}</channel></rss>"
            writer.write(http(body.encode(), ETag=f'"{self.runs}"'))
            await writer.drain()
            self.answered += 1

        return late


def project(root: Path, server: Server) -> Path:
    """A project that reads the feeds."""
    content = root / "content"
    content.mkdir()
    (content / "digest.toml").write_text(f'[fetch]\nallow_private = ["{server.host}"]\nper_host = 20\n')
    named = (f'[[source]]\nid = "{id}"\nname = "{id}"\nurl = "{server.url(f"/{id}")}"\n' for id in FEEDS)
    (content / "sources.toml").write_text("".join(named))
    return root


def started(root: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "digest", "fetch", "--root", str(root)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, env=os.environ | {"NO_COLOR": "1"}, text=True, **pipes)  # type: ignore[call-overload,no-any-return]


def logs(root: Path) -> dict[str, bytes]:
    """Each log's whole lines."""
    files = sorted((root / "content" / "fetched").glob("*/*.jsonl"))
    return {str(path): path.read_bytes().rpartition(b"\n")[0] for path in files}


def killed(root: Path, feeds: Growing, kills: int, chance: Random) -> int:
    """Kills so many runs and lets a last one end; says how many kills found the log half written.

    After each, what stood before still stands, every line is whole and no item is there twice; at last all are there.
    """
    torn = 0
    stood: dict[str, bytes] = {}
    for number in range(kills + 1):
        feeds.runs, feeds.answered = feeds.runs + 1, 0
        run = started(root)
        if number < kills:
            _wait(feeds, chance.randrange(len(FEEDS) + 1), run)
            time.sleep(chance.random() * LATENCY * 3)
            run.kill()
        told = run.communicate(timeout=PATIENCE)
        assert number < kills or run.returncode == 0, told
        stands = logs(root)
        assert all(stands[path].startswith(lines) for path, lines in stood.items())
        torn += sum(not path.read_bytes().endswith(b"\n") for path in map(Path, stands) if path.stat().st_size)
        stood = stands
        assert all(len(ids) == len(set(ids)) for ids in (_logged(stands, id) for id in FEEDS))
    assert all(sorted(_logged(stands, id)) == feeds.ids(id) for id in FEEDS)
    assert all(Path(path).read_bytes().endswith(b"\n") for path in stands)
    return torn


def _wait(feeds: Growing, answers: int, run: subprocess.Popen[str]) -> None:
    """Until so many feeds have answered, or the run has ended before."""
    patient_until = time.monotonic() + PATIENCE
    while feeds.answered < answers and run.poll() is None and time.monotonic() < patient_until:
        time.sleep(0.002)


def _logged(logs: dict[str, bytes], id: str) -> list[str]:
    lines = [line for path, held in logs.items() if Path(path).parent.name == id for line in held.splitlines()]
    return [json.loads(line)["uid"] for line in lines]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])  # type: ignore[union-attr]
    ask.add_argument("--kills", type=int, default=40)
    ask.add_argument("--seed", type=int, default=1)
    asked = ask.parse_args()
    with serving() as server, tempfile.TemporaryDirectory() as folder:
        torn = killed(project(Path(folder), server), Growing(server), asked.kills, Random(asked.seed))
    print(
        f"{asked.kills} kills, {torn} of them amid a line: every log whole, nothing twice, nothing missing at the end"
    )


if __name__ == "__main__":
    main()
