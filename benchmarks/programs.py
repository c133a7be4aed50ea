"""Contestants that are programs alone: parameters given, from the start to the horizon, and nothing around them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from contestants import SCENARIO, SEED, WIDTH, Go, address, contestant, needs


@contestant
def jax_program(precision: str = "double", worlds: int = 1) -> Iterator[Go]:
    """JAX's program alone: parameters and random numbers given, from the start to the horizon."""
    needs("jax")
    import jax
    from limit.inputs import inputs

    import triangle_sim as ts
    from triangle_sim import compiled
    from triangle_sim.model.prepared import BlueprintKey
    from triangle_sim.model.prepared import prepared_for

    plan, width = prepared_for(ts.load(SCENARIO)), compiled.WIDTH
    real = np.float64 if precision == "double" else np.float32
    with jax.enable_x64(True):
        given = inputs(plan, SEED, *address(width), worlds, real)
        values, fate, happened, pins = given.world
        arguments = jax.device_put((values, fate, given.luck, happened, pins))
        run = compiled._program(BlueprintKey(plan), worlds, real)

        def go() -> tuple[int, dict[str, Any]]:
            jax.block_until_ready(run(*arguments))
            return width * worlds, {}

        yield go


@contestant
def llvm_program(precision: str = "double", worlds: int = 1) -> Iterator[Go]:
    """LLVM's program alone, which makes its random numbers itself: parameters given, from the start to the horizon."""
    needs("llvm")
    from limit.inputs import pins

    import triangle_sim as ts
    from triangle_sim.backends.llvm.backend import prepared
    from triangle_sim.model.prepared import prepared_for

    plan = prepared_for(ts.load(SCENARIO))
    simulate, filled = prepared(plan, SEED, *address(WIDTH), pins(worlds), precision)

    def go() -> tuple[int, dict[str, Any]]:
        simulate()  # it writes to the memory of `filled`
        return WIDTH * len(filled), {}

    yield go


@contestant
def limit_program(library: str, worlds: int = 1, random: bool = True) -> Iterator[Go]:
    """The limit: the engine's own arithmetic as one generated C++ program, every operation fused."""
    from pathlib import Path

    from limit.build import prepare
    from limit.inputs import inputs

    import triangle_sim as ts
    from triangle_sim.model.prepared import prepared_for

    plan = prepared_for(ts.load(SCENARIO))
    given = inputs(plan, SEED, *address(WIDTH), worlds, np.float64)
    call, *_ = prepare(Path(library), plan, given, worlds, random)

    def go() -> tuple[int, dict[str, Any]]:
        call()
        return WIDTH * worlds, {}

    yield go
