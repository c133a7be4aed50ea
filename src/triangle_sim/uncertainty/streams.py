"""Addressable random numbers: each one is a pure function of (seed, stream, draw, replicate, quarter).

The generator is Threefry-2x64 with 20 rounds (Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as
1, 2, 3", SC '11), a counter-based generator: no state, so no order. The key holds the seed and the stream's *name*
(hashed), the counter holds draw, replicate and quarter. What other countries, events or parameters exist, how many
runs were asked and how they are cut into blocks can therefore not change a number. Tests check the published
known-answer vectors.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

U64 = NDArray[np.uint64]
_ROTATIONS = (16, 42, 12, 31, 16, 32, 24, 21)
_PARITY = np.uint64(0x1BD11BDAA9FC1A22)
_TWO_PI = 2.0 * np.pi


def threefry(counter0: U64, counter1: U64, key0: U64, key1: U64, rounds: int = 20) -> tuple[U64, U64]:
    """Threefry-2x64 of broadcastable unsigned words: two words of 64 random bits each."""
    shape = np.broadcast_shapes(counter0.shape, counter1.shape, key0.shape, key1.shape)
    keys = (key0, key1, _PARITY ^ key0 ^ key1)
    x0, x1 = np.empty(shape, np.uint64), np.empty(shape, np.uint64)
    np.add(counter0, key0, out=x0)
    np.add(counter1, key1, out=x1)
    high = np.empty(shape, np.uint64)
    for number in range(rounds):
        rotation = _ROTATIONS[number % 8]
        np.add(x0, x1, out=x0)
        np.right_shift(x1, np.uint64(64 - rotation), out=high)
        np.left_shift(x1, np.uint64(rotation), out=x1)
        np.bitwise_or(x1, high, out=x1)
        np.bitwise_xor(x1, x0, out=x1)
        if number % 4 == 3:
            injection = number // 4 + 1
            np.add(x0, keys[injection % 3], out=x0)
            np.add(x1, keys[(injection + 1) % 3], out=x1)
            np.add(x1, np.uint64(injection), out=x1)
    return x0, x1


def stream_key(name: str) -> int:
    """64 bits that stand for a stream's name; two names collide with a chance of about 1 in 10^19."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little")


class Streams:
    """The random numbers of a block of runs.

    Parameters
    ----------
    seed
        0 .. 2**64 - 1.
    draws, replicates
        ``(runs,)`` integers below 2**32: which runs these are.
    """

    def __init__(self, seed: int, draws: Any, replicates: Any) -> None:
        if not 0 <= seed < 2**64:
            raise ValueError(f"seed must lie in 0 .. 2**64 - 1, got {seed}")
        self.seed = np.asarray([seed], np.uint64)
        draw, replicate = np.asarray(draws, np.uint64), np.asarray(replicates, np.uint64)
        self._run: U64 = (draw << np.uint64(32)) | replicate

    def _words(self, names: Sequence[str], quarters: U64) -> tuple[U64, U64]:
        """Two ``(names, quarters, runs)`` arrays of words."""
        keys = np.asarray([stream_key(name) for name in names], np.uint64)[:, None, None]
        return threefry(self._run[None, None, :], quarters[None, :, None], self.seed[:, None, None], keys)

    def uniform(self, names: Sequence[str], quarters: Sequence[int]) -> NDArray[np.float64]:
        """Uniform numbers in [0, 1), ``(names, quarters, runs)``; a quarter's number is independent of the others'."""
        first, _ = self._words(names, np.asarray(quarters, np.uint64))
        return _unit(first)

    def normal(self, names: Sequence[str], quarters: int) -> NDArray[np.float64]:
        """Standard normal numbers ``(names, quarters, runs)`` for quarters 0 .. quarters - 1.

        Box and Muller (1958): quarters 2k and 2k+1 share one counter, so neither depends on the horizon.
        """
        pairs = (quarters + 1) // 2
        first, second = self._words(names, np.arange(pairs, dtype=np.uint64))
        radius = np.sqrt(-2.0 * np.log(1.0 - _unit(first)))
        angle = _TWO_PI * _unit(second)
        out = np.empty((len(names), 2 * pairs, self._run.size))
        np.multiply(radius, np.cos(angle), out=out[:, 0::2])
        np.multiply(radius, np.sin(angle), out=out[:, 1::2])
        return out[:, :quarters]


def _unit(words: U64) -> NDArray[np.float64]:
    """The upper 53 bits as a number in [0, 1)."""
    return (words >> np.uint64(11)).astype(np.float64) * 2.0**-53
