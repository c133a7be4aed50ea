"""The model: five countries, one world, many runs at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import mesa
import numpy as np
from numpy.typing import NDArray

from triangle_sim.decision.choose import Decision
from triangle_sim.model.mesa_collector import Collector
from triangle_sim.model.prepared import prepared_for
from triangle_sim.model.quarter import Quarter, Reasons
from triangle_sim.model.runs import Runs
from triangle_sim.model.told import Label, told
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.scenario.load import load
from triangle_sim.scenario.schema import Scenario
from triangle_sim.uncertainty import Table


class TriangleModel(mesa.Model):  # type: ignore[misc]
    """North Korea between China, Russia and the United States, as a Mesa model.

    The order of a quarter:

    1. Events begin or end; the environment and the resting levels follow, and one-off shocks are noted.
    2. Every country works out what each of its moves is worth on the same state.
    3. It mixes them by its decision rule.
    4. Every country plays one move, drawn from its mix, or the one that is played from its seat.
    5. Moves that meet have their joint effects and are recorded.
    6. Each state variable relaxes toward its resting level, is moved by all pushes at once, and is shaken by noise.
    7. Habits are updated; the quarter is recorded.

    One model steps a whole block of runs; ``runs=1`` is the same code, for teaching and replay.

    Parameters
    ----------
    scenario
        a :class:`Scenario`, or the name or path of one.
    seed, rng
        an integer, or anything else Mesa accepts; ``rng`` is an alias of ``seed``. By default every model has its own
        luck, as Mesa's models do; ``world_seed`` is the integer that reproduces it.
    draws, replicates
        ``(runs,)`` which runs to simulate; default: draw 0, replicates 0 .. runs - 1;
        draws without replicates are replicate 0 of each.
    runs
        how many replicates of draw 0, when ``draws`` is not given.
    pin
        environment variables held at a value whatever events say, on top of the scenario's own.
    parameters
        values of parameters in place of draws from their priors: a data frame with one row a draw and one column a
        parameter, or a mapping of names to numbers that hold in every draw. A column ``theory`` says whose priors a
        draw takes the others from. ``mesa.batch_run`` takes them in a list.
    collect
        whether :attr:`datacollector` records every quarter, for ``mesa.batch_run``.
    """

    def __init__(
        self,
        scenario: Scenario | str = "baseline",
        *,
        seed: Any = None,
        rng: Any = None,
        draws: Any = None,
        replicates: Any = None,
        runs: int = 1,
        pin: Mapping[str, float] | None = None,
        parameters: Any = None,
        collect: bool = True,
    ) -> None:
        _check(scenario, seed, rng, pin)
        loaded = load(scenario) if isinstance(scenario, str) else scenario
        given = rng if seed is None else seed
        self._last_id = 0
        super().__init__(rng=int(given) if isinstance(given, np.integer) else given)
        table = parameters if isinstance(parameters, Table | None) else prepared_for(loaded).given(parameters)
        self.prepared = prepared_for(loaded, table)
        whole = isinstance(given, int | np.integer) and not isinstance(given, bool)
        self.world_seed = int(given) if whole else int(self.rng.integers(2**63))
        self.draws = np.zeros(runs, np.int64) if draws is None else np.atleast_1d(np.asarray(draws, np.int64))
        if replicates is None:
            replicates = np.arange(runs) if draws is None else np.zeros_like(self.draws)
        self.replicates = np.atleast_1d(np.asarray(replicates, np.int64))
        self.pin = dict(loaded.pin) | dict(pin or {})
        self.quarter = 0
        self.datacollector = Collector([*self.prepared.variables, *self.prepared.conditions]) if collect else None
        self.runs = Runs.draw(self.prepared, self.world_seed, self.draws, self.replicates, table)
        self._quarter = Quarter(self.prepared, self.runs.values, self.prepared.pins(self.pin))
        self.game, self.dynamics = self._quarter.game, self._quarter.dynamics
        self.world = self._quarter.start(self.prepared.clock.start(self.draws.size))
        self.before = self.world.latent
        self.reasons: Reasons | None = None
        self.countries = [country(self) for country in self.prepared.cast]
        self.trajectory = self.runs.trajectory()
        self.trajectory.state[0] = self.world.state

    @property
    def state(self) -> NDArray[np.float64]:
        """The state variables now, ``(variables, runs)``."""
        return np.asarray(self.world.state)

    @property
    def environment(self) -> NDArray[np.float64]:
        """The conditions now, ``(conditions, runs)``."""
        return np.asarray(self.world.environment)

    @property
    def decision(self) -> Decision | None:
        """What the countries last chose and why; ``None`` before the first quarter."""
        return self.reasons.decision if self.reasons else None

    def level(self, name: str) -> NDArray[np.float64]:
        """A state variable or condition now, ``(runs,)``."""
        if name in self.prepared.variables:
            return np.asarray(self.state[list(self.prepared.variables).index(name)])
        return np.asarray(self.environment[self.prepared.conditions.index(name)])

    def luck(self, quarter: int) -> NDArray[np.float64]:
        """The shocks of a quarter ``(variables, runs)``, in latent units."""
        return np.asarray(self.dynamics.noise * self.runs.luck.noise[quarter])

    def told(self) -> dict[Label, NDArray[np.float64]]:
        """Why the quarter just simulated went as it did, see :mod:`triangle_sim.model.told`."""
        if self.reasons is None:
            raise ValueError("no quarter has been simulated yet")
        q = self.quarter - 1
        return told(self._quarter, self.reasons, self.trajectory.moves[q], self.runs.luck.noise[q])

    def step(self) -> None:
        """Simulate one quarter."""
        if self.quarter >= self.prepared.scenario.quarters:
            self.running = False
            return
        q = self.quarter
        self.before = self.world.latent
        orders, seats = self.prepared.orders[q], self.prepared.seats_in(q)
        self.world, record, self.reasons = self._quarter(self.world, self.runs.luck_in(q), q, orders, seats)
        for country, moves in zip(self.countries, record.moves, strict=True):
            country.play(self.reasons.decision.mixes[country.code], moves)
        self.trajectory.record(q, record)
        self.quarter = q + 1
        self.running = self.quarter < self.prepared.scenario.quarters
        if self.datacollector is not None:
            self.datacollector.collect(self)

    def run_model(self) -> Trajectory:
        """Simulate to the horizon and return the trajectory."""
        while self.running:
            self.step()
        return self.trajectory

    def register_agent(self, agent: mesa.Agent) -> None:
        """Mesa 3.3 counts agents in a class attribute that keeps every model alive; here the model counts its own."""
        super().register_agent(agent)
        ids = getattr(mesa.Agent, "_ids", None)
        if ids is not None:
            ids.pop(self, None)
            self._last_id += 1
            agent.unique_id = self._last_id

    def close(self) -> None:
        """Break reference cycles, so that memory is freed at once rather than by the garbage collector."""
        self.remove_all_agents()
        for name, value in list(vars(self).items()):
            parts = value if isinstance(value, list | set) else [value]
            if any(self is getattr(part, back, None) for part in parts for back in ("model", "__self__")):
                delattr(self, name)


def _check(scenario: Any, seed: Any, rng: Any, pin: Any) -> None:
    """What a call from ``mesa.batch_run`` gets wrong most easily: Mesa sweeps over anything it can iterate."""
    if seed is not None and rng is not None:
        raise ValueError("give seed or rng, not both: rng is an alias of seed")
    if not isinstance(scenario, Scenario | str):
        raise TypeError(
            f"scenario must be a Scenario, or the name or path of one, got {type(scenario).__name__}; "
            "mesa.batch_run takes scenarios in a list"
        )
    if pin is not None and not isinstance(pin, Mapping):
        raise TypeError(f"pin must map names to values, got {type(pin).__name__}; mesa.batch_run takes pins in a list")
