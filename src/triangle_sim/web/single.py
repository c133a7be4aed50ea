"""The page as one HTML file: style, words, numbers, the compiled model and all scripts inside, nothing fetched.

A module's ``import ... from "./other.js"`` becomes an address that the page makes of the other module's text as it
opens, in an order in which each finds what it needs. So the file opens from a stick without a server, and its policy
lets a browser run what is in it and load nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import json
import posixpath
import re
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from html import escape
from pathlib import Path
from typing import Any

PAGE = Path(__file__).with_name("page")
ENTRY = "main.js"

_IMPORT = re.compile(r'^((?:import|export)\b[^"\n;]*(?:\n[^"\n;]*)*?)"(\.{1,2}/[^"]+)"', re.MULTILINE)
_HOLE = re.compile(r"\{\{(\w+)\}\}")


def page(pack: Mapping[str, Any]) -> str:
    """The HTML file of a pack, see :func:`triangle_sim.web.pack.pack`."""
    scripts, style = (PAGE / "boot.js").read_text(encoding="utf-8"), (PAGE / "style.css").read_text(encoding="utf-8")
    about = pack["about"]
    parts = {
        "policy": escape(policy(scripts, style)),
        "generator": escape(f"triangle-sim {about['version']}"),
        "title": escape(about["scenario"]["title"]),
        "style": style,
        "pack": in_script(pack),
        "modules": in_script(modules()),
        "boot": scripts,
    }
    return _HOLE.sub(lambda hole: parts[hole[1]], (PAGE / "page.html").read_text(encoding="utf-8"))


def policy(script: str, style: str) -> str:
    """What a browser may do for the page: run its own script and what that makes, and reach nothing."""
    return (
        f"default-src 'none'; script-src '{_hash(script)}' blob: 'wasm-unsafe-eval'; worker-src blob:; "
        f"style-src '{_hash(style)}'; img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def in_script(data: Any) -> str:
    """Data as JSON that no text in it can end: neither a tag nor a comment begins there."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def modules(folder: Path = PAGE / "js") -> list[tuple[str, str]]:
    """The modules that the page's first one needs, by name and text, each after those it imports.

    Raises
    ------
    ValueError
        for imports in a circle, or of a module that is not there.
    """
    texts: dict[str, str] = {}
    needs: dict[str, set[str]] = {}
    waiting = [ENTRY]
    while waiting:
        name = waiting.pop()
        if name in texts:
            continue
        path = folder / name
        if not path.is_file():
            raise ValueError(f"no module {name}: one imports it")
        texts[name], needs[name] = _linked(name, path.read_text(encoding="utf-8"))
        waiting += needs[name]
    try:
        return [(name, texts[name]) for name in TopologicalSorter(needs).static_order()]
    except CycleError as error:
        raise ValueError(f"modules import one another in a circle: {' -> '.join(error.args[1])}") from None


def _linked(name: str, text: str) -> tuple[str, set[str]]:
    """A module's text with its imports by the names of modules, and those names."""
    found: set[str] = set()

    def link(match: re.Match[str]) -> str:
        wanted = posixpath.normpath(posixpath.join(posixpath.dirname(name), match[2]))
        found.add(wanted)
        return f'{match[1]}"module:{wanted}"'

    return _IMPORT.sub(link, text), found


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
