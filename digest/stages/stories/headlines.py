"""Which story a text of a few words belongs to: a headline shares one word or two with those of its story, seldom more.

Cosines of such texts say little. A story is taken for an urn of words instead, filled from the texts that stand in it
and smoothed by the words of all stories (a Dirichlet process mixture, as in Yin and Wang, "A text clustering
algorithm for short texts", 2014, but placed once, in the order seen). The odds say how much likelier the words are
under the story than in a story that begins here. A word is common when many stories use it, not when one large story
does. Only what was seen before counts, and only what lies within the window.

With vectors (what words mean, beside how they are spelt) the likeness of a text and its story in meaning, above what
any two texts have in common, moves the odds.
"""

import math
from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence
from operator import add, mul, sub

from digest.model import record

SMOOTHING = 80.0  # words: as many of all stories are mixed into each story's own
SIZE_COUNTS = 0.75  # exponent: of the share of all texts that a story has; 1 would let large ones draw in everything
NEW = 0.4  # how readily a story begins: so many times as a story of a single text takes the next one in
FEWEST = 100  # texts: at the least so many are taken to lie in the window, or the first would join each other
VOCABULARY = 500  # words: at the least there are so many, also where little was read
MEANING = 12.0  # natural log of the odds that a whole likeness in meaning is worth
MEANING_EXPECTED = 0.3  # likeness in meaning, above the average, of texts of one story: below it speaks against
UNDATED = 3_000  # undated texts that are remembered, in each language
COMMONPLACE = 500  # stories that use a word: from here on it says nothing of any one of them
SCALE = 127  # of a vector's length: whole numbers give the same sums everywhere
SETTLED = 40  # texts: what the mean of all vectors is smoothed by before much has been read


@record
class Headline:
    """A text by its telling words, and by its meaning where it is known."""

    at: int | None
    words: tuple[str, ...]
    vector: tuple[int, ...] = ()


@record
class HeadlinesRest:
    """What is known of the headlines of a language at a time."""

    dated: tuple[tuple[str, Headline], ...]  # with the id of the story
    undated: tuple[tuple[str, Headline], ...]
    used_by: Mapping[str, int]
    sum: tuple[int, ...]
    count: int


class Headlines:
    """The stories of one language, as urns of words."""

    def __init__(self, window: float, rest: HeadlinesRest | None = None) -> None:
        self._window = window  # seconds
        self._dated: deque[tuple[str, Headline]] = deque()
        self._undated: deque[tuple[str, Headline]] = deque()
        self._urns: dict[str, _Urn] = {}
        self._stories_with: defaultdict[str, dict[str, int]] = defaultdict(dict)  # word → story id → times
        self._used_by: Counter[str] = Counter()  # stories that ever began to use a word
        self._uses = 0
        self._sum: Sequence[int] = ()
        self._count = 0  # vectors in the sum
        if rest:
            self._used_by.update(rest.used_by)
            self._uses, self._sum, self._count = sum(rest.used_by.values()), rest.sum, rest.count
            for known, deck in ((rest.dated, self._dated), (rest.undated, self._undated)):
                deck.extend(known)
                for story_id, headline in known:
                    self._put_in(story_id, headline)

    def rest(self) -> HeadlinesRest:
        """What has been learnt so far."""
        return HeadlinesRest(
            dated=tuple(self._dated),
            undated=tuple(self._undated),
            used_by=self._used_by,
            sum=tuple(self._sum),
            count=self._count,
        )

    def odds(self, headline: Headline) -> dict[str, float]:
        """The natural log of the odds that the text belongs to a story and begins none, for those worth a look."""
        self._forget(headline.at)
        vector = self._above_average(headline.vector)
        length = math.sqrt(sum(map(mul, vector, vector)))
        texts = max(len(self._dated) + len(self._undated), FEWEST)
        new = SIZE_COUNTS * math.log(texts + 1) + math.log(NEW)
        found = {}
        for id, told in self._told(headline).items():
            urn = self._urns[id]
            told += len(headline.words) * math.log(SMOOTHING / (SMOOTHING + urn.size))
            if length and urn.vectors:
                told += MEANING * (urn.likeness(vector, length) - MEANING_EXPECTED)
            if told > 0:  # else it would join for the story's size alone
                found[id] = told + SIZE_COUNTS * math.log(urn.texts) - new
        return found

    def learn(self, story_id: str, headline: Headline) -> None:
        """Puts a text's words into its story."""
        vector = self._above_average(headline.vector)
        kept = Headline(at=headline.at, words=headline.words, vector=vector)
        for word in kept.words:
            if story_id not in self._stories_with[word]:
                self._used_by[word] += 1
                self._uses += 1
        self._put_in(story_id, kept)
        if headline.vector:
            self._sum = list(map(add, self._sum, headline.vector)) if self._sum else headline.vector
            self._count += 1
        (self._undated if headline.at is None else self._dated).append((story_id, kept))

    def _put_in(self, story_id: str, headline: Headline) -> None:
        self._urns.setdefault(story_id, _Urn()).change(headline, +1)
        for word in headline.words:
            known = self._stories_with[word]
            known[story_id] = known.get(story_id, 0) + 1

    def _told(self, headline: Headline) -> Mapping[str, float]:
        """What each word says for the stories that have used it."""
        told: defaultdict[str, float] = defaultdict(float)
        vocabulary = max(VOCABULARY, len(self._used_by))
        for word in sorted(headline.words, key=str.isdigit):
            common = (self._used_by[word] + 1) / (self._uses + vocabulary)
            using = self._stories_with.get(word, {})
            if len(using) > COMMONPLACE:  # else a word under every item of a feed would cost the square of their number
                continue
            for id, times in using.items():
                if id in told or not word.isdigit():  # a figure that stands alone is chance
                    told[id] += math.log(1 + times / (SMOOTHING * common))
        return told

    def _forget(self, now: int | None) -> None:
        """Takes out what lies too far back to be compared with what comes now."""
        while self._dated and now is not None and now - (self._dated[0][1].at or 0) > self._window:
            self._take_out(*self._dated.popleft())
        while len(self._undated) > UNDATED:
            self._take_out(*self._undated.popleft())

    def _take_out(self, story_id: str, headline: Headline) -> None:
        urn = self._urns[story_id]
        urn.change(headline, -1)
        if not urn.texts:
            del self._urns[story_id]
        for word in headline.words:
            known = self._stories_with[word]
            known[story_id] -= 1
            if not known[story_id]:
                del known[story_id]

    def _above_average(self, vector: Sequence[int]) -> tuple[int, ...]:
        """What sets a text's meaning apart from that of the texts before it, of one length."""
        if not vector:
            return ()
        share = 1 / (self._count + SETTLED)
        apart = [own - share * total for own, total in zip(vector, self._sum or (0,) * len(vector), strict=True)]
        length = math.sqrt(math.fsum(part * part for part in apart))
        return tuple(round(SCALE * part / length) for part in apart) if length else ()


class _Urn:
    """A story's words and meaning, in numbers."""

    def __init__(self) -> None:
        self.texts = 0
        self.size = 0  # words
        self.vectors = 0
        self._sum: Sequence[int] = ()
        self._length = 0.0  # of the sum

    def change(self, headline: Headline, by: int) -> None:
        """Puts a text in, or takes it out again."""
        self.texts += by
        self.size += by * len(headline.words)
        if headline.vector:
            self.vectors += by
            start = self._sum or (0,) * len(headline.vector)
            self._sum = list(map(add if by > 0 else sub, start, headline.vector))
            self._length = math.sqrt(sum(map(mul, self._sum, self._sum)))

    def likeness(self, vector: Sequence[int], length: float) -> float:
        """The cosine of a vector, of this length, with the story's."""
        return sum(map(mul, self._sum, vector)) / (self._length * length) if self._length else 0.0


def probability(odds: float) -> float:
    """The probability that such log odds stand for."""
    return 1 / (1 + math.exp(-odds)) if odds > -700 else 0.0
