"""Counts over histories, against plain loops and by hand."""

from itertools import groupby, pairwise

import numpy as np
import pytest

from triangle_sim.triangle import (
    ROLES,
    TYPES,
    Band,
    TriangleHistory,
    classify,
    departures,
    dwell,
    first_quarter,
    first_quarter_as,
    quarters_as,
    role_counts,
    shares,
    symmetrised,
    transition_counts,
    type_counts,
    type_counts_by_band,
)


@pytest.fixture
def history(worlds: np.ndarray, pairs: list, countries: tuple) -> TriangleHistory:
    return classify(worlds, pairs, countries)


def test_occupancy_counts_every_world_once(history: TriangleHistory) -> None:
    counts = type_counts(history.types)
    assert counts.shape == (21, 10, 5)
    assert counts.dtype == np.int64
    assert (counts.sum(axis=-1) == 60).all()
    assert counts[7, 3, 1] == list(history.types[7, 3]).count(TYPES.index("romantic_triangle"))
    by_role = role_counts(history.roles)
    assert by_role.shape == (21, 10, 3, 7)
    assert (by_role.sum(axis=-1) == 60).all()
    # every romantic triangle has one pivot and two wings
    romantic = counts[..., TYPES.index("romantic_triangle")]
    np.testing.assert_array_equal(by_role[..., ROLES.index("pivot")].sum(axis=-1), romantic)
    np.testing.assert_array_equal(by_role[..., ROLES.index("wing")].sum(axis=-1), 2 * romantic)


def test_transitions_agree_with_the_loop(history: TriangleHistory) -> None:
    expected = np.zeros((10, 5, 5), dtype=np.int64)
    for triad in range(10):
        for run in range(60):
            path = history.types[:, triad, run].tolist()
            for before, after in pairwise(path):
                expected[triad, before, after] += 1
    counts = transition_counts(history.types)
    np.testing.assert_array_equal(counts, expected)
    assert counts.sum() == 10 * 60 * 20
    assert (np.diagonal(departures(counts), axis1=1, axis2=2) == 0).all()


def test_dwell_agrees_with_the_loop(history: TriangleHistory) -> None:
    spells, quarters, cut_off = (np.zeros((10, 5), dtype=np.int64) for _ in range(3))
    for triad in range(10):
        for run in range(60):
            stretches = [(code, len(list(same))) for code, same in groupby(history.types[:, triad, run].tolist())]
            for code, length in stretches:
                spells[triad, code] += 1
                quarters[triad, code] += length
            cut_off[triad, stretches[-1][0]] += 1
    found = dwell(history.types)
    np.testing.assert_array_equal(found.spells, spells)
    np.testing.assert_array_equal(found.quarters, quarters)
    np.testing.assert_array_equal(found.cut_off, cut_off)
    # what was seen to leave is what the transitions count
    np.testing.assert_array_equal(
        found.spells - found.cut_off, departures(transition_counts(history.types)).sum(axis=-1)
    )


def test_dwell_by_hand() -> None:
    path = np.array([0, 0, 0, 1, 1, 0, 0], dtype=np.int8).reshape(-1, 1, 1)
    found = dwell(path)
    assert found.spells.tolist() == [[2, 1, 0, 0, 0]]
    assert found.quarters.tolist() == [[5, 2, 0, 0, 0]]
    assert found.cut_off.tolist() == [[1, 0, 0, 0, 0]]
    np.testing.assert_array_equal(found.mean_quarters, [[2.5, 2.0, np.nan, np.nan, np.nan]])
    # four quarters of type 0 were followed by one more; one of them was left
    np.testing.assert_array_equal(found.quarters_to_leave, [[4.0, 2.0, np.nan, np.nan, np.nan]])


def test_quarters_to_leave_finds_the_true_length_where_the_mean_does_not() -> None:
    """Worlds that leave with chance 1/10 a quarter: spells of ten quarters, most of them cut off by a short horizon."""
    rng = np.random.default_rng(3)
    leaves = rng.random((12, 1, 40_000)) < 0.1
    path = (np.cumsum(leaves, axis=0) % 2).astype(np.int8)
    found = dwell(path)
    assert found.quarters_to_leave[0, :2] == pytest.approx([10, 10], rel=0.05)
    assert (found.mean_quarters[0, :2] < 8).all()


def test_blocks_add_up_to_the_whole(history: TriangleHistory) -> None:
    blocks = [history.types[..., :1], history.types[..., 1:23], history.types[..., 23:]]
    np.testing.assert_array_equal(sum(type_counts(block) for block in blocks), type_counts(history.types))
    np.testing.assert_array_equal(sum(transition_counts(block) for block in blocks), transition_counts(history.types))
    first, second, third = (dwell(block) for block in blocks)
    together, whole = first + second + third, dwell(history.types)
    for name in ("spells", "quarters", "cut_off"):
        np.testing.assert_array_equal(getattr(together, name), getattr(whole, name))


def test_first_quarter_as_pivot_agrees_with_the_loop(history: TriangleHistory) -> None:
    found = first_quarter_as(history, "PRK", ("RUS", "CHN"))
    triad = history.triads.index(("CHN", "PRK", "RUS"))
    held = quarters_as(history, "PRK", ("CHN", "RUS"))
    for run in range(60):
        path = [ROLES[code] for code in history.roles[:, triad, 1, run]]
        assert held[run] == path.count("pivot")
        if "pivot" in path:
            assert found[run] == path.index("pivot")
        else:
            assert np.isnan(found[run])
    assert np.isnan(found).any()
    assert (found > 0).any()


def test_first_quarter_counts_from_the_start() -> None:
    happens = np.array([[True, False, False], [False, True, False]])
    np.testing.assert_array_equal(first_quarter(happens), [0.0, 1.0, np.nan])


def test_an_unknown_role_is_told(history: TriangleHistory) -> None:
    with pytest.raises(ValueError, match="unknown name 'pariah'; known: friend, pivot"):
        quarters_as(history, "PRK", ("CHN", "RUS"), "pariah")


def test_shares_of_nothing_are_nan() -> None:
    np.testing.assert_array_equal(shares(np.array([[1, 3], [0, 0]])), [[0.25, 0.75], [np.nan, np.nan]])


def test_a_wider_band_leaves_more_triangles_undetermined(worlds: np.ndarray, pairs: list, countries: tuple) -> None:
    bands = [Band(0, 0), Band(0.15, 0.05), Band(0.3, 0.1), Band(0.6, 0.6)]
    counts = type_counts_by_band(symmetrised(worlds, pairs, countries), countries, bands)
    assert counts.shape == (4, 10, 5)
    assert counts.dtype == np.int64
    assert (counts.sum(axis=-1) == 21 * 60).all()
    undetermined = counts[..., TYPES.index("indeterminate")]
    assert (undetermined[0] == 0).all()
    assert (np.diff(undetermined, axis=0) > 0).all()
    np.testing.assert_array_equal(counts[1], type_counts(classify(worlds, pairs, countries).types).sum(axis=0))
