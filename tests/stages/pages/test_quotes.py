"""Quotations on pages: each once, as far as the article may be shown."""

from dataclasses import replace

from digest.model import Archive, Article, CopyGroup, Site, Source, Story
from digest.quotations import Quotation, written
from digest.stages.pages.cards import Cards
from digest.stages.pages.quotes import quote_cards, quoted

SAID = Quotation("We will lay the road again before the first snow.", "Petra Holm", "said")
WIRE = Article(
    id="a", version="a", source_id="wire", uid="a", title="Road", slug="road", language="en", show="full",
    published_at=60, facts={"quotes": written([SAID])},
)  # fmt: skip
COPY = replace(WIRE, id="b", source_id="tide", published_at=120)
STORY = Story(
    id="a", slug="road", title="Road", language="en", groups=(CopyGroup(lead_id="a", copy_ids=("b",)),)
)  # fmt: skip


def known(*articles: Article) -> Archive:
    return Archive(
        articles={one.id: one for one in articles}, stories={"a": STORY}, posts={}, topics={},
        sources={id: Source(id=id, name=id.title()) for id in ("wire", "tide")}, editions=(),
        home=dict.fromkeys("ab", ""), same_posts={},
    )  # fmt: skip


def cards(*articles: Article):
    return quote_cards(STORY, Cards(known(*articles), Site(title="Crossline")))


def test_what_two_outlets_print_is_one_card_of_the_first_text():
    [card] = cards(WIRE, COPY)
    assert (card.text, card.speaker, card.source.name, card.outlets) == (SAID.text, "Petra Holm", "Wire", 2)
    assert [(article.id, one) for article, one in quoted(known(WIRE, COPY))] == [("a", SAID)]


def test_what_only_a_copy_tells_is_its_own():
    more = Quotation("Nobody asked the drivers before the road was closed.", "Jan Kuipers", "said")
    told = replace(COPY, facts={"quotes": written([SAID, more])})
    assert [(article.id, one) for article, one in quoted(known(WIRE, told))] == [("a", SAID), ("b", more)]


def test_an_extract_shows_a_quotation_only_where_it_stands_in_the_extract():
    extract = replace(WIRE, show="extract", lead="The road is closed.")
    assert not cards(extract, replace(COPY, show="extract"))
    assert cards(replace(extract, lead=f"“{SAID.text}” said Petra Holm."), replace(COPY, show="extract"))


def test_a_quotation_without_a_name_is_not_shown():
    nameless = replace(WIRE, facts={"quotes": written([SAID._replace(speaker="he")])})
    assert not cards(nameless, replace(COPY, facts={}))


def test_one_sentence_translated_twice_is_one_card():
    first = Quotation("صمت ثلاثة أيام ليس سلاماً. إنه الوقت الذي نملكه لكتابة السلام", "المبعوثة إلسه برانت", "قالت")
    again = Quotation("صمت ثلاثة أيام ليس سلاماً، بل هو الوقت المتاح لنا كي نكتبه", "إلسه برانت", "قالت")
    arabic = replace(WIRE, language="ar", facts={"quotes": written([first])})
    [card] = cards(arabic, replace(arabic, id="b", source_id="tide", facts={"quotes": written([again])}))
    assert (card.text, card.outlets) == (first.text, 2)


def test_two_sentences_of_one_person_are_two_cards():
    more = SAID._replace(text="We will not lay a road again that the river takes every spring.")
    assert len(cards(replace(WIRE, facts={"quotes": written([SAID, more])}), COPY)) == 2
