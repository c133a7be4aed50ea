"""What a notebook uses: names checked against the model, as the command line does."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from triangle_sim.catalogue import model_catalogue
from triangle_sim.scenario.load import load as load_scenario
from triangle_sim.scenario.schema import Scenario


def load(
    name_or_path: str | os.PathLike[str],
    *,
    with_: Sequence[str | os.PathLike[str]] = (),
    set_: Mapping[str, Any] | Sequence[str] = (),
) -> Scenario:
    """A scenario by its bundled name or path, after ``extends``, with others laid over it and single values set.

    Raises
    ------
    ScenarioError
        with everything that is wrong, each at its file, line and column.
    """
    return load_scenario(name_or_path, with_=with_, set_=set_, catalogue=model_catalogue())
