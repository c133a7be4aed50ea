"""Scenarios that between them use every part of the model; sizes are large so that each part shows."""

from typing import Any

from triangle_sim.scenario.schema import Scenario

EVENTS: dict[str, Any] = {
    "dated": {"when": "2025Q1", "effects": {"ukraine_war": -0.5, "goodwill[RUS,USA]": 0.4}, "duration": 3},
    "in_a_window": {
        "window": ["2024Q4", "2026Q1"],
        "effects": {"seoul_market": 0.6},
        "shock": {"goodwill[RUS,KOR]": 0.5},
    },
    "sometimes": {
        "hazard": 0.3,
        "from": "2024Q4",
        "until": "2025Q4",
        "effects": {"russian_means": -0.9},
        "duration": 2,
    },
    "never_in_time": {"when": "2040Q1", "shock": {"peninsula_tension": 1.0}},
    "unlikely": {"hazard": 0.4, "probability": 0.5, "effects": {"us_deal_appetite": 0.7}},
    "after_quiet_times": {
        "condition": [
            {"variable": "peninsula_tension", "below": 0.9, "for": 3},
            {"variable": "ukraine_war", "above": 0.05, "below": 0.99, "for": 2},
        ],
        "effects": {"chinese_supply": -0.4, "sino_us_stake": 0.3},
        "shock": {"us_prk_dialogue": 0.3, "goodwill[PRK,CHN]": -0.3},
        "duration": 4,
    },
    "answer_to_supply": {
        "condition": [{"variable": "chinese_supply", "below": 0.5}],
        "hazard": 0.5,
        "from": "2025Q2",
        "effects": {"sino_russian_rivalry": 0.8},
    },
    "election_a": {"when": "2024Q4", "probability": 0.4, "group": "election", "effects": {"us_russia_opening": 0.9}},
    "election_b": {
        "window": ["2024Q4", "2025Q2"],
        "probability": 0.35,
        "group": "election",
        "shock": {"goodwill[USA,CHN]": 0.6},
    },
    "election_c": {"hazard": 0.9, "probability": 0.2, "group": "election", "effects": {"us_deal_appetite": -0.8}},
}

PRIORS: dict[str, Any] = {
    "rationality.PRK": {"dist": "gamma", "a": 4.0, "scale": 15.0},
    "foresight.CHN": {"dist": "triang", "low": 1.0, "mode": 1.0, "high": 6.0},
    "memory.USA": {"dist": "beta", "a": 2.0, "b": 3.0},
    "weight.PRK.supply": {"dist": "beta", "a": 2.0, "b": 2.0, "loc": 0.1, "scale": 0.5},
    "weight.RUS.purse": {"dist": "uniform", "loc": 0.0, "scale": 0.4},
    "weight.KOR.deterrence": {"dist": "norm", "loc": 0.05, "scale": 0.2},
    "start.us_prk_dialogue": {"dist": "truncnorm", "loc": 0.9, "scale": 0.3, "low": 0.2, "high": 1.0},
    "form.PRK.supply.chinese": {"dist": "uniform", "loc": 0.3, "scale": 0.6},
    "form.KOR.deterrence.arsenal": {"dist": "beta", "a": 2.0, "b": 2.0},
    "form.RUS.seoul_business.war": 0.2,
    "cost.PRK.test_missile": {"dist": "lognorm", "s": 0.5, "scale": 0.05},
    "noise.goodwill[PRK,CHN]": 0.2,
    "rate.peninsula_tension": 0.9,
    "rest.arms_to_russia": 1.0,
}


def rules(default: str, depth: int = 2, **own: dict[str, Any]) -> dict[str, Any]:
    """A default rule and those of single countries."""
    return {"default": {"rule": default, "depth": depth}, **own}


GROUPS = {"election": "who wins", "either": "one of two"}


def scenario(name: str, **fields: Any) -> Scenario:
    """A scenario as data, through the schema."""
    base = {"name": name, "quarters": 8, "seed": 11, "groups": GROUPS, "sizes": "judgement"}
    return Scenario.model_validate({**base, **fields})


SCRIPTS = {
    "PRK": {"rule": "scripted", "script": ["test_missile", "court_moscow", "open_to_washington"], "then": "repeat"},
    "USA": {
        "rule": "scripted",
        "script": ["offer_summit", "offer_summit"],
        "then": "choose",
        "depth": 3,
    },
    "RUS": {"rule": "scripted", "script": ["court_pyongyang", "bind_to_pyongyang"], "then": "hold", "depth": 0},
}

MIXED = {
    "CHN": {"rule": "best_response", "depth": 3},
    "KOR": {"rule": "quantal", "depth": 0},
    "PRK": {"rule": "quantal", "depth": 1},
    "RUS": {"rule": "habit", "inertia": 0.5, "depth": 1},
    "USA": {"rule": "scripted", "script": ["build_trilateral", "offer_summit"]},
}

DISABLED = {"PRK": ["test_nuclear_weapon", "court_beijing"], "USA": ["hold"], "RUS": ["bind_to_pyongyang"]}

SETTINGS = {
    "environment": {"us_deal_appetite": 0.9},
    "state": {"goodwill[PRK,CHN]": -0.5},
    "parameters": {"rationality.PRK": 90.0, "weight.CHN.discipline": 0.0},
}

DAMPED = {"rule": "equilibrium", "damping": 0.7}

COURTED = {
    "CHN": {"rule": "scripted", "script": ["hold", "court_pyongyang", "hold", "hold"], "then": "repeat"},
    "KOR": {"rule": "scripted", "script": ["engage_the_north", "hold", "hold"], "then": "repeat"},
    "PRK": {"rule": "scripted", "script": [*["court_beijing", "hold"] * 2, "open_to_seoul"], "then": "repeat"},
}
"""Offers that are answered at once, a quarter later, and too late."""

BORDER: dict[str, Any] = {
    "shut": {"when": "2025Q2", "effects": {"border_closed": 1.0}, "duration": 2},
    "ajar": {"when": "2025Q4", "effects": {"border_closed": 0.7}, "duration": 2},
    "nearly_open": {"when": "2026Q2", "effects": {"border_closed": 0.3}},
}

SPLIT = {"split": {"hazard": 0.3, "effects": {"sino_russian_rivalry": 0.7}}}

WORLDS: dict[str, Scenario] = {
    each.name: each
    for each in (
        scenario("plain", quarters=12),
        *(scenario(f"depth {k}", decision=rules("quantal", k)) for k in (0, 1, 3)),
        *(scenario(f"best response {k}", decision=rules("best_response", k)) for k in (1, 2)),
        scenario("habit", decision=rules("habit", 2), moves={"disable": DISABLED}),
        scenario("scripted", decision=rules("quantal", 2, **SCRIPTS)),
        scenario("every rule at once", decision=MIXED, events=EVENTS),
        scenario("equilibrium", quarters=3, decision=rules("equilibrium")),
        scenario(
            "equilibrium of two",
            quarters=3,
            decision=rules("quantal", 1, PRK=DAMPED, CHN=DAMPED),
            moves={"disable": {"PRK": ["test_missile"]}},
        ),
        scenario("cut short", quarters=3, decision={"default": {"rule": "equilibrium", "max_iterations": 3}}),
        scenario("events", quarters=12, events=EVENTS),
        scenario("offers that stand", quarters=12, decision=rules("quantal", 2, **COURTED)),
        scenario("a closed border", quarters=12, decision=rules("quantal", 2, **COURTED), events=BORDER),
        scenario("pinned", events=EVENTS, pin={"ukraine_war": 0.9, "seoul_market": 0.1}),
        scenario("numbers of each kind", **SETTINGS),
        scenario("priors", priors=PRIORS, theory="lowy-2023"),
        scenario("disabled", moves={"disable": DISABLED}, theory={"chung-2024": 0.2, "lowy-2023": 0.8}),
        scenario(
            "1960",
            world="1960Q1",
            start="1960Q1",
            events=SPLIT,
        ),
    )
}

ABSENT = {
    "condition": [{"variable": "goodwill[USA,KOR]", "above": -1.0}],
    "effects": {"seoul_market": -0.5},
    "shock": {"peninsula_tension": 0.5},
}

SMALLER: dict[str, Scenario] = {
    "-".join(codes): scenario("-".join(codes), countries=codes, events={**EVENTS, "absent": ABSENT})
    for codes in (["CHN", "PRK", "RUS"], ["PRK", "USA"], ["CHN", "KOR", "RUS", "USA"], ["KOR"])
}
"""Worlds with fewer countries: what reads or moves a tie to an absent one has no object."""
