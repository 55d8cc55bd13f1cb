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
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

from processes import cost_of
from rivals import DIGEST, FEEDPARSER, PAGEFIND, RIVALS, Contender, contenders, missing
from tables import Measured, Run, costs, growth, stages

BENCHMARKS = Path(__file__).resolve().parent
HOUSE = BENCHMARKS.parent
MODES = {"cold": "cold build", "more": "one more article", "same": "nothing changed"}
TIMEOUT = 3_600  # seconds, of one run
INDEX = "pagefind"  # the folder of digest's search index
STANDARD = [DIGEST, *RIVALS, FEEDPARSER]


def run(contender: Contender, *, again: bool) -> Run:
    """Builds once."""
    began = time.time()
    cost = cost_of((*contender.command, *(contender.later if again else ())), contender.project, TIMEOUT)
    print(f"  {contender.name}: {cost.cpu:.2f} s of CPU, {cost.wall:.2f} s", file=sys.stderr)
    site = contender.project / contender.output
    files = [path.relative_to(site) for path in site.rglob("*") if path.is_file()] if contender.output else []
    written = [path for path in files if (site / path).stat().st_mtime >= began]
    of_index = sum(path.parts[0] == INDEX for path in written)
    report = contender.project / ".digest" / "report.json"
    stages = json.loads(report.read_bytes())["build"]["stages"] if contender.name == DIGEST else {}
    return Run(cost, len(written) - of_index, of_index, stages)


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
        taking_part = {one.name: one for one in contenders(made, Path(projects), asked.only)}
        for mode in asked.modes:
            if mode != "cold":
                taking_part = {name: one for name, one in taking_part.items() if one.is_whole}
                fresh = {one.name: one for one in taking_part.values() if one.later or not one.has_built}
                one_round(f"{articles:,} articles, to begin with", fresh, mode)
            runs: dict[str, list[Run]] = {name: [] for name in taking_part}
            for number in range(asked.rounds):
                for one in taking_part.values():
                    if mode == "more":
                        one.add(number)
                told = f"{articles:,} articles, {MODES[mode]}, round {number + 1} of {asked.rounds}"
                for name, found in one_round(told, taking_part, mode).items():
                    runs[name].append(found)
            yield Measured(mode, articles, {name: runs[name] for name in taking_part})


def one_round(told: str, taking_part: dict[str, Contender], mode: str) -> dict[str, Run]:
    """Each builds once; a rival that fails takes part no more."""
    print(told, file=sys.stderr)
    found = {}
    for name, one in list(taking_part.items()):
        if mode == "cold":
            one.clean()
        try:
            found[name] = run(one, again=mode != "cold")
        except RuntimeError as fault:
            if name == DIGEST:
                raise
            print(f"left out from here on: {fault}", file=sys.stderr)
            del taking_part[name]
    return found


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("modes", choices=MODES, nargs="+")
    ask.add_argument("--articles", type=int, nargs="+", default=[1_000, 10_000])
    ask.add_argument("--rounds", type=int, default=3, choices=range(1, 21), metavar="N")
    ask.add_argument("--only", nargs="+", choices=[*STANDARD, PAGEFIND], default=STANDARD)
    ask.add_argument("--stages", action="store_true")
    ask.add_argument("--json", type=Path)
    ask.add_argument("--folder", type=Path)
    asked = ask.parse_args()
    for told in missing(asked.only):
        print(told, file=sys.stderr)
    compileall.compile_dir(HOUSE / "digest", quiet=1)
    os.environ["PYTHONPATH"] = str(HOUSE)  # this digest, whichever is installed
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # as users have it: modules and templates are compiled once
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
