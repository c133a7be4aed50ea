"""Ties of the record, and ways to write worlds down, shared by the triangle's tests."""

from collections.abc import Callable

import numpy as np
import pytest

COUNTRIES = ("CHN", "KOR", "PRK", "RUS", "USA")
PAIRS = [(i, j) for i in COUNTRIES for j in COUNTRIES if i != j]

# Coded by the compiler of the facts on the scale -3 (war) .. +3 (working alliance), by half points; one point is 0.3.
# Source: `stylised_state` of the ten dyads in the project's fact sheet (dyads.yaml), years 1950, 1961, 2022, 2024.
YEARS = (1950, 1961, 2022, 2024)
POINTS = {
    ("PRK", "CHN"): (1.5, 3, 2, 0.5),
    ("PRK", "RUS"): (1.5, 3, 1, 3),
    ("PRK", "USA"): (-3, -2, -2, -2),
    ("PRK", "KOR"): (-3, -2, -2, -3),
    ("CHN", "RUS"): (3, -1, 2.5, 2.5),
    ("CHN", "USA"): (-3, -2, -2, -1.5),
    ("CHN", "KOR"): (-3, -2, 0, 0.5),
    ("RUS", "USA"): (-2, -2.5, -2.5, -2.5),
    ("RUS", "KOR"): (-2.5, -2, -1, -2),
    ("USA", "KOR"): (2, 3, 3, 3),
}


@pytest.fixture
def coded() -> Callable[[int], np.ndarray]:
    """Goodwill of a coded year, alike in both directions: (1, 20, 1) in the order of PAIRS."""

    def of(year: int) -> np.ndarray:
        points = {frozenset(pair): values[YEARS.index(year)] for pair, values in POINTS.items()}
        return np.array([[[0.3 * points[frozenset(pair)]] for pair in PAIRS]])

    return of


@pytest.fixture
def worlds() -> np.ndarray:
    """Wandering goodwill that visits every sign and the band between: (21, 20, 60) in the order of PAIRS."""
    steps = np.random.default_rng(1981).normal(0, 0.15, (21, 20, 60))
    return np.tanh(np.cumsum(steps, axis=0))


@pytest.fixture
def countries() -> tuple[str, ...]:
    return COUNTRIES


@pytest.fixture
def pairs() -> list[tuple[str, str]]:
    return list(PAIRS)
