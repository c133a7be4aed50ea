"""The head of the page that `run` prints: the question and its answer, the endings, what moved, how sure."""

from __future__ import annotations

import math
from typing import Any

from triangle_sim.analysis.answer_words import (
    answer_in_words,
    asked,
    change,
    compared_as_data,
    digits_of,
    endings_by_theory,
    level_of,
    plain,
    share,
    words,
    wrapped,
)
from triangle_sim.analysis.answers.against import against
from triangle_sim.analysis.answers.answers import answers, compare, moved
from triangle_sim.analysis.by_draw import by_draw
from triangle_sim.cli.output import table
from triangle_sim.montecarlo.result import Result
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.world.theories import short_name

ROWS = 6


def print_answers(result: Result) -> None:
    """The question, and a paragraph for each part of its answer."""
    found = answers(result)
    print(f"\n{asked(result)}")
    if found:
        print()
    for answer in found:
        print(wrapped(answer_in_words(result, answer)))


def print_endings(result: Result) -> None:
    """Endings under each theory: in the starting world, without the scenario, with it."""
    rows = endings_by_theory(result)
    theories = by_draw(result, ()).theories
    if not rows:
        return
    compared, wide = against(result).reference is not None, len(theories) <= 2
    heads, cells = ["How the futures end", "all draws"], []
    for theory in theories:
        parts = (
            [f"{short_name(theory)}: start", "without", "with"] if compared else [f"{short_name(theory)}: start", "end"]
        )
        heads += parts if wide else [short_name(theory)]
    for name, in_twenty, views in rows:
        row = [words(name), in_twenty]
        for theory in theories:
            begins, it = views[theory]
            parts = [share(begins), *([share(it.without)] if compared else []), level_of(it.with_, "share")]
            row += parts if wide else parts[-1:]
        cells.append(row)
    print()
    table(heads, cells)


def print_moved(result: Result) -> set[str]:
    """What else moved, the largest first; returns the outcomes that it shows."""
    reference = against(result).reference
    if reference is None:
        return set()
    clear, rest = moved(result)
    theories = by_draw(result, ()).theories
    rows = []
    for name, views in list(clear.items())[:ROWS]:
        kind = "share" if OUTCOMES[name].kind == "truth" else "number"
        digits = digits_of((views[theory] for theory in theories), kind)
        both = [(views[theory], change(views[theory], kind, digits=digits)) for theory in theories]
        cells = [f"{plain(c.without, kind, digits)} to {plain(c.with_.value, kind, digits)}: {t}" for c, t in both]
        rows.append((words(name), f"{max(abs(c.size) for c, _ in both):.2f}", *cells))
    print()
    if rows:
        table(("What else moved, largest first", "in sd", *map(short_name, theories)), rows)
    less = [words(name) for name in list(clear)[ROWS:]]
    lines = [("Moved less: ", less), ("No clear difference: ", [words(name) for name in rest])]
    for head, names in lines:
        if names:
            print(wrapped(f"{head}{', '.join(names)}."))
    return set(list(clear)[:ROWS])


def moved_as_data(result: Result) -> list[dict[str, Any]]:
    """What else moved, and what did not, as plain data."""
    clear, rest = moved(result)
    every = {**clear, **{name: compare(result, name) for name in rest}}
    return [
        {"outcome": name, "theory": view, "clear": name in clear, **compared_as_data(each), "size": _finite(each.size)}
        for name, views in every.items()
        for view, each in views.items()
    ]


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
