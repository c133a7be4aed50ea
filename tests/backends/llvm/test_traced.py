"""What the tracer writes down is what NumPy would have done: formulas at random, loops, and what is folded away."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backends.llvm.formulas import evaluate
from triangle_sim.arrays import lookup, repeat_while
from triangle_sim.backends.llvm.nodes import Node, binary, lift, ordered, select, tracing, unary
from triangle_sim.backends.llvm.pieces import arguments, plan
from triangle_sim.backends.llvm.traced import UntraceableError, inputs, listed

A, B = np.random.default_rng(3).uniform(-1.5, 1.5, (2, 130))

LEAVES = st.one_of(st.sampled_from(["a", "b"]), st.floats(-2, 2).map(lambda x: round(x, 3)))


def _grown(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    two = st.tuples(st.sampled_from(["+", "-", "*", "/", "max", "min", "where"]), parts, parts)
    return st.one_of(two, st.tuples(st.sampled_from(["tanh", "exp", "abs"]), parts))


FORMULAS = st.recursive(LEAVES, _grown, max_leaves=25)


def follow(formula: Any, a: Any, b: Any) -> Any:
    """The formula of arrays, traced or not."""
    if not isinstance(formula, tuple):
        return {"a": a, "b": b}.get(formula, formula)
    op, *parts = formula
    x, *more = (follow(part, a, b) for part in parts)
    if op in ("tanh", "exp", "abs"):
        return getattr(np, op)(np.minimum(x + 0.0 * a, 3.0))
    (y,) = more
    return {
        "+": lambda: x + y,
        "-": lambda: x - y,
        "*": lambda: x * y,
        "/": lambda: x / (1.5 + np.abs(y + 0.0 * a)),
        "max": lambda: np.maximum(x + 0.0 * a, y),
        "min": lambda: np.minimum(x + 0.0 * a, y),
        "where": lambda: np.where((x + 0.0 * a > y) | (a < b), x, y * b),
    }[op]()


@given(st.lists(FORMULAS, min_size=1, max_size=4))
@settings(max_examples=25, deadline=None, derandomize=True)
def test_formulas_at_random(formulas: list[Any]) -> None:
    theirs = np.stack([follow(formula, A, B) + 0.0 * A for formula in formulas])
    ours = evaluate(lambda a, b: np.stack([follow(f, a, b) + 0.0 * a for f in formulas]), A, B)
    assert np.allclose(ours, theirs, rtol=1e-12, atol=1e-12)


def _newton(x: Any) -> Any:
    """Square roots by Heron's method, each run until it has its own."""
    tolerance = 1e-12 * x

    def going(state: Any) -> Any:
        _, gap, rounds = state
        return (rounds < 60) & (gap > tolerance)

    def body(state: Any) -> Any:
        root, gap, rounds = state
        better = 0.5 * (root + x / root)
        moved = np.where(gap > tolerance, np.abs(better * better - x), gap)
        return np.where(gap > tolerance, better, root), moved, rounds + 1

    state = repeat_while(going, body, (x * 1.0, np.full_like(x, np.inf), 0), x)
    return np.stack([state[0], state[1], state[2] + 0.0 * x])


def test_a_loop_goes_round_until_every_run_is_done() -> None:
    x = 10.0 ** np.sort(np.random.default_rng(4).uniform(-6, 6, 200))
    root, gap, rounds = evaluate(_newton, x)
    assert np.allclose(root, np.sqrt(x), rtol=1e-11)
    alone = evaluate(_newton, x[:1])
    assert alone[0, 0] == root[0] and alone[1, 0] == gap[0], "a run that is done is left as it is"
    assert len(set(rounds)) > 1 and rounds.max() < 60, "no group waits for another"
    assert np.allclose(_newton(x)[0], root, rtol=1e-13)


def test_equal_expressions_are_one() -> None:
    with tracing():
        (a, b) = inputs("values", 2)
        assert listed(a + b)[0] is listed(b + a)[0]
        assert listed(a / b)[0].op == "multiply" and listed(b / b)[0].args[1] is listed(a / b)[0].args[1]
        assert listed(a * 0.0)[0] is lift(0.0) and listed(a + 0.0)[0] is listed(a)[0]
        assert unary("exp", lift(0.0)) is lift(1.0)
        assert binary("less", lift(1.0), lift(2.0)) is lift(True)
        assert select(lift(False), listed(a)[0], listed(b)[0]) is listed(b)[0]
        assert binary("maximum", lift(-0.0), lift(-1.0)) is not lift(0.0), "minus nothing is a number of its own"


def test_tangents_that_differ_in_what_does_not_change_share_an_exponential() -> None:
    with tracing():
        fixed, (x, _) = inputs("values", 3), inputs("noise", 2)
        nodes = ordered(listed(np.tanh(0.5 * (fixed + x))))
    assert sum(node.op == "rise" and not node.once for node in nodes) == 1
    assert sum(node.op == "tanh" for node in nodes) == 0
    assert sum(node.op == "divide" and not node.once for node in nodes) == 3


@pytest.mark.parametrize(
    ("expression", "operations"),
    [
        (lambda a, b: a * b + a * b, ["multiply", "add"]),
        (lambda a, b: (a - b) / 2.0 + 0.0 * b, ["subtract", "multiply"]),
        (lambda a, b: np.where(a > b, a, b) * 1.0, ["greater", "select"]),
    ],
    ids=["written twice", "nothing added", "times one"],
)
def test_nothing_is_done_twice_or_for_its_own_sake(expression: Any, operations: list[str]) -> None:
    with tracing():
        nodes = ordered(listed(expression(*inputs("noise", 2))))
    assert [node.op for node in nodes if node.op not in ("input", "constant")] == operations


def test_every_value_waits_in_a_slot_of_its_own() -> None:
    """Carried out piece by piece with plain numbers, a plan gives what the nodes say."""
    with tracing():
        sources = [listed(each)[0] for each in inputs("values", 3)]
        values = {node: number for node, number in zip(sources, (0.3, -1.2, 0.7), strict=True)}
        nodes = list(sources)
        random = np.random.default_rng(8)
        for _ in range(400):
            first, second = random.choice(len(nodes), 2)
            nodes.append(
                binary(str(random.choice(["add", "subtract", "multiply", "maximum"])), nodes[first], nodes[second])
            )
        wanted = list(dict.fromkeys(nodes[-40:]))
        true = dict(values)
        for node in ordered(wanted, values):
            if node not in true:
                true[node] = node.value if node.constant else getattr(np, node.op)(*(true[arg] for arg in node.args))
        whole = plan(wanted, dict.fromkeys(sources), 7)
        slots: list[float] = [np.nan] * whole.slots
        seen: dict[Node, float] = {}
        for piece in whole.pieces:
            here = {node: slots[slot] for node, slot in piece.slots.items()} | values
            for node in piece.nodes:
                here |= {arg: arg.value for arg in node.args if arg.constant}
                product = whole.absorbed.get(node)
                if product is not None:
                    here |= {arg: arg.value for arg in product.args if arg.constant}
                    here[product] = np.multiply(*(here[arg] for arg in product.args))
                assert all(arg in here for arg in arguments(node, whole.absorbed))
                here[node] = getattr(np, node.op)(*(here[arg] for arg in node.args))
            for node, slot in piece.kept.items():
                slots[slot] = here[node]
            seen |= {node: here[node] for node in piece.nodes}
        assert whole.absorbed and whole.slots < len(nodes) / 2
        assert all(seen[node] == true[node] for node in wanted if node not in values)


def test_what_is_the_same_in_every_quarter_is_worked_out_once() -> None:
    """Constants of a run are multiplied and added with each other, whatever their order in the source."""
    with tracing():
        (p, r), (x, y) = inputs("values", 2), inputs("noise", 2)
        node = listed(p * (r + 0.5 * (x - 1.0)) + r + y)[0]
        often = [each for each in ordered([node]) if not each.once and each.op != "input"]
        assert [each.op for each in often] == ["multiply", "add", "add"], "one product and two sums are left"
        assert listed(r - (p - x))[0] is listed((r - p) + x)[0]


UNKNOWN = [
    (lambda a: np.cumsum(a), "np.cumsum"),
    (lambda a: np.sinh(a), "np.sinh"),
    (lambda a: np.add.reduce(a), "np.add.reduce"),
    (lambda a: 1.0 if a > 0 else 0.0, "np.where"),
    (lambda a: np.max(np.stack([a, a]), axis=1), "np.max"),
]


@pytest.mark.parametrize(("formula", "named"), UNKNOWN, ids=[named for _, named in UNKNOWN])
def test_what_cannot_be_traced_is_refused_by_name(formula: Any, named: str) -> None:
    with (
        tracing(),
        pytest.raises(UntraceableError, match=f"`{named}.*traced functions: .*tanh.*where.*--backend numpy"),
    ):
        formula(inputs("noise", 1)[0])


ALONG = [
    lambda a, b: np.stack([a > 0.2, b > 0.5, a < b]).any(axis=0) * 1.0,
    lambda a, b: np.stack([a > -0.2, b > -0.5, ~(a < b)]).all(axis=0) * 1.0,
    lambda a, b: np.stack([a, b, a * b, a + b]).argmax(axis=0) * 1.0,
    lambda a, b: np.stack([a > 0.5, b > 0.5, a > b]).argmax(axis=0) + 0.5,
    lambda a, b: np.select([a > 0.5, b > 0.0], np.arange(2), default=2).astype(np.int64) + 0.0 * a,
    lambda a, b: lookup(np.array([3, 5, 7, 11]), (a > 0.0).astype(int) + 2 * (b > 0.0).astype(int)) * 1.0,
    lambda a, b: np.stack([a, b, a - b]).take([2, 0], axis=0)[0],
]
"""What outcomes do along time."""


@pytest.mark.parametrize("formula", ALONG)
def test_what_outcomes_do_along_time(formula: Any) -> None:
    (ours,) = evaluate(formula, A, B)
    assert np.allclose(ours, formula(A, B), rtol=0, atol=1e-15)
