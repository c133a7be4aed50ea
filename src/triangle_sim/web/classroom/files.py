"""Where the pages lie, and their words."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from triangle_sim.resources import read_yaml

WEB = Path(__file__).resolve().parent.parent
PAGE = WEB / "page"
"""What all pages share: style, words, drawing."""
CLASSROOM_PAGE = Path(__file__).resolve().parent / "page"

SECTIONS = ("classroom", "board", "debrief")


@lru_cache(maxsize=1)
def words() -> str:
    """The words of the classroom's pages and all names, by language, as JSON."""
    out: dict[str, Any] = {}
    for path in sorted((WEB / "words").glob("*.yaml")):
        data = read_yaml(path)
        sections = {name: data["ui"][name] for name in SECTIONS if data["ui"].get(name)}
        out[path.stem] = {**data, "ui": sections}
    return json.dumps(out, ensure_ascii=False)
