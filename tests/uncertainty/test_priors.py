"""Priors: every family's quantiles against scipy.stats, and what is refused."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from triangle_sim.uncertainty import FAMILIES, Prior
from triangle_sim.uncertainty.priors import Stack

U = np.concatenate([[1e-12, 1e-6, 0.001], np.linspace(0.01, 0.99, 99), [0.999, 1 - 1e-6, 1 - 1e-12]])

SPECS = [
    ({"dist": "norm", "loc": -0.3, "scale": 0.2}, stats.norm(-0.3, 0.2)),
    ({"dist": "lognorm", "s": 0.35, "scale": 40.0}, stats.lognorm(0.35, scale=40.0)),
    ({"dist": "uniform", "loc": 0.15, "scale": 0.3}, stats.uniform(0.15, 0.3)),
    ({"dist": "truncnorm", "loc": 0.2, "scale": 0.4, "low": -1, "high": 1}, stats.truncnorm(-3, 2, loc=0.2, scale=0.4)),
    (
        {"dist": "truncnorm", "loc": 0.9, "scale": 0.2, "low": 0, "high": 1},
        stats.truncnorm(-4.5, 0.5, 0.9, 0.2),
    ),
    ({"dist": "triang", "low": 1.0, "mode": 4.0, "high": 8.0}, stats.triang(3 / 7, loc=1, scale=7)),
    ({"dist": "triang", "low": 1.0, "mode": 1.0, "high": 8.0}, stats.triang(0, loc=1, scale=7)),
    ({"dist": "triang", "low": 1.0, "mode": 8.0, "high": 8.0}, stats.triang(1, loc=1, scale=7)),
    ({"dist": "beta", "a": 2.0, "b": 0.7}, stats.beta(2.0, 0.7)),
    ({"dist": "beta", "a": 2.0, "b": 3.0, "loc": -1.0, "scale": 2.0}, stats.beta(2.0, 3.0, loc=-1, scale=2)),
    ({"dist": "gamma", "a": 4.0, "scale": 15.0}, stats.gamma(4.0, scale=15.0)),
]


def test_every_family_is_checked() -> None:
    assert {spec["dist"] for spec, _ in SPECS} | {"fixed"} == set(FAMILIES)


@pytest.mark.parametrize(("spec", "expected"), SPECS)
def test_quantiles_against_scipy(spec: dict[str, float], expected: stats.rv_continuous) -> None:
    prior = Prior.of(spec)
    np.testing.assert_allclose(prior.ppf(U), expected.ppf(U), rtol=1e-9, atol=1e-9)
    assert prior.median() == pytest.approx(float(expected.median()), rel=1e-9)
    assert (np.diff(prior.ppf(U)) >= 0).all(), "quantiles rise"


@pytest.mark.parametrize("spec", [spec for spec, _ in SPECS])
def test_the_first_uniform_number_gives_a_finite_value(spec: dict[str, float]) -> None:
    """Uniform numbers lie in [0, 1): 0 itself may come, and a normal quantile there would be minus infinity."""
    assert np.isfinite(Prior.of(spec).ppf(np.array([0.0, 2.0**-53, 1 - 2.0**-53]))).all()


def test_a_number_is_fixed() -> None:
    prior = Prior.of(3)
    assert prior.dist == "fixed" and str(prior) == "3"
    assert prior.ppf(U).tolist() == [3.0] * len(U)
    assert Prior.of(prior) is prior


@pytest.mark.parametrize(
    ("spec", "value"),
    [
        ({"dist": "norm", "loc": 0.4, "scale": 0.0}, 0.4),
        ({"dist": "lognorm", "s": 0.0, "scale": 2.0}, 2.0),
        ({"dist": "uniform", "loc": 0.1, "scale": 0.0}, 0.1),
        ({"dist": "truncnorm", "loc": 2.0, "scale": 0.0, "low": 0.0, "high": 1.0}, 1.0),
        ({"dist": "triang", "low": 0.5, "mode": 0.5, "high": 0.5}, 0.5),
    ],
)
def test_no_width_means_no_doubt(spec: dict[str, float], value: float) -> None:
    np.testing.assert_allclose(Prior.of(spec).ppf(U), value, rtol=0, atol=1e-15)


def test_many_priors_at_once_are_the_same_to_the_bit() -> None:
    """Families mixed, a few of each, those without width and those that mirror their tail among them."""
    odd = [
        {"dist": "truncnorm", "loc": -3.0, "scale": 1.0, "low": -0.5, "high": 0.5},
        {"dist": "truncnorm", "loc": 3.0, "scale": 1.0, "low": -0.5, "high": 0.5},
        {"dist": "truncnorm", "loc": 2.0, "scale": 0.0, "low": 0.0, "high": 1.0},
        {"dist": "truncnorm", "loc": -2.0, "scale": 0.0, "low": 0.0, "high": 1.0},
        {"dist": "triang", "low": 0.5, "mode": 0.5, "high": 0.5},
    ]
    priors = [
        Prior.of(spec) for spec in [3, *(spec for spec, _ in SPECS), -2, *odd, *(spec for spec, _ in SPECS[::-1])]
    ]
    u = np.random.default_rng(6).random((len(priors), 40))
    u[:, 0] = 0.0
    found = Stack(priors).ppf(u)
    for row, prior in enumerate(priors):
        assert found[row].tobytes() == prior.ppf(u[row]).tobytes(), prior
        assert found[row, :1].tobytes() == prior.ppf(u[row, :1]).tobytes(), "and alone"


@given(loc=st.floats(-1, 1), scale=st.floats(0.01, 3), low=st.floats(-1, 0), width=st.floats(0.1, 2), u=st.floats(0, 1))
@settings(deadline=None, derandomize=True)
def test_a_truncated_normal_stays_within(loc: float, scale: float, low: float, width: float, u: float) -> None:
    spec = {"dist": "truncnorm", "loc": loc, "scale": scale, "low": low, "high": low + width}
    assert low <= Prior.of(spec).ppf(np.array([min(u, 1 - 2.0**-53)]))[0] <= low + width


@pytest.mark.parametrize("tail", [-8.0, -3.0, 3.0, 8.0])
def test_a_truncated_normal_far_from_its_mean(tail: float) -> None:
    """Only a tail is left; on either side the quantiles still follow scipy's."""
    spec = {"dist": "truncnorm", "loc": tail, "scale": 1.0, "low": -0.5, "high": 0.5}
    expected = stats.truncnorm(-0.5 - tail, 0.5 - tail, loc=tail).ppf(U)
    np.testing.assert_allclose(Prior.of(spec).ppf(U), expected, rtol=0, atol=1e-9)


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ({"dist": "cauchy", "loc": 0}, "unknown distribution 'cauchy'; known: fixed, norm, lognorm"),
        ({"loc": 0, "scale": 1}, "unknown distribution None"),
        ({"dist": "norm", "loc": 0}, "(?s)scale.*Field required"),
        ({"dist": "norm", "mean": 0, "sd": 1}, "(?s)loc.*Field required.*mean.*Extra inputs"),
        ({"dist": "gamma"}, "(?s)a.*Field required.*scale.*Field required"),
        ({"dist": "beta", "a": 1, "loc": 0}, "(?s)b.*Field required"),
        ("norm", "a number or a mapping with 'dist', not 'norm'"),
        (None, "a number or a mapping"),
    ],
)
def test_what_is_refused_says_what_exists(spec: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Prior.of(spec)


def test_it_reads_as_written() -> None:
    assert str(Prior.of({"dist": "norm", "loc": 0.1, "scale": 0.2})) == "norm(loc=0.1, scale=0.2)"
