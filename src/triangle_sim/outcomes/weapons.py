"""Weapons: technology gained, capability, nuclear tests."""

from __future__ import annotations

from typing import Any

from triangle_sim.arrays import ordered_sum
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.outcomes.registry import first_quarter, outcome


@outcome(
    unit="quarters of full flow",
    label="Russian technology gained",
    question="How much Russian weapons technology does North Korea gain?",
    claims=["A28", "B27", "B35"],
    better="more",
)
def technology_gained(t: Trajectory) -> Any:
    """Technology flow added up over the horizon."""
    return ordered_sum(t["technology_to_prk"][1:])


@outcome(
    unit="0 .. 1",
    label="nuclear and missile capability",
    question="How capable are its nuclear and missile forces at the end?",
    claims=["A28", "A34"],
)
def final_capability(t: Trajectory) -> Any:
    """Capability in the last quarter."""
    return t["nuclear_missile_capability"][-1]


@outcome(
    unit="true or false",
    label="nuclear test",
    question="Does North Korea test a nuclear weapon?",
    claims=["A34", "B36"],
    needs=("PRK",),
)
def nuclear_test(t: Trajectory) -> Any:
    """At least one test."""
    return t.played("PRK", "test_nuclear_weapon").any(axis=0)


@outcome(
    unit="quarters from the start",
    label="time to a nuclear test",
    question="When does it first test a nuclear weapon?",
    claims=["A34", "B36"],
    needs=("PRK",),
)
def nuclear_test_when(t: Trajectory) -> Any:
    """Missing where it never does."""
    return first_quarter(t.played("PRK", "test_nuclear_weapon"))
