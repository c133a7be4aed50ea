"""Addressable random numbers: each one is a pure function of (seed, stream, draw, replicate, quarter).

The generator is Threefry-2x64 with 20 rounds (Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as
1, 2, 3", SC '11), a counter-based generator: no state, so no order. The key holds the seed and the stream's *name*
(hashed), the counter holds draw, replicate and quarter. What other countries, events or parameters exist, how many
runs were asked and how they are cut into blocks can therefore not change a number. Tests check the published
known-answer vectors.

:func:`threefry`, :func:`unit` and :func:`normal_pair` can be traced, as the model can. :class:`Streams` works batch by
batch, so that the words stay in a core's cache.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from triangle_sim.arrays import Array

U64 = NDArray[np.uint64]

BATCH: Final = 2**14
"""Words made at once: few enough to stay in cache, enough to spread the cost of a call."""

_ROTATIONS = (16, 42, 12, 31, 16, 32, 24, 21)
_SHIFTS = [(np.uint64(rotation), np.uint64(64 - rotation)) for rotation in _ROTATIONS]
_PARITY = np.uint64(0x1BD11BDAA9FC1A22)
_LOWEST = np.uint64(11)  # bits of a word that a double between 0 and 1 has no room for
_TOP = np.uint64(56)
_STEP = 2.0**-53
_TWO_PI = 2.0 * np.pi


def threefry(counter0: Array, counter1: Array, key0: Array, key1: Array) -> tuple[Array, Array]:
    """Threefry-2x64 of broadcastable unsigned words: two words of 64 random bits each."""
    keys = (key0, key1, key0 ^ key1 ^ _PARITY)
    low = counter1 + key1
    x0 = (counter0 + key0) + low
    left, right = _SHIFTS[0]
    x1 = ((low << left) | (low >> right)) ^ x0  # the first rotation is done before the words have their full shape
    spare = np.empty_like(x0) if isinstance(x0, np.ndarray) else None
    for number in range(1, 20):
        left, right = _SHIFTS[number % 8]
        x0 += x1
        high = x1 >> right if spare is None else np.right_shift(x1, right, spare)
        x1 <<= left
        x1 |= high
        x1 ^= x0
        if number % 4 == 3:
            injection = number // 4 + 1
            x0 += keys[injection % 3]
            x1 += keys[(injection + 1) % 3] + np.uint64(injection)
    return x0, x1


def unit(words: Array) -> Array:
    """The upper 53 bits as a number in [0, 1)."""
    return (words >> _LOWEST).astype(np.float64) * _STEP


def normal_pair(first: Array, second: Array) -> tuple[Array, Array]:
    """Two independent standard normal numbers from two words: Box and Muller (1958)."""
    radius = np.sqrt(-2.0 * np.log(1.0 - unit(first)))
    angle = _TWO_PI * unit(second)
    return radius * np.cos(angle), radius * np.sin(angle)


@lru_cache(maxsize=2**14)
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

    ``address`` is the counter's word for each run, ``(runs,)``.
    """

    def __init__(self, seed: int, draws: Any, replicates: Any) -> None:
        if not 0 <= seed < 2**64:
            raise ValueError(f"seed must lie in 0 .. 2**64 - 1, got {seed}")
        self.seed = np.asarray([seed], np.uint64)
        draw, replicate = np.asarray(draws, np.uint64), np.asarray(replicates, np.uint64)
        self.address: U64 = (draw << np.uint64(32)) | replicate

    def _words(self, names: Sequence[str], counters: U64) -> Iterator[tuple[slice, slice, U64, U64]]:
        """Words of every (name, counter), one row each, and run, in batches: which rows, which runs, two words."""
        keys = np.asarray([stream_key(name) for name in names], np.uint64)
        key, counter = np.repeat(keys, counters.size)[:, None], np.tile(counters, keys.size)[:, None]
        runs = self.address.size
        across, down = min(max(runs, 1), BATCH), max(1, BATCH // max(runs, 1))
        for row in range(0, key.size, down):
            rows = slice(row, row + down)
            for run in range(0, runs, across):
                some = slice(run, run + across)
                yield rows, some, *threefry(self.address[some], counter[rows], self.seed, key[rows])

    def uniform(self, names: Sequence[str], quarters: Sequence[int]) -> NDArray[np.float64]:
        """Uniform numbers in [0, 1), ``(names, quarters, runs)``; a quarter's number is independent of the others'."""
        out = np.empty((len(names), len(quarters), self.address.size))
        flat = out.reshape(len(names) * len(quarters), self.address.size)
        for rows, runs, first, _ in self._words(names, np.asarray(quarters, np.uint64)):
            np.multiply(_integers(first), _STEP, out=flat[rows, runs])
        return out

    def normal(self, names: Sequence[str], quarters: int) -> NDArray[np.float64]:
        """Standard normal numbers ``(names, quarters, runs)`` for quarters 0 .. quarters - 1.

        Quarters 2k and 2k+1 share one counter, so neither depends on the horizon. The bits are :func:`normal_pair`'s;
        sines and cosines are taken in rough order of the angle, because they branch on it and then cost half.
        """
        pairs = (quarters + 1) // 2
        out = np.empty((len(names), 2 * pairs, self.address.size))
        flat = out.reshape(len(names) * pairs, 2, self.address.size)
        for rows, runs, first, second in self._words(names, np.arange(pairs, dtype=np.uint64)):
            order = np.argsort((second >> _TOP).astype(np.uint8), axis=None, kind="stable")
            angle = _integers(second).ravel()[order]
            angle *= _TWO_PI * _STEP
            radius = _integers(first)
            radius *= -_STEP
            radius += 1.0
            np.log(radius, out=radius)
            radius *= -2.0
            np.sqrt(radius, out=radius)
            wave = np.empty_like(radius)
            for half, function in enumerate((np.cos, np.sin)):
                wave.ravel()[order] = function(angle)
                np.multiply(radius, wave, out=flat[rows, half, runs])
        return out[:, :quarters]


def _integers(words: U64) -> NDArray[np.float64]:
    """The upper 53 bits as whole numbers, exactly; the words are lost. A double comes faster from a signed integer."""
    words >>= _LOWEST
    return words.view(np.int64).astype(np.float64)
