"""An article, a post, a handle or an address is forgotten: a tombstone is added, the next build shows it nowhere."""

import re
from pathlib import Path

from digest.codec import to_line
from digest.errors import DigestError
from digest.flows.build import Tools
from digest.flows.fold import named_id
from digest.flows.forgotten import FILE, Forgotten, address_hash, by_kind, forgotten, handle_hash, post_hash
from digest.flows.survey import SHOWN, Survey, article_ids, by_file, surveyed
from digest.model import Tombstone, record
from digest.shell import log

NOTHING = "nothing that is known is called so; it is kept for what may come"
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


@record
class Forgetting:
    """What was done: in a line, and the files under content/ that hold what is forgotten word for word."""

    summary: str
    files: tuple[str, ...]
    doubt: str = ""  # what looks like a slip


def forget(root: Path, what: str, *, reason: str, day: str, tools: Tools) -> Forgetting:
    """Adds the tombstones that what was named needs."""
    with surveyed(root, tools) as survey:
        stones = _stones(survey, what, reason, day)
        known, _ = forgotten(root)
        new = [stone for stone in stones if not _is_known(stone, known)]
        files = _files(survey, by_kind(stones))  # asked first: what is forgotten is not read any more
        log.append(root / "content" / FILE, [to_line(stone) for stone in new])
    if not new:
        return Forgetting(summary=f"{what}: is forgotten already", files=files)
    summary = f"{what}: forgotten at the next build, and never fetched again"
    return Forgetting(summary=summary, files=files, doubt="" if files or not all(map(_is_ahead, new)) else NOTHING)


def _is_ahead(stone: Tombstone) -> bool:
    """Does it also stand for what was never seen."""
    return stone.kind in ("handle", "address")


def _stones(survey: Survey, what: str, reason: str, day: str) -> list[Tombstone]:
    if what.startswith("@"):
        return [Tombstone(kind="handle", hash=handle_hash(what), date=day, reason=reason)]
    outcomes = {one.id: one for one in survey.archive.outcomes}
    ids = article_ids(survey.archive, what) or [
        id for id in by_file(survey.archive, what) if outcomes[id].status in SHOWN
    ]
    found = [
        Tombstone(kind="article", id=id, hash=address_hash(outcomes[id].url), date=day, reason=reason)
        for id in ([] if "story/" in what else ids)
    ]
    found += _posts(survey, what, reason, day)
    if not found and _ADDRESS.match(what) and named_id(what) == what:
        if not address_hash(what):
            raise DigestError(f"{what}: is no address: a host is wanted, as in https://example.org/a-story")
        found = [Tombstone(kind="address", hash=address_hash(what), date=day, reason=reason)]
    if not found:
        raise DigestError(f"{what}: no article and no post has this id or address; a handle is written @name")
    return found


def _posts(survey: Survey, what: str, reason: str, day: str) -> list[Tombstone]:
    """A tombstone for each form in which a post is embedded."""
    archive, address = survey.archive, address_hash(what)
    own = {named_id(what), address} - {""}
    ids = {id for id, post in archive.posts.items() if own & {id, address_hash(post.url)}}
    forms = {
        (post.id, post_hash(post))
        for article in (*archive.articles.values(), *(one for older in archive.older.values() for one in older))
        for post in article.posts
        if archive.same_posts.get(post.id, post.id) in ids
    }
    return [Tombstone(kind="post", id=id, hash=text, date=day, reason=reason) for id, text in sorted(forms)]


def _is_known(stone: Tombstone, known: Forgotten) -> bool:
    articles = {(one.id, one.hash) for one in known.articles}
    if stone.kind == "address":  # also of an article that is not read any more
        return stone.hash in {address for _, address in articles}
    return (stone.id, stone.hash) in articles | set(known.posts)


def _files(survey: Survey, stones: Forgotten) -> tuple[str, ...]:
    """The files that hold the text: digest only adds to content/, so taking it out is the editor's to do."""
    whole = {raw.file for raw, source in survey.draft.items.all if not stones.wanted(raw, source)}
    articles = survey.archive.articles.values()
    whole |= {one.file for one in articles if not all(map(stones.keeps, one.posts))}
    return tuple(sorted(whole))
