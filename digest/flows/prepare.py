"""What becomes of one item alone: picklable, in any process and any order; pure but for a query that takes too long."""

from contextlib import suppress
from dataclasses import replace
from functools import cache

from digest.codec import fingerprint, pack
from digest.encodings import mend
from digest.flows.forgotten import Forgotten, without
from digest.markup import clean, shallow
from digest.model import Article, Body, Packed, Prepared, RawItem, Source, Topic, record
from digest.query import Query, Subject, index, parse
from digest.semantic import meaning
from digest.shell.patience import Impatient, at_most
from digest.stages.embeds import lift_posts, split_at
from digest.stages.facts import ARTICLE_FACTS
from digest.stages.normalise import Setting, normalise
from digest.stages.sign import sign
from digest.text import stem, words_of_text

PATIENCE = 0.2  # CPU seconds for a query on one text: none that is well written takes a tenth of it


@record
class Job:
    """One item, and all that shapes what becomes of it."""

    key: str  # fingerprint of all the rest and of the program
    raw: RawItem
    setting: Setting
    rules: tuple[Topic, ...] = ()
    forgotten: Forgotten = Forgotten()
    semantic: str = ""  # what vectors are made by; empty: none are asked for


def prepare(job: Job) -> Prepared:
    """The article, its body and what it is compared by."""
    mark = f"digest-post-{job.key}"  # nobody can write the hash of his own text into it
    raw = _mended(job.raw)
    html, posts = lift_posts(shallow(raw.html), mark, raw.language or job.setting.source.language)
    parts, posts = without(split_at(clean(html, raw.url), mark), posts, job.forgotten)
    article, body = normalise(raw, job.key, parts, posts, job.setting)
    facts = {name: fact for name, find in ARTICLE_FACTS.items() if (fact := find(article, body))}
    answered, unasked = _answered(article, body, job)
    article = replace(article, facts=facts, ruled_topics=answered, unasked_topics=unasked)
    signature = sign(article, body)
    article = replace(article, exact=signature.exact)
    if job.semantic:
        signature = replace(signature, meaning=meaning(f"{article.title}\n{article.lead}"))
    return Prepared(article=article, body=body, signature=signature)


def prepare_all(jobs: tuple[Job, ...]) -> tuple[Packed, ...]:
    """The same for some items together, as a worker is handed them and hands it back."""
    return tuple(packed(prepare(job)) for job in jobs)


def packed(one: Prepared) -> Packed:
    return Packed(
        version=one.article.version, article=pack(one.article), body=pack(one.body), signature=pack(one.signature)
    )


def _mended(raw: RawItem) -> RawItem:
    """The item without what a wrong encoding has left in its texts; most have none of it."""
    title, html, author = mend(raw.title), mend(raw.html), mend(raw.author)
    is_whole = (title, html, author) == (raw.title, raw.html, raw.author)
    return raw if is_whole else replace(raw, title=title, html=html, author=author)


def key_of(
    raw: RawItem, setting: Setting, rules: tuple[Topic, ...], forgotten: Forgotten, semantic: str, code: str
) -> str:
    """The fingerprint under which what becomes of an item is remembered."""
    return fingerprint(
        raw,
        setting.source,
        setting.outlets,
        str(setting.zone),
        setting.date_order,
        setting.show,
        rules,
        semantic,
        code,
        *forgotten.posts,
    )


@cache
def _compiled(rules: tuple[Topic, ...]) -> tuple[tuple[str, Query], ...]:
    """The queries, read once a process."""
    named = {rule.name: rule.query for rule in rules}
    return tuple((rule.name, parse(rule.query, named)) for rule in rules)


def _answered(article: Article, body: Body, job: Job) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the rules whose query the article answers, and of those whose regular expressions take too long.

    Rules have their time together, for a clock costs time too; who is the first when it runs out has had all of it.
    The next are given less then: all that is done with the article has to end.
    """
    if not job.rules:
        return (), ()
    indexed = index(subject_of(article, body, job.setting.source), tokens=words_of_text, stem=stem)
    rules = _compiled(job.rules)
    answers: list[bool | None] = []
    while (first := len(answers)) < len(rules):
        with suppress(Impatient), at_most(PATIENCE / (1 + answers.count(None))):
            for _, query in rules[first:]:
                answers.append(query.matches(indexed))  # what is answered stays when time runs out
        if len(answers) == first:
            answers.append(None)
    told = [(name, answer) for (name, _), answer in zip(rules, answers, strict=True)]
    return tuple(name for name, answer in told if answer), tuple(name for name, answer in told if answer is None)


def subject_of(article: Article, body: Body, source: Source) -> Subject:
    """What a query can ask of an article."""
    return Subject(
        title=article.title,
        text=body.text,
        language=article.language,
        source=f"{source.id} {source.name}",
        kind=source.kind,
        country=source.country,
        author=" ".join(article.authors),
        url=article.url,
        posts=" ".join(f"{post.handle} {post.text}" for post in article.posts),
    )
