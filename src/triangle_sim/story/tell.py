"""One future in words: what happened each quarter, and why each country did what it did."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from triangle_sim.decision.choose import one_hot
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
    triangle, role = _triangle(t, q + 1)
    return Chapter(
        prepared.quarters[q],
        tuple(events),
        tuple(_act(model, k, int(t.moves[q, k, 0])) for k in range(len(prepared.cast))),
        tuple(joint.says for joint in met),
        _changes(model, before),
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


def _act(model: TriangleModel, k: int, move: int) -> Act:
    """Compare the move played with holding still, interest by interest, as the country saw it."""
    country = model.prepared.cast[k]
    assert model.reasons is not None
    code, menu, decision = country.code, country.menu(), model.reasons.decision
    names = [each.name for each in menu]
    chance = float(decision.mixes[code][move, 0])
    if code not in decision.payoffs:
        return Act(code, country.label, names[move], menu[move].says, chance, "", (), (), 0.0, menu[move].claims)
    beliefs = decision.beliefs[code]
    player, hold = model.game.players[code], names.index("hold")
    terms = model.game.terms(code, beliefs, model.game.pushes(beliefs, model.reasons.seen), model.reasons.seen)
    gains = []
    for interest, worth in zip(player.interests, terms, strict=True):
        value = np.broadcast_to(worth, (len(menu), 1))
        gains.append(Reason(interest.name, float(value[move, 0] - value[hold, 0]), interest.claims))
    gains.sort(key=lambda reason: -reason.gain)
    best = names[int(np.argmax(decision.payoffs[code][:, 0]))]
    return Act(
        code,
        country.label,
        names[move],
        menu[move].says,
        chance,
        best,
        tuple(reason for reason in gains if reason.gain > SMALL)[:2],
        tuple(reason for reason in reversed(gains) if reason.gain < -SMALL)[:1],
        float(player.cost[move, 0] - player.cost[hold, 0]),
        menu[move].claims,
    )


def _changes(model: TriangleModel, before: Any) -> tuple[Change, ...]:
    """The largest changes of the quarter, each with the parts it is the sum of."""
    variables = list(model.prepared.variables.values())
    sizes = np.abs(model.state[:, 0] - before) / [variable.high - variable.low for variable in variables]
    changes = []
    for v in np.argsort(sizes)[:-4:-1]:
        if sizes[v] >= NOTABLE:
            causes = sorted(
                parts(model, model.trajectory, model.quarter - 1, v).items(), key=lambda item: -abs(item[1])
            )
            changes.append(Change(variables[v].name, float(before[v]), float(model.state[v, 0]), tuple(causes[:2])))
    return tuple(changes)


def parts(model: TriangleModel, t: Trajectory, quarter: int, v: int) -> dict[str, float]:
    """The parts, in latent units, that add up to a variable's change in the quarter just simulated (first run)."""
    assert model.reasons is not None
    out = {"return to its resting level": float((model.dynamics.rate * (model.reasons.seen.rest - model.before))[v, 0])}
    for k, (code, player) in enumerate(model.game.players.items()):
        move = int(t.moves[quarter, k, 0])
        for push in player.push[player.where == v, move, 0]:
            out[f"{code} {player.menu[move].name}"] = float(push)
    mixes = model.reasons.decision.mixes
    played = {code: one_hot(move, mixes[code]) for code, move in zip(model.game.players, t.moves[quarter], strict=True)}
    for meeting, share in zip(model.game.meetings, model.game.chances(played, model.reasons.seen), strict=True):
        for push in meeting.push[meeting.where == v, 0]:
            if share[0]:
                out[meeting.name] = float(share[0] * push)
    if model.reasons.shocks[v, 0]:
        out["an event"] = float(model.reasons.shocks[v, 0])
    out["chance"] = float(model.luck(quarter)[v, 0])
    return out
