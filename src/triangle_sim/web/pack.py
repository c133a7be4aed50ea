"""What a page is given: the engine with its numbers, what everything is called and rests on, and the words."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from triangle_sim.errors import UsageError
from triangle_sim.model.prepared import Prepared
from triangle_sim.resources import read_yaml
from triangle_sim.scenario.schema import Scenario
from triangle_sim.web.pack_about import about

WORDS = Path(__file__).with_name("words")
FIVE = ("CHN", "KOR", "PRK", "RUS", "USA")


def pack(scenario: Scenario) -> dict[str, Any]:
    """``{engine, about, words}``, ready to become JSON.

    Raises
    ------
    UsageError
        for a scenario that the page cannot show.
    """
    missing = [code for code in FIVE if code not in scenario.countries]
    if missing:
        raise UsageError(f"the page needs all five countries; {scenario.name} is without {', '.join(missing)}",
                         "`triangle-sim run` plays it, `triangle-sim report` shows the result")  # fmt: skip
    prepared = Prepared(scenario)
    return {"engine": {}, "about": about(prepared), "words": words()}


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """Every word of the page, by language."""
    return {path.stem: read_yaml(path) for path in sorted(WORDS.glob("*.yaml"))}
