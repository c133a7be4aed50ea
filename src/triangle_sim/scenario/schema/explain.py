"""What pydantic finds wrong in data, in words: ranges, units and meanings come from the schema."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any, NamedTuple

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from triangle_sim.errors import quote, shortened
from triangle_sim.names import Suggestion
from triangle_sim.scenario.document import Path

Schema = dict[str, Any]

_SAYS = {
    **dict.fromkeys(
        ("greater_than", "greater_than_equal", "less_than", "less_than_equal"), "must be {range}{unit}, not {given}"
    ),
    **dict.fromkeys(("int_type", "int_from_float"), "must be a whole number{unit}, not {given}"),
    "float_type": "must be a number{unit}, not {given}",
    "finite_number": "must be a finite number{unit}, not {given}",
    **dict.fromkeys(("dict_type", "model_type"), "must be a mapping of keys to values, not {given}"),
    "tuple_type": "must be a list, not {given}",
    "string_type": "must be text, not {given}",
    "literal_error": "cannot be {given}",
    "string_pattern_mismatch": "cannot be {text}",
    "too_short": "has {actual_length} items, at least {min_length} expected",
    "too_long": "has {actual_length} items, at most {max_length} expected",
    "string_too_short": "is empty",
    "string_too_long": "is longer than {max_length} characters",
}
"""What an error of each kind says of the place it stands at."""

_LETTERS = "letters, digits, underscores and hyphens, beginning with a letter"
_FILE_NAME = 'at most 100 characters, none of / \\ : * ? " < > |, not beginning with a dot or a space'


class Explained(NamedTuple):
    """An error in words, with the path it is about; ``key`` if the key is wrong, not its value; ``known`` are those
    that could stand in place of an unknown key."""

    path: Path
    message: str
    help: object = ""
    key: bool = False
    known: Collection[str] = ()


def explained(error: ErrorDetails, schema: Schema) -> Explained:
    """An error of pydantic's in words; ``schema`` is that of the whole model."""
    kind, context, given = error["type"], error.get("ctx") or {}, error["input"]
    bad_key = error["loc"][-1:] == ("[key]",)
    path, owner, field = _place(error["loc"][:-1] if bad_key else error["loc"], schema)
    meaning = field.get("description", "")
    match kind:
        case "scenario":  # one of ours: see `fields.wrong`
            at = context["at"]
            message = context["message"] if bad_key or not path else f"{quote(dotted(path), 100)}: {context['message']}"
            return Explained((*path, at) if at else path, message, context["help"], bad_key or bool(at))
        case _ if bad_key:
            shape = _LETTERS if kind == "string_pattern_mismatch" else "a short name without control characters"
            return Explained(path, f"{_named(path)} cannot be a name", shape, True)
        case "extra_forbidden":
            known = [*owner.get("properties", {}), *(["extends"] if len(path) == 1 else [])]
            help = Suggestion(str(path[-1]), known, "known keys", 30)
            return Explained(path, f"unknown key {_named(path)}", help, True, tuple(owner.get("properties", ())))
        case "missing" if isinstance(path[-1], int):
            return Explained(path[:-1], f"{_named(path[:-1])} has too few items", owner.get("description", ""))
        case "missing":
            return Explained(path[:-1], f"{quote(path[-1])} is missing{within(path[:-1])}", meaning, True)
        case "union_tag_not_found":
            return Explained(
                path, f"{_named(path)} does not say 'dist'", "as in {dist: norm, loc: 0, scale: 0.1}", True
            )
        case "union_tag_invalid":
            known = [tag for tag in _quoted(context["expected_tags"]) if tag != "number"]
            help = Suggestion(context["tag"], known, "known distributions")
            return Explained((*path, "dist"), f"unknown distribution {quote(context['tag'])}{within(path)}", help)
    unit = f" ({field['unit']})" if "unit" in field else ""
    words = {**context, "given": _what(given), "text": quote(given), "range": _range(field, context), "unit": unit}
    said = _SAYS.get(kind, kind.replace("_", " ")).format(**words)
    if kind == "literal_error":
        advice: object = Suggestion(str(given), _quoted(context["expected"]))
    elif kind == "string_pattern_mismatch":
        advice = _FILE_NAME if path == ("name",) else _LETTERS
    else:
        advice = _advice(kind, given)
    return Explained(path, f"{_named(path)} {said}", advice or meaning)


def _advice(kind: str, given: Any) -> str:
    """How to write what seems to be meant."""
    scalar = isinstance(given, str | int | float) and not isinstance(given, bool)
    if kind == "tuple_type" and scalar:
        return f"write [{shortened(given)}]"
    if kind == "tuple_type" and isinstance(given, dict):
        return "put [ ] round it, or '- ' before its first key"
    if kind == "string_type" and scalar:
        return f'put it in quotes: "{_what(given)}"'
    if kind.startswith("int_") and isinstance(given, float) and given.is_integer():
        return f"write {int(given)}"
    if kind in ("int_type", "float_type") and isinstance(given, str):
        number = re.fullmatch(r"\s*([-+]?\d{1,20})(?:([.,])(\d{1,20}))?\s*(%?)\s*", given)
        if number and number[4]:
            return f"write {float(f'{number[1]}.{number[3] or 0}') / 100:g}"
        if number:
            return f"write {number[1]}.{number[3]}" if number[2] == "," else "remove the quotes"
    return ""


def _place(location: Path, root: Schema) -> tuple[Path, Schema, Schema]:
    """The path in the file, the schema of what holds it, and its own, for a location as pydantic gives it."""
    path: Path = ()
    owner = here = root
    for step in location:
        if "oneOf" in here:  # pydantic names the branch that was taken; files have no such level
            here = next((branch for branch in here["oneOf"] if _tag(branch) == step), {})
        else:
            path = (*path, step)
            owner, here = here, _flat(_inner(here, step), root)
    return path, owner, here


@cache
def schema_of(model: type[BaseModel]) -> Schema:
    """The JSON Schema of a model, from which errors take ranges, units and meanings."""
    return model.model_json_schema(by_alias=True)


def _flat(schema: Schema, root: Schema) -> Schema:
    """With references followed, and what an optional field may be besides null among its own keys."""
    if "$ref" in schema:
        return {**_flat(root["$defs"][schema["$ref"].rsplit("/", 1)[-1]], root), **schema}
    options = [_flat(option, root) for option in schema.get("anyOf", []) + schema.get("oneOf", [])]
    options = [option for option in options if option.get("type") != "null"]
    return {**options[0], **schema} if len(options) == 1 else {**schema, "oneOf": options} if options else schema


def _tag(schema: Schema) -> str:
    return str(schema.get("properties", {}).get("dist", {}).get("const") or schema.get("type"))


def _inner(schema: Schema, step: str | int) -> Schema:
    """The schema of an item or of the value of a key; empty where there is none."""
    found: Schema | None
    if isinstance(step, int):
        found = dict(enumerate(schema.get("prefixItems", ()))).get(step) or schema.get("items")
    else:
        free = [schema.get("additionalProperties"), *schema.get("patternProperties", {}).values()]
        found = schema.get("properties", {}).get(step) or next(filter(None, free), None)
    return found or {}


def _named(path: Path) -> str:
    if not path:
        return "the scenario"
    if isinstance(path[-1], int):
        return f"item {path[-1] + 1} of {quote(dotted(path[:-1]), 100)}"
    return f"{quote(path[-1])}{within(path[:-1])}"


def within(path: Path) -> str:
    """`` in 'events.war'``: where something stands."""
    return f" in {quote(dotted(path), 100)}" if path else ""


def dotted(path: Path) -> str:
    """A path as messages write it: ``events.war.condition[1]``."""
    steps = [f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path]
    return "".join(steps).removeprefix(".")


def _range(field: Schema, context: Mapping[str, Any]) -> str:
    low, above = field.get("minimum", context.get("ge")), field.get("exclusiveMinimum", context.get("gt"))
    high, below = field.get("maximum", context.get("le")), field.get("exclusiveMaximum", context.get("lt"))
    if low is not None and high is not None:
        return f"{_number(low)} to {_number(high)}"
    parts = [(above, "more than"), (low, "at least"), (below, "less than"), (high, "at most")]
    return " and ".join(f"{word} {_number(bound)}" for bound, word in parts if bound is not None)


def _number(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:g}"


def _quoted(text: str) -> list[str]:
    return re.findall(r"'([^']*)'", text)


def _what(value: Any) -> str:
    """A value that was given, for a message."""
    if value is None or isinstance(value, bool):
        return "nothing" if value is None else str(value).lower()
    if isinstance(value, int | float):
        return shortened(value)
    if isinstance(value, str):
        return f"the text {quote(value)}"
    return "a mapping" if isinstance(value, Mapping) else "a list" if isinstance(value, list | tuple) else "an object"
