"""Scenario discovery: a box of parameters and conditions in which an outcome is common (PRIM), and how stable it is.

PRIM peels slices off the space until what is left is dense in cases of interest (Friedman & Fisher 1999, Stat. Comput.
9: 123-143; Bryant & Lempert 2010, Technol. Forecast. Soc. Change 77: 34-49; with EMA workbench). It finds a box in
noise as well. So it is run on resamples of draws first: what it restricts in most of them may bound the box, and the
box is measured on draws that had no part in finding it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from triangle_sim.analysis.drivers.libraries import need

Truths = NDArray[np.bool_]

PEEL = 0.1
"""Share of the cases in the box that one slice takes off."""
MOST = 3
"""Restrictions a box may have, that it can be said in a sentence."""
RESAMPLES = 12
FACTORS = 12
"""Of hundreds of factors, those that are looked at in a resample."""


@dataclass(frozen=True)
class Limit:
    """One side of a box: cases have ``name`` within ``low`` .. ``high`` (None: open), where a share ``inside`` of all
    cases lie. ``kept`` is the share of resamples that restrict it on that side, ``quasi_p`` the chance that a
    restriction of no use looks as good (Bryant & Lempert)."""

    name: str
    low: float | None
    high: float | None
    inside: float
    kept: float
    quasi_p: float


@dataclass(frozen=True)
class Box:
    """A box, and what it holds of cases that had no part in finding it.

    ``density`` is the share of its cases that are of interest, with its interval over draws, ``base`` that of all
    cases; ``coverage`` the share of the cases of interest that lie in it, ``mass`` of all cases. ``kept`` is the share
    of resamples in which each factor was restricted, the most frequent first.
    """

    limits: tuple[Limit, ...]
    density: float
    low: float
    high: float
    base: float
    coverage: float
    mass: float
    kept: dict[str, float]

    @property
    def holds(self) -> bool:
        """Whether cases of interest are surely more frequent in it than elsewhere."""
        return self.low > self.base


def find_box(
    cases: pd.DataFrame, truth: Truths, draws: NDArray[np.int64], *, seed: int, always: Sequence[str] = ()
) -> Box | None:
    """A box of the ``cases`` (one row each, a column a factor) that are dense in ``truth``; None if nothing holds.

    ``draws`` says to which draw a case belongs: cases of one draw stay together, when resampled and when half of the
    draws is set apart to measure the box. Factors ``always`` may bound it; of the others those that go with the
    outcome, chosen anew in every resample.

    Raises
    ------
    UsageError
        if EMA workbench is not installed.
    """
    finding = halved(draws)
    if not 0 < truth[finding].mean() < 1 or not truth[~finding].any():
        return None
    x, y = cases[finding].reset_index(drop=True), truth[finding]
    kept = stability(x, y, draws[finding], seed, always)
    peeled = None
    names = [name for name, share in kept.items() if share >= 0.5][:MOST]
    while names:  # a restriction that chance would give as well, among so many factors, is dropped
        peeled = _peel(x[names], y, PEEL / 2)
        useful = [name for name in names if peeled and peeled[1].get(name, 1.0) <= 0.05 / cases.shape[1]]
        if useful == names:
            break
        names, peeled = useful, None
    if peeled is None:
        return None
    limits, quasi_p = peeled
    sides = []
    for name, (low, high) in limits.items():
        inside = float(_within(cases, {name: (low, high)}).mean())
        sides.append(Limit(name, low, high, inside, kept[name], quasi_p[name]))
    held, there = _within(cases[~finding], limits), truth[~finding]
    if not held.any():
        return None
    low, high = over_draws(there & held, held, draws[~finding], seed)
    return Box(tuple(sides), float(there[held].mean()), low, high, float(there.mean()),
               float((there & held).sum() / there.sum()), float(held.mean()), kept)  # fmt: skip


def stability(
    x: pd.DataFrame, y: Truths, draws: NDArray[np.int64], seed: int, always: Sequence[str] = ()
) -> dict[str, float]:
    """The share of resamples of draws in whose box each factor is restricted, the most frequent first."""
    rng, counts = np.random.default_rng(seed), dict.fromkeys(map(str, x.columns), 0.0)
    rows = {int(draw): np.flatnonzero(draws == draw) for draw in np.unique(draws)}
    known = np.asarray(list(rows))
    for _ in range(RESAMPLES):
        some = np.concatenate([rows[int(draw)] for draw in rng.choice(known, known.size)])
        again, there = x.iloc[some].reset_index(drop=True), y[some]
        if not 0 < there.mean() < 1:  # of what hardly ever happens, a resample may hold no case
            continue
        found = _peel(again[screened(again, there, always)], there)
        for name in found[0] if found else ():
            counts[name] += 1.0 / RESAMPLES
    ranked = sorted(counts.items(), key=lambda item: -item[1])
    return {name: share for name, share in ranked if share > 0}


Limits = dict[str, tuple[float | None, float | None]]


def _peel(x: pd.DataFrame, y: Truths, peel: float = PEEL) -> tuple[Limits, dict[str, float]] | None:
    """The box on PRIM's path with the best harmonic mean of coverage and density: limits and quasi-p by factor."""
    prim = need("ema_workbench.analysis.prim")
    with _quiet():
        search = prim.Prim(x, y, threshold=1e-9, peel_alpha=peel)  # a case of interest is one, any other zero
        box = search.find_box()
    if box is None:
        return None
    path = box.peeling_trajectory
    at = int((path.coverage * path.density / (path.coverage + path.density)).idxmax())
    whole, ends = box.box_lims[0], box.box_lims[at]
    limits: Limits = {}
    for name in x.columns:
        low, high = (None if ends[name][k] == whole[name][k] else float(ends[name][k]) for k in (0, 1))
        if low is not None or high is not None:
            limits[str(name)] = (low, high)
    chances = {str(name): float(min(p for p in both if p >= 0)) for name, both in box.qp[at].items() if max(both) >= 0}
    return (limits, {name: chances.get(name, float("nan")) for name in limits}) if limits else None


def _within(cases: pd.DataFrame, limits: Limits) -> Truths:
    inside = np.ones(len(cases), bool)
    for name, (low, high) in limits.items():
        values = cases[name].to_numpy()
        inside &= (values >= (-np.inf if low is None else low)) & (values <= (np.inf if high is None else high))
    return inside


def halved(draws: NDArray[np.int64]) -> Truths:
    """Every other draw: those in which something is looked for. What is found is measured in the others."""
    return np.asarray(np.unique(draws, return_inverse=True)[1] % 2 == 0)


def over_draws(part: Truths, whole: Truths, draws: NDArray[np.int64], seed: int) -> tuple[float, float]:
    """A 95 % interval of ``part / whole`` by resampling draws."""
    where = np.unique(draws, return_inverse=True)[1]
    parts, wholes = (np.bincount(where, each) for each in (part, whole))
    picks = np.random.default_rng(seed).integers(0, parts.size, (500, parts.size))
    below = wholes[picks].sum(axis=1)
    low, high = np.quantile((parts[picks].sum(axis=1) / np.maximum(below, 1))[below > 0], [0.025, 0.975])
    return float(low), float(high)


@contextmanager
def _quiet() -> Any:
    """EMA workbench logs and warns of what does not concern the reader."""
    import logging
    import warnings

    logger = logging.getLogger("EMA")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


def screened(cases: pd.DataFrame, truth: Truths, always: Sequence[str] = ()) -> list[str]:
    """The factors worth looking at: ``always``, and the others that go most with the outcome."""
    x = cases.to_numpy(float)
    apart = x - x.mean(axis=0)
    size = np.sqrt((apart**2).sum(axis=0))
    size[size == 0] = np.inf
    with_it = np.abs(apart.T @ (truth - truth.mean())) / size
    names = list(map(str, cases.columns))
    others = [names[k] for k in np.argsort(-with_it, kind="stable") if names[k] not in always]
    return [*always, *others[:FACTORS]]
