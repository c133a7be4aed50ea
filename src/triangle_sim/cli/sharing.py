"""The commands `app` and `share`: the model in a browser, on this machine or as a file to hand out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from triangle_sim.cli import options
from triangle_sim.cli.output import say
from triangle_sim.errors import UsageError

if TYPE_CHECKING:
    from triangle_sim.scenario.schema import Scenario

SUFFIXES = (".html", ".htm")


def app(
    scenario: Annotated[
        str, typer.Argument(metavar="SCENARIO|DIR", help="a bundled name, a file, or a result folder")
    ] = "baseline",
    port: Annotated[int, typer.Option(help="on this machine; 0 for a free one")] = 0,
    open_: Annotated[bool, typer.Option("--open/--no-open", help="open it in a browser")] = True,
    with_: options.With = [],  # noqa: B006
    set_: options.Set = [],  # noqa: B006
) -> None:
    """Play with the model in a browser tab: guess, watch, change, take a seat. Only this machine can reach it."""
    import webbrowser

    from triangle_sim.web.pack import pack
    from triangle_sim.web.serve import address, server
    from triangle_sim.web.single import page

    with server(page(pack(_source(scenario, with_, set_))), port) as serving:
        print(address(serving), flush=True)
        say("Ctrl-C ends it. A model, not a forecast. To hand it out: triangle-sim share")
        if open_ and not webbrowser.open(address(serving)):
            say("note: no browser was found; open that address in one")
        try:
            serving.serve_forever()
        except KeyboardInterrupt:
            raise KeyboardInterrupt("closed") from None


def share(
    source: Annotated[str, typer.Argument(metavar="SCENARIO|DIR", help="a scenario, or a result folder")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="default NAME.html, of the scenario")
    ] = None,
    with_: options.With = [],  # noqa: B006
    set_: options.Set = [],  # noqa: B006
) -> None:
    """Write the page of a scenario as one file: the live model, for any browser, without a server or a network."""
    from triangle_sim.web.share import refuse
    from triangle_sim.web.share import share as write

    if output is not None and output.suffix.lower() not in SUFFIXES:
        raise UsageError(f"-o {output}: the page is HTML", "end its name in .html")
    if output is not None:
        refuse(output)
    scenario = _source(source, with_, set_)
    target = output or Path(f"{scenario.name}.html")
    size = write(scenario, target)
    print(target)
    say(f"{size / 1e6:.1f} MB, all in it: copy it, send it, open it in a browser, network or none.")


def _source(source: str, with_: list[str], set_: list[str]) -> Scenario:
    from triangle_sim.cli.loading import load

    if Path(source).is_dir():
        from triangle_sim.web.share import scenario_of_result

        if with_ or set_:
            raise UsageError("--set and --with change a scenario, not a finished result", "give the scenario instead")
        return scenario_of_result(Path(source))
    return load(source, with_, set_)
