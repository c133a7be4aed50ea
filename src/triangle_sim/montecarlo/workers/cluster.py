"""Blocks on other machines: a ``concurrent.futures`` executor on a Dask Distributed scheduler.

Any scheduler will do, however its workers were started. They need this package installed, in the same version, and
nothing else: no shared disk, since a block's result comes back over the network. A worker that dies is no matter:
the scheduler gives its blocks to another, and a block is the same to the bit wherever it is computed.
"""

from __future__ import annotations

import asyncio
import logging
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from triangle_sim.errors import UsageError, quote
from triangle_sim.montecarlo.workers.remote import Cluster, first_line, introduction, seconds

if TYPE_CHECKING:  # an extra, imported when a cluster is asked for
    from distributed import Client

ANSWER = 5.0
"""Seconds within which a scheduler has to answer."""

WORKERS = 30.0
"""Seconds for which a scheduler may be without any worker, at the start and later."""

_SCHEMES = ("tcp", "tls")


@contextmanager
def connect(scheduler: str, *, answer: float = ANSWER, patience: float = WORKERS) -> Iterator[Cluster]:
    """An executor whose work is done by the workers of ``scheduler``, e.g. ``tcp://127.0.0.1:8786``.

    However the block ends, what has not been computed by then is cancelled and the connection closed.

    Parameters
    ----------
    scheduler
        address of a Dask scheduler, with ``tcp://`` or ``tls://``.
    answer, patience
        seconds within which the scheduler has to answer, and for which it may be without any worker.

    Raises
    ------
    UsageError
        where Dask Distributed is not installed, the address is not one, nobody answers there, no worker comes, or a
        worker has other code, other libraries or another platform than this machine.
    """
    address = _address(scheduler)
    _import()
    with _quiet():
        client = _client(address, answer)
        try:
            _wait_for_a_worker(client, address, patience)
            cluster = Cluster(client, address, patience)
            try:
                cluster.same_everywhere()
                yield cluster
            finally:
                cluster.shutdown(wait=False, cancel_futures=True)
        finally:
            with suppress(Exception):
                client.close(timeout=2)


def _address(scheduler: str) -> str:
    """The address, if it can be one."""
    help = "an address looks like tcp://127.0.0.1:8786; `dask scheduler` prints its own when it starts"
    try:
        parts = urlsplit(scheduler.strip())
        host, port = parts.hostname, parts.port
    except ValueError as problem:
        raise UsageError(f"{quote(scheduler)} is not the address of a scheduler: {problem}", help) from None
    missing = [
        what
        for what, there in (
            (f"{' or '.join(f'{name}://' for name in _SCHEMES)} in front", parts.scheme in _SCHEMES),
            ("a host", host),
            ("a port", port),
        )
        if not there
    ]
    if missing or parts.path.strip("/") or parts.query:
        reason = f"it needs {missing[0]}" if missing else "nothing may follow the port"
        raise UsageError(f"{quote(scheduler)} is not the address of a scheduler: {reason}", help)
    return f"{parts.scheme}://{parts.netloc}"


def _import() -> None:
    try:
        import distributed  # noqa: F401
    except ImportError:
        raise UsageError(
            "--executor dask needs Dask Distributed, which is not installed",
            "pip install 'triangle-sim[dask]', here and on the workers",
        ) from None


def _client(address: str, answer: float) -> Client:
    from distributed import Client

    try:
        with ThreadPoolExecutor(1) as thread:  # a notebook has an event loop of its own in this one
            kind, there = thread.submit(asyncio.run, _ask(address, answer)).result()
        if kind != "Scheduler":
            raise OSError(f"a {kind.lower()} answers")
        here = introduction()["distributed"]
        if there != here:
            raise UsageError(
                f"the scheduler at {address} has Dask Distributed {there}, this machine {here}",
                "install the same version on both, and on every worker",
            )
        with warnings.catch_warnings():  # of other versions: see `Cluster.same_everywhere`
            warnings.simplefilter("ignore")
            return Client(address, timeout=answer, set_as_default=False, name="triangle_sim")
    except UsageError:
        raise
    except Exception as problem:
        reason = "" if isinstance(problem, TimeoutError) else f": {first_line(problem)}"
        raise UsageError(
            f"no scheduler answers at {address} within {seconds(answer)}{reason}",
            "start one with `dask scheduler --host 127.0.0.1`, or see that address and port are right, and that a "
            "firewall lets them through",
        ) from None


async def _ask(address: str, answer: float) -> tuple[str, str]:
    """What is at an address, and its version. Dask's client waits for ever for one who answers and says nothing."""
    from distributed import Security, rpc

    remote = rpc(address, timeout=answer, connection_args=Security().get_connection_args("client"))
    try:
        about = await asyncio.wait_for(remote.identity(), answer)
        versions = await asyncio.wait_for(remote.versions(), answer)
        return str(about["type"]), str(versions["packages"]["distributed"])
    finally:
        with suppress(Exception):
            await remote.close_rpc()


def _wait_for_a_worker(client: Client, address: str, patience: float) -> None:
    try:
        client.wait_for_workers(1, timeout=patience)
    except TimeoutError:
        raise UsageError(
            f"the scheduler at {address} has no worker, and none came within {seconds(patience)}",
            f"start workers with `dask worker {address} --nworkers=-1 --nthreads 1`, or wait until the queue lets "
            "the first one in, and run the same command again",
        ) from None


@contextmanager
def _quiet() -> Iterator[None]:
    """No log lines of Dask's (it sets their levels when imported): what matters of them is said in our own words."""
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client", "tornado.application")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
