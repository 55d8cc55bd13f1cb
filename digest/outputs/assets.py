"""Files of templates/static, copied as they are."""

from collections.abc import Mapping
from typing import cast

from digest.templating import Render
from digest.views import Asset


def renderer(assets: Mapping[str, bytes]) -> Render:
    """Renders an asset as the bytes that stand under its name."""
    return lambda page, _: assets[cast(Asset, page.subject).name]
