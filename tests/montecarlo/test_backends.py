"""A backend that is not there is named before anything is run."""

from importlib import util
from pathlib import Path
from typing import Any

import pytest

from triangle_sim import run
from triangle_sim.errors import UsageError


@pytest.mark.parametrize("saved", [True, False])
def test_without_jax_its_backend_is_refused(saved: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = util.find_spec
    monkeypatch.setattr("triangle_sim.compilations.find_spec", lambda name: None if name == "jax" else found(name))
    where: dict[str, Any] = {"folder": tmp_path / "runs"} if saved else {}
    with pytest.raises(UsageError, match="needs the package jax, which is not installed") as error:
        run("baseline", draws=1, replicates=1, backend="jax", progress=_nobody, **where)
    assert "pip install" in str(error.value) and "--backend numpy" in str(error.value)
    assert not list(tmp_path.iterdir())


def _nobody(done: int, of: int) -> None:
    raise AssertionError(f"{done} of {of} runs were made")
