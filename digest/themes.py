"""Stories that share a theme, over weeks: found text by text, each story under the theme that it resembles.

A theme is what is said rather than who: names count less than they do for a story. Rarity is learnt from what came
before, so a prefix of the texts decides as the whole does; what a story has joined stands.
"""

import math
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from digest.model import record

JOIN = 0.14  # cosine with the mean of a theme's stories
UNSURE = 0.2  # added to it where a story has one text, half as much where it has two …
NAME_COUNTS = 0.5  # times: a word of a name
SHARPNESS = 1.2  # the power that lets what all texts of a story say outweigh what one says
BACKGROUND = 40  # texts: what rarity is smoothed by before much has been read
KEPT_TERMS = 50  # of a story: the heaviest
TELLING_TERMS = 10  # of those: by which candidates are found
REMEMBERED = 40  # stories that a term is remembered in
CANDIDATES = 8  # themes compared in full
COMPARED_STORIES = 6  # of a theme: its first and its latest
LATEST_LOOK = 16  # texts: a story that has so many and no company is a theme of its own
WINDOW = 60 * 86_400  # seconds: a theme that has rested longer is over

ACTIVE = 20_000  # stories whose vectors are at hand: bounds memory where nothing is dated

Vector = Mapping[str, float]
Texts = Iterable[tuple[Vector, Collection[str]]]  # the weighted terms of a text, and those of them that are names


@record
class _Mean:
    """What a theme's first and latest stories say on average."""

    vector: Vector
    at: int | None  # of the latest


@record
class ThemesRest:
    """What is known of themes at a time."""

    of: Mapping[str, str]
    settled: tuple[str, ...]
    stories: Mapping[str, tuple[str, ...]]
    texts: Mapping[str, int]
    vectors: Mapping[str, Vector]
    means: Mapping[str, _Mean]
    by_term: Mapping[str, tuple[str, ...]]
    seen_in: Mapping[str, int]
    count: int


class Themes:
    """The themes so far, each called by the id of its first story."""

    def __init__(self, rest: ThemesRest | None = None) -> None:
        self.of: dict[str, str] = {}  # story → theme
        self._settled: set[str] = set()  # stories that stay where they are
        self._stories: defaultdict[str, list[str]] = defaultdict(list)  # of a theme
        self._texts: Counter[str] = Counter()  # of a story
        self._vectors: OrderedDict[str, Vector] = OrderedDict()  # of a story as it was last compared, the latest last
        self._means: dict[str, _Mean] = {}  # of a theme
        self._by_term: defaultdict[str, list[str]] = defaultdict(list)  # the latest stories that it tells of
        self._seen_in: Counter[str] = Counter()
        self._count = 0
        if rest:
            self.of.update(rest.of)
            self._settled.update(rest.settled)
            self._stories.update((theme, list(stories)) for theme, stories in rest.stories.items())
            self._texts.update(rest.texts)
            self._vectors.update(rest.vectors)
            self._means.update(rest.means)
            self._by_term.update((term, list(known)) for term, known in rest.by_term.items())
            self._seen_in.update(rest.seen_in)
            self._count = rest.count

    def rest(self) -> ThemesRest:
        """What has to be handed to themes that go on from here."""
        return ThemesRest(
            of=self.of,
            settled=tuple(self._settled),
            stories={theme: tuple(stories) for theme, stories in self._stories.items()},
            texts=self._texts,
            vectors=self._vectors,
            means=self._means,
            by_term={term: tuple(known) for term, known in self._by_term.items()},
            seen_in=self._seen_in,
            count=self._count,
        )

    def settle(self, story: str, theme: str) -> None:
        """Puts a story under the theme where it has been published."""
        self.of[story] = theme
        self._stories[theme].append(story)
        self._settled.add(story)

    def take(self, story: str, terms: Collection[str], at: int | None, texts: Callable[[], Texts]) -> None:
        """Learns a text of a story, and puts the story under a theme or begins one with it.

        `terms` are those of the text; `texts` gives all of the story so far, and is asked only when they are compared.
        """
        self._seen_in.update(terms)
        self._count += 1
        self._texts[story] += 1
        times = self._texts[story]
        if times > LATEST_LOOK or times & (times - 1):  # the first text, the second, the fourth …
            return
        vector = self._weigh(_sum(texts()))
        theme = self.of.get(story)
        if theme is None or (story not in self._settled and self._stories[theme] == [story]):
            self._place(story, self._best(story, vector, at))
        self._learn(story, vector, at)

    def rarity(self, term: str) -> float:
        """How much a term tells, by how few texts so far have it."""
        return math.log(1 + (self._count + BACKGROUND) / (self._seen_in[term] + 1))

    def _place(self, story: str, theme: str) -> None:
        if story in self.of:
            if theme == story or theme == self.of[story]:
                return
            del self._stories[self.of[story]]
            self._means.pop(self.of[story], None)
        self.of[story] = theme
        self._stories[theme].append(story)

    def _learn(self, story: str, vector: Vector, at: int | None) -> None:
        self._vectors[story] = vector
        self._vectors.move_to_end(story)
        if len(self._vectors) > ACTIVE:
            oldest = self.of[self._vectors.popitem(last=False)[0]]
            if self._stories[oldest][-1] not in self._vectors:
                self._means.pop(oldest, None)
        theme = self.of[story]
        stories = [one for one in self._stories[theme] if one in self._vectors]
        compared = [self._vectors[one] for one in stories[:1] + stories[1:][-(COMPARED_STORIES - 1) :]]
        self._means[theme] = _Mean(vector=_mean(compared), at=at)
        for term in list(vector)[:TELLING_TERMS]:
            known = self._by_term[term]
            if story not in known:
                known.append(story)
                del known[:-REMEMBERED]

    def _best(self, story: str, vector: Vector, at: int | None) -> str:
        """The theme that a story resembles most, if enough; else its own."""
        votes: Counter[str] = Counter()
        for term in list(vector)[:TELLING_TERMS]:
            for theme in {self.of[one] for one in self._by_term.get(term, ()) if one != story}:
                votes[theme] += vector[term]  # type: ignore[assignment]
        own = self.of.get(story)
        candidates = sorted(
            (theme for theme in votes if theme != own and theme in self._means),
            key=lambda theme: (-votes[theme], theme),
        )
        scores = ((self._likeness(vector, theme, at), theme) for theme in candidates[:CANDIDATES])
        score, best = max(scores, default=(0.0, story))
        return best if score >= JOIN + UNSURE / self._texts[story] else story

    def _likeness(self, vector: Vector, theme: str, at: int | None) -> float:
        """How much a story resembles a theme; not at all where that is long past."""
        mean = self._means[theme]
        if at is not None and mean.at is not None and at - mean.at > WINDOW:
            return 0.0
        return sum(weight * mean.vector[term] for term, weight in vector.items() if term in mean.vector)

    def _weigh(self, said: Vector) -> Vector:
        """The heaviest terms, sharpened, of unit length, the heaviest first."""
        total, seen_in, log = self._count + BACKGROUND, self._seen_in, math.log  # this line is most of a topic's cost
        weighed = [(weight * log(1 + total / (seen_in[term] + 1)), term) for term, weight in said.items()]
        heaviest = [(weight**SHARPNESS, term) for weight, term in sorted(weighed, reverse=True)[:KEPT_TERMS]]
        length = math.sqrt(sum(weight * weight for weight, _ in heaviest))
        return {term: weight / length for weight, term in heaviest}


def _sum(texts: Texts) -> Vector:
    """What texts say together, each as much as the others."""
    said: dict[str, float] = {}
    for terms, names in texts:
        length = math.sqrt(sum(weight * weight for weight in terms.values())) or 1.0
        for term, weight in terms.items():
            said[term] = said.get(term, 0.0) + weight / length * (NAME_COUNTS if term in names else 1.0)
    return said


def _mean(vectors: Sequence[Vector]) -> Vector:
    if len(vectors) == 1:
        return vectors[0]
    total: dict[str, float] = {}
    for vector in vectors:
        for term, weight in vector.items():
            total[term] = total.get(term, 0.0) + weight / len(vectors)
    return total
