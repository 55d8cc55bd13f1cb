import re
import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import QueryError
from digest.query import Subject, index, parse
from digest.query.endless import is_endless

TEXT = """Envoys of both sides meet in Port Ella this week. The river truce, which began in April, holds,
the harbour master told reporters. Fishermen fear that the dredgers return. A second cease-fire was never signed."""


def tokens(text: str) -> Sequence[str]:
    """Folded words, simply."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return re.findall(r"\w+", plain)


def stem(word: str, language: str) -> str:
    """Stems, simply: what two languages write at the end of a plural."""
    return {"en": word.removesuffix("s"), "de": word.removesuffix("en")}.get(language, word)


def subject(**fields: str) -> Subject:
    return Subject(
        **{
            "title": "River truce holds for a third day",
            "text": TEXT,
            "language": "en",
            "source": "Northgate Wire northgate-wire",
            "kind": "wire",
            "country": "GB",
            "author": "Ann Lee",
            "url": "https://example.org/world/river-truce",
            "posts": "harbour_ella The port is open again",
        }
        | fields
    )


def matches(query: str, **fields: str) -> bool:
    return parse(query).matches(index(subject(**fields), tokens=tokens, stem=stem))


HIT = """
truce
TRUCES
dredger
harbour reporters
harbour AND reporters
missing OR truce
"harbour master"
"Harbour masters told"
"harbour master" -football
truce NOT football
-football
NOT NOT truce
truce -(football OR cricket)
dredg*
"harbour mast*"
cease-fire
/harbou?r\\s+master/
/port ella/
/a\\/b|truce/
title:truce
title:(truce OR war)
title:"third day"
title:third title:day
TITLE: truce
-title:dredgers
source:northgate-wire
source:"Northgate Wire"
lang:en
kind:wire country:gb
country:(GB OR FR)
kind:wi*
author:lee
url:example.org/world
url:https://example.org
url:/river-.*/
post:@harbour_ella
port NEAR/1 ella
ella NEAR/1 port
envoys NEAR/4 meet
"both sides" NEAR/2 (meet OR part)
envoys NEAR/3 sides NEAR/2 meet
truce OR missing AND football
(truce)
"""
MISS = """
war
truce AND war
truce -harbour
"master harbour"
"third day envoys"
edger*
title:dredgers
title:harbour
post:truce
source:ann
lang:de
kind:blog
url:football
envoys NEAR/3 meet
day NEAR/9 envoys
(truce OR missing) AND football
missing OR football
-truce
NOT (truce harbour)
/^truce$/
"""


@pytest.mark.parametrize("query", HIT.strip().splitlines())
def test_a_query_that_is_answered(query: str):
    assert matches(query)


@pytest.mark.parametrize("query", MISS.strip().splitlines())
def test_a_query_that_is_not_answered(query: str):
    assert not matches(query)


def test_not_binds_before_near_before_and_before_or():
    assert matches("football AND missing OR truce")
    assert not matches("football AND (missing OR truce)")
    assert matches("-football truce")
    assert matches("river NEAR/1 truce harbour")


def test_accents_and_languages():
    assert matches("treve", text="La TRÊVE tient", language="fr")
    assert matches("boot", text="Die Booten", language="de")
    assert matches("boats", text="Das Wort boat", language="de"), "an English stem serves everywhere"
    assert matches("lang:pt", language="pt-BR")
    assert not matches("lang:pt-BR", language="pt")


@pytest.mark.parametrize("word", ["هدنة", "الهدنة", "بهدنة", "والهدنة"])
@pytest.mark.parametrize("text", ["أعلنوا هدنة", "قبلوا بالهدنة", "رحبوا والهدنة قائمة", "للهدنة شروط", "وهدنة"])
def test_arabic_words_stand_with_and_without_their_particles(word: str, text: str):
    assert matches(word, text=text, language="ar")
    assert not matches("حرب", text=text, language="ar")


@pytest.mark.parametrize("query", ["停火", "停", "河边 AND 停火", '"河边停火"', "title:停火 OR text 停火"])
def test_chinese_words_stand_within_others(query: str):
    assert matches(query, text="河边停火协议今天宣布 text", language="zh")
    assert not matches("战争", text="河边停火协议今天宣布", language="zh")


def test_topics_name_other_topics():
    named = {"River": 'truce OR "cease-fire"', "Port Ella": '"port ella"', "Both": 'topic:river topic:"port ella"'}
    indexed = index(subject(), tokens=tokens, stem=stem)
    assert parse("topic:both -football", named).matches(indexed)
    assert not parse("topic:both -topic:River", named).matches(indexed)
    assert parse("topic:Both", named).hits(indexed) == ("truce", "cease-fire", "port ella")


def test_topics_that_double_each_other_end_before_they_fill_the_machine():
    named = {f"T{n}": f"topic:T{n + 1} OR topic:T{n + 1}" for n in range(26)} | {"T26": "truce"}
    assert parse("topic:T17", named).matches(index(subject(), tokens=tokens, stem=stem))
    with pytest.raises(QueryError, match="topic:T1 brings more than 10,000 words along") as fault:
        parse(named["T0"], named)
    assert fault.value.at == 0
    many = " OR ".join(f"word{n}" for n in range(12_000))  # of its own a query may have as many as it likes
    assert not parse(many).matches(index(subject(), tokens=tokens, stem=stem))


def test_hits_are_the_words_that_an_article_has():
    indexed = index(subject(), tokens=tokens, stem=stem)
    query = parse('Truces war OR dredg* OR "port ella" OR title:day OR -reporters OR truces OR port NEAR/1 ella')
    assert query.hits(indexed) == ("Truces", "dredg*", "port ella", "title:day", "truces", "port", "ella")
    assert not parse("truce war").matches(indexed)
    assert parse("truce war").hits(indexed) == ("truce",)


@pytest.mark.parametrize(
    ("query", "at", "reason"),
    [
        ("", 0, "a word is expected"),
        ("truce AND", 9, "a word is expected"),
        ("truce OR OR war", 9, "a word is expected before OR"),
        ("(truce", 0, "a ) is expected"),
        ("a (b (c)", 2, "a ) is expected"),
        ("truce )", 6, "closes nothing"),
        ("()", 1, "a word is expected before )"),
        ('a "truce', 2, 'a " is expected'),
        ("/truce", 0, "a / is expected"),
        ("a /(/", 3, "the regular expression cannot be read"),
        ("a /(r+)+ z/", 2, "the regular expression may never end"),
        ("a - b", 2, "no letter and no digit"),
        ('""', 0, "no letter and no digit"),
        ("cease*fire", 0, "only stand at the end"),
        ("*", 0, "no letter and no digit"),
        ("a or b", 2, "write OR"),
        ("tilte:x", 0, 'did you mean "title:"'),
        ("foo:bar", 0, "need quotes"),
        ("title:", 6, "a word is expected"),
        ("a NEAR b", 2, "as NEAR/5"),
        ("a NEAR/0 b", 2, "as NEAR/5"),
        ("a NEAR/5 -b", 2, "NEAR stands between words"),
        ("a NEAR/5 (b c)", 2, "NEAR stands between words"),
        ("x topic:Rivr", 2, 'unknown topic "Rivr": did you mean "River"?'),
        ("topic:(a)", 6, "the name of a topic is expected"),
        ("x topic:a", 2, "topics that name each other in a circle: A → B → A"),
        ("topic:Self", 0, "topics that name each other in a circle: Self → Self"),
        ("x topic:Broken", 2, "topic:Broken: this ( is not closed"),
        ("(" * 80, 50, "more than 50 groups"),
    ],
)
def test_a_query_that_cannot_be_read_says_where_and_why(query: str, at: int, reason: str):
    named = {"River": "truce", "A": "topic:B", "B": "x topic:A", "Self": "topic:Self", "Broken": "(x"}
    with pytest.raises(QueryError) as fault:
        parse(query, named)
    assert reason in fault.value.reason
    assert fault.value.at == at
    assert str(fault.value).endswith(f"\n  {query}\n  {' ' * at}^")


@pytest.mark.parametrize(
    "pattern",
    [
        r"(r+)+ z", r"(.+)+~", r"(?:\w+\s*)+x", r"(\w+ ?)*", r"((a*)*)*", r"(?:(?:a|b+))+", r"(\d+,?)+", r"(a{1,5})+",
        r"((ab)+)+", r"x(?=(a+)+)", r"(?:\w+ ?){11}",
    ],
)  # fmt: skip
def test_a_regular_expression_that_may_never_end(pattern: str):
    assert is_endless(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?:\w+ )+x", r"(?:\w+ ){0,5}x", r"(foo|bar)+", r"(a+,)*", r"(?:, \w+)*", r"a.*b.*c", r"^id ", r"(ab?c)+",
        r"(?:a{2})+", r"(?:\d{1,3},)+", r"(a+)", r"()*", r"(?:a+)++", r"(?>a+)+", r"(a?)+", r"(?:\w+ ?){1,5}x",
    ],
)  # fmt: skip
def test_a_regular_expression_that_ends(pattern: str):
    assert not is_endless(pattern)


FRAGMENTS = st.sampled_from(
    [
        "truce",
        "-",
        "(",
        ")",
        '"',
        "/",
        "*",
        " ",
        " AND ",
        " OR ",
        " NOT ",
        " NEAR/3 ",
        "title:",
        "topic:a",
        "lang:",
        "[[",
    ]
)


@given(st.text() | st.lists(FRAGMENTS, max_size=14).map("".join), st.text())
def test_any_text_is_a_query_or_a_query_error(text: str, said: str):
    try:
        query = parse(text, {"a": "truce"})
    except QueryError as fault:
        assert 0 <= fault.at <= len(text)
        return
    indexed = index(Subject(title=said, text=text, posts=said), tokens=tokens, stem=stem)
    assert query.matches(indexed) in (True, False)
    assert isinstance(query.hits(indexed), tuple)
