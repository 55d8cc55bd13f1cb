"""Which pages stand: an old story keeps a light page, and what belongs to old stories alone has none any more.

Nor has a topic that was discovered and says no more than its only story.
"""

from collections import Counter
from collections.abc import Mapping
from copy import copy
from datetime import date, timedelta
from functools import cached_property

from digest.addresses import article_href
from digest.model import Archive, Article, Site, Story

LAST = "~"  # behind every ISO day


class Standing:
    """What has a page of its own, by `pages_for_days`; addresses that lead nowhere are empty."""

    def __init__(self, archive: Archive, site: Site) -> None:
        self._archive = archive
        self._since = _since(archive, site)
        stories = archive.stories.values()
        self._stories_of = Counter(name for story in stories for name in story.topics)
        self._by_hand = frozenset(name for article in archive.articles.values() for name in article.given_topics)
        self._day = ""  # of an edition: up to it
        old = {story.id for story in stories if self._is_past(story)} if self._since else set()
        self._old = frozenset(old)
        if not old:
            return
        young = [story for story in stories if story.id not in old]
        self._old_articles = frozenset(id for story in stories if story.id in old for id in story.article_ids)
        told = (archive.articles[id] for story in young for id in story.article_ids)
        self._posts = frozenset(archive.same_posts[post.id] for article in told for post in article.posts)
        self._topics = frozenset(name for story in young for name in story.topics)

    def until(self, day: str) -> "Standing":
        """The same as an edition knew it: what has a page only since then is no link there, for it stands."""
        _ = self._told_since  # worked out once for all
        known = copy(self)
        known._day = day
        return known

    @cached_property
    def _told_since(self) -> Mapping[str, str]:
        """Topic → the ISO day of the first edition by which two stories stood under it, or one by hand."""
        since: dict[str, str] = {}
        first: dict[str, str] = {}
        for edition in self._archive.editions:
            for article in edition.articles.values():
                for name in article.given_topics:
                    since.setdefault(name, edition.day)
            for story in edition.stories:
                for name in story.topics:
                    if first.setdefault(name, story.id) != story.id:
                        since.setdefault(name, edition.day)
        return since

    def is_old(self, story: Story) -> bool:
        """Has its last edition passed more days ago than pages stay whole?"""
        return story.id in self._old

    def is_old_day(self, day: str) -> bool:
        """The same of an edition."""
        return bool(day) and day < self._since

    def article(self, article: Article) -> str:
        """The address of an article's own page."""
        return "" if self.is_gone(article) else article_href(article)

    def is_gone(self, article: Article) -> bool:
        """Does an article belong to an old story, whose page alone tells of it?"""
        return bool(self._old) and article.id in self._old_articles

    def post(self, id: str) -> str:
        """The address of a post's page."""
        return "" if self._old and id not in self._posts else f"post/{id}.html"

    def topic(self, name: str) -> str:
        """The address of a topic's page."""
        topic = self._archive.topics[name]
        if topic.discovered:
            has_page = self._stories_of[name] > 1 or name in self._by_hand
            if not has_page or (self._day and self._told_since.get(name, LAST) > self._day):
                return ""
        return f"topic/{topic.slug}.html"

    def is_followed(self, name: str) -> bool:
        """Has a topic feeds and a card beside its page? An old one that was discovered has none."""
        if self._old and name not in self._topics and not self._archive.topics[name].ruled:
            return False
        return bool(self.topic(name))

    def _is_past(self, story: Story) -> bool:
        last = max(self._archive.home[id] for id in story.article_ids)
        return self.is_old_day(last)


def _since(archive: Archive, site: Site) -> str:
    """The ISO day from which on all is whole; empty: for ever."""
    newest = archive.editions[-1].day if archive.editions else ""
    if not (site.pages_for_days and newest):
        return ""
    return (date.fromisoformat(newest) - timedelta(days=site.pages_for_days)).isoformat()
