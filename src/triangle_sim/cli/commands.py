"""All commands, in the order of the help."""

from __future__ import annotations

from typing import Annotated

import typer

from triangle_sim.cli.calibrating import calibrate
from triangle_sim.cli.comparing import compare
from triangle_sim.cli.drawing import plot
from triangle_sim.cli.growing import extend, merge, resume
from triangle_sim.cli.hindcasting import hindcast
from triangle_sim.cli.reporting import report
from triangle_sim.cli.running import run
from triangle_sim.cli.scenarios import check, list_, new, schema, show
from triangle_sim.cli.signs import signs
from triangle_sim.cli.telling import story
from triangle_sim.cli.verifying import verify
from triangle_sim.cli.vitals import vitals
from triangle_sim.cli.why import why

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


app.command("list")(list_)
FILES = (new, check, show, schema)
RUNS = (run, resume, extend, merge)
ANSWERS = (compare, why, signs, story)
REPORTS = (report, plot, verify)
RECORD = (hindcast, calibrate, vitals)
for command in (*FILES, *RUNS, *ANSWERS, *REPORTS, *RECORD):
    app.command()(command)
