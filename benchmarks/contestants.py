"""What is timed. Each is a generator that makes itself ready and yields a function ``go() -> (count, more)``.

Two measures, and they are not the same:

*worlds a second*: one run stepped to the horizon, with its parameters and its luck, and nothing else;
*futures a second*: the whole pipeline of a run: its world, the twin world that outcomes compare it with, random
numbers, outcomes, counts, and the block as the bytes that are stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from asked import REPLICATES, SCENARIO, SEED, WIDTH, address, needs, pins
from luck import watching_luck

Go = Callable[..., tuple[int, dict[str, Any]]]
CONTESTANTS: dict[str, Callable[..., Iterator[Go]]] = {}


def contestant(function: Callable[..., Iterator[Go]]) -> Callable[..., Iterator[Go]]:
    """Register it under its own name."""
    CONTESTANTS[function.__name__] = function
    return function


@contestant
def batch_run() -> Iterator[Go]:
    """One world at a time through `mesa.batch_run`, as a user of Mesa would call it."""
    import mesa

    from triangle_sim import TriangleModel

    at = 0

    def go(worlds: int = 10) -> tuple[int, dict[str, Any]]:
        nonlocal at
        seeds = range(at, at + worlds)
        parameters = {"scenario": [SCENARIO], "rng": seeds}
        rows = mesa.batch_run(TriangleModel, parameters, number_processes=1, display_progress=False)
        at += worlds
        assert len({row["rng"] for row in rows}) == worlds
        return worlds, {}

    yield go


@contestant
def scalar() -> Iterator[Go]:
    """The scalar oracle of the tests: plain Python numbers, plain loops; it shares nothing but data."""
    import triangle_sim as ts
    from reference.scalar import World

    scenario, at = ts.load(SCENARIO), 0

    def go(worlds: int = 1) -> tuple[int, dict[str, Any]]:
        nonlocal at
        for run in range(at, at + worlds):
            World(scenario, SEED, run // REPLICATES, run % REPLICATES).run()
        at += worlds
        return worlds, {}

    yield go


@contestant
def numpy_worlds() -> Iterator[Go]:
    """The NumPy backend, a block of runs at a time."""
    import triangle_sim as ts
    from triangle_sim.model.triangle_model import TriangleModel
    from triangle_sim.montecarlo.compute import BLOCK

    scenario, at = ts.load(SCENARIO), 0

    def go() -> tuple[int, dict[str, Any]]:
        nonlocal at
        draws, replicates = address(BLOCK, at)
        model = TriangleModel(scenario, seed=SEED, draws=draws, replicates=replicates, collect=False)
        model.run_model()
        model.close()
        at += BLOCK
        return BLOCK, {}

    yield go


@contestant
def llvm_worlds(precision: str = "double") -> Iterator[Go]:
    """The LLVM backend, a program's width of runs at a time."""
    needs("llvm")
    import triangle_sim as ts
    from triangle_sim.backends.llvm import trajectories
    from triangle_sim.model.prepared import prepared_for

    prepared, at = prepared_for(ts.load(SCENARIO)), 0

    def go() -> tuple[int, dict[str, Any]]:
        nonlocal at
        trajectories(prepared, SEED, *address(WIDTH, at), [{}], precision)
        at += WIDTH
        return WIDTH, {}

    yield go


@contestant
def llvm_program(precision: str = "double", worlds: int = 1) -> Iterator[Go]:
    """LLVM's program alone: parameters given, random numbers and all quarters, and nothing around them."""
    needs("llvm")
    import triangle_sim as ts
    from triangle_sim.backends.llvm import ready
    from triangle_sim.model.prepared import prepared_for

    simulate, filled = ready(prepared_for(ts.load(SCENARIO)), SEED, *address(WIDTH), pins(worlds), precision)

    def go() -> tuple[int, dict[str, Any]]:
        simulate()  # it writes to the memory of `filled`
        return WIDTH * len(filled), {}

    yield go


@contestant
def futures(backend: str = "numpy", precision: str = "double", runs: int = 1000) -> Iterator[Go]:
    """What a worker does with a block, encoding included; and how much of it goes into random numbers."""
    needs(backend)
    import triangle_sim as ts
    from triangle_sim.montecarlo.blocks import Cell
    from triangle_sim.montecarlo.compute import compute
    from triangle_sim.montecarlo.design import Design, Job

    scenario, at = ts.load(SCENARIO), 0
    job = Job.of(scenario, Design(10**6, REPLICATES, SEED, backend, precision))
    watching = watching_luck(scenario, backend, precision)

    def go() -> tuple[int, dict[str, Any]]:
        nonlocal at
        cell = Cell((at, at + runs // REPLICATES), (0, REPLICATES))
        with watching() as share:
            compute(job, cell)
        at += runs // REPLICATES
        return cell.runs, {"random": share()}

    yield go


@contestant
def pipeline(jobs: int = 1, backend: str = "numpy", precision: str = "double") -> Iterator[Go]:
    """A whole run into a folder by so many processes, which are there already and have done some work."""
    needs(backend)
    import tempfile
    from contextlib import nullcontext
    from pathlib import Path

    from triangle_sim.montecarlo.run import run
    from triangle_sim.montecarlo.workers.pool import started

    with started(jobs) if jobs > 1 else nullcontext() as executor:

        def go(runs: int = 12_000) -> tuple[int, dict[str, Any]]:
            with tempfile.TemporaryDirectory() as folder:
                run(
                    SCENARIO,
                    draws=runs // REPLICATES,
                    replicates=REPLICATES,
                    seed=SEED,
                    jobs=1,
                    executor=executor,
                    folder=Path(folder) / "run",
                    backend=backend,
                    precision=precision,
                )
            return runs, {}

        yield go


@contestant
def outcomes(jobs: int = 1, backend: str = "llvm") -> Iterator[Go]:
    """Key outcomes and endings alone, in memory: what questions that play many variants are asked of."""
    needs(backend)
    import triangle_sim as ts
    from triangle_sim.analysis.by_draw import HEADLINE
    from triangle_sim.montecarlo.sample import sample
    from triangle_sim.outcomes.end_state import ENDINGS

    scenario, columns = ts.load(SCENARIO), [*HEADLINE, *(f"end_state={ending}" for ending in ENDINGS)]

    def go(runs: int = 12_000) -> tuple[int, dict[str, Any]]:
        sample(scenario, columns, draws=runs // REPLICATES, replicates=REPLICATES, backend=backend, jobs=jobs)
        return runs, {}

    yield go
