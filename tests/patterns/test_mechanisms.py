"""The mechanisms that the record needs, as paired comparisons: 1950 to 2017, patterns H01 .. H06 of the seeds.

Each test sets a world against the same world without the pattern's cause. Where the model does not show what the record
shows, the test stays as it is and is marked as failing, with what was measured and what seems to be missing: a finding
about the model, kept visible. Numbers in the marks are rounded means over draws.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from triangle_sim.model.trajectory import Trajectory
from triangle_sim.scenario.load import load

from .paired import (
    NO_EXCHANGE,
    STATUS_QUO,
    SUMMITS,
    TESTS,
    TREATIES,
    by_draw,
    chance,
    chance_of_any,
    exceeds,
    lacking,
    level,
    run,
    share,
    ties,
    world,
)

# 1950 and 1961: a treaty needs a patron with a rival.


@cache
def split() -> Trajectory:
    return run(load("sino_soviet_split_1961"))


@cache
def unity() -> Trajectory:
    return run(load("sino_soviet_unity_1961"))


def test_h01_united_patrons_seldom_bind_themselves() -> None:
    friends = dict.fromkeys(ties(CHN_RUS=0.0), 0.85)
    united = load("sino_soviet_unity_1961").with_(
        quarters=4, pin={"sino_russian_rivalry": 0.0}, state=friends, parameters=STATUS_QUO
    )
    exceeds(0.2 - chance_of_any(run(united), *TREATIES))


def test_h02_a_split_makes_both_treaties_at_least_three_times_as_likely() -> None:
    exceeds(chance(split(), *TREATIES), chance(unity(), *TREATIES), times=3.0)


@pytest.mark.parametrize("patron", ["CHN", "RUS"])
def test_h02_each_patron_bids_at_least_twice_as_often(patron: str) -> None:
    exceeds(share(split(), patron, "bind_to_pyongyang"), share(unity(), patron, "bind_to_pyongyang"), times=2.0)


@lacking("of futures with both treaties, a third sign them within one quarter of each other; a bid does not make the "
         "rival's answer more urgent, since their interest is linear in the difference of their holds")  # fmt: skip
def test_h02_the_second_treaty_follows_the_first_at_once() -> None:
    signed = [split().met(name) for name in TREATIES]
    lag = np.abs(signed[0].argmax(axis=0) - signed[1].argmax(axis=0))
    assert (lag[signed[0].any(axis=0) & signed[1].any(axis=0)] < 2).mean() > 0.5


def test_h03_a_slighted_patron_cools_and_comes_back() -> None:
    """In 0.70 of futures for Beijing and 0.73 for Moscow. Much of it is luck, which the fit makes as large as the
    record's yearly changes: courting one patron costs at most 0.02 a time with the other, and nobody asks Pyongyang
    to choose.
    """
    decade = run(load("sino_soviet_split_1961").with_(quarters=40))
    for patron in ("CHN", "RUS"):
        tie = decade[f"goodwill[{patron},PRK]"]
        fall = np.maximum.accumulate(tie) - tie
        worst = fall.argmax(axis=0)
        back = np.asarray([tie[quarter:, k].max() - tie[quarter, k] for k, quarter in enumerate(worst)])
        exceeds(by_draw((fall.max(axis=0) > 0.15) & (back > 0.5 * fall.max(axis=0))), 0.5)


# 1990-92: left by both for a rich South.

CLIENT = ties(CHN_PRK=0.6, PRK_RUS=0.6) | {
    "russian_supply": 0.7, "chinese_supply": 0.5, "nuclear_missile_capability": 0.1, "arms_to_russia": 0.02,
}  # fmt: skip


@cache
def left() -> tuple[Trajectory, Trajectory]:
    """Pyongyang as a client of both in peace: with a rich South and a poor Moscow, and with neither."""
    peace = {"ukraine_war": 0.0}
    return (
        run(world(12, CLIENT, pin=peace | {"seoul_market": 1.0, "russian_means": 0.0})),
        run(world(12, CLIENT, pin=peace | {"seoul_market": 0.1, "russian_means": 0.75})),
    )


def test_h04_moscow_leaves_for_seoul() -> None:
    with_, without = left()
    exceeds(share(with_, "RUS", "court_seoul"), share(without, "RUS", "court_seoul"), times=2.0)
    exceeds(level(without, "russian_supply"), level(with_, "russian_supply"), by=0.1)
    exceeds(level(without, "goodwill[RUS,PRK]"), level(with_, "goodwill[RUS,PRK]"), by=0.01)


def test_h04_moscow_goes_further_than_beijing() -> None:
    with_, without = left()
    loss = {
        patron: [level(without, name) - level(with_, name) for name in (f"goodwill[{patron},PRK]", supply)]
        for patron, supply in (("CHN", "chinese_supply"), ("RUS", "russian_supply"))
    }
    exceeds(loss["RUS"][0], loss["CHN"][0], by=0.01)
    exceeds(loss["RUS"][1], loss["CHN"][1], by=0.1)


def test_h04_beijing_leaves_too() -> None:
    with_, without = left()
    exceeds(level(without, "goodwill[CHN,PRK]"), level(with_, "goodwill[CHN,PRK]"), by=0.03)


@lacking("tests are no more frequent (0.55 of quarters with, 0.60 without): a patron that cools is missed, but its "
         "commitment lapses only in decades, and a poorer Pyongyang minds the sanctions a test brings")  # fmt: skip
def test_h04_left_alone_pyongyang_turns_to_the_bomb() -> None:
    with_, without = left()
    exceeds(share(with_, "PRK", *TESTS, start=4), share(without, "PRK", *TESTS, start=4), times=1.2)


# 2000: an opening to Seoul brings Beijing back.


@cache
def south_opens() -> tuple[Trajectory, Trajectory]:
    """An isolated Pyongyang at peace, with and without an open hand from Seoul and a thaw with Washington."""
    alone = ties(CHN_PRK=-0.1, PRK_RUS=0.1) | NO_EXCHANGE | {"chinese_supply": 0.3, "ukraine_war": 0.0}
    thaw = ties(KOR_PRK=0.4, PRK_USA=0.0) | {"us_prk_dialogue": 0.4, "us_deal_appetite": 0.5, "peninsula_tension": 0.3}
    return run(world(4, alone, thaw)), run(world(4, alone))


def test_h05_beijing_courts_a_pyongyang_that_seoul_courts() -> None:
    with_, without = south_opens()
    exceeds(share(with_, "CHN", "court_pyongyang"), share(without, "CHN", "court_pyongyang"), by=0.02)


def test_h05_an_opening_doubles_the_chance_of_a_summit_with_a_patron() -> None:
    with_, without = south_opens()
    exceeds(chance_of_any(with_, *SUMMITS), chance_of_any(without, *SUMMITS), times=2.0)


# 2013-17: tests, and Beijing's warmth for Seoul.

UNEASY = ties(CHN_PRK=0.2)


@cache
def provoked() -> tuple[Trajectory, Trajectory]:
    """Pyongyang tests for two years, or keeps still."""
    busy = {"rule": "scripted", "script": ["test_nuclear_weapon", *["test_missile"] * 3], "then": "repeat"}
    still = {"rule": "scripted", "script": ["hold"], "then": "repeat"}
    return tuple(run(world(8, UNEASY, decision={"PRK": rule})) for rule in (busy, still))  # type: ignore[return-value]


def test_h06_tests_cool_beijing_and_leave_most_of_its_trade() -> None:
    with_, without = provoked()
    exceeds(level(without, "goodwill[CHN,PRK]"), level(with_, "goodwill[CHN,PRK]"), by=0.05)
    exceeds(level(with_, "chinese_supply"), level(without, "chinese_supply"), times=0.6)
    exceeds(level(with_, "sanctions_pressure"), level(without, "sanctions_pressure"), by=0.03)


def test_h06_beijing_joins_the_sanctions_against_tests() -> None:
    with_, without = provoked()
    exceeds(share(with_, "CHN", "tighten_enforcement"), share(without, "CHN", "tighten_enforcement"), times=1.2)


def test_h06_beijings_warmth_for_seoul_cools_pyongyang() -> None:
    warm = run(world(16, UNEASY, ties(CHN_KOR=0.55), {"seoul_market": 0.95}))
    cool = run(world(16, UNEASY, ties(CHN_KOR=-0.30), {"seoul_market": 0.40}))
    exceeds(level(cool, "goodwill[PRK,CHN]"), level(warm, "goodwill[PRK,CHN]"), by=0.02)
