"""Washington and Pyongyang, Seoul and Moscow."""

from __future__ import annotations

import numpy as np
import pytest

from .tiny import by_run, course, first, mean, measure, meet, simulated, world


def test_summits() -> None:
    t = world(runs=3)
    meet(t, "us_prk_summit", [2, 4], run=0)
    meet(t, "us_prk_summit", [0], run=1)
    meet(t, "rus_prk_summit", [1], run=2)
    assert list(measure("us_prk_summit", t)) == [True, True, False]
    np.testing.assert_array_equal(measure("us_prk_summit_when", t), [3.0, 1.0, np.nan])


def test_the_gain_in_cooperation_is_that_of_the_last_year_over_the_start() -> None:
    t = world(5, rok_russia_cooperation=[0.3, 1.0, 0.1, 0.2, 0.3, 0.4])
    assert measure("rok_rus_cooperation_gain", t)[0] == pytest.approx(0.25 - 0.3)


def test_the_last_year_of_a_short_run_is_all_there_is() -> None:
    t = world(1, rok_russia_cooperation=[0.2, 0.6])
    assert measure("rok_rus_cooperation_gain", t)[0] == pytest.approx(0.2)


def test_normalisation_takes_both_sides() -> None:
    late = [-1.0, -1.0, 0.4, 0.4, 0.4, 0.4]
    assert measure("rok_rus_normalised", world(5, KOR_RUS=late, RUS_KOR=-0.3))[0]
    assert not measure("rok_rus_normalised", world(5, KOR_RUS=late, RUS_KOR=-0.4))[0]
    assert not measure("rok_rus_normalised", world(5, KOR_RUS=[1.0, 1.0, -0.4, -0.4, -0.4, -0.4]))[0], (
        "in the last year"
    )


def test_by_plain_loops() -> None:
    meeting = [joint.name for joint in simulated().prepared.joint_effects].index("us_prk_summit")
    by_run("us_prk_summit_when", lambda t, r: first([bool(x) for x in t.meetings[:, meeting, r]]))
    by_run("us_prk_summit", lambda t, r: float(any(t.meetings[:, meeting, r])))
    by_run(
        "rok_rus_cooperation_gain",
        lambda t, r: mean(course(t, "rok_russia_cooperation", r)[-4:]) - course(t, "rok_russia_cooperation", r)[0],
    )
    by_run(
        "rok_rus_normalised",
        lambda t, r: float(
            mean(course(t, "goodwill[KOR,RUS]", r)[-4:]) + mean(course(t, "goodwill[RUS,KOR]", r)[-4:]) > 0
        ),
    )
