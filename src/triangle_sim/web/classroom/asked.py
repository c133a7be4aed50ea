"""What may stand in the bodies of requests, and nothing else."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Name = Annotated[str, Field(max_length=100)]


class Asked(BaseModel):
    """Nothing."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Take(Asked):
    """Which seat."""

    country: Name


class Guess(Asked):
    """Which ending."""

    ending: Name


class Opening(Asked):
    """The turn that is meant, by how many were opened before."""

    opening: int


class Seal(Opening):
    """Which move."""

    move: Name


class Free(Take):
    """Whose seat."""


class Timer(Asked):
    """How long a turn takes; 0 for as long as it takes."""

    seconds: int
