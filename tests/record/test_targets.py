"""What a fit aims at: the record's own numbers, and nothing of the years that are kept from it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from triangle_sim.montecarlo.compute import simulate
from triangle_sim.record.hindcast import DYADS
from triangle_sim.record.play import by_year
from triangle_sim.record.targets import EVENT_ERROR, covariance, targets
from triangle_sim.scenario.load import load

SCENARIO = load("record_2012")


def test_ties_are_the_coded_ones() -> None:
    """+2 in 2018 for Pyongyang and Beijing, a point being 0.3; ten dyads in thirteen years."""
    ties = [each for each in targets("2012", SCENARIO) if each.what in DYADS and not each.moved]
    assert len(ties) == 130
    (found,) = (each for each in ties if each.what == "PRK-CHN" and each.first == 2018)
    assert (found.value, found.error, found.last) == (pytest.approx(0.6), 0.15, 2018)


def test_how_much_a_tie_moves_is_what_the_coder_wrote() -> None:
    """Beijing and Seoul, +1 +2 +2 +2 -1 -1.5 +.5 +.5 ... : steps are added up, whichever way they go."""
    (found,) = (each for each in targets("2012", SCENARIO) if each.moved and each.what == "CHN-KOR")
    coded = [each.value for each in targets("2012", SCENARIO) if each.what == "CHN-KOR" and not each.moved]
    assert found.value == pytest.approx(sum(abs(b - a) for a, b in pairwise(coded)) / 12)
    assert (found.first, found.last) == (2012, 2024)


def test_spans_of_events_cover_every_year_once() -> None:
    """Kim met a US president in 2018 and 2019 and in no other year: five spans of at most four years."""
    spans = [(t.first, t.last, t.value) for t in targets("2012", SCENARIO) if t.what == "us_prk_summit"]
    assert spans == [(2012, 2015, 0.0), (2016, 2017, 0.0), (2018, 2019, 1.0), (2020, 2023, 0.0), (2024, 2024, 0.0)]


def test_nothing_after_the_last_year_is_a_target() -> None:
    early = targets("2012", SCENARIO, 2016)
    assert early and max(each.last for each in early) == 2016


def test_errors_of_a_dyad_hang_together() -> None:
    some = [each for each in targets("2012", SCENARIO) if each.what in ("PRK-CHN", "RUS-USA", "us_prk_summit")]
    found = covariance([each for each in some if not each.moved])
    assert np.linalg.eigvalsh(found).min() > 0
    assert found[0, :3] == pytest.approx(0.15**2 * 0.6 ** np.arange(3))
    assert found[0, 13] == 0.0, "another dyad"
    both = covariance(some)
    assert np.linalg.eigvalsh(both).min() > 0 and np.count_nonzero(both[[each.moved for each in some]]) == 2
    assert found[-1, -1] == pytest.approx(EVENT_ERROR**2) and found[-1, -2] == 0.0


def test_what_is_expected_is_read_off_the_futures() -> None:
    """Against the trajectory itself, quarter by quarter."""
    t = simulate(SCENARIO.with_(quarters=8), 1, np.arange(6), np.zeros(6, int))
    played = by_year(t, DYADS)
    for each in targets("2012", SCENARIO.with_(quarters=8)):
        said = each.expected(played)
        quarters = slice(4 * (each.first - 2012), 4 * (each.last - 2012) + 4)
        if each.moved:
            ties = played.ties[:, played.dyads.index(each.what)]
            assert said == pytest.approx(np.abs(ties[1] - ties[0]))
        elif each.what == "PRK-CHN":
            assert said == pytest.approx(
                (t["goodwill[PRK,CHN]"][1:][quarters] + t["goodwill[CHN,PRK]"][1:][quarters]).mean(axis=0) / 2
            )
        elif each.what == "test_missile":
            assert np.array_equal(said, t.played("PRK", "test_missile")[quarters].any(axis=0))
