"""The sources as a list of subscriptions: a topic that lists sources is a folder, and so is a kind."""

from collections import defaultdict
from collections.abc import Iterable

from digest.model import Source, Topic
from digest.query import sources_in_query
from digest.views import OpmlFeed, OpmlFolder, OpmlView

PATH = " / "  # between the names of a folder and of one in it


def subscriptions(sources: Iterable[Source], topics: Iterable[Topic], title: str) -> OpmlView:
    """Every public feed under the topics that list it, else under its kind, else by itself."""
    feeds = _public(sources)
    by_name = {source.name.casefold(): source for source in feeds} | {source.id: source for source in feeds}
    filed: defaultdict[tuple[str, ...], list[OpmlFeed]] = defaultdict(list)
    listed = set()
    for topic in topics:
        for name in sources_in_query(topic.query) if topic.ruled else ():
            if source := by_name.get(name) or by_name.get(name.casefold()):
                filed[tuple(topic.name.split(PATH))].append(_feed(source, kind=source.kind))
                listed.add(source.id)
    for source in feeds:
        if source.id not in listed:
            filed[(source.kind,) if source.kind else ()].append(_feed(source))
    return OpmlView(stem="sources", title=title, root=_folder((), filed))


def topic_subscriptions(stem: str, title: str, sources: Iterable[Source]) -> OpmlView:
    """The public feeds of those who write on a topic."""
    return OpmlView(stem=stem, title=title, root=OpmlFolder(feeds=tuple(map(_feed, _public(sources)))))


def _public(sources: Iterable[Source]) -> list[Source]:
    return [source for source in sources if source.url and source.publish and "${" not in source.url]


def _feed(source: Source, kind: str = "") -> OpmlFeed:
    return OpmlFeed(name=source.name, url=source.url, language=source.language, kind=kind)


def _folder(path: tuple[str, ...], filed: dict[tuple[str, ...], list[OpmlFeed]]) -> OpmlFolder:
    """The folder at a path, with those in it in the order in which they were named first."""
    depth = len(path)
    inner = dict.fromkeys(one[: depth + 1] for one in filed if len(one) > depth and one[:depth] == path)
    return OpmlFolder(
        name=path[-1] if path else "",
        feeds=tuple(filed.get(path, ())),
        folders=tuple(_folder(one, filed) for one in inner),
    )
