"""The named endings: each on a constructed world, the order of the rules, and where the borders lie."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from triangle_sim.outcomes.end_state import ENDINGS, WARM

from .tiny import measure, world

ALLIES = {"CHN_PRK": 0.6, "PRK_CHN": 0.6, "RUS_PRK": 0.6, "PRK_RUS": 0.6, "CHN_RUS": 0.6, "RUS_CHN": 0.6}
COLD = {"CHN_PRK": -0.2, "RUS_PRK": -0.2, "USA_PRK": -0.2}
BALANCED = {"chinese_supply": 0.5, "russian_supply": 0.5}
DEAL = {"us_prk_dialogue": 0.8, "RUS_USA": 0.2, "USA_RUS": 0.2, "RUS_PRK": 0.6, "PRK_RUS": 0.6}

WORLDS: dict[str, dict[str, Any]] = {
    "abandonment": {**COLD, "chinese_supply": 0.2, "russian_supply": 0.1},
    "strongmens_alignment": {**BALANCED, **DEAL},
    "chinese_reassertion": {"chinese_supply": 0.9, "russian_supply": 0.05, "CHN_PRK": 0.5, "PRK_CHN": 0.5},
    "russian_shield": {**BALANCED, "RUS_PRK": 0.6, "PRK_RUS": 0.6, "CHN_PRK": 0.1, "PRK_CHN": 0.1},
    "bloc": {**BALANCED, **ALLIES, "trilateral_cohesion": 0.8},
    "hedging": {**BALANCED, **ALLIES, "trilateral_cohesion": 0.2},
    "unsettled": {**BALANCED},
}


def ending(**levels: Any) -> str:
    return ENDINGS[int(measure("end_state", world(6, **levels))[0])]


def test_every_ending_has_a_world() -> None:
    assert set(WORLDS) == set(ENDINGS)


@pytest.mark.parametrize("name", WORLDS)
def test_constructed_worlds(name: str) -> None:
    assert ending(**WORLDS[name]) == name


def test_several_runs_each_have_their_own() -> None:
    names = list(WORLDS)
    every = sorted({key for levels in WORLDS.values() for key in levels})
    t = world(6, runs=len(names), **{key: np.array([[WORLDS[n].get(key, 0.0) for n in names]] * 7) for key in every})
    assert [ENDINGS[code] for code in measure("end_state", t)] == names


@pytest.mark.parametrize("name", WORLDS)
def test_the_last_year_decides(name: str) -> None:
    """What came before the last four quarters does not count."""
    before = WORLDS["abandonment" if name != "abandonment" else "bloc"]
    every = {*before, *WORLDS[name]}
    levels = {key: [before.get(key, 0.0)] * 3 + [WORLDS[name].get(key, 0.0)] * 4 for key in every}
    assert ending(**levels) == name


def test_abandonment_comes_before_all_others() -> None:
    """Poor supply almost all from China, and a deal on paper: who is left by all three is abandoned."""
    poor = {"chinese_supply": 0.34, "russian_supply": 0.0}
    assert ending(**COLD, **poor) == "abandonment"
    assert ending(**COLD, **poor, us_prk_dialogue=0.9, RUS_USA=0.5, PRK_RUS=0.9) == "abandonment"


def test_a_deal_with_washington_comes_before_reassertion_shield_and_bloc() -> None:
    assert ending(**DEAL, chinese_supply=0.9, russian_supply=0.0) == "strongmens_alignment"
    assert ending(**{**BALANCED, **ALLIES, **DEAL, "trilateral_cohesion": 0.9}) == "strongmens_alignment"


def test_reassertion_comes_before_bloc_and_hedging() -> None:
    """It needs a Moscow that is not warm, so it can meet a bloc in no world, but hedging in some."""
    both_suitors = {"CHN_PRK": 0.5, "RUS_PRK": 0.5, "PRK_RUS": -0.5}
    assert ending(chinese_supply=0.9, russian_supply=0.05, **both_suitors) == "chinese_reassertion"
    assert ending(**BALANCED, **both_suitors) == "hedging"


def test_shield_comes_before_hedging() -> None:
    suitors = {"RUS_PRK": 0.6, "PRK_RUS": 0.6, "CHN_PRK": 0.4, "PRK_CHN": -0.4}
    assert ending(**BALANCED, **suitors) == "russian_shield"
    assert ending(**BALANCED, **suitors, us_prk_dialogue=0.6) == "hedging"


def test_bloc_comes_before_hedging() -> None:
    assert ending(**WORLDS["hedging"]) == "hedging"
    assert ending(**{**WORLDS["hedging"], "trilateral_cohesion": 0.51}) == "bloc"


@pytest.mark.parametrize("tie", ["CHN_PRK", "RUS_PRK", "USA_PRK"])
def test_one_patron_who_is_not_cool_is_no_abandonment(tie: str) -> None:
    low = {"chinese_supply": 0.1, "russian_supply": 0.1}
    assert ending(**{**COLD, **low, tie: 0.0}) == "unsettled"
    assert ending(**{**COLD, **low, tie: -0.001}) == "abandonment"


@pytest.mark.parametrize("supply", ["chinese_supply", "russian_supply"])
def test_supply_at_the_border_is_no_abandonment(supply: str) -> None:
    low = {"chinese_supply": 0.3, "russian_supply": 0.3}
    assert ending(**{**COLD, **low, supply: 0.349}) == "abandonment"
    assert ending(**{**COLD, **low, supply: 0.35}) == "unsettled"


def test_warm_is_more_than_one_coded_point() -> None:
    assert WARM == 0.3
    at, above = ({**BALANCED, "CHN_PRK": 0.5, "USA_PRK": level} for level in (WARM - 1e-9, WARM + 1e-6))
    assert (ending(**at), ending(**above)) == ("unsettled", "hedging")


def test_three_quarters_of_supply_are_not_yet_reassertion() -> None:
    assert ending(chinese_supply=0.75, russian_supply=0.15) == "unsettled", "0.75 / (0.75 + 0.15 + 0.1)"
    assert ending(chinese_supply=0.76, russian_supply=0.15) == "chinese_reassertion"
    cordial = {"PRK_RUS": WARM, "RUS_PRK": WARM}
    assert ending(chinese_supply=0.76, russian_supply=0.15, **cordial) == "chinese_reassertion"


@pytest.mark.parametrize("pair", [("PRK_RUS", "RUS_PRK"), ("CHN_PRK", "PRK_CHN"), ("CHN_RUS", "RUS_CHN")])
def test_a_bloc_needs_more_than_cordial_ties_on_every_side(pair: tuple[str, str]) -> None:
    """At one coded point a tie is not warm yet; which pair it is decides how the story ends instead."""
    cordial = {**BALANCED, **ALLIES, "trilateral_cohesion": 0.8} | dict.fromkeys(pair, WARM)
    other = {"PRK_RUS": "unsettled", "CHN_PRK": "russian_shield", "CHN_RUS": "hedging"}[pair[0]]
    assert ending(**cordial) == other
    assert ending(**{**BALANCED, **ALLIES, "trilateral_cohesion": 0.5}) == "hedging"


def test_talks_at_half_a_deal_are_not_yet_one() -> None:
    assert ending(**{**BALANCED, **DEAL, "us_prk_dialogue": 0.5}) == "russian_shield"
    assert ending(**{**BALANCED, **DEAL, "us_prk_dialogue": 0.51}) == "strongmens_alignment"
    assert ending(**{**BALANCED, **DEAL, "RUS_USA": -0.3}) != "strongmens_alignment"
