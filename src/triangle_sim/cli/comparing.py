"""The command `compare`: the same worlds under several scenarios."""

from __future__ import annotations

from typing import Any

from triangle_sim.cli.executors import Computing
from triangle_sim.cli.output import print_json, print_rows, say, table
from triangle_sim.errors import UsageError
from triangle_sim.names import counted, did_you_mean, extent


def compare_scenarios(
    names: list[str],
    set_: list[str],
    asked: tuple[Any, Any, Any],
    computing: Computing,
    how: tuple[str, str],
    only: list[str],
    json: bool,
    csv: bool,
) -> None:
    """Differences of every outcome from the last scenario, under each theory, with intervals over draws.

    ``how`` is the backend and the precision.
    """
    from triangle_sim.analysis.contrast import contrasts
    from triangle_sim.cli.loading import batch, design, load
    from triangle_sim.montecarlo.design import check_backend
    from triangle_sim.outcomes import OUTCOMES

    if len(names) < 2:
        raise UsageError("compare needs at least two scenarios", f"e.g. triangle-sim compare {names[0]} baseline")
    for name in only:
        if name not in OUTCOMES:
            raise UsageError(f"unknown outcome '{name}'", did_you_mean(name, sorted(OUTCOMES), "outcomes", 30))
        if OUTCOMES[name].kind == "category":
            raise UsageError(f"'{name}' is a category, not a number", "`run` tells how often each category occurs")
    check_backend(*how)
    computing.expect(asked[0] * asked[1] if asked[0] and asked[1] else None)
    scenarios = [load(name, (), set_) for name in names]
    shared = design(scenarios[-1], *asked)
    worlds = {(s.world, str(s.start)) for s in scenarios}
    if len(worlds) > 1:
        say(
            f"note: these start from different worlds ({', '.join(sorted(w for w, _ in worlds))}): not the same futures"
        )
    runs = shared[0] * shared[1]
    say(f"{len(scenarios)} scenarios x {extent(*shared[:2])} = {counted(len(scenarios) * runs, 'future')}")
    with computing.started(runs) as executor:
        results = [batch(scenario, shared, executor, *how) for scenario in scenarios]
    frame = contrasts(results, only or None)
    if json:
        print_json(frame.to_dict("records"))
    elif csv:
        print_rows(list(frame.columns), frame.to_numpy().tolist(), csv=True)
    else:
        rows = [
            (
                r.a,
                r.outcome,
                r.theory,
                _number(r.level_a, ".3f"),
                _number(r.level_b, ".3f"),
                _number(r.difference, "+.3f"),
                _range(r),
                r.verdict,
            )
            for r in frame.itertuples()
        ]
        head = (
            "scenario",
            "outcome",
            "theory",
            "level",
            f"in {results[-1].scenario.name}",
            "difference",
            "95%",
            "verdict",
        )
        table(head, rows)
        print("\nThe same draws and the same luck in each. Intervals over draws. A model, not a forecast.")


def _number(value: Any, how: str) -> str:
    return "-" if value != value else format(value, how)


def _range(row: Any) -> str:
    if row.difference != row.difference:
        return "never in both"
    return "unknown (one draw)" if row.low != row.low else f"[{row.low:+.3f}, {row.high:+.3f}]"
