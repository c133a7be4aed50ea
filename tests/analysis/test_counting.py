"""Shares of categories with their interval over draws, and "n in 20"."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from triangle_sim.analysis.by_draw import add_up
from triangle_sim.analysis.counting import category_shares, in_twenty, words_in_twenty


def sums(draws, end_states):
    """Runs of one theory, added up by draw."""
    return add_up(
        [pd.DataFrame({"draw": draws, "theory": "one", "end_state": end_states})], ["end_state"], max(draws) + 1
    )


def test_the_draws_are_the_sample():
    runs = sums(np.repeat([0, 1, 2, 3], 5), ["a"] * 10 + ["b"] * 10)
    found = category_shares(runs, "end_state", ["a", "b", "c"])
    assert {name: share.value for name, share in found.items()} == {"a": 0.5, "b": 0.5, "c": 0.0}
    # Four draws that agree within themselves: p(1-p) / (s^2 / 4) with s^2 = 1/3 makes three independent runs, and the
    # unsure variance of four draws (Korn and Graubard) fewer still.
    z = stats.norm.ppf(0.975)
    n = 3 * (stats.t.ppf(0.975, 19) / stats.t.ppf(0.975, 3)) ** 2
    half = z * math.sqrt(0.25 / n + z * z / (4 * n * n)) / (1 + z * z / n)
    assert (found["a"].low, found["a"].high) == pytest.approx((0.5 - half, 0.5 + half))
    assert found["c"].high > 0.4


def test_one_draw_has_no_interval():
    found = category_shares(sums([0, 0], ["a", "b"]), "end_state", ["a"])
    assert list(found) == ["a", "b"]
    assert all(math.isnan(share.low) and math.isnan(share.high) for share in found.values())


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8).filter(lambda shares: sum(shares) > 0))
def test_twentieths_sum_to_twenty_and_are_within_one_of_exact(shares):
    counts = in_twenty(shares)
    assert sum(counts) == 20
    assert all(abs(count - 20 * share / sum(shares)) < 1 + 1e-6 for count, share in zip(counts, shares, strict=True))


def test_twentieths_of_nothing():
    assert in_twenty([0.0, math.nan]) == [0, 0]


@pytest.mark.parametrize(("share", "count", "text"), [
    (0.35, 7, "7 in 20"), (0.01, 0, "under 1 in 20"), (0.0, 0, "none"), (0.99, 20, "over 19 in 20"),
    (1.0, 20, "20 in 20"),
])  # fmt: skip
def test_words(share, count, text):
    assert words_in_twenty(share, count) == text
