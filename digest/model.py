"""The records, in the order in which they are made.

Times are `int` epoch seconds UTC; ids and fingerprints are 16 hex digits; an empty string or tuple means
"none", and `None` stands only where a number is missing. Nothing here knows how it was made or where it goes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeVar, dataclass_transform

from msgspec import Meta

_T = TypeVar("_T")


Precision = Literal["second", "minute", "day", "month", "none"]
Status = Literal["shown", "copy", "superseded", "hidden", "rejected"]
Show = Literal["full", "extract"]
Named = Annotated[
    str, Meta(pattern=r"^[a-z0-9-]{0,100}\Z")
]  # a part of an address as a log tells it: never another folder's
Day = Annotated[  # ISO, as a log tells it: one that the calendar has
    str,
    Meta(
        pattern=r"^(?:(?:19|2\d)\d\d-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)"
        r"|02-(?:0[1-9]|1\d|2[0-8]))|(?:19|2\d)(?:0[48]|[2468][048]|[13579][26])-02-29)?\Z"
    ),
]
Told = Annotated[int, Meta(ge=0, le=4_133_980_799)]  # a time as a log tells it: what lies beyond 2100 is none


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def record(cls: type[_T]) -> type[_T]:
    """A frozen dataclass with slots, made by keyword only."""
    return dataclass(frozen=True, slots=True, kw_only=True)(cls)


def in_force(until: str, day: str) -> bool:
    """Does what ends with a day still apply on another? Both are ISO; without an end or a day it does."""
    return not until or not day or day <= until


# -- what comes in -------------------------------------------------------------------------------------------------


@record
class Source:
    """A feed or an outlet that articles come from."""

    id: str
    name: str
    url: str = ""  # of the feed; may hold ${ENV}, never shown when `publish` is false
    path: str = ""  # of a recorded feed, relative to content/ or absolute
    kind: str = ""  # wire, national, regional, official, ngo, analysis, blog
    country: str = ""  # ISO 3166-1 alpha-2
    language: str = ""  # BCP 47
    weight: float = 1.0  # 0–2
    date_order: str = ""  # DMY, MDY, YMD; empty: the project's
    show: str = ""  # full or extract; empty: the project's
    poll_minutes: int = 0  # 0: at every run
    full_text: bool = False
    publish: bool = True


@record
class Override:
    """What the editor decided: one entry of overrides.toml."""

    kind: Literal["pin", "hide", "merge", "split", "note"]
    article: str = ""  # id or address
    story: str = ""  # id or address
    topic: str = ""
    into: str = ""  # id or address of the story that takes it in
    text: str = ""
    by: str = ""
    until: str = ""  # ISO day; empty: no end


@record
class Rejected:
    """Something that was read and cannot be shown, with the reason."""

    source_id: str = ""
    uid: str = ""
    title: str = ""
    url: str = ""
    file: str = ""
    reason: str
    wished: bool = False  # by the editor: nothing to be warned of


@record
class RawItem:
    """One item as it was read, strings word for word."""

    source_id: str = ""  # empty for article files: their source is known by name only
    source_name: str = ""  # as an article file names it
    uid: str  # the feed's id with its fallbacks; an article file's url, else its path
    url: str = ""
    title: str = ""  # may hold markup and entities, as feeds do
    html: str = ""  # unsafe: nothing shows it before `normalise`
    content: str = ""  # fingerprint of `html` where that is kept apart: it is heavy, and wanted once only
    author: str = ""
    published: str = ""
    updated: str = ""
    language: str = ""  # as stated; empty: to be found out
    seen_at: int | None = None  # the log's, or `seen` in front matter
    file: str = ""  # relative to content/: fetched/x/2026-11.jsonl, feeds/x.xml, articles/x.md
    show: str = ""  # the item's own wish: full or extract
    topics: tuple[str, ...] = ()  # as given in front matter
    archive_url: str = ""
    clipping: bool = False  # the date was read off a bare line, its order may be in doubt
    flaws: tuple[str, ...] = ()


@record
class Reading:
    """All that one document holds: nothing that stands in it is missing from the two lists."""

    items: tuple[RawItem, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    more: int = 0  # items that stood behind those that were taken
    title: str = ""  # of the feed
    ttl_minutes: int = 0  # the feed's own; 0: not said


@record
class Post:
    """A post of a social network that articles embed."""

    id: str
    network: str  # x, mastodon, bluesky, telegram, …
    key: str = ""  # the network's own id; empty where only the text is known
    url: str = ""
    author: str = ""  # the display name; empty where unknown
    handle: str = ""  # without the first @
    text: str = ""  # plain, paragraphs separated by a blank line
    language: str = ""
    posted_at: int | None = None
    posted_precision: Precision = "none"


# -- what each item becomes, alone ---------------------------------------------------------------------------------


@record
class Article:
    """One version of an article, all that lists and comparisons show of it (light: all fit in memory)."""

    id: str  # of the article, the same for all its versions
    version: str  # fingerprint of this version and of the code that read it
    source_id: str
    uid: str
    url: str = ""  # the publisher's own, as given
    key: str = ""  # the canonical form of url: for comparing only
    title: str
    slug: str
    lead: str = ""  # ≤ 280 characters, ends with a sentence where one ends
    language: str = ""
    authors: tuple[str, ...] = ()
    posts: tuple[Post, ...] = ()  # in the order in which they stand in the body, repeats included
    published_at: int | None = None
    precision: Precision = "none"
    updated_at: int | None = None  # its version's own, else when a change was seen; None: as first published
    updated_precision: Precision = "none"
    seen_at: int | None = None  # its place in the fold; None: after all that is dated
    words: int = 0
    exact: str = ""  # fingerprint of all its words: equal texts have equal ones
    show: Show = "extract"
    given_topics: tuple[str, ...] = ()  # by the article itself
    ruled_topics: tuple[str, ...] = ()  # names of the topics whose query it answers
    unasked_topics: tuple[str, ...] = ()  # names of those whose query took too long on its text
    archive_url: str = ""
    file: str = ""
    seen_stamped: bool = False  # seen_at comes from the log or from `seen`, not from the item's own date
    flaws: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def at(self) -> int | None:
        """When it was published, else when it was seen."""
        return self.published_at if self.published_at is not None else self.seen_at


@record
class Body:
    """An article's text (heavy: read only when it is rendered)."""

    html: tuple[str, ...] = ("",)  # safe HTML; between part n and part n + 1 stands Article.posts[n]
    text: str = ""  # plain, paragraphs separated by a newline, without posts


@record
class Signature:
    """What an article is compared by."""

    shingles: bytes = b""  # sorted unsigned 64-bit hashes of word 5-grams, native order
    opening: bytes = b""  # the same of its first words
    exact: str = ""  # fingerprint of all words: equal texts have equal ones
    terms: Mapping[str, float] = field(default_factory=dict)  # stem → weight within the article, before rarity
    marks: Mapping[str, float] = field(default_factory=dict)  # what languages share: figures, names
    meaning: bytes = b""  # signed 8-bit parts of a vector of unit length × 127; empty: not asked for


@record
class Prepared:
    """All that is known of one version alone."""

    article: Article
    body: Body
    signature: Signature


@record
class Packed:
    """The same as MessagePack, part by part, as it is kept: who hands it on need not open it."""

    version: str
    article: bytes
    body: bytes
    signature: bytes


# -- what articles become together ---------------------------------------------------------------------------------


@record
class CopyGroup:
    """Articles that print one text; the lead is the first seen, and its id names the group."""

    lead_id: str
    copy_ids: tuple[str, ...] = ()  # in the order seen

    @property
    def ids(self) -> tuple[str, ...]:
        """All of them, the lead first."""
        return self.lead_id, *self.copy_ids


@record
class Change:
    """A sentence that a copy has edited."""

    before: str
    after: str
    figures: bool = False  # only figures differ


@record
class Lineage:
    """What a copy did with the text that it prints. Sentences stand word for word, in the order of their text."""

    article_id: str
    of_id: str  # the article whose text it is, of the same group
    of_earlier: bool = False  # a version of it that is not shown any more
    sentences: int  # of that text, without what its site repeats
    kept: int  # of them, word for word
    changed: tuple[Change, ...] = ()  # a sentence that was split or joined stands in two
    moved: tuple[str, ...] = ()  # printed in another place
    cut: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    ends_early: bool = False  # all that is cut stands behind all that is printed
    in_part: bool = False  # of one text no more is known: what it holds behind what both share is not counted


@record
class Reason:
    """Why an article joined its story."""

    article_id: str
    story_id: str
    score: float  # 0–1
    threshold: float
    words: tuple[tuple[str, float], ...] = ()  # shared, and what each adds to the score, the heaviest first
    runner_up: str = ""  # the next best story's id; of a text that began a story, the nearest's
    runner_up_score: float = 0.0
    runner_up_threshold: float = 0.0  # its own: a story that lies further off asks for more
    cause: str = "words"  # words, odds (of a headline), apart (it began the story), published, override, split


@record
class Story:
    """Articles about the same event. Its id is its first lead's, its address never changes."""

    id: str
    slug: str
    title: str
    language: str
    groups: tuple[CopyGroup, ...]
    first_at: int | None = None
    last_at: int | None = None
    topics: tuple[str, ...] = ()  # names; the first is the one that it is listed under
    posts: tuple[str, ...] = ()  # post ids, most embedded first
    heat: float = 0.0  # log2(reach) + last_at / half-life: orders stories without "now"
    reasons: tuple[Reason, ...] = ()
    pinned: bool = False
    notes: tuple[str, ...] = ()

    @property
    def article_ids(self) -> tuple[str, ...]:
        """All its articles, each text followed by its copies."""
        return tuple(id for group in self.groups for id in group.ids)


@record
class Topic:
    """What stories are gathered under."""

    name: str
    slug: Named
    query: str = ""  # empty: discovered
    description: str = ""
    discovered: bool = False
    until: str = ""  # ISO day after which the rule no longer applies; empty: no end
    hue: int | None = None  # the number of its colour; None: by its place in the list

    @property
    def ruled(self) -> bool:
        """Does a rule of the project stand for it now? One whose rule was taken away keeps only its page."""
        return bool(self.query)


@record
class Outcome:
    """What became of one thing that was read: the report has a line for each."""

    id: str
    source_id: str = ""
    uid: str = ""
    title: str = ""
    url: str = ""
    file: str = ""
    published_at: int | None = None
    precision: Precision = "none"
    language: str = ""
    status: Status
    of: str = ""  # the id that a copy or an older version stands behind
    story_id: str = ""
    topics: tuple[str, ...] = ()
    flaws: tuple[str, ...] = ()
    reason: str = ""


# -- editions ------------------------------------------------------------------------------------------------------


@record
class SourceStatus:
    """How a source answered in a run, or how its recorded document read."""

    id: str
    location: str = ""  # address or path; empty where it must not be shown
    status: Literal["ok", "empty", "failed"] = "ok"
    items: int = 0
    reason: str = ""


@record
class Answer:
    """What one source answered in a run: a part of a line of content/fetched/runs."""

    status: Literal["ok", "not_modified", "failed"]
    http: int | None = None
    items: int = 0  # new ones
    moved_to: str | None = None
    reason: str | None = None


@record
class Run:
    """One run of the fetcher: a line of content/fetched/runs."""

    v: int = 1
    run_at: Told
    sources: Mapping[str, Answer] = field(default_factory=dict)


@record
class Health:
    """How a source has answered, over all runs that asked it. Times are those of runs."""

    first_at: int  # it was asked first
    success_at: int | None = None  # it answered last
    failure_at: int | None = None  # it failed last
    failure: str = ""  # in these words
    failing_since: int | None = None  # the first failure after which it has not answered
    news_at: int | None = None  # it brought something last
    items_a_day: float | None = None  # new ones, of late; None: it is known for less than a day
    days_silent: int = 0  # whole days without anything new, at the last run
    moved_to: str = ""
    is_gone: bool = False  # the server said so


@record
class Tombstone:
    """What must never be shown or fetched again: a line of content/forgotten.jsonl. It tells nothing of it."""

    v: int = 1
    kind: Literal["article", "post", "handle", "address"]
    id: str = ""  # of the article or post; empty: known by its hash alone
    hash: str = ""  # of the address, the handle or the text
    date: str  # ISO day of the decision
    reason: str = ""


@record
class PageText:
    """What an item's own page held, or why nothing of it is kept: asked where its source has `full_text`."""

    html: str | None = None  # its article, with the posts that it embeds; not safe
    reason: str | None = None
    etag: str | None = None
    modified: str | None = None
    failures: int = 0  # so often it was asked in vain, and the reason may pass


@record
class LogLine:
    """One item as a run saw it: a line of content/fetched/<source>. Strings as the feed gave them."""

    v: int = 1
    seen_at: Told
    uid: str
    url: str | None = None
    title: str | None = None
    html: str | None = None
    author: str | None = None
    published: str | None = None
    updated: str | None = None
    language: str | None = None
    page: PageText | None = None  # stands in the line only where the page was wanted


@record
class Placed:
    """Where a closed edition has published an article."""

    id: Named
    story_id: Named
    of: Named = ""  # the lead whose copy it is
    slug: Named = ""  # of the article's own address


@record
class PublishedStory:
    """What a closed edition has published of a story."""

    id: Named
    slug: Named
    topics: tuple[str, ...] = ()


@record
class ClosedEdition:
    """What an edition has published, for good: a line of content/editions."""

    v: int = 1
    day: Day
    start_at: Told | None = None
    end_at: Told
    number: int = 0  # how many had been published by then, this one among them; lines of old have none
    retired: bool = False  # a regrouping left nothing of it: the day has no edition any more
    articles: tuple[Placed, ...] = ()
    stories: tuple[PublishedStory, ...] = ()
    topics: tuple[Topic, ...] = ()


@record
class Edition:
    """A day's briefing: the stories with something new in its window, each as it stood at its end."""

    day: str  # ISO; empty: only undated articles are known
    start_at: int | None = None
    end_at: int | None = None
    due_at: int | None = None  # of the newest, where there are runs: when one would close it, or the one after it
    closed: bool = True
    stories: tuple[Story, ...] = ()  # by heat
    articles: Mapping[str, Article] = field(default_factory=dict)  # of its stories, as they stood at its end
    new_ids: tuple[str, ...] = ()  # articles that stand in this edition, in the order seen
    late_ids: tuple[str, ...] = ()  # of these: dated before the edition began
    added_ids: tuple[str, ...] = ()  # files that came after it was closed
    statuses: tuple[SourceStatus, ...] = ()  # each source's last answer in its window


@record
class Archive:
    """All that is known, grouped: what pages are laid out from."""

    articles: Mapping[str, Article]  # last versions, in the order seen
    stories: Mapping[str, Story]  # in the order begun
    posts: Mapping[str, Post]  # in the order first seen
    topics: Mapping[str, Topic]  # by name: rules in their order, then discovered ones
    sources: Mapping[str, Source]
    shared_names: frozenset[str] = frozenset()  # in lower case: those that several sources have
    editions: tuple[Edition, ...]  # oldest first
    home: Mapping[str, str]  # article id → ISO day of its edition
    same_posts: Mapping[str, str]  # post id as found in an article → id of the post that it is
    older: Mapping[str, tuple[Article, ...]] = field(default_factory=dict)  # article id → its superseded versions
    runs: tuple[Run, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)  # old story stem → id of the story that now holds it
    unmatched: tuple[Override, ...] = ()  # what the editor decided of things that are not there
    outcomes: tuple[Outcome, ...] = ()
    statuses: tuple[SourceStatus, ...] = ()  # each source's latest
    health: Mapping[str, Health] = field(default_factory=dict)  # of the sources that runs have asked


# -- pages ---------------------------------------------------------------------------------------------------------


@record
class Catalogue:
    """What pages say in a language; what is not in it is said in English."""

    texts: Mapping[str, str] = field(default_factory=dict)  # English → the same in the language
    counts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # English singular → plural category → text
    remarks: Mapping[str, str] = field(default_factory=dict)  # what is said of files and servers, as texts


@record
class Site:
    """What every page knows of the site it stands in."""

    title: str
    base_url: str = ""  # ends with /; empty: no feeds, no canonical addresses
    language: str = "en"
    catalogue: Catalogue = Catalogue()  # of that language
    timezone: str = "UTC"
    contact: str = ""
    logo: str = ""  # a file of templates/static; empty: the program's mark
    index: bool = True
    generator: str = "digest"
    settings_hash: str = ""
    watch: tuple[str, ...] = ()
    pages_for_days: int = 0  # older stories have light pages; 0: never


@record
class Format:
    """A way to write a subject down: the subject's stem and this suffix make the address."""

    name: str
    of: tuple[type, ...]
    suffix: str


@record
class Page:
    """A file of the site to be."""

    path: str
    format: str  # a Format's name
    subject: object  # a record of views.py, all that the page shows; or the sketch of one
    fingerprint: str  # of all that it shows, the templates and the code


@record
class Plan:
    """What has to be done so that the site is as it should be."""

    write: tuple[Page, ...] = ()
    delete: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    fingerprints: Mapping[str, str] = field(default_factory=dict)  # of every page, path by path
