"""Which argument made it so: an outcome in the same worlds, with one thing at a time switched off.

Every claim's terms, every interest, driver, meeting and event is taken away alone, all else as it was
(:mod:`triangle_sim.montecarlo.off`), in the same draws and with the same luck. The difference is what the outcome owes
to it, given everything else: such differences need not add up, because arguments work through one another.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtr

from triangle_sim.analysis.intervals import Estimate, mean_of, share_of
from triangle_sim.analysis.switches import KINDS, Switch, switches
from triangle_sim.errors import UsageError, quote
from triangle_sim.model.prepared import prepared_for
from triangle_sim.montecarlo.sample import Sample, sample
from triangle_sim.montecarlo.workers.running import cores
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.scenario.load import load
from triangle_sim.scenario.schema import Scenario

COLUMNS = ["kind", "name", "words", "theory", "level", "without", "difference", "low", "high", "futures_changed", "p",
           "q", "payoff_of", "payoff_share", "verdict", "why_not"]  # fmt: skip
"""Of the table: a row a switch and theory, and one for all draws together."""
ALL = "all"
FALSE = 0.05
"""Share of the differences that are called clear which may be chance (Benjamini and Hochberg 1995)."""


@dataclass(frozen=True, eq=False)
class Why:
    """What an outcome owes to what.

    Attributes
    ----------
    outcome
        the column that was looked at, e.g. ``end_state=bloc``.
    levels
        its level with everything in place, for ``all`` draws and by theory.
    table
        :data:`COLUMNS`; ``difference`` is the level without minus the level with it, with a 95% interval over draws,
        and ``futures_changed`` the share of futures in which the outcome is another. ``q`` is ``p`` corrected for all
        that was looked at under that theory. ``payoff_share`` is the mean share of ``payoff_of``'s payoff, by weight,
        that goes with it. Within a kind, what makes the largest difference under any theory comes first.
    """

    scenario: Scenario
    outcome: str
    draws: int
    replicates: int
    seed: int
    levels: Mapping[str, Estimate]
    table: pd.DataFrame

    @property
    def is_share(self) -> bool:
        """Whether its level is a share of futures."""
        return is_share(self.outcome)

    def of(self, name: str, theory: str = ALL) -> pd.Series[Any]:
        """One row of the table."""
        rows = self.table[(self.table["name"] == name) & (self.table["theory"] == theory)]
        return rows.iloc[0]

    def __str__(self) -> str:
        from triangle_sim.analysis.why_words import told

        return told(self)


def why(
    outcome: str,
    scenario: Scenario | str = "baseline",
    *,
    draws: int | None = None,
    replicates: int | None = None,
    seed: int | None = None,
    backend: str = "auto",
    jobs: int | None = None,
    kinds: Collection[str] = KINDS,
    progress: Callable[[int, int], None] | None = None,
) -> Why:
    """Switch off each argument of a scenario in turn, and see what becomes of an outcome.

    Parameters
    ----------
    outcome
        an outcome, an ending (``bloc`` or ``end_state=bloc``), or a measure of a state variable (``mean
        chinese_supply``).
    draws, replicates, seed
        the design; by default the scenario's own.
    jobs
        threads; by default one a core. The result does not depend on it.
    kinds
        what to switch off: ``claim``, ``interest``, ``driver``, ``meeting``, ``event``; by default all of them. The
        correction for many looks is for those that were looked at.
    progress
        called with futures played and futures in all.

    Raises
    ------
    UsageError
        for an outcome that there is not, or one that is a time, which has no value where it never comes.
    """
    found = load(scenario) if isinstance(scenario, str) else scenario
    column = column_of(outcome)
    d, r, s = draws or found.draws, replicates or found.replicates, found.seed if seed is None else seed
    listed = [each for each in switches(found) if each.kind in kinds]
    ways = list(dict.fromkeys(frozenset(each.off) for each in listed if each.off))
    tell, done = progress or (lambda played, runs: None), 0

    def play(off: frozenset[str], threads: int | None = 1) -> Sample:
        nonlocal done
        how: dict[str, Any] = {"draws": d, "replicates": r, "seed": s, "backend": backend, "jobs": threads}
        played = sample(found, [column], off=sorted(off), **how)
        done += 1
        tell(done * d * r, (len(ways) + 1) * d * r)
        return played

    base = play(frozenset(), jobs)
    threads = ThreadPoolExecutor(jobs or cores())
    try:
        without = dict(zip(ways, threads.map(play, ways), strict=True))
    finally:
        threads.shutdown(cancel_futures=True)
    views = {ALL: np.ones(d, bool)} | {name: base.theory == name for name in sorted(set(base.theory))}
    payoffs = payoff_shares(found, s, d)
    parts = [_rows(base, without.get(frozenset(each.off)), column, each, views, payoffs) for each in listed]
    table = pd.DataFrame([row for rows in parts for row in rows], columns=COLUMNS)
    levels = {name: _level(base.means(column)[some], int(some.sum()) * r, column) for name, some in views.items()}
    return Why(found, column, d, r, s, levels, _ranked(_corrected(table)))


def column_of(outcome: str) -> str:
    """The column that is meant. Raises UsageError for a time."""
    for name, each in OUTCOMES.items():
        if outcome in each.categories:
            return f"{name}={outcome}"
    if outcome in OUTCOMES and OUTCOMES[outcome].kind == "quarter":
        others = ", ".join(name for name, each in sorted(OUTCOMES.items()) if each.kind == "truth")
        message = f"{quote(outcome)} is a time, which has no value where it never comes"
        raise UsageError(message, f"ask whether: {others}")
    return outcome


def is_share(column: str) -> bool:
    """Whether a column's mean is a share of futures."""
    if column in OUTCOMES:
        return OUTCOMES[column].kind == "truth"
    return "=" in column or column.startswith("met ")


def payoff_shares(scenario: Scenario, seed: int, draws: int) -> dict[str, dict[str, float]]:
    """The mean share of each interest in its country's payoff, by country and the name of its weight.

    It is its weight, the country's weights summing to one: what an interest would be worth if it were satisfied in full
    and no other at all.
    """
    prepared = prepared_for(scenario)
    game = prepared.game(prepared.sample(seed, np.arange(draws)).values)
    return {
        code: {
            f"weight.{code}.{interest.name}": float(np.mean(weight))
            for interest, weight in zip(player.interests, player.weights, strict=True)
        }
        for code, player in game.players.items()
    }


def _rows(
    base: Sample,
    without: Sample | None,
    column: str,
    switch: Switch,
    views: Mapping[str, NDArray[np.bool_]],
    payoffs: Mapping[str, Mapping[str, float]],
) -> list[tuple[Any, ...]]:
    """A switch's rows of the table, one a view; nothing is corrected yet."""
    shares = {code: sum(own.get(name, 0.0) for name in switch.off) for code, own in payoffs.items()}
    code = max(shares, key=lambda name: shares[name])
    payoff = (code, shares[code]) if shares[code] > 0 else ("", np.nan)
    rows = []
    for theory, some in views.items():
        head = (switch.kind, switch.name, switch.words, theory)
        level = base.means(column)[some]
        if without is None:
            nan = np.nan
            rows.append((*head, _mean(level), *[nan] * 7, *payoff, "nothing to switch off", switch.why_not))
            continue
        other = without.means(column)[some]
        # The same values in another order may have means that differ by rounding: that is no difference.
        gaps = np.where(np.isclose(level, other, rtol=1e-12, atol=1e-12), 0.0, other - level)
        one, two = base.values[column][some], without.values[column][some]
        changed = float(np.mean(~np.isclose(one, two, rtol=1e-9, atol=1e-12, equal_nan=True)))
        gap = mean_of(gaps)
        sizes = (_mean(level), _mean(other), gap.value, gap.low, gap.high, changed, _chance(gaps), np.nan)
        rows.append((*head, *sizes, *payoff, "", ""))
    return rows


def _chance(gaps: Any) -> float:
    """Two-sided p of a mean over draws that is nothing, by Student's t; missing where draws do not differ."""
    known = gaps[~np.isnan(gaps)]
    spread = known.std(ddof=1) / np.sqrt(known.size) if known.size > 1 else 0.0
    return float(2 * stdtr(known.size - 1, -abs(known.mean()) / spread)) if spread > 0 else np.nan


def _corrected(table: pd.DataFrame) -> pd.DataFrame:
    """With ``q`` and a verdict: all that was looked at under a theory is one family."""
    from scipy.stats import false_discovery_control

    for _, rows in table.groupby("theory"):
        looked = rows.index[rows["p"].notna()]
        if len(looked):
            table.loc[looked, "q"] = false_discovery_control(table.loc[looked, "p"])
    return table.assign(verdict=np.asarray([row.verdict or _verdict(row) for row in table.itertuples()], object))


def _verdict(row: Any) -> str:
    if row.futures_changed == 0:
        return "changes no future"
    if not row.q < FALSE:
        return "no clear difference"
    return "more without it" if row.difference > 0 else "less without it"


def _ranked(table: pd.DataFrame) -> pd.DataFrame:
    """Kinds in their order, what makes the largest difference under any theory first, its theories together."""
    size = table["difference"].abs().groupby([table["kind"], table["name"]], sort=False).max()
    rank = size.rank(method="first", ascending=False, na_option="bottom")
    kinds = {kind: k for k, kind in enumerate(dict.fromkeys(table["kind"]))}
    keys = pd.DataFrame(
        {
            "kind": table["kind"].map(kinds),
            "rank": [rank[key] for key in zip(table["kind"], table["name"], strict=True)],
        }
    )
    order = keys.sort_values(["kind", "rank"], kind="stable").index
    return table.loc[order].reset_index(drop=True)


def _level(means: Any, runs: int, column: str) -> Estimate:
    known = means.size > 1 and not np.isnan(means).any()
    return share_of(means, runs) if is_share(column) and known else mean_of(means)


def _mean(values: Any) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else np.nan
