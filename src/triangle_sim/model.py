"""The model: five countries, one world, many runs at once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import mesa
import numpy as np
from numpy.typing import NDArray

from triangle_sim.api import load
from triangle_sim.blueprint import Blueprint
from triangle_sim.decision.decide import Decision, choose, decide
from triangle_sim.decision.game import Game
from triangle_sim.scenario.schema import Scenario
from triangle_sim.trajectory import Trajectory
from triangle_sim.uncertainty import Streams
from triangle_sim.world import EventClock
from triangle_sim.world.dynamics import Dynamics
from triangle_sim.world.environment import CONDITIONS, DRIVERS
from triangle_sim.world.views import View


class TriangleModel(mesa.Model):  # type: ignore[misc]
    """North Korea between China, Russia and the United States, as a Mesa model.

    The order of a quarter:

    1. Events begin or end; the environment and the resting levels follow, and one-off shocks are noted.
    2. Every country works out what each of its moves is worth on the same state, and mixes them by its decision rule.
    3. Every country plays one move, drawn from its mix.
    4. Moves that meet have their joint effects and are recorded.
    5. Each state variable relaxes toward its resting level, is moved by all pushes at once, and is shaken by noise.
    6. Habits are updated; the quarter is recorded.

    One model steps a whole block of runs; ``runs=1`` is the same code, for teaching and replay.

    Parameters
    ----------
    scenario
        a :class:`Scenario`, or the name or path of one.
    seed, rng
        the seed (an integer); ``rng`` is Mesa's word for the same. Default: the scenario's.
    draws, replicates
        ``(runs,)`` which runs to simulate; default: draw 0, replicates 0 .. runs - 1;
        draws without replicates are replicate 0 of each.
    runs
        how many replicates of draw 0, when ``draws`` is not given.
    pin
        environment variables held at a value whatever events say, on top of the scenario's own.
    shared
        a model whose parameters and random numbers to take; see :meth:`twin`.
    """

    def __init__(
        self,
        scenario: Scenario | str = "baseline",
        *,
        seed: int | None = None,
        rng: int | None = None,
        draws: Any = None,
        replicates: Any = None,
        runs: int = 1,
        pin: dict[str, float] | None = None,
        shared: TriangleModel | None = None,
    ) -> None:
        loaded = load(scenario) if isinstance(scenario, str) else scenario
        chosen = seed if seed is not None else rng if rng is not None else loaded.seed
        super().__init__(rng=int(chosen))
        self.blueprint = blueprint_of(loaded)
        self.world_seed = int(chosen)
        self.draws = np.zeros(runs, np.int64) if draws is None else np.asarray(draws, np.int64)
        if replicates is None:
            replicates = np.arange(runs) if draws is None else np.zeros_like(self.draws)
        self.replicates = np.asarray(replicates, np.int64)
        self.pin = dict(loaded.pin) | (pin or {})
        self.quarter = 0
        self._prepare(shared)
        self._set_up()

    def twin(self, pin: dict[str, float]) -> TriangleModel:
        """The same runs, same parameters and same luck, with some environment variables pinned."""
        return TriangleModel(
            self.blueprint.scenario,
            seed=self.world_seed,
            draws=self.draws,
            replicates=self.replicates,
            pin=self.pin | pin,
            shared=self,
        )

    def _prepare(self, shared: TriangleModel | None) -> None:
        """Parameters and random numbers; a twin takes those of the model it is the twin of."""
        if shared is not None:
            for name in ("theories", "theory", "values", "game", "dynamics", "_streams", "_noise", "_choice"):
                setattr(self, name, getattr(shared, name))
            return
        plan, horizon = self.blueprint, self.blueprint.scenario.quarters
        sampled = plan.sample(self.world_seed, self.draws)
        self.theories = sampled.theories
        self.theory = sampled.theory[np.searchsorted(sampled.numbers, self.draws)]
        self.values = sampled.per_run(self.draws)
        self._streams = Streams(self.world_seed, self.draws, self.replicates)
        self.game = Game(plan.cast, self.values, plan.variables, plan.joint_effects, plan.disabled)
        self.dynamics = Dynamics.build(plan.variables, plan.conditions, DRIVERS, plan.start.environment, self.values)
        self._noise = self._streams.normal([f"noise:{name}" for name in plan.variables], horizon)
        self._choice = self._streams.uniform([f"choice:{code}" for code in plan.codes], range(horizon))

    def _set_up(self) -> None:
        plan, runs, horizon = self.blueprint, self.draws.size, self.blueprint.scenario.quarters
        self.clock = EventClock(plan.plans, self._streams, runs, horizon)
        self.latent = self.dynamics.start.copy()
        self.state = self.dynamics.observe(self.latent)
        self.environment = self._environment(np.zeros((len(self.clock.plans), runs), bool))
        self.countries = [country(self) for country in plan.cast]
        self.habits = {code: _even(seat.available, runs) for code, seat in self.game.seats.items()}
        self.decision: Decision | None = None
        self.trajectory = Trajectory.empty(plan, self.draws, self.replicates, self.theories, self.theory)
        self.trajectory.state[0] = self.state

    def level(self, name: str) -> NDArray[np.float64]:
        """A state variable or condition now, ``(runs,)``."""
        if name in self.game.index:
            return np.asarray(self.state[self.game.index[name]])
        return np.asarray(self.environment[self.blueprint.conditions.index(name)])

    def view(self) -> View:
        """The environment now, as interests read it."""
        return View(dict(zip(self.blueprint.conditions, self.environment, strict=True)))

    @property
    def date(self) -> str:
        """The quarter about to be simulated, e.g. ``2024Q3``."""
        return self.blueprint.quarters[self.quarter]

    def luck(self, quarter: int) -> NDArray[np.float64]:
        """The shocks of a quarter ``(variables, runs)``, in latent units."""
        return self.dynamics.noise * self._noise[:, quarter]

    def _environment(self, active: NDArray[np.bool_]) -> NDArray[np.float64]:
        """``(conditions, runs)``: what the scenario sets, moved by active events, within range, pins last."""
        names, base = self.blueprint.conditions, self.blueprint.environment
        out = np.stack([np.full(self.draws.size, base[name]) for name in names])
        for index, plan in enumerate(self.clock.plans):
            for name, shift in plan.effects.items():
                if name in CONDITIONS:
                    out[names.index(name)] += shift * active[index]
        for k, name in enumerate(names):
            np.clip(out[k], CONDITIONS[name].low, CONDITIONS[name].high, out=out[k])
            if name in self.pin:
                out[k] = self.pin[name]
        return out

    def _event_pushes(
        self, starts: NDArray[np.bool_], active: NDArray[np.bool_]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Shifts of resting levels while events last, and one-off shocks as they begin, ``(variables, runs)`` each."""
        shifts, shocks = np.zeros_like(self.latent), np.zeros_like(self.latent)
        for index, plan in enumerate(self.clock.plans):
            for name, size in plan.effects.items():
                if name in self.game.index:
                    shifts[self.game.index[name]] += size * active[index]
            for name, size in plan.shock.items():
                shocks[self.game.index[name]] += size * starts[index]
        return shifts, shocks

    def step(self) -> None:
        """Simulate one quarter."""
        if self.quarter >= self.blueprint.scenario.quarters:
            self.running = False
            return
        q = self.quarter
        levels = dict(zip(self.game.index, self.state, strict=True)) | dict(
            zip(self.blueprint.conditions, self.environment, strict=True)
        )
        starts = self.clock.tick(q, levels)
        active = self.clock.active(q)
        self.environment = self._environment(active)
        shifts, self.shocks = self._event_pushes(starts, active)
        self.rest = self.dynamics.resting(self.environment, shifts)

        env = self.view()
        self.before = self.latent
        self.inertia = self.game.inertia(self.latent, self.rest)
        self.decision = decide(self.game, self.blueprint.seating, self.inertia, self.habits, env, q)

        moves: dict[str, NDArray[np.int64]] = {}
        for country, luck in zip(self.countries, self._choice[:, q], strict=True):
            mix = self.decision.mixes[country.code]
            moves[country.code] = choose(mix, luck)
            country.play(mix, moves[country.code])
        played = {code: _one_hot(move, len(self.game.seats[code].menu)) for code, move in moves.items()}

        pushes, met = self.realised(played)
        self.latent = self.dynamics.step(self.latent, self.rest, pushes + self.shocks, self._noise[:, q])
        self.state = self.dynamics.observe(self.latent)

        for code, seat in self.game.seats.items():
            self.habits[code] = (1.0 - seat.memory) * self.habits[code] + seat.memory * played[code]
        self.trajectory.record(q, self.state, self.environment, moves, met, starts, active)
        self.quarter = q + 1
        self.running = self.quarter < self.blueprint.scenario.quarters

    def realised(self, played: dict[str, Any]) -> tuple[NDArray[np.float64], list[Any]]:
        """Pushes ``(variables, runs)`` of the moves played and of those that met, and who met."""
        by_country, met = self.game.pushes(played)
        total = np.zeros_like(self.latent)
        for pushes in by_country.values():
            for name, push in pushes.items():
                total[self.game.index[name]] += push
        for meeting, happened in zip(self.game.meetings, met, strict=True):
            for name, push in meeting.push.items():
                total[self.game.index[name]] += happened * push
        return total, met

    def run_model(self) -> Trajectory:
        """Simulate to the horizon and return the trajectory."""
        while self.running:
            self.step()
        return self.trajectory

    def close(self) -> None:
        """Let go of the agents: Mesa 3.3 keeps every model alive through a class attribute otherwise."""
        self.remove_all_agents()
        ids = getattr(mesa.Agent, "_ids", None)
        if ids is not None:
            ids.pop(self, None)


@lru_cache(maxsize=32)
def _cached(scenario_json: str) -> Blueprint:
    return Blueprint(Scenario.model_validate_json(scenario_json))


def blueprint_of(scenario: Scenario) -> Blueprint:
    """The blueprint of a scenario, built once a process."""
    return _cached(scenario.model_dump_json(by_alias=True))


def _even(available: tuple[bool, ...], runs: int) -> NDArray[np.float64]:
    """All available moves alike: what the others expect of a country nobody has watched yet."""
    share = 1.0 / sum(available)
    return np.stack([np.full(runs, share if ok else 0.0) for ok in available])


def _one_hot(move: NDArray[np.int64], moves: int) -> NDArray[np.float64]:
    return np.stack([(move == m).astype(np.float64) for m in range(moves)])
