"""The commands and their options; what they do is in the modules beside this one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="triangle-sim",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="North Korea between China, Russia and the United States: what follows from which argument, how sure, "
    "and why. A model, not a forecast.",
)

Scenario = Annotated[str, typer.Argument(metavar="SCENARIO", help="a bundled name (see `list`) or the path of a file")]
With = Annotated[
    list[str], typer.Option("--with", metavar="SCENARIO", help="lay another scenario over it; can be given again")
]
Set = Annotated[
    list[str], typer.Option("--set", metavar="KEY=VALUE", help="set one value of the scenario; can be given again")
]
Draws = Annotated[int | None, typer.Option(help="samples of theory and parameters: what we do not know")]
Replicates = Annotated[int | None, typer.Option(help="runs for each draw: luck")]
Seed = Annotated[int | None, typer.Option(help="seed of all random numbers")]
Jobs = Annotated[str, typer.Option("-j", "--jobs", help="processes, or auto; the result does not depend on it")]
Backend = Annotated[str, typer.Option("--backend", help="numpy, or llvm or jax for a compiled model")]
Precision = Annotated[str, typer.Option("--precision", help="double, or single with llvm or jax")]
Executor = Annotated[str, typer.Option("--executor", help="processes, threads, or dask for a cluster")]
Scheduler = Annotated[
    str | None, typer.Option("--scheduler", metavar="ADDRESS", help="of a Dask cluster, e.g. tcp://127.0.0.1:8786")
]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="a result folder")]
NoFigures = Annotated[bool, typer.Option("--no-figures", help="save tables without pictures")]
Json = Annotated[bool, typer.Option("--json", help="print the table as JSON")]
Csv = Annotated[bool, typer.Option("--csv", help="print the table as CSV")]


def _version(wanted: bool) -> None:
    if wanted:
        from triangle_sim.montecarlo.folder.manifest import version

        typer.echo(f"triangle-sim {version()}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="print the version")
    ] = False,
) -> None:
    """Nothing of its own: the commands do the work."""


@app.command("list")
def list_(json: Json = False, csv: Csv = False) -> None:
    """Bundled scenarios, one line each, with the question they ask."""
    from triangle_sim.cli.scenarios import list_scenarios

    list_scenarios(json, csv)


@app.command()
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="name of the new scenario; the file is NAME.yaml")],
    parent: Annotated[str, typer.Option("--from", metavar="SCENARIO", help="what it extends")] = "baseline",
) -> None:
    """Write a commented scenario to start from, and the schema beside it for editors."""
    from triangle_sim.cli.scenarios import new_scenario

    new_scenario(name, parent)


@app.command()
def check(
    files: Annotated[list[str], typer.Argument(metavar="SCENARIO...", help="bundled names or paths")],
    strict: Annotated[bool, typer.Option("--strict", help="count warnings as errors")] = False,
) -> None:
    """Validate scenarios: every error at once, with file, line and column. Exit 2 if there is one."""
    from triangle_sim.cli.scenarios import check_files

    check_files(files, strict)


@app.command()
def show(
    scenario: Scenario,
    diff: Annotated[
        str | None, typer.Option("--diff", metavar="OTHER", help="what differs in meaning from OTHER")
    ] = None,
    with_: With = [],  # noqa: B006
    set_: Set = [],  # noqa: B006
    yaml: Annotated[bool, typer.Option("--yaml", help="print the scenario after `extends` as a file")] = False,
    json: Json = False,
) -> None:
    """What a scenario means after `extends`, in words; or what differs from another."""
    from triangle_sim.cli.scenarios import show_scenario

    show_scenario(scenario, diff, with_, set_, yaml, json)


@app.command()
def schema() -> None:
    """JSON Schema of scenario files, for editors."""
    from triangle_sim.cli.scenarios import print_schema

    print_schema()


@app.command()
def run(
    scenario: Scenario,
    draws: Draws = None,
    replicates: Replicates = None,
    seed: Seed = None,
    jobs: Jobs = "auto",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="result folder; default runs/NAME")] = None,
    set_: Set = [],  # noqa: B006
    with_: With = [],  # noqa: B006
    part: Annotated[
        str | None, typer.Option("--part", metavar="K/N", help="only part K of N, to be joined by `merge`")
    ] = None,
    backend: Backend = "numpy",
    precision: Precision = "double",
    executor: Executor = "processes",
    scheduler: Scheduler = None,
    json: Json = False,
    no_save: Annotated[bool, typer.Option("--no-save", help="print the summary only")] = False,
    no_figures: NoFigures = False,
) -> None:
    """Simulate thousands of futures, say how they end and how sure that is, and save tables and pictures."""
    from triangle_sim.cli.executors import Computing
    from triangle_sim.cli.running import Asked, run_scenario

    asked = Asked(scenario, tuple(with_), tuple(set_), draws, replicates, seed, part, backend, precision)
    run_scenario(asked, Computing(jobs, executor, scheduler), output, json, not no_save, not no_figures)


@app.command()
def resume(
    folder: Folder,
    jobs: Jobs = "auto",
    executor: Executor = "processes",
    scheduler: Scheduler = None,
    json: Json = False,
    no_figures: NoFigures = False,
) -> None:
    """Finish an interrupted run, or mend a damaged folder: what is missing is computed, what is there is kept."""
    from triangle_sim.cli.executors import Computing
    from triangle_sim.cli.growing import resume_folder

    resume_folder(folder, Computing(jobs, executor, scheduler), json, not no_figures)


@app.command()
def extend(
    folder: Folder,
    draws: Annotated[int | None, typer.Option(help="how many draws there shall be in all")] = None,
    replicates: Annotated[int | None, typer.Option(help="how many replicates there shall be in all")] = None,
    jobs: Jobs = "auto",
    executor: Executor = "processes",
    scheduler: Scheduler = None,
    json: Json = False,
    no_figures: NoFigures = False,
) -> None:
    """Add draws or replicates to a finished run; what is there is kept."""
    from triangle_sim.cli.executors import Computing
    from triangle_sim.cli.growing import extend_folder

    extend_folder(folder, draws, replicates, Computing(jobs, executor, scheduler), json, not no_figures)


@app.command()
def merge(
    folders: Annotated[list[Path], typer.Argument(metavar="DIR...", help="folders made by `run --part`")],
    output: Annotated[Path, typer.Option("-o", "--output", help="result folder to make")],
    json: Json = False,
    no_figures: NoFigures = False,
) -> None:
    """Join the parts of a run that several machines have made."""
    from triangle_sim.cli.growing import merge_folders

    merge_folders(folders, output, json, not no_figures)


@app.command()
def compare(
    scenarios: Annotated[
        list[str], typer.Argument(metavar="A B [C...]", help="two or more; the last is the reference")
    ],
    draws: Draws = None,
    replicates: Replicates = None,
    seed: Seed = None,
    jobs: Jobs = "auto",
    set_: Set = [],  # noqa: B006
    backend: Backend = "numpy",
    precision: Precision = "double",
    outcome: Annotated[list[str], typer.Option("--outcome", help="only these outcomes; can be given again")] = [],  # noqa: B006
    json: Json = False,
    csv: Csv = False,
) -> None:
    """The same worlds under several scenarios: differences from the last one, with intervals over draws."""
    from triangle_sim.cli.comparing import compare_scenarios
    from triangle_sim.cli.executors import Computing

    asked, how = (draws, replicates, seed), (backend, precision)
    compare_scenarios(scenarios, set_, asked, Computing(jobs), how, outcome, json, csv)


@app.command()
def story(
    source: Annotated[str, typer.Argument(metavar="DIR|SCENARIO", help="a result folder, or a scenario")],
    run: Annotated[str, typer.Option("--run", metavar="D.R", help="draw and replicate, e.g. 37.4")] = "0.0",
    seed: Seed = None,
    with_: With = [],  # noqa: B006
    set_: Set = [],  # noqa: B006
    json: Json = False,
) -> None:
    """One future, quarter by quarter, in words: every move with its reasons and the claims behind them."""
    from triangle_sim.cli.telling import tell_story

    tell_story(source, run, seed, with_, set_, json)


@app.command()
def vitals(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="a bundled name or a path")] = "baseline",
    draws: Draws = 200,
    replicates: Replicates = 5,
    seed: Seed = None,
    jobs: Jobs = "auto",
    json: Json = False,
) -> None:
    """Is the world alive? The share of values at a bound, and how often each move is played."""
    from triangle_sim.cli.vitals import print_vitals

    print_vitals(scenario, (draws, replicates, seed), jobs, json)
