"""Truths about many worlds, 64 to a word: what is asked of all of them is one operation, and counting is one more.

Packed arrays are ``(..., words)`` for truths ``(..., runs)``. The bits beyond the last world are zero.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Bits = npt.NDArray[np.uint64]
Counts = npt.NDArray[np.int64]

_ONES = np.array([value.bit_count() for value in range(256)], dtype=np.uint8)


def pack(truth: npt.NDArray[np.bool_]) -> Bits:
    """(..., runs) -> (..., words), with ceil(runs / 64) words."""
    *shape, runs = truth.shape
    packed = np.zeros((*shape, -(-runs // 64) * 8), dtype=np.uint8)
    packed[..., : -(-runs // 8)] = np.packbits(truth, axis=-1)
    return packed.view(np.uint64)


def unpack(bits: Bits, runs: int) -> npt.NDArray[np.uint8]:
    """(..., words) -> (..., runs), of zeros and ones."""
    return np.unpackbits(bits.view(np.uint8), axis=-1, count=runs)


def count(bits: Bits) -> Counts:
    """In how many worlds: (..., words) -> (...)."""
    total: Counts = _ones(bits).sum(axis=-1, dtype=np.int64)
    return total


def _ones(bits: Bits) -> npt.NDArray[np.uint8]:
    """Bits set, in pieces of a word or of a byte."""
    if hasattr(np, "bitwise_count"):  # NumPy 2
        return np.bitwise_count(bits)
    return _ONES[bits.view(np.uint8)]
