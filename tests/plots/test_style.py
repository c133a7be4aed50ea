"""The style: legible, told apart without colour, and the caller's settings left alone."""

from __future__ import annotations

import matplotlib
import pytest

from triangle_sim.plots import fan, pictures, style

from . import fake


def test_settings_of_the_caller_neither_leak_in_nor_change(tmp_path):
    result = fake.result(draws=40, replicates=5)
    plain = pictures.save(fan.fan_sheet(result), tmp_path / "a.png").read_bytes()
    with matplotlib.rc_context({"axes.facecolor": "black", "font.size": 30, "lines.linewidth": 9, "axes.grid": True}):
        before = dict(matplotlib.rcParams)
        assert pictures.save(fan.fan_sheet(result), tmp_path / "b.png").read_bytes() == plain
        assert dict(matplotlib.rcParams) == before


def test_every_text_on_a_fill_can_be_read():
    looks = {**style.TRIANGLE_LOOK, **style.ROLE_LOOK, **style.END_LOOK, **style.VARIANCE_LOOK}
    for colour in {*(look.colour for look in looks.values()), *style.COUNTRY_COLOUR.values()}:
        light, dark = sorted((style.luminance(colour), style.luminance(style.ink_on(colour))), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, colour


@pytest.mark.parametrize("looks", [style.TRIANGLE_LOOK, style.ROLE_LOOK, style.END_LOOK, style.VARIANCE_LOOK])
def test_no_two_look_alike_in_grey(looks):
    seen = list(looks.values())
    for number, one in enumerate(seen):
        for other in seen[number + 1 :]:
            assert one.hatch != other.hatch or abs(style.luminance(one.colour) - style.luminance(other.colour)) > 0.1


def test_four_voices_look_different_by_colour_and_without() -> None:
    """Bundled theories have their own colours whatever stands beside them; no two look the same."""
    names = ["mine", "chung-2024", "another", "lowy-2023"]
    looks = style.theory_looks(names)
    assert set(looks) == set(names)
    assert looks["chung-2024"].colour == style.theory_looks(["chung-2024"])["chung-2024"].colour
    for part in ("colour", "line", "marker"):
        assert len({getattr(look, part) for look in looks.values()}) == 4
