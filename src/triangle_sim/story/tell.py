"""One future in words: what happened each quarter, and why each country did what it did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from triangle_sim.countries import Country
from triangle_sim.model.told import Label
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.model.triangle_model import TriangleModel
from triangle_sim.scenario.schema import Scenario
from triangle_sim.story.story import Act, Change, Chapter, Reason, Story
from triangle_sim.triangle.typology import ROLES, TYPES

NOTABLE = 0.03
"""Changes smaller than this share of a variable's range are not told."""
SMALL = 1e-4
"""Nor are smaller gains and losses of an interest."""


def tell(scenario: Scenario, *, seed: int, draw: int, replicate: int, parameters: Any = None) -> Story:
    """Replay one run and tell it; ``parameters`` as the run was given them, if it was."""
    model = TriangleModel(scenario, seed=seed, draws=[draw], replicates=[replicate], parameters=parameters)
    chapters = []
    while model.running:
        before = model.state[:, 0].copy()
        model.step()
        chapters.append(chapter(model, before))
    model.close()
    t = model.trajectory
    return Story(scenario, seed, draw, replicate, str(t.theory[0]), tuple(chapters), t)


def chapter(model: TriangleModel, before: Any) -> Chapter:
    """Tell the quarter just simulated; ``before`` is the state ``(variables,)`` that it began with."""
    prepared, t, q = model.prepared, model.trajectory, model.quarter - 1
    begun = [name for k, name in enumerate(prepared.clock.names) if t.begins[q, k, 0]]
    events = [prepared.scenario.events[name].title or name for name in begun]
    met = [joint for k, joint in enumerate(prepared.joint_effects) if t.meetings[q, k, 0]]
    why = {label: float(row[0]) for label, row in model.told().items()}
    triangle, role = _triangle(t, q + 1)
    return Chapter(
        prepared.quarters[q],
        tuple(events),
        tuple(
            _act(country, why, int(t.moves[q, k, 0]), prepared.rules[country.code].weighs or prepared.seats[q, k] >= 0)
            for k, country in enumerate(prepared.cast)
        ),
        tuple(joint.says for joint in met),
        _changes(model, before, why),
        triangle,
        role,
    )


def _triangle(t: Trajectory, quarter: int) -> tuple[str, str]:
    """Type of the China-North Korea-Russia triangle and North Korea's role in it; empty without the three."""
    if not {"CHN", "PRK", "RUS"} <= set(t.prepared.codes):
        return "", ""
    history = replace(t, state=t.state[: quarter + 1]).triangles  # `t` would keep what it has of quarters to come
    return TYPES[history.types_of("CHN", "PRK", "RUS")[quarter, 0]], ROLES[
        history.roles_of("PRK", "CHN", "RUS")[quarter, 0]
    ]


def _act(country: type[Country], why: Mapping[Label, float], move: int, weighed: bool) -> Act:
    """Compare the move played with holding still, interest by interest, as the country saw it.

    Whose move comes from habit and not from a seat weighs nothing.
    """
    code, menu = country.code, country.menu()
    names = [each.name for each in menu]
    played, chance = names[move], why["chance", code, names[move]]
    if not weighed:
        return Act(code, country.label, played, menu[move].says, chance, "", (), (), 0.0, menu[move].claims)
    gains = [
        Reason(name, why["term", code, played, name] - why["term", code, "hold", name], interest.claims)
        for name, interest in country.interests().items()
        if ("term", code, played, name) in why
    ]
    gains.sort(key=lambda reason: -reason.gain)
    return Act(
        code,
        country.label,
        played,
        menu[move].says,
        chance,
        max(names, key=lambda name: why["payoff", code, name]),
        tuple(reason for reason in gains if reason.gain > SMALL)[:2],
        tuple(reason for reason in reversed(gains) if reason.gain < -SMALL)[:1],
        why["cost", code, played] - why["cost", code, "hold"],
        menu[move].claims,
    )


def _changes(model: TriangleModel, before: Any, why: Mapping[Label, float]) -> tuple[Change, ...]:
    """The largest changes of the quarter, each with the parts it is the sum of."""
    variables = list(model.prepared.variables.values())
    sizes = np.abs(model.state[:, 0] - before) / [variable.high - variable.low for variable in variables]
    changes = []
    for v in np.argsort(sizes)[:-4:-1]:
        if sizes[v] >= NOTABLE:
            name = variables[v].name
            causes = sorted(parts(model, why, name).items(), key=lambda item: -abs(item[1]))
            changes.append(Change(name, float(before[v]), float(model.state[v, 0]), tuple(causes[:2])))
    return tuple(changes)


def parts(model: TriangleModel, why: Mapping[Label, Any], variable: str) -> dict[str, float]:
    """The parts, in latent units, that add up to a variable's change in the quarter just simulated (first run).

    They have the names that a story gives them; meetings that did not come about and events without a shock are not
    among them.
    """
    names = {"rest": "return to its resting level", "event": "an event", "noise": "chance"}
    names |= {f"meeting:{meeting.name}": meeting.name for meeting in model.game.meetings}
    for country, moves in zip(model.prepared.cast, model.trajectory.moves[model.quarter - 1], strict=True):
        names[f"move:{country.code}"] = f"{country.code} {country.menu()[int(moves[0])].name}"
    found = {
        what: float(np.ravel(size)[0]) for (kind, of, what, *_), size in why.items() if (kind, of) == ("part", variable)
    }
    return {names[what]: size for what, size in found.items() if size or not what.startswith(("meeting:", "event"))}
