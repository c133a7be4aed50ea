"""Types shared by the models of a scenario file: numbers, texts, quarters, and how a validator says what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from pydantic import AllowInfNan, BaseModel, ConfigDict, Field, PlainSerializer, PlainValidator, Strict, WithJsonSchema
from pydantic.functional_validators import AfterValidator
from pydantic_core import PydanticCustomError, PydanticSerializationError

from triangle_sim.errors import quote
from triangle_sim.quarters import PATTERN, Quarter


class Model(BaseModel):
    """Frozen; refuses unknown keys. Keys that are Python words (``from``, ``for``) carry a trailing underscore."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=False, validate_default=True)

    def model_dump(self, **how: Any) -> dict[str, Any]:
        """As pydantic's; ctrl-C stays what it is."""
        with _interruptible():
            return super().model_dump(**how)

    def model_dump_json(self, **how: Any) -> str:
        """As pydantic's; ctrl-C stays what it is."""
        with _interruptible():
            return super().model_dump_json(**how)


@contextmanager
def _interruptible() -> Iterator[None]:
    """Pydantic makes a ``ValueError`` of what a serializer raises, of ctrl-C too, and keeps no more than its name."""
    try:
        yield
    except PydanticSerializationError as error:
        if KeyboardInterrupt.__name__ in str(error):
            raise KeyboardInterrupt from error
        raise


def wrong(message: str, help: str = "", at: str = "") -> PydanticCustomError:
    """An error for a validator to raise; ``at`` names the key of the mapping that the caret should point at."""
    # The message goes in as data: pydantic would read braces in a template as placeholders.
    return PydanticCustomError("scenario", "{message}", {"message": message, "help": help, "at": at})


def _plain_text(text: str) -> str:
    if any(not (c.isprintable() or c in "\n\t ") for c in text.replace("\u200d", "")):
        raise wrong("text holds a control character", "remove it; line breaks are fine")
    return text


def _quarter(value: Any) -> Quarter:
    try:
        return Quarter.parse(value)
    except ValueError as error:
        advice = str(error).partition("; ")[2]
        raise wrong(f"{quote(value)} is not a quarter", advice) from None


Number = Annotated[float, Strict(), AllowInfNan(False)]
"""A finite number; text and true/false are refused."""

Whole = Annotated[int, Strict()]
"""A whole number; text, true/false and fractions are refused."""

Text = Annotated[str, Strict(), Field(max_length=5000), AfterValidator(_plain_text)]
"""Text for people: any length up to 5,000 characters, line breaks allowed."""

Name = Annotated[str, Strict(), Field(min_length=1, max_length=120), AfterValidator(_plain_text)]
"""A name of something in the model; whether it exists is the lint's business."""

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
