"""The page as one HTML file: style, words, numbers, the compiled model and all scripts inside, nothing fetched.

Its policy lets a browser run the scripts that are in it, known by their hash, and a worker that they make; it can load
nothing else and send nothing anywhere.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from triangle_sim.web.bundle import bundle
from triangle_sim.web.pack_engine import zipped

PAGE = Path(__file__).with_name("page")
START = 'entry.start(JSON.parse(document.getElementById("pack").textContent));'

MARK = '<meta name="generator" content="triangle-sim'
"""What a page of ours begins with."""

_HOLE = re.compile(r"\{\{(\w+)\}\}")
_IMPORT = re.compile(r'@import "(style/\w+\.css)";\n')


def page(pack: Mapping[str, Any]) -> str:
    """The HTML file of a pack, see :func:`triangle_sim.web.pack.pack`."""
    about, scripts = pack["about"], _scripts()
    words = pack["words"]["en"]["ui"]["frame"]
    style = styles()
    parts = {
        "policy": escape(policy(scripts, style)),
        "generator": f"triangle-sim {escape(about['version'])}",
        "title": escape(about["scenario"]["title"]),
        "style": style,
        "opening": escape(words["opening"]),
        "cannot": escape(words["cannot"]),
        "pack": in_script(packed(pack)),
        **scripts,
    }
    return _HOLE.sub(lambda hole: parts[hole[1]], (PAGE / "page.html").read_text(encoding="utf-8"))


def styles() -> str:
    """The style as one text: all that ``style.css`` imports."""
    sheet = (PAGE / "style.css").read_text(encoding="utf-8")
    return _IMPORT.sub(lambda found: (PAGE / found[1]).read_text(encoding="utf-8"), sheet)


def _scripts() -> dict[str, str]:
    return {"boot": (PAGE / "boot.js").read_text(encoding="utf-8"), "script": bundle(PAGE / "js", "main.js", START)}


def packed(pack: Mapping[str, Any]) -> dict[str, str]:
    """A pack as texts: what is large and binary as it is, all the rest as JSON that is compressed."""
    engine = dict(pack["engine"])
    binary = {name: engine.pop(name) for name in ("values", "wasm")}
    return {**binary, "rest": zipped(_json({**pack, "engine": engine}).encode())}


def policy(scripts: Mapping[str, str], style: str) -> str:
    """What a browser may do for the page."""
    hashes = " ".join(map(_hash, scripts.values()))
    return (
        f"default-src 'none'; script-src {hashes} 'wasm-unsafe-eval'; worker-src blob:; style-src {_hash(style)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def in_script(data: Any) -> str:
    """Data as JSON that no text in it can end: neither a tag nor a comment begins there."""
    return _json(data).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
