"""The smallest change of scores that takes an outcome across a level.

Parameters are standard normal scores of their priors: how far one must be moved is told in prior standard deviations,
and of all changes that do it the shortest is sought, as in first-order reliability analysis (Hasofer & Lind 1974, J.
Eng. Mech. 100: 111-121). The direction is the outcome's gradient, from small random moves of all parameters at once and
their opposites on the same luck (Spall 1992, IEEE Trans. Autom. Control 37: 332-341); the distance is found by playing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

Level = Callable[[Floats], float]
"""From a shift of all scores ``(parameters,)`` to the outcome's mean over draws, with the same luck every time."""
Rows = Callable[[Floats, int], Floats]
"""From shifts ``(parameters, rows)`` and the number of the luck to the mean of each row's futures ``(rows,)``."""

FAR = 4.0
"""Standard deviations beyond which no change is sought."""
CLOSE = 0.03
"""Standard deviations to which a distance is found."""
STEP = 0.5
"""Size of the random moves, in standard deviations of each score."""
CANDIDATES = 6
"""Parameters that are tried alone and together."""


@dataclass(frozen=True, eq=False)
class Move:
    """A shift ``(parameters,)`` and the level it was played to reach; ``crosses`` if it is as was asked."""

    shift: Floats
    level: float
    crosses: bool

    @property
    def distance(self) -> float:
        """Its length in prior standard deviations."""
        return float(np.linalg.norm(self.shift))


def gradient(rows: Rows, parameters: int, draws: int, rounds: int, seed: int) -> tuple[Floats, Floats]:
    """The mean change of the outcome as each score rises by one, and its standard error ``(parameters,)``.

    In each of ``rounds`` every draw is moved one way and the other.
    """
    rng = np.random.default_rng(seed)
    parts = []
    for number in range(rounds):
        moves = rng.choice([-1.0, 1.0], (parameters, draws))
        apart = (rows(STEP * moves, number) - rows(-STEP * moves, number)) / (2.0 * STEP)
        parts.append(apart * moves)
    each = np.concatenate(parts, axis=1)
    return each.mean(axis=1), each.std(axis=1, ddof=1) / np.sqrt(each.shape[1])


def shortest(level: Level, direction: Floats, sign: int, goal: float, within: float = FAR) -> Move:
    """How far along a unit ``direction`` the level crosses the goal: the shortest shift, or the longest without it."""

    def over(value: float) -> bool:
        return sign * (value - goal) > 0

    far = level(within * direction)
    if not over(far):
        return Move(within * direction, far, False)
    low, high, reached = 0.0, within, far
    while high - low > CLOSE:
        middle = (low + high) / 2
        value = level(middle * direction)
        low, high, reached = (low, middle, value) if over(value) else (middle, high, reached)
    return Move(high * direction, reached, True)


def slope_at(level: Level, shift: Floats, chosen: NDArray[np.intp]) -> Floats:
    """The gradient in some scores where a shift leads, by differences on the same luck; nothing in the others."""
    slope = np.zeros_like(shift)
    for k in chosen:
        step = np.zeros_like(shift)
        step[k] = STEP / 2
        slope[k] = (level(shift + step) - level(shift - step)) / STEP
    return slope


def best_of(level: Level, slope: Floats, error: Floats, sign: int, goal: float) -> list[Move]:
    """The shortest changes of one, of two, of three parameters, and of all that stand clear of chance.

    More parameters are listed only where they need a shorter way than fewer, or come nearer.
    """
    order = np.argsort(-np.abs(slope), kind="stable")[:CANDIDATES]

    def along(direction: Floats, chosen: NDArray[np.intp], best: Move | None) -> Move | None:
        within = best.distance if best is not None and best.crosses else FAR
        move = shortest(level, _unit(direction, chosen, sign), sign, goal, within)
        return move if best is None or _better(move, best, sign) else best

    one: Move | None = None
    for k in order:
        one = along(slope, np.asarray([k]), one)
    two: Move | None = one
    for pair in sorted(combinations(order, 2), key=lambda pair: -float(np.linalg.norm(slope[list(pair)])))[:5]:
        two = along(slope, np.asarray(pair), two)
    assert one is not None and two is not None  # there is a parameter
    local = slope_at(level, two.shift, order)
    held = np.flatnonzero(two.shift)
    two = along(local, held, two)
    three = along(slope, order[:3], two)
    others = [k for k in order if k not in held]
    if others:
        three = along(local, np.append(held, max(others, key=lambda k: abs(local[k]))), three)
    found = [move for k, move in enumerate((one, two, three)) if move is not None and move not in (one, two)[:k]]
    clear = np.flatnonzero(np.abs(slope) > 3.0 * error)
    if clear.size > 3:
        found.append(shortest(level, _unit(slope, clear, sign), sign, goal))
    return found


def _better(move: Move, than: Move, sign: int) -> bool:
    """Whether a move gets there, or nearer, or shorter."""
    if move.crosses and than.crosses:
        return move.distance < than.distance
    return (move.crosses, sign * move.level) > (than.crosses, sign * than.level)


def _unit(slope: Floats, chosen: NDArray[np.intp], sign: int) -> Floats:
    out = np.zeros_like(slope)
    out[chosen] = sign * slope[chosen]
    return out / max(float(np.linalg.norm(out)), 1e-300)
