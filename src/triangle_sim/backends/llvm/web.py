"""The same program for WebAssembly, for a browser or Node: one file of code, and where it finds its numbers.

What the native program does it does too, to rounding: WebAssembly cannot multiply and add at once. It takes moves
played from a seat as an input, tells why each quarter went as it did where asked, and works outcomes out.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

import llvmlite.binding as llvm

from triangle_sim.backends.llvm.machine import Target, kept
from triangle_sim.backends.llvm.memory import RUNS, WORLD
from triangle_sim.backends.llvm.program import Program, program
from triangle_sim.errors import UsageError, shortened
from triangle_sim.model.prepared import Prepared
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.outcomes.end_state import at_start

TRIPLE: Final = "wasm32-unknown-unknown"
TARGET: Final = Target("generic", "+simd128,+bulk-memory", 128, fma=False, group=16, piece=112)
"""Vectors hold two runs only, so fewer runs at a time and longer pieces are quickest."""
EXPORTS: Final = ("simulate", "simulate_told", "uniform", "__heap_base")
STACK: Final = 4 * 2**20
"""Bytes of stack: values wait there from one piece of the program to another."""


class Module(NamedTuple):
    """A program for WebAssembly, and its ``layout``: what a caller must know to fill inputs and read results."""

    wasm: bytes
    layout: dict[str, Any]


def written(prepared: Prepared, bits: int = 64) -> Program:
    """The program of a scenario as text; its moves can be played from seats, and it tells and works outcomes out."""
    return program(prepared, TARGET, bits, measured)


def measured(t: Trajectory) -> dict[str, Any]:
    """What is kept of whole runs: outcomes that need no other world, the ending at the start, and the triangle."""
    kept = {name: each.coded(t) for name, each in sorted(OUTCOMES.items()) if not each.twin}
    if OUTCOMES["end_state"].applies(t):
        kept["at_start"] = at_start(t)
        history = t.triangles
        shapes = history.patterns[:, history.place("CHN", "PRK", "RUS")]
        kept |= {f"triangle.{quarter}": shape for quarter, shape in enumerate(shapes)}
    return kept


def layout(prepared: Prepared, text: Program) -> dict[str, Any]:
    """What a caller must know of a program; JSON-able.

    ``runs`` and ``world`` name the 64-bit words that a caller fills, in order; ``shared`` and ``each`` are the bytes of
    working memory for itself and for each world; ``told`` and ``outcomes`` name the rows of those two arrays, and
    ``categories`` the codes of outcomes that have some; ``left_out`` are the outcomes that compare worlds.
    """
    return {
        "group": TARGET.group,
        "runs": list(RUNS),
        "world": list(WORLD),
        "shared": text.shared,
        "each": text.each,
        "quarters": prepared.scenario.quarters,
        "told": [list(label) for label in text.told],
        "outcomes": list(text.outcomes),
        "categories": {name: list(each.categories) for name, each in OUTCOMES.items() if each.categories},
        "left_out": sorted(name for name, each in OUTCOMES.items() if each.twin),
        "text_sha256": hashlib.sha256(text.text.encode()).hexdigest(),
    }


def module(prepared: Prepared, bits: int = 64) -> Module:
    """The program of a scenario for WebAssembly; made once, which takes half a minute.

    Raises
    ------
    UsageError
        where there is no linker.
    """
    text = written(prepared, bits)
    return Module(made(text), layout(prepared, text))


def made(text: Program) -> bytes:
    """A program's code, from the user's cache folder if it was made before."""
    return kept(text.text, (TARGET, EXPORTS, STACK), "wasm", lambda: make(text))


def make(text: Program) -> bytes:
    """A program's code, made anew."""
    linker()
    return linked(compiled(text.text))


def compiled(text: str) -> bytes:
    """Object code."""
    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    machine = llvm.Target.from_triple(TRIPLE).create_target_machine(
        cpu=TARGET.name, features=TARGET.features, opt=2, reloc="static"
    )
    parsed = llvm.parse_assembly(text)
    parsed.triple, parsed.data_layout = TRIPLE, str(machine.target_data)
    parsed.verify()
    code: bytes = machine.emit_object(parsed)
    return code


def linker() -> list[str]:
    """The command of a linker for WebAssembly: that of the package ziglang, or LLVM's own.

    Raises
    ------
    UsageError
        where there is neither.
    """
    if find_spec("ziglang"):
        return [sys.executable, "-m", "ziglang", "wasm-ld"]
    if found := shutil.which("wasm-ld"):
        return [found]
    raise UsageError(
        "a program for the browser must be linked, and there is no linker for WebAssembly",
        "install one with: pip install 'triangle-sim[web]'",
    )


def linked(code: bytes) -> bytes:
    """Object code as a module that exports its functions and its memory."""
    with TemporaryDirectory() as folder:
        source, target = Path(folder) / "program.o", Path(folder) / "program.wasm"
        source.write_bytes(code)
        flags = ["--no-entry", "--export-memory", "--stack-first", "--strip-all", "-z", f"stack-size={STACK}"]
        command = [*linker(), str(source), "-o", str(target), *flags, *(f"--export={name}" for name in EXPORTS)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise UsageError(
                f"the linker for WebAssembly failed: {shortened(RuntimeError(done.stderr.strip()))}",
                "install another with: pip install 'triangle-sim[web]'",
            )
        return target.read_bytes()
