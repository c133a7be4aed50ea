"""Sweeps: keys, groups of events, crossings where they are known."""

import numpy as np
import pytest

import triangle_sim as ts
from triangle_sim.analysis.drivers.keys import read_range, with_value
from triangle_sim.analysis.drivers.sweep import crossing, sweep
from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.sample import sample

BASE = ts.load("baseline").with_(quarters=4)


def test_a_crossing_is_interpolated_with_the_interval_of_the_mean():
    """Draws lie about the line y = x with sd 0.3: the mean of 400 crosses 0.5 at 0.5 +- 1.96 * 0.3 / 20."""
    xs = np.linspace(0, 1, 11)
    means = xs[:, None] + np.random.default_rng(3).normal(0, 0.3, 400)
    found = crossing(xs, means - means[5].mean() + 0.5, 0.5, "o", "t")
    assert found.at == pytest.approx(0.5)
    assert (found.low, found.high) == pytest.approx((0.5 - 0.0294, 0.5 + 0.0294), abs=0.005)
    assert (found.crosses, found.way, found.times) == (1.0, "up", 1)
    never = crossing(xs, means, 5.0, "o", "t")
    assert np.isnan(never.at) and never.crosses == 0.0 and never.times == 0
    assert crossing(xs, -means, -0.5, "o", "t").way == "down"
    assert crossing(xs, (4 * (xs - 0.5) ** 2)[:, None] + np.zeros((1, 50)), 0.5, "o", "t").times == 2


def test_the_others_of_a_group_share_what_is_left():
    odds = with_value(BASE, "events.trump_elected.probability", 0.8).events
    assert (odds["trump_elected"].probability, odds["harris_elected"].probability) == pytest.approx((0.8, 0.2))
    free = BASE.with_(events={"harris_elected": {"probability": 0.3}})  # nobody in 2 of 10 cases
    kept = with_value(free, "events.trump_elected.probability", 0.6).events
    assert kept["harris_elected"].probability == pytest.approx(0.3)
    squeezed = with_value(free, "events.trump_elected.probability", 0.9).events
    assert squeezed["harris_elected"].probability == pytest.approx(0.1)


def test_a_sweep_is_the_scenario_at_each_value_on_the_same_worlds():
    how = {"draws": 8, "replicates": 2, "seed": 4, "backend": "numpy"}
    found = sweep(BASE, {"pin.ukraine_war": [1.0, 0.0]}, ["mean goodwill[RUS,PRK]"], **how)
    assert found.values == {"pin.ukraine_war": (0.0, 1.0)}
    frame = found.frame()
    assert frame.groupby("theory").size().tolist() == [2, 2]
    held = sample(BASE.with_(pin={"ukraine_war": 1.0}), ["mean goodwill[RUS,PRK]"], **how)
    assert np.array_equal(found.means["mean goodwill[RUS,PRK]"][1], held.means("mean goodwill[RUS,PRK]"))
    # War makes Moscow need Pyongyang, in every draw.
    assert (np.diff(found.means["mean goodwill[RUS,PRK]"], axis=0) > 0).all()


@pytest.mark.parametrize(
    ("text", "said"),
    [("x", "no KEY=FROM:TO:NUMBER"), ("a=1:2", "no range of numbers"), ("a=1", "1 value"), ("a=0:inf:3", "finite")],
)
def test_ranges_that_are_none_are_told(text, said):
    with pytest.raises(UsageError, match=said):
        read_range(text)


@pytest.mark.parametrize(
    ("key", "said"),
    [("pin.war", "unknown key"), ("pin.ukraine_war", "out of range"), ("title", "not a number"),
     ("events.nobody.probability", "unknown key"), ("theory.chung-2024", "theories are not varied")],
)  # fmt: skip
def test_keys_that_are_none_are_told_before_anything_is_played(key, said):
    with pytest.raises(UsageError, match=said):
        sweep(BASE, {key: [0.0, 9.0]}, draws=1, replicates=1)


def test_a_sweep_says_what_it_found():
    """As the command line prints it: the question, both ends under each theory, and where the threshold is crossed."""
    found = sweep(BASE, {"pin.ukraine_war": [0.0, 1.0]}, ["us_prk_summit"], draws=8, replicates=2, backend="numpy")
    said = repr(found)
    assert "pin.ukraine_war from 0 to 1" in said and "Do Kim and the US president meet?" in said
    assert said.count("is right:") == 2 and "never crosses 50%" in said.replace("\n", " ")
    assert max(map(len, said.splitlines())) <= 100 and "not a forecast" in said
