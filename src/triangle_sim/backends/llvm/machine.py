"""Programs turned into a target's own instructions, kept in the user's cache folder, and called."""

from __future__ import annotations

import ctypes
import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any, NamedTuple

import llvmlite
import llvmlite.binding as llvm

from triangle_sim.backends.llvm.pieces import PIECE
from triangle_sim.backends.llvm.vectors import GROUP


class Target(NamedTuple):
    """What code is written and compiled for.

    LLVM's name of the processor, what it can do, the bits of its vectors, and whether to fuse products with sums.
    Native code fuses them on any processor, so that all give the same bits. WebAssembly has no such instruction.
    Then, for speed alone: the runs that go through the program together, and the operations in a piece of it.
    """

    name: str
    features: str
    vector: int
    fma: bool = True
    group: int = GROUP
    piece: int = PIECE


@lru_cache(maxsize=1)
def native() -> Target:
    """The processor of this machine."""
    try:
        features = llvm.get_host_cpu_features()
    except RuntimeError:  # LLVM does not know how to ask this system
        return Target(llvm.get_host_cpu_name(), "", 128)
    vector = 512 if features.get("avx512f") else 256 if features.get("avx2") else 128
    return Target(llvm.get_host_cpu_name(), features.flatten(), vector)


Simulate = Callable[[int, int, int, int, int], None]
"""``simulate(runs, worlds, room, first, end)``: three addresses, and the first run and the end of the runs. Python's
lock is free while it runs."""

_LOCK = Lock()


def load(text: str, target: Target) -> Simulate:
    """The function ``simulate`` of a program, compiled unless that was done before on a machine like this one.

    Several threads may call it at once.
    """
    with _LOCK:
        code = _code(text, target)
        engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), _machine(target))
        engine.add_object_file(llvm.ObjectFileRef.from_data(code))
        engine.finalize_object()
        address = engine.get_function_address("simulate")
        simulate = ctypes.CFUNCTYPE(None, *([ctypes.c_void_p] * 3), *([ctypes.c_int64] * 2))(address)
        simulate.engine = engine  # type: ignore[attr-defined]  # the code lives as long as its engine
        return simulate


def _machine(target: Target) -> Any:
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    triple = llvm.Target.from_default_triple()
    return triple.create_target_machine(
        cpu=target.name, features=target.features, opt=2, codemodel="jitdefault", jit=True
    )


def _code(text: str, target: Target) -> bytes:
    """The object code."""

    def make() -> bytes:
        module = llvm.parse_assembly(text)
        module.verify()
        code: bytes = _machine(target).emit_object(module)
        return code

    return kept(text, (llvm.get_default_triple(), target), "o", make)


def kept(text: str, about: Any, kind: str, make: Callable[[], bytes]) -> bytes:
    """What is made of a program, from the cache folder if it was made before with the same compiler.

    In the file its checksum comes first, and a damaged one is made again.
    """
    folder = cache_folder()
    facts = llvmlite.__version__, llvm.llvm_version_info, about
    name = hashlib.sha256(repr(facts).encode() + text.encode()).hexdigest()
    path = None if folder is None else folder / f"{name}.{kind}"
    if path is not None and path.is_file():
        there = path.read_bytes()
        if hashlib.sha256(there[32:]).digest() == there[:32]:
            return there[32:]
    made = make()
    if path is not None:
        with suppress(OSError), TemporaryDirectory(dir=path.parent) as aside:  # without room nothing is lost but time
            whole = Path(aside) / path.name
            whole.write_bytes(hashlib.sha256(made).digest() + made)
            whole.replace(path)
    return made


def cache_folder() -> Path | None:
    """Where programs are kept, made if it is missing; ``None`` where nothing can be kept.

    What is in it will be executed, so a folder that others may write to is not used.
    """
    try:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "triangle_sim" / "llvm"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        facts = folder.stat()
    except (OSError, RuntimeError):  # no home, or none to write to
        return None
    own = not hasattr(os, "getuid") or (facts.st_uid == os.getuid() and not facts.st_mode & 0o022)
    return folder if own and os.access(folder, os.W_OK) else None
