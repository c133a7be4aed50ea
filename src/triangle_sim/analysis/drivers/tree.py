"""A tree of rules: where an outcome is common and where rare, split after split (CART, with scikit-learn).

Grown on half of the draws, its leaves are measured on the other half. A single tree is unstable: how often its first
split falls on the same factor over resamples of draws is told with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from triangle_sim.analysis.drivers.box import RESAMPLES, Truths, halved, over_draws
from triangle_sim.analysis.drivers.libraries import need

DEPTH = 2
SMALLEST = 0.08
"""A leaf holds at least this share of the cases."""


Path = tuple[tuple[str, str, float], ...]


@dataclass(frozen=True)
class Leaf:
    """What leads to a leaf, ``(factor, sign, level)`` with sign ``<=`` or ``>``; the share of its cases that are of
    interest among draws that had no part in growing it, with its interval over draws; its share of all cases."""

    path: Path
    share: float
    low: float
    high: float
    mass: float


@dataclass(frozen=True)
class Tree:
    """Leaves, the densest first, and the share of resamples whose first split falls on each factor."""

    leaves: tuple[Leaf, ...]
    first: dict[str, float]


def grow_tree(cases: pd.DataFrame, truth: Truths, draws: NDArray[np.int64], *, seed: int) -> Tree:
    """A tree of ``cases`` (one row each) for ``truth``.

    Raises
    ------
    UsageError
        if scikit-learn is not installed.
    """
    growing = halved(draws)
    x, y, where = cases[growing].to_numpy(float), truth[growing], draws[growing]
    names, model = list(map(str, cases.columns)), _fit(x, y, seed)
    held, there, theirs = cases[~growing].to_numpy(float), truth[~growing], draws[~growing]
    reached, leaves = model.apply(held), []
    for node, path in _paths(model.tree_, names):
        inside = reached == node
        if inside.any():
            low, high = over_draws(there & inside, inside, theirs, seed)
            leaves.append(Leaf(path, float(there[inside].mean()), low, high, float(inside.mean())))
    rng, first = np.random.default_rng(seed), dict.fromkeys(names, 0.0)
    rows = {int(draw): np.flatnonzero(where == draw) for draw in np.unique(where)}
    for _ in range(RESAMPLES):
        some = np.concatenate([rows[int(draw)] for draw in rng.choice(np.asarray(list(rows)), len(rows))])
        root = int(_fit(x[some], y[some], seed).tree_.feature[0])
        if root >= 0:
            first[names[root]] += 1.0 / RESAMPLES
    ranked = sorted(((name, share) for name, share in first.items() if share > 0), key=lambda item: -item[1])
    return Tree(tuple(sorted(leaves, key=lambda leaf: -leaf.share)), dict(ranked))


def _fit(x: Any, y: Truths, seed: int) -> Any:
    tree = need("sklearn.tree")
    return tree.DecisionTreeClassifier(max_depth=DEPTH, min_samples_leaf=SMALLEST, random_state=seed).fit(x, y)


def _paths(tree: Any, names: list[str]) -> list[tuple[int, Path]]:
    """Every leaf's number, and what leads to it from the root."""
    out: list[tuple[int, Path]] = []
    open_: list[tuple[int, Path]] = [(0, ())]
    while open_:
        node, path = open_.pop()
        if tree.children_left[node] < 0:
            out.append((int(node), path))
            continue
        name, level = names[tree.feature[node]], float(tree.threshold[node])
        open_.append((int(tree.children_left[node]), (*path, (name, "<=", level))))
        open_.append((int(tree.children_right[node]), (*path, (name, ">", level))))
    return out
