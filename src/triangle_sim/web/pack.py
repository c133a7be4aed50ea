"""What a page is given: the engine with its numbers, what everything is called and rests on, and the words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from triangle_sim.errors import UsageError
from triangle_sim.model.prepared import Prepared
from triangle_sim.scenario.schema import Scenario
from triangle_sim.web.modules import find
from triangle_sim.web.pack_about import about
from triangle_sim.web.pack_engine import engine
from triangle_sim.web.words import LANGUAGES, words

if TYPE_CHECKING:
    from triangle_sim.backends.llvm.web import Module

FIVE = ("CHN", "KOR", "PRK", "RUS", "USA")


def pack(scenario: Scenario, module: Module | None = None) -> dict[str, Any]:
    """``{engine, about, words}``, ready to become JSON; ``module`` is the compiled model, if it is there already.

    Raises
    ------
    UsageError
        for a scenario that the page cannot show, or whose model is not bundled and cannot be compiled here.
    """
    missing = [code for code in FIVE if code not in scenario.countries]
    if missing:
        raise UsageError(f"the page needs all five countries; {scenario.name} is without {', '.join(missing)}",
                         "`triangle-sim run` plays it, `triangle-sim report` shows the result")  # fmt: skip
    prepared = Prepared(scenario)
    try:
        part = engine(prepared, module or find(prepared))
    except ImportError as error:
        raise UsageError(f"a page needs {error.name}, which cannot be imported here", "pip install llvmlite") from None
    design = {"draws": part["draws"], "replicates": part["replicates"]}
    return {"engine": part, "about": about(prepared, design), "words": {each: words(each).data for each in LANGUAGES}}
