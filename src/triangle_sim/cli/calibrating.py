"""The command `calibrate`: sizes from the record, and whether they predict what they have not seen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from triangle_sim.cli import options
from triangle_sim.cli.output import paragraph, per_cent, print_json, rows_of, say, table, writable
from triangle_sim.errors import UsageError, quote
from triangle_sim.names import counted
from triangle_sim.record import MEMBERS, REPLICATES, STEPS

if TYPE_CHECKING:
    import pandas as pd

    from triangle_sim.record.calibrate import Fit
    from triangle_sim.record.smoother import Step

CANNOT = (
    "What this cannot say: sizes are fitted to one history of three eras, coded by hand; other sizes would fit it as "
    "well, which is why there is an ensemble. What the record cannot tell stays at its prior. Directions are the "
    "claims' and are not fitted. A model, not a forecast."
)


def calibrate(
    only: Annotated[
        list[str], typer.Option("--only", metavar="EPISODE", help="fit to this episode alone; can be given again")
    ] = [],  # noqa: B006
    until: Annotated[
        list[str], typer.Option("--until", metavar="EPISODE=YEAR", help="use an episode up to this year")
    ] = [],  # noqa: B006
    theory: Annotated[str | None, typer.Option("--theory", metavar="NAME", help="fit this theory alone")] = None,
    members: Annotated[int, typer.Option("--members", min=50, max=5000, help="members of the ensemble")] = MEMBERS,
    replicates: Annotated[
        int, typer.Option("--replicates", min=2, max=100, help="futures of each member")
    ] = REPLICATES,
    steps: Annotated[int, typer.Option("--steps", min=1, max=20, help="times the record is assimilated")] = STEPS,
    seed: Annotated[int, typer.Option("--seed", min=0, help="the same seed gives the same ensemble")] = 1,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="write the ensemble (Parquet)")
    ] = None,
    holdout: Annotated[
        bool, typer.Option("--holdout", help="instead: leave parts of the record out, and predict them")
    ] = False,
    backend: options.Backend = "auto",
    json: options.Json = False,
) -> None:
    """Fit the sizes of all effects to the record: an ensemble under each theory; what it cannot tell stays a prior."""
    from triangle_sim.record.calibrate import calibrate as fit
    from triangle_sim.record.calibrate import provenance
    from triangle_sim.world.theories import theory_names

    design: dict[str, Any] = {"members": members, "replicates": replicates, "steps": steps, "seed": seed}
    names, years = _episodes(only), _until(until)
    if holdout:
        if only or until or theory or output:
            raise UsageError("--holdout chooses for itself what it fits", "leave --only, --until, --theory and -o out")
        _holdout({**design, "backend": backend}, json)
        return
    if output is not None:
        writable(output.parent)  # what cannot be written is told before the work
    extent = f"{counted(design['members'], 'member')} to {', '.join(names)} in {counted(design['steps'], 'step')}"
    fits = []
    for name in [theory] if theory else theory_names():
        say(f"{name}: fitting {extent}")
        fits.append(fit(name, years, only=names, tell=_say_step, backend=backend, **design))
    if output is not None:
        import pandas as pd

        from triangle_sim.uncertainty.sizes import write

        write(output, pd.concat([each.frame() for each in fits]), provenance(fits, years, names, **design))
    if json:
        found = {name: [row for each in fits for row in rows_of(getattr(each, name)())] for name in ("sizes", "claims")}
        print_json({**found, "cannot_say": CANNOT})
    else:
        for each in fits:
            print_fit(each)
        paragraph(f"\n{CANNOT}")
    say(f"\nWritten to {output}." if output else "\nNext: triangle-sim calibrate -o sizes.parquet   (keeps it)")


def _say_step(step: Step) -> None:
    say(f"  step {step.number + 1}: the record is missed by {step.missed:.3f}")


def print_fit(fit: Fit) -> None:
    """The answer in words, then what moved most, then claims against which the record speaks."""
    sizes = fit.sizes()
    paragraph(f"\n{fit.summary()}\n")
    sizes["shift"] = (sizes.fitted - sizes.prior) / sizes.prior_sd
    order = sizes["shift"].abs().sort_values(ascending=False, kind="stable").index
    rows = [
        (row["parameter"], f"{row['prior']:.3g}", f"{row['fitted']:.3g} +/- {row['fitted_sd']:.2g}",
         f"{row['shift']:+.1f}", row["sources"])
        for row in rows_of(sizes.reindex(order).head(15))
    ]  # fmt: skip
    table(("What moved most", "before", "fitted", "in prior sd", "rests on"), rows)
    against = sizes[sizes.gone > 0.5]
    print("\nThe record turns no effect against the sign of its claim." if against.empty else "")
    for row in rows_of(against):
        gone = f"{row['parameter']} is pushed to zero in {per_cent(row['gone'])} of members"
        print(f"The record speaks against {row['sources']}: {gone}.")


def _holdout(how: dict[str, Any], json: bool) -> None:
    from triangle_sim.record.holdout import out_of_sample

    scores = out_of_sample(tell=say, **how)
    found = scores.ties
    if json:
        print_json({"holdout": rows_of(found), "favours": rows_of(scores.favours), "cannot_say": CANNOT})
        return
    paragraph(f"\n{answer_of(found)}\n")
    rows = [
        (row["test"] if (row["sizes"], row["theory"]) == ("record", "both") else "", row["sizes"], row["theory"],
         f"{row['crps']:.3f}", f"{row['random_walk']:.3f}", f"{row['ratio']:.2f} [{row['low']:.2f}, {row['high']:.2f}]",
         per_cent(row["held_90"]))
        for row in rows_of(found)
    ]  # fmt: skip
    heads = ("Left out of the fit", "sizes", "theory", "missed by (CRPS)", "random walk", "ratio", "in 90% bands")
    table(heads, rows)
    sure = scores.favours[scores.favours.favours != "neither"]
    print("\nWhich author the record favours, out of sample (evidence, not a verdict on the future):")
    for row in rows_of(sure):
        print(f"  {row['test']}, {row['dyad']}: {row['favours']} by {abs(row['difference']):.3f}")
    print(f"  {len(scores.favours) - len(sure)} of {len(scores.favours)} comparisons favour neither.")


def answer_of(found: pd.DataFrame) -> str:
    """What the tests say, in words."""
    both = found[found.theory == "both"]
    fitted, judged = (both[both.sizes == sizes].reset_index(drop=True) for sizes in ("record", "judgement"))
    low, high = (per_cent(float(each)) for each in (fitted.held_90.min(), fitted.held_90.max()))
    better, good = int((fitted.crps < judged.crps).sum()), int((fitted.ratio <= 0.8).sum())
    return (
        f"Fitted sizes predict what they have not seen better than judgement in {better} of {len(fitted)} tests, and "
        f"miss at most 0.8 of what a random walk misses in {good}; their 90 % bands hold {low} to {high} of the coded "
        "ties."
    )


def _episodes(only: list[str]) -> list[str]:
    from triangle_sim.record.observations import episodes, load_episode

    for name in only:
        load_episode(name)
    return [name for name in episodes() if not only or name in only]


def _until(until: list[str]) -> dict[str, int]:
    from triangle_sim.record.observations import load_episode

    out = {}
    for text in until:
        name, equals, year = text.partition("=")
        if not (equals and year.isdecimal() and len(year) == 4):
            raise UsageError(f"--until {quote(text)}: not EPISODE=YEAR", "as in --until 2012=2019")
        (episode,) = _episodes([name])
        first, *_, last = (int(each) for each in load_episode(episode).years)
        if not first < int(year) <= last:
            raise UsageError(f"--until {text}: the episode runs from {first} to {last}", f"give {first + 1} to {last}")
        out[episode] = int(year)
    return out
