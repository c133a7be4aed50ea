"""How the world moves by itself, against the formula by hand."""

import numpy as np
import pytest

from triangle_sim.arrays import unsquash
from triangle_sim.world.dynamics import Dynamics
from triangle_sim.world.environment import Driver
from triangle_sim.world.variables import Variable, tie_variable

VARIABLES = {each.name: each for each in (tie_variable("A", "B"), Variable("stock", "some stock", 0.5, 0.1))}
DRIVERS = [
    Driver("warm", "goodwill[A,B]", 0.4, ("judgement",)),
    Driver("rich", "stock", -0.2, ("judgement",)),
    Driver("rich", "goodwill[A,C]", 9.0, ("judgement",)),
]
VALUES = {
    "rate.goodwill[A,B]": np.array([0.1, 0.2]),
    "rate.stock": np.array([0.5, 0.25]),
    "noise.goodwill[A,B]": np.array([0.0, 1.0]),
    "noise.stock": np.array([2.0, 3.0]),
    "start.goodwill[A,B]": np.array([0.5, -0.5]),
    "start.stock": np.array([0.25, 1.0]),
    "rest.goodwill[A,B]": np.array([0.0, 0.25]),
    "rest.stock": np.array([0.75, 0.5]),
    "driver.warm.goodwill[A,B]": np.array([0.4, 0.8]),
    "driver.rich.stock": np.array([-0.2, 0.1]),
}


@pytest.fixture
def dynamics() -> Dynamics:
    return Dynamics(VARIABLES, ["rich", "warm"], DRIVERS, {"rich": 0.25, "warm": 0.5}, VALUES)


def test_a_step_is_the_way_back_the_pushes_and_luck(dynamics: Dynamics) -> None:
    z, rest = np.array([[0.2, 0.4], [0.6, 0.8]]), np.array([[0.0, 1.0], [0.5, 0.5]])
    pushes, luck = np.array([[0.01, 0.02], [0.03, 0.04]]), np.array([[5.0, 0.5], [0.1, -0.1]])
    found = dynamics.step(z, rest, pushes, luck)
    expected = [
        [0.2 + 0.1 * (0.0 - 0.2) + 0.01 + 0.0 * 5.0, 0.4 + 0.2 * (1.0 - 0.4) + 0.02 + 1.0 * 0.5],
        [0.6 + 0.5 * (0.5 - 0.6) + 0.03 + 2.0 * 0.1, 0.8 + 0.25 * (0.5 - 0.8) + 0.04 - 3.0 * 0.1],
    ]
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-15)


def test_drivers_are_silent_in_the_starting_world(dynamics: Dynamics) -> None:
    quiet = dynamics.resting(np.array([[0.25, 0.25], [0.5, 0.5]]), np.zeros((2, 2)))
    np.testing.assert_array_equal(quiet, dynamics.rest)


def test_drivers_and_events_move_resting_levels(dynamics: Dynamics) -> None:
    shifts = np.array([[0.125, 0.0], [0.0, -0.5]])
    found = dynamics.resting(np.array([[0.75, 0.25], [0.5, 0.0]]), shifts) - dynamics.rest
    expected = [[0.125, 0.8 * -0.5], [-0.2 * 0.5, -0.5]]
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-15)


def test_levels_on_their_own_scales_are_latent_inside(dynamics: Dynamics) -> None:
    np.testing.assert_array_equal(dynamics.start[0], unsquash(VALUES["start.goodwill[A,B]"], -1.0, 1.0))
    np.testing.assert_array_equal(dynamics.rest[1], unsquash(VALUES["rest.stock"], 0.0, 1.0))
    assert dynamics.observe(dynamics.start)[0].tolist() == pytest.approx([0.5, -0.5], abs=1e-15)
    assert dynamics.observe(dynamics.start)[1].tolist() == pytest.approx([0.25, 0.995], abs=1e-15), "0.5% from the end"
