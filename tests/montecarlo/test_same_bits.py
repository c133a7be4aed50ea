"""A result depends on the scenario, the seed and the design, and on nothing else."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from montecarlo.helpers import contents, parquet
from triangle_sim import load
from triangle_sim.errors import UsageError
from triangle_sim.montecarlo import blocks as cells, compute as work
from triangle_sim.montecarlo.workers.pool import WORTH_A_PROCESS, WORTH_A_START, jobs_for
from triangle_sim.montecarlo.result import TABLES, Result
from triangle_sim.montecarlo.run import run

DRAWS, REPLICATES = 24, 5

Cut = Callable[[int], None]


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> Cut:
    """``cut(7)``: cut runs into blocks of seven, and those into pieces of half that."""

    def into(size: int) -> None:
        monkeypatch.setattr(cells, "block_size", lambda runs: size)
        monkeypatch.setattr(work, "BLOCK", max(1, size // 2))

    return into


@pytest.fixture(scope="module")
def one_block() -> Result:
    return run("trump_win", draws=DRAWS, replicates=REPLICATES, jobs=1)


@pytest.fixture(scope="module")
def expected(one_block: Result, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return parquet(one_block, tmp_path_factory.mktemp("one") / "r")


def test_the_tables_hold_something(one_block: Result) -> None:
    assert len(one_block.runs) == DRAWS * REPLICATES
    assert one_block.runs["end_state"].nunique() > 1
    assert all(len(getattr(one_block, name)) for name in TABLES)


def test_another_seed_gives_other_bytes(expected: dict[str, bytes], tmp_path: Path) -> None:
    other = parquet(run("trump_win", draws=DRAWS, replicates=REPLICATES, seed=2, jobs=1), tmp_path / "r")
    assert all(other[name] != expected[name] for name in TABLES)


@pytest.mark.parametrize("size", [16, 50, 119, 1000])
def test_block_size_does_not_matter(size: int, expected: dict[str, bytes], cut: Cut, tmp_path: Path) -> None:
    cut(size)
    assert parquet(run("trump_win", draws=DRAWS, replicates=REPLICATES, jobs=1), tmp_path / "r") == expected


def test_runs_one_by_one_are_the_same(cut: Cut, tmp_path: Path) -> None:
    whole = parquet(run("trump_win", draws=3, replicates=3, jobs=1), tmp_path / "whole")
    cut(1)
    assert parquet(run("trump_win", draws=3, replicates=3, jobs=1), tmp_path / "single") == whole


@pytest.mark.parametrize("jobs", [2, 3])
def test_processes_do_not_matter(jobs: int, expected: dict[str, bytes], cut: Cut, tmp_path: Path) -> None:
    cut(31)
    assert parquet(run("trump_win", draws=DRAWS, replicates=REPLICATES, jobs=jobs), tmp_path / "r") == expected


@pytest.mark.parametrize("workers", [1, 4])
def test_threads_do_not_matter(workers: int, expected: dict[str, bytes], cut: Cut, tmp_path: Path) -> None:
    cut(31)
    with ThreadPoolExecutor(workers) as executor:
        result = run("trump_win", draws=DRAWS, replicates=REPLICATES, executor=executor)
    assert parquet(result, tmp_path / "r") == expected


def test_the_order_in_which_blocks_finish_does_not_matter(
    expected: dict[str, bytes], cut: Cut, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from triangle_sim.montecarlo.workers import schedule

    def the_last_one_only(pending: Any, **_: Any) -> Any:
        whole(pending)
        return SimpleNamespace(done=list(pending)[-1:])

    cut(25)
    whole = schedule.wait
    monkeypatch.setattr(schedule, "wait", the_last_one_only)
    with ThreadPoolExecutor(2) as executor:
        result = run("trump_win", draws=DRAWS, replicates=REPLICATES, executor=executor)
    assert parquet(result, tmp_path / "r") == expected


@pytest.mark.parametrize(("draws", "replicates"), [(24, 2), (24, 9), (5, 5), (40, 5), (30, 3)])
def test_shared_runs_do_not_depend_on_the_design(draws: int, replicates: int, one_block: Result) -> None:
    other = run("trump_win", draws=draws, replicates=replicates, jobs=1)
    shared = _shared(one_block.runs, draws, replicates)
    assert len(shared) == min(draws, DRAWS) * min(replicates, REPLICATES)
    pd.testing.assert_frame_equal(shared, _shared(other.runs, DRAWS, REPLICATES), check_exact=True)
    parameters = [r.parameters.head(min(draws, DRAWS)) for r in (one_block, other)]
    pd.testing.assert_frame_equal(*parameters, check_exact=True)


def _shared(runs: pd.DataFrame, draws: int, replicates: int) -> pd.DataFrame:
    return runs[(runs["draw"] < draws) & (runs["replicate"] < replicates)].reset_index(drop=True)


def test_progress_counts_every_run_once(cut: Cut) -> None:
    cut(7)
    seen: list[tuple[int, int]] = []
    run("baseline", draws=5, replicates=4, jobs=1, progress=lambda done, all_: seen.append((done, all_)))
    assert seen == [(4, 20), (8, 20), (12, 20), (16, 20), (20, 20)]


def test_a_failure_in_a_block_is_raised_and_leaves_no_worker(cut: Cut) -> None:
    import multiprocessing

    cut(3)
    broken = load("baseline").model_copy(update={"world": "1950Q1"})
    before = set(multiprocessing.active_children())
    with pytest.raises(Exception, match="1950Q1"):
        run(broken, draws=3, replicates=4, jobs=2)
    assert set(multiprocessing.active_children()) == before


@pytest.mark.parametrize("design", [{"draws": 0}, {"replicates": 0}, {"draws": -1}])
def test_a_design_of_no_runs_is_refused(design: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="at least 1 draw and 1 replicate"):
        run("baseline", **design)


def test_processes_are_used_where_they_pay(monkeypatch: pytest.MonkeyPatch) -> None:
    from triangle_sim.montecarlo.workers import pool

    monkeypatch.setattr(pool.os, "sched_getaffinity", lambda _: set(range(8)), raising=False)
    for begun, enough in ((True, 2 * WORTH_A_PROCESS), (False, 2 * WORTH_A_START)):
        monkeypatch.setattr(pool, "_begun", begun)
        assert jobs_for(1, None) == jobs_for(enough - 1, None) == 1
        assert jobs_for(enough, None) == min(8, enough // WORTH_A_PROCESS)
        assert jobs_for(1000 * WORTH_A_PROCESS, None) == 8
        assert jobs_for(10, 5) == 5


@pytest.mark.parametrize("jobs", [0, -1, True, 2.0, "2", "auto", 1025])
def test_what_is_no_number_of_processes(jobs: Any, tmp_path: Path) -> None:
    """Nothing is run, and no folder made or touched."""
    from triangle_sim.montecarlo.folder.grow import extend
    from triangle_sim.montecarlo.run import resume, run_part

    short = load("baseline").with_(quarters=1)
    there = tmp_path / "there"
    run(short, draws=2, replicates=2, folder=there, jobs=np.int64(1))  # type: ignore[arg-type]
    before = contents(there)
    for use in (
        lambda: run(short, draws=2, replicates=2, jobs=jobs),
        lambda: run(short, draws=2, replicates=2, jobs=jobs, folder=tmp_path / "new"),
        lambda: run_part(short, (1, 1), tmp_path / "new", draws=2, replicates=2, jobs=jobs),
        lambda: resume(there, jobs=jobs),
        lambda: extend(there, draws=3, jobs=jobs),
    ):
        with pytest.raises(UsageError, match=f"^jobs={jobs!r}: not a number of processes\n.* from 1 to 1024, or None"):
            use()
    assert contents(there) == before and not (tmp_path / "new").exists()
