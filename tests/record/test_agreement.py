"""Where coding and indices disagree, against cases that history decides."""

from __future__ import annotations

import pytest

from triangle_sim.record.agreement import RULES, compare, looked_up, voting_together


def disagreeing(rule: int) -> dict[str, list[int]]:
    """The years in which one rule finds a disagreement, by dyad."""
    return {case.dyad: [y for y, _ in case.disagree] for case in compare() if case.rule == RULES[rule].title}


def test_a_treaty_on_paper_is_found_where_the_allies_shot_at_each_other() -> None:
    """Beijing and Moscow were bound to defend each other until 1980 and fought in 1969."""
    assert 1969 in disagreeing(0)["CHN-RUS"]
    assert disagreeing(0)["USA-KOR"] == []


def test_each_rule_is_asked_in_every_year_that_both_cover() -> None:
    """46 coded years; alliances reach to 2018, disputes cover the two older eras, rivalries reach to 2020."""
    asked = [{case.years for case in compare() if case.rule == rule.title} for rule in RULES]
    assert asked == [{40}, {40}, {33}, {42}]


@pytest.mark.parametrize(
    ("index", "dyad", "year", "says"),
    [
        ("alliances", "PRK-CHN", 1961, True),
        ("alliances", "PRK-CHN", 1960, False),
        ("alliances", "PRK-USA", 2019, None),
        ("disputes", "PRK-USA", 1968, 4),
        ("disputes", "USA-KOR", 1968, 0),
        ("disputes", "PRK-USA", 2005, None),
        ("rivalries", "CHN-USA", 1973, False),
        ("rivalries", "CHN-USA", 1972, True),
    ],
)
def test_what_the_indices_say(index: str, dyad: str, year: int, says: object) -> None:
    assert looked_up(index, dyad, year) == says


def test_votes_and_codes_of_moscow_and_washington_go_together() -> None:
    """Both voted further apart in the cold war than in the 1990s; an alliance that never varies has no rank."""
    rank = {case.dyad: case.rank for case in voting_together()}
    assert rank["RUS-USA"] is not None and rank["RUS-USA"] > 0.4
    assert rank["USA-KOR"] is None
