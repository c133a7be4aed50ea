"""Ties are the means of their directions, and look like what they are."""

from __future__ import annotations

import pytest

from triangle_sim.plots import network

from . import fake


@pytest.fixture(scope="module")
def result():
    return fake.result(draws=60, replicates=10)


def test_a_tie_is_the_mean_of_its_directions(result):
    first, last = "2024Q3", "2029Q3"
    for quarter, place in ((first, 0), (last, 1)):
        ties = network.ties_in(result, quarter)
        assert len(ties) == 10
        assert ties["PRK", "RUS"] == pytest.approx(
            (fake.TIES["PRK", "RUS"][place] + fake.TIES["RUS", "PRK"][place]) / 2
        )


def test_width_grows_with_strength_and_dash_tells_the_sign():
    strong, weak, hostile, neutral = (network.edge_style(value) for value in (0.5, 0.3, -0.5, 0.0))
    assert strong["linewidth"] > weak["linewidth"]
    assert strong["linewidth"] == hostile["linewidth"]
    for key in ("linestyle", "color"):
        assert len({style[key] for style in (strong, hostile, neutral)}) == 3


@pytest.mark.parametrize(("value", "text"), [(-0.04, "0.0"), (0.0, "0.0"), (0.26, "+0.3"), (-0.26, "−0.3")])
def test_a_tie_is_written_with_its_sign(value, text):
    assert network.signed(value) == text


def test_both_panels_say_when_they_are():
    panels = network.network(fake.result(draws=2, replicates=2)).axes
    assert [ax.texts[0].get_text() for ax in panels] == [
        "At the start\nof 2024Q3",
        "If Chung 2024 is right:\nat the end of 2029Q2",
        "If Lowy 2023 is right:\nat the end of 2029Q2",
    ]
