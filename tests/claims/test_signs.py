"""The sign of every effect, joint effect and driver is that of the claims it cites, in every draw of either theory.

Sizes are judgements; directions are the claims'. A sign in the ledger is decided from the claim's text. What no cited
claim speaks of is listed here with the reason, and so is what rests on the record or on judgement alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest

from triangle_sim.claims import load_claims
from triangle_sim.countries import JOINT_EFFECTS, countries
from triangle_sim.model.prepared import Prepared
from triangle_sim.scenario.schema import Scenario
from triangle_sim.uncertainty import ParameterTable
from triangle_sim.world import DRIVERS
from triangle_sim.world.start import worlds
from triangle_sim.world.theories import theory_names

CLAIMS = load_claims()

SILENT = {
    "effect.CHN.bind_to_pyongyang.trilateral_cohesion": "+ B4 has the coalition as the bloc's cause, not its answer",
    "effect.RUS.bind_to_pyongyang.trilateral_cohesion": "+ B4 has the coalition as the bloc's cause, not its answer",
    "effect.KOR.court_moscow.goodwill[USA,KOR]": "- A36 is about Moscow and Seoul, not about Washington",
    "effect.PRK.court_beijing.goodwill[RUS,PRK]": "- B25 would rather have each patron give more if both are courted",
    "effect.PRK.ship_arms_to_russia.goodwill[KOR,PRK]": "- A4 and B15 tell of the arms; that others mind is A3",
    "effect.PRK.ship_arms_to_russia.goodwill[USA,PRK]": "- A4 and B15 tell of the arms; that others mind is A3",
    "effect.USA.build_trilateral.peninsula_tension": "- B4 and B37 speak of fronts that harden, not of deterrence",
    "joint.rus_prk_summit.arms_to_russia": "+ A6, B13 and B14 tell of visits; that both sides gain is A7",
    "joint.rus_prk_summit.russian_supply": "+ A6, B13 and B14 tell of visits; that both sides gain is A7",
    "driver.ukraine_war.goodwill[PRK,RUS]": "+ A1 tells that the two line up, B26 why Moscow does; not why Kim does",
    "driver.seoul_market.goodwill[KOR,RUS]": "+ A36 is about Moscow's wish for business; Seoul's is H04",
    "driver.sino_us_stake.goodwill[USA,CHN]": "+ A26 tells what Beijing could lose; Washington's side is our reading",
    "driver.ukraine_war.goodwill[USA,RUS]": "- B29 tells where Moscow stands; Washington's side is facts:dyads",
}
"""Effects that cite claims none of which says which way they go: the model's sign, and what is missing."""

OTHERS = {
    "effect.CHN.engage_seoul.goodwill[KOR,CHN]": "+ H04, H06: the two recognised each other and grew close",
    "effect.CHN.engage_seoul.goodwill[CHN,KOR]": "+ H04, H06: the same",
    "effect.CHN.engage_seoul.goodwill[PRK,CHN]": "- H04, H06: at Pyongyang's cost",
    "effect.CHN.engage_seoul.goodwill[CHN,PRK]": "- H04, H06: at Pyongyang's cost",
    "effect.CHN.engage_seoul.chinese_supply": "- H04: at Pyongyang's cost",
    "effect.CHN.engage_seoul.trilateral_cohesion": "- H04, H06: a Seoul on good terms with Beijing holds back",
    "effect.KOR.engage_beijing.goodwill[CHN,KOR]": "+ H04, H06: the two recognised each other and grew close",
    "effect.KOR.engage_beijing.goodwill[KOR,CHN]": "+ H04, H06: the same",
    "effect.KOR.engage_beijing.trilateral_cohesion": "- H04, H06: a Seoul on good terms with Beijing holds back",
    "effect.KOR.engage_beijing.goodwill[USA,KOR]": "- H04, H06: and Washington minds",
    "joint.chn_rok_rapprochement.goodwill[CHN,KOR]": "+ H04, H06: the two recognised each other and grew close",
    "joint.chn_rok_rapprochement.goodwill[KOR,CHN]": "+ H04, H06: the same",
    "joint.chn_rok_rapprochement.goodwill[PRK,CHN]": "- H04, H06: at Pyongyang's cost",
    "driver.seoul_market.goodwill[CHN,KOR]": "+ H04, H06: a rich South draws Beijing",
    "driver.seoul_market.goodwill[CHN,PRK]": "- H04, H06: away from Pyongyang",
    "driver.seoul_market.goodwill[KOR,CHN]": "+ H04, H06: and is drawn to a large neighbour",
    "driver.seoul_market.goodwill[PRK,RUS]": "- H04: and Pyongyang from both, in kind",
    "driver.seoul_market.goodwill[PRK,CHN]": "- H04, H06: the same",
    "driver.russian_means.russian_supply": "+ H04: a poor Moscow cannot supply",
    "driver.russian_means.goodwill[RUS,PRK]": "+ H04: nor keep a client",
    "driver.russian_means.goodwill[PRK,RUS]": "+ H04: who minds",
    "driver.seoul_engagement.goodwill[KOR,PRK]": "+ H05: an opening warms both",
    "driver.seoul_engagement.goodwill[PRK,KOR]": "+ H05: an opening warms both",
    "driver.seoul_engagement.peninsula_tension": "- H05: and calms",
    "driver.seoul_engagement.us_prk_dialogue": "+ H05: and leads to talks",
    "effect.CHN.bind_to_pyongyang.goodwill[KOR,CHN]": "- H06: Seoul minds help for the North",
    "effect.CHN.support_pyongyang.goodwill[KOR,CHN]": "- H06: Seoul minds help for the North",
    "effect.CHN.tighten_enforcement.goodwill[KOR,CHN]": "+ H06: and welcomes pressure on it",
    "effect.KOR.build_trilateral.goodwill[CHN,KOR]": "- H06: Beijing minds the trilateral",
    "effect.KOR.engage_the_north.goodwill[PRK,KOR]": "+ H05: an opening warms both",
    "effect.KOR.engage_the_north.goodwill[KOR,PRK]": "+ H05: an opening warms both",
    "effect.KOR.engage_the_north.peninsula_tension": "- H05: and calms",
    "effect.KOR.engage_the_north.us_prk_dialogue": "+ H05: and leads to talks",
    "effect.KOR.engage_the_north.trilateral_cohesion": "- H05: which not all allies like",
    "effect.PRK.open_to_seoul.goodwill[PRK,KOR]": "+ H05: an opening warms both",
    "effect.PRK.open_to_seoul.goodwill[KOR,PRK]": "+ H05: an opening warms both",
    "effect.PRK.open_to_seoul.peninsula_tension": "- H05: and calms",
    "effect.PRK.open_to_seoul.us_prk_dialogue": "+ H05: and leads to talks",
    "effect.PRK.open_to_seoul.trilateral_cohesion": "- H05: which not all allies like",
    "joint.inter_korean_summit.goodwill[PRK,KOR]": "+ H05: an opening warms both",
    "joint.inter_korean_summit.goodwill[KOR,PRK]": "+ H05: an opening warms both",
    "joint.inter_korean_summit.peninsula_tension": "- H05: and calms",
    "joint.inter_korean_summit.us_prk_dialogue": "+ H05: and leads to talks",
    "joint.us_prk_summit.goodwill[CHN,PRK]": "+ H07: Beijing courts whom Washington courts",
    "effect.USA.offer_summit.trilateral_cohesion": "- H07: a summit bypasses the allies",
    "driver.us_deal_appetite.trilateral_cohesion": "- H07: and so does an appetite for deals",
    "effect.USA.offer_summit.goodwill[KOR,USA]": "- judgement: Seoul minds deals over its head",
    "effect.USA.deal_with_moscow.goodwill[KOR,USA]": "- judgement: Seoul minds deals over its head",
    "effect.CHN.engage_washington.goodwill[PRK,CHN]": "- judgement: Pyongyang minds deals with its enemy",
    "effect.KOR.deter_the_north.nuclear_missile_capability": "- judgement: defences take from what missiles can do",
    "effect.PRK.test_nuclear_weapon.goodwill[RUS,PRK]": "- judgement: Moscow too minds a nuclear test",
    "effect.USA.apply_pressure.arms_to_russia": "- judgement: shipments are intercepted",
}
"""What rests on patterns of the record, its facts or judgement alone: its sign, and why."""


def effects() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every effect, joint effect and driver by the name of its parameter, with what it cites."""
    for code, country in countries().items():
        for move in country.menu():
            yield from ((f"effect.{code}.{move.name}.{v}", each.claims) for v, each in move.pushes().items())
    for joint in JOINT_EFFECTS:
        yield from ((f"joint.{joint.name}.{v}", each.claims) for v, each in joint.pushes().items())
    yield from ((driver.name, driver.sources) for driver in DRIVERS)


CITED = {name: [claim for claim in cited if claim in CLAIMS] for name, cited in effects()}
WITH_CLAIMS = [name for name, cited in CITED.items() if cited]


@pytest.fixture(scope="module")
def priors() -> dict[str, ParameterTable]:
    """The parameters under each theory, in each starting world."""
    tables = {}
    for theory, world in product(theory_names(), worlds()):
        scenario = Scenario(name="x", theory={theory: 1.0}, world=world, countries=tuple(countries()))
        tables[f"{theory} in {world}"] = Prepared(scenario).tables[theory]
    return tables


def signs(name: str) -> dict[str, str]:
    """What each cited claim that speaks of it says of its sign."""
    return {claim: CLAIMS[claim].signs[name] for claim in CITED[name] if name in CLAIMS[claim].signs}


def goes(table: ParameterTable, name: str) -> str:
    """Which way the prior's median goes."""
    median = table[name].default
    return "+" if median > 0 else "-" if median < 0 else "0"


@pytest.mark.parametrize("name", WITH_CLAIMS)
def test_an_effect_goes_where_its_claims_say(name: str, priors: dict[str, ParameterTable]) -> None:
    said = signs(name)
    assert bool(said) != (name in SILENT), f"{name} cites {CITED[name]}, which say {said}"
    for where, table in priors.items():
        for claim, sign in said.items():
            assert goes(table, name) == sign, f"{claim} says {sign}; {table[name].default:+g} under {where}"


@pytest.mark.parametrize("name", [*SILENT, *OTHERS])
def test_what_no_claim_speaks_of_goes_where_it_is_said_here(name: str, priors: dict[str, ParameterTable]) -> None:
    for where, table in priors.items():
        assert goes(table, name) == (SILENT | OTHERS)[name][0], where


def test_all_that_rests_on_no_claim_is_listed_and_nothing_in_vain() -> None:
    assert set(OTHERS) == set(CITED) - set(WITH_CLAIMS)
    assert set(SILENT) <= set(WITH_CLAIMS)


def test_no_draw_turns_an_effect_round(priors: dict[str, ParameterTable]) -> None:
    """Its size may be nothing, however far out its prior is drawn, but its sign is its claim's."""
    for where, table in priors.items():
        for name in CITED:
            least, usual, most = table[name].draw(np.asarray([1e-6, 0.5, 1 - 1e-6]))
            assert min(least * usual, most * usual) >= 0, f"{name} under {where}: {least:g} .. {most:g}"


def test_signs_are_given_for_what_rests_on_the_claim_alone() -> None:
    for claim in CLAIMS.values():
        for name in claim.signs:
            assert claim.id in CITED.get(name, ()), f"{claim.id} gives a sign to {name}, which does not rest on it"
