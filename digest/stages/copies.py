"""Articles that print one text: wire copies, trimmed ones, repeats under another address.

Each article is compared when it comes with the leads seen before it, and its place stands. Two texts are copies where
most of the shorter one's word 5-grams stand in the other: containment, not resemblance, because a wire copy is cut
more often than it is kept (Broder 1997). Candidates come from an index of every fourth hash ("mod p" sampling).
"""

from array import array
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping

from digest.model import Article, CopyGroup, Placed, Signature

CONTAINED = 0.55  # of the shorter text's shingles
LEAST_SHARED = 12  # shingles: below, only equal texts are copies
LEAST_WORDS = 7  # of a text that may be a copy by being equal
SAMPLED = 4  # one hash in so many is indexed
WINDOW = 14 * 86_400  # seconds between the two
UNDATED = 2_000  # undated leads that are kept for comparing
COMMON = 60  # leads: a shingle that stands in more is boilerplate


def find_copies(
    items: Iterable[tuple[Article, Signature]], settled: Mapping[str, Placed] | None = None
) -> list[CopyGroup]:
    """The groups, in the order in which their leads were seen; what a closed edition has published stands."""
    settled = settled or {}
    known = list(items)
    present = {article.id for article, _ in known}
    lead_of: dict[str, str] = {}
    copies: dict[str, list[str]] = {}
    leads = _Leads()
    for article, signature in known:
        shingles = array("Q", signature.shingles)
        placed = settled.get(article.id)
        said = placed.of if placed else leads.text_of(article, signature, shingles)
        if article.id in lead_of or not said:  # it leads, perhaps published copies that came before it
            said = article.id
        lead = lead_of.setdefault(said, said if said in present else article.id)  # the first one stands for a lost lead
        lead_of[article.id] = lead
        copies.setdefault(lead, [])
        if lead == article.id:
            leads.add(article, signature, shingles)
        else:
            copies[lead].append(article.id)
    return [CopyGroup(lead_id=lead, copy_ids=tuple(ids)) for lead, ids in copies.items()]


class _Leads:
    """The texts seen first, found by what they share."""

    def __init__(self) -> None:
        self._texts: dict[str, frozenset[int]] = {}
        self._times: dict[str, int | None] = {}
        self._by_shingle: defaultdict[int, list[str]] = defaultdict(list)
        self._by_exact: dict[str, str] = {}
        self._by_address: dict[str, str] = {}
        self._undated: deque[str] = deque()

    def add(self, article: Article, signature: Signature, shingles: Iterable[int]) -> None:
        """Remembers a text; of undated ones the last only, so that cost stays bounded."""
        self._texts[article.id] = frozenset(shingles)
        self._times[article.id] = article.seen_at
        self._by_exact[signature.exact] = article.id
        if article.key:
            self._by_address[article.key] = article.id
        for hashed in self._texts[article.id]:
            if hashed % SAMPLED == 0:
                self._by_shingle[hashed].append(article.id)
        if article.seen_at is None:
            self._undated.append(article.id)
            if len(self._undated) > UNDATED:
                self._forget(self._undated.popleft())

    def text_of(self, article: Article, signature: Signature, shingles: Iterable[int]) -> str:
        """The lead whose text this article prints; empty where it is a text of its own."""
        same = self._by_exact.get(signature.exact, "")
        if same and article.words >= LEAST_WORDS and self._near(same, article):
            return same
        own = frozenset(shingles)
        candidates = Counter(
            lead
            for hashed in own
            if hashed % SAMPLED == 0 and len(known := self._by_shingle.get(hashed, ())) <= COMMON
            for lead in known
        )
        if address := self._by_address.get(article.key, "") if article.key else "":
            candidates[address] += 1
        best, share = "", CONTAINED
        for lead, _ in sorted(candidates.items(), key=lambda pair: (-pair[1], pair[0]))[:12]:
            if not self._near(lead, article):
                continue
            contained = self._contained(own, self._texts[lead], LEAST_SHARED if lead != address else 0)
            if contained >= share and (not best or contained > share):
                best, share = lead, contained
        return best

    @staticmethod
    def _contained(own: frozenset[int], other: frozenset[int], least: int) -> float:
        """The share of the shorter text that stands in the longer one; a blurb at the same address is contained."""
        shared = len(own & other)
        if shared < least:
            return 0.0
        shorter = min(len(own), len(other))
        return shared / shorter if shorter else 1.0

    def _near(self, lead: str, article: Article) -> bool:
        time = self._times.get(lead)
        if lead not in self._texts:
            return False
        return time is None or article.seen_at is None or abs(article.seen_at - time) <= WINDOW

    def _forget(self, lead: str) -> None:
        for hashed in self._texts.pop(lead):
            if hashed % SAMPLED == 0:
                self._by_shingle[hashed].remove(lead)
        del self._times[lead]
