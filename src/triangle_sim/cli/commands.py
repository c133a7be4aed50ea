"""All commands, in the order of the help."""

from __future__ import annotations

from typing import Annotated

import typer

from triangle_sim.cli import scenarios
from triangle_sim.cli.comparing import compare
from triangle_sim.cli.growing import extend, merge, resume
from triangle_sim.cli.options import Csv, Json, Scenario, Set, With
from triangle_sim.cli.running import run
from triangle_sim.cli.telling import story
from triangle_sim.cli.vitals import vitals

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


def _version(wanted: bool) -> None:
    if wanted:
        from triangle_sim.montecarlo.versions import version

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
    scenarios.list_scenarios(json, csv)


@app.command()
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="name of the new scenario; the file is NAME.yaml")],
    parent: Annotated[str, typer.Option("--from", metavar="SCENARIO", help="what it extends")] = "baseline",
) -> None:
    """Write a commented scenario to start from, and the schema beside it for editors."""
    scenarios.new_scenario(name, parent)


@app.command()
def check(
    files: Annotated[list[str], typer.Argument(metavar="SCENARIO...", help="bundled names or paths")],
    strict: Annotated[bool, typer.Option("--strict", help="count warnings as errors")] = False,
) -> None:
    """Validate scenarios: every error at once, with file, line and column. Exit 2 if there is one."""
    scenarios.check_files(files, strict)


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
    scenarios.show_scenario(scenario, diff, with_, set_, yaml, json)


@app.command()
def schema() -> None:
    """JSON Schema of scenario files, for editors."""
    scenarios.print_schema()


for command in (run, resume, extend, merge, compare, story, vitals):
    app.command()(command)
