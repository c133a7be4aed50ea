"""What every country has: a menu with a way to hold still, interests, and numbers of its own."""

import numpy as np
import pytest

from triangle_sim.countries import Country, Move, countries, interest
from triangle_sim.model.triangle_model import TriangleModel
from triangle_sim.names import COUNTRY_ALIASES, COUNTRY_NAMES

every = pytest.mark.parametrize("code", countries())


def test_countries_are_in_the_order_of_their_codes() -> None:
    assert list(countries()) == sorted(countries())
    assert {"CHN", "KOR", "PRK", "RUS", "USA"} == set(COUNTRY_ALIASES) == set(COUNTRY_NAMES) <= set(countries())


@every
def test_a_menu_is_sorted_and_holds_still_once(code: str) -> None:
    names = [move.name for move in countries()[code].menu()]
    assert names == sorted(set(names)) and "hold" in names
    assert sorted(names) == sorted(move.name for move in countries()[code].moves)


@every
def test_how_sharp_far_sighted_and_mindful_it_is(code: str) -> None:
    parameters = {p.name: p for p in countries()[code].parameters()}
    rationality, foresight, memory = (parameters[f"{name}.{code}"] for name in ("rationality", "foresight", "memory"))
    assert rationality.prior.dist == "lognorm" and dict(rationality.prior.arguments) == {"s": 0.6, "scale": 150.0}
    assert foresight.prior.dist == "triang"
    assert dict(foresight.prior.arguments) == {"low": 1.0, "mode": 4.0, "high": 8.0}
    assert memory.prior.dist == "uniform" and dict(memory.prior.arguments) == {"loc": 0.15, "scale": 0.3}
    assert (rationality.low, foresight.low, foresight.high, memory.low, memory.high) == (0.0, 1.0, 20.0, 0.01, 1.0)
    assert ("A24" in rationality.sources) == ("A29" in foresight.sources) == (code == "PRK")


@every
def test_its_parameters_are_all_its_own(code: str) -> None:
    country = countries()[code]
    names = [p.name for p in country.parameters()]
    assert len(set(names)) == len(names) and all(name.split(".")[1] == code for name in names)
    moves, wants = country.menu(), country.interests()
    assert sum(name.startswith("cost.") for name in names) == len(moves)
    assert sum(name.startswith("effect.") for name in names) == sum(len(move.effects) for move in moves)
    assert sum(name.startswith("weight.") for name in names) == len(wants)
    assert sum(name.startswith("form.") for name in names) == sum(len(each.numbers) for each in wants.values())


def test_interests_are_methods_of_the_class_in_the_order_of_their_names() -> None:
    class Somewhere(Country):
        label = "Somewhere"
        moves = (Move("wait", "wait", 0.0, (), {}), Move("act", "act", 0.1, (), {}))

        @interest(weight=0.5, claims=["A1"], scale="0 .. 1")
        def zeal(self, state, env):  # type: ignore[no-untyped-def]
            """Zeal."""
            return state.peninsula_tension

        @interest(weight=0.5, claims=["A1"], scale="0 .. 1")
        def peace(self, state, env):  # type: ignore[no-untyped-def]
            """Peace."""
            return 1.0 - state.peninsula_tension

    assert list(Somewhere.interests()) == ["peace", "zeal"]
    assert [move.name for move in Somewhere.menu()] == ["act", "wait"]


def test_a_country_tells_what_it_did_and_how_it_feels() -> None:
    one, many = (TriangleModel("baseline", seed=1, runs=runs) for runs in (1, 3))
    for model in (one, many):
        assert model.countries[2].move_name is None
        model.step()
    north = one.countries[2]
    names = [move.name for move in north.menu()]
    assert north.move_name == names[int(one.trajectory.moves[0, 2, 0])]
    assert many.countries[2].move_name == [names[int(move)] for move in many.trajectory.moves[0, 2]]
    np.testing.assert_array_equal(north.goodwill("CHN"), one.trajectory["goodwill[PRK,CHN]"][1])
    np.testing.assert_array_equal(north.mix, one.decision.mixes["PRK"])
