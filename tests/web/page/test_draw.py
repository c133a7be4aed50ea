"""The page draws in the style of the figures, counts as the tables do, and hides nothing; held by Node."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import numpy as np

from triangle_sim.analysis.counting import in_twenty, words_in_twenty
from triangle_sim.plots import network, style
from triangle_sim.plots.words import percent
from triangle_sim.web.single import PAGE
from web.node import in_node, needs_node

HERE = Path(__file__).parent
DRAW = PAGE / "js" / "draw"

pytestmark = needs_node


def test_colours_and_hatches_are_those_of_the_figures() -> None:
    found = in_node("""
        const style = await module("draw/style.js");
        out = [style.COUNTRY, style.TYPE, style.ROLE, style.END,
          ["chung-2024", "lowy-2023"].map((name) => style.theoryColour(name, [])), style.NEUTRAL];
    """)
    looks = [style.TRIANGLE_LOOK, style.ROLE_LOOK, style.END_LOOK]
    expected = [{name: [look.colour.upper(), look.hatch] for name, look in each.items()} for each in looks]
    drawn = [{name: [colour.upper(), hatch] for name, (colour, hatch) in each.items()} for each in found[1:4]]
    assert found[0] == style.COUNTRY_COLOUR
    assert drawn == expected
    assert found[4] == list(style.THEORY_COLOUR.values())
    assert found[5] == network.NEUTRAL


def test_counts_and_per_cents_are_those_of_the_tables() -> None:
    rng = np.random.default_rng(1)
    shares = [*rng.dirichlet([0.4] * 7, 200).tolist(), [0.35, 0.35, 0.3], [0.125, 0.875], [1.0, 0.0], [0.001, 0.999]]
    found = in_node(
        """
        const { countKey, inTwenty, perCent } = await module("draw/counts.js");
        out = given.map((each) => {
          const counts = inTwenty(each);
          return [counts, each.map((share, at) => countKey(share, counts[at])),
            each.map((value) => perCent({ value, low: value / 2, high: value }))];
        });
        """,
        shares,
    )
    said = {"none": "none", "under_one": "under 1 in 20", "over_nineteen": "over 19 in 20", "n_in_20": "{n} in 20"}
    for each, (counts, keys, per_cents) in zip(shares, found, strict=True):
        assert counts == in_twenty(each)
        words = [said[key].format(**given) for key, given in keys]
        assert words == [words_in_twenty(share, count) for share, count in zip(each, counts, strict=True)]
        assert per_cents == [percent(value, value / 2, value) for value in each]


def test_geometry_of_the_pictures() -> None:
    ran = subprocess.run(["node", "--test", str(HERE / "draw.test.mjs")], text=True, capture_output=True, timeout=180,
                         env=os.environ | {"DRAW": DRAW.as_uri()})  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
