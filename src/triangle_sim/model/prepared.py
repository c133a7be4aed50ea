"""A scenario made ready to run: cast, variables, parameter tables by theory, events, decision rules.

Everything here is the same for all runs of the scenario; what differs are parameters and random numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triangle_sim.countries import JOINT_EFFECTS, Country, JointEffect, countries
from triangle_sim.countries.parameters import parameter_table
from triangle_sim.decision.payoffs import Game
from triangle_sim.decision.rule import Settings
from triangle_sim.decision.rules.scripted import Script
from triangle_sim.errors import UsageError
from triangle_sim.scenario.load import must_fit
from triangle_sim.scenario.schema import Scenario
from triangle_sim.uncertainty import Draws, Fitted, ParameterTable, Sampler, Table, fitted
from triangle_sim.uncertainty.given import table_from
from triangle_sim.uncertainty.parameters import Values
from triangle_sim.world import CONDITIONS, DRIVERS, EventClock, Variable, variables_of
from triangle_sim.world.dynamics import Dynamics
from triangle_sim.world.start import StartState, load_start
from triangle_sim.world.theories import load_theory


@dataclass(frozen=True, eq=False)
class Prepared:
    """What all runs of one scenario share.

    ``heard`` are weights that are zero under every prior, and that a table of draws sets all the same. ``began`` is the
    environment in which the starting ties came about, where that is not the starting world's. ``never`` are events that
    do not begin; ``whole`` is the same with all events, without pins, or with other moves in its seats, whose compiled
    program serves this one too.
    """

    scenario: Scenario
    heard: frozenset[str] = frozenset()
    began: Mapping[str, float] | None = None
    never: frozenset[str] = frozenset()
    whole: Prepared | None = None

    @cached_property
    def cast(self) -> list[type[Country]]:
        """The countries that take part, in alphabetical order of their codes."""
        known = countries()
        return [known[code] for code in sorted(self.scenario.countries)]

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Their codes."""
        return tuple(country.code for country in self.cast)

    @cached_property
    def variables(self) -> dict[str, Variable]:
        """State variables by name, in alphabetical order."""
        return variables_of(self.codes)

    @cached_property
    def conditions(self) -> tuple[str, ...]:
        """Names of the environment variables, in alphabetical order."""
        return tuple(sorted(CONDITIONS))

    @cached_property
    def start(self) -> StartState:
        """The starting world."""
        return load_start(self.scenario.world)

    @cached_property
    def joint_effects(self) -> list[JointEffect]:
        """Joint effects whose two countries both take part, in alphabetical order."""
        return sorted((j for j in JOINT_EFFECTS if set(j.countries) <= set(self.codes)), key=lambda j: j.name)

    @cached_property
    def table(self) -> ParameterTable:
        """All parameters with the model's own priors."""
        return parameter_table(self.cast, self.variables, self.joint_effects, self.start)

    @cached_property
    def tables(self) -> dict[str, ParameterTable]:
        """The parameters under each theory, with the scenario's own priors and settings last."""
        return {name: self._under(name).with_priors(self.own) for name in self.scenario.theory}

    def _under(self, theory: str) -> ParameterTable:
        """The parameters under a theory, bundled or the scenario's own."""
        voice = self.scenario.theories.get(theory)
        if voice is None:
            return self.table.with_priors(load_theory(theory).priors)
        below = {} if voice.extends is None else load_theory(voice.extends).priors
        return self.table.with_priors(below).with_priors(voice.theory(theory).priors)

    @cached_property
    def own(self) -> dict[str, Any]:
        """Priors and settings of the scenario's own, by parameter: they have the last word."""
        starts = {f"start.{name}": level for name, level in self.scenario.state.items()}
        return {**self.scenario.priors, **starts, **self.scenario.parameters}

    @cached_property
    def fitted(self) -> Fitted | None:
        """The sizes fitted to the record, where the scenario asks for them.

        Raises
        ------
        UsageError
            if there are none.
        """
        found = fitted(self.scenario.sizes)
        for name, voice in self.scenario.theories.items():
            found = found and found.with_voice(name, voice.extends, voice.priors)
        return found

    @cached_property
    def sampler(self) -> Sampler:
        """Those tables, ready to be sampled, and the fitted sizes over them."""
        return Sampler(self.tables, self.scenario.theory, self.fitted, self.own)

    def given(self, parameters: Any) -> Table:
        """A table of draws from a data frame or a mapping, see :func:`triangle_sim.uncertainty.given.table_from`."""
        return table_from(parameters, self.table, self.sampler.theories)

    def sample(self, seed: int, draws: Any, table: Table | None = None) -> Draws:
        """The parameters of some draws; those in a ``table`` are taken from there.

        Raises
        ------
        UsageError
            if a value is not a finite number, the table has no row for a draw, or no interest of a country has any
            weight.
        """
        drawn = self.sampler(seed, draws, table)
        for code in self.codes:
            weights = [values for name, values in drawn.values.items() if name.startswith(f"weight.{code}.")]
            if not np.sum(weights, axis=0).all():
                raise UsageError(
                    f"no interest of {code} has a weight in some draw", f"give one a prior: weight.{code}.NAME"
                )
        return drawn

    @cached_property
    def environment(self) -> dict[str, float]:
        """The environment before any event: the starting world's, with what the scenario sets."""
        return {**self.start.environment, **self.scenario.environment}

    @cached_property
    def rules(self) -> dict[str, Settings]:
        """How each country decides: a rule and its settings."""
        return {code: self.scenario.rule_for(code).settings for code in self.codes}

    @cached_property
    def silent(self) -> frozenset[str]:
        """Weights that are zero in every draw."""
        fits = self.fitted.positive - self.own.keys() if self.fitted else frozenset()
        return frozenset(
            name
            for name in self.table
            if name.startswith("weight.")
            and name not in self.heard
            and name not in fits
            and all(t[name].prior.dist == "fixed" and t[name].default <= 0 for t in self.tables.values())
        )

    def game(self, values: Values) -> Game:
        """The quarter's game of some runs, from their parameters."""
        return Game(self.cast, values, self.variables, self.joint_effects, self.scenario.moves.disable, self.silent)

    def dynamics(self, values: Values) -> Dynamics:
        """How the world of some runs moves by itself."""
        return Dynamics(self.variables, self.conditions, DRIVERS, self.start.environment, values, self.began)

    def pins(self, held: Mapping[str, float]) -> NDArray[np.float64]:
        """Conditions held at a level as an array ``(conditions, 1)``, NaN where they are free."""
        return np.asarray([[held.get(name, np.nan)] for name in self.conditions])

    @cached_property
    def clock(self) -> EventClock:
        """When its events begin and end."""
        scenario, levels = self.scenario, {*self.variables, *self.conditions}
        return EventClock(scenario.events, scenario.start, scenario.quarters, levels, self.never)

    @cached_property
    def orders(self) -> NDArray[np.int8]:
        """The move that a script orders each country in each quarter, -1 for none: ``(quarters, countries)``."""
        out = np.full((self.scenario.quarters, len(self.codes)), -1, np.int8)
        for k, country in enumerate(self.cast):
            rule, names = self.rules[country.code], [move.name for move in country.menu()]
            if isinstance(rule, Script):
                for quarter in range(self.scenario.quarters):
                    move = rule.order(quarter)
                    out[quarter, k] = -1 if move is None else names.index(move)
        return out

    @cached_property
    def seats(self) -> NDArray[np.int8]:
        """The move played from a seat for each country in each quarter, -1 for none: ``(quarters, countries)``."""
        out = np.full((self.scenario.quarters, len(self.codes)), -1, np.int8)
        for k, country in enumerate(self.cast):
            names = [move.name for move in country.menu()]
            for quarter, move in enumerate(self.scenario.seats.get(country.code, ())[: len(out)]):
                out[quarter, k] = -1 if move is None else names.index(move)
        return out

    @cached_property
    def seated(self) -> bool:
        """Whether any move is played from a seat."""
        return bool((self.seats >= 0).any())

    def seats_in(self, quarter: int) -> NDArray[np.int8] | None:
        """Those of one quarter ``(countries,)``; None where all choose for themselves."""
        return self.seats[quarter] if self.seated else None

    @cached_property
    def quarters(self) -> tuple[str, ...]:
        """Labels of the quarters, the starting one first: ``quarters + 1`` of them."""
        return tuple(str(self.scenario.start + k) for k in range(self.scenario.quarters + 1))


_SHARED = ("variables", "joint_effects", "start", "table", "tables", "fitted", "sampler", "silent", "clock")
"""What depends neither on pins nor on moves played from seats, and takes time or room."""


@lru_cache(maxsize=32)
def _prepared(scenario_json: str, fit: Fitted | None, heard: frozenset[str]) -> Prepared:
    """``fit`` is what the scenario asks for: another one makes it another."""
    scenario = Scenario.model_validate_json(scenario_json)
    must_fit(scenario)
    ready = Prepared(scenario, heard)
    if not (ready.seated or scenario.pin):
        return ready
    # Pins and seats are inputs of a compiled program: one without pins, with any move in a seat, serves them all.
    first, seats = ready.cast[0], scenario.seats
    if ready.seated:
        off = scenario.moves.disable.get(first.code, ())
        seats = {first.code: (next(move.name for move in first.menu() if move.name not in off),)}
    like = scenario.model_copy(update={"pin": {}, "seats": seats})
    if like == ready.scenario:
        return ready
    whole = _prepared(like.model_dump_json(by_alias=True), fit, heard)
    changed = replace(ready, whole=whole)
    vars(changed).update({name: getattr(whole, name) for name in _SHARED})
    return changed


def prepared_for(scenario: Scenario, table: Table | None = None, never: Collection[str] = ()) -> Prepared:
    """A scenario made ready, once a process: the same for all tables of draws that give no silent weight a voice.

    Events in ``never`` do not begin; all others come when they would.
    """
    text = scenario.model_dump_json(by_alias=True)
    fit = fitted(scenario.sizes)
    ready = _prepared(text, fit, frozenset())
    heard = ready.silent & table.positive if table is not None else None
    whole = _prepared(text, fit, heard) if heard else ready
    return replace(whole, never=frozenset(never), whole=whole.whole or whole) if never else whole
