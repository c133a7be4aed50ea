"""The record of a block of runs, by name."""

import numpy as np
import pytest

from model.worlds import run, scenario
from triangle_sim.model.trajectory import Trajectory


@pytest.fixture(scope="module")
def t() -> Trajectory:
    return run(scenario(), np.arange(5), np.zeros(5, int))


def test_variables_and_conditions_by_name(t: Trajectory) -> None:
    assert t.runs == 5
    assert t["chinese_supply"].shape == (7, 5) and t["ukraine_war"].shape == (6, 5)
    assert np.array_equal(t["chinese_supply"], t.state[:, list(t.prepared.variables).index("chinese_supply")])
    with pytest.raises(KeyError, match="no state variable or condition named 'chinese_suply'"):
        t["chinese_suply"]


def test_moves_by_name(t: Trajectory) -> None:
    shares = sum(t.played("PRK", move.name) for move in t.prepared.cast[2].menu())
    assert (shares == 1).all(), "one move a quarter"
    assert t.played("USA", "offer_summit")[0].all() and t.played("USA", "build_trilateral")[1].all(), (
        "as its script says"
    )
    assert not t.played("JPN", "hold").any() and t.played("JPN", "hold").shape == (6, 5)


def test_meetings_by_name(t: Trajectory) -> None:
    """Both play, or one does whose partner has offered in the quarter before, and nothing came of it."""
    late = 0
    for joint in t.prepared.joint_effects:
        first, second, met = t.played(*joint.first), t.played(*joint.second), t.met(joint.name)
        assert np.array_equal(met[0], first[0] & second[0]), joint.name
        mine, yours = (joint.stands & each[:-1] & ~met[:-1] for each in (first, second))
        answered = first[1:] & yours | second[1:] & mine
        assert np.array_equal(met[1:], first[1:] & second[1:] | answered), joint.name
        late += int((answered & ~(first[1:] & second[1:])).sum())
    assert late and t.met("us_prk_summit").any()
    assert not t.met("a meeting of nobody").any() and t.met("a meeting of nobody").shape == (6, 5)


def test_leaders_never_meet_across_a_closed_border() -> None:
    """What is not about leaders goes on."""
    closed = run(scenario(quarters=20, pin={"border_closed": 1.0}), np.arange(30), np.zeros(30, int))
    barred = [joint.name for joint in closed.prepared.joint_effects if joint.barred_by]
    assert barred == ["chn_prk_summit", "inter_korean_summit", "rus_prk_summit", "us_prk_summit"]
    assert not any(closed.met(name).any() for name in barred) and closed.meetings.any()
    assert (closed.played("PRK", "open_to_washington") & closed.played("USA", "offer_summit")).any()


def test_mutual_ties_are_means_of_both_directions(t: Trajectory) -> None:
    first = 0.5 * (t["goodwill[CHN,KOR]"] + t["goodwill[KOR,CHN]"])
    np.testing.assert_allclose(t.mutual[:, 0], first, rtol=0, atol=1e-15)
    assert t.mutual.shape == (7, 10, 5) and len(t.pairs) == 20


def test_triads_by_their_members_in_any_order(t: Trajectory) -> None:
    triads = list(t.triangles.triads)
    assert len(triads) == 10
    assert t.triad(["RUS", "CHN", "PRK"]) == t.triad(["CHN", "PRK", "RUS"]) == triads.index(("CHN", "PRK", "RUS"))
