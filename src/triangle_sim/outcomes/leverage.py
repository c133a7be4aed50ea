"""Does Pyongyang gain from having two patrons?"""

from __future__ import annotations

from typing import Any

import numpy as np

from triangle_sim.countries.forms import share_of
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.outcomes.registry import first_quarter, mean_over_quarters, outcome
from triangle_sim.triangle.typology import ROLES


def _pivot(t: Trajectory) -> Any:
    """Quarters after the start in which North Korea is the pivot between China and Russia."""
    return t.triangles.roles_of("PRK", "CHN", "RUS")[1:] == ROLES.index("pivot")


def _both(t: Trajectory) -> Any:
    """What both patrons give at once: the smaller of the two supplies, after the start."""
    return np.minimum(t["chinese_supply"][1:], t["russian_supply"][1:])


@outcome(
    unit="share of quarters",
    label="North Korea as pivot",
    question="How often is North Korea the pivot, with two patrons who are at odds?",
    claims=["B9", "B28", "B31", "B39"],
    better="more",
    needs=("CHN", "PRK", "RUS"),
)
def prk_pivot_share(t: Trajectory) -> Any:
    """Dittmer's best role in the China-North Korea-Russia triangle."""
    return mean_over_quarters(_pivot(t))


@outcome(
    unit="quarters from the start",
    label="time to North Korea as pivot",
    question="When does North Korea first become the pivot?",
    claims=["B9", "B28"],
    needs=("CHN", "PRK", "RUS"),
)
def first_pivot_when(t: Trajectory) -> Any:
    """Missing where it never does."""
    return first_quarter(_pivot(t))


@outcome(
    unit="0 .. 1",
    label="support from both patrons",
    question="How much support comes from both patrons at once?",
    claims=["B25", "A8"],
    better="more",
)
def support_from_both(t: Trajectory) -> Any:
    """Mean of the smaller of Chinese and Russian supply."""
    return mean_over_quarters(_both(t))


@outcome(
    unit="difference, -1 .. 1",
    label="gain from playing them off",
    question="Does rivalry between the patrons bring more from both than the same world without it?",
    claims=["B25", "B28", "B31"],
    better="more",
    twin={"sino_russian_rivalry": 0.0},
)
def playoff_success(t: Trajectory) -> Any:
    """Support from both, less what the twin world without any Sino-Russian rivalry gives the same run."""
    return mean_over_quarters(_both(t) - _both(t.twins["sino_russian_rivalry=0"]))


@outcome(
    unit="0 .. 1",
    label="dependence on China",
    question="How much of its outside supply comes from China at the end?",
    claims=["A8", "B2", "B18", "B24"],
    better="less",
)
def dependence_on_china(t: Trajectory) -> Any:
    """China's share of supply over the last year."""
    return mean_over_quarters(share_of(t["chinese_supply"][-4:], t["russian_supply"][-4:]))


@outcome(
    unit="true or false",
    label="both patrons bound to defend it",
    question="Do both patrons end up bound to North Korea's defence?",
    claims=["B6", "B7", "B10"],
    better="more",
)
def bound_by_both(t: Trajectory) -> Any:
    """Both commitments above one half at the end."""
    return (t["chinese_commitment"][-1] > 0.5) & (t["russian_commitment"][-1] > 0.5)


@outcome(
    unit="true or false",
    label="treaties with both patrons",
    question="Does North Korea sign defence treaties with both patrons?",
    claims=["B6", "B8", "B28"],
    better="more",
    needs=("CHN", "PRK", "RUS"),
)
def both_treaties(t: Trajectory) -> Any:
    """A treaty with each at some time."""
    return t.met("chn_prk_treaty").any(axis=0) & t.met("rus_prk_treaty").any(axis=0)
