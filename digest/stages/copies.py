"""Articles that print one text: wire copies, trimmed ones, merged ones, repeats under another address.

Each article is compared when it comes with the texts seen before it, and its place stands. First what a site repeats
is taken out of both texts (captions, newsletters, "read also"): word 5-grams that stand in other texts that it printed
of late. Two texts are copies where half of what is left of the shorter one stands in the other: containment, not
resemblance, because a wire copy is cut more often than it is kept (Broder 1997). Within one site what they share must
also open one of them: its furniture stands at the ends, and of its first pages nothing has been learnt yet. Candidates
come from an index of every fourth hash ("mod p" sampling).
"""

from array import array
from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from urllib.parse import urlsplit

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
UNDATED = 2_000  # undated texts that are kept for comparing
COMMON = 60  # texts: a shingle that stands in more is boilerplate


def find_copies(
    items: Iterable[tuple[Article, Signature]],
    settled: Mapping[str, Placed] | None = None,
    apart: Collection[str] = (),
) -> list[CopyGroup]:
    """The groups, in the order in which their leads were seen; what a closed edition has published stands.

    The articles that stand `apart` are nobody's copies: the editor said so.
    """
    settled = settled or {}
    known = list(items)
    present = {article.id for article, _ in known}
    lead_of: dict[str, str] = {}
    copies: dict[str, list[str]] = {}
    texts = _Texts()
    for article, signature in known:
        placed = settled.get(article.id)
        printed = "" if placed else texts.printed_by(article, signature)
        said = placed.of if placed else lead_of.get(printed, "")
        leads_others = article.id in lead_of  # published copies that came before it
        if leads_others or article.id in apart or not said:
            said = article.id
        lead = lead_of.setdefault(said, said if said in present else article.id)  # the first one stands for a lost lead
        lead_of[article.id] = lead
        texts.add(article, signature, lead)
        copies.setdefault(lead, [])
        if lead != article.id:
            copies[lead].append(article.id)
    return [CopyGroup(lead_id=lead, copy_ids=tuple(ids)) for lead, ids in copies.items()]


@record
class _Text:
    """What is remembered of a text."""

    shingles: bytes
    opening: bytes
    at: int | None
    source: str
    site: str
    lead: str  # of its group


class _Texts:
    """The texts seen so far, found by what they share."""

    def __init__(self) -> None:
        self._known: dict[str, _Text] = {}
        self._by_shingle: dict[int, str | list[str]] = {}  # most stand in one text: no list for each
        self._by_exact: dict[str, str] = {}
        self._by_address: dict[str, str] = {}
        self._by_site: defaultdict[str, deque[str]] = defaultdict(partial(deque, maxlen=RECALLED))
        self._undated: deque[str] = deque()

    def add(self, article: Article, signature: Signature, lead: str) -> None:
        """Remembers a text; of undated ones the last only, so that cost stays bounded."""
        id, text = article.id, _text(article, signature, lead)
        self._known[id] = text
        self._by_exact[signature.exact] = id
        self._by_site[text.site].append(id)
        if article.key:
            self._by_address[article.key] = id
        for hashed in _sampled(signature.shingles):
            known = self._by_shingle.setdefault(hashed, id)
            if isinstance(known, list):
                known.append(id)
            elif known is not id:
                self._by_shingle[hashed] = [known, id]
        if article.seen_at is None:
            self._undated.append(id)
            if len(self._undated) > UNDATED:
                self._forget(self._undated.popleft())

    def printed_by(self, article: Article, signature: Signature) -> str:
        """The id of the text that this article prints; empty where it is a text of its own."""
        same = self._by_exact.get(signature.exact, "")
        if same and article.words >= LEAST_WORDS and self._near(same, article):
            return same
        own = _text(article, signature, "")
        best, most = "", -1
        for id in self._candidates(article, own):
            if self._near(id, article):
                shared = self._shared(own, id, is_version=self._is_version(own, id, article.key))
                if shared is not None and shared > most:
                    best, most = id, shared
        return best

    def _candidates(self, article: Article, text: _Text) -> Iterator[str]:
        """The texts that share most with it, of other sites and of its own, and the one at its address."""
        shared = Counter(
            id for hashed in _sampled(text.shingles) if len(known := self._holders(hashed)) <= COMMON for id in known
        )
        if address := self._by_address.get(article.key, "") if article.key else "":
            shared[address] += 1
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
        if shared < max(1, least, CONTAINED * shorter) or not self._is_led_by(other.lead, own):
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

    def _is_led_by(self, lead: str, shingles: frozenset[int]) -> bool:
        """Does it share anything to speak of with the lead? A page of many briefs makes no copies of them."""
        known = self._known.get(lead)
        return known is None or len(shingles & _hashes(known.shingles)) >= min(LEAST_SHARED, len(shingles))

    def _is_version(self, text: _Text, id: str, address: str) -> bool:
        return bool(address) and self._by_address.get(address) == id and self._known[id].source == text.source

    def _near(self, id: str, article: Article) -> bool:
        if id not in self._known:
            return False
        at = self._known[id].at
        return at is None or article.seen_at is None or abs(article.seen_at - at) <= WINDOW

    def _forget(self, id: str) -> None:
        for hashed in _sampled(self._known.pop(id).shingles):
            holders = [one for one in self._holders(hashed) if one != id]
            self._by_shingle[hashed] = holders if len(holders) != 1 else holders[0]


def _text(article: Article, signature: Signature, lead: str) -> _Text:
    return _Text(
        shingles=signature.shingles,
        opening=signature.opening,
        at=article.seen_at,
        source=article.source_id,
        site=article.source_id or urlsplit(article.key).netloc,
        lead=lead,
    )


def _hashes(shingles: bytes) -> frozenset[int]:
    return frozenset(array("Q", shingles))


def _sampled(shingles: bytes) -> list[int]:
    return [hashed for hashed in array("Q", shingles) if hashed % SAMPLED == 0]


def _share(part: frozenset[int], whole: frozenset[int]) -> float:
    return len(part & whole) / len(part) if part else 1.0
