"""The record as the package gives it, against the files read plainly and against facts that anyone can look up."""

from __future__ import annotations

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.compute import simulate
from triangle_sim.record.observations import counts, episodes, load_episode, outcomes, read_record
from triangle_sim.resources import data_dir, list_scenarios, read_yaml, scenario_path
from triangle_sim.scenario.check.catalogue import model_catalogue
from triangle_sim.scenario.load import check, load
from triangle_sim.scenario.show.json_schema import json_schema
from triangle_sim.triangle.ties import ties
from triangle_sim.world import CONDITIONS, variables_of

FIVE = ["CHN", "KOR", "PRK", "RUS", "USA"]
CHOICES = {"EV09", "EV11", "EV35", "EV40"}
"""Marked as outside in the record and yet a tie that two of the five chose: no scenario may script them."""

each = pytest.mark.parametrize("name", ["1955", "1984", "2012"])


def test_three_episodes_and_no_other() -> None:
    assert episodes() == ["1955", "1984", "2012"]
    with pytest.raises(UsageError, match="no episode '2001'"):
        load_episode("2001")


@each
def test_ties_stand_in_the_models_order_and_units(name: str) -> None:
    episode = load_episode(name)
    assert episode.dyads == ties(FIVE)
    assert episode.ties.shape == (len(episode.years), 10) and len(episode.confidence) == 10
    written = read_record("ties")["episodes"][name]["values"]
    for column, (one, other) in enumerate(episode.dyads):
        dyad = next(key for key in written if {*key.split("-")} == {one, other})
        np.testing.assert_allclose(episode.ties[:, column] / 0.3, written[dyad])


def test_turns_that_history_books_tell() -> None:
    def tie(name: str, year: int, *dyad: str) -> float:
        episode = load_episode(name)
        return float(episode.ties[list(episode.years).index(year), episode.dyads.index((dyad[0], dyad[1]))])

    assert tie("1955", 1969, "CHN", "RUS") == pytest.approx(-0.9)  # fighting on the Ussuri
    assert tie("1984", 1992, "PRK", "RUS") < 0 < tie("1984", 1988, "PRK", "RUS")
    assert tie("2012", 2024, "PRK", "RUS") == pytest.approx(0.9)  # the treaty of June


def test_counts_of_what_everybody_counts() -> None:
    years = range(2012, 2025)
    assert counts("us_prk_summit", years).tolist() == [0] * 6 + [1, 2] + [0] * 5
    assert counts("chn_prk_summit", years).tolist() == [0] * 6 + [3, 2] + [0] * 5
    assert counts("inter_korean_summit", [2000, 2018]).tolist() == [1, 3]
    assert counts("test_nuclear_weapon", [1998, 2013, 2016, 2017, 2018]).tolist() == [0, 1, 2, 1, 0]
    assert counts("test_missile", [2017, 2018]).tolist() == [21, 0]
    assert counts("rus_prk_treaty", [1961, 2000, 2024]).tolist() == [1, 0, 1]


def test_years_that_are_kept_back_or_not_covered_are_no_zeros() -> None:
    for outcome in outcomes():
        assert np.isnan(counts(outcome, range(2001, 2011))).all(), outcome
    assert np.isnan(counts("test_missile", [2024])).all()
    with pytest.raises(UsageError, match="does not count 'us_prk_sumit'"):
        counts("us_prk_sumit", [2018])


@each
def test_its_scenario_is_sound_and_plays_just_its_years(name: str) -> None:
    episode = load_episode(name)
    found = check(episode.scenario, catalogue=model_catalogue())
    assert found.problems == () and found.scenario is not None
    scenario = found.scenario
    assert (scenario.start.year, scenario.start.number) == (episode.years[0], 1)
    last = scenario.start + (scenario.quarters - 1)
    assert (last.year, last.number) == (episode.years[-1], 2 if name == "2012" else 4)
    assert episode.scenario not in list_scenarios()
    Draft202012Validator(json_schema(model_catalogue())).validate(read_yaml(scenario_path(episode.scenario)))
    assert scenario_path(episode.scenario).parent == data_dir("scenarios") / "record"


@each
def test_its_scenario_scripts_outside_events_alone(name: str) -> None:
    episode = load_episode(name)
    stocks_and_ties = variables_of(tuple(FIVE))
    for key, event in load(episode.scenario).events.items():
        assert event.when is not None and event.title and event.source, key
        assert not event.shock and set(event.effects) <= set(CONDITIONS) | set(stocks_and_ties), key
        assert not any(choice in event.source for choice in CHOICES), key


@each
def test_the_environment_a_run_sees_is_the_coded_one_at_the_end_of_each_year(name: str) -> None:
    episode, table = load_episode(name), read_record("conditions")
    scenario = load(episode.scenario)
    run = simulate(scenario, 1, np.array([0]), np.array([0]))
    for condition, coded in table["episodes"][name]["values"].items():
        seen = run.environment[:, run.prepared.conditions.index(condition), 0]
        at_end = [seen[min(4 * year + 3, len(seen) - 1)] for year in range(len(coded))]
        np.testing.assert_allclose(at_end, coded, atol=table["tolerance"] + 1e-9, err_msg=condition)
