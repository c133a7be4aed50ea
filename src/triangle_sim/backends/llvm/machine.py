"""Programs turned into a target's own instructions, kept in the user's cache folder, and called."""

from __future__ import annotations

import ctypes
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock
from typing import Any

import llvmlite
import llvmlite.binding as llvm

from triangle_sim.backends.llvm.cache import cache_folder
from triangle_sim.backends.llvm.target import Target

Simulate = Callable[[int, int, int, int, int], None]
"""``simulate(runs, worlds, room, first, end)``: three addresses, and the first run and the end of the runs."""

_LOCK = Lock()
_LOADED: dict[str, tuple[Any, Simulate]] = {}


def load(text: str, target: Target) -> Simulate:
    """The function ``simulate`` of a program, compiled unless that was done before for such a target.

    Several threads may call it at once.
    """
    about = llvmlite.__version__, llvm.llvm_version_info, target
    name = hashlib.sha256(repr(about).encode() + text.encode()).hexdigest()
    with _LOCK:
        if name not in _LOADED:
            _LOADED[name] = _link(_compiled(name, text, target), target)
        return _LOADED[name][1]


def _target(target: Target) -> Any:
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    triple = llvm.Target.from_default_triple()
    return triple.create_target_machine(
        cpu=target.name, features=target.features, opt=2, codemodel="jitdefault", jit=True
    )


def _compiled(name: str, text: str, target: Target) -> bytes:
    """The object code; where it is kept its checksum comes first, and a damaged file is made again."""
    folder = cache_folder()
    path = None if folder is None else folder / f"{name}.o"
    if path is not None and path.is_file():
        kept = path.read_bytes()
        if hashlib.sha256(kept[32:]).digest() == kept[:32]:
            return kept[32:]
    module = llvm.parse_assembly(text)
    module.verify()
    code: bytes = _target(target).emit_object(module)
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


def _link(code: bytes, target: Target) -> tuple[Any, Simulate]:
    """The code in memory, which has to be kept, and its function; Python's lock is free while it runs."""
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), _target(target))
    engine.add_object_file(llvm.ObjectFileRef.from_data(code))
    engine.finalize_object()
    address = engine.get_function_address("simulate")
    return engine, ctypes.CFUNCTYPE(None, *([ctypes.c_void_p] * 3), *([ctypes.c_int64] * 2))(address)
