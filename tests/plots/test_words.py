"""Names and shares in words."""

from __future__ import annotations

import math

import pytest

from triangle_sim.plots import words
from triangle_sim.plots.style import END_LOOK, ROLE_LOOK


@pytest.mark.parametrize(("numbers", "text"), [
    ((0.35, 0.32, 0.38), "35 % (32–38)"), ((0.35,), "35 %"), ((0.001,), "<1 %"), ((0.999,), ">99 %"), ((0.0,), "0 %"),
    ((1.0,), "100 %"), ((math.nan,), "no data"),
])  # fmt: skip
def test_per_cent(numbers, text):
    assert words.percent(*numbers) == text


def test_names_are_words():
    assert [words.plain(name) for name in END_LOOK] == [
        "Bloc", "Hedging", "Russian shield", "Chinese reassertion", "Strongmen's alignment", "Abandonment", "Unsettled",
    ]  # fmt: skip
    assert [words.plain(name) for name in ROLE_LOOK] == [
        "Pivot", "Wing", "Friend", "Partner", "Outcast", "Foe", "No role",
    ]  # fmt: skip
