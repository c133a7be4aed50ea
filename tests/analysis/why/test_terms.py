"""What a claim stands for: names that exist, what rests on it and no more, and a reason where there is nothing."""

from __future__ import annotations

import pytest

from triangle_sim import load
from triangle_sim.analysis.why.switches import switches
from triangle_sim.analysis.why.terms import idle, terms_of
from triangle_sim.claims import load_claims
from triangle_sim.model.prepared import prepared_for
from triangle_sim.scenario.schema import Scenario

CLAIMS = load_claims()
BASELINE = load("baseline")
TABLE = prepared_for(BASELINE).table


def small(**changes: object) -> Scenario:
    fields = {"name": "x", "quarters": 2, "countries": ["CHN", "PRK"], "sizes": "judgement"}
    return Scenario.model_validate(fields | changes)


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=lambda claim: claim.id)
def test_a_claim_has_terms_that_exist_or_a_reason(claim) -> None:
    terms = terms_of(claim, BASELINE)
    assert set(terms.parameters) <= set(TABLE) and set(terms.events) <= set(BASELINE.events)
    assert bool(terms.off) != bool(terms.why_not)
    assert not [name for name in terms.parameters if name.split(".")[0] not in ("weight", "effect", "joint", "driver")]


def test_of_a_move_only_what_rests_on_the_claim_is_taken() -> None:
    """A38 speaks of what snubbing Beijing does to Washington's interest; other effects of that move rest on others."""
    taken = {name for name in terms_of(CLAIMS["A38"], BASELINE).parameters if name.startswith("effect.")}
    assert taken and all("A38" in TABLE[name].sources for name in taken)
    left = {name for name in TABLE if name.startswith("effect.PRK.snub_beijing.")} - taken
    assert left and not any("A38" in TABLE[name].sources for name in left)


def test_places_that_cannot_be_taken_away_stay() -> None:
    told = {
        "A1": ("start.goodwill[PRK,RUS]", "start.goodwill[RUS,PRK]"),
        "A24": ("rationality.PRK", "foresight.PRK"),
        "B9": ("outcome.support_from_both", "event.sino_soviet_split"),
    }
    for claim, stays in told.items():
        assert terms_of(CLAIMS[claim], BASELINE).stays == stays
    assert "traits" in terms_of(CLAIMS["A24"], BASELINE).why_not
    assert "measured and not put in" in terms_of(CLAIMS["A39"], BASELINE).why_not


def test_what_is_not_in_a_scenario_cannot_be_switched_off_there() -> None:
    terms = terms_of(CLAIMS["A31"], small())
    assert terms.off == () and "not in this scenario" in terms.why_not
    name = "weight.PRK.autonomy_from_one_patron"
    assert terms_of(CLAIMS["B24"], small()).parameters == (name,)
    silent = small(parameters={name: 0.0})
    assert name in idle(prepared_for(silent)) and terms_of(CLAIMS["B24"], silent).off == ()


def test_a_size_that_the_record_gives_is_not_nothing() -> None:
    assert idle(prepared_for(BASELINE)) <= idle(prepared_for(BASELINE.with_(sizes="judgement")))


def test_no_country_is_left_without_a_wish() -> None:
    prepared = prepared_for(small())
    weights = [name for name in prepared.table if name.startswith("weight.PRK.") and name != "weight.PRK.supply"]
    alone = small(parameters=dict.fromkeys(weights, 0.0))
    found = {each.name: each for each in switches(alone)}
    assert found["interest.PRK.supply"].off == () and "without any interest" in found["interest.PRK.supply"].why_not
    assert found["B18"].off == () and found["interest.CHN.no_blame"].off
