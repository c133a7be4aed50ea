"""A record scenario played by an ensemble and held against the record: what was predicted, what was seen, the scores.

Predictions know the starting world and the outside events that the scenario scripts, and nothing that the five
countries chose. Only years after the origin are scored, so that the model and its rivals are asked the same.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from triangle_sim.record.play import Played
from triangle_sim.record.rivals import Rival
from triangle_sim.record.scores import (
    Between,
    brier,
    calibration,
    chance,
    crps,
    difference,
    difference_of_one,
    held,
    log_score,
    ratio,
    with_error,
)
from triangle_sim.scenario.schema import Scenario

Floats = NDArray[np.float64]

LEVELS = {"held_50": 0.5, "held_90": 0.9}
"""Columns of tables, and the central band they count."""

NO_MATTER = 0.1
"""Shares of the coder's error: two theories whose scores differ by less are told apart by nobody."""

QUANTILES = {"q05": 0.05, "q25": 0.25, "q50": 0.5, "q75": 0.75, "q95": 0.95}
"""Columns of :meth:`Hindcast.predicted`, the coder's error included."""


@dataclass(frozen=True, eq=False)
class Hindcast:
    """Predictions of an episode, and the record of it.

    ``played`` has the ensemble by year; for all its years ``coded (years, dyads)`` has the coded ties, and ``seen
    (years, events)`` what happened: 1, 0, or NaN where the record does not say. ``rivals`` predict the years after
    ``origin``; ``rates (events,)`` are the base rates. ``error`` is the coder's, in units of the tie.
    """

    episode: str
    scenario: Scenario
    origin: int
    restart: bool
    design: tuple[int, int, int]
    played: Played
    coded: Floats
    seen: Floats
    rivals: tuple[Rival, ...]
    rates: Floats
    error: float
    given: bool = False
    """Whether parameters were given, in place of the scenario's sizes."""

    def __repr__(self) -> str:
        return textwrap.fill(f"{self.summary()} A model, not a forecast.", 100)

    @property
    def label(self) -> str:
        """A name for its files: 2012, 2012_from_2019, 2012_anew_2019."""
        first = self.episode if not self.restart else f"{self.episode}_anew"
        plain = not self.restart and self.origin == self.played.years[0]
        return first if plain else f"{first}_{self.origin}" if self.restart else f"{first}_from_{self.origin}"

    @property
    def years(self) -> tuple[int, ...]:
        """The years that are scored."""
        return tuple(year for year in self.played.years if year > self.origin)

    @property
    def theories(self) -> tuple[str, ...]:
        """The theories that are played."""
        return tuple(sorted({str(name) for name in self.played.theory}))

    @property
    def _scored(self) -> slice:
        return slice(len(self.played.years) - len(self.years), None)

    @cached_property
    def ensemble(self) -> Floats:
        """Predicted ties as a coder would code them ``(years, dyads, runs)``."""
        return with_error(self.played.ties, self.error)

    @cached_property
    def crps(self) -> dict[str, Floats]:
        """Scores ``(years, dyads)`` of the model, of each theory in it, and of each rival, by name."""
        coded, ensemble = self.coded[self._scored], self.ensemble[self._scored]
        found = {"model": crps(coded, ensemble)}
        if len(self.theories) > 1:
            found |= {name: crps(coded, ensemble[..., self.played.theory == name]) for name in self.theories}
        return found | {rival.name: rival.crps(coded) for rival in self.rivals}

    def _held(self, level: float) -> dict[str, Floats]:
        coded, ensemble = self.coded[self._scored], self.ensemble[self._scored]
        found = {"model": held(coded, ensemble, level)}
        if len(self.theories) > 1:
            found |= {name: held(coded, ensemble[..., self.played.theory == name], level) for name in self.theories}
        return found | {rival.name: rival.held(coded, level) for rival in self.rivals}

    def ties(self) -> pd.DataFrame:
        """One row a predictor: mean CRPS, shares of coded ties within its bands, and the model's CRPS over its own."""
        shares = {column: self._held(level) for column, level in LEVELS.items()}
        rows = []
        for name, scores in self.crps.items():
            row: dict[str, Any] = {"predictor": name, "crps": np.nanmean(scores)}
            row |= {column: np.nanmean(shares[column][name]) for column in LEVELS}
            apart = ratio(self.crps["model"], scores) if name != "model" else Between(1.0, np.nan, np.nan)
            rows.append(row | {"model_over_it": apart.value, "low": apart.low, "high": apart.high})
        return pd.DataFrame(rows)

    def by_dyad(self) -> pd.DataFrame:
        """One row a dyad: mean CRPS of each predictor, and the share of coded ties in the model's 90 % bands."""
        return self._means("dyad", self.played.dyads, 0)

    def by_year(self) -> pd.DataFrame:
        """The same, one row a year."""
        return self._means("year", self.years, 1)

    def _means(self, what: str, names: Sequence[Any], axis: int) -> pd.DataFrame:
        columns = {name: np.nanmean(scores, axis=axis) for name, scores in self.crps.items()}
        inside = {column: np.nanmean(self._held(level)["model"], axis=axis) for column, level in LEVELS.items()}
        return pd.DataFrame({what: list(names), **columns, **inside})

    def favours(self) -> pd.DataFrame:
        """Which theory the record favours, over all dyads and for each: the first's CRPS less the second's.

        Neither, where the interval holds 0 or the difference is less than a tenth of the coder's error.
        """
        rows = []
        for one, other in combinations(self.theories, 2):
            a, b = self.crps[one], self.crps[other]
            each = [difference_of_one(a[:, k], b[:, k]) for k in range(len(self.played.dyads))]
            for dyad, apart in zip(("all", *self.played.dyads), (difference(a, b), *each), strict=True):
                better, tiny = (one if apart.value < 0 else other), NO_MATTER * self.error
                sure = better if apart.low * apart.high > 0 and abs(apart.value) >= tiny else "neither"
                row = {"episode": self.episode, "dyad": dyad, "theory": one, "other": other}
                rows.append(row | {"difference": apart.value, "low": apart.low, "high": apart.high, "favours": sure})
        columns = ["episode", "dyad", "theory", "other", "difference", "low", "high", "favours"]
        return pd.DataFrame(rows, columns=columns)

    @cached_property
    def probability(self) -> Floats:
        """Of each event in each year played ``(years, events)``."""
        return chance(self.played.happened.sum(axis=-1), self.played.theory.size)

    def events(self) -> pd.DataFrame:
        """One row an event, and one over all: the years it was seen in, mean probability in those and in the others,
        and Brier and logarithmic scores beside those of its base rate."""
        seen, said = self.seen[self._scored], self.probability[self._scored]
        rate = np.broadcast_to(self.rates, said.shape)
        rows = []
        for name, k in [*((name, slice(k, k + 1)) for k, name in enumerate(self.played.events)), ("all", slice(None))]:
            happened, told, base = seen[:, k], said[:, k], rate[:, k]
            yes, no = happened == 1, happened == 0
            years = [year for year, row in zip(self.years, yes, strict=True) if row.any()]
            rows.append({
                "event": name, "years_seen": "" if name == "all" else spans(years), "seen": int(yes.sum()),
                "asked": int((yes | no).sum()), "said_when_seen": _mean(told[yes]), "said_else": _mean(told[no]),
                "base_rate": _mean(base), "brier": _mean(brier(happened, told)),
                "brier_base": _mean(brier(happened, base)), "log": _mean(log_score(happened, told)),
                "log_base": _mean(log_score(happened, base)),
            })  # fmt: skip
        return pd.DataFrame(rows)

    def calendar(self) -> pd.DataFrame:
        """One row a year and event: its probability, its base rate, whether it was seen, and whether it is scored."""
        rows = [
            (year, name, self.probability[t, k], self.rates[k], self.seen[t, k], year > self.origin)
            for t, year in enumerate(self.played.years)
            for k, name in enumerate(self.played.events)
        ]
        return pd.DataFrame(rows, columns=["year", "event", "probability", "base_rate", "seen", "scored"])

    def calibration(self) -> pd.DataFrame:
        """Probabilities of events in bins: how many there are, what they say on average, and the share seen."""
        return pd.DataFrame([vars(one) for one in calibration(self.seen[self._scored], self.probability[self._scored])])

    def predicted(self) -> pd.DataFrame:
        """One row a year and dyad, all years played: coded tie, quantiles of the prediction with the coder's error, and
        the CRPS of every predictor where it is scored."""
        levels = np.quantile(self.ensemble, list(QUANTILES.values()), axis=-1)
        shape, first = self.coded.shape, self._scored.start
        years, dyads = np.meshgrid(self.played.years, self.played.dyads, indexing="ij")
        table = {"year": years, "dyad": dyads, "coded": self.coded, "mean": self.played.ties.mean(axis=-1)}
        table |= dict(zip(QUANTILES, levels, strict=True))
        for name, scores in self.crps.items():
            table[f"crps_{name}"] = np.concatenate([np.full((first, shape[1]), np.nan), scores])
        return pd.DataFrame({name: values.ravel() for name, values in table.items()})

    def data(self) -> dict[str, Any]:
        """All scores as plain data."""
        draws, replicates, seed = self.design
        tables = ("ties", "by_dyad", "by_year", "favours", "events", "calibration")
        return {
            "episode": self.episode, "scenario": self.scenario.name, "scenario_sha256": self.scenario.content_hash(),
            "origin": self.origin, "begun_anew": self.restart, "theories": list(self.theories), "draws": draws,
            "replicates": replicates, "seed": seed, "coder_error": self.error, "answer": self.summary(),
        } | {name: getattr(self, name)().to_dict("records") for name in tables}  # fmt: skip

    def summary(self) -> str:
        """The answer in words."""
        table = self.ties().set_index("predictor")
        model, walk = table.loc["model"], table.loc["random_walk"]
        low, high = walk["low"], walk["high"]
        verdict = "better" if walk["model_over_it"] < 1 else "worse"
        doubt = "" if high < 1 or low > 1 else ", though it could be chance"
        fitted = self.scenario.sizes == "record" and not self.given
        seen = " Its sizes were fitted to these very years: `calibrate --holdout` shows what it predicts unseen."
        return (
            f"Over {spans(self.years)} the model's ties miss the record by {model['crps']:.2f} on average "
            f"(CRPS); a random walk from {self.origin} by {walk['crps']:.2f}. The model is {verdict}{doubt}: "
            f"{walk['model_over_it']:.2f} times the walk's miss (95 % interval {low:.2f} to {high:.2f}). "
            f"Its 90 % bands hold {model['held_90']:.0%} of the coded ties (should hold 90), its 50 % bands "
            f"{model['held_50']:.0%} (should hold 50).{seen if fitted else ''}"
        )


def spans(years: Sequence[int]) -> str:
    """``2013, 2016-2017``."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"{run[0]}" if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _mean(values: Any) -> float:
    known = np.asarray(values)[~np.isnan(values)]
    return float(known.mean()) if known.size else float("nan")
