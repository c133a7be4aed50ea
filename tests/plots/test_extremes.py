"""Every picture draws, within its edges and without labels on labels, whatever the result holds."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from triangle_sim.plots import base, dots, endings, fan, network, triangle, words
from triangle_sim.plots.pictures import save
from triangle_sim.plots.style import styled

from . import fake

DRAW = {
    "fan": lambda result, figure=None: fan.fan_sheet(result, figure=figure, events=base.dated_events(result)),
    "endings": lambda result, figure=None: endings.endings(result, figure=figure),
    "triangle": lambda result, figure=None: triangle.triangle(result, figure=figure),
    "network": lambda result, figure=None: network.network(result, figure=figure),
    "dots": lambda result, figure=None: dots.dotplot(result, "prk_pivot_share", figure=figure),
}


def one_category():
    result = fake.result(draws=10, replicates=4)
    types = result.triangles[result.triangles["type"] == "menage_a_trois"].assign(share=1.0)
    roles = result.roles[result.roles["role"] == "friend"].assign(share=1.0)
    runs = result.runs.assign(end_state="bloc", prk_pivot_share=0.0)
    return replace(result, runs=runs, triangles=types, roles=roles)


def only_nan():
    result = fake.result(draws=10, replicates=4)
    return replace(
        result,
        runs=result.runs.assign(prk_pivot_share=np.nan),
        quarters=result.quarters.assign(**dict.fromkeys(fake.STATS, np.nan)),
        triangles=result.triangles.assign(share=np.nan),
        roles=result.roles.assign(share=np.nan),
    )


def awkward_names():
    scenario = fake.Scenario(
        "x",
        "What if $100 & <b>50 %</b> of _all_ \\alpha^2 " + "very long words follow " * 12,
        {"e": fake.Event("An event with $ signs and a title that goes on for a while", "2025Q1")},
    )
    result = fake.result(draws=10, replicates=4)
    ends = result.runs["end_state"].replace({"bloc": "an_end_state_nobody_has_heard_of_before"})
    theory = result.runs["theory"].replace({"lowy-2023": "another-theory-with-a-long-name-1999"})
    return replace(result, scenario=scenario, runs=result.runs.assign(end_state=ends, theory=theory))


def categories():
    result = fake.result(draws=10, replicates=4)
    frames = {name: getattr(result, name) for name in ("runs", "quarters", "triangles", "roles")}
    return replace(result, **{
        name: frame.astype({column: "category" for column in frame.select_dtypes(["object", "string"]).columns})
        for name, frame in frames.items()})  # fmt: skip


RESULTS = {
    "whole": lambda: fake.result(draws=40, replicates=5),
    "one run": lambda: fake.result(draws=1, replicates=1),
    "one quarter": lambda: fake.result(draws=5, replicates=2, quarters=2),
    "8 quarters": lambda: fake.result(draws=5, replicates=2, quarters=8),
    "200 quarters": lambda: fake.result(draws=5, replicates=2, quarters=200, start="1960Q1"),
    "one category": one_category,
    "only NaN": only_nan,
    "awkward names": awkward_names,
    "categorical columns": categories,
}


@cache
def made(kind):
    """One of the results above; pictures change nothing in it."""
    return RESULTS[kind]()


@styled
def extents(figure):
    """Boxes (inches) of all texts that show."""
    canvas = FigureCanvasAgg(figure)
    figure.draw_without_rendering()
    found = []
    for ax in [figure, *figure.axes]:
        texts = list(ax.texts)
        if ax is not figure and ax.axison:
            # An axis also keeps labels of ticks beyond its ends, which do not show.
            ticks = [
                label
                for labels, (low, high), side in (
                    (ax.get_xticklabels(), ax.get_xlim(), 0),
                    (ax.get_yticklabels(), ax.get_ylim(), 1),
                )
                for label in labels
                if low <= label.get_position()[side] <= high
            ]
            texts += [text for text in (*ticks, ax.title, ax.xaxis.label, ax.yaxis.label) if text.get_visible()]
        found += [(text.get_text(), text.get_window_extent(canvas.get_renderer())) for text in texts
                  if text.get_text().strip()]  # fmt: skip
    return found


# Every result in the smallest figure, where room is scarcest; two in larger ones too.
SIZES = [(kind, (7, 4.5)) for kind in RESULTS]
SIZES += [(kind, size) for kind in ("whole", "awkward names") for size in ((8.5, 5.5), (10, 7))]


@pytest.mark.parametrize(("kind", "size"), SIZES)
@pytest.mark.parametrize("picture", DRAW)
def test_labels_are_whole_and_apart(picture, kind, size):
    figure = Figure(figsize=size, dpi=160)
    DRAW[picture](made(kind), figure)
    boxes = extents(figure)
    assert boxes
    for text, box in boxes:
        inside = box.x0 >= 0 and box.y0 >= 0 and box.x1 <= figure.bbox.x1 and box.y1 <= figure.bbox.y1
        assert inside, f"{text!r} is cut off"
    for number, (text, box) in enumerate(boxes):
        for other, there in boxes[number + 1 :]:
            # Boxes hold a line's full height; letters touch only when they share more than a sliver of both sides.
            wide = min(box.x1, there.x1) - max(box.x0, there.x0)
            high = min(box.y1, there.y1) - max(box.y0, there.y0)
            assert wide <= 2 or high <= 5, f"{text!r} is over {other!r}"


@pytest.mark.parametrize("kind", ["whole", "one run", "200 quarters", "awkward names"])
@pytest.mark.parametrize("picture", DRAW)
def test_it_draws_at_its_own_size(picture, kind, tmp_path):
    path = save(DRAW[picture](made(kind)), tmp_path / "a.png")
    assert path.stat().st_size > 5000


@pytest.mark.parametrize("count", [2, 3, 6])
def test_many_scenarios(count):
    results = [fake.result(20, 3, seed=seed, name=f"s{seed}", title=f"What if {seed}?") for seed in range(count)]
    figure = endings.endings(results)
    for text, box in extents(figure):
        assert box.x0 >= 0 and box.x1 <= figure.bbox.x1, text


def test_a_subfigure_will_do():
    left, right = Figure(figsize=(20, 7)).subfigures(1, 2)
    result = fake.result(draws=10, replicates=4)
    for picture in (endings.endings, network.network, triangle.triangle, fan.fan_sheet):
        assert picture(result, figure=left) is left
    assert not right.axes


def test_other_casts_of_countries():
    result = fake.result(draws=10, replicates=4)
    for codes in ({"CHN", "PRK", "RUS"}, {"CHN", "PRK", "RUS", "USA"}):
        within = [set(words.tie_of(variable) or ()) <= codes for variable in result.quarters["variable"]]
        for ax in network.network(replace(result, quarters=result.quarters[within])).axes:
            assert {text.get_text() for text in ax.texts} >= codes


@pytest.mark.parametrize("draw", [
    lambda result: fan.fan(result, "chinese_suply"), lambda result: triangle.triangle(result, "CHN-KOR-PRK"),
    lambda result: triangle.triangle(result, country="RUS"),
    lambda result: network.network(result, quarters=("1950Q1", "1950Q2")),
])  # fmt: skip
def test_what_is_not_in_the_result_is_an_error(draw):
    with pytest.raises(base.NotInResultError):
        draw(fake.result(draws=2, replicates=2))


def test_an_error_names_what_was_meant():
    with pytest.raises(base.NotInResultError, match="did you mean 'chinese_supply'"):
        fan.fan(fake.result(draws=2, replicates=2), "chinese_suply")
    with pytest.raises(ValueError, match="is not a number"):
        dots.dotplot(fake.result(draws=2, replicates=2), "end_state")
