"""Why an article stands in its story, in one line, and what undoes that."""

from digest.model import Reason


def why(reason: Reason, runner_up: str) -> str:
    """What joined it; `runner_up` is the title of the story that came next, if one did."""
    if reason.cause == "published":
        return "published in this story by a closed edition"
    if reason.cause == "override":
        return "put here by the editor (overrides.toml)"
    shared = ", ".join(term.removeprefix("~") for term in reason.words if not term.startswith("post:"))
    embeds = any(term.startswith("post:") for term in reason.words)
    post = "; embeds a post that this story's texts embed" if embeds else ""
    next_best = f"; next best {reason.runner_up_score:.2f}: {runner_up}" if runner_up else ""
    return f"{reason.score:.2f} alike (joins from {reason.threshold:.2f}) by {shared}{post}{next_best}"


def cure(reason: Reason) -> str:
    """What to write into overrides.toml so that it stands alone."""
    return f'[[split]]\narticle = "{reason.article_id}"'
