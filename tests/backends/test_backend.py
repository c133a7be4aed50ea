"""What a backend must provide, which there are, and what is said of one that cannot be used."""

import inspect
import sys
from typing import Any

import pytest

from triangle_sim.backends.backend import AUTO, BACKENDS, Backend, check_precision, choose, load
from triangle_sim.errors import UsageError


def without_llvmlite(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine that lacks it."""
    for name in [*sys.modules]:
        if name.startswith("triangle_sim.backends.llvm"):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "llvmlite", None)


@pytest.mark.parametrize("name", BACKENDS)
def test_a_backend_is_a_module_with_what_is_asked_of_it(name: str) -> None:
    asked = [each for each in inspect.signature(Backend.trajectories).parameters if each != "self"]
    given = inspect.signature(load(name).trajectories).parameters
    assert list(given)[: len(asked)] == asked
    assert all(each.default is not each.empty for each in list(given.values())[len(asked) :]), "more is not needed"
    assert given["precision"].default == "double" in BACKENDS[name].precisions


def test_the_quickest_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert choose(AUTO) == "llvm"
    without_llvmlite(monkeypatch)
    assert choose(AUTO) == "numpy"


@pytest.mark.parametrize("name", BACKENDS)
def test_the_one_asked_for(name: str) -> None:
    assert choose(name) == name


@pytest.mark.parametrize("name", ["jax", "", "NUMPY"])
def test_one_that_does_not_exist(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        choose(name)
    assert f"unknown backend '{name}'" in str(caught.value)
    assert all(each in str(caught.value) for each in (AUTO, *BACKENDS))


def test_one_whose_library_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    without_llvmlite(monkeypatch)
    with pytest.raises(UsageError) as caught:
        choose("llvm")
    assert "needs the package llvmlite" in str(caught.value)
    assert "cannot be imported (import of llvmlite halted" in str(caught.value)
    assert "pip install llvmlite" in str(caught.value) and "--backend numpy" in str(caught.value)
    assert choose("numpy") == "numpy"


@pytest.mark.parametrize(
    ("name", "precision", "there"),
    [("numpy", "single", "it computes in: double"), ("llvm", "half", "it computes in: double, single")],
)
def test_a_precision_it_does_not_have(name: str, precision: str, there: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_precision(name, precision)
    assert f"the backend {name} has no precision '{precision}'" in str(caught.value) and there in str(caught.value)


@pytest.mark.parametrize(("name", "precision"), [(n, p) for n, needs in BACKENDS.items() for p in needs.precisions])
def test_precisions_it_has(name: str, precision: str) -> None:
    result: Any = check_precision(name, precision)
    assert result is None
