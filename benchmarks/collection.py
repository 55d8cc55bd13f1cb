"""Labelled collections of articles, read as digest reads its own: for labels.py and quality.py."""

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from digest.model import Article, Body
from digest.stages.facts import ARTICLE_FACTS
from digest.text import extract, words


def rows(path: str | Path) -> Iterator[dict[str, Any]]:
    """The documents of a gzipped file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def read(row: Mapping[str, Any]) -> tuple[Article, Body]:
    """A document (id, title, text, source, published, lang) as an article with its facts."""
    title, text = row["title"] or "(untitled)", row.get("text") or ""
    body = Body(text=text.removeprefix(title).strip())
    day = row.get("published")
    at = int(datetime.fromisoformat(day.replace("Z", "+00:00")).timestamp()) if day else None
    article = Article(
        id=row["id"],
        version="",
        source_id=row.get("source") or "",
        uid=row["id"],
        title=title,
        slug="",
        lead=extract(body.text),
        language=row.get("lang") or "en",
        published_at=at,
        seen_at=at,
        precision="day" if at else "none",
        words=len(words(body.text)),
    )
    facts = {name: found for name, find in ARTICLE_FACTS.items() if (found := find(article, body))}
    return replace(article, facts=facts), body
