"""Where a game stands before the moves of a quarter: levels, ties, offers, the triangle and everybody's role in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from triangle_sim.seat.replay import Replay
from triangle_sim.triangle.ties import ties
from triangle_sim.triangle.typology import ROLES, TYPES

TRIAD = ("CHN", "PRK", "RUS")


@dataclass(frozen=True)
class Tie:
    """A mutual tie: its level in [-1, 1] and its sign, 0 where it is neither good nor bad."""

    first: str
    second: str
    level: float
    sign: int


@dataclass(frozen=True)
class Offer:
    """A move of the quarter before that still waits for its answer: whoever plays ``answer`` now makes the meeting.

    ``barred`` where something keeps the two sides apart in this quarter, as a closed border does.
    """

    by: str
    move: str
    to: str
    answer: str
    meeting: str
    says: str
    barred: bool


@dataclass(frozen=True)
class Situation:
    """The world as all see it before they move in a quarter.

    ``events`` are the titles of those that begin in it. ``levels`` are the state variables as the quarter before left
    them, ``conditions`` those of this quarter, ``ties`` all mutual ties; ``triangle`` is the type of the
    China-North Korea-Russia triangle and ``roles`` says who plays which part in it (empty without the three). After
    the horizon ``over`` is true and conditions are those of the last quarter.
    """

    quarter: str
    turn: int
    left: int
    over: bool
    events: tuple[str, ...]
    levels: Mapping[str, float]
    conditions: Mapping[str, float]
    ties: tuple[Tie, ...]
    offers: tuple[Offer, ...]
    triangle: str
    roles: Mapping[str, str]


def situation_of(played: Replay, turn: int) -> Situation:
    """How things stand after ``turn`` quarters."""
    prepared, t = played.prepared, played.trajectory
    quarters = prepared.scenario.quarters
    over = turn == quarters
    seen = turn - over  # the last quarter whose conditions are known
    past = replace(t, state=t.state[: turn + 1])  # `t` would keep what it has of quarters to come
    begun = [] if over else [name for k, name in enumerate(prepared.clock.names) if t.begins[turn, k, 0]]
    signs = past.triangles.signs[turn, :, 0]
    together = set(TRIAD) <= set(prepared.codes)
    others = {code: [each for each in TRIAD if each != code] for code in TRIAD}
    history = past.triangles
    return Situation(
        prepared.quarters[turn],
        turn,
        quarters - turn,
        over,
        tuple(prepared.scenario.events[name].title or name for name in begun),
        dict(zip(prepared.variables, t.state[turn, :, 0].tolist(), strict=True)),
        dict(zip(prepared.conditions, t.environment[seen, :, 0].tolist(), strict=True)),
        tuple(
            Tie(first, second, float(level), int(sign))
            for (first, second), level, sign in zip(ties(prepared.codes), past.mutual[turn, :, 0], signs, strict=True)
        ),
        _offers(played, over),
        TYPES[history.types_of(*TRIAD)[turn, 0]] if together else "",
        {code: ROLES[history.roles_of(code, *others[code])[turn, 0]] for code in TRIAD} if together else {},
    )


def _offers(played: Replay, over: bool) -> tuple[Offer, ...]:
    """The offers that stand, each with the answer it waits for."""
    out = []
    for k, joint in enumerate(played.prepared.joint_effects):
        free = over or bool(played.payoffs.free(k, played.reasons[-1].seen))
        for side, (mine, theirs) in enumerate(((joint.first, joint.second), (joint.second, joint.first))):
            if played.offers[2 * k + side]:
                out.append(Offer(*mine, *theirs, joint.name, joint.says, not free))
    return tuple(out)
