"""What a trajectory says by year, and a world begun anew."""

from __future__ import annotations

import numpy as np
import pytest

from triangle_sim.backends.backend import load as backend
from triangle_sim.model.prepared import prepared_for
from triangle_sim.quarters import Quarter
from triangle_sim.record.play import by_year, levels_at, play, possible, restarted
from triangle_sim.scenario.load import load

DYADS = ("PRK-RUS", "USA-CHN")


@pytest.fixture(scope="module")
def scenario():
    """Seven quarters from the middle of a year."""
    return load("baseline", set_={"quarters": 7})


def test_a_year_is_the_mean_of_its_quarters_and_counts_an_event_once(scenario) -> None:
    """Two quarters of 2024, four of 2025, one of 2026, each as it is left behind."""
    (t,) = backend("numpy").trajectories(prepared_for(scenario), 1, np.arange(200) // 4, np.arange(200) % 4, [{}])
    found = by_year(t, DYADS)
    assert found.years == (2024, 2025, 2026)
    for k, (one, other) in enumerate((("PRK", "RUS"), ("CHN", "USA"))):
        mutual = (t[f"goodwill[{one},{other}]"] + t[f"goodwill[{other},{one}]"]) / 2
        for year, quarters in enumerate(([1, 2], [3, 4, 5, 6], [7])):
            assert found.ties[year, k] == pytest.approx(mutual[quarters].mean(axis=0))
    met = t.met("rus_prk_summit")
    assert met[2:6].sum(axis=0).max() > 1  # in some run more than once in the year
    assert np.array_equal(found.happened[1, found.events.index("rus_prk_summit")], met[2] | met[3] | met[4] | met[5])
    tests = t.played("PRK", "test_missile")
    assert tests[:2].any()
    assert np.array_equal(found.happened[0, found.events.index("test_missile")], tests[0] | tests[1])


def test_pieces_make_the_same_ensemble(scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    """However the runs are cut, and each piece is told."""
    how = {"draws": 4, "replicates": 3, "seed": 5, "backend": "numpy"}
    prepared = prepared_for(scenario)
    whole, told = play(prepared, DYADS, **how), []
    monkeypatch.setattr("triangle_sim.record.play.BLOCK", 5)
    cut = play(prepared, DYADS, **how, progress=lambda done, total: told.append((done, total)))
    assert np.array_equal(whole.ties, cut.ties) and np.array_equal(whole.happened, cut.happened)
    assert whole.theory.tolist() == cut.theory.tolist()
    assert told == [(5, 12), (10, 12), (12, 12)]


def test_what_a_scenario_rules_out_is_not_asked(scenario) -> None:
    """A move taken away takes its meetings with it."""
    early = load("sino_soviet_split_1961")
    gone = {"test_nuclear_weapon", "test_missile", "ship_arms_to_russia", "us_prk_summit"}
    assert set(possible(scenario)) - set(possible(early)) == gone


@pytest.fixture
def anew():
    """Begun in 2026Q1: an event that lasts, one that is over, one that has two quarters left, one still to come."""
    events = {
        "lasting": {"when": "2024Q4", "effects": {"ukraine_war": -0.5}, "shock": {"goodwill[CHN,PRK]": 1.0}},
        "over": {"when": "2024Q4", "duration": 5, "effects": {"sino_us_stake": -0.2}},
        "ending": {"when": "2024Q4", "duration": 7, "effects": {"us_deal_appetite": 0.4}},
        "coming": {"when": "2026Q2", "shock": {"goodwill[USA,KOR]": -1.0}},
    }
    base = load("baseline", set_={"quarters": 10}).with_(events={**dict.fromkeys(load("baseline").events), **events})
    return base, restarted(base, 2025, {"PRK-CHN": 0.9, "RUS-USA": -0.6}, 0.15, {"chinese_supply": 0.42})


def test_a_world_begun_anew(anew) -> None:
    """It ends when it did, from the coded ties in both directions and the given levels."""
    base, new = anew
    assert new.start == Quarter(2026, 1) and new.end == base.end
    (t,) = backend("numpy").trajectories(prepared_for(new), 1, np.arange(400), np.zeros(400, int), [{}])
    for name, coded in (("goodwill[RUS,USA]", -0.6), ("goodwill[USA,RUS]", -0.6)):
        assert t[name][0].mean() == pytest.approx(coded, abs=0.03) and t[name][0].std() == pytest.approx(0.15, abs=0.02)
    assert t["goodwill[PRK,CHN]"][0].max() <= 1
    assert np.all(t["chinese_supply"][0] == pytest.approx(0.42))


def test_events_that_last_are_there_from_its_first_quarter(anew) -> None:
    """With the environment they would have made, and without the push they gave as they began."""
    _, new = anew
    assert set(new.events) == {"lasting", "ending", "coming"}
    assert not new.events["lasting"].shock and new.events["coming"].shock
    (old,), (t,) = (
        backend("numpy").trajectories(prepared_for(each), 1, np.arange(3), np.zeros(3, int), [{}]) for each in anew
    )
    assert np.array_equal(old.environment[6:], t.environment)


def test_levels_are_what_the_model_expects(scenario) -> None:
    """Of everything but ties, and of the conditions, at the end of the year."""
    levels, conditions = levels_at(scenario, 2025, draws=20, seed=1, backend="numpy")
    (t,) = backend("numpy").trajectories(prepared_for(scenario), 1, np.arange(20), np.zeros(20, int), [{}])
    assert levels["chinese_supply"] == pytest.approx(t["chinese_supply"][6].mean())
    assert not [name for name in levels if name.startswith("goodwill")]
    assert conditions == pytest.approx(dict(zip(t.prepared.conditions, t.environment[5].mean(axis=-1), strict=True)))
