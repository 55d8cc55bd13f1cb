"""What discovered topics are called, beside what a person called them, and how many names stand from day to day.

    python benchmarks/labels.py STORIES.jsonl.gz [--show 100] [--days 40] [--keyphrases KEYS.jsonl.gz]

STORIES holds documents as the scorer's collections do: id, title, text, source, published, label (of the story) and
label_text (a person's). Each day's articles are taken after those of the days before, as a daily build does, and the
names of the day are compared with those of the day before. KEYS holds documents with keyphrases that a crowd chose:
how many of the ten words and pairs of words that labels are made of are among them.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from collection import read, rows

from digest.model import Article, Signature, Story
from digest.stages.copies import find_copies
from digest.stages.sign import sign
from digest.stages.stories import Grouping, group_stories
from digest.stages.topics import assign_topics
from digest.text import stems, words

Known = Mapping[str, tuple[Article, Signature]]
CANDIDATES = 10  # words of an article that are compared with the crowd's


def told(known: Known) -> list[Story]:
    """The stories with their topics, as one build has them."""
    articles = {id: article for id, (article, _) in known.items()}
    signatures = {id: signature for id, (_, signature) in known.items()}
    groups = find_copies((known[id] for id in known), {}, ())
    stories = group_stories(groups, articles, signatures, grouping=Grouping(), settled={})
    outlets = {article.source_id for article in articles.values()}
    return assign_topics(stories, articles, signatures.__getitem__, (), {}, outlets=outlets)[0]


def names(stories: Iterable[Story]) -> dict[str, str]:
    return {story.id: story.topics[0] for story in stories if story.topics}


def beside(stories: Iterable[Story], persons: Mapping[str, str], limit: int) -> Iterator[str]:
    for story in [story for story in stories if any(id in persons for id in story.article_ids)][:limit]:
        ours = story.topics[0] if story.topics else "-"
        person, _ = Counter(persons[id] for id in story.article_ids if id in persons).most_common(1)[0]
        yield f"{ours:<36} | {person}"


def standing(known: Known, days: int) -> tuple[int, int]:
    """Names that stood from one day to the next, of all that were there on both."""
    moments = sorted({article.at or 0 for article, _ in known.values()})
    ends = moments[:: max(1, len(moments) // days)]
    stood = compared = 0
    before: dict[str, str] = {}
    for end in ends:
        today = names(told({id: one for id, one in known.items() if (one[0].at or 0) <= end}))
        compared += len(before)
        stood += sum(today.get(story) == name for story, name in before.items())
        before = today
    return stood, compared


def keys(path: str) -> tuple[float, float, float]:
    """Precision, recall and F of an article's first names and matters among the crowd's keyphrases, mean."""
    scores = []
    for row in rows(path):
        article, _ = read(row)
        lists = [article.facts.get(fact, "").split("\n") for fact in ("names", "matters")]
        mixed = [
            one for pair in zip(*(found + [""] * CANDIDATES for found in lists), strict=False) for one in pair if one
        ]
        ours = {" ".join(stems(words(one), article.language)) for one in mixed[:CANDIDATES]}
        crowd = {" ".join(stems(words(one), article.language)) for one in row["keyphrases"]}
        hits = len(ours & crowd)
        precision, recall = hits / max(1, len(ours)), hits / max(1, len(crowd))
        scores.append((precision, recall, 2 * precision * recall / ((precision + recall) or 1)))
    precision, recall, f = (sum(column) / len(scores) for column in zip(*scores, strict=True))
    return precision, recall, f


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("stories")
    options.add_argument("--show", type=int, default=100)
    options.add_argument("--days", type=int, default=40)
    options.add_argument("--keyphrases")
    asked = options.parse_args()
    documents = list(rows(asked.stories))
    read_all = [read(row) for row in sorted(documents, key=lambda row: (row.get("published") or "", row["id"]))]
    known = {article.id: (article, sign(article, body)) for article, body in read_all}
    persons = {row["id"]: row["label_text"] for row in documents if row.get("label_text")}
    print(*beside(told(known), persons, asked.show), sep="\n")
    stood, compared = standing(known, asked.days)
    print(f"\n{stood} of {compared} names unchanged from one day to the next: {stood / max(1, compared):.1%}")
    if asked.keyphrases:
        print("keyphrases, first ten: P {:.3f}  R {:.3f}  F {:.3f}".format(*keys(asked.keyphrases)))


if __name__ == "__main__":
    main()
