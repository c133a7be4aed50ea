"""Screening: which of hundreds of parameters matter at all (Morris 1991, Technometrics 33: 161-174; with SALib).

One parameter at a time is moved from one level to another between the 5th and the 95th percentile of what it may be.
A path of such steps keeps its luck, so that a step shows the parameter; what luck still makes of a step is known from
its replicates, and a parameter that does not stand clear of it is said not to.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from triangle_sim.analysis.drivers.libraries import need
from triangle_sim.analysis.drivers.sobol import Floats, Play

LEVELS = 4
INNER = (0.05, 0.95)
"""Quantiles between which parameters are moved."""


def morris(names: Sequence[str], play: Play, *, paths: int, seed: int) -> pd.DataFrame:
    """One row a parameter, the largest effect first.

    Columns: parameter; effect (mean size of what going from one end to the other does), low and high of its 95 %
    interval; direction (the mean with its sign); uneven (standard deviation: it depends on other numbers); luck (the
    size that luck alone would show); clear (whether the whole interval lies above that).

    Raises
    ------
    UsageError
        if SALib is not installed.
    """
    sampler, analysis = need("SALib.sample.morris"), need("SALib.analyze.morris")
    problem = {"num_vars": len(names), "names": list(names), "bounds": [list(INNER)] * len(names)}
    points = sampler.sample(problem, paths, num_levels=LEVELS, seed=seed)
    steps = points.reshape(paths, len(names) + 1, len(names))
    played = np.stack([play(steps[:, k].T, 0) for k in range(len(names) + 1)], axis=1)  # (paths, steps, replicates)
    found = analysis.analyze(problem, points, played.mean(axis=2).ravel(), num_levels=LEVELS, seed=seed)
    effect, reach = np.asarray(found["mu_star"], float), np.asarray(found["mu_star_conf"], float)
    noise = _luck(steps, played)
    return pd.DataFrame({
        "parameter": list(found["names"]), "effect": effect, "low": effect - reach, "high": effect + reach,
        "direction": np.asarray(found["mu"], float), "uneven": np.asarray(found["sigma"], float), "luck": noise,
        "clear": effect - reach > noise,
    }).sort_values("effect", ascending=False, kind="stable", ignore_index=True)  # fmt: skip


def _luck(steps: Floats, played: Floats) -> Floats:
    """Mean size of an effect ``(parameters,)`` that luck alone makes of a parameter without any."""
    replicates = played.shape[2]
    if replicates == 1:
        return np.zeros(steps.shape[2])
    moved = np.abs(np.diff(steps, axis=1)).argmax(axis=2)  # (paths, steps): which parameter
    delta = LEVELS / (2.0 * (LEVELS - 1))
    error = np.diff(played, axis=1).std(axis=2, ddof=1) / np.sqrt(replicates) / delta
    out = np.zeros(steps.shape[2])
    np.add.at(out, moved, np.sqrt(2.0 / np.pi) * error)
    return np.asarray(out / len(steps))
