"""A small edition with a bit of everything, and the views that machines read. All of it is invented."""

from datetime import UTC, datetime

from digest.model import Post, Site
from digest.views import (
    ArticleRow,
    Colophon,
    DataView,
    EditionView,
    FeedEntry,
    FeedView,
    Fold,
    Head,
    Link,
    Mention,
    OpmlFeed,
    OpmlFolder,
    OpmlView,
    Point,
    PostCard,
    PulseRow,
    Quiet,
    Section,
    Series,
    SitemapView,
    SourceCard,
    StoryCard,
    When,
)

SITE = Site(title="Morning Desk, for everybody", base_url="https://desk.example.org/brief/", timezone="Europe/Berlin")


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def when(text: str, precision: str = "minute") -> When:
    return When(at=at(text), precision=precision)  # type: ignore[arg-type]


PILOT = PostCard(
    post=Post(
        id="00000000000000b1",
        network="bluesky",
        key="3lb",
        url="https://bsky.example.org/profile/pilot/post/3lb",
        author="Harbour Pilot",
        handle="pilot.example.org",
        text="Escort ahead, escort astern.\n\nNobody on the bridge is talking & nobody sleeps.",
        language="en",
    ),
    href="post/00000000000000b1.html",
    network="Bluesky",
    initials="HP",
    when=when("2026-11-22T21:05"),
    times=3,
    articles=2,
)
SILENCE = PostCard(
    post=Post(id="00000000000000b2", network="telegram", key="news/4410", text="نسمع الصمت.", language="ar"),
    href="post/00000000000000b2.html",
    network="Telegram",
    initials="T",
    when=When(),
)
FERRY = StoryCard(
    id="00000000000000a1",
    title="Ferries sail again after “eleven months”",
    href="story/ferries-sail-again-00000000000000a1.html",
    lang="en",
    dek="Two ferries left at dawn. A third waits for a crew.",
    source=Mention(name="Harbour Gazette", href="source/harbour-gazette.html"),
    when=when("2026-11-22T23:07"),
    first=when("2026-11-22T23:07"),
    last=when("2026-11-23T04:48"),
    articles=7,
    sources=5,
    languages=2,
    texts=4,
    new=3,
    also=(
        Mention(name="بحر", href="source/bahr.html", lang="ar", times=2),
        Mention(name="Field & Market", href="https://field.example.org/a?b=1&c=2"),
    ),
    folds=(Fold(copies=3, source="Northgate Wire"), Fold(copies=1, source="Harbour Gazette")),
    posts=(PILOT, SILENCE),
    topic=Link(name="Ships", href="topic/ships.html"),
    notes=("The ferry company is a sponsor of the gazette.",),
)
TOLL = StoryCard(
    id="00000000000000a2",
    title="Le péage baisse de 15 %",
    href="story/le-peage-baisse-00000000000000a2.html",
    lang="fr",
    dek="Le canal garde sa remise.",
    source=Mention(name="Le Courrier", href="source/courrier.html", lang="fr"),
    kind="analysis",
    when=When(at=at("2026-11-21T23:00"), precision="day"),
    first=When(at=at("2026-11-21T23:00"), precision="day"),
    last=When(at=at("2026-11-21T23:00"), precision="day"),
    posts=(PILOT,),
)
LATE = ArticleRow(
    id="00000000000000c1",
    n=1,
    title="What the harbour master said in October",
    lang="en",
    url="https://gazette.example.org/october",
    page="",
    source=Mention(name="Harbour Gazette", href="source/harbour-gazette.html"),
    kind="regional",
    when=When(at=at("2026-10-01T00:00"), precision="month"),
    seen=when("2026-11-23T03:00:09", "second"),
    story=Link(name="Ferries", href=FERRY.href),
)
EDITION = EditionView(
    stem="2026/11/23",
    head=Head(title="Monday", description="A day"),
    day="2026-11-23",
    permalink="2026/11/23.html",
    closed=True,
    newest=True,
    start=when("2026-11-22T05:00"),
    end=when("2026-11-23T05:00"),
    due=when("2026-11-24 06:00"),
    prev=Link(name="Sunday", href="2026/11/22.html"),
    next=None,
    articles=1008,
    sources=6,
    stories=2,
    languages=3,
    five=(
        Point(
            topic="Ships",
            sentence="Two ferries left at dawn.",
            lang="en",
            href="#s-00000000000000a1",
            articles=7,
            new=2,
        ),
    ),
    pulse=(
        PulseRow(
            topic="Ships",
            href="topic/ships.html",
            hue=1,
            series=Series(days=("2026-11-22", "2026-11-23"), counts=(2, 8), median=2.0, lower=2.0, upper=2.0),
            delta=6.0,
        ),
    ),
    unusual=("Ships is at 4 times its median",),
    names=(Link(name="Ada Quay", href="search.html?q=%22Ada+Quay%22", count=3),),
    watched=(Link(name="corridor", href="search.html?q=corridor", count=14, note="+9"), Link(name="toll", count=1)),
    facets=(),
    sections=(
        Section(
            topic=Link(name="Ships", href="topic/ships.html"),
            slug="ships",
            hue=1,
            stories=4,
            articles=9,
            lead=FERRY,
            rest=(TOLL,),
            more=2,
        ),
    ),
    quiet=(Quiet(topic=Link(name="Bees", href="topic/bees.html"), hue=2, asked=14, failing=2),),
    late=(LATE,),
    added=(),
    posts=(PILOT,),
    made=Colophon(
        generator="digest",
        start=when("2026-11-22T05:00"),
        end=when("2026-11-23T05:00"),
        newest=when("2026-11-23T04:48"),
        read=14,
        shown=8,
        copies=4,
        versions=1,
        rejected=1,
        repeated_posts=2,
        answered=5,
        asked=6,
        failed=(Link(name="Orontes Daily", note="not a feed: 502 Bad Gateway"),),
        settings_hash="00000000000000d1",
        content_hash="00000000000000d2",
    ),
)
BRIEFINGS = FeedView(
    stem="feed",
    id="urn:uuid:6f1c0d5e-0000-5000-8000-000000000001",
    title=SITE.title,
    home="index.html",
    description="One item an edition.",
    updated=at("2026-11-23T05:00"),
    entries=(
        FeedEntry(
            id="urn:uuid:6f1c0d5e-0000-5000-8000-000000000002",
            title="Monday 23 November 2026",
            href="2026/11/23.html",
            lang="en",
            published=at("2026-11-23T05:00"),
            updated=at("2026-11-23T05:00"),
            tags=("Ships", "Bees & wasps"),
            summary="Two ferries left at dawn.",
            shows=EDITION,
        ),
    ),
)


def story_entry(number: int, card: StoryCard, summary: str = "") -> FeedEntry:
    return FeedEntry(
        id=f"urn:uuid:6f1c0d5e-0000-5000-8000-{number:012}",
        title=card.title,
        href=card.href,
        lang=card.lang,
        published=card.first.at or 0,
        updated=card.last.at or 0,
        tags=(card.topic.name,) if card.topic else (),
        summary=summary or card.dek,
        shows=card,
    )


STORIES = FeedView(
    stem="topic/ships",
    id="urn:uuid:6f1c0d5e-0000-5000-8000-000000000003",
    title="Ships – Morning Desk",
    home="topic/ships.html",
    description="",
    updated=at("2026-11-23T04:48"),
    entries=(story_entry(4, FERRY), story_entry(5, TOLL)),
)
TROUBLES = FeedView(
    stem="health",
    id="urn:uuid:6f1c0d5e-0000-5000-8000-000000000006",
    title="Morning Desk: sources in trouble",
    home="sources.html",
    description="Sources that fail, have moved, or have been silent for long.",
    updated=at("2026-11-22T06:00"),
    entries=(
        FeedEntry(
            id="urn:uuid:6f1c0d5e-0000-5000-8000-000000000007",
            title="Northgate & Sons",
            href="source/northgate.html",
            lang="en",
            published=at("2026-11-22T06:00"),
            updated=at("2026-11-22T06:00"),
            tags=(),
            summary="Failing since 22 November 2026: <html> where a feed should be.",
            shows=SourceCard(
                href="source/northgate.html", said="Failing since 22 November 2026: <html> where a feed should be."
            ),
        ),
    ),
)
DATA = DataView(stem="data/2026-11-23", edition=EDITION)
SITEMAP = SitemapView(
    stem="sitemap", entries=(("index.html", "2026-11-23"), (FERRY.href, "2026-11-23"), ("about.html", ""))
)
OPML = OpmlView(
    stem="sources",
    title="Sources of Morning Desk",
    root=OpmlFolder(
        feeds=(OpmlFeed(name="Nobody knows", url="https://x.example.org/feed", language="nl"),),
        folders=(
            OpmlFolder(
                name="wire",
                feeds=(
                    OpmlFeed(name="Northgate & Sons", url="https://wire.example.org/feed.xml?a=1&b=2"),
                    OpmlFeed(name="Private", url=""),
                ),
            ),
            OpmlFolder(
                name="News",
                folders=(
                    OpmlFolder(name="Coast", feeds=(OpmlFeed(name="Q", url="https://q.example.org/", kind="blog"),)),
                ),
            ),
        ),
    ),
)
