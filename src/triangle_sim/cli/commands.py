"""All commands, in the order of the help."""

from __future__ import annotations

from typing import Annotated

import typer

from triangle_sim.cli.calibrating import calibrate
from triangle_sim.cli.claiming import claims
from triangle_sim.cli.classroom import classroom
from triangle_sim.cli.comparing import compare
from triangle_sim.cli.drawing import plot
from triangle_sim.cli.driving import drivers
from triangle_sim.cli.explaining import explain, list_
from triangle_sim.cli.growing import extend, merge, resume
from triangle_sim.cli.hindcasting import hindcast
from triangle_sim.cli.playing import play
from triangle_sim.cli.reporting import report
from triangle_sim.cli.running import run
from triangle_sim.cli.scenarios import check, new, schema, show
from triangle_sim.cli.sharing import app as page
from triangle_sim.cli.sharing import share
from triangle_sim.cli.signs import signs
from triangle_sim.cli.sweeping import sweep
from triangle_sim.cli.taking import takes
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


SHORT = {
    "list": "Scenarios and their questions, or all names of a kind.",
    "new": "Write a commented scenario, or theory, to start from.",
    "check": "Every error in a scenario at once, with its place.",
    "show": "A scenario or a theory in words, or what differs.",
    "schema": "JSON Schema of scenario files, for editors.",
    "explain": "What a name stands for: unit, range, sizes, claims.",
    "run": "Thousands of futures: the answer, and how sure it is.",
    "resume": "Finish an interrupted run, or mend a damaged one.",
    "extend": "More draws or replicates; what is there is kept.",
    "merge": "Join the parts of a run that machines have made.",
    "compare": "What differs between scenarios or saved results.",
    "why": "Which argument makes it so: each switched off.",
    "drivers": "What an outcome hangs on: indices and rules.",
    "sweep": "The same worlds as one or two numbers vary.",
    "takes": "The smallest change that would make it so.",
    "claims": "What the articles claim, and what the model says.",
    "signs": "What within a year tells how it will end.",
    "story": "One future in words, with reasons and claims.",
    "app": "The model in a browser tab: guess, watch, play.",
    "share": "The same page as one file to hand out.",
    "play": "Play a country against the model, in the terminal.",
    "report": "A saved result as one page to hand on.",
    "plot": "The pictures of a saved result again.",
    "verify": "Run a sample again: is a result what it says?",
    "hindcast": "An era of the record played again and scored.",
    "calibrate": "Fit the sizes of effects to the record.",
    "classroom": "A class plays: five teams, a board, a debrief.",
    "vitals": "Is the world alive? Values at bounds, moves made.",
}
"""What the list of commands says of each; ``-h`` after a command says it in full."""

app.command("list", short_help=SHORT["list"])(list_)
FILES = (new, check, show, schema, explain)
RUNS = (run, resume, extend, merge)
ANSWERS = (compare, why, drivers, sweep, takes, claims, signs, story)
SEATS = (play, page, share, classroom)
REPORTS = (report, plot, verify)
RECORD = (hindcast, calibrate, vitals)
for command in (*FILES, *RUNS, *ANSWERS, *SEATS, *REPORTS, *RECORD):
    app.command(short_help=SHORT.get(command.__name__))(command)
