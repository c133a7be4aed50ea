"""Finding a future to tell: the first in which something is so, or the one most like all that end in some way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import eq, ge, gt, le, lt, ne
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from triangle_sim.errors import UsageError, quote
from triangle_sim.montecarlo.result import Result
from triangle_sim.names import counted, did_you_mean
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.outcomes.end_state import ENDINGS

COMPARED: Mapping[str, Callable[[Any, Any], Any]] = {"=": eq, "!=": ne, ">": gt, ">=": ge, "<": lt, "<=": le}
_CONDITION = re.compile(r"\s*(not\s+)?(\w+)\s*(?:(>=|<=|!=|==?|>|<)\s*(.+?))?\s*")
_TRUTH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
SHOWN = 3
"""Other futures that are named beside the one that is told."""


@dataclass(frozen=True)
class Condition:
    """Something that a future may fulfil: an outcome, how it is compared, and with what."""

    text: str
    name: str
    sign: str
    value: Any

    def holds(self, runs: pd.DataFrame) -> NDArray[np.bool_]:
        """In which runs it holds ``(runs,)``; a missing value fulfils nothing but ``= never``."""
        column = runs[self.name]
        known = column.notna().to_numpy()
        if self.value is None:
            return np.asarray(~known if self.sign == "=" else known)
        value = column.to_numpy() if isinstance(self.value, str) else column.to_numpy(float, na_value=np.nan)
        return np.asarray(COMPARED[self.sign](value, self.value), bool) & known


def condition(text: str, theories: Iterable[str] = ()) -> Condition:
    """What a text says: ``us_prk_summit``, ``not nuclear_test``, ``end_state=bloc``, ``technology_gained>3``,
    ``us_prk_summit_when=never``, ``theory=lowy-2023``. It is taken apart by a pattern and never evaluated.

    Raises
    ------
    UsageError
        for what is no condition, and for a name or category that there is not.
    """
    found = _CONDITION.fullmatch(text[:200])
    if found is None or (found[1] and found[3]):
        help = "e.g. us_prk_summit, 'not nuclear_test', end_state=bloc or 'technology_gained>3'"
        raise UsageError(f"--where {quote(text)}: not a condition", help)
    name, sign, value = found[2], (found[3] or "=").replace("==", "="), found[4]
    if name != "theory" and name not in OUTCOMES:
        raise UsageError(f"--where {quote(text)}: no such outcome", did_you_mean(name, sorted(OUTCOMES), "outcomes"))
    kind = "category" if name == "theory" else OUTCOMES[name].kind
    if kind == "category":
        known = tuple(theories) if name == "theory" else OUTCOMES[name].categories
        if sign not in ("=", "!=") or value not in known:
            help = did_you_mean(value or "", known, f"{name}=")
            raise UsageError(f"--where {quote(text)}: {name} is one of several words", help)
        return Condition(text, name, sign, value)
    if kind == "truth":
        if value is None:
            return Condition(text, name, "=", not found[1])
        if sign in ("=", "!=") and value.lower() in _TRUTH:
            return Condition(text, name, sign, _TRUTH[value.lower()])
        raise UsageError(f"--where {quote(text)}: {name} is true or false", f"write {name}, or 'not {name}'")
    if kind == "quarter" and value == "never" and sign in ("=", "!="):
        return Condition(text, name, sign, None)
    if value is None or re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", value, re.ASCII | re.IGNORECASE) is None:
        more = f", or {name}=never" if kind == "quarter" else ""
        raise UsageError(f"--where {quote(text)}: {name} is a number", f"compare it, as in '{name}>3'{more}")
    return Condition(text, name, sign, float(value))


@dataclass(frozen=True)
class Choice:
    """A future that was chosen, how, with what, and of how many; ``others`` are the next ones."""

    run: tuple[int, int]
    how: str
    told: str
    matches: int
    runs: int
    others: tuple[tuple[int, int], ...]

    def __str__(self) -> str:
        of = f"{counted(self.matches, 'future')} (among {self.runs:,}) with {self.told}"
        others = ", ".join("{}.{}".format(*run) for run in self.others)
        return f"Run {self.run[0]}.{self.run[1]}: {self.how} of {of}" + (f"; next: {others}" if others else "") + "."


def choose(result: Result, conditions: Sequence[Condition], typical: str | None = None) -> Choice:
    """The first future, in the order of draws and replicates, in which all conditions hold; or, of those that end in
    ``typical`` as well, the one in the middle of them (see :func:`distances`).

    Raises
    ------
    UsageError
        if there is none, with how many fulfil each condition alone.
    """
    wanted = [*conditions, *([Condition(f"end_state={typical}", "end_state", "=", typical)] if typical else [])]
    numbers = [name for name, outcome in OUTCOMES.items() if typical and outcome.kind != "category"]
    columns = dict.fromkeys([*(each.name for each in wanted if each.name != "theory"), *numbers])
    runs = pd.concat(result.scan(["draw", "replicate", "theory", *columns]), ignore_index=True)
    runs = runs.sort_values(["draw", "replicate"], ignore_index=True)
    held = [each.holds(runs) for each in wanted]
    chosen = np.flatnonzero(np.logical_and.reduce(held))
    told = " and ".join(each.text for each in wanted)
    if not len(chosen):
        alone = ", ".join(f"{each.text} in {count.sum():,}" for each, count in zip(wanted, held, strict=True))
        message = f"none of {counted(len(runs), 'future')} is one with {told}"
        raise UsageError(message, (f"each alone: {alone}; " if len(wanted) > 1 else "") + "more draws may hold one")
    how = "the first"
    if typical:
        chosen = chosen[np.argsort(distances(runs, chosen, numbers, result.scenario.quarters), kind="stable")]
        how = "the one in the middle"
    addresses = [(int(draw), int(run)) for draw, run in
                 runs.loc[chosen[: SHOWN + 1], ["draw", "replicate"]].itertuples(index=False)]  # fmt: skip
    return Choice(addresses[0], how, told, len(chosen), len(runs), tuple(addresses[1:]))


def found(result: Result, where: Iterable[str], typical: str | None = None) -> Choice:
    """As :func:`choose`, with conditions as they are written. Raises UsageError for one, or an ending, that there is
    not, and where nothing is looked for."""
    wanted = [condition(text, sorted(result.scenario.theory)) for text in where]
    if typical is not None and typical not in ENDINGS:
        raise UsageError(f"no ending {quote(typical)}", did_you_mean(typical, ENDINGS, "endings"))
    if not wanted and typical is None:
        raise UsageError("no future is named or looked for", "give (draw, replicate), where= or typical=")
    return choose(result, wanted, typical)


def distances(
    runs: pd.DataFrame, chosen: NDArray[np.int64], columns: Sequence[str], quarters: int
) -> NDArray[np.float64]:
    """Of each chosen run from the mean of them all, in outcomes divided by their standard deviation over all runs.

    The run with the smallest is the medoid for squared Euclidean distances: the one whose squared distances to all the
    others have the smallest sum. What never happened counts as the quarter after the last; what else is missing, and
    what does not vary, does not count.
    """
    never = {name: float(quarters + 1) for name in columns if OUTCOMES[name].kind == "quarter"}
    values = runs[list(columns)].fillna(never).astype(float)
    spread = values.std(ddof=0)
    values = values[spread.index[spread > 0]] / spread[spread > 0]
    among = values.loc[chosen]
    return np.asarray(np.sqrt(((among - among.mean()) ** 2).fillna(0.0).sum(axis=1)), float)
