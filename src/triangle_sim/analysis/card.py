"""A result in a notebook: the question, the design, and how the futures end under each theory."""

from __future__ import annotations

from html import escape

from triangle_sim.analysis.intervals import Estimate
from triangle_sim.analysis.summary import endings
from triangle_sim.montecarlo.result import Result
from triangle_sim.names import counted, extent
from triangle_sim.world.theories import short_name


def card(result: Result) -> str:
    """The card as HTML; what a scenario says of itself is escaped."""
    scenario = result.scenario
    title = escape(scenario.title or scenario.name)
    question = f"<div><em>{escape(scenario.question)}</em></div>" if scenario.question else ""
    design = (
        f"{extent(result.draws, result.replicates)} = {counted(result.draws * result.replicates, 'future')} from "
        f"{scenario.start} to {scenario.end}, seed {result.seed}, triangle_sim {result.manifest['triangle_sim']}"
    )
    note = "Intervals are 95%, over draws. A model, not a forecast."
    return (
        f"<div><strong>{title}</strong>{question}<div>{escape(design)}</div>{_endings(result)}"
        f"<div><small>{note}</small></div></div>"
    )


def _endings(result: Result) -> str:
    """How the futures end: the theories beside each other; the average of several comes last."""
    found = endings(result)
    if not found:
        return ""
    views = [view for view in found[0][2] if view != "all"]
    views = [*views, "all"] if len(views) > 1 else views
    heads = "".join(f"<th>{'all draws' if view == 'all' else 'if ' + escape(short_name(view))}</th>" for view in views)
    rows = "".join(
        f"<tr><th style='text-align:left'>{escape(name.replace('_', ' '))}</th>"
        + "".join(f"<td>{_share(by_view[view])}</td>" for view in views)
        + "</tr>"
        for name, _, by_view in found
        if any(share.value > 0 for share in by_view.values())
    )
    return f"<table><thead><tr><th>How the futures end</th>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _share(share: Estimate) -> str:
    if share.low != share.low:
        return f"{share.value:.0%}"
    return f"{share.value:.0%} [{share.low:.0%}, {share.high:.0%}]"
