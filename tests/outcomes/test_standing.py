"""How does Pyongyang stand: alone, safe, part of a bloc, pressed by sanctions?"""

from __future__ import annotations

import pytest

from triangle_sim.countries import countries
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.world.views import View

from .tiny import by_run, course, mean, measure, simulated, world

PATRONS = {"CHN_PRK": -0.1, "RUS_PRK": -0.1, "USA_PRK": -0.1}


def test_isolation() -> None:
    t = world(4, chinese_supply=[0, 0.3, 0.4, 0.3, 0.3], russian_supply=[0, 0.3, 0.3, 0.3, 0.36], **PATRONS)
    assert measure("isolation_share", t)[0] == pytest.approx(0.5)  # quarters 1 and 3; the start does not count
    assert bool(measure("ever_isolated", t)[0])
    for warm in PATRONS:
        assert not measure("ever_isolated", world(4, **(PATRONS | {warm: 0.0})))[0]
    for border in ("chinese_supply", "russian_supply"):
        assert not measure("ever_isolated", world(4, **(PATRONS | {border: 0.35})))[0], "low support is below 0.35"
        assert measure("ever_isolated", world(4, **(PATRONS | {border: 0.3499})))[0]
    only_at_the_start = world(3, **{name: [-0.5, 0.5, 0.5, 0.5] for name in PATRONS})
    assert not measure("ever_isolated", only_at_the_start)[0]


def test_bloc_consolidation_is_of_the_three_alone() -> None:
    six = ("CHN_PRK", "PRK_CHN", "RUS_PRK", "PRK_RUS", "CHN_RUS", "RUS_CHN")
    t = world(5, **{name: [0.2, -1, 0.5, 0.5, 0.5, 0.5] for name in six}, USA_KOR=0.9)
    assert measure("bloc_consolidation", t)[0] == pytest.approx(0.3)


def test_regime_security_is_north_koreas_own_interest() -> None:
    """Quarter by quarter through the country's own page, one run at a time."""
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


def test_by_plain_loops() -> None:
    ties = [f"goodwill[{i},{j}]" for i in ("CHN", "PRK", "RUS") for j in ("CHN", "PRK", "RUS") if i != j]

    def alone(t: Trajectory, r: int) -> list[bool]:
        cold = [[x < 0 for x in course(t, f"goodwill[{code},PRK]", r)] for code in ("CHN", "RUS", "USA")]
        poor = [[x < 0.35 for x in course(t, name, r)] for name in ("chinese_supply", "russian_supply")]
        return [all(quarter) for quarter in zip(*cold, *poor, strict=True)][1:]

    by_run("isolation_share", lambda t, r: mean([float(x) for x in alone(t, r)]))
    by_run("ever_isolated", lambda t, r: float(any(alone(t, r))))
    by_run("mean_sanctions_pressure", lambda t, r: mean(course(t, "sanctions_pressure", r)[1:]))
    by_run(
        "bloc_consolidation",
        lambda t, r: mean([mean(course(t, tie, r)[-4:]) - course(t, tie, r)[0] for tie in ties]),
    )
