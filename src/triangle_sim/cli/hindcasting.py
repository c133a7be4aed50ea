"""The command `hindcast`: an era played again and held against its record."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from triangle_sim.cli import options
from triangle_sim.cli.output import per_cent, print_json, progress, say, table
from triangle_sim.names import counted, extent

if TYPE_CHECKING:
    import pandas as pd

    from triangle_sim.record.comparison import Hindcast

CANNOT = (
    "What this cannot say: the coded ties are a coder's judgement, half a point unsure. The years of a dyad hang "
    "together and eras are few, so intervals are wide: they resample dyads (years in blocks, within one dyad). The "
    "outside events are given, so this is no test of foresight. Which theory the past favours is evidence, not a "
    "verdict on the future. A model, not a forecast."
)

NAMES = {
    "model": "the model", "persistence": "last value for ever", "random_walk": "random walk",
    "era_mean": "mean of the era",
}  # fmt: skip


def hindcast(
    episode: Annotated[
        str, typer.Argument(metavar="[EPISODE|SCENARIO]", help="1955, 1984, 2012, all, or a scenario that begins there")
    ] = "2012",
    from_: Annotated[
        int | None, typer.Option("--from", metavar="YEAR", help="score only the years after it; rivals know it")
    ] = None,
    restart: Annotated[
        bool, typer.Option("--restart", help="begin the world anew after that year, from its coded ties")
    ] = False,
    theory: Annotated[str | None, typer.Option("--theory", metavar="NAME", help="play this theory alone")] = None,
    draws: options.Draws = None,
    replicates: options.Replicates = None,
    seed: options.Seed = None,
    set_: options.Set = [],  # noqa: B006
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="DIR", help="save picture and tables")] = None,
    backend: options.Backend = "auto",
    json: options.Json = False,
) -> None:
    """Play an era again from its first quarter, outside events given, and score it on the record and against rivals."""
    from triangle_sim.cli.loading import design
    from triangle_sim.record.hindcast import hindcast, matched

    found = []
    for name, scenario in matched(episode, theory=theory, set_=set_):
        d, r, s = design(scenario, draws, replicates, seed)
        say(f"{scenario.title or scenario.name}: {extent(d, r)} = {counted(d * r, 'future')}, seed {s}")
        with progress(scenario.name, d * r) as tick:
            asked: dict[str, Any] = {"origin": from_, "restart": restart, "backend": backend, "progress": tick}
            found.append(hindcast(name, scenario=scenario, draws=d, replicates=r, seed=s, **asked))
    if output is not None:
        for each in found:
            save(each, output)
    if json:
        print_json({"hindcasts": [each.data() for each in found], "cannot_say": CANNOT})
    else:
        for each in found:
            print_hindcast(each)
        print("\n" + _filled(CANNOT))
    if output is None:
        say("\nNext: triangle-sim hindcast " + episode + " -o DIR   (the picture, and tables by year)")
    else:
        say(f"\nSaved in {output}.")


def save(found: Hindcast, folder: Path) -> None:
    """The picture, the tables behind it as CSV, and all scores as JSON."""
    import json

    from triangle_sim.cli.output import _plain
    from triangle_sim.plots.hindcast import hindcast, recipe
    from triangle_sim.plots.pictures import save

    name = found.label
    save(hindcast(found), folder / f"hindcast_{name}.png", recipe(found))
    found.predicted().to_csv(folder / f"ties_{name}.csv", index=False, lineterminator="\n")
    found.calendar().to_csv(folder / f"events_{name}.csv", index=False, lineterminator="\n")
    text = json.dumps(_plain(found.data()), indent=2, allow_nan=False)
    (folder / f"scores_{name}.json").write_text(text + "\n", encoding="utf-8")


def print_hindcast(found: Hindcast) -> None:
    """The answer in words, then scores by predictor, by dyad, and of events."""
    print("\n" + _filled(found.summary()) + "\n")
    rows = [
        (NAMES.get(r.predictor, f"  under {r.predictor}"), f"{r.crps:.3f}", per_cent(r.held_50), per_cent(r.held_90),
         "" if r.low != r.low else f"{r.model_over_it:.2f} [{r.low:.2f}, {r.high:.2f}]")
        for r in found.ties().itertuples()
    ]  # fmt: skip
    table(("Ties", "missed by (CRPS)", "in 50% bands", "in 90% bands", "the model's miss over it"), rows)
    print()
    _by_dyad(found)
    print()
    _events(found)


def _by_dyad(found: Hindcast) -> None:
    favours = found.favours()
    sure = favours.groupby("dyad", sort=False).apply(_favoured, include_groups=False) if len(favours) else {}
    columns = ["model", *(found.theories if len(found.theories) > 1 else ()), *(r.name for r in found.rivals)]
    heads = ["the model" if name == "model" else NAMES.get(name, name) for name in columns]
    rows = [
        (row["dyad"], *(f"{row[name]:.2f}" for name in columns), per_cent(row["held_90"]), sure.get(row["dyad"], ""))
        for row in found.by_dyad().to_dict("records")
    ]
    table(("Missed by", *heads, "in 90%", "favours"), rows)
    if "all" in sure:
        each = favours[favours["dyad"] == "all"]
        for r in each.itertuples():
            said = f"the record favours {r.favours}" if r.favours != "neither" else "the record favours neither"
            print(f"Over all dyads {said}: {r.theory} less {r.other} {r.difference:+.3f} [{r.low:+.3f}, {r.high:+.3f}]")


def _favoured(rows: pd.DataFrame) -> str:
    return ", ".join(name for name in dict.fromkeys(rows["favours"]) if name != "neither")


def _events(found: Hindcast) -> None:
    from triangle_sim.record.play import EVENTS

    def share(value: float) -> str:
        return "" if value != value else per_cent(value)

    frame = found.events()
    rows = [
        (EVENTS.get(r.event, "all of them"), r.years_seen or ("never" if r.event != "all" else f"{r.seen} of {r.asked}"),
         share(r.said_when_seen), share(r.said_else), share(r.base_rate), f"{r.brier:.3f} ({r.brier_base:.3f})",
         f"{r.log:.2f} ({r.log_base:.2f})")
        for r in frame.itertuples()
    ]  # fmt: skip
    heads = ("in the year: chance", "else", "base rate", "Brier (base rate)", "log (base rate)")
    table(("Events by year", "seen", *heads), rows)
    print()
    bins = [
        (f"{per_cent(r.low)} to {per_cent(r.high)}", r.count, per_cent(r.predicted), per_cent(r.seen))
        for r in found.calibration().itertuples(index=False)
    ]
    table(("Chances given", "how many", "on average", "came true"), bins)


def _filled(text: str) -> str:
    return textwrap.fill(text, 100)
