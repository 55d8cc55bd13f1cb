"""Builds over what was damaged by chance: .digest/ and the logs, each in ways that disks, copies and people find.

python -m tests.flows.fuzzing [--times 300] [--seed 0]
"""

import argparse
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

from digest.errors import DigestError
from digest.flows import publish
from tests import faults
from tests.faults import Files, content, files, put, run

LATER = content(3) | {"digest.toml": faults.SETTINGS.replace("Desk", "Another").encode()}  # all pages change


def damaged(data: bytes, chance: Random) -> bytes:
    """The bytes after something has gone wrong with them."""
    at, to = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return chance.choice(
        [
            lambda: bytes(chance.randrange(256) if chance.random() < 0.001 else one for one in data),
            lambda: data[:at] + bytes([data[min(at, len(data) - 1)] ^ 1 << chance.randrange(8)]) + data[at + 1 :],
            lambda: data[:at],
            lambda: data[at:],
            lambda: data[:at] + data[to:],
            lambda: data[:at] + bytes(to - at) + data[to:],
            lambda: data[:to] + data[at:],
            lambda: data[at:] + data[:at],
            lambda: data[:at] + chance.randbytes(chance.randrange(1, 5000)) + data[at:],
            lambda: data[:at] + b"\n" + data[at:],
            lambda: data.replace(b"ferry", b"</script><script>alert(1)//"),
            lambda: data.replace(b'"seen_at":1', b'"seen_at":-9'),
            lambda: b"",
        ]
    )()


def with_journal(root: Path) -> Path:
    """Leaves a journal of writes that the database has not taken in, as a kill does."""
    with closing(sqlite3.connect(root / ".digest" / "state.db")) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("UPDATE prepared SET body = article, article = body")
        db.commit()
        data = (root / ".digest" / "state.db-wal").read_bytes()
    journal = root / ".digest" / "state.db-wal"
    journal.write_bytes(data)
    return journal


def once(built: Path, clean: Files, work: Path, seed: int) -> tuple[str, list[str]]:
    """What was damaged, and what is wrong after the next build."""
    chance = Random(seed)
    root = work / "desk"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(built, root)
    kind = chance.choice(["state.db", "state.db", "state.db-wal", "fetched", "fetched", "runs", "editions"])
    if kind.startswith("state"):
        path = with_journal(root) if kind.endswith("wal") else root / ".digest" / kind
        path.write_bytes(damaged(path.read_bytes(), chance))
        put(root / "content", LATER)
        run(root)
        return kind, [] if files(root / "site") == clean else ["the site is not that of a clean build"]
    folder = root / "content" / {"fetched": "fetched/harbour", "runs": "fetched/runs"}.get(kind, kind)
    path = chance.choice(sorted(folder.glob("*.jsonl")))
    path.write_bytes(damaged(path.read_bytes(), chance))
    return kind, list(_wrong(root, work / "other" / "desk", path))


def _wrong(root: Path, other: Path, path: Path) -> Iterator[str]:
    """A build that remembers and one that does not agree, and every line of the log is accounted for."""
    put(other / "content", files(root / "content") or {})
    name = path.relative_to(root / "content").as_posix()
    ended = []
    for one in (root, other):
        try:
            report = run(one).report
            ended.append(files(one / "site"))
        except DigestError as fault:
            ended.append(str(fault).replace(str(one), ""))
            if name not in str(fault):
                yield f"a message that does not say where: {fault}"
    if ended[0] != ended[1]:
        yield f"with a cache and without: {[one if isinstance(one, str) else 'built' for one in ended]}"
    if isinstance(ended[1], dict):
        lines = len({line for line in path.read_bytes().split(b"\n") if line.strip()})  # the same line twice is one
        told = sum(item["file"].startswith(name) for item in report["items"])  # type: ignore[attr-defined]
        if "harbour" in name and told != lines:
            yield f"{lines} lines, {told} of them accounted for"


def fuzz(work: Path, seeds: Iterator[int] | range) -> tuple[Counter[str], list[str]]:
    """How often what was damaged, and what was wrong after it."""
    built, times, wrong = work / "built" / "desk", Counter[str](), list[str]()
    put(built / "content", content(3))
    run(built)
    put(work / "clean" / "desk" / "content", LATER)
    run(work / "clean" / "desk")
    clean = files(work / "clean" / "desk" / "site") or {}
    for seed in seeds:
        try:
            kind, faults_ = once(built, clean, work, seed)
        except Exception as fault:
            kind, faults_ = "a bug", [repr(fault)]
        times[kind] += 1
        wrong += [f"seed {seed}, {kind}: {one}" for one in faults_]
    return times, wrong


def main() -> None:
    ask = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    ask.add_argument("--times", type=int, default=300)
    ask.add_argument("--seed", type=int, default=0)
    asked = ask.parse_args()
    publish.make_index = faults.index
    with tempfile.TemporaryDirectory() as folder:
        times, wrong = fuzz(Path(folder), range(asked.seed, asked.seed + asked.times))
    print(f"{dict(times)}; {len(wrong)} faults", *wrong, sep="\n")
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
