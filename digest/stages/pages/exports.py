"""Editions and stories to take along: what each article says of itself, copies named as such."""

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from digest.addresses import edition_stem, story_href
from digest.display import day_long, iso
from digest.model import Archive, Article, Edition, Site, Story
from digest.stages.pages.cards import Cards
from digest.views import Export, ExportArticle, ExportStory, ExportView, Sketch


def export_views(cards: Cards) -> Iterator[Sketch]:
    """Every edition's and every story's beside its page, but the old ones'."""
    archive, standing = cards.archive, cards.standing
    for edition in archive.editions:
        if edition.day and not standing.is_old_day(edition.day):
            yield _sketch_of_edition(edition, cards)
    for story in archive.stories.values():
        if not standing.is_old(story):
            yield _sketch(story, cards)


def _sketch_of_edition(edition: Edition, whole: Cards) -> Sketch:
    stem, known = edition_stem(edition.day), whole.knowing(edition)
    made_of = ("export", whole.site.title, edition.day, [known.marks(story) for story in edition.stories])

    def make() -> ExportView:
        return ExportView(stem=stem, export=export_of_edition(edition, whole.archive, whole.site))

    return Sketch(stem=stem, kind=ExportView, made_of=made_of, make=make)


def _sketch(story: Story, cards: Cards) -> Sketch:
    stem = story_href(story.id, story.slug).removesuffix(".html")

    def make() -> ExportView:
        return ExportView(stem=stem, export=export_of(cards.leading(story).title, [story], cards))

    return Sketch(stem=stem, kind=ExportView, made_of=("export", cards.marks(story)), make=make)


def export_of_edition(edition: Edition, archive: Archive, site: Site) -> Export:
    """An edition as it is taken along."""
    title = f"{site.title}, {day_long(edition.day, site.language)}"
    return export_of(title, edition.stories, Cards(archive, site, edition.articles))


def export_of(title: str, stories: Iterable[Story], cards: Cards) -> Export:
    """Stories as they are taken along."""
    return Export(title=title, stories=tuple(_story(story, cards) for story in stories))


def _story(story: Story, cards: Cards) -> ExportStory:
    zone = ZoneInfo(cards.site.timezone)
    return ExportStory(
        id=story.id,
        title=cards.leading(story).title,
        address=f"{cards.site.base_url}{story_href(story.id, story.slug)}",
        topics=story.topics,
        articles=tuple(
            _article(cards.articles[id], group.lead_id, cards, zone) for group in story.groups for id in group.ids
        ),
    )


def _article(article: Article, lead_id: str, cards: Cards, zone: ZoneInfo) -> ExportArticle:
    source = cards.archive.sources.get(article.source_id)
    return ExportArticle(
        id=article.id,
        title=article.title,
        source=source.name if source else "",
        authors=article.authors,
        url=article.url,
        published=iso(article.published_at, article.precision, zone),
        language=article.language,
        lead=article.lead,
        copy_of=lead_id if lead_id != article.id else "",
    )
