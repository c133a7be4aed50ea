"""Runs on a Dask cluster: the same bits as here, whoever dies; and one clear error for whatever is wrong with it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import wait
from pathlib import Path
from typing import Any

import pytest

from montecarlo.daskcluster import Processes, until
from triangle_sim.scenario.load import load
from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.workers.cluster import connect
from triangle_sim.montecarlo.workers.remote import ClusterLostError, WorkerError, differences, introduction
from triangle_sim.montecarlo.run import run
from triangle_sim.resources import PACKAGE, data_dir

distributed = pytest.importorskip("distributed")

SCENARIO = load("trump_win", set_={"quarters": 4})


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[Processes]:
    """A scheduler that has no workers yet."""
    started = Processes(tmp_path)
    yield started
    started.stop()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    """A scheduler with two workers, for tests that leave them alive."""
    started = Processes(tmp_path_factory.mktemp("cluster"))
    started.worker(), started.worker()
    yield started
    started.stop()


def watcher(processes: Processes) -> Any:
    """A client of the test's own, which sees what the scheduler is doing."""
    return distributed.Client(processes.address, set_as_default=False)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a result folder, by its name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_worker_is_killed_in_mid_run_and_nothing_changes(processes: Processes, tmp_path: Path) -> None:
    design = {"draws": 12, "replicates": 500, "seed": 5}
    workers = {worker.pid: worker for worker in (processes.worker(), processes.worker())}
    killed: list[int] = []

    with connect(processes.address) as executor, watcher(processes) as seen:
        seen.wait_for_workers(2, timeout=60)
        pids = seen.run(os.getpid)

        def progress(done: int, runs: int) -> None:
            busy = [worker for worker, calls in seen.processing().items() if calls]
            if 0 < done < runs and busy and not killed:
                killed.append(pids[busy[0]])
                processes.kill(workers[killed[0]])

        run(SCENARIO, **design, executor=executor, progress=progress, folder=tmp_path / "there")
        assert killed
        until(lambda: len(seen.nthreads()) == 1)
    run(SCENARIO, **design, jobs=1, folder=tmp_path / "here")
    there, here = contents(tmp_path / "there"), contents(tmp_path / "here")
    assert there == here and sum(name.startswith("runs/") for name in here) >= 6


def test_workers_that_are_all_gone_are_not_waited_for_for_ever(processes: Processes) -> None:
    worker = processes.worker()
    with connect(processes.address):
        pass  # as long as it takes a worker to start
    with connect(processes.address, patience=1.0) as executor:
        futures = [executor.submit(time.sleep, 600) for _ in range(3)]
        processes.kill(worker)
        for future in futures:
            assert isinstance(future.exception(60), ClusterLostError)
        with pytest.raises(ClusterLostError, match=r"no worker for 1 second$"):
            executor.submit(abs, -1).result(60)


def test_a_call_that_kills_its_workers_says_so(processes: Processes) -> None:
    for _ in range(5):
        processes.worker()
    with connect(processes.address) as executor:
        with pytest.raises(WorkerError, match="4 workers died while computing it"):
            executor.submit(os._exit, 1).result(60)
        assert executor.submit(abs, -1).result(60) == 1, "the fifth goes on"


def test_a_scheduler_that_is_gone_is_told(processes: Processes) -> None:
    processes.worker()
    with connect(processes.address) as executor:
        future = executor.submit(time.sleep, 600)
        processes.kill(processes.scheduler)
        with pytest.raises(ClusterLostError, match=f"connection to the scheduler at {processes.address} was lost"):
            future.result(60)
        with pytest.raises(ClusterLostError, match="was lost"):
            executor.submit(abs, -1).result(60)


def test_errors_come_back_and_lose_nothing(cluster: Processes) -> None:
    with connect(cluster.address) as executor:
        bad, good = executor.submit(int, "seven"), executor.submit(int, "7")
        with pytest.raises(ValueError, match="seven"):
            bad.result(60)
        assert good.result(60) == 7
    with pytest.raises(RuntimeError, match="closed"):
        executor.submit(int, "7")


def test_like_calls_are_made_as_often_as_they_are_asked_for(cluster: Processes) -> None:
    with connect(cluster.address) as executor:
        times = {executor.submit(time.perf_counter_ns).result(60) for _ in range(5)}
    assert len(times) == 5


def test_what_is_not_wanted_is_not_waited_for(cluster: Processes) -> None:
    with watcher(cluster) as seen:
        with connect(cluster.address) as executor:
            futures = [executor.submit(time.sleep, 2) for _ in range(50)]
            until(lambda: sum(map(len, seen.processing().values())))
            assert futures[-1].cancel() and wait(futures[-1:], 60).done == {futures[-1]}
        assert all(future.cancelled() for future in futures)
        assert not wait(futures, 60).not_done
        until(lambda: not seen.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.tasks)))
    with connect(cluster.address) as executor:
        assert executor.submit(abs, -1).result(60) == 1


@pytest.mark.parametrize(
    "address",
    [
        "",
        "localhost",
        "127.0.0.1:8786",
        "tcp://",
        "tcp://127.0.0.1",
        "tcp://:1",
        "tcp://h:99999",
        "tcp://h:x",
        "http://h:1",
    ],
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(UsageError, match="is not the address of a scheduler") as error, connect(address):
        pass
    assert repr(address) in error.value.message and "tcp://127.0.0.1:8786" in error.value.help


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


def test_no_worker_comes(processes: Processes) -> None:
    words = r"has no worker, and none came within 0\.2 seconds"
    with pytest.raises(UsageError, match=words) as error, connect(processes.address, patience=0.2):
        pass
    assert f"dask worker {processes.address}" in error.value.help


def test_a_scheduler_of_another_version_is_refused(cluster: Processes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("triangle_sim.montecarlo.workers.cluster.introduction", lambda: {"distributed": "1.0"})
    words = f"has Dask Distributed {distributed.__version__}, this machine 1.0"
    with pytest.raises(UsageError, match=words), connect(cluster.address):
        pass


def other_code(folder: Path) -> Path:
    """A copy of the package that differs by a comment."""
    shutil.copytree(PACKAGE, folder / "triangle_sim", ignore=shutil.ignore_patterns("__pycache__", "_data"))
    shutil.copytree(data_dir("seeds"), folder / "triangle_sim" / "_data" / "seeds")
    with (folder / "triangle_sim" / "model.py").open("a") as model:
        model.write("# another version\n")
    return folder


def broken_code(folder: Path) -> Path:
    """As on a machine without the package."""
    (folder / "triangle_sim").mkdir(parents=True)
    (folder / "triangle_sim" / "__init__.py").write_text("raise ImportError('No module named triangle_sim')\n")
    return folder


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (other_code, r"differs from this machine: triangle_sim .* there, .* here"),
        (broken_code, "cannot run triangle_sim: "),
    ],
)
def test_a_worker_with_other_code_is_refused(make: Any, words: str, processes: Processes, tmp_path: Path) -> None:
    processes.worker(), processes.worker(make(tmp_path / "other"))
    with watcher(processes) as seen:
        seen.wait_for_workers(2, timeout=60)
    with pytest.raises(UsageError, match=words) as error, connect(processes.address):
        pass
    assert "install the same version" in error.value.help


def test_a_worker_with_other_code_that_comes_later_computes_nothing(processes: Processes, tmp_path: Path) -> None:
    first = processes.worker()
    with connect(processes.address) as executor, watcher(processes) as seen:
        assert executor.submit(abs, -1).result(60) == 1
        processes.worker(other_code(tmp_path / "other"))
        seen.wait_for_workers(2, timeout=60)
        processes.kill(first)
        with pytest.raises(WorkerError, match=r"joined later, .* differs from the one that asks: triangle_sim"):
            executor.submit(abs, -1).result(60)


def test_differences_are_told_in_words() -> None:
    ours = introduction()
    assert {"triangle_sim", "numpy", "platform"} <= set(ours) and differences(ours, ours) == ""
    theirs = {**ours, "numpy": "1.0"}
    assert differences(ours, theirs) == f"numpy 1.0 there, {ours['numpy']} here"
    del theirs["platform"]
    assert f"platform unknown there, {ours['platform']} here" in differences(ours, theirs)


def test_it_can_be_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "import sys, triangle_sim.montecarlo.workers.cluster, triangle_sim.cli; sys.exit('distributed' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    assert done.returncode == 0
    monkeypatch.setitem(sys.modules, "distributed", None)
    words = "needs Dask Distributed, which is not installed"
    with pytest.raises(UsageError, match=words) as error, connect("tcp://127.0.0.1:8786"):
        pass
    assert "triangle-sim[dask]" in error.value.help
