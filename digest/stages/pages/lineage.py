"""What copies did with the text that they print: which bodies have to be read to say it, and how it is shown."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from digest.model import Archive, Article, Lineage, Story
from digest.text import shorten
from digest.views import ArticleRow, Compared, CopyLine, StoryView, TextLineage

COMPARED = 40  # prints of one text: the first
VERSIONS = 8  # of a text, the last, that its outlet has replaced
NEIGHBOURS = 8  # texts of a source: from them is learnt what it repeats
TOLD = 12  # sentences of a kind that are shown
TOLD_LENGTH = 400  # characters of a sentence


class Beside:
    """Other texts of an article's source: the last seen before it, and of a new source the first seen after it.

    So what comes later changes a page only while its source has few texts.
    """

    def __init__(self, archive: Archive) -> None:
        self._articles = archive.articles
        self._by_source: defaultdict[str, list[str]] = defaultdict(list)
        self._place: dict[str, int] = {}
        for id, article in archive.articles.items():
            self._place[id] = len(self._by_source[article.source_id])
            self._by_source[article.source_id].append(id)

    def __call__(self, article: Article, story: Story) -> tuple[str, ...]:
        """Their versions; what is of the same story is none, it may print the text once more."""
        if not article.source_id:
            return ()
        known, at, own = self._by_source[article.source_id], self._place[article.id], set(story.article_ids)
        reach = NEIGHBOURS + len(own)  # so many may be of the story
        nearest = [*reversed(known[max(0, at - reach) : at]), *known[at + 1 : at + 1 + reach]]
        others = [id for id in nearest if id not in own]
        return tuple(self._articles[id].version for id in others[:NEIGHBOURS])


def compared(story: Story, archive: Archive, beside: Beside) -> tuple[Compared, ...]:
    """What has to be read of each text that has copies."""
    found = []
    for group in story.groups:
        if group.copy_ids:
            lead = archive.articles[group.lead_id]
            copies = [archive.articles[id] for id in group.copy_ids]
            prints = [*_earlier(lead, archive), lead, *copies][:COMPARED]
            found.append(
                Compared(
                    ids=tuple(one.id for one in prints),
                    versions=tuple(one.version for one in prints),
                    beside=tuple(beside(one, story) for one in prints),
                    shown=tuple(one.show == "full" for one in prints),
                )
            )
    return tuple(found)


def _earlier(lead: Article, archive: Archive) -> list[Article]:
    """The versions of a text that its outlet has replaced, in their order; of those that say the same one."""
    told = {one.exact: one for one in reversed(archive.older.get(lead.id, ())) if one.exact != lead.exact}
    return list(reversed(told.values()))[-VERSIONS:]


def with_lineage(view: StoryView, traced: Iterable[Sequence[Lineage]]) -> StoryView:
    """The view with what was found out; one sequence for each text that it has compared, in their order."""
    told = [_text(view, one, lineages) for one, lineages in zip(view.compared, traced, strict=True)]
    return replace(view, lineage=tuple(sorted(told, key=lambda text: text.n)))


def _text(view: StoryView, known: Compared, lineages: Sequence[Lineage]) -> TextLineage:
    lead = next(row for row in view.coverage if row.id == known.ids[0])
    rows = {row.id: row for row in (lead, *lead.copies)}
    shown = {id: all(may for one, may in zip(known.ids, known.shown, strict=True) if one == id) for id in rows}
    return TextLineage(
        n=lead.n,
        title=lead.title,
        lang=lead.lang,
        source=lead.source,
        copies=tuple(_line(one, rows, lead, shown[one.article_id], shown[one.of_id]) for one in lineages),
    )


def _line(one: Lineage, rows: dict[str, ArticleRow], lead: ArticleRow, shown: bool, of_shown: bool) -> CopyLine:
    """A copy's line; whose sentences may not be shown, those are counted only."""
    cut = _told(one.cut if of_shown else ())
    added, moved = _told(one.added if shown else ()), _told(one.moved if shown else ())
    changes = one.changed[:TOLD] if shown and of_shown else ()
    counted = len(one.cut) + len(one.added) + len(one.moved) + len(one.changed)
    return CopyLine(
        source=rows[one.article_id].source,
        title=rows[one.article_id].title,
        lang=rows[one.article_id].lang,
        of=rows[one.of_id].source,
        follows_copy=one.of_id != lead.id,
        follows_earlier=one.of_earlier,
        sentences=one.sentences,
        kept=one.kept,
        changed=len(one.changed),
        figures=sum(change.figures for change in one.changed),
        moved=len(one.moved),
        cut=len(one.cut),
        added=len(one.added),
        ends_early=one.ends_early,
        in_part=one.in_part,
        cut_sentences=cut,
        added_sentences=added,
        moved_sentences=moved,
        changes=tuple(
            replace(change, before=shorten(change.before, TOLD_LENGTH), after=shorten(change.after, TOLD_LENGTH))
            for change in changes
        ),
        untold=counted - len(cut) - len(added) - len(moved) - len(changes),
    )


def _told(sentences: Sequence[str]) -> tuple[str, ...]:
    return tuple(shorten(sentence, TOLD_LENGTH) for sentence in sentences[:TOLD])
