"""Views as pages show them: what a build would make only where it has to be written."""

from collections.abc import Iterable, Iterator

from digest.views import Sketch, View


def drawn(views: Iterable[View | Sketch]) -> Iterator[View]:
    """Each view, made where it was a sketch."""
    return (view.make() if isinstance(view, Sketch) else view for view in views)
