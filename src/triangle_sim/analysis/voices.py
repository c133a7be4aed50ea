"""Where two theories differ, and what of it matters.

Both are played on the same worlds: the same draws, at the same quantiles of every prior, with the same luck. Then the
numbers of one are put in place of the other's, one by one and subject by subject, and all else is left as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from triangle_sim.analysis.intervals import Estimate, mean_of
from triangle_sim.model.prepared import Prepared, prepared_for
from triangle_sim.montecarlo.sample import Sample, sample
from triangle_sim.names import country_name
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.scenario.schema import Scenario
from triangle_sim.uncertainty import Prior, Table

DRAWS = 600
"""Draws by default, with one future each: some seconds for two theories that differ in fifty numbers."""

LUCK = 8
"""Futures of each draw where everything is switched at once, which leaves less in common than one number does."""

SUBJECTS = {
    "weight": "what {} wants",
    "effect": "what moves of {} do",
    "cost": "what moves of {} cost",
    "form": "the form of interests of {}",
    "rationality": "how {} decides",
    "foresight": "how {} decides",
    "memory": "how {} decides",
    "driver": "what outside conditions do",
    "joint": "what meetings do",
}
_OTHER = "how ties and stocks move by themselves"
REST = "all other numbers, fitted to the record under each"
EVERYTHING = "everything"


@dataclass(frozen=True)
class Gap:
    """A number on which two theories have different priors; ``apart`` is from median to median, in standard deviations
    of the model's own prior (NaN where that is a single number)."""

    parameter: str
    meaning: str
    a: Prior
    b: Prior
    apart: float


@dataclass(frozen=True)
class Switch:
    """What changes when ``what`` is as the second theory has it and all else as the first has it.

    ``effects`` are differences in the probability of each outcome; ``clear`` are those that chance alone would explain
    in fewer than one case of twenty, over all that were looked at (Bonferroni).
    """

    what: str
    parameters: tuple[str, ...]
    effects: Mapping[str, Estimate]
    clear: frozenset[str]

    @property
    def most(self) -> tuple[str, Estimate]:
        """The outcome it moves most; among those it clearly moves, if there are any."""
        among = self.clear or self.effects
        name = max(sorted(among), key=lambda each: abs(self.effects[each].value))
        return name, self.effects[name]


@dataclass(frozen=True)
class Difference:
    """Two theories ``a`` and ``b`` by name: where they differ, and what of it matters, largest effect first."""

    a: str
    b: str
    gaps: list[Gap]
    numbers: list[Switch]
    subjects: list[Switch]
    draws: int


def voices(
    scenario: Scenario, a: str, b: str, *, draws: int = DRAWS, seed: int | None = None, backend: str = "auto"
) -> Difference:
    """Compare two theories of a scenario, by name.

    The numbers are those on which their priors differ; each is switched from ``a``'s to ``b``'s by itself. Subjects are
    groups of them, then the numbers that only their fits to the record tell apart, then everything.
    """
    one, other = (scenario.with_(theory={name: 1.0}) for name in (a, b))
    gaps = gaps_between(prepared_for(one), prepared_for(other), a, b)
    columns, seed = _columns(one), scenario.seed if seed is None else seed
    numbers = np.arange(draws)
    values = prepared_for(other).sample(seed, numbers).values
    play = partial(sample, columns=columns, draws=draws, seed=seed, backend=backend)
    base = play(one, replicates=1)
    groups = _groups(gaps)
    rest = _told_apart_by_fits(prepared_for(one), values, seed, numbers, {gap.parameter for gap in gaps})
    if rest:
        groups[REST] = rest
    looks = len(columns) * (len(gaps) + len(groups) + 1)

    def switched(what: str, names: Sequence[str]) -> Switch:
        table = Table.of(names, np.stack([values[name] for name in names]))
        return _switch(what, names, base, play(one, replicates=1, table=table), looks)

    singles = [switched(gap.parameter, [gap.parameter]) for gap in gaps]
    subjects = [switched(what, names) for what, names in groups.items()]
    before, after = (play(each, replicates=LUCK) for each in (one, other))
    everything = _switch(EVERYTHING, [gap.parameter for gap in gaps] + rest, before, after, looks)
    return Difference(a, b, gaps, _ranked(singles), [*_ranked(subjects), everything], draws)


def gaps_between(one: Prepared, other: Prepared, a: str, b: str) -> list[Gap]:
    """The numbers on which two theories have different priors, furthest apart first."""
    left, right, own = one.tables[a], other.tables[b], one.table
    gaps = []
    for name in left:
        if left[name].prior == right[name].prior:
            continue
        spread, distance = own[name].prior.spread(), right[name].default - left[name].default
        apart = distance / spread if spread > 0 else float("nan")
        gaps.append(Gap(name, own[name].meaning, left[name].prior, right[name].prior, apart))
    return sorted(gaps, key=lambda gap: (-abs(gap.apart) if gap.apart == gap.apart else 0.0, gap.parameter))


def subject(parameter: str) -> str:
    """What a number is about, in words."""
    kind, _, rest = parameter.partition(".")
    return SUBJECTS.get(kind, _OTHER).format(country_name(rest.partition(".")[0]))


def _groups(gaps: Iterable[Gap]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for gap in gaps:
        groups.setdefault(subject(gap.parameter), []).append(gap.parameter)
    return groups


def _told_apart_by_fits(one: Prepared, other: Mapping[str, Any], seed: int, draws: Any, known: set[str]) -> list[str]:
    """Numbers that differ between the draws of two theories although their priors do not."""
    mine = one.sample(seed, draws).values
    return [name for name in mine if name not in known and not np.array_equal(mine[name], other[name])]


def _columns(scenario: Scenario) -> list[str]:
    """Endings and whatever can happen or not: outcomes that are probabilities."""
    taking_part = set(scenario.countries)
    there = {name: each for name, each in OUTCOMES.items() if set(each.needs) <= taking_part}
    endings = [f"end_state={each}" for each in there["end_state"].categories] if "end_state" in there else []
    return endings + [name for name, each in there.items() if each.kind == "truth"]


def _switch(what: str, names: Sequence[str], base: Sample, played: Sample, looks: int) -> Switch:
    effects, clear = {}, set()
    for column in base.values:
        change: NDArray[np.float64] = played.means(column) - base.means(column)
        effects[column] = mean_of(change)
        known = change[~np.isnan(change)]
        if known.size > 1 and (error := known.std(ddof=1) / np.sqrt(known.size)) > 0:
            beyond = stdtrit(known.size - 1, 1 - 0.025 / looks)
            if abs(known.mean()) > beyond * error:
                clear.add(column)
    return Switch(what, tuple(names), effects, frozenset(clear))


def _ranked(switches: Iterable[Switch]) -> list[Switch]:
    """Clear effects first, larger ones before smaller ones."""
    return sorted(switches, key=lambda each: (not each.clear, -abs(each.most[1].value), each.what))
