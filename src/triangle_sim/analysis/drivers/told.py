"""What drives an outcome, in sentences: the answer first, by theory; then groups, single numbers, rules."""

from __future__ import annotations

import pandas as pd

from triangle_sim.analysis.drivers.box import Box, Limit
from triangle_sim.analysis.drivers.drivers import OTHERS, Drivers, UnderTheory
from triangle_sim.analysis.drivers.tree import Leaf
from triangle_sim.analysis.drivers.words import MODEL, listed, paragraphs, parameter
from triangle_sim.wording import in_words
from triangle_sim.world.theories import short_name

ENOUGH = 0.05
"""A factor is named as a driver where its total index is above this."""


def answer(found: Drivers) -> list[str]:
    """The question, then one paragraph a theory."""
    out = [found.target.question]
    for theory, each in found.by_theory.items():
        out.append(f"If {short_name(theory)} is right, {found.target.what} {level(found, each)}. {_most(each)}")
    if len(found.by_theory) > 1:
        alone, total = found.theory
        out.append(
            f"Which author is right makes {alone:.0%} of the spread between draws by itself, and {total:.0%} with all "
            "it does together with sizes."
        )
    return out


def text(found: Drivers) -> str:
    """The answer, how settled it is, and the rule that tells such futures, as paragraphs."""
    steady = [
        f"How settled: if {short_name(theory)} is right, {settled(each)}." for theory, each in found.by_theory.items()
    ]
    rules = [f"Rule (PRIM), if {short_name(theory)} is right: {box_rule(found, each.box)}"
             for theory, each in found.by_theory.items()]  # fmt: skip
    return paragraphs([*answer(found), *steady, *rules, MODEL])


def level(found: Drivers, each: UnderTheory) -> str:
    """``16% of futures [14%, 18%]``."""
    number, what = found.target.number, " of futures" if found.target.share else ""
    return f"{number(each.level.value)}{what} [{number(each.level.low)}, {number(each.level.high)}]"


def _most(each: UnderTheory) -> str:
    """What matters most, in words."""
    if not each.sd > 0:
        return "Draws do not differ in it: nothing that is uncertain here moves it; all its spread is luck."
    groups = _clear(each.group.table)
    if groups.empty:
        return "No group of numbers explains a part of the spread between draws that could be told from nothing."
    first = groups.iloc[0]
    rest = listed([f"{row.factor} ({row.total:.0%})" for row in groups.iloc[1:3].itertuples()])
    singles = _clear(each.single.table[each.single.table.factor != OTHERS])
    numbers = listed([f"{parameter(str(row.factor))} ({row.total:.0%})" for row in singles.iloc[:3].itertuples()])
    return (
        f"Of the spread between draws most hangs on {first.factor}: {first.total:.0%} "
        f"[{first.total_low:.0%}, {first.total_high:.0%}] with all they do together with others, "
        f"{max(first.first, 0):.0%} alone"
        + (f"; then {rest}" if rest else "")
        + (f". Single numbers: {numbers}." if numbers else ". No single number stands out.")
    )


def _clear(table: pd.DataFrame) -> pd.DataFrame:
    return table[table.total_low > ENOUGH].sort_values("total", ascending=False)


def settled(each: UnderTheory) -> str:
    """Whether more rows would change the indices."""
    steps = each.group.convergence
    rows = sorted(steps["rows"].unique())
    by_rows = [steps[steps["rows"] == some].set_index("factor").total for some in rows]
    moved = float((by_rows[-1] - by_rows[-2]).abs().max())
    same = by_rows[-1].idxmax() == by_rows[-2].idxmax()
    return (
        f"from {rows[-2]} to {rows[-1]} base rows no group's index moves by more than {moved:.2f}, and "
        f"the first is {'the same' if same else 'another: take more rows'}"
    )


def tied_and_apart(found: Drivers, each: UnderTheory) -> str:
    """What Sobol's design leaves out of fitted sizes, and what the draws as they are say."""
    if not found.fitted:
        return "All numbers are drawn independently of each other, as their priors are."
    number = found.target.number
    clear = each.tied[each.tied.clear]
    parts = [f"{parameter(str(row.parameter))} ({row.share:.0%})" for row in clear.itertuples()]
    said = listed(parts) if parts else "no number that chance would not show as well"
    return (
        "Indices are over the fitted marginals, each number by itself. The record ties numbers to each other: over the "
        f"fitted draws as they are the level is {number(each.level.value)}, with the ties cut {number(each.apart)}. "
        f"Over the draws as they are, what goes with the outcome is {said}."
    )


def box_rule(found: Drivers, box: Box | None) -> str:
    """A box as a sentence."""
    if box is None:
        return "No box: PRIM finds no restriction that resampled draws keep and chance would not give."
    number = _per_cent
    where = listed([limit_words(limit) for limit in box.limits])
    sentence = (
        f"In futures where {where}, {interest(found)} in {number(box.density)} "
        f"[{number(box.low)}, {number(box.high)}] against {number(box.base)} in all. Density {number(box.density)}, "
        f"coverage {number(box.coverage)}: so many of all such futures lie there. The box holds {number(box.mass)} of "
        "futures."
    )
    kept = listed([f"{name_words(limit.name)} {limit.kept:.0%} (quasi-p {limit.quasi_p:.1g})" for limit in box.limits])
    verdict = "" if box.holds else " On draws that had no part in finding it, the box does not hold: do not use it."
    return f"{sentence} Kept over resamples of draws: {kept}.{verdict}"


def interest(found: Drivers) -> str:
    """What a case of interest is: ``it comes``, ``it lies above 0.4``."""
    if found.target.share:
        return "it happens"
    return f"it lies below {found.below:.3g}" if found.below is not None else f"it lies above {found.above:.3g}"


def leaf_rule(leaf: Leaf) -> str:
    """What leads to a leaf."""
    parts = [f"{name_words(name)} {'at most' if sign == '<=' else 'above'} {at:.3g}" for name, sign, at in leaf.path]
    return listed(parts) if parts else "all"


def limit_words(limit: Limit) -> str:
    """One side of a box, with where it lies among all futures."""
    name = name_words(limit.name)
    if limit.low is not None and limit.high is not None:
        return f"{name} is {limit.low:.3g} to {limit.high:.3g} ({limit.inside:.0%} of futures)"
    if limit.low is not None:
        return f"{name} is above {limit.low:.3g} (the upper {limit.inside:.0%})"
    return f"{name} is below {limit.high:.3g} (the lower {limit.inside:.0%})"


def name_words(name: str) -> str:
    """A parameter, or a condition's mean over the horizon."""
    measure, _, variable = name.partition(" ")
    return f"{in_words(variable)} (mean over the horizon)" if variable and measure == "mean" else parameter(name)


def _per_cent(value: float) -> str:
    return f"{value:.0%}"
