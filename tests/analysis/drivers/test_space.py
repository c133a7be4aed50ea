"""Points, scores and values of what is uncertain."""

import numpy as np
import pytest

import triangle_sim as ts
from triangle_sim.analysis.drivers.space import GROUPS, spaces
from triangle_sim.montecarlo.sample import sample

JUDGED = ts.load("baseline").with_(sizes="judgement", quarters=4)
FITTED = ts.load("baseline").with_(quarters=4)


@pytest.mark.parametrize("scenario", [JUDGED, FITTED], ids=["judgement", "record"])
def test_values_follow_what_draws_follow(scenario):
    """Over many points every parameter is spread as over draws of the scenario: the same quartiles."""
    for space in spaces(scenario):
        u = np.random.default_rng(1).random((len(space.names), 2000))
        apart = np.quantile(space.values(u), [0.25, 0.5, 0.75], axis=1)
        drawn = np.quantile(space.as_is(2000, 1), [0.25, 0.5, 0.75], axis=1)
        width = drawn[2] - drawn[0]
        assert np.median(np.abs(apart - drawn) / width) < 0.03
        assert (np.abs(apart - drawn) / width).max() < 0.3
        assert set(space.groups) == set(GROUPS)


def test_scores_lead_back_to_values_and_are_standard_under_the_prior():
    space = spaces(JUDGED)[0]
    values = space.as_is(200, 1)
    scores = space.scores(values)
    assert np.allclose(space.at_scores(scores), values, atol=1e-8)
    free = [k for k, each in enumerate(space.parameters) if not np.isin(values[k], [each.low, each.high]).any()]
    assert scores[free].mean() == pytest.approx(0.0, abs=0.03)
    assert scores[free].std() == pytest.approx(1.0, abs=0.02)


def test_futures_from_the_drawn_values_are_the_scenarios_own():
    space = spaces(FITTED)[0]
    again = space.play(space.as_is(6, 3), ["mean sanctions_pressure", "mean ukraine_war"], 2, 3, "numpy")
    whole = sample(
        FITTED.with_(theory=space.theory), list(again.values), draws=6, replicates=2, seed=3, backend="numpy"
    )
    for name, values in again.values.items():
        assert np.array_equal(values, whole.values[name])
    assert again.values["mean ukraine_war"].max() <= 1.0
