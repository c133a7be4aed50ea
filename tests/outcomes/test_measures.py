"""Each outcome against a hand-made world, or plain loops over a simulated one."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pytest

from montecarlo.helpers import block_of
from triangle_sim import load
from triangle_sim.montecarlo.simulate import simulate
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.outcomes.registry import first_quarter, mean_over_quarters
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.triangle import ROLES

from .tiny import measure, meet, play, world


@lru_cache
def simulated() -> Trajectory:
    return block_of(load("sino_russian_split"), 8, 3)


def by_run(name: str, loop: Any) -> None:
    """Compare an outcome with a plain loop, run by run."""
    t = simulated()
    found = measure(name, t)
    for run in range(t.runs):
        expected = loop(t, run)
        assert found[run] == pytest.approx(expected, abs=1e-12, nan_ok=True), (name, run)


def course(t: Trajectory, name: str, run: int) -> list[float]:
    return [float(value) for value in t[name][:, run]]


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


def first(happened: list[bool]) -> float:
    return happened.index(True) + 1.0 if True in happened else float("nan")


def test_summits() -> None:
    t = world(runs=3)
    meet(t, "us_prk_summit", [2, 4], run=0)
    meet(t, "us_prk_summit", [0], run=1)
    meet(t, "rus_prk_summit", [1], run=2)
    assert list(measure("us_prk_summit", t)) == [True, True, False]
    np.testing.assert_array_equal(measure("us_prk_summit_when", t), [3.0, 1.0, np.nan])


def test_nuclear_tests() -> None:
    t = world(runs=3)
    play(t, "PRK", "test_nuclear_weapon", [5], run=1)
    play(t, "PRK", "test_missile", [0, 1, 2], run=2)
    assert list(measure("nuclear_test", t)) == [False, True, False]
    np.testing.assert_array_equal(measure("nuclear_test_when", t), [np.nan, 6.0, np.nan])


def test_treaties_need_not_come_together() -> None:
    t = world(runs=3)
    meet(t, "chn_prk_treaty", [0], run=0)
    meet(t, "rus_prk_treaty", [5], run=0)
    meet(t, "chn_prk_treaty", [1, 2], run=1)
    meet(t, "rus_prk_treaty", [3], run=2)
    assert list(measure("both_treaties", t)) == [True, False, False]


def test_commitments_count_at_the_end_alone() -> None:
    levels = np.array([[0.9, 0.1, 0.9]] * 6 + [[0.4, 0.6, 0.6]])
    t = world(runs=3, chinese_commitment=levels, russian_commitment=np.array([[0.0] * 3] * 6 + [[0.6, 0.6, 0.5]]))
    assert list(measure("bound_by_both", t)) == [False, True, False]


def test_technology_adds_up_and_the_start_does_not_count() -> None:
    t = world(technology_to_prk=[0.9, 0.1, 0.2, 0.0, 0.3, 0.0, 0.4], nuclear_missile_capability=[0.1] * 6 + [0.7])
    assert measure("technology_gained", t)[0] == pytest.approx(1.0)
    assert measure("final_capability", t)[0] == 0.7


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


def test_dependence_looks_at_the_last_year() -> None:
    t = world(6, chinese_supply=[0, 0, 0, 0.6, 0.6, 0.6, 0.6], russian_supply=[1, 1, 1, 0.3, 0.3, 0.3, 0.3])
    assert measure("dependence_on_china", t)[0] == pytest.approx(0.6 / (0.6 + 0.3 + 0.1))


def test_isolation() -> None:
    cold = {"CHN_PRK": -0.1, "RUS_PRK": -0.1, "USA_PRK": -0.1}
    t = world(4, chinese_supply=[0, 0.3, 0.4, 0.3, 0.3], russian_supply=[0, 0.3, 0.3, 0.3, 0.36], **cold)
    assert measure("isolation_share", t)[0] == pytest.approx(0.5)  # quarters 1 and 3; the start does not count
    assert bool(measure("ever_isolated", t)[0])
    for warm in cold:
        assert not measure("ever_isolated", world(4, **(cold | {warm: 0.0})))[0]
    only_at_the_start = world(3, **{name: [-0.5, 0.5, 0.5, 0.5] for name in cold})
    assert not measure("ever_isolated", only_at_the_start)[0]


def test_pivot() -> None:
    ties = {name: [0.0, 0.6, 0.6, 0.6, 0.0] for name in ("CHN_PRK", "PRK_CHN", "RUS_PRK", "PRK_RUS")}
    apart = {name: [-0.6, -0.6, -0.6, 0.6, -0.6] for name in ("CHN_RUS", "RUS_CHN")}
    t = world(4, **ties, **apart)
    assert measure("prk_pivot_share", t)[0] == pytest.approx(2 / 4)
    assert measure("first_pivot_when", t)[0] == 1.0
    assert np.isnan(measure("first_pivot_when", world(4))[0])


def test_bloc_consolidation_and_cooperation() -> None:
    six = ("CHN_PRK", "PRK_CHN", "RUS_PRK", "PRK_RUS", "CHN_RUS", "RUS_CHN")
    t = world(5, **{name: [0.2, -1, 0.5, 0.5, 0.5, 0.5] for name in six}, USA_KOR=0.9)
    assert measure("bloc_consolidation", t)[0] == pytest.approx(0.3)
    t = world(5, rok_russia_cooperation=[0.3, 1.0, 0.1, 0.2, 0.3, 0.4])
    assert measure("rok_rus_cooperation_gain", t)[0] == pytest.approx(0.25 - 0.3)


def test_normalisation_takes_both_sides() -> None:
    late = [-1.0, -1.0, 0.4, 0.4, 0.4, 0.4]
    assert measure("rok_rus_normalised", world(5, KOR_RUS=late, RUS_KOR=-0.3))[0]
    assert not measure("rok_rus_normalised", world(5, KOR_RUS=late, RUS_KOR=-0.4))[0]


def test_the_last_year_of_a_short_run_is_all_there_is() -> None:
    t = world(1, rok_russia_cooperation=[0.2, 0.6], chinese_supply=0.5)
    assert measure("rok_rus_cooperation_gain", t)[0] == pytest.approx(0.2)
    assert np.isfinite(measure("dependence_on_china", t)[0])


def test_helpers_of_time() -> None:
    happened = np.array([[False, True, False], [False, True, True]])
    np.testing.assert_array_equal(first_quarter(happened), [np.nan, 1.0, 2.0])
    np.testing.assert_allclose(mean_over_quarters(np.array([[1.0, 2.0], [3.0, 6.0]])), [2.0, 4.0])


def test_simulated_worlds_by_plain_loops() -> None:
    names = [joint.name for joint in simulated().plan.joint_effects]
    meeting = names.index("us_prk_summit")
    by_run("us_prk_summit_when", lambda t, r: first([bool(x) for x in t.meetings[:, meeting, r]]))
    by_run("mean_sanctions_pressure", lambda t, r: mean(course(t, "sanctions_pressure", r)[1:]))
    by_run("technology_gained", lambda t, r: sum(course(t, "technology_to_prk", r)[1:]))
    by_run(
        "support_from_both",
        lambda t, r: mean(list(map(min, course(t, "chinese_supply", r)[1:], course(t, "russian_supply", r)[1:]))),
    )
    by_run(
        "rok_rus_cooperation_gain",
        lambda t, r: mean(course(t, "rok_russia_cooperation", r)[-4:]) - course(t, "rok_russia_cooperation", r)[0],
    )
    ties = [f"goodwill[{i},{j}]" for i in ("CHN", "PRK", "RUS") for j in ("CHN", "PRK", "RUS") if i != j]
    by_run(
        "bloc_consolidation",
        lambda t, r: mean([mean(course(t, tie, r)[-4:]) - course(t, tie, r)[0] for tie in ties]),
    )

    def pivots(t: Trajectory, r: int) -> list[bool]:
        return [ROLES[role] == "pivot" for role in t.triangles.roles_of("PRK", "CHN", "RUS")[1:, r]]

    by_run("prk_pivot_share", lambda t, r: mean([float(x) for x in pivots(t, r)]))
    by_run("first_pivot_when", lambda t, r: first(pivots(t, r)))

    def alone(t: Trajectory, r: int) -> list[bool]:
        cold = [[x < 0 for x in course(t, f"goodwill[{code},PRK]", r)] for code in ("CHN", "RUS", "USA")]
        poor = [[x < 0.35 for x in course(t, name, r)] for name in ("chinese_supply", "russian_supply")]
        return [all(quarter) for quarter in zip(*cold, *poor, strict=True)][1:]

    by_run("isolation_share", lambda t, r: mean([float(x) for x in alone(t, r)]))
    by_run("ever_isolated", lambda t, r: any(alone(t, r)))


def test_regime_security_is_north_koreas_own_interest() -> None:
    """Quarter by quarter through the country's own page, one run at a time."""
    from triangle_sim.countries import countries
    from triangle_sim.world.views import View

    interest = countries()["PRK"].interests()["regime_security"]

    def loop(t: Trajectory, r: int) -> float:
        worth = []
        for q in range(t.moves.shape[0]):
            state = {name: float(t[name][q + 1, r]) for name in t.prepared.variables}
            env = {name: float(t[name][q, r]) for name in t.prepared.conditions}
            worth.append(float(interest(View(state), View(env))))
        return mean(worth)

    by_run("prk_regime_security", loop)
    found = measure("prk_regime_security", simulated())
    assert ((found >= 0) & (found <= 1)).all() and found.std() > 0


def test_the_twin_is_the_same_run_with_rivalry_held_at_zero() -> None:
    scenario = load("sino_russian_split").with_(quarters=8)
    t = simulate(scenario, 1, [2, 3], [0, 1])
    twin = t.twins["sino_russian_rivalry=0"]
    alone = block_like(scenario.with_(pin={"sino_russian_rivalry": 0.0}), [2, 3], [0, 1])
    np.testing.assert_array_equal(twin.state, alone.state)
    assert (twin["sino_russian_rivalry"] == 0).all()
    assert (
        set(t.twins)
        == {"sino_russian_rivalry=0"}
        == {",".join(f"{k}={v:g}" for k, v in o.twin.items()) for o in OUTCOMES.values() if o.twin}
    )


def block_like(scenario: Any, draws: list[int], replicates: list[int]) -> Trajectory:
    return simulate(scenario, 1, draws, replicates)
