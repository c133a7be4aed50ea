"""Backends from outside: one that is not there is named before anything is run; any gives the same table at any cut."""

from concurrent.futures import ThreadPoolExecutor
from importlib import util
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from triangle_sim import run
from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.folder.grow import merge
from triangle_sim.montecarlo.run import run_part
from triangle_sim.montecarlo.folder.reading import read_manifest


@pytest.mark.parametrize("saved", [True, False])
def test_without_jax_its_backend_is_refused(saved: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = util.find_spec
    monkeypatch.setattr("triangle_sim.backends.requirements.find_spec", lambda name: None if name == "jax" else found(name))
    where: dict[str, Any] = {"folder": tmp_path / "runs"} if saved else {}
    with pytest.raises(UsageError, match="needs the package jax, which is not installed") as error:
        run("baseline", draws=1, replicates=1, backend="jax", progress=_nobody, **where)
    assert "pip install" in str(error.value) and "--backend numpy" in str(error.value)
    assert not list(tmp_path.iterdir())


def _nobody(done: int, of: int) -> None:
    raise AssertionError(f"{done} of {of} runs were made")


def test_llvm_gives_the_same_table_however_it_is_cut(tmp_path: Path) -> None:
    """On one process, on threads, in parts; and but for last digits the one that NumPy gives."""
    pytest.importorskip("llvmlite", reason="the backend llvm is an extra: pip install 'triangle-sim[llvm]'")
    design: dict[str, Any] = {"draws": 60, "replicates": 20, "backend": "llvm"}
    first = run("baseline", jobs=1, folder=tmp_path / "one", **design)
    with ThreadPoolExecutor(3) as threads:
        run("baseline", executor=threads, folder=tmp_path / "threads", **design)
    parts = [run_part("baseline", (k, 2), tmp_path / f"part{k}", jobs=1, **design) for k in (1, 2)]
    merge(parts, tmp_path / "merged")
    folders = [tmp_path / place for place in ("one", "threads", "merged")]
    tables = [{p.relative_to(folder): p.read_bytes() for p in folder.rglob("*.parquet")} for folder in folders]
    assert len(tables[0]) > 10 and tables[0] == tables[1] == tables[2]
    theirs = run("baseline", jobs=1, **(design | {"backend": "numpy"})).runs
    ours = first.runs
    assert list(ours.columns) == list(theirs.columns) and len(ours) == 1200
    for name in ours.columns:
        if ours[name].dtype.kind == "f":
            assert np.allclose(ours[name], theirs[name], rtol=0, atol=1e-9, equal_nan=True), name
        else:
            assert (ours[name] == theirs[name]).all(), name
    assert read_manifest(tmp_path / "one")["versions"]["llvmlite"]
