"""Direct quotations and who said them, by rule: quotation marks, and a verb of saying with its subject beside them.

A speaker is given in the words of the text ("he", "Mayor Ilse Brandt"), never guessed: a quotation whose speaker is not
told beside it is none. One paragraph is read at a time; what is remembered of the one before is who spoke last.
"""

import re
from collections.abc import Iterable
from functools import cache
from itertools import dropwhile, pairwise, takewhile
from typing import NamedTuple

from digest.quotations.tongues import TONGUES, Tongue, compact
from digest.stopwords import NONE, STOPWORDS
from digest.text import fold

LEAST_WORDS = 4  # fewer between quotation marks are a title or a manner of speaking
LONGEST_PARAGRAPH = 20_000  # characters: what is longer is no paragraph of an article
MOST = 60  # in a paragraph: what has more is no prose
VERBS = 3  # of a sentence that are asked for their subject, the nearest first
SENTENCE = 400  # characters: so far from a quotation its speaker is looked for
ADVERBS = 60  # characters that may stand between a subject and its verb
SPEAKER_WORDS = 12  # at most
CONJUNCTIONS = (" and", " but", " und", " et", " y")
JOINERS = frozenset(["of", "for", "and", "de", "la", "le", "du", "des", "van", "von", "der", "del", "el", "al", "bin"])

_QUOTED = re.compile(  # begins with its marks: so it is found fast
    r"(?=[\"“”„«‹»›「])(?:[\"“”„](?<![^\W_].)(?=[^\s\"“”„])([^\"“”„]+)(?:[\"“”]|$)"
    r"|[«‹]([^«»‹›]+)(?:[»›]|$)|[»›]([^«»‹›]+)[«‹]|「([^「」]+)」)"
)
_ABBREVIATION = re.compile(r"\b(Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Capt|St|Jr|Sr|U\.S|[A-Z])\.(?=[\s,A-Z])")
_DOT, _OPEN, _ENDED = (
    "\x01",
    "\x02",
    "\x03",
)  # stand for the dot of an abbreviation, a quotation, one that is a sentence
_ANY = f"[{_OPEN}{_ENDED}]"
_CLOSED = re.compile(r"[.!?…؟][)\]]*$")
_BOUND = re.compile(rf"[.!?…؟][)\]]*\s+|[;\n]|{_ENDED}\s*")
_SIGNED = re.compile(r"[―—–-]\s*((?:[^\W\d_][\w.'’-]*\s*){1,5})(?:,|$)")
_ASIDE = re.compile(r"\s*\([^()]*\)")
_CLAUSE = re.compile(rf"[,:;،—–()\[\]{_OPEN}{_ENDED}.!?…]")


class Quotation(NamedTuple):
    """What was said word for word, and by whom, as the text has it."""

    text: str
    speaker: str
    cue: str  # the word that tells it: said, laut


class _Found(NamedTuple):
    speaker: str
    cue: str
    goes_on: bool = False  # the quotation before it is broken off by who says it, and goes on here


NOBODY = _Found("", "")


def quotations(text: str, language: str) -> list[Quotation]:
    """The direct quotations of a text, in order."""
    rules = _rules(language.partition("-")[0])
    found: list[Quotation] = []
    before = NOBODY  # who speaks on where a paragraph is all quotation
    for paragraph in text.split("\n"):
        if len(paragraph) > LONGEST_PARAGRAPH or len(quoted := list(_QUOTED.finditer(paragraph))) > MOST:
            continue
        if not quoted:
            before = rules.introduced(paragraph)
            continue
        told = rules.speakers(paragraph, quoted, before)
        for match, who in zip(quoted, told, strict=True):
            words = " ".join(_inner(match).split()).rstrip(" ,،")
            if who.goes_on and found and found[-1][1:] == who[:2]:
                found[-1] = found[-1]._replace(text=_joined(found[-1].text, words))
            elif who.speaker and len(words.split()) >= LEAST_WORDS:
                found.append(Quotation(words, who.speaker, who.cue))
        before = told[-1]._replace(goes_on=False)
    return found


def is_named(speaker: str, language: str) -> bool:
    """Does a speaker have a name, rather than a pronoun or a role ("The minister", "ein Sprecher").

    In scripts without capitals any two words are one; one alone is as often a role.
    """
    rules = _rules(language.partition("-")[0])
    words = speaker.split()
    if not words or rules.pronoun.fullmatch(speaker):
        return False
    if not any(map(str.isupper, speaker)) and not any(map(str.islower, speaker)):
        return len(words) > 1 and not rules.article.fullmatch(words[0])
    if not rules.article.fullmatch(words[0]):
        return any(map(str.isupper, speaker))
    names = [word[0].isupper() for word in words[1:]]
    return any(map(all, pairwise(names))) if rules.all_nouns else any(names)


@cache
def _rules(base: str) -> "_Rules":
    return _Rules(TONGUES.get(base, TONGUES["en"]), STOPWORDS.get(base, NONE))


class _Rules:
    """The patterns of one language."""

    def __init__(self, tongue: Tongue, stopwords: frozenset[str]) -> None:
        verbs, between = compact(tongue.verbs), compact(tongue.between)
        self.verb_first, self.all_nouns = tongue.verb_first, tongue.all_nouns
        self.stopwords = stopwords
        self.verb = re.compile(rf"\b({verbs})(?:(?:-t)?-(?:{tongue.pronouns}))?(?!\w)")
        self.inverted = re.compile(rf"-({tongue.pronouns})\b")
        self.fronted = re.compile(rf"\s*(?:{tongue.fronted})\b", re.IGNORECASE)
        self.adverbs = re.compile(rf"(?:\s+(?:{between}))*\s*$", re.IGNORECASE)
        self.according = re.compile(rf"(?<!\w)({tongue.according})\s+", re.IGNORECASE)
        self.stop = re.compile(rf"\s(?:{compact(tongue.stops)})(?!\w)", re.IGNORECASE)
        self.pronoun = re.compile(rf"(?:{tongue.pronouns})", re.IGNORECASE)
        self.article = re.compile(rf"(?:{tongue.articles})(?!\w)", re.IGNORECASE)

    def introduced(self, paragraph: str) -> _Found:
        """Who is said to speak in what follows a paragraph that ends in a colon."""
        if not paragraph.rstrip().endswith((":", "：")):
            return NOBODY
        masked = _ABBREVIATION.sub(rf"\1{_DOT}", paragraph.rstrip())
        return self._told(masked[self._sentence(masked, len(masked)) :])

    def speakers(self, paragraph: str, quoted: list[re.Match[str]], before: _Found) -> list[_Found]:
        """Who says each quotation of a paragraph; nobody where the text does not tell it."""
        masked, places = _masked(paragraph, quoted)
        told = [self._teller(masked, at) for at in places]
        for n, at in enumerate(places):
            if told[n].speaker or not _alone(masked, at):
                continue
            if n:
                told[n] = told[n - 1]._replace(goes_on=True)
            else:
                later = next((m for m in range(1, len(places)) if not masked[places[m - 1] + 1 : places[m]].strip()), 0)
                told[0] = (told[later] if later else NOBODY) if len(places) > 1 else before
        return [who._replace(speaker=who.speaker.replace(_DOT, ".")) for who in told]

    def _teller(self, masked: str, at: int) -> _Found:
        """Who says a quotation: what opens a sentence is told behind it, what stands within one before it."""
        ways = (self._after, self._beside) if _alone(masked, at) else (self._before, self._after, self._beside)
        found = (way(masked, at) for way in ways)
        return next((who for who in found if who.speaker), NOBODY)

    def _before(self, masked: str, at: int) -> _Found:
        """The speaker that its sentence tells before a quotation."""
        return self._told(masked[self._sentence(masked, at) : at])

    def _after(self, masked: str, at: int) -> _Found:
        """The speaker that is told right behind a quotation: "…", said Brandt; "…", Brandt said."""
        rest = masked[at + 1 : at + 200]
        end = _BOUND.search(rest)
        rest = rest[: end.start() if end else len(rest)].lstrip(" ,،")
        rest = re.split(_ANY, rest)[0]
        if signed := _SIGNED.match(rest):
            return _Found(signed[1], "")
        for verb in self.verb.finditer(rest):
            before = rest[: verb.start()]
            if who := self._subject(verb, before, "" if before.strip() else rest[verb.end() :]):
                return _Found(who, verb[1])
        return self._according(rest) if self.according.match(rest) else NOBODY

    def _beside(self, masked: str, at: int) -> _Found:
        """The speaker that the sentence tells before a quotation, else behind it."""
        if (who := self._before(masked, at)).speaker or masked[at] == _ENDED:
            return who
        near = masked[at + 1 : at + SENTENCE]
        end = _BOUND.search(near)
        return self._told(near[: end.start()] if end else near)

    def _sentence(self, masked: str, at: int) -> int:
        """Where the sentence begins that stands at a place."""
        ends = [bound.end() for bound in _BOUND.finditer(masked, max(0, at - SENTENCE), at)]
        return ends[-1] if ends else max(0, at - SENTENCE)

    def _told(self, sentence: str) -> _Found:
        """The speaker in a sentence: its last verb of saying that has a subject, else "according to"."""
        for verb in list(self.verb.finditer(sentence))[: -VERBS - 1 : -1]:
            if who := self._subject(verb, sentence[: verb.start()], sentence[verb.end() :]):
                return _Found(who, verb[1])
        return self._according(sentence)

    def _according(self, sentence: str) -> _Found:
        if found := self.according.search(sentence):
            return _Found(self._subject_behind(sentence[found.end() :]), found[1])
        return NOBODY

    def _subject(self, verb: re.Match[str], before: str, behind: str) -> str:
        """Whose verb it is: what is told within it ("dit-elle"), before it, else behind it."""
        if within := self.inverted.search(verb[0]):
            return within[1]
        turned = self.verb_first or self.fronted.match(before) is not None
        return (not turned and self._subject_before(before, verb[1])) or self._subject_behind(behind)

    def _subject_before(self, text: str, verb: str = "") -> str:
        """The subject that ends where its verb begins: a name, a pronoun, "the minister"."""
        text = _ASIDE.sub("", text)
        text = text[:-ADVERBS] + self.adverbs.sub("", text[-ADVERBS:])
        clauses = [clause.strip() for clause in _CLAUSE.split(text)]
        if verb.endswith("ing") or text.endswith(CONJUNCTIONS):  # "Brandt left and said": not of the word before it
            return next(filter(None, map(self._first_noun, clauses)), "")
        if not clauses[-1] and len(clauses) > 2:  # "Brandt, the mayor, said"
            clauses = clauses[:-2]
        return next(filter(None, map(self._last_noun, reversed(clauses))), "")

    def _first_noun(self, clause: str) -> str:
        """The noun that a clause begins with."""
        words = clause.split()
        if not words or self.pronoun.fullmatch(words[0]):
            return words[0] if words else ""
        if self.article.match(words[0]):
            return " ".join(words[:3])
        return " ".join(takewhile(self._is_capital, words))

    def _last_noun(self, clause: str) -> str:
        """The noun that a clause ends with, from its article or its first capital on."""
        words = clause.split()[-SPEAKER_WORDS:]
        if not words or self.pronoun.fullmatch(words[-1]):
            return words[-1] if words else ""
        start = len(words)
        while start and not self.article.match(words[start - 1]) and self._names(words[start - 1]):
            start -= 1
        if start and start < len(words) and self.article.match(words[start - 1]):
            return " ".join(words[start - 1 :])
        return " ".join(dropwhile(lambda word: not word[:1].isupper(), words[start:]))

    def _is_capital(self, word: str) -> bool:
        return word[:1].isupper() and self._names(word)

    def _names(self, word: str) -> bool:
        """May a word stand within a name: no function word, or one that joins names."""
        return fold(word) not in self.stopwords or word in JOINERS

    def _subject_behind(self, text: str) -> str:
        """The subject that follows its verb, up to the next stop."""
        text = _CLAUSE.split(text, maxsplit=1)[0]
        if stop := self.stop.search(text):
            text = text[: stop.start()]
        words = text.split()[:SPEAKER_WORDS]
        if not words:
            return ""
        if self.pronoun.fullmatch(words[0]):
            return words[0]
        named = self.verb_first or self.article.match(words[0]) or any(word[:1].isupper() for word in words)
        return " ".join(words) if named else ""


def _masked(paragraph: str, quoted: list[re.Match[str]]) -> tuple[str, list[int]]:
    """The paragraph with one sign for each quotation, and where these stand."""
    pieces: list[str] = []
    places: list[int] = []
    length = end = 0
    for match in quoted:
        piece = _ABBREVIATION.sub(rf"\1{_DOT}", paragraph[end : match.start()])
        places.append(length + len(piece))
        length += len(piece) + 1
        pieces += [piece, _ENDED if _CLOSED.search(_inner(match).rstrip()) else _OPEN]
        end = match.end()
    pieces.append(_ABBREVIATION.sub(rf"\1{_DOT}", paragraph[end:]))
    return "".join(pieces), places


def _inner(match: re.Match[str]) -> str:
    """What stands between the marks, whichever they are."""
    return str(next(filter(None, match.groups())))


def _joined(before: str, after: str) -> str:
    """A quotation that was broken off, whole; where its speaker stood, a sentence ended or went on."""
    if _CLOSED.search(before):
        return f"{before} {after}"
    return f"{before}{'.' if after[:1].isupper() else ',' if after[:1].islower() else ' …'} {after}"


def _alone(masked: str, at: int) -> bool:
    """Does a quotation open a sentence of its own?"""
    before = masked[max(0, at - SENTENCE) : at].rstrip()
    return not before or before[-1] in f".!?…:؟{_OPEN}{_ENDED}"


def written(found: Iterable[Quotation]) -> str:
    """Quotations as one text, a line each."""
    return "\n".join("\t".join(one) for one in found)


def as_read(text: str) -> list[Quotation]:
    """What `written` wrote."""
    return [Quotation(*line.split("\t")) for line in text.split("\n") if line]
