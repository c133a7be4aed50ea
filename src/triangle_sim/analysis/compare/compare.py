"""Scenarios compared: endings first, then outcomes by size of effect, each under each theory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from triangle_sim.analysis.by_future import Futures, futures
from triangle_sim.analysis.compare.contrast import Contrast, between, same_worlds
from triangle_sim.analysis.compare.distances import corrected
from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.folder.contents import MANIFEST
from triangle_sim.montecarlo.result import Result, read
from triangle_sim.montecarlo.run import run
from triangle_sim.names import counted, did_you_mean
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.resources import list_scenarios
from triangle_sim.scenario.load import load
from triangle_sim.scenario.schema import DESIGN, Scenario

COLUMNS = ["a", "b", "outcome", "theory", "level_a", "level_b", "difference", "low", "high", "sd", "effect",
           "higher", "flips", "distance", "p", "q", "verdict", "ever_a", "ever_b", "draws"]  # fmt: skip
"""Of the tables of a comparison; docs/compare.md says what each means."""
CLEAR = 0.05
"""A difference is clear if its corrected p-value is no larger."""

Source = Result | Scenario | str | Path


@dataclass(frozen=True, eq=False)
class Comparison:
    """Scenarios, each against the last.

    Attributes
    ----------
    results, futures
        what is compared, and what its futures came to; the last is the reference.
    table
        a row a pair, theory and outcome, or category of one; the largest effects first.
    looks
        how many comparisons the p-values are corrected for.
    notes
        what a reader should know of the comparison, such as that two are not the same worlds.
    """

    results: tuple[Result, ...] = field(repr=False)
    futures: tuple[Futures, ...]
    table: pd.DataFrame = field(repr=False)
    looks: int
    notes: tuple[str, ...] = ()

    @property
    def reference(self) -> Futures:
        """What the others are compared with."""
        return self.futures[-1]

    @property
    def others(self) -> tuple[Futures, ...]:
        """What is compared with the reference."""
        return self.futures[:-1]

    @cached_property
    def theories(self) -> list[str]:
        """Theories that can be compared; ``all`` alone if the scenarios share none."""
        return [name for name in self.table["theory"].unique() if name != "all"] or ["all"]

    def contrasts(self) -> pd.DataFrame:
        """One row a pair, outcome and theory, the outcomes with the largest effects first."""
        return self._rows(endings=False)

    def endings(self) -> pd.DataFrame:
        """One row a pair, ending and theory: its share in each, the difference, and how sure that is."""
        rows = self._rows(endings=True).rename(columns={"outcome": "ending"})
        return rows.assign(ending=rows["ending"].str.removeprefix("end_state="))

    def to_frame(self) -> pd.DataFrame:
        """Endings and outcomes in one table, a copy to do with as one likes."""
        return pd.concat([self._rows(endings=True), self._rows(endings=False)], ignore_index=True)

    def _rows(self, endings: bool) -> pd.DataFrame:
        found = self.table["outcome"].str.startswith("end_state=") == endings
        return self.table.loc[found].reset_index(drop=True)

    def __repr__(self) -> str:
        from triangle_sim.analysis.compare.shown import text

        return text(self)

    def _repr_html_(self) -> str:
        from triangle_sim.analysis.compare.shown import html

        return html(self)


def compare(
    sources: Sequence[Source],
    outcomes: Iterable[str] | None = None,
    *,
    draws: int | None = None,
    replicates: int | None = None,
    seed: int | None = None,
    **how: Any,
) -> Comparison:
    """Compare scenarios, each with the last one.

    Parameters
    ----------
    sources
        two or more scenarios (or their names or files) and results (or their folders), in any mixture.
    outcomes
        only these; default: all.
    draws, replicates, seed
        the design in which scenarios are played; default: that of the last result, else that of the last scenario.
    how
        other options of :func:`triangle_sim.montecarlo.run.run`, which plays scenarios: ``jobs``, ``backend``, ...

    Raises
    ------
    UsageError, ScenarioError
        for fewer than two sources, an unknown outcome, a folder that holds no result, a scenario that is not valid.
    """
    if isinstance(sources, str | Path) or len(sources) < 2:
        raise UsageError("a comparison needs at least two scenarios or results", "give them as a list, e.g. [a, b]")
    wanted = checked(outcomes)
    found = [found_at(source) for source in sources]
    asked: Any = design_of(found, draws=draws, replicates=replicates, seed=seed)
    results = [each if isinstance(each, Result) else run(each, **asked, **how) for each in found]
    given = [source if isinstance(source, str | Path) else None for source in sources]
    return comparison(results, wanted, given)


def checked(outcomes: Iterable[str] | None) -> list[str] | None:
    """Names of outcomes, or None for all. Raises UsageError for one that there is not."""
    names = None if outcomes is None else list(dict.fromkeys(outcomes))
    for name in names or ():
        if name not in OUTCOMES:
            raise UsageError(f"unknown outcome '{name}'", did_you_mean(name, sorted(OUTCOMES), "outcomes", 30))
    return names or None


def found_at(source: Source) -> Result | Scenario:
    """A result folder read, or a scenario loaded; what is one already comes back."""
    if isinstance(source, Result | Scenario):
        return source
    return read(source) if is_folder(source) else load(str(source))


def is_folder(source: str | Path) -> bool:
    """Whether it is a folder with a manifest. A bundled scenario's name is the scenario's, whatever lies around."""
    return str(source) not in list_scenarios() and (Path(source) / MANIFEST).is_file()


def design_of(sources: Sequence[Result | Scenario], **asked: int | None) -> dict[str, int]:
    """In which design scenarios are played. Raises UsageError where one is asked for and there is no scenario."""
    scenarios = [source for source in sources if isinstance(source, Scenario)]
    if not scenarios and (given := [name for name, value in asked.items() if value is not None]):
        raise UsageError(
            f"{' and '.join(given)} cannot be chosen: all of these are finished results",
            "leave it out, or give a scenario, which is then played",
        )
    model: Any = next((each for each in reversed(sources) if isinstance(each, Result)), sources[-1])
    return {name: getattr(model, name) if (value := asked.get(name)) is None else value for name in DESIGN}


def comparison(
    results: Sequence[Result], outcomes: Iterable[str] | None = None, given: Sequence[str | Path | None] = ()
) -> Comparison:
    """Results compared, each with the last; ``given`` says what they were called, where two have one name."""
    wanted = None if outcomes is None else list(outcomes)
    loaded = _told_apart([futures(result, wanted) for result in results], given)
    if not any(each.values for each in loaded):
        raise UsageError("none of these outcomes has a meaning in these worlds", "name others, or add countries")
    reference, rows = loaded[-1], []
    for one in loaded[:-1]:
        columns = [name for name in _columns(loaded) if name.partition("=")[0] in {*one.values, *reference.values}]
        views = [name for name in one.theories if name in reference.theories]
        rows.append([between(one, reference, name, view) for view in (*views, None) for name in columns])
    table = pd.concat([_in_order(_frame(pair)) for pair in rows], ignore_index=True)
    for family in (table["theory"] == "all", table["theory"] != "all"):
        table.loc[family, "q"] = corrected(table.loc[family, "p"].to_numpy(float))
    clear = table["q"] <= CLEAR
    table["verdict"] = np.where(clear, np.where(table["difference"] > 0, "more", "less"), "no clear difference")
    looked = table[table["theory"] != "all"] if (table["theory"] != "all").any() else table
    return Comparison(
        tuple(results), tuple(loaded), table[COLUMNS], int(looked["p"].notna().sum()), tuple(_notes(results, loaded))
    )


def _columns(loaded: Sequence[Futures]) -> list[str]:
    names = dict.fromkeys(name for each in loaded for name in each.values)
    return [column for name in names for column in ([f"{name}={each}" for each in OUTCOMES[name].categories] or [name])]


def _frame(pair: Iterable[Contrast]) -> pd.DataFrame:
    rows = [vars(c) | {"low": c.difference.low, "high": c.difference.high, "draws": c.difference.draws,
                       "difference": c.difference.value, "q": np.nan} for c in pair]  # fmt: skip
    return pd.DataFrame(rows)


def _in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """Outcomes by their largest effect under a theory, each with its theories together and ``all`` last."""
    own = frame[frame["theory"] != "all"] if (frame["theory"] != "all").any() else frame
    largest = own["effect"].abs().fillna(-1.0).groupby(own["outcome"]).max()
    size = frame["outcome"].map(largest)
    return frame.assign(_size=-size).sort_values(["_size", "outcome"], kind="stable").drop(columns="_size")


def _told_apart(loaded: Sequence[Futures], given: Sequence[str | Path | None]) -> list[Futures]:
    """Each under a name of its own: the scenario's, else how it was given, else with a number."""
    names = [each.name for each in loaded]
    names = _where_twice(names, [str(way or name) for way, name in zip(given or names, names, strict=True)])
    names = _where_twice(names, [f"{each.name} ({number})" for number, each in enumerate(loaded, start=1)])
    titles = _where_twice([each.title for each in loaded], names)
    return [replace(each, name=name, title=title) for each, name, title in zip(loaded, names, titles, strict=True)]


def _where_twice(names: Sequence[str], others: Sequence[str]) -> list[str]:
    return [other if names.count(name) > 1 else name for name, other in zip(names, others, strict=True)]


def _notes(results: Sequence[Result], loaded: Sequence[Futures]) -> Iterable[str]:
    reference = loaded[-1]
    for one in loaded[:-1]:
        pair = f"{one.name} and {reference.name}"
        if not same_worlds(one, reference):
            yield (
                f"{pair} are not the same worlds (seed {one.seed} x {counted(one.replicates, 'replicate')}, seed "
                f"{reference.seed} x {counted(reference.replicates, 'replicate')}): compared without pairing, which is "
                "less sure"
            )
        elif len(one.theory) != len(reference.theory):
            common = min(len(one.theory), len(reference.theory))
            yield f"{pair} share {counted(common, 'draw')}; the others are left out"
        if one.world != reference.world:
            yield f"{pair} start from different worlds ({one.world}; {reference.world}): not the same futures"
        if one.horizon != reference.horizon:
            shorter = min(one.horizon, reference.horizon)
            yield f"{pair} last {one.horizon} and {reference.horizon} quarters: times are counted up to {shorter}"
        if left := sorted({*one.values} ^ {*reference.values}):
            yield f"no meaning or no values in one of {pair}: {', '.join(left)}"
    if len({result.manifest.get("model_sha256") for result in results}) > 1:
        yield "these were made by different versions of the model: differences may be the versions'"
