"""Articles about the same event become a story: one pass, in the order seen; each place stands.

A text joins the story that it resembles most, if it resembles it enough for the time between them: half by the
story's nearest text, half by all that are compared. The nearest alone would let chains of look-alikes grow, all of them
would shut out a long story's latest turn. Texts in different languages are compared by what languages share, figures
and names; a post that both embed brings texts nearer. A text of a few words is placed by the odds that the story's
words, taken together, would give it. Copies follow their lead and decide nothing.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from digest.model import Article, CopyGroup, Placed, PublishedStory, Reason, Signature, Story, record
from digest.stages.stories.headlines import Headlines, HeadlinesRest, probability
from digest.stages.stories.likeness import Rarity, RarityRest, Text, across, alike, heaviest, shared_weights

JOIN = 0.20  # likeness to a story's nearest texts, at no distance in time
JOIN_ACROSS = 0.19  # the same, by the marks that two languages share
NEAREST = 0.5  # of likeness and distance: what the nearest text decides; the rest is the mean of those compared
SHARED_POST = 0.12  # added where a story's text embeds a post that this text embeds
DISTANCE = 0.20  # added to the threshold at the end of the window
HEADLINE_TERMS = 12  # a text of more has a line or two below its headline
LEAST_SHORT = 0.13  # likeness of such a one to a text of a story: below it the words shared are chance
JOIN_SHORT = 0.5  # probability that a headline belongs to a story and begins none
DISTANCE_SHORT = 3.0  # taken from the log odds at the end of the window
SHARED_POST_SHORT = 4.0  # added to the log odds
NEVER = -20.0  # log odds, where no word speaks for a story
UNDATED = 0.6  # of the window: how far apart texts without dates are taken to be, but for headlines
SWEPT_EVERY = 7 * 86_400  # seconds
COMPARED_TEXTS = 8  # of a story: its first and its latest
REMEMBERED = 400  # texts a term is remembered in: bounds the cost where nothing is dated
TELLING_TERMS = 12  # of a text: the heaviest, by which candidates are found
CANDIDATES = 8  # stories compared in full
WORDS_SHOWN = 8  # of those shared: the heaviest
LEAST_SHOWN = 0.01  # that a word must add to the likeness


@record
class Grouping:
    """How far apart and how alike the articles of one story may be."""

    window_hours: float = 72.0
    join: float = JOIN
    join_short: float = JOIN_SHORT


def group_stories(
    groups: Iterable[CopyGroup],
    articles: Mapping[str, Article],
    signatures: Mapping[str, Signature],
    *,
    grouping: Grouping,
    settled: Mapping[str, Placed],
    split: Collection[str] = (),
) -> list[Story]:
    """The stories in the order in which they began, each with why its articles joined it.

    What a closed edition has published stands (`settled`); the articles that the editor split off stand alone.
    """
    known, stories = list(groups), Stories(grouping, split)
    for group in known:
        placed = next((settled[id] for id in group.ids if id in settled), None)
        stories.take(articles[group.lead_id], signatures[group.lead_id], placed)
    return gathered(known, stories.story_of, stories.reasons, articles)


def gathered(
    groups: Iterable[CopyGroup],
    story_of: Mapping[str, str],
    reasons: Mapping[str, Reason],
    articles: Mapping[str, Article],
) -> list[Story]:
    """The stories that these groups make up, in the order in which they began; `story_of` and `reasons` by lead."""
    members: dict[str, list[CopyGroup]] = {}
    for group in groups:
        members.setdefault(story_of[group.lead_id], []).append(group)
    return [_story(id, each, articles, reasons) for id, each in members.items()]


def _story(id: str, members: list[CopyGroup], articles: Mapping[str, Article], reasons: Mapping[str, Reason]) -> Story:
    lead = articles[members[0].lead_id]
    times = sorted(time for group in members for time in _times(group, articles))
    return Story(
        id=id,
        slug=lead.slug,
        title=lead.title,
        language=lead.language,
        groups=tuple(members),
        first_at=times[0] if times else None,
        last_at=times[-1] if times else None,
        reasons=tuple(reasons[group.lead_id] for group in members if group.lead_id in reasons),
    )


def _times(group: CopyGroup, articles: Mapping[str, Article]) -> list[int]:
    found = (articles[id] for id in group.ids)
    return [article.at for article in found if article.at is not None]


@record
class _Match:
    """A story that a text was compared with."""

    story_id: str
    score: float
    threshold: float
    cause: str  # words, odds

    @property
    def margin(self) -> float:
        return self.score - self.threshold


@record
class Rest:
    """Where a fold rests: all that decides about what comes."""

    texts: Mapping[str, tuple[Text, ...]]
    by_term: Mapping[str, tuple[tuple[int | None, str], ...]]
    headlines: Mapping[str, HeadlinesRest]
    rarity: RarityRest
    swept_at: int | None


class Stories:
    """The stories so far: which each text belongs to, and why. The articles that the editor split off stand alone."""

    def __init__(self, grouping: Grouping, split: Collection[str] = (), rest: Rest | None = None) -> None:
        self.story_of: dict[str, str] = {}  # by the text's id
        self.reasons: dict[str, Reason] = {}  # by the text's id
        self._grouping = grouping
        self._window = grouping.window_hours * 3600
        self._split = split
        self._texts: defaultdict[str, list[Text]] = defaultdict(list)  # by story: those compared
        self._by_term: defaultdict[str, list[tuple[int | None, str]]] = defaultdict(list)  # the last to use each term
        self._headlines: dict[str, Headlines] = {}  # by language
        self._rarity = Rarity(rest.rarity if rest else None)
        self._swept_at: int | None = None
        if rest:
            self._swept_at = rest.swept_at
            self._texts.update((id, list(texts)) for id, texts in rest.texts.items())
            self._by_term.update((term, list(known)) for term, known in rest.by_term.items())
            self._headlines.update((name, Headlines(self._window, one)) for name, one in rest.headlines.items())

    def rest(self) -> Rest:
        """What a fold has to be handed that goes on from here."""
        return Rest(
            texts={id: tuple(texts) for id, texts in self._texts.items() if texts},
            by_term={term: tuple(known) for term, known in self._by_term.items() if known},
            headlines={name: one.rest() for name, one in self._headlines.items()},
            rarity=self._rarity.rest(),
            swept_at=self._swept_at,
        )

    def recall(self, stories: Iterable[tuple[str, str]], reasons: Iterable[Reason]) -> None:
        """What an earlier fold has decided before it rested."""
        self.story_of.update(stories)
        self.reasons.update((reason.article_id, reason) for reason in reasons)

    def take(self, article: Article, signature: Signature, placed: Placed | None) -> None:
        """Puts a text into its story and learns from it; where a closed edition has `placed` it, that stands."""
        self._sweep(article.seen_at)
        text = self._rarity.text(article, signature)
        story_id = self.story_of[article.id] = self._place(article.id, text, placed)
        self._learn(story_id, text)
        self._rarity.learn(text, signature)

    def revise(self, version: Article, signature: Signature) -> None:
        """A text of a story now tells something else: what comes is compared with that, too."""
        at = version.updated_at if version.updated_at is not None else version.seen_at
        self._learn(self.story_of[version.id], self._rarity.text(replace(version, published_at=at), signature))

    def _sweep(self, now: int | None) -> None:
        """Now and then: what is too old for anything that comes is let go."""
        if now is None:
            return
        if self._swept_at is not None and now - self._swept_at > SWEPT_EVERY:
            for term, known in list(self._by_term.items()):
                if kept := [one for one in known if not self._gone(one[0], now)]:
                    self._by_term[term] = kept
                else:
                    del self._by_term[term]
            for id, texts in list(self._texts.items()):
                if all(self._gone(text.at, now) for text in texts):
                    del self._texts[id]
        if self._swept_at is None or now - self._swept_at > SWEPT_EVERY:
            self._swept_at = now

    def _place(self, id: str, text: Text, placed: Placed | None) -> str:
        """The id of its story: as the editor split it off, as published, or by what it resembles."""
        if id in self._split:
            self.reasons[id] = Reason(article_id=id, story_id=id, score=1.0, threshold=0.0, cause="split")
            return id
        matches = self._matches(text)
        joined = bool(matches) and matches[0].margin >= 0
        found = matches[0].story_id if joined else id
        if placed and placed.story_id in self._split:  # its first text was taken out of it, with the id of both
            placed = None
        if placed and placed.story_id != found:
            told = placed.story_id
            self.reasons[id] = Reason(article_id=id, story_id=told, score=1.0, threshold=0.0, cause="published")
            return told
        if joined:
            self.reasons[id] = self._joined(id, text, matches)
        elif matches:
            self.reasons[id] = _apart(id, matches[0])
        return found

    def _joined(self, id: str, text: Text, matches: list[_Match]) -> Reason:
        """Why a text joined the first of the stories that it was compared with."""
        best, *others = matches
        texts = self._texts[best.story_id]
        weights = max((shared_weights(text, other) for other in texts), key=lambda shared: math.fsum(shared.values()))
        posts = {f"post:{post}": SHARED_POST for other in texts for post in sorted(text.posts & other.posts)}
        shown = heaviest(weights | posts, WORDS_SHOWN)
        next_best = next((match for match in others if match.margin >= 0), None)
        return Reason(
            article_id=id,
            story_id=best.story_id,
            score=round(best.score, 3),
            threshold=round(best.threshold, 3),
            words=tuple((term, round(weight, 3)) for term, weight in shown if weight >= LEAST_SHOWN),
            runner_up=next_best.story_id if next_best else "",
            runner_up_score=round(next_best.score, 3) if next_best else 0.0,
            runner_up_threshold=round(next_best.threshold, 3) if next_best else 0.0,
            cause=best.cause,
        )

    def _matches(self, text: Text) -> list[_Match]:
        """The stories that a text may belong to, the best first."""
        odds = self._spoken(text.language).odds(text.headline) if text.is_short else {}
        likely = sorted(odds, key=lambda id: (-odds[id], id))[:CANDIDATES]
        found = []
        for story_id in dict.fromkeys((*likely, *self._candidates(text))):
            if story_id in self._split:  # what was split off stands alone, or the rest would come after it
                continue
            texts = self._texts[story_id]
            far = self._far(text, texts)
            if far is None or far <= 1:
                found.append(self._match(text, story_id, far, odds.get(story_id, NEVER)))
        return sorted(found, key=lambda match: (-match.margin, match.story_id))

    def _match(self, text: Text, story_id: str, far: float | None, odds: float) -> _Match:
        """How a text compares with a story that lies `far` from it, as a share of the window; none: nobody knows."""
        texts = self._texts[story_id]
        shares_post = bool(text.posts) and any(text.posts & other.posts for other in texts)
        if text.is_short and any(other.language == text.language for other in texts):
            if len(text.terms) > HEADLINE_TERMS and not shares_post and self._is_far_in_words(text, texts):
                odds = NEVER
            score = probability(odds - DISTANCE_SHORT * (far or 0) + SHARED_POST_SHORT * shares_post)
            return _Match(story_id=story_id, score=score, threshold=self._grouping.join_short, cause="odds")
        score, threshold = self._likeness(text, texts)
        score, threshold = score + SHARED_POST * shares_post, threshold + DISTANCE * (UNDATED if far is None else far)
        return _Match(story_id=story_id, score=score, threshold=threshold, cause="words")

    def _is_far_in_words(self, text: Text, texts: list[Text]) -> bool:
        """Does a text say too little of what any text of a story in its language says?"""
        return all(alike(text, other) < LEAST_SHORT for other in texts if other.language == text.language)

    def _far(self, text: Text, texts: list[Text]) -> float | None:
        """How far a story lies, in windows: half by its nearest text; none where it cannot be told."""
        gaps = [abs(text.at - other.at) for other in texts if text.at is not None and other.at is not None]
        if not gaps or min(gaps) > self._window:
            return math.inf if gaps or not texts else None  # without texts: all of them were let go, they are too old
        within = [gap / self._window for gap in gaps]
        return _blend(min(within), within)

    def _likeness(self, text: Text, texts: list[Text]) -> tuple[float, float]:
        """How much a text resembles a story's texts (those in its language, where there are any), and what it takes."""
        same = [alike(text, other) for other in texts if other.language == text.language]
        found = same or [across(text, other) for other in texts]
        return _blend(max(found), found), self._grouping.join if same else JOIN_ACROSS

    def _candidates(self, text: Text) -> list[str]:
        """Stories within the window that share a telling word, the most such words first."""
        votes: Counter[str] = Counter()
        for terms in (text.terms, text.marks, dict.fromkeys(sorted(text.posts), 1.0)):
            for term, weight in islice(terms.items(), TELLING_TERMS):
                known = self._by_term.get(term, [])
                while known and self._gone(known[0][0], text.at):
                    del known[0]
                for story_id in {story_id for _, story_id in known}:
                    votes[story_id] += weight  # type: ignore[assignment]  # a Counter of floats
        return [story_id for story_id, _ in sorted(votes.items(), key=lambda pair: (-pair[1], pair[0]))[:CANDIDATES]]

    def _gone(self, at: int | None, now: int | None) -> bool:
        """Is what was seen then too old to be compared with anything that still comes?"""
        return at is not None and now is not None and now - at > 2 * self._window

    def _learn(self, story_id: str, text: Text) -> None:
        texts = self._texts[story_id]
        texts.append(text)
        if len(texts) > COMPARED_TEXTS:
            del texts[1]
        self._spoken(text.language).learn(story_id, text.headline)
        for terms in (text.terms, text.marks, dict.fromkeys(sorted(text.posts), 1.0)):
            for term in islice(terms, TELLING_TERMS):
                known = self._by_term[term]
                known.append((text.at, story_id))
                del known[:-REMEMBERED]

    def _spoken(self, language: str) -> Headlines:
        if (known := self._headlines.get(language)) is None:
            known = self._headlines[language] = Headlines(self._window)
        return known


def _blend(nearest: float, values: Sequence[float]) -> float:
    """What counts of a story's texts: the nearest one's value, and the mean."""
    return NEAREST * nearest + (1 - NEAREST) * math.fsum(values) / len(values)


def _apart(id: str, nearest: _Match) -> Reason:
    """Why a text began a story: the nearest one was not near enough."""
    return Reason(
        article_id=id,
        story_id=id,
        score=round(nearest.score, 3),
        threshold=round(nearest.threshold, 3),
        runner_up=nearest.story_id,
        runner_up_score=round(nearest.score, 3),
        cause="apart",
    )


def readdress(stories: Iterable[Story], published: Iterable[PublishedStory]) -> list[Story]:
    """The stories at the addresses where closed editions have published them."""
    slugs = {one.id: one.slug for one in published}
    return [replace(story, slug=slugs[story.id]) if story.id in slugs else story for story in stories]
