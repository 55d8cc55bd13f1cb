"""What several tests of whole builds begin with."""

from collections.abc import Iterator

import pytest
from jinja2 import Environment

from digest.flows import publish
from tests import faults


@pytest.fixture(scope="module", name="quick")
def _quick() -> Iterator[None]:
    """Builds without the program that makes the search index, and with templates that are compiled once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publish, "make_index", faults.index)
        patch.setattr(Environment, "compile", Environment.compile)
        faults.compile_once()
        yield
