"""What an article is about, in common nouns: the words that, beside a name, a person would put on a folder."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import compress, islice

from digest.model import Article, Body, record
from digest.names import ALL_NOUNS
from digest.stopwords import FUNCTION_WORDS, NONE, STOPWORDS
from digest.text import Known, fold, known_stems

MATTERS = 10  # of an article, at most
READ = 5_000  # characters: what follows rarely says what it is about
SHORTEST = 3  # letters
REMEMBERED = 1 << 16  # words: most articles are made of the same
TITLE_COUNTS = 3  # times: a word of the title stands for so many of the text
WEIGHED = 40  # words: the most frequent ones
MARKED = 0.2  # of the times that it stands: from here on a word behind an article is a noun
DESCRIBES = 0.6  # of the times that it stands: from here on a word before a noun only describes it
TOGETHER = 0.5  # of the times that it stands: from here on a word is half of a pair
PAIR_TIMES = 2  # that both must stand together
SEVERAL = ""  # in the place of a stem

_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|[^\s\w]")
_SIGNS = "!\"#$%&'()*+,./:;<=>?@[\\]^`{|}~“”‘’„«»–—…"  # each a token of its own
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_NOUN_LAST = frozenset(["en", "nl"])  # where what describes a noun stands before it
_MARKERS = {
    "en": "the a an this these those his her its their our my your of for no any each some over under between",
    "fr": "le la les l un une des du de d' ce cet cette ces son sa ses leur leurs au aux",
    "es": "el la los las un una del de al este esta su sus",
    "it": "il la lo i gli le un una del della dei delle di al alla questo questa",
    "nl": "de het een van deze dit die zijn hun",
    "pt": "o a os as um uma do da dos das de ao este esta seu sua",
}
_NOUN_SIGNS = {language: frozenset(words.split()) for language, words in _MARKERS.items()}
"""Words before a noun."""
_STRICT = frozenset(["the", "a", "an", "this"])  # before "hearing": others stand before "leaving" too
_OBJECTS = frozenset(["the", "a", "an", "its", "his", "her", "their", "that"])  # behind an English verb
_BEFORE_VERBS = frozenset(["to", "will", "would", "can", "could", "may", "might", "must", "should", "not"])
_NO_NOUN = {
    "en": re.compile(r"(?:ly|[^e]ed|ful|ous|ish)$"),
    "ru": re.compile(
        r"(?:ть|ться|ют|ит|ят|ает|ется|лся|лась|лись|ал|ала|али|ил|ила|или"
        r"|[ыо]и|[аяую]я|[ою]е|[ыи]е|ого|его|ому|ему|[ыи]ми|[ыи]х|ую|юю)$"
    ),
    "fr": re.compile(r"(?:ment|aient|erent)$"),
}
_EMPTY = {
    "en": """country countries leader leaders state states authority authorities decision video speech former lot side
    sides question questions issue issues reason reasons action actions move moves measure measures event events case
    cases step steps member members site sites fact facts point points part parts place group groups number man men
    woman women person public political national federal general central senior top full good right left early late
    high big little great real end start matter way ways kind plan plans call calls team effort efforts statement
    comment remarks interview reporter reporters spokesman spokeswoman spokesperson source post photo image story news
    article press conference email newsletter page latest update updates result results problem problems change rest
    area areas line lines list service role record show word words name names head hand hands look life world city
    town home house office party level term terms idea ideas example others everyone someone something nothing
    anything everything morning afternoon evening night today tonight yesterday tomorrow moment hour hours minute
    minutes second seconds past future history half hundred hundreds thousand thousands million millions billion
    congressman congresswoman chairman chairwoman governor senator president presidential
    candidate candidates aide aides director committee committees lawmaker lawmakers official officials adviser advisers
    support supporters company program programs claim claims run choice meet attorney lawyer lawyers
    rep reps don doesn didn isn wasn won couldn wouldn aren weren hasn haven shouldn
face faces response responses stand position field sense bodies base status open close sure recent
    private current whole entire final internal young subject note sort piece
    hopes five four six seven eight nine ten dozen dozens""",
    "fr": """pays chef chefs cas fait partie point question vie monde homme hommes femme femmes personnes fin nombre
    temps tiers six sept huit neuf dix""",
    "de": """Land Länder Fall Frage Teil Menschen Mann Frau Leute Ende Zahl Sprecher Sprecherin Angaben Mittwoch
    Donnerstag Freitag Samstag Sonntag Montag Dienstag Uhr Zeit Stadt Seite Millionen Prozent Euro
    Drei Vier Fünf Sechs Sieben Acht Neun Zehn""",
    "es": "pais paises caso parte vida mundo hombre mujer personas fin gobierno",
    "ru": "страна страны стране дело случае часть люди людей человек время места слова словам конец жизни стороны",
    "ar": "البلاد الناس شخص اشخاص مصدر بيان الماضي المقبل الجديد الجديده",
}
_EMPTY_WORDS = {language: frozenset(map(fold, words.split())) for language, words in _EMPTY.items()}
"""Words that could stand on any folder."""


def matters_in(article: Article, body: Body) -> str:
    """The nouns and pairs of words, one a line, the weightiest first, each as the text mostly writes it."""
    language = article.language.partition("-")[0]
    stem_of = _noun_stems(language)
    tokens, stems = _tokens(f". {article.title} . {body.text[:READ]} .", stem_of)
    forms = Counter(compress(tokens, stems))
    if not forms:
        return ""
    standing = _stand(tokens, stems, forms, language)
    in_title = {known_stems(language)[fold(word)] for word in _TOKEN.findall(article.title)}
    heaviest = dict.fromkeys(_heaviest(forms, stem_of, in_title, standing.as_noun, language))
    found = (whole for word in heaviest if (whole := standing.whole(word, forms[word], heaviest)))
    return "\n".join(islice(_distinct(found), MATTERS))


def _distinct(texts: Iterable[str]) -> Iterator[str]:
    """Each text once."""
    told: set[str] = set()
    for text in texts:
        if text not in told:
            told.add(text)
            yield text


def _tokens(text: str, stem_of: Mapping[str, str | None]) -> tuple[list[str], list[str | None]]:
    """The words and signs of a text, each with its stem: by splits, several times faster than by the pattern alone."""
    for sign in _SIGNS:
        if sign in text:
            text = text.replace(sign, f" {sign} ")
    parts = text.split()
    stems = list(map(stem_of.__getitem__, parts))
    if SEVERAL in stems:
        parts = [
            one
            for part, stem in zip(parts, stems, strict=True)
            for one in (_TOKEN.findall(part) if stem == SEVERAL else (part,))
        ]
        stems = list(map(stem_of.__getitem__, parts))
    return parts, stems


@record
class _Standing:
    """How the words of a text stand beside each other."""

    as_noun: Mapping[str, int]  # times behind an article or the like, or behind another such word
    describing: Mapping[str, int]  # times before another such word
    paired: Mapping[str, tuple[int, tuple[str, str]]]  # with which one most often

    def whole(self, word: str, times: int, heads: Collection[str]) -> str:
        """The word with its other half: not "nuclear" but "nuclear deal"; empty where it only describes others."""
        together, pair = self.paired.get(word, (0, ("", "")))
        if pair[1] in heads and self.as_noun.get(pair[0], 0) >= 0 and together >= TOGETHER * times:
            return " ".join(pair)
        return word if self.describing.get(word, 0) < DESCRIBES * times else ""


def _stand(tokens: Sequence[str], stems: Sequence[str | None], forms: Iterable[str], language: str) -> _Standing:
    """How those that may be nouns, which have a stem, stand; a sign stands first and last."""
    signs = _NOUN_SIGNS.get(language, NONE)
    function = FUNCTION_WORDS.get(language, NONE)
    is_english, is_noun_last = language == "en", language in _NOUN_LAST
    as_noun = dict.fromkeys(forms, 0)
    describing = as_noun.copy()
    pairs: list[tuple[str, str]] = []
    around = zip(tokens, tokens[1:], tokens[2:], stems, strict=False)
    for one, word, other, is_noun_before in compress(around, stems[1:]):
        if is_english:
            if other in _OBJECTS and word[-1] == "s":
                as_noun[word] -= 2  # "the club asks its fans", but "the tax returns"
            if one in _BEFORE_VERBS:
                as_noun[word] -= 1
        if is_noun_last and other.islower() and other not in function:
            describing[word] += 1
        if one in signs and (one in _STRICT or not word.endswith("ing")):
            as_noun[word] += 1
        elif is_noun_before:
            if is_noun_last:
                as_noun[word] += 1
            pairs.append((one, word))
    paired: dict[str, tuple[int, tuple[str, str]]] = {}
    for pair, times in Counter(pairs).items():
        if times >= PAIR_TIMES:
            for word in pair:
                paired[word] = max(paired.get(word, (0, pair)), (times, pair))
    return _Standing(as_noun=as_noun, describing=describing, paired=paired)


@cache
def _noun_stems(language: str) -> Known[str, str | None]:
    """The stem of every token that may be a noun in a language, None of others; and what is several tokens."""
    stems = known_stems(language)

    def stem(part: str) -> str | None:
        if _TOKEN.findall(part) != [part]:
            return SEVERAL
        return stems[fold(part)] or part if _may_be_noun(part, language) else None

    return Known(stem, REMEMBERED)


def _may_be_noun(token: str, language: str) -> bool:
    if len(token) < SHORTEST or token[0].isupper() != (language in ALL_NOUNS):
        return False
    folded = fold(token)
    if folded in STOPWORDS.get(language, NONE) or folded in _EMPTY_WORDS.get(language, NONE):
        return False
    ending = _NO_NOUN.get(language)
    return not (ending and ending.search(folded)) and (token.isascii() or not _UNSPACED.search(token))


def _heaviest(
    forms: Mapping[str, int],
    stem_of: Mapping[str, str | None],
    in_title: Collection[str],
    as_noun: Mapping[str, int],
    language: str,
) -> Iterator[str]:
    """The commonest form of each word, "resignation" rather than "resigns", the weightiest first."""
    sure: Collection[str] = forms
    if language in _NOUN_SIGNS:
        marked = [form for form, times in forms.items() if as_noun[form] >= MARKED * times]
        sure = marked or forms  # a text of some length marks its nouns; a headline may mark none
    else:
        marked = list(forms)
    weights: dict[str | None, int] = {}
    for form, times in forms.items():
        stem = stem_of[form]
        weights[stem] = weights.get(stem, 0) + times
    common: dict[str | None, tuple[int, int, str]] = {}
    for at, form in enumerate(sure):
        told = (forms[form], -at, form)
        stem = stem_of[form]
        if stem not in common or told > common[stem]:
            common[stem] = told
    ranked = [
        (weights[stem] + TITLE_COUNTS * (stem in in_title and bool(marked)), *told) for stem, told in common.items()
    ]
    return (form for _, _, _, form in sorted(ranked, reverse=True)[:WEIGHED])
