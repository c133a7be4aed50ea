"""What exists in the model, as the lint needs to know it: names, ranges, meanings. The model fills one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Quantity:
    """A variable or a parameter: its range (None: unbounded), unit, meaning, and for a parameter its default."""

    low: float | None = None
    high: float | None = None
    unit: str = ""
    meaning: str = ""
    default: float | None = None


@dataclass(frozen=True)
class Catalogue:
    """Everything a scenario can name.

    ``moves`` maps each country to its menu; ``state`` holds ties (``goodwill[RUS,PRK]``) and stocks; ``environment``
    what events set; ``parameters`` all dotted names; ``worlds`` the starting worlds.
    """

    moves: Mapping[str, tuple[str, ...]]
    state: Mapping[str, Quantity]
    environment: Mapping[str, Quantity]
    parameters: Mapping[str, Quantity] = field(default_factory=dict)
    claims: tuple[str, ...] = ()
    theories: tuple[str, ...] = ()
    worlds: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    @property
    def countries(self) -> tuple[str, ...]:
        """Codes of all countries, in alphabetical order."""
        return tuple(sorted(self.moves))

    @property
    def variables(self) -> dict[str, Quantity]:
        """State and environment together."""
        return {**self.state, **self.environment}

    @property
    def settable(self) -> dict[str, Quantity]:
        """What ``set`` takes: state, environment, parameters."""
        return {**self.parameters, **self.variables}
