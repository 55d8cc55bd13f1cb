"""How well digest folds copies, groups stories and finds topics, on labelled collections.

    python benchmarks/quality.py FOLDER [COLLECTION ...]

FOLDER holds the collections as gzipped JSON lines (id, title, text, published, label, topic), and pairs of copies
(a, b, label). The stages are called as a build calls them, with the settings that everybody has. BCubed: Bagga and
Baldwin, "Entity-based cross-document coreferencing using the vector space model", 1998.
"""

import argparse
import math
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from collection import read, rows

from digest.model import Article, CopyGroup, Signature, Story
from digest.stages.copies import find_copies
from digest.stages.sign import sign
from digest.stages.stories import Grouping, group_stories
from digest.stages.topics import assign_topics

STORIES = ("stories_basil", "stories_ecbplus_dev", "stories_gnews_t", "stream_allsides_basil")
TOPICS = ("stories_ecbplus_dev",)
COPIES = {"neardup_allsides": "neardup_allsides.docs", "neardup_ecbplus": "stories_ecbplus_dev"}


class Collection:
    """The documents in the order in which they come, with their labels and what each stage made of them."""

    def __init__(self, path: Path) -> None:
        documents = sorted(rows(path), key=lambda row: row.get("order", 0))
        self.documents = sorted(documents, key=lambda row: row.get("published") or "9")
        self.seconds: Counter[str] = Counter()
        self.articles: dict[str, Article] = {}
        self.signatures: dict[str, Signature] = {}
        for row in self.documents:
            article, body = read(row)
            self.articles[article.id] = article
            with self._timed("sign"):
                self.signatures[article.id] = sign(article, body)
        with self._timed("copies"):
            self.copies = find_copies((one, self.signatures[one.id]) for one in self.articles.values())
        with self._timed("stories"):
            stories = group_stories(self.copies, self.articles, self.signatures, grouping=Grouping(), settled={})
        with self._timed("topics"):
            self.stories, _ = assign_topics(stories, self.articles, self.signatures.__getitem__, (), {})

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        started = time.process_time()
        yield
        self.seconds[stage] += time.process_time() - started  # type: ignore[assignment]  # a Counter of floats

    def scores(self, field: str, found: Mapping[str, str]) -> dict[str, float]:
        """Of a partition of the documents that have this label; what is found nowhere stands alone."""
        labelled = [row for row in self.documents if row.get(field) is not None]
        return partition([row[field] for row in labelled], [found.get(row["id"], row["id"]) for row in labelled])


def partition(gold: Sequence[str], found: Sequence[str]) -> dict[str, float]:
    """BCubed precision, recall and F, and normalised mutual information, of one label an item."""
    count, both, ours, theirs = len(gold), Counter(zip(found, gold, strict=True)), Counter(found), Counter(gold)
    precision = sum(n * n / ours[one] for (one, _), n in both.items()) / count
    recall = sum(n * n / theirs[other] for (_, other), n in both.items()) / count
    shared = sum(n / count * math.log(n * count / (ours[one] * theirs[other])) for (one, other), n in both.items())
    own = -sum(n / count * math.log(n / count) for sizes in (ours, theirs) for n in sizes.values()) / 2
    return {"P": precision, "R": recall, "F": harmonic(precision, recall), "NMI": shared / own if own else 1.0}


def pairs(wanted: Iterable[Mapping[str, Any]], groups: Iterable[CopyGroup]) -> dict[str, float]:
    """Pair precision, recall and F; pairs labelled -1 are ignored, pairs that are not listed are none."""
    labels = {frozenset((row["a"], row["b"])): int(row["label"]) for row in wanted}
    members = [(group.lead_id, *group.copy_ids) for group in groups]
    found = {frozenset((a, b)) for ids in members for at, a in enumerate(ids) for b in ids[:at]}
    right = sum(labels.get(pair) == 1 for pair in found)
    wrong = sum(labels.get(pair, 0) == 0 for pair in found)
    precision, recall = right / max(1, right + wrong), right / max(1, sum(label == 1 for label in labels.values()))
    return {"P": precision, "R": recall, "F": harmonic(precision, recall)}


def harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / ((precision + recall) or 1)


def measure(folder: Path, wanted: Sequence[str] = ()) -> dict[str, dict[str, float]]:
    """Name of a measure → its scores; collections that are not there are left out."""
    known: dict[str, Collection] = {}

    def collection(name: str) -> Collection | None:
        path = folder / f"{name}.jsonl.gz"
        if name not in known and path.is_file():
            known[name] = Collection(path)
        return known.get(name)

    found: dict[str, dict[str, float]] = {}
    for name in (one for one in STORIES if not wanted or one in wanted):
        if made := collection(name):
            stories = {id: story.id for story in made.stories for id in story.article_ids}
            sizes = {"mean": len(made.documents) / len(made.stories), "largest": max(map(_size, made.stories))}
            found[f"stories {name}"] = made.scores("label", stories) | sizes
            found[f"speed {name}"] = {
                **{stage: 1e6 * cost / len(made.documents) for stage, cost in made.seconds.items()},
                "articles/CPU s": len(made.documents) / sum(made.seconds.values()),
            }
    for name in (one for one in TOPICS if not wanted or one in wanted):
        if made := collection(name):
            topics = {id: story.topics[0] for story in made.stories if story.topics for id in story.article_ids}
            found[f"topics {name}"] = made.scores("topic", topics)
    for name, documents in ((one, of) for one, of in COPIES.items() if not wanted or one in wanted):
        if made := collection(documents):
            found[f"copies {name}"] = pairs(rows(folder / f"{name}.pairs.jsonl.gz"), made.copies)
    return found


def _size(story: Story) -> int:
    return len(story.article_ids)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("collections", nargs="*")
    asked = options.parse_args()
    for name, scores in measure(asked.folder, asked.collections).items():
        told = (f"{key} {value:.3f}" if value < 2 else f"{key} {value:,.0f}" for key, value in scores.items())
        print(f"{name:<32}", *told, sep="  ", flush=True)


if __name__ == "__main__":
    main()
