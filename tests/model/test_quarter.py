"""What happens in a quarter: every change is the sum of named parts, and things happen in the order that is told."""

from typing import Any

import numpy as np
import pytest

from model.worlds import EVENTS, scenario
from triangle_sim.countries import JOINT_EFFECTS
from triangle_sim.model.triangle_model import TriangleModel
from triangle_sim.uncertainty import Streams
from triangle_sim.world.environment import CONDITIONS, DRIVERS

SHOCKS = {**EVENTS, "blow": {"hazard": 0.5, "shock": {"chinese_supply": -0.4, "goodwill[PRK,CHN]": 0.2}}}


def parts(model: TriangleModel, before: Any, q: int) -> dict[str, Any]:
    """The parts of quarter q's change of the latent state, each from the record and the parameters alone."""
    prepared, p, record = model.prepared, model.runs.values, model.trajectory
    names, zero = list(prepared.variables), np.zeros_like(before)
    out = {"return": zero.copy(), "luck": zero.copy(), "shocks": zero.copy()}
    rest = {name: zero[0] + model.dynamics.rest[k] for k, name in enumerate(names)}
    led = {name: level.copy() for name, level in rest.items()}
    for index, event in enumerate(prepared.clock.events):
        for name, size in event.effects.items():
            if name in rest:
                rest[name] = rest[name] + size * record.active[q, index]
        for name, size in event.shock.items():
            out["shocks"][names.index(name)] += size * record.begins[q, index]
    for driver in DRIVERS:
        began = prepared.start.environment[driver.condition]
        silent = CONDITIONS[driver.condition].usual if driver.variable.startswith("goodwill[") else began
        now = record.environment[q, prepared.conditions.index(driver.condition)]
        at = (1.0, 1.0) if driver.through is None else record[driver.through][[q, 0]]
        rest[driver.variable] = rest[driver.variable] + p[driver.name] * (now - silent) * at[0]
        led[driver.variable] = led[driver.variable] + p[driver.name] * (began - silent) * at[1]
    for k, name in enumerate(names):
        if name.startswith("goodwill["):
            rest[name] = rest[name] + p["legacy"] * (1 - p["fade"]) ** q * (model.dynamics.start[k] - led[name])
    luck = Streams(model.world_seed, model.draws, model.replicates).normal([f"noise:{name}" for name in names], q + 1)
    for k, name in enumerate(names):
        out["return"][k] = p[f"rate.{name}"] * (rest[name] - before[k])
        out["luck"][k] = p[f"noise.{name}"] * luck[k, q]
    for code, country in zip(prepared.codes, prepared.cast, strict=True):
        out[code] = zero.copy()
        for move in country.menu():
            for name in move.effects:
                size = p[f"effect.{code}.{move.name}.{name}"]
                out[code][names.index(name)] += record.played(code, move.name)[q] * size
    for joint in JOINT_EFFECTS:
        out[joint.name] = zero.copy()
        met = record.met(joint.name)[q]
        for name in joint.effects:
            out[joint.name][names.index(name)] += met * p[f"joint.{joint.name}.{name}"]
    return out


@pytest.mark.parametrize("rule", ["quantal", "best_response"])
def test_the_parts_sum_to_the_change(rule: str) -> None:
    """To rounding: about thirty numbers below one are summed in another order."""
    model = TriangleModel(scenario(events=SHOCKS, decision={"default": {"rule": rule}}), rng=1, draws=np.arange(40))
    seen = set()
    while model.running:
        before, q = model.world.latent.copy(), model.quarter
        model.step()
        found = parts(model, before, q)
        np.testing.assert_allclose(sum(found.values()), model.world.latent - before, rtol=0, atol=1e-14)
        seen |= {name for name, part in found.items() if part.any()}
    model.close()
    assert {"return", "luck", "shocks", *model.prepared.codes} < seen, "some meeting happened too"
