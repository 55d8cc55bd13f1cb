"""A view for every kind of page, over the small edition of `samples`. All of it is invented."""

from dataclasses import replace

from digest.model import Body, Change
from digest.views import (
    AboutView,
    ArchiveView,
    ArticleRow,
    ArticleView,
    CopyLine,
    Day,
    Facet,
    Head,
    Link,
    ListView,
    Mention,
    MissingView,
    Month,
    MovedView,
    PostsView,
    PostView,
    Problem,
    QuoteCard,
    Refusal,
    SearchView,
    Series,
    Share,
    SourceRow,
    SourcesView,
    SourceView,
    StoryView,
    TextLineage,
    TopicsView,
    TopicView,
    Unclaimed,
    View,
    When,
)
from tests.outputs.samples import EDITION, FERRY, PILOT, SILENCE, TOLL, when

SHIPS = Link(name="Ships", href="topic/ships.html")
SERIES = Series(
    days=("2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"), counts=(2, 0, 4, 7), median=2.0, lower=1.0, upper=3.0
)
COPY = ArticleRow(
    id="00000000000000c4",
    n=0,
    title="Ferries to sail",
    lang="en",
    url="https://field.example.org/ferries?a=1&b=2",
    page="",
    source=Mention(name="Field & Market", href="source/field.html"),
    kind="national",
    when=when("2026-11-23T00:20"),
)
ROWS = (
    ArticleRow(
        id="00000000000000c2",
        n=1,
        title="العبارات تبحر من جديد",
        lang="ar",
        url="",
        page="article/ferries-00000000000000c2.html",
        source=Mention(name="بحر", href="source/bahr.html", lang="ar"),
        kind="national",
        when=When(at=when("2026-11-22T23:00").at, precision="day"),
        flaws=("day-first assumed: nothing in the text decides",),
    ),
    ArticleRow(
        id="00000000000000c3",
        n=2,
        title="Ferries sail again after “eleven months”",
        lang="en",
        url="https://gazette.example.org/ferries",
        page="article/ferries-00000000000000c3.html",
        source=Mention(name="Harbour Gazette", href="source/harbour-gazette.html"),
        kind="regional",
        when=when("2026-11-22T23:07"),
        story=Link(name=FERRY.title, href=FERRY.href, lang="en", count=7),
        copies=(COPY,),
        updated=when("2026-11-23T05:12"),
        why="shares ferries, crew, dawn: 0.41, needs 0.16",
        cure='[[split]]\narticle = "00000000000000c3"',
    ),
    ArticleRow(
        id="00000000000000c5",
        n=3,
        title="A ferry, once",
        lang="",
        url="javascript:alert(1)",
        page="",
        source=Mention(name="Source unknown", href=""),
        kind="",
        when=When(),
    ),
)


def head(title: str, **more: object) -> Head:
    return replace(Head(title=title, description=f"{title}, as the press of the harbour has it today."), **more)


EDITION_PAGE = replace(
    EDITION,
    head=head("Briefing, Monday 23 November 2026", feeds=(Link(name="Daily briefing", href="feed"),)),
    facets=(
        Facet(kind="language", label="Language", values=(Link(name="en", href="facet/language/en.html", count=9),)),
        Facet(kind="country", label="Country", values=(Link(name="GB", count=9), Link(name="", count=1))),
    ),
    posts=(PILOT, SILENCE),
)
STORY = StoryView(
    stem="story/ferries-sail-again-00000000000000a1",
    head=head(FERRY.title, kind="article", published=FERRY.first, modified=FERRY.last),
    card=FERRY,
    days=(Link(name="2026-11-23", href="2026/11/23.html"), Link(name="2026-11-22", href="2026/11/22.html")),
    topics=(SHIPS,),
    histogram=(Share(name="00:00", count=3), Share(name="01:00", count=0), Share(name="02:00", count=1)),
    histogram_note="Articles an hour, CET.",
    coverage=ROWS,
    kinds=(Share(name="national", count=4), Share(name="regional", count=3)),
    languages=(Share(name="en", count=5), Share(name="ar", count=2)),
    names=(Share(name="Ada Quay", count=3),),
    posts=(PILOT, SILENCE),
    quotes=(
        QuoteCard(
            text="The first boat is for those <who> waited longest.",
            lang="en",
            speaker="Ada Quay",
            source=ROWS[0].source,
            title=ROWS[0].title,
            url="https://gazette.example.org/ferries",
            outlets=2,
        ),
    ),
    earlier=(Link(name="Ferries stay in port", href="story/old-00000000000000a9.html", lang="en", note="2026-11-21"),),
    lineage=(
        TextLineage(
            n=2,
            title=FERRY.title,
            lang="en",
            source=ROWS[1].source,
            copies=(
                CopyLine(
                    source=COPY.source,
                    title=COPY.title,
                    lang=COPY.lang,
                    of=ROWS[1].source,
                    follows_copy=False,
                    follows_earlier=False,
                    sentences=14,
                    kept=9,
                    changed=2,
                    figures=2,
                    moved=0,
                    cut=3,
                    added=1,
                    cut_sentences=("The band played “<Holm>”.",),
                    added_sentences=("Coffee costs four crowns.",),
                    changes=(Change(before="40 lorries came.", after="52 lorries came.", figures=True),),
                    untold=3,
                ),
                CopyLine(
                    source=Mention(name="Tide", href=""),
                    title="",
                    lang="en",
                    of=COPY.source,
                    follows_copy=True,
                    follows_earlier=False,
                    sentences=12,
                    kept=12,
                    changed=0,
                    figures=0,
                    moved=0,
                    cut=0,
                    added=0,
                ),
            ),
        ),
    ),
)
TOPIC = TopicView(
    stem="topic/ships",
    head=head("Ships", feeds=(Link(name="Ships", href="topic/ships"),)),
    topic=SHIPS,
    hue=1,
    query='ferry OR "container line"',
    description="What sails, and what does not.",
    discovered=False,
    series=SERIES,
    stories=2,
    articles=8,
    cards=(FERRY, TOLL),
    sources=(Share(name="Harbour Gazette", count=5, href="source/harbour-gazette.html"),),
    names=(
        Link(name="Ada Quay", href="search.html?q=Ada%20Quay", count=4, note="+1"),
        Link(name="Holm", href="search.html?q=Holm", count=2),
    ),
    quotes=STORY.quotes,
    pages=(Link(name="1", href="topic/ships/1.html"),),
    has_feed=True,
    has_opml=True,
)
SOURCE = SourceView(
    stem="source/bahr",
    head=head("بحر"),
    id="bahr",
    name="بحر",
    lang="ar",
    language="ar",
    country="SY",
    kind="national",
    location="https://bahr.example.org/feed.xml",
    health="Timed out after 20 s.",
    failing=True,
    series=SERIES,
    total=13,
    copies=1,
    first=2,
    firsts=(Link(name=FERRY.title, href=FERRY.href, lang="en"),),
    topics=(Share(name="Ships", count=3, href="topic/ships.html"),),
    more_topics=2,
    rows=ROWS[:1],
    pages=(),
)
ARTICLE = ArticleView(
    stem="article/ferries-00000000000000c3",
    head=head("Ferries sail again", canonical="https://gazette.example.org/ferries", index=False),
    row=ROWS[1],
    authors=("Ada Quay",),
    updated=when("2026-11-23T03:00"),
    words=212,
    version="00000000000000e1",
    cards=(PILOT, PILOT),
    topics=(SHIPS,),
    copies=(COPY,),
    copy_of=None,
    archive_url="https://archive.example.org/ferries",
)
BODIES = {
    ARTICLE.version: Body(
        html=(
            "<p>Two ferries left at dawn &amp; nobody waved.</p><h4>The third</h4>",
            "<p>It waits for a crew.</p><h5>And a fourth</h5><h2>The quay</h2>",
            "<blockquote><p>We wait.</p></blockquote>",
        )
    )
}
PAGES: tuple[View, ...] = (
    EDITION_PAGE,
    STORY,
    TOPIC,
    SOURCE,
    ARTICLE,
    PostView(stem="post/00000000000000b1", head=head("Post by Harbour Pilot", index=False), card=PILOT, rows=ROWS[1:2]),
    ArchiveView(
        stem="archive",
        head=head("Archive"),
        months=(
            Month(
                month="2026-11",
                weeks=(
                    (
                        Day(day="2026-11-23", href="2026/11/23.html", articles=9, heat=4, title=TOLL.title, lang="fr"),
                        Day(day="2026-11-24"),
                        *(None,) * 5,
                    ),
                ),
                days=(Day(day="2026-11-23", href="2026/11/23.html", articles=9, heat=4, title=TOLL.title, lang="fr"),),
            ),
        ),
    ),
    TopicsView(
        stem="topics",
        head=head("Topics"),
        rows=EDITION.pulse,
        found=1,
        discovered=(Link(name="Night train", href="topic/night-train.html", count=2),),
        pages=(Link(name="1", href="topics/1.html"),),
        pile=(Unclaimed(card=TOLL, query='"Pont de Lune" AND péage'),),
        uncaught=41,
    ),
    SourcesView(
        stem="sources",
        head=head("Sources"),
        rows=(
            SourceRow(
                source=Link(name="بحر", href="source/bahr.html"),
                lang="ar",
                kind="national",
                country="SY",
                language="ar",
                articles=13,
                status="timed out after 20 s",
                failing=True,
            ),
        ),
    ),
    PostsView(stem="posts", head=head("Embedded posts"), cards=(PILOT, SILENCE), pages=()),
    ListView(
        stem="topic/ships/1",
        head=head("Ships, page 1", next="topic/ships.html"),
        title="Ships, page 1",
        lang="",
        back=SHIPS,
        hue=1,
        cards=(TOLL,),
        rows=ROWS[2:],
        posts=(SILENCE,),
    ),
    SearchView(
        stem="search",
        head=head("Search"),
        days=(Link(name="2026-11-23", href="index.html", count=9),),
        months=(Link(name="2026-10", href="archive.html#m2026-10", count=40),),
        topics=(SHIPS,),
    ),
    AboutView(
        stem="about",
        head=head("How it was made"),
        made=EDITION.made,
        failed=EDITION.made.failed,
        empty=(Link(name="Sur Diario", lang="es"),),
        rejected=(
            Refusal(
                reason="an empty file", count=300, items=(Problem(what="a.txt", where="", reason="an empty file"),)
            ),
            Refusal(
                reason="neither title nor text nor address",
                count=1,
                items=(
                    Problem(what="Item 4", where="content/feeds/x.xml", reason="neither title nor text nor address"),
                ),
            ),
        ),
        flawed=(Problem(what=ROWS[0].title, where="content/articles/a.txt", reason="no date", lang="ar"),),
        folded=ROWS[1:2],
        warnings=("site.base_url is not set: no feeds",),
    ),
    MissingView(stem="404", head=head("There is no such page", index=False)),
    MovedView(stem="story/old-00000000000000a9", head=head("Moved"), to=Link(name=FERRY.title, href=FERRY.href)),
)
NOTHING = replace(
    EDITION,
    stem="index",
    head=head("Morning Desk"),
    day="",
    start=When(),
    end=When(),
    prev=None,
    **dict.fromkeys(("articles", "sources", "stories", "languages"), 0),
    **dict.fromkeys(("five", "pulse", "unusual", "names", "watched", "sections", "quiet", "late", "posts"), ()),
)
