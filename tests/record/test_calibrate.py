"""Sizes from the record: what is fitted, what comes out, and whether known sizes come back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from triangle_sim.backends.backend import choose, load
from triangle_sim.record.calibrate import Fit, calibrate, judged, unknown
from triangle_sim.record.hindcast import DYADS
from triangle_sim.record.holdout import holdouts
from triangle_sim.record.observations import episodes
from triangle_sim.record.play import by_year
from triangle_sim.record.smoother import values_of
from triangle_sim.record.targets import covariance, targets
from triangle_sim.uncertainty import Table

FEW = {"members": 150, "replicates": 2, "steps": 2, "backend": "numpy"}


@pytest.fixture(scope="module")
def fit() -> Fit:
    return calibrate("chung-2024", {"2012": 2014}, only=["2012"], **FEW)


def test_starting_levels_are_not_fitted() -> None:
    """They belong to a world, and so do the resting levels of its stocks."""
    names = {each.name for each in unknown({"2012": judged("2012", "chung-2024")}, "chung-2024")}
    assert {"legacy", "rest.goodwill[PRK,CHN]", "rate.chinese_supply", "weight.RUS.shells_for_the_war"} <= names
    assert not any(name.startswith("start.") for name in names) and "rest.chinese_supply" not in names


def test_members_are_settings_of_the_model(fit: Fit) -> None:
    """One row a member, one column a number that is fitted, every value within its bounds."""
    frame = fit.frame()
    assert len(frame) == 150 and set(frame["theory"]) == {"chung-2024"}
    for each in fit.parameters:
        assert frame[each.name].between(each.low, each.high).all(), each.name


def test_the_same_seed_gives_the_same_members(fit: Fit) -> None:
    again = calibrate("chung-2024", {"2012": 2014}, only=["2012"], **FEW)
    assert np.array_equal(again.scores, fit.scores)


def test_it_misses_less_of_what_it_is_fitted_to(fit: Fit) -> None:
    assert fit.steps[1].missed < fit.steps[0].missed


def test_a_record_that_would_turn_an_effect_speaks_against_its_claim(fit: Fit) -> None:
    """An effect whose members are all cut at zero, and what its claim is told."""
    number = next(k for k, each in enumerate(fit.parameters) if each.name.startswith("driver.us_deal_appetite"))
    scores = fit.scores.copy()
    scores[number] = -9.0
    turned = replace(fit, scores=scores)
    sizes = turned.sizes().set_index("parameter")
    assert sizes.loc[fit.parameters[number].name, "gone"] == 1.0
    against = turned.claims().query("record_speaks == 'against'")
    assert set(fit.parameters[number].sources) <= set(against["claim"])


def test_no_test_sees_what_it_predicts() -> None:
    """Each era is left out whole once; the forward tests use no year after the one they start from."""
    tests = holdouts()
    assert {test.predicted for test in tests if test.predicted not in test.only} == set(episodes())
    for test in tests:
        assert test.predicted not in test.only or test.until[test.predicted] <= (test.origin or 0)


@pytest.mark.long
def test_known_sizes_come_back() -> None:
    """Records made by the model itself, from sizes drawn from the prior, coded with error: the 90 % intervals of the
    numbers that the record tells of hold the true ones as often as they say, within what 6 records can show."""
    theory, names = "chung-2024", episodes()
    prepared = {name: judged(name, theory) for name in names}
    parameters = unknown(prepared, theory)
    random, held, told = np.random.default_rng(5), [], []
    for truth in range(6):
        true = random.normal(size=(len(parameters), 1))
        table = Table.of([each.name for each in parameters], values_of(parameters, true))
        record = {}
        for name in names:
            (t,) = load(choose("auto")).trajectories(
                prepared[name], 1000 + truth, np.zeros(1, np.int64), np.array([truth]), [{}], table=table
            )
            aims, played = targets(name, prepared[name].scenario), by_year(t, DYADS)
            error = random.multivariate_normal(np.zeros(len(aims)), covariance(aims))
            record[name] = [
                replace(aim, value=float(aim.expected(played)[0]) + (noise if aim.what in DYADS else 0.0))
                for aim, noise in zip(aims, error, strict=True)
            ]
        fit = calibrate(theory, members=400, replicates=6, steps=4, seed=truth, record=record)
        low, high = np.quantile(fit.scores, [0.05, 0.95], axis=1)
        held.append((low <= true[:, 0]) & (true[:, 0] <= high))
        told.append(fit.told)
    known = np.concatenate(held)[np.concatenate(told)]
    print(f"held {known.mean():.3f} of {known.size} numbers told, {np.mean(held):.3f} of all")
    assert known.size > 100
    assert 0.80 <= known.mean() <= 0.97
    assert 0.86 <= np.mean(held) <= 0.94


def test_a_fit_shows_its_answer(fit: Fit) -> None:
    """How far it got, and of how many numbers the record tells."""
    said = repr(fit).replace("\n", " ")
    assert (
        f"missed by {fit.steps[0].missed:.3f} before" in said
        and f"{fit.told.sum()} of {len(fit.parameters)} numbers" in said
    )
