"""What pydantic finds wrong with a scenario, in words, with ranges, units and meanings from the schema."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from triangle_sim.errors import quote
from triangle_sim.names import did_you_mean
from triangle_sim.world.event import Condition, Event
from triangle_sim.fields import Model
from triangle_sim.scenario.schema.prior import FAMILIES
from triangle_sim.scenario.schema.rule import RuleSpec
from triangle_sim.scenario.schema import Moves, Scenario
from triangle_sim.scenario.read.strict_yaml import Path

INNER: dict[tuple[str, ...], type[Model]] = {
    ("moves",): Moves,
    ("events", "*"): Event,
    ("events", "*", "condition", "*"): Condition,
    ("decision", "*"): RuleSpec,
}
"""The model of the mapping at a place of the file; ``*`` stands for any key or position."""


@dataclass(frozen=True)
class Explained:
    """An error in words, with the path it is about; ``key`` if the key is wrong, not its value."""

    path: Path
    message: str
    help: str = ""
    key: bool = False


def explain(error: Mapping[str, Any]) -> Explained:
    """One item of ``ValidationError.errors()``."""
    kind, context = str(error["type"]), error.get("ctx") or {}
    raw = tuple(error["loc"])
    # Union branches leave their tag in the location; files have no such level.
    tagged = len(raw) > 2 and raw[0] == "priors" and raw[2] in {*FAMILIES, "number"}
    family = FAMILIES.get(str(raw[2])) if tagged else None
    path: Path = (*raw[:2], *raw[3:]) if tagged else raw
    if path[-1:] == ("[key]",):
        return _bad_key(path[:-1], kind)
    owner = family if family and len(path) == 3 else model_at(path[:-1])
    if kind == "scenario":
        at = str(context.get("at", ""))
        return Explained((*path, at) if at else path, f"{_prefix(path)}{context['message']}", context["help"], bool(at))
    if kind == "extra_forbidden":
        known = fields_of(owner) if owner else {}
        keys = [*known, "extends"] if len(path) == 1 else [*known]
        return Explained(path, f"unknown key {_named(path)}", did_you_mean(str(path[-1]), keys, "known keys", 30), True)
    field = fields_of(owner).get(str(path[-1]), {}) if owner else {}
    meaning = str(field.get("description", ""))
    if kind == "missing":
        if isinstance(path[-1], int):
            return Explained(path[:-1], f"{_named(path[:-1])} has too few items", _meaning(path[:-1]))
        return Explained(path[:-1], f"{quote(path[-1])} is missing{_within(path[:-1])}", meaning, True)
    if kind == "union_tag_invalid" or kind == "union_tag_not_found":
        given = error["input"].get("dist")
        if given is None:
            help = "as in {dist: norm, loc: 0, scale: 0.1}"
            return Explained(path, f"{_named(path)} does not say 'dist'", help, True)
        help = did_you_mean(str(given), FAMILIES, "known distributions")
        return Explained((*path, "dist"), f"unknown distribution {quote(given)}{_within(path)}", help)
    return Explained(path, *_value(kind, context, error.get("input"), path, field, meaning))


def _value(kind: str, context: Any, given: Any, path: Path, field: Any, meaning: str) -> tuple[str, str]:
    name, unit = _named(path), _unit(field)
    if kind in ("greater_than", "greater_than_equal", "less_than", "less_than_equal"):
        return f"{name} must be {_range(field, context)}{unit}, not {given}", meaning
    if kind in ("int_type", "int_from_float", "float_type", "finite_number"):
        wanted = "a whole number" if kind.startswith("int") else "a number"
        return f"{name} must be {wanted}{unit}, not {_what(given)}", _number_advice(given) or meaning
    if kind == "literal_error":
        known = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        return f"{name} cannot be {_what(given)}", did_you_mean(str(given), known)
    if kind in ("dict_type", "model_type", "model_attributes_type", "mapping_type"):
        return f"{name} must be a mapping of keys to values, not {_what(given)}", meaning
    if kind in ("tuple_type", "list_type"):
        advice = f"write [{given}]" if isinstance(given, str | int | float) and not isinstance(given, bool) else meaning
        return f"{name} must be a list, not {_what(given)}", advice
    if kind == "string_type":
        advice = f'put it in quotes: "{given}"' if isinstance(given, int | float) else meaning
        return f"{name} must be text, not {_what(given)}", advice
    if kind in ("too_long", "too_short"):
        count, limit = context["actual_length"], context.get("min_length", context.get("max_length"))
        return f"{name} has {count} items, {'at least' if kind == 'too_short' else 'at most'} {limit} expected", meaning
    if kind in ("string_too_long", "string_too_short"):
        return f"{name} has {len(str(given))} characters, out of range", meaning
    if kind == "string_pattern_mismatch" and path == ("name",):
        help = 'at most 100 characters, none of / \\ : * ? " < > |, not beginning with a dot or a space'
        return f"{name} cannot be {quote(given)}", help
    if kind == "string_pattern_mismatch":
        return f"{name} cannot be {quote(given)}", "letters, digits, underscores and hyphens, beginning with a letter"
    return f"{name}: {kind.replace('_', ' ')}", meaning


def model_at(path: Path) -> type[Model] | None:
    """The model of the mapping at ``path``; None for mappings with free keys."""
    if not path:
        return Scenario
    for pattern, model in INNER.items():
        if len(pattern) == len(path) and all(p in ("*", s) for p, s in zip(pattern, path, strict=True)):
            return model
    return None


@cache
def fields_of(model: type[Model]) -> dict[str, dict[str, Any]]:
    """JSON Schema of each field by its name in files, with an optional field's alternatives flattened."""
    out = {}
    for name, schema in model.model_json_schema(by_alias=True).get("properties", {}).items():
        flat = dict(schema)
        for option in schema.get("anyOf", []):
            if option.get("type") != "null":
                flat = {**option, **flat}
        out[name] = flat
    return out


def _meaning(path: Path) -> str:
    owner = model_at(path[:-1]) if path else None
    return str(fields_of(owner).get(str(path[-1]), {}).get("description", "")) if owner else ""


def _named(path: Path) -> str:
    if not path:
        return "the scenario"
    last = path[-1]
    if isinstance(last, int):
        return f"item {last + 1} of {quote(_dotted(path[:-1]), 100)}"
    return f"{quote(last)}{_within(path[:-1])}"


def _within(path: Path) -> str:
    return f" in {quote(_dotted(path), 100)}" if path else ""


def _prefix(path: Path) -> str:
    return f"{quote(_dotted(path), 100)}: " if path else ""


def _dotted(path: Path) -> str:
    out = ""
    for step in path:
        out += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if out else step
    return out


def _unit(field: Mapping[str, Any]) -> str:
    unit = str(field.get("unit", ""))
    return f" ({unit})" if unit else ""


def _range(field: Mapping[str, Any], context: Mapping[str, Any]) -> str:
    low, above = field.get("minimum", context.get("ge")), field.get("exclusiveMinimum", context.get("gt"))
    high, below = field.get("maximum", context.get("le")), field.get("exclusiveMaximum", context.get("lt"))
    if low is not None and high is not None:
        return f"{_number(low)} to {_number(high)}"
    parts = [(above, "more than"), (low, "at least"), (below, "less than"), (high, "at most")]
    return " and ".join(f"{word} {_number(bound)}" for bound, word in parts if bound is not None)


def _number(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:g}"


def _what(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    return f"the text {quote(value)}" if isinstance(value, str) else str(value)


def _number_advice(value: Any) -> str:
    if isinstance(value, str):
        text = value.strip()
        if re.fullmatch(r"[-+]?\d+(\.\d+)?\s*%", text):
            return f"write {float(text.rstrip('% ')) / 100:g}"
        if re.fullmatch(r"[-+]?\d+,\d+", text):
            return f"write {text.replace(',', '.')}"
        if re.fullmatch(r"[-+]?\d+(\.\d+)?", text):
            return "remove the quotes"
    if isinstance(value, float) and value == int(value):
        return f"write {int(value)}"
    return ""


def _bad_key(path: Path, kind: str) -> Explained:
    help = "letters, digits, underscores and hyphens, beginning with a letter"
    if kind != "string_pattern_mismatch":
        help = "a short name without control characters"
    return Explained(path, f"{_named(path)} cannot be a name", help, True)
