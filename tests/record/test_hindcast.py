"""An era played again, with the model itself."""

from __future__ import annotations

import numpy as np
import pytest

from triangle_sim.errors import UsageError
from triangle_sim.record.hindcast import DYADS, episode_of, hindcast, scenarios_of, seen_events, under
from triangle_sim.record.observations import load_episode
from triangle_sim.record.scores import held, with_error
from triangle_sim.scenario.load import load

FEW = {"draws": 60, "replicates": 1, "seed": 3, "backend": "numpy"}


@pytest.fixture(scope="module")
def found():
    return hindcast("2012", **FEW)


def test_a_record_that_the_model_made_is_held_nominally(found) -> None:
    """Each run in turn is the record, coded with an error of its own: bands of the others hold their shares."""
    ensemble, runs = with_error(found.played.ties, found.error), found.played.theory.size
    random, shares = np.random.default_rng(7), []
    for run in range(runs):
        coded = found.played.ties[..., run] + random.normal(0, found.error, found.coded.shape)
        others = np.delete(ensemble, run, axis=-1)
        shares.append([held(coded, others, level).mean() for level in (0.5, 0.9)])
    # Bands of 59 runs are a little narrow: their quantiles interpolate between runs.
    assert np.mean(shares, axis=0) == pytest.approx([0.49, 0.88], abs=0.02)


def test_it_knows_the_record_in_the_order_of_its_dyads(found) -> None:
    """Coded by hand in seeds/record: +2 for Pyongyang and Beijing in 2018, +3 for Pyongyang and Moscow in 2024."""
    assert found.played.dyads == DYADS and found.played.years == tuple(range(2012, 2025))
    assert found.coded[2018 - 2012, DYADS.index("PRK-CHN")] == pytest.approx(0.6)
    assert found.coded[2024 - 2012, DYADS.index("PRK-RUS")] == pytest.approx(0.9)
    events = found.played.events
    assert [year for year in found.played.years if found.seen[year - 2012, events.index("us_prk_summit")]] == [
        2018,
        2019,
    ]


def test_rivals_and_rates_know_nothing_later() -> None:
    """From 2017: the walk starts at the coded value of that year, and the meetings of 2018 and 2019 count nowhere."""
    late = hindcast("2012", 2017, draws=2, replicates=1, backend="numpy")
    walk = {rival.name: rival for rival in late.rivals}["random_walk"]
    assert walk.mean.shape == (7, 10) and walk.mean[0] == pytest.approx(late.coded[5])
    # 33 years of the other episodes and six of this one, none with such a meeting.
    assert late.rates[late.played.events.index("us_prk_summit")] == pytest.approx(0.5 / 40)


def test_begun_anew_it_starts_from_the_coded_ties() -> None:
    """A year after 2019 its ties lie nearer to those coded for 2019 than the ones played on from 2012."""
    on, anew = (hindcast("2012", 2019, restart=restart, **{**FEW, "draws": 20}) for restart in (False, True))
    assert anew.played.years == tuple(range(2020, 2025)) and on.years == anew.years
    coded = on.coded[2019 - 2012]
    miss = [np.abs(each.played.ties.mean(axis=-1)[-5] - coded).mean() for each in (on, anew)]
    assert miss[1] < miss[0] / 2
    assert np.array_equal(on.coded[-5:], anew.coded) and np.array_equal(on.rates, anew.rates)


def test_what_it_was_asked_and_under_whom() -> None:
    """Theories, design and label of another scenario that begins where the episode does."""
    scenario = under(load("record_1955", set_={"quarters": 12}), "lowy-2023")
    found = hindcast(episode_of(scenario), scenario=scenario, draws=3, replicates=2, seed=9, backend="numpy")
    assert found.theories == ("lowy-2023",) and found.design == (3, 2, 9) and found.years == (1956, 1957)
    assert found.favours().empty and "lowy-2023" not in found.crps
    assert "test_nuclear_weapon" not in found.played.events  # nobody could


def test_unknown_years_stay_unknown() -> None:
    """Missiles of 2024 are not counted in the record."""
    assert np.isnan(seen_events("2012", ("test_missile",))[:, 0]).tolist() == [False] * 12 + [True]


@pytest.mark.parametrize(
    ("episode", "origin", "says"),
    [("2001", None, "2001"), ("2012", 2011, "from 2012 to 2023"), ("2012", 2024, "from 2012 to 2023")],
)
def test_what_the_record_does_not_have(episode: str, origin: int | None, says: str) -> None:
    """It says so, and what there is."""
    with pytest.raises(UsageError, match=says):
        hindcast(episode, origin)


def test_scenarios_that_do_not_fit() -> None:
    """Beyond the record, or without one of the five."""
    with pytest.raises(UsageError, match="the record of 2012 ends in 2024"):
        episode_of(load("record_2012", set_={"quarters": 60}))
    with pytest.raises(UsageError, match="without USA"):
        episode_of(load("record_2012").with_(countries=["CHN", "KOR", "PRK", "RUS"]))
    with pytest.raises(UsageError, match="no episode"):
        episode_of(load("baseline"))
    with pytest.raises(UsageError, match="episodes: 1955, 1984, 2012, all"):
        scenarios_of("1999")
    assert scenarios_of("all") == [load_episode(name).scenario for name in ("1955", "1984", "2012")]
