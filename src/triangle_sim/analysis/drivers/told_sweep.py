"""How outcomes go with what varies, in sentences: by theory, with the threshold they cross."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from triangle_sim.analysis.drivers.words import MODEL, paragraphs
from triangle_sim.world.theories import short_name

if TYPE_CHECKING:
    from triangle_sim.analysis.drivers.sweep import Sweep
    from triangle_sim.analysis.drivers.target import Target


def text(found: Sweep) -> str:
    """What varies, then each outcome by theory, as paragraphs."""
    keys = " and ".join(f"{key} from {values[0]:g} to {values[-1]:g}" for key, values in found.values.items())
    lines = [line.strip() for target in found.targets for line in answer(found, target)]
    return paragraphs([f"{found.scenario.title or found.scenario.name}, with {keys}.", *lines, MODEL])


def answer(found: Sweep, target: Target) -> list[str]:
    """How an outcome goes with what varies, and where it crosses the threshold, one sentence a theory."""
    frame: Any = found.frame()
    out = [target.question]
    crossings = {each.theory: each for each in found.crossings() if each.outcome == target.column}
    for theory in found.theories:
        rows = frame[(frame.outcome == target.column) & (frame.theory == theory)]
        keys = list(found.values)
        if len(keys) == 2:
            least, most = rows.loc[rows.value.idxmin()], rows.loc[rows.value.idxmax()]
            ends = [f"{target.number(row.value)} at " + ", ".join(f"{key} {row[key]:.3g}" for key in keys)
                    for row in (least, most)]  # fmt: skip
            out.append(f"  If {short_name(theory)} is right: from {ends[0]} to {ends[1]}.")
            continue
        first, last = rows.iloc[0], rows.iloc[-1]
        ends = [f"{target.number(row.value)} at {row[keys[0]]:.3g}" for row in (first, last)]
        sentence = f"  If {short_name(theory)} is right: {ends[0]}, {ends[1]}"
        if (here := crossings.get(theory)) is None:
            out.append(f"{sentence}.")
        elif here.at != here.at:
            out.append(f"{sentence}; it never crosses {target.number(here.threshold)} between them.")
        else:
            more = f", {here.times} times in all" if here.times > 1 else ""
            where = f"{target.number(here.threshold)} at {here.at:.3g} [{here.low:.3g}, {here.high:.3g}]{more}"
            out.append(f"{sentence}; it crosses {where} (in {here.crosses:.0%} of resamples of draws).")
    return out
