"""Why an article stands in its story, in one line, and what undoes that."""

from collections.abc import Mapping

from digest.model import Reason


def why(reason: Reason, nearest: str, spelled: Mapping[str, str]) -> str:
    """What joined it, or kept it apart; `nearest` is the title of the story that came next.

    The words that it shares are told as the article spells them.
    """
    if reason.cause == "published":
        return "published in this story by a closed edition"
    if reason.cause == "override":
        return "put here by the editor (overrides.toml)"
    if reason.cause == "apart":
        found = f": {nearest}" if nearest else ""
        return f"began this story; the nearest was {reason.score:.2f} alike (joins from {reason.threshold:.2f}){found}"
    shared = ", ".join(f"{word_of(term, spelled)} {weight:.2f}" for term, weight in reason.words if is_word(term))
    embeds = any(not is_word(term) for term, _ in reason.words)
    by = f" by {shared}" if shared else ""
    post = "; embeds a post that this story's texts embed" if embeds else ""
    next_best = f"; next best {reason.runner_up_score:.2f}: {nearest}" if nearest else ""
    alike = "likely" if reason.cause == "odds" else "alike"
    return f"{reason.score:.2f} {alike} (joins from {reason.threshold:.2f}){by}{post}{next_best}"


def is_word(term: str) -> bool:
    """A post is no word."""
    return not term.startswith("post:")


def word_of(term: str, spelled: Mapping[str, str]) -> str:
    """A shared stem as the article spells it; where only its text does, the beginning of the word."""
    stem = term.removeprefix("~")  # the consonants of a name, as two languages share them
    return spelled.get(stem, stem if stem.isdigit() else f"{stem}…")


def cure(reason: Reason) -> str:
    """What to write into overrides.toml so that it stands alone, or with its nearest."""
    if reason.cause == "apart":
        return f'[[merge]]\narticle = "{reason.article_id}"\ninto = "{reason.runner_up}"'
    return f'[[split]]\narticle = "{reason.article_id}"'
