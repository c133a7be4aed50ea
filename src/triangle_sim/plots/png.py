"""How a figure becomes a PNG file that says how to make it again."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path

from matplotlib.figure import Figure, SubFigure
from PIL import Image

from triangle_sim.plots.base import DISCLAIMER
from triangle_sim.plots.style import styled

DPI = 160


@styled
def save(figure: Figure | SubFigure, path: str | Path, recipe: Mapping[str, str] | None = None, *,
         dpi: float = DPI) -> Path:  # fmt: skip
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
        "Software": f"triangle_sim {stated['version']}" if "version" in stated else "triangle_sim",
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
        found = json.loads(text)
    except json.JSONDecodeError:
        return {}
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}
