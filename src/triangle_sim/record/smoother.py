"""From a prior ensemble to a fitted one: the ensemble smoother with multiple data assimilation.

Emerick, A. & Reynolds, A. (2013) "Ensemble smoother with multiple data assimilation", Computers & Geosciences 55: 3-15,
as the library ``iterative-ensemble-smoother`` does it. A parameter is moved only by targets with which it is correlated
beyond what chance makes of an ensemble of this size (adaptive localisation; Vossepoel, Evensen & van Leeuwen 2025), so
that what the record cannot tell stays at its prior.

Parameters are smoothed as standard normal scores: a score z stands for its prior's quantile at Phi(z). Luck is part of
what a target may miss: its covariance, from replicates of the same member, is added to that of coding.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from triangle_sim.uncertainty import Parameter

Floats = NDArray[np.float64]

Forward = Callable[[Floats, int], Floats]
"""From scores ``(parameters, members)`` and the number of the step to what each run says of each target,
``(targets, members, replicates)``."""


class Step(NamedTuple):
    """How far the ensemble was before a step: root mean square of what its mean misses, and its mean spread."""

    number: int
    missed: float
    spread: float


def values_of(parameters: Sequence[Parameter], scores: Floats) -> Floats:
    """Values of parameters at scores ``(parameters, members)``, same shape, within their bounds."""
    return np.stack([each.draw(u) for each, u in zip(parameters, ndtr(scores), strict=True)])


def smooth(
    scores: Floats,
    forward: Forward,
    observed: Floats,
    error: Floats,
    *,
    steps: int,
    seed: int,
    tell: Callable[[Step], None] | None = None,
) -> Floats:
    """Fit an ensemble of scores ``(parameters, members)`` to targets ``observed (targets,)``.

    Parameters
    ----------
    forward
        the model.
    error
        covariance of the targets' errors, ``(targets, targets)``.
    steps
        how often the targets are assimilated, each time with their covariance times ``steps``.
    seed
        of the perturbations of targets; the same seed gives the same ensemble.

    Returns
    -------
    scores ``(parameters, members)``.
    """
    from iterative_ensemble_smoother import AdaptiveESMDA

    for number in range(steps):
        said = forward(scores, number)
        expected = said.mean(axis=2)
        if tell is not None:
            missed = float(np.sqrt(np.mean((expected.mean(axis=1) - observed) ** 2)))
            tell(Step(number, missed, float(expected.std(axis=1).mean())))
        moves = expected.std(axis=1) > 0  # what no member expects otherwise says nothing of parameters
        missing = error + luck(said)
        smoother = AdaptiveESMDA(
            covariance=steps * missing[np.ix_(moves, moves)],
            observations=observed[moves],
            alpha=1,
            seed=seed * steps + number,
        )
        smoother.prepare_assimilation(Y=expected[moves])
        scores = smoother.assimilate_batch(X=scores, n_jobs=1)
    return scores


def luck(said: Floats) -> Floats:
    """Covariance ``(targets, targets)`` of luck in one history and in the mean over the replicates of a member."""
    targets, members, replicates = said.shape
    if replicates == 1:
        return np.zeros((targets, targets))
    apart = (said - said.mean(axis=2, keepdims=True)).reshape(targets, -1)
    return np.asarray(apart @ apart.T / (members * (replicates - 1)) * (1.0 + 1.0 / replicates))
