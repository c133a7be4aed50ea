"""Functions of vectors against the C library's in extended precision, and against what is known of them."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from backends.llvm.formulas import evaluate
from triangle_sim.backends.llvm.machine import Target, native

LONG = np.longdouble
ULP = {64: 2.0**-52, 32: 2.0**-23}
RANDOM = np.random.default_rng(5)

RANGES: dict[str, tuple[Any, float]] = {
    "exp": (np.concatenate([RANDOM.uniform(-700, 700, 4000), RANDOM.normal(0, 1, 4000)]), 1.1),
    "tanh": (
        np.concatenate([RANDOM.uniform(-30, 30, 4000), RANDOM.normal(0, 1e-3, 2000), 10.0 ** -np.arange(300)]),
        2.5,
    ),
    "log": (np.concatenate([10 ** RANDOM.uniform(-300, 300, 4000), RANDOM.uniform(0, 2, 4000)]), 2.0),
    "sin": (RANDOM.uniform(0, 2 * np.pi, 8000), 1.5),
    "cos": (RANDOM.uniform(0, 2 * np.pi, 8000), 1.5),
    "sqrt": (10 ** RANDOM.uniform(-300, 300, 4000), 0.51),
}
"""Arguments, and the units in the last place by which a result may be off."""


@pytest.mark.skipif(np.finfo(LONG).nmant < 60, reason="this platform has no more than double precision to compare with")
@pytest.mark.parametrize("name", sorted(RANGES))
def test_every_function_is_right_to_the_last_places(name: str) -> None:
    x, most = RANGES[name]
    (ours,) = evaluate(getattr(np, name), x)
    theirs = getattr(np, name)(x.astype(LONG))
    spacing = np.spacing(np.abs(theirs).astype(float))
    off = np.abs(ours - theirs) / spacing
    assert off.max() <= most, (x[off.argmax()], ours[off.argmax()], theirs[off.argmax()])


@pytest.mark.parametrize("name", ["exp", "tanh"])
def test_single_precision_is_right_to_its_last_places(name: str) -> None:
    x = np.concatenate([RANDOM.uniform(-80, 80, 4000), RANDOM.normal(0, 1, 4000)]).astype(np.float32).astype(float)
    (ours,) = evaluate(getattr(np, name), x, bits=32)
    theirs = getattr(np, name)(x)
    assert (np.abs(ours - theirs) / np.spacing(np.abs(theirs).astype(np.float32))).max() <= 2.6


def test_inverse_tangent_and_powers() -> None:
    x, y = RANDOM.uniform(0, 1, 4000), RANDOM.uniform(0.1, 20, 4000)
    inverse, power = evaluate(lambda a, b: np.stack([np.arctanh(a * 0.99), a**b]), x, y)
    assert np.abs(inverse - np.arctanh(x * 0.99)).max() < 2 * ULP[64] * np.arctanh(0.99)
    assert np.allclose(power, x**y, rtol=200 * ULP[64], atol=1e-300)


def test_ends_and_exceptions() -> None:
    """Infinite, absent, and just where a number ends."""
    x = np.array([np.inf, -np.inf, np.nan, 0.0, -0.0, 709.3, 800.0, -707.9, -800.0, 1e300, -1e300])
    exponential, tangent = evaluate(lambda a: np.stack([np.exp(a), np.tanh(a)]), x)
    with np.errstate(over="ignore"):
        wanted = np.where(x < -708, 0.0, np.exp(x))
    assert np.allclose(exponential, wanted, rtol=4 * ULP[64], atol=0, equal_nan=True)
    assert np.array_equal(tangent, np.tanh(x), equal_nan=True)
    assert np.array_equal(np.signbit(tangent), np.signbit(np.tanh(x)))


def test_an_odd_function_is_odd_and_within_one() -> None:
    x = RANDOM.normal(0, 8, 4000)
    there, back = evaluate(lambda a: np.stack([np.tanh(a), np.tanh(0.0 - a)]), x)
    assert np.array_equal(there, -back) and np.abs(there).max() <= 1.0
    order = np.argsort(x)
    assert (np.diff(there[order]) >= -ULP[64]).all()


@pytest.mark.parametrize("bits", [64, 32])
def test_a_tangent_of_a_sum_is_right_to_the_last_places_of_one(bits: int) -> None:
    """The first argument is the same in every quarter, the second is not; far out, and where there is none."""
    a, b = RANDOM.normal(0, 1, (2, 4000)).astype(np.float32).astype(float)
    ends = np.array([0.0, 20.0, -20.0, 1e3, -1e3, 1e30, -1e30, np.inf, -np.inf, np.nan])
    most = {64: 20.0, 32: 5.0}[bits]
    far = np.array(np.meshgrid([0.0, most, -most], ends)).reshape(2, -1)
    a, b = np.concatenate([a, far[0]]), np.concatenate([b, far[1]])
    sums = [lambda f, x: f + x, lambda f, x: f - x, lambda f, x: 0.5 - x, lambda f, x: x + 0.0 * f]
    ours = evaluate(lambda f, x: np.stack([np.tanh(each(f, x)) for each in sums]), a, b, bits=bits)
    theirs = np.stack([np.tanh(each(a.astype(LONG), b.astype(LONG))) for each in sums])
    assert np.array_equal(np.isnan(ours), np.isnan(theirs)) and np.isnan(ours).any()
    assert np.nanmax(np.abs(ours - theirs)) < 2.5 * ULP[bits] and np.nanmax(np.abs(ours)) <= 1.0


MIXED: list[Callable[[Any, Any], Any]] = [
    lambda a, b: np.stack([np.tanh(a) * b + a, np.exp(0.0 - a * a) / (1.0 + b * b), a - b * a, b * a - a]),
    lambda a, b: np.where((a > b) & (b == b), np.maximum(a, b), np.minimum(a, 0.5)),
]


@pytest.mark.parametrize("formula", MIXED)
@pytest.mark.parametrize("bits", [64, 32])
def test_bits_do_not_depend_on_the_processor(formula: Callable[[Any, Any], Any], bits: int) -> None:
    """Vectors of 512, 256 and 128 bits, with and without an instruction that multiplies and adds at once."""
    a, b = RANDOM.normal(0, 2, (2, 300))
    own = native()
    first = evaluate(formula, a, b, bits=bits)
    others = [own._replace(vector=128), own._replace(vector=256)]
    if own.name != "generic" and np.dtype(LONG).itemsize == 16 and "sse2" in own.features:
        others.append(Target("x86-64", "", 128))
    for target in others:
        assert np.array_equal(evaluate(formula, a, b, bits=bits, target=target), first)


@pytest.mark.parametrize("bits", [64, 32])
def test_a_target_without_fused_multiply_add_is_right_to_rounding(bits: int) -> None:
    """As WebAssembly is: products are rounded before they are added, and no fused operation is written."""
    a, b = RANDOM.normal(0, 2, (2, 300)).astype(np.float32).astype(float)
    fused, apart = (evaluate(MIXED[0], a, b, bits=bits, target=native()._replace(fma=fma)) for fma in (True, False))
    assert np.allclose(apart, fused, rtol=200 * ULP[bits], atol=200 * ULP[bits])
    assert not np.array_equal(apart, fused)
