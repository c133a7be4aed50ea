"""The forms interests are made of: values by hand, ends that meet their names, and [0, 1] within [0, 1]."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triangle_sim.countries import forms

UNIT, TIE = st.floats(0, 1), st.floats(-1, 1)


@pytest.mark.parametrize(("tie", "value"), [(-1.0, 0.0), (0.0, 0.5), (0.5, 0.75), (1.0, 1.0)])
def test_warmth(tie: float, value: float) -> None:
    assert forms.warmth(tie) == value


BY_HAND = [
    (forms.either, (0.0, 0.25), 0.25),
    (forms.either, (0.5, 0.5), 0.75),
    (forms.either, (1.0, 0.25), 1.0),
    (forms.both, (0.0, 0.5), 0.0),
    (forms.both, (0.5, 0.5), 0.25),
    (forms.both, (1.0, 0.5), 0.5),
    (forms.blend, (1.0, 0.5, 0.25), 0.625),
    (forms.blend, (0.0, 0.5, 1.0), 0.0),
    (forms.blend, (1.0, 0.5, 0.0), 0.5),
    (forms.half_each, (0.25, 0.75), 0.5),
    (forms.share_of, (0.5, 0.375, 0.125), 0.5),
    (forms.share_of, (0.0, 1.0, 0.125), 0.0),
    (forms.matters, (0.0, 1.0), 0.5),
    (forms.matters, (1.0, 0.0), 0.0),
    (forms.matters, (0.5, 1.0), 0.75),
    (forms.hold_on, (0.0, 0.5), 0.5),
    (forms.hold_on, (1.0, 0.0), 0.5),
    (forms.lead, (0.5, -0.5), 0.75),
    (forms.lead, (-1.0, 1.0), 0.0),
    (forms.lead, (0.25, 0.25), 0.5),
    (forms.ahead_of, (1.0, 0.0), 1.0),
    (forms.ahead_of, (0.25, 0.75), 0.25),
]


@pytest.mark.parametrize(("form", "arguments", "value"), BY_HAND)
def test_by_hand(form: Callable[..., float], arguments: tuple[float, ...], value: float) -> None:
    assert form(*arguments) == value


def test_other_sources_are_worth_a_tenth() -> None:
    assert forms.share_of(0.4, 0.3) == pytest.approx(0.4 / 0.8)


@given(a=UNIT, b=UNIT, c=UNIT, tie=TIE, other=TIE)
@settings(deadline=None, derandomize=True)
def test_each_keeps_to_the_unit_interval(a: float, b: float, c: float, tie: float, other: float) -> None:
    values = {
        "warmth": forms.warmth(tie),
        "either": forms.either(a, b),
        "both": forms.both(a, b),
        "blend": forms.blend(a, b, c),
        "half_each": forms.half_each(a, b),
        "share_of": forms.share_of(a, b, c) if a + b + c > 0 else 0.0,
        "matters": forms.matters(a, b),
        "hold_on": forms.hold_on(tie, a),
        "lead": forms.lead(tie, other),
        "ahead_of": forms.ahead_of(a, b),
    }
    assert set(values) == {name for name in dir(forms) if callable(getattr(forms, name)) and name.islower()}
    assert all(-1e-15 <= value <= 1 + 1e-15 for value in values.values()), values
