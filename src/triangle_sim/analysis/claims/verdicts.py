"""The ledger runs: what simulation says of each claim that has a check, under each theory.

Both scenarios of a check are played on the same worlds; a scenario is played once for all checks that look at it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from triangle_sim.analysis.claims.judging import Finding, corrected, judge, together
from triangle_sim.analysis.intervals import Estimate
from triangle_sim.claims import Check, load_claims
from triangle_sim.montecarlo.sample import Sample, sample
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.scenario.load import load
from triangle_sim.scenario.schema import Scenario
from triangle_sim.world import variables_of

DRAWS, REPLICATES, SEED = 2000, 16, 1
"""The design of `claims --check`: half of the draws under each theory."""

MATTERS = 0.01
"""The smallest effect that matters, as a share of the range that an outcome or a variable can have: a point of a share,
0.02 of a tie, a twentieth of a year's full flow of technology over five years. Judgement."""

_RANGE = re.compile(r"(-?\d+) \.\. (\d+)")


@dataclass(frozen=True)
class Verdict:
    """What a check found: ``findings`` one a theory, ``sure`` those that stay after correction for all checks that were
    run together, in the same order."""

    id: str
    check: Check
    findings: tuple[Finding, ...]
    sure: tuple[bool, ...] = ()

    @property
    def overall(self) -> str:
        """The theories' verdict where they agree; else it depends on the theory, unless one is not settled."""
        return together([finding.verdict for finding in self.findings])


@dataclass(frozen=True)
class Question:
    """A check, and changes of both its scenarios one upon the other, in the keys of scenario files."""

    id: str
    check: Check
    both: tuple[Mapping[str, Any], ...] = ()

    def scenarios(self) -> tuple[Scenario, ...]:
        """One or two scenarios, ready to play."""
        each = [load(name) for name in self.check.contrast]
        for changes in filter(None, self.both):
            each = [scenario.with_(**changes) for scenario in each]
        return (each[0].with_(**self.check.first), *each[1:]) if self.check.first else tuple(each)


def questions(only: Iterable[str] | None = None) -> list[Question]:
    """The checks of the ledger, of some claims or of all."""
    wanted = None if only is None else set(only)
    return [
        Question(claim.id, claim.check)
        for claim in load_claims().values()
        if claim.check is not None and (wanted is None or claim.id in wanted)
    ]


def verdicts(
    asked: Iterable[Question],
    *,
    draws: int = DRAWS,
    replicates: int = REPLICATES,
    seed: int = SEED,
    tell: Callable[[int, int], None] | None = None,
    backend: str = "auto",
) -> list[Verdict]:
    """Play what the questions ask for, each scenario once, and judge them.

    Parameters
    ----------
    tell
        called with the futures played and those to play in all.
    """
    asked = list(asked)
    scenarios = [question.scenarios() for question in asked]
    wanted: dict[str, tuple[Scenario, dict[str, None]]] = {}
    for question, several in zip(asked, scenarios, strict=True):
        for scenario in several:
            _, columns = wanted.setdefault(scenario.content_hash(), (scenario, {}))
            columns[column_of(question.check)] = None
    played: dict[str, Sample] = {}
    for key, (scenario, columns) in wanted.items():
        played[key] = sample(scenario, columns, draws=draws, replicates=replicates, seed=seed, backend=backend)
        if tell is not None:
            tell(len(played) * draws * replicates, len(wanted) * draws * replicates)
    found = [
        Verdict(question.id, question.check, findings(question.check, several, played))
        for question, several in zip(asked, scenarios, strict=True)
    ]
    return _with_correction(found)


def findings(check: Check, scenarios: tuple[Scenario, ...], played: Mapping[str, Sample]) -> tuple[Finding, ...]:
    """What a check finds under each theory, from samples by the content of their scenarios."""
    samples = [played[scenario.content_hash()] for scenario in scenarios]
    theory, column = samples[0].theory, column_of(check)
    small = matters(column, scenarios[0])
    out = []
    for name in sorted(set(theory.tolist())):
        of = theory == name
        against = check.threshold if check.threshold is not None else samples[1].values[column][of]
        first = samples[0].values[column][of]
        out.append(judge(str(name), first, against, check.direction, small, share=check.measure == "share"))
    return tuple(out)


def column_of(check: Check) -> str:
    """The column of a sample that a check looks at."""
    if check.variable is not None:
        return f"{check.measure} {check.variable}"
    return f"{check.outcome}={check.category}" if check.category else str(check.outcome)


def matters(column: str, scenario: Scenario) -> float:
    """The smallest effect that matters, in the unit of a column of a sample."""
    variables = variables_of(tuple(scenario.countries))
    variable = variables.get(column.partition(" ")[2])
    if variable is not None:
        return MATTERS * (variable.high - variable.low)
    unit = OUTCOMES[column.partition("=")[0]].unit
    if given := _RANGE.search(unit):
        return MATTERS * (int(given[2]) - int(given[1]))
    return MATTERS * (scenario.quarters if unit.startswith("quarters") else 1)


def as_data(verdict: Verdict) -> dict[str, Any]:
    """A verdict as JSON can hold it."""
    looks = [{**asdict(each), "sure": sure} for each, sure in zip(verdict.findings, verdict.sure, strict=True)]
    return {"id": verdict.id, "overall": verdict.overall, "looks": looks}


def from_data(data: Mapping[str, Any], check: Check) -> Verdict:
    """A verdict from what :func:`as_data` made of it."""
    findings = []
    for look in data["looks"]:
        given: dict[str, Any] = {key: float("nan") if value is None else value for key, value in look.items()}
        del given["sure"]
        findings.append(Finding(**{**given, "difference": Estimate(**look["difference"])}))
    return Verdict(data["id"], check, tuple(findings), tuple(look["sure"] for look in data["looks"]))


def _with_correction(found: list[Verdict]) -> list[Verdict]:
    ps = iter(corrected([finding.p for each in found for finding in each.findings]))
    return [
        Verdict(each.id, each.check, each.findings, tuple(bool(np.less(next(ps), 0.05)) for _ in each.findings))
        for each in found
    ]
