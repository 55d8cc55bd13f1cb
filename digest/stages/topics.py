"""Stories under topics: by the project's rules, else under a theme of their own that the texts name.

A rule catches a story when enough of its texts answer the query, or one of them was filed under the topic by hand.
A story that no rule catches goes to the discovered topic that its first text names; where the text names none
clearly, the story stays in the pile that no topic caught.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo

from digest.model import Article, Story, Topic, in_force
from digest.text import distinct, fold, slug, stems, words

CAUGHT = 0.15  # of a story's texts answer the query: a few in many are a side remark
TELLING_WORDS = 180  # of a single text that may found a topic: shorter ones name too much by chance
TELLING_TEXTS = 2  # of a story that may found one whatever their length


def assign_topics(
    stories: Iterable[Story],
    articles: Mapping[str, Article],
    rules: Sequence[Topic],
    published: Mapping[str, Sequence[str]],
    known: Sequence[Topic] = (),
    zone: tzinfo = UTC,
) -> tuple[list[Story], dict[str, Topic]]:
    """The stories with their topics, and all topics by name: rules in their order, then those published, then new ones.

    `published` says under which topics closed editions have listed a story; it stays listed there, behind the present
    ones. `known` are the topics of closed editions: their names and addresses stand.
    """
    topics = {topic.name: topic for topic in rules}
    published_slugs = {topic.name: topic.slug for topic in known}
    topics |= {topic.name: topic for topic in known if topic.name not in topics}
    order = {name: at for at, name in enumerate(topics)}
    queried = [topic for topic in topics.values() if topic.ruled]
    founded = _Founded()  # by the stories so far, as if none of what follows were known
    assigned = []
    for story in stories:
        before = published.get(story.id, ())
        founded.add(name for name in before if name in topics and topics[name].discovered)
        share = _shares(story, articles, queried, zone) | _given(story, articles)
        for name in sorted(share.keys() - topics.keys()):
            topics[name] = Topic(name=name, slug="", discovered=True)  # a folder that no rule fills
        names = sorted(share, key=lambda name: (-share[name], order.get(name, len(order)), name))
        if not names and not before and (label := _label(story, articles, founded)):
            founded.add([label])
            topics.setdefault(label, Topic(name=label, slug="", discovered=True))
            names = [label]
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


def _label(story: Story, articles: Mapping[str, Article], founded: "_Founded") -> str:
    """The name of the discovered topic that the story's first text belongs to; a new one where it names one."""
    lead = articles[story.groups[0].lead_id]
    own = lead.facts.get("label", "")
    if found := founded.named(own) or founded.said(f"{lead.title} {lead.lead}", lead.language.partition("-")[0]):
        return found
    return own if lead.words >= TELLING_WORDS or len(story.groups) >= TELLING_TEXTS else ""


class _Founded:
    """Discovered topics, found by what a text says."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}  # folded → as written, in the order founded
        self._by_stem: dict[str, defaultdict[str, list[tuple[int, set[str], str]]]] = {}  # by language, first stem

    def add(self, names: Iterable[str]) -> None:
        """Remembers the names that are new."""
        for name in names:
            if fold(name) not in self._names:
                self._names[fold(name)] = name
                for language in self._by_stem:
                    self._index(len(self._names), name, language)

    def named(self, label: str) -> str:
        """The topic that is called so, in whatever case and accents."""
        return self._names.get(fold(label), "")

    def said(self, text: str, language: str) -> str:
        """The one founded first of those all of whose words a text says."""
        if language not in self._by_stem:
            self._by_stem[language] = defaultdict(list)
            for at, name in enumerate(self._names.values(), start=1):
                self._index(at, name, language)
        known = self._by_stem[language]
        own = set(stems(words(text), language))
        found = ((at, name) for stem in own for at, needed, name in known.get(stem, ()) if own >= needed)
        return min(found, default=(0, ""))[1]

    def _index(self, at: int, name: str, language: str) -> None:
        if needed := stems(words(name), language):
            self._by_stem[language][needed[0]].append((at, set(needed), name))


def _with_slugs(topics: Mapping[str, Topic], published: Mapping[str, str]) -> dict[str, Topic]:
    """Every topic with an address of its own: those published stand, then come those of rules, then new ones."""
    wanted = {name: published.get(name) or topic.slug or slug(name) for name, topic in topics.items()}
    order = sorted(topics, key=lambda name: (name not in published, not topics[name].slug))
    slugs = dict(zip(order, distinct(wanted[name] for name in order), strict=True))
    return {name: replace(topic, slug=slugs[name]) for name, topic in topics.items()}
