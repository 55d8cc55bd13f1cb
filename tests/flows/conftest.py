"""What several tests of whole builds begin with."""

from collections.abc import Iterator

import pytest

from digest.flows import publish
from tests import faults


@pytest.fixture(scope="module", name="quick")
def _quick() -> Iterator[None]:
    """Builds without the program that makes the search index."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publish, "make_index", faults.index)
        yield
