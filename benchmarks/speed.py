"""What a build costs, beside Hugo, Eleventy and Pelican in one interleaved run: CPU time, wall time, memory.

    python benchmarks/speed.py cold              # no cache, no site
    python benchmarks/speed.py more              # one more article
    python benchmarks/speed.py same              # nothing changed
    python benchmarks/speed.py cold more same    # one after another, on the same sites
      [--articles 1000 10000] [--rounds 3] [--only digest hugo ...] [--stages] [--json FILE] [--folder DIR]

Each round runs all of them, one after another; medians are told. CPU time is that of all processes, also of those that
outlive their parents. The search index and feedparser's share, which the rivals do not have, are told apart.
`--only`: of digest, hugo, eleventy, pelican, feedparser and pagefind (over Pelican's pages; left out unless named).
`--stages`: what each stage of digest's build costs, in microseconds an article. Tables go to standard output, progress
to standard error. In `--folder` the workloads stay for another time.
"""

import argparse
import compileall
import json
import math
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from processes import Cost, cost_of
from rivals import DIGEST, FEEDPARSER, PAGEFIND, RIVALS, Contender, contenders, missing

BENCHMARKS = Path(__file__).resolve().parent
HOUSE = BENCHMARKS.parent
MODES = {"cold": "cold build", "more": "one more article", "same": "nothing changed"}
TIMEOUT = 3_600  # seconds, of one run
STANDARD = [DIGEST, *RIVALS, FEEDPARSER]
SEARCH = "search"  # the stage of the search index


class Run(NamedTuple):
    """One build."""

    cost: Cost
    written: int  # files of the site
    stages: Mapping[str, float]  # CPU seconds, as digest's report has them


class Measured(NamedTuple):
    """What a kind of build has cost over so many articles."""

    mode: str
    articles: int
    runs: Mapping[str, Sequence[Run]]  # by name, round by round

    def cpus(self) -> dict[str, float]:
        """CPU seconds, also of digest without what its user chose and what takes the place of a server."""
        found = {name: median(run.cost.cpu for run in runs) for name, runs in self.runs.items()}
        if DIGEST not in found:
            return found
        apart = {SEARCH: self.stages().get(SEARCH, 0.0), FEEDPARSER: found.get(FEEDPARSER, 0.0)}
        without = [name for name, seconds in apart.items() if seconds]
        alone = {f"digest without {' and '.join(without)}": found[DIGEST] - sum(apart.values())} if without else {}
        return {DIGEST: found.pop(DIGEST), **alone, **found}

    def plain(self) -> dict[str, object]:
        """As it is dumped."""
        runs = {
            name: [run._asdict() | {"cost": run.cost._asdict()} for run in runs] for name, runs in self.runs.items()
        }
        return {"mode": self.mode, "articles": self.articles, "cpu": self.cpus(), "runs": runs}

    def stages(self) -> dict[str, float]:
        """CPU seconds of each stage of digest's build, and of what happens before and between them."""
        runs = self.runs[DIGEST]
        names = dict.fromkeys(name for run in runs for name in run.stages)
        found = {name: median(run.stages.get(name, 0.0) for run in runs) for name in names}
        return found | {"start and end": median(run.cost.cpu - sum(run.stages.values()) for run in runs)}


def run(contender: Contender, *, again: bool) -> Run:
    """Builds once."""
    began = time.time()
    cost = cost_of((*contender.command, *(contender.later if again else ())), contender.project, TIMEOUT)
    print(f"  {contender.name}: {cost.cpu:.2f} s of CPU, {cost.wall:.2f} s", file=sys.stderr)
    site = contender.project / contender.output
    written = (
        sum(path.stat().st_mtime >= began for path in site.rglob("*") if path.is_file()) if contender.output else 0
    )
    report = contender.project / ".digest" / "report.json"
    stages = json.loads(report.read_bytes())["build"]["stages"] if contender.name == DIGEST else {}
    return Run(cost, written, stages)


def workload(folder: Path, articles: int) -> Path:
    """So many articles; made where they do not lie there already."""
    made = folder / f"workload-{articles}"
    if not (made / "workload.json").exists():
        print(f"making {articles:,} articles", file=sys.stderr)
        shutil.rmtree(made, ignore_errors=True)
        days = 30 if articles <= 10_000 else 90
        command = [
            sys.executable,
            str(BENCHMARKS / "workload.py"),
            str(made),
            f"--articles={articles}",
            f"--days={days}",
        ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return made


def measure(articles: int, folder: Path, asked: argparse.Namespace) -> Iterator[Measured]:
    """All rounds of each kind."""
    made = workload(folder, articles)
    with TemporaryDirectory(dir=folder, prefix="projects-") as projects:
        taking_part = list(contenders(made, Path(projects), asked.only))
        for mode in asked.modes:
            if mode != "cold":
                taking_part = [one for one in taking_part if one.is_whole]
                for one in taking_part:
                    if one.later or not (one.project / one.output).exists():
                        print(f"{articles:,} articles, to begin with", file=sys.stderr)
                        run(one, again=True)
            runs: dict[str, list[Run]] = {one.name: [] for one in taking_part}
            for number in range(asked.rounds):
                print(f"{articles:,} articles, {MODES[mode]}, round {number + 1} of {asked.rounds}", file=sys.stderr)
                for one in taking_part:
                    if mode == "cold":
                        one.clean()
                    if mode == "more":
                        one.add(number)
                    runs[one.name].append(run(one, again=mode != "cold"))
            yield Measured(mode, articles, runs)


def costs(found: Measured) -> str:
    """What each has cost."""
    cpus, rows = found.cpus(), []
    for name, cpu in cpus.items():
        runs = found.runs.get(name, ())
        wall, *memory = (median(each) for each in zip(*(run.cost[1:] for run in runs), strict=True)) if runs else (0.0,)
        rows.append(
            (
                name,
                f"{cpu:.2f} s",
                f"{cpu / cpus['hugo']:.2f}" if "hugo" in cpus else "",
                f"{wall:.2f} s" if runs else "",
                *([f"{megabytes:,.0f} MB" if megabytes else "" for megabytes in memory] or [""] * 3),
                f"{median(run.written for run in runs):,.0f}" if runs else "",
            )
        )
    head = ("CPU", "× Hugo", "wall", "largest process", "all together", "search index", "files written")
    return table((f"{found.articles:,} articles", *head), rows)


def growth(all_found: Sequence[Measured]) -> str:
    """How CPU time grows: 1 as the number of articles does, 2 as its square."""
    pairs = list(pairwise(all_found))
    names = [name for name in all_found[0].cpus() if all(name in found.cpus() for found in all_found)]
    rows = [(name, *(exponent(a, b, a.cpus()[name], b.cpus()[name]) for a, b in pairs)) for name in names]
    return table(("growth", *(f"{a.articles:,} to {b.articles:,}" for a, b in pairs)), rows)


def stages(all_found: Sequence[Measured]) -> str:
    """Microseconds an article of each stage of digest's build, and how they grow; feedparser's are part of `feeds`."""
    spent = [
        found.stages() | {name: cpu for name, cpu in found.cpus().items() if name == FEEDPARSER} for found in all_found
    ]
    per_article = [
        {name: seconds / found.articles * 1e6 for name, seconds in each.items()}
        for found, each in zip(all_found, spent, strict=True)
    ]
    rows = [
        (
            name,
            *(f"{each.get(name, 0.0):,.0f}" for each in per_article),
            exponent(all_found[0], all_found[-1], spent[0].get(name, 0.0), spent[-1][name]),
        )
        for name in spent[-1]
    ]
    return table(("µs of CPU an article", *(f"{found.articles:,}" for found in all_found), "growth"), rows)


def exponent(smaller: Measured, larger: Measured, before: float, after: float) -> str:
    if smaller is larger or min(before, after) <= 0:
        return ""
    return f"{math.log(after / before) / math.log(larger.articles / smaller.articles):.2f}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(line)} |" for line in (head, ["---"] * len(head), *rows)) + "\n"


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("modes", choices=MODES, nargs="+")
    ask.add_argument("--articles", type=int, nargs="+", default=[1_000, 10_000])
    ask.add_argument("--rounds", type=int, default=3)
    ask.add_argument("--only", nargs="+", choices=[*STANDARD, PAGEFIND], default=STANDARD)
    ask.add_argument("--stages", action="store_true")
    ask.add_argument("--json", type=Path)
    ask.add_argument("--folder", type=Path)
    asked = ask.parse_args()
    for told in missing(asked.only):
        print(told, file=sys.stderr)
    compileall.compile_dir(HOUSE / "digest", quiet=1)
    os.environ["PYTHONPATH"] = str(HOUSE)  # this digest, whichever is installed
    by_mode: dict[str, list[Measured]] = {mode: [] for mode in asked.modes}
    with nullcontext(asked.folder) if asked.folder else TemporaryDirectory() as folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        for articles in sorted(asked.articles):
            for found in measure(articles, Path(folder).resolve(), asked):
                by_mode[found.mode].append(found)
                print(f"{MODES[found.mode]}, median of {asked.rounds}\n\n{costs(found)}", flush=True)
                if asked.json:
                    dumped = [each.plain() for all_found in by_mode.values() for each in all_found]
                    asked.json.write_text(json.dumps(dumped, indent=1) + "\n")
    for mode, all_found in by_mode.items():
        if len(all_found) > 1:
            print(f"{MODES[mode]}\n\n{growth(all_found)}")
        if asked.stages and DIGEST in asked.only:
            print(f"{MODES[mode]}\n\n{stages(all_found)}")


if __name__ == "__main__":
    main()
