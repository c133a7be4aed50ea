"""What a claim stands for in the model: the parameters and events that would be nothing if it were not so.

A claim lives where its ``places`` in the ledger say, and its terms are what can be taken away there:

- an interest: its weight;
- a move or a meeting: those of its effects that rest on the claim, or all where none rests on it alone;
- an effect or a driver that is named; and every other one whose direction the claim gives (``signs``);
- an event of the scenario: it may still happen, but nothing follows from it.

Starting levels, outcomes and traits (rationality, foresight, rates) are no terms: the world begins somewhere, an
outcome is measured, and whoever chooses does so with some foresight.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from triangle_sim.claims import Claim, Place
from triangle_sim.model.prepared import Prepared, prepared_for
from triangle_sim.scenario.schema import Scenario

GIVEN = ("start", "environment")
TRAITS = ("rationality", "foresight", "memory", "rate", "noise")
"""How names begin that have a level but cannot be nothing."""


@dataclass(frozen=True)
class Terms:
    """The terms of a claim in a scenario.

    Attributes
    ----------
    parameters, events
        by name, sorted; events without the prefix ``event.``
    stays
        names among its places that cannot be taken away, or are not in this scenario.
    why_not
        why there is nothing to take away, in words; empty where there is.
    """

    parameters: tuple[str, ...]
    events: tuple[str, ...]
    stays: tuple[str, ...]
    why_not: str

    @property
    def off(self) -> tuple[str, ...]:
        """What to switch off, as :func:`triangle_sim.montecarlo.sample.sample` takes it."""
        return (*self.parameters, *(f"event.{name}" for name in self.events))


def terms_of(claim: Claim, scenario: Scenario) -> Terms:
    """The terms of a claim in a scenario: what of it has a size there."""
    prepared = prepared_for(scenario)
    alive = prepared.table.keys() - idle(prepared)
    parameters = {name for name in claim.signs if name in alive}
    events, stays = set(), []
    for name in claim.names:
        kind, _, rest = name.partition(".")
        if kind == "event" and rest in scenario.events:
            events.add(rest)
        elif found := [each for each in beneath(name, claim, prepared) if each in alive]:
            parameters.update(found)
        else:
            stays.append(name)
    why_not = "" if parameters or events else _why_not(claim)
    return Terms(tuple(sorted(parameters)), tuple(sorted(events)), tuple(stays), why_not)


def beneath(name: str, claim: Claim, prepared: Prepared) -> list[str]:
    """The parameters of a place, whatever their size."""
    kind, _, rest = name.partition(".")
    if kind in (*GIVEN, *TRAITS, "outcome", "event"):
        return []
    if kind == "interest":
        return [f"weight.{rest}"]
    if kind in ("move", "joint"):
        head = f"effect.{rest}." if kind == "move" else f"{name}."
        own = [each for each in prepared.table if each.startswith(head)]
        return [each for each in own if claim.id in prepared.table[each].sources] or own
    return [name]


@lru_cache(maxsize=8)
def idle(prepared: Prepared) -> frozenset[str]:
    """Parameters that count for nothing in a scenario: zero in every draw, or weights of wishes its world lacks."""
    zero = {
        name
        for name in prepared.table
        if all(t[name].prior.dist == "fixed" and t[name].default == 0 for t in prepared.tables.values())
    }
    if prepared.fitted is not None:
        for members in prepared.fitted.members.values():
            fits = {name for name, row in zip(members.names, members.values, strict=True) if row.any()}
            zero -= fits - prepared.own.keys()
    return frozenset(zero) | {
        f"weight.{country.code}.{name}"
        for country in prepared.cast
        for name, interest in country.interests().items()
        if not interest.reads <= set(prepared.variables)
    }


def _why_not(claim: Claim) -> str:
    return "; ".join(dict.fromkeys(_reason(place) for place in claim.places))


def _reason(place: Place) -> str:
    """Why a place has nothing that could be switched off here."""
    if place.role == "not_modelled":
        return f"not in the model: {place.reason}"
    if place.role == "starting_fact":
        return "a starting fact: the world begins there"
    if place.role == "outcome":
        return "a statement about what comes out, which is measured and not put in"
    if all(name.split(".")[0] in TRAITS for name in place.names):
        return f"about traits that have some size in any world and cannot be nothing ({', '.join(place.names)})"
    return f"not in this scenario: {', '.join(place.names)}"
