"""The model as a program for a browser: made beforehand for the bundled scenarios, and found here.

A program depends neither on odds and dates of events nor on parameters, so several scenarios share one. It is known by
the hash of its text: what the code does not say any more is not found.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from triangle_sim.backends.llvm.web import Module
    from triangle_sim.model.prepared import Prepared

FOLDER = Path(__file__).parent
INDEX = "index.json"


def index(folder: Path = FOLDER) -> dict[str, Any]:
    """What is there: ``{made_with, modules: [{file, text_sha256, wasm_sha256, scenarios}]}``."""
    found: dict[str, Any] = json.loads((folder / INDEX).read_text(encoding="utf-8"))
    return found


def find(prepared: Prepared, folder: Path = FOLDER) -> Module:
    """The program of a scenario: one of those shipped if its text fits and it is whole, else it is made, once.

    Raises
    ------
    UsageError
        where it must be made and there is no linker.
    """
    from triangle_sim.backends.llvm.web import Module, layout, made, written

    text = written(prepared)
    about = layout(prepared, text)
    for each in index(folder)["modules"]:
        fits = each["text_sha256"] == about["text_sha256"]
        if fits and (wasm := unpacked(folder / each["file"], each["wasm_sha256"])):
            return Module(wasm, about)
    return Module(made(text), about)


def unpacked(path: Path, wasm_sha256: str) -> bytes | None:
    """A program that is shipped; None if it is missing or damaged."""
    try:
        wasm = gzip.decompress(path.read_bytes())
    except (OSError, EOFError, zlib.error):
        return None
    return wasm if hashlib.sha256(wasm).hexdigest() == wasm_sha256 else None
