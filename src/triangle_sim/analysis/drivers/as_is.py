"""How far parameters explain an outcome over the draws as they are, where what goes together stays together.

Sobol's design takes every parameter by itself. Sizes fitted to the record do not vary by themselves: the record ties
them to each other. From given draws, the share of variance that goes with one parameter is RBD-FAST's (SALib; Plischke
2010, Reliab. Eng. Syst. Saf. 95: 354-360), that of a group is what a ridge regression (scikit-learn) on its scores
predicts of draws it has not seen. Shares of parameters that go together overlap, and need not sum to one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.special import ndtri

from triangle_sim.analysis.drivers.libraries import need
from triangle_sim.analysis.drivers.sobol import Floats

FOLDS = 5


def by_parameter(names: Sequence[str], values: Floats, played: Floats, *, seed: int) -> pd.DataFrame:
    """Columns parameter, share, low, high, the largest share first; ``values (parameters, draws)``,
    ``played (draws, replicates)``. Shares are of the variance between draws, luck taken out."""
    analysis = need("SALib.analyze.rbd_fast")
    problem = {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}
    found = analysis.analyze(problem, values.T, played.mean(axis=1), num_resamples=20, seed=seed)
    scale = 1.0 / reliability(played)
    share, reach = np.asarray(found["S1"], float) * scale, np.asarray(found["S1_conf"], float) * scale
    frame = pd.DataFrame({"parameter": list(names), "share": share, "low": share - reach, "high": share + reach})
    return frame.sort_values("share", ascending=False, kind="stable", ignore_index=True)


def by_group(groups: Sequence[str], values: Floats, played: Floats, *, seed: int) -> pd.DataFrame:
    """Columns group, share, low, high: of the variance between draws, what a group alone predicts (over folds)."""
    linear, selection = need("sklearn.linear_model"), need("sklearn.model_selection")
    scores, means = ranked(values), played.mean(axis=1)
    scale, rows = 1.0 / reliability(played), []
    folds = selection.KFold(FOLDS, shuffle=True, random_state=seed)
    for group in [*dict.fromkeys(groups), "all together"]:
        chosen = [k for k, each in enumerate(groups) if group in (each, "all together")]
        model = linear.RidgeCV(alphas=np.geomspace(1.0, 1e5, 11))
        each = scale * selection.cross_val_score(model, scores[chosen].T, means, cv=folds, scoring="r2")
        reach = 2.0 * each.std(ddof=1) / np.sqrt(FOLDS)
        rows.append((group, max(0.0, each.mean()), each.mean() - reach, each.mean() + reach))
    return pd.DataFrame(rows, columns=["group", "share", "low", "high"])


def ranked(values: Floats) -> Floats:
    """Values as normal scores of their ranks, row by row; ties in the order of the draws."""
    order = values.argsort(axis=1, kind="stable").argsort(axis=1)
    return np.asarray(ndtri((order + 0.5) / values.shape[1]))


def reliability(played: Floats) -> float:
    """The share of the variance of the draws' means that is not luck."""
    replicates, seen = played.shape[1], float(played.mean(axis=1).var(ddof=1))
    if replicates == 1 or seen <= 0:
        return 1.0
    return max(1.0 - float(played.var(axis=1, ddof=1).mean()) / replicates / seen, 0.05)
