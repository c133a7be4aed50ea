"""Structural balance against the record, a plain search and, where it is installed, networkx."""

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from triangle_sim.triangle.balance import two_camps
from triangle_sim.triangle.counting import count_triangles
from triangle_sim.triangle.ties import signs, symmetrised, ties
from triangle_sim.triangle.typology import classify, triads

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
    history = classify(coded(year), pairs, countries)
    unbalanced, complete, where = RECORD[year]
    found = count_triangles(history)
    assert (found.unbalanced.item(), found.complete.item()) == (unbalanced, complete)
    sign = dict(zip(ties(countries), history.signs[0, :, 0].tolist(), strict=True))
    products = {f"{i}-{j}-{k}": sign[i, j] * sign[i, k] * sign[j, k] for i, j, k in triads(countries)}
    assert {triad for triad, product in products.items() if product < 0} == where
    assert two_camps(history.signs, countries).item() is (unbalanced == 0)


def test_one_tie_spoils_2024(coded: Callable[[int], np.ndarray], pairs: list, countries: tuple) -> None:
    """All three unbalanced triads of 2024 hold China-South Korea; without that tie the blocs are two camps."""
    signed = signs(symmetrised(coded(2024), pairs, countries))
    assert not two_camps(signed, countries).item()
    signed[:, ties(countries).index(("CHN", "KOR"))] = -1
    assert two_camps(signed, countries).item()


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


@given(graphs.map(lambda values: [value or 1 for value in values]))
def test_in_a_complete_graph_two_camps_means_no_unbalanced_triad(values: list[int]) -> None:
    sign = dict(zip(ties(FIVE), values, strict=True))
    balanced = all(sign[i, j] * sign[i, k] * sign[j, k] > 0 for i, j, k in triads(FIVE))
    assert two_camps(as_signs(values), FIVE).item() is balanced


@given(graphs, st.integers(0, 4))
def test_changing_sides_changes_nothing(values: list[int], who: int) -> None:
    """Turn all ties of one country over: every triad keeps its product, so balance is as before."""
    turned = [-v if FIVE[who] in pair else v for pair, v in zip(combinations(FIVE, 2), values, strict=True)]
    assert two_camps(as_signs(turned), FIVE) == two_camps(as_signs(values), FIVE)


def test_a_ring_of_four_can_be_unbalanced_without_a_complete_triad() -> None:
    four = ("A", "B", "C", "D")
    sign = {("A", "B"): 1, ("B", "C"): 1, ("C", "D"): 1, ("A", "D"): -1}
    signed = as_signs([sign.get(tie, 0) for tie in ties(four)])
    assert not any(sign.get((i, j)) and sign.get((i, k)) and sign.get((j, k)) for i, j, k in triads(four))
    assert not two_camps(signed, four).item()


@pytest.mark.parametrize("names", [("A",), ("A", "B")])
def test_fewer_than_three_always_fall_into_two_camps(names: tuple[str, ...]) -> None:
    for sign in (-1, 0, 1):
        assert two_camps(as_signs([sign] * (len(names) - 1)), names).all()


def test_a_world_alone_is_as_in_the_block(worlds: np.ndarray, pairs: list, countries: tuple) -> None:
    signed = signs(symmetrised(worlds, pairs, countries))
    block, alone = two_camps(signed, countries), two_camps(signed[:, :, 8:9], countries)
    assert alone.tobytes() == block[:, 8:9].tobytes()
