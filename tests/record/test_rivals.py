"""Naive rivals against calculations by hand, and what each of them may know."""

from __future__ import annotations

import numpy as np
import pytest

from triangle_sim.record.rivals import base_rates, rivals_of, yearly_step

EARLY = (range(1955, 1959), np.asarray([[0.0, 0.5], [0.1, 0.5], [0.1, 0.3], [0.3, 0.3]]))
LATE = (range(2012, 2018), np.asarray([[0.2, -0.9], [0.3, -0.9], [0.3, -0.6], [0.6, -0.6], [0.9, 0.0], [0.9, 0.9]]))
RECORD = {"1955": EARLY, "2012": LATE}


def rivals(origin: int, episode: str = "2012") -> dict[str, object]:
    years = [year for year in RECORD[episode][0] if year > origin]
    return {rival.name: rival for rival in rivals_of(RECORD, episode, origin, years, 0.15)}


def test_a_step_by_hand() -> None:
    """Root mean square over all changes, years before the origin and dyads alike."""
    assert yearly_step([EARLY[1]]) == pytest.approx(np.sqrt((0.1**2 + 0.0 + 0.2**2 + 0.0 + 0.2**2 + 0.0) / 6))


def test_persistence_repeats_the_year_of_origin() -> None:
    """With the coder's error and no more."""
    last = rivals(2014)["persistence"]
    assert last.mean.tolist() == [[0.3, -0.6]] * 3
    assert np.all(last.sd == 0.15)


def test_a_walk_is_fitted_on_the_episode_up_to_the_origin() -> None:
    """Three years of changes suffice; later changes, however large, are not known."""
    walk = rivals(2015)["random_walk"]
    step = np.sqrt((0.1**2 + 0.3**2 + 0.3**2) / 6)
    assert walk.mean.tolist() == [[0.6, -0.6]] * 2
    assert walk.sd[:, 0] == pytest.approx(np.sqrt(step**2 * np.asarray([1, 2]) + 0.15**2))


def test_a_short_history_borrows_from_earlier_episodes() -> None:
    """From the first year there are no changes; the earlier episode gives them."""
    walk = rivals(2012)["random_walk"]
    assert walk.sd[0, 0] == pytest.approx(np.hypot(yearly_step([EARLY[1]]), 0.15))


def test_the_first_episode_borrows_from_later_ones() -> None:
    """It has none before it."""
    walk = rivals(1955, "1955")["random_walk"]
    assert walk.sd[0, 0] == pytest.approx(np.hypot(yearly_step([LATE[1]]), 0.15))
    assert rivals(1955, "1955")["era_mean"].mean[0].tolist() == pytest.approx(LATE[1].mean(axis=0).tolist())


def test_an_era_is_the_years_up_to_the_origin() -> None:
    """Mean and spread of two years by hand; from the first year those of the earlier episode."""
    era = rivals(2013)["era_mean"]
    assert era.mean[0] == pytest.approx([0.25, -0.9])
    assert era.sd[0] == pytest.approx([np.hypot(0.1 / np.sqrt(2), 0.15), 0.15])
    assert rivals(2012)["era_mean"].mean[0] == pytest.approx(EARLY[1].mean(axis=0))


def test_nothing_after_the_origin_matters() -> None:
    """Other later values give the same rivals."""
    other = {**RECORD, "2012": (LATE[0], np.concatenate([LATE[1][:3], -LATE[1][3:]]))}
    for one, two in zip(rivals_of(RECORD, "2012", 2014, [2015, 2016], 0.15),
                        rivals_of(other, "2012", 2014, [2015, 2016], 0.15), strict=True):  # fmt: skip
        assert np.array_equal(one.mean, two.mean) and np.array_equal(one.sd, two.sd)


def test_bands_of_a_rival() -> None:
    """A normal's central half reaches 0.674 standard deviations, nine tenths of it 1.645."""
    last = rivals(2014)["persistence"]
    at = last.mean + 0.15 * np.asarray([[0.67], [0.68], [1.65]])
    at[0, 1] = np.nan
    assert last.held(at, 0.5)[:, 0].tolist() == [1, 0, 0] and last.held(at, 0.9)[:, 0].tolist() == [1, 1, 0]
    assert np.isnan(last.held(at, 0.5)[0, 1]) and np.isnan(last.crps(at)[0, 1])


def test_base_rates_by_hand() -> None:
    """Two of four years, and none of three that are known, which is not impossible."""
    seen = [[[1, 0], [0, 0]], [[1, 0], [0, np.nan]]]
    assert base_rates(seen) == pytest.approx([2.5 / 5, 0.5 / 4])
