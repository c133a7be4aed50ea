"""Addressed random numbers in whole-number arithmetic, written from docs/equations.md and the paper alone.

Source: Salmon, Moraes, Dror & Shaw (2011), Parallel random numbers: as easy as 1, 2, 3 (Threefry-2x64, 20 rounds).
"""

import hashlib
import math

WORD = 2**64
ROTATIONS = (16, 42, 12, 31, 16, 32, 24, 21)
PARITY = 0x1BD11BDAA9FC1A22


def threefry(counter: tuple[int, int], key: tuple[int, int]) -> tuple[int, int]:
    """The two output words of Threefry-2x64-20."""
    keys = (key[0], key[1], key[0] ^ key[1] ^ PARITY)
    x, y = (counter[0] + keys[0]) % WORD, (counter[1] + keys[1]) % WORD
    for turn in range(20):
        x = (x + y) % WORD
        by = ROTATIONS[turn % 8]
        y = ((y << by) | (y >> (64 - by))) % WORD
        y ^= x
        if turn % 4 == 3:
            injection = turn // 4 + 1
            x = (x + keys[injection % 3]) % WORD
            y = (y + keys[(injection + 1) % 3] + injection) % WORD
    return x, y


def _key(seed: int, stream: str) -> tuple[int, int]:
    return seed, int.from_bytes(hashlib.blake2b(stream.encode(), digest_size=8).digest(), "little")


def _fraction(word: int) -> float:
    return (word >> 11) / 2**53


def uniform(seed: int, stream: str, draw: int, replicate: int, quarter: int) -> float:
    """U(stream, d, r, q) in [0, 1)."""
    return _fraction(threefry((draw * 2**32 + replicate, quarter), _key(seed, stream))[0])


def normal(seed: int, stream: str, draw: int, replicate: int, quarter: int) -> float:
    """N(stream, d, r, q), standard normal by Box and Muller; two quarters share one pair."""
    first, second = threefry((draw * 2**32 + replicate, quarter // 2), _key(seed, stream))
    radius = math.sqrt(-2.0 * math.log(1.0 - _fraction(first)))
    angle = 2.0 * math.pi * _fraction(second)
    return radius * (math.sin(angle) if quarter % 2 else math.cos(angle))
