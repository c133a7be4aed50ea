"""The registry of outcomes. An outcome is one decorated function of a trajectory; nothing else lists it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from triangle_sim.arrays import ordered_sum
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.wording import in_words

Measure = Callable[[Trajectory], Any]


@dataclass(frozen=True)
class Outcome:
    """One number, truth value or category a run: its column's name and unit, and the question it answers.

    ``label`` names it in a table, in two to six words; ``better`` is the direction Pyongyang would like, ``"more"``,
    ``"less"`` or ``""`` where neither is meant; ``claims`` are those it bears on; ``categories`` name the codes of a
    categorical one; ``twin`` holds the pins of the twin world that a few are compared with. In a world without the
    countries it ``needs`` its values are missing.
    """

    name: str
    unit: str
    question: str
    better: str
    claims: tuple[str, ...]
    measure: Measure
    categories: tuple[str, ...] = ()
    twin: Mapping[str, float] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    label: str = ""

    def of(self, t: Trajectory) -> Any:
        """Its column for some runs: ``(runs,)`` values, category names, or NaN where a country it needs is absent."""
        if not self.applies(t):
            return np.full(t.runs, "not applicable", object) if self.categories else np.full(t.runs, np.nan)
        value = np.asarray(self.coded(t))
        return np.asarray(self.categories, dtype=object)[value] if self.categories else value

    def coded(self, t: Trajectory) -> Any:
        """The same with categories as their codes, and one missing value for all runs; of a traced trajectory too."""
        return self.measure(t) if self.applies(t) else np.full(1, np.nan)

    def applies(self, t: Trajectory) -> bool:
        """Whether the countries it needs take part."""
        return set(self.needs) <= set(t.prepared.codes)

    @property
    def kind(self) -> str:
        """``category``, ``truth``, ``quarter`` (number of quarters, missing where never) or ``number``."""
        if self.categories:
            return "category"
        return {"true or false": "truth", "quarters from the start": "quarter"}.get(self.unit, "number")


OUTCOMES: dict[str, Outcome] = {}

_MEASURES = {"mean": "mean over the horizon", "final": "at the end", "change": "end less start"}


def outcome(
    *,
    unit: str,
    question: str,
    claims: list[str],
    better: str = "",
    categories: tuple[str, ...] = (),
    twin: Mapping[str, float] | None = None,
    needs: tuple[str, ...] = (),
    label: str = "",
) -> Callable[[Measure], Measure]:
    """Register a function ``(Trajectory) -> (runs,)`` under its own name."""

    def register(function: Measure) -> Measure:
        if function.__name__ in OUTCOMES:
            raise ValueError(f"outcome {function.__name__!r} is defined twice")
        OUTCOMES[function.__name__] = Outcome(
            function.__name__,
            unit,
            question,
            better,
            tuple(claims),
            function,
            categories,
            dict(twin or {}),
            needs,
            label,
        )
        return function

    return register


def label(column: str) -> str:
    """A column in words, as a table shows it: an outcome's label, an ending, ``mean us_prk_dialogue``."""
    measure, _, variable = column.partition(" ")
    if variable:
        return f"{in_words(variable)}, {_MEASURES.get(measure, measure)}"
    name, _, category = column.partition("=")
    found = OUTCOMES.get(name)
    return in_words(category or name) if category or found is None or not found.label else found.label


def mean_over_quarters(values: Any) -> Any:
    """Mean over time ``(quarters, runs) -> (runs,)``, added in the order of time: bits do not depend on blocks."""
    return ordered_sum((0.0, *values)) / len(values)


def first_quarter(happened: Any) -> Any:
    """Quarters from the start to the end of the quarter it first happened ``(runs,)``; NaN where it never did."""
    return np.where(happened.any(axis=0), happened.argmax(axis=0) + 1.0, np.nan)
