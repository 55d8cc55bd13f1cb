"""An edition as data, for programs: records whose names and order stay, whatever becomes of the views.

An empty text or list says that nothing is known. Addresses are absolute where the site's is known, else relative
to its root; times are as precise as they are known. Each post is told once, and stories name it by its id.
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import TypeVar, cast
from zoneinfo import ZoneInfo

from digest.codec import schema_of, to_json
from digest.display import iso
from digest.model import Site, record
from digest.templating import Render
from digest.views import ArticleRow, Colophon, DataView, EditionView, Fold, PostCard, Section, StoryCard, When

VERSION = 1  # of the names below: a higher one has renamed or taken away something

T = TypeVar("T")


@record
class OutletData:
    name: str
    lang: str
    times: int


@record
class StoryData:
    id: str
    title: str
    lang: str
    address: str
    dek: str
    source: str
    kind: str
    first: str
    last: str
    articles: int
    texts: int  # independent ones
    sources: int
    languages: int
    new: int
    also: tuple[OutletData, ...]
    folds: tuple[Fold, ...]
    posts: tuple[str, ...]
    notes: tuple[str, ...]


@record
class SectionData:
    topic: str
    address: str
    articles: int
    stories: int
    shown: tuple[StoryData, ...]


@record
class PointData:
    topic: str
    sentence: str
    lang: str
    articles: int


@record
class PulseData:
    topic: str
    days: tuple[str, ...]
    counts: tuple[int, ...]  # articles, day by day
    median: float  # of the days before the last


@record
class WatchedData:
    name: str
    count: int
    note: str


@record
class QuietData:
    topic: str
    asked: int
    failing: int


@record
class ArticleData:
    id: str
    title: str
    lang: str
    address: str  # the publisher's
    source: str
    published: str
    updated: str  # since when it reads as it does; empty: as it was published
    seen: str
    story: str  # its address


@record
class PostData:
    id: str
    network: str
    address: str  # the network's
    author: str
    handle: str
    text: str
    language: str
    posted: str
    times: int
    articles: int


@record
class FailureData:
    source: str
    reason: str


@record
class MadeData:
    generator: str
    newest: str
    read: int
    shown: int
    copies: int
    versions: int
    rejected: int
    repeated_posts: int
    asked: int
    answered: int
    failed: tuple[FailureData, ...]
    settings_hash: str
    content_hash: str


@record
class EditionData:
    version: int = VERSION
    site: str
    day: str
    address: str
    closed: bool
    start: str
    end: str
    articles: int
    sources: int
    stories: int
    languages: int
    five: tuple[PointData, ...]
    pulse: tuple[PulseData, ...]
    unusual: tuple[str, ...]
    names: tuple[str, ...]
    watched: tuple[WatchedData, ...]
    sections: tuple[SectionData, ...]
    quiet: tuple[QuietData, ...]
    late: tuple[ArticleData, ...]
    added: tuple[ArticleData, ...]
    posts: tuple[PostData, ...]
    made: MadeData


def renderer(_: Mapping[str, str], site: Site) -> Render:
    """Renders an edition as JSON; no template has a part in it."""
    return lambda page, _: to_json(_edition(site, cast(DataView, page.subject).edition)) + b"\n"


def schema(_: Mapping[str, str], __: Site) -> Render:
    """Renders the JSON Schema that every edition's data holds to."""
    return lambda page, _: schema_of(EditionData)


def _edition(site: Site, view: EditionView) -> EditionData:
    return _take(
        EditionData,
        view,
        version=VERSION,
        site=site.title,
        address=_address(site, view.permalink),
        start=_time(site, view.start),
        end=_time(site, view.end),
        five=tuple(_take(PointData, point) for point in view.five),
        pulse=tuple(_take(PulseData, row.series, topic=row.topic) for row in view.pulse),
        names=tuple(name.name for name in view.names),
        watched=tuple(_take(WatchedData, word) for word in view.watched),
        sections=tuple(_section(site, section) for section in view.sections),
        quiet=tuple(_take(QuietData, quiet, topic=quiet.topic.name) for quiet in view.quiet),
        late=tuple(_article(site, row) for row in view.late),
        added=tuple(_article(site, row) for row in view.added),
        posts=tuple(_post(site, shown) for shown in _posts(view)),
        made=_made(site, view.made),
    )


def _section(site: Site, section: Section) -> SectionData:
    return _take(
        SectionData,
        section,
        topic=section.topic.name,
        address=_address(site, section.topic.href),
        shown=tuple(_story(site, card) for card in (section.lead, *section.rest)),
    )


def _story(site: Site, card: StoryCard) -> StoryData:
    return _take(
        StoryData,
        card,
        address=_address(site, card.href),
        source=card.source.name,
        first=_time(site, card.first),
        last=_time(site, card.last),
        also=tuple(_take(OutletData, mention) for mention in card.also),
        posts=tuple(shown.post.id for shown in card.posts),
    )


def _article(site: Site, row: ArticleRow) -> ArticleData:
    return _take(
        ArticleData,
        row,
        address=row.url,
        source=row.source.name,
        published=_time(site, row.when),
        updated=_time(site, row.updated),
        seen=_time(site, row.seen),
        story=_address(site, row.story.href) if row.story else "",
    )


def _posts(view: EditionView) -> tuple[PostCard, ...]:
    """Every post once: the day's first, then those that only a story shows."""
    cards = (card for section in view.sections for card in (section.lead, *section.rest))
    return tuple({s.post.id: s for s in (*view.posts, *(s for card in cards for s in card.posts))}.values())


def _post(site: Site, shown: PostCard) -> PostData:
    return _take(
        PostData,
        shown.post,
        address=shown.post.url,
        posted=_time(site, shown.when),
        times=shown.times,
        articles=shown.articles,
    )


def _made(site: Site, made: Colophon) -> MadeData:
    failed = tuple(FailureData(source=link.name, reason=link.note) for link in made.failed)
    return _take(MadeData, made, newest=_time(site, made.newest), failed=failed)


def _take(kind: type[T], view: object, **own: object) -> T:
    """A record of this kind: its own values, and from the view those of the same name."""
    names = {field.name for field in fields(kind)} - own.keys()  # type: ignore[arg-type]
    return kind(**own, **{name: getattr(view, name) for name in names})


def _address(site: Site, href: str) -> str:
    return href if not href or href.startswith(("https://", "http://")) else site.base_url + href


def _time(site: Site, when: When) -> str:
    """ISO 8601: in UTC where the time of day is known, else the day or month in the site's zone."""
    return iso(when.at, when.precision, ZoneInfo(site.timezone))
