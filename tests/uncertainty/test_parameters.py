"""Draws: a parameter's value depends on its own name, its draw's number and the seed."""

from typing import Any

import numpy as np
import pytest
from scipy import stats

from triangle_sim.model.prepared import Prepared
from triangle_sim.scenario.schema import Scenario
from triangle_sim.uncertainty import Draws, Parameter, ParameterTable, Prior, Sampler, Streams, sample

ERROR_RATE = 1e-4
"""Chance that a perfect sampler would have failed a statistical test below when its seed was chosen."""


def parameter(name: str, prior: object = None, low: float = -np.inf, high: float = np.inf) -> Parameter:
    spec = {"dist": "norm", "loc": 0.0, "scale": 1.0} if prior is None else prior
    return Parameter(name, Prior.of(spec), "unit", "meaning", ("judgement",), low, high)


TABLE = ParameterTable([parameter("b"), parameter("a"), parameter("c", {"dist": "uniform", "loc": 2, "scale": 1})])
TABLES = {"one": TABLE, "two": TABLE.with_priors({"a": 5.0})}
ODDS = {"one": 0.3, "two": 0.7}


def draw(numbers: Any, tables: Any = TABLES, odds: Any = ODDS, seed: int = 4) -> Draws:
    return sample(tables, odds, seed, numbers)


def test_a_draw_depends_on_its_own_number() -> None:
    many, some, one = draw(range(200)), draw([3, 150, 7]), draw([150])
    assert some.numbers.tolist() == [3, 7, 150]
    for name in TABLE:
        assert np.array_equal(some.values[name], many.values[name][[3, 7, 150]])
        assert one.values[name][0] == many.values[name][150]
    assert np.array_equal(some.theory, many.theory[[3, 7, 150]])


def test_another_seed_is_another_draw() -> None:
    assert not np.any(draw(range(20)).values["b"] == draw(range(20), seed=5).values["b"])


def test_other_parameters_do_not_matter() -> None:
    more = {name: ParameterTable([*table.values(), parameter("aa"), parameter("z")]) for name, table in TABLES.items()}
    for name in TABLE:
        assert np.array_equal(draw(range(50), more).values[name], draw(range(50)).values[name])


def test_another_prior_moves_no_other_parameter() -> None:
    other = {"b": {"dist": "uniform", "loc": 0, "scale": 1}}
    changed = {name: table.with_priors(other) for name, table in TABLES.items()}
    before, after = draw(range(50)), draw(range(50), changed)
    assert all(np.array_equal(before.values[name], after.values[name]) for name in ("a", "c"))
    assert stats.spearmanr(before.values["b"], after.values["b"]).statistic == pytest.approx(1.0), "the same quantiles"


@pytest.mark.parametrize("odds", [{"one": 0.3, "two": 0.7}, {"one": 0.5, "two": 0.5}, {"one": 0.99, "two": 0.01}])
def test_theories_get_their_share(odds: dict[str, float]) -> None:
    """Binomial test of 5,000 draws at the stated error rate."""
    firsts = int((draw(range(5000), odds=odds).theory == 0).sum())
    assert stats.binomtest(firsts, 5000, odds["one"]).pvalue > ERROR_RATE


def test_a_theory_speaks_in_its_own_draws_alone() -> None:
    found = draw(range(300))
    assert found.theories == ("one", "two")
    assert (found.values["a"][found.theory == 1] == 5.0).all()
    assert not (found.values["a"][found.theory == 0] == 5.0).any()
    same = draw(range(300), {"one": TABLE, "two": TABLE})
    assert np.array_equal(same.values["a"][found.theory == 0], found.values["a"][found.theory == 0])


def test_the_order_of_theories_and_those_without_odds_do_not_matter() -> None:
    backwards = draw(range(99), dict(reversed(TABLES.items())), dict(reversed(ODDS.items())))
    assert np.array_equal(backwards.theory, draw(range(99)).theory)
    third = draw(range(99), {**TABLES, "a third": TABLE}, {**ODDS, "a third": 0.0})
    assert third.theories == ("one", "two") and np.array_equal(third.theory, draw(range(99)).theory)


def test_bounds_cut_draws_and_defaults() -> None:
    cut = parameter("x", {"dist": "norm", "loc": 0.0, "scale": 2.0}, low=-0.5, high=0.25)
    values = cut.draw(np.linspace(0.001, 0.999, 99))
    assert values.min() == -0.5 and values.max() == 0.25
    assert parameter("x", 7.0, high=1.0).default == 1.0


def test_values_spread_over_runs() -> None:
    found = draw([2, 9])
    runs = np.array([9, 2, 9, 9])
    assert np.array_equal(found.per_run(runs)["b"], found.values["b"][[1, 0, 1, 1]])


def test_as_one_array() -> None:
    found, runs = draw([2, 9, 4]), np.array([9, 2, 4, 9])
    assert found.names == ("a", "b", "c") and found.stacked.shape == (3, 3)
    assert all(np.array_equal(row, found.values[name]) for name, row in zip(found.names, found.stacked, strict=True))
    spread = found.per_run(runs)
    assert all(np.array_equal(row, spread[name]) for name, row in zip(spread, found.stacked_per_run(runs), strict=True))


@pytest.mark.parametrize("theories", [["one"], ["one", "two"], ["one", "two", "three"]])
def test_each_value_is_its_own_theorys_prior_at_its_own_number(theories: list[str]) -> None:
    """Parameter by parameter and draw by draw, with theories that differ in priors, in families and in nothing."""
    rows = [
        parameter("p", low=-0.5),
        parameter("q", {"dist": "lognorm", "s": 1, "scale": 2}, high=3),
        parameter("r", 4.0),
    ]
    base = ParameterTable([*TABLE.values(), *rows])
    tables = {
        "one": base,
        "two": base.with_priors({"a": 5.0, "q": {"dist": "norm", "loc": 2, "scale": 9}}),
        "three": base.with_priors({"a": {"dist": "uniform", "loc": 0, "scale": 1}, "r": 6.0}),
    }
    found = Sampler(tables, dict.fromkeys(theories, 1.0))(4, range(60))
    assert set(found.theory) == set(range(len(theories)))
    streams = Streams(4, found.numbers, np.zeros(60, int))
    for name in base:
        u = streams.uniform([f"parameter:{name}"], [0])[0, 0]
        for d, theory in enumerate(found.theory):
            alone = tables[found.theories[theory]][name].draw(u[[d]])
            assert found.values[name][d] == alone[0], (name, d)


def test_tables_are_in_the_order_of_names_and_refuse_twins() -> None:
    assert list(TABLE) == ["a", "b", "c"] and len(TABLE) == 3
    with pytest.raises(ValueError, match=r"defined twice: \['a'\]"):
        ParameterTable([parameter("a"), parameter("b"), parameter("a")])
    assert list(TABLE.with_priors({"unknown": 1.0})) == ["a", "b", "c"]


def test_every_parameter_of_the_model_is_documented_and_drawn_within_bounds() -> None:
    plan = Prepared(Scenario(name="x"))
    found = plan.sample(1, range(300))
    for name, each in plan.table.items():
        assert each.unit and each.meaning and each.sources, name
        values = found.values[name]
        assert np.isfinite(values).all() and values.min() >= each.low and values.max() <= each.high, name


FAMILIES = {
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
    plan = Prepared(Scenario(name="x", theory="chung-2024"))
    values = plan.sample(1, range(2000)).values[name]
    expected = FAMILIES[name](plan.tables["chung-2024"][name].prior.arguments)
    assert stats.kstest(values, expected.cdf).pvalue > ERROR_RATE


def test_scenarios_have_the_last_word() -> None:
    """Model's own prior, then the theory's, then the scenario's priors, then what it sets."""
    name = "weight.PRK.courted_by_both"
    plain = Prepared(Scenario(name="x", theory="lowy-2023"))
    assert plain.table[name].prior != plain.tables["lowy-2023"][name].prior
    own = Prepared(Scenario(name="x", theory="lowy-2023", priors={name: 0.5}))
    assert own.tables["lowy-2023"][name].default == 0.5
    fixed = {"parameters": {name: 0.25}, "state": {"arms_to_russia": 0.75}}
    both = Prepared(Scenario(name="x", theory="lowy-2023", priors={name: 0.5}, **fixed))
    assert both.tables["lowy-2023"][name].default == 0.25
    assert both.tables["lowy-2023"]["start.arms_to_russia"].default == 0.75
