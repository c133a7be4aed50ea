"""What code is written and compiled for: the emitter and the compiler ask it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import llvmlite.binding as llvm


class Target(NamedTuple):
    """LLVM's name of the processor, what it can do, the bits of its vectors, and whether to fuse products with sums.

    Native code fuses them on any processor, so that all give the same bits. WebAssembly has no such instruction.
    """

    name: str
    features: str
    vector: int
    fma: bool = True


@lru_cache(maxsize=1)
def native() -> Target:
    """The processor of this machine."""
    try:
        features = llvm.get_host_cpu_features()
    except RuntimeError:  # LLVM does not know how to ask this system
        return Target(llvm.get_host_cpu_name(), "", 128)
    vector = 512 if features.get("avx512f") else 256 if features.get("avx2") else 128
    return Target(llvm.get_host_cpu_name(), features.flatten(), vector)
