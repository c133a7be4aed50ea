"""``--set KEY=VALUE``: single values laid over a scenario.

KEY is the name of a quantity (``ukraine_war``, ``goodwill[RUS,PRK]``, ``rationality.PRK``), which goes to its kind
(``environment``, ``state``, ``parameters``), or a dotted path into the file (``quarters``, ``decision.PRK.depth``,
``events.election.probability``, ``priors.weight.PRK.supply``). VALUE is read as in a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from triangle_sim.errors import Problem, ScenarioError, UsageError, quote, shortened
from triangle_sim.names import canonical_name
from triangle_sim.scenario.document import Node, Source, tree
from triangle_sim.scenario.read.strict_yaml import load_text
from triangle_sim.scenario.schema import Scenario
from triangle_sim.scenario.schema.kinds import KINDS, kind_of
from triangle_sim.scenario.schema.merge import fold, grow

_OF_NAMES = (*KINDS, "priors", "pin", "theory", "groups")
"""Fields whose keys are names that may hold dots themselves."""

_LONGEST = 10_000  # characters of one KEY=VALUE
_HOW = "write NAME=VALUE, as in ukraine_war=0.2, quarters=12 or events.election.probability=0.6"


def overrides(given: Mapping[str, Any] | Sequence[str]) -> tuple[Node | None, list[Problem]]:
    """All values that can be set, as one tree (None without any), and what is wrong with the others."""
    nodes: list[Node] = []
    problems: list[Problem] = []
    for key, value, shown in _pairs(given):
        name = f"--set {shown}" if len(shown) <= _LONGEST else "--set"
        try:
            if name == "--set":
                raise UsageError(f"{quote(key, 30)} is too long: {len(shown):,} characters, at most {_LONGEST:,}")
            node, found = grow(_tree(key, value, name))
        except UsageError as error:
            problems.append(Problem(name, message=error.message, help=error.help))
        except ScenarioError as error:  # lines and columns of a value alone would mislead
            problems += [Problem(name, message=each.message, help=each.help) for each in error.problems]
        else:
            nodes.append(node)
            problems += found
    return fold(nodes) if nodes else None, problems


def _tree(key: str, value: Any, name: str) -> Node:
    path = key_path(key)
    if not key.strip():
        raise UsageError("no '=' with a name before it", _HOW)
    if path[0] == "extends":
        raise UsageError("cannot set 'extends'", "use --with to build on another scenario")
    if path[0] == "set" and len(path) > 1:
        raise UsageError("'set' is now split by kind of number", f"write --set {name.partition('set.')[2]}")
    if not all(path):
        raise UsageError(f"cannot set {quote(key)}", _HOW)
    if isinstance(value, str):
        value = load_text(value, name).data if value.strip() else None
    for part in reversed(path):
        value = {part: value}
    return tree(value, Source(name))


def key_path(key: str) -> tuple[str, ...]:
    """The place in a file that a key means: ``ukraine_war`` in ``environment``, ``events.E.effects.NAME``."""
    key = key.strip()
    head, dot, rest = key.partition(".")
    if not dot and head in {*Scenario.model_fields, "extends", "set"}:
        return (head,)
    if head in (*_OF_NAMES, "set"):
        return (head, rest.strip())
    if head == "events":
        return tuple(part.strip() for part in ("events", *rest.split(".", 2)))
    if head in ("decision", "moves", "run"):
        return (head, *(part.strip() for part in rest.split(".")))
    # `start.goodwill[RUS,PRK]` and the like are parameters, although `start` alone is a key of the file. A name that
    # nothing has goes with them; the check of names then looks for the nearest of all kinds.
    return (kind_of(canonical_name(key)) or "parameters", key)


def _pairs(given: Mapping[str, Any] | Sequence[str]) -> Iterator[tuple[str, Any, str]]:
    """Keys, values, and both as they were written."""
    if isinstance(given, Mapping):
        for key, value in given.items():
            yield str(key), value, f"{key}={shortened(value, 200)}"
        return
    for text in [given] if isinstance(given, str) else given:
        key, equals, value = text.partition("=")
        yield (key if equals else "", value, text)
