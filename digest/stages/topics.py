"""Stories under topics: by the project's rules, else under a theme of their own that the texts name.

A rule catches a story when enough of its texts answer the query, or one of them was filed under the topic by hand.
Stories that no rule catches gather by theme, in the order in which their texts came; a theme becomes a topic with its
second text, or with one that is long enough, under a name that stands. What has no name stays in the pile that no
topic caught.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from functools import partial

from digest.labels import label, told_by
from digest.model import Article, Signature, Story, Topic, in_force, record
from digest.text import distinct, fold, slug, stems, words
from digest.themes import Themes, ThemesRest

CAUGHT = 0.15  # of a story's texts answer the query: a few in many are a side remark
TELLING_TEXTS = 2  # of a theme that is named
TELLING_WORDS = 180  # of a single text that may be named alone: shorter ones name too much by chance
NAMED_BY = 6  # texts at most: a theme that they do not name stays without one


def assign_topics(
    stories: Iterable[Story],
    articles: Mapping[str, Article],
    signature_of: Callable[[str], Signature],
    rules: Sequence[Topic],
    published: Mapping[str, Sequence[str]],
    known: Sequence[Topic] = (),
    zone: tzinfo = UTC,
    outlets: Collection[str] = (),
    take_all: Callable[["Named", list["Step"]], None] | None = None,
) -> tuple[list[Story], dict[str, Topic]]:
    """The stories with their topics, and all topics by name: rules in their order, then those published, then new ones.

    `articles` stand in the order in which they came. `published` says under which topics closed editions have listed
    a story; it stays listed there, behind the present ones. `known` are the topics of closed editions: their names
    and addresses stand. No topic is named after one of the `outlets`. `take_all` may go on from an earlier fold.
    """
    stories = list(stories)
    topics = {topic.name: topic for topic in rules}
    published_slugs = {topic.name: topic.slug for topic in known}
    topics |= {topic.name: topic for topic in known if topic.name not in topics}
    order = {name: at for at, name in enumerate(topics)}
    queried = [topic for topic in topics.values() if topic.ruled]
    shares = {story.id: _shares(story, articles, queried, zone) | _given(story, articles) for story in stories}
    themes = Named(articles, signature_of, topics.values(), frozenset(map(fold, outlets)))
    (take_all or in_order)(themes, _steps((one for one in stories if not shares[one.id]), articles, published))
    assigned = []
    for story in stories:
        share, before = shares[story.id], published.get(story.id, ())
        names = sorted(share, key=lambda name: (-share[name], order.get(name, len(order)), name))
        if not names and not before and (found := themes.name_of(story.id)):
            names = [found]
        for name in names:
            topics.setdefault(name, Topic(name=name, slug="", discovered=True))  # found, or a folder no rule fills
        assigned.append(replace(story, topics=(*names, *(name for name in before if name not in names))))
    return assigned, _with_slugs(topics, published_slugs)


def _shares(story: Story, articles: Mapping[str, Article], rules: Iterable[Topic], zone: tzinfo) -> dict[str, float]:
    """The topics whose rule catches the story, with how much of it answers."""
    leads = [articles[group.lead_id] for group in story.groups]
    shares = {}
    for topic in rules:
        answering = sum(topic.name in lead.ruled_topics and _applied(topic, lead, zone) for lead in leads)
        if answering / len(leads) >= CAUGHT:
            shares[topic.name] = answering / len(leads)
    return shares


def _given(story: Story, articles: Mapping[str, Article]) -> dict[str, float]:
    """The topics that the story is filed under by hand: as if all of it answered."""
    return {name: 1.0 for id in story.article_ids for name in articles[id].given_topics}


def _applied(topic: Topic, article: Article, zone: tzinfo) -> bool:
    """Did the topic's rule still apply when the article was published?"""
    return article.at is None or in_force(topic.until, datetime.fromtimestamp(article.at, zone).date().isoformat())


@record
class Step:
    """A text that is put under a theme."""

    id: str
    version: str  # that is shown
    at: int | None
    story_id: str
    published: str  # the topic under which a closed edition has listed its story first; empty: none has


@record
class Rest:
    """Where the themes rest: all that decides about what comes."""

    themes: ThemesRest
    names: Mapping[str, str]
    told: Mapping[str, tuple[str, ...]]


class Named:
    """Themes and the topics that they have become."""

    def __init__(
        self,
        articles: Mapping[str, Article],
        signature_of: Callable[[str], Signature],
        known: Iterable[Topic],
        outlets: frozenset[str],
    ) -> None:
        self._articles = articles
        self._signature_of = signature_of
        self._themes = Themes()
        self._names: dict[str, str] = {}  # of a theme
        self._discovered = {fold(topic.name): topic.name for topic in known if topic.discovered}
        self._told: defaultdict[str, list[str]] = defaultdict(list)  # texts of a theme that has no name yet
        self._texts: defaultdict[str, list[str]] = defaultdict(list)  # of a story
        self.outlets = outlets

    def rest(self) -> Rest:
        """What has to be handed to a fold that goes on from here."""
        told = {theme: tuple(ids) for theme, ids in self._told.items() if theme not in self._names}
        return Rest(themes=self._themes.rest(), names=self._names, told=told)

    def resume(self, steps: Iterable[Step], rest: Rest) -> None:
        """Goes on from where an earlier fold has rested behind these."""
        for step in steps:
            self._texts[step.story_id].append(step.id)
        self._themes = Themes(rest.themes)
        self._names.update(rest.names)
        self._told.update((theme, list(ids)) for theme, ids in rest.told.items())
        for name in rest.names.values():
            self._discovered.setdefault(fold(name), name)

    def take(self, step: Step) -> None:
        """Puts a text, and its story with it, under a theme, and names the theme as soon as it can be named."""
        own = self._texts[step.story_id]
        if not own and step.published:
            self._names[step.published] = step.published
            self._themes.settle(step.story_id, step.published)
        own.append(step.id)
        so_far = partial(_terms_of, own, self._articles, self._signature_of)
        self._themes.take(step.story_id, self._signature_of(step.id).terms.keys(), step.at, so_far)
        self._name(self._themes.of[step.story_id], step.id)

    def name_of(self, story: str) -> str:
        """The topic that a story's theme has become; none where it has not."""
        return self._names.get(self._themes.of.get(story, ""), "")

    def _name(self, theme: str, id: str) -> None:
        if theme in self._names:
            return
        told = self._told[theme]
        if len(told) >= NAMED_BY:
            return
        told.append(id)
        if len(told) >= TELLING_TEXTS or self._articles[id].words >= TELLING_WORDS:
            said = [told_by(self._articles[one], self.outlets) for one in told]
            if found := label(said, self._themes.rarity):
                self._names[theme] = self._discovered.setdefault(fold(found), found)


def _steps(
    stories: Iterable[Story], articles: Mapping[str, Article], published: Mapping[str, Sequence[str]]
) -> list[Step]:
    """The texts of these stories, in the order in which they came."""
    story_of = {group.lead_id: story.id for story in stories for group in story.groups}
    return [
        Step(
            id=id,
            version=article.version,
            at=article.at,
            story_id=story_of[id],
            published=next(iter(published.get(story_of[id], ())), ""),
        )
        for id, article in articles.items()
        if id in story_of
    ]


def in_order(named: Named, steps: Iterable[Step]) -> None:
    """Takes all steps."""
    for step in steps:
        named.take(step)


def _terms_of(
    ids: Iterable[str], articles: Mapping[str, Article], signature_of: Callable[[str], Signature]
) -> Iterator[tuple[Mapping[str, float], Collection[str]]]:
    """The terms of texts, each with those of them that are names."""
    for id in ids:
        article = articles[id]
        names = words(article.facts.get("names", "").replace("\n", " "))
        yield signature_of(id).terms, frozenset(stems(names, article.language.partition("-")[0]))


def _with_slugs(topics: Mapping[str, Topic], published: Mapping[str, str]) -> dict[str, Topic]:
    """Every topic with an address of its own: those published stand, then come those of rules, then new ones."""
    wanted = {name: published.get(name) or topic.slug or slug(name) for name, topic in topics.items()}
    order = sorted(topics, key=lambda name: (name not in published, not topics[name].slug))
    slugs = dict(zip(order, distinct(wanted[name] for name in order), strict=True))
    return {name: replace(topic, slug=slugs[name]) for name, topic in topics.items()}
