"""Moves played from a seat: what they change, and what nobody can have known of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from triangle_sim.backends.backend import load as backend
from triangle_sim.errors import ScenarioError
from triangle_sim.model.prepared import prepared_for
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.scenario.load import load

DRAWS, REPLICATES = np.repeat(np.arange(12), 2), np.tile(np.arange(2), 12)
QUARTERS = 6


def played(by: str = "numpy", **changes: object) -> Trajectory:
    scenario = load("baseline").with_(quarters=QUARTERS, **changes)
    return backend(by).trajectories(prepared_for(scenario), 1, DRAWS, REPLICATES, [{}])[0]


def test_a_move_from_a_seat_is_played_and_null_is_the_countrys_own_choice() -> None:
    free, seated = played(), played(seats={"PRK": [None, "hold", None]})
    assert seated.played("PRK", "hold")[1].all()
    assert not free.played("PRK", "hold")[1].all()
    np.testing.assert_array_equal(free.moves[0], seated.moves[0])


def test_nobody_sees_a_sealed_move_coming_and_all_answer_it_afterwards() -> None:
    free, seated = played(), played(seats={"PRK": ["test_nuclear_weapon"] * 3})
    others = [k for k, code in enumerate(free.prepared.codes) if code != "PRK"]
    np.testing.assert_array_equal(free.moves[0, others], seated.moves[0, others])
    assert (free.moves[1:, others] != seated.moves[1:, others]).any()


def test_a_script_is_foreseen_where_a_seat_is_not() -> None:
    script = {"rule": "scripted", "script": ["test_nuclear_weapon"]}
    free, scripted = played(), played(decision={"PRK": script})
    others = [k for k, code in enumerate(free.prepared.codes) if code != "PRK"]
    assert (free.moves[0, others] != scripted.moves[0, others]).any()


def test_playing_what_would_have_been_played_changes_nothing() -> None:
    free = load("baseline").with_(quarters=QUARTERS)
    one = [np.asarray([3]), np.asarray([1])]
    plain = backend("numpy").trajectories(prepared_for(free), 1, *one, [{}])[0]
    seats = {
        country.code: [country.menu()[move].name for move in plain.moves[:, k, 0]]
        for k, country in enumerate(plain.prepared.cast)
    }
    again = backend("numpy").trajectories(prepared_for(free.with_(seats=seats)), 1, *one, [{}])[0]
    np.testing.assert_array_equal(plain.state, again.state)


@pytest.mark.parametrize("rule", ["quantal", "equilibrium", "habit"])
def test_backends_agree(rule: str) -> None:
    seats, countries = {"USA": ["offer_summit", None, "hold"]}, ["CHN", "PRK", "USA"]
    changes = {"seats": seats, "countries": countries, "decision": {"default": {"rule": rule}}}
    reference, compiled = played(**changes), played("llvm", **changes)
    np.testing.assert_array_equal(reference.moves, compiled.moves)
    np.testing.assert_allclose(reference.state, compiled.state, rtol=0, atol=1e-12)


def test_seats_that_say_nothing_are_not_part_of_the_hash() -> None:
    free = load("baseline")
    assert free.with_(seats={"PRK": [None, None]}).content_hash() == free.content_hash()
    assert free.with_(seats={"PRK": [None, "hold"]}).content_hash() != free.content_hash()
    assert (
        free.with_(seats={"PRK": ["hold"]}).content_hash() == free.with_(seats={"PRK": ["hold", None]}).content_hash()
    )


def test_games_of_one_scenario_share_a_compiled_program() -> None:
    """Seats are an input of it: whatever is played from them, nothing is traced anew."""
    games = [
        load("baseline").with_(seats=seats) for seats in ({"PRK": ["hold"]}, {"RUS": [None, "hold"], "USA": ["hold"]})
    ]
    first, second = (prepared_for(game) for game in games)
    assert first.whole is second.whole is not None
    assert first.whole.seated and first.seats.tolist() != second.seats.tolist()
    assert prepared_for(load("baseline")).whole is None
    assert prepared_for(games[0], never=["ukraine_war_ends"]).whole is first.whole


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"seats": {"PRK": ["nonsense"]}}, "unknown move 'nonsense'"),
        ({"seats": {"ATL": ["hold"]}}, "unknown country 'ATL'"),
        ({"seats": {"PRK": ["hold"]}, "moves": {"disable": {"PRK": ["hold"]}}}, "takes away"),
        ({"decision": {"PRK": {"rule": "scripted", "script": ["hld"]}}}, "unknown move 'hld'"),
        ({"pin": {"ukraine_wr": 0.5}}, "unknown environment variable 'ukraine_wr'"),
    ],
)
def test_who_does_what_is_checked_in_a_scenario_made_in_python(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        prepared_for(load("baseline").with_(**changes))
