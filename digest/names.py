"""Proper names in a text, found by their capitals, and forms of a name that every script shares.

No gazetteer and no model: a name is a run of capitalised words that does not only open a sentence. Languages that
capitalise all nouns (German, Luxembourgish) or know no capitals have none here; `skeleton` still links them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from anyascii import anyascii

from digest.stopwords import FUNCTION_WORDS, NONE, STOPWORDS
from digest.text import Known, fold, sentences

SKELETON_LETTERS = 3  # consonants: shorter skeletons fit too many names

MOST_JOINERS = 2  # words between the parts of a name: "de la Cruz", "van der Meer"
REMEMBERED = 1 << 15  # words with a capital that are at hand
TITLED_LETTERS = 4  # shorter words are left small
TITLED = 0.8  # of the longer words of a headline: from here on capitals say nothing

_TOKEN = re.compile(r"[#@]?[^\W_]+(?:[-'’.][^\W_]+)*\.?|[,;:()\"“”]", re.UNICODE)
_CAPITALISED = re.compile(  # a token that may have a capital; begins with it: so it is found fast
    r"[^\W_a-z0-9](?<![^\W_].)(?<![^\W_][-'’.].)(?<![#@].)[^\W_]*(?:[-'’.][^\W_]+)*\.?"
)
_JOINERS = frozenset(["of", "de", "la", "le", "el", "al", "du", "des", "van", "von", "der", "den", "bin", "ibn", "y"])
_MONTHS_AND_DAYS = """
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday janvier fevrier mars avril mai juin juillet aout septembre octobre novembre
    decembre lundi mardi mercredi jeudi vendredi samedi dimanche enero febrero marzo abril mayo junio julio agosto
    septiembre octubre noviembre diciembre utc gmt bst cet cest est edt
    jan feb mar apr jun jul aug sep sept oct nov dec one two three four five six seven eight nine ten eleven twelve
"""
_CALENDAR = frozenset(_MONTHS_AND_DAYS.split())

UNCAPITALISED = frozenset(["ar", "fa", "ur", "he", "yi", "ps", "ckb"])  # scripts in which any word may be a name
ALL_NOUNS = frozenset(["de", "lb"])  # where any noun may be one, by its capital
_VOWELS = re.compile(r"[aeiouywh']+")
_DOUBLE = re.compile(r"(.)\1+")
_ARABIC = re.compile(r"^[\u0590-\u08ff]+$")
_ARTICLE = re.compile(r"^(?:[وفبلك]?ال|لل)(?=\w{3})")


def proper_names(text: str, language: str) -> list[tuple[str, int]]:
    """The names in a text with how often each stands, most frequent first, then in order of appearance."""
    return list(_counted(text, language.partition("-")[0]))


@lru_cache(maxsize=2)  # what an article is compared by and what it names are the same
def _counted(text: str, language: str) -> tuple[tuple[str, int], ...]:
    if language in ALL_NOUNS:
        return ()
    counts: Counter[str] = Counter()
    opening: Counter[str] = Counter()  # single words that open a sentence: their capital says nothing
    stop = STOPWORDS.get(language, NONE)
    for sentence in sentences(text):
        for name, opens in _runs(sentence, stop):
            (opening if opens else counts)[name] += 1
    for name, times in opening.items():
        if name in counts:
            counts[name] += times
    return tuple(counts.most_common())


def capitalised(text: str) -> Counter[str]:
    """Every capitalised word with how often it stands: names, and where nouns are capitalised these too."""
    return Counter(token.rstrip(".") for token in _TOKEN.findall(text) if token[:1].isupper())


def titled(title: str) -> bool:
    """Is every longer word of a headline capitalised, names or not?"""
    long = [token for token in _TOKEN.findall(title) if len(token) >= TITLED_LETTERS]
    return len(long) > 1 and sum(token[:1].isupper() for token in long) >= TITLED * len(long)


def _runs(sentence: str, stop: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """The runs of capitalised words in a sentence, each with whether it is a single word that opens it."""
    run: list[str] = []
    end = 0  # of the run, in the sentence
    opens = False
    for found in _CAPITALISED.finditer(sentence):
        if not found.group()[0].isupper():
            continue
        between = _joiners(sentence[end : found.start()]) if run else ()
        if run and between is None:
            yield " ".join(run), opens and len(run) == 1
            run = []
        plain, folded = _BARE[found.group()]
        if folded in _CALENDAR or (folded in stop and not run and not (folded == "new" and _is_followed(found))):
            if run:
                yield " ".join(run), opens and len(run) == 1
                run = []
            continue
        if run:
            run += between or ()
        else:
            opens = not _TOKEN.search(sentence, 0, found.start())
        run.append(plain)
        end = found.end()
    if run:
        yield " ".join(run), opens and len(run) == 1


def _joiners(between: str) -> Sequence[str] | None:
    """The words between two parts of one name; None where they are no such words, and so two names."""
    if between == " " or (first := _TOKEN.search(between)) is None:
        return ()
    if first.group() not in _JOINERS:
        return None
    found = _TOKEN.findall(between)
    return found if len(found) <= MOST_JOINERS and _JOINERS.issuperset(found) else None


def _is_followed(new: re.Match[str]) -> bool:
    """Does a capital follow: York, Delhi, Zealand."""
    following = _TOKEN.search(new.string, new.end())
    return following is not None and following.group()[0].isupper()


def _bare(token: str) -> tuple[str, str]:
    """A token without its full stop and its genitive, and folded."""
    plain = token.rstrip(".") if token.count(".") == 1 else token
    plain = plain[:-2] if plain.endswith(("'s", "’s")) else plain
    return plain, fold(plain)


_BARE = Known(_bare, REMEMBERED)


@lru_cache(maxsize=1 << 15)
def skeleton(word: str, language: str = "") -> str:
    """A name's consonants in ASCII: "Brandt", "براندت" and "Брандт" have one; empty where too few are left."""
    if _ARABIC.match(word):
        word = _ARTICLE.sub("", word)
        if word in FUNCTION_WORDS["ar"]:
            return ""
    ascii_word = anyascii(fold(word)).lower()
    for spelled, sounds in _SOUNDS:
        ascii_word = ascii_word.replace(spelled, sounds)
    bare = _DOUBLE.sub(r"\1", _VOWELS.sub("", ascii_word))
    return bare if len(bare) >= SKELETON_LETTERS and bare.isalpha() else ""


_SOUNDS = (("sch", "s"), ("sh", "s"), ("ch", "s"), ("th", "t"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("ck", "k"),
           ("q", "k"), ("c", "k"), ("x", "ks"), ("v", "f"), ("p", "b"), ("j", "g"), ("z", "s"))  # fmt: skip
