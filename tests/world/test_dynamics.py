"""How the world moves by itself, against the formula by hand."""

import numpy as np
import pytest

from triangle_sim.arrays import unsquash
from triangle_sim.world.dynamics import Dynamics
from triangle_sim.world.environment import CONDITIONS, Condition, Driver
from triangle_sim.world.variables import Variable, tie_variable

VARIABLES = {each.name: each for each in (tie_variable("A", "B"), Variable("stock", "some stock", 0.5, 0.1))}
DRIVERS = [
    Driver("warm", "goodwill[A,B]", 0.4, ("judgement",)),
    Driver("rich", "stock", -0.2, ("judgement",)),
    Driver("cold", "goodwill[A,B]", -0.3, ("judgement",), through="stock"),
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
    "driver.cold.goodwill[A,B]": np.array([-0.3, -0.5]),
    "driver.rich.stock": np.array([-0.2, 0.1]),
    "legacy": np.array([0.5, 0.25]),
    "fade": np.array([0.1, 0.2]),
}
STARTING = {"cold": 0.0, "rich": 0.25, "warm": 0.5}
USUAL = {"cold": 0.0, "rich": 0.9, "warm": 0.375}
STATE = np.array([[0.5, -0.5], [0.25, 0.8]])


@pytest.fixture(autouse=True)
def conditions(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, usual in USUAL.items():
        monkeypatch.setitem(CONDITIONS, name, Condition(name, "..", ("judgement",), usual))


def world(began: dict[str, float] | None = None, **values: float) -> Dynamics:
    """With some parameters alike in both runs."""
    same = {name: np.full(2, value) for name, value in values.items()}
    return Dynamics(VARIABLES, list(STARTING), DRIVERS, STARTING, VALUES | same, began)


@pytest.fixture
def dynamics() -> Dynamics:
    return world()


def rest(dynamics: Dynamics, quarter: int = 0, **changed: float) -> np.ndarray:
    """Where things rest with no event in force, in the environment of the start but for what has changed."""
    environment = np.array([[level, level] for level in (STARTING | changed).values()])
    return dynamics.resting(quarter, environment, STATE, np.zeros((2, 2)))  # type: ignore[arg-type]


def test_a_step_is_the_way_back_the_pushes_and_luck(dynamics: Dynamics) -> None:
    z, rest = np.array([[0.2, 0.4], [0.6, 0.8]]), np.array([[0.0, 1.0], [0.5, 0.5]])
    pushes, luck = np.array([[0.01, 0.02], [0.03, 0.04]]), np.array([[5.0, 0.5], [0.1, -0.1]])
    found = dynamics.step(z, rest, pushes, luck)
    expected = [
        [0.2 + 0.1 * (0.0 - 0.2) + 0.01 + 0.0 * 5.0, 0.4 + 0.2 * (1.0 - 0.4) + 0.02 + 1.0 * 0.5],
        [0.6 + 0.5 * (0.5 - 0.6) + 0.03 + 2.0 * 0.1, 0.8 + 0.25 * (0.5 - 0.8) + 0.04 - 3.0 * 0.1],
    ]
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-15)


def test_drivers_of_ties_are_silent_in_usual_times_those_of_stocks_in_the_starting_world() -> None:
    np.testing.assert_array_equal(rest(world(legacy=0.0), warm=USUAL["warm"]), world().rest)


def test_drivers_and_events_move_resting_levels() -> None:
    dynamics, shifts = world(legacy=0.0), np.array([[0.125, 0.0], [0.0, -0.5]])
    environment = np.array([[0.0, 0.0], [0.75, 0.25], [0.5, 0.0]])
    found = dynamics.resting(0, environment, STATE, shifts) - dynamics.rest  # type: ignore[arg-type]
    expected = [[0.125 + 0.4 * 0.125, 0.8 * -0.375], [-0.2 * 0.5, -0.5]]
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-15)


def test_a_driver_through_a_stock_counts_as_far_as_the_stock_goes() -> None:
    """By the level at which a quarter begins; what sets the tie apart is measured at the stock's level at the start."""
    found = rest(world(legacy=0.0), cold=0.5) - rest(world(legacy=0.0))
    np.testing.assert_allclose(found, [[-0.3 * 0.5 * 0.25, -0.5 * 0.5 * 0.8], [0.0, 0.0]], rtol=0, atol=1e-15)
    cold = rest(world(began=STARTING | {"cold": 1.0}, legacy=1.0)) - rest(world(legacy=1.0))
    np.testing.assert_allclose(cold[0], [0.3 * 0.25, 0.5 * 0.995], rtol=0, atol=1e-15)


def test_a_share_of_what_sets_a_tie_apart_lasts_and_fades(dynamics: Dynamics) -> None:
    """Against where the starting world's conditions lead the tie, or those in which it came about."""
    led = unsquash(VALUES["rest.goodwill[A,B]"], -1.0, 1.0) + np.array([0.4, 0.8]) * (0.5 - 0.375)
    apart = np.array([0.5, 0.25]) * (unsquash(VALUES["start.goodwill[A,B]"], -1.0, 1.0) - led)
    for quarter in (0, 1, 7):
        left = apart * (1.0 - np.array([0.1, 0.2])) ** quarter
        np.testing.assert_allclose(rest(dynamics, quarter)[0], led + left, rtol=0, atol=1e-15)
    other = rest(world(began=STARTING | {"warm": 1.0})) - rest(dynamics)
    np.testing.assert_allclose(other[0], -np.array([0.5, 0.25]) * np.array([0.4, 0.8]) * 0.5, rtol=0, atol=1e-15)
    np.testing.assert_array_equal(other[1], 0.0)


def test_a_whole_legacy_that_never_fades_keeps_a_tie_where_it_started() -> None:
    """It moves with conditions alone."""
    dynamics = world(legacy=1.0, fade=0.0)
    for quarter in (0, 40):
        np.testing.assert_allclose(rest(dynamics, quarter)[0], dynamics.start[0], rtol=0, atol=1e-15)
        moved = dynamics.start[0] + np.array([0.4, 0.8]) * (0.9 - 0.5)
        np.testing.assert_allclose(rest(dynamics, quarter, warm=0.9)[0], moved, rtol=0, atol=1e-15)


def test_without_a_legacy_a_tie_rests_where_conditions_lead_it_wherever_it_started() -> None:
    starts = [world(legacy=0.0, **{"start.goodwill[A,B]": level}) for level in (-0.9, 0.9)]
    np.testing.assert_array_equal(*(rest(each, quarter) for quarter, each in enumerate(starts)))
    assert (rest(world(**{"start.goodwill[A,B]": -0.9}))[0] < rest(world(**{"start.goodwill[A,B]": 0.9}))[0]).all()


def test_a_stock_has_no_legacy() -> None:
    low, high = (rest(world(**{"start.stock": level}))[1] for level in (0.1, 0.9))
    np.testing.assert_array_equal(low, high)


def test_levels_on_their_own_scales_are_latent_inside(dynamics: Dynamics) -> None:
    np.testing.assert_array_equal(dynamics.start[0], unsquash(VALUES["start.goodwill[A,B]"], -1.0, 1.0))
    np.testing.assert_array_equal(dynamics.rest[1], unsquash(VALUES["rest.stock"], 0.0, 1.0))
    assert dynamics.observe(dynamics.start)[0].tolist() == pytest.approx([0.5, -0.5], abs=1e-15)
    assert dynamics.observe(dynamics.start)[1].tolist() == pytest.approx([0.25, 0.995], abs=1e-15), "0.5% from the end"
