"""Packed truths against plain arrays of them."""

import numpy as np
import pytest

from triangle_sim.triangle import bits

SIZES = [1, 7, 8, 9, 63, 64, 65, 128, 1000]


def truths(runs: int) -> np.ndarray:
    return np.random.default_rng(runs).random((3, 4, runs)) < 0.4


@pytest.mark.parametrize("runs", SIZES)
def test_there_and_back(runs: int) -> None:
    truth = truths(runs)
    packed = bits.pack(truth)
    assert packed.shape == (3, 4, (runs + 63) // 64) and packed.dtype == np.uint64
    np.testing.assert_array_equal(bits.unpack(packed, runs), truth)
    np.testing.assert_array_equal(bits.unpack(packed[:, 1:3], runs), truth[:, 1:3])


@pytest.mark.parametrize("runs", SIZES)
@pytest.mark.parametrize("numpy_2", [True, False])
def test_counts(runs: int, numpy_2: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the bit count of NumPy 2, where there is one, and without."""
    if not numpy_2:
        monkeypatch.delattr(np, "bitwise_count", raising=False)
    one, other = truths(runs), truths(runs)[::-1]
    for packed, plain in (
        (bits.pack(one), one),
        (bits.pack(one) & bits.pack(other), one & other),
        (bits.pack(one) ^ bits.pack(other), one ^ other),
        (bits.pack(np.ones_like(one)) & ~bits.pack(one), ~one),
    ):
        found = bits.count(packed)
        np.testing.assert_array_equal(found, plain.sum(axis=-1))
        assert found.dtype == np.int64


def test_nothing_to_pack() -> None:
    assert bits.count(bits.pack(np.zeros((2, 0, 5), bool))).shape == (2, 0)
    np.testing.assert_array_equal(bits.count(bits.pack(np.zeros((2, 0), bool))), [0, 0])
