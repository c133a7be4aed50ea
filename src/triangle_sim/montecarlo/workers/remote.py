"""Calls on the workers of a Dask Distributed scheduler, as a ``concurrent.futures`` executor.

That of Dask itself does not say what became of a call whose scheduler or workers are gone, and does not look who
computes. Everything here that runs in the client's event loop begins with ``async`` or says so.
"""

from __future__ import annotations

import asyncio
import pickle
import platform
import sys
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import suppress
from functools import lru_cache, partial
from importlib import metadata
from typing import TYPE_CHECKING, Any

from triangle_sim.backends.requirements import LIBRARIES as OF_A_BACKEND
from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.design import Job
from triangle_sim.montecarlo.folder.manifest import model_hash, version
from triangle_sim.names import counted

if TYPE_CHECKING:  # an extra, imported when a cluster is asked for
    from distributed import Client

LIBRARIES = ("mesa", "numpy", "scipy", "distributed")
"""Those on which the bits of a result depend, and Dask, which has to be the same to be understood."""

Answer = tuple[Any, BaseException | None]
"""What a call gave: a value, or an error."""


MANY = 64
"""Workers that a cluster may have later, however few there are when a run begins."""


class ClusterLostError(BrokenExecutor, ConnectionError):
    """The scheduler or its workers are gone: what was sent to them will not come back."""


class WorkerError(Exception):
    """A worker could not compute a block, for a reason that is not the block's."""


class Cluster(Executor):
    """Runs functions of this package on the workers of a scheduler.

    Arguments and results are pickled, so let them be small. A future that is cancelled is not waited for; a worker in
    the middle of its block finishes that and throws it away. A function that fails raises what it raised; one whose
    workers keep dying raises :class:`WorkerError`; once the scheduler is gone, or has had no worker for ``patience``
    seconds, all raise :class:`ClusterLostError`.
    """

    def __init__(self, client: Client, address: str, patience: float) -> None:
        self._client, self._address, self._patience = client, address, patience
        self._seen: set[str] = set()  # backends that the workers of the beginning have all it takes for
        self._max_workers = max(MANY, sum(client.nthreads().values()))
        self._pending: set[Future[Any]] = set()
        self._tasks: set[asyncio.Task[Any]] = set()  # of the event loop, and touched there alone
        self._closed = False
        self._lost = ""
        client.loop.add_callback(self._begin)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Send a call; its future is fulfilled when the result is here."""
        if self._closed:
            raise RuntimeError("cannot send work to a cluster after the connection was closed")
        future: Future[Any] = Future()
        backend = next((job.design.backend for job in args if isinstance(job, Job)), "numpy")
        call = pickle.dumps(_Call(pickle.dumps((fn, args, kwargs)), introduction(backend), backend))
        if self._lost or self._client.status != "running":
            future.set_exception(self._why())
            return future
        self._pending.add(future)
        future.add_done_callback(self._pending.discard)
        self._client.loop.add_callback(self._start, future, call)
        return future

    def same_everywhere(self, backend: str = "numpy") -> None:
        """Refuse workers that would compute something else, before anything is computed; asked once a backend.

        Raises
        ------
        UsageError
            with what differs.
        """
        if backend in self._seen:
            return
        help = "install the same version of triangle_sim and of its libraries on every worker"
        try:
            workers = self._client.run(introduction, backend, on_error="return")
        except Exception as problem:
            raise UsageError(
                f"the workers of {self._address} cannot be asked what they run: {first_line(problem)}", help
            ) from None
        ours = introduction(backend)
        for worker, theirs in sorted(workers.items()):
            if not isinstance(theirs, dict):
                raise UsageError(f"the worker at {worker} cannot run triangle_sim: {first_line(theirs)}", help)
            if differing := differences(ours, theirs):
                raise UsageError(f"the worker at {worker} differs from this machine: {differing}", help)
        self._seen.add(backend)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more work; wait for what is running, or give it up."""
        self._closed = True
        for future in list(self._pending):
            if cancel_futures:
                future.cancel()
            elif wait:
                with suppress(Exception, CancelledError):
                    future.exception()
        with suppress(RuntimeError):  # the loop is closed already
            self._client.loop.add_callback(self._stop)

    def _begin(self) -> None:
        """In the loop: look after the workers."""
        self._keep(asyncio.ensure_future(self._look_for_workers()))

    def _start(self, future: Future[Any], call: bytes) -> None:
        """In the loop: follow a call until there is an answer, or nobody wants it any more."""
        task = self._keep(asyncio.ensure_future(self._follow(call)))
        loop = asyncio.get_running_loop()

        def give_up(future: Future[Any]) -> None:
            if future.cancelled():
                with suppress(RuntimeError):  # the loop is closed: the scheduler has dropped the call already
                    loop.call_soon_threadsafe(task.cancel)

        task.add_done_callback(partial(self._settle, future))
        future.add_done_callback(give_up)

    def _stop(self) -> None:
        """In the loop: follow nothing any more; Dask drops a call whose future nobody holds."""
        for task in self._tasks:
            task.cancel()

    def _keep(self, task: asyncio.Task[Any]) -> asyncio.Task[Any]:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _follow(self, call: bytes) -> Answer:
        try:
            # The scheduler unpickles what it is sent, so it gets a function of Python's own and some bytes:
            # a scheduler without this package will do.
            sent = self._client.submit(pickle.loads, call, pure=False)
            error = await sent.exception(asynchronous=True)
            if sent.status == "cancelled":
                return None, self._why()
            if error is not None:
                return None, _in_our_words(error)
            return await self._client.gather(sent, asynchronous=True), None
        except Exception as problem:
            return None, problem

    def _settle(self, future: Future[Any], task: asyncio.Task[Answer]) -> None:
        """In the loop: pass an answer on, unless its future was cancelled."""
        if future.set_running_or_notify_cancel():
            value, error = (None, self._why()) if task.cancelled() else task.result()
            if error is None:
                future.set_result(value)
            else:
                future.set_exception(error)

    async def _look_for_workers(self) -> None:
        """Give everything up when there has been no worker for too long, for it might be for ever."""
        loop = asyncio.get_running_loop()
        seen = loop.time()
        while loop.time() - seen <= self._patience:
            await asyncio.sleep(min(1.0, self._patience / 4))
            with suppress(Exception):  # a lost connection is found out by those who follow calls
                if await self._client.scheduler.ncores() or not self._pending:
                    seen = loop.time()
        self._lost = f"the scheduler at {self._address} has had no worker for {seconds(self._patience)}"
        self._stop()

    def _why(self) -> ClusterLostError:
        return ClusterLostError(self._lost or f"the connection to the scheduler at {self._address} was lost")


def introduction(backend: str = "numpy") -> dict[str, str]:
    """What a worker has to have in common with the machine that asks: code, libraries, platform."""
    return dict(_introduction(backend))


@lru_cache(maxsize=8)
def _introduction(backend: str) -> tuple[tuple[str, str], ...]:
    about = {
        "triangle_sim": f"{version()} (code {model_hash()[:12]})",
        "Python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "platform": f"{platform.system()} {platform.machine()}",
    }
    libraries = (*LIBRARIES, *OF_A_BACKEND.get(backend, ()))
    return tuple((about | {name: _installed(name) for name in libraries}).items())


def _installed(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "not installed"


def differences(ours: dict[str, str], theirs: dict[str, str]) -> str:
    """In words, e.g. ``numpy 2.1.0 there, 2.2.0 here``; empty where nothing differs."""
    differing = [name for name in ours if theirs.get(name) != ours[name]]
    return "; ".join(f"{name} {theirs.get(name, 'unknown')} there, {ours[name]} here" for name in differing)


class _Call:
    """Is made when it is unpickled, and is then what it gave."""

    def __init__(self, call: bytes, expected: dict[str, str], backend: str) -> None:
        self._parts = call, expected, backend

    def __reduce__(self) -> tuple[Any, ...]:
        return _work, self._parts


def _work(call: bytes, expected: dict[str, str], backend: str) -> Any:
    """On a worker: one call, if this worker is like the machine that asks. Workers may join at any time."""
    if differing := differences(expected, introduction(backend)):
        raise WorkerError(
            f"a worker that joined later, on {platform.node()}, differs from the one that asks: {differing}"
        )
    function, args, kwargs = pickle.loads(call)
    return function(*args, **kwargs)


def seconds(time: float) -> str:
    """``1 second``, ``0.5 seconds``."""
    return f"{time:g} second{'s' * (time != 1)}"


def first_line(problem: object) -> str:
    """The first line of an exception, or its kind where it says nothing."""
    return next(iter(str(problem).strip().splitlines()), "") or type(problem).__name__


def _in_our_words(error: BaseException) -> BaseException:
    from distributed import KilledWorker

    if isinstance(error, KilledWorker):
        died = counted(error.allowed_failures + 1, "worker")
        return WorkerError(f"{died} died while computing it; did memory run out?")
    return error
