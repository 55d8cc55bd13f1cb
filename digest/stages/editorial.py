"""What the editor decided, applied to finished stories: merge, hide, note. Splits are heeded while grouping."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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


def merge(stories: Sequence[Story], articles: Mapping[str, Article], overrides: Iterable[Override]) -> list[Story]:
    """The stories with texts and whole stories moved into those that the editor named, to the end of a chain."""
    merges = [one for one in overrides if one.kind == "merge"]
    if not merges:
        return list(stories)
    holder = {id: story.id for story in stories for id in (*story.article_ids, story.id)}
    members = {story.id: list(story.groups) for story in stories}
    reasons = {story.id: list(story.reasons) for story in stories}
    for one in merges:
        into = holder.get(one.into)
        if into is None:
            continue
        for group in _moved(one, holder, members):
            home = holder[group.lead_id]
            if home == into:
                continue
            members[home].remove(group)
            members[into].append(group)
            reasons[home] = [reason for reason in reasons[home] if reason.article_id != group.lead_id]
            reasons[into].append(
                Reason(article_id=group.lead_id, story_id=into, score=1.0, threshold=0.0, cause="override")
            )
            holder.update(dict.fromkeys(group.ids, into))
        emptied = holder.get(one.story)
        if emptied is not None and not members[emptied]:  # what names it means the other from now on
            holder.update({id: into for id, held in holder.items() if held == emptied})
    left = [story for story in stories if members[story.id]]
    return [
        story
        if members[story.id] == list(story.groups)
        else _grouped(story, members[story.id], reasons[story.id], articles)
        for story in left
    ]


def _moved(one: Override, holder: Mapping[str, str], members: Mapping[str, list[CopyGroup]]) -> list[CopyGroup]:
    """The texts that an override moves: all of a story, or the one that an article prints."""
    home = holder.get(one.story or one.article)
    if home is None:
        return []
    if one.story:
        return list(members[home])
    return [group for group in members[home] if one.article in group.ids]


def hide(stories: Iterable[Story], articles: Mapping[str, Article], overrides: Iterable[Override]) -> list[Story]:
    """The stories without the articles and stories that the editor hid; one that nothing is left of is gone."""
    hides = [one for one in overrides if one.kind == "hide"]
    hidden, hidden_stories = {one.article for one in hides}, {one.story for one in hides}
    left = []
    for story in stories:
        groups = tuple(filter(None, (_visible(group, hidden) for group in story.groups)))
        if groups and story.id not in hidden_stories:
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
