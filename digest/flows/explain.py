"""Why an article or a story stands where it does, and the override that would undo it."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from digest.addresses import story_href
from digest.flows.build import Tools
from digest.flows.survey import article_ids, by_file, not_known, story_id, surveyed, titled
from digest.model import Archive, Article, Outcome, Reason, Story
from digest.stages.pages.reasons import is_word, word_of, written
from digest.stages.topics import CAUGHT

BY_WORDS = "score {:.3f}, half by that text, half by all compared; {:.3f} was needed, more the longer ago it was"
BY_ODDS = "probability {:.3f}, by the odds of its few words in that story; {:.3f} was needed"
BY_HEAT = "by how many sources write of it in their own words, and how new it is"
WANTED = "ID OR ADDRESS OF THAT STORY"  # for the editor to fill in


def explain(root: Path, what: str, tools: Tools) -> str:
    """What is known of the reasons; `what` is an id, an address, an article file or words of one title."""
    with surveyed(root, tools) as survey:
        archive = survey.archive
    if ("story/" in what or what in archive.stories) and (id := story_id(archive, what)):
        return "\n".join(_story(archive, archive.stories[id]))
    outcomes = {one.id: one for one in archive.outcomes}
    ids = article_ids(archive, what) or [id for id in outcomes if id == what] or by_file(archive, what)
    if not ids and len(ids := titled(archive, what)) != 1:
        raise not_known(archive, what)
    return "\n\n".join("\n".join(_outcome(archive, outcomes[id])) for id in ids)


def _outcome(archive: Archive, outcome: Outcome) -> Iterator[str]:
    """An article's place, shown or not."""
    yield f"{outcome.title}  ({outcome.id})"
    yield from (f"  {text}" for text in outcome.flaws)
    if outcome.id not in archive.articles:
        behind = f" (behind {outcome.of})" if outcome.of else ""
        yield f"  {outcome.status}{behind}: {outcome.reason}"
        return
    article, story = archive.articles[outcome.id], archive.stories[outcome.story_id]
    yield f"  edition: {archive.home.get(article.id) or 'none, it has no date'}"
    yield f"  story: {story.title}  ({story.id}, {story_href(story.id, story.slug)})"
    yield from _rank(archive, story)
    yield from _place(archive, article, outcome, story)
    yield from _topics(archive, story)


def _story(archive: Archive, story: Story) -> Iterator[str]:
    """A story text by text."""
    yield f"{story.title}  ({story.id}, {story_href(story.id, story.slug)})"
    yield from _rank(archive, story)
    outcomes = {one.id: one for one in archive.outcomes}
    for id in story.article_ids:
        article = archive.articles[id]
        yield f"  {article.title}  ({id}, {_source(archive, article)})"
        yield from (f"  {line}" for line in _place(archive, article, outcomes[id], story))
    yield from _topics(archive, story)
    yield from (f"  note: {note}" for note in story.notes)


def _rank(archive: Archive, story: Story) -> Iterator[str]:
    """How far up its newest edition the story stands, and by what."""
    for edition in reversed(archive.editions):
        for at, one in enumerate(edition.stories, start=1):
            if one.id == story.id:
                by = "pinned by overrides.toml" if one.pinned else BY_HEAT
                yield f"  rank: {at} of {len(edition.stories)} in the edition of {edition.day}, {by}"
                return


def _place(archive: Archive, article: Article, outcome: Outcome, story: Story) -> Iterator[str]:
    """Why the article stands in its story, and how to undo that."""
    reason = next((one for one in story.reasons if one.article_id == article.id), None)
    if outcome.status == "copy":
        lead = archive.articles[outcome.of]
        yield f"  a copy: it prints the text of {lead.title}  ({lead.id}, {_source(archive, lead)}), seen before it"
        yield "  it goes where that text goes; to take it from the site:"
        yield from _toml("hide", article=article.id)
    elif reason is None:
        yield "  it began this story: no story before it within the window had anything in common with it"
        yield "  to put it into another one:"
        yield from _toml("merge", article=article.id, into=WANTED)
    elif reason.cause == "apart":
        yield from _apart(archive, reason)
    else:
        yield from _reason(archive, article, reason)


def _apart(archive: Archive, reason: Reason) -> Iterator[str]:
    """Why it began a story, and how near the nearest was."""
    yield "  it began this story: no story before it within the window was alike enough"
    if reason.runner_up in archive.stories:
        nearest = _named(archive, reason.runner_up)
        yield f"  nearest: {nearest}, score {reason.score:.3f}, {reason.threshold:.3f} was needed"
        yield "  to put it into that one:"
        yield from _toml("merge", article=reason.article_id, into=reason.runner_up)
    else:
        yield "  to put it into another one:"
        yield from _toml("merge", article=reason.article_id, into=WANTED)


def _reason(archive: Archive, article: Article, reason: Reason) -> Iterator[str]:
    if reason.cause == "override":
        yield "  overrides.toml put it here; to undo it, take its [[merge]] out"
        return
    if reason.cause == "split":
        yield "  overrides.toml made it a story of its own; to undo it, take its [[split]] out"
        return
    if reason.cause == "published":
        yield "  a closed edition has published it here, and what is published stands"
    else:
        spelled = written(article, [term for term, _ in reason.words])
        words = ", ".join(f"{_word(archive, term, spelled)} {weight:.3f}" for term, weight in reason.words)
        yield f"  words shared with its nearest text, by weight: {words or 'nothing'}"
        yield f"  {BY_ODDS if reason.cause == 'odds' else BY_WORDS}".format(reason.score, reason.threshold)
    if reason.runner_up in archive.stories:
        near = f"score {reason.runner_up_score:.3f}, {reason.runner_up_threshold:.3f} was needed"
        yield f"  runner-up, with less to spare: {_named(archive, reason.runner_up)}, {near}"
    elif reason.cause != "published":
        yield "  runner-up: none, no other story was alike enough"
    yield "  to make it a story of its own:"
    yield from _toml("split", article=reason.article_id)


def _named(archive: Archive, id: str) -> str:
    return f"{archive.stories[id].title}  ({id})"


def _topics(archive: Archive, story: Story) -> Iterator[str]:
    """Why the story is listed under its topics."""
    leads = [archive.articles[group.lead_id] for group in story.groups]
    given = {name for id in story.article_ids for name in archive.articles[id].given_topics}
    for name in story.topics:
        topic = archive.topics[name]
        answering = sum(name in lead.ruled_topics for lead in leads)
        if name in given:
            why = "an article of it names the topic"
        elif topic.query and answering:
            why = f"{answering} of {len(leads)} texts answer its query ({CAUGHT:.0%} are needed): {topic.query}"
        elif topic.discovered:
            why = "discovered: its first text names it, and no rule caught the story; it has a page once it holds two"
        else:
            why = "a closed edition has listed it there"
        yield f"  topic {name}: {why}"
    if not story.topics:
        yield "  no topic: no query caught it, and its first text names no theme clearly enough"


def _toml(kind: str, **values: str) -> Iterator[str]:
    """An entry for overrides.toml."""
    yield f"    [[{kind}]]"
    yield from (f'    {key} = "{value}"' for key, value in values.items())


def _word(archive: Archive, term: str, spelled: Mapping[str, str]) -> str:
    """What is shared as people read it: posts by whom, words as the article spells them."""
    if is_word(term):
        return word_of(term, spelled)
    post = archive.posts.get(archive.same_posts.get(term.removeprefix("post:"), ""))
    return f"a post of @{post.handle}" if post and post.handle else "a post"


def _source(archive: Archive, article: Article) -> str:
    source = archive.sources.get(article.source_id)
    return source.name if source else "source unknown"
