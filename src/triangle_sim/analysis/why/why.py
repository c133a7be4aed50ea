"""Which argument made it so: an outcome in the same worlds, with one thing at a time switched off.

Every claim's terms, every interest, driver, meeting and event is taken away alone, all else as it was
(:mod:`triangle_sim.montecarlo.off`), in the same draws and with the same luck. The difference is what the outcome owes
to it, given everything else: such differences need not add up, because arguments work through one another.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from triangle_sim.analysis.intervals import Estimate, mean_of, share_of
from triangle_sim.analysis.why.switches import KINDS, switches
from triangle_sim.analysis.why.table import Without, table_of
from triangle_sim.errors import UsageError, quote
from triangle_sim.model.prepared import prepared_for
from triangle_sim.montecarlo.design import Tell, designed
from triangle_sim.montecarlo.sample import Sample, sample
from triangle_sim.montecarlo.tables import ALL
from triangle_sim.montecarlo.workers.running import Progress, Running, cores
from triangle_sim.names import did_you_mean
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.scenario.schema import Scenario


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
        see :data:`.why_table.COLUMNS`; ``difference`` is the level without minus the level with it, with a 95% interval
        over draws, and ``futures_changed`` the share of futures in which the outcome is another. ``q`` is ``p``
        corrected for all that was looked at under that theory. ``payoff_share`` is the mean share of ``payoff_of``'s
        payoff, by weight, that goes with it. Within a kind, what makes the largest difference under any theory comes
        first.
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

    def top(self, kind: str = "claim", count: int = 5) -> pd.DataFrame:
        """What makes the largest differences of a kind, as `triangle-sim why` prints it."""
        from triangle_sim.analysis.why.words import rows

        columns, cells = rows(self, kind, count)
        return pd.DataFrame(cells, columns=columns).set_index(columns[0])

    def __repr__(self) -> str:
        from triangle_sim.analysis.why.words import told

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
    progress: Progress | None = None,
    tell: Tell | None = None,
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
    tell
        called with what the user should know; by default a Python warning.

    Raises
    ------
    UsageError
        for an outcome that there is not, or one that is a time, which has no value where it never comes; for a design
        that cannot be run.
    """
    column, running = column_of(outcome), Running(jobs=jobs, progress=progress, tell=tell)
    asked = {"draws": draws, "replicates": replicates, "seed": seed}
    found, design, _ = designed(scenario, running.say, backend, "double", **asked)
    for kind in kinds:
        if kind not in KINDS:
            raise UsageError(f"nothing of the kind {quote(kind)} is switched off", did_you_mean(kind, KINDS, "kinds"))
    d, r, s = design.draws, design.replicates, design.seed
    listed = [each for each in switches(found) if each.kind in kinds]
    ways = list(dict.fromkeys(frozenset(each.off) for each in listed if each.off))
    runs, advance = d * r, progress or (lambda played, runs: None)

    def play(off: frozenset[str], threads: int | None = 1) -> Sample:
        how: dict[str, Any] = {"draws": d, "replicates": r, "seed": s, "backend": design.backend, "jobs": threads}
        return sample(found, [column], off=sorted(off), **how)

    base = play(frozenset(), jobs)
    advance(runs, (len(ways) + 1) * runs)
    without: dict[frozenset[str], Without] = {}
    threads = ThreadPoolExecutor(jobs or cores())
    try:
        for off, one in zip(ways, threads.map(lambda off: Without.of(column, play(off), base), ways), strict=True):
            without[off] = one
            advance((len(without) + 1) * runs, (len(ways) + 1) * runs)
    finally:
        threads.shutdown(cancel_futures=True)
    means = base.means(column)
    views = {ALL: np.ones(d, bool)} | {name: base.theory == name for name in sorted(set(base.theory))}
    played = ((each, without.get(frozenset(each.off))) for each in listed)
    table = table_of(means, played, views, payoff_shares(found, s, d))
    levels = {name: _level(means[some], int(some.sum()) * r, column) for name, some in views.items()}
    return Why(found, column, d, r, s, levels, table)


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


def _level(means: Any, runs: int, column: str) -> Estimate:
    known = means.size > 1 and not np.isnan(means).any()
    return share_of(means, runs) if is_share(column) and known else mean_of(means)
