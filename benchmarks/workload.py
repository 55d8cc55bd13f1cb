"""The same N invented articles as a project of digest's and as posts of site generators.

    python benchmarks/workload.py FOLDER [--articles 1000] [--seed 1] [--days 30] [--more 20]

    FOLDER/project/         nine articles in ten as items of recorded feeds (RSS and Atom), one in ten as Markdown
    FOLDER/posts/           all of them as Markdown, with front matter that Hugo, Eleventy and Pelican read
    FOLDER/more/articles/   further articles, for the project
    FOLDER/more/posts/      the same ones, for site generators
    FOLDER/workload.json    what was written; written last, so that it stands where everything does

The same numbers give the same bytes. benchmarks/invented.py says what the articles are like.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from html import escape
from itertools import count, islice
from pathlib import Path
from random import Random
from typing import NamedTuple

from invented import Article, World, home, slug

ITEMS = (50, 200)  # of a feed document
SETTINGS = """[site]
title = "Workload"
base_url = "https://workload.example.org/"

[articles]
show = "full"

[feeds]
show = "full"
"""


class Form(NamedTuple):
    """How something is written."""

    picture: str
    heading: str
    paragraph: str
    link: str
    post: str
    between: str


HTML = Form(
    picture='<figure><img src="https://pictures.example/{}.jpg" alt="{}" width="1200" height="800"></figure>',
    heading="<h2>{}</h2>",
    paragraph="<p>{}</p>",
    link='<a href="{1}">{0}</a>',
    post='<blockquote class="twitter-tweet" data-lang="en"><p lang="en" dir="ltr">{text}</p>&mdash; {name} (@{by}) '
    '<a href="https://twitter.com/{by}/status/{number}?ref_src=twsrc%5Etfw">September 9, 2026</a></blockquote>\n'
    '<script async src="https://platform.twitter.com/widgets.js" charset="utf-8"></script>',
    between="\n",
)
MARKDOWN = Form(
    picture="![{1}](https://pictures.example/{0}.jpg)",
    heading="## {}",
    paragraph="{}",
    link="[{}]({})",
    post="> {text}\n>\n> — {name} (@{by}) [September 9, 2026](https://twitter.com/{by}/status/{number})",
    between="\n\n",
)


class Feed(NamedTuple):
    """A kind of feed: the document, and an item of it."""

    document: str
    item: str


RSS = Feed(
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>{source}</title><link>{home}/</link>'
    "<description>The latest of {source}</description>\n{items}</channel></rss>\n",
    '<item><title>{title}</title><link>{url}</link><guid isPermaLink="false">{home}/?p={number}</guid>'
    "<pubDate>{mailed}</pubDate><dc:creator>{source}</dc:creator><category>{topic}</category>"
    "<description>{lead}</description><content:encoded><![CDATA[{body}]]></content:encoded></item>\n",
)
ATOM = Feed(
    '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>{source}</title>'
    '<id>{home}/feed</id><link href="{home}/"/><updated>{at}</updated>\n{items}</feed>\n',
    '<entry><title>{title}</title><link href="{url}"/><id>{home}/{number}</id><published>{at}</published>'
    '<updated>{at}</updated><author><name>{source}</name></author><category term="{topic}"/>'
    '<summary>{lead}</summary><content type="html">{escaped}</content></entry>\n',
)


def body(article: Article, form: Form) -> str:
    """The text, with what it shows and embeds."""
    blocks = [form.picture.format(article.number, article.title)] if article.has_picture else []
    for at, sentences in enumerate(article.paragraphs):
        text = " ".join(sentences)
        if at == 3 and article.has_heading:
            blocks.append(form.heading.format(sentences[0][:50]))
        if at == 1 and " " in text:  # a paragraph may be a single word
            first, *linked, rest = text.split(" ", 3)
            text = f"{first} {form.link.format(' '.join(linked), f'{article.address}/reference')} {rest}"
        blocks.append(form.paragraph.format(text))
        if at == min(2, len(article.paragraphs) - 1):
            blocks += [form.post.format(name=one.by.title(), **one._asdict()) for one in article.posts]
    return form.between.join(blocks)


def file(article: Article, **fields: str) -> str:
    """As Markdown with front matter."""
    head = {"title": article.title, "date": f"{article.at:%Y-%m-%d %H:%M:%S}", "source": article.source, **fields}
    lines = "".join(f"{key}: {value}\n" for key, value in head.items())
    return f"---\n{lines}---\n\n{body(article, MARKDOWN)}\n"


def saved(article: Article) -> str:
    """As somebody saves it for digest."""
    return file(article, url=article.url)


def post(article: Article) -> str:
    """As a site generator has it: Hugo reads `categories`, the others `category`."""
    topic = {"category": article.topic, "categories": article.topic}
    return file(article, slug=article.slug, **topic, tags=slug(article.source), original=article.url)


def feed(source: str, articles: Iterable[Article], kind: Feed) -> str:
    """A document, the newest article first."""
    newest_first = sorted(articles, key=lambda article: article.at, reverse=True)
    outlet = {"source": source, "home": home(source)}
    items = "".join(kind.item.format(**outlet, **_fields(article)) for article in newest_first)
    return kind.document.format(**outlet, at=_fields(newest_first[0])["at"], items=items)


def _fields(article: Article) -> dict[str, object]:
    text = body(article, HTML)
    return {
        "title": article.title,
        "url": escape(article.url),
        "number": article.number,
        "topic": article.topic,
        "at": f"{article.at:%Y-%m-%dT%H:%M:%SZ}",
        "mailed": format_datetime(article.at, usegmt=True),
        "lead": article.paragraphs[0][0],
        "body": text,
        "escaped": escape(text, quote=False),
    }


def files(articles: Iterable[Article], chance: Random) -> Iterator[tuple[str, str]]:
    """Path and text of every file; a feed document as soon as its source has enough for it, the others at the end."""
    waiting: defaultdict[str, list[Article]] = defaultdict(list)
    limits: defaultdict[str, int] = defaultdict(lambda: chance.randint(*ITEMS))
    numbers = count(1)

    def document(source: str) -> tuple[str, str]:
        number = next(numbers)
        del limits[source]
        text = feed(source, waiting.pop(source), RSS if number % 2 else ATOM)
        return f"project/content/feeds/{slug(source)}-{number:05}.xml", text

    yield "project/content/digest.toml", SETTINGS
    for article in articles:
        yield f"posts/{article.slug}.md", post(article)
        if article.number % 10 == 7:
            yield f"project/content/articles/{article.slug}.md", saved(article)
            continue
        waiting[article.source].append(article)
        if len(waiting[article.source]) == limits[article.source]:
            yield document(article.source)
    yield from [document(source) for source in sorted(waiting)]


def write(folder: Path, articles: int, *, seed: int = 1, days: int = 30, more: int = 20) -> dict[str, object]:
    """Fills a folder that does not stand yet; what was written."""
    world = World(seed, days)
    told, counted, dates = world.articles(), Counter[str](), list[datetime]()

    def counting() -> Iterator[Article]:
        for article in islice(told, articles):
            words = sum(len(one.split()) for sentences in article.paragraphs for one in sentences)
            counted.update(words=words, copies=article.is_copy, with_posts=bool(article.posts))
            dates.append(article.at)
            yield article

    digest = sha256()
    for name, text in files(counting(), Random(seed)):
        digest.update(f"{name}\0{text}\0".encode())
        counted[f"bytes_of_{'posts' if name.startswith('posts/') else 'project'}"] += len(text.encode())
        put(folder / name, text)
    for minute, further in enumerate(islice(told, more), 1):
        article = replace(further, at=max(dates) + timedelta(minutes=minute))  # news comes last
        put(folder / "more" / "articles" / f"{article.slug}.md", saved(article))
        put(folder / "more" / "posts" / f"{article.slug}.md", post(article))
    known = {"articles": articles, "seed": seed, "days": days, "more": more}
    written = {**known, "stories": world.stories, **counted, "sha256": digest.hexdigest()}
    put(folder / "workload.json", json.dumps(written, indent=1) + "\n")
    return written


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("folder", type=Path)
    ask.add_argument("--articles", type=int, default=1_000)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--days", type=int, default=30, help="over which the articles are spread")
    ask.add_argument("--more", type=int, default=20, help="further articles, to be added one by one")
    asked = ask.parse_args()
    if asked.folder.exists():
        ask.error(f"{asked.folder} stands already")
    print(json.dumps(write(asked.folder, asked.articles, seed=asked.seed, days=asked.days, more=asked.more), indent=1))


if __name__ == "__main__":
    main()
