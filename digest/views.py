"""What each page shows: records that templates and formats read, and nothing of how they were made.

Every view has a `stem`: its address in the site without the format's suffix. `href`s are relative to the site's
root ("story/x-1.html"), except those of publishers, which are absolute. Texts are plain; only `parts` hold safe HTML.
"""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from digest.model import Change, Post, Precision, record


@record
class When:
    """A time as precisely as it is known."""

    at: int | None = None
    precision: Precision = "none"

    @classmethod
    def of(cls, at: int | None, precision: Precision = "minute") -> "When":
        """The time, where there is one."""
        return cls() if at is None else cls(at=at, precision=precision)


@record
class Link:
    """A name that leads somewhere; `href` is empty where nothing can be linked."""

    name: str
    href: str = ""
    lang: str = ""
    count: int = 0
    note: str = ""


@record
class Head:
    """What the head of a page says."""

    title: str
    description: str
    canonical: str = ""  # absolute; empty: the page's own address where there is a base_url
    index: bool = True  # may search engines list it
    prev: str = ""
    next: str = ""
    kind: str = "website"  # og:type
    card: str = ""  # stem of the picture that stands for it; empty: the site's
    feeds: tuple[Link, ...] = ()  # autodiscovery: name and stem of the feeds
    published: When = When()
    modified: When = When()


# -- parts that several pages show ---------------------------------------------------------------------------------


@record
class Mention:
    """An outlet that covers a story."""

    name: str
    href: str
    lang: str = ""
    times: int = 1


@record
class Fold:
    """Copies folded under one text."""

    copies: int
    source: str


@record
class PostCard:
    """A post, and how often it is embedded."""

    post: Post
    href: str  # its own page
    network: str  # as people write it: X, Mastodon
    initials: str
    when: When
    times: int = 1
    articles: int = 1
    embedded_by: tuple[Mention, ...] = ()


@record
class QuoteCard:
    """What somebody said, word for word, in the article that told it first."""

    text: str
    lang: str
    speaker: str  # as the article names them
    source: Mention
    title: str  # of the article
    url: str  # the publisher's; empty where unknown
    when: When = When()
    outlets: int = 1  # that print it


@record
class StoryCard:
    """A story in a list."""

    id: str
    title: str
    href: str
    lang: str
    dek: str  # the lead sentences, word for word
    source: Mention  # of the text that leads it
    kind: str = ""  # of that source, where it is worth a word: analysis, official, ngo
    when: When = When()  # of that text
    first: When = When()
    last: When = When()
    articles: int = 1
    sources: int = 1
    languages: int = 1
    texts: int = 1
    new: int = 0  # articles since the last edition; 0 where the whole story is new
    day: int = 0  # of the story, on which its last article came, the first being 1; 0 while there is no other
    also: tuple[Mention, ...] = ()
    folds: tuple[Fold, ...] = ()
    posts: tuple[PostCard, ...] = ()
    topic: Link | None = None
    hue: int = 0
    notes: tuple[str, ...] = ()


@record
class ArticleRow:
    """An article in a list."""

    id: str
    n: int
    title: str
    lang: str
    url: str  # the publisher's; empty where unknown
    page: str  # ours, where it is shown in full; else empty
    source: Mention
    kind: str
    when: When
    seen: When = When()
    story: Link | None = None
    copies: tuple["ArticleRow", ...] = ()
    updated: When = When()  # since when it reads as it does; none: as it was published
    flaws: tuple[str, ...] = ()
    lead: str = ""
    why: str = ""  # one line: what joined it to its story
    cure: str = ""  # what undoes that, for overrides.toml


@record
class Compared:
    """Prints of one text, in the order seen: what is read when the page is rendered, to say what each did with it.

    Before the lead as it is shown stand its earlier versions, under its id.
    """

    ids: tuple[str, ...]
    versions: tuple[str, ...]
    beside: tuple[tuple[str, ...], ...]  # of each: versions of other texts of its source
    shown: tuple[bool, ...]  # of each: may its sentences be shown


@record
class CopyLine:
    """What one outlet did with a text. Sentences that may not be shown are counted only."""

    source: Mention
    title: str
    lang: str
    of: Mention  # the outlet whose print it follows
    follows_copy: bool  # that one is a copy itself
    follows_earlier: bool  # it has been brought up to date since
    sentences: int  # of that print
    kept: int
    changed: int
    figures: int  # of the changed: only figures differ
    moved: int
    cut: int
    added: int
    ends_early: bool = False  # all that is cut stands behind all that is printed
    in_part: bool = False  # of one text no more is known than a part
    cut_sentences: tuple[str, ...] = ()
    added_sentences: tuple[str, ...] = ()
    moved_sentences: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    untold: int = 0  # sentences counted but not shown here


@record
class TextLineage:
    """One text, and what those did who printed it."""

    n: int  # of its row
    title: str
    lang: str
    source: Mention
    copies: tuple[CopyLine, ...]


@record
class Share:
    """A part of a whole."""

    name: str
    count: int
    href: str = ""


@record
class Series:
    """Counts a day, oldest first, the last one today's; a day without an edition counts nothing."""

    days: tuple[str, ...]
    counts: tuple[int, ...]
    median: float = 0.0  # of the days before that have an edition
    lower: float = 0.0  # usual range: their quartiles
    upper: float = 0.0


# -- pages ---------------------------------------------------------------------------------------------------------


@record
class Point:
    """One of the five things to know."""

    topic: str
    sentence: str
    lang: str
    href: str  # into the page
    articles: int
    new: int = 0  # since the edition before, where that differs


@record
class PulseRow:
    topic: str
    href: str
    hue: int
    series: Series
    delta: float  # today's count less the median of the days before


@record
class Section:
    """A topic on the front page."""

    topic: Link
    slug: str  # also the anchor
    hue: int
    stories: int
    articles: int  # new in this edition; its stories may hold older ones
    lead: StoryCard
    quote: QuoteCard | None = None  # from the lead
    rest: tuple[StoryCard, ...] = ()
    more: int = 0  # stories that only the topic page shows, or those of `pages`
    pages: tuple[Link, ...] = ()  # with what no topic caught and is too much for one page
    has_feed: bool = False


@record
class Quiet:
    """A topic with nothing new, said honestly."""

    topic: Link
    hue: int
    asked: int
    failing: int


@record
class Facet:
    kind: str  # language, kind, country
    label: str
    values: tuple[Link, ...]


@record
class Colophon:
    """How an edition was made."""

    generator: str
    start: When
    end: When
    newest: When
    read: int
    shown: int
    copies: int
    versions: int
    rejected: int
    repeated_posts: int
    answered: int
    asked: int
    failed: tuple[Link, ...]  # name, note = reason
    settings_hash: str
    content_hash: str
    taken_out: int = 0  # hidden by overrides, or forgotten


@record
class EditionView:
    stem: str
    head: Head
    day: str  # ISO; empty where only undated articles are known
    permalink: str
    closed: bool
    newest: bool
    start: When
    end: When
    due: When  # of the newest, where there are runs: something newer should stand here by then
    prev: Link | None
    next: Link | None
    articles: int
    sources: int
    stories: int
    languages: int
    five: tuple[Point, ...]
    pulse: tuple[PulseRow, ...]
    unusual: tuple[str, ...]  # topics far from their median, said in words
    names: tuple[Link, ...]  # names new in this edition
    watched: tuple[Link, ...]  # count = today, note = the difference
    facets: tuple[Facet, ...]
    sections: tuple[Section, ...]
    quiet: tuple[Quiet, ...]
    late: tuple[ArticleRow, ...]
    added: tuple[ArticleRow, ...]
    posts: tuple[PostCard, ...]
    made: Colophon
    has_exports: bool = True  # beside its page; an old one's are left to `digest export`


@record
class StoryView:
    stem: str
    head: Head
    card: StoryCard
    days: tuple[Link, ...]  # editions that it stands in, newest first
    topics: tuple[Link, ...]
    histogram: tuple[Share, ...]  # articles an hour or a day; empty where too few have a time of day
    histogram_note: str
    coverage: tuple[ArticleRow, ...]  # one a text, copies beneath
    kinds: tuple[Share, ...]
    languages: tuple[Share, ...]
    names: tuple[Share, ...]
    posts: tuple[PostCard, ...]
    quotes: tuple[QuoteCard, ...]
    earlier: tuple[Link, ...]  # related older stories of its first topic, note = day
    compared: tuple[Compared, ...] = ()  # one a text that has copies
    lineage: tuple[TextLineage, ...] = ()  # made of it when the page is rendered
    light: bool = False  # older than pages_for_days: title, sources, links
    is_told: bool = False  # by the page of its one article: a search finds that one


@record
class TopicView:
    stem: str
    head: Head
    topic: Link
    hue: int
    query: str
    description: str
    discovered: bool
    series: Series
    stories: int
    articles: int
    cards: tuple[StoryCard, ...]
    sources: tuple[Share, ...]
    names: tuple[Link, ...]  # in its articles of two weeks; count = articles, note = how many of them are new
    quotes: tuple[QuoteCard, ...]  # of its latest stories
    pages: tuple[Link, ...]  # older pages of the list, counted from the oldest
    has_feed: bool
    has_opml: bool  # are feeds of its sources known that others can subscribe to


@record
class SourceView:
    stem: str
    head: Head
    id: str
    name: str
    lang: str
    language: str
    country: str
    kind: str
    location: str  # of the feed; empty where unknown or private
    health: str  # one honest sentence
    failing: bool
    series: Series
    total: int
    copies: int  # how many of its articles print another's text
    first: int  # stories that it reported first
    firsts: tuple[Link, ...]  # the latest of them
    topics: tuple[Share, ...]  # the most frequent
    more_topics: int  # others
    rows: tuple[ArticleRow, ...]
    pages: tuple[Link, ...]


@record
class ArticleView:
    stem: str
    head: Head
    row: ArticleRow
    authors: tuple[str, ...]
    updated: When
    words: int
    version: str  # fingerprint of the version shown: its body is handed to the renderer
    cards: tuple[PostCard, ...]  # one for each place between the parts of the body, repeats included
    topics: tuple[Link, ...]
    copies: tuple[ArticleRow, ...]
    copy_of: ArticleRow | None
    archive_url: str


@record
class PostView:
    stem: str
    head: Head
    card: PostCard
    rows: tuple[ArticleRow, ...]  # every article that embeds it


@record
class Day:
    """A cell of the calendar."""

    day: str
    href: str = ""
    articles: int = 0
    heat: int = 0  # 0–4, by quantile
    title: str = ""  # of the leading story
    lang: str = ""


@record
class Month:
    month: str  # yyyy-mm
    weeks: tuple[tuple[Day | None, ...], ...]  # seven a week, Monday first
    days: tuple[Day, ...]  # those with an edition, newest first


@record
class ArchiveView:
    """The calendar, or a year of it."""

    stem: str
    head: Head
    months: tuple[Month, ...]  # newest first
    year: str = ""  # empty: the newest months
    pages: tuple[Link, ...] = ()  # to the years that do not stand there whole


@record
class Unclaimed:
    """A story that no topic caught, and a query that would catch it."""

    card: StoryCard
    query: str  # empty where its text says too little


@record
class TopicsView:
    stem: str
    head: Head
    rows: tuple[PulseRow, ...]
    found: int  # how many topics were discovered
    discovered: tuple[Link, ...]  # the newest of them
    pages: tuple[Link, ...]  # to those discovered earlier
    pile: tuple[Unclaimed, ...]  # what no topic caught, the largest stories first
    uncaught: int = 0  # stories that no topic with a page holds; the pile shows the largest


@record
class SourceRow:
    source: Link
    lang: str
    kind: str
    country: str
    language: str
    articles: int
    status: str
    failing: bool
    asked: bool = True  # it has a feed; else it is known by saved articles alone


@record
class SourcesView:
    stem: str
    head: Head
    rows: tuple[SourceRow, ...]


@record
class PostsView:
    stem: str
    head: Head
    cards: tuple[PostCard, ...]
    pages: tuple[Link, ...]


@record
class ListView:
    """An older page of a long list, counted from the oldest: its content never moves to another page."""

    stem: str
    head: Head
    title: str
    lang: str
    back: Link
    hue: int
    cards: tuple[StoryCard, ...] = ()
    rows: tuple[ArticleRow, ...] = ()
    posts: tuple[PostCard, ...] = ()
    topics: tuple[Link, ...] = ()
    pages: tuple[Link, ...] = ()  # to older ones
    total: int = 0  # articles on all its pages; 0 where that is not said
    facet: str = ""  # language, kind or country: what the list's articles have in common
    value: str = ""  # of that facet, as a code


@record
class SearchView:
    stem: str
    head: Head
    days: tuple[Link, ...]  # the newest, count = articles
    months: tuple[Link, ...]  # of the days before, newest first
    topics: tuple[Link, ...]


@record
class Problem:
    """Something that was read and is not shown as an article of its own, and why."""

    what: str
    where: str
    reason: str
    lang: str = ""


@record
class Refusal:
    """A reason for which items were rejected."""

    reason: str
    count: int
    items: tuple[Problem, ...]  # some of them, where there are many


@record
class AboutView:
    stem: str
    head: Head
    made: Colophon
    failed: tuple[Link, ...]
    empty: tuple[Link, ...]
    watched: tuple[Link, ...] = ()  # sources that answer, but have moved or are silent
    rejected: tuple[Refusal, ...]  # the commonest reason first
    flawed: tuple[Problem, ...]
    folded: tuple[ArticleRow, ...]  # texts with copies
    warnings: tuple[str, ...]


@record
class MissingView:
    """404.html"""

    stem: str
    head: Head


@record
class MovedView:
    """A whole small page at an old address."""

    stem: str
    head: Head
    to: Link


# -- for machines --------------------------------------------------------------------------------------------------


@record
class SourceCard:
    """What is the matter with a source."""

    href: str  # of its page
    said: str


@record
class FeedEntry:
    id: str  # urn:uuid
    title: str
    href: str
    lang: str
    published: int
    updated: int
    tags: tuple[str, ...]
    summary: str
    shows: EditionView | StoryCard | SourceCard  # the whole of it, as clean HTML


@record
class FeedView:
    stem: str
    id: str
    title: str
    home: str  # href of the page that it follows
    description: str
    updated: int
    entries: tuple[FeedEntry, ...]


@record
class DataView:
    """An edition as data."""

    stem: str
    edition: EditionView


@record
class SchemaView:
    """What an edition as data is made of, as a JSON Schema."""

    stem: str


@record
class CardView:
    """A picture that stands for a page where it is shared."""

    stem: str
    name: str  # beside the site's title; empty: none
    hue: int
    counts: tuple[int, ...]  # articles a day, oldest first


@record
class ExportArticle:
    id: str
    title: str
    source: str
    authors: tuple[str, ...]
    url: str
    published: str  # as precise as known; empty: unknown
    language: str
    lead: str  # ≤ 280 characters
    copy_of: str  # id; empty: a text of its own


@record
class ExportStory:
    id: str
    title: str
    address: str
    topics: tuple[str, ...]
    articles: tuple[ExportArticle, ...]


@record
class Export:
    """What is taken along: an edition, a topic or a story."""

    title: str
    stories: tuple[ExportStory, ...]


@record
class ExportView:
    """An edition or a story to take along, beside its page."""

    stem: str
    export: Export


@record
class SitemapView:
    stem: str
    entries: tuple[tuple[str, str], ...]  # href, last change as ISO day (empty: unknown)
    parts: bool = False  # are the entries sitemaps themselves?


@record
class OpmlFeed:
    """A subscription."""

    name: str
    url: str
    language: str = ""
    kind: str = ""  # where no folder says it


@record
class OpmlFolder:
    """A kind of sources, a topic that is a list of them, or the whole list."""

    name: str = ""
    feeds: tuple[OpmlFeed, ...] = ()
    folders: tuple["OpmlFolder", ...] = ()


@record
class OpmlView:
    stem: str
    title: str
    root: OpmlFolder


@record
class RobotsView:
    stem: str
    index: bool


@record
class ManifestView:
    stem: str


@record
class OpenSearchView:
    stem: str


@record
class Asset:
    """A file of templates/static, copied as it is."""

    stem: str
    name: str  # key in the templates' assets
    content: str  # fingerprint


class View(Protocol):
    """What has an address in the site."""

    @property
    def stem(self) -> str: ...


class Sketch(NamedTuple):
    """A view that is made only where one of its pages has to be written: most stand as they are."""

    stem: str
    kind: type[View]
    made_of: object  # all that goes into it: where that is the same, so is the view
    make: Callable[[], View]
    shelf: str | None = None  # ISO day under which a search finds it, as precise as known; None: none does
