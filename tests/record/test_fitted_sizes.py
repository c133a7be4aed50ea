"""What the fit moved, held against the file of members and against priors whose mean and spread are known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from triangle_sim.record.calibrate import judged
from triangle_sim.record.fitted_sizes import fitted_sizes
from triangle_sim.uncertainty.sizes import path_of


@pytest.fixture(scope="module")
def sizes() -> pd.DataFrame:
    return fitted_sizes().set_index(["theory", "parameter"])


def test_every_fitted_number_has_a_row_and_the_furthest_come_first(sizes: pd.DataFrame) -> None:
    members = pd.read_parquet(path_of("record")).drop(columns="member").groupby("theory")
    for theory, means in members.mean().iterrows():
        found = sizes.loc[str(theory), "fitted"].sort_index()
        assert found.to_dict() == pytest.approx(means.dropna().sort_index().to_dict())
    assert sizes["moved"].abs().is_monotonic_decreasing and sizes["moved"].abs().iloc[0] > 1


@pytest.mark.parametrize("theory", ["chung-2024", "lowy-2023"])
def test_a_shift_is_in_standard_deviations_of_the_prior(sizes: pd.DataFrame, theory: str) -> None:
    """Mean and spread of a lognormal prior have formulas; these are priors that no upper bound cuts."""
    table, own = judged("2012", theory).tables[theory], sizes.loc[theory]
    whole = [name for name in own.index if table[name].prior.dist == "lognorm" and table[name].high == np.inf]
    assert len(whole) > 20
    for name in whole:
        prior, row = table[name].prior.arguments, own.loc[name]
        mean = prior["scale"] * np.exp(prior["s"] ** 2 / 2)
        sd = mean * np.sqrt(np.expm1(prior["s"] ** 2))
        assert (row.prior, row.prior_sd) == pytest.approx((mean, sd), rel=0.03)
        assert row.moved == pytest.approx((row.fitted - mean) / sd, rel=0.05, abs=0.02)
