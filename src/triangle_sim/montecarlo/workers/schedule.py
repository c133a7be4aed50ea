"""Handing blocks out and taking them back: some at a time, in any order, and none lost because another failed."""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ThreadPoolExecutor, wait
from functools import partial
from typing import Any

from triangle_sim.montecarlo.blocks import Cell
from triangle_sim.montecarlo.workers.interruption import Interruptions
from triangle_sim.montecarlo.workers.pool import Processes
from triangle_sim.montecarlo.workers.stop import StoppedError, heeding, listening

WINDOW = 3
"""Blocks handed out for each worker: one to compute, others so that it need not wait for the next."""
UNKNOWN = 64
"""Blocks handed out to an executor that does not say how many workers it has."""
TRIES = 3
"""How often a block is tried whose worker dies."""
LOOK = 0.1
"""Seconds after which an interruption is heard at the latest while blocks are waited for."""

Finished = Generator[tuple[Cell, Any], None, None]


class WorkerDiedError(Exception):
    """The process that computed a block died, again and again."""


def carry_out(task: Callable[[Cell], Any], cells: Iterable[Cell], interruptions: Interruptions) -> Finished:
    """Blocks one after another in this process: (block, answer or the exception it ended with)."""
    todo = deque(cells)
    while todo:
        try:
            with listening(interruptions):
                answer = task(todo[0])
        except StoppedError:
            interruptions.tell()
            continue  # whoever was told wants the block all the same
        except Exception as error:
            answer = error
        yield todo.popleft(), answer
        interruptions.tell()


def share_out(
    executor: Executor,
    work: Callable[..., Any],
    job: Any,
    cells: Iterable[Cell],
    stop: threading.Event,
    interruptions: Interruptions,
) -> Finished:
    """Blocks computed by an executor, as they finish: (block, answer or the exception it ended with).

    In the end, come as it may, ``stop`` is set, and nothing is left that was not yet begun (by processes of ours: once
    they are shut down).

    Where the executor is one of ours, a worker that dies costs nothing but time: the blocks that were under way are
    tried again one by one, which finds the one to blame; it is given up after ``TRIES``.

    Raises
    ------
    BrokenExecutor
        if another executor cannot go on.
    """
    if isinstance(executor, ThreadPoolExecutor):
        work = partial(heeding, stop, work)
    todo, suspects, tries = deque(cells), deque[Cell](), Counter[Cell]()
    pending: dict[Future[Any], Cell] = {}
    most = WINDOW * (getattr(executor, "_max_workers", None) or UNKNOWN // WINDOW)
    try:
        while todo or suspects or pending:
            broken, lost = None, list[Cell]()
            try:
                while (suspects and not pending) or (todo and not suspects and len(pending) < most):
                    queue = suspects or todo
                    pending[executor.submit(work, job, queue[0])] = queue[0]
                    queue.popleft()
            except BrokenExecutor as error:
                broken = error
            interruptions.tell()
            for future in wait(pending, timeout=LOOK, return_when=FIRST_COMPLETED).done:
                cell = pending.pop(future)
                answer = future.exception() or future.result()
                if isinstance(answer, BrokenExecutor):
                    broken = answer
                    lost.append(cell)
                elif isinstance(answer, BaseException) and not isinstance(answer, Exception):
                    raise answer
                else:
                    yield cell, answer
            if broken is not None:
                if not isinstance(executor, Processes):
                    raise broken
                lost += pending.values()
                pending.clear()
                executor.restart()
                tries.update(lost)
                suspects += sorted(cell for cell in lost if tries[cell] < TRIES)
                for cell in sorted(cell for cell in lost if tries[cell] >= TRIES):
                    yield cell, WorkerDiedError(f"its process died {TRIES} times (killed, or out of memory?)")
    finally:
        stop.set()
        if not isinstance(executor, Processes):  # a pool that breaks later stumbles over what others have cancelled
            for future in pending:
                future.cancel()
        if isinstance(executor, ThreadPoolExecutor):
            wait(pending)  # they look at ``stop``, which is this run's own
