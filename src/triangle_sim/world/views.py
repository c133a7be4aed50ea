"""How an interest reads the world: ``state.goodwill["RUS", "PRK"]``, ``state.chinese_supply``, ``env.ukraine_war``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from triangle_sim.world.variables import tie


class Goodwill:
    """The directed ties, by pair of country codes."""

    __slots__ = ("_levels",)

    def __init__(self, levels: Mapping[str, Any]) -> None:
        self._levels = levels

    def __getitem__(self, pair: tuple[str, str]) -> Any:
        return self._levels[tie(*pair)]


class View:
    """Named levels as attributes; a level is ``(runs,)``, or ``(moves, runs)`` where it depends on the own move."""

    __slots__ = ("_levels", "goodwill")

    def __init__(self, levels: Mapping[str, Any]) -> None:
        self._levels = levels
        self.goodwill = Goodwill(levels)

    def __getattr__(self, name: str) -> Any:
        try:
            return self._levels[name]
        except KeyError:
            raise AttributeError(f"no state variable or condition named {name!r}") from None


class Recorder(dict[str, float]):
    """Levels that note which of them are read; each reads as 1/2."""

    def __missing__(self, name: str) -> float:
        self[name] = 0.5
        return 0.5
