"""A scenario with one of its values changed, by the keys that ``--set`` takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from triangle_sim.errors import UsageError, quote
from triangle_sim.model.prepared import prepared_for
from triangle_sim.names import canonical_name, counted, did_you_mean
from triangle_sim.scenario.read.overrides import key_path
from triangle_sim.scenario.schema import Scenario
from triangle_sim.world import CONDITIONS

MOST = 101
"""Values of one key."""
_HOW = "write KEY=FROM:TO:NUMBER, as in pin.ukraine_war=0:1:6, or KEY=VALUE,VALUE,..."


def read_range(text: str) -> tuple[str, list[float]]:
    """``KEY=a:b:n`` or ``KEY=a,b,c`` as a key and its values. Raises UsageError for anything else."""
    key, equals, given = text.partition("=")
    if not (key.strip() and equals and given.strip()):
        raise UsageError(f"--vary {quote(text)}: no KEY=FROM:TO:NUMBER", _HOW)
    try:
        if ":" not in given:
            values = [float(each) for each in given.split(",")]
        else:
            low, high, number = given.split(":")
            ends, many = [float(low), float(high)], int(number)
            # One too many is refused below, and a hundred million would be made first.
            values = list(np.linspace(ends[0], ends[1], min(many, MOST + 1))) if np.isfinite(ends).all() else ends
    except ValueError:
        raise UsageError(f"--vary {quote(text)}: {quote(given)} is no range of numbers", _HOW) from None
    return key.strip(), checked_values(key.strip(), values)


def checked_values(key: str, values: list[float]) -> list[float]:
    """Values of a key, increasing. Raises UsageError for fewer than two, too many, or what is not finite."""
    out = sorted({float(each) for each in values})
    if not 2 <= len(out) <= MOST:
        found = f"more than {MOST} values" if len(out) > MOST else counted(len(out), "value")
        raise UsageError(f"{key}: {found}", f"give 2 to {MOST} different ones; {_HOW}")
    if not np.isfinite(out).all():
        raise UsageError(f"{key}: not a finite number", _HOW)
    return out


def with_value(scenario: Scenario, key: str, value: float) -> Scenario:
    """The scenario with a key at a value.

    Where the odds of an event in a group are set, the others of its group share what is left as they shared it before.

    Raises
    ------
    UsageError
        for a key that names nothing of the scenario or the model.
    ScenarioError
        for a value that is out of range.
    """
    path = known_path(scenario, key, value)
    number: Any = int(value) if path == ("quarters",) and value == int(value) else value
    tree: Any = number
    for part in reversed(path):
        tree = {part: tree}
    if path[0] == "events" and path[2:] == ("probability",):
        for other, odds in _rest_of_group(scenario, path[1], value).items():
            tree["events"][other] = {"probability": odds}
    return scenario.with_(**tree)


def _rest_of_group(scenario: Scenario, name: str, odds: float) -> dict[str, float]:
    """The odds of the other events of an event's group, which had the same ratio to each other before."""
    event = scenario.events[name]
    others = {each: e.probability for each, e in scenario.events.items() if e.group == event.group and each != name}
    if event.group is None or not others:
        return {}
    before = sum(others.values())
    certain = event.probability + before > 1 - 1e-9  # one of the group always happens, and goes on to
    left = max(0.0, 1.0 - odds) if certain else min(before, max(0.0, 1.0 - odds))
    return {each: left * (p / before if before else 1.0 / len(others)) for each, p in others.items()}


def known_path(scenario: Scenario, key: str, value: float | None = None) -> tuple[str, ...]:
    """The place of a key in a scenario. Raises UsageError if it names nothing that holds a number, or the
    value is out of its range."""
    path = key_path(key)
    ready = prepared_for(scenario)
    known: Mapping[str, Mapping[str, Any]] = {
        "environment": CONDITIONS,
        "pin": CONDITIONS,
        "state": ready.variables,
        "parameters": ready.table,
    }
    if path[0] in known:
        name = canonical_name(path[1]) if len(path) > 1 else ""
        there = known[path[0]]
        if name not in there:
            every = {**CONDITIONS, **ready.variables, **ready.table} if path[0] == "parameters" else there
            raise UsageError(f"unknown key {quote(key)}", did_you_mean(name, every, f"{path[0]} has", 9))
        if value is not None and not there[name].low <= value <= there[name].high:
            span = f"{there[name].low:g} .. {there[name].high:g}"
            raise UsageError(f"{key}={value:g} is out of range", f"{name}: {there[name].meaning}, {span}")
        return path[0], name
    if path[0] == "theory":
        raise UsageError("theories are not varied: every table shows each by itself", "vary something else")
    if path[0] == "events":
        if len(path) < 3 or path[1] not in scenario.events:
            odds = ", ".join(f"events.{name}.probability" for name in scenario.events)
            raise UsageError(f"unknown key {quote(key)}", odds or "this scenario has no events")
        return path
    if path[0] in ("decision", "quarters"):
        return path
    raise UsageError(f"{quote(key)} is not a number that can be varied", _HOW)
