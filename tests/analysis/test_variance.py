"""The split of an outcome's variance into theory, parameters and luck."""

from __future__ import annotations

import numpy as np
import pytest

from triangle_sim.analysis.variance import VarianceComponents, variance_components

Rng = np.random.Generator


def nested(rng: Rng, draws: int, replicates: int, gap: float, parameters: float, luck: float) -> tuple[np.ndarray, ...]:
    """Runs of two theories whose means lie ``gap`` apart, in alternating draws."""
    number = np.repeat(np.arange(draws), replicates)
    theory = np.where(number % 2 == 0, "a", "b")
    values = np.where(theory == "a", 0.0, gap) + rng.normal(0, parameters, draws)[number]
    return values + rng.normal(0, luck, number.size), number, theory


def test_components_of_a_known_simulation() -> None:
    """Unbiased: the mean of 400 splits is the truth to within 4 standard errors (a false alarm in 1 of 5000)."""
    rng = np.random.default_rng(11)
    truth = {"theory": 0.25, "parameters": 4.0, "luck": 9.0}  # a gap of 1 between two equal theories: variance 1/4
    found = []
    for _ in range(400):
        split = variance_components(*nested(rng, 60, 5, 1.0, 2.0, 3.0))
        found.append([split.theory, split.parameters, split.luck])
    means, errors = np.mean(found, axis=0), np.std(found, axis=0) / np.sqrt(len(found))
    # Negative estimates are set to zero, which lifts the mean of the small theory part a little.
    assert abs(means[0] - truth["theory"]) < 0.1
    assert (np.abs(means[1:] - [truth["parameters"], truth["luck"]]) < 4 * errors[1:]).all()


def test_a_large_gap_between_theories_is_theirs() -> None:
    """The same without the cut at zero: a gap of 20 is variance 100, and its estimate is unbiased."""
    rng = np.random.default_rng(5)
    found = [variance_components(*nested(rng, 40, 4, 20.0, 2.0, 1.0)).theory for _ in range(400)]
    assert abs(np.mean(found) - 100.0) < 4 * np.std(found) / np.sqrt(len(found))


def test_closed_form_of_a_small_table() -> None:
    """Two draws of two runs in one theory: within variances 2 and 8, means 2 and 7."""
    split = variance_components([1, 3, 5, 9], [0, 0, 1, 1], ["a"] * 4)
    assert split.luck == 5.0  # mean of 2 and 8
    assert split.parameters == 12.5 - 5.0 / 2  # variance of the means, less the luck in them
    assert split.theory == 0.0
    assert (split.draws, split.replicates) == (2, 2)
    assert split.total == 15.0
    assert split.shares() == {"theory": 0.0, "parameters": 10 / 15, "luck": 5 / 15}


def test_closed_form_of_two_theories() -> None:
    """Draw means 0 and 2 in one theory, 10 and 12 in the other, no luck."""
    split = variance_components([0, 0, 2, 2, 10, 10, 12, 12], [0, 0, 1, 1, 2, 2, 3, 3], ["a"] * 4 + ["b"] * 4)
    assert split.luck == 0.0
    assert split.parameters == 2.0
    # means 1 and 11 about 6: 25, less half of the parameters' share in the two means, 2 * (1/2)(1/2) * 2/2
    assert split.theory == 25.0 - 0.5


def test_standard_error_of_other_designs() -> None:
    split = VarianceComponents(theory=1.0, parameters=4.0, luck=20.0, draws=100, replicates=10)
    assert split.standard_error() == pytest.approx(np.sqrt((1 + 4 + 2) / 100))
    assert split.standard_error(draws=400) == pytest.approx(split.standard_error() / 2)
    assert split.standard_error(replicates=20) == pytest.approx(np.sqrt(6 / 100))


def test_the_standard_error_is_that_of_the_mean() -> None:
    """Over 2000 repetitions the mean scatters as the split of one large design says, to within 10%."""
    rng = np.random.default_rng(2)
    split = variance_components(*nested(rng, 20000, 4, 0.0, 2.0, 3.0))
    means = [nested(rng, 30, 6, 0.0, 2.0, 3.0)[0].mean() for _ in range(2000)]
    assert np.std(means) == pytest.approx(split.standard_error(draws=30, replicates=6), rel=0.1)


@pytest.mark.parametrize(
    ("values", "draws", "theories"),
    [([], [], []), ([np.nan, np.nan], [0, 1], ["a", "a"]), ([1.0], [0], ["a"]), ([2.0] * 4, [0, 0, 1, 1], ["a"] * 4)],
)
def test_where_nothing_varies(values: list[float], draws: list[int], theories: list[str]) -> None:
    split = variance_components(values, draws, theories)
    assert split.total == 0.0
    assert split.shares() == {"theory": 0.0, "parameters": 0.0, "luck": 0.0}
    assert split.standard_error() == 0.0


def test_truth_values_and_missing_ones() -> None:
    split = variance_components(np.array([True, False, True, True]), [0, 0, 1, 1], ["a"] * 4)
    assert split.luck == 0.25
    with_gap = variance_components([1.0, np.nan, 0.0, 1.0, 1.0, np.nan], [0, 0, 0, 1, 1, 1], ["a"] * 6)
    assert with_gap.luck == 0.25
    assert with_gap.draws == 2


def test_one_replicate_leaves_luck_unknown_within_parameters() -> None:
    split = variance_components([0.0, 2.0, 4.0], [0, 1, 2], ["a"] * 3)
    assert (split.luck, split.parameters) == (0.0, 4.0)


def test_all_luck_and_no_parameters() -> None:
    rng = np.random.default_rng(0)
    split = variance_components(*nested(rng, 400, 20, 0.0, 0.0, 1.0))
    assert split.shares()["luck"] > 0.98
