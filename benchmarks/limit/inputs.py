"""What a program of the compiled backend is given, made once and outside the clock."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from triangle_sim.model.prepared import Prepared
from triangle_sim.model.quarter import Luck
from triangle_sim.montecarlo.simulate import twin_name
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.uncertainty import Streams


class Inputs(NamedTuple):
    """``world``: parameters, fate, what happened, pins, each ``(..., worlds x runs)``; ``address``: the runs' words and
    the seed; ``luck``: the random numbers of all quarters ``(quarters, names, worlds x runs)``, as made from these."""

    world: tuple[Any, ...]
    address: tuple[Any, Any]
    luck: Luck


def pins(worlds: int) -> list[dict[str, float]]:
    """The world itself, and the twins that outcomes compare it with."""
    twins = {twin_name(dict(o.twin)): dict(o.twin) for o in OUTCOMES.values() if o.twin}
    return [{}, *(twins[name] for name in sorted(twins))][:worlds]


def inputs(plan: Prepared, seed: int, draws: Any, replicates: Any, worlds: int, real: Any) -> Inputs:
    """The inputs of some runs of a scenario, in so many worlds."""
    streams, quarters = Streams(seed, draws, replicates), plan.scenario.quarters
    fate, happened = plan.clock.fate(streams, draws.size, quarters), plan.clock.start(draws.size)
    held = np.asarray([[pin.get(name, np.nan) for pin in pins(worlds)] for name in plan.conditions], real)
    values = plan.sample(seed, draws).stacked_per_run(draws).astype(real)
    noise = streams.normal([f"noise:{name}" for name in plan.variables], quarters).swapaxes(0, 1)
    choice = streams.uniform([f"choice:{code}" for code in plan.codes], range(quarters)).swapaxes(0, 1)

    def tiled(part: Any) -> Any:
        return np.ascontiguousarray(np.concatenate([part] * worlds, axis=-1))

    world = (
        tiled(values),
        type(fate)(*map(tiled, fate)),
        type(happened)(*map(tiled, happened)),
        np.repeat(held, draws.size, axis=1),
    )
    luck = Luck(*(tiled(part.astype(real)) for part in (noise, choice)), world[1].luck)
    return Inputs(world, (streams.address, streams.seed), luck)
