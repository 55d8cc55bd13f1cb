"""Stories under topics: by the project's rules, else under a theme of their own that the texts name.

A rule catches a story when enough of its texts answer the query, or one of them was filed under the topic by hand.
A story that no rule catches goes to the discovered topic that its first text names; where the text names none
clearly, the story stays in the pile that no topic caught.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from digest.model import Article, Story, Topic
from digest.text import distinct, fold, slug, stems, words

CAUGHT = 0.3  # of a story's texts answer the query
TELLING_WORDS = 180  # of a single text that may found a topic: shorter ones name too much by chance
TELLING_TEXTS = 2  # of a story that may found one whatever their length


def assign_topics(
    stories: Iterable[Story],
    articles: Mapping[str, Article],
    rules: Sequence[Topic],
    published: Mapping[str, Sequence[str]],
    known: Iterable[Topic] = (),
) -> tuple[list[Story], dict[str, Topic]]:
    """The stories with their topics, and all topics by name: rules in their order, then those published, then new ones.

    `published` says under which topics closed editions have listed a story; it stays listed there, behind the present
    ones. `known` are the topics of closed editions: their names and addresses stand.
    """
    topics = {topic.name: topic for topic in rules}
    topics |= {topic.name: topic for topic in known if topic.name not in topics}
    discovered = {_key(topic.name): topic.name for topic in topics.values() if topic.discovered}
    assigned = []
    for story in stories:
        names = _ruled(story, articles, topics)
        if not names and (label := _label(story, articles, discovered)):
            discovered.setdefault(_key(label), label)
            topics.setdefault(label, Topic(name=label, slug="", discovered=True))
            names = [label]
        before = [name for name in published.get(story.id, ()) if name not in names]
        assigned.append(replace(story, topics=tuple(names + before)))
    return assigned, _with_slugs(topics)


def _ruled(story: Story, articles: Mapping[str, Article], topics: Mapping[str, Topic]) -> list[str]:
    """The topics whose rule catches the story, those that more of its texts answer first."""
    leads = [articles[group.lead_id] for group in story.groups]
    given = [name for id in story.article_ids for name in articles[id].given_topics if name in topics]
    share = dict.fromkeys(given, 1.0)
    for name, topic in topics.items():
        if topic.query:
            answering = sum(name in lead.ruled_topics for lead in leads) / len(leads)
            if answering >= CAUGHT:
                share[name] = max(answering, share.get(name, 0.0))
    order = {name: at for at, name in enumerate(topics)}
    return sorted(share, key=lambda name: (-share[name], order[name]))


def _label(story: Story, articles: Mapping[str, Article], discovered: Mapping[str, str]) -> str:
    """The name of the discovered topic that the story's first text belongs to; a new one where it names one."""
    lead = articles[story.groups[0].lead_id]
    language = lead.language.partition("-")[0]
    own = lead.facts.get("label", "")
    if own and _key(own) in discovered:
        return discovered[_key(own)]
    said = set(stems(words(f"{lead.title} {lead.lead}"), language))
    for name in discovered.values():
        if said.issuperset(stems(words(name), language)):
            return name
    return own if lead.words >= TELLING_WORDS or len(story.groups) >= TELLING_TEXTS else ""


def _key(name: str) -> str:
    return fold(name)


def _with_slugs(topics: Mapping[str, Topic]) -> dict[str, Topic]:
    """Every topic with an address of its own; those that have one keep it."""
    fixed = [topic for topic in topics.values() if topic.slug]
    fresh = [topic for topic in topics.values() if not topic.slug]
    slugs = distinct([topic.slug for topic in fixed] + [slug(topic.name) for topic in fresh])
    addressed = {topic.name: replace(topic, slug=one) for topic, one in zip([*fixed, *fresh], slugs, strict=True)}
    return {name: addressed[name] for name in topics}
