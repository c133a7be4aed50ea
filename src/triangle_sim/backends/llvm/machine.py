"""Programs turned into a processor's own instructions, kept in the user's cache folder, and called."""

from __future__ import annotations

import ctypes
import hashlib
import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock
from typing import Any, NamedTuple

import llvmlite
import llvmlite.binding as llvm

from triangle_sim.backends.requirements import cache_folder

Simulate = Callable[[int, int, int, int, int], None]
"""``simulate(runs, worlds, room, first, end)``: three addresses, and the first run and the end of the runs."""

_LOCK = Lock()
_LOADED: dict[str, tuple[Any, Simulate]] = {}


class Processor(NamedTuple):
    """What code is made for: LLVM's name of it, what it can do, and the bits of its vectors."""

    name: str
    features: str
    vector: int

    def lanes(self, bits: int) -> int:
        """How many numbers of so many bits a vector holds."""
        return self.vector // bits


@lru_cache(maxsize=1)
def here() -> Processor:
    """The processor of this machine."""
    try:
        features = llvm.get_host_cpu_features()
    except RuntimeError:  # LLVM does not know how to ask this system
        return Processor(llvm.get_host_cpu_name(), "", 128)
    vector = 512 if features.get("avx512f") else 256 if features.get("avx2") else 128
    return Processor(llvm.get_host_cpu_name(), features.flatten(), vector)


def load(text: str, processor: Processor) -> Simulate:
    """The function ``simulate`` of a program, compiled unless that was done before for such a processor.

    Several threads may call it at once.
    """
    about = llvmlite.__version__, llvm.llvm_version_info, processor
    name = hashlib.sha256(repr(about).encode() + text.encode()).hexdigest()
    with _LOCK:
        if name not in _LOADED:
            _LOADED[name] = _link(_compiled(name, text, processor), processor)
        return _LOADED[name][1]


def _target(processor: Processor) -> Any:
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    triple = llvm.Target.from_default_triple()
    name, features, _ = processor
    return triple.create_target_machine(cpu=name, features=features, opt=2, codemodel="jitdefault", jit=True)


def _compiled(name: str, text: str, processor: Processor) -> bytes:
    """The object code; where it is kept its checksum comes first, and a damaged file is made again."""
    folder = cache_folder("llvm")
    path = None if folder is None else folder / f"{name}.o"
    if path is not None and path.is_file():
        kept = path.read_bytes()
        if hashlib.sha256(kept[32:]).digest() == kept[:32]:
            return kept[32:]
    module = llvm.parse_assembly(text)
    module.verify()
    code: bytes = _target(processor).emit_object(module)
    if path is not None:
        _keep(path, hashlib.sha256(code).digest() + code)
    return code


def _keep(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; without room for it nothing is lost but time."""
    try:
        with NamedTemporaryFile(dir=path.parent, delete=False) as file:
            try:
                file.write(content)
                file.close()
                os.replace(file.name, path)
            except OSError:
                os.unlink(file.name)
    except OSError:
        pass


def _link(code: bytes, processor: Processor) -> tuple[Any, Simulate]:
    """The code in memory, which has to be kept, and its function; Python's lock is free while it runs."""
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), _target(processor))
    engine.add_object_file(llvm.ObjectFileRef.from_data(code))
    engine.finalize_object()
    address = engine.get_function_address("simulate")
    return engine, ctypes.CFUNCTYPE(None, *([ctypes.c_void_p] * 3), *([ctypes.c_int64] * 2))(address)
