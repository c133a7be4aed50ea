"""Draws: settings of all parameters, and how runs get them.

A *draw* is one setting of all parameters. Its theory comes first (stream ``theory``), then each parameter's quantile
(stream ``parameter:NAME``), so replicates of a draw share what we do not know and differ only in luck.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triangle_sim.errors import UsageError, quote
from triangle_sim.names import did_you_mean
from triangle_sim.uncertainty.parameters import ParameterTable, Values
from triangle_sim.uncertainty.priors import Stack
from triangle_sim.uncertainty.sizes import Fitted, Members
from triangle_sim.uncertainty.streams import Streams
from triangle_sim.uncertainty.table import Table

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Draws:
    """The parameters of some draws: ``theory (draws,)`` by name, ``stacked (parameters, draws)`` in order of names."""

    numbers: NDArray[np.int64]
    theory: NDArray[Any]
    names: tuple[str, ...]
    stacked: Floats

    @cached_property
    def values(self) -> Values:
        """Parameters by name, ``(draws,)`` each."""
        return dict(zip(self.names, self.stacked, strict=True))


class Sampler:
    """The priors under each theory, made ready to be sampled many times.

    Parameters
    ----------
    tables
        the parameter table under each theory (same names and bounds in all of them).
    odds
        the chance of each theory; sorted by name, so their order in a file does not matter.
    fitted
        what parameters are taken from in place of their priors: draw d has member d mod M of the M of its own theory.
    own
        parameters that keep their priors all the same.
    """

    def __init__(
        self,
        tables: Mapping[str, ParameterTable],
        odds: Mapping[str, float],
        fitted: Fitted | None = None,
        own: Collection[str] = (),
    ) -> None:
        self.theories = tuple(sorted(name for name, chance in odds.items() if chance > 0))
        upper = np.cumsum([odds[name] for name in self.theories])
        self._upper = upper / upper[-1]
        first = tables[self.theories[0]]
        self.names = tuple(first)
        self._row = {name: row for row, name in enumerate(self.names)}
        self._fits = [self._fit(fitted.under(name), own) for name in self.theories] if fitted else []
        self._priors = [Stack([each.prior for each in tables[name].values()]) for name in self.theories]
        self._low, self._high = (
            np.asarray([[getattr(each, end)] for each in first.values()]) for end in ("low", "high")
        )

    def __call__(self, seed: int, draws: Any, table: Table | None = None) -> Draws:
        """The parameters of the given draws, a draw for each; its values depend on its number and the seed alone.

        What a ``table`` holds, theories included, is taken from there; all else is drawn as it is without one.

        Raises
        ------
        UsageError
            if a value is not a finite number, or the table has no row for a draw.
        """
        asked = np.asarray(draws, np.int64)
        numbers, where = np.unique(asked, return_inverse=True)
        streams = Streams(seed, numbers, np.zeros_like(numbers))
        pick = streams.uniform(["theory"], [0])[0, 0]
        theory = np.minimum(np.searchsorted(self._upper, pick, side="right"), len(self.theories) - 1).astype(np.int64)
        given = None if table is None else table.at(numbers)
        if table is not None and table.theory is not None:
            theory = self._places(table.theory[given])
        u = streams.uniform([f"parameter:{name}" for name in self.names], [0])[:, 0]
        values = np.empty_like(u)
        for number in np.unique(theory):
            some = theory == number
            values[:, some] = self._priors[number].ppf(u[:, some])
            if self._fits:
                rows, members = self._fits[number]
                values[np.ix_(rows, some)] = members[:, numbers[some] % members.shape[1]]
        values = np.clip(values, self._low, self._high)
        if table is not None:
            values[[self._row[name] for name in table.names]] = table.values[:, given]
        if not np.isfinite(values).all():
            name = self.names[int(np.argwhere(~np.isfinite(values))[0, 0])]
            raise UsageError(f"a draw of {quote(name)} is not a finite number", "its prior is too wide; narrow it")
        by_name = np.asarray(self.theories, object)[theory]
        return Draws(asked, by_name[where], self.names, values.take(where, axis=1))

    def _fit(self, members: Members, own: Collection[str]) -> tuple[list[int], Floats]:
        """Rows of the parameters that are taken from a fit, and their values ``(parameters, members)``."""
        taken = [k for k, name in enumerate(members.names) if name in self._row and name not in own]
        return [self._row[members.names[k]] for k in taken], members.values[taken]

    def _places(self, names: NDArray[Any]) -> NDArray[np.int64]:
        """Theories as their places in :attr:`theories`. Raises UsageError for one that is not among them."""
        some, where = np.unique(names.astype(str), return_inverse=True)
        for name in some:
            if name not in self.theories:
                raise UsageError(f"unknown theory {quote(name)}", did_you_mean(name, self.theories, "the scenario has"))
        return np.searchsorted(self.theories, some).astype(np.int64)[where]
