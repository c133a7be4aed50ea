"""The command line. Heavy imports wait until a command needs them, so that ``--help`` is quick."""

from __future__ import annotations

import sys


def main() -> None:
    """Entry point of ``triangle-sim``: runs a command and turns every error into one message and an exit code."""
    from triangle_sim.cli.exits import ending_when_told

    with ending_when_told():
        _main()


def _main() -> None:
    from triangle_sim.cli.exits import INTERRUPTED, leave

    try:
        from triangle_sim.cli.commands import app
        from triangle_sim.cli.output import escape_what_cannot_be_printed

        escape_what_cannot_be_printed()
        code = app(standalone_mode=False)
        sys.stdout.flush()
    except SystemExit as ending:
        # Typer itself ends with 1 when the reader of a pipe has gone; that is nobody's failure.
        if isinstance(ending.__context__, BrokenPipeError):
            sys.exit(leave(ending.__context__))
        raise
    except BaseException as error:
        sys.exit(leave(error))
    # Newer Typers turn ctrl-C into a value, and so every other exit on the way.
    if code:
        sys.exit(leave(KeyboardInterrupt()) if code == INTERRUPTED else code)
