"""Why an article stands in its story, in one line, and what undoes that."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial

from digest.display import hundredths, say
from digest.model import Article, Reason, Site
from digest.names import skeleton
from digest.text import spelled

SAID = {
    "odds": "{score} likely (joins from {threshold})",
    "apart": "began this story; the nearest was {score} alike (joins from {threshold})",
}
ALIKE = "{score} alike (joins from {threshold})"
TELLING_FIGURE = 3  # digits
SHOWN = 2  # digits of a number, behind its point
ACROSS = "~"  # before the consonants of a name, as two languages share them


FIRST = Reason(article_id="", story_id="", score=0.0, threshold=0.0, cause="first")  # nothing was compared with it
TOLD = {  # causes that are no measure
    "published": "published in this story by a closed edition",
    "override": "put here by the editor (overrides.toml)",
    "split": "made a story of its own by the editor (overrides.toml)",
    "first": "began this story: none before it had anything in common with it",
}


def why(reason: Reason, nearest: str, spelled: Mapping[str, str], site: Site) -> str:
    """What joined it, or kept it apart; `nearest` is the title of the story that came next.

    The words that it shares are told as the article spells them.
    """
    if reason.cause in TOLD:
        return say(site, TOLD[reason.cause])
    measured = SAID.get(reason.cause, ALIKE)
    told = partial(hundredths, language=site.language)
    said = say(site, measured, score=told(reason.score), threshold=told(reason.threshold))
    if reason.cause == "apart":
        return f"{said}: {nearest}" if nearest else said
    if words := [f"{word_of(term, spelled)} {told(weight)}" for term, weight in reason.words if _is_telling(term)]:
        said = say(site, "{measured} by {words}", measured=said, words=say(site, ", ").join(words))
    also = (
        [say(site, "embeds a post that this story's texts embed")] if not all(map(is_word, dict(reason.words))) else []
    )
    if nearest:
        also.append(
            say(
                site,
                "next best {score} (joins from {threshold}): {title}",
                score=told(reason.runner_up_score),
                threshold=told(reason.runner_up_threshold),
                title=nearest,
            )
        )
    return say(site, "; ").join([said, *also])


def written(article: Article, terms: Iterable[str]) -> Mapping[str, str]:
    """Each of some terms, stems or names as languages share them, → the word as the article first spells it."""
    wanted = {term.removeprefix(ACROSS) for term in terms}
    if not wanted:
        return {}
    known = spelled(f"{article.title}\n{article.lead}\n{article.facts.get('names', '')}", article.language)
    if any(term.startswith(ACROSS) for term in terms):
        known = {skeleton(word, article.language): word for word in reversed(known.values())} | known
    return {term: known[term] for term in wanted if term in known}


def _is_telling(term: str) -> bool:
    """Is it a word that tells a reader something: an hour or a day tells nothing without its text."""
    return is_word(term) and not (term.isdigit() and len(term) < TELLING_FIGURE)


def is_word(term: str) -> bool:
    """A post is no word."""
    return not term.startswith("post:")


def word_of(term: str, spelled: Mapping[str, str]) -> str:
    """A shared stem as the article spells it; where only its text does, the beginning of the word."""
    stem = term.removeprefix(ACROSS)
    return spelled.get(stem, stem if stem.isdigit() else f"{stem}…")


def cure(reason: Reason) -> str:
    """What to write into overrides.toml so that it stands alone, or with its nearest; empty where none is.

    Nor is there anything to write where the editor has written it.
    """
    if reason.cause in ("split", "first") or (reason.cause == "published" and reason.story_id == reason.article_id):
        return ""
    if reason.cause == "apart":
        if not reason.runner_up:
            return ""
        return f'[[merge]]\narticle = "{reason.article_id}"\ninto = "{reason.runner_up}"'
    return f'[[split]]\narticle = "{reason.article_id}"'


def as_shown(reason: Reason) -> Reason:
    """Its numbers as a page shows them: finer ones move with every text that comes, and would move the page."""
    return replace(
        reason,
        score=round(reason.score, SHOWN),
        threshold=round(reason.threshold, SHOWN),
        words=tuple((term, round(weight, SHOWN)) for term, weight in reason.words),
        runner_up_score=round(reason.runner_up_score, SHOWN),
        runner_up_threshold=round(reason.runner_up_threshold, SHOWN),
    )
