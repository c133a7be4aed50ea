"""Dumbbells lie where the numbers of the comparison are, within the figure and apart."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from triangle_sim.analysis.compare.words import parts
from triangle_sim.plots.base import NotInResultError
from triangle_sim.plots.dumbbell import dumbbell, dumbbell_panel
from triangle_sim.plots.pictures import save
from triangle_sim.plots.ridgeline import ridgeline, ridges

from .compared import KINDS, made
from .labels import whole_and_apart
from .test_extremes import extents


@pytest.mark.parametrize("kind", KINDS)
def test_labels_are_whole_and_apart(kind: str) -> None:
    figure = dumbbell(KINDS[kind]())
    whole_and_apart(figure, extents(figure))
    for legend in figure.legends:
        assert legend.get_window_extent().x1 <= figure.bbox.x1


def test_dumbbells_are_at_the_levels() -> None:
    found = made()
    (part,) = parts(found)
    figure = dumbbell(found)
    ends, shares, _ = figure.axes
    filled = [line for line in shares.lines if line.get_marker() == "o" and line.get_markerfacecolor() != "white"]
    rows = dict(part.outcomes)["us_prk_summit"]
    assert [line.get_xdata()[0] for line in filled] == pytest.approx([100 * row.level_a for row in rows])
    assert [text.get_text() for text in ends.get_yticklabels()] == ["Abandonment", "Bloc", "Hedging"]


def test_other_outcomes_are_measured_from_the_reference() -> None:
    found = made(2, ("technology_gained",))
    (ax,) = dumbbell(found).axes
    rows = found.to_frame().query("theory != 'all'")
    filled = [line for line in ax.lines if line.get_marker() == "o" and line.get_markerfacecolor() != "white"]
    assert [line.get_xdata()[0] for line in filled] == pytest.approx(rows["effect"].tolist())


def test_what_cannot_be_drawn_is_said() -> None:
    with pytest.raises(NotInResultError, match="no outcome differs"):
        dumbbell(made(2, ("technology_gained",), 0.0))


def test_one_panel_goes_into_axes_of_ones_own() -> None:
    figure = Figure(figsize=(12, 5))
    for at, panel in enumerate(("endings", "events", "amounts")):
        ax = figure.add_axes((0.2 + 0.27 * at, 0.2, 0.06, 0.6))
        assert dumbbell_panel(made(), panel, ax=ax, label_wide=1.5) is ax and ax.get_title(loc="left")
    assert ridges(made(), "technology_gained", ax=figure.add_axes((0.93, 0.2, 0.06, 0.6)), label_wide=1).lines
    with pytest.raises(NotInResultError, match="there is endings, events, amounts"):
        dumbbell_panel(made(), "people", ax=figure.axes[0])


def test_it_is_saved_and_drawn_into_a_given_figure(tmp_path) -> None:
    for name, draw in {"dumbbell": dumbbell, "ridgeline": ridgeline}.items():
        figure = Figure(figsize=(9, 9))
        assert draw(made(), figure=figure) is figure
        assert save(figure, tmp_path / f"{name}.png", dpi=50).stat().st_size > 5000
