"""All that a build would show, worked out in memory: for the commands that only look."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from digest.config import Config
from digest.errors import DigestError
from digest.flows.build import Draft, Stages, Tools, draft
from digest.flows.fold import named_id, zone_of
from digest.flows.order import CACHE, Order
from digest.flows.project import configure
from digest.flows.report import report_of
from digest.model import Archive, Body, Site, record
from digest.shell.content import ARTICLES
from digest.shell.state import State
from digest.stages.pages.cards import Cards
from digest.text import words
from digest.urls import canonical

NAMED = 5  # of what a wrong name may have meant
SHOWN = ("shown", "copy", "hidden")  # what an article that was read has become


@record
class Survey:
    """A draft, and the way to the bodies that it holds."""

    draft: Draft
    bodies: Callable[[str], Body]  # of a version

    @property
    def archive(self) -> Archive:
        """Everything known, grouped."""
        return self.draft.archive

    def report(self) -> dict[str, object]:
        """What a build would report, but what it costs."""
        return report_of(self.archive, self.draft.site, {}, zone_of(self.draft.config))


@contextmanager
def surveyed(root: Path, tools: Tools, config: Config | None = None) -> Iterator[Survey]:
    """The project as a build would see it now; nothing is written but the cache."""
    silent = replace(tools, tell=lambda _: None)
    order = Order(root=root, output=root / "site")
    with State(root / CACHE, tools.cache_key) as state:
        drafted = draft(order, config or configure(root), state, silent, Stages(silent))
        yield Survey(
            draft=replace(drafted, archive=_as_shown(drafted.archive, drafted.site)), bodies=drafted.recall.body
        )


def _as_shown(archive: Archive, site: Site) -> Archive:
    """With the titles that the pages give to stories: those of the texts that speak for them now."""
    cards = Cards(archive, site)
    named = {id: replace(story, title=cards.leading(story).title) for id, story in archive.stories.items()}
    return replace(archive, stories=named)


def article_ids(archive: Archive, what: str) -> list[str]:
    """The articles that an id or an address names, also hidden ones; a publisher's address may name several."""
    known = {one.id: one for one in archive.outcomes if one.status in SHOWN}
    if (id := named_id(what)) in known:
        return [id]
    key = canonical(what)
    return [id for id, one in known.items() if key and one.url and canonical(one.url) == key]


def story_id(archive: Archive, what: str) -> str:
    """The story that an id or an address names, its own or that of an article in it; empty where there is none."""
    if (id := named_id(what)) in archive.stories:
        return id
    holders = {one.id: one.story_id for one in archive.outcomes if one.status in ("shown", "copy")}
    return next((holders[id] for id in article_ids(archive, what) if id in holders), "")


def by_file(archive: Archive, what: str) -> list[str]:
    """What was read from an article file, shown or not, by the file's path or the end of it."""
    path = f"/{what.rpartition('content/')[2].removeprefix('./')}"
    if "://" in what or Path(path).suffix.lower() not in ARTICLES:
        return []
    return [one.id for one in archive.outcomes if f"/{one.file}".endswith(path)]


def titled(archive: Archive, what: str) -> list[str]:
    """What was read under this title; else what has all of these words in its own."""
    asked = words(what)
    near = [one for one in archive.outcomes if asked and set(asked) <= set(words(one.title))]
    return [one.id for one in near if words(one.title) == asked] or [one.id for one in near]


def not_known(archive: Archive, what: str) -> DigestError:
    """What to say of a name that leads nowhere: what has these words in its title, or where to look."""
    titles = {one.id: one.title for one in archive.outcomes}
    told = "".join(f"\n  {id}  {titles[id]}" for id in titled(archive, what)[:NAMED])
    way = f"its words stand in{told}" if told else "`digest list articles` and `digest list stories` show them"
    return DigestError(f"{what}: no article and no story has this id, address or file: {way}")
