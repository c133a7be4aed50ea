"""Hypothesis strategies for valid scenarios, drawn from a catalogue so that any model's can be used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from triangle_sim.quarters import Quarter
from triangle_sim.scenario.check.catalogue import Catalogue, Quantity
from triangle_sim.scenario.schema import Scenario

Data = dict[str, Any]

identifiers = st.from_regex(r"\A[a-z][a-z0-9_]{0,11}\Z")
texts = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), max_size=40).map(
    lambda text: "".join(c for c in text if c.isprintable())
)
shares = st.floats(0, 1).map(lambda x: round(x, 6))


def inside(quantity: Quantity) -> st.SearchStrategy[float]:
    """A value within a quantity's range."""
    low = max(-3.0, quantity.low)
    high = quantity.high if quantity.high < float("inf") else low + 6.0
    return st.floats(low, high, allow_nan=False).map(lambda x: min(max(round(x, 6), low), high))


def some_of(quantities: Mapping[str, Quantity]) -> st.SearchStrategy[Data]:
    """A few names with values in their ranges."""
    names = sorted(quantities)
    if not names:
        return st.just({})
    return st.lists(st.sampled_from(names), unique=True, max_size=4).flatmap(
        lambda chosen: st.fixed_dictionaries({name: inside(quantities[name]) for name in chosen})
    )


@st.composite
def priors(draw: st.DrawFn) -> Any:
    """A prior as a file writes it."""
    numbers = st.floats(-2, 2).map(lambda x: round(x, 4))
    widths = st.floats(0.01, 2).map(lambda x: round(x, 4))
    low, mode, high = sorted(draw(st.lists(numbers, min_size=3, max_size=3, unique=True)))
    return draw(
        st.one_of(
            numbers,
            st.fixed_dictionaries({"dist": st.just("norm"), "loc": numbers, "scale": widths}),
            st.fixed_dictionaries({"dist": st.just("lognorm"), "s": widths, "scale": widths}),
            st.fixed_dictionaries({"dist": st.just("uniform"), "loc": numbers, "scale": widths}),
            st.fixed_dictionaries({"dist": st.just("gamma"), "a": widths, "scale": widths}),
            st.fixed_dictionaries(
                {"dist": st.just("beta"), "a": widths, "b": widths}, optional={"loc": numbers, "scale": widths}
            ),
            st.just({"dist": "triang", "low": low, "mode": mode, "high": high}),
            st.just({"dist": "truncnorm", "loc": mode, "scale": 0.3, "low": low, "high": high}),
        )
    )


@st.composite
def events(draw: st.DrawFn, catalogue: Catalogue, start: Quarter, quarters: int) -> Data:
    """One event that can happen within the run."""
    first, last = sorted(draw(st.tuples(*[st.integers(0, quarters - 1)] * 2)))
    span = [str(start + first), str(start + last)]
    event: Data = {}
    match draw(st.sampled_from(["when", "window", "hazard", "condition", "both"])):
        case "when":
            event["when"] = span[0]
        case "window":
            event["window"] = span
        case timing:
            if timing != "condition":
                event["hazard"] = draw(shares)
            if timing != "hazard":
                variable = draw(st.sampled_from(sorted(catalogue.variables)))
                level = draw(inside(catalogue.variables[variable]))
                side = draw(st.sampled_from(["above", "below"]))
                event["condition"] = [{"variable": variable, side: level, "for": draw(st.integers(1, 4))}]
            if draw(st.booleans()):
                event |= {"from": span[0], "until": span[1]}
    shifts = st.floats(-1, 1).map(lambda x: round(x, 4))
    names = st.sampled_from(sorted(catalogue.variables))
    event["effects"] = draw(st.dictionaries(names, shifts, max_size=3))
    event["shock"] = draw(st.dictionaries(st.sampled_from(sorted(catalogue.state)), shifts, max_size=2))
    event["probability"] = draw(shares)
    if draw(st.booleans()):
        event["duration"] = draw(st.integers(1, 8))
    event["title"] = draw(texts)
    return event


def answers(catalogue: Catalogue) -> st.SearchStrategy[list[Data]]:
    """What answers a question."""
    numbers = [name for name, kinds in catalogue.outcomes.items() if not kinds]
    names = st.sampled_from([*numbers, *(f"final {name}" for name in catalogue.state)])
    one = st.one_of(
        st.fixed_dictionaries(
            {"outcome": names}, optional={"asks": texts, "expected": st.sampled_from(["more", "less"])}
        ),
        st.fixed_dictionaries({"meeting": st.sampled_from(catalogue.meetings)}, optional={"asks": texts}),
    )
    return st.lists(one, max_size=2)


@st.composite
def rules(draw: st.DrawFn, menu: tuple[str, ...]) -> Data:
    """A decision rule for a country with this menu."""
    rule = draw(st.sampled_from(["quantal", "best_response", "equilibrium", "habit", "scripted"]))
    spec: Data = {"rule": rule}
    if rule == "scripted":
        spec["script"] = draw(st.lists(st.sampled_from(menu), min_size=1, max_size=4))
        spec["then"] = draw(st.sampled_from(["choose", "hold", "repeat"]))
    elif rule == "quantal":
        spec["depth"] = draw(st.integers(0, 3))
    elif rule == "habit":
        spec["inertia"] = draw(shares)
    return spec


@st.composite
def scenario_data(draw: st.DrawFn, catalogue: Catalogue, max_quarters: int = 8) -> Data:
    """A valid scenario file without ``extends``, as plain data."""
    quarters = draw(st.integers(1, max_quarters))
    start = Quarter(2024, 3)
    chosen = draw(some_of(catalogue.environment))
    held = draw(some_of(catalogue.environment))
    data: Data = {
        "name": draw(identifiers),
        "title": draw(texts),
        "answers": draw(answers(catalogue)),
        "quarters": quarters,
        "theory": draw(st.sampled_from([*catalogue.theories, {name: 1 / 2 for name in list(catalogue.theories)[:2]}])),
        "environment": chosen,
        "state": draw(some_of(catalogue.state)),
        "pin": {name: value for name, value in held.items() if name not in chosen},
        "events": draw(st.dictionaries(identifiers, events(catalogue, start, quarters), max_size=3)),
        "decision": {"default": {"rule": "quantal", "depth": draw(st.integers(0, 3))}},
        "draws": draw(st.integers(1, 50)),
        "replicates": draw(st.integers(1, 5)),
        "seed": draw(st.integers(0, 2**31)),
    }
    for country in draw(st.lists(st.sampled_from(catalogue.countries), unique=True, max_size=2)):
        data["decision"][country] = draw(rules(catalogue.moves[country]))
    return data


def scenarios(catalogue: Catalogue, max_quarters: int = 8) -> st.SearchStrategy[Scenario]:
    """Valid scenarios that a model with this catalogue can run."""
    return scenario_data(catalogue, max_quarters).map(Scenario.from_data)


def patches(catalogue: Catalogue) -> st.SearchStrategy[Data]:
    """What one file of a chain may say: any part of a scenario, deletions, and values of the wrong kind."""
    numbers = st.none() | st.floats(0, 1).map(lambda x: round(x, 2))
    odd = st.none() | st.integers(0, 3) | st.just("text") | st.just([1, 2])
    names = st.sampled_from(sorted(catalogue.environment))
    timings = st.fixed_dictionaries(
        {},
        optional={
            "when": st.none() | st.just("2025Q1"),
            "window": st.none() | st.just(["2025Q1", "2025Q4"]),
            "hazard": numbers,
            "condition": st.none() | st.just([{"variable": "ukraine_war", "below": 0.2}]),
            "from": st.none() | st.just("2025Q1"),
            "probability": numbers,
            "effects": st.dictionaries(names, numbers, max_size=2) | odd,
        },
    )
    return st.fixed_dictionaries(
        {},
        optional={
            "environment": st.dictionaries(names, numbers, max_size=3) | odd,
            "state": st.dictionaries(st.sampled_from(sorted(catalogue.state)), numbers, max_size=2) | odd,
            "parameters": st.dictionaries(st.just("rationality.PRK"), numbers) | odd,
            "theory": st.just("chung-2024") | st.just({"chung-2024": 0.4, "lowy-2023": 0.6}) | odd,
            "events": st.dictionaries(st.sampled_from(["e", "f"]), timings | odd, max_size=2) | odd,
            "decision": st.just({"PRK": {"rule": "habit"}}) | st.just({"PRK": {"depth": 3}}) | odd,
            "priors": st.dictionaries(st.just("weight.PRK.supply"), priors() | odd),
            "draws": odd,
        },
    )
