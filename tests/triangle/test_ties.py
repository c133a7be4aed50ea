"""Signs of ties: the neutral band and its hysteresis, against a plain loop."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triangle_sim.triangle.ties import DEFAULT_BAND, Band, signs, symmetrised, ties

SOME = (DEFAULT_BAND, Band(0, 0), Band(0.3, 0.3), Band(0.4, 0), Band(0.05, 0.05 / 3), Band(1e-10, 1e-10))

values = st.floats(-1, 1).map(lambda x: round(x, 3))
series = st.lists(values, min_size=1, max_size=30)
bands = st.tuples(st.integers(0, 90), st.integers(0, 90)).map(lambda ab: Band(max(ab) / 100, min(ab) / 100))


def loop_signs(path: list[float], band: Band) -> list[int]:
    """The rule as one would say it, for one tie in one world."""
    result, now = [], 0
    for tie in path:
        if now == 1 and tie < band.leave:
            now = 0
        if now == -1 and tie > -band.leave:
            now = 0
        if tie > 0 and tie >= band.enter:
            now = 1
        if tie < 0 and tie <= -band.enter:
            now = -1
        result.append(now)
    return result


def one(path: list[float], band: Band = DEFAULT_BAND) -> list[int]:
    return signs(np.array(path).reshape(-1, 1, 1), band).ravel().tolist()


@given(series, bands)
def test_signs_agree_with_the_loop(path: list[float], band: Band) -> None:
    assert one(path, band) == loop_signs(path, band)


@given(series, bands)
def test_turning_the_world_over_turns_the_signs_over(path: list[float], band: Band) -> None:
    assert one([-x for x in path], band) == [-s for s in one(path, band)]


@given(st.sampled_from([-1.0, 0.0, 1.0]), st.lists(st.floats(0.051, 0.149), min_size=2, max_size=40))
def test_a_sign_never_flickers_inside_the_band(before: float, wobble: list[float]) -> None:
    inside = one([before, *wobble])[1:]
    assert set(inside) == {max(int(before), 0)}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ([0.15], [1]),
        ([0.149], [0]),
        ([-0.15], [-1]),
        ([0.2, 0.05, 0.049, 0.14, 0.15], [1, 1, 0, 0, 1]),
        ([0.9, -0.9, -0.1, -0.04], [1, -1, -1, 0]),
        ([0.9, -0.1], [1, 0]),
        ([0.9, np.nan, 0.1], [1, 0, 0]),
    ],
)
def test_the_default_band_by_hand(path: list[float], expected: list[int]) -> None:
    assert one(path) == expected


def test_half_a_point_through_the_latent_scale_is_still_half_a_point() -> None:
    a_hair_less = np.nextafter(0.15, 0)
    assert one([np.tanh(np.arctanh(0.15))]) == one([a_hair_less]) == [1]
    assert one([0.15 - 1e-6]) == [0]


def test_without_a_band_only_zero_is_neutral() -> None:
    assert one([0.0, 1e-6, -1e-6, 0.3], Band(0, 0)) == [0, 1, -1, 1]


@pytest.mark.parametrize(
    ("enter", "leave"), [(0.1, 0.2), (1.0, 0.0), (0.5, -0.1), (float("nan"), 0.0), (0.2, float("nan"))]
)
def test_a_band_that_makes_no_sense_is_refused(enter: float, leave: float) -> None:
    with pytest.raises(ValueError, match="0 <= leave <= enter < 1"):
        Band(enter, leave)


def test_a_mutual_tie_is_the_mean_of_both_directions_whatever_the_order_of_pairs() -> None:
    pairs = [("RUS", "PRK"), ("USA", "PRK"), ("PRK", "RUS")]
    goodwill = np.array([0.8, 0.9, -0.2]).reshape(1, 3, 1)
    np.testing.assert_allclose(symmetrised(goodwill, pairs, ["RUS", "PRK"]), [[[0.3]]])
    assert ties(["RUS", "PRK", "CHN"]) == (("CHN", "PRK"), ("CHN", "RUS"), ("PRK", "RUS"))


@given(
    path=st.lists(st.sampled_from([0.0, 0.1, -0.1, 0.1 - 1e-10, -0.3, 0.3, 0.3 - 1e-10, 0.9, -0.9]), min_size=1),
    band=st.sampled_from([*SOME, Band(0.3, 0.1), Band(0.1, 0.1)]),
)
@settings(deadline=None, derandomize=True)
def test_signs_of_any_path(path: list[float], band: Band) -> None:
    sign, expected = 0, []
    for tie in path:
        if tie != 0 and abs(tie) >= band.enter - 1e-9:
            sign = 1 if tie > 0 else -1
        elif sign * tie < band.leave - 1e-9:
            sign = 0
        expected.append(sign)
    assert signs(np.array(path).reshape(-1, 1, 1), band).ravel().tolist() == expected


def test_what_does_not_fit_is_refused_with_what_came_and_what_exists() -> None:
    with pytest.raises(ValueError, match=r"2 ordered pairs.*got shape \(1, 3, 1\)"):
        symmetrised(np.zeros((1, 3, 1)), [("A", "B"), ("B", "A")], "AB")
    with pytest.raises(ValueError, match=r"no pairs \[\('B', 'A'\)\]; it has"):
        symmetrised(np.zeros((1, 1, 1)), [("A", "B")], "AB")
    with pytest.raises(ValueError, match="named twice"):
        symmetrised(np.zeros((1, 2, 1)), [("A", "B"), ("A", "B")], "AB")
    with pytest.raises(ValueError, match="country is named twice"):
        ties(["PRK", "PRK"])
