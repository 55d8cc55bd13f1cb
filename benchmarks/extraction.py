"""How well the article on a page is found: token precision, recall and F1, the mean over pages.

    python benchmarks/extraction.py COLLECTION.jsonl.gz

A line of the collection is {"html": a page, "articleBody": its text as a person gave it}.
"""

import gzip
import json
import re
import sys
import time
from collections import Counter
from pathlib import Path

from digest.errors import InputError
from digest.flows.forgotten import Forgotten
from digest.flows.pages import Job, Wanted, read
from digest.markup import clean, plain
from digest.shell.workers import Failed
from digest.text import words
from digest.webpage import read_page

ADDRESS = "https://example.org/a"


def kept(html: str) -> str:
    """What a source with `full_text` keeps."""
    wanted = Wanted(id="", source_id="", url=ADDRESS, title="", blurb="")
    # Robots' directives are taken out: here only the reading is measured.
    page = re.sub(r"<meta[^>]+robots[^>]*>", "", html, flags=re.IGNORECASE)
    [text] = read(
        Job(data=page.encode(), url=ADDRESS, robots=(), items=(wanted,), etag="", modified="", forgotten=Forgotten())
    )
    if isinstance(text, Failed):
        raise InputError(text.reason)
    return text


def saved(html: str) -> str:
    """What of the page is shown when it is saved among the articles."""
    return read_page(html).html


def measured(found: str, gold: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of the words."""
    ours, theirs = Counter(words(found)), Counter(words(gold))
    both = (ours & theirs).total()
    precision, recall = both / max(1, ours.total()), both / max(1, theirs.total())
    return precision, recall, 2 * precision * recall / (precision + recall) if both else 0.0


def main(path: Path) -> None:
    """Prints a line for each way."""
    pages = [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]
    for way in (kept, saved):
        scores, began = [], time.process_time()
        for page in pages:
            try:
                text = plain(clean(way(page["html"])))
            except InputError:
                text = ""
            scores.append(measured(text, page["articleBody"]))
        spent = (time.process_time() - began) / len(pages)
        precision, recall, f1 = (sum(score[at] for score in scores) / len(scores) for at in range(3))
        low = sum(score[2] < 0.5 for score in scores)
        print(f"{way.__name__}: {len(pages)} pages: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}; "
              f"{low} below .5; {1000 * spent:.0f} ms of CPU a page")  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]))
