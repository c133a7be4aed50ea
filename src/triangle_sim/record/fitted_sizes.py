"""What the record did to every number: where its prior put it, and where the fit that scenarios use has it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from triangle_sim.record.calibrate import judged
from triangle_sim.record.observations import episodes
from triangle_sim.scenario.schema.scenario import DEFAULT_SIZES
from triangle_sim.uncertainty import fitted

POINTS = 2000
"""Quantiles by which a prior's mean and standard deviation are taken."""


def fitted_sizes() -> pd.DataFrame:
    """One row a number and theory, the furthest moved first.

    ``prior`` and ``prior_sd`` are mean and standard deviation of the prior, ``fitted`` and ``fitted_sd`` of the fitted
    members, ``moved`` how far the mean went in standard deviations of the prior. Then what the number means, and the
    claims, facts or judgement it rests on.

    Raises
    ------
    UsageError
        if there is no fit.
    """
    fit, last = fitted(DEFAULT_SIZES), list(episodes())[-1]
    at = (np.arange(POINTS) + 0.5) / POINTS
    rows = []
    for theory, members in fit.members.items() if fit else ():
        table = judged(last, theory).tables[theory]
        for name, values in zip(members.names, members.values, strict=True):
            prior = table[name].draw(at)
            rows.append({
                "parameter": name, "theory": theory, "prior": prior.mean(), "prior_sd": prior.std(),
                "fitted": values.mean(), "fitted_sd": values.std(),
                "moved": (values.mean() - prior.mean()) / prior.std(),
                "meaning": table[name].meaning, "sources": " ".join(table[name].sources),
            })  # fmt: skip
    found = pd.DataFrame(rows)
    order = found["moved"].abs().sort_values(ascending=False, kind="stable").index
    return found.loc[order].reset_index(drop=True)
