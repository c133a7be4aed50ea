"""Starting worlds: the state of all variables at a date, each number with its date and source (``seeds/facts``)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from triangle_sim.resources import read_seed, seed_path


class Level(NamedTuple):
    """One number of a starting world: value, uncertainty (one standard deviation), resting level and sources.

    Where there is no resting level it is the value itself: the status quo lasts.
    """

    value: float
    sd: float
    rest: float | None
    sources: tuple[str, ...]

    @property
    def resting(self) -> float:
        """The level it returns to."""
        return self.value if self.rest is None else self.rest


UNKNOWN = Level(0.0, 0.3, None, ("judgement",))
"""Where a tie starts that a world does not describe: neutral, and wholly unsure."""


class StartState(NamedTuple):
    """A starting world: ``levels`` of state variables, and the ``environment``, in which drivers of stocks
    are silent."""

    name: str
    levels: Mapping[str, Level]
    environment: Mapping[str, float]

    def level(self, name: str) -> Level:
        """One state variable."""
        return self.levels.get(name, UNKNOWN)


@lru_cache(maxsize=1)
def usual_levels() -> Mapping[str, Level]:
    """Where each tie rests in an ordinary time, whatever the era (``seeds/facts/usual.yaml``)."""
    ties = read_seed("facts", "usual.yaml")["ties"]
    return {name: Level(float(e["value"]), float(e["sd"]), None, tuple(e["source"])) for name, e in ties.items()}


def worlds() -> list[str]:
    """Names of all starting worlds."""
    return sorted(path.stem for path in seed_path("facts").glob("[0-9]*Q[1-4].yaml"))


@lru_cache(maxsize=8)
def load_start(name: str) -> StartState:
    """A starting world by name, e.g. ``2024Q3``.

    Raises
    ------
    FileNotFoundError
        if there is no such world.
    """
    data = read_seed("facts", f"{name}.yaml")
    levels = {
        variable: Level(
            float(entry["value"]),
            float(entry["sd"]),
            None if entry.get("rest") is None else float(entry["rest"]),
            tuple(entry["source"]),
        )
        for variable, entry in sorted((data["ties"] | data["stocks"]).items())
    }
    environment = {condition: float(entry["value"]) for condition, entry in sorted(data["environment"].items())}
    return StartState(name, levels, environment)
