"""A name for the theme of an article, as a person would put it on a folder: a place and the matter."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from digest.model import Article, Body
from digest.names import Mention, mentions
from digest.stopwords import NONE, STOPWORDS
from digest.text import fold, stem

TITLE_COUNTS = 3  # times: a word of the title stands for so many of the text
BESIDE_COUNTS = 4  # times: "Aleppo ceasefire" names both
PLACE_COUNTS = 2  # times: "in Aleppo", "near Aleppo"
LEAST = 5.0  # how strongly a text has to speak of both before they name it
VERB_COUNTS = 0.4  # times: a word that never follows an article or the like
LEAST_NAMED = 2  # times that a name or a matter must stand
SHORTEST_MATTER = 4  # letters

EMPTY_MATTERS = frozenset(
    """country countries leader leaders state states authority authorities decision video speech forces military army
    nuclear fiscal political former lawmakers sites site lot side sides question questions issue issues reason reasons
    action actions move moves measure measures event events case step steps member members""".split()
)
"""Words that could stand on any folder."""
_PLACE_SIGNS = {
    "en": frozenset("in near at from across around outside inside into over of throughout to".split()),
    "fr": frozenset("en à au aux dans près de depuis vers".split()),
    "es": frozenset("en desde hacia cerca de".split()),
    "it": frozenset("in a nel nella da di".split()),
    "nl": frozenset("in bij uit naar rond".split()),
    "pt": frozenset("em no na desde de".split()),
    "ru": frozenset("в на из под около".split()),
}
_SPEAKS = frozenset("said says told added adds announced warned wrote also claimed noted asked called".split())
_TITLES = frozenset(
    """Mr Mrs Ms Dr Sir Lord Lady President Minister Secretary General Senator Envoy envoy director minister""".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NOUN = re.compile(
    r"\b(?:the|an?|this|that|these|those|his|her|its|their|our|of|for|no|any|each|[A-Z]\w+)\s+([a-z-]{4,})"
)
_ADJECTIVE_ENDS = frozenset(["", "ians", "ian", "ans", "an", "n", "ish", "ese", "i", "s"])
TRIED = 8  # names and matters: the heaviest of each


def topic_label(article: Article, body: Body) -> str:
    """The label, two or three words taken from the text; empty where the text does not say it clearly."""
    found = mentions(f"{article.title}\n{body.text}", article.language)
    names = _names(found, article)
    matters = _matters(article, body, names)
    beside = Counter((mention.name, word) for mention in found for word in mention.after[:1])
    best = ("", "", 0.0)
    for name, weight in _heaviest(names):
        for matter, strength in _heaviest(matters):
            score = min(weight, strength) + (weight + strength) / 4 + BESIDE_COUNTS * beside[name, matter]
            if score > best[2]:
                best = (name, matter, score)
    name, matter, score = best
    return f"{name} {_whole(matter, body.text)}" if score >= LEAST else ""


def _heaviest(weights: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:TRIED]


def _whole(matter: str, text: str) -> str:
    """The matter with the noun that it only describes: not "nuclear" but "nuclear deal"."""
    followers = Counter(re.findall(rf"\b{re.escape(matter)}\s+([a-z]{{3,}})\b", text))
    stands = len(re.findall(rf"\b{re.escape(matter)}\b", text))
    for follower, times in followers.most_common(1):
        if times >= 2 and times * 2 >= stands and fold(follower) not in STOPWORDS["en"]:
            return f"{matter} {follower}"
    return matter


def _names(found: Sequence[Mention], article: Article) -> dict[str, float]:
    """Places, and other names that do not speak, with their weight; adjectives count for their place."""
    signs = _PLACE_SIGNS.get(article.language.partition("-")[0], frozenset())
    times: Counter[str] = Counter()
    placed: Counter[str] = Counter()
    speaks: Counter[str] = Counter()
    people: set[str] = set()
    inside = {mention.name for mention in found if not mention.opens}
    for mention in [one for one in found if one.name in inside]:
        name = mention.name
        times[name] += 1
        placed[name] += mention.before in signs
        speaks[name] += not _SPEAKS.isdisjoint(mention.after)
        if mention.before in _TITLES or name.partition(" ")[0] in _TITLES:
            people.add(name)
    weights = {
        name: count + PLACE_COUNTS * placed[name] + TITLE_COUNTS * (name in article.title)
        for name, count in times.items()
        if _may_label(name, count) and name not in people and speaks[name] * 2 <= placed[name]
    }
    return {name: weight for name, weight in _joined(weights).items() if weight >= LEAST_NAMED}


def _may_label(name: str, times: int) -> bool:
    """Is it a word or two, and no abbreviation?"""
    return len(name) > 2 and not name.isupper() and (name.count(" ") == 0 or (name.count(" ") == 1 and times > 1))


def _joined(weights: Mapping[str, float]) -> dict[str, float]:
    """One name for each place: "Korea" goes where "North Korea" says more, "Syrian" counts for "Syria"."""
    joined = dict(weights)
    for whole in [name for name in weights if " " in name]:
        for part in whole.split():
            if joined.get(part, 0) and joined[part] <= 2 * weights[whole]:
                del joined[part]
    for name in sorted(joined, key=len):
        for other in list(joined):
            if name in joined and other != name and _adjective_of(other, name):
                joined[name] += joined.pop(other)
    return joined


def _adjective_of(word: str, place: str) -> bool:
    """Is this "Syrian" to that "Syria"?"""
    root = place.rstrip("aeiouy") if len(place) > 4 else place
    return word.startswith(root) and word[len(root) :].lower().lstrip("aeiouy") in _ADJECTIVE_ENDS


def _matters(article: Article, body: Body, names: Mapping[str, float]) -> dict[str, float]:
    """Common nouns with their weight, each in its commonest form."""
    language = article.language.partition("-")[0]
    left_out = STOPWORDS.get(language, NONE) | EMPTY_MATTERS | {fold(part) for name in names for part in name.split()}
    weights: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = {}
    for text, counts in ((article.title.lower(), TITLE_COUNTS), (body.text, 1)):
        for word, times in Counter(_WORD.findall(text)).items():
            if len(word) >= SHORTEST_MATTER and word[0].islower() and (folded := fold(word)) not in left_out:
                root = stem(folded, language)
                weights[root] += counts * times
                forms.setdefault(root, Counter())[word] += times
    nouns = {stem(fold(word), language) for word in set(_NOUN.findall(body.text))}
    doubtful = language == "en"  # where a word before it tells a noun from a verb
    return {
        forms[root].most_common(1)[0][0]: weight * (VERB_COUNTS if doubtful and root not in nouns else 1.0)
        for root, weight in weights.items()
        if weight >= LEAST_NAMED
    }
