"""The command line. Heavy imports wait until a command needs them, so that ``--help`` is quick."""

from __future__ import annotations

import atexit
import gc
import sys


def main() -> None:
    """Entry point of ``triangle-sim``: runs a command and turns every error into one message and an exit code."""
    from triangle_sim.cli.exits import interruptible, leave
    from triangle_sim.cli.output import flush, open_streams

    # A command imports a million objects and ends soon: looking for garbage among them took a sixth of its time.
    gc.set_threshold(100_000, 50, 50)
    atexit.register(gc.freeze)
    code = 0
    open_streams()
    with interruptible():
        try:
            _command(sys.argv[1:])
            sys.stdout.flush()
        except BaseException as error:
            code = leave(error)
    flush()
    if code:
        sys.exit(code)


def _command(words: list[str]) -> None:
    import typer.main

    from triangle_sim.cli.commands import app

    # What `app()` does besides is to make other errors of some, an interruption among them.
    command = typer.main.get_command(app)
    with command.make_context("triangle-sim", words) as context:
        command.invoke(context)
