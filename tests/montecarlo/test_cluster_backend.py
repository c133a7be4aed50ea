"""A backend's own library is the same on every worker of a cluster, or nothing is computed with it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

from montecarlo.daskcluster import Processes
from triangle_sim.scenario.load import load
from triangle_sim.backends.requirements import LIBRARIES
from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.workers import remote
from triangle_sim.montecarlo.blocks import Cell
from triangle_sim.montecarlo.workers.cluster import connect
from triangle_sim.montecarlo.design import Design, Job, in_bytes
from triangle_sim.montecarlo.folder.manifest import manifest
from triangle_sim.montecarlo.workers.remote import WorkerError
from triangle_sim.montecarlo.run import run

pytest.importorskip("distributed")

SCENARIO = load("baseline", set_={"quarters": 1})
DESIGN = {"draws": 2, "replicates": 2}

THERE = """
from importlib import metadata
asked = metadata.version
def version(name):
    if name in ("jax", "llvmlite"):
        raise metadata.PackageNotFoundError(name)
    return "1.0" if name == "jaxlib" else asked(name)
metadata.version = version
"""
"""As on a machine without the extras, but for one old package."""


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This machine has all backends, in a version of which there is no other."""
    asked, extras = metadata.version, {name for names in LIBRARIES.values() for name in names}
    monkeypatch.setattr(metadata, "version", lambda name: "9.9" if name in extras else asked(name))
    remote._introduction.cache_clear()
    yield
    remote._introduction.cache_clear()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    """A scheduler with one worker, which is fit for NumPy alone."""
    folder = tmp_path_factory.mktemp("there")
    (folder / "sitecustomize.py").write_text(THERE)
    started = Processes(tmp_path_factory.mktemp("cluster"))
    started.worker(folder)
    yield started
    started.stop()


@pytest.mark.parametrize(
    ("backend", "words"),
    [
        ("jax", "jax not installed there, 9.9 here; jaxlib 1.0 there, 9.9 here"),
        ("llvm", "llvmlite not installed there, 9.9 here"),
    ],
)
def test_a_worker_without_a_backends_library_is_refused(backend: str, words: str, cluster: Processes) -> None:
    with connect(cluster.address) as executor:
        assert run(SCENARIO, **DESIGN, executor=executor).draws == 2
        with pytest.raises(UsageError, match=f"the worker at tcp:.* differs from this machine: {words}") as error:
            executor.same_everywhere(backend)
        assert "install the same version" in error.value.help
        job = Job.of(SCENARIO, Design(2, 2, 1, backend))
        with pytest.raises(WorkerError, match=f"joined later, .* differs from the one that asks: {words}"):
            executor.submit(in_bytes, job, Cell((0, 2), (0, 2))).result(60)


@pytest.mark.parametrize("folder", ["r", None])
def test_a_run_asks_before_anything_is_computed(folder: str | None, cluster: Processes, tmp_path: Path) -> None:
    pytest.importorskip("jax")
    with connect(cluster.address) as executor, pytest.raises(UsageError, match="jax not installed there"):
        run(SCENARIO, **DESIGN, backend="jax", executor=executor, folder=folder and tmp_path / folder)
    assert not list(tmp_path.iterdir())


def test_a_result_notes_the_versions_of_what_made_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("triangle_sim.backends.requirements.find_spec", lambda name: object())
    for backend in ("numpy", "jax", "llvm"):
        versions = manifest(SCENARIO, Design(1, 1, 1, backend), [])["versions"]
        assert {name for name, version in versions.items() if version == "9.9"} == set(LIBRARIES.get(backend, ()))
