"""The pictures that every run saves, and the PNG files, which say how to make them again."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from triangle_sim.plots.base import DISCLAIMER, NotInResultError, dated_events
from triangle_sim.plots.endings import endings
from triangle_sim.plots.fan import fan_sheet
from triangle_sim.plots.network import network
from triangle_sim.plots.placing import Canvas
from triangle_sim.plots.style import styled
from triangle_sim.plots.triangle import triangle

if TYPE_CHECKING:
    from triangle_sim.montecarlo.result import Result

PICTURES: dict[str, Callable[[Result], Canvas]] = {
    "fan": lambda result: fan_sheet(result, events=dated_events(result)),
    "endings": endings,
    "triangle": triangle,
    "network": network,
}

DPI = 160


def save_pictures(result: Result, folder: str | Path, command: str | None = None) -> list[Path]:
    """Draw the pictures of a run into ``folder`` (made if missing) and return their paths.

    ``command`` is the command line to state in each file; by default the one in the result's manifest. A picture whose
    question the result cannot answer (a scenario without China has no triangle with it) is left out.
    """
    made = []
    for name, draw in PICTURES.items():
        try:
            figure = draw(result)
        except NotInResultError:
            continue
        made.append(save(figure, Path(folder) / f"{name}.png", recipe(result, command)))
    return made


def recipe(result: Result, command: str | None = None) -> dict[str, str]:
    """What is needed to make a picture again: command, scenario, its hash, design, seed, version.

    ``command`` defaults to the one in the manifest. Values that the manifest lacks are left out, never guessed.
    """
    command = command or result.manifest.get("command")
    stated = {
        "command": " ".join(command) if isinstance(command, list | tuple) else command,
        "scenario": result.scenario.name,
        "scenario_sha256": result.manifest.get("scenario_sha256"),
        "draws": result.draws,
        "replicates": result.replicates,
        "seed": result.seed,
        "version": result.manifest.get("triangle_sim"),
    }
    return {key: str(value) for key, value in stated.items() if value is not None}


@styled
def save(figure: Canvas, path: str | Path, recipe: Mapping[str, str] | None = None, *, dpi: float = DPI) -> Path:
    """Write ``figure`` as PNG with its recipe in the file's metadata; returns the path.

    The same figure and recipe give the same bytes: there is no time stamp. The recipe is stored as JSON in the text
    chunk "Description" (and the scenario, where there is one, in "Title"); :func:`read_recipe` gets it back.

    Raises
    ------
    ValueError
        if the name does not end in .png.
    """
    target, stated = Path(path), dict(recipe or {})
    if target.suffix.lower() != ".png":
        raise ValueError(f"pictures are saved as PNG, so the name must end in .png; got {target.name!r}")
    metadata = {
        "Description": json.dumps(stated, sort_keys=True, ensure_ascii=False),
        "Software": f"triangle_sim {stated.get('version', '')}".strip(),
        "Disclaimer": DISCLAIMER,
    } | ({"Title": stated["scenario"]} if "scenario" in stated else {})
    picture = io.BytesIO()  # made whole before it is written: a failure leaves no half of a file
    figure.figure.savefig(picture, format="png", dpi=dpi, metadata=metadata, pil_kwargs={"compress_level": 3})
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(picture.getvalue())
    return target


def read_recipe(path: str | Path) -> dict[str, str]:
    """The recipe in a picture made by :func:`save`; empty for any other PNG."""
    with Image.open(path) as image:
        text = image.info.get("Description", "{}")
    try:
        return {key: str(value) for key, value in json.loads(text).items()}
    except (json.JSONDecodeError, AttributeError):  # a description of another kind
        return {}
