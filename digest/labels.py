"""What a person would call what several texts are about: a name and the matter, in their own words."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from math import sqrt

from digest.model import Article, record
from digest.stopwords import FUNCTION_WORDS, NONE
from digest.text import fold, stems, words

NAMES_TELL = 1.0  # the power of a name's rarity: one that stands in every text names no folder
MATTERS_TELL = 0.5  # the same of a noun: the rarest are chance
IN_TITLE = 2.0  # times: added to what a word weighs where the headline has it
BESIDE = 0.8  # of the first name's weight: from here on a second one stands beside it
LONGEST = 4  # words of a label
LONGEST_NAME = 3  # words
LONGEST_CAPITALS = 5  # letters: longer words in capitals are shouted, no abbreviation
SHORTEST_ROOT = 4  # letters that "Syria" and "Syrian" share at least
SHORTEST = 4  # letters of a word of a headline that a query may look for
UNSPACED_LETTERS = 4  # of scripts without blanks, as many
_SPEAKER = re.compile(r"(?<=[-–—] )[^-–—:]{2,40}$|^[^:]{2,40}(?=: )")  # "Truce near - Quay", "Quay: truce near"
_PLAIN = re.compile(r"[^\W\d_]+")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]{2,}")
_ADJECTIVE_ENDS = frozenset(["n", "an", "ian", "ish", "ese", "i", "ns", "ans", "ians", "s"])
_TITLES = frozenset(
    """mr mrs ms dr sir lord lady president minister secretary general senator sen rep representative gov governor
    judge justice chairman prof professor captain king queen prince princess pope mayor sheriff congressman prime
    attorney chief former director envoy special agent""".split()
)

Rarity = Callable[[str], float]  # of a stem


@record
class Said:
    """What one text says of itself."""

    title: str
    language: str  # without the country
    names: tuple[str, ...] = ()  # the most frequent first
    matters: tuple[str, ...] = ()  # nouns and pairs of words, the weightiest first
    own: frozenset[str] = frozenset()  # folded names of who wrote and published it


@record
class _Word:
    """What may stand in a label: a name, a noun, a pair of words."""

    text: str
    weight: float
    stems: tuple[str, ...]
    titles: int  # headlines that have it

    @property
    def head(self) -> "_Word":
        """Its last word."""
        return replace(self, text=self.text.split()[-1], stems=self.stems[-1:])

    def __len__(self) -> int:
        return self.text.count(" ") + 1


def told_by(article: Article, outlets: Collection[str] = ()) -> Said:
    """What an article says of itself."""
    names, matters = (tuple(filter(None, article.facts.get(fact, "").split("\n"))) for fact in ("names", "matters"))
    return Said(
        title=article.title,
        language=article.language.partition("-")[0],
        names=names,
        matters=matters,
        own=frozenset([*map(fold, article.authors), *outlets]),
    )


def label(texts: Sequence[Said], rarity: Rarity) -> str:
    """Two to four words taken from the texts in the first one's language; empty where they say too little."""
    found = " ".join(one.text for one in _told(texts, rarity))
    return found[:1].upper() + found[1:] if " " in found else ""


def query(texts: Sequence[Said]) -> str:
    """A query that the first of the texts answers and others like it would, to begin a rule with."""
    told = [one.text for one in _told(texts[:1], lambda stem: 1.0)] or _longest(texts[0].title)
    return " AND ".join(f'"{one}"' if len(words(one)) > 1 and not _UNSPACED.search(one) else one for one in told)


def _longest(title: str) -> list[str]:
    """The longest words of a headline; of an unspaced one the first characters."""
    if run := _UNSPACED.search(title):
        return [run.group()[:UNSPACED_LETTERS]]
    found = sorted(dict.fromkeys(_PLAIN.findall(title)), key=len, reverse=True)[:2]
    return [word for word in found if len(word) >= SHORTEST]


def _told(texts: Sequence[Said], rarity: Rarity) -> list[_Word]:
    """What the label is made of."""
    language = texts[0].language
    told = [text for text in texts if text.language == language]
    titles = [stems(words(text.title), language) for text in told]
    own = frozenset[str]().union(*(text.own for text in told))
    spoken = [[name for one in text.names if (name := _bare(one, language)) and fold(name) not in own] for text in told]
    names = [_short(one, titles) for one in _joined(_weigh(spoken, titles, rarity, language, NAMES_TELL))]
    if len(told) > 1:  # a single headline says as much of who speaks as of what happens
        names = [one for one in names if one.titles]
    else:
        speaking = {stem for found in _SPEAKER.findall(told[0].title) for stem in stems(words(found), language)}
        names = [one for one in names if not speaking.issuperset(one.stems)]
    taken = {stem for one in names[:2] for stem in one.stems}
    matters = _weigh([text.matters for text in told], titles, rarity, language, MATTERS_TELL)
    matters = [one for one in matters if taken.isdisjoint(one.stems)]
    return _chosen(names, matters, titles)


def _bare(name: str, language: str) -> str:
    """A name without titles of office; empty where it is too long or shouted."""
    function = FUNCTION_WORDS.get(language, NONE)
    parts = name.split()
    while parts and fold(parts[-1]) in function:  # "Croix Le", where a clause broke off
        del parts[-1]
    offices = [at for at, part in enumerate(parts[:-1]) if fold(part).rstrip(".") in _TITLES]
    parts = parts[offices[-1] + 1 :] if offices else parts
    shouted = any(part.isupper() and len(part) > LONGEST_CAPITALS for part in parts)
    is_office = len(parts) == 1 and fold(parts[0]) in _TITLES
    return "" if shouted or is_office or len(parts) > LONGEST_NAME else " ".join(parts)


def _weigh(
    said: Iterable[Sequence[str]], titles: Sequence[Sequence[str]], rarity: Rarity, language: str, power: float
) -> list[_Word]:
    """The words of all texts, each in its commonest form, the weightiest first."""
    forms: dict[tuple[str, ...], Counter[str]] = {}
    weights: dict[tuple[str, ...], float] = {}
    for found, title in zip(said, titles, strict=True):
        for rank, text in enumerate(found):
            key = tuple(stems(words(text), language))
            if not key:
                continue
            in_title = IN_TITLE * _share(key, title) if len(titles) > 1 else 0.0
            telling = (sum(map(rarity, key)) / len(key)) ** power
            weights[key] = weights.get(key, 0.0) + (1 + in_title) / sqrt(1 + rank) * telling
            forms.setdefault(key, Counter())[text] += 1
    ranked = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))
    return [
        _Word(
            text=forms[key].most_common(1)[0][0],
            weight=weight,
            stems=key,
            titles=sum(_share(key, title) > 0 for title in titles),
        )
        for key, weight in ranked
    ]


def _share(key: Sequence[str], title: Collection[str]) -> float:
    """How much of a name or a pair of words a headline has: all of it, its last word, or nothing that tells."""
    if key[-1] not in title:
        return 0.0
    return 1.0 if all(stem in title for stem in key) else 0.5


def _joined(names: Sequence[_Word]) -> list[_Word]:
    """One name for each: "Steele" goes where "Michael Steele" stands, "Syrian" counts for "Syria"."""
    joined: list[_Word] = []
    for one in names:
        for at, other in enumerate(joined):
            if whole := _whole(one, other):
                weight, seen = max(one.weight, other.weight), max(one.titles, other.titles)
                joined[at] = replace(whole, weight=weight, titles=seen)
                break
        else:
            joined.append(one)
    return sorted(joined, key=lambda one: -one.weight)


def _whole(one: _Word, other: _Word) -> _Word | None:
    """The one of two names that stands for both, where they are one."""
    short, long = sorted((one, other), key=lambda word: (len(word.stems), len(word.text)))
    if {*short.stems} < {*long.stems}:
        return long if len(short.stems) == 1 or long.weight > short.weight else short
    root = short.text.rstrip("aeiouy") if len(short.text) > SHORTEST_ROOT else short.text
    ending = long.text[len(root) :].lstrip("aeiouy")
    same = len(root) >= SHORTEST_ROOT and long.text.startswith(root) and ending in _ADJECTIVE_ENDS
    return short if same and len(short.stems) == len(long.stems) == 1 else None


def _short(name: _Word, titles: Sequence[Sequence[str]]) -> _Word:
    """A name as the headlines have it: a person's last one where they leave the first one out."""
    if len(name.stems) < 2:
        return name
    last = name.stems[-1]
    alone = sum(last in title and name.stems[-2] not in title for title in titles)
    if alone * 2 > sum(last in title for title in titles):
        return name.head
    return name


def _chosen(names: Sequence[_Word], matters: Sequence[_Word], titles: Sequence[Sequence[str]]) -> list[_Word]:
    """A name, or two that most headlines share, and the matter; two matters where nothing is named."""
    if not matters:
        return []
    if not names:
        told = matters[: 1 if " " in matters[0].text else 2]
        return sorted(told, key=lambda one: _place(one, titles))
    matter = matters[0]
    first, *others = names
    if len(first) + len(matter) > LONGEST:
        return [first, matter.head]
    for other in others[:1] if len(titles) > 1 else ():
        together = other.weight >= BESIDE * first.weight and other.titles * 2 > len(titles)
        if together and len(first) + len(other) < LONGEST:
            both = sorted([first, other], key=lambda one: _place(one, titles))
            return [*both, matter if len(first) + len(other) + len(matter) <= LONGEST else matter.head]
    return [first, matter]


def _place(word: _Word, titles: Sequence[Sequence[str]]) -> float:
    """Where in the first headline that has it a word stands."""
    return next((title.index(stem) for title in titles for stem in word.stems if stem in title), 99)
