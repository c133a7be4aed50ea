"""A program for WebAssembly run in Node, on the very inputs that a native one is given: to hold the two against each
other, and to time them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from triangle_sim.backends.llvm import ALIGNED, given
from triangle_sim.backends.llvm.web import Module
from triangle_sim.model.prepared import Prepared
from triangle_sim.model.quarter import Record
from triangle_sim.model.trajectory import Trajectory

RUNNER = Path(__file__).with_suffix(".mjs")


class Ran(NamedTuple):
    """What came of runs in Node: their trajectory, ``told`` ``(quarters, rows, runs)`` by the layout's labels,
    outcomes by name, and the seconds of each time."""

    trajectory: Trajectory
    told: NDArray[np.float64]
    outcomes: dict[str, NDArray[np.float64]]
    seconds: list[float]


class _Block:
    """Arrays laid out in one block of memory."""

    def __init__(self) -> None:
        self.parts: list[tuple[int, NDArray[Any]]] = []
        self.size = 0

    def add(self, array: Any) -> int:
        """Where an array is put."""
        place = self.size
        self.parts.append((place, np.ascontiguousarray(array)))
        self.size += -(-self.parts[-1][1].nbytes // ALIGNED) * ALIGNED
        return place

    def bytes(self) -> bytearray:
        """The whole block."""
        whole = bytearray(self.size)
        for place, array in self.parts:
            whole[place : place + array.nbytes] = array.tobytes()
        return whole


def run(
    module: Module,
    prepared: Prepared,
    seed: int,
    draws: NDArray[np.int64],
    replicates: NDArray[np.int64],
    pin: Mapping[str, float] | None = None,
    tell: bool = True,
    times: int = 1,
) -> Ran:
    """Simulate runs in Node, so many ``times``; each is told, or none.

    Raises
    ------
    RuntimeError
        with what Node said, where it failed.
    """
    layout, block = module.layout, _Block()
    arrays, theory, seeded = given(prepared, seed, draws, replicates)
    room = arrays["address"].size
    out = Trajectory.empty(prepared, draws, replicates, theory, room)
    quarters, rows = layout["quarters"], len(layout["told"]) if tell else 0
    kept: dict[str, Any] = {part: _whole(getattr(out, part), room) for part in Record._fields}
    kept |= {"told": np.zeros((quarters, rows, room)), "outcomes": np.zeros((len(layout["outcomes"]), room))}
    facts = {"stride": room, "seed": seeded, "worlds": 1}
    places = {name: block.add(array) for name, array in {**arrays, **kept, "pins": prepared.pins(pin or {})}.items()}
    addresses = []
    tables = {}
    for table in ("runs", "world"):
        tables[table] = block.add(np.asarray([facts.get(n, places.get(n, 0)) for n in layout[table]], np.uint64))
        addresses += [tables[table] + 8 * k for k, name in enumerate(layout[table]) if name in places]
    working = block.add(np.zeros(layout["shared"] + layout["each"], np.uint8))
    with TemporaryDirectory() as folder:
        files = {name: Path(folder) / name for name in ("wasm", "block", "request")}
        files["wasm"].write_bytes(module.wasm)
        files["block"].write_bytes(block.bytes())
        request = {"wasm": str(files["wasm"]), "block": str(files["block"]), "addresses": addresses, "times": times}
        request |= {"call": "simulate_told" if tell else "simulate", "room": working, "end": room}
        request |= {"runs": tables["runs"], "worlds": tables["world"]}
        files["request"].write_text(json.dumps(request))
        done = subprocess.run(["node", str(RUNNER), str(files["request"])], capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr)
        after = files["block"].read_bytes()

    def back(name: str) -> Any:
        array = kept[name]
        return np.frombuffer(after, array.dtype, array.size, places[name]).reshape(array.shape)[..., : draws.size]

    for part in Record._fields:
        getattr(out, part)[...] = back(part)
    outcomes = dict(zip(layout["outcomes"], back("outcomes"), strict=True))
    return Ran(out, back("told"), outcomes, json.loads(done.stdout))


def _whole(array: NDArray[Any], room: int) -> NDArray[Any]:
    """An array of runs with the room that it is given."""
    return np.zeros((*array.shape[:-1], room), array.dtype)
