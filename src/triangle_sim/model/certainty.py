"""How far certainty equivalence is from the expectation over all profiles of moves.

The model values a move at the *expected* state. The expectation of its value is a sum over all profiles of what the
others may do: some thousands, too many for every quarter of every run, few enough to check one. At a pure profile the
state is certain, so there the two notions agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from triangle_sim.decision.choose import one_hot
from triangle_sim.decision.payoffs import Observation
from triangle_sim.decision.rules.quantal import logit
from triangle_sim.model.triangle_model import TriangleModel
from triangle_sim.world.views import View

Floats = NDArray[np.float64]


class CertaintyGap(NamedTuple):
    """How far payoffs at the expected state are from expected payoffs.

    ``largest`` and ``mean`` are absolute differences in payoff units over all available moves of all countries;
    ``choice`` is the largest difference it makes to a probability of a logit answer.
    """

    largest: float
    mean: float
    choice: float


def profile_payoffs(model: TriangleModel, run: int = 0) -> dict[str, Floats]:
    """The payoff of each country at every profile of moves, in the quarter just simulated.

    Parameters
    ----------
    model
        a model after at least one step.
    run
        which run of its block.

    Returns
    -------
    dict
        an array ``(*menus)`` for each country, an axis a country in the order of their codes, moves in that of their
        menus; minus infinity where the country's own move is disabled.
    """
    assert model.reasons is not None, "the model has not been stepped"
    latent, rest, _, offers = model.reasons.seen
    menus = {code: len(player.menu) for code, player in model.game.players.items()}
    out = {}
    for code in menus:
        shape = [1 if other == code else size for other, size in menus.items()]
        profiles = np.indices(shape).reshape(len(shape), -1)

        def repeated(level: Floats, count: int = profiles.shape[1]) -> Floats:
            return np.repeat(level[..., [run]], count, axis=-1)

        game = model.prepared.game({name: repeated(value) for name, value in model.runs.values.items()})
        env = View(dict(zip(model.prepared.conditions, repeated(model.environment), strict=True)))
        mixes = {other: one_hot(move, np.zeros((menus[other], 1))) for other, move in zip(menus, profiles, strict=True)}
        seen = Observation(repeated(latent), repeated(rest), env, repeated(offers))
        payoffs = game.payoffs(code, mixes, game.pushes(mixes, seen), seen)
        own = list(menus).index(code)
        out[code] = np.moveaxis(payoffs.reshape(menus[code], *shape), 0, own + 1).squeeze(axis=own)
    return out


def expected_payoffs(profiles: Mapping[str, Floats], mixes: Mapping[str, Floats]) -> dict[str, Floats]:
    """The expected payoff ``(moves,)`` of each move of each country, summed over all profiles of the others' moves.

    ``profiles`` come from :func:`profile_payoffs`, ``mixes`` are ``(moves,)`` by country.
    """
    out = {}
    for k, code in enumerate(profiles):
        values = np.moveaxis(profiles[code], k, 0)
        possible = np.isfinite(values.reshape(len(values), -1)).all(axis=1)
        values = np.where(possible.reshape(-1, *[1] * (values.ndim - 1)), values, 0.0)
        for other in reversed([each for each in profiles if each != code]):
            values = values @ np.asarray(mixes[other])
        out[code] = np.where(possible, values, -np.inf)
    return out


def certainty_gap(model: TriangleModel, mixes: Mapping[str, Floats] | None = None, run: int = 0) -> CertaintyGap:
    """How far the model's payoffs are from the expectation over profiles, in one run of the quarter just simulated.

    ``mixes`` are ``(moves, runs)`` by country; by default those that were played.
    """
    assert model.reasons is not None, "the model has not been stepped"
    played = model.reasons.decision.mixes if mixes is None else mixes
    expected = expected_payoffs(profile_payoffs(model, run), {code: mix[:, run] for code, mix in played.items()})
    pushes = model.game.pushes(played, model.reasons.seen)
    gaps: list[Floats] = []
    choices: list[float] = []
    for code, player in model.game.players.items():
        certain = model.game.payoffs(code, played, pushes, model.reasons.seen)[player.available, run]
        exactly = expected[code][player.available]
        gaps.append(np.abs(certain - exactly))
        answers = [logit(payoffs, player.rationality[run]) for payoffs in (certain, exactly)]
        choices.append(float(np.max(np.abs(answers[0] - answers[1]))))
    every = np.concatenate(gaps)
    return CertaintyGap(float(every.max()), float(every.mean()), max(choices))
