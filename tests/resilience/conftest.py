"""The world that tests of every place copy."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.resilience.world import World, make_world


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Yield a world that has been lived in."""
    made = make_world(tmp_path_factory.mktemp("world"), step=180).live_through()
    yield made
    made.workspace.record.close()
