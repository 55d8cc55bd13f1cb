"""Articles that print one text: wire copies, trimmed ones, repeats under another address.

Each article is compared when it comes with the texts seen before it, and its place stands. Two texts are copies where
half of the shorter one's word 5-grams stand in the other: containment, not resemblance, because a wire copy is cut
more often than it is kept (Broder 1997); and where what they share opens one of them: what a site repeats under all
its articles (captions, newsletters, "read also") stands at their ends. Candidates come from an index of every fourth
hash ("mod p" sampling).
"""

from array import array
from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Mapping

from digest.model import Article, CopyGroup, Placed, Signature, record

CONTAINED = 0.5  # of the shorter text's shingles
LEAST_SHARED = 12  # shingles: below, only equal texts are copies
LEAST_WORDS = 7  # of a text that may be a copy by being equal
OPENED = 0.17  # of one text's first words' shingles stand in the other
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
        texts.add(article, signature)
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


class _Texts:
    """The texts seen so far, found by what they share."""

    def __init__(self) -> None:
        self._known: dict[str, _Text] = {}
        self._by_shingle: defaultdict[int, list[str]] = defaultdict(list)
        self._by_exact: dict[str, str] = {}
        self._by_address: dict[str, str] = {}
        self._undated: deque[str] = deque()

    def add(self, article: Article, signature: Signature) -> None:
        """Remembers a text; of undated ones the last only, so that cost stays bounded."""
        id = article.id
        self._known[id] = _Text(shingles=signature.shingles, opening=signature.opening, at=article.seen_at)
        self._by_exact[signature.exact] = id
        if article.key:
            self._by_address[article.key] = id
        for hashed in _sampled(signature.shingles):
            self._by_shingle[hashed].append(id)
        if article.seen_at is None:
            self._undated.append(id)
            if len(self._undated) > UNDATED:
                self._forget(self._undated.popleft())

    def printed_by(self, article: Article, signature: Signature) -> str:
        """The id of the text that this article prints; empty where it is a text of its own."""
        same = self._by_exact.get(signature.exact, "")
        if same and article.words >= LEAST_WORDS and self._near(same, article):
            return same
        candidates = Counter(
            id
            for hashed in _sampled(signature.shingles)
            if len(known := self._by_shingle.get(hashed, ())) <= COMMON
            for id in known
        )
        if address := self._by_address.get(article.key, "") if article.key else "":
            candidates[address] += 1
        own, opening = _hashes(signature.shingles), _hashes(signature.opening)
        best, share = "", 0.0
        for id, _ in sorted(candidates.items(), key=lambda pair: (-pair[1], pair[0]))[:COMPARED]:
            if self._near(id, article):
                contained = _contained(own, opening, self._known[id], LEAST_SHARED if id != address else 0)
                if contained >= CONTAINED and contained > share:
                    best, share = id, contained
        return best

    def _near(self, id: str, article: Article) -> bool:
        if id not in self._known:
            return False
        at = self._known[id].at
        return at is None or article.seen_at is None or abs(article.seen_at - at) <= WINDOW

    def _forget(self, id: str) -> None:
        for hashed in _sampled(self._known.pop(id).shingles):
            self._by_shingle[hashed].remove(id)


def _hashes(shingles: bytes) -> frozenset[int]:
    return frozenset(array("Q", shingles))


def _sampled(shingles: bytes) -> list[int]:
    return [hashed for hashed in array("Q", shingles) if hashed % SAMPLED == 0]


def _contained(own: frozenset[int], opening: frozenset[int], text: _Text, least: int) -> float:
    """The share of the shorter text that stands in the longer one; nothing where neither opens with what they share.

    A blurb at the same address (`least` 0) is contained.
    """
    other = _hashes(text.shingles)
    shared, shorter = len(own & other), min(len(own), len(other))
    if shared < least:
        return 0.0
    if not shorter:
        return 1.0
    theirs = _hashes(text.opening)
    opens = max(_share(opening, other), _share(theirs, own))
    return shared / shorter if opens >= OPENED else 0.0


def _share(part: frozenset[int], whole: frozenset[int]) -> float:
    return len(part & whole) / len(part) if part else 1.0
