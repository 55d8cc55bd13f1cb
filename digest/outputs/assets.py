"""Files of templates/static, copied as they are."""

from collections.abc import Callable, Mapping
from typing import cast

from digest.model import Body, Page
from digest.views import Asset

Render = Callable[[Page, Mapping[str, Body]], bytes]


def renderer(assets: Mapping[str, bytes]) -> Render:
    """Renders an asset as the bytes that stand under its name."""
    return lambda page, _: assets[cast(Asset, page.subject).name]
