"""Does Pyongyang gain from having two patrons?"""

from __future__ import annotations

import numpy as np
import pytest

from triangle_sim import load
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.montecarlo.compute import simulate
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.triangle.typology import ROLES

from .tiny import block_of, by_run, course, first, mean, measure, meet, simulated, world


def test_treaties_need_not_come_together() -> None:
    t = world(runs=3)
    meet(t, "chn_prk_treaty", [0], run=0)
    meet(t, "rus_prk_treaty", [5], run=0)
    meet(t, "chn_prk_treaty", [1, 2], run=1)
    meet(t, "rus_prk_treaty", [3], run=2)
    assert list(measure("both_treaties", t)) == [True, False, False]


def test_commitments_count_at_the_end_alone() -> None:
    levels = np.array([[0.9, 0.1, 0.9, 0.9]] * 6 + [[0.4, 0.6, 0.6, 0.5]])
    russian = np.array([[0.0] * 4] * 6 + [[0.6, 0.6, 0.5, 0.6]])
    t = world(runs=4, chinese_commitment=levels, russian_commitment=russian)
    assert list(measure("bound_by_both", t)) == [False, True, False, False]


def test_support_from_both_is_the_smaller_supply() -> None:
    t = world(4, chinese_supply=[1.0, 0.4, 0.8, 0.0, 0.6], russian_supply=[1.0, 0.6, 0.2, 0.9, 0.6])
    assert measure("support_from_both", t)[0] == pytest.approx((0.4 + 0.2 + 0.0 + 0.6) / 4)


def test_playoff_is_the_difference_to_the_twin() -> None:
    t, twin = world(2, chinese_supply=0.5, russian_supply=[0.9, 0.3, 0.5]), world(2, chinese_supply=0.5)
    twin["russian_supply"][:] = 0.2
    t.twins["sino_russian_rivalry=0"] = twin
    assert measure("playoff_success", t)[0] == pytest.approx((0.1 + 0.3) / 2)


def test_a_world_without_rivalry_is_its_own_twin() -> None:
    pinned = load("baseline").with_(pin={"sino_russian_rivalry": 0.0}, quarters=6)
    assert (measure("playoff_success", block_of(pinned, 4, 2)) == 0).all()
    assert (measure("playoff_success", simulated()) != 0).any()


def test_the_twin_is_the_same_run_with_rivalry_held_at_zero() -> None:
    scenario = load("sino_russian_split").with_(quarters=8)
    t = simulate(scenario, 1, [2, 3], [0, 1])
    twin = t.twins["sino_russian_rivalry=0"]
    alone = simulate(scenario.with_(pin={"sino_russian_rivalry": 0.0}), 1, [2, 3], [0, 1])
    np.testing.assert_array_equal(twin.state, alone.state)
    assert (twin["sino_russian_rivalry"] == 0).all()
    wanted = {",".join(f"{k}={v:g}" for k, v in o.twin.items()) for o in OUTCOMES.values() if o.twin}
    assert set(t.twins) == {"sino_russian_rivalry=0"} == wanted


def test_dependence_looks_at_the_last_year() -> None:
    t = world(6, chinese_supply=[0, 0, 0, 0.6, 0.6, 0.6, 0.6], russian_supply=[1, 1, 1, 0.3, 0.3, 0.3, 0.3])
    assert measure("dependence_on_china", t)[0] == pytest.approx(0.6 / (0.6 + 0.3 + 0.1))
    assert measure("dependence_on_china", world(1, chinese_supply=0.5))[0] == pytest.approx(0.5 / 0.6), "of a short run"


def test_pivot() -> None:
    ties = {name: [0.0, 0.6, 0.6, 0.6, 0.0] for name in ("CHN_PRK", "PRK_CHN", "RUS_PRK", "PRK_RUS")}
    apart = {name: [-0.6, -0.6, -0.6, 0.6, -0.6] for name in ("CHN_RUS", "RUS_CHN")}
    t = world(4, **ties, **apart)
    assert measure("prk_pivot_share", t)[0] == pytest.approx(2 / 4)
    assert measure("first_pivot_when", t)[0] == 1.0
    assert np.isnan(measure("first_pivot_when", world(4))[0])


def test_by_plain_loops() -> None:
    def supplies(t: Trajectory, r: int) -> list[float]:
        return list(map(min, course(t, "chinese_supply", r)[1:], course(t, "russian_supply", r)[1:]))

    def pivots(t: Trajectory, r: int) -> list[bool]:
        return [ROLES[role] == "pivot" for role in t.triangles.roles_of("PRK", "CHN", "RUS")[1:, r]]

    by_run("support_from_both", lambda t, r: mean(supplies(t, r)))
    twin = simulated().twins["sino_russian_rivalry=0"]
    by_run("playoff_success", lambda t, r: mean(supplies(t, r)) - mean(supplies(twin, r)))
    by_run("prk_pivot_share", lambda t, r: mean([float(x) for x in pivots(t, r)]))
    by_run("first_pivot_when", lambda t, r: first(pivots(t, r)))
