"""The command `plot`: the pictures of a saved result, drawn again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from triangle_sim.cli import options
from triangle_sim.cli.output import note, say, writable
from triangle_sim.errors import UsageError
from triangle_sim.names import counted, did_you_mean


def plot(
    folder: options.Folder,
    figure: Annotated[
        list[str],
        typer.Option("--figure", metavar="NAME", help="fan, endings, triangle, network, spread, fan=VARIABLE or "
                     "dots=OUTCOME; can be given again; default: the four of every run")] = [],  # noqa: B006
    format: Annotated[
        list[str], typer.Option("--format", metavar="svg|pdf|png", help="can be given again; default png")
    ] = [],  # noqa: B006
    output: Annotated[Path | None, typer.Option("-o", "--output", help="default DIR/figures")] = None,
) -> None:  # fmt: skip
    """Draw the pictures of a saved result again, as PNG, SVG or PDF; each carries its recipe (see `verify`)."""
    from triangle_sim.montecarlo.folder.contents import FIGURES
    from triangle_sim.montecarlo.result import read
    from triangle_sim.plots.base import NotInResultError
    from triangle_sim.plots.pictures import PICTURES, canonical, draw, file_name, save
    from triangle_sim.plots.recipe import FORMATS, recipe

    kinds = list(dict.fromkeys(kind.lower().removeprefix(".") for kind in format)) or ["png"]
    for kind in kinds:
        if kind not in FORMATS:
            raise UsageError(f"--format {kind}: no such format", did_you_mean(kind, FORMATS, "formats"))
    result, target = read(folder), output or folder / FIGURES
    writable(target)
    asked, made = [canonical(name) for name in figure], []
    for name in dict.fromkeys(asked or PICTURES):
        try:
            drawn = draw(result, name)
        except NotInResultError as error:
            if name in asked:
                raise UsageError(f"--figure {name}: {error}", "leave it out") from None
            note(f"no picture of {name}: {error}")
            continue
        stated = recipe(result, None, name)
        made += [save(drawn, target / file_name(name, kind), stated) for kind in kinds]
    for path in made:
        print(path)
    say(f"{counted(len(made), 'picture')} drawn from {counted(result.manifest['runs'], 'future')}. "
        f"Next: triangle-sim verify {made[0] if made else folder}")  # fmt: skip
