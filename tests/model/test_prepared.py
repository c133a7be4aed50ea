"""A scenario made ready: whose prior counts, what takes part, when events can come, what scripts order."""

from typing import Any

import numpy as np
import pytest
from scipy import stats

from triangle_sim.backends.backend import load as backend
from triangle_sim.model.prepared import Prepared, prepared_for
from triangle_sim.montecarlo.compute import simulate
from triangle_sim.scenario.schema import Scenario
from triangle_sim.uncertainty import Table
from triangle_sim.uncertainty.streams import Streams, stream_key

ERROR_RATE = 1e-4
"""Chance that a perfect sampler would have failed the statistical test below when its seed was chosen."""


def prepared(**fields: Any) -> Prepared:
    return Prepared(Scenario.model_validate({"name": "x", "sizes": "judgement", **fields}))


def test_every_parameter_of_the_model_is_documented_and_drawn_within_bounds() -> None:
    plain = prepared()
    found = plain.sample(1, range(300))
    for name, each in plain.table.items():
        assert each.unit and each.meaning and each.sources, name
        values = found.values[name]
        assert np.isfinite(values).all() and values.min() >= each.low and values.max() <= each.high, name


FAMILIES: dict[str, Any] = {
    "rationality.CHN": lambda p: stats.lognorm(p["s"], scale=p["scale"]),
    "foresight.USA": lambda p: stats.triang(
        (p["mode"] - p["low"]) / (p["high"] - p["low"]), p["low"], p["high"] - p["low"]
    ),
    "start.us_prk_dialogue": lambda p: stats.truncnorm(
        (p["low"] - p["loc"]) / p["scale"], (p["high"] - p["loc"]) / p["scale"], p["loc"], p["scale"]
    ),
    "noise.chinese_supply": lambda p: stats.lognorm(p["s"], scale=p["scale"]),
}


@pytest.mark.parametrize("name", FAMILIES)
def test_draws_follow_their_prior(name: str) -> None:
    """Kolmogorov-Smirnov of 2,000 draws against scipy's distribution, where no bound cuts it."""
    plain = prepared(theory="chung-2024")
    values = plain.sample(1, range(2000)).values[name]
    expected = FAMILIES[name](plain.tables["chung-2024"][name].prior.arguments)
    assert stats.kstest(values, expected.cdf).pvalue > ERROR_RATE


def test_scenarios_have_the_last_word() -> None:
    """Model's own prior, then the theory's, then the scenario's priors, then what it sets."""
    name = "weight.PRK.courted_by_both"
    plain = prepared(theory="lowy-2023")
    assert plain.table[name].prior != plain.tables["lowy-2023"][name].prior
    own = prepared(theory="lowy-2023", priors={name: 0.5})
    assert own.tables["lowy-2023"][name].default == 0.5
    fixed = {"parameters": {name: 0.25}, "state": {"arms_to_russia": 0.75}}
    both = prepared(theory="lowy-2023", priors={name: 0.5}, **fixed)
    assert both.tables["lowy-2023"][name].default == 0.25
    assert both.tables["lowy-2023"]["start.arms_to_russia"].default == 0.75


def test_the_environment_is_the_starting_worlds_with_what_the_scenario_sets() -> None:
    plain, other = prepared(), prepared(environment={"ukraine_war": 0.25})
    assert plain.environment == plain.start.environment
    assert other.environment == plain.environment | {"ukraine_war": 0.25}
    assert other.start.environment == plain.environment, "drivers stay silent in the starting world, not in this one"


def test_meetings_take_two_who_are_there() -> None:
    few = prepared(countries=["CHN", "PRK", "RUS"])
    meetings = [joint.name for joint in few.joint_effects]
    assert meetings == sorted(meetings) and set(meetings) >= {
        "arms_for_supply_deal", "arms_for_technology_deal", "chn_prk_quarrel", "chn_prk_summit", "chn_prk_treaty",
        "chn_rus_alignment", "rus_prk_summit", "rus_prk_treaty",
    }  # fmt: skip
    assert all(set(joint.countries) <= {"CHN", "PRK", "RUS"} for joint in few.joint_effects)


def test_a_weight_is_silent_only_if_it_is_zero_under_every_theory() -> None:
    name, unsure = "weight.PRK.supply", {"dist": "uniform", "loc": 0.0, "scale": 0.1}
    assert name in prepared(priors={name: 0.0}).silent
    assert name not in prepared(priors={name: unsure}).silent and name not in prepared().silent


def test_events_take_the_scenarios_own_clock_and_world() -> None:
    events = {
        "dated": {"when": "2025Q1"},
        "no_such_tie": {"condition": [{"variable": "goodwill[XXX,PRK]", "above": -1.0}]},
        "a_tie": {"condition": [{"variable": "goodwill[USA,PRK]", "above": -1.0}]},
    }
    clock = prepared(events=events, quarters=8).clock
    luck = clock.luck(Streams(1, [0], [0]), 1, 8)
    assert clock.names == ("a_tie", "dated", "no_such_tie")
    assert luck.due[1] == 2 and luck.possible[:, 0].tolist() == [True, True, False]
    alone = prepared(events=events, countries=["PRK"]).clock
    assert alone.luck(Streams(1, [0], [0]), 1, 8).possible[:, 0].tolist() == [False, True, False]


def test_orders_are_the_moves_of_scripts_by_quarter_and_country() -> None:
    scripts = {
        "PRK": {"rule": "scripted", "script": ["hold", "test_missile"], "then": "repeat"},
        "RUS": {"rule": "scripted", "script": ["court_seoul"]},
    }
    orders = prepared(quarters=3, decision=scripts).orders
    menus = {country.code: [move.name for move in country.menu()] for country in prepared().cast}
    hold, test, court = (
        menus["PRK"].index("hold"),
        menus["PRK"].index("test_missile"),
        menus["RUS"].index("court_seoul"),
    )
    assert orders.tolist() == [[-1, -1, hold, court, -1], [-1, -1, test, -1, -1], [-1, -1, hold, -1, -1]]


def test_rules_take_the_settings_they_know() -> None:
    rules = prepared(
        decision={"default": {"rule": "quantal", "depth": 3}, "PRK": {"rule": "habit", "inertia": 0.5}}
    ).rules
    assert {code: (rule.rule, rule.depth) for code, rule in rules.items()} == {
        "CHN": ("quantal", 3), "KOR": ("quantal", 3), "PRK": ("habit", 2), "RUS": ("quantal", 3), "USA": ("quantal", 3),
    }  # fmt: skip
    assert rules["PRK"].inertia == 0.5


def test_quarters_have_labels_the_last_one_included() -> None:
    assert prepared(start="2024Q3", quarters=3).quarters == ("2024Q3", "2024Q4", "2025Q1", "2025Q2")


def test_a_scenario_is_made_ready_once_a_process() -> None:
    one, two = (Scenario(name="x", quarters=5, seed=seed) for seed in (1, 1))
    assert prepared_for(one) is prepared_for(two) and prepared_for(one.with_(quarters=6)) is not prepared_for(one)


def test_no_two_streams_of_the_model_share_a_key() -> None:
    plain = prepared()
    names = ["theory", *(f"parameter:{name}" for name in plain.table), *(f"noise:{name}" for name in plain.variables)]
    names += [f"choice:{code}" for code in plain.codes]
    assert len({stream_key(name) for name in names}) == len(names) > 500


@pytest.mark.parametrize("backend", ["numpy", "llvm"])
def test_a_silent_weight_that_a_table_sets_is_heard(backend: str) -> None:
    """A weight that every prior puts at zero is left out of the game, unless draws are given with another value."""
    name, runs = "weight.PRK.supply", (np.zeros(200, int) + 1, np.arange(200))
    fields: dict[str, Any] = {"name": "x", "quarters": 1, "countries": ["PRK", "CHN"], "theory": "chung-2024"}
    scenario, loud = (
        Scenario.model_validate(fields | {"parameters": {name: weight, "rationality.PRK": 90}}) for weight in (0.0, 0.9)
    )
    plain = prepared_for(scenario)
    zero, some = (Table.of([name], [[0.0, weight]]) for weight in (0.0, 0.9))
    assert prepared_for(scenario, zero) is plain and name in plain.silent
    heard = prepared_for(scenario, some)
    assert prepared_for(scenario, some) is heard and name not in heard.silent
    given = simulate(scenario, 1, *runs, backend, table=some)
    assert np.array_equal(given.state, simulate(loud, 1, *runs, backend).state)
    assert not np.array_equal(given.moves, simulate(scenario, 1, *runs, "numpy").moves)


def test_a_compiled_program_serves_every_pin() -> None:
    """Pins are an input of it: a scenario with other conditions held is not traced anew, and is played with its own."""
    free = Scenario.model_validate({"name": "x", "sizes": "judgement", "countries": ["CHN", "PRK"], "quarters": 4})
    pins = {"ukraine_war": 0.25}, {"ukraine_war": 0.75, "sino_us_stake": 0.5}
    held = [prepared_for(free.with_(pin=pin)) for pin in pins]
    assert held[0].whole is held[1].whole is prepared_for(free)
    for pin, ready in zip(pins, held, strict=True):
        how = ready, 1, np.arange(8), np.zeros(8, int), [dict(ready.scenario.pin)]
        plain, compiled = (backend(name).trajectories(*how)[0] for name in ("numpy", "llvm"))
        assert (compiled["ukraine_war"] == pin["ukraine_war"]).all()
        np.testing.assert_array_equal(plain.moves, compiled.moves)
        np.testing.assert_allclose(plain.state, compiled.state, rtol=0, atol=1e-12)
