"""What a check sees of a scenario, and how it reports a problem at the place that wrote it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from math import isfinite

from triangle_sim.errors import Problem, quote
from triangle_sim.names import Suggestion
from triangle_sim.scenario.check.catalogue import Catalogue, Quantity
from triangle_sim.scenario.document import Path
from triangle_sim.scenario.read.compose import Merged
from triangle_sim.scenario.schema import Scenario
from triangle_sim.scenario.schema.explain import within
from triangle_sim.uncertainty import Parameter, ParameterTable


@dataclass(frozen=True)
class Look:
    """A scenario, the data it was made from, what the model has, and what has been found so far."""

    scenario: Scenario
    merged: Merged
    catalogue: Catalogue
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def theories(self) -> dict[str, ParameterTable]:
        """The parameters with their priors under each theory, bundled or of the scenario's own."""
        found = dict(self.catalogue.theories)
        for name, voice in self.scenario.theories.items():
            plain = ParameterTable(each for each in self.catalogue.parameters.values() if isinstance(each, Parameter))
            below = found.get(voice.extends or "", plain)
            found[name] = below.with_priors(voice.theory(name).priors)
        return found

    def error(self, path: Path, message: str, help: object = "", *, key: bool = False) -> None:
        """An error about the value (or the key) at ``path``."""
        self.problems.append(self.merged.root.problem(path, message, help, key=key))

    def warning(self, path: Path, message: str, help: object = "", *, key: bool = False) -> None:
        """Something legal but odd at ``path``."""
        self.problems.append(self.merged.root.problem(path, message, help, key=key, severity="warning"))

    def known(self, path: Path, name: str, names: Collection[str], kind: str, *, key: bool = False) -> bool:
        """Whether ``name`` is one of ``names``; an error if not."""
        if name not in names:
            plural = f"{kind[:-1]}ies" if kind.endswith(("ry", "ty")) else f"{kind}s"
            message = f"unknown {kind} {quote(name)}{self.within(path, key)}"
            self.error(path, message, Suggestion(name, names, f"known {plural}"), key=key)
        return name in names

    def inside(self, path: Path, name: str, value: float, quantity: Quantity) -> None:
        """An error if ``value`` is out of the quantity's range."""
        if not quantity.low <= value <= quantity.high:
            help = f"{name}: {quantity.meaning} ({quantity.unit})"
            self.error(path, f"{quote(name)} must be {span(quantity)}, not {value:g}", help)

    def within(self, path: Path, key: bool) -> str:
        """`` in 'environment'``: where a name stands in a file, for a message; nothing for a single value set."""
        if not self.merged.root.where(path)[0].lines:
            return ""
        return within(path[:-1] if key or isinstance(path[-1], int) else path)

    def age(self, path: Path) -> tuple[int, int]:
        """When ``path`` was written: the scenario comes after its parents, single values set after all files."""
        source, span = self.merged.root.where(path)
        files = self.merged.files
        return (files.index(source.name) if source.name in files else len(files), span.line if span else 0)


def span(quantity: Quantity) -> str:
    """A range in words."""
    if isfinite(quantity.low) and isfinite(quantity.high):
        return f"{quantity.low:g} to {quantity.high:g}"
    return f"at least {quantity.low:g}" if isfinite(quantity.low) else f"at most {quantity.high:g}"
