"""What a page says of a scenario: names, ranges, reasons, claims, and what a reader may turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from triangle_sim.analysis.vocabulary import entries
from triangle_sim.claims import load_claims
from triangle_sim.claims.words import linked
from triangle_sim.model.prepared import Prepared
from triangle_sim.montecarlo.versions import model_hash, version
from triangle_sim.resources import read_seed
from triangle_sim.scenario.schema import Scenario
from triangle_sim.web.stake import at_stake
from triangle_sim.wording import in_words
from triangle_sim.world import CONDITIONS
from triangle_sim.world.event import Event
from triangle_sim.world.theories import load_theory, theory_names

MOST_A_QUARTER = 0.25
"""End of a slider of chances a quarter: at one in four, 19 of 20 such events come within ten quarters."""


def about(prepared: Prepared, design: Mapping[str, int]) -> dict[str, Any]:
    """The part ``about`` of a pack; ``design`` is how many draws and replicates the page holds."""
    scenario = prepared.scenario
    told = {
        "version": version(),
        "model_hash": model_hash(),
        "scenario": {
            "name": scenario.name,
            "title": scenario.title or scenario.name,
            "question": scenario.question,
            "hash": scenario.content_hash(),
            "sizes": scenario.sizes,
            "answers": [{"asks": each.asks, "of": each.column} for each in scenario.answers],
            "claims": list(scenario.claims),
        },
        "design": {
            **design,
            "seed": str(scenario.seed),  # as text: it may be larger than JavaScript's whole numbers
            "quarters": [str(scenario.start + k) for k in range(scenario.quarters + 1)],
        },
        "countries": {each.code: each.label for each in prepared.cast},
        "moves": {each.code: {move.name: _move(prepared, each.code, move) for move in each.menu()}
                  for each in prepared.cast},
        "interests": {each.code: {name: _interest(prepared, one) for name, one in each.interests().items()}
                      for each in prepared.cast},
        "conditions": {name: _condition(prepared, name) for name in prepared.conditions},
        "variables": {name: {"label": in_words(name), "says": each.meaning, "unit": each.unit, "low": each.low,
                             "high": each.high, "claims": list(each.sources)}
                      for name, each in prepared.variables.items()},
        "events": {name: _event(scenario, each) for name, each in scenario.events.items()},
        "groups": dict(scenario.groups),
        "meetings": {each.name: {"label": in_words(each.name), "says": each.says, "claims": list(each.claims),
                                 "moves": [list(each.first), list(each.second)], "barred_by": each.barred_by,
                                 "stands": each.stands}
                     for each in prepared.joint_effects},
        "endings": {each.name: {"label": in_words(each.name), "says": each.what, "claims": list(each.sources)}
                    for each in entries("endings")},
        "outcomes": {each.name: {"label": in_words(each.name), "says": each.what, "unit": each.unit,
                                 "claims": list(each.sources), **each.more} for each in entries("outcomes")},
        "theories": {name: _theory(scenario, name) for name in scenario.theory if scenario.theory[name] > 0},
        "sliders": list(sliders(prepared)),
    }  # fmt: skip
    return told | {"claims": _claims(told)}


def sliders(prepared: Prepared) -> Iterator[dict[str, Any]]:
    """What a reader may turn: whatever an article argues about, by one rule.

    An event that rests on a claim of an article can be made likelier (its odds, or its chance a quarter), and moved if
    it has a date; a condition that rests on one can be held at a level. Of a group of events whose odds make one, the
    last takes what the others leave.
    """
    scenario, labels = prepared.scenario, list(map(str, prepared.quarters))
    argued = {name: each for name, each in scenario.events.items() if _argued(each.claims)}
    rest = set(_last_of_groups(argued.items()))
    for name, event in argued.items():
        said = {"name": name, "label": event.title or in_words(name), "claims": list(event.claims)}
        if event.hazard is not None:
            yield {"kind": "hazards", **said, "low": 0.0, "high": max(MOST_A_QUARTER, event.hazard), "step": 0.005,
                   "usual": event.hazard}  # fmt: skip
        elif name not in rest:
            yield {"kind": "odds", **said, "low": 0.0, "high": 1.0, "step": 0.05, "usual": event.probability}
        first, _ = event.span(scenario.start, scenario.quarters)
        if event.when is not None and event.group is None and 0 <= first < scenario.quarters:
            yield {"kind": "dates", **said, "low": 0, "high": scenario.quarters - 1, "step": 1, "usual": first,
                   "labels": labels}  # fmt: skip
    for name in prepared.conditions:
        each = CONDITIONS[name]
        if _argued(each.sources):
            level = scenario.pin.get(name, prepared.environment[name])
            yield {"kind": "conditions", "name": name, "label": in_words(name), "claims": list(each.sources),
                   "low": each.low, "high": each.high, "step": 0.05, "usual": level}  # fmt: skip


def _argued(claims: Iterable[str]) -> bool:
    return any(claim in load_claims() for claim in claims)


def _last_of_groups(events: Iterable[tuple[str, Event]]) -> Iterator[str]:
    groups: dict[str, list[tuple[str, float]]] = {}
    for name, event in events:
        if event.group is not None:
            groups.setdefault(event.group, []).append((name, event.probability))
    for members in groups.values():
        if len(members) > 1 and abs(sum(odds for _, odds in members) - 1) < 1e-9:
            yield members[-1][0]


def _move(prepared: Prepared, code: str, move: Any) -> dict[str, Any]:
    off = move.name in prepared.scenario.moves.disable.get(code, ())
    pushes = {name: {"size": each.size, "claims": list(each.claims)} for name, each in move.pushes().items()}
    return {"label": in_words(move.name), "says": move.says, "cost": move.cost, "claims": list(move.claims),
            "pushes": pushes, "disabled": off}  # fmt: skip


def _interest(prepared: Prepared, one: Any) -> dict[str, Any]:
    environment = {**prepared.environment, **prepared.scenario.pin}
    return {"label": in_words(one.name), "says": one.meaning, "scale": one.scale, "weight": one.weight,
            "stake": at_stake(one, environment, prepared.variables), "claims": list(one.claims),
            "reads": sorted(one.reads)}  # fmt: skip


def _condition(prepared: Prepared, name: str) -> dict[str, Any]:
    each, scenario = CONDITIONS[name], prepared.scenario
    return {"label": in_words(name), "says": each.meaning, "unit": each.unit, "low": each.low, "high": each.high,
            "claims": list(each.sources), "start": scenario.pin.get(name, prepared.environment[name]),
            "pinned": name in scenario.pin}  # fmt: skip


def _event(scenario: Scenario, event: Event) -> dict[str, Any]:
    first, last = event.span(scenario.start, scenario.quarters)
    return {"title": event.title, "probability": event.probability, "group": event.group, "hazard": event.hazard,
            "timing": event.timing, "first": first, "last": last, "effects": dict(event.effects),
            "shock": dict(event.shock), "duration": event.duration, "claims": list(event.claims),
            "source": event.source, "note": event.note}  # fmt: skip


def _theory(scenario: Scenario, name: str) -> dict[str, Any]:
    """Whose view it is: the author by name, or the publisher of an article that names none."""
    if name in scenario.theories or name not in theory_names():
        title = getattr(scenario.theories.get(name), "title", "")
        return {"label": name, "title": title, "author": "", "article": "", "share": scenario.theory[name]}
    theory = load_theory(name)
    article = read_seed("articles.yaml")["articles"][theory.article]
    author = article["author"] or article["organisation"]
    return {"label": theory.short, "title": theory.title, "author": author, "article": article["title"],
            "letter": theory.article, "date": article["date"], "publisher": article["publisher"],
            "share": scenario.theory[name]}  # fmt: skip


def _claims(told: Mapping[str, Any]) -> dict[str, Any]:
    """The words behind every id that something in ``told`` cites, and all that the articles argue."""
    words = linked({*load_claims(), *_cited(told)}, None)
    found = load_claims()
    return {name: {"says": text, "kind": found[name].kind if name in found else "record",
                   "condition": found[name].condition if name in found else "",
                   "article": found[name].source if name in found else ""} for name, text in words.items()}  # fmt: skip


def _cited(told: Any) -> Iterator[str]:
    if isinstance(told, Mapping):
        for key, value in told.items():
            if key == "claims" and isinstance(value, list):
                yield from value
            else:
                yield from _cited(value)
    elif isinstance(told, list):
        for each in told:
            yield from _cited(each)
