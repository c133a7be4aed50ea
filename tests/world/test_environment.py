"""The environment: every condition has a level in every starting world; drivers tie resting levels to it."""

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


@pytest.mark.parametrize("driver", DRIVERS, ids=lambda each: each.name)
def test_a_driver_ties_what_exists_and_is_known_to_thirty_per_cent(driver: Driver) -> None:
    assert driver.condition in CONDITIONS and driver.variable in variables_of(tuple(countries()))
    parameter = driver.parameter()
    assert parameter.name == driver.name == f"driver.{driver.condition}.{driver.variable}"
    assert parameter.prior.dist == "norm" and parameter.sources == driver.sources
    assert dict(parameter.prior.arguments) == {"loc": driver.effect, "scale": pytest.approx(0.3 * abs(driver.effect))}


def test_no_two_drivers_tie_the_same() -> None:
    assert len({driver.name for driver in DRIVERS}) == len(DRIVERS)
