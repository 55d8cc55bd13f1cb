"""What the editor decided, applied to finished stories: merge, hide, note. Splits are heeded while grouping."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace

from digest.model import Article, CopyGroup, Override, Reason, Story, in_force


def effective(overrides: Iterable[Override], day: str) -> list[Override]:
    """The overrides that have not run out by a day (ISO; empty: none has)."""
    return [one for one in overrides if in_force(one.until, day)]


def unmatched(overrides: Iterable[Override], articles: Iterable[str], stories: Iterable[str]) -> list[Override]:
    """Those that name an article or a story that is not there."""
    known = {*articles, *stories}
    return [one for one in overrides if any(id and id not in known for id in (one.article, one.story, one.into))]


def file_under(articles: Mapping[str, Article], overrides: Iterable[Override]) -> dict[str, Article]:
    """The articles with the topics that the editor filed them under; a story is filed by its first article."""
    filed = {one.story or one.article: one.topic for one in overrides if one.topic}
    return {
        id: replace(article, given_topics=(*article.given_topics, filed[id])) if id in filed else article
        for id, article in articles.items()
    }


class _Holding:
    """Which story holds which texts, while the editor moves them."""

    def __init__(self, stories: Sequence[Story]) -> None:
        self.members = {story.id: {group.lead_id: group for group in story.groups} for story in stories}
        self.moved: set[str] = set()  # the leads of texts that the editor put where they are
        self._holder = {id: story.id for story in stories for id in (*story.article_ids, story.id)}
        self._gone: dict[str, str] = {}  # a story that nothing is left of → the one that its name means from now on

    def of(self, id: str) -> str | None:
        """The story that an article's or a story's id means; None where it means none."""
        found = self._holder.get(id)
        while found in self._gone:
            found = self._gone[found]
        return found

    def move(self, one: Override) -> None:
        """The texts that an override names, all of a story or the one that an article prints, go into another story."""
        into, home = self.of(one.into), self.of(one.story or one.article)
        if into is None or home is None or home == into:
            return
        for group in list(self.members[home].values()):
            if one.story or one.article in group.ids:
                self.members[into][group.lead_id] = self.members[home].pop(group.lead_id)
                self._holder.update(dict.fromkeys(group.ids, into))
                self.moved.add(group.lead_id)
        if not self.members[home]:
            self._gone[home] = into


def merge(stories: Sequence[Story], articles: Mapping[str, Article], overrides: Iterable[Override]) -> list[Story]:
    """The stories with texts and whole stories moved into those that the editor named, to the end of a chain.

    `articles` in the order seen: so stand a story's texts, whether the editor or a closed edition has put them there.
    """
    merges = [one for one in overrides if one.kind == "merge"]
    if not merges:
        return list(stories)
    holding = _Holding(stories)
    for one in merges:
        holding.move(one)
    place = {id: at for at, id in enumerate(articles)}
    reasons = {one.article_id: one for story in stories for one in story.reasons}
    merged = []
    for story in stories:
        held = holding.members[story.id]
        if held.keys() == {group.lead_id for group in story.groups} and holding.moved.isdisjoint(held):
            merged.append(story)
        elif held:
            groups = sorted(held.values(), key=lambda group: place[group.lead_id])
            told = (_reason(lead, story.id, holding.moved, reasons) for lead in (group.lead_id for group in groups))
            merged.append(_grouped(story, groups, list(filter(None, told)), articles))
    return merged


def _reason(lead: str, story_id: str, moved: Container[str], reasons: Mapping[str, Reason]) -> Reason | None:
    """Why a text stands in the story: the editor put it there, or as before."""
    if lead in moved:
        return Reason(article_id=lead, story_id=story_id, score=1.0, threshold=0.0, cause="override")
    return reasons.get(lead)


def hide(stories: Iterable[Story], articles: Mapping[str, Article], overrides: Iterable[Override]) -> list[Story]:
    """The stories without the articles and stories that the editor hid; one that nothing is left of is gone."""
    hides = [one for one in overrides if one.kind == "hide"]
    hidden, hidden_stories = {one.article for one in hides}, {one.story for one in hides}
    left = []
    for story in stories:
        groups = tuple(filter(None, (_visible(group, hidden) for group in story.groups)))
        if groups and hidden_stories.isdisjoint((story.id, *story.article_ids)):
            left.append(story if groups == story.groups else _grouped(story, groups, story.reasons, articles))
    return left


def _visible(group: CopyGroup, hidden: set[str]) -> CopyGroup | None:
    ids = [id for id in group.ids if id not in hidden]
    return CopyGroup(lead_id=ids[0], copy_ids=tuple(ids[1:])) if ids else None


def _grouped(
    story: Story, groups: Sequence[CopyGroup], reasons: Sequence[Reason], articles: Mapping[str, Article]
) -> Story:
    """The story with these texts, at its address."""
    lead = articles[groups[0].lead_id]
    times = [articles[id].at for group in groups for id in group.ids]
    known = sorted(time for time in times if time is not None)
    return replace(
        story,
        groups=tuple(groups),
        title=lead.title,
        language=lead.language,
        first_at=known[0] if known else None,
        last_at=known[-1] if known else None,
        reasons=tuple(reasons),
    )


def annotate(stories: Iterable[Story], overrides: Iterable[Override]) -> list[Story]:
    """The stories with the editor's notes."""
    notes: defaultdict[str, list[str]] = defaultdict(list)
    for one in overrides:
        if one.kind == "note":
            notes[one.story or one.article].append(f"{one.text} ({one.by})" if one.by else one.text)
    noted = []
    for story in stories:
        own = [note for id in dict.fromkeys((story.id, *story.article_ids)) for note in notes.get(id, ())]
        noted.append(replace(story, notes=tuple(own)) if own else story)
    return noted
