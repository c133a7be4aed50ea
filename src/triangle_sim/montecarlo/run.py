"""Run a scenario: draws x replicates, in blocks, on one process or several, with the same result to the bit."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from contextlib import closing
from typing import Any

import numpy as np

from triangle_sim.model import blueprint_of
from triangle_sim.montecarlo.block import BlockResult, Design, run_block
from triangle_sim.montecarlo.result import Result
from triangle_sim.montecarlo.stop import deaf_children, listen
from triangle_sim.scenario.schema import Scenario

Progress = Callable[[int, int], None]
"""Called with runs done and runs in all, after every block."""

WORTH_A_PROCESS = 2500
"""Runs below which starting another process takes longer than it saves (imports take about a second)."""


def jobs_for(runs: int, jobs: int | None) -> int:
    """How many processes to use: what is asked for, else as many as pay, at most one a core this process may use."""
    if jobs is not None:
        return max(1, jobs)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, runs // WORTH_A_PROCESS))


def run(
    scenario: Scenario | str,
    *,
    draws: int | None = None,
    replicates: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> Result:
    """Simulate ``draws * replicates`` futures of a scenario.

    Parameters
    ----------
    scenario
        a scenario, or the name or path of one.
    draws, replicates, seed
        the design; default: the scenario's own.
    jobs
        processes; default: as many as pay. The result does not depend on it.
    progress
        told runs done and runs in all.
    executor
        any ``concurrent.futures`` executor to use in place of processes of our own.

    Raises
    ------
    ScenarioError
        if the scenario is not valid; nothing is run.
    ValueError
        for a design of no runs.
    """
    from triangle_sim.api import load

    loaded = load(scenario) if isinstance(scenario, str) else scenario
    design = Design(
        loaded.draws if draws is None else draws,
        loaded.replicates if replicates is None else replicates,
        loaded.seed if seed is None else seed,
    )
    if design.draws < 1 or design.replicates < 1:
        raise ValueError(f"a design needs at least 1 draw and 1 replicate, got {design.draws} x {design.replicates}")
    blocks = design.blocks()
    workers = min(jobs_for(design.runs, jobs), len(blocks))
    results = []
    with closing(_blocks(loaded, design, blocks, workers, executor)) as finished:
        for block in finished:
            results.append(block)
            if progress is not None:
                progress(sum(len(r.columns["draw"]) for r in results), design.runs)
    return gather(loaded, design, sorted(results, key=lambda block: block.first))


def _blocks(
    scenario: Scenario, design: Design, blocks: list[tuple[int, int]], workers: int, executor: Executor | None
) -> Generator[BlockResult, None, None]:
    if executor is not None:
        yield from _finished(executor, scenario, design, blocks)
    elif workers == 1:
        for first, end in blocks:
            yield run_block(scenario, design, first, end)
    else:
        context = multiprocessing.get_context("spawn")
        stop = context.Event()
        pool = ProcessPoolExecutor(workers, mp_context=context, initializer=listen, initargs=(stop,))
        try:
            yield from _finished(pool, scenario, design, blocks)
        except BaseException:
            stop.set()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _finished(
    pool: Executor, scenario: Scenario, design: Design, blocks: Iterable[tuple[int, int]]
) -> Iterator[BlockResult]:
    with deaf_children():
        pending = [pool.submit(run_block, scenario, design, first, end) for first, end in blocks]
    try:
        for future in as_completed(pending):
            yield future.result()
    finally:
        for future in pending:
            future.cancel()


def gather(scenario: Scenario, design: Design, blocks: list[BlockResult]) -> Result:
    """Put blocks, in the order of their runs, into one result."""
    import pandas as pd

    from triangle_sim.montecarlo.frames import frames
    from triangle_sim.montecarlo.manifest import manifest

    counts = blocks[0].tally
    for block in blocks[1:]:
        counts = counts + block.tally
    columns = {name: np.concatenate([block.columns[name] for block in blocks]) for name in blocks[0].columns}
    plan = blueprint_of(scenario)
    sampled = plan.sample(design.seed, range(design.draws))
    drawn: dict[str, Any] = {"draw": sampled.numbers, "theory": np.asarray(sampled.theories, object)[sampled.theory]}
    return Result(
        scenario,
        design.draws,
        design.replicates,
        design.seed,
        manifest(scenario, design),
        runs=pd.DataFrame(columns),
        parameters=pd.DataFrame(drawn | dict(sampled.values)),
        **frames(plan, counts),
    )
