"""Runs on a Dask cluster: the same bits as here, whoever dies; and one clear error for whatever is wrong with it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, wait
from importlib import metadata
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from montecarlo.daskcluster import Processes, until
from montecarlo.helpers import contents, run, small, table_bytes
from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.workers.cluster import WorkerError, connect
from triangle_sim.montecarlo.workers.running import LostWorkersError
from triangle_sim.resources import PACKAGE, data_dir

distributed = pytest.importorskip("distributed")


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[Processes]:
    """A scheduler that has no workers yet."""
    started = Processes(tmp_path / "dask")
    yield started
    started.stop()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    """A scheduler for tests that leave it alive. A call ends with its second worker, not its fourth, to save time."""
    started = Processes(tmp_path_factory.mktemp("cluster"), DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="1")
    yield started
    started.stop()


@pytest.fixture
def cluster(shared: Processes) -> Processes:
    """It with two workers."""
    return staffed(shared, 2)


def staffed(processes: Processes, count: int) -> Processes:
    """A scheduler with so many workers: some more are started, or some are killed."""
    alive = [worker for worker in processes.workers if worker.poll() is None]
    for worker in alive[count:]:
        processes.kill(worker)
    for _ in range(count - len(alive)):
        processes.worker()
    with watcher(processes) as seen:
        until(lambda: len(seen.nthreads()) == count)
    return processes


def watcher(processes: Processes) -> Any:
    """A client of the test's own, which sees what the scheduler is doing."""
    return distributed.Client(processes.address, set_as_default=False)


OLD = """
from importlib import metadata
asked = metadata.version
def version(name):
    if name == "llvmlite":
        raise metadata.PackageNotFoundError(name)
    return asked(name)
metadata.version = version
"""


def other_code(folder: Path) -> Path:
    """A copy of the package that differs by a comment."""
    shutil.copytree(PACKAGE, folder / "triangle_sim", ignore=shutil.ignore_patterns("__pycache__", "_data"))
    shutil.copytree(data_dir("seeds"), folder / "triangle_sim" / "_data" / "seeds")
    with (folder / "triangle_sim" / "names.py").open("a") as module:
        module.write("# another version\n")
    return folder


def broken_code(folder: Path) -> Path:
    """As on a machine without the package."""
    (folder / "triangle_sim").mkdir(parents=True)
    (folder / "triangle_sim" / "__init__.py").write_text("raise ImportError('No module named triangle_sim')\n")
    return folder


def without_llvmlite(folder: Path) -> Path:
    """As on a machine without that library."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(OLD)
    return folder


def test_no_worker_comes(shared: Processes) -> None:
    staffed(shared, 0)
    words = r"has no worker, and none came within 0\.2 s"
    with pytest.raises(UsageError, match=words) as error, connect(shared.address, patience=0.2):
        pass
    assert f"dask worker {shared.address}" in error.value.help


@pytest.mark.parametrize(("otherwise", "words"), [
    (other_code, r"the worker at .* differs from this machine: triangle_sim .* there, .* here"),
    (broken_code, "cannot run triangle_sim: "),
    (without_llvmlite, "the worker at tcp:.* differs from this machine: llvmlite not installed there, .* here"),
])  # fmt: skip
def test_a_worker_that_computes_otherwise_is_refused(
    shared: Processes, otherwise: Callable[[Path], Path], words: str, tmp_path: Path
) -> None:
    with watcher(shared) as seen:
        before = len(seen.nthreads())
        worker = shared.worker(otherwise(tmp_path / "otherwise"))
        until(lambda: len(seen.nthreads()) > before)
    with pytest.raises(UsageError, match=words) as error, connect(shared.address):
        pass
    assert "install the same version" in error.value.help
    shared.kill(worker)


def test_calls_are_made_as_often_as_asked_for_and_errors_come_back(cluster: Processes) -> None:
    with connect(cluster.address) as executor:
        bad, good = executor.submit(int, "seven"), executor.submit(int, "7")
        with pytest.raises(ValueError, match="seven"):
            bad.result(60)
        assert good.result(60) == 7
        assert len({executor.submit(time.perf_counter_ns).result(60) for _ in range(5)}) == 5
    with pytest.raises(LostWorkersError, match="was lost"):
        executor.submit(int, "7")


def test_parameters_that_are_given_go_along(cluster: Processes) -> None:
    frame = pd.DataFrame({"rationality.PRK": [5.0, 80.0, 20.0]})
    with connect(cluster.address) as executor:
        there = run(small(), parameters=frame, replicates=2, seed=5, executor=executor)
    assert table_bytes(there) == table_bytes(run(small(), parameters=frame, replicates=2, seed=5, jobs=1))
    assert there.parameters["rationality.PRK"].tolist() == [5.0, 80.0, 20.0]


def test_what_is_not_wanted_is_not_waited_for(cluster: Processes) -> None:
    with watcher(cluster) as seen:
        with connect(cluster.address) as executor:
            futures = [executor.submit(time.sleep, 2) for _ in range(50)]
            until(lambda: sum(map(len, seen.processing().values())))
            assert futures[-1].cancel() and wait(futures[-1:], 60).done == {futures[-1]}
        until(lambda: not seen.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.tasks)))
    with connect(cluster.address) as executor:
        assert executor.submit(abs, -1).result(60) == 1


@pytest.mark.parametrize(
    "address",
    ["", "localhost", "127.0.0.1:8786", "tcp://", "tcp://127.0.0.1", "tcp://:1", "tcp://h:999999", "tcp://h:x",
     "http://h:1", "tcp://h:1/x", None, 5],
)  # fmt: skip
def test_what_is_no_address(address: Any) -> None:
    with pytest.raises(UsageError, match="is not the address of a scheduler") as error, connect(address):
        pass
    assert repr(str(address)) in error.value.message and "tcp://127.0.0.1:8786" in error.value.help


def test_nobody_answers() -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{deaf.getsockname()[1]}"
        for _ in range(2):  # first nobody listens, then somebody who never says a word
            words = f"no scheduler answers at {address} within 0.3 s"
            with pytest.raises(UsageError, match=words) as error, connect(address, answer=0.3):
                pass
            assert "dask scheduler" in error.value.help
            deaf.listen()


def test_a_scheduler_of_another_version_is_refused(cluster: Processes, monkeypatch: pytest.MonkeyPatch) -> None:
    version = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: "1.0" if name == "distributed" else version(name))
    words = f"the scheduler at .* differs from this machine: distributed {distributed.__version__} there, 1.0 here"
    with pytest.raises(UsageError, match=words), connect(cluster.address):
        pass


def test_a_worker_is_killed_in_mid_run_and_nothing_changes(cluster: Processes, tmp_path: Path) -> None:
    scenario, design = small(quarters=4), {"draws": 10, "replicates": 500, "seed": 5}
    workers = {worker.pid: worker for worker in cluster.workers}
    killed: list[int] = []
    with connect(cluster.address) as executor, watcher(cluster) as seen:
        pids = seen.run(os.getpid)

        def progress(done: int, runs: int) -> None:
            busy = [worker for worker, calls in seen.processing().items() if calls]
            if 0 < done < runs and busy and not killed:
                killed.append(pids[busy[0]])
                cluster.kill(workers[killed[0]])

        run(scenario, **design, executor=executor, progress=progress, folder=tmp_path / "there")
        assert killed
        until(lambda: len(seen.nthreads()) == 1)
    run(scenario, **design, jobs=1, folder=tmp_path / "here")
    there, here = contents(tmp_path / "there"), contents(tmp_path / "here")
    assert there == here and sum(name.startswith("runs/") for name in here) >= 5


def test_a_call_that_kills_its_workers_is_its_own_error(shared: Processes) -> None:
    staffed(shared, 3)
    with connect(shared.address) as executor:
        with pytest.raises(distributed.KilledWorker, match="2 different workers"):
            executor.submit(os._exit, 1).result(60)
        assert executor.submit(abs, -1).result(60) == 1, "the third continues"


@pytest.mark.long
def test_workers_that_are_all_gone_are_not_waited_for_for_ever(processes: Processes) -> None:
    worker = processes.worker()
    with connect(processes.address, patience=60) as executor:
        executor.submit(abs, -1).result(60)  # as long as it takes a worker to start
    with connect(processes.address, patience=1.0) as executor:
        executor.submit(time.sleep, 600)
        processes.kill(worker)

        def given_up() -> bool:
            try:
                executor.check()
            except LostWorkersError as error:
                return "has had no worker for 1 s" in str(error)
            return False

        until(given_up)


@pytest.mark.long
def test_a_scheduler_that_is_gone_is_told(processes: Processes, tmp_path: Path) -> None:
    processes.worker(), processes.worker()
    lost = f"the connection to the scheduler at {processes.address} was lost"
    with connect(processes.address) as executor, watcher(processes) as seen:
        seen.wait_for_workers(2, timeout=60)
        future = executor.submit(time.sleep, 600)

        def progress(done: int, runs: int) -> None:
            if done:
                processes.kill(processes.scheduler)

        with pytest.raises(LostWorkersError, match=f"{lost}; .* futures are kept in .*; go on with: .*resume"):
            run(small(), draws=3, replicates=1000, executor=executor, progress=progress, folder=tmp_path / "r")
        with pytest.raises(CancelledError):
            future.result(60)
        with pytest.raises(LostWorkersError, match=lost):
            executor.check()


@pytest.mark.long
def test_a_worker_with_other_code_that_comes_later_computes_nothing(processes: Processes, tmp_path: Path) -> None:
    first = processes.worker()
    with connect(processes.address) as executor, watcher(processes) as seen:
        assert executor.submit(abs, -1).result(60) == 1
        processes.worker(other_code(tmp_path / "other"))
        seen.wait_for_workers(2, timeout=60)
        processes.kill(first)
        with pytest.raises(WorkerError, match=r"joined later, .* differs from this machine: triangle_sim"):
            executor.submit(abs, -1).result(60)


def test_it_can_be_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "import sys, triangle_sim.montecarlo.workers.cluster, triangle_sim.cli; sys.exit('distributed' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    assert done.returncode == 0
    monkeypatch.setitem(sys.modules, "distributed", None)
    words = "needs Dask Distributed, which is not installed"
    with pytest.raises(UsageError, match=words) as error, connect("tcp://127.0.0.1:8786"):
        pass
    assert "triangle-sim[dask]" in error.value.help
