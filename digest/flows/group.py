"""Copies, stories and themes, each from where an earlier fold has rested.

What a fold decided stands where all before it is the same. So only what comes later is compared; and whether a cache
remembers anything or not, the same comes of it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import islice, pairwise

from digest.batches import batched
from digest.codec import chained
from digest.flows.rests import Rests, of_use, to_come
from digest.model import Article, CopyGroup, Placed, Reason, Signature, Story, record
from digest.shell.state import State
from digest.stages import topics
from digest.stages.copies import TOGETHER, Copies, Taken
from digest.stages.stories import Grouping, Rest, Stories, gathered
from digest.stages.topics import Named, Step
from digest.stages.versions import is_one_text

MOST_VERSIONS = 8  # of an article, that are remembered beside its first: a page that changes all day is one text


@record
class Decided:
    """Where a fold has put the articles between two rests, in their order."""

    since: int  # position of the rest before
    leads: tuple[str, ...]  # of each article: whose text it prints
    stories: tuple[tuple[str, str], ...]  # the texts that came among them, each with its story
    reasons: tuple[Reason, ...]  # of these texts


@record
class Grouped:
    """What came of a fold."""

    groups: Sequence[CopyGroup]
    story_of: Mapping[str, str]  # by lead
    reasons: Mapping[str, Reason]  # by lead

    def stories(self, groups: Iterable[CopyGroup], articles: Mapping[str, Article]) -> list[Story]:
        """The stories that these groups make up, which may have lost copies since."""
        return gathered(groups, self.story_of, self.reasons, articles)


def group(
    articles: Mapping[str, Article],
    later: Mapping[str, Sequence[Article]],
    placed: Mapping[str, Placed],
    split: Collection[str],
    grouping: Grouping,
    signature_of: Callable[[Article], Signature],
    ahead: Callable[[Sequence[Article]], None],
    state: State | None = None,
) -> Grouped:
    """The articles, in the order of the fold, as groups of copies and as stories.

    `later` are the versions of each that came after its first: what prints them is a copy, too. `ahead` is told whose
    signatures will be asked for next.
    """
    ids = list(articles)
    between = _between(articles, later)
    _, *marks = chained([grouping, *_steps(articles, between, placed, split)])
    rests, decisions = Rests(state, "stories", marks), Rests(state, "decided", marks)
    position, known, rest = _remembered(rests, decisions)
    copies, stories = Copies(articles.keys(), placed, split), Stories(grouping, split, rest)
    leads = [lead for each in known for lead in each.leads]
    taken = [Taken(articles[id], lead, between.get(id, ())) for id, lead in zip(ids, leads, strict=False)]
    copies.recall(taken, signature_of, ahead)
    for each in known:
        stories.recall(each.stories, each.reasons)
    decisions.keep(at for at in decisions.fitting if at <= position)
    settled = sum(id in placed for id in ids)  # what an edition has published that closes next differs from here on
    for since, end in pairwise([position, *to_come(position, len(ids), settled)]):
        before, fresh = len(stories.story_of), []
        for some in batched(ids[since:end], TOGETHER):
            ahead([text for id in some for text in (*between.get(id, ()), articles[id])])
            for article in map(articles.__getitem__, some):
                for version in between.get(article.id, ()):
                    signature, id = signature_of(version), version.id
                    copies.revise(version, signature, article)
                    if id in stories.story_of and not is_one_text(signature, signature_of(articles[id])):
                        stories.revise(version, signature)
                lead = copies.take(article, signature_of(article))
                fresh.append(lead)
                if lead not in stories.story_of:
                    text = articles[lead]
                    stories.take(text, signature_of(text), placed.get(lead) or placed.get(article.id))
        if state:
            decisions.add(end, _told(since, fresh, stories, before))
            rests.add(end, stories.rest())
    rests.keep(of_use(rests.fitting, len(ids)))
    return Grouped(groups=copies.groups(), story_of=stories.story_of, reasons=stories.reasons)


def _between(
    articles: Mapping[str, Article], later: Mapping[str, Sequence[Article]]
) -> Mapping[str, Sequence[Article]]:
    """Article id → the later versions of those before it that were seen by then and say something else.

    So what was seen last goes nowhere until something comes after it, which is compared with it.
    """
    found: dict[str, list[Article]] = {}
    waiting: list[tuple[int, str, int]] = []  # when a version was seen, its article, its number
    for id, article in articles.items():
        while waiting and article.seen_at is not None and waiting[0][0] <= article.seen_at:
            _, earlier, n = heappop(waiting)
            found.setdefault(id, []).append(later[earlier][n])
        said = {article.exact}
        for n, version in enumerate(later.get(id, ())):
            if version.exact not in said and version.seen_at is not None and len(said) <= MOST_VERSIONS:
                heappush(waiting, (version.seen_at, id, n))
                said.add(version.exact)
    return found


def _steps(
    articles: Mapping[str, Article],
    between: Mapping[str, Sequence[Article]],
    placed: Mapping[str, Placed],
    split: Collection[str],
) -> Iterator[object]:
    """All that decides where each article goes, besides what came before it."""
    for id, article in articles.items():
        said = placed.get(id)
        lead_is_lost = said is not None and said.of not in articles
        versions = [(one.version, one.seen_at) for one in between.get(id, ())]
        yield id, article.version, article.seen_at, article.at, said, lead_is_lost, id in split, versions


def _remembered(rests: Rests, decisions: Rests) -> tuple[int, list[Decided], Rest | None]:
    """The last rest up to which all decisions are known, these, and what was kept there."""
    found: list[Decided] = []
    end = 0
    for position in decisions.fitting:
        each = decisions.read(position, Decided)
        if each is None or each.since != end:
            break
        found.append(each)
        end = position
    position, rest = next(
        ((at, one) for at in reversed(rests.fitting) if at <= end and (one := rests.read(at, Rest)) is not None),
        (0, None),
    )
    return position, [each for each in found if each.since < position], rest


def _told(since: int, leads: Sequence[str], stories: Stories, before: int) -> Decided:
    fresh = tuple(islice(stories.story_of.items(), before, None))
    reasons = (stories.reasons.get(id) for id, _ in fresh)
    return Decided(since=since, leads=tuple(leads), stories=fresh, reasons=tuple(filter(None, reasons)))


def fold_themes(
    firsts: Mapping[str, Article], placed: Mapping[str, Placed], state: State | None
) -> Callable[[Named, Sequence[Step]], None]:
    """Puts texts under themes, from where an earlier fold has rested."""

    def take_all(named: Named, steps: Sequence[Step]) -> None:
        _, *marks = chained([sorted(named.outlets), *((step, firsts[step.id].version) for step in steps)])
        rests = Rests(state, "themes", marks)
        position, rest = rests.last(topics.Rest)
        if rest:
            named.resume(steps[:position], rest)
        settled = sum(step.id in placed for step in steps)
        for since, end in pairwise([position, *to_come(position, len(steps), settled)]):
            topics.in_order(named, islice(steps, since, end))
            if state:
                rests.add(end, named.rest())
        rests.keep(of_use(rests.fitting, len(steps)))

    return take_all
