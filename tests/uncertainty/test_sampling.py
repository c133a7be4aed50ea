"""Draws: a parameter's value depends on its own name, its draw's number and the seed."""

from typing import Any

import numpy as np
import pytest
from scipy import stats

from triangle_sim.errors import UsageError
from triangle_sim.uncertainty import Draws, Parameter, ParameterTable, Prior, Sampler, Streams

ERROR_RATE = 1e-4
"""Chance that a perfect sampler would have failed a statistical test below when its seed was chosen."""


def parameter(name: str, prior: object = None, low: float = -np.inf, high: float = np.inf) -> Parameter:
    spec = {"dist": "norm", "loc": 0.0, "scale": 1.0} if prior is None else prior
    return Parameter(name, Prior.of(spec), "unit", "meaning", ("judgement",), low, high)


TABLE = ParameterTable([parameter("b"), parameter("a"), parameter("c", {"dist": "uniform", "loc": 2, "scale": 1})])
TABLES = {"one": TABLE, "two": TABLE.with_priors({"a": 5.0})}
ODDS = {"one": 0.3, "two": 0.7}


def draw(numbers: Any, tables: Any = TABLES, odds: Any = ODDS, seed: int = 4) -> Draws:
    return Sampler(tables, odds)(seed, numbers)


def test_a_draw_depends_on_its_own_number() -> None:
    many, some, one = draw(range(200)), draw([3, 150, 7]), draw([150])
    assert some.numbers.tolist() == [3, 150, 7]
    for name in TABLE:
        assert np.array_equal(some.values[name], many.values[name][[3, 150, 7]])
        assert one.values[name][0] == many.values[name][150]
    assert np.array_equal(some.theory, many.theory[[3, 150, 7]])


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
    firsts = int((draw(range(5000), odds=odds).theory == "one").sum())
    assert stats.binomtest(firsts, 5000, odds["one"]).pvalue > ERROR_RATE


def test_a_theory_speaks_in_its_own_draws_alone() -> None:
    found = draw(range(300))
    assert (found.values["a"][found.theory == "two"] == 5.0).all()
    assert not (found.values["a"][found.theory == "one"] == 5.0).any()
    same = draw(range(300), {"one": TABLE, "two": TABLE})
    assert np.array_equal(same.values["a"][found.theory == "one"], found.values["a"][found.theory == "one"])


def test_the_order_of_theories_and_those_without_odds_do_not_matter() -> None:
    backwards = draw(range(99), dict(reversed(TABLES.items())), dict(reversed(ODDS.items())))
    assert np.array_equal(backwards.theory, draw(range(99)).theory)
    third = draw(range(99), {**TABLES, "a third": TABLE}, {**ODDS, "a third": 0.0})
    assert np.array_equal(third.theory, draw(range(99)).theory)


def test_every_run_gets_the_values_of_its_draw() -> None:
    found, runs = draw([2, 9, 4]), draw([9, 2, 4, 9])
    assert found.names == ("a", "b", "c") and runs.stacked.shape == (3, 4)
    for name, row in zip(found.names, runs.stacked, strict=True):
        assert np.array_equal(row, found.values[name][[1, 0, 2, 1]]) and np.array_equal(row, runs.values[name])
    assert np.array_equal(runs.theory, found.theory[[1, 0, 2, 1]])


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
    assert set(found.theory) == set(theories)
    streams = Streams(4, found.numbers, np.zeros(60, int))
    for name in base:
        u = streams.uniform([f"parameter:{name}"], [0])[0, 0]
        for d, theory in enumerate(found.theory):
            alone = tables[theory][name].draw(u[[d]])
            assert found.values[name][d] == alone[0], (name, d)


def test_a_prior_too_wide_for_numbers_is_refused_by_name() -> None:
    wild = ParameterTable([parameter("tame"), parameter("wild", {"dist": "lognorm", "s": 1e6, "scale": 1.0})])
    with np.errstate(over="ignore"), pytest.raises(UsageError, match="a draw of 'wild' is not a finite number"):
        draw(range(20), {"one": wild}, {"one": 1.0})
