"""The command line. Heavy imports wait until a command needs them, so that ``--help`` is quick."""

from __future__ import annotations

import sys


def main() -> None:
    """Entry point of ``triangle-sim``: runs a command and turns every error into one message and an exit code."""
    from triangle_sim.cli.commands import app
    from triangle_sim.cli.exits import leave

    try:
        app(standalone_mode=False)
        sys.stdout.flush()
    except SystemExit:
        raise
    except BaseException as error:
        sys.exit(leave(error))
