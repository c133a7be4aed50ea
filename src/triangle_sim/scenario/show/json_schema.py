"""The JSON Schema (draft 2020-12) of scenario files, for editors.

It describes files, not resolved scenarios: every key is optional, since a parent may give it, and null deletes. It
accepts whatever the reader accepts; names are offered for completion without being required, since aliases are allowed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from triangle_sim.scenario.check.catalogue import ENDING, Catalogue, Quantity
from triangle_sim.scenario.schema import Answer, Condition, Scenario
from triangle_sim.scenario.schema.kinds import KINDS
from triangle_sim.uncertainty.priors import FAMILIES

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NULL: dict[str, Any] = {"type": "null"}

Schema = dict[str, Any]


class _OfFiles(GenerateJsonSchema):
    """Keys may be absent or null; a key that is deleted may be any."""

    def model_schema(self, schema: core_schema.ModelSchema) -> Schema:
        out = super().model_schema(schema)
        if schema["cls"] in (Answer, Condition):  # lists replace as a whole: nothing in them is left to a parent
            return out
        required = out.get("required", []) if schema["cls"] in FAMILIES.values() else []
        inner = out.get("properties", {})
        out["properties"] = {name: each if name in required else _or_null(each) for name, each in inner.items()}
        out["additionalProperties"] = _NULL
        if not required:
            out.pop("required", None)
        return out

    def dict_schema(self, schema: core_schema.DictSchema) -> Schema:
        out = super().dict_schema(schema)
        free, patterns = out.get("additionalProperties"), out.get("patternProperties", {})
        out["additionalProperties"] = _or_null(free) if isinstance(free, dict) else _NULL
        if patterns:
            out["patternProperties"] = {pattern: _or_null(inner) for pattern, inner in patterns.items()}
        for key in ("propertyNames", "minProperties"):  # what is deleted here may be given elsewhere
            out.pop(key, None)
        return out


def json_schema(catalogue: Catalogue) -> Schema:
    """The schema, with names, ranges and meanings of the catalogue."""
    schema: Schema = Scenario.model_json_schema(by_alias=True, schema_generator=_OfFiles)
    properties, definitions = schema["properties"], schema["$defs"]
    name = {"type": "string", "minLength": 1}
    properties["extends"] = {
        "anyOf": [name, {"type": "array", "items": name}, _NULL],
        "description": "scenarios this one builds on: bundled names, or paths from the folder of this file",
    }
    for field in (*KINDS, "pin"):
        quantities: Mapping[str, Quantity] = getattr(catalogue, "environment" if field == "pin" else field)
        _mapping(properties[field])["properties"] = {name: _quantity(each) for name, each in quantities.items()}
    priors = _mapping(properties["priors"])
    definitions["Prior"] = priors["additionalProperties"]  # once, not once a parameter
    prior = priors["additionalProperties"] = {"$ref": "#/$defs/Prior"}
    priors["properties"] = {name: {**prior, "description": _told(each)} for name, each in catalogue.parameters.items()}
    theory = _mapping(properties["theory"])
    theory["properties"] = dict.fromkeys(catalogue.theories, theory["additionalProperties"])
    file = {"type": "string", "pattern": r"/|\.ya?ml$"}
    properties["theory"]["anyOf"][:0] = [_choice(catalogue.theories), file]
    properties["world"]["anyOf"] = [_choice(catalogue.worlds), _NULL]
    event = definitions["Event"]["properties"]
    for field, quantities in (("effects", catalogue.variables), ("shock", catalogue.state)):
        shifts = _mapping(event[field])
        shift = shifts["additionalProperties"]
        shifts["properties"] = {name: {**shift, "description": _told(each)} for name, each in quantities.items()}
    answer = definitions["Answer"]["properties"]
    answer["outcome"]["examples"] = [name for name, kinds in catalogue.outcomes.items() if not kinds]
    answer["ending"]["examples"] = list(catalogue.outcomes.get(ENDING, ()))
    answer["meeting"]["examples"] = answer["after"]["examples"] = list(catalogue.meetings)
    definitions["Condition"]["properties"]["variable"]["examples"] = list(catalogue.variables)
    definitions["RuleSpec"]["properties"]["rule"]["anyOf"] = [_choice(catalogue.rules), _NULL]
    decision = _mapping(properties["decision"])
    decision["properties"] = dict.fromkeys(("default", *catalogue.countries), decision["additionalProperties"])
    _mapping(definitions["Moves"]["properties"]["disable"])["properties"] = {
        country: {"anyOf": [{"type": "array", "items": _choice(menu)}, _NULL]}
        for country, menu in catalogue.moves.items()
    }
    _mapping(properties["seats"])["properties"] = {
        country: {"anyOf": [{"type": "array", "items": _or_null(_choice(menu))}, _NULL]}
        for country, menu in catalogue.moves.items()
    }
    return {"$schema": DIALECT, "title": "triangle-sim scenario", **{k: v for k, v in schema.items() if k != "title"}}


def _or_null(schema: Schema) -> Schema:
    if _NULL in schema.get("anyOf", []):
        return schema
    outside: Schema = {key: schema[key] for key in ("description", "unit", "default", "title") if key in schema}
    inside = {key: value for key, value in schema.items() if key not in outside}
    return {"anyOf": [*(inside["anyOf"] if set(inside) == {"anyOf"} else [inside]), _NULL], **outside}


def _mapping(schema: Schema) -> Schema:
    """The branch of a field's schema that is a mapping."""
    found: Schema = next(option for option in schema["anyOf"] if option.get("type") == "object")
    return found


def _choice(names: Iterable[str]) -> Schema:
    return {"type": "string", "enum": list(names)}


def _quantity(quantity: Quantity) -> Schema:
    number: Schema = {"type": "number"}
    if isfinite(quantity.low):
        number["minimum"] = quantity.low
    if isfinite(quantity.high):
        number["maximum"] = quantity.high
    return {"anyOf": [number, _NULL], "description": _told(quantity)}


def _told(quantity: Quantity) -> str:
    return f"{quantity.meaning} ({quantity.unit})"
