"""Moves: what they push, what they cost, and how sure either is."""

from math import inf

import pytest

from triangle_sim.countries import countries
from triangle_sim.countries.move import Effect, Move, because
from triangle_sim.world import variables_of

MENU = [(code, move) for code, country in countries().items() for move in country.menu()]
PARLEY = Move("parley", "talk", cost=0.02, claims=("A1",), effects={"x": +0.25, "y": because(-0.5, "B2", "A3")})


def test_an_effect_has_its_own_claims_or_else_its_moves() -> None:
    assert PARLEY.pushes() == {"x": Effect(0.25, ("A1",)), "y": Effect(-0.5, ("B2", "A3"))}


def test_its_parameters() -> None:
    """A cost is lognormal with 0.6 in the logarithm; an effect is normal, give or take a half, of its claim's sign."""
    cost, first, second = PARLEY.parameters("PRK")
    assert (cost.name, cost.low, cost.sources) == ("cost.PRK.parley", 0.0, ("judgement",))
    assert cost.prior.dist == "lognorm" and dict(cost.prior.arguments) == {"s": 0.6, "scale": 0.02}
    for effect, name, size, claims in ((first, "x", 0.25, ("A1",)), (second, "y", -0.5, ("B2", "A3"))):
        assert (effect.name, effect.sources) == (f"effect.PRK.parley.{name}", claims)
        assert effect.prior.dist == "norm"
        assert dict(effect.prior.arguments) == {"loc": size, "scale": pytest.approx(0.5 * abs(size))}
    assert (first.low, first.high, second.low, second.high) == (0.0, inf, -inf, 0.0)


def test_what_costs_nothing_surely_costs_nothing() -> None:
    (cost,) = Move("hold", "wait", cost=0.0, claims=(), effects={}).parameters("PRK")
    assert cost.prior.dist == "fixed" and cost.default == 0.0


@pytest.mark.parametrize(("code", "move"), MENU, ids=[f"{code} {move.name}" for code, move in MENU])
def test_every_move_pushes_what_exists_by_a_little(code: str, move: Move) -> None:
    """A quarter's move is no revolution; its cost is small beside a payoff, and only holding still is free."""
    assert set(move.effects) <= set(variables_of(tuple(countries())))
    assert all(0 < abs(each.size) <= 0.25 for each in move.pushes().values())
    assert (move.cost == 0) == (move.name == "hold") == (not move.effects) and move.cost <= 0.05
    assert move.says and move.claims


@pytest.mark.parametrize("code", countries())
def test_a_friendly_or_hostile_act_is_felt_by_its_object(code: str) -> None:
    """Whoever courts, binds itself to, engages or snubs another moves a tie between the two."""
    words = {"pyongyang": "PRK", "north": "PRK", "beijing": "CHN", "moscow": "RUS", "seoul": "KOR", "washington": "USA"}
    for move in countries()[code].menu():
        other = next((there for word, there in words.items() if word in move.name.split("_")), None)
        if other is None:
            continue
        between = {f"goodwill[{code},{other}]", f"goodwill[{other},{code}]"} & set(move.effects)
        assert between, f"{code} {move.name} moves no tie with {other}"
