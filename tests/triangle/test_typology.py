"""Types and roles against the table of the literature, written out, and against what the record says."""

from collections.abc import Callable
from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from triangle_sim.triangle.ties import Band
from triangle_sim.triangle.typology import ROLES, ROLES_OF, TYPE_OF, TYPES, classify, patterns, triads

# Dittmer (1981, 1987): signs of ij, ik, jk -> type and the roles of i, j, k.
TABLE = {
    (1, 1, 1): ("menage_a_trois", ("friend", "friend", "friend")),
    (1, 1, -1): ("romantic_triangle", ("pivot", "wing", "wing")),
    (1, -1, 1): ("romantic_triangle", ("wing", "pivot", "wing")),
    (-1, 1, 1): ("romantic_triangle", ("wing", "wing", "pivot")),
    (1, -1, -1): ("stable_marriage", ("partner", "partner", "outcast")),
    (-1, 1, -1): ("stable_marriage", ("partner", "outcast", "partner")),
    (-1, -1, 1): ("stable_marriage", ("outcast", "partner", "partner")),
    (-1, -1, -1): ("unit_veto", ("foe", "foe", "foe")),
}
NOTHING = ("indeterminate", ("none", "none", "none"))
SIGNS = list(product((-1, 0, 1), repeat=3))
OPPOSITE_TYPE = {
    "menage_a_trois": "unit_veto",
    "unit_veto": "menage_a_trois",
    "romantic_triangle": "stable_marriage",
    "stable_marriage": "romantic_triangle",
    "indeterminate": "indeterminate",
}
OPPOSITE_ROLE = {
    "friend": "foe",
    "foe": "friend",
    "pivot": "outcast",
    "outcast": "pivot",
    "wing": "partner",
    "partner": "wing",
    "none": "none",
}


def named(three: tuple[int, int, int]) -> tuple[str, tuple[str, ...]]:
    (pattern,) = patterns(*(np.array([sign], np.int8) for sign in three))
    return TYPES[TYPE_OF[pattern]], tuple(ROLES[code] for code in ROLES_OF[:, pattern])


@pytest.mark.parametrize("three", SIGNS)
def test_every_pattern_of_signs_is_as_in_the_table(three: tuple[int, int, int]) -> None:
    assert named(three) == TABLE.get(three, NOTHING)


def loop_classify(goodwill: np.ndarray, pairs: list, countries: tuple, band: Band) -> tuple[np.ndarray, np.ndarray]:
    """Names of types (time, triads, runs) and roles (time, triads, 3, runs), one tie, triad and world at a time."""
    n_time, _, n_runs = goodwill.shape
    threes = [t for t in product(countries, repeat=3) if t[0] < t[1] < t[2]]
    kinds = np.empty((n_time, len(threes), n_runs), dtype=object)
    parts = np.empty((n_time, len(threes), 3, n_runs), dtype=object)
    for run in range(n_runs):
        sign = {frozenset(pair): 0 for pair in pairs}
        for t in range(n_time):
            for i, j in pairs:
                tie = (goodwill[t, pairs.index((i, j)), run] + goodwill[t, pairs.index((j, i)), run]) / 2
                old = sign[frozenset((i, j))]
                if abs(tie) >= band.enter:
                    sign[frozenset((i, j))] = 1 if tie > 0 else -1
                elif old * tie < band.leave:
                    sign[frozenset((i, j))] = 0
            for at, (i, j, k) in enumerate(threes):
                three = (sign[frozenset((i, j))], sign[frozenset((i, k))], sign[frozenset((j, k))])
                kinds[t, at, run], parts[t, at, :, run] = TABLE.get(three, NOTHING)
    return kinds, parts


@pytest.mark.parametrize("band", [Band(), Band(0.4, 0.1), Band(0.3, 0.3)])
def test_classify_agrees_with_the_loop(worlds: np.ndarray, pairs: list, countries: tuple, band: Band) -> None:
    few = worlds[:, :, :12]
    history = classify(few, pairs, countries, band)
    kinds, parts = loop_classify(few, pairs, countries, band)
    np.testing.assert_array_equal(np.array(TYPES, dtype=object)[history.types], kinds)
    np.testing.assert_array_equal(np.array(ROLES, dtype=object)[history.roles], parts)
    assert set(kinds.ravel()) == set(TYPES), "these worlds are to visit every type"


@given(st.sampled_from(SIGNS), st.sampled_from(list(permutations(range(3)))))
def test_renaming_the_members_moves_their_roles_along(three: tuple[int, int, int], order: tuple[int, int, int]) -> None:
    tie = dict(zip([frozenset("ij"), frozenset("ik"), frozenset("jk")], three, strict=True))
    new = ["ijk"[at] for at in order]
    renamed = tuple(tie[frozenset((new[a], new[b]))] for a, b in ((0, 1), (0, 2), (1, 2)))
    (kind, parts), (new_kind, new_parts) = named(three), named(renamed)
    assert new_kind == kind
    assert new_parts == tuple(parts[at] for at in order)


@given(st.permutations(["CHN", "KOR", "PRK", "RUS", "USA"]))
def test_renaming_countries_renames_triangles(order: list[str]) -> None:
    old = ["CHN", "KOR", "PRK", "RUS", "USA"]
    pairs = list(permutations(old, 2))
    goodwill = np.random.default_rng(7).uniform(-1, 1, (4, 20, 5))
    new_name = dict(zip(old, order, strict=True))
    before = classify(goodwill, pairs, old)
    after = classify(goodwill, [(new_name[i], new_name[j]) for i, j in pairs], old)
    for i, j, k in before.triads:
        new = new_name[i], new_name[j], new_name[k]
        np.testing.assert_array_equal(after.types_of(*new), before.types_of(i, j, k))
        np.testing.assert_array_equal(after.roles_of(*new), before.roles_of(i, j, k))


@given(st.sampled_from(SIGNS))
def test_turning_every_tie_over_turns_types_and_roles_over(three: tuple[int, int, int]) -> None:
    kind, parts = named(three)
    over = named((-three[0], -three[1], -three[2]))
    assert over == (OPPOSITE_TYPE[kind], tuple(OPPOSITE_ROLE[part] for part in parts))


def test_a_world_alone_is_as_in_the_block(worlds: np.ndarray, pairs: list, countries: tuple) -> None:
    block = classify(worlds, pairs, countries)
    for run in (0, 31, 59):
        alone = classify(worlds[:, :, run : run + 1], pairs, countries)
        for name in ("types", "roles", "signs"):
            np.testing.assert_array_equal(getattr(alone, name)[..., 0], getattr(block, name)[..., run])
            assert getattr(alone, name).dtype == np.int8


def test_shapes_and_names(worlds: np.ndarray, pairs: list, countries: tuple) -> None:
    history = classify(worlds, pairs, countries[::-1])
    assert history.countries == countries
    assert history.triads == triads(countries)
    assert len(history.triads) == 10
    assert ("CHN", "PRK", "RUS") in history.triads
    assert history.types.shape == (21, 10, 60)
    assert history.roles.shape == (21, 10, 3, 60)
    assert history.signs.shape == (21, 10, 60)
    with pytest.raises(ValueError, match=r"no triad CHN-JPN-PRK; known: CHN-KOR-PRK, "):
        history.types_of("PRK", "CHN", "JPN")


def test_two_countries_have_no_triangle() -> None:
    history = classify(np.zeros((3, 2, 4)), [("PRK", "CHN"), ("CHN", "PRK")], ["PRK", "CHN"])
    assert history.triads == ()
    assert history.types.shape == (3, 0, 4)
    assert history.roles.shape == (3, 0, 3, 4)


def test_pyongyang_was_pivot_in_1961_and_a_friend_among_friends_since_2022(
    coded: Callable[[int], np.ndarray], pairs: list, countries: tuple
) -> None:
    expected = {
        1950: ("menage_a_trois", "friend"),
        1961: ("romantic_triangle", "pivot"),
        2022: ("menage_a_trois", "friend"),
        2024: ("menage_a_trois", "friend"),
    }
    for year, (kind, role) in expected.items():
        history = classify(coded(year), pairs, countries)
        assert TYPES[history.types_of("PRK", "CHN", "RUS").item()] == kind
        assert ROLES[history.roles_of("PRK", "CHN", "RUS").item()] == role
    history = classify(coded(1961), pairs, countries)
    assert TYPES[history.types_of("CHN", "RUS", "USA").item()] == "unit_veto"
    assert TYPES[history.types_of("CHN", "RUS", "KOR").item()] == "unit_veto"
    assert ROLES[history.roles_of("CHN", "PRK", "RUS").item()] == "wing"
