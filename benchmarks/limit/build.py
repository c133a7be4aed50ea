"""The generated program compiled, loaded, and called with NumPy arrays."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from clock import SkippedError

from limit.inputs import Inputs
from limit.program import RECORDS, text
from triangle_sim.model.prepared import Prepared
from triangle_sim.model.quarter import Record

FLAGS = ["-O3", "-march=native", "-ffast-math", "-fno-associative-math", "-shared", "-fPIC", "-std=c++17"]
"""Sums stay in their order: the exponential adds a large number and takes it off again."""
COMPILER = os.environ.get("CXX", "c++")

Double, Small = ctypes.POINTER(ctypes.c_double), ctypes.POINTER(ctypes.c_int8)
Whole, Word = ctypes.POINTER(ctypes.c_int32), ctypes.POINTER(ctypes.c_uint64)


class In(ctypes.Structure):
    """As in `inputs.h`."""

    _fields_ = [
        *((name, ctypes.c_long) for name in ("runs", "worlds", "stride")),
        *((name, Double) for name in ("values", "pins", "hazard")),
        ("possible", Small),
        ("due", Whole),
        *((name, Double) for name in ("noise", "choice")),
        ("address", Word),
        ("seed", ctypes.c_uint64),
    ]


class Out(ctypes.Structure):
    """As in `inputs.h`."""

    _fields_ = [
        *((name, Double) for name in ("start", "state", "environment")),
        *((name, Small) for name in ("moves", "met", "begins", "active")),
    ]


def build(plan: Prepared, folder: Path, lanes: int = 8, vectors: int = 8, size: int = 40) -> Path:
    """Write and compile the program of a scenario.

    Raises
    ------
    SkippedError
        where there is no compiler.
    """
    if shutil.which(COMPILER) is None:
        raise SkippedError(f"there is no C++ compiler ({COMPILER})")
    source, library = (folder / f"fused-{lanes}-{vectors}-{size}.{end}" for end in ("cc", "so"))
    source.write_text(text(plan, lanes, vectors, size), encoding="utf-8")
    done = subprocess.run([COMPILER, *FLAGS, str(source), "-o", str(library)], capture_output=True, text=True)
    if done.returncode:
        raise SkippedError(f"the compiler cannot make it: {done.stderr.strip().splitlines()[-1]}")
    return library


def _at(array: Any, kind: Any) -> Any:
    return array.ctypes.data_as(kind)


def prepare(
    library: Path, plan: Prepared, given: Inputs, worlds: int, random: bool
) -> tuple[Callable[[], None], Any, Record]:
    """A call of the program on these inputs, and the arrays it writes to: (call, start, record)."""
    values, fate, happened, pins = given.world
    stride = values.shape[1]
    assert (happened.held == 0).all()
    begin = np.empty((len(plan.variables), stride))
    sizes = (len(plan.variables), len(plan.conditions), len(plan.cast), len(plan.joint_effects), len(plan.plans))
    kinds = (np.float64, np.float64, np.int8, np.int8, np.int8, np.int8)
    record = Record(
        *(
            np.empty((plan.scenario.quarters, size, stride), kind)
            for size, kind in zip((*sizes, sizes[-1]), kinds, strict=True)
        )
    )
    address, seed = given.address
    noise, choice, _ = given.luck
    keep = [np.ascontiguousarray(part) for part in (values, pins, fate.luck, fate.possible.view(np.int8), fate.due)]
    taken = In(
        stride // worlds,
        worlds,
        stride,
        *(_at(part, Double) for part in keep[:3]),
        _at(keep[3], Small),
        _at(keep[4], Whole),
        *((None, None) if random else (_at(noise, Double), _at(choice, Double))),
        _at(address, Word),
        int(seed[0]),
    )
    out = Out(
        _at(begin, Double),
        *(_at(getattr(record, n), Double if n in ("state", "environment") else Small) for n in RECORDS),
    )
    program = ctypes.CDLL(str(library)).simulate

    def call(kept: Any = (keep, given, begin, record)) -> None:
        program(ctypes.byref(taken), ctypes.byref(out))

    return call, begin, record


def farthest(call: Callable[[], None], begin: Any, record: Record, trajectory: Any) -> float:
    """How far the program's states are from the model's own, over all runs and quarters of the first world.

    Raises
    ------
    AssertionError
        if a move, a meeting or an event differs.
    """
    call()
    runs = trajectory.runs
    kept = (trajectory.moves, trajectory.meetings, trajectory.begins, trajectory.active)
    for ours, theirs in zip((record.moves, record.met, record.begins, record.active), kept, strict=True):
        assert np.array_equal(ours[..., :runs], theirs)
    pairs = (
        (begin, trajectory.state[0]),
        (record.state, trajectory.state[1:]),
        (record.environment, trajectory.environment),
    )
    return max(float(np.abs(ours[..., :runs] - theirs).max()) for ours, theirs in pairs)
