"""Shares of categories with their interval over draws, and "n in 20"."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from triangle_sim.analysis.counting import category_shares, in_twenty, words_in_twenty


def test_the_draws_are_the_sample():
    runs = pd.DataFrame({"draw": np.repeat([0, 1, 2, 3], 5), "end_state": ["a"] * 10 + ["b"] * 10})
    table = category_shares(runs, "end_state", ["a", "b", "c"])
    assert table["share"].tolist() == [0.5, 0.5, 0.0]
    # Four draws that agree within themselves: p(1-p) / (s^2 / 4) with s^2 = 1/3 makes three independent runs, and the
    # unsure variance of four draws (Korn and Graubard) fewer still.
    z = stats.norm.ppf(0.975)
    n = 3 * (stats.t.ppf(0.975, 19) / stats.t.ppf(0.975, 3)) ** 2
    half = z * math.sqrt(0.25 / n + z * z / (4 * n * n)) / (1 + z * z / n)
    assert table.loc["a", ["low", "high"]].tolist() == pytest.approx([0.5 - half, 0.5 + half])
    assert table.loc["c", "high"] > 0.4


def test_one_draw_has_no_interval():
    table = category_shares(pd.DataFrame({"draw": [0, 0], "end_state": ["a", "b"]}), "end_state", ["a"])
    assert table.index.tolist() == ["a", "b"]
    assert table[["low", "high"]].isna().all(axis=None)


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
