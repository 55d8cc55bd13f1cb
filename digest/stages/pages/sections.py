"""A briefing's topics, each with its stories, and the things to know first."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from digest.addresses import edition_stem, story_href
from digest.display import day_long, say
from digest.model import Edition, Story
from digest.stages.pages.cards import Cards
from digest.stages.pages.paging import older_pages, page_links, paged
from digest.stages.pages.quotes import quote_cards
from digest.views import Link, ListView, Point, Section, StoryCard

POINTS = 5  # things to know
SECONDARY = 6  # stories beside a topic's lead
MORE = 60  # that no topic caught, on a page of them; the edition's own shows up to twice as many
DISCOVERED_SECTIONS = 6  # topics without a rule that have a section of their own; the rest stand under "More stories"


def sections(edition: Edition, cards: Cards) -> tuple[Section, ...]:
    """Topics with a rule in their order, the others by their hottest story; what no topic caught stands last."""
    filed = _filed(edition, cards)
    return tuple(_section(name, stories, edition, cards) for name, stories in filed.items())


def more_views(whole: Cards) -> Iterator[ListView]:
    """What no topic caught of a day on which that is too much for one page."""
    for edition in whole.archive.editions:
        cards = whole.knowing(edition)
        _, older = paged(_filed(edition, cards).get("", ()), MORE)
        told = _pages_of_more(edition, older, cards) if older else ()
        yield from told


def _pages_of_more(edition: Edition, older: Sequence[Sequence[Story]], cards: Cards) -> Iterator[ListView]:
    stem, title = edition_stem(edition.day), say(cards.site, "More stories")
    named = day_long(edition.day, cards.site.language) if edition.day else say(cards.site, "Briefing")
    return older_pages(
        stem,
        title,
        say(cards.site, "{title}, {day}.", title=title, day=named),
        older,
        lambda page, stories: replace(
            page,
            back=replace(page.back, name=named),
            cards=tuple(cards.story(story, edition.new_ids) for story in stories),
        ),
        site=cards.site,
        hue=cards.topic_hue(""),
    )


def _filed(edition: Edition, cards: Cards) -> dict[str, list[Story]]:
    """Topic → its stories, in the order of the sections; "" is what stands under none."""
    by_topic: defaultdict[str, list[Story]] = defaultdict(list)
    for story in edition.stories:
        by_topic[story.topics[0] if story.topics else ""].append(story)
    topics = cards.archive.topics
    ruled = [name for name, topic in topics.items() if name in by_topic and topic.ruled]
    found = [name for name in by_topic if name and not topics[name].ruled]
    for name in found[DISCOVERED_SECTIONS:] if ruled or len(found) > DISCOVERED_SECTIONS else []:
        by_topic[""] += by_topic.pop(name)
    by_topic[""].sort(key=lambda story: (not story.pinned, -story.heat, story.id))
    order = [*ruled, *(name for name in found if name in by_topic), ""]
    return {name: by_topic[name] for name in order if by_topic[name]}


def _section(name: str, stories: Sequence[Story], edition: Edition, cards: Cards) -> Section:
    new = set(edition.new_ids)
    told, older = (stories[: SECONDARY + 1], ()) if name else paged(stories, MORE)
    shown = [cards.story(story, edition.new_ids) for story in told]
    topic = cards.archive.topics.get(name)
    return Section(
        topic=cards.topic_link(name) if topic else Link(name=say(cards.site, "More stories"), href="topics.html"),
        slug=topic.slug if topic else "more",
        hue=cards.topic_hue(name),
        stories=len(stories),
        articles=sum(len(new.intersection(story.article_ids)) for story in stories),
        lead=_with_posts(shown[0]),
        quote=next(iter(quote_cards(stories[0], cards)), None),
        rest=tuple(shown[1:]),
        more=len(stories) - len(shown),
        pages=page_links(edition_stem(edition.day), len(older)),
        has_feed=bool(topic and cards.site.base_url and cards.standing.is_followed(name)),
    )


def _with_posts(card: StoryCard) -> StoryCard:
    """A lead shows the one post that most of its articles embed."""
    return replace(card, posts=card.posts[:1])


def five(edition: Edition, cards: Cards, sections: Sequence[Section]) -> tuple[Point, ...]:
    """The first sentence of the hottest stories, one a topic first."""
    anchors = {card.id: section for section in sections for card in (section.lead, *section.rest)}
    firsts: dict[str, Story] = {}
    for story in edition.stories:
        firsts.setdefault(story.topics[0] if story.topics else story.id, story)
    chosen = [*firsts.values(), *(story for story in edition.stories if story not in firsts.values())][:POINTS]
    points = []
    for story in sorted(chosen, key=lambda story: (not story.pinned, -story.heat, story.id)):
        lead = cards.leading(story)
        section = anchors.get(story.id)
        points.append(
            Point(
                topic=story.topics[0] if story.topics else "",
                sentence=cards.point(lead),
                lang=lead.language,
                href=f"#{section.slug}"
                if section and section.lead.id == story.id
                else story_href(story.id, story.slug),
                articles=len(story.article_ids),
                new=cards.fresh(story, edition.new_ids),
            )
        )
    return tuple(points)
