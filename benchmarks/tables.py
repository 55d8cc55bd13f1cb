"""What builds have cost, as Markdown tables."""

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from processes import Cost
from rivals import DIGEST, FEEDPARSER

SEARCH = "search"  # the stage of the search index
COSTS = (
    "CPU",
    "× Hugo",
    "wall",
    "MB: largest process",
    "all at once",
    "search index",
    "files written",
    "of the search index",
)


class Run(NamedTuple):
    """One build."""

    cost: Cost
    written: int  # files of the site
    indexed: int  # files of its search index
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


def costs(found: Measured) -> str:
    """What each has cost."""
    cpus, rows = found.cpus(), []
    for name, cpu in cpus.items():
        row = [name, f"{cpu:.2f} s", f"{cpu / cpus['hugo']:.2f}" if "hugo" in cpus else ""]
        if runs := found.runs.get(name):
            wall, *memory = (median(each) for each in zip(*(run.cost[1:] for run in runs), strict=True))
            row += [f"{wall:.2f} s", *(f"{megabytes:,.0f} MB" if megabytes else "" for megabytes in memory)]
            row += [f"{median(numbers):,.0f}" for numbers in zip(*(run[1:3] for run in runs), strict=True)]
        rows.append(row + [""] * (len(COSTS) - len(row) + 1))
    return table((f"{found.articles:,} articles", *COSTS), rows)


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
