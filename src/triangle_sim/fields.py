"""Types shared by the models of a scenario file: numbers, texts, quarters, and how a validator says what is wrong."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AllowInfNan, BaseModel, ConfigDict, Field, PlainSerializer, PlainValidator, Strict, WithJsonSchema
from pydantic.functional_validators import AfterValidator
from pydantic_core import PydanticCustomError

from triangle_sim.errors import quote
from triangle_sim.names import LONGEST_NAME, canonical_name, country_code
from triangle_sim.quarters import PATTERN, Quarter


class Model(BaseModel):
    """Frozen; refuses unknown keys. Keys that are Python words (``from``, ``for``) carry a trailing underscore."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)


def wrong(message: str, help: str = "", at: str = "") -> PydanticCustomError:
    """An error for a validator to raise; ``at`` names the key of the mapping that the caret should point at."""
    # The message goes in as data: pydantic would read braces in a template as placeholders.
    return PydanticCustomError("scenario", "{message}", {"message": message, "help": help, "at": at})


def _plain_text(text: str) -> str:
    if any(not (c.isprintable() or c in "\n\t ") for c in text.replace("\u200d", "")):
        raise wrong("text holds a control character", "remove it; line breaks are fine")
    return text


def one_line(text: str) -> str:
    """Refuse a name that would disturb a terminal."""
    if not text.isprintable():
        raise wrong("a name holds a control character or a line break", "remove it")
    return text


def _quarter(value: Any) -> Quarter:
    try:
        return Quarter.parse(value)
    except ValueError as error:
        advice = str(error).partition("; ")[2]
        raise wrong(f"{quote(value)} is not a quarter", advice) from None


Number = Annotated[float, Strict(), AllowInfNan(False)]
"""A finite number; text and true/false are refused."""

LARGEST = 1_000_000
"""Largest size of a number that a file sets: none of the model's is anywhere near it."""

Value = Annotated[Number, Field(ge=-LARGEST, le=LARGEST)]
"""A number that is set by hand."""

Whole = Annotated[int, Strict()]
"""A whole number; text, true/false and fractions are refused."""

Text = Annotated[str, Strict(), Field(max_length=5000), AfterValidator(_plain_text)]
"""Text for people: any length up to 5,000 characters, line breaks allowed."""

Name = Annotated[str, Strict(), Field(min_length=1, max_length=LONGEST_NAME), AfterValidator(one_line)]
"""A name of something in the model. Whether it exists is checked with the whole scenario."""

QuantityName = Annotated[Name, AfterValidator(canonical_name)]
"""A name of a variable or a parameter, brought to its one spelling."""

CountryCode = Annotated[Name, AfterValidator(country_code)]
"""A country by its code or another of its names."""

Identifier = Annotated[str, Strict(), Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,79}$")]
"""A name the scenario gives to something of its own: letters, digits, underscores, hyphens."""

QuarterField = Annotated[
    Quarter,
    PlainValidator(_quarter),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": PATTERN, "examples": ["2024Q3"]}),
]
"""A calendar quarter written ``2024Q3``."""


def unit(text: str) -> dict[str, Any]:
    """``json_schema_extra`` for a field's unit, which error messages and editors show."""
    return {"unit": text}
