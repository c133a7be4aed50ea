"""A small catalogue, so that checks are tested without the model."""

from __future__ import annotations

from triangle_sim.scenario.check.catalogue import Catalogue
from triangle_sim.uncertainty import ParameterTable
from triangle_sim.world import Condition

INFINITY = float("inf")
_SHARE = "0 none .. 1 as high as it can be"
_TIE = "-1 hostile .. 1 friendly"


def quantity(low: float, high: float, unit: str, meaning: str) -> Condition:
    """Anything with a range, a unit and a meaning."""
    return Condition("", meaning, (), low, low, high, unit)


CATALOGUE = Catalogue(
    moves={
        "CHN": ("hold", "support_pyongyang", "tighten_enforcement"),
        "KOR": ("hold", "court_moscow"),
        "PRK": ("hold", "ship_arms_to_russia", "court_moscow", "test_missile", "test_nuclear_weapon"),
        "RUS": ("hold", "transfer_technology"),
        "USA": ("hold", "apply_pressure", "offer_summit"),
    },
    state={
        "goodwill[RUS,PRK]": quantity(-1, 1, _TIE, "how well Russia is disposed to North Korea"),
        "goodwill[CHN,PRK]": quantity(-1, 1, _TIE, "how well China is disposed to North Korea"),
        "us_prk_dialogue": quantity(0, 1, _SHARE, "talks between Washington and Pyongyang"),
        "chinese_supply": quantity(0, 1, _SHARE, "trade and aid from China"),
    },
    environment={
        "ukraine_war": quantity(0, 1, _SHARE, "intensity of the war in Ukraine"),
        "us_deal_appetite": quantity(0, 1, _SHARE, "appetite of the US administration for a deal"),
        "sino_russian_rivalry": quantity(0, 1, _SHARE, "rivalry of Beijing and Moscow"),
    },
    parameters={
        "weight.PRK.supply": quantity(0, INFINITY, "weight", "how much Pyongyang wants supply"),
        "rationality.PRK": quantity(0, 100, "1 / payoff", "how closely it follows payoffs"),
        "start.us_prk_dialogue": quantity(0, 1, _SHARE, "talks at the start"),
        "effect.PRK.court_moscow.goodwill[RUS,PRK]": quantity(-INFINITY, INFINITY, "latent units", "warmth it earns"),
    },
    theories={"chung-2024": ParameterTable(()), "lowy-2023": ParameterTable(())},
    claims=("A4", "A31", "B15"),
    worlds=("1960Q1", "2024Q3"),
    outcomes={"us_prk_summit": (), "nuclear_test": (), "end_state": ("bloc", "russian_shield")},
    meetings=("us_prk_summit", "us_rus_deal"),
    rules=("best_response", "equilibrium", "habit", "quantal", "scripted"),
)
