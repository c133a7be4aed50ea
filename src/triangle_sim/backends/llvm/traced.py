"""Arrays that write down what is done with them: the model takes them for NumPy arrays and is traced.

NumPy hands its operations over (NEP 13 and NEP 18), so the model is written in plain NumPy. What is not among the
traced functions is refused by name, never guessed. The axis of runs has length one and stands for any number of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial, reduce
from itertools import islice
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from triangle_sim.backends.llvm.nodes import (
    ARITHMETIC,
    COMPARE,
    LOGIC,
    Loop,
    Node,
    binary,
    inverse,
    lift,
    real,
    select,
    unary,
)
from triangle_sim.backends.llvm.tangent import tanh

BINARY = (
    *ARITHMETIC, *COMPARE, *LOGIC, "power", "maximum", "minimum", "bitwise_xor", "left_shift", "right_shift",
)  # fmt: skip
"""NumPy's functions of two arrays that can be traced."""
UNARY = ("exp", "log", "sqrt", "sin", "cos", "arctanh", "absolute")
"""Those of one array."""


class UntraceableError(TypeError):
    """The model uses something that cannot be traced, so it cannot be compiled."""

    def __init__(self, what: str) -> None:
        known = ", ".join(sorted([*_TRACED, *FUNCTIONS]))
        super().__init__(f"{what} the traced functions: {known}; write it with these, or run with --backend numpy")

    @classmethod
    def function(cls, name: str) -> UntraceableError:
        """One of NumPy's functions."""
        return cls(f"`np.{name}` is not among")


class Traced(NDArrayOperatorsMixin):
    """An array of nodes ``(..., 1)``. What a value is its node knows, so there is no ``dtype``."""

    def __init__(self, nodes: Any) -> None:
        self.nodes: Any = np.asarray(nodes, object)

    @property
    def shape(self) -> tuple[int, ...]:
        """As an array's."""
        return tuple(self.nodes.shape)

    @property
    def ndim(self) -> int:
        """As an array's."""
        return len(self.shape)

    def __len__(self) -> int:
        return len(self.nodes)

    def __iter__(self) -> Iterator[Traced]:
        return (Traced(row) for row in self.nodes)

    def __getitem__(self, where: Any) -> Traced:
        return Traced(self.nodes[where])

    def __setitem__(self, where: Any, value: Any) -> None:
        self.nodes[where] = _nodes(value)

    def __bool__(self) -> bool:
        raise UntraceableError("`if` and `while` on runs cannot be traced; `np.where` can, and is among")

    def copy(self) -> Traced:
        """As an array's."""
        return Traced(self.nodes.copy())

    def reshape(self, shape: tuple[int, ...]) -> Traced:
        """As an array's."""
        return Traced(self.nodes.reshape(shape))

    def take(self, places: Any, axis: int) -> Traced:
        """As an array's, by places that are known."""
        return Traced(self.nodes.take(places, axis=axis))

    def any(self, axis: int) -> Traced:
        """Whether it is true anywhere along the first axis."""
        return _along("any", "bitwise_or", self, axis)

    def all(self, axis: int) -> Traced:
        """Whether it is true everywhere along the first axis."""
        return _along("all", "bitwise_and", self, axis)

    def argmax(self, axis: int) -> Traced:
        """The first place of the largest along the first axis."""
        largest = _along("argmax", "maximum", self, axis)
        place = lift(0.0)
        for k, row in reversed(list(enumerate(self))):
            place = _select(_nodes(row >= largest), lift(float(k)), place)
        return Traced(place)

    def lookup(self, table: Sequence[float]) -> Any:
        """See :func:`triangle_sim.arrays.lookup`."""
        found: Any = np.zeros_like(self) + float(table[0])
        for k, value in enumerate(table[1:], start=1):
            found = np.where(self == float(k), float(value), found)
        return found

    def astype(self, dtype: Any) -> Traced:
        """Truth values and words as numbers."""
        return Traced(_real(self.nodes))

    view = astype

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, out: Any = (), **options: Any) -> Traced:
        name = ufunc.__name__
        if method != "__call__" or options or name not in _TRACED:
            raise UntraceableError.function(name if method == "__call__" else f"{name}.{method}")
        made = _TRACED[name](*map(_nodes, inputs))
        if out:
            out[0].nodes[...] = made
        return out[0] if out else Traced(made)

    def __array_function__(self, function: Any, types: Any, args: Any, options: Any) -> Traced:
        if function.__name__ not in FUNCTIONS:
            raise UntraceableError.function(function.__name__)
        return FUNCTIONS[function.__name__](*args, **options)

    def repeat_while(self, going: Callable[[Any], Any], body: Callable[[Any], Any], state: Any) -> Any:
        """See :func:`triangle_sim.arrays.repeat_while`: one round is traced, as a :class:`.nodes.Loop`."""
        first, rebuild = places(state)
        number = len(Node.made)
        reads = [Node("input", value=("loop", (number, k))) for k in range(len(first))]
        now = rebuild(reads)
        leaves, _ = places(body(now))
        what = Loop.of(reads, lift(_nodes(going(now)).item()), leaves)
        node = Node("loop", (*first, *what.captured), value=what)
        return rebuild([Node("of", (node,), value=k) for k in range(len(first))])


_lift = np.frompyfunc(lift, 1, 1)
_real = np.frompyfunc(real, 1, 1)
_select = np.frompyfunc(select, 3, 1)
_TRACED = {
    **{op: np.frompyfunc(partial(binary, op), 2, 1) for op in BINARY},
    **{op: np.frompyfunc(partial(unary, op), 1, 1) for op in UNARY},
    "tanh": np.frompyfunc(tanh, 1, 1),
    "invert": np.frompyfunc(inverse, 1, 1),
}


def _nodes(value: Any) -> Any:
    """Nodes of an array that is traced, or constants."""
    if isinstance(value, Traced):
        return value.nodes
    return _lift(value) if isinstance(value, np.ndarray) else lift(value)


def _filled(like: Traced, value: float, dtype: Any = None) -> Traced:
    return Traced(np.full(like.shape, lift(value)))


def _along(name: str, op: str, array: Traced, axis: int) -> Traced:
    if axis != 0:
        raise UntraceableError(f"`np.{name}` over another axis than the first is not among")
    return Traced(reduce(_TRACED[op], array.nodes))


def _chosen(conditions: Sequence[Traced], values: Sequence[Any], default: Any) -> Traced:
    made = _nodes(default)
    for condition, value in reversed(list(zip(conditions, values, strict=True))):
        made = _select(_nodes(condition), _nodes(value), made)
    return Traced(made)


FUNCTIONS: dict[str, Callable[..., Traced]] = {
    "where": lambda condition, first, second: Traced(_select(*map(_nodes, (condition, first, second)))),
    "stack": lambda parts, axis=0: Traced(np.stack([np.asarray(_nodes(part)) for part in parts], axis)),
    "max": partial(_along, "max", "maximum"),
    "select": _chosen,
    "clip": lambda array, low, high: np.minimum(np.maximum(array, low), high),
    "zeros_like": lambda like, dtype=None: _filled(like, 0.0),
    "empty_like": lambda like, shape: Traced(np.full(shape, lift(0.0))),
    "full_like": _filled,
}
"""NumPy's other functions that the model may use."""


def places(state: Any) -> tuple[list[Node], Callable[[Sequence[Node]], Any]]:
    """The nodes of a state of tuples, dictionaries, arrays and numbers, and what puts others in their place."""
    if isinstance(state, tuple | dict):
        parts = list(state.values()) if isinstance(state, dict) else list(state)
        flat = [places(part) for part in parts]

        def rebuild(nodes: Sequence[Node]) -> Any:
            rest = iter(nodes)
            made = [again(list(islice(rest, len(own)))) for own, again in flat]
            if isinstance(state, dict):
                return dict(zip(state, made, strict=True))
            return type(state)(*made) if hasattr(state, "_fields") else tuple(made)

        return [node for nodes, _ in flat for node in nodes], rebuild

    def array(nodes: Sequence[Node]) -> Traced:
        filled = np.empty(getattr(state, "shape", ()), object)
        filled.ravel()[:] = nodes
        return Traced(filled)

    return [real(node) for node in listed(state)], array


def inputs(name: str, count: int, kind: str = "f") -> Traced:
    """``(count, 1)`` inputs of a program."""
    return Traced(np.reshape([Node("input", value=(name, k), kind=kind) for k in range(count)], (count, 1)))


def listed(array: Any) -> list[Node]:
    """Its nodes in a row."""
    return [lift(node) for node in np.ravel(_nodes(array))]
