"""Every picture stands under its name, bound to a result or not, and is drawn into axes that are given."""

from __future__ import annotations

import pytest

import triangle_sim as ts
from triangle_sim.plots.base import NotInResultError
from triangle_sim.plots.gallery import Gallery

from . import fake

INTO_AXES = {
    "fan": ("chinese_supply",),
    "endings": (),
    "triangle": (),
    "network": (),
    "dots": ("prk_pivot_share",),
}


@pytest.fixture(scope="module")
def result():
    return fake.result(draws=20, replicates=4)


@pytest.mark.parametrize("name", INTO_AXES)
def test_a_picture_is_drawn_into_axes_that_are_given(result, name):
    ax = fake.axes()
    assert getattr(ts.plot, name)(result, *INTO_AXES[name], ax=ax) is ax
    assert ax.get_title(loc="left") and len(ax.figure.axes) == 1
    bound = fake.axes()
    getattr(Gallery(result), name)(*INTO_AXES[name], ax=bound)
    assert len(bound.get_children()) == len(ax.get_children())


def test_a_theory_that_was_not_drawn_is_an_error(result):
    for name in ("fan", "triangle", "network", "dots"):
        with pytest.raises(NotInResultError, match="chung-2024"):
            getattr(ts.plot, name)(result, *INTO_AXES[name], ax=fake.axes(), theory="chung")


def test_what_there_is_not_is_told():
    with pytest.raises(AttributeError, match="did you mean 'endings'"):
        _ = ts.plot.ending
    assert "fan" in dir(ts.plot)
