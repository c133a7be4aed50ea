"""Counts from packed signs against the same counts taken plainly from arrays of codes."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triangle_sim.triangle import (
    DEFAULT_BAND,
    ROLES,
    TYPES,
    Band,
    balance_counts,
    classify,
    count_triangles,
    dwell,
    frustration,
    history_of,
    next_signs,
    role_counts,
    signs,
    symmetrised,
    ties,
    transition_counts,
    type_counts,
    type_counts_by_band,
)

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


@pytest.mark.parametrize("band", BANDS)
def test_signs_follow_from_the_quarter_before(band: Band) -> None:
    mutual = symmetrised(*goodwill(5, 90))
    mutual[3, 2, :40] = np.nan
    found, now = signs(mutual, band), np.zeros(mutual.shape[1:], np.int8)
    for quarter, tie in enumerate(mutual):
        now = next_signs(now, tie, band)
        np.testing.assert_array_equal(found[quarter], now)
    assert set(found.ravel()) == {-1, 0, 1}


@given(
    path=st.lists(st.sampled_from([0.0, 0.1, -0.1, 0.1 - 1e-10, -0.3, 0.3, 0.3 - 1e-10, 0.9, -0.9]), min_size=1),
    band=st.sampled_from([*BANDS, Band(0.3, 0.1), Band(0.1, 0.1)]),
)
@settings(deadline=None, derandomize=True)
def test_signs_of_any_path(path: list[float], band: Band) -> None:
    sign, expected = 0, []
    for tie in path:
        if tie != 0 and abs(tie) >= band.enter - 1e-9:
            sign = 1 if tie > 0 else -1
        elif sign * tie < band.leave - 1e-9:
            sign = 0
        expected.append(sign)
    assert signs(np.array(path).reshape(-1, 1, 1), band).ravel().tolist() == expected


@pytest.mark.parametrize("n_countries", [3, 4, 5, 6])
@pytest.mark.parametrize("runs", [1, 60, 64, 130])
def test_all_counts_of_a_history(n_countries: int, runs: int) -> None:
    worlds, pairs, countries = goodwill(n_countries, runs)
    history = classify(worlds, pairs, countries)
    found = count_triangles(history)
    spells = dwell(history.types)
    unbalanced, complete = balance_counts(history.signs, countries)
    expected = {
        "types": type_counts(history.types),
        "roles": role_counts(history.roles),
        "transitions": transition_counts(history.types),
        "spells": spells.spells,
        "spell_quarters": spells.quarters,
        "unbalanced": unbalanced.sum(axis=1),
        "complete": complete.sum(axis=1),
        "camps": (frustration(history.signs, countries) == 0).sum(axis=1),
    }
    assert set(expected) == set(found._fields)
    for name, counts in expected.items():
        np.testing.assert_array_equal(getattr(found, name), counts, err_msg=name)
        assert getattr(found, name).dtype == np.int64, name
    if runs >= 60:
        assert (found.types.sum(axis=(0, 1)) > 0).all() and (found.roles.sum(axis=(0, 1, 2)) > 0).all()
        assert 0 < found.camps.sum() < 12 * runs


def test_two_countries_have_no_triads_and_are_in_balance() -> None:
    found = count_triangles(classify(*goodwill(2, 70)))
    assert found.types.shape == (12, 0, len(TYPES)) and found.roles.shape == (12, 0, 3, len(ROLES))
    assert found.transitions.shape == (0, len(TYPES), len(TYPES)) and found.spells.shape == (0, len(TYPES))
    assert found.unbalanced.tolist() == found.complete.tolist() == [0] * 12
    assert found.camps.tolist() == [70] * 12


@pytest.mark.parametrize("runs", [1, 75])
def test_types_under_every_band(runs: int) -> None:
    worlds, pairs, countries = goodwill(5, runs)
    found = type_counts_by_band(symmetrised(worlds, pairs, countries), countries, BANDS)
    for counts, band in zip(found, BANDS, strict=True):
        plain = classify(worlds, pairs, countries, band).types
        np.testing.assert_array_equal(
            counts, [[(plain[:, k] == t).sum() for t in range(len(TYPES))] for k in range(10)]
        )


def test_a_history_is_the_same_from_mutual_ties_and_reads_a_triad_alone() -> None:
    worlds, pairs, countries = goodwill(5, 33)
    one, two = classify(worlds, pairs, countries), history_of(symmetrised(worlds, pairs, countries), countries)
    for name in ("signs", "types", "roles"):
        np.testing.assert_array_equal(getattr(one, name), getattr(two, name))
    for at, triad in enumerate(one.triads):
        np.testing.assert_array_equal(one.types_of(*triad), one.types[:, at])
        for seat, country in enumerate(triad):
            others = [other for other in triad if other != country]
            np.testing.assert_array_equal(one.roles_of(country, *others), one.roles[:, at, seat])
    assert one.signs.shape == (12, len(ties(countries)), 33)
