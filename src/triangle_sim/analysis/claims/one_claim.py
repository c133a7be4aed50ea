"""What else is known of one claim: what the record makes of the sizes that rest on it, and what would be without it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from triangle_sim.analysis.by_draw import HEADLINE
from triangle_sim.analysis.claims.judging import Finding, judge
from triangle_sim.analysis.claims.verdicts import REPLICATES, SEED, Question, column_of, matters
from triangle_sim.analysis.why.terms import terms_of
from triangle_sim.claims import Claim
from triangle_sim.model.prepared import prepared_for
from triangle_sim.montecarlo.sample import sample
from triangle_sim.scenario.load import load
from triangle_sim.scenario.schema import Scenario

POINTS = (np.arange(1000) + 0.5) / 1000


@dataclass(frozen=True)
class Size:
    """A number that rests on a claim, under one theory: mean and standard deviation before and after the fit.

    ``gone`` is the share of the fitted members in which it is nothing, because the record would turn its sign.
    """

    parameter: str
    meaning: str
    theory: str
    prior: float
    prior_sd: float
    fitted: float
    fitted_sd: float
    gone: float

    @property
    def shift(self) -> float:
        """How far the fit moves it away from zero, in standard deviations of its prior; negative is toward zero."""
        if not self.prior_sd:
            return 0.0
        return (self.fitted - self.prior) / self.prior_sd * (-1.0 if self.prior < 0 else 1.0)


def sizes_of(claim: Claim, scenario: Scenario | None = None) -> list[Size]:
    """The fitted sizes that rest on a claim, those that moved most first; none in a scenario without the fit."""
    prepared = prepared_for(scenario or load("baseline"))
    if prepared.fitted is None:
        return []
    out = []
    for theory, table in prepared.tables.items():
        members = prepared.fitted.under(theory)
        for name, values in zip(members.names, members.values, strict=True):
            if name not in table or claim.id not in table[name].sources:
                continue
            before = table[name].draw(POINTS)
            gone = float(np.mean(values == 0)) if 0.0 in (table[name].low, table[name].high) else 0.0
            spread = float(before.std()), float(values.std())
            out.append(
                Size(name, table[name].meaning, theory, float(before.mean()), spread[0], float(values.mean()),
                     spread[1], gone)
            )  # fmt: skip
    most = {name: max(abs(each.shift) for each in out if each.parameter == name) for name in {s.parameter for s in out}}
    return sorted(out, key=lambda each: (-most[each.parameter], each.parameter, each.theory))


@dataclass(frozen=True)
class Without:
    """What a claim's terms add to one outcome: with them less without them, under each theory."""

    scenario: str
    column: str
    findings: tuple[Finding, ...]


def without(claim: Claim, *, draws: int, replicates: int = REPLICATES, seed: int = SEED) -> tuple[list[Without], str]:
    """What is different without a claim's terms, and why nothing can be, where that is so.

    In the first scenario of its check, in what the check looks at; without a check, in the headlines of the baseline,
    those with the largest differences first.
    """
    scenario = Question(claim.id, claim.check).scenarios()[0] if claim.check else load("baseline")
    columns = [column_of(claim.check)] if claim.check else list(HEADLINE)
    terms = terms_of(claim, scenario)
    if not terms.off:
        return [], terms.why_not
    whole, less = (
        sample(scenario, columns, draws=draws, replicates=replicates, seed=seed, off=off) for off in ((), terms.off)
    )
    out = []
    for column in columns:
        found = [
            judge(str(theory), whole.values[column][of], less.values[column][of], "increase", matters(column, scenario))
            for theory in sorted(set(whole.theory.tolist()))
            for of in [whole.theory == theory]
        ]
        out.append(Without(scenario.name, column, tuple(found)))
    return sorted(out, key=lambda each: -max(abs(f.difference.value) / f.matters for f in each.findings)), ""
