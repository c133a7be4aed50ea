"""Arrays of expressions that the engine takes for arrays of a library: what it does with them is written down.

The axis of runs has length one here and stands for any number of them. The namespace has what the engine uses and no
more; what it lacks is an error when a scenario is traced, never a wrong number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np

from triangle_sim.backends.llvm.loops import loop
from triangle_sim.backends.llvm.nodes import FUNCTIONS, Node, binary, constant, lift, real, select, unary

RUNS = 1


class Symbols:
    """An array of nodes ``(..., 1)``."""

    __array_ufunc__ = None  # NumPy's arrays leave arithmetic with it to it

    def __init__(self, nodes: Any, dtype: Any = np.float64) -> None:
        self.nodes: Any = np.asarray(nodes, object)
        self.dtype = np.dtype(dtype)

    @property
    def shape(self) -> tuple[int, ...]:
        """As an array's."""
        return tuple(self.nodes.shape)

    def __len__(self) -> int:
        return len(self.nodes)

    def __iter__(self) -> Iterator[Symbols]:
        return (Symbols(row, self.dtype) for row in self.nodes)

    def __getitem__(self, where: Any) -> Symbols:
        if not isinstance(where, Symbols):
            return Symbols(self.nodes[where], self.dtype)
        chosen = self[0]  # a place known only when the program runs
        for place in range(1, len(self)):
            chosen = _where(_equal(where, place), self[place], chosen)
        return chosen

    def __array_namespace__(self) -> Any:
        return NAMESPACE

    @property
    def at(self) -> Any:
        """``x.at[index].get(mode=...)``, as JAX has it."""
        return _At(self)

    def astype(self, dtype: Any) -> Symbols:
        """Truth values and words become doubles; whole numbers are doubles already."""
        to = np.dtype(dtype)
        return Symbols(_real(self.nodes) if to.kind == "f" else self.nodes, to)

    def any(self) -> Symbols:
        """Whether it is true of any run: said of each run, and asked of all by the loop whose end it decides."""
        assert self.shape == (RUNS,)
        return self[0]


class _At:
    def __init__(self, source: Symbols) -> None:
        self._source = source

    def __getitem__(self, index: Any) -> Any:
        taken = Symbols(self._source.nodes.take(index, axis=0), self._source.dtype)
        return SimpleNamespace(get=lambda **_: taken)


_real = np.frompyfunc(real, 1, 1)
_select = np.frompyfunc(select, 3, 1)


def _raw(value: Any) -> Any:
    if isinstance(value, Symbols):
        return value.nodes
    if isinstance(value, np.ndarray):
        return np.frompyfunc(constant, 1, 1)(value)
    return lift(value)


def _dtype(*values: Any) -> Any:
    """Of the arrays among them; plain numbers give way."""
    kinds = [value.dtype for value in values if isinstance(value, Symbols | np.ndarray | np.generic)]
    return np.result_type(*kinds) if kinds else np.dtype(np.float64)


def _binary(op: str, truth: bool = False) -> Callable[[Any, Any], Symbols]:
    apply = np.frompyfunc(lambda a, b: binary(op, a, b), 2, 1)

    def method(first: Any, second: Any) -> Symbols:
        return Symbols(apply(_raw(first), _raw(second)), np.bool_ if truth else _dtype(first, second))

    return method


def _install() -> None:
    names = {"add": "add", "sub": "sub", "mul": "mul", "truediv": "div", "pow": "pow", "and": "and", "or": "or"}
    for name, op in {**names, "xor": "xor", "lshift": "shl", "rshift": "shr"}.items():
        method = _binary(op)
        setattr(Symbols, f"__{name}__", method)
        setattr(Symbols, f"__r{name}__", lambda self, other, method=method: method(other, self))
    for name in ("lt", "le", "gt", "ge", "eq"):
        setattr(Symbols, f"__{name}__", _binary(name, truth=True))


_install()


def _stack(parts: Sequence[Any]) -> Symbols:
    return Symbols(np.stack([_raw(part) for part in parts]), _dtype(*parts))


def _full(shape: Any, value: Any, dtype: Any = np.float64) -> Symbols:
    kind = np.dtype(dtype)
    nodes = np.empty(shape, object)
    nodes[...] = _raw(value if isinstance(value, Symbols) else kind.type(value))
    return Symbols(nodes, kind)


def _largest(array: Symbols, axis: int) -> Symbols:
    assert axis == 0
    total, *rest = array
    for row in rest:
        total = _maximum(total, row)
    return total


def _clip(array: Any, low: Any, high: Any) -> Symbols:
    return _minimum(_maximum(array, low), high)


def _function(name: str) -> Any:
    apply = np.frompyfunc(lambda node: unary(name, node), 1, 1)
    return lambda array: Symbols(apply(_raw(array)), np.float64)


def _asarray(value: Any, dtype: Any = None) -> Symbols:
    return Symbols(_raw(value), dtype or _dtype(value))


def _where(condition: Any, first: Any, second: Any) -> Symbols:
    return Symbols(_select(_raw(condition), _raw(first), _raw(second)), _dtype(first, second))


def _places(state: Any) -> tuple[list[Node], Any]:
    """The nodes of a state of tuples, dictionaries, arrays and numbers, and what puts others in their place."""
    if isinstance(state, tuple | dict):
        parts = list(state.values()) if isinstance(state, dict) else list(state)
        flat = [_places(part) for part in parts]
        sizes = [len(nodes) for nodes, _ in flat]

        def rebuild(nodes: list[Node]) -> Any:
            rest, made = list(nodes), []
            for size, (_, again) in zip(sizes, flat, strict=True):
                made.append(again(rest[:size]))
                rest = rest[size:]
            return dict(zip(state, made, strict=True)) if isinstance(state, dict) else tuple(made)

        return [node for nodes, _ in flat for node in nodes], rebuild
    shape = state.shape if isinstance(state, Symbols) else ()
    nodes = [real(node) for node in np.ravel(_raw(state))]

    def array(given: list[Node]) -> Symbols:
        filled = np.empty(shape, object)
        filled.ravel()[:] = given
        return Symbols(filled, _dtype(state))

    return nodes, array


def _repeat_while(going: Any, body: Any, state: Any) -> Any:
    return loop(lambda now: lift(going(now).nodes.item()), body, state, _places)


_maximum, _minimum, _equal = _binary("max"), _binary("min"), _binary("eq", truth=True)
NAMESPACE = SimpleNamespace(
    **{name: _function(name) for name in FUNCTIONS},
    **{name: getattr(np, name) for name in ("int8", "int32", "float64", "uint64", "bool_", "inf")},
    stack=_stack,
    maximum=_maximum,
    minimum=_minimum,
    max=_largest,
    clip=_clip,
    asarray=_asarray,
    full_like=lambda like, value, dtype=None: _full(like.shape, value, dtype or like.dtype),
    zeros_like=lambda like: _full(like.shape, 0, like.dtype),
    zeros=lambda shape, dtype=np.float64: _full(shape, 0, dtype),
    where=_where,
    repeat_while=_repeat_while,
)


def inputs(name: str, count: int, kind: str = "f", dtype: Any = np.float64) -> Symbols:
    """``(count, 1)`` inputs of a program."""
    nodes = np.empty((count, RUNS), object)
    for k in range(count):
        nodes[k, 0] = Node("input", value=(name, k), kind=kind)
    return Symbols(nodes, dtype)


def listed(array: Symbols) -> list[Node]:
    """Its nodes in a row."""
    return [lift(node) for node in array.nodes.ravel()]
