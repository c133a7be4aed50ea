"""Structural balance against the record, a plain search and, where it is installed, networkx."""

from collections.abc import Callable
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from triangle_sim.triangle import (
    TYPES,
    balance_counts,
    classify,
    energy,
    frustration,
    imbalance,
    signs,
    symmetrised,
    ties,
    triad_products,
    triads,
    two_camps,
)

FIVE = ("CHN", "KOR", "PRK", "RUS", "USA")
graphs = st.lists(st.sampled_from([-1, 0, 1]), min_size=10, max_size=10)


def as_signs(values: list[int]) -> np.ndarray:
    return np.array(values, dtype=np.int8).reshape(1, -1, 1)


def walk(values: list[int], names: tuple[str, ...]) -> bool:
    """Harary's test as one does it on paper: put one member in a camp, follow the ties, look for a contradiction."""
    tie = {frozenset(pair): value for pair, value in zip(combinations(names, 2), values, strict=True) if value}
    camp: dict[str, int] = {}
    for start in names:
        if start in camp:
            continue
        camp[start], todo = 1, [start]
        while todo:
            here = todo.pop()
            for other in names:
                if (sign := tie.get(frozenset((here, other)))) is None or other == here:
                    continue
                if other not in camp:
                    camp[other] = camp[here] * sign
                    todo.append(other)
                elif camp[other] != camp[here] * sign:
                    return False
    return True


# Compiler's count from the coded ties: (unbalanced, complete) triads, and where the unbalanced ones are.
RECORD = {
    1950: (0, 10, set()),
    1961: (3, 10, {"CHN-PRK-RUS", "CHN-RUS-USA", "CHN-KOR-RUS"}),
    2022: (0, 7, set()),
    2024: (3, 10, {"CHN-KOR-PRK", "CHN-KOR-RUS", "CHN-KOR-USA"}),
}


@pytest.mark.parametrize("year", RECORD)
def test_balance_of_the_coded_years(
    year: int, coded: Callable[[int], np.ndarray], pairs: list, countries: tuple
) -> None:
    signed = signs(symmetrised(coded(year), pairs, countries))
    unbalanced, complete, where = RECORD[year]
    found = balance_counts(signed, countries)
    assert (found[0].item(), found[1].item()) == (unbalanced, complete)
    assert imbalance(signed, countries).item() == unbalanced / complete
    assert energy(signed, countries).item() == pytest.approx((2 * unbalanced - complete) / 10)
    products = triad_products(signed, countries)[0, :, 0]
    assert {"-".join(triad) for triad, p in zip(triads(countries), products, strict=True) if p < 0} == where
    assert two_camps(signed, countries).item() is (unbalanced == 0)


def test_one_tie_spoils_2024(coded: Callable[[int], np.ndarray], pairs: list, countries: tuple) -> None:
    """All three unbalanced triads of 2024 hold China-South Korea; without that tie the blocs are two camps."""
    signed = signs(symmetrised(coded(2024), pairs, countries))
    assert frustration(signed, countries).item() == 1
    signed[:, ties(countries).index(("CHN", "KOR"))] = -1
    assert frustration(signed, countries).item() == 0


@given(graphs)
def test_two_camps_agree_with_a_walk_over_the_graph(values: list[int]) -> None:
    assert two_camps(as_signs(values), FIVE).item() is walk(values, FIVE)


def test_two_camps_agree_with_networkx() -> None:
    """A signed graph is balanced if and only if two colours do once every good tie is made a path of two bad ones."""
    nx = pytest.importorskip("networkx", reason="an independent check only")
    many = np.random.default_rng(1953).integers(-1, 2, (1, 10, 500)).astype(np.int8)
    expected = []
    for values in many[0].T:
        graph = nx.Graph()
        graph.add_nodes_from(FIVE)
        for (i, j), value in zip(combinations(FIVE, 2), values, strict=True):
            if value < 0:
                graph.add_edge(i, j)
            elif value > 0:
                graph.add_edges_from([(i, (i, j)), ((i, j), j)])
        expected.append(nx.is_bipartite(graph))
    assert two_camps(many, FIVE)[0].tolist() == expected
    assert 0 < sum(expected) < 500


def test_frustration_is_the_fewest_ties_to_change() -> None:
    """All 729 signed graphs of four countries: turn (or cut) ties until the walk finds no contradiction."""
    four = FIVE[:4]
    for values in product((-1, 0, 1), repeat=6):
        have = [at for at, value in enumerate(values) if value]
        fewest = next(
            n
            for n in range(7)
            for cut in combinations(have, n)
            if walk([0 if at in cut else value for at, value in enumerate(values)], four)
        )
        assert frustration(as_signs(list(values)), four).item() == fewest


@given(graphs.map(lambda values: [value or 1 for value in values]))
def test_in_a_complete_graph_two_camps_means_no_unbalanced_triad(values: list[int]) -> None:
    signed = as_signs(values)
    assert two_camps(signed, FIVE).item() is (balance_counts(signed, FIVE)[0].item() == 0)


@given(graphs, st.integers(0, 4))
def test_changing_sides_changes_nothing(values: list[int], who: int) -> None:
    """Turn all ties of one country over: every triad keeps its product, so balance is as before."""
    turned = [-v if FIVE[who] in pair else v for pair, v in zip(combinations(FIVE, 2), values, strict=True)]
    np.testing.assert_array_equal(triad_products(as_signs(turned), FIVE), triad_products(as_signs(values), FIVE))
    assert frustration(as_signs(turned), FIVE) == frustration(as_signs(values), FIVE)


def test_a_ring_of_four_can_be_unbalanced_without_a_complete_triad() -> None:
    four = ("A", "B", "C", "D")
    sign = {("A", "B"): 1, ("B", "C"): 1, ("C", "D"): 1, ("A", "D"): -1}
    signed = as_signs([sign.get(tie, 0) for tie in ties(four)])
    assert balance_counts(signed, four)[1].item() == 0
    assert np.isnan(imbalance(signed, four).item())
    assert not two_camps(signed, four).item()


def test_menage_and_marriage_are_balanced_and_the_rest_not(worlds: np.ndarray, pairs: list, countries: tuple) -> None:
    history = classify(worlds, pairs, countries)
    expected = {"menage_a_trois": 1, "romantic_triangle": -1, "stable_marriage": 1, "unit_veto": -1, "indeterminate": 0}
    by_code = np.array([expected[kind] for kind in TYPES])
    np.testing.assert_array_equal(triad_products(history.signs, countries), by_code[history.types])


def test_a_world_alone_is_as_in_the_block_to_the_bit(worlds: np.ndarray, pairs: list, countries: tuple) -> None:
    mutual = symmetrised(worlds, pairs, countries)
    signed = signs(mutual)
    for measure in (imbalance, energy, frustration, two_camps):
        block, alone = measure(signed, countries), measure(signed[:, :, 8:9], countries)
        assert alone.tobytes() == block[:, 8:9].tobytes()
    assert energy(mutual[:, :, 8:9], countries).tobytes() == energy(mutual, countries)[:, 8:9].tobytes()


def test_energy_of_weak_ties_is_small() -> None:
    assert energy(np.full((1, 10, 1), 0.5), FIVE).item() == pytest.approx(-0.125)
    assert energy(np.full((1, 10, 1), -0.5), FIVE).item() == pytest.approx(0.125)


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="needs 3 to 12 countries; got 2"):
        two_camps(as_signs([1]), ("A", "B"))
    with pytest.raises(ValueError, match=r"must be \(time, 10, runs\); got shape \(1, 9, 1\)"):
        energy(as_signs([1] * 9), FIVE)
