"""The exact one-shot game of a quarter, against which certainty equivalence is measured.

The model values a move at the *expected* state. The exact expectation over what the others may do is a sum over all
profiles of moves, of which five full menus have some 26,000: too many for every quarter of every run, few enough to
check one run. For a pure profile the state is certain, so here the two notions agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from triangle_sim.arrays import Array, ordered_sum
from triangle_sim.decision.game import Game
from triangle_sim.decision.rules.quantal import logit
from triangle_sim.world.environment import CONDITIONS
from triangle_sim.world.views import View

Floats = NDArray[np.float64]
Inertia = Mapping[str, Array]


class CertaintyGap(NamedTuple):
    """How far payoffs at the expected state are from expected payoffs.

    ``largest`` and ``mean`` are absolute differences in payoff units over all available moves of all countries;
    ``choice`` is the largest difference it makes to a probability of a logit answer.
    """

    largest: float
    mean: float
    choice: float


def profile_payoffs(game: Game, inertia: Inertia, env: View, run: int = 0) -> Floats:
    """The payoff of every country at every profile of moves, for one run of a block.

    Parameters
    ----------
    game, inertia, env
        the game of a block of runs, what :meth:`Game.inertia` gives for it, and the environment ``(runs,)``.
    run
        which run of the block.

    Returns
    -------
    array
        ``(countries, *menus)``, countries and their axes in the order of ``game.seats`` (of their codes), moves in
        that of their menus; payoff units, minus infinity where the country's own move is disabled.
    """
    shape = tuple(len(seat.menu) for seat in game.seats.values())
    pushes = _pushes(game, run)
    surroundings = View({name: np.asarray(getattr(env, name))[run] for name in CONDITIONS})
    out = np.empty((len(shape), *shape))
    for k, (code, seat) in enumerate(game.seats.items()):
        levels = {}
        for row, v in enumerate(seat.reads):
            scaled = inertia[code][row, run] + seat.gain[row, run] * pushes.get(v, np.zeros(()))
            levels[v] = seat.middle[row, 0] + seat.half[row, 0] * np.tanh(scaled)
        state = View(levels)
        weighted = zip(seat.interests, seat.weights, strict=True)
        worth = ordered_sum(weight[run] * each(state, surroundings) for each, weight in weighted)
        cost = np.where(seat.available, seat.cost[:, run], np.inf)
        out[k] = np.broadcast_to(worth - _along(k, cost, len(shape)), shape)
    return out


def expected_payoffs(profiles: Floats, mixes: Mapping[str, Floats]) -> dict[str, Floats]:
    """The exact expected payoff ``(moves,)`` of each move of each country against the others' mixes.

    Parameters
    ----------
    profiles
        from :func:`profile_payoffs`.
    mixes
        a mixed strategy ``(moves,)`` of each country; their codes sorted are the order of the axes.
    """
    codes = sorted(mixes)
    out = {}
    for k, code in enumerate(codes):
        values = np.moveaxis(profiles[k], k, 0)
        possible = np.isfinite(values.reshape(values.shape[0], -1)).all(axis=1)
        values = np.where(possible.reshape((-1,) + (1,) * (values.ndim - 1)), values, 0.0)
        for other in reversed([each for each in codes if each != code]):
            values = values @ np.asarray(mixes[other])
        out[code] = np.where(possible, values, -np.inf)
    return out


def certainty_gap(game: Game, inertia: Inertia, env: View, mixes: Mapping[str, Array], run: int = 0) -> CertaintyGap:
    """How far the model's payoffs are from the exact expectation at given mixes ``(moves, runs)``, in one run."""
    played = {code: mixes[code][:, run] for code in game.seats}
    exact = expected_payoffs(profile_payoffs(game, inertia, env, run), played)
    pushes = game.pushes(mixes)
    gaps: list[Floats] = []
    choices: list[float] = []
    for code, seat in game.seats.items():
        model = game.payoffs(code, inertia[code], mixes, pushes, env)[:, run]
        available = np.asarray(seat.available)
        expected, exactly = model[available], exact[code][available]
        gaps.append(np.abs(expected - exactly))
        answer, right = (logit(payoffs, seat.rationality[run]) for payoffs in (expected, exactly))
        choices.append(float(np.max(np.abs(answer - right))))
    every = np.concatenate(gaps)
    return CertaintyGap(float(every.max()), float(every.mean()), max(choices))


def _pushes(game: Game, run: int) -> dict[str, Floats]:
    """The total push on each variable at every profile, with an axis for each country (length 1 if it has no say)."""
    codes = list(game.seats)
    out: dict[str, Floats] = {}
    for k, seat in enumerate(game.seats.values()):
        for variable in sorted(set().union(*seat.push)):
            row = np.asarray([push[variable][run] if variable in push else 0.0 for push in seat.push])
            out[variable] = out.get(variable, np.zeros(())) + _along(k, row, len(codes))
    for meeting in game.meetings:
        (first, move), (second, answer) = meeting.first, meeting.second
        played = np.eye(len(game.seats[first].menu))[move], np.eye(len(game.seats[second].menu))[answer]
        both = _along(codes.index(first), played[0], len(codes)) * _along(codes.index(second), played[1], len(codes))
        for variable, push in meeting.push.items():
            out[variable] = out.get(variable, np.zeros(())) + both * push[run]
    return out


def _along(axis: int, values: Floats, axes: int) -> Floats:
    """A vector laid along one of several axes."""
    return values.reshape([-1 if k == axis else 1 for k in range(axes)])
