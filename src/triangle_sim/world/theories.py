"""Theories: named sets of priors, written as data beside the claims (``seeds/theories``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from triangle_sim.errors import UsageError, quote
from triangle_sim.names import did_you_mean
from triangle_sim.resources import read_seed, seed_path


@dataclass(frozen=True)
class Theory:
    """One author's view as priors: ``priors[parameter]`` is a distribution, ``claims[parameter]`` why; ``short`` is
    how a reader knows the author."""

    name: str
    title: str
    article: str
    priors: Mapping[str, Any]
    claims: Mapping[str, tuple[str, ...]]
    short: str = ""


def theory_names() -> list[str]:
    """Names of all theories."""
    return sorted(path.stem for path in seed_path("theories").glob("*.yaml"))


@lru_cache(maxsize=16)
def load_theory(name: str) -> Theory:
    """A theory by name, e.g. ``chung-2024``. Raises UsageError for one that is not bundled."""
    if name not in (known := theory_names()):
        help = did_you_mean(name, known, "bundled theories")
        help += "; a file of your own is read as a scenario is loaded: triangle_sim.load(NAME, set_={'theory': FILE})"
        raise UsageError(f"unknown theory {quote(name)}", help)
    data = read_seed("theories", f"{name}.yaml")
    priors = {key: entry["prior"] for key, entry in data["priors"].items()}
    claims = {key: tuple(entry["claims"]) for key, entry in data["priors"].items()}
    return Theory(name, str(data["title"]), str(data["article"]), priors, claims, str(data.get("short", name)))


def short_name(name: str) -> str:
    """A theory as a reader knows it: ``Chung`` for ``chung-2024``; the name itself of one that is not bundled."""
    return load_theory(name).short if name in theory_names() else name
