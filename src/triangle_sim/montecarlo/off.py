"""What it means to switch something off: all else stays as it was, in the same worlds."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from triangle_sim.errors import UsageError, quote
from triangle_sim.model.prepared import prepared_for
from triangle_sim.names import did_you_mean
from triangle_sim.scenario.schema import Scenario
from triangle_sim.uncertainty import Table

EVENT = "event."


def switched_off(
    scenario: Scenario, names: Iterable[str], table: Table | None = None
) -> tuple[Table | None, frozenset[str]]:
    """Given draws in which parameters are nothing, and the events that never begin.

    A parameter is zero in every draw, or as near to it as its bounds allow; all others are drawn as they are without
    that, fitted to the record or not. Effects and drivers are then gone. An interest whose weight is zero no longer
    counts, and the country's other interests share its payoff in the proportions they had: weights sum to one, as
    always. A country cannot lose all of them. An event (``event.NAME``) never begins; others of its group happen in the
    worlds in which they happened before, none takes its place.

    Raises
    ------
    UsageError
        for a parameter or an event that the scenario does not have.
    """
    off = list(dict.fromkeys(names))
    if not off:
        return table, frozenset()
    events = {name.removeprefix(EVENT) for name in off if name.startswith(EVENT)}
    parameters = prepared_for(scenario).table
    known = [*parameters, *(f"{EVENT}{name}" for name in scenario.events)]
    for name in off:
        if name not in known:
            raise UsageError(f"nothing named {quote(name)} can be switched off", did_you_mean(name, known, "known"))
    zero = {
        name: float(np.clip(0.0, parameters[name].low, parameters[name].high)) for name in off if name in parameters
    }
    if not zero:
        return table, frozenset(events)
    levels = np.asarray(list(zero.values()))[:, None]
    if table is None:
        return Table.of(list(zero), levels, everywhere=True), frozenset(events)
    kept = [k for k, name in enumerate(table.names) if name not in zero]
    values = np.vstack([table.values[kept], np.repeat(levels, table.rows, axis=1)])
    whole = Table.of([*(table.names[k] for k in kept), *zero], values, table.theory, everywhere=table.everywhere)
    return whole, frozenset(events)
