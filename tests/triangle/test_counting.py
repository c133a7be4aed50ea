"""Counts over histories, against plain loops and by hand."""

from itertools import groupby, pairwise, permutations

import numpy as np
import pytest

from triangle_sim.triangle.balance import two_camps
from triangle_sim.triangle.counting import count_triangles, departures, shares, type_counts
from triangle_sim.triangle.ties import DEFAULT_BAND, Band, symmetrised, ties
from triangle_sim.triangle.typology import ROLES, TYPES, TriangleHistory, classify, history_of, triad_ties

NAMES = ("CHN", "JPN", "KOR", "PRK", "RUS", "USA")
BANDS = (DEFAULT_BAND, Band(0, 0), Band(0.3, 0.3), Band(0.4, 0), Band(0.05, 0.05 / 3), Band(1e-10, 1e-10))


def goodwill(n_countries: int, runs: int, seed: int = 1981) -> tuple[np.ndarray, list, tuple]:
    """Wandering ties of some countries, with values at zero and at thresholds among them."""
    countries = NAMES[:n_countries]
    pairs = list(permutations(countries, 2))
    rng = np.random.default_rng(seed)
    worlds = np.tanh(np.cumsum(rng.normal(0, 0.15, (12, len(pairs), runs)), axis=0))
    worlds[rng.random(worlds.shape) < 0.1] = 0.0
    worlds[rng.random(worlds.shape) < 0.1] = 0.3
    return worlds, pairs, countries


def counted_by_loops(history: TriangleHistory) -> dict[str, np.ndarray]:
    """Every count, one world, triad and quarter at a time."""
    types, roles, n = history.types, history.roles, len(TYPES)
    quarters, triads, runs = types.shape
    found = {
        "types": np.zeros((quarters, triads, n), int),
        "roles": np.zeros((quarters, triads, 3, len(ROLES)), int),
        "transitions": np.zeros((triads, n, n), int),
        "spells": np.zeros((triads, n), int),
        "spell_quarters": np.zeros((triads, n), int),
        "unbalanced": np.zeros(quarters, int),
        "complete": np.zeros(quarters, int),
    }
    for triad in range(triads):
        places = [each[triad] for each in triad_ties(history.countries)]
        for run in range(runs):
            path = types[:, triad, run].tolist()
            for kind, stretch in groupby(path):
                found["spells"][triad, kind] += 1
                found["spell_quarters"][triad, kind] += len(list(stretch))
            for before, after in pairwise(path):
                found["transitions"][triad, before, after] += 1
            for quarter, kind in enumerate(path):
                product = np.prod(history.signs[quarter, places, run])
                found["types"][quarter, triad, kind] += 1
                found["unbalanced"][quarter] += product < 0
                found["complete"][quarter] += product != 0
                for member in range(3):
                    found["roles"][quarter, triad, member, roles[quarter, triad, member, run]] += 1
    return found


@pytest.mark.parametrize(("n_countries", "runs"), [(3, 1), (3, 60), (4, 33), (5, 60), (6, 7)])
def test_all_counts_of_a_history(n_countries: int, runs: int) -> None:
    history = classify(*goodwill(n_countries, runs))
    found = count_triangles(history)
    expected = counted_by_loops(history) | {"camps": two_camps(history.signs, history.countries).sum(axis=1)}
    assert set(expected) == set(found._fields)
    for name, counts in expected.items():
        np.testing.assert_array_equal(getattr(found, name), counts, err_msg=name)
        assert getattr(found, name).dtype == np.int64, name
    if runs == 60:
        assert (found.types.sum(axis=(0, 1)) > 0).all() and (found.roles.sum(axis=(0, 1, 2)) > 0).all()
        assert 0 < found.camps.sum() < 12 * runs
    # every romantic triangle has one pivot and two wings
    romantic = found.types[..., TYPES.index("romantic_triangle")]
    np.testing.assert_array_equal(found.roles[..., ROLES.index("pivot")].sum(axis=-1), romantic)
    np.testing.assert_array_equal(found.roles[..., ROLES.index("wing")].sum(axis=-1), 2 * romantic)


def test_two_countries_have_no_triads_and_are_in_balance() -> None:
    found = count_triangles(classify(*goodwill(2, 70)))
    assert found.types.shape == (12, 0, len(TYPES)) and found.roles.shape == (12, 0, 3, len(ROLES))
    assert found.transitions.shape == (0, len(TYPES), len(TYPES)) and found.spells.shape == (0, len(TYPES))
    assert found.unbalanced.tolist() == found.complete.tolist() == [0] * 12
    assert found.camps.tolist() == [70] * 12


def test_blocks_add_up_to_the_whole() -> None:
    worlds, pairs, countries = goodwill(5, 40)
    parts = [count_triangles(classify(worlds[..., part], pairs, countries)) for part in (slice(9), slice(9, None))]
    for one, other, both in zip(*parts, count_triangles(classify(worlds, pairs, countries)), strict=True):
        np.testing.assert_array_equal(one + other, both)


@pytest.mark.parametrize("runs", [1, 75])
def test_types_under_every_band(runs: int) -> None:
    worlds, pairs, countries = goodwill(5, runs)
    for band in BANDS:
        found = type_counts(symmetrised(worlds, pairs, countries), countries, band)
        assert found.dtype == np.int64 and (found.sum(axis=-1) == 12 * runs).all()
        plain = classify(worlds, pairs, countries, band).types
        np.testing.assert_array_equal(found, [[(plain[:, k] == t).sum() for t in range(len(TYPES))] for k in range(10)])


def test_a_wider_band_leaves_more_triangles_undetermined(worlds: np.ndarray, pairs: list, countries: tuple) -> None:
    bands = [Band(0, 0), Band(0.15, 0.05), Band(0.3, 0.1), Band(0.6, 0.6)]
    mutual = symmetrised(worlds, pairs, countries)
    counts = np.stack([type_counts(mutual, countries, band) for band in bands])
    undetermined = counts[..., TYPES.index("indeterminate")]
    assert (undetermined[0] == 0).all()
    assert (np.diff(undetermined, axis=0) > 0).all()


def test_a_history_is_the_same_from_mutual_ties_and_reads_a_triad_alone() -> None:
    worlds, pairs, countries = goodwill(5, 33)
    one, two = classify(worlds, pairs, countries), history_of(symmetrised(worlds, pairs, countries), countries)
    for name in ("signs", "types", "roles"):
        np.testing.assert_array_equal(getattr(one, name), getattr(two, name))
    for at, triad in enumerate(one.triads):
        np.testing.assert_array_equal(one.types_of(*triad), one.types[:, at])
        for member, country in enumerate(triad):
            others = [other for other in triad if other != country]
            np.testing.assert_array_equal(one.roles_of(country, *others), one.roles[:, at, member])
    assert one.signs.shape == (12, len(ties(countries)), 33)


def test_shares_of_nothing_are_nan() -> None:
    np.testing.assert_array_equal(shares(np.array([[1, 3], [0, 0]])), [[0.25, 0.75], [np.nan, np.nan]])


def test_departures_are_transitions_without_stays() -> None:
    steps = np.arange(50).reshape(2, 5, 5)
    assert (np.diagonal(departures(steps), axis1=1, axis2=2) == 0).all()
    np.testing.assert_array_equal(departures(steps)[1, 2], [35, 36, 0, 38, 39])
