"""The command `hindcast`: an era played again and held against its record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from triangle_sim.cli import options
from triangle_sim.cli.output import paragraph, per_cent, print_json, progress, rows_of, say, table, writable
from triangle_sim.names import counted, extent

if TYPE_CHECKING:
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
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR", help="save picture and tables")
    ] = None,
    backend: options.Backend = "auto",
    json: options.Json = False,
) -> None:
    """Play an era again from its first quarter, outside events given, and score it on the record and against rivals."""
    from triangle_sim.cli.loading import design, load
    from triangle_sim.record.hindcast import episode_of, hindcast, scenarios_of, under

    if output is not None:
        writable(output)  # what cannot be written is told before the work
    found = []
    for source in scenarios_of(episode):
        scenario = load(source, (), set_)
        scenario = scenario if theory is None else under(scenario, theory)
        name, (d, r, s) = episode_of(scenario), design(scenario, draws, replicates, seed)
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
        _favoured(found)
        paragraph(f"\n{CANNOT}")
    if output is None:
        say("\nNext: triangle-sim hindcast " + episode + " -o DIR   (the picture, and tables by year)")
    else:
        say(f"\nSaved in {output}.")


def save(found: Hindcast, folder: Path) -> None:
    """The picture, the tables behind it as CSV, and all scores as JSON."""
    import json

    from triangle_sim.cli.output import plain
    from triangle_sim.plots.hindcast import hindcast, recipe
    from triangle_sim.plots.pictures import save

    name = found.label
    save(hindcast(found), folder / f"hindcast_{name}.png", recipe(found))
    found.predicted().to_csv(folder / f"ties_{name}.csv", index=False, lineterminator="\n")
    found.calendar().to_csv(folder / f"events_{name}.csv", index=False, lineterminator="\n")
    text = json.dumps(plain(found.data()), indent=2, allow_nan=False)
    (folder / f"scores_{name}.json").write_text(text + "\n", encoding="utf-8")


def print_hindcast(found: Hindcast) -> None:
    """The answer in words, then scores by predictor, by dyad, and of events."""
    paragraph(f"\n{found.summary()}\n")
    rows = [
        (NAMES.get(row["predictor"], f"  under {row['predictor']}"), f"{row['crps']:.3f}", per_cent(row["held_50"]),
         per_cent(row["held_90"]), _ratio(row) if row["predictor"] != "model" else "")
        for row in rows_of(found.ties())
    ]  # fmt: skip
    table(("Ties", "missed by (CRPS)", "in 50% bands", "in 90% bands", "the model's miss over it"), rows)
    print()
    _by_dyad(found)
    print()
    _events(found)


def _by_dyad(found: Hindcast) -> None:
    favours = rows_of(found.favours())
    sure: dict[str, list[str]] = {}
    for row in favours:
        sure.setdefault(row["dyad"], []).extend([row["favours"]] if row["favours"] != "neither" else [])
    columns = ["model", *(found.theories if len(found.theories) > 1 else ()), *(r.name for r in found.rivals)]
    heads = ["the model" if name == "model" else NAMES.get(name, name) for name in columns]
    rows = [
        (
            row["dyad"],
            *(f"{row[name]:.2f}" for name in columns),
            per_cent(row["held_90"]),
            ", ".join(dict.fromkeys(sure.get(row["dyad"], []))),
        )
        for row in rows_of(found.by_dyad())
    ]
    table(("Missed by", *heads, "in 90%", "favours"), rows)
    for row in favours:
        if row["dyad"] == "all":
            less = f"{row['theory']} less {row['other']} {_difference(row)}"
            print(f"Over all dyads it favours {row['favours']}: {less}")


def _favoured(found: list[Hindcast]) -> None:
    """Which theory the record favours, era by era: nothing where there is but one era, or one theory."""
    from triangle_sim.record.comparison import spans

    rows = [
        (each.episode, spans(each.years), f"{row['theory']} less {row['other']}", _difference(row), row["favours"])
        for each in found
        for row in rows_of(each.favours())
        if row["dyad"] == "all"
    ]
    if len(found) > 1 and rows:
        print()
        table(("Era by era", "years", "CRPS of", "difference", "the record favours"), rows)


def _difference(row: dict[str, Any]) -> str:
    return "{difference:+.3f} [{low:+.3f}, {high:+.3f}]".format(**row)


def _ratio(row: dict[str, Any]) -> str:
    return "{model_over_it:.2f} [{low:.2f}, {high:.2f}]".format(**row)


def _events(found: Hindcast) -> None:
    from triangle_sim.record.play import EVENTS

    def share(value: float) -> str:
        return "" if value != value else per_cent(value)

    rows = []
    for row in rows_of(found.events()):
        name, years = EVENTS.get(row["event"], "all of them"), row["years_seen"] or "never"
        years = "{seen} of {asked}".format(**row) if row["event"] == "all" else years
        chances = [share(row[column]) for column in ("said_when_seen", "said_else", "base_rate")]
        brier, log = "{brier:.3f} ({brier_base:.3f})".format(**row), "{log:.2f} ({log_base:.2f})".format(**row)
        rows.append((name, years, *chances, brier, log))
    heads = ("chance then", "else", "base rate", "Brier (base rate)", "log (base rate)")
    table(("Events by year", "seen", *heads), rows)
    print()
    bins = [
        (f"{row['low']:.0%} to {row['high']:.0%}", row["count"], per_cent(row["predicted"]), per_cent(row["seen"]))
        for row in rows_of(found.calibration())
    ]
    table(("Chances given", "how many", "on average", "came true"), bins)
