"""What every picture says of its result."""

from __future__ import annotations

from dataclasses import replace

import triangle_sim as ts
from triangle_sim.plots import base

from . import fake


def test_captions_state_scenario_design_seed_version_and_that_it_is_a_model():
    text = base.caption([fake.result(draws=40, replicates=5)])
    assert text == "scenario baseline · 40 draws × 5 replicates, seed 1 · triangle_sim 0.1.0 · a model, not a forecast"
    other = fake.result(draws=1, replicates=1, seed=7, name="other")
    assert "other (1 draw × 1 replicate, seed 7)" in base.caption([fake.result(draws=40, replicates=5), other])


def test_the_span_is_that_of_the_scenario():
    """The last state is labelled with the quarter after the last one; it is the last one's end."""
    result = ts.run(ts.load("baseline", set_={"quarters": 3}), draws=2, replicates=1, jobs=1)
    assert sorted(result.quarters["quarter"].unique())[-1] == "2025Q2"
    assert (str(result.scenario.start), str(result.scenario.end)) == ("2024Q3", "2025Q1")
    assert base.span(result) == "start of 2024Q3 to end of 2025Q1"
    assert base.moment(result, "2025Q1") == "start of 2025Q1"
    assert base.moment(result, "2025Q2") == "end of 2025Q1"


def test_events_that_have_a_date_and_can_happen():
    scenario = fake.Scenario(events={
        "late": fake.Event("Late", "2025Q1"), "early_on": fake.Event(None, "2024Q4"),
        "some_day": fake.Event("Some day"), "never": fake.Event("Never", "2025Q1", probability=0.0),
    })  # fmt: skip
    dated = base.dated_events(replace(fake.result(draws=2, replicates=1), scenario=scenario))
    assert list(dated.items()) == [("Early on", "2024Q4"), ("Late", "2025Q1")]
