"""Technology gained, capability, nuclear tests."""

from __future__ import annotations

import numpy as np
import pytest

from .tiny import by_run, course, measure, play, world


def test_nuclear_tests() -> None:
    t = world(runs=3)
    play(t, "PRK", "test_nuclear_weapon", [5], run=1)
    play(t, "PRK", "test_missile", [0, 1, 2], run=2)
    assert list(measure("nuclear_test", t)) == [False, True, False]
    np.testing.assert_array_equal(measure("nuclear_test_when", t), [np.nan, 6.0, np.nan])


def test_technology_adds_up_and_the_start_does_not_count() -> None:
    t = world(technology_to_prk=[0.9, 0.1, 0.2, 0.0, 0.3, 0.0, 0.4], nuclear_missile_capability=[0.1] * 6 + [0.7])
    assert measure("technology_gained", t)[0] == pytest.approx(1.0)
    assert measure("final_capability", t)[0] == 0.7


def test_by_plain_loops() -> None:
    by_run("technology_gained", lambda t, r: sum(course(t, "technology_to_prk", r)[1:]))
    by_run("final_capability", lambda t, r: course(t, "nuclear_missile_capability", r)[-1])
