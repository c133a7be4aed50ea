"""What a page needs to play a scenario's futures itself: the compiled model, its parameters, and its names.

Parameters are those of the command line's own draws, bit for bit: draw d, replicate r of a page is run d.r of ``run``.
"""

from __future__ import annotations

import base64
import gzip
from typing import TYPE_CHECKING, Any

import numpy as np

from triangle_sim.model.prepared import Prepared
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.outcomes.end_state import ENDINGS
from triangle_sim.scenario.schema import DESIGN, Scenario
from triangle_sim.seat.export import is_bundled
from triangle_sim.story.tell import NOTABLE, SMALL
from triangle_sim.triangle.typology import ROLES, ROLES_OF, TYPE_OF, TYPES
from triangle_sim.uncertainty.streams import stream_key
from triangle_sim.world.environment import CONDITIONS

if TYPE_CHECKING:
    from triangle_sim.backends.llvm.web import Module

DRAWS = 500
"""Draws that a page holds."""
REPLICATES = 20
"""Replicates of each that it plays at most."""


def engine(prepared: Prepared, module: Module, *, draws: int = DRAWS, replicates: int = REPLICATES) -> dict[str, Any]:
    """The part of a page's data that its engine reads, ready for JSON."""
    scenario, seed = prepared.scenario, prepared.scenario.seed
    sampled = prepared.sample(seed, np.arange(draws))
    theories = sorted(set(sampled.theory.tolist()))
    return {
        "scenario": scenario.name,
        "whole": None if is_bundled(scenario) else _whole(scenario),
        "seed": str(seed),
        "draws": draws,
        "replicates": replicates,
        "quarters": list(prepared.quarters),
        **_names(prepared),
        "events": _events(prepared),
        "theories": theories,
        "theory": [theories.index(name) for name in sampled.theory],
        "parameters": list(sampled.names),
        "values": zipped(planes(sampled.stacked)),
        "seats": {code: list(moves) for code, moves in scenario.seats.items()},
        "orders": prepared.orders.tolist(),
        "run": list(scenario.shown) if scenario.shown[0] < draws and scenario.shown[1] < replicates else None,
        "by_habit": [code for code, rule in prepared.rules.items() if not rule.weighs],
        "keys": _keys(prepared),
        "layout": dict(module.layout),
        "wasm": zipped(module.wasm),
        "types": list(TYPES),
        "roles": list(ROLES),
        "type_of": TYPE_OF.tolist(),
        "roles_of": ROLES_OF.tolist(),
        "endings": list(ENDINGS),
        "kinds": {name: OUTCOMES[name].kind for name in module.layout["outcomes"] if name in OUTCOMES},
        "notable": NOTABLE,
        "small": SMALL,
    }


def _whole(scenario: Scenario) -> dict[str, Any]:
    """All that a file of it says but its name, title and design: whoever is sent one need not have the original."""
    return {key: each for key, each in scenario.data().items() if key not in ("name", "title", "run", *DESIGN)}


def planes(values: Any) -> bytes:
    """Doubles byte plane by byte plane, the lowest first: equal signs and exponents side by side pack well."""
    plain = np.ascontiguousarray(values, "<f8").view(np.uint8)
    return plain.reshape(-1, 8).T.tobytes()


def zipped(data: bytes) -> str:
    """Bytes as text: gzip, then base64; the same text for the same bytes."""
    return base64.b64encode(gzip.compress(data, 9, mtime=0)).decode()


def _names(prepared: Prepared) -> dict[str, Any]:
    """Names of what there is, with what checks and pictures need of each."""
    variables, conditions = prepared.variables, prepared.conditions
    return {
        "codes": list(prepared.codes),
        "variables": list(variables),
        "low": [each.low for each in variables.values()],
        "high": [each.high for each in variables.values()],
        "conditions": list(conditions),
        "condition_ranges": {name: [CONDITIONS[name].low, CONDITIONS[name].high] for name in conditions},
        "usual": {name: prepared.environment[name] for name in conditions},
        "pins": dict(prepared.scenario.pin),
        "menus": {each.code: [move.name for move in each.menu()] for each in prepared.cast},
        "disabled": {code: list(moves) for code, moves in prepared.scenario.moves.disable.items()},
        "meetings": [joint.name for joint in prepared.joint_effects],
        "claims": {
            "moves": {each.code: {move.name: list(move.claims) for move in each.menu()} for each in prepared.cast},
            "interests": {
                each.code: {name: list(interest.claims) for name, interest in each.interests().items()}
                for each in prepared.cast
            },
        },
    }


def _events(prepared: Prepared) -> list[dict[str, Any]]:
    """Events in the order of their names; quarters are counted from the first."""
    clock, out = prepared.clock, []
    for name, event, may in zip(clock.names, clock.events, clock.may, strict=True):
        first, last = event.span(prepared.scenario.start, prepared.scenario.quarters)
        out.append(
            {
                "name": name,
                "probability": event.probability,
                "group": event.group,
                "scheduled": event.scheduled,
                "first": first,
                "last": last,
                "hazard": event.hazard,
                "may": may,
            }
        )
    return out


def _keys(prepared: Prepared) -> dict[str, str]:
    """The stream of each random number that decides about events, as 16 hexadecimal digits."""
    streams = []
    for name, event in prepared.scenario.events.items():
        streams.append(f"group:{event.group}" if event.group else f"whether:{name}")
        streams += [f"when:{name}"] if event.scheduled else []
        streams += [f"hazard:{name}"] if event.hazard is not None else []
    return {stream: f"{stream_key(stream):016x}" for stream in sorted(set(streams))}
