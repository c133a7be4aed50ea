"""A game played again from its moves: what was told of it, and what everybody sees before the next quarter's moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from triangle_sim.decision.payoffs import Game as Payoffs
from triangle_sim.model.prepared import Prepared
from triangle_sim.model.quarter import Reasons
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.model.triangle_model import TriangleModel
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.scenario.schema import Scenario
from triangle_sim.story.story import Chapter
from triangle_sim.story.tell import chapter


@dataclass(frozen=True, eq=False)
class Replay:
    """The quarters played, and one that is looked at without being played, unless the horizon is reached.

    ``chapters`` tell the quarters played. ``reasons`` has one entry more: what countries see and how they decide in the
    coming quarter does not depend on the moves they will make in it. ``trajectory`` holds, for that quarter, the moves
    that everybody's own rule would play. ``offers (2 meetings,)`` are those that stand as it begins.
    """

    prepared: Prepared
    payoffs: Payoffs
    trajectory: Trajectory
    reasons: tuple[Reasons, ...]
    chapters: tuple[Chapter, ...]
    offers: NDArray[Any]


def replay(
    scenario: Scenario, seed: int, draw: int, replicate: int, turn: int, told: tuple[Chapter, ...] = ()
) -> Replay:
    """Play a scenario's quarters up to ``turn`` again, and look at the next; ``told`` are chapters known already."""
    model = TriangleModel(scenario, seed=seed, draws=[draw], replicates=[replicate], collect=False)
    reasons, chapters = [], list(told[:turn])
    for q in range(turn):
        before = model.state[:, 0].copy()
        model.step()
        reasons.append(model.reasons)
        if q >= len(told):
            chapters.append(chapter(model, before))
    offers = model.world.offers[:, 0]
    if model.running:
        model.step()
        reasons.append(model.reasons)
    found = [each for each in reasons if each is not None]
    model.close()
    return Replay(model.prepared, model.game, model.trajectory, tuple(found), tuple(chapters), offers)


def ending_of(scenario: Scenario, seed: int, draw: int, replicate: int) -> str:
    """The ending of one history, played to its horizon; empty in a world without the countries endings are about."""
    outcome = OUTCOMES["end_state"]
    if not set(outcome.needs) <= set(scenario.countries):
        return ""
    model = TriangleModel(scenario, seed=seed, draws=[draw], replicates=[replicate], collect=False)
    found = str(outcome.of(model.run_model())[0])
    model.close()
    return found
