"""Subscriptions in and out as OPML; a day, a topic or a story out, as other programs read it."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from digest.config.values import may_stand
from digest.errors import DigestError, InputError
from digest.flows.build import Tools
from digest.flows.project import configure
from digest.flows.subscribe import add_topics, subscribe
from digest.flows.survey import Survey, not_known, story_id, surveyed
from digest.inputs.opml import read_folders, read_opml
from digest.model import Archive, Source
from digest.outputs.export import EXPORTS
from digest.query import query_of_sources
from digest.shell import log
from digest.shell.workers import Failed, Workers
from digest.stages.pages.cards import Cards
from digest.stages.pages.exports import export_of, export_of_edition
from digest.text import counted, shorten
from digest.urls import canonical
from digest.views import Export

OPML = "opml"
NAMED = 5  # addresses that are told of those left out
LONGEST_ADDRESS = 100  # characters of each

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def import_opml(root: Path, file: Path) -> str:
    """Appends the feeds that are not there yet; a folder that is no kind of source becomes a topic that lists them."""
    if not (data := log.read(file)):
        raise DigestError(f"{file}: there is no such file, or it is empty")
    listed, folders = _read(data)
    readable = [source for source in listed if _is_usable(source.url)]
    config = configure(root)
    ids = {canonical(source.url): source.id for source in config.sources if source.url}
    fresh = {canonical(source.url): source for source in reversed(readable) if canonical(source.url) not in ids}
    wanted = [source for source in readable if fresh.get(canonical(source.url)) is source]
    added = subscribe(root, wanted)
    ids |= {canonical(source.url): source.id for source in added}
    topics = _topics(folders, ids)
    filed = add_topics(root, topics)
    there = len(readable) - len(added)
    told = [f"{counted(len(added), 'source')} added to content/sources.toml, {there} stood there already"]
    if odd := [source.url for source in listed if not _is_usable(source.url)]:
        told.append(f"{len(odd)} have no address that can be asked: {_first(odd)}")
    if topics:
        told.append(f"{len(filed)} of {counted(len(topics), 'folder')} added to content/topics.toml")
    return ", ".join(told)


def _read(data: bytes) -> tuple[list[Source], dict[str, tuple[str, ...]]]:
    """The feeds of a list and its folders; read in a worker, for it may be anything."""
    with Workers(1) as workers:
        [listed] = workers.map(read_list, [data])
    if isinstance(listed, Failed):
        raise InputError(listed.reason)
    return listed


def read_list(data: bytes) -> tuple[list[Source], dict[str, tuple[str, ...]]]:
    """The same; runs in a worker."""
    return read_opml(data), read_folders(data)


def _is_usable(address: str) -> bool:
    """Can the address be asked, as the settings want it: one odd line ends no import."""
    return bool(canonical(address)) and may_stand(address)


def _first(addresses: Sequence[str]) -> str:
    """The first addresses, in a line."""
    more = len(addresses) - NAMED
    named = " ".join(shorten(one, LONGEST_ADDRESS) for one in addresses[:NAMED])
    return f"{named} and {more} more" if more > 0 else named


def _topics(folders: Mapping[str, tuple[str, ...]], ids: Mapping[str, str]) -> dict[str, str]:
    """The names of topics with their queries: of folders that hold a feed that is known by now."""
    known = {name: [id for url in urls if (id := ids.get(canonical(url)))] for name, urls in folders.items()}
    return {name: query_of_sources(dict.fromkeys(sources)) for name, sources in known.items() if sources}


def export(root: Path, what: str, form: str, tools: Tools) -> str:
    """`what` is opml, the day of an edition, the name of a topic, or the id or address of a story."""
    with surveyed(root, tools) as survey:
        if what == OPML:
            [page] = (page for page in survey.draft.pages() if page.path == "sources.opml")
            return survey.draft.renderers[page.format](page, {}).decode()
        return EXPORTS[form](_chosen(survey, what))


def _chosen(survey: Survey, what: str) -> Export:
    archive, site = survey.archive, survey.draft.site
    for edition in archive.editions:
        if what and edition.day == what:
            return export_of_edition(edition, archive, site)
    named = {name.casefold(): name for name in archive.topics}
    named |= {topic.slug: topic.name for topic in archive.topics.values()}
    if name := named.get(what.casefold()):
        stories = [story for story in archive.stories.values() if name in story.topics]
        return export_of(name, stories, Cards(archive, site))
    if id := story_id(archive, what):
        story = archive.stories[id]
        return export_of(Cards(archive, site).leading(story).title, [story], Cards(archive, site))
    if _DAY.fullmatch(what):
        raise DigestError(f"{what}: there is no edition of that day; {_nearest(what, archive)}")
    raise not_known(archive, what)


def _nearest(day: str, archive: Archive) -> str:
    """Which editions stand on both sides of a day."""
    days = sorted(edition.day for edition in archive.editions if edition.day)
    before, after = (
        max((one for one in days if one < day), default=""),
        min((one for one in days if one > day), default=""),
    )
    return f"the nearest: {' and '.join(filter(None, (before, after)))}" if days else "none has been made yet"
