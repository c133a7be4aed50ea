"""The record of a block of runs: every state, move, meeting and event, quarter by quarter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triangle_sim.model.prepared import Prepared
from triangle_sim.triangle.ties import symmetrised
from triangle_sim.triangle.typology import TriangleHistory, history_of


@dataclass
class Trajectory:
    """What happened in some runs. Time comes first, runs last; ``theory (runs,)`` is the name of each run's theory.

    ``state`` is ``(quarters + 1, variables, runs)`` with the start at 0; ``environment`` ``(quarters, conditions,
    runs)``; ``moves`` ``(quarters, countries, runs)``, an index into the country's menu in alphabetical order;
    ``meetings`` ``(quarters, joint effects, runs)``; ``begins`` and ``active`` ``(quarters, events, runs)``.
    """

    prepared: Prepared
    draws: NDArray[np.int64]
    replicates: NDArray[np.int64]
    theory: NDArray[Any]
    state: NDArray[np.float64]
    environment: NDArray[np.float64]
    moves: NDArray[np.int8]
    meetings: NDArray[np.bool_]
    begins: NDArray[np.bool_]
    active: NDArray[np.bool_]
    twins: dict[str, Trajectory] = field(default_factory=dict)
    """The same runs in worlds that differ by one pin, by the twin's name; outcomes that compare worlds need them."""

    @classmethod
    def empty(
        cls,
        prepared: Prepared,
        draws: NDArray[np.int64],
        replicates: NDArray[np.int64],
        theory: NDArray[Any],
        room: int | None = None,
    ) -> Trajectory:
        """Room for a whole run of a scenario; rows are ``room`` runs apart in memory, by default next to each other."""
        quarters, runs, events = prepared.scenario.quarters, draws.size, len(prepared.clock.names)

        def space(length: int, names: int, kind: type) -> NDArray[Any]:
            return np.zeros((length, names, runs if room is None else room), kind)[..., :runs]

        return cls(
            prepared,
            draws,
            replicates,
            theory,
            space(quarters + 1, len(prepared.variables), float),
            space(quarters, len(prepared.conditions), float),
            space(quarters, len(prepared.cast), np.int8),
            space(quarters, len(prepared.joint_effects), bool),
            space(quarters, events, bool),
            space(quarters, events, bool),
        )

    def record(self, quarter: int, record: Any) -> None:
        """Note one quarter, a :class:`.quarter.Record`: environment and moves in it, and the state it left behind."""
        self.state[quarter + 1] = record.state
        self.environment[quarter] = record.environment
        self.moves[quarter] = record.moves
        self.meetings[quarter] = record.meetings
        self.begins[quarter], self.active[quarter] = record.begins, record.active

    def of(self, theory: str) -> Trajectory:
        """The runs under one theory, without their twins; what was worked out of ties comes along."""
        if (self.theory == theory).all():
            return self
        chosen = np.flatnonzero(self.theory == theory)
        names = [field.name for field in fields(self) if field.name not in ("prepared", "twins")]
        some = Trajectory(self.prepared, **{name: getattr(self, name).take(chosen, axis=-1) for name in names})
        vars(some)["mutual"] = self.mutual.take(chosen, axis=-1)
        vars(some)["triangles"] = self.triangles.some(chosen)
        return some

    @property
    def runs(self) -> int:
        """How many runs."""
        return int(self.draws.size)

    def __getitem__(self, name: str) -> NDArray[np.float64]:
        """A state variable ``(quarters + 1, runs)`` or condition ``(quarters, runs)`` over time."""
        if name in self.prepared.variables:
            return self.state[:, list(self.prepared.variables).index(name)]
        if name in self.prepared.conditions:
            return self.environment[:, self.prepared.conditions.index(name)]
        raise KeyError(f"no state variable or condition named {name!r}")

    def met(self, name: str) -> NDArray[np.bool_]:
        """Quarters in which two moves met, ``(quarters, runs)``; never, if the two are not in this world."""
        names = [joint.name for joint in self.prepared.joint_effects]
        if name not in names:
            return np.zeros((self.moves.shape[0], self.runs), bool)
        return self.meetings[:, names.index(name)]

    def played(self, country: str, move: str) -> NDArray[np.bool_]:
        """Quarters in which a country played a move, ``(quarters, runs)``."""
        if country not in self.prepared.codes:
            return np.zeros((self.moves.shape[0], self.runs), bool)
        k = self.prepared.codes.index(country)
        names = [each.name for each in self.prepared.cast[k].menu()]
        return np.equal(self.moves[:, k], names.index(move))

    @cached_property
    def pairs(self) -> list[tuple[str, str]]:
        """Ordered pairs of countries."""
        return [(i, j) for i in self.prepared.codes for j in self.prepared.codes if i != j]

    @cached_property
    def mutual(self) -> NDArray[np.floating[Any]]:
        """Mutual ties ``(quarters + 1, ties, runs)``, in the order of :func:`triangle_sim.triangle.ties`."""
        towards = {f"goodwill[{i},{j}]": (i, j) for i, j in self.pairs}
        axis = [towards.get(name, ("", name)) for name in self.prepared.variables]
        return symmetrised(self.state, axis, self.prepared.codes)

    @cached_property
    def triangles(self) -> TriangleHistory:
        """Types and roles of every triad in every quarter, the start included."""
        return history_of(self.mutual, self.prepared.codes)

    def triad(self, members: Sequence[str]) -> int:
        """Index of a triad by its members, in any order."""
        return list(self.triangles.triads).index(tuple(sorted(members)))  # type: ignore[arg-type]
