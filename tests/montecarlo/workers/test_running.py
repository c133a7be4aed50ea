"""How blocks are handed out and taken back: a few at a time, in any order, none lost because another failed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from montecarlo.helpers import run, small, table_bytes
from triangle_sim import resume
from triangle_sim.montecarlo import blocks
from triangle_sim.montecarlo.blocks import Cell
from triangle_sim.montecarlo.design import Design, Job
from triangle_sim.montecarlo.workers import running
from triangle_sim.montecarlo.workers.running import A_SECOND, START, LostWorkersError, Running, finished_blocks

CELLS = [Cell((draw, draw + 1), (0, 2)) for draw in range(200)]
JOB = Job("", Design(200, 2, 1))


def number(job: Job, cell: Cell) -> int:
    if cell.draws[0] % 50 == 7:
        raise ValueError(cell.draws[0])
    return cell.draws[0]


@pytest.mark.parametrize("workers", [0, 1, 3])
def test_every_block_comes_once_and_a_failing_one_as_its_error(workers: int) -> None:
    if workers == 0:
        found = dict(finished_blocks(number, JOB, CELLS, Running(jobs=1)))
    else:
        with ThreadPoolExecutor(workers) as executor:
            found = dict(finished_blocks(number, JOB, CELLS, Running(executor=executor)))
    assert sorted(found) == CELLS
    failed = {cell.draws[0] for cell, answer in found.items() if isinstance(answer, ValueError)}
    assert failed == {7, 57, 107, 157}
    assert all(answer == cell.draws[0] for cell, answer in found.items() if cell.draws[0] not in failed)


def test_few_blocks_are_handed_out_at_a_time_and_none_after_the_end() -> None:
    begun: list[int] = []
    with ThreadPoolExecutor(2) as executor:
        blocks_ = finished_blocks(lambda job, cell: begun.append(cell.draws[0]), JOB, CELLS, Running(executor=executor))
        next(blocks_)
        blocks_.close()
    assert len(begun) <= 1 + 2 * running.WINDOW


class Broken(Executor):
    """Cannot continue after some blocks, in one of several ways."""

    _max_workers = 1

    def __init__(self, how: str) -> None:
        self.how, self.given = how, 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.given += 1
        future: Future[Any] = Future()
        if self.given <= 5:
            future.set_result(fn(*args, **kwargs))
        elif self.how == "refuses":
            raise BrokenExecutor("no more")
        elif self.how == "fails":
            future.set_exception(BrokenExecutor("no more"))
        elif self.how == "cancels":
            future.cancel()
            future.set_running_or_notify_cancel()
        return future

    def check(self) -> None:
        if self.given > 5 and self.how == "says so when asked":
            raise LostWorkersError("no more")


@pytest.mark.parametrize("how", ["refuses", "fails", "cancels", "says so when asked"])
def test_an_executor_that_cannot_continue_is_told_with_what_is_kept(
    how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "block_size", lambda runs: 3)
    monkeypatch.setattr(running, "PAUSE", 0.01)
    words = "cancelled its work" if how == "cancels" else "no more"
    with pytest.raises(LostWorkersError, match=rf"{words}; .* of 36 futures are kept in .*; go on with: .*resume"):
        run(small(), draws=12, replicates=3, executor=Broken(how), folder=tmp_path / "r")
    resume(tmp_path / "r")


def test_processes_are_used_where_they_pay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "cores", lambda: 8)
    for backend, a_second in A_SECOND.items():
        worth = int(a_second * START)
        assert running.workers_for(1, backend, None) == running.workers_for(2 * worth - 1, backend, None) == 1
        assert running.workers_for(2 * worth, backend, None) == 2
        assert running.workers_for(1000 * worth, backend, None) == 8
        assert running.workers_for(10, backend, 5) == 5
    assert running.workers_for(10_000, "llvm", None) == 1


def test_two_runs_at_once_in_threads_end_apart() -> None:
    """Two at once in one process: neither is disturbed by the other's end."""
    first, second = threading.Event(), threading.Event()
    answers = []

    def outer(done: int, runs: int) -> None:
        """The first run has begun: the second begins, and goes on until the first has ended."""
        if not first.is_set():
            first.set()
            assert second.wait(60)

    def inner(done: int, runs: int) -> None:
        if not second.is_set():
            second.set()
            threads[0].join(60)

    def one(progress: Callable[[int, int], None], wait: threading.Event | None) -> None:
        assert wait is None or wait.wait(60)
        with ThreadPoolExecutor(1) as executor:
            answers.append(table_bytes(run(small(), draws=2, replicates=2, executor=executor, progress=progress)))

    threads = [threading.Thread(target=one, args=a) for a in ((outer, None), (inner, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(answers) == 2 and answers[0] == answers[1] == table_bytes(run(small(), draws=2, replicates=2, jobs=1))
