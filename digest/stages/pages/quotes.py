"""In their words: what people say in a story, each quotation once, however many outlets print it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from digest.languages import base
from digest.model import Archive, Article, Story
from digest.names import skeleton
from digest.quotations import Quotation, as_read, is_named
from digest.stages.pages.cards import Cards
from digest.stopwords import NONE, STOPWORDS
from digest.text import words
from digest.views import QuoteCard

QUOTES = 6  # that a story shows
COMPARED = 300  # different ones of a story, that are counted
LEAST_WORDS = 8  # fewer are a part of somebody's sentence
MOST_WORDS = 70
ALIKE = 0.6  # of the words of the shorter of two quotations, but those that any text has: from here on they are one
LEAST_ALIKE = 4  # of them
SPEAKER_WORDS = 8  # a longer name is none


def quoted(archive: Archive) -> Iterator[tuple[Article, Quotation]]:
    """Every quotation of what is shown, at the first text that prints it: copies tell only what is their own."""
    for story in archive.stories.values():
        for group in story.groups:
            known: set[str] = set()
            for article in (archive.articles[id] for id in group.ids):
                own = {_key(one): one for one in quotations_of(article)}
                yield from ((article, one) for key, one in own.items() if key not in known)
                known |= own.keys()


def quotations_of(article: Article) -> list[Quotation]:
    """What people say in an article."""
    return as_read(article.facts.get("quotes", ""))


def quote_cards(story: Story, cards: Cards) -> tuple[QuoteCard, ...]:
    """The quotations of a story that may be shown, those that most outlets print first, then in the order told."""
    found: dict[str, QuoteCard] = {}
    outlets: dict[str, set[str]] = {}
    said: defaultdict[tuple[str, str], dict[str, frozenset[str]]] = defaultdict(dict)  # telling words, by who says them
    known = [cards.articles[id] for id in story.article_ids if id in cards.articles]
    for article in sorted(known, key=_moment):
        for one in filter(lambda one: _is_shown(one, article), quotations_of(article)):
            own = _key(one)
            if (key := own) not in found:
                if len(found) == COMPARED:
                    continue
                telling = _telling(own, article.language)
                by_speaker = said[article.language, _sound(one.speaker)]
                same = (other for other in found if own in other or other in own)
                alike = (other for other, words in by_speaker.items() if _is_alike(telling, words))
                if (key := next(chain(same, alike), own)) == own:
                    found[own] = _card(one, article, cards)
                    by_speaker[own] = telling
            outlets.setdefault(key, set()).add(article.source_id)
    told = [replace(card, outlets=len(outlets[key])) for key, card in found.items()]
    return tuple(sorted(told, key=lambda card: -card.outlets)[:QUOTES])


def _sound(speaker: str) -> str:
    """What a speaker's last name sounds like."""
    last = words(speaker)[-1:]
    return "".join(skeleton(one) or one for one in last)


def _telling(text: str, language: str) -> frozenset[str]:
    """The folded words of a text, but for those that any text has."""
    return frozenset(text.split()) - STOPWORDS.get(base(language), NONE)


def _is_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Are two things that a person says one, cut otherwise or translated twice? By their telling words."""
    shared = len(one & other)
    return shared >= LEAST_ALIKE and shared >= ALIKE * min(len(one), len(other))


def _moment(article: Article) -> tuple[bool, int]:
    return article.at is None, article.at or 0


def _is_shown(one: Quotation, article: Article) -> bool:
    """Is it whole, has its speaker a name, and may so much of the article be shown?"""
    allowed = article.show == "full" or one.text in article.lead
    whole = LEAST_WORDS <= len(one.text.split()) <= MOST_WORDS and len(one.speaker.split()) <= SPEAKER_WORDS
    return allowed and whole and is_named(one.speaker, article.language)


def _card(one: Quotation, article: Article, cards: Cards) -> QuoteCard:
    return QuoteCard(
        text=one.text,
        lang=article.language,
        speaker=_whole_name(one.speaker, article),
        source=cards.mention(article),
        title=article.title,
        url=article.url,
        when=cards.when(article),
    )


def _whole_name(speaker: str, article: Article) -> str:
    """The speaker's name as the article gives it in full, where it is said in part."""
    names = filter(None, article.facts.get("names", "").split("\n"))
    return next((name for name in names if name.endswith(f" {speaker}")), speaker)


def _key(one: Quotation) -> str:
    """What two prints of one quotation share."""
    return " ".join(words(one.text))
