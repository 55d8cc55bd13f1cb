"""What a build leaves when the n-th thing that it changes on disk goes wrong, for every n until it ends unharmed.

    python -m tests.faults              every change of every scenario (minutes)
    python -m tests.faults --every 9    each ninth
    python -m tests.faults --kills 200  the program itself, killed at random moments while readers look

Needs Linux and a C compiler: faults.c stands before the C library, so that SQLite's own writes are reached as well.
"""

import argparse
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from digest.errors import DigestError
from digest.flows import publish
from digest.flows.build import Tools, build
from digest.flows.gather import Task
from digest.flows.order import Built, Order
from digest.model import Reading
from digest.shell.workers import Failed

COUNT, KILL, ONCE, FULL, VANISH = range(5)  # as in faults.c
MODES = {KILL: "killed", ONCE: "failed once", FULL: "no room from then on", VANISH: "a file vanished"}
SETTINGS = (
    '[site]\ntitle = "Desk"\nbase_url = "https://desk.example/"\n[articles]\nshow = "full"\n[feeds]\nshow = "full"\n'
)
RUN = '{{"v":1,"run_at":{at},"sources":{{"harbour":{{"status":"ok","http":200,"items":{items}}}}}}}\n'
ITEM = (
    '{{"v":1,"seen_at":{at},"uid":"u{n}","url":"https://harbour.example/{n}","title":"{title}",'
    '"html":"<p>{text}</p>","published":null,"updated":null,"author":null,"language":"en"}}\n'
)
MONDAY, DAY = 1_795_413_600, 86_400  # 2026-11-23 06:00 UTC
OURS = {"state.db", "build.lock", "report.json", "unchanged.json"}  # what .digest holds when nothing is at work

Files = dict[str, bytes]


@dataclass(frozen=True)
class Scenario:
    """What the disk can do, and what stands before."""

    name: str
    exchange: bool = True
    links: bool = True
    fresh: bool = False  # no site, no cache
    clean: bool = False  # --clean


SCENARIOS = (
    Scenario("something new"),
    Scenario("nothing there yet", fresh=True),
    Scenario("--clean", clean=True),
    Scenario("a system that cannot exchange", exchange=False),
    Scenario("a disk without links", links=False),
)


def content(days: int) -> Files:
    """A project after so many days, as it is before its last build."""
    words = ["ferry", "bridge", "harbour", "tide", "market"]
    items = [
        ITEM.format(at=MONDAY + day * DAY, n=f"{day}{n}", title=f"The {words[n]} on day {day}", text=f"A {words[n]}. " * 400)
        for day in range(days) for n in range(day + 1)
    ]  # fmt: skip
    runs = [RUN.format(at=MONDAY + day * DAY, items=day + 1) for day in range(days)]
    return {
        "digest.toml": SETTINGS.encode(),
        "fetched/harbour/2026-11.jsonl": "".join(items).encode(),
        "fetched/runs/2026-11.jsonl": "".join(runs).encode(),
        "articles/note.md": f"---\ntitle: A note\ndate: 2026-11-23\n---\n\nWritten {days} times.\n".encode(),
    }


def put(folder: Path, files: Files) -> None:
    """Makes the folder hold these files and nothing else."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def files(folder: Path) -> Files | None:
    """All that a folder holds; None where there is no folder."""
    if not folder.is_dir():
        return None
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def index(tree: Path, folder: Path, pages: Iterable[str], language: str, *, first: bool) -> None:
    """In the place of the search index, which another program makes, and in another order each time."""
    folder.mkdir()
    for name in ("pagefind.js", "index.bin")[not first :]:
        (folder / name).write_bytes(f"{language}: {sum((tree / page).is_file() for page in pages)} pages".encode())


def run(root: Path, *, clean: bool = False, cache_key: str = "") -> Built:
    """A build in this process."""

    def map_documents(function: Callable[[Task], Reading], tasks: Iterator[Task]) -> Iterator[Reading | Failed]:
        return map(function, tasks)

    tools = Tools(
        map_items=map,
        map_documents=map_documents,
        tell=lambda text: None,
        seconds=time.monotonic,
        cpu=time.process_time,
        cache_key=cache_key,
    )
    return build(Order(root=root, output=root / "site", clean=clean), tools)


@dataclass(frozen=True)
class Ended:
    """How a build ended: "built", "refused" with a message, "killed", or in a way that is a bug; and how far it got."""

    how: str
    changes: int = 0
    said: str = ""


def attempt(root: Path, scenario: Scenario, mode: int, at: int) -> Ended:
    """A build in a process of its own, in which the change number `at` goes wrong."""
    ours, theirs = os.pipe()
    if not (child := os.fork()):
        disk = ctypes.CDLL(None)
        disk.faults_without(not scenario.exchange, not scenario.links)
        disk.faults_arm(ctypes.c_long(at), mode)
        how, said = "built", ""
        try:
            run(root, clean=scenario.clean)
        except DigestError as fault:
            how, said = "refused", str(fault)
        except BaseException as fault:  # a bug
            how, said = "a bug", repr(fault)
        os.write(theirs, f"{how}\n{disk.faults_changes()}\n{said}".encode())
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        how, _, rest = pipe.read().decode().partition("\n")
    os.waitpid(child, 0)
    changes, _, said = rest.partition("\n")
    return Ended(how or "killed", int(changes or 0), said)


class Trials:
    """Two contents that follow each other, and what a site of each looks like when nothing goes wrong."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "desk"
        self.contents = (content(2), content(3))
        self.sites: list[Files] = []
        self.told: list[Files] = []  # content/ after the build
        for number, one in enumerate(self.contents):
            root = folder / str(number) / "desk"
            put(root / "content", one)
            run(root)
            self.sites.append(files(root / "site") or {})
            self.told.append(files(root / "content") or {})
        put(self.root / "content", self.contents[0])
        run(self.root)
        self.stands = 0  # which of the two

    def walk(self, scenario: Scenario, mode: int, every: int) -> tuple[int, list[str]]:
        """How many changes a build makes, and what was wrong after any of them had failed."""
        at, wrong = 1, list[str]()
        while True:
            ended, faults = self.once(scenario, mode, at)
            wrong += [f"{scenario.name}, {MODES[mode]} at change {at} ({ended}): {fault}" for fault in faults]
            if ended.how == "built" and ended.changes < at:
                return ended.changes, wrong
            at += every

    def once(self, scenario: Scenario, mode: int, at: int) -> tuple[Ended, list[str]]:
        """One build that goes wrong, and the next one that does not."""
        before: Files | None = self.sites[self.stands]
        self.stands = 1 - self.stands
        after = self.sites[self.stands]
        put(self.root / "content", self.contents[self.stands])
        if scenario.fresh:
            shutil.rmtree(self.root / "site")
            shutil.rmtree(self.root / ".digest")
            before = None
        ended = attempt(self.root, scenario, mode, at)
        stands = files(self.root / "site")
        allowed = {"built": [after], "refused": [before], "killed": [before, after]}.get(ended.how, [])
        if ended.how == "killed" and not scenario.exchange:
            allowed.append(None)
        if mode == VANISH and ended.how == "built" and ended.changes >= at:  # an article: the editions are without it
            put(self.root / "content", self.contents[self.stands])
            allowed.append(stands)
        faults = [] if stands in allowed else ["what stands is neither the site before nor the site after"]
        if ended.how == "refused" and os.sep not in ended.said:
            faults.append("the message does not say where")
        try:
            run(self.root)
        except DigestError as fault:
            return ended, [*faults, f"the next build fails: {fault}"]
        return ended, [*faults, *self.faults_of_the_next()]

    def faults_of_the_next(self) -> Iterator[str]:
        """What is wrong after a build that went well."""
        if files(self.root / "site") != self.sites[self.stands]:
            yield "the next build gives other bytes than a clean one"
        if files(self.root / "content") != self.told[self.stands]:
            yield "what closed editions have published is not what a clean build tells"
        yield from litter(self.root)


def litter(root: Path) -> Iterator[str]:
    """What no build should leave."""
    left = {path.name for path in root.iterdir()} - {"content", "site", ".digest"}
    left |= {path.name for path in (root / ".digest").iterdir()} - OURS
    temporary = {path.name for path in Path(tempfile.gettempdir()).iterdir()}
    left |= {name for name in temporary if not name.startswith("pymp-")}  # Python's own: a killed pool's empty folder
    if left:
        yield f"litter: {', '.join(sorted(left))}"


def walk_all(folder: Path, every: int) -> list[str]:
    """Every scenario in every mode."""
    publish.make_index = index
    trials, wrong, tried = Trials(folder), list[str](), 0
    for scenario in SCENARIOS:
        for mode, name in MODES.items():
            changes, faults = trials.walk(scenario, mode, every)
            tried += -(-changes // every)
            wrong += faults
            print(f"{scenario.name}, {name}: {changes} changes, {len(faults)} faults", flush=True)
    print(f"{tried} builds went wrong; {len(wrong)} faults")
    return wrong


# -- the program itself --------------------------------------------------------------------------------------------


def kill_at_random(folder: Path, kills: int) -> list[str]:
    """The program as a user runs it, killed at random moments; somebody looks at index.html all the time."""
    root, chance, wrong = folder / "desk", Random(6), list[str]()
    sites: list[Files] = []
    for one in (content(2), content(3)):
        put(root / "content", one)
        began = time.monotonic()
        start(root).wait()
        took = time.monotonic() - began
        sites.append(searchless(root))
    looks, missed, done = [0], [0], threading.Event()
    reader = threading.Thread(target=partial(look, root / "site" / "index.html", looks, missed, done))
    reader.start()
    finished = 0
    for number in range(kills):
        put(root / "content", content(2 + number % 2))
        building = start(root)
        time.sleep(chance.uniform(0.1, 1.1) * took)
        building.send_signal(signal.SIGKILL)
        finished += building.wait() == 0
        if searchless(root) not in sites:
            wrong.append(f"kill {number}: what stands is neither the site before nor the site after")
        time.sleep(0.3)  # until the search index's own process has seen that it is alone
        if start(root).wait():
            wrong.append(f"kill {number}: the next build fails")
        if searchless(root) != sites[number % 2]:
            wrong.append(f"kill {number}: the next build gives other bytes than a clean one")
        wrong += [f"kill {number}: {one}" for one in litter(root)]
        if number % 20 == 19:
            print(f"{number + 1} kills, {len(wrong)} faults", flush=True)
    done.set()
    reader.join()
    wrong += [f"index.html was not there {missed[0]} times"] if missed[0] else []
    print(f"{kills} kills ({finished} came too late), {looks[0]} looks at index.html; {len(wrong)} faults")
    return wrong


def start(root: Path) -> subprocess.Popen[bytes]:
    """A build."""
    return subprocess.Popen([sys.executable, "-m", "digest", "build", "-q", "--root", str(root)])


def searchless(root: Path) -> Files:
    """The site but its search index, whose maps have no order."""
    return {name: data for name, data in (files(root / "site") or {}).items() if not name.startswith("pagefind/")}


def look(page: Path, looks: list[int], missed: list[int], done: threading.Event) -> None:
    """Reads a page again and again."""
    while not done.wait(0.0005):
        looks[0] += 1
        try:
            missed[0] += not page.read_bytes().rstrip().endswith(b"</html>")
        except OSError:
            missed[0] += 1


def main() -> None:
    """One of the two."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--every", type=int, default=1, help="so many changes from one fault to the next")
    options.add_argument("--kills", type=int, default=0, help="so many random kills of the program itself instead")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if not chosen.kills and "faults_arm" not in os.environ:
            library = Path(folder, "faults.so")
            subprocess.run(
                ["cc", "-shared", "-fPIC", "-o", library, Path(__file__).with_name("faults.c"), "-ldl"], check=True
            )
            (temporary := Path(folder, "temporary")).mkdir()
            loaded = {"LD_PRELOAD": str(library), "faults_arm": "1", "TMPDIR": str(temporary)}
            again = [sys.executable, "-m", "tests.faults", *sys.argv[1:]]
            sys.exit(subprocess.run(again, env=os.environ | loaded, check=False).returncode)
        work = Path(folder, "work")
        work.mkdir()
        tempfile.tempdir = str(Path(folder, "locks"))
        Path(tempfile.tempdir).mkdir()
        os.environ["TMPDIR"] = tempfile.tempdir
        wrong = kill_at_random(work, chosen.kills) if chosen.kills else walk_all(work, chosen.every)
    print(*wrong[:20], sep="\n", file=sys.stderr)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
