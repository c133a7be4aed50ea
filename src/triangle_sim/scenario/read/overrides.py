"""``--set KEY=VALUE``: single values laid over a scenario.

KEY is a name as in ``set`` (``ukraine_war=0.2``), or a dotted path into the file (``quarters``,
``priors.weight.PRK.supply``, ``events.election.probability``, ``decision.PRK.depth``). VALUE is read as in a file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

from pydantic import BaseModel

from triangle_sim.errors import Problem, ScenarioError, printable, quote
from triangle_sim.quarters import Quarter
from triangle_sim.scenario.schema import Scenario
from triangle_sim.scenario.read.merge import Branch, grow
from triangle_sim.scenario.read.strict_yaml import Document, load_text

_OF_NAMES = ("set", "priors", "pin", "theory", "groups")
"""Fields whose keys are names that may hold dots themselves."""

_HOW = "write NAME=VALUE, as in ukraine_war=0.2, quarters=12 or events.election.probability=0.6"


def override(given: Mapping[str, Any] | Sequence[str]) -> tuple[list[Problem], list[Branch]]:
    """The trees of all given values, in order, and what is wrong with their spelling."""
    problems: list[Problem] = []
    branches: list[Branch] = []
    for key, value, shown in _pairs(given, problems):
        name = f"--set {printable(shown)}"
        path = key_path(key)
        if not all(part.strip() for part in path) or path[0] == "extends":
            help = "use --with to build on another scenario" if path[0] == "extends" else _HOW
            problems.append(Problem(name, message=f"cannot set {quote(key)}", help=help))
            continue
        if isinstance(value, str):
            try:
                value = load_text(value, name).data if value.strip() else None
            except ScenarioError as error:
                problems += [Problem(name, message=p.message, help=p.help) for p in error.problems]
                continue
        data: Any = plain_data(value)
        for part in reversed(path):
            data = {part: data}
        branches.append(grow(Document(data, name)).root)
    return problems, branches


def key_path(key: str) -> tuple[str, ...]:
    """The place in a file that a dotted key means: ``events.E.effects.ukraine_war``, ``ukraine_war`` (in ``set``)."""
    head, dot, rest = key.strip().partition(".")
    if head not in {*Scenario.model_fields, "extends"}:
        return ("set", key.strip())
    if not dot:
        return (head,)
    if head in _OF_NAMES:
        return (head, rest.strip())
    if head == "events":
        name, _, inner = rest.partition(".")
        field, _, last = inner.partition(".")
        return tuple(part.strip() for part in ("events", name, field, last) if part or part is name)
    if head in ("decision", "moves"):
        return (head, *(part.strip() for part in rest.split(".")))
    # `start.goodwill[RUS,PRK]` and the like are parameters, although `start` alone is a key of the file.
    return ("set", key.strip())


def plain_data(value: Any) -> Any:
    """Python values as files hold them: quarters as text, models and tuples as mappings and lists."""
    if isinstance(value, Quarter):
        return str(value)
    if isinstance(value, BaseModel):
        return plain_data(value.model_dump(by_alias=True, exclude_none=True))
    if isinstance(value, Enum):
        return plain_data(value.value)
    if isinstance(value, Mapping):
        return {str(key): plain_data(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return [plain_data(item) for item in items]
    if hasattr(value, "item") and getattr(value, "ndim", None) == 0:  # a NumPy number, without importing NumPy
        return value.item()
    return value


def _pairs(given: Mapping[str, Any] | Sequence[str], problems: list[Problem]) -> list[tuple[str, Any, str]]:
    if isinstance(given, Mapping):
        return [(str(key), value, f"{key}={value}") for key, value in given.items()]
    out: list[tuple[str, Any, str]] = []
    for text in [given] if isinstance(given, str) else given:
        key, equals, value = text.partition("=")
        if equals and key.strip():
            out.append((key, value, text))
        else:
            problems.append(Problem(f"--set {printable(text)}", message="no '=' with a name before it", help=_HOW))
    return out
