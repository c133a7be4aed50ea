"""The few functional forms interests are made of; each keeps [0, 1] within [0, 1].

Numbers that have to be judged are arguments, declared by the interest that uses them (see ``interest.number``).
"""

from __future__ import annotations

from triangle_sim.arrays import Array

OTHER_SOURCES = 0.1
"""Supply from all but China and Russia, on the scale of theirs: a judgement, and part of how dependence is defined."""


def warmth(tie: Array) -> Array:
    """A tie in [-1, 1] on the scale 0 (hostile) .. 0.5 (neutral) .. 1 (allied)."""
    return 0.5 + 0.5 * tie


def either(first: Array, second: Array) -> Array:
    """Substitutes: enough from one of two is enough (a noisy "or")."""
    return first + second - first * second


def both(first: Array, second: Array) -> Array:
    """Complements: one without the other is worth little."""
    return first * second


def blend(first: Array, second: Array, share: Array) -> Array:
    """A weighted mean: ``first`` with its share, ``second`` with the rest."""
    return share * first + (1.0 - share) * second


def half_each(first: Array, second: Array) -> Array:
    """The plain mean of two."""
    return 0.5 * (first + second)


def share_of(first: Array, second: Array, others: Array = OTHER_SOURCES) -> Array:
    """The share of ``first`` in both together and all other sources."""
    return first / (first + second + others)


def matters(condition: Array, value: Array) -> Array:
    """``value`` to the degree a condition holds, and 1/2 (indifferent) to the degree it does not."""
    return 0.5 + condition * (value - 0.5)


def hold_on(tie: Array, commitment: Array) -> Array:
    """A patron's hold on a client, 0 .. 1: half its client's warmth, half what it is bound to."""
    return half_each(warmth(tie), commitment)


def lead(own: Array, other: Array) -> Array:
    """How far one tie in [-1, 1] is ahead of another: 0 far behind .. 1/2 level .. 1 far ahead."""
    return 0.5 + 0.25 * (own - other)


def ahead_of(own: Array, other: Array) -> Array:
    """The same for two levels in [0, 1]."""
    return 0.5 + 0.5 * (own - other)
