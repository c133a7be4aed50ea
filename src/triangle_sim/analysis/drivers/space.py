"""Uncertain parameters under one theory as a space of uniform numbers, and futures played from points of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

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
    "where ties and stocks start": ("start",),
    "where they rest, how fast": ("rest", "rate", "fade", "legacy"),
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
        ready = prepared_for(self.scenario)
        if ready.fitted is None:
            return {}
        members = ready.fitted.under(self.theory)
        both = zip(members.names, members.values, strict=True)
        return {name: np.sort(values) for name, values in both if name not in ready.own}

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """Those that are not the same in every draw."""
        ends = np.asarray([0.001, 0.999])
        table = prepared_for(self.scenario).tables[self.theory]
        return tuple(
            each
            for name, each in table.items()
            if (np.ptp(self._members[name]) if name in self._members else np.ptp(each.draw(ends))) > 0
        )

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(each.name for each in self.parameters)

    @property
    def fitted(self) -> bool:
        """Whether sizes come from a fit to the record."""
        return bool(self._members)

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The group of each."""
        return tuple(map(group_of, self.names))

    @cached_property
    def _stack(self) -> tuple[Stack, Floats, Floats]:
        low, high = (np.asarray([[getattr(each, end)] for each in self.parameters]) for end in ("low", "high"))
        return Stack([each.prior for each in self.parameters]), low, high

    def prior_values(self, u: Floats) -> Floats:
        """Values at quantiles of the priors, ``(parameters, points)``."""
        stack, low, high = self._stack
        return np.asarray(np.clip(stack.ppf(u), low, high))

    def values(self, u: Floats) -> Floats:
        """Values at points, ``(parameters, points)``."""
        out = self.prior_values(u)
        for row, name in enumerate(self.names):
            if name in self._members:
                out[row] = np.quantile(self._members[name], u[row])
        return out

    def scores(self, values: Floats) -> Floats:
        """Where values lie in the priors, as standard normal scores (bisection; at a bound, the nearest to 0)."""
        low, high = np.full(values.shape, -_FAR), np.full(values.shape, _FAR)
        for _ in range(48):
            middle = (low + high) / 2
            reached = self.prior_values(ndtr(middle))
            beyond = (reached > values) | ((reached == values) & (middle > 0))
            low, high = np.where(beyond, low, middle), np.where(beyond, middle, high)
        return (low + high) / 2

    def at_scores(self, scores: Floats) -> Floats:
        """Values of the priors at standard normal scores, ``(parameters, points)``."""
        return self.prior_values(np.clip(ndtr(np.clip(scores, -_FAR, _FAR)), 0.0, 1.0 - 2.0**-53))

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

    def play(
        self, values: Floats, columns: Sequence[str], replicates: int, seed: int, backend: str = "auto"
    ) -> Sample:
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


def spaces(scenario: Scenario) -> list[Space]:
    """One for each theory that the scenario draws, in alphabetical order."""
    return [Space(scenario, name) for name in prepared_for(scenario).sampler.theories]


def score_of(u: Floats) -> Floats:
    """Uniform numbers as standard normal scores."""
    return np.asarray(ndtri(u))
