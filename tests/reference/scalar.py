"""The whole model once more: one world, plain numbers, plain loops, written from docs/equations.md.

From the package it takes data alone: what countries can do, drivers, starting worlds, priors, the scenario's fields.
An interest that :mod:`reference.interests` does not have is the model's own function on plain numbers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any

from reference.choice import Chooser
from reference.draw import draw_parameters, pick_theory
from reference.happenings import Calendar
from reference.interests import PHI
from reference.latent import to_latent, to_level
from reference.random_numbers import normal, uniform
from reference.resting import Rests
from reference.together import Meeting
from triangle_sim.countries import JOINT_EFFECTS, countries
from triangle_sim.model.prepared import Prepared
from triangle_sim.world.start import load_start
from triangle_sim.world.views import View

Numbers = dict[str, float]


@dataclass
class History:
    """What happened, quarter by quarter; ``close_call`` is how near the nearest draw came to another move."""

    theory: str = ""
    states: list[Numbers] = field(default_factory=list)
    environments: list[Numbers] = field(default_factory=list)
    moves: list[dict[str, str]] = field(default_factory=list)
    mixes: list[dict[str, Numbers]] = field(default_factory=list)
    meetings: list[set[str]] = field(default_factory=list)
    begins: list[set[str]] = field(default_factory=list)
    active: list[set[str]] = field(default_factory=list)
    close_call: list[float] = field(default_factory=list)


class World:
    """One run of one scenario; parameters that are ``given``, the theory among them, are not drawn."""

    def __init__(
        self, scenario: Any, seed: int, draw: int, replicate: int, given: Mapping[str, Any] | None = None
    ) -> None:
        self.scenario, self.seed, self.draw, self.replicate = scenario, seed, draw, replicate
        numbers = dict(given or {})
        self.history = History(theory=numbers.pop("theory", None) or pick_theory(scenario.theory, seed, draw))
        self.parameters = draw_parameters(Prepared(scenario).tables[self.history.theory], seed, draw) | numbers
        self.variables = [name.removeprefix("start.") for name in self.parameters if name.startswith("start.")]
        self.start_environment = dict(load_start(scenario.world).environment)
        self.base = self.start_environment | scenario.environment
        self.latent = {v: to_latent(v, self.parameters[f"start.{v}"]) for v in self.variables}
        self.rests = Rests(self.parameters, self.variables, self.start_environment)
        self._gather_countries()
        self.calendar = Calendar(scenario, lambda stream, q: uniform(seed, stream, draw, replicate, q))
        self.chooser = Chooser(scenario, self.parameters, self.menus, self.habits, self.payoffs)
        self.environment = self.base | dict(scenario.pin)

    def _gather_countries(self) -> None:
        """Menus, pushes and normalised weights of the countries that take part."""
        known, p = countries(), self.parameters
        self.codes = sorted(self.scenario.countries)
        disabled = self.scenario.moves.disable
        self.menus = {
            i: sorted(m.name for m in known[i].moves if m.name not in disabled.get(i, ())) for i in self.codes
        }
        self.pushes = {
            i: {m.name: self._drawn(m.pushes(), f"effect.{i}.{m.name}.") for m in known[i].moves} for i in self.codes
        }
        self.meetings = [
            Meeting(j, self._drawn(j.pushes(), f"joint.{j.name}."))
            for j in JOINT_EFFECTS
            if j.first[0] in self.codes and j.second[0] in self.codes
        ]
        numbers: dict[tuple[str, str], Numbers] = {}
        raw: dict[str, Numbers] = {i: {} for i in self.codes}
        for name, value in p.items():
            match name.split("."):
                case ["weight", i, k]:
                    raw[i][k] = value
                case ["form", i, k, number]:
                    numbers.setdefault((i, k), {})[number] = value
        self.wants = {(i, k): (formula(i, k), numbers.get((i, k), {})) for i in self.codes for k in raw[i]}
        self.weights = {}
        for i in self.codes:
            readable = {k: weight for k, weight in raw[i].items() if self._readable(i, k)}
            self.weights[i] = {k: weight / sum(readable.values()) for k, weight in readable.items()}
        self.habits = {i: {m: 1.0 / len(self.menus[i]) for m in self.menus[i]} for i in self.codes}

    def _drawn(self, declared: Any, prefix: str) -> Numbers:
        return {v: self.parameters[prefix + v] for v in declared if v in self.variables}

    def levels(self, latent: Numbers) -> Numbers:
        """State variables on their own scales."""
        return {v: to_level(v, z) for v, z in latent.items()}

    def run(self) -> History:
        """All quarters."""
        self.history.states.append(self.levels(self.latent))
        for quarter in range(self.scenario.quarters):
            self._one_quarter(quarter)
        return self.history

    def _one_quarter(self, q: int) -> None:
        h = self.history
        self.calendar.advance(q, self.levels(self.latent) | self.environment)
        begun, active = self.calendar.begun(q), self.calendar.active(q)
        self._set_environment(active)
        shifts = [self.scenario.events[name].effects for name in active]
        self.now_rest = self.rests.at(q, self.environment, self.levels(self.latent), shifts)
        mixes = self.chooser.mixes(q)
        played, closest = {}, inf
        for i in self.codes:
            u = uniform(self.seed, f"choice:{i}", self.draw, self.replicate, q)
            played[i], distance = _pick(mixes[i], u)
            closest = min(closest, distance)
        shares = [self._chance(meeting, {i: {played[i]: 1.0} for i in self.codes}) for meeting in self.meetings]
        pushes = [self.pushes[i][played[i]] for i in self.codes]
        pushes += [scaled(each.push, share) for each, share in zip(self.meetings, shares, strict=True)]
        pushes += [dict(self.scenario.events[name].shock) for name in begun]
        for v in self.variables:
            total = sum(push.get(v, 0.0) for push in pushes)
            luck = self.parameters[f"noise.{v}"] * normal(self.seed, f"noise:{v}", self.draw, self.replicate, q)
            gap = self.now_rest[v] - self.latent[v]
            self.latent[v] += self.parameters[f"rate.{v}"] * gap + total + luck
        for i in self.codes:
            memory = self.parameters[f"memory.{i}"]
            for m in self.menus[i]:
                self.habits[i][m] = (1.0 - memory) * self.habits[i][m] + memory * (m == played[i])
        h.states.append(self.levels(self.latent))
        h.environments.append(dict(self.environment))
        h.moves.append(played)
        h.mixes.append(mixes)
        h.meetings.append({each.joint.name for each, share in zip(self.meetings, shares, strict=True) if share > 0.5})
        for meeting, share in zip(self.meetings, shares, strict=True):
            meeting.after(played, share > 0.5)
        h.begins.append(begun)
        h.active.append(active)
        h.close_call.append(closest)

    def _set_environment(self, active: set[str]) -> None:
        for c, value in self.base.items():
            moved = value + sum(self.scenario.events[name].effects.get(c, 0.0) for name in active)
            self.environment[c] = min(max(moved, 0.0), 1.0)
        self.environment.update(self.scenario.pin)

    def payoffs(self, i: str, sigma: dict[str, Numbers]) -> Numbers:
        """What each of a country's moves is worth to it against mixes of the others."""
        others = [j for j in self.codes if j != i]
        common = {v: 0.0 for v in self.variables}
        for j in others:
            for b in self.menus[j]:
                for v, push in self.pushes[j][b].items():
                    common[v] += sigma[j][b] * push
        for meeting in self.meetings:
            if i not in meeting.sides:
                for v, size in meeting.push.items():
                    common[v] += self._chance(meeting, sigma) * size
        return {m: self._worth(i, m, common, sigma) for m in self.menus[i]}

    def _chance(self, meeting: Meeting, sigma: dict[str, Numbers]) -> float:
        """How likely a meeting is against mixes of both sides."""
        plays = {i: sigma[i].get(move, 0.0) for i, move in meeting.sides.items()}
        return meeting.chance(plays, self.environment)

    def _worth(self, i: str, m: str, common: Numbers, sigma: dict[str, Numbers]) -> float:
        own = dict(self.pushes[i][m])
        for meeting in self.meetings:
            if i in meeting.sides:
                share = self._chance(meeting, {**sigma, i: {m: 1.0}})
                for v, size in meeting.push.items():
                    own[v] = own.get(v, 0.0) + share * size
        ahead = {}
        for v in self.variables:
            rate = self.parameters[f"rate.{v}"]
            keep = (1.0 - rate) ** self.parameters[f"foresight.{i}"]
            gain = (1.0 - keep) / rate
            ahead[v] = self.now_rest[v] + keep * (self.latent[v] - self.now_rest[v])
            ahead[v] += gain * (common[v] + own.get(v, 0.0))
        s = self.levels(ahead)
        value = sum(weight * self._want(i, k, s, self.environment) for k, weight in self.weights[i].items())
        return value - self.parameters[f"cost.{i}.{m}"]

    def _want(self, i: str, k: str, s: Numbers, e: Numbers) -> float:
        """An interest at a state and environment, with the numbers drawn for its form."""
        phi, numbers = self.wants[i, k]
        return phi(s, e, numbers)

    def _readable(self, i: str, k: str) -> bool:
        """Whether an interest reads only what this world has (no ties to countries that take no part)."""
        try:
            self._want(i, k, {v: 0.5 for v in self.variables}, self.start_environment)
        except (KeyError, AttributeError):
            return False
        return True


def formula(i: str, k: str) -> Callable[[Numbers, Numbers, Numbers], float]:
    """A country's interest as a function of plain numbers: the one written here, or else the model's own."""
    own = countries()[i].interests()[k]
    return PHI.get(i, {}).get(k) or (lambda s, e, n: float(own(View(s), View(e), **n)))


def scaled(push: Numbers, share: float) -> Numbers:
    """A share of a push."""
    return {v: share * size for v, size in push.items()}


def _pick(mix: Numbers, u: float) -> tuple[str, float]:
    """The move at a uniform number, and how far that number is from the nearest border between moves."""
    reached, chosen, distance = 0.0, "", inf
    for m in sorted(mix):
        if mix[m] > 0.0 and reached <= u:
            chosen = m
        distance = min(distance, abs(reached - u)) if reached > 0.0 else distance
        reached += mix[m]
    return chosen, distance
