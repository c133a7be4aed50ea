"""A result with realistic numbers and every category, made without the model: the pictures are tested on their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

COUNTRIES = ("CHN", "KOR", "PRK", "RUS", "USA")
TYPES = ("menage_a_trois", "romantic_triangle", "stable_marriage", "unit_veto", "indeterminate")
ROLES = ("friend", "pivot", "wing", "partner", "outcast", "foe", "none")
ENDS = ("bloc", "hedging", "chinese_reassertion", "russian_shield", "strongmens_alignment", "abandonment", "unsettled")
THEORIES = ("chung-2024", "lowy-2023")
QUANTILES = {"q05": -1.645, "q25": -0.674, "q50": 0.0, "q75": 0.674, "q95": 1.645}
STATS = ("mean", *QUANTILES)

# Start, end, final standard deviation: about what the articles' world gives.
TIES = {
    ("CHN", "PRK"): (0.45, 0.30, 0.25), ("PRK", "CHN"): (0.35, 0.20, 0.25), ("PRK", "RUS"): (0.75, 0.55, 0.22),
    ("RUS", "PRK"): (0.70, 0.40, 0.28), ("CHN", "RUS"): (0.60, 0.50, 0.20), ("RUS", "CHN"): (0.65, 0.60, 0.20),
    ("KOR", "PRK"): (-0.70, -0.55, 0.20), ("PRK", "KOR"): (-0.85, -0.65, 0.20), ("KOR", "USA"): (0.85, 0.80, 0.08),
    ("USA", "KOR"): (0.80, 0.75, 0.10), ("PRK", "USA"): (-0.80, -0.45, 0.30), ("USA", "PRK"): (-0.75, -0.50, 0.30),
    ("CHN", "USA"): (-0.50, -0.45, 0.20), ("USA", "CHN"): (-0.55, -0.50, 0.20), ("RUS", "USA"): (-0.85, -0.35, 0.35),
    ("USA", "RUS"): (-0.90, -0.40, 0.35), ("KOR", "RUS"): (-0.40, 0.02, 0.25), ("RUS", "KOR"): (-0.45, 0.10, 0.25),
    ("CHN", "KOR"): (0.05, 0.10, 0.15), ("KOR", "CHN"): (-0.10, 0.05, 0.15),
}  # fmt: skip
STOCKS = {
    "chinese_supply": (0.60, 0.52, 0.14), "russian_supply": (0.35, 0.28, 0.16), "technology_to_prk": (0.25, 0.38, 0.17),
    "us_prk_dialogue": (0.05, 0.30, 0.22), "rok_russia_cooperation": (0.20, 0.42, 0.18),
    "sanctions_pressure": (0.62, 0.48, 0.15), "ukraine_war": (0.90, 0.35, 0.30),
}  # fmt: skip


@dataclass(frozen=True)
class Event:
    title: str | None = None
    when: str | None = None
    probability: float = 1.0


@dataclass(frozen=True)
class Scenario:
    name: str = "baseline"
    title: str | None = "The world as both authors could see it"
    events: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    scenario: Scenario
    draws: int
    replicates: int
    seed: int
    manifest: dict[str, Any]
    runs: pd.DataFrame
    quarters: pd.DataFrame
    triangles: pd.DataFrame
    roles: pd.DataFrame

    def scan(self, columns: Sequence[str]) -> Iterator[pd.DataFrame]:
        """A few rows at a time, so that a draw's runs lie in several batches."""
        for first in range(0, len(self.runs), 7):
            yield self.runs.iloc[first : first + 7][list(columns)]


def names_of(start: str, count: int) -> list[str]:
    first = int(start[:4]) * 4 + int(start[-1]) - 1
    return [f"{number // 4}Q{number % 4 + 1}" for number in range(first, first + count)]


def courses(quarters: list[str], shift: float = 0.0) -> pd.DataFrame:
    """Mean and quantiles of each variable by quarter: from start to end, widening with the root of time; ``shift`` is
    what a theory adds at the end."""
    time = np.linspace(0, 1, len(quarters))
    rows = []
    named = {f"goodwill[{one},{other}]": (TIES[one, other], -1.0) for one, other in permutations(COUNTRIES, 2)}
    named |= {name: (shape, 0.0) for name, shape in STOCKS.items()}
    for name, ((start, end, deviation), low) in named.items():
        centre = start + (np.clip(end + shift, low, 1) - start) * (1 - np.exp(-3 * time)) / (1 - np.exp(-3))
        table = {q: np.clip(centre + z * deviation * np.sqrt(time), low, 1) for q, z in QUANTILES.items()}
        rows.append(pd.DataFrame({"quarter": quarters, "variable": name, "mean": centre, **table}))
    return pd.concat(rows, ignore_index=True)


def shares(quarters: list[str], column: str, start: Mapping[str, float], end: Mapping[str, float]) -> pd.DataFrame:
    """Shares of categories by quarter, moving from one mix to another, each quarter summing to one."""
    time = 1 - np.exp(-4 * np.linspace(0, 1, len(quarters)))
    parts = {name: start.get(name, 0) + (end.get(name, 0) - start.get(name, 0)) * time for name in {**start, **end}}
    total = sum(parts.values())
    frames = [pd.DataFrame({"quarter": quarters, column: name, "share": part / total}) for name, part in parts.items()]
    return pd.concat(frames, ignore_index=True).assign(triad="CHN-PRK-RUS")


def endings(draws: int, replicates: int, seed: int, tilt: float = 0.0) -> pd.DataFrame:
    """Runs whose end states depend on the theory, the draw and luck, and two numeric outcomes."""
    rng = np.random.default_rng(seed)
    theory = np.array(THEORIES)[np.arange(draws) % 2]
    mix = {
        "chung-2024": [0.10, 0.15, 0.08, 0.05, 0.24 + tilt, 0.28, 0.10],
        "lowy-2023": [0.40, 0.12, 0.33, 0.02, 0.02, 0.01, 0.10],
    }
    rows = []
    for draw in range(draws):
        weights = np.array(mix[theory[draw]])
        probabilities = rng.dirichlet(6 * weights / weights.sum())
        pivot = rng.beta(2, 5 if theory[draw] == "chung-2024" else 9)
        rows.append(pd.DataFrame({
            "draw": draw, "replicate": range(replicates), "theory": theory[draw],
            "end_state": rng.choice(ENDS, size=replicates, p=probabilities),
            "prk_pivot_share": np.clip(pivot + rng.normal(0, 0.08, replicates), 0, 1),
            "final_capability": np.clip(rng.normal(0.7, 0.08, replicates), 0, 1),
            "nuclear_test": rng.random(replicates) < 0.2,
            "nuclear_test_when": np.where(rng.random(replicates) < 0.3, rng.integers(1, 21, replicates), np.nan),
        }))  # fmt: skip
    return pd.concat(rows, ignore_index=True)


def result(draws: int = 500, replicates: int = 20, quarters: int = 21, seed: int = 1, start: str = "2024Q3",
           name: str = "baseline", title: str | None = "The world as both authors could see it",
           tilt: float = 0.0) -> Result:  # fmt: skip
    """A fake result; the defaults are a whole-sized one."""
    names = names_of(start, quarters)
    types = shares(
        names, "type",
        {"menage_a_trois": 0.80, "romantic_triangle": 0.06, "stable_marriage": 0.02, "indeterminate": 0.12},
        {"menage_a_trois": 0.34, "romantic_triangle": 0.20, "stable_marriage": 0.22, "unit_veto": 0.05,
         "indeterminate": 0.19},
    )  # fmt: skip
    roles = shares(
        names,
        "role",
        {"friend": 0.80, "pivot": 0.04, "wing": 0.02, "partner": 0.02, "none": 0.12},
        {"friend": 0.34, "pivot": 0.09, "wing": 0.11, "partner": 0.10, "outcast": 0.12, "foe": 0.05, "none": 0.19},
    ).assign(country="PRK")
    events = {
        "us_election": Event("US election", names[min(1, quarters - 1)]),
        "inauguration": Event("Inauguration", names[min(2, quarters - 1)]),
        "party_congress": Event(None, names[min(6, quarters - 1)]),
        "war_ends": Event("War ends", None),
    }
    manifest = {"command": "triangle-sim run baseline", "scenario_sha256": "3f9a1c0b", "triangle_sim": "0.1.0"}
    views = dict(zip(("all", *THEORIES), (0.0, 0.12, -0.12), strict=True))
    by_view = [courses(names, shift).assign(theory=view) for view, shift in views.items()]
    triangles, parts = (pd.concat([frame.assign(theory=view) for view in views], ignore_index=True)
                        for frame in (types, roles))  # fmt: skip
    runs, levels = endings(draws, replicates, seed, tilt), pd.concat(by_view, ignore_index=True)
    return Result(Scenario(name, title, events), draws, replicates, seed, manifest, runs, levels, triangles, parts)


def axes(width: float = 6.0, height: float = 4.0) -> Any:
    """Axes with room for labels on every side."""
    return Figure(figsize=(width, height)).add_axes((0.3, 0.15, 0.4, 0.7))


def edges(band: Any, xs: list[float]) -> tuple[np.ndarray, np.ndarray]:
    """Lower and upper edge of a filled band at the positions ``xs``."""
    vertices = band.get_paths()[0].vertices
    at = [vertices[np.isclose(vertices[:, 0], x), 1] for x in xs]
    return np.array([y.min() for y in at]), np.array([y.max() for y in at])
