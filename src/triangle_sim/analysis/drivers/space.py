"""Uncertain parameters under one theory as a space of uniform numbers, and futures played from points of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from triangle_sim.model.prepared import prepared_for
from triangle_sim.montecarlo.sample import Sample, sample
from triangle_sim.scenario.schema import Scenario
from triangle_sim.uncertainty import Parameter, Table
from triangle_sim.uncertainty.priors import Stack

Floats = NDArray[np.float64]

GROUPS: dict[str, tuple[str, ...]] = {
    "interests": ("weight", "form"),
    "what moves do": ("effect", "joint"),
    "what moves cost": ("cost",),
    "how the five choose": ("rationality", "foresight", "memory"),
    "what conditions do": ("driver",),
    "levels at the start": ("start",),
    "resting levels and rates": ("rest", "rate", "fade", "legacy"),
    "size of shocks": ("noise",),
}
"""Groups of parameters by the first part of their names."""

_FAR = 8.0  # standard deviations beyond which no score lies


def group_of(parameter: str) -> str:
    """The group of a parameter."""
    kind = parameter.partition(".")[0]
    return next((group for group, kinds in GROUPS.items() if kind in kinds), "others")


@dataclass(frozen=True, eq=False)
class Space:
    """The uncertain parameters of a scenario under one of its theories, in the order of their names.

    A point is a uniform number for each, ``(parameters, points)``. The prior's quantile there is its value; with
    sizes fitted to the record, the quantile among the fitted members of that parameter alone. What goes together in
    the fit is thereby taken apart: :meth:`as_is` keeps it.
    """

    scenario: Scenario
    theory: str

    @cached_property
    def _members(self) -> dict[str, Floats]:
        """Fitted values by parameter, sorted."""
        return fitted_values(self.scenario, self.theory)

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """Those that differ between draws under some theory of the scenario, so that theories share their points."""
        ready, uncertain = prepared_for(self.scenario), set[str]()
        for theory in ready.sampler.theories:
            members = fitted_values(self.scenario, theory)
            for name, each in ready.tables[theory].items():
                seen = members[name] if name in members else each.draw(np.asarray([0.001, 0.999]))
                uncertain |= {name} if np.ptp(seen) > 0 else set()
        return tuple(each for name, each in ready.tables[self.theory].items() if name in uncertain)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(each.name for each in self.parameters)

    @property
    def members(self) -> int | None:
        """How many settings a fit to the record has, None without one: draws repeat them."""
        return len(next(iter(self._members.values()))) if self._members else None

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The group of each."""
        return tuple(map(group_of, self.names))

    @cached_property
    def _stack(self) -> tuple[Stack, Floats, Floats]:
        low, high = (np.asarray([[getattr(each, end)] for each in self.parameters]) for end in ("low", "high"))
        return Stack([each.prior for each in self.parameters]), low, high

    @cached_property
    def _marginals(self) -> tuple[list[int], Floats]:
        """Places of the fitted parameters, and their members' values, sorted: ``(fitted, members)``."""
        rows = [row for row, name in enumerate(self.names) if name in self._members]
        return rows, np.stack([self._members[self.names[row]] for row in rows]) if rows else np.empty((0, 0))

    def prior_values(self, u: Floats) -> Floats:
        """Values at quantiles of the priors, ``(parameters, points)``."""
        stack, low, high = self._stack
        return np.asarray(np.clip(stack.ppf(u), low, high))

    def values(self, u: Floats) -> Floats:
        """Values at points, ``(parameters, points)``."""
        rows, sorted_ = self._marginals
        out = self.prior_values(u) if len(rows) < len(self.names) else np.empty(u.shape)
        if len(rows):
            place = u[rows] * (sorted_.shape[1] - 1)
            lower = np.minimum(place.astype(np.intp), sorted_.shape[1] - 2)
            below, above = (np.take_along_axis(sorted_, lower + k, axis=1) for k in (0, 1))
            out[rows] = below + (place - lower) * (above - below)
        return out

    def scores(self, values: Floats) -> Floats:
        """Where values lie in the priors, as standard normal scores (bisection; at a bound, the nearest to 0)."""
        low, high = np.full(values.shape, -_FAR), np.full(values.shape, _FAR)
        for _ in range(48):
            middle = (low + high) / 2
            reached = self.prior_values(ndtr(middle))
            beyond = (reached > values) | ((reached == values) & (middle > 0))
            low, high = np.where(beyond, low, middle), np.where(beyond, middle, high)
        return np.asarray((low + high) / 2)

    def at_scores(self, scores: Floats) -> Floats:
        """Values of the priors at standard normal scores, ``(parameters, points)``."""
        return self.prior_values(np.minimum(ndtr(np.clip(scores, -_FAR, _FAR)), 1.0 - 2.0**-53))

    def table(self, values: Floats) -> Table:
        """As parameters of draws, one draw a point."""
        return Table.of(self.names, values, [self.theory] * values.shape[1])

    def as_is(self, draws: int, seed: int) -> Floats:
        """Values in draws as the scenario makes them, ``(parameters, draws)``: what goes together stays together."""
        drawn = prepared_for(self.scenario).sample(seed, np.arange(draws), self._of_theory(draws))
        row = {name: k for k, name in enumerate(drawn.names)}
        return np.asarray(drawn.stacked[[row[name] for name in self.names]])

    def _of_theory(self, draws: int) -> Table:
        return Table.of([], np.empty((0, draws)), [self.theory] * draws)

    def play(self, values: Floats, columns: Sequence[str], replicates: int, seed: int, backend: str = "auto") -> Sample:
        """The columns of the futures from points with these values; row by row the same luck for the same seed."""
        draws = values.shape[1]
        return sample(
            self.scenario,
            columns,
            draws=draws,
            replicates=replicates,
            seed=seed,
            table=self.table(values),
            backend=backend,
        )


def fitted_values(scenario: Scenario, theory: str) -> dict[str, Floats]:
    """Sizes fitted to the record under a theory, by parameter, sorted; none where the scenario asks for judgement."""
    ready = prepared_for(scenario)
    if ready.fitted is None:
        return {}
    members = ready.fitted.under(theory)
    both = zip(members.names, members.values, strict=True)
    return {name: np.sort(values) for name, values in both if name not in ready.own}


def spaces(scenario: Scenario) -> list[Space]:
    """One for each theory that the scenario draws, in alphabetical order."""
    return [Space(scenario, name) for name in prepared_for(scenario).sampler.theories]
