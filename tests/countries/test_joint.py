"""Joint effects: who meets whom, and which way it moves the ties between them."""

from math import inf

import pytest

from triangle_sim.countries import JOINT_EFFECTS, JointEffect, because, countries
from triangle_sim.world import variables_of

BY_NAME = {joint.name: joint for joint in JOINT_EFFECTS}
every = pytest.mark.parametrize("joint", JOINT_EFFECTS, ids=lambda joint: joint.name)

WARMS_BOTH = {
    "us_prk_summit", "rus_prk_summit", "rus_prk_treaty", "chn_prk_summit", "chn_prk_treaty", "inter_korean_summit",
    "us_rus_deal", "rok_rus_normalisation", "chn_rus_alignment", "chn_us_detente", "chn_rok_rapprochement",
    "arms_for_technology_deal",
}  # fmt: skip
"""Meetings after which each of the two is better disposed to the other."""


@every
def test_two_countries_meet_in_moves_they_can_make(joint: JointEffect) -> None:
    known = countries()
    assert joint.countries == (joint.first[0], joint.second[0]) and len(set(joint.countries)) == 2
    for code, move in (joint.first, joint.second):
        assert move in [each.name for each in known[code].menu()]
    assert set(joint.effects) <= set(variables_of(tuple(known))) and joint.says


def test_names_and_meetings_are_each_there_once() -> None:
    assert len(BY_NAME) == len(JOINT_EFFECTS) == len({frozenset((j.first, j.second)) for j in JOINT_EFFECTS})


def between(joint: JointEffect) -> dict[str, float]:
    """The pushes on the two ties between those who meet."""
    one, two = joint.countries
    pushes = joint.pushes()
    return {
        f"{i}->{j}": pushes[tie].size for i, j in ((one, two), (two, one)) if (tie := f"goodwill[{i},{j}]") in pushes
    }


@every
def test_a_meeting_warms_both_ways_or_cools_both_ways(joint: JointEffect) -> None:
    ties = between(joint)
    if joint.name in WARMS_BOTH:
        assert len(ties) == 2 and all(size > 0 for size in ties.values())
    elif joint.name == "chn_prk_quarrel":
        assert len(ties) == 2 and all(size < 0 for size in ties.values())
    elif joint.name == "arms_for_supply_deal":
        assert ties == {"RUS->PRK": ties["RUS->PRK"]} and ties["RUS->PRK"] > 0, "Pyongyang is paid, Moscow is pleased"
    elif joint.name == "trilateral_pact":
        assert ties == {}


def test_what_is_said_to_warm_is_there() -> None:
    assert set(BY_NAME) >= WARMS_BOTH | {"chn_prk_quarrel", "arms_for_supply_deal", "trilateral_pact"}


@pytest.mark.parametrize(("patron", "word"), [("CHN", "chinese"), ("RUS", "russian")])
def test_a_treaty_binds_its_own_patron_and_a_summit_brings_its_own_supply(patron: str, word: str) -> None:
    treaty, summit = BY_NAME[f"{patron.lower()}_prk_treaty"], BY_NAME[f"{patron.lower()}_prk_summit"]
    ties = {f"goodwill[PRK,{patron}]", f"goodwill[{patron},PRK]"}
    assert set(treaty.countries) == set(summit.countries) == {"PRK", patron}
    assert set(treaty.effects) == ties | {f"{word}_commitment"}
    assert ties | {f"{word}_supply"} <= set(summit.effects)
    other = {"chinese": "russian", "russian": "chinese"}[word]
    assert not {name for name in summit.effects if name.startswith(other)}
    assert treaty.pushes()[f"{word}_commitment"].size > 0.2, "a signature binds more than a year of the move itself"


@every
def test_a_meeting_does_more_of_what_its_moves_do(joint: JointEffect) -> None:
    """Where a meeting pushes a tie between the two that one of the moves pushes too, it is the same way."""
    for code, name in (joint.first, joint.second):
        move = next(each for each in countries()[code].menu() if each.name == name)
        one, two = joint.countries
        for tie in {f"goodwill[{one},{two}]", f"goodwill[{two},{one}]"} & set(move.effects) & set(joint.effects):
            assert move.pushes()[tie].size * joint.pushes()[tie].size > 0, tie


def test_its_parameters() -> None:
    effects = {"x": +0.2, "y": because(-0.1, "B2")}
    first, second = JointEffect("meet", "they meet", ("A", "a"), ("B", "b"), ("A1",), effects).parameters()
    assert (first.name, first.sources, second.name, second.sources) == (
        "joint.meet.x",
        ("A1",),
        "joint.meet.y",
        ("B2",),
    )
    assert dict(first.prior.arguments) == {"loc": 0.2, "scale": pytest.approx(0.1)}
    assert dict(second.prior.arguments) == {"loc": -0.1, "scale": pytest.approx(0.05)}
    assert (first.low, first.high, second.low, second.high) == (0.0, inf, -inf, 0.0)
