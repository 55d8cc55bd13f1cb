"""The last line of an embed, "— Name (@handle) date" in many wordings, and the text above it."""

import re
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from digest.dates import read_moment
from digest.markup import plain
from digest.model import Post
from digest.stages.embeds.find import dated

_AUTHOR = r"(?P<author>(?:(?!\s[—–―]\s?)[^\n]){0,80}?)"  # a dash in it would begin the line anew
_HANDLE = r"\(\s?@(?P<handle>[\w.@-]{1,80})\s?\)"
_SHARED = (  # as Instagram and its translations say it
    r"A (?:post|photo|video|reel) (?:shared|posted) by|(?:Ein )?(?:Beitrag|Foto|Video) geteilt von"
    r"|(?:Une )?(?:publication|photo|vidéo) partagée par|(?:Una )?(?:publicación|foto) compartida (?:de|por)"
    r"|Un post condiviso da|(?:Uma )?publicação (?:com)?partilhada por|Uma publicação compartilhada por"
    r"|Een bericht gedeeld door|Публикация от|Допис,? поширений|تمت مشاركة منشور بواسطة"
)
_POSTED = (  # as Facebook says it
    r"(?:Posted by|Gepostet von|Publié par|Publicad[oa] por|Pubblicato da|Geplaatst door|Опубликовано|Gönderen:?)"
)
_ON = r"(?:on|am|le|sur|el|en|em|il|su|op|в)"
SIGNATURE = re.compile(
    rf"(?:^|\s)(?:[—–―]|-{{1,3}}|{_SHARED})\s*{_AUTHOR}\s*{_HANDLE}"
    rf"[ ,·•|]*(?:{_ON}\s(?=\D{{0,20}}\d))?(?P<date>[^\n]*)$"
)
BARE = re.compile(rf"(?:^|\n)(?P<author>[^\n()]{{2,60}}?)\s*{_HANDLE}[ ,·•|]*(?P<date>[^\n]*)$")
_FACEBOOK = re.compile(rf"(?:^|\s){_POSTED}\s+(?P<author>[^\n]{{1,80}}?)\s+{_ON}\s+(?P<date>[^\n]*\d[^\n]*)$")
_BOILERPLATE = re.compile(
    r"View (?:this|on|more)\b.{0,40}|(?:Read|See) (?:more|replies|\d+ replies).{0,20}|Posted? by\b.{0,80}"
    rf"|(?:{_SHARED}).*|shared by .*|See new .*|♬ .*|\[(?:image|video) or embed\]"
    r"|[^\n]{0,40}(?:(?:auf|sur|en|su|no|op|в|ใน|على|'da) ?Instagram|Instagram['’]da)[^\n]{0,15}",
    re.IGNORECASE,
)
INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def shown(node: LexborNode) -> str:
    """The text of a node without invisible characters."""
    return INVISIBLE.sub("", plain(node.html or ""))


def read_text(node: LexborNode, network: str) -> tuple[str, re.Match[str] | None]:
    """What the post says, without its last line, and that line."""
    signature = _signature(shown(node), network)
    last = signature.group().strip() if signature else ""
    lines = (line.strip() for text in _paragraphs(node, network) for line in text.split("\n"))
    said = (SIGNATURE.sub("", line).strip() for line in lines if not last or line != last)
    return "\n\n".join(line for line in said if line and not _BOILERPLATE.fullmatch(line)), signature


def _signature(text: str, network: str) -> re.Match[str] | None:
    if network == "facebook" and (posted := _FACEBOOK.search(text)):
        return posted
    if signature := SIGNATURE.search(text):
        return signature
    bare = BARE.search(text)
    return bare if bare and read_moment(bare["date"], order="MDY") else None


def _paragraphs(node: LexborNode, network: str) -> list[str]:
    """The paragraphs that hold the post's own words; without any, all its text but its links."""
    if found := [shown(paragraph) for paragraph in node.css("p")]:
        return found
    if network == "reddit":
        return [link.text() for link in node.css("a")[:1]]
    copy = LexborHTMLParser(node.html or "", is_fragment=True)
    for link in copy.css("a"):
        if network == "tiktok" and link.text().startswith("#"):
            continue  # a word of the caption
        link.decompose()
    return [INVISIBLE.sub("", plain(copy.html or ""))]


def signed(post: Post, node: LexborNode, signature: re.Match[str] | None) -> Post:
    """The post with its writer and date, as its last line or a time element gives them."""
    stated = node.css_first("time[datetime]")
    date = (stated.attributes.get("datetime") or "") if stated else signature["date"] if signature else ""
    if signature:
        handle = signature.groupdict().get("handle") or post.handle
        post = replace(post, author=signature["author"].strip(), handle=handle)
    return dated(post, date)
