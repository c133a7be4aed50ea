"""Addressable random numbers: known answers, distribution, and independence of everything but the address.

Statistical checks run at fixed seeds, so they pass or fail for good. Each states its error rate: the chance that a
perfect generator would have failed it when the seed was chosen.
"""

import numpy as np
import pytest
from scipy import stats

from triangle_sim.uncertainty import streams as streams_module
from triangle_sim.uncertainty.streams import Streams, normal_pair, stream_key, threefry, unit

ERROR_RATE = 1e-4
"""Chance of a false alarm of each statistical test below; with some twenty of them, 0.2 per cent in all."""

RUNS = 20_000
ONES = 2**64 - 1


@pytest.mark.parametrize(
    ("counter", "key", "answer"),
    [
        ((0, 0), (0, 0), (0xC2B6E3A8C2C69865, 0x6F81ED42F350084D)),
        ((ONES, ONES), (ONES, ONES), (0xE02CB7C4D95D277A, 0xD06633D0893B8B68)),
        (
            (0x243F6A8885A308D3, 0x13198A2E03707344),
            (0xA4093822299F31D0, 0x082EFA98EC4E6C89),
            (0x263C7D30BB0F0AF1, 0x56BE8361D3311526),
        ),
    ],
)
def test_published_answers(counter: tuple[int, int], key: tuple[int, int], answer: tuple[int, int]) -> None:
    """Known answers of threefry2x64, 20 rounds, in the Random123 distribution (kat_vectors)."""
    words = [np.asarray([word], np.uint64) for word in (*counter, *key)]
    assert tuple(int(word[0]) for word in threefry(*words)) == answer


def many(name: str = "luck", quarter: int = 0, seed: int = 8) -> np.ndarray:
    return Streams(seed, np.arange(RUNS), np.zeros(RUNS, int)).uniform([name], [quarter])[0, 0]


def normals(name: str = "luck", quarters: int = 2) -> np.ndarray:
    return Streams(8, np.arange(RUNS), np.zeros(RUNS, int)).normal([name], quarters)[0]


@pytest.mark.parametrize("axis", ["draw", "replicate", "quarter", "stream", "seed"])
def test_uniform_along_every_part_of_the_address(axis: str) -> None:
    """Kolmogorov-Smirnov, and chi-square of consecutive pairs on an 8 x 8 grid."""
    n, line, zero = 4096, np.arange(4096), np.zeros(4096, int)
    numbers = {
        "draw": lambda: Streams(1, line, zero).uniform(["x"], [0])[0, 0],
        "replicate": lambda: Streams(1, zero, line).uniform(["x"], [0])[0, 0],
        "quarter": lambda: Streams(1, [0], [0]).uniform(["x"], range(n))[0, :, 0],
        "stream": lambda: Streams(1, [0], [0]).uniform([f"x{k}" for k in line], [0])[:, 0, 0],
        "seed": lambda: np.array([Streams(k, [0], [0]).uniform(["x"], [0])[0, 0, 0] for k in range(n)]),
    }[axis]()
    assert numbers.min() >= 0.0 and numbers.max() < 1.0
    assert stats.kstest(numbers, "uniform").pvalue > ERROR_RATE
    grid, _, _ = np.histogram2d(numbers[0::2], numbers[1::2], bins=8, range=[[0, 1], [0, 1]])
    assert stats.chisquare(grid.ravel()).pvalue > ERROR_RATE


@pytest.mark.parametrize(
    "other", [{"name": "luck2"}, {"name": "noise:goodwill[RUS,PRK]"}, {"quarter": 1}, {"seed": 9}, {"seed": 8 + 2**40}]
)
def test_neighbouring_addresses_are_independent(other: dict[str, int]) -> None:
    """Pearson correlation of 20,000 pairs: beyond 3.9 / sqrt(n) at the stated error rate."""
    assert stats.pearsonr(many(), many(**other)).pvalue > ERROR_RATE


def test_normals_against_scipy() -> None:
    """Kolmogorov-Smirnov for both halves of a pair, their independence, and four moments."""
    z = normals()
    for each in z:
        assert stats.kstest(each, "norm").pvalue > ERROR_RATE
        assert stats.normaltest(each).pvalue > ERROR_RATE, "skewness and kurtosis"
    assert stats.pearsonr(z[0], z[1]).pvalue > ERROR_RATE
    assert stats.pearsonr(z[0] ** 2, z[1] ** 2).pvalue > ERROR_RATE, "Box and Muller's halves share a radius"


def words_of(streams: Streams, names: list[str], counters: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """All words at once: two arrays (names, counters, runs)."""
    keys = np.asarray([stream_key(name) for name in names], np.uint64)[:, None, None]
    return threefry(streams.address, np.asarray(counters, np.uint64)[:, None], streams.seed, keys)


def test_normals_by_the_formula() -> None:
    streams = Streams(5, [1, 2], [3, 4])
    words = words_of(streams, ["s"], [0, 1])
    u, v = ((word >> np.uint64(11)) * 2.0**-53 for word in words)
    z = streams.normal(["s"], 3)
    radius = np.sqrt(stats.expon.isf(1 - u) * 2)
    np.testing.assert_allclose(z[:, 0::2], radius * np.cos(2 * np.pi * v), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(z[:, 1], (radius * np.sin(2 * np.pi * v))[:, 0], rtol=1e-9, atol=1e-12)


def test_an_address_decides_alone() -> None:
    """Not the block, its order, its size, the horizon, or which other streams are asked for."""
    names, draws, replicates = ["a", "b", "c"], np.arange(50) % 7, np.arange(50) // 7
    whole = Streams(3, draws, replicates)
    order = np.random.default_rng(0).permutation(50)
    shuffled = Streams(3, draws[order], replicates[order])
    assert np.array_equal(shuffled.uniform(names, range(9)), whole.uniform(names, range(9))[:, :, order])
    assert np.array_equal(shuffled.normal(names, 9), whole.normal(names, 9)[:, :, order])
    for k in (0, 1, 17, 49):
        alone = Streams(3, draws[[k]], replicates[[k]])
        assert np.array_equal(alone.uniform(names, range(9)), whole.uniform(names, range(9))[:, :, [k]])
        assert np.array_equal(alone.normal(names, 9), whole.normal(names, 9)[:, :, [k]])
    assert np.array_equal(whole.uniform(["c"], [4]), whole.uniform(names, range(9))[2:, 4:5])
    for horizon in (1, 2, 5, 8):
        assert np.array_equal(whole.normal(names, horizon), whole.normal(names, 9)[:, :horizon])


@pytest.mark.parametrize("batch", [1, 7, 64, 500, 2**14])
@pytest.mark.parametrize("runs", [1, 30, 129])
def test_batches_change_no_bit(batch: int, runs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """One row at a time, part of a row, many rows: always the bits of the whole made at once."""
    streams, names = Streams(11, np.arange(runs) * 3, np.arange(runs) % 4), ["a", "b", "c", "d", "e"]
    first, _ = words_of(streams, names, [5, 0, 2**40])
    even, odd = normal_pair(*words_of(streams, names, [0, 1, 2]))
    monkeypatch.setattr(streams_module, "BATCH", batch)
    uniform, normal = streams.uniform(names, [5, 0, 2**40]), streams.normal(names, 5)
    assert uniform.tobytes() == unit(first).tobytes()
    for quarter in range(5):
        assert normal[:, quarter].tobytes() == (even, odd)[quarter % 2][:, quarter // 2].tobytes()


def test_nothing_asked_is_nothing_given() -> None:
    assert Streams(1, [0, 1], [0, 0]).uniform([], [1, 2]).shape == (0, 2, 2)
    assert Streams(1, [0, 1], [0, 0]).normal(["a"], 0).shape == (1, 0, 2)
    assert Streams(1, [], []).normal(["a"], 3).shape == (1, 3, 0)


def test_inputs_are_left_alone() -> None:
    words = [np.arange(6, dtype=np.uint64).reshape(2, 3) + np.uint64(k) for k in range(4)]
    copies = [word.copy() for word in words]
    threefry(*words)
    assert all(np.array_equal(word, copy) for word, copy in zip(words, copies, strict=True))


def test_draw_and_replicate_are_different_things() -> None:
    ahead, aside = (Streams(3, [a], [b]).uniform(["x"], [0]).item() for a, b in ((0, 1), (1, 0)))
    assert len({ahead, aside, Streams(3, [0], [0]).uniform(["x"], [0]).item()}) == 3


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_seeds_out_of_range_are_refused(seed: int) -> None:
    with pytest.raises(ValueError, match="seed"):
        Streams(seed, [0], [0])
