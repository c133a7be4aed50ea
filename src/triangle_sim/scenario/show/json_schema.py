"""The JSON Schema (draft 2020-12) of scenario files, for editors.

It describes files, not resolved scenarios: every key is optional, since a parent may give it, and null deletes. It
accepts whatever the reader accepts; names are offered for completion without being required, since aliases are allowed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from triangle_sim.scenario.check.catalogue import Catalogue, Quantity
from triangle_sim.scenario.schema import Scenario

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NULL: dict[str, Any] = {"type": "null"}
_KEEP = ("Condition",)  # lists replace as a whole, so nothing in them can be left to a parent
_PRIORS = ("Norm", "Lognorm", "Uniform", "Truncnorm", "Triang", "Beta", "Gamma")

Schema = dict[str, Any]


def json_schema(catalogue: Catalogue | None = None) -> Schema:
    """The schema; with a catalogue, its names, ranges and meanings are offered."""
    schema: Schema = Scenario.model_json_schema(by_alias=True)
    definitions: Schema = schema.get("$defs", {})
    properties: Schema = schema["properties"]
    properties["theory"] = _with_texts(properties["theory"])
    for name, definition in definitions.items():
        if name not in _KEEP:
            _relax(definition, keep_required=name in _PRIORS)
    _relax(schema, keep_required=False)
    names = {"type": "string", "minLength": 1}
    properties["extends"] = {
        "anyOf": [names, {"type": "array", "items": names}, _NULL],
        "description": "scenarios this one builds on: bundled names, or paths from the folder of this file",
    }
    if catalogue is not None:
        _offer(properties, definitions, catalogue)
    return {"$schema": DIALECT, "title": "triangle-sim scenario", **{k: v for k, v in schema.items() if k != "title"}}


def _with_texts(theory: Schema) -> Schema:
    described: Schema = {key: theory[key] for key in ("description", "unit", "default") if key in theory}
    mapping = {key: value for key, value in theory.items() if key not in described}
    return {"anyOf": [{"type": "string", "minLength": 1}, mapping], **described}


def _relax(definition: Schema, *, keep_required: bool) -> None:
    """Let keys be absent or null; a key that is deleted may be any."""
    required = definition.get("required", []) if keep_required else []
    if not keep_required:
        definition.pop("required", None)
    for name, inner in definition.get("properties", {}).items():
        if name not in required:
            definition["properties"][name] = _or_null(_nullable_entries(inner))
    definition["additionalProperties"] = _NULL


def _nullable_entries(schema: Schema) -> Schema:
    """A mapping with free keys: null deletes an entry."""
    schema = dict(schema)
    if "anyOf" in schema:
        schema["anyOf"] = [_nullable_entries(option) for option in schema["anyOf"]]
    if schema.get("type") == "object":
        free = schema.get("additionalProperties")
        schema["additionalProperties"] = _or_null(free) if isinstance(free, dict) else _NULL
        if "patternProperties" in schema:
            patterns = schema["patternProperties"].items()
            schema["patternProperties"] = {pattern: _or_null(inner) for pattern, inner in patterns}
        schema.pop("propertyNames", None)
        if "minProperties" in schema:
            del schema["minProperties"]  # what is deleted here may be given elsewhere
    return schema


def _or_null(schema: Schema) -> Schema:
    if _NULL in schema.get("anyOf", []):
        return schema
    outside: Schema = {key: schema[key] for key in ("description", "unit", "default", "title") if key in schema}
    inside = {key: value for key, value in schema.items() if key not in outside}
    options = inside["anyOf"] if set(inside) == {"anyOf"} else [inside]
    return {"anyOf": [*options, _NULL], **outside}


def _offer(properties: Schema, definitions: Schema, catalogue: Catalogue) -> None:
    numbers = {"set": catalogue.settable, "pin": catalogue.environment}
    for field, quantities in numbers.items():
        for option in _mappings(properties[field]):
            option["properties"] = {name: _quantity(quantity) for name, quantity in quantities.items()}
    for option in _mappings(properties["priors"]):
        definitions["Prior"] = option["additionalProperties"]  # once, not once a parameter
        option["additionalProperties"] = {"$ref": "#/$defs/Prior"}
        value = option["additionalProperties"]
        option["properties"] = {n: {**value, "description": _told(q)} for n, q in catalogue.parameters.items()}
    for option in _mappings(properties["theory"]):
        share = option["additionalProperties"]
        option["properties"] = {name: share for name in catalogue.theories}
    for option in properties["theory"]["anyOf"]:
        if option.get("type") == "string":
            option.update(_choice(catalogue.theories))
    properties["world"] = {**properties["world"], "anyOf": [_choice(catalogue.worlds), _NULL]}
    event = definitions["Event"]["properties"]
    for field, quantities in (("effects", catalogue.variables), ("shock", catalogue.state)):
        for option in _mappings(event[field]):
            shift = option["additionalProperties"]
            option["properties"] = {name: {**shift, "description": _told(q)} for name, q in quantities.items()}
    definitions["Condition"]["properties"]["variable"]["examples"] = list(catalogue.variables)
    rule = definitions["RuleSpec"]["properties"]["rule"]
    definitions["RuleSpec"]["properties"]["rule"] = {**rule, "anyOf": [_choice(catalogue.rules), _NULL]}
    for option in _mappings(properties["decision"]):
        spec = option["additionalProperties"]
        option["properties"] = {name: spec for name in ("default", *catalogue.countries)}
    for option in _mappings(definitions["Moves"]["properties"]["disable"]):
        option["properties"] = {
            country: {"anyOf": [{"type": "array", "items": _choice(menu)}, _NULL]}
            for country, menu in catalogue.moves.items()
        }


def _mappings(schema: Schema) -> Iterable[Schema]:
    return [option for option in (schema, *schema.get("anyOf", [])) if option.get("type") == "object"]


def _choice(names: Iterable[str]) -> Schema:
    listed = list(names)
    return {"type": "string", "enum": listed} if listed else {"type": "string"}


def _quantity(quantity: Quantity) -> Schema:
    number: Schema = {"type": "number"}
    if quantity.low is not None:
        number["minimum"] = quantity.low
    if quantity.high is not None:
        number["maximum"] = quantity.high
    return {"anyOf": [number, _NULL], "description": _told(quantity)}


def _told(quantity: Quantity) -> str:
    return f"{quantity.meaning} ({quantity.unit})" if quantity.unit else quantity.meaning
