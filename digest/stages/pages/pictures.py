"""The cards that stand for pages where they are shared: one for the site, one an edition, one a topic."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from digest.addresses import edition_stem
from digest.display import day_long
from digest.lettering import can_set
from digest.model import Edition
from digest.stages.pages.cards import Cards
from digest.stages.pages.pulse import by_topic
from digest.stages.pages.series import PULSE_DAYS, calendar
from digest.views import CardView

SITE_CARD = "card"  # stem


def picture_views(cards: Cards) -> Iterator[CardView]:
    """Every card, with the days up to its edition, or up to the newest."""
    archive, site = cards.archive, cards.site
    totals = {edition.day: len(edition.new_ids) for edition in archive.editions}
    yield CardView(stem=SITE_CARD, name="", hue=0, counts=_counts(archive.editions, totals))
    for at, edition in enumerate(archive.editions, start=1):
        if edition.day:
            named = day_long(edition.day, site.language)
            yield CardView(
                stem=edition_stem(edition.day),
                name=named if can_set(named) else edition.day,
                hue=0,
                counts=_counts(archive.editions[max(0, at - PULSE_DAYS) : at], totals),
            )
    days = calendar(archive.editions, PULSE_DAYS).all if archive.editions else ()
    told: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for edition in archive.editions[-PULSE_DAYS:]:
        for name, count in by_topic(edition).items():
            told[name][edition.day] = count
    for name, topic in archive.topics.items():
        if cards.standing.is_followed(name):
            counts = tuple(told[name].get(day, 0) for day in days)
            yield CardView(stem=f"topic/{topic.slug}", name=name, hue=cards.topic_hue(name), counts=counts)


def _counts(editions: Sequence[Edition], told: Mapping[str, int]) -> tuple[int, ...]:
    days = calendar(editions, PULSE_DAYS).all if editions else ()
    return tuple(told.get(day, 0) for day in days)
