"""What the pictures read of a result, and the words under every picture."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from typing import TYPE_CHECKING, Any, Protocol

from triangle_sim.plots.words import TIMES, plain

if TYPE_CHECKING:
    import pandas as pd

DISCLAIMER = "a model, not a forecast"


class ScenarioLike(Protocol):
    """The part of a resolved scenario that a picture names."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str | None: ...
    @property
    def events(self) -> Mapping[str, Any]: ...


class ResultLike(Protocol):
    """The part of a result that pictures are drawn from: its design and its frames."""

    @property
    def scenario(self) -> ScenarioLike: ...
    @property
    def draws(self) -> int: ...
    @property
    def replicates(self) -> int: ...
    @property
    def seed(self) -> int: ...
    @property
    def manifest(self) -> Mapping[str, Any]: ...
    def scan(self, columns: Sequence[str]) -> Iterator[pd.DataFrame]: ...
    @property
    def quarters(self) -> pd.DataFrame: ...
    @property
    def triangles(self) -> pd.DataFrame: ...
    @property
    def roles(self) -> pd.DataFrame: ...


class NotInResultError(ValueError):
    """The result does not hold what the picture shows: a name it does not have, or nothing under that name."""


def scenario_title(result: ResultLike) -> str:
    """The scenario's title, or its name where it has none."""
    return result.scenario.title or result.scenario.name


def version_of(result: ResultLike) -> str:
    """Version that made the result, from its manifest; else the installed one; else "unknown"."""
    stated = result.manifest.get("triangle_sim")
    if stated:
        return str(stated)
    try:
        return installed_version("triangle_sim")
    except PackageNotFoundError:
        return "unknown"


def caption(results: Sequence[ResultLike]) -> str:
    """Scenario, design, seed, version and the disclaimer, for the foot of a picture.

    Results of one design share one statement of it; where designs differ, each scenario carries its own.
    """

    def design(result: ResultLike) -> str:
        counts = ((result.draws, "draw"), (result.replicates, "replicate"))
        return f" {TIMES} ".join(f"{n:,} {word}{'s' * (n != 1)}" for n, word in counts) + f", seed {result.seed}"

    designs = {design(result) for result in results}
    if len(designs) == 1:
        scenarios = ", ".join(dict.fromkeys(result.scenario.name for result in results)) + " · " + designs.pop()
    else:
        scenarios = "; ".join(f"{result.scenario.name} ({design(result)})" for result in results)
    versions = ", ".join(dict.fromkeys(version_of(result) for result in results))
    label = "scenario" if len(results) == 1 else "scenarios"
    return f"{label} {scenarios} · triangle_sim {versions} · {DISCLAIMER}"


def recipe(result: ResultLike, command: str | None = None) -> dict[str, str]:
    """What is needed to make the picture again: command, scenario, its hash, design, seed, version.

    ``command`` defaults to the one in the manifest. Values that the manifest lacks are left out, never guessed.
    """
    stated = {
        "command": command or result.manifest.get("command"),
        "scenario": result.scenario.name,
        "scenario_sha256": result.manifest.get("scenario_sha256"),
        "draws": result.draws,
        "replicates": result.replicates,
        "seed": result.seed,
        "version": version_of(result),
    }
    return {
        key: " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
        for key, value in stated.items()
        if value is not None
    }


def span(result: ResultLike) -> str:
    """First and last quarter, "2024Q3 to 2029Q3"."""
    quarters = sorted(result.quarters["quarter"].astype(str).unique())
    return f"{quarters[0]} to {quarters[-1]}"


def dated_events(result: ResultLike) -> dict[str, str]:
    """Title and quarter of the scenario's events that have a date (``when``) and can happen, earliest first."""
    dated: dict[str, str] = {}
    for name, event in result.scenario.events.items():
        when = getattr(event, "when", None)
        if when is not None and getattr(event, "probability", 1.0) > 0:
            dated[getattr(event, "title", None) or plain(name)] = str(when)
    return dict(sorted(dated.items(), key=lambda item: (item[1], item[0])))


def pick(frame: pd.DataFrame, column: str, value: str, what: str) -> pd.DataFrame:
    """Rows of ``frame`` where ``column`` is ``value``.

    Raises
    ------
    NotInResultError
        if there are none; the message names near misses and what exists.
    """
    rows = frame[frame[column].astype(str) == value]
    if rows.empty:
        raise NotInResultError(unknown(value, frame[column].drop_duplicates().tolist(), what))
    return rows


def unknown(value: str, known: Iterable[str], what: str) -> str:
    """An error message for a name that does not exist: what came, what was perhaps meant, what there is."""
    names = [str(name) for name in known]
    near = difflib.get_close_matches(value, names, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    return f"this result has no {what} {value!r}{hint} known: {', '.join(names) or 'none'}"
