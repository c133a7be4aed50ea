"""Priors of a scenario: only what gives finite draws."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable

import numpy as np
import pytest

from triangle_sim.errors import ScenarioError
from triangle_sim.scenario.schema import Scenario
from triangle_sim.uncertainty import Prior

Told = Callable[..., str]


@pytest.mark.parametrize(
    ("prior", "message"),
    [
        ("{dist: lognorm, s: 1000, scale: 1}", "its draws would range from 0 to inf"),
        ("{dist: lognorm, s: 20, scale: 1}", "its draws would range from "),
        ("{dist: lognorm, s: 1e7, scale: 1}", "'s' must be -1,000,000 to 1,000,000, not 1e+07"),
        ("{dist: norm, loc: 1e300, scale: 1}", "'loc' must be -1,000,000 to 1,000,000, not 1e+300"),
        ("{dist: norm, loc: 0, scale: 1e308}", "'scale' must be -1,000,000 to 1,000,000, not 1e+308"),
        ("{dist: gamma, a: 1e6, scale: 1e6}", "its draws would range from "),
        ("{dist: truncnorm, loc: 1000, scale: 1, low: 0, high: 1}", "all its draws would be cut to 0"),
        ("{dist: truncnorm, loc: -1000, scale: 0, low: 0, high: 1}", "all its draws would be cut to 0"),
        ("1e7", "must be -1,000,000 to 1,000,000, not 10000000.0"),
        ("{dist: fixed, value: 1}", "unknown distribution 'fixed'"),
        ("{dist: 5}", "unknown distribution '5'"),
    ],
)
def test_what_cannot_be_drawn_is_refused(told: Told, prior: str, message: str) -> None:
    assert message in told(f"priors: {{weight.PRK.supply: {prior}}}\n")


def test_what_is_accepted_gives_finite_draws_quickly() -> None:
    numbers = (1e-6, 1e-3, 1.0, 1e3, 1e6)
    specs = [{"dist": "norm", "loc": a, "scale": b} for a, b in itertools.product(numbers, numbers)]
    specs += [{"dist": "lognorm", "s": a, "scale": b} for a, b in itertools.product(numbers, numbers)]
    specs += [{"dist": "beta", "a": a, "b": b} for a, b in itertools.product(numbers, numbers)]
    specs += [{"dist": "gamma", "a": a, "scale": b} for a, b in itertools.product(numbers, numbers)]
    u = np.linspace(0, 1 - 2.0**-53, 101)
    begun, accepted = time.perf_counter(), 0
    for spec in specs:
        try:
            prior = Scenario.from_data({"priors": {"weight.PRK.supply": spec}}).priors["weight.PRK.supply"]
        except ScenarioError:
            continue
        assert isinstance(prior, Prior)
        assert np.isfinite(prior.ppf(u)).all(), spec
        accepted += 1
    assert accepted > 60
    assert time.perf_counter() - begun < 30


def test_a_prior_that_is_one_number_is_fine() -> None:
    for spec in ({"dist": "norm", "loc": 2, "scale": 0}, {"dist": "uniform", "loc": 0, "scale": 0}, 0.3):
        assert Scenario.from_data({"priors": {"weight.PRK.supply": spec}}).priors
