"""The question and its answer: how often with the scenario, how often without it, by theory; and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from scipy.special import stdtrit

from triangle_sim.analysis.answers.against import Against, against, answerable, compared_columns
from triangle_sim.analysis.by_draw import ByDraw, by_draw
from triangle_sim.analysis.intervals import LEVEL, Estimate, mean_of, share_of
from triangle_sim.analysis.moments import Moments
from triangle_sim.countries import JOINT_EFFECTS
from triangle_sim.montecarlo.result import Result
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.scenario.schema import Answer

UNKNOWN = Estimate(math.nan, math.nan, math.nan, 0)


class Means(NamedTuple):
    """Means by draw ``(draws,)`` of one column, with the scenario and without, and each draw's theory in both."""

    with_: Any
    without: Any
    theory: Any
    other: Any


@dataclass(frozen=True)
class Compared:
    """One number under one theory, or over all draws: with the scenario, without it, and what it changes.

    ``size`` is the difference in standard deviations of a future; NaN where nothing is compared.
    """

    with_: Estimate
    without: float
    difference: Estimate
    size: float = math.nan

    @property
    def verdict(self) -> str:
        """``more``, ``less``, ``never`` in both, ``no clear difference``, or ``unknown``."""
        change = self.difference
        if self.with_.value == 0 and self.without == 0:
            return "never"
        if math.isnan(change.low):
            return "unknown"
        return "more" if change.low > 0 else "less" if change.high < 0 else "no clear difference"

    @property
    def shown(self) -> Estimate:
        """The number whose interval counts: the difference, or without a reference the level."""
        return self.with_ if math.isnan(self.without) else self.difference

    @property
    def width(self) -> float:
        """Of its interval; where no draw differs, the level's: what has not been seen is not known to be never."""
        width = self.shown.high - self.shown.low
        return self.with_.high - self.with_.low if width == 0 else width

    def draws_to_tell(self) -> float:
        """Draws of this theory at which the difference, were it as found, would be told from nothing."""
        value, reach = abs(self.difference.value), (self.difference.high - self.difference.low) / 2
        return math.inf if value == 0 else math.ceil(self.difference.draws * (reach / value) ** 2)


@dataclass(frozen=True)
class Answered:
    """One part of the question and what the futures say of it, for ``all`` draws and by theory.

    ``kind`` is ``share`` (of futures), ``quarter`` or ``number``; ``start`` the share of draws that begin in this
    ending, by the same views, where it is one.
    """

    asks: str
    column: str
    kind: str
    expected: str | None
    views: Mapping[str, Compared]
    start: Mapping[str, float]

    @property
    def by_theory(self) -> dict[str, Compared]:
        """The theories alone."""
        return {name: each for name, each in self.views.items() if name != "all"}


def answers(result: Result) -> list[Answered]:
    """What answers the question of a result's scenario, in the order of its file."""
    found = against(result)
    out = []
    for answer in answerable(result.scenario):
        _, _, ending = answer.column.partition("end_state=")
        views = compare(result, answer.column)
        start = starts(found, views, ending, by_draw(result, ())) if ending else {}
        out.append(Answered(asks(answer), answer.column, kind(answer.column), answer.expected, views, start))
    return out


def asks(answer: Answer) -> str:
    """What is asked, in words: the scenario's, or else the outcome's."""
    if answer.asks:
        return answer.asks
    if answer.ending:
        return f"Does it end as {answer.ending.replace('_', ' ')}?"
    if answer.meeting:
        says = {joint.name: joint.says for joint in JOINT_EFFECTS}
        late = f", after this: {says[answer.after]}" if answer.after else ""
        return f"Does this happen: {says[answer.meeting]}{late}?"
    name = str(answer.outcome)
    return OUTCOMES[name].question if name in OUTCOMES else f"How much is this: {name}?"


def kind(column: str) -> str:
    """What a column's numbers are: ``share``, ``quarter`` or ``number``."""
    name = column.partition("=")[0]
    if column.startswith(("met ", "start ")) or name != column:
        return "share"
    is_ = OUTCOMES[name].kind if name in OUTCOMES else "number"
    return "share" if is_ == "truth" else is_


def compare(result: Result, column: str) -> dict[str, Compared]:
    """A column for all draws and under each theory."""
    sums, found = by_draw(result, _outcomes(result)), against(result)
    means, own = _means(column, sums, found), _own(column, sums)
    out = {}
    for view in sums.views:
        it = estimate(column, means, view, result.replicates)
        spread = _spread(column, own, sums.of(view), it.with_.value, it.without)
        change = it.difference.value
        size = 0.0 if change == 0 else change / spread if spread > 0 else math.copysign(math.inf, change)
        out[view or "all"] = replace(it, size=size)
    return out


def estimate(column: str, means: Means, view: str | None, replicates: int) -> Compared:
    """A column under one theory, or over all draws (None): levels, and the difference draw by draw."""
    mine = np.ones(len(means.with_), bool) if view is None else means.theory == view
    level = _level(column, means.with_[mine], replicates)
    if means.without is None:
        return Compared(level, math.nan, UNKNOWN)
    n = len(means.without)
    both = mine[:n] & (mine[:n] if view is None else means.other == view)
    both &= ~(np.isnan(means.with_[:n]) | np.isnan(means.without))
    a, b = means.with_[:n][both], means.without[both]
    # The same values in another order may have means that differ by rounding: that is no difference.
    change = mean_of(np.where(np.isclose(a, b, rtol=1e-12, atol=1e-12), 0.0, a - b))
    return Compared(level, float(b.mean()) if len(b) else math.nan, change)


def starts(found: Against, views: Mapping[str, Any], ending: str, sums: ByDraw) -> dict[str, float]:
    """Share of draws that begin in what looks like an ending, by view; nothing where that is not known."""
    column = found.columns.get(f"start {ending}")
    if column is None:
        return {}
    of = {view: sums.of(None if view == "all" else view)[: len(column)] for view in views}
    return {view: float(column[chosen].mean()) if chosen.any() else math.nan for view, chosen in of.items()}


def moved(result: Result) -> tuple[dict[str, dict[str, Compared]], list[str]]:
    """What the scenario changes besides what was asked: outcomes by size, the largest first, and those without a clear
    change under any theory.

    Clear is what would be so however many outcomes one looks at: the 95% are shared among all looks (Bonferroni).
    """
    found = against(result)
    if found.reference is None:
        return {}, []
    asked = {answer.column for answer in answerable(result.scenario)}
    names = [name for name in compared_columns(result.scenario) if name in OUTCOMES and name not in asked]
    every = {name: compare(result, name) for name in names if name in found.columns}
    looks = sum(len(_theories(views)) for views in every.values())
    clear = {
        name: max(abs(c.size) for c in _theories(views) if is_clear(c.difference, looks))
        for name, views in every.items()
        if any(is_clear(c.difference, looks) for c in _theories(views))
    }
    order = sorted(clear, key=lambda name: (-clear[name], name))
    return {name: every[name] for name in order}, [name for name in every if name not in clear]


def is_clear(change: Estimate, looks: int = 1) -> bool:
    """Whether a difference is not nothing, at a level shared among so many looks."""
    if change.draws < 2 or math.isnan(change.low):
        return False
    wide, usual = (float(stdtrit(change.draws - 1, 1 - (1 - LEVEL) / 2 / n)) for n in (max(looks, 1), 1))
    return abs(change.value) > (change.high - change.value) * wide / usual


def _theories(views: Mapping[str, Compared]) -> list[Compared]:
    return [each for name, each in views.items() if name != "all"]


def _outcomes(result: Result) -> list[str]:
    """Every outcome that is compared, so that the runs are gone through once."""
    asked = [answer.column for answer in answerable(result.scenario)]
    wanted = [*compared_columns(result.scenario), *asked]
    return ["end_state", *dict.fromkeys(name for name in wanted if name in OUTCOMES)]


def _means(column: str, sums: ByDraw, found: Against) -> Means:
    own = found.columns.get(f"scenario {column}")
    if own is None:
        moments = _own(column, sums)
        own = np.full(len(sums.runs), math.nan) if moments is None else moments.means()
    return Means(own, found.columns.get(column), sums.theory[: len(own)], found.theory)


def _own(column: str, sums: ByDraw) -> Moments | None:
    name, _, category = column.partition("=")
    return sums.truth(name, category) if category else sums.numbers.get(name)


def _level(column: str, means: Any, replicates: int) -> Estimate:
    if kind(column) != "share":
        return mean_of(means)
    if not len(means) or np.isnan(means).all():
        return UNKNOWN
    share = share_of(means, len(means) * replicates)
    low, high = (float(share.low), float(share.high)) if len(means) > 1 else (math.nan, math.nan)
    return Estimate(share.value, low, high, share.draws)


def _spread(column: str, own: Moments | None, mine: Any, level: float, without: float) -> float:
    """Standard deviation of a future: of truth values from both shares, of numbers over the scenario's futures."""
    if kind(column) == "share":
        return math.sqrt((level * (1 - level) + without * (1 - without)) / 2)
    if own is None:
        return math.nan
    count, means = own.count[mine], own.means()[mine]
    if not count.sum():
        return math.nan
    within = np.maximum(own.squares[mine] - own.total[mine] ** 2 / np.maximum(count, 1), 0).sum()
    centre = np.nansum(count * np.nan_to_num(means)) / count.sum()
    between = np.nansum(count * (np.nan_to_num(means) - centre) ** 2)
    return math.sqrt((within + between) / count.sum())
