"""The few functional forms interests are made of; each keeps [0, 1] within [0, 1]."""

from __future__ import annotations

from triangle_sim.arrays import Array


def either(first: Array, second: Array) -> Array:
    """Substitutes: enough from one of two is enough (a noisy "or")."""
    return first + second - first * second


def both(first: Array, second: Array) -> Array:
    """Complements: one without the other is worth little."""
    return first * second


def share_of(first: Array, second: Array) -> Array:
    """The share of ``first`` in both together; the small constant stands for all other sources."""
    return first / (first + second + 0.1)


def matters(condition: Array, value: Array) -> Array:
    """``value`` to the degree a condition holds, and 1/2 (indifferent) to the degree it does not."""
    return 0.5 + condition * (value - 0.5)


def hold_on(tie: Array, commitment: Array) -> Array:
    """A patron's hold on a client, 0 .. 1: half its client's warmth, half what it is bound to."""
    return 0.5 * (0.5 + 0.5 * tie) + 0.5 * commitment


def lead(own: Array, other: Array) -> Array:
    """How far one tie in [-1, 1] is ahead of another: 0 far behind .. 1/2 level .. 1 far ahead."""
    return 0.5 + 0.25 * (own - other)
