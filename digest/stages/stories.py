"""Articles about the same event become a story: one pass, in the order seen; each place stands.

A text joins the story whose texts it resembles most on average (so that no chain of look-alikes grows), if it
resembles them enough: cosine of weighted stems, rare ones counting more. Rarity is learnt from what came before
only, on top of a constant, so a prefix of the log decides as the whole does. A text of a few words is placed by the
odds that the story's words, taken together, would give it (`headlines`). Texts in different languages are
compared by what languages share, figures and names; a post that both embed brings texts nearer. Copies follow their
lead and decide nothing.
"""

import math
from array import array
from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from digest.headlines import Headline, Headlines, probability
from digest.model import Article, CopyGroup, Placed, PublishedStory, Reason, Signature, Story, record

JOIN = 0.18  # mean cosine with a story's texts, at no distance in time
JOIN_ACROSS = 0.19  # the same, by the marks that two languages share
MARKS_SHARED = 2  # that two languages must share at the least
TELLING_MARK = 3  # characters: figures below 100 stand in every text
SHARED_POST = 0.12  # added where a story's text embeds a post that this text embeds
DISTANCE = 0.20  # added to the threshold at the end of the window
SHORT = 25  # different stems: a text of fewer is a headline, with a line or two below it
GIST = 18  # stems, of a longer text: what it would be as a headline
JOIN_SHORT = 0.5  # probability that a headline belongs to a story and begins none
DISTANCE_SHORT = 3.0  # taken from the log odds at the end of the window
SHARED_POST_SHORT = 4.0  # added to the log odds
NEVER = -20.0  # log odds, where no word speaks for a story
COMPARED_TEXTS = 6  # of a story: its first and its latest
BACKGROUND = 40  # texts: what rarity is smoothed by before much has been read
REMEMBERED = 400  # texts a term is remembered in: bounds the cost where nothing is dated
TELLING_TERMS = 12  # of a text: the heaviest, by which candidates are found
CANDIDATES = 24  # stories compared in full
WORDS_SHOWN = 8  # of those shared


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
    fold = _Fold(grouping, settled, split)
    for group in groups:
        fold.take(group, articles[group.lead_id], signatures[group.lead_id])
    return [_story(id, members, articles, fold.reasons) for id, members in fold.members.items() if members]


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
    found = (articles[id] for id in (group.lead_id, *group.copy_ids))
    return [article.at for article in found if article.at is not None]


@record
class _Text:
    """A text as it is compared."""

    language: str
    at: int | None
    terms: Mapping[str, float]
    marks: Mapping[str, float]
    posts: frozenset[str]
    headline: Headline
    is_short: bool


class _Fold:
    """The stories so far."""

    def __init__(self, grouping: Grouping, settled: Mapping[str, Placed], split: Collection[str]) -> None:
        self.members: dict[str, list[CopyGroup]] = {}
        self.reasons: dict[str, Reason] = {}
        self._grouping = grouping
        self._window = grouping.window_hours * 3600
        self._settled = settled
        self._split = split
        self._texts: defaultdict[str, list[_Text]] = defaultdict(list)  # by story
        self._by_term: defaultdict[str, deque[tuple[int | None, str]]] = defaultdict(lambda: deque(maxlen=REMEMBERED))
        self._headlines: dict[str, Headlines] = {}  # by language
        self._seen_in: Counter[str] = Counter()
        self._count = 0

    def take(self, group: CopyGroup, article: Article, signature: Signature) -> None:
        """Puts a text into its story and learns from it."""
        terms = self._weigh(signature.terms)
        is_short = len(terms) < SHORT
        text = _Text(
            language=article.language.partition("-")[0],
            at=article.at,
            terms=terms,
            marks=self._weigh(signature.marks),
            posts=frozenset(post.id for post in article.posts),
            headline=Headline(
                at=article.at,
                words=_gist(signature.terms),
                vector=tuple(array("b", signature.meaning)),
            ),
            is_short=is_short,
        )
        story_id = self._place(group, text)
        self.members.setdefault(story_id, []).append(group)
        self._learn(story_id, text, signature)

    def _place(self, group: CopyGroup, text: _Text) -> str:
        """The id of its story: as the editor split it off, as published, or by what it resembles."""
        id = group.lead_id
        if id in self._split:
            return id
        best = self._best(text)
        found = best[0][2] if best else id
        placed = next((self._settled[one] for one in (id, *group.copy_ids) if one in self._settled), None)
        if placed and placed.story_id in self._split:  # its first text was taken out of it, with the id of both
            placed = None
        if placed and placed.story_id != found:
            told = placed.story_id
            if told != id:
                self.reasons[id] = Reason(article_id=id, story_id=told, score=1.0, threshold=0.0, cause="published")
            return told
        if best:
            self.reasons[id] = self._reason(id, found, text, best)
        return found

    def _reason(self, id: str, story_id: str, text: _Text, best: list[tuple[float, float, str]]) -> Reason:
        """Why a text joined the best of the stories that it may join."""
        texts = self._texts[story_id]
        if any(other.language == text.language for other in texts):
            shared = text.terms.keys() & {term for other in texts for term in other.terms}
        else:
            shared = text.marks.keys() & {mark for other in texts for mark in other.marks}
        posts = {f"post:{post}" for other in texts for post in text.posts & other.posts} if text.posts else set()
        weights = {**text.marks, **text.terms, **dict.fromkeys(posts, 1.0)}
        return Reason(
            article_id=id,
            story_id=story_id,
            score=round(best[0][0], 3),
            threshold=round(best[0][1], 3),
            words=tuple(sorted(shared | posts, key=lambda term: (-weights[term], term))[:WORDS_SHOWN]),
            runner_up=best[1][2] if len(best) > 1 else "",
            runner_up_score=round(best[1][0], 3) if len(best) > 1 else 0.0,
        )

    def _best(self, text: _Text) -> list[tuple[float, float, str]]:
        """The stories that it may join as (score, threshold, id), the best first."""
        found = []
        odds = self._spoken(text.language).odds(text.headline) if text.is_short else {}
        likely = sorted(odds, key=lambda id: (-odds[id], id))[:CANDIDATES]
        for story_id in dict.fromkeys((*likely, *self._candidates(text))):
            if story_id in self._split:  # what was split off stands alone, or the rest would come after it
                continue
            texts = self._texts[story_id]
            gap = _gap(text.at, texts)
            if gap > self._window:
                continue
            far, shares_post = gap / self._window, bool(text.posts) and any(text.posts & other.posts for other in texts)
            if text.is_short and any(other.language == text.language for other in texts):
                told = odds.get(story_id, NEVER) - DISTANCE_SHORT * far + SHARED_POST_SHORT * shares_post
                score, threshold = probability(told), self._grouping.join_short
            else:
                score, threshold = self._likeness(text, texts[:1] + texts[1:][-(COMPARED_TEXTS - 1) :])
                score, threshold = score + SHARED_POST * shares_post, threshold + DISTANCE * far
            if score >= threshold:
                found.append((score, threshold, story_id))
        return sorted(found, key=lambda one: (-(one[0] - one[1]), one[2]))

    def _likeness(self, text: _Text, texts: list[_Text]) -> tuple[float, float]:
        """How much a text resembles a story's texts (those in its language, where there are any), and what it takes."""
        same = [other for other in texts if other.language == text.language]
        if same:
            return sum(_cosine(text.terms, other.terms) for other in same) / len(same), self._grouping.join
        best = sorted((_across(text.marks, other.marks) for other in texts), reverse=True)[:2]
        return sum(best) / len(best), JOIN_ACROSS

    def _candidates(self, text: _Text) -> list[str]:
        """Stories within the window that share a telling word, the most such words first."""
        votes: Counter[str] = Counter()
        for terms in (text.terms, text.marks, dict.fromkeys(text.posts, 1.0)):
            for term, weight in _heaviest(terms):
                known = self._by_term[term]
                while known and self._gone(known[0][0], text.at):
                    known.popleft()
                for story_id in {story_id for _, story_id in known}:
                    votes[story_id] += weight  # type: ignore[assignment]  # a Counter of floats
        return [story_id for story_id, _ in sorted(votes.items(), key=lambda pair: (-pair[1], pair[0]))[:CANDIDATES]]

    def _gone(self, at: int | None, now: int | None) -> bool:
        """Is what was seen then too old to be compared with anything that still comes?"""
        return at is not None and now is not None and now - at > 2 * self._window

    def _learn(self, story_id: str, text: _Text, signature: Signature) -> None:
        self._texts[story_id].append(text)
        self._spoken(text.language).learn(story_id, text.headline)
        for terms in (text.terms, text.marks, dict.fromkeys(text.posts, 1.0)):
            for term, _ in _heaviest(terms):
                self._by_term[term].append((text.at, story_id))
        self._seen_in.update(signature.terms.keys())
        self._seen_in.update(signature.marks.keys())
        self._count += 1

    def _spoken(self, language: str) -> Headlines:
        return self._headlines.setdefault(language, Headlines(self._window))

    def _weigh(self, terms: Mapping[str, float]) -> dict[str, float]:
        """Term → weight × rarity, of unit length."""
        total = self._count + BACKGROUND
        weighed = {t: w * math.log(1 + total / (self._seen_in[t] + 1)) for t, w in terms.items()}
        length = math.sqrt(sum(weight * weight for weight in weighed.values()))
        return {term: weight / length for term, weight in weighed.items()} if length else {}


def _heaviest(terms: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(terms.items(), key=lambda pair: (-pair[1], pair[0]))[:TELLING_TERMS]


def _gap(at: int | None, texts: Iterable[_Text]) -> int:
    """Seconds between a time and the nearest of the texts'; none where nothing is dated."""
    return 0 if at is None else min((abs(at - other.at) for other in texts if other.at is not None), default=0)


def _gist(terms: Mapping[str, float]) -> tuple[str, ...]:
    """The words by which a text is a headline: all of a short one, of a longer one the heaviest."""
    heaviest = sorted(terms, key=lambda term: (-terms[term], term))
    return tuple(heaviest[: len(terms) if len(terms) < SHORT else GIST])


def _across(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The likeness of texts in two languages; a single name, and small figures alone, are chance."""
    telling = [mark for mark in one.keys() & other.keys() if len(mark) >= TELLING_MARK]
    return _cosine(one, other) if len(telling) >= MARKS_SHARED else 0.0


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other[term] for term, weight in one.items() if term in other)


def readdress(stories: Iterable[Story], published: Iterable[PublishedStory]) -> list[Story]:
    """The stories at the addresses where closed editions have published them."""
    slugs = {one.id: one.slug for one in published}
    return [replace(story, slug=slugs[story.id]) if story.id in slugs else story for story in stories]
