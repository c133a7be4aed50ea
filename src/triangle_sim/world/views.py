"""How an interest reads the world: ``state.goodwill["RUS", "PRK"]``, ``state.chinese_supply``, ``env.ukraine_war``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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


class Recorder(Mapping[str, float]):
    """Levels that note which of them are read; each reads as 1/2."""

    def __init__(self) -> None:
        self.read: set[str] = set()

    def __getitem__(self, name: str) -> float:
        self.read.add(name)
        return 0.5

    def __iter__(self) -> Iterator[str]:
        return iter(self.read)

    def __len__(self) -> int:
        return len(self.read)
