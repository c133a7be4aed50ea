"""The model and a scalar program written from the equations agree on whole trajectories."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.agreement import compare, simulated
from reference.worlds import SMALLER, WORLDS, scenario
from triangle_sim.countries import Move, countries
from triangle_sim.countries.interest import interest, number
from triangle_sim.world.environment import CONDITIONS
from triangle_sim.world.start import worlds
from triangle_sim.world.variables import variables_of

DRAWS, REPLICATES = [0, 1, 7, 4_000_000_000], [0, 1, 5, 9]
CODES = sorted(countries())
STATE = sorted(variables_of(tuple(CODES)))


@pytest.mark.parametrize("name", WORLDS)
def test_whole_trajectories(name: str) -> None:
    assert compare(WORLDS[name], DRAWS, REPLICATES) > 0.99


@pytest.mark.parametrize("name", SMALLER)
def test_fewer_countries(name: str) -> None:
    assert compare(SMALLER[name], DRAWS[:3], REPLICATES[:3]) > 0.99


GIVEN = {
    "theory": ["lowy-2023", "chung-2024", "lowy-2023"],
    "legacy": [0.0, 1.0, 0.4],
    "fade": [0.0, 0.5, 0.1],
    "rest.goodwill[PRK,CHN]": [0.9, -0.9, 0.1],
    "driver.seoul_engagement.goodwill[KOR,PRK]": [2.0, 0.0, 1.0],
    "joint.rus_prk_summit.goodwill[PRK,RUS]": [0.9, 0.5, 0.0],
    "weight.CHN.discipline": [0.0, 2.0, 0.3],
}


def test_parameters_that_are_given() -> None:
    """They stand in place of drawn ones, a weight that every prior leaves at zero and the theory among them."""
    world = WORLDS["numbers of each kind"].with_(theory={"chung-2024": 0.5, "lowy-2023": 0.5})
    assert compare(world, [0, 1, 2], [0, 1, 5], GIVEN) > 0.99


def test_what_is_added_to_the_model_needs_no_edit_of_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """An interest with a number in its form, a move, an event that pushes what they read."""

    @interest(weight=0.3, claims=["judgement"], scale="0 .. 1")
    def another_wish(self: Any, state: Any, env: Any, *, share: Any = number(0.7, "of this and that")) -> Any:
        """Not asked for by either article."""
        return share * state.peninsula_tension + (1.0 - share) * env.seoul_market * state.goodwill["PRK", "KOR"]

    north = countries()["PRK"]
    pushes = {"peninsula_tension": +0.10, "goodwill[PRK,KOR]": -0.10}
    menace = Move("menace", "menace the South", cost=0.01, claims=("judgement",), effects=pushes)
    monkeypatch.setattr(north, "another_wish", another_wish, raising=False)
    monkeypatch.setattr(north, "moves", (*north.moves, menace))
    event = {"hazard": 0.5, "effects": {"seoul_market": -0.5}, "shock": {"goodwill[PRK,KOR]": 0.4}}
    world = scenario("more of everything", events={"crash": event}, priors={"form.PRK.another_wish.share": 0.2})
    assert compare(world, DRAWS[:3], REPLICATES[:3]) > 0.99
    menus = {"disable": {"PRK": [move.name for move in north.moves if move.name != "menace"]}}
    trajectory, _ = simulated(world.with_(moves=menus), DRAWS[:3], REPLICATES[:3])
    assert trajectory.played("PRK", "menace").all(), "the move is there, and can be played"


def _rule(draw: Any, code: str) -> dict[str, Any]:
    kind = draw(st.sampled_from(["quantal", "best_response", "habit", "scripted"]))
    spec: dict[str, Any] = {"rule": kind, "depth": draw(st.integers(0, 3)), "inertia": draw(st.floats(0, 1))}
    if kind == "scripted":
        moves = [move.name for move in countries()[code].menu()]
        spec["script"] = draw(st.lists(st.sampled_from(moves), min_size=1, max_size=3))
        spec["then"] = draw(st.sampled_from(["choose", "hold", "repeat"]))
    return spec


def _event(draw: Any) -> dict[str, Any]:
    quarters = [f"{year}Q{q}" for year in (2025, 2026) for q in (1, 2, 3, 4)]
    first, last = sorted(draw(st.tuples(st.sampled_from(quarters), st.sampled_from(quarters))))
    size = st.floats(-1, 1)
    watched = st.sampled_from([*sorted(CONDITIONS), *STATE])
    waits = {"variable": draw(watched), "above": draw(st.floats(-0.5, 0.7)), "for": draw(st.integers(1, 3))}
    timing = draw(
        st.sampled_from(
            [
                {"when": first},
                {"window": [first, last]},
                {"hazard": 0.4, "from": first},
                {"condition": [waits], "until": last},
                {"condition": [waits], "hazard": 0.5},
            ]
        )
    )
    return {
        **timing,
        "probability": draw(st.floats(0, 1)),
        "duration": draw(st.none() | st.integers(1, 4)),
        "group": draw(st.none() | st.just("either")),
        "effects": draw(st.dictionaries(watched, size, max_size=2)),
        "shock": draw(st.dictionaries(st.sampled_from(STATE), size, max_size=2)),
    }


@st.composite
def scenarios(draw: Any) -> Any:
    """Small scenarios of every kind; odds of a group may exceed one here, which the lint would refuse."""
    return scenario(
        "generated",
        quarters=draw(st.integers(1, 5)),
        start="2025Q1",
        seed=draw(st.integers(0, 2**63 - 1)),
        theory=draw(st.sampled_from(["chung-2024", "lowy-2023", {"chung-2024": 0.5, "lowy-2023": 0.5}])),
        world=draw(st.sampled_from(worlds())),
        decision={code: _rule(draw, code) for code in CODES},
        events={name: _event(draw) for name in draw(st.lists(st.sampled_from("abc"), unique=True))},
        pin=draw(st.dictionaries(st.sampled_from(sorted(CONDITIONS)), st.floats(0, 1), max_size=1)),
        environment=draw(st.dictionaries(st.sampled_from(sorted(CONDITIONS)), st.floats(0, 1), max_size=2)),
    )


@given(world=scenarios(), draw=st.integers(0, 2**32 - 1), replicate=st.integers(0, 2**32 - 1))
@settings(max_examples=15, deadline=None, derandomize=True)
def test_generated_scenarios(world: Any, draw: int, replicate: int) -> None:
    compare(world, [draw, 0], [replicate, 1])
