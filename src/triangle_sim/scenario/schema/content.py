"""What of a scenario matters to its results, as one number."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from triangle_sim.scenario.schema.scenario import Scenario

DESCRIPTIVE = ("name", "title", "question", "reference", "answers", "claims", "source", "note")
"""Keys that describe one file: they are not inherited and do not matter to the results."""

DESIGN = ("draws", "replicates", "seed")
"""Keys of the design: recorded beside the hash, not in it, since a run can be extended."""


def content_hash(scenario: Scenario) -> str:
    """SHA-256 of what matters to the results (not descriptions, the design, or which history is shown), whatever way a
    file says it."""
    data = scenario.data()
    for key in (*DESCRIPTIVE, *DESIGN, "run"):
        data.pop(key, None)
    data["groups"] = sorted(data["groups"])
    data["theory"] = {name: share for name, share in data["theory"].items() if share > 0}
    if own := data["theory"].keys() & scenario.theories.keys():
        data["theories"] = {name: _stated(data["theories"][name]) for name in own}
    else:
        data.pop("theories", None)
    rules = data["decision"]
    # A country's own rule that only repeats the default says nothing new, and neither does an empty list.
    data["decision"] = {code: rules.get(code, rules["default"]) for code in scenario.countries}
    data["moves"] = {code: sorted(set(moves)) for code, moves in scenario.moves.disable.items() if moves}
    if seats := {code: played for code in scenario.countries if (played := _played(scenario, code))}:
        data["seats"] = seats
    else:
        data.pop("seats", None)
    for name, event in data["events"].items():
        if scenario.events[name].never(scenario.start, scenario.quarters):
            # Only its share of its group is left of it: that decides who else can happen.
            data["events"][name] = {"never": True, "group": event.get("group"), "probability": event["probability"]}
            continue
        for key in ("title", "claims", "source", "note"):
            del event[key]
        if "condition" in event:
            event["condition"].sort(key=lambda item: json.dumps(item, sort_keys=True))
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _played(scenario: Scenario, country: str) -> list[str | None]:
    """The moves played from a country's seat, up to the last one within the horizon."""
    moves = list(scenario.seats.get(country, ())[: scenario.quarters])
    while moves and moves[-1] is None:
        moves.pop()
    return moves


def _stated(voice: dict[str, Any]) -> dict[str, Any]:
    """What of a theory matters to the results."""
    return {"extends": voice.get("extends"), "priors": {name: each["prior"] for name, each in voice["priors"].items()}}
