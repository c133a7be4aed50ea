"""What the property tests share: scenarios with something of everything, and a trajectory as comparable bits."""

from typing import Any

import numpy as np

from triangle_sim.model.trajectory import Trajectory
from triangle_sim.model.triangle_model import TriangleModel
from triangle_sim.scenario.schema import Scenario

EVENTS: dict[str, Any] = {
    "opening": {
        "window": ["2024Q4", "2025Q3"],
        "effects": {"us_russia_opening": 0.6},
        "group": "who",
        "probability": 0.5,
    },
    "other": {"hazard": 0.3, "effects": {"seoul_market": 0.3}, "group": "who", "probability": 0.3},
    "thaw": {
        "condition": [{"variable": "us_prk_dialogue", "above": 0.1, "for": 2}],
        "effects": {"goodwill[USA,PRK]": 0.3},
        "shock": {"peninsula_tension": -0.2},
        "duration": 3,
    },
}

DECISION = {
    "default": {"rule": "quantal", "depth": 2},
    "KOR": {"rule": "habit", "inertia": 0.4},
    "USA": {"rule": "scripted", "script": ["offer_summit", "build_trilateral"]},
    "RUS": {"rule": "equilibrium", "max_iterations": 12},
}


def scenario(**fields: Any) -> Scenario:
    """Six quarters with events, groups and four decision rules; sizes by judgement, whatever the record says."""
    base = {"name": "x", "sizes": "judgement", "quarters": 6, "events": EVENTS, "decision": DECISION}
    base["groups"] = {"who": "one of two"}
    return Scenario.model_validate({**base, **fields})


def run(world: Scenario, draws: Any = None, replicates: Any = None, **options: Any) -> Trajectory:
    """A finished run; by default six draws of two replicates."""
    if draws is None:
        draws, replicates = np.repeat(np.arange(6), 2), np.tile(np.arange(2), 6)
    luck = {"seed": world.seed} | options
    model = TriangleModel(world, draws=draws, replicates=replicates, **luck)
    trajectory = model.run_model()
    model.close()
    return trajectory


def bits(trajectory: Trajectory, runs: Any = slice(None)) -> dict[str, Any]:
    """Everything recorded, by name, so that worlds with other countries or events beside it can be compared."""
    prepared = trajectory.prepared
    named = {
        "state": prepared.variables,
        "environment": prepared.conditions,
        "moves": prepared.codes,
        "meetings": [joint.name for joint in prepared.joint_effects],
        "begins": prepared.clock.names,
        "active": prepared.clock.names,
    }
    out = {"theory": trajectory.theory[runs]}
    for part, names in named.items():
        recorded = getattr(trajectory, part)
        out |= {f"{part} {name}": recorded[:, k][:, runs] for k, name in enumerate(names)}
    return out


def assert_same(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    """Bit for bit."""
    assert sorted(ours) == sorted(theirs)
    differing = [name for name in ours if not np.array_equal(ours[name], theirs[name])]
    assert not differing, differing
