"""The pictures of a run by name, and the files they are saved as, which say how to make them again."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matplotlib import rc_context

from triangle_sim.errors import UsageError, quote
from triangle_sim.names import canonical_name, did_you_mean
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.plots.bars import variance_sheet
from triangle_sim.plots.base import NotInResultError, dated_events
from triangle_sim.plots.dots import dotplot
from triangle_sim.plots.endings import endings
from triangle_sim.plots.fan import fan_sheet
from triangle_sim.plots.network import network
from triangle_sim.plots.numbers import of_spread
from triangle_sim.plots.placing import Canvas
from triangle_sim.plots.recipe import FORMATS, metadata_for, read_recipe, recipe
from triangle_sim.plots.style import styled
from triangle_sim.plots.triangle import triangle

if TYPE_CHECKING:
    from triangle_sim.montecarlo.result import Result

__all__ = ["DPI", "PICTURES", "draw", "picture", "read_recipe", "recipe", "save", "save_pictures"]

PICTURES: dict[str, Callable[[Result], Canvas]] = {
    "fan": lambda result: fan_sheet(result, events=dated_events(result)),
    "endings": endings,
    "triangle": triangle,
    "network": network,
}
"""Those that every run saves."""
MORE: dict[str, Callable[[Result], Canvas]] = {
    "spread": lambda result: variance_sheet(
        of_spread(result)["shares"].replace(r"^end_state=", "ending: ", regex=True), result
    ),
}
"""Those that can be asked for."""
OF_ONE: dict[str, Callable[[Result, str], Canvas]] = {
    "fan": lambda result, name: fan_sheet(result, [name], events=dated_events(result)),
    "dots": dotplot,
}
"""Those of one variable or outcome: ``fan=chinese_supply``, ``dots=technology_gained``."""

DPI = 160


def save_pictures(result: Result, folder: str | Path, command: str | None = None,
                  names: Iterable[str] = tuple(PICTURES), kind: str = "png") -> list[Path]:  # fmt: skip
    """Draw pictures of a run into ``folder`` (made if missing) and return their paths; by default those of every run.

    ``command`` is the command line to state in each file; by default the one in the result's manifest. A picture whose
    question the result cannot answer (a scenario without China has no triangle with it) is left out.
    """
    made = []
    for name in names:
        try:
            figure = draw(result, name)
        except NotInResultError:
            continue
        made.append(save(figure, Path(folder) / file_name(name, kind), recipe(result, command, name)))
    return made


def file_name(name: str, kind: str) -> str:
    """The name of a picture's file: ``fan=goodwill[RUS,PRK]`` is ``fan-goodwill-RUS-PRK.svg``."""
    plain = "".join(letter if letter.isalnum() or letter == "_" else "-" for letter in name)
    return f"{plain.strip('-')}.{kind}"


def canonical(name: str) -> str:
    """A picture's name in its one spelling: ``fan=goodwill[Russia, DPRK]`` is ``fan=goodwill[RUS,PRK]``."""
    kind, equals, what = name.partition("=")
    return kind.strip() + equals + canonical_name(what)


def draw(result: Result, name: str) -> Canvas:
    """A picture by its :func:`canonical` name: one of :data:`PICTURES` or :data:`MORE`, or of :data:`OF_ONE` with what
    it is of.

    Raises
    ------
    UsageError
        for a picture, variable or outcome that there is not.
    NotInResultError
        if the result does not hold what it shows.
    """
    kind, _, what = name.partition("=")
    if what and kind in OF_ONE:
        numbers = [each for each, outcome in sorted(OUTCOMES.items()) if outcome.kind != "category"]
        variables = result.quarters["variable"].astype(str).unique().tolist()
        known = numbers if kind == "dots" else variables
        if what not in known:
            noun = "outcomes" if kind == "dots" else "variables"
            raise UsageError(f"--figure {name}: there is no {quote(what)} to draw", did_you_mean(what, known, noun))
        return OF_ONE[kind](result, what)
    if what or name not in PICTURES | MORE:
        known = [*PICTURES, *MORE, "fan=VARIABLE", "dots=OUTCOME"]
        raise UsageError(f"there is no picture {quote(name)}", did_you_mean(name, known, "pictures"))
    return (PICTURES | MORE)[name](result)


def save(figure: Canvas, path: str | Path, recipe: Mapping[str, str] | None = None, *, dpi: float = DPI) -> Path:
    """Write ``figure`` as PNG, SVG or PDF with its recipe in the file's metadata; returns the path.

    The same figure and recipe give the same bytes: there is no time stamp. :func:`.recipe.read_recipe` gets the recipe
    back. In a PNG it is JSON in the text chunk "Description", in an SVG in ``dc:description``, in a PDF base 64 among
    the keywords.

    Raises
    ------
    ValueError
        if the name ends in none of .png, .svg and .pdf.
    """
    target = Path(path)
    kind = target.suffix.lower().removeprefix(".")
    if kind not in FORMATS:
        raise ValueError(f"pictures are saved as PNG, SVG or PDF: the name must end in .png, .svg or .pdf; "
                         f"got {target.name!r}")  # fmt: skip
    data = picture(figure, kind, recipe, dpi=dpi)  # made whole before it is written: a failure leaves no half of a file
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return target


@styled
def picture(figure: Canvas, kind: str, recipe: Mapping[str, str] | None = None, *, dpi: float = DPI) -> bytes:
    """The bytes of such a file."""
    out = io.BytesIO()
    options: dict[str, Any] = {"pil_kwargs": {"compress_level": 3}} if kind == "png" else {}
    with rc_context({"svg.hashsalt": "triangle_sim"}):  # or names within the file would be random
        figure.figure.savefig(out, format=kind, dpi=dpi, metadata=metadata_for(kind, dict(recipe or {})), **options)
    return out.getvalue()
