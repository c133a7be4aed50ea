"""What a backend must provide, and which there are.

A backend steps blocks of runs. It is a module of this folder with one function, :meth:`Backend.trajectories`. NumPy
runs the model's source as it stands and is the reference: every backend plays the same moves, and its states agree to
rounding. A new backend is one module and one line in :data:`BACKENDS`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, Final, NamedTuple, Protocol, cast

from numpy.typing import NDArray

from triangle_sim.errors import UsageError, shortened
from triangle_sim.model.prepared import Prepared
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.uncertainty import Table


class Needs(NamedTuple):
    """The precisions a backend computes in, and the libraries that it needs, whose versions a result notes."""

    precisions: tuple[str, ...]
    libraries: tuple[str, ...] = ()


BACKENDS: Final[Mapping[str, Needs]] = {
    "numpy": Needs(("double",)),
    "llvm": Needs(("double", "single"), ("llvmlite",)),
}
"""Every backend, by the name of its module."""
AUTO: Final = "auto"
"""Stands for LLVM where its library can be imported, else for NumPy."""


class Backend(Protocol):
    """A module that steps blocks of runs."""

    def trajectories(
        self,
        prepared: Prepared,
        seed: int,
        draws: NDArray[Any],
        replicates: NDArray[Any],
        pins: Sequence[Mapping[str, float]],
        precision: str = "double",
        table: Table | None = None,
    ) -> list[Trajectory]:
        """Simulate runs ``(runs,)`` to the horizon in each of several worlds, which differ in what is pinned.

        Parameters of draws that a ``table`` holds are taken from there.
        """


def choose(name: str) -> str:
    """The backend to use: the one asked for, or for ``auto`` the quickest there is.

    Raises
    ------
    UsageError
        for one that does not exist, or whose library cannot be imported.
    """
    if name == AUTO:
        return "numpy" if _missing("llvm") else "llvm"
    if name not in BACKENDS:
        raise UsageError(f"unknown backend '{name}'", f"choose one of {', '.join([AUTO, *BACKENDS])}")
    if missing := _missing(name):
        library = BACKENDS[name].libraries[0]
        raise UsageError(
            f"the backend {name} needs the package {library}, which cannot be imported ({missing})",
            f"install it with: pip install {library}, or use --backend numpy",
        )
    return name


def _missing(name: str) -> str:
    """Why a backend's module cannot be imported, as where a shared library is missing; empty if it can."""
    try:
        load(name)
    except (ImportError, OSError) as error:
        return shortened(error) or type(error).__name__
    return ""


def check_precision(backend: str, precision: str) -> None:
    """See that a backend computes in a precision.

    Raises
    ------
    UsageError
        with what there is.
    """
    if precision not in BACKENDS[backend].precisions:
        there = ", ".join(BACKENDS[backend].precisions)
        raise UsageError(f"the backend {backend} has no precision '{precision}'", f"it computes in: {there}")


def load(name: str) -> Backend:
    """A backend's module."""
    return cast(Backend, import_module(f"triangle_sim.backends.{name}"))
