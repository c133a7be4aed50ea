"""The target WebAssembly: a small world, made here and run in Node."""

import shutil
from importlib.util import find_spec

import numpy as np
import pytest

from backends.llvm import module_in_node
from model.worlds import run, scenario
from triangle_sim.backends.llvm import web
from triangle_sim.model.prepared import prepared_for

needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="there is no Node here")
needs_linker = pytest.mark.skipif(
    not (find_spec("ziglang") or shutil.which("wasm-ld")), reason="there is no linker for WebAssembly here"
)
TINY = scenario(countries=["CHN", "PRK"], decision={"default": {"rule": "quantal", "depth": 1}}, quarters=3)
ADDRESS = np.arange(70) // 5, np.arange(70) % 5


@needs_node
@needs_linker
@pytest.mark.parametrize("bits", [64, pytest.param(32, marks=pytest.mark.long)])
def test_a_program_is_made_and_run(bits: int) -> None:
    """More runs than a group, in double and in single precision; a world without the triangle has fewer outcomes."""
    module = web.module(prepared_for(TINY), bits)
    ran = module_in_node.run(module, prepared_for(TINY), 3, *ADDRESS, tell=bits == 64)
    theirs = run(TINY, *ADDRESS, seed=3)
    assert module.wasm[:4] == b"\0asm" and module.layout["quarters"] == 3
    assert np.abs(ran.trajectory.state - theirs.state).max() < (1e-12 if bits == 64 else 1e-3)
    assert (ran.trajectory.moves != theirs.moves).mean() < (1e-9 if bits == 64 else 0.01)
    assert np.isnan(ran.outcomes["end_state"]).all() and "at_start" not in ran.outcomes
    assert module.layout["left_out"] == ["playoff_success"], "it compares two worlds"


def test_the_same_world_is_the_same_text_and_rows_are_in_the_order_of_menus() -> None:
    first, again = (web.written(prepared_for(TINY)) for _ in range(2))
    assert first == again
    rows = web.layout(prepared_for(TINY), first)["told"]
    chances = [row for row in rows if row[0] == "chance"]
    assert chances == [["chance", each.code, move.name] for each in prepared_for(TINY).cast for move in each.menu()]
