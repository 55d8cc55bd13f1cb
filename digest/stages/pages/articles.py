"""A page for each article that is shown in full, and one for each embedded post."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from zoneinfo import ZoneInfo

from digest.display import iso, say
from digest.model import Archive, Article, CopyGroup, Post, Site, Story
from digest.stages.pages.cards import Cards
from digest.stages.pages.paging import older_pages, page_links, paged
from digest.text import shorten
from digest.views import ArticleView, Head, ListView, PostCard, PostsView, PostView, Sketch


def article_views(cards: Cards) -> Iterator[Sketch]:
    """The articles that may be shown in full."""
    archive = cards.archive
    place = {id: (story, group) for story in archive.stories.values() for group in story.groups for id in group.ids}
    for article in archive.articles.values():
        if cards.standing.article(article) and article.id in place:
            yield _sketch(article, *place[article.id], cards)


def _sketch(article: Article, story: Story, group: CopyGroup, cards: Cards) -> Sketch:
    archive, when = cards.archive, cards.when(article)
    topics = tuple(cards.topic_links(story))
    posts = tuple(cards.post(archive.posts[archive.same_posts[post.id]]) for post in article.posts)
    others = group.copy_ids if article.id == group.lead_id else (group.lead_id,)
    return Sketch(
        stem=cards.standing.article(article).removesuffix(".html"),
        kind=ArticleView,
        made_of=(
            (cards.mark(article.id), cards.story_link(story), topics, posts),
            (group.lead_id, [cards.mark(id) for id in others]),
        ),
        make=lambda: _view(article, story, group, archive, cards),
        shelf=iso(when.at, when.precision, ZoneInfo(cards.site.timezone))[:10],
    )


def _view(article: Article, story: Story, group: CopyGroup, archive: Archive, cards: Cards) -> ArticleView:
    lead = archive.articles[group.lead_id]
    own = article.id == group.lead_id
    copies = [archive.articles[id] for id in group.copy_ids] if own else []
    return ArticleView(
        stem=cards.standing.article(article).removesuffix(".html"),
        head=Head(
            title=article.title,
            description=shorten(article.lead or article.title, 190),
            canonical=article.url,
            index=False,
            kind="article",
            published=cards.when(article),
            modified=cards.updated(article),
        ),
        row=cards.row(article, story=story),
        authors=article.authors,
        updated=cards.updated(article),
        words=article.words,
        version=article.version,
        cards=tuple(cards.post(archive.posts[archive.same_posts[post.id]]) for post in article.posts),
        topics=tuple(cards.topic_links(story)),
        copies=tuple(cards.row(copy) for copy in copies),
        copy_of=None if own else cards.row(lead),
        archive_url=article.archive_url,
    )


def post_views(cards: Cards) -> Iterator[Sketch | PostsView | ListView]:
    """Every post's page, and the list of posts: the newest page has the most embedded first."""
    archive, site = cards.archive, cards.site
    for post in archive.posts.values():
        embedders = [archive.articles[id] for id in cards.embedders(post.id)]
        if embedders and cards.standing.post(post.id):
            yield Sketch(
                stem=f"post/{post.id}",
                kind=PostView,
                made_of=(cards.post(post), [cards.row_marks(article) for article in embedders]),
                make=partial(_post, post, embedders, cards),
            )
    newest_first = reversed(list(archive.posts.values()))
    known = [cards.post(post) for post in newest_first if cards.embedders(post.id) and cards.standing.post(post.id)]
    shown, older = paged(known)
    head = Head(
        title=say(site, "Embedded posts"),
        description=say(site, "Posts that the articles embed, each once, with who embeds it."),
    )
    yield PostsView(
        stem="posts", head=head, cards=tuple(sorted(shown, key=_embedded)), pages=page_links("posts", len(older))
    )
    yield from older_pages(
        "posts",
        say(site, "Embedded posts"),
        say(site, "Older posts."),
        older,
        lambda page, seen: replace(page, posts=tuple(seen)),
        site=site,
    )


def _post(post: Post, embedders: Sequence[Article], cards: Cards) -> PostView:
    return PostView(
        stem=f"post/{post.id}",
        head=Head(
            title=_post_title(post, cards.site),
            description=shorten(post.text or say(cards.site, "A post that articles embed."), 190),
            canonical=post.url,
            index=False,
        ),
        card=cards.post(post),
        rows=tuple(cards.row(article, story=cards.story_of.get(article.id)) for article in embedders),
    )


def _embedded(card: PostCard) -> tuple[int, int]:
    return -card.articles, -card.times


def _post_title(post: Post, site: Site) -> str:
    name = post.author or (f"@{post.handle}" if post.handle else "")
    return say(site, "Post by {name}", name=name) if name else say(site, "Post")
