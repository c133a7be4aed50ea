"""How many draws it takes until the answer is known well enough: doubled until its interval is narrow.

A rule that stops when an interval happens to be narrow picks intervals that came out too narrow: of 95% intervals
reached so a little less than 95% hold the true value (Anscombe 1953, doi 10.1111/j.2517-6161.1953.tb00121.x). Doubling
looks a few times only, which keeps that small.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from triangle_sim.analysis.answers.against import MOST, answerable
from triangle_sim.analysis.answers.answers import Means, estimate, kind
from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.sample import Sample, sample
from triangle_sim.names import counted
from triangle_sim.scenario.schema import Scenario


@dataclass(frozen=True)
class Step:
    """A design that was tried: the width of the answer's interval by theory, in its unit (points, of a share)."""

    draws: int
    widths: dict[str, float]

    def reaches(self, width: float) -> bool:
        """Whether the interval is narrow enough under every theory."""
        return all(each <= width for each in self.widths.values())


def draws_until(
    width: float,
    scenario: Scenario,
    reference: Scenario | None,
    *,
    draws: int,
    replicates: int,
    seed: int,
    backend: str = "auto",
    tell: Callable[[Step], None] | None = None,
) -> list[Step]:
    """Designs tried, of which the last is to be run: the first whose interval is at most ``width`` wide under every
    theory, or the largest that may be compared. It depends on nothing but the arguments.

    Raises
    ------
    UsageError
        if the scenario has no answers.
    """
    asked = answerable(scenario)
    if not asked:
        help = "let the file say what answers its question, as in answers: [{outcome: us_prk_summit}]"
        raise UsageError(f"--until sharpens the first of a scenario's answers, and {scenario.name} has none", help)
    column = asked[0].column
    played = [each for each in (scenario, reference) if each is not None]
    largest, steps = max(draws, MOST // replicates), list[Step]()
    while not steps or not steps[-1].reaches(width):
        tried = draws if not steps else min(2 * steps[-1].draws, largest)
        if steps and tried == steps[-1].draws:
            break
        how: dict[str, Any] = {"draws": tried, "replicates": replicates, "seed": seed, "backend": backend}
        steps.append(Step(tried, widths(column, [sample(each, [column], **how) for each in played], replicates)))
        if tell is not None:
            tell(steps[-1])
    return steps


def widths(column: str, samples: list[Sample], replicates: int) -> dict[str, float]:
    """Width of the interval of a column by theory: of the difference between two samples, or of the level of one."""
    one, other = samples[0], samples[-1] if len(samples) > 1 else None
    means = Means(one.means(column), other and other.means(column), one.theory, other and other.theory)
    unit = 100 if kind(column) == "share" else 1
    return {name: unit * estimate(column, means, name, replicates).width for name in sorted({*one.theory.tolist()})}


def told(step: Step, names: Callable[[str], str], unit: str = "") -> str:
    """A step in words."""
    known = {names(name): f"{width:.3g}" for name, width in step.widths.items() if not math.isnan(width)}
    unknown = [f"unknown under {names(name)}" for name, width in step.widths.items() if math.isnan(width)]
    wide = [f"{width}{f' {unit}' * (unit != '' and not at)}{' wide' * (not at)} under {name}"
            for at, (name, width) in enumerate(known.items())]  # fmt: skip
    return f"{counted(step.draws, 'draw')}: the interval is {', '.join([*wide, *unknown])}"
