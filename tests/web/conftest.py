"""A page without waiting for the compiler: what is tested here is what stands around the compiled model."""

from __future__ import annotations

from typing import Any

import pytest

from triangle_sim.model.prepared import Prepared
from triangle_sim.scenario.load import load
from triangle_sim.web.pack_about import about


@pytest.fixture(scope="session")
def baseline_about() -> dict[str, Any]:
    """The part ``about`` of the baseline's pack."""
    return about(Prepared(load("baseline")), {"draws": 500, "replicates": 20})
