"""A name for the theme of an article, as a person would put it on a folder: a place and the matter."""

import re
from collections import Counter

from digest.model import Article, Body
from digest.names import proper_names
from digest.stopwords import NONE, STOPWORDS
from digest.text import fold, stem

TITLE_COUNTS = 3  # times: a word of the title stands for so many of the text
BESIDE_COUNTS = 4  # times: "Aleppo ceasefire" names both
PLACE_COUNTS = 2  # times: "in Aleppo", "near Aleppo"
LEAST = 5.0  # how strongly a text has to speak of both before they name it
VERB_COUNTS = 0.4  # times: a word that never follows an article or the like
SHORTEST_MATTER = 4  # letters

_PLACE_SIGNS = {
    "en": "in|near|at|from|across|around|outside|inside|into|over|of|throughout|to",
    "fr": "en|à|au|aux|dans|près de|de|depuis|vers",
    "es": "en|desde|hacia|cerca de|de",
    "it": "in|a|nel|nella|da|di",
    "nl": "in|bij|uit|naar|rond",
    "pt": "em|no|na|desde|de",
    "tr": "",
    "ru": "в|на|из|под|около",
}
_SPEAKS = re.compile(
    r"\W+(?:\w+\s)?(?:said|says|told|added|adds|announced|warned|wrote|also|claimed|noted|asked|called)\b"
)
_TITLED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|President|Minister|Secretary|General|Senator|Envoy|envoy|director|spokes\w+)\.?\s)$"
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NOUN = re.compile(
    r"\b(?:the|an?|this|that|these|those|his|her|its|their|our|of|for|no|any|each|[A-Z]\w+)\s+([a-z-]{4,})"
)
_ADJECTIVE_ENDS = ("ians", "ian", "ans", "an", "n", "ish", "ese", "i", "s")


def topic_label(article: Article, body: Body) -> str:
    """The label, two or three words taken from the text; empty where the text does not say it clearly."""
    text = f"{article.title}.\n{body.text}"
    names = _names(text, article)
    matters = _matters(article, body, names)
    best = ("", "", 0.0)
    for name, weight in sorted(names.items(), key=lambda pair: (-pair[1], pair[0]))[:8]:
        for matter, strength in sorted(matters.items(), key=lambda pair: (-pair[1], pair[0]))[:8]:
            beside = len(re.findall(rf"\b{re.escape(name)}\W+{re.escape(matter)}", text, re.IGNORECASE))
            score = min(weight, strength) + (weight + strength) / 4 + BESIDE_COUNTS * beside
            if score > best[2]:
                best = (name, matter, score)
    name, matter, score = best
    return f"{name} {matter}" if score >= LEAST else ""


def _names(text: str, article: Article) -> dict[str, float]:
    """Places (and other names that do not speak) with their weight; adjectives count for their place."""
    signs = _PLACE_SIGNS.get(article.language, "")
    found: dict[str, float] = {}
    counts = dict(proper_names(text, article.language))
    for name, times in counts.items():
        if len(name) < 3 or name.isupper() or " " in name:
            continue
        if any(_TITLED.search(text[max(0, m.start() - 14) : m.start()]) for m in re.finditer(re.escape(name), text)):
            continue
        speaks = sum(1 for m in re.finditer(rf"\b{re.escape(name)}\b", text) if _SPEAKS.match(text, m.end()))
        placed = len(re.findall(rf"\b(?:{signs})\s+(?:the\s+)?{re.escape(name)}\b", text)) if signs else 0
        if speaks * 2 > placed:
            continue
        found[name] = times + PLACE_COUNTS * placed + TITLE_COUNTS * (name in article.title)
    for name in sorted(found, key=len):
        for other in [known for known in found if name in found and known != name and _adjective_of(known, name)]:
            found[name] += found.pop(other)
    return {name: weight for name, weight in found.items() if weight >= 2}


def _adjective_of(word: str, place: str) -> bool:
    """Is this "Syrian" to that "Syria"?"""
    root = place.rstrip("aeiouy") if len(place) > 4 else place
    return word.startswith(root) and word[len(root) :].lower().lstrip("aeiouy") in ("", *_ADJECTIVE_ENDS)


def _matters(article: Article, body: Body, names: dict[str, float]) -> dict[str, float]:
    """Common nouns with their weight, each in its commonest form."""
    stop = STOPWORDS.get(article.language, NONE)
    forms: dict[str, Counter[str]] = {}
    weights: Counter[str] = Counter()
    known = {fold(part) for name in names for part in name.split()}
    for text, counts in ((article.title, TITLE_COUNTS), (body.text, 1)):
        for word in _WORD.findall(text):
            folded = fold(word)
            if len(word) < SHORTEST_MATTER or folded in stop or folded in known:
                continue
            if word[0].isupper() and text is body.text:
                continue
            root = stem(folded, article.language)
            weights[root] += counts
            forms.setdefault(root, Counter())[word.lower()] += 1
    nouns = {stem(fold(word), article.language) for word in _NOUN.findall(body.text)}
    doubtful = article.language.partition("-")[0] == "en"  # where a word before it tells a noun from a verb
    return {
        forms[root].most_common(1)[0][0]: weight * (VERB_COUNTS if doubtful and root not in nouns else 1.0)
        for root, weight in weights.items()
        if weight >= 2
    }
