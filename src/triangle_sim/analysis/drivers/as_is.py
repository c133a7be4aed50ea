"""How far parameters explain an outcome over the draws as they are, where what goes together stays together.

Sobol's design takes every parameter by itself. Sizes fitted to the record do not vary by themselves: the record ties
them to each other. From given draws, the share of variance that goes with one parameter is RBD-FAST's (SALib; Plischke
2010, Reliab. Eng. Syst. Saf. 95: 354-360). Shares of parameters that go together overlap, and need not sum to one. Of
hundreds of parameters some always seem to matter in a few hundred draws: what counts is above what chance shows.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from triangle_sim.analysis.drivers.libraries import need
from triangle_sim.analysis.drivers.sobol import Floats

SHOWN = 8
SHUFFLES = 5
RESAMPLES = 100


def shares_as_they_are(names: Sequence[str], values: Floats, played: Floats, *, seed: int) -> pd.DataFrame:
    """The parameters with the largest shares of the variance between draws, luck taken out.

    ``values`` are ``(parameters, draws)``, ``played`` ``(draws, replicates)``. Columns: parameter, share, low, high
    (95 %), clear: whether the share is above the largest that any parameter shows of outcomes shuffled over the draws.

    Raises
    ------
    UsageError
        if SALib is not installed.
    """
    means, scale = played.mean(axis=1), 1.0 / reliability(played)
    if not np.ptp(means) > 0:
        return pd.DataFrame(columns=["parameter", "share", "low", "high", "clear"])
    rng = np.random.default_rng(seed)
    share, _ = _rbd(names, values, means, 2, seed)
    chance = max(float(_rbd(names, values, rng.permutation(means), 2, seed)[0].max()) for _ in range(SHUFFLES))
    top = np.argsort(-share, kind="stable")[:SHOWN]
    _, reach = _rbd([names[k] for k in top], values[top], means, RESAMPLES, seed)
    return pd.DataFrame({
        "parameter": [names[k] for k in top], "share": scale * share[top], "low": scale * (share[top] - reach),
        "high": scale * (share[top] + reach), "clear": share[top] > chance,
    })  # fmt: skip


def _rbd(names: Sequence[str], values: Floats, means: Floats, resamples: int, seed: int) -> tuple[Floats, Floats]:
    """Shares and half-widths ``(parameters,)``."""
    problem = {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}
    analysis = need("SALib.analyze.rbd_fast")
    found = analysis.analyze(problem, values.T, means, num_resamples=resamples, seed=seed)
    return np.asarray(found["S1"], float), np.asarray(found["S1_conf"], float)


def reliability(played: Floats) -> float:
    """The share of the variance of the draws' means that is not luck."""
    replicates, seen = played.shape[1], float(played.mean(axis=1).var(ddof=1))
    if replicates == 1 or seen <= 0:
        return 1.0
    return float(max(1.0 - played.var(axis=1, ddof=1).mean() / replicates / seen, 0.05))
