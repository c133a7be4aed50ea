"""How much of the time of futures goes into random numbers, wherever they are made.

NumPy is given them: the time of the functions that make them is taken. LLVM's program makes most of them
itself. So a second program is written that makes the numbers of each quarter many times more: what it takes longer,
over as many times, is what the first one spends on them.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any

from asked import SEED, WIDTH, address, pins
from stopwatch import watching

MORE, PAIRS, WORLDS = 16, 7, 2
"""How often numbers are made again, how many pairs of programs are timed, and the worlds of a future."""

Share = Callable[[], float]


def watching_luck(scenario: Any, backend: str, precision: str) -> Callable[[], AbstractContextManager[Share]]:
    """What watches some work; it yields a function that tells the share once the work is done."""
    from triangle_sim.uncertainty.streams import Streams

    inside = share_inside(scenario, precision) if backend == "llvm" else 0.0

    @contextmanager
    def watched() -> Iterator[Share]:
        with ExitStack() as stack:
            given = stack.enter_context(watching(Streams, "uniform", "normal"))
            if not inside:
                yield given.share
                return
            from triangle_sim.backends import llvm

            whole = stack.enter_context(watching(llvm, "trajectories"))
            before = stack.enter_context(watching(llvm, "ready"))
            yield lambda: given.share() + inside * (whole.inside - before.inside) / given.total

    return watched


def share_inside(scenario: Any, precision: str) -> float:
    """The share of the time of LLVM's program, for both worlds of futures: the median over pairs."""
    (once, *_kept), (again, *_kept_too) = once_and_again(scenario, precision)
    shares = []
    for _ in range(PAIRS):
        first, second = seconds(once), seconds(again)
        shares.append((second / first - 1) / MORE)
    return statistics.median(shares)


Ready = tuple[Callable[[], None], list[Any]]


def once_and_again(scenario: Any, precision: str) -> tuple[Ready, Ready]:
    """The program, and the one that makes its numbers many times over, each with the trajectories it fills."""
    from triangle_sim.backends.llvm import ready
    from triangle_sim.model.prepared import prepared_for

    given = prepared_for(scenario), SEED, *address(WIDTH), pins(WORLDS), precision
    with many_times_over():
        again = ready(*given)
    return ready(*given), again


@contextmanager
def many_times_over() -> Iterator[None]:
    """Within it programs are written that make their numbers so often."""
    from importlib import import_module

    from triangle_sim.backends import llvm

    program = import_module("triangle_sim.backends.llvm.program")  # the package has a function of that name

    class Again(program._Writer):
        def _luck(self, at: Any, q: Any) -> None:
            for _ in range(1 + MORE):
                super()._luck(at, q)

    original, program._Writer = program._Writer, Again
    llvm._compiled.cache_clear()
    try:
        yield
    finally:
        program._Writer = original
        llvm._compiled.cache_clear()


def seconds(call: Callable[[], None]) -> float:
    """How long it takes, the better of two."""
    took = []
    for _ in range(2):
        began = time.perf_counter()
        call()
        took.append(time.perf_counter() - began)
    return min(took)
