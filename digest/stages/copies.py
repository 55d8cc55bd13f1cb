"""Articles that print one text: wire copies, trimmed ones, merged ones, repeats under another address.

Each article is compared when it comes with the texts seen within two weeks before it, later versions of articles among
them, and its place stands. First what a site repeats is taken out of both texts (captions, newsletters, "read also"):
word 5-grams that stand in other texts that it printed of late. Two texts are copies where half of what is left of the
shorter one stands in the other: containment, not resemblance, because a wire copy is cut more often than it is kept
(Broder 1997). Within one site what they share must also open one of them: its furniture stands at the ends, and of its
first pages nothing has been learnt yet. Candidates come from an index of every fourth hash ("mod p" sampling).
"""

from array import array
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import NamedTuple
from urllib.parse import urlsplit

from digest.batches import batched
from digest.model import Article, CopyGroup, Placed, Signature, record

CONTAINED = 0.5  # of the shorter text's shingles
LEAST_SHARED = 12  # shingles: below, only equal texts are copies
LEAST_WORDS = 7  # of a text that may be a copy by being equal
OPENED = 0.12  # of one text's first words' shingles stand in the other, where both are one site's
PROMISING = 0.15  # of the shorter text's shingles are shared before anything is taken out of it: else not looked at
RECALLED = 12  # texts: a site's last ones, from which is learnt what it repeats
REPEATED = 2  # of them hold a shingle that is the site's and not the text's
COMPARED = 12  # candidates: those that share most
SAMPLED = 4  # one hash in so many is indexed
WINDOW = 14 * 86_400  # seconds between the two
KEPT = 4_000  # texts that are kept for comparing, however old: what has no date may be a copy of any
UNDATED = 2_000  # undated texts that are kept
TOGETHER = 100  # texts whose signatures are asked for at once
COMMON = 60  # texts: a shingle that stands in more is boilerplate


def find_copies(
    items: Iterable[tuple[Article, Signature]],
    settled: Mapping[str, Placed] | None = None,
    apart: Collection[str] = (),
) -> list[CopyGroup]:
    """The groups, in the order in which their leads were seen; what a closed edition has published stands.

    The articles that stand `apart` are nobody's copies: the editor said so.
    """
    known = list(items)
    copies = Copies({article.id for article, _ in known}, settled or {}, apart)
    for article, signature in known:
        copies.take(article, signature)
    return copies.groups()


class Copies:
    """The texts seen so far, and whose each is.

    `present` are the ids of all that is known: what a closed edition named as a lead may be lost.
    """

    def __init__(self, present: Collection[str], settled: Mapping[str, Placed], apart: Collection[str]) -> None:
        self.lead_of: dict[str, str] = {}  # by id, in the order seen; also of leads that are still to come
        self._present = present
        self._settled = settled
        self._apart = apart
        self._texts = _Texts()
        self._copies: dict[str, list[str]] = {}

    def take(self, article: Article, signature: Signature) -> str:
        """The id of the text that an article prints: of another, or its own. It is remembered for what comes."""
        placed = self._settled.get(article.id)
        self._texts.forget(article.seen_at, settled=placed is not None)
        said = placed.of if placed else self._texts.printed_by(article, signature)
        leads_others = article.id in self.lead_of  # published copies that came before it
        if leads_others or article.id in self._apart or not said:
            said = article.id
        stands = said if said in self._present else article.id  # the first one stands for a lost lead
        lead = self.lead_of.setdefault(said, stands)
        self._join(article.id, lead)
        self._texts.add(article, signature, lead, settled=placed is not None)
        return lead

    def revise(self, version: Article, signature: Signature, before: Article) -> None:
        """A later version of an article that was taken is remembered too; it came just before that other one."""
        lead = self.lead_of[version.id]
        self._texts.add(version, signature, lead, settled=before.id in self._settled, is_later=True)

    def recall(
        self,
        known: Sequence["Taken"],
        signature_of: Callable[[Article], Signature],
        ahead: Callable[[Sequence[Article]], None],
    ) -> None:
        """Goes on from where an earlier fold has put these, in its order.

        `ahead` is told whose signatures will be asked for next.
        """
        for one in known:
            self.lead_of.setdefault(one.lead, one.lead)
            self._join(one.article.id, one.lead)
        for some in batched(self._compared(known), TOGETHER):
            ahead([text for text, _, _ in some])
            for text, is_settled, is_later in some:
                lead = self.lead_of[text.id]
                self._texts.add(text, signature_of(text), lead, settled=is_settled, is_later=is_later)

    def _compared(self, known: Sequence["Taken"]) -> Iterator[tuple[Article, bool, bool]]:
        """The texts that `take` would not have let go by now; are they settled, are they later versions."""
        latest, left = {True: 0, False: 0}, Counter[bool]()
        for article, _, later in known:
            if article.seen_at is not None:
                is_settled = article.id in self._settled
                latest[is_settled] = max(latest[is_settled], article.seen_at)
                left[is_settled] += 1 + len(later)
        for article, _, later in known:
            is_settled = article.id in self._settled
            for text in (*later, article):
                if text.seen_at is not None:
                    if left[is_settled] > KEPT + 1 and not _may_be_compared(text.seen_at, latest[is_settled]):
                        left[is_settled] -= 1
                        continue
                    left[is_settled] = 0  # from here on all
                yield text, is_settled, text is not article

    def groups(self) -> list[CopyGroup]:
        """The groups so far, in the order in which their leads were seen."""
        return [CopyGroup(lead_id=lead, copy_ids=tuple(ids)) for lead, ids in self._copies.items()]

    def _join(self, id: str, lead: str) -> None:
        self.lead_of[id] = lead
        self._copies.setdefault(lead, [])
        if lead != id:
            self._copies[lead].append(id)


class Taken(NamedTuple):
    """An article with its lead, and the later versions of others that came just before it."""

    article: Article
    lead: str
    later: Sequence[Article] = ()


def _may_be_compared(seen_at: int | None, now: int | None) -> bool:
    """May what was seen then still be compared with what comes, where that was seen now or later?"""
    return seen_at is None or now is None or now - seen_at <= WINDOW


@record
class _Text:
    """What is remembered of a text."""

    id: str  # of its article
    shingles: bytes
    opening: bytes
    exact: str
    address: str
    at: int | None
    source: str
    site: str
    lead: str  # of its group
    is_later: bool  # a version that came after the first


class _Texts:
    """The texts that may still be compared, found by what they share."""

    def __init__(self) -> None:
        self._known: dict[str, _Text] = {}
        self._by_shingle: dict[int, str | list[str]] = {}  # most stand in one text: no list for each
        self._by_exact: dict[str, str] = {}
        self._by_address: dict[str, str] = {}
        self._by_site: defaultdict[str, deque[str]] = defaultdict(partial(deque, maxlen=RECALLED))
        self._dated: dict[bool, deque[str]] = {True: deque(), False: deque()}  # is it settled: those come first
        self._undated: deque[str] = deque()

    def add(self, article: Article, signature: Signature, lead: str, *, settled: bool, is_later: bool = False) -> None:
        """Remembers a text; a later version of one beside its first."""
        text = _text(article, signature, lead, is_later=is_later)
        id = f"{article.id} {article.version}" if is_later else article.id
        self._known[id] = text
        if not is_later or signature.exact not in self._by_exact:
            self._by_exact[signature.exact] = id
        self._by_site[text.site].append(id)
        if article.key and not is_later:
            self._by_address[article.key] = id
        for hashed in _sampled(signature.shingles):
            known = self._by_shingle.setdefault(hashed, id)
            if isinstance(known, list):
                known.append(id)
            elif known is not id:
                self._by_shingle[hashed] = [known, id]
        (self._undated if article.seen_at is None else self._dated[settled]).append(id)

    def forget(self, seen_at: int | None, *, settled: bool) -> None:
        """Lets go what lies too far behind what comes now, and of undated texts all but the last: cost stays bounded.

        Files of long ago may stand behind what is settled: what lies far behind them is no matter of theirs.
        """
        dated = self._dated[settled]
        while len(dated) > KEPT and not _may_be_compared(self._known[dated[0]].at, seen_at):
            self._let_go(dated.popleft())
        while len(self._undated) > UNDATED:
            self._let_go(self._undated.popleft())

    def printed_by(self, article: Article, signature: Signature) -> str:
        """The id of the lead whose text this article prints; empty where it is a text of its own."""
        same = self._by_exact.get(signature.exact, "")
        if same and article.words >= LEAST_WORDS and self._near(same, article):
            return self._known[same].lead
        own = _text(article, signature, "")
        best, most = "", -1
        for id in self._candidates(article, own):
            if self._near(id, article):
                shared = self._shared(own, id, is_version=self._is_version(own, id, article.key))
                if shared is not None and shared > most:
                    best, most = self._known[id].lead, shared
        return best

    def _candidates(self, article: Article, text: _Text) -> Iterator[str]:
        """The texts that share most with it, of other sites and of its own, and the one at its address."""
        shared: dict[str, int] = {}
        holders, count = self._by_shingle.get, shared.get
        for hashed in _sampled(text.shingles):
            if (known := holders(hashed)) is None:
                continue
            if isinstance(known, str):
                shared[known] = count(known, 0) + 1
            elif len(known) <= COMMON:
                for id in known:
                    shared[id] = count(id, 0) + 1
        if address := self._by_address.get(article.key, "") if article.key else "":
            shared[address] = count(address, 0) + 1
        found = sorted(shared, key=lambda id: (-shared[id], id))
        of_site = [id for id in found if self._known[id].site == text.site]  # its furniture must not crowd out others
        yield from [id for id in found if self._known[id].site != text.site][:COMPARED]
        yield from of_site[:COMPARED]

    def _holders(self, hashed: int) -> Sequence[str]:
        """The texts that hold a shingle."""
        known = self._by_shingle.get(hashed, ())
        return (known,) if isinstance(known, str) else known

    def _shared(self, text: _Text, id: str, *, is_version: bool) -> int | None:
        """How many shingles two texts share that their sites do not repeat; None where they are no copies.

        Of a version, a blurb at one address of one source, no least number is asked.
        """
        other, least = self._known[id], 0 if is_version else LEAST_SHARED
        own, theirs = _hashes(text.shingles), _hashes(other.shingles)
        if is_version and not (own and theirs):
            return 0
        if len(own & theirs) < max(PROMISING * min(len(own), len(theirs)), least):
            return None
        own, theirs = own - self._repeated(own, text.site), theirs - self._repeated(theirs, other.site)
        shared, shorter = len(own & theirs), min(len(own), len(theirs))
        if shared < max(1, least, CONTAINED * shorter) or not self._is_led_by(other, own):
            return None
        if text.site == other.site:
            opens = max(_share(_hashes(text.opening) & own, theirs), _share(_hashes(other.opening) & theirs, own))
            return shared if opens >= OPENED else None
        return shared

    def _repeated(self, shingles: frozenset[int], site: str) -> frozenset[int]:
        """Those of a text's shingles that its site has printed of late in several texts, copies of one being one."""
        held: defaultdict[str, set[int]] = defaultdict(set)
        for id in self._by_site[site] if site else ():
            if known := self._known.get(id):
                held[known.lead] |= shingles & _hashes(known.shingles)
        times = Counter(hashed for one in held.values() for hashed in one)
        return frozenset(hashed for hashed, count in times.items() if count >= REPEATED)

    def _is_led_by(self, text: _Text, shingles: frozenset[int]) -> bool:
        """Does it share anything to speak of with a text's lead? A page of many briefs makes no copies of them."""
        known = self._known.get(text.lead)
        return (
            known is None
            or text.id == text.lead
            or len(shingles & _hashes(known.shingles)) >= min(LEAST_SHARED, len(shingles))
        )

    def _is_version(self, text: _Text, id: str, address: str) -> bool:
        return bool(address) and self._by_address.get(address) == id and self._known[id].source == text.source

    def _near(self, id: str, article: Article) -> bool:
        """May they be compared? What was settled may lie after it, but no version that only came after it."""
        if id not in self._known:
            return False
        at = self._known[id].at
        if self._known[id].is_later and at is not None and article.seen_at is not None and at > article.seen_at:
            return False
        return at is None or article.seen_at is None or abs(article.seen_at - at) <= WINDOW

    def _let_go(self, id: str) -> None:
        text = self._known.pop(id)
        for known, key in ((self._by_exact, text.exact), (self._by_address, text.address)):
            if known.get(key) == id:
                del known[key]
        for hashed in _sampled(text.shingles):
            holders = [one for one in self._holders(hashed) if one != id]
            if holders:
                self._by_shingle[hashed] = holders if len(holders) != 1 else holders[0]
            else:
                self._by_shingle.pop(hashed, None)


def _text(article: Article, signature: Signature, lead: str, *, is_later: bool = False) -> _Text:
    return _Text(
        id=article.id,
        shingles=signature.shingles,
        opening=signature.opening,
        exact=signature.exact,
        address=article.key,
        at=article.seen_at,
        source=article.source_id,
        site=article.source_id or urlsplit(article.key).netloc,
        lead=lead,
        is_later=is_later,
    )


@lru_cache(maxsize=160)  # candidates come again, as do the texts that a site printed last
def _hashes(shingles: bytes) -> frozenset[int]:
    return frozenset(array("Q", shingles))


@lru_cache(maxsize=8)  # a text is compared first, then remembered
def _sampled(shingles: bytes) -> list[int]:
    return [hashed for hashed in array("Q", shingles) if not hashed % SAMPLED]


def _share(part: frozenset[int], whole: frozenset[int]) -> float:
    return len(part & whole) / len(part) if part else 1.0
