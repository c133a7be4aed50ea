"""Blocks on other machines: an executor on a Dask Distributed scheduler.

Any scheduler will do, however its workers were started. Workers need this package installed, in the same version, and
nothing else: no shared disk, since a block's result comes back over the network. A worker that dies costs nothing: the
scheduler gives its blocks to another, and a block is the same to the bit wherever it is computed.
"""

from __future__ import annotations

import asyncio
import logging
import pickle
import platform
import re
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any

from triangle_sim.errors import UsageError, quote
from triangle_sim.montecarlo import versions
from triangle_sim.montecarlo.workers.running import LostWorkersError, first_line

ANSWER, WORKERS = 5.0, 30.0
"""Seconds within which a scheduler has to answer, and for which it may be without a worker, at the start and later."""
MANY = 64
"""Workers that a cluster may have later, however few there are when a run begins."""
LIBRARIES = ("mesa", "numpy", "scipy", "llvmlite", "distributed")
"""Those on which the bits of a result depend, and Dask, which has to be the same to be understood."""


class WorkerError(Exception):
    """A worker could not compute a block, for a reason that is not the block's."""


@contextmanager
def connect(scheduler: str, *, answer: float = ANSWER, patience: float = WORKERS) -> Iterator[Cluster]:
    """An executor whose work is done by the workers of ``scheduler``, e.g. ``tcp://127.0.0.1:8786``.

    However the block ends, what has not been computed by then is cancelled and the connection closed.

    Raises
    ------
    UsageError
        where Dask Distributed is not installed, the address is not one, nobody answers there within ``answer`` seconds,
        no worker comes within ``patience`` seconds, or one has other code, libraries or platform than this machine.
    """
    address = _address(scheduler)
    with _client(address, answer) as client:
        try:
            client.wait_for_workers(1, timeout=patience)
        except TimeoutError:
            raise UsageError(
                f"the scheduler at {address} has no worker, and none came within {patience:g} s",
                f"start workers with `dask worker {address} --nworkers=-1 --nthreads 1`, or wait until the queue lets "
                "the first one in, and run the same command again",
            ) from None
        _same_everywhere(client, address)
        yield Cluster(client, address, patience)


class Cluster(Executor):
    """Runs functions on the workers of a scheduler, by Dask's own executor. Let arguments and results be small."""

    def __init__(self, client: Any, address: str, patience: float) -> None:
        self._client, self._address, self._patience = client, address, patience
        self._executor = client.get_executor(pure=False)
        self._max_workers = max(MANY, sum(client.nthreads().values()))
        self._last_seen = time.monotonic()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Send a call; its future is cancelled if the scheduler is lost."""
        self._last_seen = time.monotonic()
        call = pickle.dumps(_Call(pickle.dumps((fn, args, kwargs)), introduction()))
        try:
            future: Future[Any] = self._executor.submit(pickle.loads, call)
        except Exception:
            raise self._lost() from None
        return future

    def check(self) -> None:
        """See that the scheduler is there, and has had a worker not long ago.

        Raises
        ------
        LostWorkersError
            if not: what was sent will not come back.
        """
        if self._client.status != "running":
            raise self._lost()
        if self._client.nthreads():
            self._last_seen = time.monotonic()
        elif time.monotonic() - self._last_seen > self._patience:
            raise LostWorkersError(f"the scheduler at {self._address} has had no worker for {self._patience:g} s")

    def _lost(self) -> LostWorkersError:
        return LostWorkersError(f"the connection to the scheduler at {self._address} was lost")


class _Call:
    """A call that is made where it is unpickled, which is on a worker. The scheduler unpickles what it is sent, too; so
    it gets a function of Python's own and bytes, and needs no triangle_sim."""

    def __init__(self, *parts: Any) -> None:
        self._parts = parts

    def __reduce__(self) -> tuple[Any, ...]:
        return _work, self._parts


def _work(call: bytes, expected: dict[str, str]) -> Any:
    """On a worker: one call, if this worker is like the machine that asks. Workers may join at any time."""
    if differing := versions.differences(expected, introduction()):
        raise WorkerError(f"a worker that joined later, on {platform.node()}, differs from this machine: {differing}")
    function, args, kwargs = pickle.loads(call)
    return function(*args, **kwargs)


def introduction() -> dict[str, str]:
    """What a worker has to have in common with the machine that asks."""
    return versions.here(LIBRARIES)


def _same_everywhere(client: Any, address: str) -> None:
    """Refuse a scheduler that speaks otherwise, and workers that compute otherwise, before anything is computed."""
    ours, help = introduction(), "install the same versions there as here"
    dask = client.get_versions()["scheduler"]["packages"]["distributed"]
    workers = client.run(introduction, on_error="return")
    found: dict[str, Any] = {f"scheduler at {address}": ours | {"distributed": dask}}
    for who, theirs in (found | {f"worker at {each}": workers[each] for each in sorted(workers)}).items():
        if not isinstance(theirs, dict):
            raise UsageError(f"the {who} cannot run triangle_sim: {first_line(theirs)}", help)
        if differing := versions.differences(ours, theirs):
            raise UsageError(f"the {who} differs from this machine: {differing}", help)


def _address(scheduler: Any) -> str:
    """The address, if it can be one."""
    found = re.fullmatch(r"((?:tcp|tls)://[^/\s]*[^/\s:]:\d{1,5})/?", str(scheduler).strip())
    if found is None:
        raise UsageError(
            f"{quote(scheduler)} is not the address of a scheduler: it needs tcp:// or tls://, a host and a port",
            "an address looks like tcp://127.0.0.1:8786; `dask scheduler` prints its own when it starts",
        )
    return found[1]


@contextmanager
def _client(address: str, answer: float) -> Iterator[Any]:
    """A client of the scheduler, quiet: what matters of its log is said in our own words."""
    try:
        import distributed
    except ImportError:
        raise UsageError(
            "--executor dask needs Dask Distributed, which is not installed",
            "pip install 'triangle-sim[dask]', here and on the workers",
        ) from None
    with _quiet("distributed", "distributed.client", "tornado.application"):
        try:
            with ThreadPoolExecutor(1) as thread, warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of other versions: see `_same_everywhere`
                # In a thread, since a notebook has a loop of its own in this one.
                thread.submit(asyncio.run, _ask(address, answer)).result()
                client = distributed.Client(address, timeout=answer, set_as_default=False, name="triangle_sim")
        except Exception as problem:
            reason = "" if isinstance(problem, TimeoutError) else f": {first_line(problem)}"
            raise UsageError(
                f"no scheduler answers at {address} within {answer:g} s{reason}",
                "start one with `dask scheduler --host 127.0.0.1`, or see that address and port are right, and that a "
                "firewall lets them through",
            ) from None
        try:
            yield client
        finally:
            with suppress(Exception):
                client.close(timeout=2)


@contextmanager
def _quiet(*names: str) -> Iterator[None]:
    """Nothing is logged under these names."""
    levels = {logger: logger.level for logger in map(logging.getLogger, names)}
    for logger in levels:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in levels.items():
            logger.setLevel(level)


async def _ask(address: str, answer: float) -> None:
    """See that somebody answers: Dask's client waits for ever for one who takes calls and says nothing."""
    import distributed

    security = distributed.Security().get_connection_args("client")
    async with distributed.rpc(address, timeout=answer, connection_args=security) as remote:
        await asyncio.wait_for(remote.identity(), answer)
