"""A small catalogue, so that the lint is tested without the model."""

from __future__ import annotations

from triangle_sim.scenario.check.catalogue import Catalogue, Quantity

_UNIT = "0 none .. 1 as high as it can be"

CATALOGUE = Catalogue(
    moves={
        "CHN": ("hold", "support_pyongyang", "tighten_enforcement"),
        "KOR": ("hold", "court_moscow"),
        "PRK": ("hold", "ship_arms_to_russia", "court_moscow", "test_missile", "test_nuclear_weapon"),
        "RUS": ("hold", "transfer_technology"),
        "USA": ("hold", "apply_pressure", "offer_summit"),
    },
    state={
        "goodwill[RUS,PRK]": Quantity(-1, 1, "-1 hostile .. 1 friendly", "how well Russia is disposed to North Korea"),
        "goodwill[CHN,PRK]": Quantity(-1, 1, "-1 hostile .. 1 friendly", "how well China is disposed to North Korea"),
        "us_prk_dialogue": Quantity(0, 1, _UNIT, "talks between Washington and Pyongyang"),
        "chinese_supply": Quantity(0, 1, _UNIT, "trade and aid from China"),
    },
    environment={
        "ukraine_war": Quantity(0, 1, _UNIT, "intensity of the war in Ukraine"),
        "us_deal_appetite": Quantity(0, 1, _UNIT, "appetite of the US administration for a deal"),
        "sino_russian_rivalry": Quantity(0, 1, _UNIT, "rivalry of Beijing and Moscow"),
    },
    parameters={
        "weight.PRK.supply": Quantity(0, None, "weight", "how much Pyongyang wants supply", 0.2),
        "rationality.PRK": Quantity(0, 100, "1 / payoff", "how closely it follows payoffs", 10.0),
        "start.us_prk_dialogue": Quantity(0, 1, _UNIT, "talks at the start", 0.1),
        "effect.PRK.court_moscow.goodwill[RUS,PRK]": Quantity(None, None, "latent units", "warmth it earns", 0.1),
    },
    claims=("A4", "A31", "B15"),
    theories=("chung-2024", "lowy-2023"),
    worlds=("1960Q1", "2024Q3"),
    rules=("best_response", "equilibrium", "habit", "quantal", "scripted"),
)
