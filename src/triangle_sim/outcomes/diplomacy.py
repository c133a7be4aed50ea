"""Diplomacy: Washington and Pyongyang, Seoul and Moscow."""

from __future__ import annotations

from typing import Any

from triangle_sim.model.trajectory import Trajectory
from triangle_sim.outcomes.registry import first_quarter, mean_over_quarters, outcome


@outcome(
    unit="true or false",
    label="Kim meets the US president",
    question="Do Kim and the US president meet?",
    claims=["A30", "A32", "A33"],
    better="more",
    needs=("PRK", "USA"),
)
def us_prk_summit(t: Trajectory) -> Any:
    """At least one summit."""
    return t.met("us_prk_summit").any(axis=0)


@outcome(
    unit="quarters from the start",
    label="time to their first summit",
    question="When do Kim and the US president first meet?",
    claims=["A30", "A33"],
    needs=("PRK", "USA"),
)
def us_prk_summit_when(t: Trajectory) -> Any:
    """Missing where they never do."""
    return first_quarter(t.met("us_prk_summit"))


@outcome(
    unit="change, -1 .. 1",
    label="gain in Seoul-Moscow business",
    question="Does economic cooperation between South Korea and Russia recover?",
    claims=["A36"],
    better="less",
)
def rok_rus_cooperation_gain(t: Trajectory) -> Any:
    """Cooperation over the last year, less the start."""
    return mean_over_quarters(t["rok_russia_cooperation"][-4:]) - t["rok_russia_cooperation"][0]


@outcome(
    unit="true or false",
    label="Seoul and Moscow on good terms",
    question="Are Seoul and Moscow on good terms in the last year?",
    claims=["A36", "A37"],
    better="less",
    needs=("KOR", "RUS"),
)
def rok_rus_normalised(t: Trajectory) -> Any:
    """The mean tie between them is positive over the last year."""
    both = t["goodwill[KOR,RUS]"][-4:] + t["goodwill[RUS,KOR]"][-4:]
    return mean_over_quarters(both) > 0
