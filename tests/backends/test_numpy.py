"""The reference backend steps the model's own source: the same runs as the Mesa model, in every world asked for."""

import numpy as np
import pytest

from triangle_sim import load
from triangle_sim.backends import numpy as reference
from triangle_sim.model.prepared import prepared_for
from triangle_sim.model.triangle_model import TriangleModel

DRAWS, REPLICATES = np.repeat(np.arange(4), 2), np.tile(np.arange(2), 4)
PARTS = ("state", "environment", "moves", "meetings", "begins", "active", "draws", "replicates", "theory")


@pytest.mark.parametrize("name", ["trump_win", "sino_soviet_split_1961"])
def test_it_is_the_mesa_model_without_agents(name: str) -> None:
    scenario = load(name).with_(quarters=6)
    pins = [dict(scenario.pin), {"ukraine_war": 0.25}]
    found = reference.trajectories(prepared_for(scenario), 5, DRAWS, REPLICATES, pins)
    assert len(found) == 2
    for pin, ours in zip(pins, found, strict=True):
        model = TriangleModel(scenario, seed=5, draws=DRAWS, replicates=REPLICATES, pin=pin)
        theirs = model.run_model()
        assert all(np.array_equal(getattr(ours, part), getattr(theirs, part)) for part in PARTS)
    assert (found[1]["ukraine_war"] == 0.25).all() and not (found[0]["ukraine_war"] == 0.25).all()
