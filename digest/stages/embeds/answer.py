"""What a network told of a post as JSON: an oEmbed answer, or what a newsletter keeps beside the card that it draws."""

import re
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from digest.codec import from_json
from digest.markup import plain
from digest.model import Post
from digest.stages.embeds.find import Find, dated, first_address, post_at
from digest.stages.embeds.frame import from_frame
from digest.stages.embeds.quotation import from_quotation

LONGEST_ANSWER = 50_000  # characters

_OEMBED = re.compile(r"\"html\"\s*:\s*\"(?P<html>.*?)\"\s*(?:,\s*\"[a-z_]+\"\s*:|\})", re.DOTALL)
_OEMBED_TEXT = re.compile(r"\"(?P<key>url|author_name|author_url|title)\"\s*:\s*\"(?P<value>[^\"]*)\"")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_HANDLE = re.compile(r"https?://[^/]+/@?(?P<handle>[\w.]+)/?")

_ADDRESSES = ("url", "uri", "embed_url", "permalink")
_IDS = {"instagram_id": "https://www.instagram.com/p/{}/"}  # of newsletters
_TEXTS = ("full_text", "text", "title")
_NAMES = ("author_name", "authorName", "name", "author")
_HANDLES = ("username", "authorHandle")
_DATES = ("date", "createdAt", "timestamp")


def from_answer(node: LexborNode) -> Find | None:
    """An answer saved as it came, also through Markdown."""
    raw = node.text().strip()
    if not raw.startswith("{") or len(raw) > LONGEST_ANSWER or ('"html"' not in raw and '"author_name"' not in raw):
        return None
    fields = _answered(raw)
    inner = LexborHTMLParser(fields.get("html", ""), is_fragment=True)
    parts = (part for tree in (inner, node) for part in tree.css("blockquote, iframe"))
    found = next((find for part in parts if (find := _part(part))), None)
    post = found.post if found else _told(fields)
    if post is None:
        return None
    handle = _HANDLE.fullmatch(fields.get("author_url", ""))
    known = post.handle or (handle["handle"] if handle else "")
    text = post.text or plain(fields.get("title", ""))
    return Find((node,), replace(post, text=text, author=post.author or fields.get("author_name", ""), handle=known))


def from_attributes(node: LexborNode) -> Find | None:
    """A newsletter's card, by the JSON in its data-attrs."""
    raw = node.attributes.get("data-attrs") or ""
    if not raw.startswith("{") or len(raw) > LONGEST_ANSWER:
        return None
    post = _told(_answered(raw))
    return Find((node,), post) if post else None


def _part(node: LexborNode) -> Find | None:
    return from_quotation(node) if node.tag == "blockquote" else from_frame(node)


def _told(fields: dict[str, str]) -> Post | None:
    """The post that the fields tell of by themselves."""
    made = [form.format(value) for name, form in _IDS.items() if (value := fields.get(name))]
    address = first_address([*(fields.get(name, "") for name in _ADDRESSES), *made])
    if address is None:
        return None
    text, author, handle, date = (
        next((fields[name] for name in names if fields.get(name)), "") for names in (_TEXTS, _NAMES, _HANDLES, _DATES)
    )
    return dated(post_at(address, text=plain(text), author=author, handle=handle.removeprefix("@")), date)


def _answered(raw: str) -> dict[str, str]:
    """The texts of an answer; picked out one by one where Markdown took its backslashes."""
    try:
        stated = from_json(raw.encode(), dict[str, object])
    except ValueError:
        html = _OEMBED.search(raw)
        fields = {found["key"]: found["value"] for found in _OEMBED_TEXT.finditer(raw)}
        fields["html"] = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), html["html"] if html else "")
        return {name: value.replace("\\/", "/") for name, value in fields.items()}
    return {name: value for name, value in stated.items() if isinstance(value, str)}
