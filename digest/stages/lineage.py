"""What each copy did with the text that it prints, sentence by sentence: kept, changed, moved, cut, added.

A copy is compared with that text of its group which holds most of it, the first of equals: with a copy seen before it,
or with any version of the first text, for who prints what a wire has said has changed nothing when the wire says more.
Equal sentences are matched in their order, then those that share half of their words: best first, so
that an edit inside a sentence is no cut and no addition; a dateline is none. What stands out of order beside the
longest run that keeps its order has moved. What a site repeats under other texts is nobody's sentence. Work is
bounded: by sentences of a text, by texts of a group, by candidates of a sentence.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from digest.model import Change, Lineage, record
from digest.text import sentences, without_dateline, words

LONGEST = 300_000  # characters of a text; what follows is not compared
MOST_SENTENCES = 2_000  # of a text
REPEATED = 2  # other texts of a source hold a sentence that is the site's
CHANGED = 0.5  # of the words of two sentences are shared: it was edited
PART = 0.8  # of a sentence's words stand in another, of which it is a part
PART_WORDS = 3  # of a sentence that may be such a part
LABEL = 24  # characters: where a line's heading ends with a colon
DATELINES = 3  # sentences that may begin with one
PARENTS = 4  # texts that a copy may have followed: those with which it shares most sentences
COMMON = 24  # sentences or texts: what stands in more finds no candidates
CANDIDATES = 4  # sentences: those that share most of what is rare
CUT_SHORT = ("…", "...", "[…]", "[...]")  # ends of a text of which no more is known

_UNSPACED_ENDS = "。！？"
_UNSPACED_END = re.compile(r"(?<=[。！？])(?![。！？」』”])|(?<=[。！？][」』”])")  # no blank need follow

Key = tuple[str, ...]


@record
class Print:
    """A text as one article prints it."""

    id: str
    text: str
    beside: tuple[str, ...] = ()  # other texts of its source: from them is learnt what it repeats


@record
class _Told:
    """A text in sentences."""

    id: str
    said: tuple[str, ...]
    keys: tuple[Key, ...]  # of each: its folded words
    is_cut_short: bool


def trace(prints: Sequence[Print]) -> tuple[Lineage, ...]:
    """What every print but the first text's did with one that stands before it; they stand in the order seen.

    The first text may stand there in versions, all under one id, the last one as it is shown.
    """
    lead = prints[0].id if prints else ""
    versions = sum(one.id == lead for one in prints)
    told: list[_Told] = []
    holders: defaultdict[Key, list[int]] = defaultdict(list)
    found = []
    for one in prints:
        text = _told(one)
        if one.id != lead:
            shared = Counter(n for key in set(text.keys) for n in holders.get(key, ()))
            likely = sorted(shared, key=lambda n: (-shared[n], n))[:PARENTS] or [0]
            done = {n: _compare(told[n], text) for n in sorted(likely)}
            parent = max(done, key=lambda n: _explained(done[n]))
            found.append(replace(done[parent], of_earlier=parent < versions - 1))
        for key in set(text.keys):
            if len(holders[key]) < COMMON:
                holders[key].append(len(told))
        told.append(text)
    return tuple(found)


def _explained(one: Lineage) -> int:
    """How much of a copy its parent holds. What the copy has left out tells nothing of whom it followed."""
    return one.kept + sum(change.figures for change in one.changed)


def _told(one: Print) -> _Told:
    text, beside = one.text[:LONGEST], [other[:LONGEST] for other in one.beside]
    said = [said for said in _sentences(text) if not (_is_habit(said, beside) or _is_habit(_label(said), beside))]
    keys = [tuple(words(without_dateline(one) if n < DATELINES else one)) for n, one in enumerate(said)]
    kept = [(one, key) for one, key in zip(said, keys, strict=True) if key][:MOST_SENTENCES]
    return _Told(
        id=one.id,
        said=tuple(said for said, _ in kept),
        keys=tuple(key for _, key in kept),
        is_cut_short=text.rstrip().endswith(CUT_SHORT),
    )


def _sentences(text: str) -> list[str]:
    if not any(end in text for end in _UNSPACED_ENDS):
        return sentences(text)
    return [part for said in sentences(text) for part in _UNSPACED_END.split(said) if part]


def _is_habit(said: str, beside: Iterable[str]) -> bool:
    """Do other texts hold these words as a sentence or a heading? Nearly all are found in none, whatever they are."""
    holders = [other for other in beside if said in other] if said else []
    return len(holders) >= REPEATED and sum(said in _habits(other) for other in holders) >= REPEATED


@lru_cache(maxsize=512)  # a site's latest texts stand beside all that it prints
def _habits(text: str) -> frozenset[str]:
    """The sentences of a text and the words that head its lines, as "Read also:"."""
    said = frozenset(_sentences(text))
    return said | {label for one in said if (label := _label(one))}


def _label(said: str) -> str:
    head, colon, _ = said[:LABEL].partition(":")
    return f"{head}:" if colon else ""


def _compare(parent: _Told, copy: _Told) -> Lineage:
    """What became of the parent's sentences; pairs are of their positions, the parent's first."""
    equal = _equal(parent, copy)
    edited, parts = _edited(parent, copy, equal)
    pairs = sorted([*equal, *edited], key=lambda pair: pair[1])
    changed = sorted({*edited, *parts})
    known = {p for p, _ in (*pairs, *parts)}
    printed = {c for _, c in (*pairs, *parts)}
    in_part = parent.is_cut_short or copy.is_cut_short
    last = max(known, default=-1) if copy.is_cut_short else len(parent.keys)
    last_printed = max(printed, default=-1) if parent.is_cut_short else len(copy.keys)
    cut = [p for p in range(len(parent.keys)) if p not in known and p < last]
    return Lineage(
        article_id=copy.id,
        of_id=parent.id,
        sentences=len(parent.keys),
        kept=len(equal),
        changed=tuple(
            Change(before=parent.said[p], after=copy.said[c], figures=_figures(parent.keys[p], copy.keys[c]))
            for p, c in changed
        ),
        moved=tuple(copy.said[c] for c in _moved(pairs)),
        cut=tuple(parent.said[p] for p in cut),
        added=tuple(copy.said[c] for c in range(len(copy.keys)) if c not in printed and c < last_printed),
        ends_early=bool(cut and known) and min(cut) > max(known),
        in_part=in_part,
    )


def _equal(parent: _Told, copy: _Told) -> list[tuple[int, int]]:
    """Equal sentences, the nth of one with the nth of the other; the stub of a text that is cut short is its whole."""
    places: defaultdict[Key, list[int]] = defaultdict(list)
    for p in reversed(range(len(parent.keys))):
        places[parent.keys[p]].append(p)
    pairs = [(places[key].pop(), c) for c, key in enumerate(copy.keys) if places.get(key)]
    stub = _stub(copy, parent, {p for p, _ in pairs}) if copy.is_cut_short else None
    if stub and stub[0] not in {c for _, c in pairs}:
        pairs.append((stub[1], stub[0]))
    stub = _stub(parent, copy, {c for _, c in pairs}) if parent.is_cut_short else None
    if stub and stub[0] not in {p for p, _ in pairs}:
        pairs.append(stub)
    return pairs


def _stub(short: _Told, whole: _Told, taken: set[int]) -> tuple[int, int] | None:
    """The last sentence of a text that is cut short, and that of the other one which begins so."""
    if not short.keys or len(stub := short.keys[-1]) < 2:
        return None
    *begun, torn = stub  # a word may be cut as well
    size = len(begun)
    begins = (
        n
        for n, key in enumerate(whole.keys)
        if n not in taken and list(key[:size]) == begun and "".join(key[size : size + 1]).startswith(torn)
    )
    return next(((len(short.keys) - 1, n) for n in begins), None)


def _edited(
    parent: _Told, copy: _Told, equal: Iterable[tuple[int, int]]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Sentences that share most of their words, one with one; then those that are parts of one another."""
    done, printed = {p for p, _ in equal}, {c for _, c in equal}
    left = {p: Counter(key) for p, key in enumerate(parent.keys) if p not in done}
    new = {c: Counter(key) for c, key in enumerate(copy.keys) if c not in printed}
    alike = [(_alike(left[p], new[c]), p, c) for c, p in _candidates(left, new)]
    pairs: list[tuple[int, int]] = []
    for score, p, c in sorted(alike, key=lambda one: (-one[0][0], abs(one[1] - one[2]), one[1:])):
        if score[0] >= CHANGED and p not in done and c not in printed:
            pairs.append((p, c))
            done.add(p)
            printed.add(c)
    edited = {p for p, _ in pairs}, {c for _, c in pairs}
    parts = []
    for score, p, c in sorted(alike, key=lambda one: (-one[0][1], one[1:])):
        if score[1] >= PART and ((p in edited[0] and c not in printed) or (c in edited[1] and p not in done)):
            parts.append((p, c))
            done.add(p)
            printed.add(c)
    return pairs, parts


def _candidates(left: Mapping[int, Counter[str]], new: Mapping[int, Counter[str]]) -> Iterable[tuple[int, int]]:
    """For each new sentence those that share most of its rarer words."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for p, key in left.items():
        for word in key:
            holders[word].append(p)
    for c, key in new.items():
        shared = Counter(p for word in key if len(held := holders.get(word, ())) <= COMMON for p in held)
        best = sorted(shared, key=lambda p: (-shared[p], abs(p - c), p))
        yield from ((c, p) for p in best[:CANDIDATES])


def _alike(one: Counter[str], other: Counter[str]) -> tuple[float, float]:
    """The share of the words of both that are shared, enough where one is part of the other; how much it is that."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    shared = sum(min(count, long[word]) for word, count in short.items())
    sizes = one.total(), other.total()
    part = shared / min(sizes) if min(sizes) >= PART_WORDS else 0.0
    both = 2 * shared / sum(sizes)
    return max(both, CHANGED if part >= PART else 0.0), part


def _figures(before: Key, after: Key) -> bool:
    """Do they differ in figures and in nothing else?"""
    plain = [[word for word in key if not word.isdigit()] for key in (before, after)]
    return before != after and plain[0] == plain[1]


def _moved(pairs: Sequence[tuple[int, int]]) -> list[int]:
    """The copy's positions out of order: all but a longest run that goes upwards in the parent. O(n log n)."""
    ends: list[int] = []  # the lowest last position of a run of each length
    at: list[int] = []  # whose pair that is
    before: list[int] = []
    for n, (p, _) in enumerate(pairs):
        length = bisect_left(ends, p)
        before.append(at[length - 1] if length else -1)
        ends[length : length + 1] = [p]
        at[length : length + 1] = [n]
    stands = set()
    n = at[-1] if at else -1
    while n >= 0:
        stands.add(n)
        n = before[n]
    return [c for n, (_, c) in enumerate(pairs) if n not in stands]
