"""Where the pages lie, and their words."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from triangle_sim.web.words import LANGUAGES
from triangle_sim.web.words import words as of_language

PAGE = Path(__file__).resolve().parent.parent / "page"
"""What all pages share: style, words, drawing."""
CLASSROOM_PAGE = Path(__file__).resolve().parent / "page"

SECTIONS = ("classroom", "board", "debrief")


@cache
def words() -> str:
    """The words of the classroom's pages and all names, by language, as JSON."""
    out: dict[str, Any] = {}
    for language in LANGUAGES:
        data = of_language(language).data
        out[language] = {**data, "ui": {name: data["ui"][name] for name in SECTIONS}}
    return json.dumps(out, ensure_ascii=False)
