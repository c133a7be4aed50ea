"""The command `classroom`: a class plays in its browsers, with a board at the wall."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from triangle_sim.cli.output import note, say
from triangle_sim.errors import UsageError


def classroom(
    scenario: Annotated[str, typer.Argument(metavar="[SCENARIO]", help="a bundled name or a file")] = "baseline",
    lan: Annotated[bool, typer.Option("--lan", help="let other machines of the network in")] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one")] = 8765,
    rooms: Annotated[int | None, typer.Option(help="classes that play side by side  [default: 1]")] = None,
    turns: Annotated[int | None, typer.Option(help="turns, a quarter each  [default: 6]")] = None,
    timer: Annotated[int | None, typer.Option(metavar="S", help="seconds a turn; 0, the default: no timer")] = None,
    folder: Annotated[
        Path | None, typer.Option(metavar="DIR", help="where every change is kept; default: runs/classroom/NAME-TODAY")
    ] = None,
    demo: Annotated[bool, typer.Option("--demo", help="all seats play by themselves, to show a class")] = False,
    run: Annotated[str, typer.Option(metavar="D.R", help="draw and replicate of the history all rooms play")] = "0.0",
    seed: Annotated[int | None, typer.Option(help="seed of all random numbers")] = None,
) -> None:  # fmt: skip
    """Five teams, one country each, and a projector board: sealed moves, and a debrief over the model's own futures.

    An empty seat is played by the model's own rule. The server listens on this machine alone unless --lan is given. No
    names are asked for. A server that was killed goes on where it was with the same command.
    """
    need_server()
    from functools import partial

    from triangle_sim.cli.loading import design, load
    from triangle_sim.cli.telling import address
    from triangle_sim.web.classroom.begin import begin
    from triangle_sim.web.classroom.demo import demonstrate
    from triangle_sim.web.classroom.playing import Playing
    from triangle_sim.web.classroom.serve import announced, bound, serve

    loaded = load(scenario)
    _, _, seeded = design(loaded, None, None, seed)
    playing = Playing(loaded, seeded, *address(run))
    place = bound(port, lan)
    with place:
        where = folder or _usual_folder(loaded.name, demo)
        opened = begin(where, playing, {"rooms": rooms, "turns": turns, "timer": timer}, note)
        print(f"{loaded.title or loaded.name}: {loaded.question}\nEvery change is kept in {where}.\n")
        print(announced(opened, place.getsockname()[1], lan), flush=True)
        if lan:
            say(
                "note: --lan lets every machine of this network reach the pages, and what is sent is not encrypted: "
                "use it in a network that you trust, and end it after the lesson"
            )
        try:
            serve(opened, place, lan=lan, beside=[partial(demonstrate, seed=seeded)] if demo else [])
        except KeyboardInterrupt:
            raise KeyboardInterrupt(f"The classroom is kept in {where}; the same command goes on with it.") from None


def need_server() -> None:
    """Raises UsageError, which says how to install them, where the server's libraries are missing."""
    try:
        import starlette  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError as error:
        message = f"the classroom needs Starlette and uvicorn, which cannot be imported ({error})"
        raise UsageError(message, "install them with: pip install 'triangle-sim[classroom]'") from None


def _usual_folder(name: str, demo: bool) -> Path:
    """One a day, so that the same command finds the same classroom after a breakdown, and not next week."""
    from datetime import date

    return Path("runs") / "classroom" / f"{'demo-' if demo else ''}{name}-{date.today().isoformat()}"
