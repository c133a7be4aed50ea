"""Interests: values in [0, 1], weights and numbers as parameters, and what they read."""

import random
from typing import Any

import numpy as np
import pytest

from triangle_sim.claims import load_claims
from triangle_sim.countries import Interest, countries
from triangle_sim.countries.interest import interest, number
from triangle_sim.model.prepared import Prepared
from triangle_sim.scenario.schema import Scenario
from triangle_sim.world import CONDITIONS, variables_of
from triangle_sim.world.views import View

VARIABLES = variables_of(tuple(countries()))
EVERY = {(code, name): each for code, country in countries().items() for name, each in country.interests().items()}
NUMBERS = [(code, name, number) for (code, name), each in EVERY.items() for number in each.numbers]


def at(rng: random.Random, corner: bool = False) -> tuple[dict[str, float], dict[str, float]]:
    """A random state and environment; in a corner, everything is at one end of its range."""
    pick = (lambda low, high: rng.choice([low, high])) if corner else rng.uniform
    return {v: pick(each.low, each.high) for v, each in VARIABLES.items()}, {c: pick(0.0, 1.0) for c in CONDITIONS}


@pytest.mark.parametrize(("code", "name"), EVERY)
def test_it_keeps_to_the_unit_interval(code: str, name: str) -> None:
    """At random states and in corners, whatever the numbers of its form."""
    rng, each = random.Random(5), EVERY[code, name]
    for attempt in range(200):
        state, env = at(rng, corner=attempt % 2 == 0)
        numbers = {n: rng.choice([0.0, rng.random(), 1.0]) for n in each.numbers}
        if "others" in numbers:
            numbers["others"] += 1e-9  # without any supply at all a share of it is no number
        assert -1e-12 <= each(View(state), View(env), **numbers) <= 1 + 1e-12


@pytest.mark.parametrize(("code", "name"), EVERY)
def test_it_reads_what_it_says_and_nothing_else(code: str, name: str) -> None:
    rng, each = random.Random(6), EVERY[code, name]
    assert each.reads and each.reads <= set(VARIABLES)
    state, env = at(rng)
    only = {v: level if v in each.reads else float("nan") for v, level in state.items()}
    assert each(View(only), View(env)) == each(View(state), View(env))


@pytest.mark.parametrize(("code", "name"), EVERY)
def test_its_weight_is_known_within_a_factor(code: str, name: str) -> None:
    """Lognormal around its default, with a standard deviation of 0.5 in the logarithm; one of nothing is fixed."""
    each = EVERY[code, name]
    weight = each.parameters(code)[0]
    assert (weight.name, weight.sources, weight.low) == (f"weight.{code}.{name}", each.claims, 0.0)
    expected = ("lognorm", {"s": 0.7, "scale": each.weight}) if each.weight else ("fixed", {"value": 0.0})
    assert (weight.prior.dist, dict(weight.prior.arguments)) == expected
    assert weight.meaning == each.meaning and ".." in each.scale


@pytest.mark.parametrize("code", countries())
def test_default_weights_of_a_country_are_of_one_order(code: str) -> None:
    weights = [each.weight for (country, _), each in EVERY.items() if country == code]
    assert min(weights) >= 0 and 0.8 < sum(weights) < 1.7


@pytest.mark.parametrize(("code", "name", "which"), NUMBERS)
def test_a_number_is_declared_with_meaning_and_source(code: str, name: str, which: str) -> None:
    declared = EVERY[code, name].numbers[which]
    (parameter,) = [p for p in EVERY[code, name].parameters(code) if p.name == f"form.{code}.{name}.{which}"]
    assert len(declared.meaning.split()) >= 4 and parameter.meaning == declared.meaning
    assert declared.sources and set(declared.sources) <= {"judgement", *load_claims()}
    assert parameter.sources == declared.sources
    assert 0.0 <= declared.value <= 1.0 and (parameter.low, parameter.high) == (0.0, 1.0)
    assert parameter.default == declared.value and parameter.prior.dist == "fixed"


def test_numbers_are_there() -> None:
    assert len(NUMBERS) > 20 and {code for code, _, _ in NUMBERS} == set(countries())


@pytest.mark.parametrize(("code", "name", "which"), NUMBERS)
def test_a_number_changes_its_own_interest(code: str, name: str, which: str) -> None:
    rng, each = random.Random(8), EVERY[code, name]
    for _ in range(20):
        state, env = at(rng)
        if each(View(state), View(env)) != each(View(state), View(env), **{which: 0.77}):
            return
    raise AssertionError(f"{name} does not use {which}")


def test_setting_a_number_changes_its_own_interest_alone() -> None:
    """Through the parameters of a scenario, in the game: all terms of all countries but one stay what they were."""
    before, after = terms({}), terms({"form.PRK.supply.chinese": 0.3})
    assert before.keys() == after.keys()
    assert [key for key in before if not np.array_equal(before[key], after[key])] == [("PRK", "supply")]


def terms(priors: dict[str, float]) -> dict[tuple[str, str], Any]:
    """The weighted value of every interest at even mixes in the starting world, ``(moves, runs)``."""
    from triangle_sim.decision.payoffs import Observation

    prepared = Prepared(Scenario.model_validate({"name": "x", "priors": priors}))
    values = prepared.sample(1, range(3)).values
    game, dynamics = prepared.game(values), prepared.dynamics(values)
    env = View({name: np.full(3, level) for name, level in prepared.environment.items()})
    seen = Observation(dynamics.start, dynamics.rest, env, np.zeros((2 * len(game.meetings), 3)))
    mixes = {i: np.full((len(p.menu), 3), 1 / len(p.menu)) for i, p in game.players.items()}
    pushes = game.pushes(mixes, seen)
    return {
        (i, each.name): np.broadcast_to(term, (len(player.menu), 3))
        for i, player in game.players.items()
        for each, term in zip(player.interests, game.terms(i, mixes, pushes, seen), strict=True)
    }


def test_an_interest_without_weight_has_none() -> None:
    @interest(weight=0.0, claims=["A1"], scale="0 .. 1")
    def wish(self: Any, state: Any, env: Any, *, share: Any = number(0.25, "a share of one thing", "A1")) -> Any:
        """A wish
        in two lines."""
        return share * state.peninsula_tension

    made: Interest = wish.interest  # type: ignore[attr-defined]
    assert (made.name, made.meaning, made.claims) == ("wish", "A wish in two lines.", ("A1",))
    weight, share = made.parameters("PRK")
    assert weight.prior.dist == "fixed" and weight.default == 0.0
    assert (share.name, share.default, share.sources) == ("form.PRK.wish.share", 0.25, ("A1",))
    state = View({"peninsula_tension": 0.5})
    assert made(state, View({})) == 0.125 and made(state, View({}), share=1.0) == 0.5
    assert made.reads == {"peninsula_tension"}
