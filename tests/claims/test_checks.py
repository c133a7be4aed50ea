"""Every check can be run: its scenarios, what it looks at and how it measures exist and fit each other."""

from __future__ import annotations

import pytest

from triangle_sim.claims import Check, load_claims
from triangle_sim.claims.ledger import ALONE, PAIRED
from triangle_sim.countries import countries
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.resources import list_scenarios
from triangle_sim.scenario.load import load
from triangle_sim.world import variables_of

CHECKS = {claim.id: claim.check for claim in load_claims().values() if claim.check is not None}


@pytest.mark.parametrize(("claim", "check"), CHECKS.items(), ids=list(CHECKS))
def test_a_check_names_what_exists(claim: str, check: Check) -> None:
    assert set(check.contrast) <= set(list_scenarios())
    assert check.direction in (ALONE if len(check.contrast) == 1 else PAIRED)
    if check.variable is not None:
        assert check.variable in variables_of(tuple(countries()))
        assert check.measure in {"mean", "final", "change"}
        return
    assert check.outcome is not None
    outcome = OUTCOMES[check.outcome]
    if outcome.kind in {"truth", "category"}:
        assert check.measure == "share"
    else:
        assert check.measure == "mean" and outcome.kind == "number"
    assert (check.category is not None) == (outcome.kind == "category")
    assert check.category is None or check.category in outcome.categories


@pytest.mark.parametrize(("claim", "check"), CHECKS.items(), ids=list(CHECKS))
def test_a_threshold_lies_where_the_thing_can_be(claim: str, check: Check) -> None:
    if check.threshold is None:
        return
    if check.measure == "share":
        assert 0.0 < check.threshold < 1.0
    elif check.variable is not None:
        variable = variables_of(tuple(countries()))[check.variable]
        if check.measure == "change":
            assert abs(check.threshold) < variable.high - variable.low
        else:
            assert variable.low < check.threshold < variable.high


def test_contrasts_are_paired_unless_they_say_that_they_are_not() -> None:
    """The same world and start in both scenarios, so that a draw and a replicate mean the same in both."""
    for claim, check in CHECKS.items():
        scenarios = [load(name) for name in check.contrast]
        scenarios[0] = scenarios[0].with_(**check.first)
        if len({(scenario.world, str(scenario.start), scenario.quarters) for scenario in scenarios}) > 1:
            assert "not paired" in check.note, claim


def test_enough_is_checked_by_both_articles_lights() -> None:
    assert len(CHECKS) >= 30
    for letter in "AB":
        assert sum(claim.startswith(letter) for claim in CHECKS) >= 10
