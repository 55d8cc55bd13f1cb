"""A query is tried: what it catches, what it misses by one clause, and what no topic has caught yet."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from digest.errors import ConfigError, QueryError
from digest.flows.build import Tools
from digest.flows.prepare import subject_of
from digest.flows.survey import Survey, surveyed
from digest.labels import query as propose
from digest.labels import told_by
from digest.model import Archive, Article, Source, Story
from digest.query import Query, Subject, Verdict, index, judge, parse
from digest.stages.topics import CAUGHT
from digest.text import counted, shorten, stem, words

SHOWN = 40  # lines of one kind; the rest are counted
LONGEST = 90  # characters of a title

NOBODY = Source(id="", name="")


def try_query(root: Path, text: str, tools: Tools) -> str:
    """The trial in lines; raises `ConfigError` where the query cannot be read."""
    with surveyed(root, tools) as survey:
        named = {topic.name: topic.query for topic in survey.draft.config.topics}
        query = _read(text, named)
        verdicts = {
            article.id: judge(query.clause, index(_subject(survey, article), tokens=words, stem=stem))
            for article in survey.archive.articles.values()
        }
        return "\n".join(_told(survey, verdicts))


def _read(text: str, named: Mapping[str, str]) -> Query:
    try:
        return parse(text, named)
    except QueryError as fault:
        raise ConfigError([str(fault)]) from None  # wrong use, not a failure


def _subject(survey: Survey, article: Article) -> Subject:
    source = survey.archive.sources.get(article.source_id, NOBODY)
    return subject_of(article, survey.bodies(article.version), source)


def _told(survey: Survey, verdicts: dict[str, Verdict]) -> Iterator[str]:
    archive = survey.archive
    hits = [archive.articles[id] for id, one in verdicts.items() if one.matches]
    near = [archive.articles[id] for id, one in verdicts.items() if one.near]
    yield f"{len(hits)} of {counted(len(verdicts), 'article')} answer it, by:"
    yield from _lines(f"{_title(one.title)}  [{verdicts[one.id].decided}]" for one in hits)
    caught = [story for story in archive.stories.values() if _share(story, verdicts) >= CAUGHT]
    yield f"{counted(len(caught), 'story', 'stories')} caught (at least {CAUGHT:.0%} of their texts answer):"
    yield from _lines(f"{_title(one.title)}  ({one.id}, {_share(one, verdicts):.0%})" for one in caught)
    yield f"{counted(len(near), 'near miss', 'near misses')}{', each with the clause that failed:' if near else ''}"
    yield from _lines(f"{_title(one.title)}  [{verdicts[one.id].decided}]" for one in near)
    ruled = {topic.name for topic in archive.topics.values() if topic.query}
    left = [story for story in archive.stories.values() if ruled.isdisjoint(story.topics)]
    would = " (+: this one would):" if left else ""
    yield f"{counted(len(left), 'story', 'stories')} no topic's query has caught{would}"
    signs = {story.id for story in caught}
    left.sort(key=lambda story: -len(story.groups))
    yield from _lines(
        f"{'+' if one.id in signs else ' '} {_title(one.title)}  ({one.id})  {_proposed(one, archive)}".rstrip()
        for one in left
    )


def _share(story: Story, verdicts: dict[str, Verdict]) -> float:
    """How many of a story's texts answer the query."""
    return sum(verdicts[group.lead_id].matches for group in story.groups) / len(story.groups)


def _proposed(story: Story, archive: Archive) -> str:
    """A query that would catch the story."""
    found = propose([told_by(archive.articles[group.lead_id]) for group in story.groups])
    return f"[try: {found}]" if found else ""


def _title(title: str) -> str:
    return shorten(title, LONGEST)


def _lines(found: Iterable[str]) -> Iterator[str]:
    """The first of them, and how many more."""
    lines = list(found)
    yield from (f"  {line}" for line in lines[:SHOWN])
    if more := len(lines[SHOWN:]):
        yield f"  … and {more} more"
