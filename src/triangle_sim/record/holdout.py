"""Is the fit any good out of sample? Parts of the record are left out of the fit and predicted by it.

Two kinds: *forward*, fitted to what came before a year and held against what came after, begun anew from the coded ties
of that year, since a random walk knows them too; and *an era left out*, fitted to the other eras and played from the
left-out era's first quarter. Sizes by judgement, and naive rivals, are held against the same years.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from triangle_sim.record.calibrate import Fit, calibrate
from triangle_sim.record.comparison import Hindcast
from triangle_sim.record.hindcast import hindcast, scenarios_of, under
from triangle_sim.record.observations import episodes
from triangle_sim.scenario import load as scenarios
from triangle_sim.world.theories import theory_names

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Holdout:
    """What is fitted (``only`` these episodes, up to a year ``until`` by episode), and what is predicted from it."""

    name: str
    only: tuple[str, ...]
    predicted: str
    until: Mapping[str, int] = field(default_factory=dict)
    origin: int | None = None
    restart: bool = False


def holdouts() -> list[Holdout]:
    """The forward tests of 2020 to 2024, and each era left out."""
    names, last = tuple(episodes()), {"2012": 2019}
    forward = {
        "forward: fitted to 2012-19 alone": ("2012",),
        "forward: fitted to all eras to 2019": names,
    }
    out = [
        Holdout(f"{name}{how}", only, "2012", last, 2019, restart)
        for name, only in forward.items()
        for how, restart in ((", begun anew in 2020", True), (", played on from 2012", False))
    ]
    return out + [Holdout(f"{name} left out", tuple(n for n in names if n != name), name) for name in names]


@dataclass(frozen=True)
class Scores:
    """What tests found.

    ``ties`` has a row for each test, kind of sizes and theory; ``favours`` one for each test and dyad: which theory
    predicts it better, from :meth:`.comparison.Hindcast.favours`.
    """

    ties: pd.DataFrame
    favours: pd.DataFrame


def holdout(test: Holdout, fits: Sequence[Fit], *, replicates: int = 4, seed: int = 1) -> Scores:
    """Score one test: both theories together, each alone, and sizes by judgement."""
    (source,) = scenarios_of(test.predicted)
    scenario = scenarios.load(source).with_(sizes="judgement")
    how: dict[str, Any] = {"restart": test.restart, "replicates": replicates, "seed": seed}
    frame = pd.concat([fit.frame() for fit in fits], ignore_index=True).drop(columns="member")
    whole = frame.dropna(axis=1)
    both = hindcast(test.predicted, test.origin, scenario=scenario, parameters=whole, **how)
    rows = [_row(test, "record", "both", both)]
    for fit in fits:
        own = fit.frame().drop(columns="member")
        alone = under(scenario, fit.theory)
        found = hindcast(test.predicted, test.origin, scenario=alone, parameters=own, **how)
        rows.append(_row(test, "record", fit.theory, found))
    judged = hindcast(test.predicted, test.origin, scenario=scenario, draws=len(whole), **how)
    ties = pd.DataFrame([*rows, _row(test, "judgement", "both", judged)])
    return Scores(ties, both.favours().assign(test=test.name))


def _row(test: Holdout, sizes: str, theory: str, found: Hindcast) -> dict[str, Any]:
    ties = found.ties().set_index("predictor")
    walk = ties.loc["random_walk"]
    return {
        "test": test.name, "sizes": sizes, "theory": theory, "from": found.years[0], "to": found.years[-1],
        "crps": ties.loc["model", "crps"], "random_walk": walk["crps"], "persistence": ties.loc["persistence", "crps"],
        "ratio": walk["model_over_it"], "low": walk["low"], "high": walk["high"],
        "held_50": ties.loc["model", "held_50"], "held_90": ties.loc["model", "held_90"],
    }  # fmt: skip


def out_of_sample(*, tell: Tell | None = None, **how: Any) -> Scores:
    """All tests. ``how`` goes to :func:`.calibrate.calibrate`."""
    found: list[Scores] = []
    fitted: dict[tuple[Any, ...], list[Fit]] = {}
    for test in holdouts():
        key = (test.only, *test.until.items())
        if key not in fitted:
            if tell is not None:
                tell(f"{test.name}: fitting")
            fitted[key] = [calibrate(name, test.until, only=test.only, **how) for name in theory_names()]
        found.append(holdout(test, fitted[key]))
    ties, favours = (pd.concat([getattr(each, name) for each in found]) for name in ("ties", "favours"))
    return Scores(ties.reset_index(drop=True), favours.reset_index(drop=True))
