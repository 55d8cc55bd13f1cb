"""News that never was: outlets that report story after story in invented words, the same for the same numbers.

30 sources; 20 topics; stories of eight articles in the mean; articles of 150 to 600 words, half of them with a picture;
one in ten is a copy of another one of its story (a fifth of these under the same address, a fifth word for word, the
others edited); 15 in 100 embed one or two of their story's three posts. Stories lie far apart: it is for measuring
speed, memory and growth, never quality.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate, chain, count, islice
from random import Random
from typing import NamedTuple

FIRST_DAY = datetime(2026, 9, 1, tzinfo=UTC)
SOURCES = 30
VOCABULARY = 50_000  # words
TOPICAL = 1_500  # words that a topic favours
NAMES = 24  # words that a story favours
SHARES = (0.64, 0.22, 0.14)  # of common words, of the topic's, of the story's
STORY = 8.0  # articles in the mean, copies too
LARGEST_STORY = 60  # articles
COPIED = 0.1  # of the articles
TOPICS = (
    "politics economy markets technology science health climate energy world europe asia africa americas security "
    "culture sport media law education transport"
).split()
COMMON = (
    "the of and to in a is that for it was on with as be by at he from this are not have his but they an had which you "
    "were we her she or all there one would their been if who has more when will no out so what up said about into "
    "than them can only other time new some could these two may first then do any like my now over such our man me "
    "even most made after also did many off before must well back through years much where your way down should "
    "because long each just state those people too good how around still last while own since under again against"
).split()
HEADS = "b ch d dr f g gr h j k l m n p pr qu r s sl t tr v w".split()
HEARTS = "a e i o u ai ea ou é".split()
PLAIN = 0.8  # of the words with an accent that go without
TAILS = ("", "", "l", "n", "r", "s", "t", "nd", "rk", "st")
PAPERS = "Bulletin Chronicle Courier Gazette Mail Record Review Telegraph".split()
Paragraphs = tuple[tuple[str, ...], ...]  # of sentences


class Post(NamedTuple):
    """What an article embeds."""

    number: int
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """One print of one outlet."""

    number: int
    topic: str
    source: str
    at: datetime
    title: str
    url: str
    paragraphs: Paragraphs
    posts: tuple[Post, ...]
    has_picture: bool
    has_heading: bool
    is_copy: bool = False

    @property
    def address(self) -> str:
        """The URL without what tracks."""
        return self.url.partition("?")[0]

    @property
    def slug(self) -> str:
        return f"{slug(self.title)[:60].rstrip('-')}-{self.number:06}"


class World:
    """Outlets that report, story after story, without end."""

    def __init__(self, seed: int, days: int) -> None:
        self.chance = Random(seed)
        self.days = days
        self.words = list(islice(self._invented(), VOCABULARY))
        self.known = {topic: self.words + self.chance.sample(self.words[300:12_000], TOPICAL) for topic in TOPICS}
        pairs = zip(self.chance.sample(self.words[500:6_000], SOURCES), PAPERS * SOURCES, strict=False)
        self.sources = [f"{name.title()} {paper}" for name, paper in pairs]
        ranks = ((VOCABULARY, 1.05), (TOPICAL, 0.9), (NAMES, 0.4))  # words by rank, as steep as those of a language
        parts = zip(SHARES, ranks, strict=True)
        self.weights = list(accumulate(chain.from_iterable(_falling(share, *rank) for share, rank in parts)))
        self.numbers = count()
        self.stories = 0  # told so far

    def articles(self) -> Iterator[Article]:
        while True:
            self.stories += 1
            size = min(LARGEST_STORY, 1 + int(math.log(1 - self.chance.random()) / math.log(1 - 1 / STORY)))
            yield from self._story(size)

    def _story(self, size: int) -> Iterator[Article]:
        chance, topic = self.chance, self.chance.choice(TOPICS)
        names = [word.title() if chance.random() < 0.6 else word for word in chance.sample(self.words[2_000:], NAMES)]
        posts = [self._post(topic, names) for _ in range(3)]
        shared = self._sentences(60, topic, names)  # what several outlets quote
        start = FIRST_DAY + timedelta(days=chance.random() * self.days)
        told: list[Article] = []
        for _ in range(size):
            if told and chance.random() < COPIED * size / (size - 1):
                told.append(self._copy(chance.choice(told), names))
            else:
                told.append(self._article(topic, names, posts, shared, start))
            yield told[-1]

    def _article(self, topic: str, names: list[str], posts: list[Post], shared: list[str], start: datetime) -> Article:
        chance = self.chance
        sentences = self._sentences(chance.randint(150, 600), topic, names)
        for sentence in shared:
            if chance.random() < 0.25:
                sentences.insert(chance.randrange(len(sentences)), sentence)
        words = [*chance.choices(names[:8], k=3), *self._drawn(chance.randint(3, 6), topic, names)]
        at = start + timedelta(days=min(3.0, chance.expovariate(2.0)))
        embedded = chance.sample(posts, chance.randint(1, 2)) if chance.random() < 0.15 else []
        return self._addressed(
            Article(
                number=next(self.numbers),
                topic=topic,
                source=chance.choice(self.sources),
                at=at.replace(microsecond=0),
                title=_capital(" ".join(words)),
                url="",
                paragraphs=self._paragraphs(sentences),
                posts=tuple(embedded),
                has_picture=chance.random() < 0.5,
                has_heading=chance.random() < 0.3,
            )
        )

    def _copy(self, first: Article, names: list[str]) -> Article:
        """The same under the same address, the same elsewhere, or edited elsewhere."""
        chance, kind = self.chance, self.chance.random()
        later = first.at + timedelta(minutes=chance.randint(2, 400))
        copy = replace(first, number=next(self.numbers), at=later, is_copy=True)
        if kind < 0.2:
            return replace(copy, url=f"{first.address}?utm_source=rss&utm_campaign=c{copy.number % 7}")
        copy = replace(copy, source=chance.choice(self.sources))
        if kind >= 0.4:
            title = " ".join([names[0], *first.title.split()[1:-1], self._another()])
            copy = replace(copy, title=_capital(title), paragraphs=self._edited(first.paragraphs, copy.source))
        return self._addressed(copy)

    def _edited(self, paragraphs: Paragraphs, source: str) -> Paragraphs:
        """Under a line of the outlet's own, one to three sentences less, one to three words in a hundred changed."""
        chance, left = self.chance, [list(paragraph) for paragraph in paragraphs]
        for paragraph in chance.choices(left, k=chance.randint(1, 3)):
            if len(paragraph) > 1:
                paragraph.pop(chance.randrange(len(paragraph)))
        rate = chance.uniform(0.01, 0.03)
        edited = [tuple(self._reworded(one, rate) for one in paragraph) for paragraph in left]
        return ((f"{source} reports.", *edited[0]), *edited[1:])

    def _reworded(self, sentence: str, rate: float) -> str:
        words = (self._another() if self.chance.random() < rate else word for word in sentence.split())
        return " ".join(words)

    def _another(self) -> str:
        return self.words[self.chance.randrange(100, 8_000)]

    def _addressed(self, article: Article) -> Article:
        path = f"{article.topic}/{article.at:%Y/%m/%d}/{article.slug}"
        return replace(article, url=f"{home(article.source)}/{path}")

    def _post(self, topic: str, names: list[str]) -> Post:
        words = self._drawn(self.chance.randint(12, 29), topic, names)
        by = self.chance.choice(names).lower().replace("é", "e")
        return Post(number=self.chance.randrange(10**15, 10**16), by=by, text=" ".join(words))

    def _drawn(self, number: int, topic: str, names: list[str]) -> list[str]:
        """So many words: common ones, the topic's, the story's."""
        known = self.known[topic]
        drawn = self.chance.choices(range(len(self.weights)), cum_weights=self.weights, k=number)
        return [known[at] if at < len(known) else names[at - len(known)] for at in drawn]

    def _sentences(self, number: int, topic: str, names: list[str]) -> list[str]:
        """Of eight to 29 words, so many in all."""
        words = iter(self._drawn(number, topic, names))
        sentences = []
        while sentence := list(islice(words, self.chance.randint(8, 29))):
            if len(sentence) > 14:
                sentence[6] += ","
            sentences.append(_capital(" ".join(sentence)) + ".")
        return sentences

    def _paragraphs(self, sentences: list[str]) -> Paragraphs:
        rest, paragraphs = iter(sentences), []
        while paragraph := tuple(islice(rest, self.chance.randint(2, 4))):
            paragraphs.append(paragraph)
        return tuple(paragraphs)

    def _invented(self) -> Iterator[str]:
        """Words, each once, the common ones first."""
        chance, known = self.chance, set(COMMON)
        yield from dict.fromkeys(COMMON)
        while True:
            syllables = range(chance.randint(1, 4))
            word = "".join(chance.choice(HEADS) + chance.choice(HEARTS) for _ in syllables) + chance.choice(TAILS)
            if chance.random() < PLAIN:
                word = word.replace("é", "e")
            if word not in known:
                known.add(word)
                yield word


def _falling(share: float, size: int, steepness: float) -> list[float]:
    """Weights by rank that add up to a share."""
    weights = [rank**-steepness for rank in range(1, size + 1)]
    scale = share / sum(weights)
    return [scale * weight for weight in weights]


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def home(source: str) -> str:
    return f"https://{slug(source)}.example"


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower().replace("é", "e")).strip("-")
