"""A result as arrays with named axes (xarray): outcomes, parameters, and the paths of chosen runs played again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from triangle_sim.backends.backend import load
from triangle_sim.errors import UsageError, quote
from triangle_sim.model.prepared import prepared_for
from triangle_sim.montecarlo.compute import BLOCK
from triangle_sim.montecarlo.design import whole
from triangle_sim.montecarlo.folder.manifest import same_sizes
from triangle_sim.montecarlo.versions import model_hash
from triangle_sim.names import canonical_name, counted, did_you_mean
from triangle_sim.outcomes import OUTCOMES

if TYPE_CHECKING:
    from triangle_sim.montecarlo.experiment import DesignResult
    from triangle_sim.montecarlo.result import Result

MOST_VALUES = 2**28
"""Values of paths that are held at once: 2 GiB."""


def xarray() -> Any:
    """The library. Raises UsageError if it is not installed."""
    try:
        import xarray
    except ImportError:
        raise UsageError("xarray is not installed", "pip install 'triangle-sim[research]'") from None
    return xarray


def dataset(result: Result) -> Any:
    """Outcomes ``(draw, replicate)`` and parameters ``(draw, parameter)``, with units, questions and claims."""
    xr = xarray()
    runs, given = result.runs, result.parameters
    shape = (result.draws, result.replicates)
    variables: dict[str, Any] = {
        name: (("draw", "replicate"), _plain(runs[name].to_numpy()).reshape(shape), outcome_attributes(name))
        for name in runs.columns
        if name in OUTCOMES
    }
    names = [str(name) for name in given.columns if name not in ("draw", "theory")]
    table = result.prepared.table
    about = {"long_name": "parameters of the draws", "note": "units, meanings and sources are coordinates"}
    variables["parameters"] = (("draw", "parameter"), given[names].to_numpy(float), about)
    coordinates = {
        "draw": np.arange(result.draws),
        "replicate": np.arange(result.replicates),
        "theory": ("draw", _plain(given["theory"].to_numpy()), {"long_name": "whose priors a draw was taken from"}),
        "scenario": result.scenario.name,
        "parameter": names,
        "parameter_unit": ("parameter", [table[name].unit for name in names]),
        "parameter_meaning": ("parameter", [table[name].meaning for name in names]),
        "parameter_sources": ("parameter", [", ".join(table[name].sources) for name in names]),
    }
    return xr.Dataset(variables, coordinates, about_result(result))


def design_dataset(found: DesignResult) -> Any:
    """Outcomes ``(setting, draw, replicate)``, or ``(row, replicate)`` where rows are draws; the design's columns, and
    theories, are coordinates."""
    xr = xarray()
    if found.draw is None:
        axes: tuple[str, ...] = ("setting", "draw", "replicate")
        rows = np.unique(found.setting, return_index=True)[1]
        theory: Any = (axes[:2], _plain(np.stack([each.theory for each in found.samples])))
        values = {name: np.stack([each.values[name] for each in found.samples]) for name in found.samples[0].values}
    else:
        axes, rows = ("row", "replicate"), np.arange(len(found))
        where = list(zip(found.setting, found.draw, strict=True))
        theory = (axes[:1], _plain(np.asarray([found.samples[k].theory[draw] for k, draw in where], object)))
        values = {
            name: np.stack([found.samples[k].values[name][draw] for k, draw in where])
            for name in found.samples[0].values
        }
    given = {name: (axes[0], _plain(found.design[name].to_numpy()[rows])) for name in found.design if name != "theory"}
    variables = {name: (axes, each, outcome_attributes(name.partition("=")[0])) for name, each in values.items()}
    about = {"scenario": found.scenarios[0].name, "seed": found.seed, "note": "a model, not a forecast"}
    return xr.Dataset(variables, {"theory": theory, **given}, about)


def outcome_attributes(name: str) -> dict[str, str]:
    """What an outcome is, for the attributes of its array."""
    outcome = OUTCOMES[name]
    told = {
        "long_name": outcome.question,
        "units": outcome.unit,
        "kind": outcome.kind,
        "better": outcome.better,
        "claims": ", ".join(outcome.claims),
        "description": " ".join((outcome.measure.__doc__ or "").split()),
    }
    return {key: text for key, text in told.items() if text}


def about_result(result: Result) -> dict[str, Any]:
    """What makes a result again, as attributes."""
    facts = result.manifest
    names = ("scenario_sha256", "model_sha256", "seed", "backend", "precision", "sizes", "not_a_forecast")
    told = {"title": result.scenario.title or result.scenario.name, "question": result.scenario.question}
    return told | {"triangle_sim": str(facts["triangle_sim"])} | {name: facts[name] for name in names}


def paths(
    result: Result, variables: Sequence[str], draws: Iterable[int] | None, replicates: Iterable[int] | None
) -> Any:
    """State variables and conditions of some runs ``(draw, replicate, quarter, variable)``, played again; see
    :meth:`triangle_sim.montecarlo.result.Result.paths`."""
    xr = xarray()
    same_sizes(result.scenario, result.manifest)
    if result.manifest["model_sha256"] != model_hash():
        message = f"this result was made by another version of the model ({result.manifest['triangle_sim']})"
        raise UsageError(f"{message}: its runs cannot be played again", "run its scenario.yaml again")
    table = result.given()
    ready = prepared_for(result.scenario, table)
    names = _names(variables, [*ready.variables, *ready.conditions])
    chosen, luck = _numbers("draws", draws, result.draws), _numbers("replicates", replicates, result.replicates)
    runs = chosen.size * luck.size
    if (size := runs * len(ready.quarters) * len(names)) > MOST_VALUES:
        message = f"the paths of {counted(runs, 'run')} and {counted(len(names), 'variable')} are {size:,} values"
        raise UsageError(message, f"ask for fewer draws, replicates or variables: at most {MOST_VALUES:,} values")
    values = np.full((runs, len(ready.quarters), len(names)), np.nan)
    theory = np.empty(runs, object)
    addresses = np.repeat(chosen, luck.size), np.tile(luck, chosen.size)
    backend, precision = result.manifest["backend"], result.manifest["precision"]
    for first in range(0, runs, BLOCK):
        piece = slice(first, first + BLOCK)
        (t,) = load(backend).trajectories(
            ready, result.seed, addresses[0][piece], addresses[1][piece], [dict(result.scenario.pin)], precision, table
        )
        theory[piece] = t.theory
        for k, name in enumerate(names):
            path = t[name]
            values[piece, : len(path), k] = path.T
    known = ready.variables
    coordinates = {
        "draw": chosen,
        "replicate": luck,
        "quarter": list(ready.quarters),
        "variable": names,
        "theory": ("draw", _plain(theory[:: luck.size])),
        "scenario": result.scenario.name,
        "unit": ("variable", [known[name].unit if name in known else "0 .. 1" for name in names]),
        "meaning": ("variable", [known[name].meaning if name in known else "a condition" for name in names]),
    }
    note = "a state at the start of its quarter; a condition during it, missing after the last"
    shaped = values.reshape(chosen.size, luck.size, len(ready.quarters), len(names))
    axes = ("draw", "replicate", "quarter", "variable")
    return xr.DataArray(shaped, coordinates, axes, "paths", about_result(result) | {"note": note})


def _names(variables: Any, known: list[str]) -> list[str]:
    if isinstance(variables, str):
        raise UsageError(f"variables={quote(variables)}: not a list", f"give a list, e.g. [{variables!r}]")
    names = [canonical_name(str(name)) for name in variables]
    for name in names:
        if name not in known:
            raise UsageError(f"unknown variable {quote(name)}", did_you_mean(name, known, "known"))
    if len(set(names)) < len(names) or not names:
        raise UsageError("variables: one comes twice" if names else "variables: none", f"as in [{known[0]!r}]")
    return names


def _numbers(what: str, asked: Iterable[int] | None, there: int) -> NDArray[np.int64]:
    if asked is None:
        return np.arange(there)
    numbers = [whole(what, each) for each in ([asked] if hasattr(asked, "__index__") else asked)]
    wrong = [each for each in numbers if not 0 <= each < there]
    if wrong or len(set(numbers)) < len(numbers) or not numbers:
        what_came = f"there is no {wrong[0]}" if wrong else "a number twice" if numbers else "none"
        raise UsageError(f"{what}: {what_came}", f"give different numbers from 0 to {there - 1}")
    return np.asarray(numbers, np.int64)


def _plain(values: NDArray[Any]) -> NDArray[Any]:
    """Names as text of one width, which every file format of arrays can hold."""
    return values.astype(str) if values.dtype == object else values
