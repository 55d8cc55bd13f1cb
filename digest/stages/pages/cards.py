"""The parts that several pages show, made from records: story cards, article rows, post cards."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from zoneinfo import ZoneInfo

from digest.addresses import story_href
from digest.codec import fingerprint
from digest.display import say
from digest.model import Archive, Article, CopyGroup, Edition, Post, Reason, Site, Story
from digest.stages.pages.names import Named, named_in
from digest.stages.pages.reasons import cure, why
from digest.stages.pages.standing import Standing
from digest.stopwords import NONE, STOPWORDS
from digest.text import extract, fold, initials, sentences, stems, words
from digest.views import ArticleRow, Fold, Link, Mention, PostCard, StoryCard, When

HUES = 8
DEK_SENTENCES = 2
POINT_WORDS = 6  # a shorter first sentence is a dateline or a crosshead
TELLING_WORDS = 12  # one that is shorter says what the headline is about, or it is no more than a scene
BACKWARD = frozenset(
    """he she it they his her its their this that these those but and er es ihr aber und doch il elle ils elles leur
    mais ella ellos ellas pero lui lei loro он она они его их это هو هي هم وهو وهي لكن""".split()
)  # words that begin a sentence which leans on another
NOTHING: Mapping[str, str] = MappingProxyType({})
READ_WORDS = 60  # a shorter text leads a story only where no other does
ASIDE = re.compile(
    r"(?:analysis|column|explainer|factbox|graphic|interview|media advisory|opinion|q&a|timeline)\b", re.I
)
COUNTED = re.compile(r"^\d{1,2}[.)] (?=\w)")  # a communiqué's first point
TELLING_KINDS = frozenset(["analysis", "official", "ngo", "blog"])  # said beside a headline; reports lead before them
UNKNOWN_SOURCE = "Source unknown"
UNREAD = "front matter: unknown key "  # what an article's file says beside what is read
NETWORKS = {
    "x": "X", "mastodon": "Mastodon", "bluesky": "Bluesky", "telegram": "Telegram", "threads": "Threads",
    "instagram": "Instagram", "facebook": "Facebook", "truth": "Truth Social", "vk": "VK", "youtube": "YouTube",
    "vimeo": "Vimeo", "tiktok": "TikTok", "reddit": "Reddit",
}  # fmt: skip


class Cards:
    """Makes the parts of pages out of records: of a whole archive, or of the articles that an edition knew."""

    def __init__(self, archive: Archive, site: Site, articles: Mapping[str, Article] | None = None) -> None:
        self.archive = archive
        self.site = site
        self.articles = archive.articles if articles is None else articles
        self._leading: dict[int, tuple[Story, Article]] = {}  # by identity: a hash costs more than the choice
        self._posts: dict[str, PostCard] = {}
        self._marks: dict[int, tuple[Article, str]] = {}  # by identity, too
        self._marks_of: dict[int, tuple[Story, str]] = {}
        self._knowing: dict[int, Cards] = {}

    def knowing(self, edition: Edition) -> "Cards":
        """The same of what an edition knew; what depends on no edition is worked out once for all."""
        if (known := self._knowing.get(id(edition))) is None:
            known = self._knowing[id(edition)] = Cards(self.archive, self.site, edition.articles)
            known._marks = self._marks
            standing = self.standing.until(edition.day)
            vars(known).update(story_of=self.story_of, standing=standing, _hues=self._hues, _wires=self._wires)
        return known

    def story(self, story: Story, new_ids: Iterable[str] = ()) -> StoryCard:
        """A story in a list; `new_ids` are the articles of the edition that lists it."""
        lead = self.leading(story)
        known = [self.articles[id] for id in story.article_ids]
        return StoryCard(
            id=story.id,
            title=lead.title,
            href=story_href(story.id, story.slug),
            lang=lead.language,
            dek=self.dek(lead),
            source=self.mention(lead),
            kind=self.telling_kind(lead),
            when=self.when(lead),
            first=self._first(known),
            last=self.last(story),
            articles=len(known),
            sources=self.sources(known),
            languages=len({article.language.partition("-")[0] for article in known}),
            texts=len(story.groups),
            new=self.fresh(story, new_ids),
            day=self._day(known),
            also=self._also(known, lead),
            folds=tuple(
                Fold(copies=len(group.copy_ids), source=self.credited(group))
                for group in story.groups
                if group.copy_ids
            ),
            posts=tuple(self.post(self.archive.posts[id]) for id in story.posts if self.embedders(id)),
            topic=next(self.topic_links(story), None),
            hue=self.hue(story),
            notes=story.notes,
        )

    @staticmethod
    def fresh(story: Story, new_ids: Iterable[str]) -> int:
        """How many of a story's articles an edition brought; 0 where those are all."""
        new = len(set(new_ids).intersection(story.article_ids))
        return new if new < len(story.article_ids) else 0

    def leading(self, story: Story) -> Article:
        """The text that speaks for a story: in the reader's language, a report, of its newest edition, by the heaviest.

        In this order: a French comment of today does not take the headline from an English report of yesterday. Of
        equals that which most have printed.
        """
        if (known := self._leading.get(id(story))) is None:
            known = self._leading[id(story)] = story, self._chosen(story)
        return known[1]

    def _chosen(self, story: Story) -> Article:
        known = ([id for id in group.ids if id in self.articles] for group in story.groups)
        prints = {ids[0]: ids for ids in known if ids}  # an edition may know copies and not what they copy
        own = self.site.language.partition("-")[0]

        def weight(lead: Article) -> tuple[bool, bool, str, float, bool, int]:
            source, ids = self.archive.sources.get(lead.source_id), prints[lead.id]
            beside = source is not None and source.kind in TELLING_KINDS
            return (
                lead.language.partition("-")[0] == own,
                not beside and not ASIDE.match(lead.title),  # what agencies call so stands beside the report
                max(map(self.archive.home.__getitem__, ids)),
                source.weight if source else 1.0,
                lead.words >= READ_WORDS,
                len(ids),
            )

        return max((self.articles[lead] for lead in prints), key=weight)  # the first of equals

    @staticmethod
    def dek(article: Article) -> str:
        """The first sentences of an article, word for word."""
        return " ".join(sentences(COUNTED.sub("", article.lead))[:DEK_SENTENCES])

    @staticmethod
    def point(article: Article) -> str:
        """The first sentence of an article; its title where that says nothing of it by itself."""
        first = next(iter(sentences(COUNTED.sub("", article.lead))), "")
        opening, language = words(first), article.language.partition("-")[0]
        if len(opening) < POINT_WORDS or opening[0] in BACKWARD:
            return article.title
        title = (word for word in words(article.title) if word not in STOPWORDS.get(language, NONE))
        is_about_it = not set(stems(title, language)).isdisjoint(stems(opening, language))
        return first if is_about_it or len(opening) >= TELLING_WORDS else article.title

    @staticmethod
    def when(article: Article) -> When:
        """When it was published, else when it was seen."""
        if article.published_at is not None:
            return When.of(article.published_at, article.precision)
        return Cards.seen(article)

    @staticmethod
    def seen(article: Article) -> When:
        """When it was seen; a time that was only taken from its date is none."""
        return When.of(article.seen_at) if article.seen_stamped else When()

    @staticmethod
    def updated(article: Article) -> When:
        """Since when it reads as it does; none where that is as it was published."""
        return When.of(article.updated_at, article.updated_precision)

    def _first(self, articles: Iterable[Article]) -> When:
        return min(filter(_dated, map(self.when, articles)), key=_moment, default=When())

    def last(self, story: Story) -> When:
        """When a story was last added to, or one of its articles updated."""
        known = [self.articles[id] for id in story.article_ids]
        times = [*map(self.when, known), *map(self.updated, known)]
        return max(filter(_dated, times), key=_moment, default=When())

    def _day(self, articles: Iterable[Article]) -> int:
        """On which day of a story its last article came, the first being 1; 0 where there is no other."""
        zone = ZoneInfo(self.site.timezone)
        known = [when.at for when in map(self.when, articles) if when.at is not None and when.precision != "month"]
        days = sorted({datetime.fromtimestamp(at, zone).date() for at in known})
        return (days[-1] - days[0]).days + 1 if len(days) > 1 else 0

    def _also(self, articles: Iterable[Article], lead: Article) -> tuple[Mention, ...]:
        """The other outlets that are known by name, in the order in which they came, each with how often."""
        known = [article for article in articles if article.source_id in self.archive.sources]
        times = Counter(article.source_id for article in known)
        first = {article.source_id: article for article in reversed(known)}
        return tuple(self.mention(first[id], times[id]) for id in times if id != lead.source_id)

    def sources(self, articles: Iterable[Article]) -> int:
        """How many outlets are known to have brought them; where none is, one that is not known by name."""
        return len({article.source_id for article in articles} & self.archive.sources.keys()) or 1

    def source_name(self, article: Article) -> str:
        """The name of an article's outlet."""
        source = self.archive.sources.get(article.source_id)
        return source.name if source else say(self.site, UNKNOWN_SOURCE)

    def credited(self, group: CopyGroup) -> str:
        """Whose text a group prints: the wire's that one of its prints credits, else the first outlet's."""
        prints = [self.articles[id] for id in group.ids if id in self.articles]
        for name in self._wires:
            if any(name in (self.source_name(one), *one.authors) or one.title.endswith(f"({name})") for one in prints):
                return name
        source = self.archive.sources.get(self.articles[group.lead_id].source_id)
        return source.name if source else ""

    @cached_property
    def _wires(self) -> tuple[str, ...]:
        return tuple(source.name for source in self.archive.sources.values() if source.kind == "wire")

    def mention(self, article: Article, times: int = 1) -> Mention:
        """An article's outlet, as a link to its page."""
        source = self.archive.sources.get(article.source_id)
        return Mention(
            name=self.source_name(article),
            href=f"source/{source.id}.html" if source else "",
            lang=article.language if source else "",  # what is said in place of a name is the interface's own
            times=times,
        )

    def outlets(self, articles: Iterable[Article]) -> frozenset[str]:
        """The names of those who wrote these articles, and of the wires, folded."""
        sources = (self.archive.sources.get(id) for id in {article.source_id for article in articles})
        return frozenset(map(fold, (*self._wires, *(source.name for source in sources if source))))

    def named(self, articles: Sequence[Article]) -> list[Named]:
        """People and places in articles, those that most of them hold first: an outlet that reports names itself."""
        outlets = self.outlets(articles)
        return [one for one in named_in(articles) if outlets.isdisjoint(fold(name) for name, _ in one.spellings)]

    def telling_kind(self, article: Article) -> str:
        """The kind of its source, where that is worth a word."""
        source = self.archive.sources.get(article.source_id)
        return source.kind if source and source.kind in TELLING_KINDS else ""

    def topic_link(self, name: str) -> Link:
        """A topic, as a link to its page."""
        return Link(name=name, href=self.standing.topic(name))

    def topic_links(self, story: Story) -> Iterator[Link]:
        """The topics of a story that have a page."""
        return (link for link in map(self.topic_link, story.topics) if link.href)

    @cached_property
    def standing(self) -> Standing:
        """What has a page of its own."""
        return Standing(self.archive, self.site)

    @cached_property
    def story_of(self) -> Mapping[str, Story]:
        """Article id → the story that it is in."""
        return {id: story for story in self.archive.stories.values() for id in story.article_ids}

    @cached_property
    def _hues(self) -> dict[str, int]:
        """As set, else in turn; of a discovered topic by its name, for the next one must not change all others."""
        found = {}
        for at, (name, topic) in enumerate(self.archive.topics.items()):
            turn = int(fingerprint(name), 16) if topic.discovered else at
            found[name] = turn % HUES if topic.hue is None else topic.hue
        return found

    def hue(self, story: Story) -> int:
        """The number of the colour of a story's first topic."""
        return self._hues.get(story.topics[0], HUES - 1) if story.topics else HUES - 1

    def topic_hue(self, name: str) -> int:
        """The number of a topic's colour."""
        return self._hues.get(name, HUES - 1)

    @cached_property
    def _embeds(self) -> dict[str, dict[str, int]]:
        """Post id → article id → how often it stands there."""
        found: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for article in self.articles.values():
            for post in article.posts:
                by_article = found[self.archive.same_posts[post.id]]
                by_article[article.id] = by_article.get(article.id, 0) + 1
        return dict(found)

    def embedders(self, post_id: str) -> Mapping[str, int]:
        """Article id → how often it embeds the post, in the order seen."""
        return self._embeds.get(post_id, {})

    def post(self, post: Post) -> PostCard:
        """A post, with how often and by whom it is embedded."""
        if (known := self._posts.get(post.id)) is None:
            known = self._posts[post.id] = self._embedded(post)
        return known

    def _embedded(self, post: Post) -> PostCard:
        by_article = self.embedders(post.id)
        articles = [self.articles[id] for id in by_article]
        times: Counter[str] = Counter()
        for article in articles:
            times[article.source_id] += by_article[article.id]
        first = {article.source_id: article for article in reversed(articles)}
        return PostCard(
            post=post,
            href=self.standing.post(post.id),
            network=NETWORKS.get(post.network, post.network.capitalize()),
            initials=initials(post.author or post.handle),
            when=When(at=post.posted_at, precision=post.posted_precision),
            times=sum(by_article.values()),
            articles=len(by_article),
            embedded_by=tuple(self.mention(first[id], count) for id, count in times.items()),
        )

    def row(self, article: Article, n: int = 0, *, copies: Iterable[Article] = (), story: Story | None = None,
            reason: Reason | None = None, spelled: Mapping[str, str] = NOTHING) -> ArticleRow:  # fmt: skip
        """An article in a list; `spelled` is how it, or else its story's other articles, write what they share."""
        source = self.archive.sources.get(article.source_id)
        return ArticleRow(
            id=article.id,
            n=n,
            title=article.title,
            lang=article.language,
            url=article.url,
            page=self.standing.article(article),
            source=self.mention(article),
            kind=source.kind if source else "",
            when=self.when(article),
            seen=self.seen(article),
            story=self.story_link(story) if story else None,
            copies=tuple(self.row(copy) for copy in copies),
            updated=self.updated(article),
            flaws=tuple(flaw for flaw in article.flaws if not is_for_editors(flaw)),
            lead=extract(article.lead, 160),
            why=self._why(reason, spelled) if reason else "",
            cure=cure(reason) if reason else "",
        )

    def mark(self, article_id: str) -> str:
        """A fingerprint of all that any page shows of an article by itself: its outlet and its day among it."""
        article = self.articles[article_id]
        if (known := self._marks.get(id(article))) is None:
            home, source = self.archive.home.get(article_id), self.archive.sources.get(article.source_id)
            told = fingerprint(article, home, source, self.standing.article(article))
            known = self._marks[id(article)] = article, told
        return known[1]

    def row_marks(self, article: Article) -> tuple[object, ...]:
        """All that a row shows of an article that leads to its story."""
        story = self.story_of.get(article.id)
        return self.mark(article.id), self.story_link(story) if story else None

    def marks(self, story: Story) -> str:
        """A fingerprint of all that a page shows of a story by itself, its articles and posts among it.

        But for its reasons, which its own page alone shows.
        """
        if (known := self._marks_of.get(id(story))) is None:
            known = self._marks_of[id(story)] = story, fingerprint(self._told(story))
        return known[1]

    def _told(self, story: Story) -> tuple[object, ...]:
        posts = [self.post(self.archive.posts[id]) for id in story.posts if self.embedders(id)]
        standing = self.standing
        topics = [(standing.topic(name), standing.is_followed(name), self.topic_hue(name)) for name in story.topics]
        return replace(story, reasons=()), [self.mark(id) for id in story.article_ids], posts, topics, self._wires

    def story_link(self, story: Story) -> Link:
        """A story, as a link to its page."""
        lead = self.leading(story)
        return Link(name=lead.title, href=story_href(story.id, story.slug), lang=lead.language)

    def _why(self, reason: Reason, spelled: Mapping[str, str]) -> str:
        other = self.archive.stories.get(reason.runner_up)
        return why(reason, self.leading(other).title if other else "", spelled, self.site)


def is_for_editors(flaw: str) -> bool:
    """Does it change nothing of what is shown? `digest check` tells it to those who can mend it."""
    return flaw.startswith(UNREAD)


def _dated(when: When) -> bool:
    return when.at is not None


def _moment(when: When) -> int:
    return when.at or 0
