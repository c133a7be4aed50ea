"""Starting worlds: the state of all variables at a date, each number with its date and source (``seeds/facts``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from triangle_sim.resources import read_seed, seed_path


@dataclass(frozen=True)
class Level:
    """One number of a starting world: value, uncertainty (one standard deviation), resting level, date and source."""

    value: float
    sd: float
    rest: float | None
    date: str
    sources: tuple[str, ...]
    note: str

    @property
    def resting(self) -> float:
        """The level it returns to: its own, or the value itself (the status quo lasts)."""
        return self.value if self.rest is None else self.rest


@dataclass(frozen=True)
class StartState:
    """A starting world: ``levels`` of state variables and ``environment`` (condition -> value)."""

    name: str
    title: str
    levels: Mapping[str, Level]
    conditions: Mapping[str, Level]

    @property
    def environment(self) -> dict[str, float]:
        """The environment of this world, in which drivers are silent."""
        return {name: level.value for name, level in self.conditions.items()}

    def level(self, name: str) -> Level:
        """One state variable; a tie to a country this world does not describe starts neutral and wholly unsure."""
        neutral = Level(
            0.0, 0.3, None, self.name, ("judgement",), "not described in this starting world: taken as neutral"
        )
        return self.levels.get(name, neutral)


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
    levels = {**_levels(data["ties"]), **_levels(data["stocks"])}
    return StartState(name, str(data.get("title", name)), levels, _levels(data["environment"]))


def _levels(block: Mapping[str, Any]) -> dict[str, Level]:
    return {
        name: Level(
            float(entry["value"]),
            float(entry["sd"]),
            None if entry.get("rest") is None else float(entry["rest"]),
            str(entry["date"]),
            tuple([entry["source"]] if isinstance(entry["source"], str) else entry["source"]),
            str(entry.get("note", "")),
        )
        for name, entry in sorted(block.items())
    }
