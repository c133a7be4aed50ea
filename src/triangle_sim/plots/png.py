"""How a figure becomes a PNG file that says how to make it again."""

from __future__ import annotations

import functools
import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import matplotlib.backends.backend_agg  # noqa: F401  drawing needs it; here it can be loaded while others compute
from matplotlib.figure import Figure, SubFigure
from PIL import Image, PngImagePlugin

from triangle_sim.plots.base import DISCLAIMER
from triangle_sim.plots.style import styled

DPI = 160


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
    target = Path(path)
    if target.suffix.lower() != ".png":
        raise ValueError(f"pictures are saved as PNG, so the name must end in .png; got {target.name!r}")
    return write(target, drawn(figure, recipe, dpi=dpi))


@styled
def drawn(figure: Figure | SubFigure, recipe: Mapping[str, str] | None = None, *,
          dpi: float = DPI) -> Callable[[], bytes]:  # fmt: skip
    """Draw ``figure`` now and return what makes the bytes of the file that :func:`save` writes.

    They may be made in another thread: compressing takes a fifth of the time and does not hold up Python.
    """
    whole = figure.figure
    wide, high = (int(inches * dpi) for inches in whole.get_size_inches())
    pixels = io.BytesIO()
    whole.savefig(pixels, format="rgba", dpi=dpi)
    return functools.partial(_png, pixels.getvalue(), (wide, high), dict(recipe or {}), dpi)


def write(target: Path, png: Callable[[], bytes]) -> Path:
    """Write a file that is made first: a failure must not leave half a file where a good one was."""
    data = png()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return target


def _png(pixels: bytes, size: tuple[int, int], stated: Mapping[str, str], dpi: float) -> bytes:
    metadata = {
        "Title": stated.get("scenario", ""),
        "Description": json.dumps(stated, sort_keys=True, ensure_ascii=False),
        "Software": f"triangle_sim {stated['version']}" if "version" in stated else "triangle_sim",
        "Disclaimer": DISCLAIMER,
    }
    info = PngImagePlugin.PngInfo()
    for key, text in metadata.items():
        if text:
            info.add_text(key, text)
    image, buffer = Image.frombuffer("RGBA", size, pixels).convert("RGB"), io.BytesIO()  # nothing is transparent
    image.save(buffer, "png", pnginfo=info, dpi=(dpi, dpi), compress_level=3)
    return buffer.getvalue()


def read_recipe(path: str | Path) -> dict[str, str]:
    """The recipe in a picture made by :func:`save`; empty for any other PNG."""
    with Image.open(path) as image:
        text = image.info.get("Description", "{}")
    try:
        found = json.loads(text)
    except json.JSONDecodeError:
        return {}
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}
