"""Sizes from the record: one set for all eras, an ensemble under each theory.

Everything uncertain is fitted but where a world starts: starting levels, and the resting levels of stocks, which the
starting world gives. Directions are the claims': an effect of one sign may vanish and not turn. Where the record
would have it turn, that is a finding.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from triangle_sim.backends.backend import choose, load
from triangle_sim.model.prepared import Prepared
from triangle_sim.names import counted
from triangle_sim.record import MEMBERS, REPLICATES, STEPS
from triangle_sim.record.hindcast import DYADS, scenarios_of, under
from triangle_sim.record.observations import episodes
from triangle_sim.record.play import by_year
from triangle_sim.record.smoother import Step, smooth, values_of
from triangle_sim.record.targets import Target, covariance, targets
from triangle_sim.scenario import load as scenarios
from triangle_sim.uncertainty import Parameter, Streams, Table
from triangle_sim.world.theories import theory_names
from triangle_sim.world.variables import is_tie

Floats = NDArray[np.float64]

TOLD = (0.2, 0.1)
"""The record tells of a parameter if it moves its mean by so many prior standard deviations, or narrows it by such a
share."""


@dataclass(frozen=True, eq=False)
class Fit:
    """A fitted ensemble under one theory: ``scores (parameters, members)``, ``before`` the prior's."""

    theory: str
    parameters: tuple[Parameter, ...]
    before: Floats
    scores: Floats
    steps: tuple[Step, ...]

    def __repr__(self) -> str:
        return textwrap.fill(f"{self.summary()} A model, not a forecast.", 100)

    def summary(self) -> str:
        """The answer in words."""
        first, last = self.steps[0], self.steps[-1]
        return (
            f"Under {self.theory} the record is missed by {first.missed:.3f} before the fit and by {last.missed:.3f} "
            f"in its last step (root mean square over coded ties and events). It tells something of "
            f"{int(self.told.sum())} of {counted(len(self.told), 'number')}; the others stay about where judgement put "
            "them."
        )

    @property
    def told(self) -> NDArray[np.bool_]:
        """Of which parameters the record tells something ``(parameters,)``; all others stay at their priors."""
        moved = np.abs(self.scores.mean(axis=1) - self.before.mean(axis=1)) >= TOLD[0]
        return np.asarray(moved | (self.scores.std(axis=1) <= (1 - TOLD[1]) * self.before.std(axis=1)))

    @cached_property
    def values(self) -> Floats:
        """The members' parameters, same shape as ``scores``."""
        return values_of(self.parameters, self.scores)

    def frame(self) -> pd.DataFrame:
        """One row a member: ``theory``, ``member``, and a column for each parameter."""
        # Seven digits are more than the record knows, and half the file.
        columns = {
            each.name: np.clip(row.astype(np.float32).astype(float), each.low, each.high)
            for each, row in zip(self.parameters, self.values, strict=True)
        }
        return pd.DataFrame({"theory": self.theory, "member": np.arange(self.scores.shape[1]), **columns})

    def claims(self) -> pd.DataFrame:
        """One row a claim or fact that sizes rest on: how many numbers, of how many the record tells, how far it moves
        the one it moves most, and what that says of the claim."""
        sizes = self.sizes()
        sizes["shift"] = (sizes.fitted - sizes.prior) / sizes.prior_sd * np.where(sizes.prior < 0, -1.0, 1.0)
        argued = sizes[sizes.parameter.str.match(r"(effect|joint|driver|weight)\.")]
        rows = []
        for claim, some in argued.assign(claim=argued.sources.str.split()).explode("claim").groupby("claim"):
            most = some.iloc[int(some["shift"].abs().to_numpy().argmax())]
            says = "for less" if most["shift"] < 0 else "for more"
            says = "against" if (some.gone > 0.5).any() else says if bool(most["told"]) else "nothing"
            rows.append({
                "claim": claim, "theory": self.theory, "numbers": len(some), "told": int(some.told.sum()),
                "most": most["parameter"], "shift": most["shift"], "record_speaks": says,
            })  # fmt: skip
        return pd.DataFrame(rows)

    def sizes(self) -> pd.DataFrame:
        """One row a parameter: its prior and fitted mean and standard deviation, what it means, and whether the record
        tells of it, or would have it turn its sign."""
        before = values_of(self.parameters, self.before)
        rows = []
        for k, each in enumerate(self.parameters):
            gone = float(np.mean(self.values[k] == 0.0)) if 0.0 in (each.low, each.high) else 0.0
            rows.append({
                "parameter": each.name, "theory": self.theory, "prior": before[k].mean(), "prior_sd": before[k].std(),
                "fitted": self.values[k].mean(), "fitted_sd": self.values[k].std(), "told": bool(self.told[k]),
                "gone": gone, "meaning": each.meaning, "sources": " ".join(each.sources),
            })  # fmt: skip
        return pd.DataFrame(rows)


def unknown(prepared: Mapping[str, Prepared], theory: str) -> tuple[Parameter, ...]:
    """The parameters that are fitted: uncertain, known to every episode, and not where a world starts."""
    tables = [each.tables[theory] for each in prepared.values()]
    return tuple(
        tables[-1][name]
        for name in tables[-1]
        if all(name in table for table in tables)
        and tables[-1][name].prior.dist != "fixed"
        and not name.startswith("start.")
        and (not name.startswith("rest.") or is_tie(name.removeprefix("rest.")))
    )


def calibrate(
    theory: str,
    until: Mapping[str, int] | None = None,
    *,
    only: Sequence[str] | None = None,
    members: int = MEMBERS,
    replicates: int = REPLICATES,
    steps: int = STEPS,
    seed: int = 1,
    backend: str = "auto",
    record: Mapping[str, Sequence[Target]] | None = None,
    priors: Mapping[str, Any] | None = None,
    tell: Callable[[Step], None] | None = None,
) -> Fit:
    """Fit all sizes to the record under one theory.

    Parameters
    ----------
    until
        the last year of an episode that is used, by episode; an episode without an entry is used whole.
    only
        the episodes that are used, by default all.
    record
        other targets by episode, in place of the record's own.
    priors
        other priors, as a scenario writes them; a number holds a parameter fixed, and 0 takes its term away.

    Returns
    -------
    Fit
        the same seed gives the same members.
    """
    names = list(episodes() if only is None else only)
    prepared = {name: judged(name, theory, priors) for name in names}
    aims = record or {name: targets(name, prepared[name].scenario, (until or {}).get(name)) for name in names}
    parameters = unknown(prepared, theory)
    fields = [each.name for each in parameters]
    streams = Streams(seed, np.arange(members), np.zeros(members, np.int64))
    scores = streams.normal([f"smoother:{name}" for name in fields], 1)[:, 0]
    step = load(choose(backend)).trajectories
    draws, numbers = np.repeat(np.arange(members), replicates), np.tile(np.arange(replicates), members)

    def forward(at: Floats, number: int) -> Floats:
        table = Table.of(fields, values_of(parameters, at))
        said = []
        for name in names:
            (t,) = step(prepared[name], seed + number, draws, numbers, [{}], table=table)
            played = by_year(t, DYADS)
            said += [aim.expected(played) for aim in aims[name]]
        return np.stack(said).reshape(len(said), members, replicates)

    every = [aim for name in names for aim in aims[name]]
    observed = np.array([aim.value for aim in every])
    taken: list[Step] = []

    def note(each: Step) -> None:
        taken.append(each)
        if tell is not None:
            tell(each)

    fitted = smooth(scores, forward, observed, covariance(every), steps=steps, seed=seed, tell=note)
    return Fit(theory, parameters, scores, fitted, tuple(taken))


def judged(episode: str, theory: str, priors: Mapping[str, Any] | None = None) -> Prepared:
    """The scenario of an episode under one theory, with sizes by judgement, ready to run."""
    (source,) = scenarios_of(episode)
    return Prepared(under(scenarios.load(source), theory).with_(sizes="judgement", priors=dict(priors or {})))


def provenance(fits: Sequence[Fit], until: Mapping[str, int] | None, only: Sequence[str] | None, **how: Any) -> Any:
    """Where an ensemble comes from, as JSON can hold it."""
    used = {name: (until or {}).get(name, "whole") for name in (only or episodes())}
    missed = {fit.theory: [round(step.missed, 4) for step in fit.steps] for fit in fits}
    return {"episodes": used, "missed": missed, "theories": theory_names(), **how}
