"""Counts equal brute force, add up in any order, and give quantiles to within a bin."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import reduce
from itertools import pairwise, permutations
from operator import add
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from montecarlo.helpers import block_of, same
from triangle_sim import load
from triangle_sim.model.prepared import Prepared
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.montecarlo.blocks import Cell
from triangle_sim.montecarlo.compute import simulate
from triangle_sim.montecarlo.tally import BANDS, BINS, EDGE, FIXED, UNROUNDED, Tally, added, by_theory, quantiles, tally
from triangle_sim.triangle.typology import ROLES, TYPES, history_of


@pytest.fixture(scope="module")
def runs() -> Trajectory:
    return block_of(load("sino_russian_split").with_(quarters=12), 12, 4)


@pytest.fixture(scope="module")
def counts(runs: Trajectory) -> Tally:
    return tally(runs)


def assert_equal(a: Tally, b: Tally) -> None:
    for field in fields(Tally):
        assert same(getattr(a, field.name), getattr(b, field.name)), field.name


def test_moves_meetings_and_events(runs: Trajectory, counts: Tally) -> None:
    assert counts.runs == 48
    for q in range(runs.moves.shape[0]):
        for k, country in enumerate(runs.prepared.cast):
            for m in range(counts.moves.shape[2]):
                times = sum(int(move) == m for move in runs.moves[q, k])
                assert counts.moves[q, k, m] == times
                assert times == 0 or m < len(country.menu())
        for j in range(runs.meetings.shape[1]):
            assert counts.meetings[q, j] == sum(bool(met) for met in runs.meetings[q, j])
    for j in range(runs.meetings.shape[1]):
        assert counts.ever_met[j] == sum(any(runs.meetings[:, j, run]) for run in range(runs.runs))
    for e in range(runs.begins.shape[1]):
        assert counts.ever_begun[e] == sum(any(runs.begins[:, e, run]) for run in range(runs.runs))
        assert counts.begins[:, e].sum() == counts.ever_begun[e]  # an event happens at most once a run


def test_types_roles_and_transitions(runs: Trajectory, counts: Tally) -> None:
    types, roles = runs.triangles.types, runs.triangles.roles
    for place in range(types.shape[1]):
        moved = np.zeros((len(TYPES), len(TYPES)), int)
        spells, lengths = np.zeros(len(TYPES), int), np.zeros(len(TYPES), int)
        for run in range(runs.runs):
            path = [int(kind) for kind in types[:, place, run]]
            for one, two in pairwise(path):
                moved[one, two] += 1
            for at, kind in enumerate(path):
                spells[kind] += at == 0 or path[at - 1] != kind
                lengths[kind] += 1
        assert (counts.transitions[place] == moved).all()
        assert (counts.spells[place] == spells).all()
        assert (counts.spell_quarters[place] == lengths).all()
    for q in (0, 7, 12):
        for kind in range(len(TYPES)):
            assert (counts.types[q, :, kind] == [sum(row == kind) for row in types[q]]).all()
        for role in range(len(ROLES)):
            assert (counts.roles[q, ..., role] == (roles[q] == role).sum(axis=-1)).all()


def test_types_under_other_bands(runs: Trajectory, counts: Tally) -> None:
    for found, band in zip(counts.types_by_band, BANDS, strict=True):
        kinds = history_of(runs.mutual, runs.prepared.codes, band).types
        assert found.tolist() == [[int((kinds[:, k] == kind).sum()) for kind in range(len(TYPES))] for k in range(10)]


def test_means_and_bounds(runs: Trajectory, counts: Tally) -> None:
    variables = list(runs.prepared.variables.values())
    exact = runs.state.sum(axis=2)
    np.testing.assert_allclose(counts.sums[:, : len(variables)] / FIXED, exact, atol=runs.runs / FIXED)
    environment = np.concatenate([runs.environment, runs.environment[-1:]]).sum(axis=2)
    np.testing.assert_allclose(counts.sums[:, len(variables) :] / FIXED, environment, atol=runs.runs / FIXED)
    for v, variable in enumerate(variables):
        width = variable.high - variable.low
        inside = [variable.low + 0.02 * width <= x <= variable.high - 0.02 * width for x in runs.state[:, v].ravel()]
        assert counts.at_bound[v] == len(inside) - sum(inside)


def test_every_value_is_in_its_bin(runs: Trajectory, counts: Tally) -> None:
    assert (counts.levels.sum(axis=2) == runs.runs).all()
    for v, variable in enumerate(runs.prepared.variables.values()):
        edges = np.linspace(variable.low, variable.high, BINS + 1)
        found = np.histogram(runs.state[9, v], edges)[0]
        gap = np.abs(np.cumsum(found) - np.cumsum(counts.levels[9, v]))
        assert gap.max() <= 1  # a value on an edge may fall to either side


def test_quantiles_are_right_to_within_a_bin(runs: Trajectory, counts: Tally) -> None:
    """numpy's inverted_cdf is the definition without interpolation between runs; a bin is 1/BINS of the range."""
    levels = (0.05, 0.25, 0.5, 0.75, 0.95)
    variables = list(runs.prepared.variables.values())
    low, high = (np.asarray([getattr(v, end) for v in variables]) for end in ("low", "high"))
    found = quantiles(counts.levels[:, : len(variables)], low, high, levels)
    for at, p in enumerate(levels):
        expected = np.quantile(runs.state, p, axis=2, method="inverted_cdf")
        assert (np.abs(found[at] - expected) <= (high - low) / BINS * (1 + 1e-9)).all()


def test_levels_and_sums_are_those_of_the_formula(runs: Trajectory, counts: Tally) -> None:
    """Bin, fixed-point value and closeness to a bound of every value by itself, in Python's own arithmetic."""
    ends = [(v.low, v.high) for v in runs.prepared.variables.values()] + [(0.0, 1.0)] * len(runs.prepared.conditions)
    environment = np.concatenate([runs.environment, runs.environment[-1:]])
    values = np.concatenate([runs.state, environment], axis=1)
    at_bound = [0] * len(runs.prepared.variables)
    for v, (low, high) in enumerate(ends):
        for q in range(values.shape[0]):
            levels, total = [0] * BINS, 0
            for value in values[q, v].tolist():
                unit = (value - low) / (high - low)
                levels[min(max(int(unit * BINS), 0), BINS - 1)] += 1
                total += round(value * FIXED)
                if v < len(at_bound):
                    at_bound[v] += unit < EDGE or unit > 1 - EDGE
            assert counts.levels[q, v].tolist() == levels
            assert counts.sums[q, v] == total
    assert counts.at_bound.tolist() == at_bound and sum(at_bound) > 0


def test_sums_of_a_whole_block_have_no_rounding() -> None:
    """The largest values that are let through, added up in any order."""
    values = np.rint(np.random.default_rng(1).uniform(0, UNROUNDED / FIXED / 1000, 1000) * FIXED)
    assert int(values.sum()) == sum(map(int, values)) == int(values[::-1].sum())


def test_a_range_too_wide_for_the_sums_is_refused(runs: Trajectory) -> None:
    plan = Prepared(runs.prepared.scenario)
    name = next(iter(plan.variables))
    plan.variables[name] = replace(plan.variables[name], high=1e6)
    with pytest.raises(ValueError, match="ranges within"):
        tally(replace(runs, prepared=plan))


def test_a_world_of_two() -> None:
    runs = block_of(load("baseline").with_(countries=["CHN", "PRK"], quarters=3), 3, 4)
    found = tally(runs)
    assert found.types.shape == (4, 0, len(TYPES)) and found.types_by_band.shape == (len(BANDS), 0, len(TYPES))
    assert found.unbalanced.tolist() == found.complete.tolist() == [0] * 4
    assert found.camps.tolist() == [12] * 4
    assert (found.levels.sum(axis=2) == 12).all() and (found.moves.sum(axis=2) == 12).all()


@given(
    values=st.lists(st.floats(0, 1), min_size=1, max_size=60),
    p=st.sampled_from([0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]),
    low=st.floats(-2, 0),
    width=st.floats(0.5, 4),
)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_quantiles_of_any_values(values: list[float], p: float, low: float, width: float) -> None:
    bins = np.clip((np.asarray(values) * BINS).astype(int), 0, BINS - 1)
    histogram = np.bincount(bins, minlength=BINS)
    found = float(quantiles(histogram, low, low + width, (p,))[0])
    at = [np.quantile(values, p + step, method="inverted_cdf") for step in (-1e-12, 1e-12)]
    bin_width = width / BINS * (1 + 1e-6) + 1e-12
    assert low + width * min(at) - bin_width <= found <= low + width * max(at) + bin_width


def test_tallies_add_in_any_order_and_grouping() -> None:
    scenario = load("baseline").with_(quarters=6)
    parts = [tally(simulate(scenario, 4, *piece)) for piece in Cell((0, 6), (0, 3)).pieces(5)]
    whole = tally(block_of(scenario, 6, 3, 4))
    assert len(parts) == 4
    for order in list(permutations(parts))[::5]:
        assert_equal(order[0] + order[1] + order[2] + order[3], whole)
    assert_equal((parts[0] + parts[1]) + (parts[2] + parts[3]), parts[0] + (parts[1] + (parts[2] + parts[3])))


def test_the_runs_of_each_theory_are_counted_as_if_there_were_no_others(runs: Trajectory, counts: Tally) -> None:
    found = by_theory(runs)
    assert len(found) == 2
    for theory, part in found.items():
        chosen = runs.theory == theory
        alone = simulate(runs.prepared.scenario, 1, runs.draws[chosen], runs.replicates[chosen])
        assert_equal(part, tally(alone))
    assert_equal(reduce(add, found.values()), counts)


def test_counts_of_theories_add_up_where_a_part_lacks_one(counts: Tally) -> None:
    found = added({"b": counts}, {"a": counts, "b": counts})
    assert list(found) == ["a", "b"]
    assert_equal(found["a"], counts)
    assert_equal(found["b"], counts + counts)


def test_adding_changes_neither_part(counts: Tally) -> None:
    before: dict[str, Any] = {field.name: np.copy(getattr(counts, field.name)) for field in fields(Tally)}
    twice = counts + counts
    assert twice.runs == 2 * counts.runs
    assert all(same(before[name], np.asarray(getattr(counts, name))) for name in before)
