"""Numbers that a page tells and that take long to make: kept in `data/`, with the code they belong to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from triangle_sim.cli.output import plain
from triangle_sim.montecarlo.versions import model_hash
from triangle_sim.scenario.load import load
from triangle_sim.uncertainty.sizes import fitted


def belongs_to(scenarios: Iterable[str]) -> dict[str, Any]:
    """The code and fitted sizes of this tree, and some of its scenarios."""
    sizes = fitted("record")
    return {
        "model": model_hash(),
        "sizes": sizes.sha256 if sizes else "",
        "scenarios": {name: load(name).content_hash() for name in sorted(set(scenarios))},
    }


def keep(path: Path, found: Any) -> None:
    """Write numbers with four digits."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(_short(plain(found)), indent=1, allow_nan=False) + "\n", encoding="utf-8")


def outdated(path: Path, kept: Mapping[str, Any], now: Mapping[str, Any], script: str) -> str:
    """Why kept numbers are not this tree's; empty if they are."""
    differing = [name for name in now if now[name] != kept["belongs_to"].get(name)]
    if not differing:
        return ""
    return f"{path.name} belongs to other {', '.join(differing)}. Make it anew with: python docs/{script}"


def _short(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _short(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_short(each) for each in value]
    return float(f"{value:.4g}") if isinstance(value, float) else value
