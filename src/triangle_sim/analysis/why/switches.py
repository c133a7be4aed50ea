"""What of a scenario can be switched off, one thing at a time: claims, interests, drivers, meetings, events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from triangle_sim.analysis.why.terms import idle, terms_of
from triangle_sim.claims import load_claims
from triangle_sim.model.prepared import Prepared, prepared_for
from triangle_sim.names import COUNTRY_NAMES, country_name
from triangle_sim.scenario.schema import Scenario
from triangle_sim.wording import in_words
from triangle_sim.world import CONDITIONS, DRIVERS

KINDS = ("claim", "interest", "driver", "meeting", "event")
"""In the order in which they are shown."""


class Switch(NamedTuple):
    """One thing that may be switched off.

    ``name`` is the ledger's or the model's (``A30``, ``interest.PRK.supply``), ``words`` say what it is; ``off`` is
    what :func:`triangle_sim.montecarlo.sample.sample` is to switch off, and where that is nothing ``why_not`` says why.
    """

    kind: str
    name: str
    words: str
    off: tuple[str, ...]
    why_not: str = ""


def switches(scenario: Scenario) -> list[Switch]:
    """Every claim, and every interest, driver, meeting and event that this scenario has."""
    prepared = prepared_for(scenario)
    found = [*_claims(scenario), *_parts(prepared)]
    return [_with_a_wish_left(each, prepared) for each in found]


def _claims(scenario: Scenario) -> Iterator[Switch]:
    for claim in load_claims().values():
        terms = terms_of(claim, scenario)
        yield Switch("claim", claim.id, claim.claim.rstrip("."), terms.off, terms.why_not)


def _parts(prepared: Prepared) -> Iterator[Switch]:
    alive = prepared.table.keys() - idle(prepared)
    for country in prepared.cast:
        for name, interest in country.interests().items():
            weight = f"weight.{country.code}.{name}"
            if weight in alive:
                who = country_name(country.code).removeprefix("the ")
                words = f"{who}: {in_words(name)} ({interest.meaning.rstrip('.')})"
                yield Switch("interest", f"interest.{country.code}.{name}", words, (weight,))
    for driver in DRIVERS:
        if driver.name in alive:
            moves, moved = CONDITIONS[driver.condition].meaning, _named(prepared.variables[driver.variable].meaning)
            yield Switch("driver", driver.name, f"{moves} moves {moved}", (driver.name,))
    for joint in prepared.joint_effects:
        own = tuple(name for name in prepared.table if name.startswith(f"joint.{joint.name}.") and name in alive)
        if own:
            yield Switch("meeting", f"joint.{joint.name}", f"what follows when {joint.says}", own)
    for name, event in prepared.scenario.events.items():
        yield Switch("event", f"event.{name}", event.title.rstrip(".") or name.replace("_", " "), (f"event.{name}",))


def _with_a_wish_left(switch: Switch, prepared: Prepared) -> Switch:
    """The same, unless it would leave a country that weighs nothing."""
    weights = {name for name in prepared.table if name.startswith("weight.")} - idle(prepared)
    for code in prepared.codes:
        own = {name for name in weights if name.startswith(f"weight.{code}.")}
        if own and own <= set(switch.off):
            return switch._replace(off=(), why_not=f"{country_name(code)} would be left without any interest")
    return switch


def _named(text: str) -> str:
    """Codes of countries as names, and without what the ends of a scale mean."""
    return re.sub(r"\b[A-Z]{3}\b", lambda found: COUNTRY_NAMES.get(found[0], found[0]), text.partition(":")[0])
