"""What is drawn is what the result says: heights of stacks, edges of fans, numbers of dots, widths of ties."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import EllipseCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.markers import TICKDOWN
from matplotlib.patches import Circle, Rectangle

from triangle_sim.plots import bars, dots, endings, fan, network, triangle
from triangle_sim.plots.placing import position
from triangle_sim.plots.shares import category_shares, in_twenty

from . import fake


@pytest.fixture(scope="module")
def result():
    return fake.result(draws=60, replicates=10)


def axes(width=6.0, height=4.0):
    return Figure(figsize=(width, height)).add_axes((0.3, 0.15, 0.4, 0.7))


def edges(band, xs):
    """Lower and upper edge of a filled band at the positions ``xs``."""
    vertices = band.get_paths()[0].vertices
    at = [vertices[np.isclose(vertices[:, 0], x), 1] for x in xs]
    return np.array([y.min() for y in at]), np.array([y.max() for y in at])


@pytest.mark.parametrize("variable", ["goodwill[RUS,PRK]", "goodwill[ Russia , North Korea ]", "chinese_supply"])
def test_a_fan_has_its_quantiles_for_edges(result, variable):
    ax = fan.fan(result, variable, ax=axes())
    name = variable if variable == "chinese_supply" else "goodwill[RUS,PRK]"
    rows = result.quarters[result.quarters["variable"] == name]
    xs = [position(quarter) for quarter in rows["quarter"]]
    bands = {band.get_label(): band for band in ax.collections if isinstance(band, PolyCollection)}
    for label in ("q05-q95", "q25-q75"):
        low, high = edges(bands[label], xs)
        np.testing.assert_allclose(low, rows[label[:3]])
        np.testing.assert_allclose(high, rows[label[4:]])
    (median,) = [line for line in ax.lines if line.get_label() == "q50"]
    np.testing.assert_allclose(median.get_ydata(), rows["q50"])
    np.testing.assert_allclose(median.get_xdata(), xs)


def test_a_sheet_has_a_panel_for_every_variable_and_one_to_read_them_by(result):
    figure = fan.fan_sheet(result)
    assert len(figure.axes) == len(fan.DEFAULT) + 1
    few = fan.fan_sheet(result, ["chinese_supply"])
    assert len(few.axes) == 1


def test_every_quarter_has_a_tick(result):
    ax = fan.fan(result, "chinese_supply", ax=axes())
    (small,) = [line for line in ax.lines if line.get_marker() == TICKDOWN]
    years = [label.get_text() for label in ax.get_xticklabels()]
    assert years == ["2025", "2026", "2027", "2028", "2029"]
    quarters = [position(quarter) for quarter in result.quarters["quarter"].unique()]
    assert sorted([*small.get_xdata(), *ax.get_xticks()]) == quarters


def test_marks_stand_at_their_quarters_and_only_inside_the_span(result):
    ax = fan.fan(result, "chinese_supply", ax=axes(), events={"a": "2025Q1", "b": "2026Q3", "late": "2040Q1"})
    assert sorted(line.get_xdata()[0] for line in ax.lines if len(set(line.get_xdata())) == 1) == [2025.0, 2026.5]
    assert "late" not in ax.get_xlabel()


def test_a_bar_is_as_long_as_its_share(result):
    ax = endings.endings_bars(result, ax=axes())
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
    texts = {text.get_text() for text in endings.endings(result).texts}
    assert {"All worlds", "If Chung 2024 is right", "If Lowy 2023 is right"} <= texts
    assert "If Lowy 2023 is right" not in {text.get_text() for text in endings.endings(result, by_theory=False).texts}


def test_twenty_dots_are_the_shares_in_twentieths(result):
    ax = endings.twenty(result, ax=axes())
    drawn = pd.Series([patch.get_label() for patch in ax.patches if isinstance(patch, Circle)]).value_counts()
    table = category_shares(result.runs, "end_state", fake.ENDS)
    expected = {name: n for name, n in zip(table.index, in_twenty(table["share"]), strict=True) if n}
    assert drawn.to_dict() == expected
    assert drawn.sum() == 20


@pytest.mark.parametrize(("draw", "frame", "column"), [
    (triangle.triangle_types, "triangles", "type"), (triangle.triangle_roles, "roles", "role")])  # fmt: skip
def test_areas_are_as_high_as_the_shares(result, draw, frame, column):
    ax = draw(result, ax=axes())
    table = getattr(result, frame)
    bands = [band for band in ax.collections if isinstance(band, PolyCollection)]
    assert {band.get_label() for band in bands} == set(table[column])
    for band in bands:
        rows = table[table[column] == band.get_label()]
        low, high = edges(band, [position(quarter) for quarter in rows["quarter"]])
        np.testing.assert_allclose(high - low, rows["share"], atol=1e-12)


def test_a_tie_is_the_mean_of_its_directions(result):
    first, last = "2024Q3", "2029Q3"
    for quarter, place in ((first, 0), (last, 1)):
        ties = network.ties_in(result, quarter)
        assert len(ties) == 10
        assert ties["PRK", "RUS"] == pytest.approx(
            (fake.TIES["PRK", "RUS"][place] + fake.TIES["RUS", "PRK"][place]) / 2
        )


def test_width_grows_with_strength_and_dash_tells_the_sign():
    assert network.edge_style(0.8)[2] > network.edge_style(0.3)[2]
    assert network.edge_style(0.5)[2] == network.edge_style(-0.5)[2]
    assert len({network.edge_style(value)[1] for value in (0.5, -0.5, 0.0)}) == 3
    assert len({network.edge_style(value)[0] for value in (0.5, -0.5, 0.0)}) == 3


@pytest.mark.parametrize(("value", "text"), [(-0.04, "0.0"), (0.0, "0.0"), (0.26, "+0.3"), (-0.26, "−0.3")])
def test_a_tie_is_written_with_its_sign(value, text):
    assert network.signed(value) == text


def test_parts_of_the_spread_are_as_long_as_their_shares():
    frame = pd.DataFrame({"outcome": ["a", "b"], "theory": [0.5, np.nan], "parameters": [0.3, np.nan],
                          "luck": [0.1, np.nan]})  # fmt: skip
    ax = bars.spread_bars(frame, ax=axes())
    assert [(patch.get_label(), patch.get_x(), patch.get_width()) for patch in ax.patches] == [
        ("theory", 0.0, 0.5), ("parameters", 0.5, 0.3), ("luck", 0.8, 0.1)]  # fmt: skip
    assert " does not vary" in {text.get_text() for text in ax.texts}


def test_dots_lie_at_the_quantiles():
    values = np.linspace(0, 1, 2001)
    result = fake.result(draws=3, replicates=667)
    ax = dots.dots(replace(result, runs=result.runs.assign(prk_pivot_share=values)), "prk_pivot_share", ax=axes())
    (line,) = ax.lines
    assert line.get_xdata() == [0.5, 0.5]
    np.testing.assert_allclose(dots.middles(20), np.arange(0.025, 1, 0.05), atol=1e-9)
    (cloud,) = [cloud for cloud in ax.collections if isinstance(cloud, EllipseCollection)]
    assert abs(cloud.get_offsets()[:, 0].mean() - 0.5) < 1e-9 and len(cloud.get_offsets()) == 20
    xs, heights = dots.stack(np.array([0.0, 0.1, 0.2, 5.0]), 0.3)
    np.testing.assert_allclose(xs, [0.1, 0.1, 0.1, 5.0])
    assert heights.tolist() == [0, 1, 2, 0]


@pytest.mark.parametrize("outcome", ["prk_pivot_share", "final_capability", "nuclear_test"])
def test_there_are_twenty_dots(result, outcome):
    ax = dots.dots(result, outcome, ax=axes())
    (cloud,) = [cloud for cloud in ax.collections if isinstance(cloud, EllipseCollection)]
    places = cloud.get_offsets()
    assert len(places) == len({tuple(place) for place in places.tolist()}) == 20
    if outcome == "nuclear_test":
        yes = int(np.sum(places[:, 0] > 0.5))
        assert yes == in_twenty([1 - result.runs[outcome].mean(), result.runs[outcome].mean()])[1]


def test_what_never_happened_has_no_dot_but_is_told(result):
    ax = dots.dots(result, "nuclear_test_when", ax=axes())
    (cloud,) = [cloud for cloud in ax.collections if isinstance(cloud, EllipseCollection)]
    never = result.runs["nuclear_test_when"].isna().mean()
    assert len(cloud.get_offsets()) == in_twenty([1 - never, never])[0]
    assert any(text.get_text().startswith("never: ") for text in ax.texts)
