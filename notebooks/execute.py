"""Runs every notebook of this folder from top to bottom; fails at the first error, and where what a notebook shows is
no longer what it holds.

`python notebooks/execute.py [--write] [NAME...]`: with `--write` the outputs are renewed instead of compared. Pictures
are not compared: their bytes hang on the versions of the libraries that draw them. Notebooks that fit and regress hang
on libraries of linear algebra, whose last digits differ between processors: a difference there is told, and no failure.
"""

from __future__ import annotations

import argparse
import base64
import difflib
import io
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from PIL import Image

HERE = Path(__file__).resolve().parent
LIMIT = 300
"""Seconds a cell may take."""
FITTED = ("5_", "7_")
"""How the names of notebooks begin that fit and regress."""
COLOURS = 128


def main(arguments: list[str]) -> int:
    """Execute notebooks; 1 if one fails or shows something else than before."""
    parser = argparse.ArgumentParser(description="Run the notebooks, and compare or renew what they show.")
    parser.add_argument("--write", action="store_true", help="renew the outputs")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only notebooks whose names begin so")
    asked = parser.parse_args(arguments)
    os.environ.pop("MPLBACKEND", None)  # pictures are shown in the notebook
    failed = 0
    for path in sorted(HERE.glob("*.ipynb")):
        if not asked.names or path.name.startswith(tuple(asked.names)):
            failed |= execute(path, asked.write)
    return failed


def execute(path: Path, write: bool) -> int:
    """One notebook, in an empty folder."""
    stored = nbformat.read(path, as_version=4)
    notebook = nbformat.from_dict(json.loads(json.dumps(stored)))
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        resources = {"metadata": {"path": folder}}
        client = NotebookClient(notebook, timeout=LIMIT, resources=resources, record_timing=False)
        try:
            client.execute()
        except Exception as error:
            print(f"{path.name}: {error}", file=sys.stderr)
            return 1
    print(f"{path.name}: {len(notebook.cells)} cells in {time.perf_counter() - began:.0f} s")
    if write:
        notebook.metadata["language_info"] = {"name": "python"}  # without the version that it ran on
        for data in (output["data"] for output in outputs(notebook) if "image/png" in output.get("data", {})):
            data["image/png"] = small(data["image/png"])
        nbformat.write(notebook, path)
        return 0
    lines = list(difflib.unified_diff(shown(stored), shown(notebook), "as it stands", "as it runs", lineterm="", n=0))
    if lines:
        print("\n".join(lines[:60]), f"{path.name} is stale: python notebooks/execute.py --write", sep="\n")
    return int(bool(lines) and not path.name.startswith(FITTED))


def outputs(notebook: Any) -> Iterator[Any]:
    """What its cells show."""
    return (output for cell in notebook.cells for output in cell.get("outputs", []))


def small(picture: str) -> str:
    """A picture in as few colours as it needs: a third of the bytes."""
    out = io.BytesIO()
    Image.open(io.BytesIO(base64.b64decode(picture))).convert("RGB").quantize(COLOURS).save(out, "png", optimize=True)
    return base64.b64encode(out.getvalue()).decode()


def shown(notebook: Any) -> list[str]:
    """The lines that a notebook shows, pictures left out."""
    out: list[str] = []
    for output in outputs(notebook):
        texts = [output["text"]] if "text" in output else [
            text for kind, text in sorted(output.get("data", {}).items()) if not kind.startswith("image/")
        ]  # fmt: skip
        out += [line for text in texts for line in str(text).splitlines()]
    return out


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
