"""One raw item becomes one article: plain title, UTC date, language, safe body; what is odd about it is said.

Nothing is guessed: an author, a source or an address that the item does not give stays unknown.
"""

import re
from datetime import datetime, tzinfo

from digest.codec import fingerprint
from digest.dates import Moment, read_bare_date, read_moment
from digest.languages import base, detect, normal
from digest.markup import inline, plain_of_clean
from digest.model import Article, Body, Post, Precision, RawItem, Show, Source, record
from digest.text import extract, shorten, slug, without_dateline, words_of_text
from digest.urls import LONGEST, absolute, canonical

TITLE_LENGTH = 300  # characters: what is longer is no title
BYLINE_LENGTH = 1_000  # characters: what is longer names nobody
TOPIC_LENGTH = 100  # characters
MOST_TOPICS = 20  # that an article is put under by hand
TITLE_FROM_TEXT = 90  # characters: of an item without a title
AHEAD = 86_400  # seconds: how far ahead of its being seen an item may be dated

_BYLINE = re.compile(r"^(?:by|von|par|por|di|door|от|بقلم):?\s+", re.IGNORECASE)
_HANDLE = re.compile(r"(?<=\w)\s+\(?@\w+\)?(?=$|[\s,;])")  # behind a name
_MAIL = r"[^\s@<>()]+@[^\s@<>()]+"  # no sign that may follow is in it: else each would be tried as its end
_MAIL_NAME = re.compile(rf"^{_MAIL}\s*\((.+)\)$|^(.+?)\s*[<(]{_MAIL}[>)]$")
_AUTHORS = re.compile(r"\s*(?:[,;&]|\band\b|\bund\b|\bet\b|\by\b)\s+")
_SUFFIX = re.compile(r"\s+[-–—|·:]\s+([^-–—|·]+?)\s*$")


@record
class Setting:
    """What an item is read by, beside itself."""

    source: Source
    outlets: frozenset[str]  # names of sources, lower case: cut off the end of the title
    zone: tzinfo
    date_order: str
    show: Show


OF_FILES = "file"  # stands for the source of what came in no feed


def article_id(raw: RawItem) -> str:
    """The id of the article that an item is a version of."""
    return fingerprint(raw.source_id or OF_FILES, raw.uid)


def normalise(
    raw: RawItem, version: str, parts: tuple[str, ...], posts: tuple[Post, ...], setting: Setting
) -> tuple[Article, Body]:
    """The article, and its body: the safe HTML before, between and after its posts."""
    flaws = list(raw.flaws)
    text = "\n".join(filter(None, map(plain_of_clean, parts)))
    title = _title(raw, text, setting.outlets)
    if not raw.title.strip():
        flaws.append("no title: the first words of its text stand in")
    if more := len(raw.topics[MOST_TOPICS:]):
        flaws.append(f"front matter: topics: {more} more than {MOST_TOPICS} are left out")
    said = normal(raw.language) or setting.source.language
    language = said or detect(f"{title}\n{text}")
    moment = _published(raw, text, setting, flaws)
    published, precision = moment or (None, "none")
    updated = _updated(raw, published, setting)
    url = absolute(raw.url, setting.source.url)
    if raw.url and not url:
        why = f"is longer than {LONGEST:,} characters" if len(raw.url) > LONGEST else "is not http or https"
        flaws.append(f"address left out: {shorten(raw.url, 60)!r} {why}")
    article = Article(
        id=article_id(raw),
        version=version,
        source_id=setting.source.id,
        uid=raw.uid,
        url=url,
        key=canonical(url) if url else "",
        title=title,
        slug=slug(title),
        lead=extract(without_dateline(text)),
        language=base(language) if not said else said,
        authors=_authors(raw.author),
        posts=posts,
        published_at=published,
        precision=precision,
        updated_at=updated.at if updated else None,
        updated_precision=updated.precision if updated else "none",
        seen_at=raw.seen_at if raw.seen_at is not None else published,
        words=len(words_of_text(text)),
        show=_show(raw, setting),
        given_topics=tuple(dict.fromkeys(filter(None, map(_topic, raw.topics[:MOST_TOPICS])))),
        archive_url=absolute(raw.archive_url, ""),
        file=raw.file,
        seen_stamped=raw.seen_at is not None,
        flaws=tuple(flaws),
    )
    return article, Body(html=parts, text=text)


def _topic(name: str) -> str:
    return shorten(inline(name), TOPIC_LENGTH)


def outlet_in(title: str) -> str:
    """What may be an outlet's name at the end of a raw title, lower case; else nothing."""
    suffix = _SUFFIX.search(shorten(inline(title), TITLE_LENGTH))
    return suffix.group(1).casefold() if suffix else ""


def _title(raw: RawItem, text: str, outlets: frozenset[str]) -> str:
    """The title as plain text, without a known outlet's name at its end."""
    title = shorten(inline(raw.title), TITLE_LENGTH)
    if (suffix := _SUFFIX.search(title)) and suffix.group(1).casefold() in outlets:
        title = title[: suffix.start()]
    return title or shorten(" ".join(text.split()), TITLE_FROM_TEXT) or "Untitled"


def _published(raw: RawItem, text: str, setting: Setting, flaws: list[str]) -> tuple[int, Precision] | None:
    """When it was published, and how precisely that is known; what is doubtful goes to the flaws."""
    stated = raw.published or raw.updated
    if not stated.strip():
        flaws.append("no date")
        return None
    moment: Moment | None
    if raw.clipping:
        reading = read_bare_date(stated, text, zone=setting.zone, order=setting.date_order)
        moment = reading.moment
        flaws.extend(reading.flaws)
    else:
        moment = read_moment(stated, zone=setting.zone, order=setting.date_order)
    if moment is None:
        flaws.append(f"date not understood: {shorten(stated, 40)!r}")
        return None
    if raw.seen_at is not None and moment.at > raw.seen_at + AHEAD:
        seen = datetime.fromtimestamp(raw.seen_at, setting.zone).date()
        flaws.append(f"date not believed: {shorten(stated, 40)!r} lies ahead of {seen}, when it was seen")
        return None
    return moment.at, moment.precision


def _updated(raw: RawItem, published: int | None, setting: Setting) -> Moment | None:
    """When it was changed since, where it says so and can be believed."""
    moment = read_moment(raw.updated, zone=setting.zone, order=setting.date_order) if raw.updated else None
    if moment is None or moment.at == published or (raw.seen_at is not None and moment.at > raw.seen_at + AHEAD):
        return None
    return moment


def _authors(author: str) -> tuple[str, ...]:
    """The names in a byline, without addresses."""
    plain_author = _HANDLE.sub("", _BYLINE.sub("", shorten(inline(author), BYLINE_LENGTH)))
    if match := _MAIL_NAME.match(plain_author):
        plain_author = match.group(1) or match.group(2)
    names = (name.strip() for name in _AUTHORS.split(plain_author))
    return tuple(shorten(name, 80) for name in names if name and "@" not in name)


def _show(raw: RawItem, setting: Setting) -> Show:
    """How much of it the site may show: its own word, then its source's, then the project's."""
    for wish in (raw.show, setting.source.show):
        if wish in ("full", "extract"):
            return "full" if wish == "full" else "extract"
    return setting.show
