"""The page in a notebook: what a reader sets there can be read, and set, from Python."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from triangle_sim.errors import UsageError
from triangle_sim.scenario.load import load
from triangle_sim.scenario.schema import Scenario
from triangle_sim.web.pack import pack
from triangle_sim.web.single import page as html_of

SCRIPT = Path(__file__).with_name("page") / "widget.js"
HEIGHT = 760
"""Pixels."""


def page(scenario: Scenario | str | os.PathLike[str] = "baseline", *, height: int = HEIGHT) -> Any:
    """The page of a scenario as a widget.

    Its ``settings`` are what is set in it, both ways: ``{"conditions": {"ukraine_war": 0.2}, "odds": {...}, "dates":
    {...}, "hazards": {...}, "theory": None, "seats": {...}}``; names that there are not, and numbers out of range, the
    page leaves out or brings within. Its ``results`` are what it has last counted: ``{"settings": ..., "summary": {"n":
    ..., "all": {"endings": ..., "start": ..., "outcomes": ...}, "theories": {...}}}``, shares and means with 95 %
    intervals over draws.

    Raises
    ------
    UsageError
        without anywidget, or for a scenario that the page cannot show.
    """
    kind = _kind()
    chosen = scenario if isinstance(scenario, Scenario) else load(scenario)
    return kind(html=html_of(pack(chosen)), height=height)


@lru_cache(maxsize=1)
def _kind() -> Any:
    try:
        import anywidget
        import traitlets
    except ImportError as error:
        raise UsageError(f"the page in a notebook needs {error.name}, which is not here",
                         "pip install 'triangle-sim[notebooks]'; or use `triangle-sim app`") from None  # fmt: skip

    class Page(anywidget.AnyWidget):  # type: ignore[misc]
        """The page in a frame of its own, which reaches nothing but this widget."""

        _esm = SCRIPT.read_text(encoding="utf-8")
        html = traitlets.Unicode().tag(sync=True)
        height = traitlets.Int(HEIGHT, min=200, max=5000).tag(sync=True)
        settings = traitlets.Dict().tag(sync=True)
        results = traitlets.Dict().tag(sync=True)

    return Page
