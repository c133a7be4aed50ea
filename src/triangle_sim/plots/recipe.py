"""The recipe that a picture or report carries: what made it, how to make it again, and digests of what it shows."""

from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from PIL import Image

from triangle_sim.errors import UsageError
from triangle_sim.plots.base import DISCLAIMER
from triangle_sim.regular_files import read_regular

if TYPE_CHECKING:
    from triangle_sim.montecarlo.result import Result

FORMATS = ("png", "svg", "pdf")
REPORTS = ("html", "md")
LARGEST = 2**27
"""Bytes of the largest file in which a recipe is looked for."""
_MARK = "triangle_sim recipe "
_MARKED = re.compile(_MARK.encode() + rb"([A-Za-z0-9+/=]+)")
_DESCRIPTION = "{http://purl.org/dc/elements/1.1/}description"


def recipe(result: Result, command: str | None = None, figure: str | None = None) -> dict[str, str]:
    """What is needed to make a picture again: command, scenario, its hash, design, seed, version.

    ``command`` defaults to the one in the manifest. With the name of a ``figure``: also the hash of the model, the
    manifest as a whole, SHA-256 of the numbers that the picture shows, and of a sample of the runs
    (:mod:`triangle_sim.analysis.verify.rerun`), so that :mod:`.again` can check all of them. Values that the manifest
    lacks are left out, never guessed.
    """
    command = command or result.manifest.get("command")
    stated: dict[str, Any] = {
        "command": " ".join(command) if isinstance(command, list | tuple) else command,
        "scenario": result.scenario.name,
        "scenario_sha256": result.manifest.get("scenario_sha256"),
        "draws": result.draws,
        "replicates": result.replicates,
        "seed": result.seed,
        "version": result.manifest.get("triangle_sim"),
    }
    if figure is not None and "regions" in result.manifest:
        from triangle_sim.analysis.verify.rerun import digests_of
        from triangle_sim.plots.numbers import has_numbers, numbers_sha256

        stated |= {
            "figure": figure,
            "numbers_sha256": numbers_sha256(result, figure) if has_numbers(figure) else None,
            "sample_sha256": " ".join(digests_of(result)),
            "model_sha256": result.manifest["model_sha256"],
            "drawn_with": drawn_with(),
            "manifest": json.dumps(result.manifest, ensure_ascii=False),
        }
    return {key: str(value) for key, value in stated.items() if value is not None}


def drawn_with() -> str:
    """What draws: another version may place a line of text elsewhere."""
    return f"matplotlib {metadata.version('matplotlib')}"


def metadata_for(kind: str, stated: Mapping[str, str]) -> dict[str, str | None]:
    """The metadata of a file of this kind, without a date: the same picture has the same bytes."""
    text = json.dumps(stated, sort_keys=True, ensure_ascii=False)
    software = f"triangle_sim {stated.get('version', '')}".strip()
    title = {"Title": stated["scenario"]} if "scenario" in stated else {}
    if kind == "svg":
        return {"Date": None, "Creator": software, "Description": text, "Rights": DISCLAIMER, **title}
    if kind == "pdf":
        return {"CreationDate": None, "Creator": software, "Producer": software, "Keywords": marked(stated),
                "Subject": f"{stated.get('command', '')} ({DISCLAIMER})".strip(), **title}  # fmt: skip
    return {"Description": text, "Software": software, "Disclaimer": DISCLAIMER, **title}


def marked(stated: Mapping[str, str]) -> str:
    """A recipe as a text that can stand in any file: a mark, then base 64."""
    return _MARK + base64.b64encode(json.dumps(stated, sort_keys=True).encode()).decode()


def read_recipe(path: str | Path) -> dict[str, str]:
    """The recipe in a picture or report; empty for a file that has none.

    Raises
    ------
    UsageError
        if there is no such file, it is too large, or it is not of a kind that carries recipes.
    """
    file = Path(path)
    kind = file.suffix.lower().removeprefix(".")
    if kind not in (*FORMATS, *REPORTS):
        there = ", ".join(f".{each}" for each in (*FORMATS, *REPORTS))
        raise UsageError(f"{file} is no picture or report of ours", f"give a file that ends in one of {there}")
    try:
        data = read_regular(file, LARGEST)
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror or error}", "give the path of the file") from None
    return recipe_in(data, kind)


def recipe_in(data: bytes, kind: str) -> dict[str, str]:
    """The recipe in the bytes of a file of this kind; empty where there is none, or the file cannot be read."""
    try:
        if kind == "png":
            with Image.open(io.BytesIO(data)) as image:
                text = str(image.info.get("Description", "{}"))
        elif kind == "svg":
            text = next((node.text or "" for node in ElementTree.fromstring(data).iter(_DESCRIPTION)), "{}")
        else:
            found = _MARKED.search(data)
            text = base64.b64decode(found[1], validate=True).decode() if found else "{}"
        return {str(key): str(value) for key, value in json.loads(text).items()}
    except (ValueError, OSError, SyntaxError, AttributeError, RecursionError, Image.DecompressionBombError):
        return {}  # broken, or a text of another kind
