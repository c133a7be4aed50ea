"""The environment: every condition has a level in every starting world; drivers tie resting levels to it."""

from math import inf

import pytest

from triangle_sim.countries import countries
from triangle_sim.world.environment import CONDITIONS, DRIVERS, Driver
from triangle_sim.world.start import load_start, worlds
from triangle_sim.world.variables import variables_of


@pytest.mark.parametrize("world", worlds())
def test_a_condition_keeps_to_its_range(world: str) -> None:
    levels = load_start(world).environment
    for name, condition in CONDITIONS.items():
        assert condition.name == name and condition.meaning and condition.low <= levels[name] <= condition.high
        assert condition.low <= condition.usual <= condition.high


@pytest.mark.parametrize("driver", DRIVERS, ids=lambda each: each.name)
def test_a_driver_ties_what_exists_and_its_sign_is_its_sources(driver: Driver) -> None:
    assert driver.condition in CONDITIONS and driver.variable in variables_of(tuple(countries()))
    parameter = driver.parameter()
    assert parameter.name == driver.name == f"driver.{driver.condition}.{driver.variable}"
    assert parameter.prior.dist == "norm" and parameter.sources == driver.sources
    assert dict(parameter.prior.arguments) == {"loc": driver.effect, "scale": pytest.approx(0.75 * abs(driver.effect))}
    assert (parameter.low, parameter.high) == ((0.0, inf) if driver.effect > 0 else (-inf, 0.0))


def test_no_two_drivers_tie_the_same() -> None:
    assert len({driver.name for driver in DRIVERS}) == len(DRIVERS)
