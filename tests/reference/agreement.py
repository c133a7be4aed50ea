"""Hold one block of the model against the scalar program, quarter by quarter."""

from typing import Any

import numpy as np

from reference.scalar import World
from triangle_sim.model.triangle_model import TriangleModel

TOLERANCE = 1e-9
"""Both sides compute in double precision; quantile functions of two libraries differ by up to about 1e-13."""

CLOSE = 1e-9
"""A uniform number nearer than this to the border between two moves may fall on either side of it."""


def simulated(
    scenario: Any, draws: list[int], replicates: list[int], given: Any = None
) -> tuple[Any, list[dict[str, Any]]]:
    """The model's trajectory, and its mixes of every quarter."""
    model = TriangleModel(scenario, rng=scenario.seed, draws=draws, replicates=replicates, parameters=given)
    mixes = []
    while model.running:
        model.step()
        mixes.append(model.decision.mixes)
    model.close()
    return model.trajectory, mixes


def compare(scenario: Any, draws: list[int], replicates: list[int], given: Any = None) -> float:
    """Assert that every run agrees in everything that is recorded; returns the share of quarters compared.

    ``given`` are parameters by name, a value a draw each, in place of drawn ones.
    """
    trajectory, mixes = simulated(scenario, draws, replicates, given)
    compared = 0
    for run, (draw, replicate) in enumerate(zip(draws, replicates, strict=True)):
        row = {name: values[draw] for name, values in (given or {}).items()}
        history = World(scenario, scenario.seed, draw, replicate, row).run()
        assert trajectory.theory[run] == history.theory, (draw, "theory")
        first = trajectory.state[0, :, run]
        _same_levels(trajectory.prepared.variables, first, history.states[0], (draw, replicate, "start"))
        for q in range(scenario.quarters):
            if history.close_call[q] < CLOSE:
                break
            where = (scenario.name, draw, replicate, q)
            _same_quarter(trajectory, mixes[q], run, history, q, where)
            compared += 1
    return compared / (scenario.quarters * len(draws))


def _same_quarter(trajectory: Any, mixes: Any, run: int, history: Any, q: int, where: Any) -> None:
    prepared = trajectory.prepared
    names = {country.code: [move.name for move in country.menu()] for country in prepared.cast}
    events = prepared.clock.names
    for recorded, mine in ((trajectory.begins, history.begins), (trajectory.active, history.active)):
        assert {name for k, name in enumerate(events) if recorded[q, k, run]} == mine[q], (*where, "events")
    _same_levels(prepared.conditions, trajectory.environment[q, :, run], history.environments[q], where)
    for code in prepared.codes:
        expected = [history.mixes[q][code].get(move, 0.0) for move in names[code]]
        gap = np.max(np.abs(mixes[code][:, run] - expected))
        assert gap <= 10 * TOLERANCE, (*where, code, gap)
    played = {code: names[code][trajectory.moves[q, k, run]] for k, code in enumerate(prepared.codes)}
    assert played == history.moves[q], where
    met = {joint.name for k, joint in enumerate(prepared.joint_effects) if trajectory.meetings[q, k, run]}
    assert met == history.meetings[q], where
    _same_levels(prepared.variables, trajectory.state[q + 1, :, run], history.states[q + 1], where)


def _same_levels(names: Any, levels: Any, expected: dict[str, float], where: Any) -> None:
    assert sorted(names) == sorted(expected), where
    for name, level in zip(names, levels, strict=True):
        assert abs(level - expected[name]) <= TOLERANCE, (*where, name, level, expected[name])
