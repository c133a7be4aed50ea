"""Bars and dots are the result's shares."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.patches import Circle, Rectangle

from triangle_sim.analysis.counting import in_twenty
from triangle_sim.plots import endings, words

from . import fake


@pytest.fixture(scope="module")
def result():
    return fake.result(draws=60, replicates=10)


def test_a_bar_is_as_long_as_its_share(result):
    ax = endings.endings(result).axes[-1]
    patches = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    rows = sorted({patch.get_y() for patch in patches})
    runs = result.runs
    expected = [runs, *(runs[runs["theory"] == theory] for theory in sorted(fake.THEORIES))]
    assert len(rows) == 3
    for y, part in zip(rows, expected, strict=True):
        widths = {patch.get_label(): patch.get_width() for patch in patches if patch.get_y() == y}
        shares = part["end_state"].value_counts(normalize=True)
        assert widths == pytest.approx(shares.to_dict())
        assert sum(widths.values()) == pytest.approx(1)


def test_theories_are_beside_each_other_unless_told_otherwise(result):
    def labels(**how):
        return [label.get_text() for label in endings.endings(result, **how).axes[-1].get_yticklabels()]

    assert labels() == ["All worlds", "If Chung 2024 is right", "If Lowy 2023 is right"]
    assert labels(by_theory=False) == ["All worlds"]


def test_twenty_dots_are_the_shares_in_twentieths(result):
    ax = endings.endings(result).axes[1]
    drawn = pd.Series([patch.get_label() for patch in ax.patches if isinstance(patch, Circle)]).value_counts()
    shares = result.runs["end_state"].value_counts(normalize=True)
    expected = {name: n for name, n in zip(shares.index, in_twenty(shares), strict=True) if n}
    assert drawn.to_dict() == expected
    assert drawn.sum() == 20


def test_the_key_names_every_ending_in_full(result):
    shown = [text.get_text() for ax in endings.endings(result).axes for text in ax.texts]
    assert {words.plain(name) for name in fake.ENDS} <= set(shown)
